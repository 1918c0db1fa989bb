"""Data files for programs: all papers and days in parts by month, the tags, and a JSON Schema for each kind of file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day, Term
from site_builder.model.page import JsonData, Page
from site_builder.model.paper import Paper, Place
from site_builder.model.published import UNDATED
from site_builder.names.identity import id_address, load_ids
from site_builder.papers.clean import strip_controls
from site_builder.papers.published_ids import first_month
from site_builder.papers.work_kind import WorkKind, citable_doi, kind_of
from site_builder.urls import api_part_path, day_path, paper_path, term_path

PART_BYTES = 3 * 2**19  # maximum size of a part by our estimate, some 125 papers
_RECORD_BYTES = 2_000  # bytes of a record without its texts
_ITEM_BYTES = 200  # bytes of an item in its lists without the item's text
_CHARACTER_BYTES = 4  # bytes in UTF-8


@dataclass(frozen=True, slots=True)
class DataPart:
    """Papers of one data file: those first listed in a month, or some of them.

    name: `2026-11`, `2026-11-2` for the second part of a large month, `undated`. days: those whose last paper is among
    the papers.
    """

    name: str
    month: str | None
    days: tuple[Day, ...]
    papers: tuple[Paper, ...]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `api/…`."""
    schemas = {
        "papers": _schema("The parts that hold all papers", INDEX_SCHEMA),
        "part": _schema("The papers first listed in a month, and its days", PART_SCHEMA),
        "tags": _schema("All tags", {"type": "array", "items": TAG_SCHEMA}),
    }
    parts = list(_parts(catalogue))
    yield _page("papers.json", _index_value(parts, settings))
    for part in parts:
        data = JsonData(part, partial(_part_value, part, catalogue, settings), is_dense=True)
        yield Page(api_part_path(part.name), "data", "", "the data files", data)
    yield _page("tags.json", [_term_value(term, settings) for term in catalogue.tags])
    for name, schema in schemas.items():
        yield _page(f"{name}.schema.json", schema)


def _page(name: str, value: object) -> Page:
    return Page(f"api/{name}", "data", "", "the data files", JsonData.holding(value))


def _parts(catalogue: Catalogue) -> Iterator[DataPart]:
    """Yield the parts of all papers, newest month first; the parts of one month are in ascending order."""
    by_month: dict[str, list[Paper]] = {month.key: [] for month in reversed(catalogue.months)}
    for paper in catalogue.papers:
        by_month.setdefault(first_month(paper), []).append(paper)
    days = {month.key: month.days for month in catalogue.months}
    for month, papers in by_month.items():
        groups = list(in_bounded_groups(sorted(papers, key=lambda paper: (paper.days, paper.id)))) or [()]
        begins = [date.min, *(group[0].days[0] for group in groups[1:] if group[0].days), date.max]
        for number, group in enumerate(groups, 1):
            name = month if number == 1 else f"{month}-{number}"
            ended = tuple(day for day in days.get(month, ()) if begins[number - 1] <= day.date < begins[number])
            yield DataPart(name, None if month == UNDATED else month, ended, tuple(group))


def in_bounded_groups(papers: Iterable[Paper], limit: int = PART_BYTES) -> Iterator[Sequence[Paper]]:
    """Group papers so that the records of a group stay below `limit` bytes; a new paper does not change full groups."""
    group: list[Paper] = []
    size = 0
    for paper in papers:
        needed = max_record_bytes(paper)
        if group and size + needed > limit:
            yield group
            group, size = [], 0
        group.append(paper)
        size += needed
    if group:
        yield group


def max_record_bytes(paper: Paper) -> int:
    """Return an upper bound on the size of a paper's record, in bytes."""
    notice = paper.withdrawal.notice if paper.withdrawal else ""
    texts = [paper.id, paper.title, paper.abstract, paper.summary, paper.note, notice]
    texts += filter(None, (paper.organization, paper.venue))
    links = paper.web_links
    items = [*paper.aliases, *paper.authors, *paper.author_ids, *links, *links.values()]
    items += [place.path for place in paper.places]
    for correction in paper.corrections:
        items += correction.before, correction.after
    days = len(paper.days) + len(paper.listed)
    characters = len("".join(texts)) + len("".join(items)) + days * len("2026-11-20")
    count = len(items) + days + len(paper.counts) + len(paper.corrections) + len(paper.tags)
    return _RECORD_BYTES + _CHARACTER_BYTES * characters + _ITEM_BYTES * count


