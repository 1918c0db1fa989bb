"""The times of a build's steps."""

import re

from click.testing import CliRunner

from site_builder import stopwatch
from site_builder.cli import main
from tests.conftest import write_content


def test_times_of_a_step_that_takes_turns_are_added_up(monkeypatch):
    moments = iter([0.0, 1.0, 3.0, 4.0])
    monkeypatch.setattr(stopwatch.time, "perf_counter", lambda: next(moments))
    watch = stopwatch.Stopwatch()
    for step in ("render", "write", "render"):
        watch.lap(step)
    assert list(watch.lines()) == ["    2.00 s  50.0%  render", "    2.00 s  50.0%  write"]


def test_a_profiled_build_tells_the_time_of_every_step_in_the_order_of_the_line(tmp_path):
    write_content(tmp_path / "content", "-- papers/2026-05-27.yaml --\n- {title: A Paper}\n")
    options = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
    told = CliRunner().invoke(main, ["build", *options, "--profile"], catch_exceptions=False).output
    steps = re.findall(r"^ +\d+\.\d\d s +\d+\.\d%  (.+)$", told, re.MULTILINE)
    assert steps == [
        "look for changes",
        "start",
        "read ahead",
        "sources",
        "papers",
        "catalogue",
        "pages",
        "links",
        "render",
        "write",
    ]
