"""Text of any length is read in time that grows with it, no faster: each case here once took minutes or hours.

`BROADSHEET_TORTURE=1` makes the runs three times as long, and tries every run on every field of every format, in a
process that is stopped after a minute.
"""

import multiprocessing
from typing import Any

import pytest

from site_builder.config.settings import ListDefaults, Settings
from site_builder.model.raw_paper import RawPaper
from site_builder.names.evidence import Evidence
from site_builder.papers import make_papers
from site_builder.papers.check import to_paper
from site_builder.problems import Problems
from site_builder.render.text import markdown_html, plain_text, title_html
from site_builder.sources import FileReport, Source, Sources, read_list
from site_builder.sources.fields.identifiers import arxiv_in, is_arxiv_venue
from site_builder.sources.fields.markdown_text import paragraphs
from site_builder.sources.formats import curated_markdown, json_papers, markdown_list, page_lines
from site_builder.sources.formats.arxiv_atom import read_listing
from site_builder.sources.formats.bibtex import recognises as recognises_bibtex
from site_builder.sources.formats.paper_bullet import bullet_fields
from site_builder.sources.formats.paper_row import is_rule, row_fields
from tests.conftest import IS_TORTURE
from tests.hostile.lists import FORMATS

LONG = 300_000 if IS_TORTURE else 100_000


def read_all(text: str, path: str = "list.txt") -> FileReport:
    report = FileReport(path)
    list(read_list(Source.from_text(text, path), report, Problems()))
    return report


def paper_of(**fields: Any) -> Any:
    record = RawPaper({"title": "T", **fields}, "list.yaml", 1)
    text = record.fields["title"], fields.get("abstract", "")
    return to_paper(record, 2026, ListDefaults(path=""), Problems(), Evidence(), text)


