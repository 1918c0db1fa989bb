"""Text grows no faster than it is written, and neither does the work: what doubles at each level is found at the third.

Each text is a beginning, repeated, a core, and an end, repeated as often. It is tried with n, 2n and 4n levels;
the first that makes too much, or takes too many calls, fails before the next one would take hours.
`BROADSHEET_TORTURE=1` tries each beginning with each end; else each maker and reader of text gets a quarter of them.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config.settings import ListDefaults, Settings
from site_builder.model.raw_paper import RawPaper
from site_builder.names.evidence import Evidence
from site_builder.papers import make_papers
from site_builder.papers.check import to_paper
from site_builder.papers.clean import clean_paragraphs, clean_text
from site_builder.papers.growth import HEADROOM, MAX_GROWTH
from site_builder.papers.macros import expand_macros
from site_builder.papers.titles import normalise_title
from site_builder.problems import Problems
from site_builder.render.citations import FORMATS as CITATIONS
from site_builder.render.citations.work import work_of
from site_builder.render.text import (
    abstract_html,
    excerpt,
    headline_html,
    markdown_html,
    plain_html,
    plain_text,
    title_html,
)
from site_builder.render.text.maths import MATHML_GROWTH
from site_builder.sources import FileReport, Source, Sources, read_list
from site_builder.urls import slugify
from tests.conftest import IS_TORTURE
from tests.hostile.lists import FORMATS

STEP = 1 if IS_TORTURE else 4
LEVELS = (4, 8, 16, 32)
CALLS = 30_000  # that any text may take; past them, four times as many for each doubling: the square of its length


def cited(text: str) -> str:
    record = RawPaper({"title": "T", "abstract": text, "comment": text, "venue": text}, "list.yaml", 1)
    paper = to_paper(record, 2026, ListDefaults(path=""), Problems(), Evidence(), ("T", text))
    assert paper
    return "".join(add(write("key", work_of(paper)), paper) for write, add in CITATIONS.values())


def text_of_paper(text: str) -> str:
    record = RawPaper({"title": text, "abstract": text, "authors": [text]}, "list.yaml", 1)
    paper = to_paper(record, 2026, ListDefaults(path=""), Problems(), Evidence(), (text, text))
    return f"{paper.title}{paper.abstract}{paper.authors}" if paper else ""


# What makes text → the most characters it may make of one.
MAKERS: dict[Callable[[str], str], int] = {
    clean_text: MAX_GROWTH,
    clean_paragraphs: MAX_GROWTH,
    expand_macros: MAX_GROWTH,
    normalise_title: MAX_GROWTH,
    slugify: MAX_GROWTH,
    text_of_paper: 3 * MAX_GROWTH,
    plain_text: MAX_GROWTH,
    excerpt: MAX_GROWTH,
    title_html: MATHML_GROWTH,
    headline_html: MATHML_GROWTH,
    abstract_html: MATHML_GROWTH,
    plain_html: MATHML_GROWTH,
    markdown_html: MATHML_GROWTH,
    cited: 100,  # six times: abstract, comment and venue in BibTeX, where a sign may take 20 characters
}

BEGINNINGS = [
    *(r"\frac{", r"\frac12{", r"\frac{1}{", r"\dfrac{a}{b}{", r"\sqrt{", r"\sqrt[3]{", r"\href{", r"\href{a}{"),
    *(
        r"\texorpdfstring{",
        r"\textcolor{red}{",
        r"\footnote{",
        r"\thanks{",
        r"\cite{",
        r"\textsuperscript{",
        r"\unknown{",
    ),
    *("{", "x^{", "x_{", "x_{a}^{", r"\hat{", r"\overset{a}{", r"\underset{a}{", r"\norm{", r"\abs{", r"\nicefrac{1}{"),
    *(
        r"\left(",
        r"\begin{matrix}",
        r"\text{",
        r"\mathbb{",
        "(",
        "[",
        "<b>",
        "<sup>",
        "<p>",
        "&amp;",
        "&lt;",
        "$",
        "$$",
    ),
    *(
        "*",
        "**",
        "> ",
        "- ",
        "[a](",
        "![",
        "`",
        "# ",
        "| a ",
        "[^1]: ",
        "[a]: b\n",
        "1. ",
        "    ",
        '"',
        "\\8",
        "ﷺ",
        '\\"o',
    ),
]
IN_FIELDS = [r"\frac{", r"\href{", "{", "&amp;", "<b>", "[", "{'a': ", '"', "- ", "a # a # "]
ENDS = ["", "}", "}x", ")", "]", r"\right)", r"\end{matrix}", "</b>", "</sup>", "$", "\n"]


def calls_of(make: Callable[[str], str], text: str) -> tuple[str, int]:
    """Return what is made of a text, and how many functions were called for it."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        made = make(text)
    finally:
        sys.setprofile(before)
    return str(made), calls


