"""The commands: they print the report and decide the exit code."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder import __version__

if TYPE_CHECKING:
    from site_builder.build import Build, Tick

SLOW = 1.0  # seconds of work after which a terminal is shown how far it is

content_option = click.option(
    "--content", type=click.Path(path_type=Path), default=Path("content"), help="Folder of the paper lists.", metavar="DIR"
)
output_option = click.option(
    "--output", type=click.Path(path_type=Path), default=Path("output"), help="Folder of the site.", metavar="DIR"
)
base_url_option = click.option("--base-url", default="", help="Address of the site, in place of that in site.yaml.", metavar="URL")
strict_option = click.option("--strict", is_flag=True, help="Exit with 1 when there are problems.")


class Commands(click.Group):
    """The group of commands; an error that stops a build is shown as its message, with its exit code."""

    def invoke(self, ctx: click.Context) -> object:
        from site_builder.problems import BuildError

        try:
            return super().invoke(ctx)
        except BuildError as error:
            click.secho(printable(str(error)), fg="red", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
def main() -> None:
    """Turn paper lists into a website, feeds and mail."""


@main.command()
@content_option
@output_option
@base_url_option
@strict_option
def build(content: Path, output: Path, base_url: str, strict: bool) -> None:
    """Build the site of a content folder."""
    _run(content, output, base_url, strict, is_dry=False)


@main.command()
@content_option
@output_option
@base_url_option
@strict_option
def check(content: Path, output: Path, base_url: str, strict: bool) -> None:
    """Do everything that a build does but write."""
    _run(content, output, base_url, strict, is_dry=True)


def _run(content: Path, output: Path, base_url: str, strict: bool, *, is_dry: bool) -> None:
    from site_builder.build import build as build_site

    started = time.monotonic()
    with Progress() as progress:
        result = build_site(content, output, _now(), base_url=base_url, is_dry=is_dry, tick=progress.tick)
    for problem in result.problems:
        click.echo(printable(str(problem)), err=True)
    for path in result.written.foreign if result.written else ():
        click.echo(printable(f"{output}/{path}: not written by Broadsheet; kept"), err=True)
    click.echo(report_line(result, time.monotonic() - started))
    if strict and len(result.problems):
        sys.exit(1)


def report_line(result: "Build", seconds: float) -> str:
    """Return the one line that ends a build: what was read, what became of it, and what was written."""
    papers, written = result.papers, result.written
    parts = [
        _count(len(result.sources.files), "file") + " read",
        _count(papers.records, "record"),
        _count(len(papers.papers), "paper"),
        f"{papers.merged} merged",
        f"{result.undated} undated",
        _count(len(result.problems), "problem"),
        _count(result.pages, "page"),
    ]
    if written:
        parts += [f"{written.written} written", f"{written.unchanged} unchanged", f"{written.removed} removed"]
    else:
        parts += ["nothing written"]
    return ", ".join([*parts, f"{seconds:.1f} s"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    """Return a text that cannot steer the terminal: control and direction characters are shown as escapes."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def _now() -> datetime:
    """Return the present moment, or the one that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


class Progress:
    """A progress bar on a terminal for work that takes longer than a second; silent anywhere else."""

    def __init__(self) -> None:
        self._bar: object | None = None
        self._started = time.monotonic()
        self._is_shown = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def tick(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` parts of a step are finished."""
        if not self._is_shown or done % 16 or time.monotonic() - self._started < SLOW:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(step, total=total)
        self._bar.update(self._task, description=step, completed=done, total=total)


if TYPE_CHECKING:
    _: Tick = Progress().tick
