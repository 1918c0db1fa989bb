"""Small pieces of English that templates ask for: dates, names of authors, links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.catalogue.model import TermName
from site_builder.catalogue.names import counted, short_day
from site_builder.papers.paper import Hold, Paper, PartialDate
from site_builder.render.text import excerpt, plain_text
from site_builder.sources.written_date import MONTH_NAMES
from site_builder.urls import paper_anchor, paper_path

FIRST_AUTHORS = 3
CARD_TAGS = 5
RECENT_WORDS = 25  # of an abstract in the reader's own digest


@dataclass(frozen=True, slots=True)
class Byline:
    """The first authors of a paper, and words for those that are not named: `4 others`, "" for none."""

    names: tuple[str, ...]
    others: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a paper to elsewhere: what it leads to, and the address."""

    name: str
    url: str


def held_until(hold: Hold) -> str:
    """Return what a draft says of what is not out: `Held until 5 December 2026`."""
    return f"Held until {short_day(hold.until)}" if hold.until else "Held until further notice"


def byline(paper: Paper, first: int = FIRST_AUTHORS) -> Byline:
    """Return the first authors; a list that only counts them still tells how many, and one that is cut that it is."""
    total = max(paper.author_count or 0, len(paper.authors))
    shown = paper.authors if total <= first + 1 else paper.authors[:first]
    is_counted = (paper.author_count or 0) > len(paper.authors) or not paper.has_more_authors
    if not is_counted:
        return Byline(shown, "others" if shown else "")
    others = total - len(shown)
    return Byline(shown, counted(others, "other" if shown else "author") if others else "")


def authors_line(paper: Paper) -> str:
    """Return `Ada Lovelace, Emmy Noether, Alan Turing and 4 others`."""
    line = byline(paper)
    return " and ".join(filter(None, (", ".join(line.names), line.others)))


def recent_value(paper: Paper, tags: tuple[TermName, ...], organization: TermName | None) -> dict[str, Any]:
    """Return a paper as the reader's own digest shows it, all of it text."""
    return {
        "path": paper_path(paper.id),
        "title": plain_text(paper.title),
        "authors": authors_line(paper),
        "day": paper.days[0].isoformat() if paper.days else "",
        "tags": [tag.slug for tag in tags],
        **({"organization": organization.slug} if organization else {}),
        "excerpt": excerpt(paper.abstract, RECENT_WORDS),
    }


def number(count: int) -> str:
    """Return `1,234`."""
    return f"{count:,}"


def corrected(paper: Paper) -> list[str]:
    """Return `withdrawn`, `corrected on 23 November 2026` or nothing."""
    if paper.withdrawal:
        return ["withdrawn"]
    return [f"corrected on {short_day(paper.corrections[-1].day)}"] if paper.corrections else []


def partial_day(day: PartialDate) -> str:
    """Return `27 May 2026`, `May 2026` or `2026`, as far as the date is known."""
    known = day.as_day()
    if known:
        return short_day(known)
    return f"{MONTH_NAMES[day.month - 1]} {day.year}" if day.month else str(day.year)


def anchor(paper: Paper) -> str:
    """Return the name of a paper's place on a page of many: `paper-2605.01234`."""
    return paper_anchor(paper.id)


def headline_size(title: str) -> str:
    """Return the class of a heading by the length of its title, "" for a short one: the longer, the smaller."""
    length = len(plain_text(title))
    return next((name for least, name in HEADLINE_SIZES if length >= least), "")


def reading_links(paper: Paper) -> tuple[Link, ...]:
    """Return where the paper can be read, then every other link, and no page that another of them leads to."""
    urls = paper.shown_links
    kinds = sorted(urls, key=lambda kind: (LINK_ORDER.get(kind, len(LINK_ORDER)), kind))
    return tuple(_link(kind, urls[kind], LINK_NAMES) for kind in kinds)


def card_links(paper: Paper) -> tuple[Link, ...]:
    """Return the links a card has room for: to read the paper, to its record, to the code and the project."""
    urls = paper.web_links
    record = next((kind for kind in (RECORD_LINKS if paper.arxiv else RECORD_LINKS[1:]) if kind in urls), "")
    return tuple(_link(kind, urls[kind], CARD_NAMES) for kind in ("pdf", record, "code", "project") if kind in urls)


def _link(kind: str, url: str, names: Mapping[str, str]) -> Link:
    if kind == "abs" and _AT_ARXIV.match(url):
        return Link("arXiv", url)
    return Link(names.get(kind, kind.replace("_", " ").capitalize()), url)


_AT_ARXIV = re.compile(r"https?://(?:[a-z]+\.)*arxiv\.org/", re.IGNORECASE)
HEADLINE_SIZES = ((140, "longest"), (100, "longer"), (60, "long"))
# Kinds of links to the record of a paper, the best first.
RECORD_LINKS = ("abs", "doi", "abs", "page", "html")
# Kind of link → its name on the page, in the order the page shows them.
LINK_NAMES = {
    "pdf": "PDF",
    "html": "HTML",
    "abs": "Abstract",
    "doi": "DOI",
    "code": "Code",
    "project": "Project page",
    "data": "Data",
    "model": "Model",
    "demo": "Demo",
    "video": "Video",
    "discussion": "Discussion",
}
CARD_NAMES = LINK_NAMES | {"project": "Project"}
LINK_ORDER = {kind: place for place, kind in enumerate(LINK_NAMES)}
