"""Identifiers and links in free text, and dates as bibliographies write them."""

import pytest

from site_builder.config.settings import Settings
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.fields.identifiers import (
    address_in,
    arxiv_in,
    doi_in,
    escaped,
    is_arxiv_venue,
    leads_to_paper,
    link_kind,
    url_in,
    urls_in,
)
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats import recognise
from site_builder.sources.source import Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv preprint arXiv:2605.01234v2", "2605.01234v2"),
        ("https://huggingface.co/papers/2605.01234", "2605.01234"),
        ("oai:arXiv.org:astro-ph/0601001", "astro-ph/0601001"),
        ("abs/math.AG/0601001", "math.AG/0601001"),
        ("10.48550/arXiv.2605.01234", "2605.01234"),
        ("2605.01234", "2605.01234"),
        ("page 2605.01234 of it", None),
        ("arXiv:2699.01234", None),
        ("10.1000/2605.01234", None),
    ],
)
def test_arxiv_ids_are_found_in_their_forms_only(text, expected):
    assert arxiv_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(see https://doi.org/10.1000/a-b(c).)", "10.1000/a-b(c)"),
        ("10/fqd6hj", "10/fqd6hj"),
        ("https://doi.org/10/fqd6hj", "10/fqd6hj"),
        ("on 10/12 of May", None),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1", "10.1101/2020.01.01.123456"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf", "10.1101/2020.01.01.123456"),
        ("https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full", "10.3389/fnins.2020.00001"),
        ("https://dl.acm.org/doi/pdf/10.1145/123.456?download=true", "10.1145/123.456"),
        ("https://link.springer.com/content/pdf/10.1007/978-3-030-1_7.pdf", "10.1007/978-3-030-1_7"),
        ("https://doi.org/10.31234/osf.io/abcde_v1", "10.31234/osf.io/abcde_v1"),
        (
            "10.1002/(SICI)1097(19980815/30)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(SICI)1097(19980815/30)17:15<1661::AID-SIM968>3.0.CO;2-2",
        ),
        ("<b>10.1000/x</b>", "10.1000/x"),
        ("https://doi.org/10.1002/%28SICI%291097%3C1661::AID%3E3.0.CO;2-2", "10.1002/(SICI)1097<1661::AID>3.0.CO;2-2"),
        ("https://chemrxiv.org/doi/10.26434/chemrxiv-2021-abc-v2", "10.26434/chemrxiv-2021-abc-v2"),
        ("https://example.org/10.1234/abstract", "10.1234/abstract"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full-text", "10.1101/2020.01.01.123456"),
        ("https://www.biorxiv.org/content/10.1101/123456v1.full.pdf+html", "10.1101/123456"),
        (
            "https://www.medrxiv.org/content/10.1101/2020.01.01.20012345v1.supplementary-material",
            "10.1101/2020.01.01.20012345",
        ),
        ("10.1101/2020.01.01.123456v3", "10.1101/2020.01.01.123456"),
        ("https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_1/115000/A-Title", "10.1162/tacl_a_1"),
        ("https://direct.mit.edu/tacl/article-pdf/doi/10.1162/tacl_a_1/115000/tacl_a_1.pdf", "10.1162/tacl_a_1"),
        (
            "https://academic.oup.com/bib/advance-article/doi/10.1093/bib/bbaa123/5812345?login=no",
            "10.1093/bib/bbaa123",
        ),
        ("https://doi.org/10.3389/fnins.2020.00001/full", "10.3389/fnins.2020.00001"),
        ("10.3389/fnins.2020.00001/abstract.pdf", "10.3389/fnins.2020.00001"),
        ("https://doi.org/10.1002/abc.123?journalCode=abc", "10.1002/abc.123"),
        ("https://doi.org/10.1007/s00-1#Sec2", "10.1007/s00-1"),
        ("https://onlinelibrary.wiley.com/doi/10.1111/abc.1/abstract;jsessionid=A1.f0", "10.1111/abc.1"),
        ("https://link.springer.com/article/10.1007/s10994-021-1/figures/2", "10.1007/s10994-021-1"),
        ("https://pubs.acs.org/doi/suppl/10.1021/acs.x.1/suppl_file/a_1.pdf", "10.1021/acs.x.1"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1&type=printable",
            "10.1371/journal.pone.1",
        ),
        ("https://example.org/?doi=10.1000%2Fxyz&page=1", "10.1000/xyz"),
        ("https://doi.org/10.21203/rs.3.rs-123/v1", "10.21203/rs.3.rs-123/v1"),
        ("10.20944/preprints202001.0001.v1", "10.20944/preprints202001.0001.v1"),
    ],
)
def test_dois_are_found(text, expected):
    assert doi_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.org/x.", "https://a.org/x"),
        ("[pdf](https://a.org/x_(y).pdf)", "https://a.org/x_(y).pdf"),
        ("www.a.org/x.html", "https://www.a.org/x.html"),
        ("doi.org/10.1000/x", "https://doi.org/10.1000/x"),
        ("ftp://a.org/x.ps", "ftp://a.org/x.ps"),
        ("in the library", None),
        ("a.org", None),
    ],
)
def test_an_address_may_lack_its_scheme_and_another_scheme_is_kept_to_be_told(text, expected):
    assert address_in(text) == expected


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("[PDF](https://e.org/a.pdf)", ["https://e.org/a.pdf"]),
        ("[![icon](/i.svg) a](https://e.org/a_(b)) + [c](https://e.org/c)", ["https://e.org/a_(b)", "https://e.org/c"]),
        ("(see https://e.org/a).", ["https://e.org/a"]),
        ("[https://e.org/shown](https://e.org/a)", ["https://e.org/a"]),
        ("https://e.org/a_(b)", ["https://e.org/a_(b)"]),
        ("https://e.org/a)", ["https://e.org/a"]),
    ],
)
def test_an_address_ends_before_the_bracket_that_it_stands_in(text, urls):
    assert urls_in(text) == urls


