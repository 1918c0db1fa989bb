"""What a mail holds of an edition, before it is HTML or text."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from site_builder.papers.paper import Paper
from site_builder.render.digest import EXCERPT_WORDS

# Words of each abstract: the first number with which all papers fit, else the last.
WORDS = (EXCERPT_WORDS, 24, 14)


@dataclass(frozen=True, slots=True)
class MailPart:
    """A section of a mail; heading "" for none, url "" where there is no page of it.

    words: of each abstract. is_lead: the papers in front, whose abstracts are never shortened.
    """

    heading: str
    url: str
    papers: tuple[Paper, ...]
    words: int = WORDS[0]
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class MailContent:
    """What a mail holds of an edition.

    dateline: the day, week or month, and how many papers. remarks: what a reader should know of the edition.
    note_title: above the note. parts: papers with the first words of their abstracts; listed: papers of which only the
    title is told; left: how many more are on the site. headings: every section of the whole edition with its number of
    papers.
    """

    subject: str
    preheader: str
    browser_url: str
    dateline: str
    remarks: tuple[str, ...]
    note: Markup | None
    note_title: str
    sponsor: Markup | None
    footer: Markup | None
    headings: tuple[tuple[str, int], ...]
    parts: tuple[MailPart, ...]
    listed: tuple[Paper, ...] = ()
    left: int = 0

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that are shown, in order."""
        return tuple(paper for part in self.parts for paper in part.papers)

    def with_words(self, words: int) -> "MailContent":
        """Return the content with so many words of each abstract but those in front."""
        parts = (part if part.is_lead else replace(part, words=words) for part in self.parts)
        return replace(self, parts=tuple(parts))
