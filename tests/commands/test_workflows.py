"""The files and lines that let a digest live by itself do what they say, each step in its order."""

import os
import re
import shutil
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
import yaml

from site_builder.commands.publish.drafts import KEY_VARIABLE as SERVICE_KEY
from site_builder.commands.send.ledger import KEY_VARIABLE, open_ledger
from site_builder.commands.send.readers import TOKEN_VARIABLE
from site_builder.commands.send.smtp import ADDRESS_VARIABLE, PASSWORD_VARIABLE, USER_VARIABLE
from tests.commands.fetch_site import as_json, rows
from tests.commands.machine import MONDAY, SATURDAY, starting
from tests.commands.places import git
from tests.commands.playback_server import Asked, Played, playing
from tests.commands.post_office import PostOffice, opened
from tests.commands.world import World

SOME = [f"reader{number}@example.org" for number in range(100)]
PAGE = (Path(__file__).resolve().parents[2] / "content" / "pages" / "publishing.md").read_text(encoding="utf-8")


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
    with playing(play) as server, opened(post_office) as mail, starting() as starter:
        yield World(tmp_path, starter, server.address, post_office, mail)


def test_the_github_workflow_keeps_builds_checks_and_announces(world: World, pings: list[str]) -> None:
    steps = world.steps
    told = next(step["env"] for step in steps if step.get("name") == "Tell hub and readers")
    used = {SERVICE_KEY, TOKEN_VARIABLE, KEY_VARIABLE, ADDRESS_VARIABLE, USER_VARIABLE, PASSWORD_VARIABLE, "READERS"}
    assert told == {name: f"${{{{ secrets.{name} }}}}" for name in used}
    assert steps[0]["with"] == {"ref": "${{ github.ref_name }}"}
    assert [step["run"].split("\n")[0] for step in steps if "run" in step and "broadsheet" in step["run"]] == [
        'python -m pip install "$BROADSHEET"',
        "broadsheet fetch",
        "broadsheet check",
        "broadsheet build",
        'broadsheet announce --close || echo "The next step says it again, and mails what could be settled."',
        "printf '%s\\n' \"$READERS\" > readers.csv",
    ]
    for day, moment in enumerate((SATURDAY, MONDAY)):
        machine, work = world.run_on_github(f"run-{day}", moment)
        (uploaded,) = (step["with"]["path"] for step in steps if "upload-pages-artifact" in step.get("uses", ""))
        assert (work / uploaded / "days" / "2026-11-20.html").exists()
        assert git(work, "status", "--porcelain") == b""
        installed = ["-m pip install broadsheet==1.0", "-m pip install broadsheet[cards,similar]"]
        assert machine.installed.read_text().splitlines() == installed
    assert "2026-11-23" in world.lists
    assert len(pings) > 1
    assert list(world.post_office.copies.items()) == [("one@example.org", 2)]


def test_a_run_by_hand_mails_nobody_unless_somebody_says_so(world: World, pings: list[str]) -> None:
    world.run_on_github("by-hand", SATURDAY, event="workflow_dispatch")
    assert (world.post_office.mails, pings) == ([], [])
    world.run_on_github("told-to", SATURDAY, event="workflow_dispatch", mail="true")
    assert len(world.post_office.mails) == 1


def test_a_run_of_github_that_is_attempted_again_keeps_who_has_the_mail_by_then(world: World, pings: list[str]) -> None:
    readers = ["ada@example.org", "bo@example.org", "cy@example.org"]
    world.secrets["READERS"] = "\n".join(readers)
    settings = world.site / "content" / "site.yaml"
    settings.write_text(f"{settings.read_text()}mailing: {{try_again_after: []}}\n")
    git(world.site, "commit", "--quiet", "--all", "--message", "Try nobody again")
    git(world.site, "push", "--quiet", str(world.origin), "HEAD:main")
    for name, attempt, taken in (("one", 1, 1), ("one", 2, 2), ("two", 1, 3)):
        world.post_office.on_rcpt = lambda to, taken=taken: (
            "250 OK" if to in readers[:taken] else "451 4.7.1 come again"
        )
        world.run_on_github(name, SATURDAY, attempt=attempt, may_fail=True)
    assert world.post_office.copies == dict.fromkeys(readers, 1)


