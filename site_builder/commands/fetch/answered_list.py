"""A source's response for one day: its pages, and the text of any subset of its papers."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from site_builder.commands.fetch.changes import Row, first_of_each
from site_builder.commands.fetch.http import Response
from site_builder.commands.fetch.list_text import can_be_split, joined, with_counts_only
from site_builder.commands.fetch.parsed_response import ParsedResponse
from site_builder.sources.formats.arxiv_atom import REPLACEMENTS


@dataclass(frozen=True)
class AnsweredList:
    """The responses for one day: the first unparsed, all pages parsed, and whether papers are missing at the end."""

    first: Response
    pages: tuple[ParsedResponse, ...]
    is_cut: bool

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Return the papers by id, without duplicates."""
        return first_of_each(
            [paper for page in self.pages for paper in page.ids], [row for page in self.pages for row in page.rows]
        )

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Return the ids of papers that arXiv announced as replacements, which do not belong to the list itself."""
        return frozenset(paper for paper, row in self.rows.items() if row.get("announced") in REPLACEMENTS)

    @property
    def listed(self) -> frozenset[str]:
        """Return the days that the list claims to be for."""
        return frozenset[str]().union(*(page.listed for page in self.pages))

    @property
    def suffix(self) -> str:
        return self.pages[0].suffix

    @property
    def can_be_split(self) -> bool:
        return can_be_split(self.pages[0].text)

    def text(self, kept: Collection[str], short: Collection[str] = ()) -> str:
        """Return the original text of the papers in `kept`, without duplicates; of those in `short` only the counts."""
        remaining, flags, is_short = set(kept), [], []
        for page in self.pages:
            flags.append([_take(remaining, paper) for paper in page.ids])
            is_short += [paper in short for paper, is_kept in zip(page.ids, flags[-1], strict=True) if is_kept]
        return with_counts_only(joined([page.text for page in self.pages], flags), is_short)


def _take(remaining: set[str], paper: str) -> bool:
    """Remove a paper from `remaining`, and return whether it was there."""
    is_remaining = paper in remaining
    remaining.discard(paper)
    return is_remaining
