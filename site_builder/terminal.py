"""Terminal output: text without control sequences, and a progress bar for slow work."""

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

READABLE = 100  # most columns of a text
SLOW = 1.0  # seconds of work before a progress bar appears


def printable(text: str) -> str:
    """Return a text with control and direction characters escaped, so that it cannot steer the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def show_markdown(text: str) -> None:
    """Show a Markdown text, formatted and paged on a terminal, unchanged elsewhere."""
    if not sys.stdout.isatty():
        click.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=min(Console().width, READABLE))
    with console.pager(styles=True):
        console.print(Markdown(text, hyperlinks=False))


class Progress:
    """A progress bar for work longer than a second; shown only on a terminal."""

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
        """Report that `done` of `total` parts of a step are finished."""
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
