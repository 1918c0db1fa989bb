"""The commands: they print the report and decide the exit code."""

from __future__ import annotations

import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder import __version__
from site_builder.clock import now as _now
from site_builder.collection import collect_rarely
from site_builder.options import build_output_option, content_option
from site_builder.outside.commands import COMMANDS
from site_builder.stopwatch import Stopwatch
from site_builder.terminal import Progress, printable, show_markdown

if TYPE_CHECKING:  # --help loads none of these
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from site_builder.build import Build
    from site_builder.cache import Cache
    from site_builder.last_build import LastBuild, Told

base_url_option = click.option(
    "--base-url", default="", help="Address of the site, in place of that in site.yaml.", metavar="URL"
)
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
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(128 + signal.SIGINT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
def main() -> None:
    """Turn paper lists into a website, feeds and mail."""


jobs_option = click.option(
    "--jobs", type=click.IntRange(0), default=0, help="Processes that render; 0 takes as many as pay.", metavar="N"
)
drafts_option = click.option(
    "--drafts", "is_draft", is_flag=True, help="Show what is held and days to come, too, marked so; never published."
)
profile_option = click.option("--profile", "is_profiled", is_flag=True, help="Tell where the time went, step by step.")
report_option = click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Write the account of every list to this file.",
    metavar="FILE.json",
)
cluster_option = click.option(
    "--cluster",
    default="",
    help="Let the workers of this Dask scheduler build into a bucket.",
    metavar="TCP://HOST:PORT",
)
BUILD_OPTIONS = (
    content_option,
    build_output_option,
    base_url_option,
    strict_option,
    report_option,
    drafts_option,
    jobs_option,
    profile_option,
)


