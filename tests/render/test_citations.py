"""What each citation format says of a paper, byte for byte where a format asks for it."""

import re

import orjson
import pytest

from site_builder.languages import ENGLISH
from site_builder.model.paper import Paper, PartialDate
from site_builder.pages import citations
from site_builder.pages import paper as paper_pages
from site_builder.pages.citations import Citation
from site_builder.render import RENDERERS
from site_builder.render.citations.plain import plain_citation
from site_builder.render.citations.tex import tex
from site_builder.render.citations.work import work_of
from tests.factories import EVERY_EXPORT, catalogue, cited, paper, site

PREPRINT = paper(
    "LoRA-X: Low-Rank $O(n^2)$ Adapters & You",
    "2026-05-27",
    id="2605.01234",
    arxiv="2605.01234",
    version=2,
    authors=("Ada van den Berg", "Kimi Team", "Martin King Jr."),
    author_count=5,
    published=PartialDate(2026, 5, 6),
    categories=("cs.CL", "cs.LG"),
    abstract="Costs 5% less.\n\nSee a_b.",
    keywords=("adapters", "rank"),
)
ARTICLE = paper(
    "On Things",
    authors=("Bo Li",),
    venue="Journal of Things",
    kind="article",
    volume="12",
    issue="3",
    pages="101–109",
    publisher="Example Press",
    doi="10.1234/x_1",
    published=PartialDate(2024),
)


def entry(made: Paper, has_abstract: bool = True) -> str:
    return cited(Citation("key", made), "bibtex", has_abstract)


def record(made: Paper) -> list[str]:
    return cited(Citation("key", made), "ris").split("\r\n")


def item(made: Paper) -> dict[str, object]:
    read: dict[str, object] = orjson.loads(cited(Citation("key", made), "csl json"))
    return read


def test_a_preprint_in_bibtex() -> None:
    assert entry(PREPRINT) == (
        "@misc{key,\n"
        "  title = {{LoRA}-{X}: Low-Rank $O(n^2)$ Adapters \\& You},\n"
        "  author = {van den Berg, Ada and {Kimi Team} and King, Jr., Martin and others},\n"
        "  year = {2026},\n"
        "  month = may,\n"
        "  day = {6},\n"
        "  eprint = {2605.01234},\n"
        "  archiveprefix = {arXiv},\n"
        "  eprinttype = {arxiv},\n"
        "  primaryclass = {cs.CL},\n"
        "  version = {2},\n"
        "  pubstate = {prepublished},\n"
        "  doi = {10.48550/arXiv.2605.01234},\n"
        "  url = {https://arxiv.org/abs/2605.01234},\n"
        "  keywords = {adapters, rank},\n"
        "  abstract = {Costs 5\\% less. See a\\_b.}\n"
        "}\n"
    )


def test_an_article_in_bibtex() -> None:
    assert entry(ARTICLE) == (
        "@article{key,\n"
        "  title = {On Things},\n"
        "  author = {Li, Bo},\n"
        "  journal = {Journal of Things},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {101--109},\n"
        "  publisher = {Example Press},\n"
        "  year = {2024},\n"
        "  doi = {10.1234/x_1},\n"
        "  url = {https://doi.org/10.1234/x_1}\n"
        "}\n"
    )


def test_a_preprint_in_ris_ends_its_lines_as_the_format_asks_and_keeps_every_value_on_one() -> None:
    assert record(PREPRINT) == [
        "TY  - MANSCPT",
        "ID  - key",
        "TI  - LoRA-X: Low-Rank O(n²) Adapters & You",
        "AU  - van den Berg, Ada",
        "AU  - Kimi Team,",
        "AU  - King Jr., Martin",
        "PY  - 2026",
        "DA  - 2026/05/06",
        "PB  - arXiv",
        "M3  - Preprint",
        "DO  - 10.48550/arXiv.2605.01234",
        "AN  - arXiv:2605.01234",
        "ET  - 2",
        "UR  - https://arxiv.org/abs/2605.01234",
        "L1  - https://arxiv.org/pdf/2605.01234",
        "KW  - adapters",
        "KW  - rank",
        "AB  - Costs 5% less. See a_b.",
        "ER  - ",
        "",
    ]