def test_the_target_of_an_html_link_is_its_url():
    assert url_in('doi:<a href="https://doi.org/10.1/x">x</a>') == "https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        ("arXiv preprint arXiv:2605.01234 [cs.LG]", True),
        ("CoRR", True),
        ("arXiv e-prints", True),
        ("Meadow arXiv", False),
    ],
)
def test_arxiv_is_no_venue(venue, expected):
    assert is_arxiv_venue(venue) is expected


@pytest.mark.parametrize(
    ("url", "kind", "is_paper"),
    [
        ("https://arxiv.org/abs/2605.01234", "abs", True),
        ("https://arxiv.org/pdf/2605.01234", "pdf", True),
        ("https://example.org/one.PDF", "pdf", True),
        ("https://github.com/a/b", "code", False),
        ("https://a.github.io/b", "project", False),
        ("https://www.nature.com/articles/x", "page", True),
        ("https://notnature.com/articles/x", "page", False),
        ("https://arxiv.org", "page", False),
        ("https://[broken", "page", False),
        ("./one.pdf", "page", False),
    ],
)
def test_links_are_known_by_their_urls(url, kind, is_paper):
    assert (link_kind(url), leads_to_paper(url)) == (kind, is_paper)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (2026, "2026"),
        ("2026-05-14T10:00:00Z", "2026-05-14"),
        ("2026/05/14/", "2026-05-14"),
        ("2026-00-00", "2026"),
        ("2026-24", "2026"),
        ("2019-2020", "2019"),
        ("c1999", "1999"),
        ("14 May 2026", "2026-05-14"),
        ("May 14, 2026", "2026-05-14"),
        ("2026 May 14", "2026-05-14"),
        ("May 2026", "2026-05"),
        ("2026-02-30", "2026-02-30"),
        ("2026-13-01", "2026-13-01"),
        ("soon", "soon"),
    ],
)
def test_dates_become_iso_dates_of_the_same_precision(written, expected):
    assert written_date(written) == expected


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/185/", "10.1000/185"),
        ("https://zenodo.org/record/10.5281/zenodo.100001/files/x.pdf?download=1", "10.5281/zenodo.100001"),
        (r"10.1002/1(1998)15{\textless}16::AID{\textgreater}3.0", "10.1002/1(1998)15<16::AID>3.0"),
        (r"10.1007/978-3-030-58452-8{\_}13", "10.1007/978-3-030-58452-8_13"),
        (r"10.1002/1(1998)15$<$16::AID$>$3.0", "10.1002/1(1998)15<16::AID>3.0"),
        (r"10.1000\slash x\string_1", "10.1000/x_1"),
    ],
)  # fmt: skip
def test_a_doi_is_read_without_what_stands_behind_it_and_out_of_tex(text, doi):
    assert doi_in(text) == doi


def test_a_heading_above_an_id_is_its_title_and_no_remark():
    text = "## One Sheep\n- arxiv: 1706.03762\n\n## Two Sheep\n- arxiv: 1706.03763\n"
    assert recognise(Source.from_text(text, "papers/a.md")).name == "Markdown"


