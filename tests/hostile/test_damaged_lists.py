"""A list of any format, damaged anywhere, ends in papers and problems: nothing crashes, nothing is lost in silence.

`BROADSHEET_TORTURE=1` damages each list in ten times as many ways.
"""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config.settings import Settings
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.sources import FileReport, Source, Sources, read_list
from site_builder.sources.formats import READERS
from site_builder.sources.source import DecodeError
from tests.conftest import IS_TORTURE
from tests.hostile.lists import FORMATS
from tests.hostile.outputs import FORBIDDEN
from tests.hostile.taking import taking

WORDS = ["Plain words", "2026-05-26", "12", "https://a.example/x", "Ada Lovelace", "10.1000/x", "A - B: c, d; e"]
PIECES = st.one_of(
    st.sampled_from(
        [*"\n\t \"'{}[]()<>&,;:|=#@\\$-\0\ud800\u2028", "\n\n", "---\n", "- ", "  ", "TY  - ", "]]>", "<!--", "}}"]
    ),
    st.text(max_size=5),
)
EXAMPLES = 100 if IS_TORTURE else 10
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), PIECES), min_size=1, max_size=6)


@cache
def whole(name: str) -> str:
    return FORMATS[name](taking(WORDS), range(1, 4))


@pytest.mark.parametrize("name", FORMATS)
@given(edits=EDITS)
@settings(max_examples=EXAMPLES)
def test_a_damaged_list_is_read_as_far_as_it_goes(name: str, edits: list[tuple[float, int, str]]) -> None:
    text = whole(name)
    for place, cut, piece in edits:
        start = int(place * len(text))
        text = text[:start] + piece + text[start + cut :]
    found, report = Problems(), FileReport(name)
    records = []
    try:
        records += read_list(Source.from_text(text, name), report, found)
    except DecodeError as error:
        found.add(name, error.line, error.what, error.remedy)
    papers = make_papers(Sources(tuple(records), {name: report}, (), (), ()), Settings(), found).papers
    assert records or len(found) or not text.strip()
    assert report.kept == len(records)
    counted = next((reader.counts_lines for reader in READERS if reader.name == report.reader), False)
    if counted and not any(problem.line is not None and "NUL" in problem.what for problem in found):
        assert report.lines_in_papers + report.lines_in_boilerplate + report.lines_in_problems >= report.lines
    for paper in papers:
        assert paper.title
        assert not any(FORBIDDEN.search(part) for part in (paper.title, paper.abstract, *paper.authors, *paper.tags))