def _index_value(parts: Sequence[DataPart], settings: Settings) -> dict[str, object]:
    return {
        "papers": sum(len(part.papers) for part in parts),
        "parts": [
            {
                "month": part.month,
                "papers": len(part.papers),
                "url": settings.permalink(api_part_path(part.name)),
            }
            for part in parts
        ],
    }


def _part_value(part: DataPart, catalogue: Catalogue, settings: Settings) -> dict[str, object]:
    return {
        "month": part.month,
        "days": [_day_value(day, settings) for day in part.days],
        "papers": [paper_value(paper, catalogue, settings) for paper in part.papers],
    }


def _day_value(day: Day, settings: Settings) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "url": settings.permalink(day_path(day.date)),
        "note": strip_controls(day.note.markdown).strip() if day.note else None,
        "papers": [paper.id for paper in day.papers],
    }


def paper_value(paper: Paper, catalogue: Catalogue, settings: Settings) -> dict[str, object]:
    """Return the record of a paper in the data files; unknown values are None."""
    return {
        "id": paper.id,
        "aliases": list(paper.aliases),
        "title": paper.title,
        "abstract": paper.abstract or None,
        "summary": paper.summary or None,
        "note": paper.note or None,
        "authors": list(paper.authors),
        "author_ids": [_addresses(ids) for ids in paper.author_ids],
        "author_count": paper.author_count or len(paper.authors) or None,
        "organization": paper.organization,
        "kind": kind_of(paper),
        "arxiv": paper.arxiv,
        "version": paper.version,
        "doi": citable_doi(paper) or None,
        "venue": paper.venue,
        "language": paper.language,
        "published": str(paper.published) if paper.published else None,
        "listed": [day.isoformat() for day in paper.listed],
        "days": [day.isoformat() for day in paper.days],
        "tags": [tag.slug for tag in catalogue.tags_of[paper.id]],
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "links": paper.web_links,
        "url": settings.permalink(paper_path(paper.id)),
        "sources": [_place(place) for place in paper.places],
        "withdrawn": _withdrawn(paper),
        "corrections": [
            {
                "date": correction.day.isoformat(),
                "what": correction.what,
                "before": correction.before or None,
                "after": correction.after or None,
                "source": _place(correction.place),
            }
            for correction in paper.corrections
        ],
        "counts": [
            {"date": counts.day.isoformat(), "upvotes": counts.upvotes, "comments": counts.comments}
            for counts in paper.counts
        ],
    }


def _addresses(ids: str) -> dict[str, str]:
    """Return the addresses of a person by register, for ids that have one."""
    known = load_ids(ids)
    return {register: address for register, value in known.items() if (address := id_address(register, value))}


def _place(place: Place) -> dict[str, object]:
    return {"path": place.path, "line": place.line}


def _withdrawn(paper: Paper) -> dict[str, object] | None:
    if paper.withdrawal is None:
        return None
    day = paper.withdrawal.day
    return {"notice": paper.withdrawal.notice, "date": day.isoformat() if day else None}


def _term_value(term: Term, settings: Settings) -> dict[str, object]:
    return {
        "slug": term.slug,
        "name": strip_controls(term.name),
        "description": strip_controls(term.description) or None,
        "count": len(term.papers),
        "url": settings.permalink(term_path(term.taxonomy, term.slug)),
    }


