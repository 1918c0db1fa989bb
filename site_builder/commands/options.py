"""Options shared by several commands."""

from datetime import datetime
from os import PathLike
from pathlib import Path

import click

BUCKET = "s3://"

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


class DayOfOption(click.DateTime):
    """A day, written as YYYY-MM-DD."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the beginning of the day."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f'"{value}" is no day as YYYY-MM-DD', param, ctx)


DAY = DayOfOption()


class FolderOrBucket(click.Path):
    """A folder as a path, or a bucket as text."""

    def convert(
        self, value: str | PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | PathLike[str]:
        """Convert to a path, except for the name of a bucket."""
        if isinstance(value, str) and value.startswith(BUCKET):
            return value
        return super().convert(value, param, ctx)


build_output_option = click.option(
    "--output",
    type=FolderOrBucket(path_type=Path),
    default=Path("output"),
    help="Folder of the site; with --cluster the bucket, s3://bucket/prefix.",
    metavar="DIR",
)
