"""Real answers played back with faults between them: in the end every list is there, word for word."""

import gzip
import json
import re
from datetime import date, timedelta
from itertools import cycle
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from site_builder.commands.fetch.fetch_error import FetchError
from site_builder.commands.fetch.http import Access, Client, RetryPolicy
from site_builder.commands.fetch.kinds import KINDS
from site_builder.commands.fetch.state import HttpValidators
from site_builder.config.fetch_source import FetchSource
from tests.commands.fetch_site import FRIDAY, HF, LATER, MONDAY, SATURDAY, as_json, rows
from tests.commands.playback_server import Played, bomb, cut_off, drip, hang_up, playing, too_short_a_length
from tests.conftest import SHARED, needs_shared

HASTY = RetryPolicy(call=3, silence=1.5, attempts=2, wait=0.01, pause=0)
PAGE = b"<!DOCTYPE html><html><head><title>502</title></head><body>Sorry</body></html>"


def faults_before(answer, yesterday):
    """Return the faults that stand before a real answer: those that pass, and those that only another run gets over."""
    return {
        "slow": Played(answer, fault=drip),
        "cut off": Played(answer, fault=cut_off),
        "wrong length": Played(answer, fault=too_short_a_length),
        "cut off gzip": Played(gzip.compress(answer)[:-30], headers={"Content-Encoding": "gzip"}),
        "hang up": Played(answer, fault=hang_up),
        "too many requests": Played(b"", 429, {"Retry-After": "0"}),
        "server error": Played(b"no", 500),
        "bomb": bomb(80),
        "private address": Played(b"", 302, {"Location": "http://192.168.0.1/"}),
        "error page": Played(PAGE),
        "yesterday's list": Played(yesterday),
    }


class Stumbling:
    """Plays the real answer to a request, but first, once for each address, the next of the faults."""

    def __init__(self, answer_of):
        self._answer_of = answer_of
        self._names = cycle(faults_before(b"", b""))
        self._seen = set()
        self._yesterday = b""
        self.played = []

    def __call__(self, asked):
        answer = self._answer_of(asked)
        key = (asked.path, *sorted(asked.query.items()))
        if key in self._seen or asked.query.get("p", "0") != "0":
            return Played(answer)
        self._seen.add(key)
        name = next(self._names)
        self.played.append(name)
        fault = faults_before(answer, self._yesterday)[name]
        self._yesterday = answer
        return fault


@needs_shared
def test_real_daily_papers_come_through_every_fault(digest, build_site):
    folder = SHARED / "data" / "hf_daily"
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_size)[: len(faults_before(b"", b""))]
    texts = {file.stem: file.read_bytes() for file in sorted(files)}
    play = Stumbling(lambda asked: texts[asked.query["date"]] if asked.query["p"] == "0" else b"[]")
    site = digest(HF, play)
    days = [date.fromisoformat(day) for day in texts]
    for today in (FRIDAY, SATURDAY):
        for day in days:  # one by one, as three failures in a row end a run
            site.fetch(day, today=today, retry_policy=HASTY)
    assert set(play.played) == set(faults_before(b"", b""))
    assert site.lists == {f"hf-daily/{day}.json": text.decode() for day, text in texts.items()}
    built = build_site(site.content)
    assert len(built.papers) > 150
    assert not any(paper["corrections"] or paper["withdrawn"] for paper in built.papers.values())


@needs_shared
@pytest.mark.parametrize("fault", faults_before(b"", b""))
def test_a_real_answer_of_arxiv_comes_through_every_fault(digest, fault):
    real = next((SHARED / "data" / "arxiv_api").glob("q_testing_s0_*")).read_bytes()
    earlier = next((SHARED / "data" / "arxiv_api").glob("q_testing_s20_*")).read_bytes()
    is_first = []

    def play(asked):
        if "20261119" in asked.query["search_query"]:
            return Played(earlier)
        is_first.append(not is_first)
        return faults_before(real, earlier)[fault] if is_first[-1] else Played(real)

    site = digest("kind: arxiv_query, query: testing, url: SERVER/q", play)
    site.fetch(FRIDAY - timedelta(days=1), retry_policy=HASTY)
    for today in (FRIDAY, SATURDAY):
        site.fetch(FRIDAY, today=today, retry_policy=HASTY)
    assert site.lists["arxiv-query/2026-11-20.xml"] == real.decode()
    assert list(site.lists) == ["arxiv-query/2026-11-19.xml", "arxiv-query/2026-11-20.xml"]


