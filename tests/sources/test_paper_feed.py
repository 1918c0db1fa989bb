"""Feeds whose entries are papers."""

import json
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, QuietDay, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import paper_feed
from site_builder.sources.source import Source

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>A journal</title>
{}
</channel></rss>"""
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A group</title>\n{}\n</feed>'
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "A group", "items": []}


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/feed.xml")
    assert paper_feed.recognises(source)
    return [item for item in paper_feed.read(source) if not isinstance(item, QuietDay)]


def fields(text: str) -> dict:
    (item,) = read(text)
    assert isinstance(item, RawPaper)
    return dict(item.fields)


def test_an_item_of_rss_with_the_names_of_publishers():
    item = """<item><title>Counting &lt;i&gt;Sheep&lt;/i&gt; &amp;amp; Goats</title>
<link>https://journal.example.org/sheep</link><guid>https://doi.org/10.1000/sheep</guid>
<description>&lt;p&gt;We count.&lt;/p&gt;&lt;p&gt;They jump.&lt;/p&gt;</description>
<dc:creator>Ada Example</dc:creator><dc:creator>Ben Sample</dc:creator><category>Sheep</category>
<pubDate>Mon, 04 May 2026 23:00:00 -0700</pubDate><prism:publicationName>Journal of Sheep</prism:publicationName>
<prism:volume>3</prism:volume><prism:number>4</prism:number><dc:publisher>Meadow Press</dc:publisher>
<enclosure url="https://journal.example.org/sheep.pdf" type="application/pdf"/></item>"""
    assert fields(RSS.format(item)) == {
        "title": "Counting Sheep & Goats",
        "abstract": "We count.\n\nThey jump.",
        "authors": ["Ada Example", "Ben Sample"],
        "doi": "10.1000/sheep",
        "published": "2026-05-04",
        "keywords": ["Sheep"],
        "venue": "Journal of Sheep",
        "volume": "3",
        "issue": "4",
        "publisher": "Meadow Press",
        "links": {"page": "https://journal.example.org/sheep", "pdf": "https://journal.example.org/sheep.pdf"},
    }


def test_a_name_space_with_signs_of_xml_in_its_name_stops_no_item():
    odd = """ xmlns:odd="https://example.org/?a='1'&amp;b=2" """
    item = "<item><odd:mark/><title>Counting Sheep</title><link>https://journal.example.org/sheep</link></item>"
    text = RSS.format(item)
    assert fields(text.replace("<rss", f"<rss{odd}")) == fields(text.replace("odd:", "dc:"))


def test_an_entry_of_atom():
    entry = """<entry><id>tag:example.org,2026:1</id><title type="html">Counting &lt;i&gt;Sheep&lt;/i&gt;</title>
<link href="https://huggingface.co/papers/2605.01234"/><link rel="edit" href="https://example.org/edit"/>
<author><name>Example, Ada</name><email>ada@example.org</email></author>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>We count.</p><p>They <b>jump</b>.</p></div></summary>
<category term="sheep" label="Sheep"/><published>2026-05-04T10:00:00Z</published><updated>2026-05-09T00:00:00Z</updated>
</entry>"""
    assert fields(ATOM.format(entry)) == {
        "title": "Counting Sheep",
        "abstract": "We count.\n\nThey jump.",
        "authors": ["Example, Ada"],
        "arxiv": "2605.01234",
        "published": "2026-05-04",
        "keywords": ["Sheep"],
        "links": {"page": "https://huggingface.co/papers/2605.01234"},
    }


def test_plain_text_of_atom_keeps_its_angle_brackets():
    entry = '<entry><title>The &lt;b&gt; token</title><summary type="text">a &lt;i&gt; b</summary></entry>'
    assert fields(ATOM.format(entry)) == {"title": "The <b> token", "abstract": "a <i> b"}


def test_an_item_of_a_json_feed():
    item = {
        "id": "https://arxiv.org/abs/2605.01234",
        "url": "https://example.org/sheep",
        "title": "Counting Sheep",
        "content_html": "<p>We count.</p><p>They jump.</p>",
        "authors": [{"name": "Ada Example"}, {"url": "https://example.org"}],
        "tags": ["Sheep"],
        "date_published": "2026-05-04T10:00:00-07:00",
        "image": "https://example.org/sheep.png",
    }
    assert fields(json.dumps(JSON_FEED | {"items": [item]})) == {
        "title": "Counting Sheep",
        "abstract": "We count.\n\nThey jump.",
        "authors": ["Ada Example"],
        "arxiv": "2605.01234",
        "published": "2026-05-04",
        "keywords": ["Sheep"],
        "image": "https://example.org/sheep.png",
        "links": {"page": "https://example.org/sheep"},
    }


@pytest.mark.parametrize(
    "feed",
    [
        "<rss version='0.91'><channel>{}</channel></rss>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">{}</rdf:RDF>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/>{}</rdf:RDF>',
        "<!DOCTYPE rss PUBLIC '-//Example//DTD' 'http://localhost:1/rss.dtd'><rss><channel>{}</channel></rss>",
    ],
    ids=["0.91", "1.0", "0.90", "with a DOCTYPE"],
)
def test_the_older_rss_reads_alike(feed):
    item = "<item><title>Counting Sheep</title><link>http://arxiv.org/abs/2605.01234</link></item>"
    assert fields(feed.format(item)) == {
        "title": "Counting Sheep",
        "arxiv": "2605.01234",
        "links": {"abs": "http://arxiv.org/abs/2605.01234"},
    }


def test_prefixed_names_of_rss_1_0_read_alike():
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rss="http://purl.org/rss/1.0/">
<rss:channel/><rss:item rdf:about="https://doi.org/10.1000/sheep"><rss:title>Sheep</rss:title></rss:item></rdf:RDF>"""
    assert fields(text) == {"title": "Sheep", "doi": "10.1000/sheep"}


