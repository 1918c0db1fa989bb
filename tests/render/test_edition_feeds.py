"""Page, feed entry, mail and payload of an edition say the same; the feed of a series stays one small file."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import orjson
import pytest

from site_builder.build import build
from site_builder.commands.publish import announce_site
from site_builder.commands.send import editions
from site_builder.commands.send.editions import checked, mark_sent, next_editions, settle
from site_builder.problems import BuildError
from site_builder.render.feeds.document import MAX_BYTES
from tests.conftest import NOW, Site, write_content

SITE = """
-- site.yaml --
base_url: https://clouds.example
author: {email: editor@clouds.example}
social_cards: false
feeds: {entries: 3}
mailing: {begin: 2026-11-16}
newsletter: {service: buttondown, form: clouds}
editions:
  daily: {begin: 2026-11-20}
  weekly: {day: friday, abstracts: 2, begin: 2026-11-16}
  monthly: {tags: [Rain], begin: 2026-10-01}
  fog-watch: {every: weekly, tags: [Fog], sections: list, day: friday}
-- papers/2026-10-30.yaml --
- {title: Drizzle <in> October, arxiv: "2610.00001", listed: 2026-10-30, tags: [Rain], abstract: It drizzles.}
-- papers/2026-11-19.yaml --
- {title: Thaw, arxiv: "2611.00004", listed: 2026-11-19, upvotes: 9, tags: [Fog], summary: The frost goes.}
-- papers/2026-11-20.yaml --
- {title: Sparse Clouds, arxiv: "2611.00001", listed: 2026-11-20, upvotes: 4, tags: [Fog], abstract: All of clouds.}
- {title: Hail & Sleet, arxiv: "2611.00002", listed: 2026-11-20, upvotes: 2, tags: [Rain]}
-- desk.yaml --
papers:
  2611.00001: {note: Read this one.}
days:
  2026-W47: {subject: A week of fog, note: Good **morning**., sponsor: Umbrellas., footer: See you.}
