"""After publishing: the hub and the readers are told, each once, whatever becomes of the other."""

import json
import shutil
from urllib.parse import parse_qs

import pytest

from tests.commands.places import FolderPlace, free_port
from tests.commands.playback_server import Played, playing
from tests.commands.post_office import PostOffice, opened
from tests.commands.publishing import BASE_URL, OLD
from tests.conftest import write_content


class Hub:
    """A WebSub hub on loopback; `answers` are what it answers, 202 when there are no more."""

    def __init__(self):
        self.answers = []
        self.pings = []

    def play(self, asked):
        self.pings.append(parse_qs(asked.body.decode()))
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        return self.answers.pop(0) if self.answers else Played(b"", 202)

    @property
    def told(self):
        assert all(ping["hub.mode"] == ["publish"] for ping in self.pings)
        return [url for ping in self.pings for url in ping["hub.url"]]


@pytest.fixture
def hub(desk, monkeypatch):
    monkeypatch.setattr("site_builder.commands.publish.ping.WAIT", 0.01)
    found = Hub()
    with playing(found.play) as server:
        found.address = f"{server.address}/hub"
        settings = f"feeds: {{hub: '{found.address}'}}\n"
        add_settings(desk, settings)
        yield found


@pytest.fixture
def office(desk):
    found = PostOffice()
    (desk.folder / "readers.csv").write_text("one@example.org\ntwo@example.org\n")
    text = "publish: {readers: readers.csv}\n"
    add_settings(desk, f"{text}newsletter: {{unsubscribe_url: 'https://example.org/leave?r={{email}}'}}\n")
    with opened(found) as address:
        desk.environment["BROADSHEET_SMTP_URL"] = f"smtp://{address}"
        yield found


@pytest.fixture
def there(tmp_path):
    return FolderPlace(tmp_path / "there")


def add_settings(desk, text):
    file = desk.folder / "content" / "site.yaml"
    desk.settings = file.read_text() + text
    file.write_text(desk.settings)


def become(desk, version):
    """Take over a version of the site, but keep the settings and which editions have gone out."""
    state = desk.folder / "content" / "published" / "editions.jsonl"
    kept = state.read_bytes() if state.exists() else b""
    desk.become(version)
    if kept:
        state.write_bytes(kept)
    (desk.folder / "content" / "site.yaml").write_text(desk.settings)


def feeds(site):
    return {path: text for path, text in site.items() if path.startswith("feeds/") and "archive-" not in path}


def test_the_hub_is_told_of_the_feeds_that_changed_and_of_no_other(desk, hub, there, versions):
    desk.publish(there)
    old = feeds(desk.site)
    assert sorted(hub.told) == sorted(f"{BASE_URL}/{path}" for path in old)
    hub.pings.clear()
    assert "knows all feeds" in desk.publish(there)
    assert hub.pings == []
    become(desk, versions[1])
    desk.publish(there)
    new = feeds(desk.site)
    changed = {path for path in new if old.get(path) != new[path]}
    assert changed
    assert sorted(hub.told) == sorted(f"{BASE_URL}/{path}" for path in changed)


