"""A citation as a line of text, in the manner of the APA."""

from urllib.parse import quote

from site_builder.languages import Words
from site_builder.model.paper import PLAIN_IN_URL, Paper
from site_builder.names.person import PersonName
from site_builder.papers.work_kind import WorkKind, citable_doi, kind_of
from site_builder.render.citations.work import (
    arxiv_number,
    first_and_last_page,
    one_line,
    people_of,
    plain_line,
    url_of,
    venue_and_publisher,
)

MOST_AUTHORS = 20  # of more, the first nineteen and the last one (Publication Manual of the APA, 7th edition, §9.8)


def plain_citation(words: Words, paper: Paper) -> str:
    """Return `Last, F., & Other, N. (2026). Title. Venue, 1(2), 3–4. arXiv:… https://doi.org/…` on one line."""
    no_date = words.gettext("n.d.")
    year = f"({paper.published.year})." if paper.published else f"({no_date})."
    doi = one_line(citable_doi(paper))
    address = f"https://doi.org/{quote(doi, safe=PLAIN_IN_URL)}" if doi else url_of(paper)
    number = arxiv_number(paper)
    parts = [_authors(paper, words), year, _title(paper, words), _venue(paper), f"{number}." if number else "", address]
    return " ".join(part for part in parts if part)


def _title(paper: Paper, words: Words) -> str:
    title = plain_line(paper.title)
    if kind_of(paper) is WorkKind.PREPRINT:
        preprint = words.gettext("Preprint")
        return f"{title} [{preprint}]."
    return title if title[-1:] in "?!." else f"{title}."


def _authors(paper: Paper, words: Words) -> str:
    names = [_author(name) for name in people_of(paper)]
    if names and paper.lacks_authors:
        others = words.gettext("et al.")
        return f"{', '.join(names)}, {others}"
    if len(names) > MOST_AUTHORS:
        joined = f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    elif len(names) > 1:
        joined = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        joined = "".join(names)
    return joined if joined.endswith(".") or not joined else f"{joined}."


def _author(parts: PersonName) -> str:
    """Return `van der Berg, J.-P. A., Jr.`; a group's name whole."""
    if not parts.given:
        return str(parts)
    initials = " ".join(_initials(word) for word in parts.given.split())
    return ", ".join(part for part in (parts.last, initials, parts.suffix) if part)


def _initials(word: str) -> str:
    return "-".join(f"{part[0]}." for part in word.split("-") if part)


def _venue(paper: Paper) -> str:
    """Return venue, volume, issue and pages, else the publisher or the server, unless the arXiv number says that."""
    venue, publisher = venue_and_publisher(paper)
    if not venue:
        return "" if not publisher or (paper.arxiv and publisher == "arXiv") else f"{publisher.rstrip('.')}."
    first, last = first_and_last_page(paper)
    issue = f"({one_line(paper.issue)})" if paper.issue else ""
    numbers = (venue, one_line(paper.volume or "") + issue, f"{first}–{last}" if last else first)
    return f"{', '.join(part for part in numbers if part).rstrip('.')}."
