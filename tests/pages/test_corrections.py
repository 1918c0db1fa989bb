"""Corrections from the lists to the paper's page, the page of all of them, and the feed."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest
from lxml import html as lxml_html

from tests.feeds.published import BASE_URL, publish, read
from tests.feeds.rules import broken_rules

SITE = "-- site.yaml --\ntitle: Morning papers\nbase_url: https://digest.example.org/papers\n"
LIST = "papers/fetched/hf-daily/2026-11-18"
ENDINGS = (".xml", ".atom", ".json")


def row(number, title, abstract="We count few sheep in the fields of the farm.", votes=3, comments=0):
    paper = {"id": f"2611.0000{number}", "title": title, "summary": abstract, "upvotes": votes}
    return {"paper": {**paper, "submittedOnDailyAt": "2026-11-18T01:00:00.000Z"}, "numComments": comments}


def content(**lists):
    """Return a site's files; lists: rows by the day they came, `first` for the list itself."""
    files = []
    for day, rows in lists.items():
        name = f"{LIST}.json" if day == "first" else f"{LIST}@2026-11-{day.removeprefix('day')}.json"
        files.append(f"-- {name} --\n{json.dumps(rows, indent=1)}\n")
    return SITE + "".join(files)


CORRECTED = content(
    first=[row(1, "Sparse Clouds"), row(2, "Counting Sheep", votes=90), row(3, "Goats")],
    day20=[row(1, "Sparse <script>Clouds & More", votes=8), row(2, "Counting Sheep", "We count many sheep.", votes=95)],
    day21=[row(3, "Goats", "This paper has been withdrawn by the authors.")],
)


@pytest.fixture
def site(build_site):
    return build_site(CORRECTED)


def tree(site, path):
    return lxml_html.fromstring(site.text(path))


def within(name):
    """Return the XPath of what has a class."""
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


def test_the_papers_page_tells_what_changed_and_when(site):
    page = tree(site, "papers/2611.00001.html")
    (told,) = page.xpath("//*[@id='corrected-2026-11-20']")
    assert told.text_content().split() == (
        "Seen on 20 November 2026 The title changed: Sparse Clouds <script>Clouds & More".split()
    )
    assert [(each.tag, each.text) for each in told.xpath(".//del | .//ins")] == [
        ("del", "Clouds"),
        ("ins", "<script>Clouds & More"),
    ]
    assert page.xpath(within("withdrawn")) == []
    assert tree(site, "papers/2611.00003.html").xpath(within("diff"))


def test_a_withdrawn_paper_says_so_at_the_top_and_stays_in_the_archive(site):
    page = tree(site, "papers/2611.00003.html")
    (notice,) = page.xpath(f"//header{within('withdrawn')}")
    assert notice.text_content() == (
        "Withdrawn, seen on 21 November 2026. This paper has been withdrawn by the authors."
    )
    day = tree(site, "days/2026-11-18.html")
    assert [mark.getparent().get("id") for mark in day.xpath(within("withdrawn"))] == ["paper-2611.00003"]
    assert site.papers["2611.00003"]["days"] == ["2026-11-18"]


def test_a_withdrawn_paper_is_neither_related_nor_trending(build_site):
    def shown(notice):
        rows = [row(1, "Goats"), row(2, f"{notice}Sheep", votes=90, comments=4), row(3, "Cows")]
        rows.append(row(4, "Clouds", "Rain falls."))
        vocabulary = "-- tags.yaml --\ntags:\n  - {name: Farming, patterns: [farm]}\n"
        site = build_site(content(first=rows).replace("title: M", "related: tags\ntitle: M") + vocabulary)
        related = site.text("papers/2611.00001.html").partition('id="related"')[2].partition("</section>")[0]
        assert "2611.00003" in related
        return "2611.00002" in related, "2611.00002" in site.text("trending.html")

    assert shown("") == (True, True)
    assert shown("Withdrawn: ") == (False, False)