def _schema(title: str, schema: dict[str, object]) -> dict[str, object]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def _object(properties: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TEXT = {"type": "string", "minLength": 1}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT_OR_NULL = {"type": ["integer", "null"], "minimum": 0}
_DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
_DAY_OR_NULL = {**_DAY, "type": ["string", "null"]}
_URL = {"type": "string", "pattern": "^https?://"}
_SOURCE = _object({"path": _TEXT, "line": {"type": "integer", "minimum": 1}})

PAPER_SCHEMA = _object(
    {
        "id": {
            **_TEXT,
            "description": "arXiv id without version, else DOI, else a slug of the title, as first published",
        },
        "aliases": {"type": "array", "items": _TEXT, "description": "other ids it has had; their addresses lead to it"},
        "title": _TEXT,
        "abstract": {**_TEXT_OR_NULL, "description": "paragraphs separated by a blank line; may hold TeX"},
        "summary": {**_TEXT_OR_NULL, "description": "of the editor's, in one line"},
        "note": {**_TEXT_OR_NULL, "description": "a line of the editor's about the paper"},
        "authors": {"type": "array", "items": _TEXT},
        "author_ids": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": _URL},
            "description": "of each author, register (orcid, openalex, dblp, arxiv) → address; empty where unknown",
        },
        "author_count": {**_COUNT_OR_NULL, "description": "also known where a list counts but does not name them"},
        "organization": _TEXT_OR_NULL,
        "kind": {"enum": [*WorkKind], "description": "the kind of work, as every citation of it says"},
        "arxiv": {**_TEXT_OR_NULL, "description": "arXiv number without version"},
        "version": {"type": ["integer", "null"], "minimum": 1, "description": "latest arXiv version that a list names"},
        "doi": {**_TEXT_OR_NULL, "description": "of an arXiv paper without another the one arXiv registers"},
        "venue": _TEXT_OR_NULL,
        "language": {**_TEXT_OR_NULL, "description": "of title and abstract, as a tag of BCP 47, where a list says it"},
        "published": {
            "type": ["string", "null"],
            "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$",
            "description": "day, month or year the paper appeared; the month of its number where no list says it",
        },
        "listed": {"type": "array", "items": _DAY, "description": "days on which a list carried the paper"},
        "days": {"type": "array", "items": _DAY, "description": "days whose digests hold the paper"},
        "tags": {"type": "array", "items": _TEXT, "description": "slugs, see tags.json"},
        "upvotes": _COUNT_OR_NULL,
        "comments": _COUNT_OR_NULL,
        "links": {"type": "object", "additionalProperties": _URL, "description": "kind of link → address"},
        "url": _URL,
        "sources": {"type": "array", "items": _SOURCE, "description": "the lists the paper was read from"},
        "withdrawn": {
            "anyOf": [
                {"type": "null"},
                _object(
                    {
                        "notice": {"type": "string", "description": "the words that say so, if any"},
                        "date": {**_DAY_OR_NULL, "description": "day it was seen; null where it always was so"},
                    }
                ),
            ],
            "description": "null for a paper that was not withdrawn",
        },
        "corrections": {
            "type": "array",
            "items": _object(
                {
                    "date": {**_DAY, "description": "day the change was seen"},
                    "what": {"enum": ["title", "abstract", "withdrawal"]},
                    "before": _TEXT_OR_NULL,
                    "after": _TEXT_OR_NULL,
                    "source": {**_SOURCE, "description": "where the later text stands"},
                }
            ),
            "description": "what a fetched list said otherwise on a later day",
        },
        "counts": {
            "type": "array",
            "items": _object({"date": _DAY, "upvotes": _COUNT_OR_NULL, "comments": _COUNT_OR_NULL}),
            "description": "counts by the day they were fetched, where they were fetched more than once",
        },
    }
)
_MONTH = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}-\d\d$",
    "description": "month the papers were first listed in; null for those without a day",
}
DAY_SCHEMA = _object(
    {
        "date": _DAY,
        "url": _URL,
        "note": _TEXT_OR_NULL,
        "papers": {
            "type": "array",
            "items": _TEXT,
            "description": "ids in the order of the page; one listed before is in the part of its first month",
        },
    }
)
PART_SCHEMA = _object(
    {
        "month": _MONTH,
        "days": {"type": "array", "items": DAY_SCHEMA, "description": "oldest first, each with its last paper"},
        "papers": {"type": "array", "items": PAPER_SCHEMA, "description": "by first day, then by id"},
    }
)
INDEX_SCHEMA = _object(
    {
        "papers": {"type": "integer", "minimum": 0, "description": "papers of all parts"},
        "parts": {
            "type": "array",
            "items": _object({"month": _MONTH, "papers": {"type": "integer", "minimum": 0}, "url": _URL}),
            "description": "the newest month first; a month that is over changes only where a paper of it does",
        },
    }
)
TAG_SCHEMA = _object(
    {
        "slug": _TEXT,
        "name": _TEXT,
        "description": _TEXT_OR_NULL,
        "count": {"type": "integer", "minimum": 1},
        "url": _URL,
    }
)
