"""What readers find in the feeds, in every format."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from lxml import etree

from site_builder.config.settings import Author, Feeds, Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.picture import Picture, PictureFile
from tests.factories import catalogue, paper
from tests.feeds.published import BASE_URL, feed_settings, publish, read
from tests.feeds.rules import ATOM, MAX_BYTES, broken_rules

ENDINGS = (".xml", ".atom", ".json")
EVERY: dict[str, Any] = {"tags": "all", "formats": ["rss", "json"]}  # feed in every format
DAYS = catalogue(
    paper(
        "Reading $O(n^2)$ maps",
        "2026-05-26",
        abstract="We read \\textbf{maps} in $O(n^2)$. See https://maps.example.com/a.\n\nThen we stop.",
        authors=("Ada Ahlberg", "Bo Berg", "Cy Ceder", "Di Dahl", "Ed Ek"),
        tags=("Agents & Tools",),
        organization="Maps & Sons",
        upvotes=12,
        comments=1,
        arxiv="2605.00001",
        links={"code": "https://code.example.com/maps"},
        image="https://maps.example.com/a.png",
    ),
    paper("Second", "2026-05-26", "2026-05-27", author_count=4, upvotes=3),
    paper("Third", "2026-06-02", tags=("Agents & Tools", "Vision")),
    notes={"2026-05-26": "Begin with [the maps](about.html) and $x^2$.[^1]\n\n[^1]: Really."},
)


def many_days(count: int, papers: int, words: int = 200) -> Catalogue:
    abstract = "The quick brown <fox> & all the others jump over it. " * (words // 10)
    return catalogue(
        *(
            paper(
                f"Paper {i} of day {day}",
                f"2026-{1 + day // 28:02}-{1 + day % 28:02}",
                abstract=abstract,
                tags=(f"Tag {i % 3}", f"Tag {i % 5}x"),
                authors=("Ada Ahlberg", "Bo Berg", "Cy Ceder", "Di Dahl", "Ed Ek"),
            )
            for day in range(count)
            for i in range(papers)
        )
    )


def atom_links(document: bytes, relation: str) -> list[str | None]:
    feed = etree.fromstring(document)
    return [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == relation]


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"top": [1], "min_upvotes": [1], "organization_min": 1, "archives": "all", "entries": 1},
        {"hub": "https://hub.example.net/", "zone": "Asia/Kolkata", "hour": "23:59"},
    ],
)
def test_every_feed_keeps_the_rules_of_the_validators(chosen: dict[str, Any]) -> None:
    for files in (publish(DAYS, **chosen), publish(DAYS, **chosen, **EVERY)):
        assert broken_rules(files, BASE_URL) == []
    assert len(files) > 20
    assert broken_rules(files, BASE_URL) == []


def test_all_formats_hold_the_same_entries() -> None:
    files = publish(DAYS, organization_min=1, top=[2], **EVERY)
    paths = {path.rpartition(".")[0] for path in files if "/archive-" not in path} - {"feeds", "feeds-main"}
    for path in paths:
        first, *others = (read(files, path + ending) for ending in ENDINGS)
        assert first.entries
        assert [other == first for other in others] == [True, True], path


def test_the_digest_feed_holds_a_day_an_entry_newest_first() -> None:
    feed = read(publish(DAYS), "feeds/digests.xml")
    assert [(entry.title, entry.url) for entry in feed.entries] == [
        ("Papers of 2 June 2026", f"{BASE_URL}/days/2026-06-02.html"),
        ("Papers of 27 May 2026", f"{BASE_URL}/days/2026-05-27.html"),
        ("Papers of 26 May 2026", f"{BASE_URL}/days/2026-05-26.html"),
    ]
    assert (feed.title, feed.home, feed.language) == ("Morning papers", f"{BASE_URL}/", "en")
    assert feed.entries[2].published == datetime(2026, 5, 26, 6, tzinfo=UTC)
    assert feed.entries[2].tags == ()
    assert feed.entries[2].authors == ("Morning papers",)


def test_a_paper_entry_names_its_authors_tags_and_links() -> None:
    feed = read(publish(DAYS), "feeds/papers.atom")
    entry = next(entry for entry in feed.entries if "maps" in entry.title)
    assert entry.title == "Reading O(n²) maps"
    assert entry.authors == ("Ada Ahlberg", "Bo Berg", "Cy Ceder", "Di Dahl", "Ed Ek")
    assert entry.tags == ("Agents & Tools",)
    assert 'href="https://maps.example.com/a"' in entry.html
    assert 'href="https://code.example.com/maps"' in entry.html
    assert "We read maps in O(n²)." in entry.html
    assert "Then we stop." in entry.html


def test_a_tag_has_its_own_digests_and_papers() -> None:
    files = publish(DAYS, **EVERY)
    digests = read(files, "feeds/tags/agents-tools/digests.atom").entries
    assert [entry.title for entry in digests] == [
        "Agents & Tools: papers of 2 June 2026",
        "Agents & Tools: papers of 26 May 2026",
    ]
    assert "Reading O(n²) maps" in digests[1].html
    assert "Second" not in digests[1].html
    papers = read(files, "feeds/tags/vision/papers.json").entries
    assert [entry.title for entry in papers] == ["Third"]


def test_a_week_lists_all_its_papers_and_a_top_list_only_the_first() -> None:
    files = publish(DAYS, top=[1])
    week = read(files, "feeds/weeks.xml").entries[-1]
    top = read(files, "feeds/top-1-of-the-week.xml").entries[-1]
    assert (week.title, top.title) == ("Papers of Week 22, 2026", "Top 1 of Week 22, 2026")
    assert "Second" in week.html
    assert "Second" not in top.html
    assert "Reading O(n²) maps" in top.html
    assert week.guid != top.guid


def test_entries_that_are_not_out_yet_are_held_back() -> None:
    minute_before = datetime(2026, 5, 27, 5, 59, tzinfo=UTC)
    early = publish(DAYS, now=minute_before)
    assert [entry.title for entry in read(early, "feeds/digests.xml").entries] == ["Papers of 26 May 2026"]
    on_time = publish(DAYS, now=datetime(2026, 5, 27, 6, tzinfo=UTC))
    assert len(read(on_time, "feeds/digests.json").entries) == 2
    assert read(on_time, "feeds/weeks.atom").entries == ()
    assert broken_rules(early | on_time, BASE_URL) == []


def test_the_papers_of_a_day_are_out_no_later_than_its_digest() -> None:
    files = publish(many_days(1, papers=60), now=datetime(2026, 1, 1, 6, tzinfo=UTC), entries=100)
    assert len(read(files, "feeds/papers.xml").entries) == 60


def test_upvotes_do_not_update_an_entry() -> None:
    def published(upvotes: int) -> bytes:
        return publish(catalogue(paper("One", "2026-05-26", upvotes=upvotes)))["feeds/papers.atom"]

    assert published(1) == published(900)


def test_the_clock_leaves_no_trace() -> None:
    first = publish(DAYS, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert first == publish(DAYS, now=datetime(2029, 7, 9, tzinfo=UTC))


def test_a_site_without_papers_has_valid_feeds_that_never_change() -> None:
    files = publish(catalogue(), now=datetime(2027, 1, 1, tzinfo=UTC))
    assert files == publish(catalogue(), now=datetime(2028, 1, 1, tzinfo=UTC))
    assert broken_rules(files, BASE_URL) == []


def test_a_feed_stays_below_its_size_by_whole_entries() -> None:
    made = many_days(40, papers=80)
    files = publish(made)
    assert [path for path, document in files.items() if len(document) > MAX_BYTES] == []
    entries = read(files, "feeds/digests.xml").entries
    assert 1 < len(entries) < 30
    for entry in entries:
        assert all(f"Paper {i} of day" in entry.html for i in range(80))


def test_an_entry_too_large_for_a_feed_is_kept_whole() -> None:
    files = publish(many_days(2, papers=900), archives="none")
    newest, before = read(files, "feeds/digests.xml").entries
    assert all(f"Paper {i} of day 1" in newest.html for i in range(900))
    assert all(f"Paper {i} of day 0" in before.html for i in range(900))


@pytest.mark.parametrize(("days", "papers"), [(65, 2), (40, 80), (3, 1)])
def test_the_feed_and_its_archive_pages_hold_every_day(days: int, papers: int) -> None:
    files = publish(many_days(days, papers), entries=20)
    path: str | None = "feeds/digests.atom"
    found: dict[str, str] = {}
    steps = 0
    while path:
        found |= {entry.guid: entry.html for entry in read(files, path).entries}
        (link,) = atom_links(files[path], "prev-archive") or [None]
        path = link and link.removeprefix(f"{BASE_URL}/")
        steps += 1
    assert len(found) == days
    assert steps == 1 + sum(path.startswith("feeds/digests/") for path in files)


def test_archive_pages_say_what_they_are_and_where_the_others_are() -> None:
    files = publish(many_days(90, 1), entries=20)
    last, middle = files["feeds/digests/archive-2026-03.atom"], files["feeds/digests/archive-2026-02.atom"]
    assert atom_links(middle, "current") == [f"{BASE_URL}/feeds/digests.atom"]
    assert atom_links(middle, "prev-archive") == [f"{BASE_URL}/feeds/digests/archive-2026-01.atom"]
    assert atom_links(middle, "next-archive") == [f"{BASE_URL}/feeds/digests/archive-2026-03.atom"]
    assert atom_links(last, "next-archive") == []
    for path, document in files.items():
        assert (b"<fh:archive" in document) == ("/archive-" in path)
    assert atom_links(files["feeds/digests.xml"], "prev-archive") == [f"{BASE_URL}/feeds/digests/archive-2026-03.atom"]


def test_archive_pages_say_what_their_entries_are_and_leave_the_rest_to_the_pages() -> None:
    files = publish(many_days(40, 8), entries=20)
    (old, *_), (new, *_) = (
        read(files, path).entries for path in ("feeds/papers/archive-2026-01.atom", "feeds/papers.atom")
    )
    assert old.title.startswith("Paper")
    assert old.authors
    assert old.tags
    assert len(old.html) < len(new.html) / 3
    assert old.html.startswith('<p dir="auto">The quick brown')
    (day, *_) = read(files, "feeds/digests/archive-2026-01.atom").entries
    assert day.html.count("<li") == day.html.count("<a href=") == 8
    assert "quick" not in day.html
    weeks = [entry for path in files if path.startswith("feeds/weeks") for entry in read(files, path).entries]
    assert all(f"Paper {i} of day 0" in weeks[-1].html for i in range(8))


def test_a_new_day_leaves_the_archive_pages_as_they_were() -> None:
    before, after = publish(many_days(65, 1), entries=20), publish(many_days(66, 1), entries=20)
    closed = [path for path in before if path.startswith("feeds/digests/")]
    assert closed
    assert [path for path in closed if before[path] != after[path]] == []


def test_a_hub_is_named_in_every_format() -> None:
    hub = "https://hub.example.net/"
    files = publish(DAYS, hub=hub)
    assert atom_links(files["feeds/papers.atom"], "hub") == [hub]
    assert atom_links(files["feeds/papers.xml"], "hub") == [hub]
    assert orjson.loads(files["feeds/papers.json"])["hubs"] == [{"type": "WebSub", "url": hub}]
    assert b"hub" not in publish(DAYS)["feeds/papers.xml"]


def test_tags_are_categories_with_labels() -> None:
    feed = etree.fromstring(publish(DAYS)["feeds/tags/vision/papers.atom"])
    found = [dict(category.attrib) for category in feed.iter(f"{ATOM}category")]
    scheme = f"{BASE_URL}/tags/"
    assert found == [
        {"term": "agents-tools", "label": "Agents & Tools", "scheme": scheme},
        {"term": "vision", "label": "Vision", "scheme": scheme},
    ]


def test_a_picture_that_stands_elsewhere_is_shown_in_no_feed() -> None:
    assert not any(b"maps.example.com/a.png" in document for document in publish(DAYS).values())


def test_a_picture_of_the_site_goes_along_with_its_whole_address() -> None:
    file = PictureFile("pictures/a.jpg", 400, 300)
    files = publish(catalogue(paper("One", "2026-05-26", picture=Picture(file, file, file))))
    address = f"{BASE_URL}/pictures/a.jpg"
    for path in ("feeds/papers.xml", "feeds/papers.atom"):
        media = etree.fromstring(files[path]).iter("{http://search.yahoo.com/mrss/}content")
        assert [dict(image.attrib) for image in media] == [{"url": address, "medium": "image"}]
    assert f'"image":"{address}"'.encode() in files["feeds/papers.json"]


def test_language_and_publisher_are_told() -> None:
    author = Author(name="The Editors", email="post@example.org")
    settings = Settings(title="Morgenblatt", base_url=BASE_URL, language="de", author=author, feeds=Feeds())
    files = publish(DAYS, settings)
    assert broken_rules(files, BASE_URL) == []
    atom = etree.fromstring(files["feeds/digests.atom"])
    assert atom.findtext(f"{ATOM}author/{ATOM}name") == "The Editors"
    assert atom.findtext(f"{ATOM}author/{ATOM}email") == "post@example.org"
    rss = etree.fromstring(files["feeds/digests.xml"])
    assert rss.findtext("channel/managingEditor") == "post@example.org (The Editors)"
    assert {read(files, f"feeds/digests{ending}").language for ending in ENDINGS} == {"de"}


def test_opml_lists_every_feed_once() -> None:
    files = publish(DAYS, organization_min=1)
    feeds = {
        path.rpartition(".")[0]: path for path in sorted(files, reverse=True) if not path.endswith((".opml", ".json"))
    }
    feeds |= {path.removesuffix(".xml"): path for path in files if path.endswith(".xml")}
    listed = [
        outline.get("xmlUrl", "").removeprefix(f"{BASE_URL}/")
        for outline in etree.fromstring(files["feeds.opml"]).iter("outline")
        if outline.get("xmlUrl")
    ]
    assert sorted(listed) == sorted(feeds.values())


def test_settings_of_another_site_do_not_linger() -> None:
    here = publish(DAYS)
    there = publish(DAYS, Settings(title="Other", base_url="https://other.example.net", feeds=Feeds()))
    assert broken_rules(there, "https://other.example.net") == []
    assert publish(DAYS, feed_settings()) == here