def test_a_hub_that_stumbles_is_asked_again(desk, hub, there):
    hub.answers = [Played(b"busy", 503)]
    desk.publish(there)
    assert len(hub.pings) == 1 + -(-len(feeds(desk.site)) // 50)


def test_a_hub_that_refuses_undoes_nothing_and_is_told_the_next_time(desk, hub, office, there):
    hub.answers = [Played(b"this topic is not for me", 400)]
    result = desk.run("publish", there.target)
    assert result.exit_code == 1
    assert "was not told of" in result.output
    assert "it answered 400 this topic is not for me; run broadsheet announce to try again" in result.output
    assert there.tree() == desk.site
    assert "mail: the first edition, 2026-05-27, begins with 2026-05-27; of days before it 1 paper" in result.output
    hub.pings.clear()
    again = desk.run("announce")
    assert again.exit_code == 0
    assert len(hub.told) == len(feeds(desk.site))


def test_a_hub_that_is_not_there_is_one_line(desk, hub, there):
    file = desk.folder / "content" / "site.yaml"
    file.write_text(desk.settings.replace(hub.address, f"http://127.0.0.1:{free_port()}/hub"))
    result = desk.run("publish", there.target)
    assert result.exit_code == 1
    assert "Connection refused; run broadsheet announce to try again\n" in result.output
    assert there.tree() == desk.site


def test_the_first_edition_is_the_newest_day_and_says_so(desk, office, there, versions):
    told = desk.run("publish", there.target)
    assert told.exit_code == 0
    line = "mail: the first edition, 2026-05-27, begins with 2026-05-27; of days before it 1 paper will not be mailed; "
    assert line in told.output
    assert [b"27 May 2026" in mail for _, mail in office.mails] == [True, True]
    office.mails.clear()
    assert desk.publish(there) == "mail: readers have the mail of 2026-05-27"
    become(desk, versions[1])
    desk.build()
    assert desk.publish(there) == "mail: “Papers of 28 May 2026”: 2 sent"
    assert sorted(office.copies) == ["one@example.org", "two@example.org"]
    assert b"28 May 2026" in office.mails[0][1]


def test_nobody_gets_a_mail_twice_and_new_readers_wait_for_the_next(desk, office, there, versions):
    desk.publish(there)
    (desk.folder / "readers.csv").write_text("one@example.org\ntwo@example.org\nlate@example.org\n")
    assert desk.publish(there) == "mail: readers have the mail of 2026-05-27"
    assert desk.run("announce").exit_code == 0
    assert sorted(office.mails[i][0] for i in range(len(office.mails))) == ["one@example.org", "two@example.org"]


def test_a_reader_who_was_refused_gets_it_the_next_time(desk, office, hub, there):
    add_settings(desk, "mailing: {try_again_after: []}\n")
    office.refuses = {"two@example.org": "450 come again"}
    result = desk.run("publish", there.target)
    assert result.exit_code == 1
    assert "mail: two@example.org: refused: 450 come again; run the same command again later" in result.output
    office.refuses = {}
    assert desk.run("announce").exit_code == 0
    assert office.copies == {"one@example.org": 1, "two@example.org": 1}


def test_who_cannot_be_reached_for_two_days_is_given_up(desk, office, there):
    add_settings(desk, "mailing: {try_again_after: []}\n")
    office.refuses = {"two@example.org": "450 come again"}
    day = 1779948000  # 2026-05-28 06:00 UTC
    assert desk.run("publish", there.target, SOURCE_DATE_EPOCH=str(day)).exit_code == 1
    assert desk.run("announce", SOURCE_DATE_EPOCH=str(day + 86_400)).exit_code == 1
    told = desk.run("announce", SOURCE_DATE_EPOCH=str(day + 2 * 86_400)).output
    assert "mail: two@example.org: refused for two days, now: 450 come again; the edition is not sent to it" in told
    again = desk.run("announce", SOURCE_DATE_EPOCH=str(day + 3 * 86_400))
    assert (again.exit_code, again.output.strip()) == (0, "mail: readers have the mail of 2026-05-27")


def test_a_mail_server_that_is_gone_undoes_nothing(desk, office, hub, there):
    result = desk.run("publish", there.target, BROADSHEET_SMTP_URL=f"smtp://127.0.0.1:{free_port()}")
    assert result.exit_code == 1
    assert "cannot be reached" in result.output
    assert "run broadsheet announce to try again" in result.output
    assert hub.told
    assert there.tree() == desk.site
    assert desk.run("announce").exit_code == 0
    assert len(office.mails) == 2


def test_an_edition_that_was_settled_elsewhere_is_sent_by_nobody_who_does_not_know_who_has_it(desk, office, there):
    assert desk.run("announce", "--close").exit_code == 0
    assert office.mails == []
    (desk.folder / ".broadsheet" / "sent.sqlite").unlink()  # as on a machine that begins each day anew
    result = desk.run("announce")
    assert result.exit_code == 1
    assert "mail: 2026-05-27 was settled elsewhere, and who has it is not known here; to mail all: " in result.output
    assert office.mails == []
    assert desk.run("send", "--edition", "2026-05-27", "--list", "readers.csv").exit_code == 0
    assert desk.run("announce").exit_code == 0
    assert len(office.mails) == 2


def test_an_edition_is_settled_before_it_is_sent(desk, office, there):
    told = desk.run("announce", "--close").output
    assert "the first edition, 2026-05-27" in told
    state = (desk.folder / "content" / "published" / "editions.jsonl").read_text()
    assert '"due": "2026-05-27T06:00:00Z"' in state
    assert '"sent"' not in state
    assert desk.run("announce").output == "mail: “Papers of 27 May 2026”: 2 sent\n"
    assert '"sent"' in (desk.folder / "content" / "published" / "editions.jsonl").read_text()


def test_the_log_of_a_run_that_keeps_no_address_shows_none_either(desk, office, there):
    desk.environment["BROADSHEET_LEDGER_KEY"] = "k" * 32
    (desk.folder / "readers.csv").write_text("one@example.org,token\ntwo@example.org\nan.na@@example.org\n")
    office.refuses = {"one@example.org": "550 5.1.1 <one@example.org> unknown"}
    result = desk.run("announce")
    assert result.exit_code == 1
    assert (
        "mail: o…@example.org: refused: 550 5.1.1 <o…@example.org> unknown; correct or remove the ad" in result.output
    )
    assert "readers.csv:3: 'a…@@example.org' is no mail address" in result.output
    assert not [name for name in ("one@", "two@", "na@") if name in result.output]


def test_what_is_kept_in_the_repository_names_no_reader(desk, office, there):
    desk.publish(there)
    assert len(office.mails) == 2
    kept = [desk.folder / "content" / "published" / "editions.jsonl"]
    assert "example.org" not in "".join(file.read_text() for file in kept)


def test_a_day_that_is_not_out_yet_is_not_mailed(desk, office, there, versions):
    desk.run("publish", there.target, SOURCE_DATE_EPOCH="1779900000")
    office.mails.clear()
    become(desk, versions[1])
    before_six = "1779947999"  # 2026-05-28 05:59:59 UTC
    desk.build(SOURCE_DATE_EPOCH=before_six)
    result = desk.run("publish", there.target, SOURCE_DATE_EPOCH=before_six)
    assert (result.exit_code, office.mails) == (0, [])
    desk.run("publish", there.target, SOURCE_DATE_EPOCH="1779948000")
    assert len(office.mails) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not JSON", "published/editions.jsonl:2: is no line that Broadsheet wrote"),
        ('{"edition": "daily/2026-05-27"}', "published/editions.jsonl:2: is no line that Broadsheet wrote"),
        ('{"broadsheet": "editions", "format": 2}', "was written by a later release of Broadsheet: update it"),
    ],
)
def test_a_state_that_cannot_be_read_stops_every_mail(desk, office, there, line, told):
    (desk.folder / "content" / "published").mkdir(exist_ok=True)
    (desk.folder / "content" / "published" / "editions.jsonl").write_text(
        f"{line}\n" if "2}" in line else f"\n{line}\n"
    )
    result = desk.run("announce")
    assert result.exit_code != 0
    assert told in result.output
    assert office.mails == []