"""
SERIES = {"daily": "2026-11-20", "weekly": "2026-W47", "monthly": "2026-10", "fog-watch": "2026-W47"}


def built(folder: Path, now: datetime = NOW) -> Site:
    return Site(build(folder / "content", folder / "output", now), folder / "content", folder / "output")


def send_all(site: Site, now: datetime) -> None:
    """Settle and send what is next, as a run does."""
    for following in next_editions(site.output).values():
        edition = checked(site.content, following, now)
        settle(site.content, edition, {}, now)
        mark_sent(site.content, edition, now)


def papers_of(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"papers/(2\d\d\d\.\d{5})", text)))


@pytest.mark.parametrize("name", SERIES)
def test_page_entry_mail_and_payload_of_an_edition_say_the_same(tmp_path: Path, name: str) -> None:
    write_content(tmp_path / "content", SITE)
    site = built(tmp_path)
    mail = f"mail/{SERIES[name]}" if name == "daily" else f"mail/{name}/{SERIES[name]}"
    [entry] = feedparser.parse(site.text(f"feeds/editions/{name}.atom")).entries
    content = entry.content[0].value
    mailed = {form: site.text(f"{mail}/{form}") for form in ("mail.html", "mail.txt", "buttondown.json")}
    page = site.text(entry.link.removeprefix("https://clouds.example/"))
    held = papers_of(mailed["mail.html"])
    assert held
    assert [papers_of(text) for text in (content, *mailed.values())] == [held] * 4
    assert set(held) <= set(papers_of(page))
    payload = site.json(f"{mail}/buttondown.json")
    assert (payload["subject"], payload["canonical_url"]) == (entry.title, entry.link)
    for words in ("Read this one.", "The frost goes.", "It drizzles.", "Good", "Umbrellas.", "See you.", "by title"):
        assert (
            (words in content)
            == (words in mailed["mail.html"])
            == (words in mailed["mail.txt"].replace("BY TITLE", "by title"))
        )


def test_the_feed_of_a_series_is_one_file_with_its_newest_editions(tmp_path: Path) -> None:
    write_content(tmp_path / "content", SITE)
    guids: list[str] = []
    for number in range(8):
        now = NOW + timedelta(days=number)
        day = now.date()
        name = f"papers/{day}.yaml"
        text = f"-- {name} --\n- {{title: Paper {number}, arxiv: '2611.1000{number}', listed: {day}, tags: [Rain]}}\n"
        write_content(tmp_path / "content", text)
        site = built(tmp_path, now)
        send_all(site, now)
        feed = feedparser.parse(site.text("feeds/editions/daily.atom"))
        assert len(feed.entries) == min(3, number + 1)
        guids.append(feed.entries[0].id)
        assert [entry.id for entry in feed.entries] == guids[::-1][:3]
    assert len(set(guids)) == len(guids)
    assert {path for path in site.paths if path.startswith("feeds/editions/")} == {
        f"feeds/editions/{name}.atom" for name in SERIES
    }
    assert len(site.text("feeds/editions/daily.atom").encode()) < MAX_BYTES
    assert 'xmlUrl="https://clouds.example/feeds/editions/weekly.atom"' in site.text("feeds.opml")
    assert "feeds/editions/weekly.rss" not in site.text("feeds.html")


def test_an_edition_is_in_its_feed_from_the_hour_on_at_which_its_mail_is_due(tmp_path: Path) -> None:
    write_content(tmp_path / "content", SITE.replace("entries: 3", "entries: 3, hour: '9:00'"))
    early = datetime(2026, 11, 20, 8, tzinfo=UTC)
    site = built(tmp_path, early)
    assert feedparser.parse(site.text("feeds/editions/daily.atom")).entries == []
    assert feedparser.parse(built(tmp_path, early + timedelta(hours=1)).text("feeds/editions/daily.atom")).entries


def test_a_series_that_nobody_is_mailed_goes_on_with_what_no_entry_held(tmp_path: Path) -> None:
    write_content(tmp_path / "content", SITE)
    site, told = built(tmp_path), list[str]()
    announce_site(site.content, site.output, {}, NOW, told.append)
    assert "mail: weekly/2026-W47 is complete in its feed; site.yaml names no readers for it" in told
    late = '- {title: Rime, arxiv: "2611.00009", listed: 2026-11-18}\n'
    (site.content / "papers" / "late.yaml").write_text(late)
    site = built(tmp_path, NOW + timedelta(days=7))
    entries = feedparser.parse(site.text("feeds/editions/weekly.atom")).entries
    assert [papers_of(entry.content[0].value) for entry in entries] == [
        ["2611.00009"],
        ["2611.00004", "2611.00001", "2611.00002"],
    ]


def test_a_site_that_mails_nobody_has_no_feed_of_editions(tmp_path: Path) -> None:
    settings = re.sub(r"editions:\n(  .*\n)+", "", SITE)
    write_content(tmp_path / "content", settings)
    assert not [path for path in built(tmp_path).paths if path.startswith("feeds/editions")]


def test_a_mail_of_a_day_that_gained_a_paper_leads_to_its_own_page_also_beside_an_earlier_build(tmp_path: Path) -> None:
    write_content(tmp_path / "content", SITE)
    site = built(tmp_path)
    assert site.json("mail/2026-11-20/buttondown.json")["canonical_url"].endswith("/days/2026-11-20.html")
    send_all(site, NOW)
    late = "-- papers/2026-11-20.b.yaml --\n- {title: Late, arxiv: '2611.00009', listed: 2026-11-20}\n"
    write_content(tmp_path / "content", late)
    site = built(tmp_path)
    own = "https://clouds.example/mail/2026-11-20/mail.html"
    assert site.json("mail/2026-11-20/buttondown.json")["canonical_url"] == own


def test_every_edition_that_is_next_has_its_mail_however_few_are_kept(tmp_path: Path) -> None:
    write_content(tmp_path / "content", SITE.replace("form: clouds", "form: clouds, mail_days: 1"))
    site = built(tmp_path)
    for record in orjson.loads((site.output / "mail/editions.json").read_bytes())["editions"]:
        assert f"mail/{record['edition'].removeprefix('daily/')}/mail.eml" in site.paths


def test_an_error_while_an_edition_is_settled_by_hand_is_not_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a defect")

    write_content(tmp_path / "content", SITE)
    site = built(tmp_path)
    monkeypatch.setattr(editions, "checked", fail)
    editions.settle_by_hand(site.content, site.output, "yearly", "2026", {}, NOW)
    with pytest.raises(KeyError, match="a defect"):
        editions.settle_by_hand(site.content, site.output, "daily", SERIES["daily"], {}, NOW)


LATER_DATED = "-- papers/b.yaml --\n- {title: Snow of no day, listed: 2026-11-21}\n"


def with_passed_paper(folder: Path) -> Site:
    """Return a site whose next edition has a paper that had no day when the first one went out."""
    write_content(folder / "content", "-- site.yaml --\nbase_url: https://clouds.example\n")
    undated = "-- papers/a.yaml --\n- {title: Snow of no day}\n- {title: Hail, listed: 2026-11-20}\n"
    write_content(folder / "content", undated)
    send_all(built(folder), NOW)
    write_content(folder / "content", LATER_DATED)
    return built(folder, NOW + timedelta(hours=1))


def test_a_paper_that_was_passed_over_is_mailed_once_and_the_editions_after_it_go_out(tmp_path: Path) -> None:
    site = with_passed_paper(tmp_path)
    send_all(site, NOW + timedelta(hours=1))
    write_content(site.content, "-- papers/c.yaml --\n- {title: Fog, listed: 2026-11-22}\n")
    send_all(built(tmp_path, NOW + timedelta(days=1)), NOW + timedelta(days=1))
    sent = [edition.ids for edition in editions.closed_editions(site.content).of("daily")]
    assert sent == [("hail",), ("snow-of-no-day",), ("fog",)]


def test_a_paper_that_was_passed_over_and_is_hidden_after_the_build_is_not_mailed(tmp_path: Path) -> None:
    site = with_passed_paper(tmp_path)
    write_content(site.content, LATER_DATED.replace("listed:", "hide: yes, listed:"))
    with pytest.raises(BuildError, match="was built before snow-of-no-day was hidden"):
        send_all(site, NOW + timedelta(hours=1))
