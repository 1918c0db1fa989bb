"""What every writer of hostile lists needs: the next string, and days and ids that hold."""

from collections.abc import Callable, Iterator

Next = Callable[[], str]
DAYS = ("2026-05-25", "2026-05-26", "2026-05-27")


def one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split()) or "empty"


def arxiv_id(number: int, shelf: int) -> str:
    return f"26{shelf % 12 + 1:02}.{number:05}"


def taking(texts: list[str]) -> Next:
    """Return a function that gives the texts one after the other, from the first on again after the last."""

    def endless() -> Iterator[str]:
        while True:
            yield from texts

    return endless().__next__