def run_of(unit: str, length: int = LONG) -> str:
    return unit * (length // len(unit))


def test_thousands_of_papers_of_one_title_that_nothing_tells_apart() -> None:
    """Each was compared with each: 20,000 of them once took ten minutes."""
    records = tuple(RawPaper({"title": "A"}, "list.yaml", line) for line in range(1, LONG // 30))
    sources = Sources(records, {"list.yaml": FileReport("list.yaml")}, (), (), ())
    assert len(make_papers(sources, Settings(), Problems()).papers) == len(records)


@pytest.mark.parametrize(
    "unit", [",", ". ", "-", "\u2013 ", "Ab, ", "12 ", "12(3)", "n. 1", "In: ", "Doe, J. ", "\uff0c", "[online]"]
)
def test_a_run_behind_the_title_of_a_reference(unit: str) -> None:
    """Where the journal ends was looked for at each sign of a run."""
    assert bullet_fields(f"Doe, J. and Roe, B. (2015). A title. {run_of(unit)} 2015")


@pytest.mark.parametrize("unit", [",", ";", ", ", " ,"])
def test_a_run_of_commas_where_authors_belong(unit: str) -> None:
    assert paper_of(authors=f"A. Person{run_of(unit)}x").authors


@pytest.mark.parametrize("unit", [",", " ", ", ", "(", "[", ";"])
def test_a_run_before_the_others_of_a_list_of_authors(unit: str) -> None:
    assert paper_of(authors=f"A. Person, B. Person{run_of(unit)}et al, C. Person{run_of(unit)}on").authors


@pytest.mark.parametrize("unit", [" ", "(", "( "])
def test_a_run_behind_a_name_of_a_nep_mail(unit: str) -> None:
    text = FORMATS["nep.txt"](lambda: f"Person, Ada{run_of(unit)}x", range(1, 2))
    report = read_all(text, "nep.txt")
    assert report.records or report.lines_in_problems


@pytest.mark.parametrize("unit", [" ", ", ", ", A", "by ", " by", ".", "(", "[ "])
def test_a_run_in_a_title_that_may_end_with_its_authors(unit: str) -> None:
    text = "".join(f"On rivers{run_of(unit, 30_000)}x by Ada Example, {year}\n" for year in (2025, 2026))
    report = read_all(text, "titles.txt")
    assert report.lines_in_papers + report.lines_in_problems == report.lines == 2


@pytest.mark.parametrize("unit", ["arxiv", "a", "a-", "arxiv.", "abs/"])
def test_a_run_of_what_begins_an_arxiv_id(unit: str) -> None:
    assert arxiv_in(run_of(unit)) is None
    assert paper_of(id=run_of(unit), comment=run_of(unit)).arxiv is None


@pytest.mark.parametrize("venue", ["corr" + " " * 55 + "x", "arxiv" + ". " * 27 + "x", "arxiv" + "." * 54 + "x"])
def test_a_venue_of_dots_and_blanks(venue: str) -> None:
    assert not any(is_arxiv_venue(venue) for _ in range(2000))


@pytest.mark.parametrize("unit", [" ", "\n", " \n", "\t ", "\u2003"])
def test_a_run_of_blanks_in_a_cell_of_a_table(unit: str) -> None:
    cell = f"A Title{run_of(unit)}x"
    assert row_fields(["paper", "links"], [cell, cell])
    assert paragraphs(cell) == "A Title x"
    assert not is_rule(f"|-{run_of(unit)}x")


@pytest.mark.parametrize("unit", [" ", "\t"])
def test_a_run_of_blanks_in_a_line_of_a_page(unit: str) -> None:
    line = f"12 A Title{run_of(unit)}of a paper. 3 authors · May 6, 2026"
    (item,) = page_lines.read(Source.from_text(line, "page.txt"))
    assert isinstance(item, RawPaper)


def test_a_run_of_slashes_in_a_date_of_ris() -> None:
    assert read_all(f"TY  - JOUR\nTI  - A Paper\nDA  - 2019{'/' * 40}x\nER  - \n").reader == "RIS"
    assert read_all(f"TY  - JOUR\nTI  - A Paper\nDA  - 2019{run_of('/')}x\nER  - \n").records == 1


@pytest.mark.parametrize("unit", ['{\\"o}', '\\"', '"'])
def test_a_run_of_quotes_in_the_beginning_of_json(unit: str) -> None:
    source = Source.from_text(f'{{"title": "{run_of(unit)}', "list.json")
    assert not json_papers.recognises_lines(source)
    assert not json_papers.recognises_array(source)


@pytest.mark.parametrize("unit", ["(arXiv:P", " ", "(arXiv:1 [x] "])
def test_a_run_of_identifiers_in_the_title_of_a_listing(unit: str) -> None:
    feed = f"<rss><channel><item><title>{run_of(unit)}x</title></item></channel></rss>"
    (item,) = read_listing(Source.from_text(feed, "feed.xml"))
    assert isinstance(item, RawPaper)


def test_a_run_of_blanks_in_an_entry_of_bibtex() -> None:
    assert not recognises_bibtex(Source.from_text(f"@article{{{' ' * 60_000}=", "refs.bib"))
    entry = f"@article{{k, title = {{A}}, eprint = {{{run_of(' ')}x}}, x = {{}} }}"
    assert read_all(entry, "refs.bib").kept == 1


@pytest.mark.parametrize("unit", ["@", "a@", "a@b"])
def test_a_run_of_signs_of_mail_addresses_where_a_name_belongs(unit: str) -> None:
    feed = f"<rss><channel><item><title>T</title><author>{run_of(unit)}</author></item></channel></rss>"
    assert read_all(feed, "feed.xml").kept == 1


@pytest.mark.parametrize("unit", ["#", "# ", " #"])
def test_a_run_of_number_signs_behind_a_heading(unit: str) -> None:
    text = f"## Title {run_of(unit)}x\n- tags: a\n- **A Bold Title Here** (2026) [[pdf]](https://a.example/a.pdf)\n"
    source = Source.from_text(text, "list.md")
    assert any(isinstance(item, RawPaper) for item in markdown_list.read(source))
    assert any(isinstance(item, RawPaper) for item in curated_markdown.read(source))


@pytest.mark.parametrize(
    "unit", ["W", "[a](http://a.b) ", " ", "(", "[", "A B, ", "**", "( ", ", ", " (", "\u2600 ", "- "]
)
def test_a_run_in_a_bullet(unit: str) -> None:
    start = "**A Bold Title Here** (2026)"
    for run in (run_of(unit, 40_000), f"{run_of(unit, 40_000)}x", f"x{run_of(unit, 40_000)}"):
        assert bullet_fields(f"{start} {run} [[pdf]](https://arxiv.org/pdf/2605.00001)")


@pytest.mark.parametrize(
    "unit",
    [
        *("(", "[", r"\{", r"\langle ", r"\lvert ", r"\bigl(", "x(", "([", "⟨", r"{\langle }", "{(}", r"\{{[}y"),
        *("(^)", "(_)", r"(\hat)", r"(\text{)}", r"(\frac1)", r"(\left.)\right.", r"(\begin{matrix})\end{matrix}"),
        *(
            r"1\rangle ^",
            r"\norm\sqrt",
            r"\pmod\bar",
            r"\norm_",
            r"\mathrm\pmod\bar ",
            r"a)\{\frac_",
            r"⟨\tfrac<\rvert ",
        ),
        *("⟨》", r"'】[\rvert \langle ", r"\ket _", r"\sqrt\ket ", "~(〙\\varGamma ", r"\mathstrut", r"\bra\hat", "⧼x"),
        *(
            r"(\frac{1})",
            "(&)",
            r"(\\)",
            r"\set\hat",
            r"\mathopen x",
            r"\ulcorner x",
            r"\bigl|",
            r"\bigl\to",
            r"\bigl\| ",
            r"\bigl_1x",
        ),
    ],
)
def test_a_formula_of_brackets_without_partners(unit: str) -> None:
    """The converter doubles its work at each: thirty of them in a title once stopped a build for hours."""
    many = 80 // len(unit)
    matrix = rf"\begin{{matrix}}{unit[0] * many}&{unit[-1] * many}\end{{matrix}}"
    for source in (run_of(unit, 100), run_of(unit, 900), matrix, rf"{unit[0] * many}\over{unit[-1] * many}"):
        text = f"${source}$"
        assert all(isinstance(write(text), str) for write in (title_html, plain_text, markdown_html))


def test_brackets_with_partners_are_still_formulas() -> None:
    source = r"f((x_1, (y, [z]))) = \left(\frac{1}{2}\right) + \left\{a\right\} + O(n) + g(\alpha) + |x| + [0, 1)"
    assert "<math>" in title_html(f"${source}$")
    assert "<math>" in title_html(f"${'((x)) + ' * 20} y$")
    loss = r"\log \frac{\exp(\mathrm{sim}(z_i, z_j)/\tau)}{\sum_{k=1}^{2N} \exp(\mathrm{sim}(z_i, z_k)/\tau)}"
    gradient = r"\left[\nabla_\theta \log \pi_\theta(a_t|s_t)\right] (R(s_t, a_t) - b(s_t)) + \{(f(x) + g(y))\}"
    assert "<math>" in title_html(f"${loss} + {gradient}$")


UNITS = [
    *" \n\t$\\{}[]()<>&\"'`~^_*#-=|/:;,.@!+0aA%é·",
    "\\text{",
    '{\\"o}',
    "<!--",
    "<p>",
    "&amp;",
    "http://a.b/",
    "www.",
    "](",
    "![",
    "{'a': ",
]
UNITS += [
    "- ",
    "1. ",
    "| a ",
    "@a{",
    "title = ",
    "$a$",
    "\\(",
    "TY  - ",
    "ER  - \n",
    "a: ",
    "<item>",
    "8 authors · ",
    "May 6 ",
    "2401.00001 ",
    "et al ",
]


@pytest.mark.skipif(not IS_TORTURE, reason="takes minutes; set BROADSHEET_TORTURE=1")
@pytest.mark.parametrize("name", FORMATS)
def test_no_run_in_any_field_of_any_format_hangs(name: str) -> None:
    with multiprocessing.Pool(1, maxtasksperchild=1) as pool:
        for unit in UNITS:
            text = FORMATS[name](lambda unit=unit: f"2019{run_of(unit, 30_000)}x", range(1, 2))
            pool.apply_async(_read, (text, name)).get(timeout=60)


def _read(text: str, name: str) -> int:
    return read_all(text, name).records


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "field", ["title", "abstract", "authors", "id", "tags", "pages", "venue", "comment", "published"]
)
def test_a_long_run_in_a_field_of_a_paper(field: str, unit: str) -> None:
    fields: dict[str, Any] = {field: f"A {run_of(unit, LONG // 3)} b"}
    assert paper_of(**fields)
