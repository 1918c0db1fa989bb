"""A citation as a line of text, in the manner of the APA."""

from site_builder.papers.paper import Paper
from site_builder.papers.person_name import split_name
from site_builder.render.citations.work import first_and_last_page, one_line, plain_line, url_of

MOST_AUTHORS = 20  # of more, the first nineteen and the last one (Publication Manual of the APA, 7th edition, §9.8)


def plain_citation(paper: Paper) -> str:
    """Return `Last, F., & Other, N. (2026). Title. Venue, 1(2), 3–4. https://…` on one line."""
    year = f"({paper.published.year})." if paper.published else "(n.d.)."
    title = plain_line(paper.title)
    parts = [_authors(paper), year, title if title[-1:] in "?!." else f"{title}.", _venue(paper), url_of(paper)]
    return " ".join(part for part in parts if part)


def _authors(paper: Paper) -> str:
    names = [_author(one_line(name)) for name in paper.authors]
    if names and (paper.author_count or 0) > len(names):
        return f"{', '.join(names)}, et al."
    if len(names) > MOST_AUTHORS:
        joined = f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    elif len(names) > 1:
        joined = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        joined = "".join(names)
    return joined if joined.endswith(".") or not joined else f"{joined}."


def _author(name: str) -> str:
    """Return `van der Berg, J.-P. A., Jr.`; a group's name whole."""
    parts = split_name(name)
    if not parts.given:
        return parts.family
    initials = " ".join(_initials(word) for word in parts.given.split())
    return ", ".join(part for part in (parts.last, initials, parts.suffix) if part)


def _initials(word: str) -> str:
    return "-".join(f"{part[0]}." for part in word.split("-") if part)


def _venue(paper: Paper) -> str:
    """Return venue, volume, issue and pages; of a preprint its arXiv id."""
    if not paper.venue:
        return f"arXiv:{paper.arxiv}." if paper.arxiv else ""
    first, last = first_and_last_page(paper)
    issue = f"({one_line(paper.issue)})" if paper.issue else ""
    numbers = (plain_line(paper.venue), one_line(paper.volume or "") + issue, f"{first}–{last}" if last else first)
    return f"{', '.join(part for part in numbers if part).rstrip('.')}."
