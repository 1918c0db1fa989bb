"""The options that several commands take."""

from pathlib import Path

import click

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