def test_the_page_of_corrections_lists_them_newest_first_and_is_named_on_every_page(site):
    page = tree(site, "corrections.html")
    assert [each.text_content() for each in page.xpath(within("rubric"))] == ["21 November 2026", "20 November 2026"]
    assert [each.get("href") for each in page.xpath("//article/h3/a")] == [
        "papers/2611.00003.html#corrected-2026-11-21",
        "papers/2611.00001.html#corrected-2026-11-20",
        "papers/2611.00002.html#corrected-2026-11-20",
    ]
    assert 'href="../corrections.html"' in site.text("days/2026-11-18.html")
    assert "feeds/corrections.xml" in site.text("feeds.opml")
    assert "https://digest.example.org/papers/corrections.html" in site.text("sitemap.xml")


def test_many_corrections_are_parted(build_site):
    first = [row(number, f"Paper {number}") for number in range(1, 8)]
    later = [row(number, f"Paper {number}, corrected") for number in range(1, 8)]
    site = build_site(content(first=first, day20=later).replace("title: M", "page_size: 5\ntitle: M"))
    assert len(tree(site, "corrections.html").xpath("//article")) == 5
    assert len(tree(site, "corrections/2.html").xpath("//article")) == 2
    assert 'href="../papers/2611.00007.html#corrected-2026-11-20"' in site.text("corrections/2.html")


@pytest.mark.parametrize(("fetch", "is_told"), [("", False), ("fetch: [{kind: hf_daily}]\n", True)])
def test_without_corrections_there_is_a_page_only_where_some_may_come(build_site, fetch, is_told):
    site = build_site(content(first=[row(1, "Sparse Clouds")]).replace("title:", f"{fetch}title:"))
    assert ("corrections.html" in site.paths) is is_told
    assert ("corrections.html" in site.text("index.html")) is is_told
    assert ("feeds/corrections.xml" in site.text("feeds.opml")) is is_told
    assert ("feeds/corrections.xml" in site.paths) is is_told
    if is_told:
        assert "Nothing was corrected so far." in site.text("corrections.html")


def test_votes_over_time_are_a_line_with_its_table(site):
    page = tree(site, "papers/2611.00001.html")
    (figure,) = page.xpath(f"{within('votes')}/figure")
    assert figure.xpath(".//desc")[0].text == (
        "From 3 on 18 November 2026 to 8 on 20 November 2026. The upper edge stands for 8."
    )
    assert figure.xpath(".//path")[0].get("d") == "M0 62.5L300 0"
    assert [cell.text_content() for cell in page.xpath(f"{within('votes')}//tbody/tr/*")] == [
        "20 November 2026", "8", "0", "18 November 2026", "3", "0"
    ]  # fmt: skip


def test_a_paper_that_was_counted_once_has_no_chart(build_site):
    site = build_site(content(first=[row(1, "Sparse Clouds")]))
    assert 'class="chart' not in site.text("papers/2611.00001.html")


def test_the_data_files_fit_their_schema(site):
    for part in site.api_parts:
        jsonschema.validate(part, site.json("api/part.schema.json"))
    assert site.papers["2611.00001"]["corrections"] == [
        {
            "date": "2026-11-20",
            "what": "title",
            "before": "Sparse Clouds",
            "after": "Sparse <script>Clouds & More",
            "source": {"path": f"{LIST}@2026-11-20.json", "line": 2},
        }
    ]


def feeds_of(site):
    return {path: (site.output / path).read_bytes() for path in site.paths if path.startswith("feeds/")}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_feed_of_corrections_has_an_entry_for_each_paper_and_day(site, ending):
    # The last one was seen on the day of the build, and by now its time has come.
    feed = read(feeds_of(site), f"feeds/corrections{ending}")
    by_guid = {entry.guid.partition("2026:")[2]: entry for entry in feed.entries}
    assert {guid: entry.title for guid, entry in by_guid.items()} == {
        "correction/2026-11-21/2611.00003": "Withdrawn: Goats",
        "correction/2026-11-20/2611.00001": "Corrected: Sparse <script>Clouds & More",
        "correction/2026-11-20/2611.00002": "Corrected: Counting Sheep",
    }
    assert next(iter(by_guid)) == "correction/2026-11-21/2611.00003"
    assert all(entry.published == entry.updated for entry in feed.entries)
    assert feed.entries[0].url == f"{BASE_URL}/papers/2611.00003.html#corrected-2026-11-21"
    assert "<ins>" in by_guid["correction/2026-11-20/2611.00002"].html