def test_editions_whose_file_is_lost_are_told_and_nobody_is_mailed_until_it_is_back(desk, office, there):
    desk.publish(there)
    desk.build()
    office.mails.clear()
    folder = desk.folder / "content" / "published"
    state = (folder / "editions.jsonl").read_text()
    told = "says that editions have gone out, and published/editions.jsonl holds none; take it from the last good state"
    for left in (None, ""):
        (folder / "editions.jsonl").unlink() if left is None else (folder / "editions.jsonl").write_text(left)
        assert told in desk.run("build").output
        result = desk.run("announce")
        assert (result.exit_code, office.mails) == (1, [])
        assert told in result.output
    (folder / "editions.jsonl").write_text(state)
    assert told not in desk.run("build").output
    assert desk.run("announce").exit_code == 0
    assert office.mails == []


def test_a_clock_that_goes_back_is_told_and_nothing_is_sent(desk, office, there, versions):
    desk.run("announce", SOURCE_DATE_EPOCH="1780000000")
    office.mails.clear()
    become(desk, versions[1])
    desk.build()
    result = desk.run("announce", SOURCE_DATE_EPOCH="1779990000")
    assert (result.exit_code, office.mails) == (1, [])
    assert "the clock is behind 2026-05-28 20:26 UTC" in result.output