def test_a_description_that_is_cut_off_gives_way_to_the_content():
    content = "<content:encoded><![CDATA[<p>{}</p>]]></content:encoded>"
    item = f"<item><title>T</title><description>We count…</description>{content}</item>"
    assert fields(RSS.format(item.format("We count sheep.")))["abstract"] == "We count sheep."
    assert fields(RSS.format(item.format("...")))["abstract"] == "We count…"


def test_an_author_of_rss_is_a_mail_address_with_a_name():
    assert fields(RSS.format("<item><author>ada@example.org (Ada Example)</author></item>"))["authors"] == "Ada Example"


def test_a_picture_is_taken_from_what_is_attached():
    sound = '<enclosure url="https://e.org/a.mp3" type="audio/mpeg"/>'
    picture = '<enclosure url="https://e.org/a.png" type="image/png"/>'
    assert fields(RSS.format(f"<item>{sound}{picture}</item>")) == {"image": "https://e.org/a.png"}


def test_only_web_addresses_become_links():
    assert fields(RSS.format("<item><title>T</title><link>javascript:alert(1)</link></item>")) == {"title": "T"}


def test_an_entity_bomb_is_refused_and_nothing_is_expanded():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    (problem,) = read(f"{bomb}<rss><channel><item><title>&b;</title></item></channel></rss>")
    assert "DOCTYPE" in problem.what


def test_damage_in_a_json_feed_is_one_problem():
    text = json.dumps(JSON_FEED | {"items": [{"title": "One"}, 3, {"title": "Two"}]}, indent=1)
    first, problem, last = read(text.replace("3", '{"title": }'))
    assert (first.fields["title"], last.fields["title"]) == ("One", "Two")
    assert (problem.line, problem.records) == (8, 1)


def test_a_cut_json_feed_keeps_the_items_before_the_cut():
    text = json.dumps(JSON_FEED | {"items": [{"title": "One"}, {"title": "Two"}]}, indent=1)
    first, problem = read(text[:-18])
    assert first.fields == {"title": "One"}
    assert problem.records == 1


@pytest.mark.parametrize(
    "text",
    [
        "<html><body/></html>",
        '<OAI-PMH xmlns="x"/>',
        '{"items": []}',
        "rss",
        "",
        "<",
        '[{"version": "https://jsonfeed.org"}]',
    ],
)
def test_other_texts_are_not_recognised(text):
    assert not paper_feed.recognises(Source.from_text(text, "papers/feed.rss"))


TITLES = st.lists(st.text(alphabet="abc <&é>'\"]", max_size=12), max_size=6)


@given(TITLES, st.sampled_from(["rss", "atom", "json"]), st.sets(st.integers(0, 5)))
def test_each_entry_is_one_record_or_one_problem(titles, kind, damaged):
    if kind == "json":
        items: list = [3 if number in damaged else {"title": title} for number, title in enumerate(titles)]
        found = read(json.dumps(JSON_FEED | {"items": items}))
    else:
        tag, feed = ("item", RSS) if kind == "rss" else ("entry", ATOM)
        parts = [
            f"<{tag}><title>{'&' if number in damaged else ''}{escape(title)}</title></{tag}>\n"
            for number, title in enumerate(titles)
        ]
        found = read(feed.replace("{}", "".join(parts)))
    is_problem = [isinstance(item, Problem) and item.records == 1 for item in found]
    assert is_problem == [number in damaged for number in range(len(titles))]


