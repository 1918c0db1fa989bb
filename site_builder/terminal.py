"""What a terminal is shown: text that cannot steer it, and a bar while work takes long."""

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

READABLE = 100  # columns that a text takes at most
SLOW = 1.0  # seconds of work after which a terminal is shown how far it is


def printable(text: str) -> str:
    """Return a text that cannot steer the terminal: control and direction characters are shown as escapes."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def show_markdown(text: str) -> None:
    """Show a Markdown text: set and page by page on a terminal, as it is written anywhere else."""
    if not sys.stdout.isatty():
        click.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=min(Console().width, READABLE))
    with console.pager(styles=True):
        console.print(Markdown(text, hyperlinks=False))


class Progress:
    """A progress bar on a terminal for work that takes longer than a second; silent anywhere else."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
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
        if self._task is not None:
            self._bar.update(self._task, description=step, completed=done, total=total)
