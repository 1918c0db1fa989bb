"""BibTeX and BibLaTeX as people and programs write it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config.settings import Settings
from site_builder.model.paper import Paper, PartialDate
from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.papers import make_papers
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.formats import bibtex
from site_builder.sources.formats.bibtex_value import MAX_MACRO, plain_text
from site_builder.sources.source import Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "bibliographies"


def read(text: str) -> list[Item]:
    return list(bibtex.READER.read(Source.from_text(text, "papers/a.bib")))


def records(text: str) -> list[dict]:
    return [dict(item.fields) for item in read(text) if isinstance(item, RawPaper)]


def problems(text: str) -> list[Problem]:
    return [item for item in read(text) if isinstance(item, Problem)]


def made(text: str, told: Problems | None = None) -> list[Paper]:
    sources = Sources(
        tuple(item for item in read(text) if isinstance(item, RawPaper)),
        {"papers/a.bib": FileReport("papers/a.bib")},
        (),
        (),
        (),
    )
    return list(make_papers(sources, Settings(), Problems() if told is None else told).papers)


def recognised(text: str) -> bool:
    return bibtex.READER.recognises(Source.from_text(text, "papers/a.txt"))


def test_an_entry_becomes_a_record_with_its_line_and_its_fields():
    text = """% made by hand

