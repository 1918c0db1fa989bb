"""What a terminal, a log and the report of a build show of hostile text, and of files with hostile names."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from site_builder.problems import Problem
from site_builder.terminal import printable
from tests.conftest import Site
from tests.hostile.payloads import SHAPES, corpora

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = (
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07",
    "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\x1b]52;c;Zm9yZ2Vk\x07",
    "\x1bP$q\x1b\\",
    "\x9b31m\x90x\x9c",
    "\r\x1b[1A\x1b[2K",
    "\x08\x08\x7f\x0c\x0e\x0f",
    "\u202eevil\u2066\u2069\u200e",
    "\u2028\u2029\x85",
    "\ud800",
)


@pytest.mark.parametrize("text", ESCAPES)
def test_no_escape_reaches_a_terminal(text: str) -> None:
    assert printable(text).isprintable()
    assert printable(f"a{text}b").startswith("a")


def test_no_string_of_the_corpora_reaches_a_terminal() -> None:
    assert all(printable(text).replace("\n", "").isprintable() for text in (*SHAPES, *corpora()))


def test_a_problem_is_one_line_whatever_it_quotes() -> None:
    problem = Problem("papers/a.yaml", 1, 'unknown key "x\npapers/b.yaml:1: forged"', "mend\nit")
    assert "\n" not in str(problem)


def test_the_command_prints_no_escape_and_writes_a_report_that_is_json(tmp_path: Path) -> None:
    papers = [
        {"title": "T", "authors": ["A B"], f"key{text}": text, "upvotes": text, "links": {"page": text}}
        for text in (*ESCAPES, *SHAPES)
    ]
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.json").write_bytes(orjson_with_surrogates({"papers": papers}))
    (tmp_path / "content" / "b.yaml").write_text('- title: T\n  "k\\e[2J\\nforged: x": y\n')
    arguments = ["check", "--content", "content", "--report", "report.json"]
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    shown = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, shown
    assert len(shown.splitlines()) > 50
    assert all(line.isprintable() for line in shown.split("\n"))
    assert not any(line.startswith(("forged", "papers/b.yaml")) for line in shown.split("\n"))
    report = orjson.loads((tmp_path / "report.json").read_bytes())
    assert len(report["problems"]) > 50


def orjson_with_surrogates(value: object) -> bytes:
    import json

    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "name",
    [
        b"\xff\xfe.yaml",
        b"a\nb.yaml",
        b"a\x1b[2Jb.yaml",
        "a\u202elmay.yaml".encode(),
        b"a\x7f.yaml",
        "a\u2028b.yaml".encode(),
        "a\x85b.yaml".encode(),
    ],
)
def test_a_file_whose_name_no_text_may_hold_is_told_and_the_rest_is_built(
    name: bytes, build_site: Callable[..., Site], tmp_path: Path
) -> None:
    folder = os.fsencode(tmp_path / "content")
    Path(tmp_path / "content").mkdir()
    Path(os.fsdecode(os.path.join(folder, name))).write_text("- title: Hidden\n")  # noqa: PTH118 - bytes
    site = build_site("-- good.yaml --\n- title: Good\n")
    assert set(site.papers) == {"good"}
    (problem,) = [printable(problem) for problem in site.problems if "rename it" in problem]
    assert problem.isprintable()


def test_a_file_with_a_strange_but_lawful_name_is_read(build_site: Callable[..., Site]) -> None:
    site = build_site("-- papers/<img src=x onerror=__hit=1> 'ü\u3000\u05d0\" & \\.yaml --\n- title: Good\n")
    assert set(site.papers) == {"good"}
    assert "<img src=x" not in site.text("papers/good.html")
