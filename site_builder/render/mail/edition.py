"""What a mail holds of a day, before it is HTML or text."""

from dataclasses import dataclass

from markupsafe import Markup

from site_builder.catalogue.model import Day
from site_builder.papers.paper import Paper
from site_builder.render.digest import EXCERPT_WORDS

# Words of each abstract: the first number with which all papers fit, else the last.
WORDS = (EXCERPT_WORDS, 24, 14)


@dataclass(frozen=True, slots=True)
class MailPart:
    """A section of a mail; heading "" for none, url "" where there is no page of it."""

    heading: str
    url: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What a mail holds of a day.

    parts: papers with the first `words` of their abstracts; listed: papers of which only the title is told;
    left: how many more are on the site. headings: every section of the whole day with its number of papers.
    """

    day: Day
    subject: str
    preheader: str
    browser_url: str
    note: Markup | None
    sponsor: Markup | None
    footer: Markup | None
    headings: tuple[tuple[str, int], ...]
    parts: tuple[MailPart, ...]
    listed: tuple[Paper, ...] = ()
    left: int = 0
    words: int = WORDS[0]

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that are shown, in order."""
        return tuple(paper for part in self.parts for paper in part.papers)
