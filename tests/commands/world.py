"""A new site in a repository, and the world that its workflow files run in: all of it on loopback."""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from site_builder.commands.new_site import new_site
from tests.commands.machine import Machine, begin_repository
from tests.commands.places import git
from tests.commands.post_office import PostOffice


class World:
    """A new site in a repository; a source of lists, a hub and a mail server on loopback."""

    def __init__(
        self,
        folder: Path,
        starter: Path,
        address: str,
        post_office: PostOffice,
        mail: str,
        begun: date = date(2026, 11, 21),
    ) -> None:
        """starter: the socket of whoever begins the program."""
        self.folder = folder
        self.starter = starter
        self.origin = folder / "origin.git"
        self.post_office = post_office
        self.site = folder / "digest"
        self.told: list[str] = []  # what each step has said
        self.kept = folder / "kept"  # what a service keeps from one run to the next
        self.caches: list[str] = []  # of GitHub: their keys in the order in which they were kept
        key = {"BROADSHEET_LEDGER_KEY": "a key that only the tests know"}
        self.secrets = {"READERS": "one@example.org", "BROADSHEET_SMTP_URL": f"smtp://{mail}", **key}
        new_site(self.site, begun)
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
        machine = Machine(self.folder / name, self.starter)
        work = machine.home / "digest"
        git(machine.home, "clone", "--quiet", str(self.origin), str(work))
        return machine, work

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps of the workflow for GitHub."""
        workflow = yaml.safe_load((self.site / ".github" / "workflows" / "digest.yml").read_text())
        steps: list[dict[str, Any]] = workflow["jobs"]["digest"]["steps"]
        return steps

    def run_on_github(
        self,
        name: str,
        moment: str,
        event: str = "schedule",
        mail: str = "false",
        *,
        attempt: int = 1,
        may_fail: bool = False,
        on: tuple[Machine, Path] | None = None,
    ) -> tuple[Machine, Path]:
        """Run every step in its order on a new machine, as GitHub does; return the machine and its clone.

        name: of the run, which may be attempted again. may_fail: whether a step may end with an error, after which only
        those run that always do. on: the machine and its clone, where they are there already.
        """
        machine, work = on or self.fresh(f"{name}-{attempt}")
        tells = "true" if event != "workflow_dispatch" else mail
        has_failed = False
        for step in self.steps:
            condition = step.get("if", "")
            if (has_failed and "always()" not in condition) or not _holds(condition, tells, work):
                continue
            if "actions/cache" in step.get("uses", ""):
                self.cache(step, work, name, attempt)
            elif "run" in step:
                environment = {"SOURCE_DATE_EPOCH": moment, **named(step, self.secrets)}
                done = machine.tried(step["run"], work, environment)
                self.told.append(done.stdout + done.stderr)
                if done.returncode and not step.get("continue-on-error"):
                    assert may_fail, step["run"] + self.told[-1]
                    has_failed = True
        return machine, work

    def cache(self, step: Mapping[str, Any], work: Path, run: str = "any", attempt: int = 1) -> None:
        """Bring files back from the newest cache whose key begins as the step says, or keep them under a new key."""
        path = Path(step["with"]["path"])
        key = (
            step["with"]["key"].replace("${{ github.run_id }}", run).replace("${{ github.run_attempt }}", str(attempt))
        )
        if "restore" in step["uses"]:
            begins = (key, step["with"]["restore-keys"])
            known = [found for begin in begins for found in reversed(self.caches) if found.startswith(begin)]
            one, other = self.kept / next(iter(known), "none"), work / path.parent
        elif key in self.caches:
            return  # what is kept once is never kept anew
        else:
            self.caches.append(key)
            one, other = work / path.parent, self.kept / key
        other.mkdir(parents=True, exist_ok=True)
        for file in one.glob(path.name):
            shutil.copy(file, other)

    @property
    def lists(self) -> list[str]:
        paths = git(self.origin, "ls-tree", "-r", "--name-only", "main").decode().split("\n")
        return [Path(path).stem for path in paths if "/fetched/hf-daily/2026" in path]


def _holds(condition: str, tells: str, work: Path) -> bool:
    """Tell whether the condition of a step holds; its terms are those that the workflow has."""
    for term in filter(None, condition.split(" && ")):
        if term == "env.TELLS == 'true'":
            holds = tells == "true"
        elif found := re.fullmatch(r"hashFiles\('([^']+)'\) != ''", term):
            holds = (work / found[1]).exists()
        else:
            assert term in ("always()", "env.LEDGER_KEY != ''"), term
            holds = True
        if not holds:
            return False
    return True


def named(step: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a step, with the values that GitHub puts in; what is not set is empty."""
    values = {
        name: re.fullmatch(r"\$\{\{ (?:vars|secrets)\.(\w+) \}\}", text) for name, text in step.get("env", {}).items()
    }
    known = {"BROADSHEET": "broadsheet==1.0", **secrets}
    return {name: known.get(found[1], "") for name, found in values.items() if found}