LISTING = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<pubDate>{0}, {1} Nov 2026 00:00:00 -0500</pubDate>
<item><title>Sparse Clouds {1}</title><link>https://arxiv.org/abs/2611.000{1}</link>
<description>arXiv:2611.000{1}v1 Announce Type: new
Abstract: Few.</description><arxiv:announce_type>new</arxiv:announce_type>
<guid isPermaLink="false">oai:arXiv.org:2611.000{1}v1</guid><pubDate>{0}, {1} Nov 2026 00:00:00 -0500</pubDate></item>
</channel></rss>"""


def test_the_listing_of_a_category_is_asked_for_today_alone_and_yesterdays_is_told(digest, build_site):
    listing = [LISTING.format("Fri", 20)]
    site = digest("kind: arxiv_listing, category: cs.CL, url: SERVER/rss", lambda asked: Played(listing[0].encode()))
    site.fetch(today=FRIDAY)
    site.fetch(today=MONDAY)
    assert site.told == ["arxiv-listing 2026-11-23: no new list (it is the list before it again)"]
    listing[0] = LISTING.format("Mon", 23)
    site.fetch(today=MONDAY)
    assert list(site.lists) == ["arxiv-listing/2026-11-20.xml", "arxiv-listing/2026-11-23.xml"]
    site.fetch(FRIDAY, today=MONDAY)
    assert site.told == ["arxiv-listing: shows its newest list only, so no past day can be asked for"]
    built = build_site(site.content, LATER)
    assert {paper["days"][0] for paper in built.papers.values()} == {"2026-11-20", "2026-11-23"}


REPLACED = """<item><title>{0}</title><link>https://arxiv.org/abs/2611.000{1}</link>
<description>arXiv:2611.000{1}v2 Announce Type: replace
Abstract: Few.</description><arxiv:announce_type>replace</arxiv:announce_type>
<guid isPermaLink="false">oai:arXiv.org:2611.000{1}v2</guid><pubDate>Mon, 23 Nov 2026 00:00:00 -0500</pubDate></item>
</channel>"""


def test_a_replacement_on_arxiv_corrects_the_paper_and_lists_it_no_second_time(digest, build_site):
    listing = [LISTING.format("Fri", 20)]
    site = digest("kind: arxiv_listing, category: cs.CL, url: SERVER/rss", lambda asked: Played(listing[0].encode()))
    site.fetch(today=FRIDAY)
    unknown = REPLACED.format("Old News", 11)
    listing[0] = (
        LISTING.format("Mon", 23)
        .replace("</channel>", unknown)
        .replace("</channel>", REPLACED.format("Sparse Clouds, Revisited", 20))
    )
    site.fetch(today=MONDAY)
    assert site.told == ["arxiv-listing 2026-11-23: 1 paper (1 corrected)"]
    assert list(site.lists) == [
        "arxiv-listing/2026-11-20.xml",
        "arxiv-listing/2026-11-20@2026-11-23.xml",
        "arxiv-listing/2026-11-23.xml",
    ]
    built = build_site(site.content, LATER)
    assert built.problems == []
    assert sorted(built.papers) == ["2611.00020", "2611.00023"]
    paper = built.papers["2611.00020"]
    assert (paper["title"], paper["days"]) == ("Sparse Clouds, Revisited", ["2026-11-20"])
    assert [(each["date"], each["before"]) for each in paper["corrections"]] == [("2026-11-23", "Sparse Clouds 20")]


@pytest.mark.parametrize("words", [{"kind": "hf_daily"}, {"kind": "arxiv_query", "query": "cat:cs.CL"}])
def test_a_mirror_may_have_a_query_of_its_own(words):
    source = FetchSource(**words, url="https://mirror.example/api?key=1")
    asked = parse_qs(urlsplit(KINDS[source.kind].address(source, FRIDAY, 0)).query)
    assert asked.pop("key") == ["1"]
    assert asked.keys() & {"date", "search_query"}


def test_several_categories_are_asked_for_at_once_and_replacements_where_they_are_wanted(digest, build_site):
    several = FetchSource.model_validate({"kind": "arxiv_listing", "category": ["cs.CL", "cs.IR"]})
    assert KINDS["arxiv_listing"].address(several, FRIDAY, 0) == "https://rss.arxiv.org/rss/cs.CL+cs.IR"
    listing = LISTING.format("Mon", 23).replace("</channel>", REPLACED.format("Old News", 11))
    keys = "kind: arxiv_listing, category: [cs.CL, cs.IR], announce: [new, replace], url: SERVER/rss"
    site = digest(keys, lambda asked: Played(listing.encode()))
    site.fetch(today=MONDAY)
    assert sorted(build_site(site.content, LATER).papers) == ["2611.00011", "2611.00023"]


def test_a_replacement_that_changes_no_word_is_nothing_to_keep(digest):
    listing = [LISTING.format("Fri", 20)]
    site = digest("kind: arxiv_listing, category: cs.CL, url: SERVER/rss", lambda asked: Played(listing[0].encode()))
    site.fetch(today=FRIDAY)
    listing[0] = LISTING.format("Mon", 23).replace("</channel>", REPLACED.format("Sparse Clouds 20", 20))
    site.fetch(today=MONDAY)
    assert list(site.lists) == ["arxiv-listing/2026-11-20.xml", "arxiv-listing/2026-11-23.xml"]


def test_a_server_that_knows_dates_alone_is_asked_for_changes_since(digest):
    moment = "Fri, 20 Nov 2026 07:00:00 GMT"

    def play(asked):
        if asked.headers.get("if-modified-since") == moment:
            return Played(status=304)
        return Played(json.dumps(rows("2611.00001")).encode(), headers={"Last-Modified": moment})

    site = digest(HF, play)
    site.fetch(FRIDAY, today=FRIDAY)
    site.fetch(FRIDAY, today=SATURDAY)
    assert site.told == ["hf-daily 2026-11-20: 1 paper (unchanged)"]


def test_a_server_that_stops_sending_its_mark_is_no_longer_asked_by_the_old_one(tmp_path):
    folder = tmp_path / "content" / "papers"
    folder.mkdir(parents=True)
    (folder / "a.json").touch()
    validators = HttpValidators(tmp_path / "content")
    validators.remember("https://a.example/", SimpleNamespace(headers={"etag": '"v1"'}), folder / "a.json")
    assert HttpValidators(tmp_path / "content").headers("https://a.example/", folder) == {"If-None-Match": '"v1"'}
    validators.remember("https://a.example/", SimpleNamespace(headers={}), folder / "a.json")
    assert HttpValidators(tmp_path / "content").headers("https://a.example/", folder) == {}


@pytest.fixture
def client():
    with Client("broadsheet/test", HASTY, lambda line: None) as made:
        yield made


@pytest.mark.parametrize(
    ("url", "access", "why"),
    [
        ("http://127.0.0.1:9/a", Access(), "is not encrypted"),
        ("https://127.0.0.1:9/a", Access(), "private network"),
        ("https://localhost:9/a", Access(), "private network"),
        ("https://[::1]:9/a", Access(), "private network"),
        ("https://0x7f.1:9/a", Access(), "private network"),
        ("file:///etc/passwd", Access(allow_http=True, allow_private=True), "is no web address"),
        ("ftp://example.org/a", Access(allow_http=True, allow_private=True), "is no web address"),
        ("https://me:secret@example.org/", Access(), "is no web address"),
    ],
)
def test_what_was_not_allowed_is_not_asked(client, url, access, why):
    with pytest.raises(FetchError, match=re.escape(why)):
        client.get(url, access, {})


def test_a_redirect_to_an_unencrypted_address_is_not_followed(client, monkeypatch):
    sent = []

    def answer(url, headers, pool):
        from site_builder.commands.fetch.http import Response

        sent.append(url)
        return Response(302, {"location": "http://example.org/list"}, b"")

    monkeypatch.setattr(client, "_send", answer)
    with pytest.raises(FetchError, match=re.escape("http://example.org/list: is not encrypted")):
        client.get("https://example.org/list", Access(), {})
    assert sent == ["https://example.org/list"]


def test_a_site_may_fetch_from_several_servers_and_one_that_is_gone_keeps_none_away(digest):
    with playing(lambda asked: as_json([])) as gone:
        address = gone.address
        gone.server_close()
    site = digest(HF, lambda asked: as_json(rows("2611.00001")))
    settings = site.content / "site.yaml"
    other = f"  - {{kind: hf_daily, name: gone, url: '{address}', allow_http: true, allow_private: true}}\n"
    settings.write_text(settings.read_text().replace("fetch:\n", f"fetch:\n{other}"))
    assert not site.fetch(FRIDAY, retry_policy=HASTY)
    assert list(site.lists) == ["hf-daily/2026-11-20.json"]
    assert [line.partition(":")[0] for line in site.told] == ["gone 2026-11-20", "hf-daily 2026-11-20"]