def test_an_article_in_ris() -> None:
    lines = record(ARTICLE)
    assert lines[:2] == ["TY  - JOUR", "ID  - key"]
    assert {"T2  - Journal of Things", "VL  - 12", "IS  - 3", "SP  - 101", "EP  - 109", "PY  - 2024"} <= set(lines)
    assert not any(line.startswith("DA") for line in lines)


def test_a_preprint_in_csl_json() -> None:
    assert item(PREPRINT) == {
        "id": "key",
        "citation-key": "key",
        "type": "article",
        "title": "LoRA-X: Low-Rank O(n²) Adapters & You",
        "author": [
            {"family": "van den Berg", "given": "Ada"},
            {"literal": "Kimi Team"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2026, 5, 6]]},
        "publisher": "arXiv",
        "number": "arXiv:2605.01234",
        "version": "2",
        "DOI": "10.48550/arXiv.2605.01234",
        "URL": "https://arxiv.org/abs/2605.01234",
        "keyword": "adapters, rank",
        "abstract": "Costs 5% less.\n\nSee a_b.",
    }


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"arxiv": "2605.01234"}, ("misc", "MANSCPT", "article")),
        ({"arxiv": "2605.01234", "kind": "article"}, ("misc", "MANSCPT", "article")),
        ({"arxiv": "2605.01234", "kind": "article", "doi": "10.1234/x"}, ("article", "JOUR", "article-journal")),
        ({"arxiv": "2605.01234", "kind": "preprint", "venue": "ICLR"}, ("inproceedings", "CPAPER", "paper-conference")),
        ({"kind": "preprint"}, ("misc", "MANSCPT", "article")),
        ({"kind": "article", "doi": "10.1234/x"}, ("article", "JOUR", "article-journal")),
        ({"kind": "article", "venue": "arXiv.org"}, ("misc", "MANSCPT", "article")),
        ({"kind": "article", "venue": "medRxiv (Cold Spring Harbor)"}, ("misc", "MANSCPT", "article")),
        ({"venue": "Archives of Things"}, ("article", "JOUR", "article-journal")),
        ({}, ("misc", "GEN", "document")),
        ({"venue": "ICLR 2026"}, ("inproceedings", "CPAPER", "paper-conference")),
        ({"venue": "NeurIPS"}, ("inproceedings", "CPAPER", "paper-conference")),
        ({"venue": "Proceedings of Things"}, ("inproceedings", "CPAPER", "paper-conference")),
        ({"venue": "Nature"}, ("article", "JOUR", "article-journal")),
        ({"venue": "JMLR", "volume": "3"}, ("article", "JOUR", "article-journal")),
        ({"venue": "Things", "kind": "inproceedings"}, ("inproceedings", "CPAPER", "paper-conference")),
        ({"kind": "phdthesis"}, ("phdthesis", "THES", "thesis")),
        ({"kind": "techreport"}, ("techreport", "RPRT", "report")),
        ({"kind": "incollection", "venue": "A Book"}, ("incollection", "CHAP", "chapter")),
    ],
)
def test_the_kind_of_work_follows_its_record_and_its_venue(fields: dict[str, str], kinds: tuple[str, str, str]) -> None:
    made = paper("x", **fields)
    found = re.match(r"@(\w+)\{", entry(made))
    assert found
    assert (found[1], record(made)[0].removeprefix("TY  - "), item(made)["type"]) == kinds


