"""Texts by the editor: notes of days, weeks and months, and free pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.model.picture import Picture


@dataclass(frozen=True, slots=True)
class Note:
    """The editor's note for a day, a week or a month, in Markdown, from `content/notes/`.

    period: `2026-W48` or `2026-11`, "" for a note of a day. day: that day, or the last one of the period.
    pictures: by the names or addresses that the text uses for them.
    """

    day: date
    title: str
    markdown: str
    path: str
    period: str = ""
    pictures: Mapping[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page of `content/pages/`: its slug, title, place in the navigation and Markdown text.

    formerly: its former slugs. pictures: as in Note.
    """

    slug: str
    title: str
    description: str
    is_in_nav: bool
    order: int
    markdown: str
    path: str
    formerly: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