def test_a_doi_is_found_in_the_second_of_two_identifiers():
    names = "<dc:identifier>pmid:1</dc:identifier><dc:identifier>doi:10.1000/x</dc:identifier>"
    item = f"<item><title>On dams</title>{names}</item>"
    assert fields(RSS.format(item))["doi"] == "10.1000/x"


def test_an_entry_without_a_link_has_its_permanent_address_and_the_first_date_that_is_one():
    item = "<item><title>On dams</title><link/><guid>https://a.org/x</guid><pubDate>NA</pubDate>{}</item>"
    read = fields(RSS.format(item.format("<dc:date>2026-05-04</dc:date><dc:creator/><author>Ada Example</author>")))
    assert (read["links"], read["published"], read["authors"]) == (
        {"page": "https://a.org/x"},
        "2026-05-04",
        "Ada Example",
    )


def test_links_in_a_summary_say_where_they_lead():
    text = escape('<p>See <a href="https://a.org/x">this https URL</a> and <a href="https://b.org/">our data</a>.</p>')
    item = f"<item><title>On dams</title><description>{text}</description></item>"
    assert fields(RSS.format(item))["abstract"] == "See https://a.org/x and our data (https://b.org/)."


def test_pubmed_gives_two_identifiers_and_a_citation_around_the_abstract():
    text = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>pubmed: willows</title>
<item><title>Growth of Salix</title><link>https://pubmed.ncbi.nlm.nih.gov/35000001/</link><guid>pubmed:35000001</guid>
<description>J Inv. 2024 Jan 2. doi: 10.1000/g.1.ABSTRACTWillows grow.PMID:35000001 | DOI:10.1000/g.1</description>
<dc:identifier>pmid:35000001</dc:identifier><dc:identifier>doi:10.1000/g.1</dc:identifier></item></channel></rss>"""
    (item,) = paper_feed.READER.read(Source.from_text(text, "a.xml"))
    assert (item.fields["doi"], item.fields["abstract"]) == ("10.1000/g.1", "Willows grow.")


def test_a_feed_of_another_kind_is_no_feed():
    assert not paper_feed.READER.recognises(Source.from_text('<feed xmlns="https://a.example/"><x/></feed>', "a.xml"))


def journal(item: str) -> dict:
    """Return the fields of the only item of a journal's feed."""
    return fields(RSS.format(f"<item><title>Counting Sheep</title><link>https://meadow.example/1</link>{item}</item>"))


@pytest.mark.parametrize(
    "said",
    [
        "&lt;p&gt;by Ada Example, Bo Sample&lt;/p&gt; &lt;p&gt;We count.&lt;/p&gt;",
        "&lt;p&gt;Meadow, Published online: 14 May 2026; doi:10.1000/sheep&lt;/p&gt;We count.",
        "&lt;h2&gt;Abstract&lt;/h2&gt;&lt;p&gt;We count.&lt;/p&gt;",
        "Meadow, Volume 3, Issue 2, Page 1-9, May 2026. </description><content:encoded>We count.</content:encoded>"
        "<description>Meadow, Ahead of Print.",
    ],
)
def test_where_a_paper_appeared_and_who_wrote_it_is_no_abstract(said):
    names = "<dc:creator>Ada Example</dc:creator><dc:creator>Bo Sample</dc:creator>"
    assert journal(f"{names}<description>{said}</description>")["abstract"] == "We count."


def test_a_first_sentence_about_a_volume_stays_in_the_abstract():
    text = "We measure lakes, Volume 3 of them. By Ada Example, nobody was asked."
    assert journal(f"<dc:creator>Ada Example</dc:creator><description>{text}</description>")["abstract"] == text


def test_lines_in_place_of_an_abstract_fill_the_fields_that_an_item_has_not():
    said = (
        "<p>Publication date: May 2026</p><p><b>Source:</b> Meadow, Volume 3, Issue 2</p>"
        "<p>Author(s): Ada Example, Bo Sample</p>"
    )
    read = journal(f"<description>{escape(said)}</description>")
    assert (read["published"], read["venue"], read["volume"], read["issue"]) == ("2026-05", "Meadow", "3", "2")
    assert read["authors"] == "Ada Example, Bo Sample"
    assert "abstract" not in read


def test_elements_of_a_journal_s_own_are_read_by_their_names():
    read = journal(
        "<prism:startingPage>1</prism:startingPage><prism:endingPage>9</prism:endingPage>"
        "<authors><author><given_name>Ada</given_name><last_name>Example</last_name></author></authors>"
        "<doi>10.1000/sheep</doi><pdf_url>https://meadow.example/1.pdf</pdf_url>"
    )
    assert read["authors"] == [{"given_name": "Ada", "last_name": "Example"}]
    assert (read["pages"], read["doi"]) == ("1-9", "10.1000/sheep")
    assert read["links"] == {"page": "https://meadow.example/1", "pdf": "https://meadow.example/1.pdf"}