@inproceedings{sheep26,
  title     = {Counting {Sheep}},
  author    = {Example, Ada and Bo Sample and others},
  booktitle = "Proceedings of the Meadow",
  year      = 2026,
  month     = may # "~14",
  pages     = {1--9},
  doi       = {10.1000/sheep\\_26},
  keywords  = {sheep, counting (large, small)}
}
"""
    (item,) = read(text)
    assert (item.line, item.lines) == (3, 10)
    assert item.fields == {
        "title": "Counting Sheep",
        "authors": ["Example, Ada", "Bo Sample", "others"],
        "venue": "Proceedings of the Meadow",
        "published": "2026-05-14",
        "pages": "1--9",
        "doi": "10.1000/sheep_26",
        "keywords": ["sheep", "counting (large, small)"],
        "kind": "inproceedings",
        "key": "sheep26",
    }


def test_entries_in_parentheses_macros_and_concatenation_are_read():
    text = """@string{jm = "Journal of " # meadows}
@STRING(meadows = {Meadows})
@article(a, title = "One", journal = JM # { (B)}, note = undefined # " here")
"""
    (fields,) = records(text.replace('"Journal of " # meadows', '"Journal of "').replace("JM #", "jm # MEADOWS #"))
    assert fields["venue"] == "Journal of Meadows (B)"
    assert fields["comment"] == "undefined here"


@pytest.mark.parametrize(
    "around",
    ["---\n---\n{}", "---\nlayout: none\n---\n{}", "@comment{{jabref-meta: groups:1;}}\n{}", "% x\n### chapter 1\n{}"],
)
def test_what_stands_around_entries_is_no_record(around):
    text = around.format("@misc{a, title={One}}")
    assert recognised(text)
    assert [fields["title"] for fields in records(text)] == ["One"]
    assert problems(text) == []


def test_entries_with_the_same_key_an_empty_one_or_none_are_all_kept():
    text = "@misc{köln, title={One}}\n@misc{köln, title={Two}}\n@misc{,title={Three}}\n@misc{\n title={Four}}\n"
    assert [fields["title"] for fields in records(text)] == ["One", "Two", "Three", "Four"]
    assert [fields.get("key") for fields in records(text)] == ["köln", "köln", None, None]


def test_a_broken_entry_is_a_problem_and_the_next_is_read():
    text = "@misc{a, title={One}}\n@misc{b, title={Two, year=2026\n@misc{c, title={Three}}\n@misc{d, title={Four}"
    assert [fields["title"] for fields in records(text)] == ["One", "Three"]
    assert [(problem.line, problem.records) for problem in problems(text)] == [(2, 1), (4, 1)]


def test_a_missing_comma_and_a_field_written_twice_are_reported_and_nothing_is_lost():
    text = '@misc{a,\n title = {One}\n year = 2026,\n doi = "10.1000/1",\n DOI = "10.1000/2"\n}'
    assert records(text)[0] | {"key": ""} == {
        "title": "One",
        "published": "2026",
        "doi": "10.1000/1",
        "kind": "misc",
        "key": "",
    }
    assert [(problem.line, problem.records) for problem in problems(text)] == [(2, 0), (5, 0)]


def test_what_is_no_work_of_its_own_is_set_aside():
    (item,) = read("@xdata{a, publisher={Meadow Press}}")
    assert isinstance(item, Skipped)


@pytest.mark.parametrize(
    "field",
    [
        "journal={arXiv preprint arXiv:2605.01234}",
        "eprint={2605.01234}, archiveprefix={arXiv}",
        "eprint={arXiv:2605.01234v1}",
        "url={https://arxiv.org/abs/2605.01234}",
        "journal={CoRR}, volume={abs/2605.01234}",
        "doi={10.48550/arXiv.2605.01234}",
        "howpublished={\\url{https://arxiv.org/pdf/2605.01234}}, note={arXiv:2605.01234}",
    ],
)
def test_an_arxiv_id_is_found_wherever_it_stands(field):
    (fields,) = records(f"@article{{a, title={{One}}, {field}}}")
    assert fields["arxiv"].startswith("2605.01234")
    assert "venue" not in fields


def test_an_eprint_of_another_archive_is_no_arxiv_id():
    assert "arxiv" not in records("@article{a, title={One}, eprint={2605.01234}, eprinttype={jstor}}")[0]


def test_a_link_in_html_gives_url_and_doi():
    html = 'url = {doi:<a href="https://doi.org/10.1000/x-1">10.1000/x-1</a>}'
    (fields,) = records(f"@article{{a, title={{One}}, {html}}}")
    assert fields["links"] == {"doi": "https://doi.org/10.1000/x-1"}
    assert fields["doi"] == "10.1000/x-1"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{Deep}} {L}earning", "Deep Learning"),
        ('{\\"O}sterreich and Erd\\H{o}s', '{\\"O}sterreich and Erd\\H{o}s'),
        ("\\emph{{Deep} Sea}  of\n  $x_{10}^{2}$", "\\emph{Deep Sea} of $x_{10}^{2}$"),
        ("unbalanced } and { braces", "unbalanced and braces"),
        ("5$ {Deep}", "5$ Deep"),
    ],
)
def test_braces_go_unless_tex_needs_them(written, expected):
    assert plain_text(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{Barnes and Noble} and de la Fuente, Ada", ["{Barnes and Noble}", "de la Fuente, Ada"]),
        ("{Ada Example and Bo Sample}", ["Ada Example and Bo Sample"]),
        ("{Ada Example} and {Bo Sample}", ["Ada Example", "Bo Sample"]),
        ("{Sheep Counters of the Hill}", ["{Sheep Counters of the Hill}"]),
        ("family=Berg, given=Jan, prefix=van der and Bo Sample", ["van der Berg, Jan", "Bo Sample"]),
        ("{Meadow Team, Inc.} AND {Sheep Team}", ["{Meadow Team, Inc.}", "Sheep Team"]),
        ("Sand, Ada\n and\n Alexandra Candle and others", ["Sand, Ada", "Alexandra Candle", "others"]),
    ],
)
def test_names_are_parted_outside_of_braces(written, expected):
    (fields,) = records(f"@misc{{a, title = {{One}}, author = {{{written}}}}}")
    assert fields["authors"] == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("date={2026-05-14}", "2026-05-14"),
        ("date={2026-05/2026-06}", "2026-05"),
        ("year={2026}, month={5}", "2026-05"),
        ("year={2026}, month={May-June}", "2026-05"),
        ("year={2026}, month={10-12}", "2026-10"),
        ("year={2026}, month={12. Oktober}", "2026-10-12"),
        ("year={in press}", "in press"),
    ],
)
def test_dates_are_as_exact_as_they_were_written(date, expected):
    assert records(f"@misc{{a, title={{One}}, {date}}}")[0]["published"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "# Cite us\n\n```bibtex\n@article{a,\n title={One}\n}\n```\n",
        "papers:\n  - title: One\n    mail: me@example.org {x}\n",
        '[\n{"bib": "@article{a, title={One}}"}]',
        "Write to @someone (in the office) for more.\n",
    ],
)
def test_other_formats_are_left_to_their_readers(text):
    assert not recognised(text)


ENTRY = st.builds(
    lambda kind, opening, body: f"@{kind}{opening}{body}",
    st.sampled_from(["article", "misc", "Book"]),
    st.sampled_from(["{", "("]),
    st.text(alphabet='{}()",=#ab @\\%é', max_size=60),
)


@settings(deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=6))
def test_every_entry_ends_as_a_record_or_a_problem(entries):
    items = read("\n".join(entries))
    out = sum(1 if isinstance(item, RawPaper) else item.records for item in items)
    assert out >= len(entries) - sum(entry.count("@", 1) for entry in entries)
    assert [item.line for item in items if isinstance(item, RawPaper)] == sorted(
        item.line for item in items if isinstance(item, RawPaper)
    )


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="ab é{}", max_size=20).filter(lambda t: t.count("{") == t.count("}") == 0), max_size=9)
)
def test_as_many_sound_entries_come_out_as_went_in(titles):
    text = "\n".join(f"@misc{{k{number % 3}, title = {{{title}}}}}" for number, title in enumerate(titles))
    assert [item.line for item in read(text)] == list(range(1, len(titles) + 1))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real bibliographies is not there")
@pytest.mark.parametrize(
    ("name", "entries"), [("jabref_groups", 911), ("jekyll_front_matter", 316), ("mendeley", 512), ("rlhf_book", 412)]
)
def test_real_bibliographies_are_read_whole(name, entries):
    path = SHARED / f"{name}.bib"
    source = Source.from_file(path, path.name)
    items = list(bibtex.READER.read(source))
    counted = re.findall(r"(?im)^\s*@(?!comment|string|preamble)\w+\s*[{(]", path.read_text("utf-8-sig"))
    assert bibtex.READER.recognises(source)
    assert len(items) == len(counted) == entries
    assert sum("title" in item.fields for item in items) >= 0.99 * entries


@pytest.mark.parametrize(
    ("month", "published"),
    [
        ('"8~" # jul', "2026-07-08"),
        ('"5--10 July"', "2026-07-05"),
        ('"10 jan"', "2026-01-10"),
        ("{1 March}", "2026-03-01"),
    ],
)
def test_a_month_that_is_named_counts_and_the_number_beside_it_is_the_day(month, published):
    (paper,) = records(f"@article{{a, title = {{Sparse Clouds}}, year = 2026, month = {month}}}")
    assert paper["published"] == published


def papers(text: str) -> list[Paper]:
    report = FileReport("papers/a.bib")
    held = Problems()
    read_records = tuple(read_list(Source.from_text(text, report.path), report, held))
    made = make_papers(Sources(read_records, {report.path: report}, (), (), ()), Settings(), held).papers
    assert (report.reader, [problem for problem in held if "without a day" not in problem.what]) == ("BibTeX", [])
    return list(made)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"Cats {\&} Dogs", "Cats & Dogs"),
        (r"R{\&}D and AT{\&}T", "R&D and AT&T"),
        (r"{\%}5 of a{\_}b {\#}1", "%5 of a_b #1"),
        (r"Where x {\textless} y and z{\textgreater}1", "Where x < y and z>1"),
        (r"Where x \textless y, z \textgreater{} 1", "Where x <y, z > 1"),
        (r"{\textless}i{\textgreater}Felis{\textless}/i{\textgreater} at home", "Felis at home"),
        (r"{$<$}i{$>$}Felis{$<$}/i{$>$} at home", "Felis at home"),
        (r"The set {\{}x{\}} of x", "The set {x} of x"),
        (r"\glqq{}One\grqq{} and \flqq{}two\frqq{}", "„One“ and «two»"),
        (r"One\par two\newline three", "One two three"),
        (r"Ho\ifmmode\check{r}\else\v{r}\fi{}ej\ifmmode\check{s}\else\v{s}\fi{}i", "Hořejši"),
        (r"Stra{\ss}e, Stra\ss e and {\O}re", "Straße, Straße and Øre"),
        (r"Na{\"{\i}}ve and na\"{\i}ve", "Naïve and naïve"),
        (r"On \emph{\&} alone", "On & alone"),
        (r"Of ${\alpha}_{\beta}$ {\&} more", r"Of ${\alpha}_{\beta}$ & more"),
        (r"The \LaTeX\ of {\LaTeX} books", "The LaTeX of LaTeX books"),
    ],
)
def test_signs_and_commands_in_groups_of_their_own_are_read_as_programs_mean_them(written, title):
    (made,) = papers(f"@misc{{a, title={{{written}}}}}")
    assert made.title == title


@pytest.mark.parametrize(
    "entry", ["@misc{a, title={One and a Half}, year={2020}}", "@misc{a,\n  title={One and a Half}\n}"]
)
def test_a_comment_that_names_the_encoding_stands_above_a_bibliography(entry):
    assert [made.title for made in papers(f"% Encoding: UTF-8\n\n{entry}\n\n{entry.replace('One', 'Two')}\n")] == [
        "One and a Half",
        "Two and a Half",
    ]


def test_names_in_parts_are_those_of_biblatex():
    text = "@misc{a, title={One}, author={family=Berg, given=Jan Piet, prefix=van der and family=King, given={Martin}, "
    text += "suffix=Jr and given=Bo, given-i=B, family=Li and {Kimi Team} and Sample, Cy}}"
    assert papers(text)[0].authors == ("Jan Piet van der Berg", "Martin King Jr", "Bo Li", "Kimi Team", "Cy Sample")


@pytest.mark.parametrize(
    ("fields", "title", "venue"),
    [
        ("title={One}, subtitle={And more}", "One: And more", None),
        ("title={Why?}, subtitle={Because}", "Why? Because", None),
        ("title={One}, booktitle={Things}, booksubtitle={Old ones}", "One", "Things: Old ones"),
        ("title={One}, subtitle={ }", "One", None),
        ("title={One}, maintitle={Things}, mainsubtitle={Old ones}", "One", "Things: Old ones"),
        ("maintitle={Things}", "Things", None),
    ],
)
def test_a_subtitle_belongs_to_its_title(fields, title, venue):
    (made,) = papers(f"@misc{{a, {fields}}}")
    assert (made.title, made.venue) == (title, venue)


def test_a_part_takes_from_its_volume_what_is_of_both_and_nothing_of_the_volumes_own():
    text = """@inproceedings{part, title={One}, author={Li, Bo}, crossref={Whole}, pages={1--9}}
@proceedings{whole, title={Proceedings of Things}, editor={Example, Ada}, publisher={Press}, date={2021-05},
  doi={10.1000/whole}, url={https://things.example}, abstract={Of the whole.}}
"""
    part, whole = papers(text)
    assert (part.venue, part.publisher, str(part.published)) == ("Proceedings of Things", "Press", "2021-05")
    assert (part.title, part.authors, part.doi, part.links, part.abstract) == ("One", ("Bo Li",), None, {}, "")
    assert whole.doi == "10.1000/whole"


def test_shared_fields_are_taken_through_several_entries_and_an_own_one_counts_first():
    text = """@xdata{press, publisher={Press}, year={1999}}
@xdata{journal, journal={Journal of Things}, xdata={press}}
@article{a, title={One}, xdata={journal}, year={2018}}
@article{b, title={Two}, xdata={journal, press}, date={2017-02}}
"""
    assert [(made.venue, made.publisher, str(made.published)) for made in papers(text)] == [
        ("Journal of Things", "Press", "2018"),
        ("Journal of Things", "Press", "2017-02"),
    ]


def test_entries_that_name_each_other_or_nothing_are_kept_and_what_is_missing_is_told():
    text = (
        "@misc{a, title={One}, crossref={b}}\n@misc{b, title={Two}, crossref={a}}\n@misc{c, title={Three}, xdata={d}}"
    )
    assert [fields["title"] for fields in records(text)] == ["One", "Two", "Three"]
    (problem,) = problems(text)
    assert (problem.line, problem.what) == (3, '"c" takes fields of "d", which is not in the file')


def test_keys_without_end_are_one_problem():
    text = f"@misc{{a, title={{One}}, xdata={{{','.join(map(str, range(10_000)))}}}}}"
    assert [fields["title"] for fields in records(text)] == ["One"]
    assert [problem.line for problem in problems(text)] == [1, 1]
    assert max(len(problem.what) for problem in problems(text)) < 1_000


def test_what_many_entries_take_from_one_stays_short():
    text = f"@xdata{{x, publisher={{{'long ' * 10_000}}}}}\n"
    text += "".join(f"@misc{{k{n}, title={{T{n}}}, xdata={{x}}}}\n" for n in range(50))
    assert sum(len(fields["publisher"]) for fields in records(text)) <= 50 * MAX_MACRO


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"{{{DAM}}\_{{WEIR}} and Steel\textendash{{Iron}} gates}", "DAM_WEIR and Steel–Iron gates"),
        (r"{Dams {a \textendash} {B}ig gate{s}}", "Dams a – Big gates"),
        (r"{\foreignlanguage{french}{Les {B}arrages} and \noopsort{1973}{Title}}", "Les Barrages and Title"),
        (r"{{\textless}i{\textgreater}In situ{\textless}/i{\textgreater} {\P}6, TCP{\slash}IP}", "In situ ¶6, TCP/IP"),
        (r"{Languages --- C, and Ends.---Pages}", "Languages — C, and Ends.—Pages"),
        (r"{$\less$i$\greater$In situ$\less$/i$\greater$ gates}", "In situ gates"),
        (
            r"{$\backslash$textlessi$\backslash$textgreaterIn situ$\backslash$textless/i$\backslash$textgreater}",
            "In situ",
        ),
        (r"{Gates \emph {in situ} and \textit  {ex situ}}", "Gates in situ and ex situ"),
        (r"{\~{\^e} and {\u g} {\d u} in {$x_{i}$}}", "ễ and ğ ụ in $x_{i}$"),
    ],
)
def test_commands_and_braces_of_a_title_become_its_text(written: str, meant: str) -> None:
    assert [paper.title for paper in made(f"@misc{{a, title = {written}}}")] == [meant]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("howpublished = {\\url{https://arxiv.org/abs/2401.01010}}", {"arxiv": "2401.01010"}),
        ("eprint = {arXiv:2401.01001v2 [cs.CL]}", {"arxiv": "2401.01001v2"}),
        ("eprint = {http://arxiv.org/abs/2401.01006v1}", {"arxiv": "2401.01006v1"}),
        ("eprint = {2401.01001}, eprinttype = {arXiv}, eprintclass = {cs.CL}", {"categories": ["cs.CL"]}),
        ("eprint = {9901001}, archiveprefix = {arXiv}, primaryclass = {hep-th}", {"arxiv": "hep-th/9901001"}),
        ("eprint = {123}, eprinttype = {pubmed}", {"links": {"page": "https://pubmed.ncbi.nlm.nih.gov/123/"}}),
        ("howpublished = {At \\url{https://a.org/r.pdf}}", {"links": {"pdf": "https://a.org/r.pdf"}}),
        ("url = {www.a.org/dams}", {"links": {"page": "https://www.a.org/dams"}}),
        ("journal = {arXiv:2401.01014 [cs, stat]}", {"arxiv": "2401.01014"}),
        (
            "doi = {10.1002/1097(1998)17:15{\\textless}1661::A{\\textgreater}3.0.CO;2-2}",
            {"doi": "10.1002/1097(1998)17:15<1661::A>3.0.CO;2-2"},
        ),
        ("subtitle = {A History}, titleaddon = {(in Latin)}", {"title": "On dams: A History (in Latin)"}),
        ("titleaddon = {A review}", {"title": "On dams. A review"}),
    ],
)
def test_identifiers_links_and_titles_are_found_in_every_field_that_has_them(fields: str, found: dict) -> None:
    (record,) = records(f"@misc{{a, title = {{On dams}}, {fields}}}")
    assert {name: record.get(name) for name in found} == found
    assert "venue" not in record


def test_an_eprint_that_is_no_arxiv_number_and_a_link_that_is_no_web_address_are_told():
    told = Problems()
    made("@misc{a, title={On dams}, eprint={12}, archiveprefix={arXiv}, url={ftp://a.org/x.ps}}", told)
    assert [problem.what for problem in told] == [
        'arxiv "12" is no arXiv number',
        'the link page "ftp://a.org/x.ps" is no web address',
    ]


@pytest.mark.parametrize("key", ["Doe(2022)Dams", "doe:2022+a/b", "doe*2022", "doe.2022'a", "DBLP:journals/x/y"])
def test_keys_of_all_signs_are_read(key: str) -> None:
    assert recognised(f"@online{{{key},\n  title = {{On dams}}\n}}\n")
    (record,) = records(f"@online{{{key},\n  title = {{On dams}}\n}}\n")
    assert (record["title"], record["key"]) == ("On dams", key)


def test_a_brace_without_its_partner_is_told_and_parts_names_all_the_same():
    text = '@misc{a,\n author = "Jane Do{\'e and Bo Roe",\n title = "On dams"\n}\n@misc{b, title={On weirs}}\n'
    first, second = records(text)
    assert first["authors"] == ["Jane Do'e", "Bo Roe"]
    assert second["title"] == "On weirs"
    assert [(item.line, item.what) for item in problems(text)] == [
        (2, 'the field "author" of "a" has a brace without its partner')
    ]


def test_an_entry_that_is_never_closed_is_told_and_leaves_the_next_one():
    text = "@misc{a,\n title = {On {dams},\n year = 1993\n}\n\n@misc{b, title={On weirs}}\n"
    assert [record["title"] for record in records(text)] == ["On weirs"]
    assert [(item.line, item.records) for item in problems(text)] == [(1, 1)]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("arxiv={2401.01010}", {"arxiv": "2401.01010"}),
        ("arxivid={2401.01010v2}", {"arxiv": "2401.01010"}),
        ("volume={abs/2401.01010}, journal={CoRR}", {"arxiv": "2401.01010", "volume": None, "venue": None}),
        ("identifier={doi:10.1000/abc}", {"doi": "10.1000/abc"}),
        ("doi_url={https://doi.org/10.1000/abc}", {"doi": "10.1000/abc"}),
        (
            "doi={10.1002/(SICI)1-2(1998)17:15&lt;1661::AID-SIM968&gt;3.0.CO;2-2}",
            {"doi": "10.1002/(sici)1-2(1998)17:15<1661::aid-sim968>3.0.co;2-2"},
        ),
        ("venue={Meadow}", {"venue": "Meadow"}),
        ("conference={Meadow}, journal={Journal of Meadow}", {"venue": "Journal of Meadow"}),
        ("summary={We count.}", {"abstract": "We count."}),
        ("tags={sheep, goats}", {"tags": ("sheep", "goats")}),
        ("primaryclass={cs.LG}", {"categories": ("cs.LG",)}),
        ("year=2024, published={2024-01-02}", {"published": PartialDate(2024, 1, 2)}),
        ("github={https://github.com/a/b}", {"links": {"code": "https://github.com/a/b"}}),
        ("pmid={12345678}", {"links": {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/12345678/"}}),
        ("pmcid={PMC12345}", {"links": {"pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/"}}),
    ],
)
def test_fields_under_names_of_other_programs_are_read(fields: str, found: dict) -> None:
    (paper,) = papers(f"@misc{{a, title={{On dams}}, {fields}}}")
    assert {name: getattr(paper, name) for name in found} == found


def test_what_a_reader_noted_on_a_paper_is_no_abstract_and_told():
    text = "@article{a, title = {Counting Sheep}, year = 2026, annote = {Ask Bo what she thinks.}}"
    (record,) = read_list(Source.from_text(text, "a.bib"), FileReport("a.bib"), Problems())
    assert "abstract" not in record.fields
    assert record.unread == {"annote": "text"}


def test_a_second_text_doi_or_address_of_an_entry_is_told():
    (record,) = read_list(
        Source.from_text(
            "@article{a, title = {Counting Sheep}, year = 2026, abstract = {We count.}, annote = {On goats.},"
            " url = {https://a.example/1 and https://a.example/2}, doi = {10.1000/a, 10.1000/b},"
            " howpublished = {\\url{https://a.example/3}}}",
            "a.bib",
        ),
        FileReport("a.bib"),
        Problems(),
    )
    assert record.unread == {
        "annote": "text",
        "doi": "another DOI",
        **dict.fromkeys(["url", "howpublished"], "another link"),
    }


def test_addresses_of_several_kinds_in_one_field_are_all_read():
    (record,) = records(
        "@article{a, title = {Counting Sheep}, year = 2026,"
        " url = {https://a.example/1 https://arxiv.org/abs/2605.01234 https://github.com/a/sheep}}"
    )
    assert record["links"] == {
        "page": "https://a.example/1",
        "abs": "https://arxiv.org/abs/2605.01234",
        "code": "https://github.com/a/sheep",
    }


def test_a_field_that_says_nothing_gives_way_to_the_next():
    (record,) = records("@article{a, title={Counting Sheep}, journal={{N/A}}, journaltitle={Meadow}}")
    assert record["venue"] == "Meadow"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("url = {doi:10.1000/one}", {"doi": "10.1000/one"}),
        ("url = {arXiv:2605.01234}", {"arxiv": "2605.01234"}),
        ("note = {DOI: 10.1000/one}", {"doi": "10.1000/one"}),
        ("addendum = {arXiv:2605.01234 [cs]}", {"arxiv": "2605.01234"}),
        ("url = {//www.meadow.example/one}", {"links": {"page": "https://www.meadow.example/one"}}),
        ("url = {https://meadow.example/a b.pdf}", {"links": {"pdf": "https://meadow.example/a%20b.pdf"}}),
        ("howpublished = {www.meadow.example/one}", {"links": {"page": "https://www.meadow.example/one"}}),
    ],
)
def test_an_address_or_an_identifier_in_another_field_is_read(field, expected):
    (fields,) = records(f"@misc{{a, title = {{One}}, {field}}}")
    assert fields | expected == fields
    assert "venue" not in fields


def test_a_link_that_is_no_address_is_told():
    (item,) = read("@misc{a, title = {One}, url = {Available from the author}, pdf = {papers/one.pdf}}")
    assert isinstance(item, RawPaper)
    assert item.unread == {"url": "text", "pdf": "text"}


def test_a_year_without_what_only_sorts_it_is_read():
    (fields,) = records(r"@misc{a, title = {{GPU}\,{RAM}}, year = {{\noopsort{1973a}}1973}}")
    assert (fields["published"], fields["title"]) == ("1973", r"GPU\,RAM")


def test_braces_within_those_round_a_group_leave_it_a_group():
    (record,) = read("@misc{a, title={On Dams}, author={{Inst. of {X}} and Doe, Jane}}")
    assert record.fields["authors"] == ["{Inst. of X}", "Doe, Jane"]


@pytest.mark.parametrize("tilde", [r"\~{}", "~", r"{\textasciitilde}", r"\textasciitilde ", r"$\sim$", r"\string~"])
def test_an_address_is_read_whole_whatever_its_tilde_is(tilde):
    address = rf"https://example.org/{tilde}jane/on{{\_}}dams.html"
    for field in (f"url = {{{address}}}", rf"howpublished = {{\url{{{address}}}}}"):
        (record,) = records(f"@misc{{a, title={{On Dams}}, {field}}}")
        assert record["links"] == {"page": "https://example.org/~jane/on_dams.html"}


def test_the_name_of_a_group_may_hold_accents():
    authors = r"{{\'E}cole des Digues} and {Universit{\"{a}}t {\"U}bach} and Doe, Jane"
    (paper,) = made(f"@misc{{a, title={{On Dams}}, author={{{authors}}}}}")
    assert paper.authors == ("École des Digues", "Universität Übach", "Jane Doe")
    assert [name.is_group for name in paper.people] == [True, True, False]


@pytest.mark.parametrize(
    ("journal", "venue"),
    [
        (r"\aap", "Astronomy & Astrophysics"),
        (r"{\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        ("apj", "apj"),
    ],
)
def test_the_commands_of_astronomers_stand_for_journals(journal: str, venue: str) -> None:
    (paper,) = made(f"@article{{a, title = {{Sheep in the Sky}}, journal = {{{journal}}}, year = 2026}}")
    assert paper.venue == venue


def test_braces_round_maths_go_with_the_command_for_them() -> None:
    (paper,) = made(r"@article{a, title = {Sheep in the {\ensuremath{\alpha}} Sky}, year = 2026}")
    assert paper.title == r"Sheep in the $\alpha$ Sky"


def test_a_collaboration_is_an_author() -> None:
    (paper,) = made("@article{a, title = {Sheep}, author = {Example, Ada}, collaboration = {ATLAS, CMS}, year = 2026}")
    assert paper.authors == ("Ada Example", "ATLAS Collaboration", "CMS Collaboration")


@pytest.mark.parametrize(
    ("kind", "written", "venue"),
    [
        ("inproceedings", "series = {Meadow '26}", "Meadow '26"),
        ("inproceedings", "journal = {J}, booktitle = {Proceedings of Meadow}", "Proceedings of Meadow"),
        ("article", "shortjournal = {J. Sheep}", "J. Sheep"),
        ("book", "series = {Lecture Notes}", None),
    ],
)
def test_a_venue_is_found_in_the_field_that_an_entry_has_for_it(kind: str, written: str, venue: str | None) -> None:
    (paper,) = made(f"@{kind}{{a, title = {{Counting Sheep}}, author = {{Example, Ada}}, {written}, year = 2026}}")
    assert paper.venue == venue


def test_authors_in_the_plural_and_the_day_of_an_event_are_read_and_an_editor_alone_is_told() -> None:
    first, second = (
        item
        for item in read(
            "@article{a, title={Sheep}, authors={Example, Ada and Sample, Bo}, eventdate={2026-05-14/2026-05-16}}\n"
            "@article{b, title={Goats}, editor={Itor, Ed}, year=2026}"
        )
        if isinstance(item, RawPaper)
    )
    assert (first.fields["authors"], first.fields["published"]) == (["Example, Ada", "Sample, Bo"], "2026-05-14")
    assert (dict(first.unread), second.unread) == ({}, {"editor": "a name"})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("journal={Herd}, booktitle={Proceedings of Meadow}", {"booktitle": "another text"}),
        ("journal={Herd}, venue={Meadow}", {"venue": "another text"}),
        ("journal={Journal of Herds}, venue={J. Herds}", {}),
        ("journal={arXiv}, booktitle={Proceedings of Meadow}", {}),
        ("journaltitle={Herd}, journalsubtitle={Section B}", {}),
    ],
)
def test_a_second_venue_is_told_unless_it_is_another_name_of_the_first(more, told):
    (item,) = bibtex.READER.read(Source.from_text(f"@article{{a, title={{Counting Sheep}}, {more}}}", "papers/a.bib"))
    assert isinstance(item, RawPaper)
    assert dict(item.unread) == told


def test_an_eprint_that_leads_nowhere_is_told_and_an_arxiv_number_for_pages_is_one():
    def item(more: str) -> RawPaper:
        source = Source.from_text(f"@article{{a, title={{Counting Sheep}}, {more}}}", "papers/a.bib")
        (record,) = bibtex.READER.read(source)
        assert isinstance(record, RawPaper)
        return record

    assert dict(item("eprint={12345}, eprinttype={ssrn}").unread) == {"eprint": "a number"}
    assert not item("eprint={12345678}, eprinttype={pubmed}").unread
    read = item("journal={arXiv e-prints}, pages={arXiv:2605.01234}").fields
    assert (read["arxiv"], "pages" in read, "venue" in read) == ("2605.01234", False, False)


def test_a_comment_behind_a_comma_is_no_part_of_the_field_below_it():
    text = "@article{a, % a comment\n  title = {Counting Sheep}, % another\n  year = 2026\n}\n"
    (item,) = bibtex.READER.read(Source.from_text(text, "papers/a.bib"))
    assert isinstance(item, RawPaper)
    assert (item.fields["title"], item.fields["published"], dict(item.unread)) == ("Counting Sheep", "2026", {})


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ("TY  - JOUR\nTI  - Goats\nER  - \n\nTY  - JOUR\nTI  - Cows\nER  - \n", 2),
        ("PMID- 12345678\nTI  - Goats\n", 1),
        ("%0 Journal Article\n%T Goats\n", 1),
        ('{"title": "Goats"}\n', 1),
    ],
)
def test_records_of_another_format_between_the_entries_are_told(other: str, count: int) -> None:
    text = f"Words of a program.\n@misc{{a, title={{Counting Sheep}}}}\n\n{other}"
    paper, problem = bibtex.READER.read(Source.from_text(text, "papers/a.bib"))
    assert isinstance(paper, RawPaper)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.records, "another format" in problem.what) == (4, count, True)


@pytest.mark.parametrize("name", ["eid", "art_number", "Article-Number", "articleno"])
def test_the_number_of_an_article_stands_for_its_pages(name):
    (record,) = read(f"@article{{a, title={{On Sheep}}, {name}={{e123}}, year=2026}}")
    assert record.fields["pages"] == "e123"
    assert record.unread == {}


def test_commas_without_a_field_between_them_part_nothing():
    text = "@article{a, title={On sheep,, and goats},, author={Roe, A}, ,\n,year=2026,\n pages={1,,2},,\n}"
    (record,) = read(text)
    names = ("title", "authors", "published", "pages")
    assert [record.fields[name] for name in names] == ["On sheep,, and goats", ["Roe, A"], "2026", "1,,2"]


def test_a_parent_may_repeat_a_field_and_use_a_macro_that_is_defined_below_its_part():
    text = """@inproceedings{a, title={On Rain}, author={Roe, A}, crossref={p}}
@string{acl = "Proceedings of Rain"}
@proceedings{p, booktitle=acl, year=2020, year=2020}
"""
    assert [records(text)[0][name] for name in ("venue", "published")] == ["Proceedings of Rain", "2020"]
    assert all("not in the file" not in problem.what for problem in problems(text))
