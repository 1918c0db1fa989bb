"""The command-line interface of the commands in this package."""

import os
import shlex
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from site_builder.clock import local_zone, now
from site_builder.commands.options import DAY, content_option, output_option
from site_builder.terminal import Progress, printable


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@content_option
@click.option("--date", "day", type=DAY, help="Day the list carried its papers.", metavar="D")
@click.option("--tag", "tags", multiple=True, help="A tag for every paper; may be given more than once.", metavar="T")
def import_(files: tuple[Path, ...], content: Path, day: datetime | None, tags: tuple[str, ...]) -> None:
    """Turn lists in any format, or text on standard input, into YAML lists below the content folder."""
    from site_builder.commands.import_lists import import_lists, show

    imported = import_lists(files, content, day.date() if day else None, tags, sys.stdin.buffer)
    show(imported)
    sys.exit(imported.exit_code)


@click.command()
@click.option("--edition", default="", help="Edition that is sent: `2026-05-27`, `weekly/2026-W22`.", metavar="NAME")
@click.option("--day", type=DAY, help="Day of the daily edition that is sent.", metavar="D")
@click.option("--list", "readers", default="", help="Send to every line of this.", metavar="FILE")
@click.option(
    "--to",
    multiple=True,
    help="Send a sample to this address alone; nothing is kept of it; may be given more than once.",
    metavar="ADDRESS",
)
@click.option("--correction", "is_correction", is_flag=True, help="Send it again, corrected, to those who had it.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show who would get it; send nothing.")
@click.option("--rate", type=click.IntRange(1), help="Most mails a minute, in place of `mailing.rate`.")
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
    edition: str,
    day: datetime | None,
    readers: str,
    to: tuple[str, ...],
    is_correction: bool,
    is_dry: bool,
    rate: int | None,
    unknown: str,
    content: Path,
    output: Path,
) -> None:
    """Send the mail of an edition; nobody gets it twice."""
    from site_builder.commands.send import Order, pace_of, report_lines, send_mails, send_sample
    from site_builder.commands.send.editions import settle_by_hand
    from site_builder.config.settings import read_settings

    if bool(readers) == bool(to):
        raise click.UsageError("give either --list FILE or --to ADDRESS")
    if bool(edition) == bool(day):
        raise click.UsageError("give either --edition NAME or --day D")
    name, _, key = (edition or f"{day:%Y-%m-%d}").rpartition("/")
    name, pace = name or "daily", pace_of(read_settings(content))
    pace = replace(pace, rate=rate) if rate else pace
    order = Order(name, key, content, output, readers, is_dry, unknown, pace, is_correction)
    with Progress() as progress:
        if to:
            result = send_sample(order, to, os.environ, now())
        else:
            if not is_dry and not is_correction:
                settle_by_hand(content, output, name, key, os.environ, now())
            result = send_mails(order, os.environ, now(), progress.tick)
    for line in report_lines(result):
        click.echo(printable(line))
    sys.exit(result.exit_code)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Begin a site of one's own in a new folder: settings, tags, a first list and note, a workflow file."""
    from site_builder.commands.new_site import new_site

    for path in new_site(folder, now().date(), local_zone()):
        click.echo(printable(f"written: {path}"))
    click.echo(f"Next: cd {shlex.quote(printable(str(folder)))} && broadsheet serve")


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--date", "day", type=DAY, help="Fetch the list of this day.", metavar="D")
@click.option("--from", "first", type=DAY, help="Fetch from this day on.", metavar="D")
@click.option("--to", "last", type=DAY, help="Last day of --from.", metavar="D")
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
    from site_builder.commands.fetch import days_between, fetch_lists

    today = now().date()
    named, begin, end = (moment.date() if moment else None for moment in (day, first, last))
    days = days_between(named, begin, end, today)
    if not fetch_lists(content, sources, days, today, is_again=again, tell=_tell):
        sys.exit(2)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@content_option
def serve(port: int, content: Path) -> None:
    """Show the site on this machine, and build and show it anew whenever a file changes."""
    from site_builder.commands.serve import serve_site

    serve_site(content, port, now, _tell)


@click.command()
@click.argument("target", default="", metavar="[TARGET]")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what would change; change nothing.")
@content_option
@output_option
def publish(target: str, is_dry: bool, content: Path, output: Path) -> None:
    """Put the built site where people read it, and tell those who wait for it.

    TARGET is a folder, user@host:path, rsync://host/module, s3://bucket/prefix or git+https://…#branch.
    """
    from site_builder.commands.publish import publish_site

    if not publish_site(content, output, target, os.environ, now(), _tell, is_dry=is_dry):
        sys.exit(1)


@click.command()
@click.option("--close", "closes_only", is_flag=True, help="Settle what the next edition holds; tell nobody yet.")
@content_option
@output_option
def announce(closes_only: bool, content: Path, output: Path) -> None:
    """Announce a published site to hub and readers; nothing is announced twice."""
    from site_builder.commands.publish import announce_site

    if not announce_site(content, output, os.environ, now(), _tell, closes_only=closes_only):
        sys.exit(1)


@click.command()
@click.option("--no-open", "is_quiet", is_flag=True, help="Write the files; open no browser.")
@content_option
def preview(is_quiet: bool, content: Path) -> None:
    """Write and open the mail of what would go out now, and say to how many; nothing is sent."""
    from site_builder.commands.send.preview import preview_editions

    for file in preview_editions(content, os.environ, now(), _tell):
        if not is_quiet:
            click.launch(file.as_uri())


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@content_option
def bounces(files: tuple[Path, ...], content: Path) -> None:
    """Leave out readers whose mails came back for good; FILES are the reports, as .eml or mbox."""
    from site_builder.commands.send.bounces import bounce_lines, keep_bounces

    found, problems = keep_bounces(content, files, os.environ)
    for line in bounce_lines(found, problems):
        _tell(line)
    if problems:
        sys.exit(1)


def _tell(line: str) -> None:
    click.echo(printable(line))


COMMANDS: tuple[click.Command, ...] = (import_, send, new, fetch, serve, publish, announce, preview, bounces)
