"""A site in two versions, and the command that publishes it."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from site_builder.build import build
from site_builder.cli import main
from tests.conftest import NOW, write_content
from tests.torture.whole import Tree, tree_of

BASE_URL = "https://digest.example.org/papers"
SETTINGS = (
    f"-- site.yaml --\ntitle: Morning papers\nbase_url: {BASE_URL}\nsearch: false\nauthor: {{email: ed@example.org}}\n"
    "exports: [bib, ris, csl, md]\n"
)
OLD = """
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27, tags: [weather], abstract: Clouds are counted.}
- {title: Dense Rain, listed: 2026-05-27, tags: [weather, water]}
- {title: Late Frost, listed: 2026-05-26, organization: Institute of Ice}
"""
NEW = """
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27, tags: [weather], abstract: Clouds are counted twice.}
- {title: Dense Rain, listed: 2026-05-27, tags: [weather, water]}
- {title: Early Thaw, listed: 2026-05-28, tags: [water]}
"""


@dataclass
class Desk:
    """A site on disk and the environment it is published from."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def site(self) -> Tree:
        return tree_of(self.output)

    def become(self, version: Path) -> None:
        """Take over the content and the site of a version that has been built."""
        for name in ("content", "output"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            shutil.copytree(version / name, self.folder / name)

    def run(self, *words: str, **environment: str) -> Result:
        folders = ("--content", str(self.folder / "content"), "--output", str(self.output))
        return CliRunner(env={**self.environment, **environment}).invoke(main, [*words, *folders])

    def build(self, **environment: str) -> None:
        result = self.run("build", **environment)
        assert result.exit_code == 0, result.output

    def publish(self, place: Any, *words: str) -> str:
        """Publish to a place, which must succeed, and return what is told last."""
        result = self.run("publish", place.target, *words, **place.environment)
        assert result.exit_code == 0, result.output
        return result.output.strip().split("\n")[-1]

    def refused(self, place: Any, **environment: str) -> str:
        """Publish to a place, which must end with code 2 and one line, and return the line."""
        result = self.run("publish", place.target, **{**place.environment, **environment})
        assert result.exit_code == 2, result.output
        (line,) = result.output.strip().split("\n")
        return line


def built(folder: Path, files: str, settings: str = SETTINGS) -> Path:
    """Build a version of the site in a folder."""
    write_content(folder / "content", settings + files)
    build(folder / "content", folder / "output", NOW)
    return folder


def changes_between(old: Tree, new: Tree) -> tuple[int, int, int]:
    """Return how many files are new, differ and are gone."""
    same = old.keys() & new.keys()
    return len(new.keys() - old.keys()), sum(old[path] != new[path] for path in same), len(old.keys() - new.keys())
