"""Text copied from a daily-papers page with one line per paper: upvotes, title, abstract and metadata together."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem, shortened
from site_builder.sources.formats.page_metadata import DATE, fields_of, is_boilerplate, is_page_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

SHORTEST_PAPER = 80  # characters; a shorter line without metadata cannot be a title with an abstract
_UPVOTES = lazy_pattern(r"(\d{1,5}|-)\s+(?=\S)")
_WHEN = rf" · (?P<date>{DATE})(?:\s+(?P<comments>\d{{1,5}}))?$"
_AUTHORS = lazy_pattern(rf"(?<!\s)\s++(?:•\s*)?(?P<who>\d{{1,5}} authors?){_WHEN}")
_ORGANIZATION = lazy_pattern(rf"(?<=[.!?])\s++(?P<who>[^·.!?]{{1,80}}){_WHEN}")


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each line, with title and abstract together in the field `run_together`."""
    page: dict[str, object] = {}
    for number, line in source.lines():
        text = line.strip()
        if not text:
            continue
        if is_boilerplate(text) or is_page_date(text):
            if is_page_date(text):
                page["listed"] = text
            yield Boilerplate(number)
        else:
            yield _read_line(source.path, number, text, page)


def _read_line(path: str, number: int, text: str, page: dict[str, object]) -> Item:
    fields = dict(page)
    metadata = _find_metadata(text)
    if metadata:
        fields.update(fields_of(metadata["who"], metadata["date"], metadata["comments"]))
        text = text[: metadata.start()]
    elif len(text) < SHORTEST_PAPER:
        return Problem(
            path, number, f'"{shortened(text)}" is no paper', "write title and abstract, or remove the line", 1, 1
        )
    upvotes = _UPVOTES.match(text)
    if upvotes:
        fields["upvotes"] = upvotes[1].replace("-", "")
        text = text[upvotes.end() :]
    fields["run_together"] = text
    return RawPaper(fields, path, number)


def _find_metadata(text: str) -> re.Match[str] | None:
    return _AUTHORS.search(text) or _ORGANIZATION.search(text)


def recognises(source: Source) -> bool:
    """Return whether at least half of the first lines are long and end in metadata, as in `6 authors · Sep 19`."""
    lines = [line.strip() for line in source.head.split("\n")[:20] if line.strip()]
    lines = [line for line in lines if not is_boilerplate(line) and not is_page_date(line)]
    ends = sum(len(line) >= SHORTEST_PAPER and bool(_find_metadata(line)) for line in lines)
    return bool(lines) and ends >= len(lines) / 2


READER = Reader(
    name="page lines",
    about="text copied from a daily-papers page with everything about a paper on one line",
    example="45 A Title of a Paper This paper shows … 6 authors · Sep 19, 2025 5",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