class GitLab:
    """Runs jobs of pipelines; each pipeline has artifacts of its own, and all of them what the cache keeps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.commits: dict[str, str] = {}  # what each pipeline is about
        self.jobs = yaml.safe_load((world.site / ".gitlab-ci.yml").read_text())

    def artifacts(self, pipeline: str) -> Path:
        return self.world.folder / f"artifacts-{pipeline}"

    def run(self, job: str, pipeline: str, moment: str, code: int = 0) -> str:
        """Run a job, which must end with a code, and return what it says."""
        address = "https://digest:token@gitlab.example/me/digest.git"
        place = {"CI_SERVER_HOST": "gitlab.example", "CI_PROJECT_PATH": "me/digest", "CI_COMMIT_BRANCH": "main"}
        world, artifacts = self.world, self.artifacts(pipeline)
        machine, work = world.fresh(f"{job}-{pipeline}")
        git(work, "config", "--file", str(machine.home / ".gitconfig"), f"url.{world.origin}.insteadOf", address)
        commit = self.commits.setdefault(pipeline, git(work, "rev-parse", "HEAD").decode().strip())
        git(work, "checkout", "--quiet", "--detach", commit)  # as GitLab's runners do
        if artifacts.exists():
            shutil.copytree(artifacts, work, dirs_exist_ok=True)
        readers = machine.home / "READERS"
        readers.write_text("one@example.org\n")
        secrets = {**world.secrets, "READERS": str(readers), "PUSH_TOKEN": "token"}
        if job == "announce" and world.kept.exists():
            shutil.copytree(world.kept, work / ".broadsheet" / "kept", dirs_exist_ok=True)
        environment = {"SOURCE_DATE_EPOCH": moment, **place, **secrets}
        done = machine.tried("\n".join(self.jobs[job]["script"]), work, environment)
        assert done.returncode == code, done.stdout + done.stderr
        machine.run("\n".join(self.jobs[job].get("after_script", [])), work, environment)
        for path in self.jobs[job].get("artifacts", {}).get("paths", ()):
            shutil.copytree(work / path, artifacts / path, dirs_exist_ok=True)
        if job == "announce":
            shutil.rmtree(world.kept, ignore_errors=True)
            shutil.copytree(work / ".broadsheet" / "kept", world.kept)
        return done.stdout


def test_the_gitlab_jobs_keep_build_check_publish_and_announce(world: World, pings: list[str]) -> None:
    gitlab = GitLab(world)
    for pipeline, moment in (("0", SATURDAY), ("1", MONDAY)):
        for job in ("digest", "pages", "announce"):
            gitlab.run(job, pipeline, moment)
        assert (gitlab.artifacts(pipeline) / "public" / "days" / "2026-11-20.html").exists()
        assert not (gitlab.artifacts(pipeline) / "public" / ".broadsheet").exists()
    assert "2026-11-23" in world.lists
    assert len(pings) > 1
    assert list(world.post_office.copies.items()) == [("one@example.org", 2)]


def test_a_pipeline_of_gitlab_that_another_one_has_overtaken_mails_nothing_twice(
    world: World, pings: list[str]
) -> None:
    gitlab = GitLab(world)
    gitlab.run("digest", "slow", SATURDAY)
    for job in ("digest", "announce"):
        gitlab.run(job, "quick", MONDAY)
    assert len(world.post_office.mails) == 1
    told = gitlab.run("announce", "slow", SATURDAY, code=1)
    assert "run broadsheet build again" in told
    assert len(world.post_office.mails) == 1
    for job in ("digest", "announce"):
        gitlab.run(job, "next", MONDAY)
    assert len(world.post_office.mails) == 1


def killed_sending(folder: Path) -> None:
    """Leave what a sending leaves that was killed after some mails."""
    process = get_context("spawn").Process(target=_send_and_die, args=(folder / ".broadsheet" / "sent.sqlite",))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def _send_and_die(file: Path) -> None:
    with open_ledger(file, "2026-11-20", {}) as ledger:
        for reader in SOME:
            ledger.claim(reader, datetime(2026, 11, 20, 12, tzinfo=UTC))
            ledger.close(reader, "sent", "250 OK")
        os.kill(os.getpid(), signal.SIGKILL)


def who_has_it(folder: Path) -> set[str]:
    with open_ledger(folder / ".broadsheet" / "sent.sqlite", "2026-11-20", {}) as ledger:
        return {*ledger.states(SOME)}


def test_what_github_keeps_of_a_sending_that_was_killed_is_all_that_was_sent(world: World, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    killed_sending(one)
    steps = [step for step in world.steps if "sent.sqlite" in step.get("with", {}).get("path", "")]
    (restore,) = (step for step in steps if "restore" in step["uses"])
    (keep,) = (step for step in steps if "save" in step["uses"])
    world.cache(keep, one)
    world.cache(restore, other)
    assert who_has_it(other) == {*SOME}


def test_what_gitlab_keeps_of_a_sending_that_was_killed_is_all_that_was_sent(world: World, tmp_path: Path) -> None:
    job = yaml.safe_load((world.site / ".gitlab-ci.yml").read_text())["announce"]
    keep, restore = (
        "\n".join(line for line in job[part] if ".broadsheet/kept" in line) for part in ("after_script", "script")
    )
    one, other = tmp_path / "one", tmp_path / "other"
    killed_sending(one)
    run = partial(subprocess.run, check=True, env={**os.environ, "BROADSHEET_LEDGER_KEY": "any"})
    for _ in range(2):  # the second time after a run that has ended in order
        run(["bash", "-e", "-c", restore], cwd=one)
        run(["bash", "-e", "-c", keep], cwd=one)
        shutil.copytree(one / ".broadsheet" / "kept", other / ".broadsheet" / "kept")
        run(["bash", "-e", "-c", restore], cwd=other)
        assert who_has_it(other) == {*SOME}
        shutil.rmtree(other)
        assert who_has_it(one) == {*SOME}
    (one / ".broadsheet" / "kept").rename(tmp_path / "kept")
    shutil.rmtree(one)
    (one / ".broadsheet").mkdir(parents=True)
    (tmp_path / "kept").rename(one / ".broadsheet" / "kept")
    run(["bash", "-e", "-c", keep], cwd=one)  # after a job that failed before it took up what was kept
    assert (one / ".broadsheet" / "kept" / "sent.sqlite").exists()


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
    assert "mail: “Papers of 22 November 2026 to 23 November 2026”: 1 sent" in told
    assert (world.folder / "public" / "days" / "2026-11-23.html").exists()
    assert len(pings) > 1
    assert list(world.post_office.copies.items()) == [("one@example.org", 2)]


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
