"""Fixtures that build small sites from inline text."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, settings

from site_builder.build import Build, build
from tests.compiled import compile_once

IS_TORTURE = bool(os.environ.get("BROADSHEET_TORTURE"))  # `make torture`: the long form of many tests
IS_AUDIT = bool(os.environ.get("BROADSHEET_AUDIT"))  # `make audit`: the long form of page tests

settings.register_profile(
    "default",
    max_examples=400 if IS_TORTURE else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
settings.load_profile("default")

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(__file__).resolve().parents[2] / "shared"

TEMPORARY_ROOT = "PYTEST_DEBUG_TEMPROOT"  # pytest's own variable for the parent of its temporary folders
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a private folder in it
ENOUGH = 4 << 30  # bytes free

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real inputs are not on this machine")


@dataclass(frozen=True)
class Site:
    """A built site: the result of the build, and accessors for its output."""

    result: Build
    content: Path
    output: Path

    def text(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")

    def json(self, path: str) -> Any:
        return orjson.loads((self.output / path).read_bytes())

    @property
    def problems(self) -> list[str]:
        return [str(problem) for problem in self.result.problems]

    @property
    def papers(self) -> dict[str, dict[str, Any]]:
        return {paper["id"]: paper for part in self.api_parts for paper in part["papers"]}

    @property
    def api_parts(self) -> list[dict[str, Any]]:
        paths = (part["url"].partition("/api/")[2] for part in self.json("api/papers.json")["parts"])
        return [self.json(f"api/{path}") for path in paths]

    @property
    def paths(self) -> set[str]:
        files = (file for file in self.output.rglob("*") if file.is_file() and ".broadsheet" not in file.parts)
        return {file.relative_to(self.output).as_posix() for file in files}


def write_content(folder: Path, text: str) -> None:
    """Write the files in a text, in which each begins with a line `-- path --`."""
    parts = re.split(r"^-- (.+) --\n", text, flags=re.MULTILINE)
    for path, content in zip(parts[1::2], parts[2::2], strict=True):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


@pytest.fixture(scope="session")
def sample_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the content of the sample site, as builds write their record of what was published into it."""
    return Path(shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("sample") / "content"))


@pytest.fixture
def build_site(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that builds a site from a text of files (see `write_content`) or a copy of a folder."""

    def build_it(files: str | Path, now: datetime = NOW, **options: Any) -> Site:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        if isinstance(files, str):
            write_content(content, files)
        elif files != content:
            shutil.copytree(files, content, dirs_exist_ok=True)
        result = build(content, tmp_path / "output", now, **options)
        return Site(result, content, tmp_path / "output")

    return build_it


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the program's state out of the home directory of the user who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        compile_once(patch.setattr)
        yield


def pytest_configure() -> None:
    """Put temporary folders into memory if it has enough space: half of the tests' waiting time is the disk."""
    if not os.environ.get(TEMPORARY_ROOT) and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ[TEMPORARY_ROOT] = str(MEMORY)


def pytest_xdist_auto_num_workers() -> int:
    """Return twice the number of processors, as tests spend a third of their time waiting."""
    return (os.cpu_count() or 1) * 2


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-broken", action="store_true", help="write tests/broken/*/problems.txt anew")
