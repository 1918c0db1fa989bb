"""The files and lines that let a digest live by itself do what they say, each step in its order."""

import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.outside.new_site import new_site
from tests.outside.fetch_site import as_json, rows
from tests.outside.machine import MONDAY, SATURDAY, Machine, begin_repository
from tests.outside.places import git
from tests.outside.playback_server import Asked, Played, playing
from tests.outside.post_office import PostOffice, opened

PAGE = (Path(__file__).resolve().parents[2] / "content" / "pages" / "publishing.md").read_text(encoding="utf-8")


class World:
    """A new site in a repository; a source of lists, a hub and a mail server on loopback."""

    def __init__(self, folder: Path, address: str, post_office: PostOffice, mail: str) -> None:
        self.folder = folder
        self.origin = folder / "origin.git"
        self.post_office = post_office
        self.site = folder / "digest"
        self.announced = folder / "announced.json"  # what a service keeps from one run to the next
        self.secrets = {"READERS": "one@example.org", "BROADSHEET_SMTP_URL": f"smtp://{mail}"}
        new_site(self.site, date(2026, 11, 21))
        settings = self.site / "content" / "site.yaml"
        source = f"- {{kind: hf_daily, url: '{address}', allow_http: true, allow_private: true}}"
        settings.write_text(
            settings.read_text()
            .replace("- kind: hf_daily", source)
            .replace("feeds:\n", f"feeds:\n  hub: {address}/hub\n")
            + "author: {email: ed@example.org}\n"
            "newsletter: {unsubscribe_url: 'https://example.org/leave?r={email}'}\n"
            f"publish: {{target: '{folder}/public', readers: readers.csv}}\n"
        )
        begin_repository(self.site, self.origin)

    def fresh(self, name: str) -> tuple[Machine, Path]:
        """Return a new machine with a clone of the repository and what was kept of the last run."""
        machine = Machine(self.folder / name)
        work = machine.home / "digest"
        git(machine.home, "clone", "--quiet", str(self.origin), str(work))
        if self.announced.exists():
            (work / ".broadsheet").mkdir()
            shutil.copy(self.announced, work / ".broadsheet")
        return machine, work

    def keep(self, work: Path) -> None:
        shutil.copy(work / ".broadsheet" / "announced.json", self.announced)

    @property
    def lists(self) -> list[str]:
        paths = git(self.origin, "ls-tree", "-r", "--name-only", "main").decode().split("\n")
        return [Path(path).stem for path in paths if "/fetched/hf-daily/2026" in path]


@pytest.fixture
def pings() -> list[str]:
    return []


@pytest.fixture
def world(tmp_path: Path, pings: list[str]) -> Iterator[World]:
    def play(asked: Asked) -> Played:
        if asked.path == "/hub":
            pings.append(asked.body.decode())
            return Played(b"", 202)
        day = asked.query["date"]
        return as_json(rows(f"2611.000{day[8:]}", day=day))

    post_office = PostOffice()
    with playing(play) as server, opened(post_office) as mail:
        yield World(tmp_path, server.address, post_office, mail)


def test_the_github_workflow_keeps_builds_checks_and_announces(world: World, pings: list[str]) -> None:
    workflow = yaml.safe_load((world.site / ".github" / "workflows" / "digest.yml").read_text())
    steps = workflow["jobs"]["digest"]["steps"]
    assert [step["run"].split("\n")[0] for step in steps if "run" in step and "broadsheet" in step["run"]] == [
        "broadsheet fetch",
        "broadsheet check",
        "broadsheet build",
        "printf '%s\\n' \"$READERS\" > readers.csv",
    ]
    for day, moment in enumerate((SATURDAY, MONDAY)):
        machine, work = world.fresh(f"run-{day}")
        for step in steps:
            if "run" in step:
                machine.run(step["run"], work, {"SOURCE_DATE_EPOCH": moment, **named(step, world.secrets)})
        (uploaded,) = (step["with"]["path"] for step in steps if "upload-pages-artifact" in step.get("uses", ""))
        assert (work / uploaded / "days" / "2026-11-20.html").exists()
        assert git(work, "status", "--porcelain") == b""
        assert machine.installed.read_text() == "-m pip install broadsheet==1.0\n"
        world.keep(work)
    assert "2026-11-23" in world.lists
    assert len(pings) > 1
    assert list(world.post_office.copies.items()) == [("one@example.org", 1)]


