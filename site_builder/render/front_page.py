"""The layout of a day's papers: which ones lead, and the sections below them."""

from dataclasses import dataclass
from typing import Literal

from site_builder.catalogue.order import standing_papers
from site_builder.model.catalogue import Day, Section, TermName
from site_builder.model.paper import Paper

# Number of leading papers: the first of these for which a day has enough candidates.
LEADS = (3, 1)
MIN_WITH_LEADS = 3


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section as a page shows it: its anchor, its tag (None: all others), its papers except those that lead."""

    anchor: str
    term: TermName | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The papers of a day, each in one place: the leads, then the parts."""

    leads: tuple[Paper, ...]
    parts: tuple[PageSection, ...]
    is_edited: bool = False  # the editor has chosen the leads


def lay_out(
    day: Day, layout: Literal["sections", "list"], *, is_lasting: bool = False, is_front: bool = False
) -> FrontPage:
    """Return the layout of a day: papers the editor pinned and the most upvoted ones lead, the others go to sections.

    If no paper has upvotes, only pinned papers lead, since nothing else ranks them. A withdrawn paper never leads.
    is_lasting: the first papers of the day lead, whatever votes they get later. is_front: leave out withdrawn papers.
    """
    standing = standing_papers(day.papers)
    pinned = tuple(paper for paper in standing if paper.lead)
    upvoted = [paper for paper in standing if paper.upvotes and not paper.lead]
    if day.texts.order or (is_lasting and upvoted):
        upvoted = [paper for paper in standing if not paper.lead]
    count = next((number for number in LEADS if len(pinned) + len(upvoted) >= number), 0)
    room = max(0, count - len(pinned)) if len(day.papers) >= MIN_WITH_LEADS else 0
    leads = pinned + tuple(upvoted[:room])
    left_out = {paper.id for paper in leads}
    if is_front:
        left_out |= {paper.id for paper in day.papers if paper.withdrawal}
    sections = day.sections if layout == "sections" else (Section(None, day.papers),)
    parts = (
        PageSection(f"{section.term.taxonomy}-{section.term.slug}" if section.term else "others", section.term, papers)
        for section in sections
        if (papers := tuple(paper for paper in section.papers if paper.id not in left_out))
    )
    return FrontPage(leads, tuple(parts), bool(pinned or day.texts.order))