def test_a_pdf_that_an_entry_links_to_is_one_whatever_its_address():
    links = (
        '<link rel="alternate" href="https://meadow.example/1"/>'
        '<link rel="related" type="application/pdf" href="https://meadow.example/file?id=1"/>'
    )
    read = fields(ATOM.format(f"<entry><title>Counting Sheep</title>{links}</entry>"))
    assert read["links"] == {"page": "https://meadow.example/1", "pdf": "https://meadow.example/file?id=1"}


def test_pubmed_s_description_is_the_last_part_of_its_content():
    parts = ("ABSTRACT", "AIMS: Sheep.", "END: We count.", "PMID:1")
    content = escape("".join(f"<p>{part}</p>" for part in parts))
    read = journal(
        f"<guid>pubmed:1</guid><description>END: We count.</description><content:encoded>{content}</content:encoded>"
    )
    assert read["abstract"] == "AIMS: Sheep.\n\nEND: We count."


def test_an_address_without_a_scheme_is_one_and_a_related_doi_is_the_papers():
    feed = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>J</title><entry><title>One</title>
<id>tag:x</id><link href="www.meadow.example/1"/><link rel="related" href="https://doi.org/10.1000/one"/></entry></feed>"""
    (item,) = paper_feed.READER.read(Source.from_text(feed, "papers/a.xml"))
    assert (item.fields["links"], item.fields["doi"]) == ({"page": "https://www.meadow.example/1"}, "10.1000/one")


@pytest.mark.parametrize(
    "title",
    [
        "Counting Sheep. (arXiv:2605.01234v1 [cs.CL])",
        "Counting Sheep (arXiv:2605.01234v2 [cs.CL] UPDATED)",
        "[ASAP] Counting Sheep",
    ],
)
def test_what_publishers_write_beside_a_title_is_none_of_it(title: str) -> None:
    item = f"<item><title>{title}</title><link>https://arxiv.org/abs/2605.01234</link></item>"
    assert fields(RSS.format(item))["title"] == "Counting Sheep"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Journal of Sheep DOI: 10.1000/sheep", {"venue": "Journal of Sheep", "doi": "10.1000/sheep"}),
        (
            "&lt;div&gt;&lt;cite&gt;Journal of Sheep&lt;/cite&gt;&lt;/div&gt;&lt;div&gt;DOI: 10.1000/sheep&lt;/div&gt;",
            {"venue": "Journal of Sheep", "doi": "10.1000/sheep"},
        ),
        (
            "Meadow, Volume 3, Issue 2, Page 1-9, May 2026.",
            {"venue": "Meadow", "volume": "3", "issue": "2", "pages": "1-9"},
        ),
        (
            "&lt;p&gt;Meadow, Published online: 14 May 2026; doi:10.1000/sheep&lt;/p&gt;",
            {"venue": "Meadow", "published": "2026-05-14", "doi": "10.1000/sheep"},
        ),
        (
            "J Sheep. 2026 May 14;3(2):1-9. doi: 10.1000/sheep.ABSTRACTWe count.PMID:1 | DOI:10.1000/sheep"
            "</description><guid>pubmed:1</guid><description>",
            {"venue": "J Sheep", "volume": "3", "issue": "2", "pages": "1-9", "doi": "10.1000/sheep"},
        ),
        ("We count. doi: 10.1000/sheep.", {"abstract": "We count. doi: 10.1000/sheep.", "doi": "10.1000/sheep"}),
    ],
)
def test_a_line_in_place_of_an_abstract_says_where_the_paper_appeared(said, expected):
    read = journal(f"<description>{said}</description>")
    assert {name: read.get(name) for name in expected} == expected
    assert read.get("abstract") in (None, "", expected.get("abstract"), "We count.")


def test_what_an_item_calls_its_source_is_its_journal_unless_it_identifies_the_paper():
    read = journal("<dc:source>10.1000/sheep</dc:source><dc:source>J Sheep</dc:source>")
    assert (read["venue"], read["doi"]) == ("J Sheep", "10.1000/sheep")
    assert "venue" not in journal("<dc:source>PubMed</dc:source>")


def test_tags_of_a_json_feed_are_read_and_not_told():
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "One", "tags": ["sheep"]}]}
    (item,) = paper_feed.READER.read(Source.from_text(json.dumps(feed), "papers/a.json"))
    assert (item.fields["keywords"], dict(item.unread)) == (["sheep"], {})
