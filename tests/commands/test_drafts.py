"""Editions as drafts at the services that keep readers, emulated on loopback."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from tests.commands.playback_server import Asked, Played, hang_up, playing
from tests.conftest import Site

CONTENT = """
-- site.yaml --
title: Morning papers
base_url: https://digest.example.org
author: {{email: ed@example.org}}
newsletter: {{service: {service}, form: "{form}", drafts: true, audience: a1b2, subscribe_list: "12ab"}}
-- papers/a.yaml --
- {{title: "Sparse {{{{ Clouds *|UNSUB|*", listed: 2026-05-27}}
"""
FORMS = {
    "buttondown": "morning",
    "kit": "123",
    "mailchimp": "https://x.list-manage.com/subscribe/post?u=1&id=2",
    "listmonk": "SERVER",
}
KEYS = {
    "buttondown": ("authorization", "Token secret-us1"),
    "kit": ("x-kit-api-key", "secret-us1"),
    "mailchimp": ("authorization", "Basic a2V5OnNlY3JldC11czE="),
    "listmonk": ("authorization", "token api:secret-us1"),
}
KEY = {"listmonk": "api:secret-us1"}
PATHS = {
    "buttondown": ["/v1/emails"],
    "kit": ["/v4/broadcasts"],
    "mailchimp": ["/3.0/campaigns", "/3.0/campaigns/c77/content"],
    "listmonk": ["/api/campaigns"],
}


class Service:
    """A service that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: list[Played] = []

    def play(self, asked: Asked) -> Played:
        self.asked.append(asked)
        return self.answers.pop(0) if self.answers else Played(b'{"id": "c77"}', 201)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Service, str]]:
    found = Service()
    with playing(found.play) as server:
        monkeypatch.setattr("site_builder.commands.publish.drafts.service_address", lambda name, draft: server.address)
        yield found, server.address


def announce(folder: Path, key: str = "secret-us1", *words: str) -> Result:
    folders = ("--content", str(folder / "content"), "--output", str(folder / "output"))
    return CliRunner(env={"BROADSHEET_SERVICE_KEY": key}).invoke(main, ["announce", *words, *folders])


