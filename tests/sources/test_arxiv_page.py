"""arXiv's listing page, as its server sends it and as browsers save it."""

import pytest

from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import arxiv_page, recognise
from site_builder.sources.source import Source

PAPER = """<dt><a name='item1'>[1]</a> <a href ="/abs/2605.01234" title="Abstract" id="2605.01234">arXiv:2605.01234</a>
[<a href="/pdf/2605.01234" title="Download PDF">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span>
 Clouds in $O(n^2)$ &amp; Less</div>
<div class='list-authors'><a href="/a">Ada Example</a>, <a href="/b">Bo Roe</a></div>
<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 12 pages</div>
<div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span> J. Clouds 1 (2026)</div>
<div class='list-subjects'><span class='descriptor'>Subjects:</span>
<span class="primary-subject">Machine Learning (cs.LG)</span>; Statistics (stat.ML)</div>
<p class='mathjax'> We count
clouds. </p></div></dd>"""


def read(body: str) -> list[Item]:
    source = Source.from_text(f"<!DOCTYPE html>\n<html><body>\n{body}\n</body></html>", "papers/list.html")
    assert recognise(source) is arxiv_page.READER
    return list(arxiv_page.READER.read(source))


def test_a_paper_of_the_listing_is_read() -> None:
    (item,) = read(f"<h3>Showing new listings for Wednesday, 27 May 2026</h3><dl><h3>New submissions</h3>{PAPER}</dl>")
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Clouds in $O(n^2)$ & Less",
        "authors": ["Ada Example", "Bo Roe"],
        "abstract": "We count clouds.",
        "arxiv": "2605.01234",
        "categories": ["cs.LG", "stat.ML"],
        "comment": "12 pages",
        "venue": "J. Clouds 1 (2026)",
        "listed": "2026-05-27",
        "announced": "new",
    }


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("New submissions for Wed, 27 May 26", "2026-05-27"),
        ("Wed, 27 May 2026 (showing 25 of 120 entries )", "2026-05-27"),
        ("Authors and titles for May 2026", None),
    ],
)
def test_every_heading_names_the_day_of_what_follows(heading: str, day: str | None) -> None:
    (item,) = read(f"<h3>{heading}</h3><dl>{PAPER}</dl>")
    assert isinstance(item, RawPaper)
    assert item.fields.get("listed") == day


def test_cross_lists_are_read_and_replacements_set_aside() -> None:
    crossed = PAPER.replace("]</dt>", "] (cross-list from cs.CL)</dt>")
    items = read(f"<h3>Cross-lists for Wed, 27 May 26</h3>{crossed}<h3>Replacement submissions</h3>{PAPER}")
    assert [type(item) for item in items] == [RawPaper, Skipped]
    assert isinstance(items[0], RawPaper)
    assert items[0].fields["announced"] == "cross"


def test_a_page_that_a_browser_saved_has_whole_addresses_and_drawn_formulas() -> None:
    drawn = (
        '<span class="MathJax_Preview"></span><span class="MathJax"><math><mi>O</mi></math></span>'
        '<script type="math/tex">O(n^2)</script>'
    )
    saved = PAPER.replace('"/abs/', '"https://arxiv.org/abs/').replace("$O(n^2)$", drawn)
    (item,) = read(f"{'<script>x</script>' * 9000}<dl>{saved}</dl>")
    assert isinstance(item, RawPaper)
    assert (item.fields["title"], item.fields["arxiv"]) == ("Clouds in $O(n^2)$ & Less", "2605.01234")


def test_a_number_without_a_title_is_told() -> None:
    lone = '<dt><a href="/abs/2605.09999">arXiv:2605.09999</a></dt>'
    items = read(f"<dl>{lone}{PAPER}{lone}<dd>no title</dd>{lone}</dl>")
    assert [type(item) for item in items] == [Problem, RawPaper, Problem, Problem]


def test_a_part_of_the_page_is_enough() -> None:
    source = Source.from_text(f"<dl id='articles'>{PAPER}</dl>", "papers/list.html")
    assert recognise(source) is arxiv_page.READER