def named(step: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a step, with the values that GitHub puts in; what is not set is empty."""
    values = {
        name: re.fullmatch(r"\$\{\{ (?:vars|secrets)\.(\w+) \}\}", text) for name, text in step.get("env", {}).items()
    }
    known = {"BROADSHEET": "broadsheet==1.0", **secrets}
    return {name: known.get(found[1], "") for name, found in values.items() if found}


def test_the_gitlab_jobs_keep_build_check_publish_and_announce(world: World, pings: list[str]) -> None:
    jobs = yaml.safe_load((world.site / ".gitlab-ci.yml").read_text())
    address = "https://digest:token@gitlab.example/me/digest.git"
    place = {"CI_SERVER_HOST": "gitlab.example", "CI_PROJECT_PATH": "me/digest", "CI_COMMIT_BRANCH": "main"}
    for day, moment in enumerate((SATURDAY, MONDAY)):
        artifacts = world.folder / f"artifacts-{day}"
        for job in ("digest", "pages", "announce"):
            machine, work = world.fresh(f"{job}-{day}")
            git(work, "config", "--file", str(machine.home / ".gitconfig"), f"url.{world.origin}.insteadOf", address)
            git(work, "checkout", "--quiet", "--detach")  # as GitLab's runners do
            if artifacts.exists():
                shutil.copytree(artifacts, work, dirs_exist_ok=True)
            readers = machine.home / "READERS"
            readers.write_text("one@example.org\n")
            secrets = {**world.secrets, "READERS": str(readers), "PUSH_TOKEN": "token"}
            machine.run("\n".join(jobs[job]["script"]), work, {"SOURCE_DATE_EPOCH": moment, **place, **secrets})
            for path in jobs[job].get("artifacts", {}).get("paths", ()):
                shutil.copytree(work / path, artifacts / path, dirs_exist_ok=True)
        world.keep(work)
        assert (artifacts / "public" / "days" / "2026-11-20.html").exists()
        assert not (artifacts / "public" / ".broadsheet").exists()
    assert "2026-11-23" in world.lists
    assert len(pings) > 1
    assert list(world.post_office.copies.items()) == [("one@example.org", 1)]


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found).strip()


def test_the_cron_line_fetches_checks_builds_publishes_and_announces(world: World, pings: list[str]) -> None:
    fields = block("cron").split(" ", 5)
    assert all(re.fullmatch(r"[\d*]+", field) for field in fields[:5])
    assert "%" not in fields[5]  # cron takes it for the end of the line
    machine, work = world.fresh("own")
    (work / "readers.csv").write_text(world.secrets["READERS"])
    for moment in (SATURDAY, MONDAY):
        told = machine.run(fields[5], machine.home, {"SOURCE_DATE_EPOCH": moment, **world.secrets}, "/bin/sh -c")
    assert "mail: “Papers of 23 November 2026”: 1 sent" in told
    assert (world.folder / "public" / "days" / "2026-11-23.html").exists()
    assert len(pings) > 1
    assert list(world.post_office.copies.items()) == [("one@example.org", 1)]


@pytest.mark.parametrize("host", ["Netlify", "Cloudflare"])
def test_the_build_command_of_a_host_leaves_the_site_alone_in_its_folder(world: World, host: str) -> None:
    netlify = tomllib.loads(block("toml"))["build"]
    command = netlify["command"] if host == "Netlify" else block("sh")
    machine, work = world.fresh(host)
    machine.run(command, work, {"SOURCE_DATE_EPOCH": SATURDAY})
    assert machine.installed.read_text() == "-m pip install broadsheet==1.0\n"
    site = work / netlify["publish"]
    assert (site / "index.html").exists()
    assert [path.name for path in site.iterdir() if path.name.startswith(".")] == [".nojekyll"]