ANSWER = "<eSearchResult><Count>{}</Count><IdList>\n<Id>26017442</Id>\n<Id>26017443</Id>\n</IdList>{}</eSearchResult>"
ANSWER_IN_JSON = '{{"header": {{}}, "esearchresult": {{"count": "{}", "idlist": [\n"26017442",\n"26017443"]{}}}}}'


@pytest.mark.parametrize("answer", [ANSWER, ANSWER_IN_JSON])
def test_answers_of_pubmeds_search_are_ids_to_be_completed(answer):
    report, problems = FileReport("a"), Problems()
    records = list(read_list(Source.from_text(answer.format(25, ""), "a"), report, problems))
    assert [(record.line, record.fields["id"]) for record in records] == [(2, "pmid:26017442"), (3, "pmid:26017443")]
    assert [problem.what for problem in problems] == ["the answer has 2 ids of 25 that were found"]
    assert report.records == 25


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<eSearchResult><Count>0</Count><IdList/></eSearchResult>", None),
        ("<eSearchResult><Count>3</Count><IdList/></eSearchResult>", "tells of 3 papers"),
        ("<eSearchResult><ERROR>Empty term</ERROR></eSearchResult>", "PubMed answered with an error: Empty term"),
        ('{"esearchresult": {"ERROR": "Empty term"}}', "PubMed answered with an error: Empty term"),
        ('{"esearchresult": {"count": "0", "idlist": []}}', None),
        ('{"a": {"esearchresult": {"count": "1", "idlist": ["1"]}}}', "not at the top of the answer"),
        ('{"esearchresult": {"count": "1", "idlist": ["1"', "broken JSON"),
    ],
)
def test_a_search_that_found_nothing_is_a_quiet_day_and_one_that_failed_is_told(text, told):
    report, problems = FileReport("a"), Problems()
    assert list(read_list(Source.from_text(text, "a"), report, problems)) == []
    assert report.is_quiet == (told is None)
    assert [told in problem.what for problem in problems] == ([True] if told else [])


def test_the_address_of_an_old_doi_is_read_whole() -> None:
    address = "https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
    assert url_in(address) == address
    assert urls_in(f"see {address} and https://example.org/a<b>2</b>") == [address, "https://example.org/a"]
    assert escaped(address) == address.replace("<", "%3C").replace(">", "%3E")
    assert escaped("https://example.org/<b>2") == "https://example.org/<b>2"
    assert doi_in(url_in(address) or "") == doi_in(address)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("papers/a.txt", "{doi}\n10.1000/b\n"),
        ("papers/a.txt", "<https://doi.org/{doi}>\n10.1000/b\n"),
        ("papers/a.json", '["{doi}", "10.1000/b"]'),
        ("papers/a.md", "- [Rivers of Sand](https://doi.org/{doi})\n"),
        ("papers/a.md", "- [Rivers of Sand](<https://doi.org/{doi}>)\n"),
        ("papers/a.md", "| Title | Link |\n|---|---|\n| Rivers of Sand | https://doi.org/{doi} |\n"),
        ("papers/a.txt", "[1] Doe, J. (1999). Rivers of sand. J Inv, 55(11), 1405. https://doi.org/{doi}\n"),
        ("papers/a.yaml", "- title: Rivers of Sand\n  doi: {doi}\n  url: https://publisher.example.org/doi/{doi}\n"),
    ],
)
@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(SICI)1097-4679(199911)55:11<1405::AID-JCLP8>3.0.CO;2-X",
        "10.1175/1520-0493(1967)095<0001:TPOAS>2.3.CO;2",
    ],
)
def test_an_old_doi_is_read_whole_in_every_format_and_its_address_is_one(path, form, doi) -> None:
    report, problems = FileReport(path), Problems()
    records = tuple(read_list(Source.from_text(form.format(doi=doi), path), report, problems))
    papers = make_papers(Sources(records, {path: report}, (), (), ()), Settings(), problems).papers
    assert papers[0].doi == doi.casefold()
    assert not [problem for problem in problems if "address" in problem.what]


@pytest.mark.parametrize(
    "address",
    [
        "https://direct.mit.edu/tacl/article-pdf/doi/10.1162/tacl_a_00027/1/tacl_a_00027.pdf",
        "https://www.jstage.jst.go.jp/article/tacl/10.1162/tacl_a_00027/_pdf/-char/en",
        "https://www.jstage.jst.go.jp/article/tacl/10.1162/tacl_a_00027/_article",
    ],
)
def test_the_number_of_a_pdf_and_the_views_of_j_stage_are_no_part_of_a_doi(address):
    assert doi_in(address) == "10.1162/tacl_a_00027"
