"""arXiv's feeds: responses of the query API, and daily listings of a category."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, QuietDay, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import arxiv_atom
from site_builder.sources.source import Source
from tests.conftest import SHARED, needs_shared

ANSWERS, LISTINGS = arxiv_atom.READERS

OPEN = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=all:sheep</title>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/2605.01234v2</id>
    <title>Counting
  Sheep</title>
    <updated>2026-05-08T10:00:00Z</updated>
    <link href="https://arxiv.org/abs/2605.01234v2" rel="alternate" type="text/html"/>
    <summary>  We count &lt; 10 sheep.</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>2026-05-04T17:00:00Z</published>
    <arxiv:comment>12 pages</arxiv:comment>
    <arxiv:primary_category term="cs.CL"/>
    <arxiv:journal_ref>Journal of Sheep 1</arxiv:journal_ref>
    <author><name>Ada Example</name><arxiv:affiliation>Meadow</arxiv:affiliation></author>
    <author><name>Sample, Ben</name></author>
    <arxiv:doi>10.1000/sheep</arxiv:doi>
  </entry>
"""
CLOSE = "</feed>\n"

RSS_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
<channel>
<title>cs.CL updates on arXiv.org</title>
<link>http://rss.arxiv.org/rss/cs.CL</link>
<lastBuildDate>Thu, 07 May 2026 04:00:00 +0000</lastBuildDate>
<pubDate>Wed, 06 May 2026 00:00:00 -0400</pubDate>
"""
RSS_CLOSE = "</channel></rss>"
RSS_ITEM = """<item>
<title>Counting Sheep</title>
<link>https://arxiv.org/abs/2605.01234</link>
<description>arXiv:2605.01234v1 Announce Type: {0}
Abstract: We count $a &lt; b$ sheep.
  They jump.</description>
<guid isPermaLink="false">oai:arXiv.org:2605.01234v1</guid>
<category>cs.CL</category><category>cs.LG</category>
<arxiv:announce_type>{0}</arxiv:announce_type>
<dc:creator>Ada Example, Ben Sample</dc:creator>
<arxiv:DOI>10.1000/sheep</arxiv:DOI>
<arxiv:journal_reference>Journal of Sheep 1</arxiv:journal_reference>
</item>
"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.xml")
    reader = next(reader for reader in arxiv_atom.READERS if reader.recognises(source))
    return [item for item in reader.read(source) if not isinstance(item, QuietDay)]


def test_an_entry_of_an_answer_is_a_paper_of_the_day_of_its_first_version():
    (record,) = read(OPEN + ENTRY + CLOSE)
    assert record.line == 5
    assert record.fields == {
        "title": "Counting\n  Sheep",
        "abstract": "We count < 10 sheep.",
        "authors": ["Ada Example", "Sample, Ben"],
        "arxiv": "2605.01234v2",
        "doi": "10.1000/sheep",
        "published": "2026-05-04",
        "categories": ["cs.CL", "cs.LG"],
        "comment": "12 pages",
        "venue": "Journal of Sheep 1",
    }


def test_an_old_id_keeps_its_archive():
    (record,) = read(OPEN + ENTRY.replace("2605.01234v2", "astro-ph/0601001v1") + CLOSE)
    assert record.fields["arxiv"] == "astro-ph/0601001v1"


def test_an_error_of_the_service_is_a_problem_and_no_paper():
    entry = "<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>no such id</summary></entry>"
    (problem,) = read(OPEN.replace("arXiv Query: search_query=all:sheep", "arXiv Search Results") + entry + CLOSE)
    assert isinstance(problem, Problem)
    assert problem.what == "arXiv answered with an error: no such id"
    assert problem.records == 1


def test_a_paper_titled_error_is_a_paper():
    (record,) = read(OPEN + ENTRY.replace("Counting\n  Sheep", "Error") + CLOSE)
    assert record.fields["title"] == "Error"


def test_an_answer_without_entries_loses_nothing():
    assert read(OPEN + CLOSE) == []


def test_a_damaged_entry_is_one_problem_and_the_others_stay():
    items = read(OPEN + ENTRY + ENTRY.replace("12 pages", "12 < pages") + ENTRY + CLOSE)
    assert [type(item) for item in items] == [RawPaper, Problem, RawPaper]
    assert (items[1].line, items[1].records) == (32, 1)


def test_a_cut_answer_keeps_the_entries_before_the_cut():
    record, problem = read(OPEN + ENTRY + ENTRY[:200])
    assert isinstance(record, RawPaper)
    assert (problem.line, problem.records) == (22, 1)


@pytest.mark.parametrize("announced", ["new", "cross"])
def test_new_papers_and_cross_lists_of_a_listing_carry_the_day_of_the_list(announced):
    (record,) = read(RSS_OPEN + RSS_ITEM.format(announced) + RSS_CLOSE)
    assert record.fields == {
        "title": "Counting Sheep",
        "abstract": "We count $a < b$ sheep.\n  They jump.",
        "authors": "Ada Example, Ben Sample",
        "arxiv": "2605.01234v1",
        "doi": "10.1000/sheep",
        "venue": "Journal of Sheep 1",
        "listed": "2026-05-06",
        "categories": ["cs.CL", "cs.LG"],
        "announced": announced,
    }


