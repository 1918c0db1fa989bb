"""A citation as a line of text in APA style."""

from urllib.parse import quote

from site_builder.languages import Words
from site_builder.model.paper import PLAIN_IN_URL
from site_builder.names.person import PersonName
from site_builder.papers.work_kind import WorkKind
from site_builder.render.citations.work import Work, arxiv_number, one_line

MAX_AUTHORS = 20  # if more, the first nineteen and the last (Publication Manual of the APA, 7th edition, §9.8)


def plain_citation(words: Words, work: Work) -> str:
    """Return `Last, F., & Other, N. (2026). Title. Venue, 1(2), 3–4. arXiv:… https://doi.org/…` on one line."""
    paper = work.paper
    no_date = words.gettext("n.d.")
    year = f"({paper.published.year})." if paper.published else f"({no_date})."
    address = f"https://doi.org/{quote(work.doi, safe=PLAIN_IN_URL)}" if work.doi else work.url
    number = arxiv_number(paper)
    parts = [_authors(work, words), year, _title(work, words), _venue(work), f"{number}." if number else "", address]
    return " ".join(part for part in parts if part)


def _title(work: Work, words: Words) -> str:
    title = work.title
    if work.kind is WorkKind.PREPRINT:
        preprint = words.gettext("Preprint")
        return f"{title} [{preprint}]."
    return title if title[-1:] in "?!." else f"{title}."


def _authors(work: Work, words: Words) -> str:
    names = [_author(name) for name in work.people]
    if names and work.paper.lacks_authors:
        others = words.gettext("et al.")
        return f"{', '.join(names)}, {others}"
    if len(names) > MAX_AUTHORS:
        joined = f"{', '.join(names[: MAX_AUTHORS - 1])}, … {names[-1]}"
    elif len(names) > 1:
        joined = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        joined = "".join(names)
    return joined if joined.endswith(".") or not joined else f"{joined}."


def _author(parts: PersonName) -> str:
    """Return `van der Berg, J.-P. A., Jr.`; a group's name unchanged."""
    if not parts.given:
        return str(parts)
    initials = " ".join([_initials(word) for word in parts.given.split()])
    return ", ".join([part for part in (parts.last, initials, parts.suffix) if part])


def _initials(word: str) -> str:
    return f"{word[0]}." if "-" not in word else "-".join(f"{part[0]}." for part in word.split("-") if part)


def _venue(work: Work) -> str:
    """Return venue, volume, issue and pages, else publisher or server, unless the arXiv number already names it."""
    paper, publisher = work.paper, work.publisher
    if not work.venue:
        return "" if not publisher or (paper.arxiv and publisher == "arXiv") else f"{publisher.rstrip('.')}."
    issue = f"({one_line(paper.issue)})" if paper.issue else ""
    pages = f"{work.first}–{work.last}" if work.last else work.first
    numbers = (work.venue, one_line(paper.volume or "") + issue, pages)
    return f"{', '.join(part for part in numbers if part).rstrip('.')}."
