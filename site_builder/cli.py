"""The commands: they print the report and decide the exit code."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from site_builder import __version__
from site_builder.terminal import Progress, printable

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


report_option = click.option(
    "--report", type=click.Path(path_type=Path), help="Write the account of every list to this file.", metavar="FILE.json"
)


@main.command()
@content_option
@output_option
@base_url_option
@strict_option
@report_option
def build(content: Path, output: Path, base_url: str, strict: bool, report: Path | None) -> None:
    """Build the site of a content folder."""
    _run(content, output, base_url, strict, report, is_dry=False)


@main.command()
@content_option
@output_option
@base_url_option
@strict_option
@report_option
def check(content: Path, output: Path, base_url: str, strict: bool, report: Path | None) -> None:
    """Do everything that a build does but write."""
    _run(content, output, base_url, strict, report, is_dry=True)


def _run(content: Path, output: Path, base_url: str, strict: bool, report: Path | None, *, is_dry: bool) -> None:
    import orjson

    from site_builder.build import build as build_site
    from site_builder.report import account, report_line

    started = time.monotonic()
    with Progress() as progress:
        result = build_site(content, output, _now(), base_url=base_url, is_dry=is_dry, tick=progress.tick)
    for problem in result.problems:
        click.echo(printable(str(problem)), err=True)
    for path in result.written.foreign if result.written else ():
        click.echo(printable(f"{output}/{path}: not written by Broadsheet; kept"), err=True)
    if report:
        told = account(result.sources.files.values(), result.papers.papers, result.problems)
        report.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
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


def _now() -> datetime:
    """Return the present moment, or the one that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