def expect_bounded(make: Callable[[str], str], most: int, text_of: Callable[[int], str]) -> None:
    """Try a text of more and more levels."""
    make(text_of(1))  # what is made once a process, such as compiled patterns, is no work on a text
    last = 0
    for levels in LEVELS:
        text = text_of(levels)
        made, calls = calls_of(make, text)
        assert len(made) <= most * len(text) + 3 * HEADROOM, (levels, text, made[:200])
        assert calls <= max(CALLS, 5 * last), (levels, text, calls, last)
        last = max(calls, CALLS // 5)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_no_nesting_makes_text_or_work_grow_faster_than_it_is_written(make: Callable[[str], str]) -> None:
    texts = list(product(("", "$"), BEGINNINGS, ENDS))
    for dollar, beginning, end in texts[list(MAKERS).index(make) % STEP :: STEP]:
        expect_bounded(make, MAKERS[make], lambda n, b=beginning, e=end, d=dollar: f"{d}{b * n}x{e * n}{d}")


PIECE = st.one_of(st.sampled_from(BEGINNINGS), st.sampled_from(ENDS), st.text(max_size=3))
PIECES = st.lists(PIECE, min_size=1, max_size=3).map("".join)


@settings(max_examples=500 if IS_TORTURE else 50)
@given(make=st.sampled_from(list(MAKERS)), beginning=PIECES, core=PIECES, end=PIECES, dollar=st.sampled_from(["", "$"]))
def test_no_text_put_together_at_random_does(
    make: Callable[[str], str], beginning: str, core: str, end: str, dollar: str
) -> None:
    expect_bounded(make, MAKERS[make], lambda n: f"{dollar}{beginning * n}{core}{end * n}{dollar}")


@pytest.mark.parametrize("name", FORMATS)
def test_no_reader_makes_more_of_a_field_than_was_written(name: str) -> None:
    def read(text: str) -> str:
        return "".join(str(record.fields) for record in records_of(text, name))

    def text_of(levels: int, beginning: str) -> str:
        return FORMATS[name](lambda: f"A title {beginning * levels}x{'}' * levels}", range(1, 2))

    for beginning in IN_FIELDS[list(FORMATS).index(name) % STEP :: STEP]:
        expect_bounded(read, 4, partial(text_of, beginning=beginning))


def records_of(text: str, name: str) -> list[RawPaper]:
    found = Problems()
    report = FileReport(name)
    records = list(read_list(Source.from_text(text, name), report, found))
    make_papers(Sources(tuple(records), {name: report}, (), (), ()), Settings(), found)
    return records


def test_macros_of_bibtex_that_name_each_other_twice_stay_within_their_bound() -> None:
    strings = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(40))
    text = f"@string{{s0 = {{tides}}}}\n{strings}@article{{k, title = {{A}} # s40, abstract = s40 # s40}}\n"
    (record,) = records_of(text, "refs.bib")
    assert len(str(record.fields)) < 10_000


def test_the_abstract_that_doubled_at_each_brace() -> None:
    text = r"\frac{" * 34 + "x" + "}" * 34
    assert len(clean_paragraphs(text)) <= len(text)
    assert plain_text(f"${text}$")
