"""How the papers of a day are laid out: which lead, and which stand in what section below them."""

from dataclasses import dataclass
from typing import Literal

from site_builder.catalogue.model import Day, Section, TermName
from site_builder.papers.paper import Paper

# Papers of a day → how many lead it; the first line that the day reaches holds.
LEADS = ((6, 3), (3, 1))


@dataclass(frozen=True, slots=True)
class Part:
    """A section as a page shows it: its anchor, its tag (None: all others), its papers without those that lead."""

    anchor: str
    term: TermName | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The papers of a day, each in one place: the leads, then the parts."""

    leads: tuple[Paper, ...]
    parts: tuple[Part, ...]


def lay_out(day: Day, layout: Literal["sections", "list"], *, is_lasting: bool = False) -> FrontPage:
    """Put the papers with the most upvotes in front and the others in their sections, or in one list.

    A day whose papers have no upvotes has no leads, for there is nothing to choose them by.
    is_lasting: the first papers of the day lead, whatever votes they have by now.
    """
    upvoted = [paper for paper in day.papers if paper.upvotes]
    if is_lasting and upvoted:
        upvoted = list(day.papers)
    places = next((leads for papers, leads in LEADS if len(day.papers) >= papers), 0)
    leads = tuple(upvoted[:places]) if len(upvoted) >= places else ()
    ids = {paper.id for paper in leads}
    sections = day.sections if layout == "sections" else (Section(None, day.papers),)
    parts = (
        Part(f"tag-{section.term.slug}" if section.term else "others", section.term, papers)
        for section in sections
        if (papers := tuple(paper for paper in section.papers if paper.id not in ids))
    )
    return FrontPage(leads, tuple(parts))
