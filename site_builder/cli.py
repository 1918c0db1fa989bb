"""The commands: they print the report and decide the exit code."""

import gc
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from site_builder import __version__
from site_builder.stopwatch import Stopwatch
from site_builder.terminal import Progress, printable

# A build makes much and little of it is garbage: collecting it seldom saves a tenth of the time.
RARE_COLLECTION = (200_000, 20, 100)

content_option = click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=Path("content"),
    help="Folder of the paper lists.",
    metavar="DIR",
)
output_option = click.option(
    "--output", type=click.Path(path_type=Path), default=Path("output"), help="Folder of the site.", metavar="DIR"
)
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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
def main() -> None:
    """Turn paper lists into a website, feeds and mail."""


jobs_option = click.option(
    "--jobs", type=click.IntRange(0), default=1, help="Processes that render; 0 takes as many as pay.", metavar="N"
)
profile_option = click.option("--profile", "is_profiled", is_flag=True, help="Tell where the time went, step by step.")
report_option = click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Write the account of every list to this file.",
    metavar="FILE.json",
)


@main.command()
@content_option
@output_option
@base_url_option
@strict_option
@report_option
@jobs_option
@profile_option
def build(
    content: Path, output: Path, base_url: str, strict: bool, report: Path | None, jobs: int, is_profiled: bool
) -> None:
    """Build the site of a content folder."""
    _run(content, output, base_url, strict, report, jobs, is_profiled, is_dry=False)


@main.command()
@content_option
@output_option
@base_url_option
@strict_option
@report_option
@jobs_option
@profile_option
def check(
    content: Path, output: Path, base_url: str, strict: bool, report: Path | None, jobs: int, is_profiled: bool
) -> None:
    """Do everything that a build does but write."""
    _run(content, output, base_url, strict, report, jobs, is_profiled, is_dry=True)


def _run(
    content: Path,
    output: Path,
    base_url: str,
    strict: bool,
    report: Path | None,
    jobs: int,
    is_profiled: bool,
    *,
    is_dry: bool,
) -> None:
    watch = Stopwatch()
    import orjson

    from site_builder.build import build as build_site
    from site_builder.report import account, report_line

    started = time.monotonic()
    watch.lap("start")
    gc.set_threshold(*RARE_COLLECTION)
    with Progress() as progress:
        result = build_site(
            content,
            output,
            _now(),
            base_url=base_url,
            is_dry=is_dry,
            jobs=jobs,
            tick=progress.tick,
            lap=watch.lap,
        )
    for problem in result.problems:
        click.echo(printable(str(problem)), err=True)
    for path in result.written.foreign if result.written else ():
        click.echo(printable(f"{output}/{path}: not written by Broadsheet; kept"), err=True)
    if report:
        told = account(result.sources.files.values(), result.papers.papers, result.problems)
        report.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    for line in watch.lines() if is_profiled else ():
        click.echo(line)
    click.echo(report_line(result, time.monotonic() - started))
    if strict and len(result.problems):
        sys.exit(1)


@main.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@content_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day the list carried its papers.", metavar="D")
@click.option("--tag", "tags", multiple=True, help="A tag for every paper; may be given more than once.", metavar="T")
def import_(files: tuple[Path, ...], content: Path, day: datetime | None, tags: tuple[str, ...]) -> None:
    """Turn lists in any format, or text on standard input, into YAML lists below the content folder."""
    from site_builder.outside.import_lists import import_lists, show

    imported = import_lists(files, content, day.date() if day else None, tags, sys.stdin.buffer)
    show(imported)
    if not imported.written:
        sys.exit(2)


@main.command()
def formats() -> None:
    """List the formats that can be read, with an example of each."""
    from site_builder.sources import READERS

    for reader in READERS:
        click.secho(f"{reader.name}", bold=True)
        click.echo(f"  {reader.about}")
        click.echo("".join(f"    | {line}\n" for line in reader.example.split("\n")))


@main.command()
@click.option("--day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day whose mail is sent.", metavar="D")
@click.option("--list", "readers", type=click.Path(path_type=Path), help="Send to every line of this.", metavar="FILE")
@click.option("--to", default="", help="Send to this address alone.", metavar="ADDRESS")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show who would get it; send nothing.")
@click.option("--rate", type=click.IntRange(1), default=120, show_default=True, help="Most mails a minute.")
@click.option(
    "--unknown",
    type=click.Choice(["report", "resend", "sent"]),
    default="report",
    show_default=True,
    help="What to do about mails of which a broken run left it open whether they arrived.",
)
@content_option
@output_option
def send(
    day: datetime, readers: Path | None, to: str, is_dry: bool, rate: int, unknown: str, content: Path, output: Path
) -> None:
    """Send the mail of a day; nobody gets it twice."""
    from site_builder.outside.send import Order, report_lines, send_mails

    if bool(readers) == bool(to):
        raise click.UsageError("give either --list FILE or --to ADDRESS")
    order = Order(day.date(), content, output, readers, to, rate, is_dry, unknown)
    with Progress() as progress:
        result = send_mails(order, os.environ, _now(), progress.tick, time.sleep)
    for line in report_lines(result):
        click.echo(printable(line))
    sys.exit(result.exit_code)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Begin a site of one's own in a new folder: settings, tags, a first list and note, a workflow file."""
    from site_builder.outside.new_site import new_site

    for path in new_site(folder, _now().date()):
        click.echo(printable(f"written: {path}"))
    click.echo(printable(f"Next: cd {folder} && broadsheet serve"))


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Fetch the list of this day.", metavar="D")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="Fetch from this day on.", metavar="D")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day of --from.", metavar="D")
@click.option("--again", is_flag=True, help="Ask again for lists that are there.")
@content_option
def fetch(
    sources: tuple[str, ...],
    day: datetime | None,
    first: datetime | None,
    last: datetime | None,
    again: bool,
    content: Path,
) -> None:
    """Fetch the lists of the sources that site.yaml names; those of the last week when no day is named."""
    from site_builder.outside.fetch import days_between, fetch_lists

    today = _now().date()
    named, begin, end = (moment.date() if moment else None for moment in (day, first, last))
    days = days_between(named, begin, end, today)
    if not fetch_lists(content, sources, days, today, is_again=again, tell=lambda line: click.echo(printable(line))):
        sys.exit(2)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@content_option
def serve(port: int, content: Path) -> None:
    """Show the site on this machine, and build and show it anew whenever a file changes."""
    from site_builder.outside.serve import serve_site

    serve_site(content, port, _now, lambda line: click.echo(printable(line)))


def _now() -> datetime:
    """Return the present moment, or the one that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