def test_the_day_of_an_item_goes_before_that_of_the_channel():
    item = RSS_ITEM.format("new").replace("</item>", "<pubDate>Tue, 05 May 2026 00:00:00 -0400</pubDate></item>")
    (record,) = read(RSS_OPEN + item + RSS_CLOSE)
    assert record.fields["listed"] == "2026-05-05"


@pytest.mark.parametrize("announced", ["replace", "replace-cross"])
def test_replacements_are_set_aside(announced):
    (item,) = read(RSS_OPEN + RSS_ITEM.format(announced) + RSS_CLOSE)
    assert item == Skipped("papers/a.xml", 8, f"a replacement (announce type {announced})")


def test_a_listing_of_a_weekend_is_empty():
    assert read(RSS_OPEN + RSS_CLOSE) == []


def test_a_listing_in_atom_reads_like_one_in_rss():
    text = """<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/cs.CL</id><title>cs.CL updates on arXiv.org</title>
<updated>2026-05-07T04:00:00Z</updated><link href="http://rss.arxiv.org/atom/cs.CL" rel="self"/>
<entry><id>oai:arXiv.org:2605.01234v1</id><title>Counting Sheep</title><updated>2026-05-07T04:00:00Z</updated>
<link href="https://arxiv.org/abs/2605.01234" rel="alternate"/><published>2026-05-06T00:00:00-04:00</published>
<summary>arXiv:2605.01234v1 Announce Type: new
Abstract: We count.</summary><category term="cs.CL"/><arxiv:announce_type>new</arxiv:announce_type>
<dc:creator>Ada Example, Ben Sample</dc:creator></entry></feed>"""
    (record,) = read(text)
    assert record.fields == {
        "title": "Counting Sheep",
        "abstract": "We count.",
        "authors": "Ada Example, Ben Sample",
        "arxiv": "2605.01234v1",
        "listed": "2026-05-06",
        "categories": ["cs.CL"],
        "announced": "new",
    }


def test_the_old_listing_keeps_id_and_kind_of_news_in_the_title():
    items = ""
    for number, end in ((1, "[cs.CL]"), (2, "[cs.CL] CROSS LISTED"), (3, "[cs.CL] UPDATED")):
        items += f"""<item rdf:about="http://arxiv.org/abs/2001.0000{number}">
<title>Counting Sheep. (arXiv:2001.0000{number}v{number} {end})</title><link>http://arxiv.org/abs/2001.0000{number}</link>
<description rdf:parseType="Literal">&lt;p&gt;We count.&lt;/p&gt;</description>
<dc:creator> &lt;a href="http://arxiv.org/find/a"&gt;Ada Example&lt;/a&gt;,
 &lt;a href="b"&gt;Ben&lt;/a&gt;</dc:creator></item>"""
    new, cross, replacement = read(
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://arxiv.org/"><link>http://arxiv.org/</link>
<dc:date>2020-01-02T20:30:00-05:00</dc:date><items><rdf:Seq/></items></channel>{items}</rdf:RDF>"""
    )
    assert new.fields == {
        "title": "Counting Sheep.",
        "abstract": "We count.",
        "authors": "Ada Example, Ben",
        "arxiv": "2001.00001v1",
        "listed": "2020-01-02",
        "announced": "new",
    }
    assert cross.fields["announced"] == "cross"
    assert isinstance(replacement, Skipped)


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><link>https://example.org</link><item><title>T</title></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:example.org,2026:x</id></feed>',
        "<html><body>arxiv.org/api/</body></html>",
        "arXiv Query: sheep",
        '{"id": "2605.01234"}',
        "",
    ],
)
def test_other_texts_are_not_recognised(text):
    assert not any(reader.recognises(Source.from_text(text, "papers/arxiv.xml")) for reader in arxiv_atom.READERS)


@given(
    st.lists(st.sampled_from(["good", "bad", "error", "replace"]), max_size=8), st.text(alphabet="abc <&é", max_size=9)
)
def test_each_entry_is_one_item(kinds, title):
    error = "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title></entry>"
    entries = {"good": ENTRY.replace("Counting", escape(title)), "bad": ENTRY.replace("Counting", "&"), "error": error}
    items = read(OPEN + "".join(entries.get(kind, ENTRY) for kind in kinds) + CLOSE)
    assert len(items) == len(kinds)
    assert [isinstance(item, RawPaper) for item in items] == [kind in {"good", "replace"} for kind in kinds]
    listed = read(RSS_OPEN + "".join(RSS_ITEM.format(kind) for kind in kinds) + RSS_CLOSE)
    assert [isinstance(item, Skipped) for item in listed] == [kind == "replace" for kind in kinds]


@needs_shared
@pytest.mark.parametrize("file", sorted((SHARED / "data/arxiv_api").glob("*.xml")), ids=lambda file: file.stem[:30])
def test_real_answers_yield_exactly_their_entries(file: Path):
    source = Source.from_file(file, file.name)
    assert ANSWERS.recognises(source)
    items = [item for item in ANSWERS.read(source) if not isinstance(item, QuietDay)]
    assert len(items) == source.text().count("<entry>")
    is_error = file.stem.startswith("id_abc")
    assert [isinstance(item, Problem) for item in items] == [is_error] * len(items)
    for item in items:
        assert is_error or {"title", "abstract", "authors", "arxiv", "published", "categories"} <= set(item.fields)
