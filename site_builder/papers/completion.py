"""Complete papers that a list names by id only, with fetched data; without it, the id is their title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from site_builder.model.paper import Paper
from site_builder.model.raw_paper import RawPaper, given_links
from site_builder.papers.identity import identify
from site_builder.problems import Problems
from site_builder.sources.content.completions import Completions

_OWN = ("pmid:", "PMC", "openreview:")


def id_alone(record: RawPaper) -> str | None:
    """Return the id of a record that has no title: `arxiv:2605.01234`, `doi:10.1000/x`, `pmid:123`; None for others."""
    fields = record.fields
    if str(fields.get("title") or "").strip() or fields.get("run_together"):
        return None
    arxiv, doi, own = identify(fields)
    if arxiv or doi:
        return f"arxiv:{arxiv}" if arxiv else f"doi:{doi}"
    return own if own and own.startswith(_OWN) else None


def complete(records: Sequence[RawPaper], known: Completions) -> tuple[list[RawPaper], frozenset[int]]:
    """Return the records, those with only an id completed from `known`, and the `id()` of each completed record.

    A record that `known` has no data for gets its id as title.
    """
    completed: list[RawPaper] = []
    filled = set()
    for record in records:
        key = id_alone(record)
        if key is None:
            completed.append(record)
            continue
        found = known.papers.get(key)
        own = {name: value for name, value in record.fields.items() if value}
        if found and found.fields:
            links = {**given_links(found.fields), **given_links(own)}
            former = {"formerly": [key]} if key.startswith(_OWN) else {}  # the id under which it was published before
            completed.append(replace(record, fields={**found.fields, **own, **former, "links": links}))
            filled.add(id(completed[-1]))
        else:
            completed.append(replace(record, fields={**own, "title": _shown(key)}))
    return completed, frozenset(filled)


def has_id_for_title(paper: Paper) -> bool:
    """Return whether the title of a paper is only its id, as nothing else is known."""
    return paper.title in {f"arXiv:{paper.arxiv}", f"doi:{paper.doi}", paper.id}


def report_incomplete(papers: Iterable[Paper], known: Mapping[str, object], problems: Problems) -> None:
    """Report papers of which only the id is known."""
    for paper in papers:
        if has_id_for_title(paper):
            place = paper.places[0]
            is_asked = _key(paper) in known
            what = "was found nowhere" if is_asked else "is named by its id alone"
            remedy = "correct it, or write a title" if is_asked else "`broadsheet fetch` completes it, or write a title"
            problems.add(place.path, place.line, f"{paper.title} {what}", f"{remedy}; it is shown by its id")


def _key(paper: Paper) -> str:
    return f"arxiv:{paper.arxiv}" if paper.arxiv else f"doi:{paper.doi}" if paper.doi else paper.id


def _shown(key: str) -> str:
    return key.replace("arxiv:", "arXiv:", 1) if key.startswith("arxiv:") else key