def test_a_site_that_was_built_before_the_last_edition_is_not_mailed(desk, office, there, versions):
    desk.publish(there)
    office.mails.clear()
    shutil.rmtree(desk.output)
    shutil.copytree(versions[0] / "output", desk.output)
    state = desk.folder / "content" / "published" / "editions.jsonl"
    state.write_text(state.read_text().replace("daily/2026-05-27", "daily/2026-05-28").replace("-05-27", "-05-28"))
    result = desk.run("announce")
    assert (result.exit_code, office.mails) == (1, [])
    assert "was built before an edition that has gone out since: run broadsheet build again" in result.output


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("-- desk.yaml --\npapers: {dense-rain: {hide: true}}\n", "dense-rain"),
        ("-- desk.yaml --\npapers: {sparse-clouds: {hold: true}}\n", "sparse-clouds"),
        (OLD.replace("Dense Rain,", "Dense Rain, comment: withdrawn by the authors,"), "dense-rain"),
        ("-- papers/a.yaml --\n- {title: Dense Rain, listed: 2026-05-27}\n", "sparse-clouds"),
    ],
)
@pytest.mark.parametrize("by_hand", [False, True])
def test_what_an_editor_takes_out_between_build_and_send_is_not_mailed(desk, office, there, said, named, by_hand):
    words = ["send", "--edition", "2026-05-27", "--list", str(desk.folder / "readers.csv")] if by_hand else ["announce"]
    write_content(desk.folder / "content", said)
    result = desk.run(*words)
    assert (bool(result.exit_code), office.mails) == (True, [])
    told = f"2026-05-27 was built before {named} was hidden, held or withdrawn: run broadsheet build again"
    assert told in result.output
    assert not (desk.folder / "content" / "published" / "editions.jsonl").exists()
    desk.build()
    assert desk.run(*words).exit_code == 0
    assert len(office.mails) == 2
    is_withdrawn = "withdrawn" in said
    assert all((b"Dense Rain" in mail) == (named != "dense-rain" or is_withdrawn) for _, mail in office.mails)


PINNED = OLD.replace("Rain, listed", "Rain, lead: 1, listed").replace("Clouds, listed", "Clouds, lead: 1, listed")
WEEKLY = "editions: {daily: {}, weekly: {day: wednesday, tags: [%s]}}\n"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "-- desk.yaml --\npapers: {dense-rian: {lead: 1}}\n",
            'desk.yaml:1: "dense-rian" is no paper of the site; did',
        ),
        ("-- desk.yaml --\npapers: {dense-rain: {hodl: true}}\n", 'desk.yaml:1: unknown key "hodl"; did you mean "ho'),
        ("-- desk.yaml --\ndays: {2026-05-25: {subject: x}}\n", "desk.yaml:1: no list has papers for 2026-05-25; corr"),
        ("-- desk.yaml --\ndays: {2026-05-27: {order: [Rian]}}\n", 'desk.yaml:1: order: "Rian" is neither a paper nor'),
        ("-- desk.yaml --\npapers: {dense-rain: {hold: until 2026-05-20}}\n", "desk.yaml:1: the hold until 2026-05-20"),
        (OLD.replace("Rain, listed", "Rain, hold: until 2026-05-20, listed"), "papers/a.yaml:2: the hold until 2026-0"),
        (PINNED, 'papers/a.yaml:2: "Dense Rain" and "Sparse Clouds" are both pinned to place 1 of 2026-05-27'),
        ("-- notes/2026-05-28.md --\nHello.\n", "notes/2026-05-28.md: no list has papers for 2026-05-28; the note is"),
    ],
)
def test_a_slip_of_the_editor_is_told_and_nothing_is_sent_until_it_is_mended(desk, office, there, said, told):
    before = (desk.folder / "content" / "papers" / "a.yaml").read_text()
    write_content(desk.folder / "content", said)
    desk.build()
    for words in (["announce"], ["announce", "--close"]):
        result = desk.run(*words)
        assert (result.exit_code, office.mails) == (1, []), result.output
        assert "mail: nothing of 2026-05-2" in result.output
        assert told in result.output
    assert not (desk.folder / "content" / "published" / "editions.jsonl").exists()
    for name in ("desk.yaml", "notes/2026-05-28.md"):
        (desk.folder / "content" / name).unlink(missing_ok=True)
    (desk.folder / "content" / "papers" / "a.yaml").write_text(before)
    desk.build()
    assert desk.run("announce").exit_code == 0
    assert len(office.mails) == 2