@pytest.mark.parametrize("name", FORMS)
def test_an_edition_is_posted_once_as_a_draft(
    name: str, build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    office, address = service
    build_site(CONTENT.format(service=name, form=FORMS[name].replace("SERVER", address)))
    key = KEY.get(name, "secret-us1")
    told = announce(tmp_path, key)
    assert (told.exit_code, f"{name}: 2026-05-27: a draft is at {name}" in told.output) == (0, True), told.output
    assert [asked.path for asked in office.asked] == PATHS[name]
    header, value = KEYS[name]
    assert all(asked.headers[header] == value for asked in office.asked)
    bodies = [json.loads(asked.body) for asked in office.asked]
    assert "status" not in bodies[0] or bodies[0]["status"] == "draft"
    text = json.dumps(bodies, ensure_ascii=False)
    assert "unsubscribe.invalid" not in text
    assert "{{ Clouds" not in text
    if name == "mailchimp":
        assert bodies[1]["html"].count("*|UNSUB|*") == 1
    if name == "kit":
        assert {"content", "description", "public", "published_at", "preview_text", "subject"} <= bodies[0].keys()
        assert bodies[0]["preview_text"].startswith("Sparse {\u2060{ Clouds")
        assert bodies[0]["send_at"] is None
    assert announce(tmp_path, key).exit_code == 0
    assert len(office.asked) == len(PATHS[name])
    kept = "".join(file.read_text("latin-1") for file in tmp_path.rglob("*.*") if file.is_file())
    assert "secret-us1" not in kept


def test_a_draft_of_an_edition_that_was_settled_elsewhere_is_looked_for_at_the_service(
    build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    build_site(CONTENT.format(service="kit", form=FORMS["kit"]))
    announce(tmp_path, "secret-us1", "--close")
    (tmp_path / ".broadsheet" / "sent.sqlite").unlink()
    told = announce(tmp_path)
    assert told.output.strip().endswith("who has it is not known here; look whether a draft of it is at kit")


def test_a_service_that_refuses_is_asked_the_next_time(
    build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    office, _ = service
    office.answers = [Played(b"no such key", 401)]
    build_site(CONTENT.format(service="kit", form="123"))
    told = announce(tmp_path)
    assert told.exit_code == 1
    assert "kit: the draft of 2026-05-27 was not taken: it answered 401 no such key; run broadsheet" in told.output
    assert announce(tmp_path).exit_code == 0


def test_a_campaign_that_got_no_content_is_taken_away_before_the_next_run_makes_another(
    build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    office, _ = service
    office.answers = [Played(b'{"id": "c77"}', 200), Played(b"too large", 400), Played(b"", 200)]
    build_site(CONTENT.format(service="mailchimp", form=FORMS["mailchimp"]))
    told = announce(tmp_path)
    assert "mailchimp: the draft of 2026-05-27 was not taken: it answered 400 too large" in told.output
    assert announce(tmp_path).exit_code == 0
    asked = [(asked.method, asked.path) for asked in office.asked]
    assert asked[2] == ("DELETE", "/3.0/campaigns/c77")
    assert [method for method, _ in asked] == ["POST", "PUT", "DELETE", "POST", "PUT"]


@pytest.mark.parametrize(("name", "key"), [("mailchimp", "secret"), ("listmonk", "secret"), ("kit", "two words")])
def test_a_key_of_another_service_is_sent_nowhere(
    name: str, key: str, build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    office, address = service
    build_site(CONTENT.format(service=name, form=FORMS[name].replace("SERVER", address)))
    told = announce(tmp_path, key=key)
    assert (told.exit_code, office.asked) == (1, [])
    assert f"BROADSHEET_SERVICE_KEY is no key of {name}" in told.output
    assert key not in told.output


def test_a_key_is_sent_over_encryption_alone(
    build_site: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(CONTENT.format(service="listmonk", form="http://lists.example"))
    told = announce(tmp_path, key="api:secret-us1")
    assert (told.exit_code, "the key of listmonk is sent to an https address only" in told.output) == (1, True)


def test_a_draft_that_may_have_arrived_is_not_posted_again(
    build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    office, _ = service
    office.answers = [Played(b"", fault=hang_up)]
    build_site(CONTENT.format(service="kit", form="123"))
    assert announce(tmp_path).exit_code == 1
    told = announce(tmp_path)
    assert "kit: it is not known whether the draft of 2026-05-27 arrived; look there" in told.output
    assert len(office.asked) == 1


def test_without_a_key_nothing_is_posted(
    build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    build_site(CONTENT.format(service="kit", form="123"))
    told = announce(tmp_path, key="")
    assert (told.exit_code, "set BROADSHEET_SERVICE_KEY to the key of kit" in told.output) == (1, True)
    assert service[0].asked == []


@pytest.mark.parametrize("name", FORMS)
def test_editions_of_every_series_are_posted_once_and_each_under_a_name_of_its_own(
    name: str, build_site: Callable[..., Site], tmp_path: Path, service: tuple[Service, str]
) -> None:
    office, address = service
    content = CONTENT.replace(
        "newsletter:",
        "editions: {{daily: {{}}, weekly: {{begin: 2026-05-01}}, monthly: {{begin: 2026-05-01}}}}\nnewsletter:",
    )
    build_site(content.format(service=name, form=FORMS[name].replace("SERVER", address)))
    key = KEY.get(name, "secret-us1")
    told = announce(tmp_path, key)
    assert told.exit_code == 0, told.output
    assert len(office.asked) == 3 * len(PATHS[name])
    lines = [line for line in told.output.splitlines() if "a draft is at" in line]
    keys = ("2026-05-27", "weekly/2026-W46", "monthly/2026-10")
    assert lines == [f"{name}: {key}: a draft is at {name}; look at it and send it there" for key in keys]
    names = [json.loads(asked.body).get("name") or json.loads(asked.body).get("slug") for asked in office.asked]
    assert len(set(filter(None, names))) == len(list(filter(None, names)))
    office.asked.clear()
    assert announce(tmp_path, key).exit_code == 0
    assert office.asked == []
