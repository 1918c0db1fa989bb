"""Who asks a feed once a day misses nothing, and whoever walks its archive finds every paper."""

from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from site_builder.pages.all_feeds import all_feeds
from site_builder.render.text.lines import MAX_LINE, in_short_lines
from tests.factories import catalogue, paper
from tests.feeds.published import BASE_URL, feed_settings, publish, read

TAGS = ("A",)
ATOM = "{http://www.w3.org/2005/Atom}"


def flow(*counts):
    """Return a catalogue of days with so many papers each, the first on 1 November."""
    return catalogue(
        *(
            paper(
                f"Paper {number} of day {day}", f"2026-11-{day:02}", id=f"{day}.{number}", upvotes=number, tags=("A",)
            )
            for day, count in enumerate(counts, start=1)
            for number in range(count)
        )
    )


def walk(files, path):
    """Return the guids of a feed and of all documents that it leads back to."""
    guids, following = [], f"{path}.atom"
    while following:
        root = etree.fromstring(files[following])
        guids += [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        link = root.find(f"{ATOM}link[@rel='prev-archive']")
        following = link.get("href").removeprefix(f"{BASE_URL}/") if link is not None else ""
    return guids


def test_a_feed_holds_the_papers_of_three_days_however_many_they_are():
    files = publish(flow(10, 50, 40, 60))
    titles = [entry.title for entry in read(files, "feeds/papers.xml").entries]
    assert len(titles) == 150
    assert titles[:2] == ["Paper 59 of day 4", "Paper 58 of day 4"]
    assert titles == [entry.title for entry in read(files, "feeds/papers.json").entries]


@pytest.mark.parametrize(("papers", "at_once"), [(40, 1), (80, 2), (150, 1)])
def test_who_asks_after_every_build_misses_no_paper_of_a_daily_flow_in_any_feed(papers, at_once):
    abstract = "We look at the tides of seas and moons, and say at length what we have seen of them. " * 18
    found = {}
    for last in range(at_once, 5, at_once):
        made = catalogue(
            *(
                paper(
                    f"Paper {i} of day {d}", f"2026-11-{d:02}", abstract=abstract, tags=("Seas",), authors=("Ada Moon",)
                )
                for d in range(1, last + 1)
                for i in range(papers)
            )
        )
        chosen = feed_settings(min_upvotes=[1], tags="all")
        files = publish(made, chosen, now=datetime(2026, 11, last, 12, tzinfo=UTC))
        for feed in all_feeds(made, chosen):
            entries = read(files, f"{feed.path}.atom").entries
            found.setdefault(feed.path, set()).update(entry.guid for entry in entries)
            if feed.path.endswith("papers"):
                assert len(found[feed.path]) == papers * last, feed.path


@pytest.mark.parametrize("words", [10, 4_000])
def test_no_entry_is_lost_between_a_feed_and_its_archive_whatever_it_weighs(words):
    on = [f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in (1, 2, 5, 9, 14, 20, 27)]
    made = catalogue(
        *(paper(f"Paper {i} of {day}", day, abstract="tides " * words, tags=("A",)) for day in on for i in range(7))
    )
    chosen = feed_settings(entries=5, archives="all")
    files = publish(made, chosen)
    for feed in all_feeds(made, chosen):
        assert set(walk(files, feed.path)) == {entry.guid for entry in feed.entries}, feed.path


def test_a_build_tells_once_that_three_days_do_not_fit_into_a_feed(build_site):
    def lists(papers):
        one = "".join(
            f"- {{title: Paper {n} of day DAY, abstract: {'We look at tides. ' * 200}}}\n" for n in range(papers)
        )
        days = (
            f"-- papers/{d}.yaml --\nlisted: 2026-11-{d}\npapers:\n{one.replace('DAY', str(d))}" for d in (18, 19, 20)
        )
        return "-- site.yaml --\nbase_url: https://d.example\nsearch: false\nrelated: none\n" + "".join(days)

    assert build_site(lists(20), is_dry=True).problems == []
    assert build_site(lists(60), is_dry=True).problems == []
    assert build_site(lists(190), is_dry=True).problems == [
        "site.yaml: feeds: three days do not fit into the 2 MiB of feeds/papers; "
        "readers who ask seldom may miss papers: tell them of the feeds of tags, or of the archive pages"
    ]


def test_walking_the_archive_of_every_feed_finds_all_that_it_ever_held():
    made = flow(*[40, 3] * 9)
    chosen = feed_settings(top=[3], min_upvotes=[5], organization_min=1, archives="all", tags="all")
    files = publish(made, chosen)
    for feed in all_feeds(made, chosen):
        assert feed.is_selection or set(walk(files, feed.path)) == {entry.guid for entry in feed.entries}, feed.path
        assert feed.is_selection == feed.description.startswith("A selection: every"), feed.path


def test_a_feed_without_archive_pages_says_that_it_holds_the_newest_alone():
    made, chosen = flow(40, 40), feed_settings(archives="digests")
    described = {feed.path: feed.description for feed in all_feeds(made, chosen)}
    assert described["feeds/papers"].endswith("(the newest alone; older ones are on the site)")
    assert "newest alone" not in described["feeds/digests"]


def test_votes_change_nothing_in_any_feed():
    def files(*votes):
        papers = [paper(f"P{i}", "2026-11-20", id=f"p{i}", upvotes=vote, tags=("A",)) for i, vote in enumerate(votes)]
        times = {entry.guid.rpartition("/")[2]: entry.time for entry in before}
        return publish(catalogue(*papers, times=times | days)) if before else publish(catalogue(*papers))

    before, days = [], {}
    first = files(9, 8, 7, 6, 5, 4, 3)
    feeds = {feed.path: feed for feed in all_feeds(flow_of(9, 8, 7, 6, 5, 4, 3), feed_settings())}
    before = list(feeds["feeds/papers"].entries)
    days = {entry.path: entry.time for entry in feeds["feeds/digests"].entries}
    second = files(9, 1, 70, 6, 5, 4, 300)
    same = [path for path in first if "digests" in path or "papers" in path]
    assert same
    assert [path for path in same if first[path] != second[path]] == []


def flow_of(*votes):
    return catalogue(
        *(paper(f"P{i}", "2026-11-20", id=f"p{i}", upvotes=vote, tags=("A",)) for i, vote in enumerate(votes))
    )


def test_the_lines_of_every_feed_are_short_enough_for_mail():
    chinese, english = "我们研究潮汐，" * 300, "We look at tides & moons, " * 200
    papers = [
        paper(f"P{i}", "2026-11-20", abstract=text) for i, text in enumerate((chinese, english, english + chinese))
    ]
    files = publish(catalogue(*papers))
    for path in ("feeds/papers.xml", "feeds/digests.xml", "feeds/weeks.xml"):
        for entry in read(files, path).entries:
            assert max(len(line.encode()) for line in entry.html.split("\n")) < MAX_LINE, path
        for written in feedparser.parse(files[path]).entries:  # as rss2email takes them: every tag written anew
            assert max(len(line.encode()) for line in written.content[0].value.split("\n")) < MAX_LINE, path


@pytest.mark.parametrize("before", ["", "tides ", "tides " * 90, "潮汐" * 90])
@pytest.mark.parametrize("octets", [300, 600, 850, 880])
def test_a_tag_that_fits_into_a_line_makes_none_longer(before, octets):
    tag = f'<a href="https://tides.example/{"x" * octets}'[: octets - 2] + '">'
    html = f"<p>{before}{tag}Code</a> · {tag}Data</a> · {tag}Model</a></p>"
    lines = in_short_lines(html).split("\n")
    assert max(len(line.encode()) for line in lines) <= MAX_LINE
    assert sum(line.count(tag) for line in lines) == 3


@pytest.mark.parametrize("before", range(580, 605))
def test_a_line_ends_at_the_first_space_from_600_octets_on(before):
    """Also where words come in a run, at whose end a tag, an entity or nothing follows."""
    for behind in ("", "<b>b</b> ", "&amp; ", "字 "):
        html = f"<p>{('x' * 90 + ' ') * 6}{'z' * (before - 560)} {'ab ' * 300}{behind}{'cd ' * 300}</p>"
        lines = in_short_lines(html).split("\n")
        assert " ".join(lines) == html
        assert {len(line.encode()) for line in lines[1:-1]} <= set(range(599, 606))


def test_short_lines_look_the_same():
    text = f'<p>{"a &amp; b " * 200}<a href="https://a.example/b c">{"字" * 500}</a><pre>{"x " * 500}</pre></p>'
    broken = in_short_lines(text)
    assert max(len(line.encode()) for line in broken.split("\n")) < MAX_LINE
    assert broken.replace("<!--\n-->", "").replace("\n", " ") == text
    assert f"<pre>{'x ' * 500}</pre>" in broken.replace("<!--\n-->", "")


def test_links_without_a_space_between_them_are_broken_too():
    text = "<p>" + '<a href="https://a.example/b">b</a>' * 60 + "</p>"
    assert in_short_lines(text).replace("<!--\n-->", "") == text
    assert max(map(len, in_short_lines(text).split("\n"))) < MAX_LINE
