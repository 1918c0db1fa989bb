"""Hugging Face daily papers: raw responses of `GET /api/daily_papers`, in all shapes of past years.

Most days are a list of rows `{"paper": {…}, "publishedAt": …, …}`. On some days the rows are strings that hold a
Python repr, or are under `data` in `{"status", "date", "count", "data"}`. There may be one row per line.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, filled
from site_builder.problems import Problem
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import feed_date
from site_builder.sources.formats.json_lists import EmptyList, NoList, knows_half, listed_items, quiet_day
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import JsonError, list_in, load_json
from site_builder.sources.syntax.python_literal import LiteralValueError, load_literal

VIDEO_ENDS = (".mp4", ".mov", ".qt", ".webm", ".m4v")

# Keys that are handled separately, or never shown in a digest.
_KNOWN = frozenset(
    "paper publishedat submittedondailyat submittedondailyby submittedby mediaurl mediaurls id title summary "
    "authors organization thumbnail numcomments githubrepo projectpage githubstars aisummary aisummarymodel "
    "aikeywords upvotes submitterorganization githubrepoaddedby isauthorparticipating discussionid upvoters "
    "relatedposts linkedmodels".split()
)
_DAY = lazy_pattern(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_REMEDY = "fetch the day again, or mend or remove the row"


def read(source: Source) -> Iterator[Item]:
    """Yield one record for each row; `line` is the row's line, or its number if the text is a single line."""
    name = source.path.rpartition("/")[2].partition("@")[0]  # after `@`: when a later response was fetched
    day = _day_in(name)
    for line, row, frame in listed_items(source.text()):
        if isinstance(row, JsonError):
            yield Problem(source.path, row.line, f"damaged JSON: {row.message}", _REMEDY, records=row.records)
        elif isinstance(row, EmptyList):
            yield quiet_day(row, source.path, line)
        else:
            yield _item(
                row.item if isinstance(row, NoList) else row,
                source.path,
                line,
                day or _day_in(str(frame.values.get("date", ""))),
            )


def _item(row: object, path: str, line: int, day: str) -> Item:
    try:
        outer, paper = _unwrapped(row)
    except LiteralValueError as error:
        return Problem(path, line, f"no row of daily papers: {error}", _REMEDY, records=1)
    fields = _fields(outer, paper, day)
    return RawPaper(fields, path, line, unread=unread_keys(outer, fields, _KNOWN) | unread_keys(paper, fields, _KNOWN))


def fields_of(item: object) -> dict[str, object] | None:
    """Return the fields of a row, None for any other item."""
    try:
        row, paper = _unwrapped(item)
    except LiteralValueError:
        return None
    is_row = "id" in paper and not paper.keys().isdisjoint(("summary", "upvotes", "publishedAt"))
    return _fields(row, paper, "") if is_row else None


def _unwrapped(row: object) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return a row and the `paper` in it; a string is parsed as JSON or as a Python repr.

    Raises LiteralValueError if the row is neither, or has no `paper`.
    """
    if isinstance(row, str):
        text = row
        try:
            row = load_json(text)
        except JsonError:
            row = load_literal(text)
    paper = row.get("paper") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(paper, dict):
        raise LiteralValueError('an object with "paper" is expected')
    return row, paper


def _fields(row: Mapping[str, object], paper: Mapping[str, object], day: str) -> dict[str, object]:
    """Return the fields of a row; the outer `publishedAt` is the date of neither the paper nor the list, and unused."""
    media = [url for url in list_in(paper.get("mediaUrls") or row.get("mediaUrls")) if isinstance(url, str)]
    pictures = [url for url in media if not url.lower().endswith(VIDEO_ENDS)]
    videos = [url for url in media if url not in pictures]
    links = {
        "code": paper.get("githubRepo"),
        "project": paper.get("projectPage"),
        "video": next(iter(videos), None),
    }
    fields = {
        "title": paper.get("title") or row.get("title"),
        "abstract": paper.get("summary") or row.get("summary"),
        "arxiv": paper.get("id"),
        "authors": [
            name
            for each in list_in(paper.get("authors"))
            if not (type(each) is dict and each.get("hidden") is True) and (name := _name(each))
        ],
        "published": feed_date(str(paper.get("publishedAt") or "")),
        "listed": _day_in(str(paper.get("submittedOnDailyAt") or "")) or day,
        "organization": _name(paper.get("organization") or row.get("organization")),
        "upvotes": paper.get("upvotes"),
        "comments": row.get("numComments"),
        "stars": paper.get("githubStars"),
        "ai_summary": paper.get("ai_summary"),
        "keywords": list_in(paper.get("ai_keywords")),
        "submitter": _name(row.get("submittedBy") or paper.get("submittedOnDailyBy")),
        "image": row.get("thumbnail") or row.get("mediaUrl") or next(iter(pictures), None),
        "links": {kind: url.strip() for kind, url in links.items() if isinstance(url, str) and url.strip()},
    }
    return filled(fields)


def _name(person: object) -> str:
    """Return the display name of a person or an organisation, given as an object or as the name; "" if none."""
    if isinstance(person, dict):
        person = person.get("fullname") or person.get("name")
    return person if isinstance(person, str) else ""


def _day_in(text: str) -> str:
    """Return the last valid ISO date in a text, "" if there is none."""
    for day in reversed(_DAY.findall(text)):
        try:
            return date.fromisoformat(day).isoformat()
        except ValueError:
            continue
    return ""


READER = Reader(
    name="Hugging Face daily papers",
    about="answers of the Hugging Face daily papers API; the day is in the row or in the file's name",
    example='[{"paper": {"id": "2608.14391", "title": "…", "summary": "…"}, "numComments": 2}]',
    recognises=lambda source: knows_half(source, fields_of),
    read=read,
    fields_of=fields_of,
)