@pytest.mark.parametrize(("kind", "field"), [("phdthesis", "school"), ("techreport", "institution")])
def test_the_venue_of_a_thesis_or_a_report_is_its_institution(kind: str, field: str) -> None:
    made = paper("x", kind=kind, venue="University of Things")
    assert f"{field} = {{University of Things}}" in entry(made)
    assert "PB  - University of Things" in record(made)
    assert item(made)["publisher"] == "University of Things"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A Survey of Large Models", "A Survey of Large Models"),
        ("BERT and GPT-4 on L2", "{BERT} and {GPT}-4 on {L2}"),
        ("Can I Do C++ in (LoRA)?", "Can {I} Do {C}++ in ({LoRA})?"),
        ("Self-Supervised U-Nets", "Self-Supervised {U}-Nets"),
        ("R&D for AT&T", "{R\\&D} for {AT\\&T}"),
        ("$\\mathcal{L}_1$ of X", "$\\mathcal{L}_1$ of {X}"),
        ("100% of $5 #1", "100\\% of \\$5 \\#1"),
        ("a~b^c\\d", "a\\textasciitilde{}b\\^{}c\\textbackslash{}d"),
        ("the {set} of }{", "the \\textbraceleft{}set\\textbraceright{} of \\textbraceright{}\\textbraceleft{}"),
        ("the {set}", "the \\{set\\}"),
        ("half a formula $\\{$ here", "half a formula \\textbraceleft{} here"),
        ("cut $50%$ off", "cut $50\\%$ off"),
        ("naïve 学习", "naïve 学习"),
    ],
)
def test_a_title_in_tex_keeps_capitals_formulas_and_balance(title: str, expected: str) -> None:
    assert tex(title, is_title=True) == expected


def test_what_is_no_title_keeps_no_capitals_by_braces() -> None:
    assert tex("BERT & GPT-4") == "BERT \\& GPT-4"


def test_an_address_cannot_end_its_field() -> None:
    made = paper("x", links={"page": "https://example.org/a}b\\c"})
    assert "  url = {https://example.org/a%7Db%5Cc}\n" in entry(made)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            PREPRINT,
            "van den Berg, A., Kimi Team, King, M., Jr., et al. (2026). LoRA-X: Low-Rank O(n²) Adapters & You "
            "[Preprint]. arXiv:2605.01234v2. https://doi.org/10.48550/arXiv.2605.01234",
        ),
        (
            ARTICLE,
            "Li, B. (2024). On Things. Journal of Things, 12(3), 101–109. https://doi.org/10.1234/x_1",
        ),
        (paper("Why?", authors=("Jean-Luc Roy", "王伟")), "Roy, J.-L., & 王伟. (n.d.). Why?"),
        (paper("Alone"), "(n.d.). Alone."),
    ],
)
def test_a_citation_as_a_line_of_text(made: Paper, expected: str) -> None:
    assert plain_citation(ENGLISH, work_of(made)) == expected


def test_a_citation_of_more_than_twenty_authors_names_nineteen_and_the_last() -> None:
    made = paper("x", authors=tuple(f"Ann Bee{chr(97 + n)}" for n in range(26)))
    assert plain_citation(ENGLISH, work_of(made)).startswith("Beea, A., Beeb, A.")
    assert "Bees, A., … Beez, A. (n.d.)" in plain_citation(ENGLISH, work_of(made))


def test_a_file_of_many_papers_holds_them_in_the_order_of_its_page() -> None:
    made = catalogue(
        paper("One", "2026-05-26", tags=("Agents",), abstract="Long."), paper("Two", "2026-05-26", upvotes=3)
    )
    pages = [*paper_pages.plan(made, EVERY_EXPORT), *citations.plan(made, EVERY_EXPORT)]
    site_of_two = site(made, pages=pages)
    files = {
        page.path: RENDERERS[page.renderer](page, site_of_two).decode() for page in pages if page.renderer != "html"
    }
    assert re.findall("@misc{(.*),", files["days/2026-05-26.bib"]) == ["anontwo", "anonone"]
    assert re.findall("^TI  - (.*)\r$", files["weeks/2026-W22.ris"], re.MULTILINE) == ["Two", "One"]
    assert [each["title"] for each in orjson.loads(files["days/2026-05-26.csl.json"])] == ["Two", "One"]
    assert files["papers/one.bib"] in files["days/2026-05-26.bib"]
    assert "abstract" in files["papers/one.bib"]
    assert "abstract" not in files["tags/agents.bib"]