def _build_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a build."""
    for option in reversed(BUILD_OPTIONS):
        command = option(command)
    return command


@main.command()
@_build_options
@cluster_option
def build(cluster: str, **options: Any) -> None:
    """Build the site of a content folder."""
    if cluster:
        _run_on_cluster(cluster, **options)
    else:
        _run(**options, is_dry=False)


@main.command()
@_build_options
def check(**options: Any) -> None:
    """Do everything that a build does but write."""
    _run(**options, is_dry=True)


def _run_on_cluster(
    cluster: str,
    *,
    content: Path,
    output: Path | str,
    base_url: str,
    strict: bool,
    report: Path | None,
    jobs: int,
    is_profiled: bool,
    is_draft: bool,
) -> None:
    if isinstance(output, Path):
        raise click.UsageError("a cluster builds into a bucket: name it with --output s3://bucket/prefix")
    if is_draft:
        raise click.UsageError("drafts are for your eyes: build them here, without --cluster")
    if jobs:
        raise click.UsageError("with --cluster as many processes work as the cluster has: leave out --jobs")
    collect_rarely()
    import os

    from site_builder.cache import open_cache
    from site_builder.outside.cluster import build_on_cluster

    watch, started = Stopwatch(), time.monotonic()
    make = partial(build_on_cluster, content, output, cluster, os.environ, _now(), base_url=base_url, is_strict=strict)
    result = _watched(make, open_cache(content), report, watch)
    _tell(_told(result), result.counts, output, watch.lines() if is_profiled else (), started, is_strict=strict)


def _run(
    *,
    content: Path,
    output: Path | str,
    base_url: str,
    strict: bool,
    report: Path | None,
    jobs: int,
    is_profiled: bool,
    is_dry: bool,
    is_draft: bool,
) -> None:
    if isinstance(output, str):
        remedy = "name a scheduler with --cluster, or build into a folder and run broadsheet publish"
        raise click.UsageError(f"{output} is a bucket: {remedy}")
    collect_rarely()
    from site_builder.last_build import LastBuild

    watch = Stopwatch()
    started, now = time.monotonic(), _now()
    last = LastBuild(content, output, base_url, is_draft=is_draft)
    told = None if is_dry else last.told(now)
    if report:
        told = None
    counts = (0, told.files, 0) if told else None
    watch.lap("look for changes")
    if told is None:
        told, counts = _build_anew(
            content,
            output,
            now,
            base_url,
            report,
            jobs,
            watch,
            last,
            is_dry=is_dry,
            is_strict=strict,
            is_draft=is_draft,
        )
    _tell(told, counts, output, watch.lines() if is_profiled else (), started, is_strict=strict)


def _build_anew(
    content: Path,
    output: Path,
    now: datetime,
    base_url: str,
    report: Path | None,
    jobs: int,
    watch: Stopwatch,
    last: LastBuild,
    *,
    is_dry: bool,
    is_strict: bool,
    is_draft: bool,
) -> tuple[Told, tuple[int, int, int] | None]:
    """Build and return what is to be told, with the files written, unchanged and removed."""
    from site_builder.build import build as build_site
    from site_builder.cache import NoCache, open_cache
    from site_builder.write.interrupts import answer_requests, end_in_order

    answer_requests(end_in_order)
    make = partial(
        build_site,
        content,
        output,
        now,
        base_url=base_url,
        is_dry=is_dry,
        is_strict=is_strict,
        is_draft=is_draft,
        jobs=jobs,
    )
    result = _watched(make, NoCache() if is_dry else open_cache(content), report, watch)
    drafts = [f"{output} shows drafts: it is for your eyes, and is not published"] if is_draft else []
    told = _told(result, drafts)
    if result.written:
        last.remember(now, result.next_change, told)
    return told, result.counts


def _watched(make: Callable[..., Build], cache: Cache, report: Path | None, watch: Stopwatch) -> Build:
    """Build, show how far it is, and write the account of every list; make: takes the cache and whom to tell."""
    from site_builder.report import begin_account, write_account

    if report:
        begin_account(report)
    watch.lap("start")
    with Progress() as progress:
        result = make(
            cache=cache,
            on_progress=progress.tick,
            on_step=watch.lap,
            warn=lambda problem: click.echo(printable(str(problem)), err=True),
        )
    cache.close()
    click.get_current_context().obj = result  # held to the end: to free it piece by piece would take long
    if report:
        write_account(result, report)
    return result


def _told(result: Build, more_warnings: Sequence[str] = ()) -> Told:
    """Return what is to be told of a build."""
    from site_builder.last_build import Told
    from site_builder.report import problem_lines, summary

    # What would be gone was told before anything was written, and the next build does not tell it again.
    problems = problem_lines(problem for problem in result.problems if problem != result.vanishing)
    foreign = result.written.foreign if result.written else ()
    warnings = [*result.warnings, *more_warnings]
    return Told(problems, foreign, warnings, summary(result), sum((result.counts or ())[:2]))


def _tell(
    told: Told,
    counts: tuple[int, int, int] | None,
    output: Path | str,
    profile: Iterable[str],
    started: float,
    *,
    is_strict: bool,
) -> None:
    """Tell what a build found; with problems and is_strict, exit with 1."""
    from site_builder.report import report_line

    for line in told.problems:
        click.echo(line, err=True)
    for path in told.foreign:
        click.echo(printable(f"{output}/{path}: not written by Broadsheet; kept"), err=True)
    for line in profile:
        click.echo(line)
    for line in told.warnings:
        click.echo(printable(line))
    click.echo(report_line(told.summary, counts, time.monotonic() - started))
    if is_strict and told.problems:
        sys.exit(1)


@main.command()
def formats() -> None:
    """List the formats that can be read, with an example of each."""
    from site_builder.sources import READERS

    for reader in READERS:
        click.secho(f"{reader.name}", bold=True)
        click.echo(f"  {reader.about}")
        click.echo("".join(f"    | {line}\n" for line in reader.example.split("\n")))


@main.command("help")
@click.argument("topic", default="", metavar="[TOPIC]")
def help_(topic: str) -> None:
    """Show a page of the documentation, or which there are."""
    from site_builder.manual import find_topic, topics

    if topic:
        show_markdown(find_topic(topic).text)
        return
    for page in topics().values():
        click.echo(f"{page.name:16}{page.description}")
    click.echo("\nbroadsheet help TOPIC shows one of them; broadsheet COMMAND --help the options of a command.")


for command in COMMANDS:
    main.add_command(command)