def test_all_feeds_keep_the_rules_of_the_validators(site):
    assert broken_rules(feeds_of(site), BASE_URL) == []


def entries(site, path):
    return {entry.guid.rpartition(":")[2]: entry for entry in read(feeds_of(site), path).entries}


@pytest.mark.parametrize("ending", (".atom", ".json"))
def test_an_entry_is_updated_by_its_texts_and_never_by_votes(build_site, ending):
    first = [row(1, "Sparse Clouds"), row(2, "Counting Sheep")]
    votes = [row(1, "Sparse Clouds", votes=80), row(2, "Counting Sheep", votes=90, comments=7)]
    before = build_site(content(first=first))
    voted = build_site(content(first=first, day20=votes))
    votes[0]["paper"]["title"] = "Dense Clouds"
    corrected = build_site(content(first=first, day20=votes))
    for path in ("feeds/digests", "feeds/papers", "feeds/weeks", "feeds/months"):
        old, same, new = (entries(site, path + ending) for site in (before, voted, corrected))
        assert {guid: entry.updated for guid, entry in old.items()} == {
            guid: entry.updated for guid, entry in same.items()
        }
        assert {guid: entry.published for guid, entry in old.items()} == {
            guid: entry.published for guid, entry in new.items()
        }
    day = next(iter(entries(corrected, f"feeds/digests{ending}").values()))
    assert day.published == datetime(2026, 11, 18, 6, tzinfo=UTC)
    assert day.updated.date().isoformat() == "2026-11-20"
    assert "corrected on 20 November 2026" in day.html
    moved = {
        guid: entry.updated != entry.published for guid, entry in entries(corrected, f"feeds/papers{ending}").items()
    }
    assert sorted(moved.values()) == [False, True]


@pytest.mark.parametrize("ending", (".atom", ".json"))
def test_the_digest_of_a_day_is_updated_when_a_paper_comes_late(build_site, ending):
    first = [row(1, "Sparse Clouds")]
    site = build_site(content(first=first, day20=[row(2, "Counting Sheep")]))
    day = next(iter(entries(site, f"feeds/digests{ending}").values()))
    assert (day.published.date().isoformat(), day.updated.date().isoformat()) == ("2026-11-18", "2026-11-20")
    assert "Counting Sheep" in day.html
    before = entries(site, f"feeds/papers{ending}")["paper/2611.00002"].updated
    more = content(
        first=first, day20=[row(2, "Counting Sheep"), *(row(number, f"Counting {number}") for number in (4, 5, 6))]
    )
    site = build_site(
        f"{more}-- papers/mine.yaml --\n- {{title: Counting Sheep, arxiv: 2611.00002, listed: 2026-11-19}}\n"
    )
    after = entries(site, f"feeds/papers{ending}")["paper/2611.00002"].updated
    assert before == after and before.date().isoformat() == "2026-11-20"


def test_a_correction_that_is_not_out_yet_updates_nothing(site):
    catalogue = _catalogue_of(site)
    early, late = (
        read(publish(catalogue, now=datetime(2026, 11, day, 5, tzinfo=UTC)), "feeds/digests.atom").entries[0]
        for day in (20, 21)
    )
    assert early.updated == early.published
    assert late.updated.date().isoformat() == "2026-11-20"


def _catalogue_of(site):
    from site_builder.catalogue import make_catalogue

    result = site.result
    return make_catalogue(result.papers, result.sources, result.settings, result.problems)
