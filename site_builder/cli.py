"""The commands: they print the report and decide the exit code."""

from __future__ import annotations

import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from site_builder import __version__
from site_builder.clock import now as _now
from site_builder.collection import collect_rarely
from site_builder.commands.command_line import COMMANDS
from site_builder.commands.options import build_output_option, content_option
from site_builder.stopwatch import Stopwatch
from site_builder.terminal import Progress, printable, show_markdown

if TYPE_CHECKING:  # not imported for --help
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from site_builder.build import Build
    from site_builder.volumes.cache import Cache
    from site_builder.volumes.last_build import BuildReport

base_url_option = click.option(
    "--base-url", default="", help="Address of the site, in place of that in site.yaml.", metavar="URL"
)
strict_option = click.option("--strict", "is_strict", is_flag=True, help="Exit with 1 when there are problems.")


class Commands(click.Group):
    """The command group; an error that stops a build is shown as a message and sets the exit code."""

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


class BuildOptions(TypedDict):
    """The values of a build's options."""

    content: Path
    output: Path | str
    base_url: str
    is_strict: bool
    report: Path | None
    is_draft: bool
    jobs: int
    is_profiled: bool


def _build_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a build to a command."""
    for option in reversed(BUILD_OPTIONS):
        command = option(command)
    return command


@main.command()
@_build_options
@cluster_option
def build(cluster: str, **options: Unpack[BuildOptions]) -> None:
    """Build the site of a content folder."""
    if cluster:
        _run_on_cluster(cluster, options)
    else:
        _run(options, is_dry=False)


@main.command()
@_build_options
def check(**options: Unpack[BuildOptions]) -> None:
    """Do everything that a build does but write."""
    _run(options, is_dry=True)


def _run_on_cluster(cluster: str, options: BuildOptions) -> None:
    content, output = options["content"], options["output"]
    if isinstance(output, Path):
        raise click.UsageError("a cluster builds into a bucket: name it with --output s3://bucket/prefix")
    if options["is_draft"]:
        raise click.UsageError("drafts are for your eyes: build them here, without --cluster")
    if options["jobs"]:
        raise click.UsageError("with --cluster as many processes work as the cluster has: leave out --jobs")
    collect_rarely()
    import os

    from site_builder.commands.cluster import build_on_cluster
    from site_builder.volumes.cache import open_cache

    watch, started = Stopwatch(), time.monotonic()
    address, is_strict = options["base_url"], options["is_strict"]
    make = partial(
        build_on_cluster, content, output, cluster, os.environ, _now(), base_url=address, is_strict=is_strict
    )
    result = _watched(make, open_cache(content), options["report"], watch)
    _show(_report_of(result), result.counts, options, watch, started)


def _run(options: BuildOptions, *, is_dry: bool) -> None:
    content, output, is_draft = options["content"], options["output"], options["is_draft"]
    if isinstance(output, str):
        remedy = "name a scheduler with --cluster, or build into a folder and run broadsheet publish"
        raise click.UsageError(f"{output} is a bucket: {remedy}")
    collect_rarely()
    from site_builder.volumes.last_build import LastBuild

    watch = Stopwatch()
    started, now = time.monotonic(), _now()
    last = LastBuild(content, output, options["base_url"], is_draft=is_draft)
    report = None if is_dry else last.report(now)
    if options["report"]:
        report = None
    counts = (0, report.files, 0) if report else None
    watch.lap("look for changes")
    if report is None:
        result = _rebuild(options, output, now, watch, is_dry=is_dry)
        drafts = [f"{output} shows drafts: it is for your eyes, and is not published"] if is_draft else []
        report, counts = _report_of(result, drafts), result.counts
        if result.written and result.is_recorded:
            last.remember(now, result.next_change, report)
    _show(report, counts, options, watch, started)


def _rebuild(options: BuildOptions, output: Path, now: datetime, watch: Stopwatch, *, is_dry: bool) -> Build:
    from site_builder.build import build as build_site
    from site_builder.volumes.cache import NoCache, open_cache
    from site_builder.write.interrupts import exit_on_signal, set_stop_handler

    set_stop_handler(exit_on_signal)
    content = options["content"]
    make = partial(
        build_site,
        content,
        output,
        now,
        base_url=options["base_url"],
        is_dry=is_dry,
        is_strict=options["is_strict"],
        is_draft=options["is_draft"],
        jobs=options["jobs"],
    )
    return _watched(make, NoCache() if is_dry else open_cache(content), options["report"], watch)


def _watched(make: Callable[..., Build], cache: Cache, report: Path | None, watch: Stopwatch) -> Build:
    """Build with a progress bar, and write the account of every list. make: takes the cache and the callbacks."""
    from site_builder.report import begin_account, write_account

    if report:
        begin_account(report, click.get_current_context().params["content"])
    watch.lap("start")
    with Progress() as progress:
        result = make(
            cache=cache,
            on_progress=progress.tick,
            on_step=watch.lap,
            warn=lambda problem: click.echo(printable(str(problem)), err=True),
        )
    cache.close()
    click.get_current_context().obj = result  # kept to the end: freeing it piece by piece takes long
    if report:
        write_account(result, report)
    return result


def _report_of(result: Build, more_warnings: Sequence[str] = ()) -> BuildReport:
    """Return the report of a build."""
    from site_builder.report import problem_lines, summary
    from site_builder.volumes.last_build import BuildReport

    # Vanishing addresses were shown before anything was written; the next build does not show them again.
    problems = problem_lines(problem for problem in result.problems if problem != result.vanishing)
    foreign = result.written.foreign if result.written else ()
    warnings = [*result.warnings, *more_warnings]
    return BuildReport(problems, foreign, warnings, summary(result), sum((result.counts or ())[:2]))


def _show(
    report: BuildReport, counts: tuple[int, int, int] | None, options: BuildOptions, watch: Stopwatch, started: float
) -> None:
    """Print the report of a build; with problems and --strict, exit with 1."""
    from site_builder.report import report_line

    for line in report.problems:
        click.echo(line, err=True)
    for path in report.foreign:
        click.echo(printable(f"{options['output']}/{path}: not written by Broadsheet; kept"), err=True)
    for line in watch.lines() if options["is_profiled"] else ():
        click.echo(line)
    for line in report.warnings:
        click.echo(printable(line))
    click.echo(report_line(report.summary, counts, time.monotonic() - started))
    if options["is_strict"] and report.problems:
        sys.exit(1)


@main.command()
def formats() -> None:
    """List the formats that can be read, with an example of each."""
    from site_builder.sources.formats import READERS

    for reader in READERS:
        click.secho(f"{reader.name}", bold=True)
        click.echo(f"  {reader.about}")
        click.echo("".join(f"    | {line}\n" for line in reader.example.split("\n")))


@main.command("help")
@click.argument("topic", default="", metavar="[TOPIC]")
def help_(topic: str) -> None:
    """Show a page of the documentation, or which there are."""
    from site_builder.manual import find_topic, topics

    command = main.get_command(click.get_current_context(), topic)
    if command and topic not in topics():
        click.echo(command.get_help(click.Context(command, info_name=topic, parent=click.get_current_context().parent)))
    elif topic:
        show_markdown(find_topic(topic).text)
    if topic:
        return
    for page in topics().values():
        click.echo(f"{page.name:16}{page.description}")
    click.echo("\nbroadsheet help TOPIC shows one of them; broadsheet COMMAND --help the options of a command.")


for command in COMMANDS:
    main.add_command(command)