def test_a_slip_stops_a_sending_by_hand_and_no_sample(desk, office, there):
    write_content(desk.folder / "content", "-- desk.yaml --\npapers: {dense-rian: {lead: 1}}\n")
    desk.build()
    words = ("send", "--edition", "2026-05-27")
    result = desk.run(*words, "--list", "readers.csv")
    assert (result.exit_code, office.mails) == (2, [])
    assert "nothing of 2026-05-27 was sent, for this is to be mended first: desk.yaml:1" in result.output
    assert desk.run(*words, "--to", "editor@example.org").exit_code == 0


@pytest.mark.parametrize(
    "said",
    [
        "-- papers/b.yaml --\nlisted: 2026-05-20\npapers: [{title: One, lead: 1}, {title: Two, lead: 1}]\n",
        "-- notes/2026-05-20.md --\nAn old note alone.\n",
        "-- desk.yaml --\npapers: {late-frost: {hold: until 2026-05-26}}\n",
        "-- desk.yaml --\npapers: {dense-rain: {hold: until 2026-05-28}}\n",
        "-- desk.yaml --\ndays: {2026-12-24: {subject: Merry}}\n",
    ],
)
def test_a_slip_of_a_day_that_went_out_long_ago_and_a_hold_that_ended_as_it_should_keep_no_mail_back(
    desk, office, there, said
):
    write_content(desk.folder / "content", said)
    desk.build()
    assert desk.run("announce").exit_code == 0
    assert len(office.mails) == 2


def test_a_series_of_a_tag_that_no_paper_has_waits_and_the_others_go_out(desk, office, there):
    add_settings(desk, WEEKLY % "water, waether")
    clock = {"SOURCE_DATE_EPOCH": "1779900000"}
    desk.build(**clock)
    result = desk.run("announce", "--close", **clock)
    assert result.exit_code == 1
    assert (
        "nothing of weekly/2026-W22 was sent, for this is to be mended first: site.yaml: editions.weekly.tags: no pa"
        in (result.output)
    )
    assert desk.run("announce", **clock).exit_code == 1
    assert [b"Papers of 27 May" in mail for _, mail in office.mails] == [True, True]


def test_papers_that_join_between_build_and_send_wait_for_the_next_edition(desk, office, there):
    more = "-- papers/b.yaml --\n- {title: Thin Fog, listed: 2026-05-27}\n"
    write_content(desk.folder / "content", more)
    assert desk.run("announce").exit_code == 0
    assert [b"Thin Fog" in mail for _, mail in office.mails] == [False, False]


def test_a_dry_run_tells_nobody(desk, hub, office, there):
    desk.publish(there, "--dry-run")
    assert (hub.pings, office.mails) == ([], [])
    assert not (desk.folder / ".broadsheet").exists()


def test_a_site_that_names_nobody_to_tell_says_so(desk):
    result = desk.run("announce")
    assert result.exit_code == 0
    assert result.output == "site.yaml names neither feeds.hub nor publish.readers: there is nobody to tell\n"


def test_a_damaged_memory_stops_before_anyone_is_told(desk, hub, there):
    desk.publish(there)
    hub.pings.clear()
    memory = desk.folder / ".broadsheet" / "announced.json"
    memory.write_text(json.dumps({"hub": 3})[:-2])
    result = desk.run("announce")
    assert result.exit_code == 2
    assert "is damaged; remove it" in result.output
    assert hub.pings == []
