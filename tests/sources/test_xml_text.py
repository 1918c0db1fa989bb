"""XML read entry by entry: damage stays local, no entity is fetched or expanded, hostile input fails fast."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import (
    MAX_CHARACTERS,
    XmlError,
    children,
    name_of,
    text_of,
    texts_of,
    xml_entries,
    xml_problem,
    xml_root,
)

OPEN = '<?xml version="1.0" encoding="iso-8859-1"?>\n<rss>\n<channel><title>A feed</title>\n'
CLOSE = "\n</channel>\n</rss>\n"


def read(text: str, name: str = "item") -> list:
    return list(xml_entries(Source.from_text(text, "papers/a.xml"), name))


def titles(text: str, name: str = "item") -> list:
    """Return (line, title or XmlError) of each entry."""
    return [
        (line, one if isinstance(one, XmlError) else text_of(children(one).get("title")))
        for line, one in read(text, name)
    ]


def test_entries_come_with_the_lines_they_begin_on():
    text = OPEN + "<item><title>One</title></item>\n\n<item\n a='b'>\n<title>Two é</title></item>" + CLOSE
    assert titles(text) == [(4, "One"), (6, "Two é")]


def test_a_text_of_one_line_is_cut_at_its_tags():
    text = "<rss><item><title>One</title></item><item/><item><title>Two</title></item></rss>"
    assert titles(text) == [(1, "One"), (1, ""), (1, "Two")]


def test_comments_cdata_and_instructions_hold_no_entries():
    text = (
        OPEN + "<!-- <item><title>No</title></item>\n -->\n<?x <item> ?><item><title><![CDATA[<item>]]></title></item>"
    )
    assert titles(text + CLOSE) == [(6, "<item>")]


def test_a_prefix_declared_nowhere_but_known_is_understood():
    ((_, entry),) = read(OPEN + "<item><dc:creator>Ada</dc:creator></item>" + CLOSE)
    assert texts_of(children(entry)["dc:creator"]) == ["Ada"]


def test_names_of_html_count_as_characters():
    assert titles(OPEN + "<item><title>a&nbsp;&eacute;&lt;b&amp;c</title></item>" + CLOSE) == [(4, "a\xa0é<b&c")]


def test_control_characters_are_blanks():
    assert titles(OPEN + "<item><title>a\x0bb</title></item>" + CLOSE) == [(4, "a b")]


def test_a_damaged_entry_leaves_the_others_whole():
    text = (
        OPEN + "<item><title>One</title></item>\n<item>\n<title>A & B</title></item>\n<item><title>Three</title></item>"
    )
    first, (line, error), third = titles(text + CLOSE)
    assert (first, third) == ((4, "One"), (7, "Three"))
    assert (line, error.line, error.records) == (5, 6, 1)


def test_an_entry_without_an_end_leaves_the_next_one_whole():
    text = OPEN + "<item><title>One</title>\n<item><title>Two</title></item>" + CLOSE
    assert titles(text) == [(4, XmlError("the entry never ends", 4, 1)), (5, "Two")]


def test_an_open_cdata_section_counts_the_entries_it_takes_along():
    text = OPEN + "<item><![CDATA[ x</item>\n<item></item>\n<item></item>" + CLOSE
    assert titles(text) == [(4, XmlError("the entry never ends", 4, 3))]


def test_a_text_cut_inside_an_entry_keeps_the_entries_before():
    assert titles(OPEN + "<item><title>One</title></item>\n<item><tit") == [
        (4, "One"),
        (5, XmlError("the entry never ends", 5, 1)),
    ]


def test_a_text_cut_between_entries_loses_none():
    (first, (_, error)) = titles(OPEN + "<item><title>One</title></item>\n\n")
    assert first == (4, "One")
    assert (error.line, error.records) == (4, 0)


def test_damage_outside_of_entries_is_told_with_its_line():
    ((_, title), (line, error)) = titles(OPEN + "<item><title>One</title></item>\n\n</chanel>\n</rss>")
    assert title == "One"
    assert (line, error.records) == (6, 0)


BOMB = """<!DOCTYPE rss [
<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>"""
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HIDDEN_END = '<!DOCTYPE rss [<!ENTITY x "]>"> <!-- don\'t --> <!ENTITY y "z">]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, HIDDEN_END], ids=["bomb", "file", "bracket in a value"])
def test_a_doctype_that_declares_something_is_refused(doctype):
    ((_, error),) = titles(f"{doctype}<rss><channel><item><title>&c;&x;&y;</title></item></channel></rss>")
    assert "DOCTYPE" in error.message


def test_a_doctype_that_only_names_a_dtd_is_passed_over():
    doctype = '<!DOCTYPE rss PUBLIC "-//Example//DTD 0.91//EN" "http://localhost:1/rss-0.91.dtd">'
    assert titles(f"{doctype}\n<rss><item><title>One</title></item></rss>") == [(2, "One")]


def test_an_entity_that_nobody_declares_is_damage():
    ((_, error),) = titles(OPEN + "<item><title>&secret;</title></item>" + CLOSE)
    assert isinstance(error, XmlError)


def test_deep_nesting_is_damage():
    deep = "<a>" * 100_000 + "</a>" * 100_000
    (_, error), (_, title) = titles(f"{OPEN}<item>{deep}</item><item><title>Two</title></item>{CLOSE}")
    assert "depth" in error.message.lower()
    assert title == "Two"


def test_an_entry_past_the_bound_is_told_and_the_next_one_read():
    lines = "x" * 1000 + "\n"
    text = f"{OPEN}<item>{lines * (MAX_CHARACTERS // 1000 + 1)}</item><item><title>Two</title></item>{CLOSE}"
    (_, error), (_, title) = titles(text)
    assert f"more than {MAX_CHARACTERS:,} characters" in error.message
    assert title == "Two"


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<item>" * 20_000,
        "<rss>" + "<a>" * 300_000,
        "<rss>" + "<!--" * 300_000,
        "<rss>" + "<item><![CDATA[" * 50_000,
        "<rss " + 'a="b" ' * 100_000 + "><item>",
        "<!DOCTYPE x [" + "<!--" * 15_000,
        "<!DOCTYPE x [" + '"" ' * 20_000,
    ],
    ids=["entries", "elements", "comments", "cdata", "attributes", "comments of a DTD", "texts of a DTD"],
)
def test_hostile_texts_come_to_an_end(text):
    assert all(isinstance(one, XmlError) for _, one in read(text))


@pytest.mark.parametrize("text", ["", "no XML", "<", "< a>", "<!-- only", "<!DOCTYPE 'open", "\x01<a/>"])
def test_what_is_no_xml_has_no_root(text):
    assert xml_root(text) is None
    assert len(read(text)) == 1


def test_the_root_is_told_by_the_beginning_alone():
    root = xml_root('<?xml version="1.0"?><!-- c --><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><ent')
    assert name_of(root) == ("http://www.w3.org/2005/Atom", "feed")


def test_a_problem_names_file_line_and_lost_records():
    problem = xml_problem("papers/a.xml", XmlError("bad", 3, 2))
    assert (problem.path, problem.line, problem.records) == ("papers/a.xml", 3, 2)


TITLES = st.lists(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Cn"])), max_size=8
)


@given(TITLES, st.sampled_from(["", "\n", "\n\n  "]), st.sampled_from(["item", "a:item"]))
def test_every_entry_comes_out_as_it_went_in(texts, gap, tag):
    entries = gap.join(f"<{tag}><title>{escape(text)}</title></{tag}>" for text in texts)
    prefix = "a:" if tag.startswith("a:") else ""
    text = f'<{prefix}rss xmlns:a="urn:a">{entries}</{prefix}rss>'
    found = [entry for _, entry in read(text)]
    assert [text_of(entry.findall("title")) for entry in found] == [one.strip() for one in texts]


@given(
    st.lists(
        st.sampled_from(["<item>", "</item>", "<item/>", "<!--", "-->", "<![CDATA[", "]]>", "x", "&", "\n", "<b>"])
    )
)
def test_any_text_ends_in_elements_or_errors(parts):
    for line, one in read("<rss>" + "".join(parts)):
        assert line >= 1
        assert isinstance(one, XmlError | etree._Element)
