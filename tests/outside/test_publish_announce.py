"""After publishing: the hub and the readers are told, each once, whatever becomes of the other."""

import json
from urllib.parse import parse_qs

import pytest

from tests.outside.places import FolderPlace, free_port
from tests.outside.playback_server import Played, playing
from tests.outside.post_office import PostOffice, opened
from tests.outside.publishing import BASE_URL


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
    monkeypatch.setattr("site_builder.outside.publish.ping.WAIT", 0.01)
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
    """Take over a version of the site, but keep the settings."""
    desk.become(version)
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
    assert "mail: begins with the day after 2026-05-27" in result.output
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


def test_mails_begin_with_the_day_after_the_first_announcement(desk, office, there, versions):
    told = desk.run("publish", there.target)
    assert told.exit_code == 0
    assert "mail: begins with the day after 2026-05-27; to mail that one too: broadsheet send " in told.output
    assert office.mails == []
    desk.publish(there)
    assert office.mails == []
    become(desk, versions[1])
    assert desk.publish(there) == "mail: “Papers of 28 May 2026”: 2 sent"
    assert sorted(office.copies) == ["one@example.org", "two@example.org"]
    assert b"28 May 2026" in office.mails[0][1]


def test_nobody_gets_a_mail_twice_and_new_readers_wait_for_the_next(desk, office, there, versions):
    desk.publish(there)
    become(desk, versions[1])
    desk.publish(there)
    (desk.folder / "readers.csv").write_text("one@example.org\ntwo@example.org\nlate@example.org\n")
    assert desk.publish(there) == "mail: readers have the mail of 2026-05-28"
    assert desk.run("announce").exit_code == 0
    assert sorted(office.mails[i][0] for i in range(len(office.mails))) == ["one@example.org", "two@example.org"]


def test_a_reader_who_was_refused_gets_it_the_next_time(desk, office, hub, there, versions):
    desk.publish(there)
    become(desk, versions[1])
    office.refuses = {"two@example.org": "450 come again"}
    result = desk.run("publish", there.target)
    assert result.exit_code == 1
    assert "mail: two@example.org: refused: 450 come again; run the same command again later" in result.output
    office.refuses = {}
    assert desk.run("announce").exit_code == 0
    assert office.copies == {"one@example.org": 1, "two@example.org": 1}


def test_a_mail_server_that_is_gone_undoes_nothing(desk, office, hub, there, versions):
    desk.publish(there)
    become(desk, versions[1])
    hub.pings.clear()
    result = desk.run("publish", there.target, BROADSHEET_SMTP_URL=f"smtp://127.0.0.1:{free_port()}")
    assert result.exit_code == 1
    assert "cannot be reached" in result.output
    assert "run broadsheet announce to try again" in result.output
    assert hub.told
    assert there.tree() == desk.site
    assert desk.run("announce").exit_code == 0
    assert len(office.mails) == 2


def test_mails_that_were_broken_off_are_not_begun_again_where_nobody_knows_who_has_them(desk, office, there, versions):
    desk.publish(there)
    become(desk, versions[1])
    office.on_data = lambda number: "250 kept" if number == 0 else "450 come again"
    assert desk.run("publish", there.target).exit_code == 1
    office.on_data = lambda number: "250 kept"
    (desk.folder / ".broadsheet" / "sent.sqlite").unlink()  # as on a machine that begins each day anew
    result = desk.run("announce")
    assert result.exit_code == 1
    assert "mail: was broken off, and .broadsheet/sent.sqlite, which knew who has it, is gone; " in result.output
    assert len(office.mails) == 1


def test_what_is_kept_between_runs_names_no_reader(desk, office, there, versions):
    desk.publish(there)
    become(desk, versions[1])
    desk.publish(there)
    assert len(office.mails) == 2
    assert "@" not in (desk.folder / ".broadsheet" / "announced.json").read_text()


def test_a_day_that_is_not_out_yet_is_not_mailed(desk, office, there, versions):
    desk.publish(there)
    become(desk, versions[1])
    before_six = "1779947999"  # 2026-05-28 05:59:59 UTC
    result = desk.run("publish", there.target, SOURCE_DATE_EPOCH=before_six)
    assert (result.exit_code, office.mails) == (0, [])
    desk.run("publish", there.target, SOURCE_DATE_EPOCH="1779948000")
    assert len(office.mails) == 2


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
