"""Data files for programs: all papers, each day and the tags as JSON, and a JSON Schema beside each."""

from collections.abc import Iterator
from typing import Any

from site_builder.catalogue.model import Catalogue, Term
from site_builder.pages.page import Page
from site_builder.papers.clean import strip_controls
from site_builder.papers.paper import Paper
from site_builder.settings import Settings
from site_builder.urls import day_path, paper_path, permalink, term_path


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `api/…`: the data of each page is the `value` it holds as JSON."""
    papers = {paper.id: paper_value(paper, catalogue, settings) for paper in catalogue.papers}
    values: dict[str, Any] = {
        "papers.json": list(papers.values()),
        "tags.json": [_term_value(term, settings) for term in catalogue.tags],
        "papers.schema.json": _schema("All papers", {"type": "array", "items": PAPER_SCHEMA}),
        "day.schema.json": _schema("The digest of a day", DAY_SCHEMA),
        "tags.schema.json": _schema("All tags", {"type": "array", "items": TAG_SCHEMA}),
    }
    for day in catalogue.days:
        values[f"days/{day.date.isoformat()}.json"] = {
            "date": day.date.isoformat(),
            "url": permalink(settings.base_url, day_path(day.date)),
            "note": strip_controls(day.note.markdown).strip() if day.note else None,
            "papers": [papers[paper.id] for paper in day.papers],
        }
    for name, value in values.items():
        yield Page(f"api/{name}", "data", "", "the data files", {"value": value})


def paper_value(paper: Paper, catalogue: Catalogue, settings: Settings) -> dict[str, Any]:
    """Return a paper as the data files hold it; what is not known is null."""
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract or None,
        "authors": list(paper.authors),
        "author_count": paper.author_count or len(paper.authors) or None,
        "organization": paper.organization,
        "published": str(paper.published) if paper.published else None,
        "listed": [day.isoformat() for day in paper.listed],
        "days": [day.isoformat() for day in paper.days],
        "tags": [tag.slug for tag in catalogue.tags_of[paper.id]],
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "links": paper.web_links,
        "url": permalink(settings.base_url, paper_path(paper.id)),
        "sources": [{"path": place.path, "line": place.line} for place in paper.places],
    }


def _term_value(term: Term, settings: Settings) -> dict[str, Any]:
    return {
        "slug": term.slug,
        "name": strip_controls(term.name),
        "description": strip_controls(term.description) or None,
        "count": len(term.papers),
        "url": permalink(settings.base_url, term_path(term.taxonomy, term.slug)),
    }


def _schema(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
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
_URL = {"type": "string", "pattern": "^https?://"}

PAPER_SCHEMA = _object(
    {
        "id": {**_TEXT, "description": "arXiv id without version, else DOI, else a slug of the title"},
        "title": _TEXT,
        "abstract": {**_TEXT_OR_NULL, "description": "paragraphs parted by a blank line; may hold TeX"},
        "authors": {"type": "array", "items": _TEXT},
        "author_count": {**_COUNT_OR_NULL, "description": "also known where a list counts but does not name them"},
        "organization": _TEXT_OR_NULL,
        "published": {
            "type": ["string", "null"],
            "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$",
            "description": "day, month or year the paper appeared",
        },
        "listed": {"type": "array", "items": _DAY, "description": "days on which a list carried the paper"},
        "days": {"type": "array", "items": _DAY, "description": "days whose digests hold the paper"},
        "tags": {"type": "array", "items": _TEXT, "description": "slugs, see tags.json"},
        "upvotes": _COUNT_OR_NULL,
        "comments": _COUNT_OR_NULL,
        "links": {"type": "object", "additionalProperties": _URL, "description": "kind of link → address"},
        "url": _URL,
        "sources": {
            "type": "array",
            "items": _object({"path": _TEXT, "line": {"type": "integer", "minimum": 1}}),
            "description": "the lists the paper was read from",
        },
    }
)
DAY_SCHEMA = _object(
    {"date": _DAY, "url": _URL, "note": _TEXT_OR_NULL, "papers": {"type": "array", "items": PAPER_SCHEMA}}
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
