"""JSON lines and JSON lists of papers, with the key names of arXiv, Semantic Scholar, OpenAlex and other services."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, QuietDay, RawPaper, UnreadOfList
from site_builder.problems import NEAR, Problem, shortened
from site_builder.sources.fields.field_names import fields_of as fields_of_name
from site_builder.sources.fields.field_names import known_names, plain_name
from site_builder.sources.fields.identifiers import doi_in, ids_in
from site_builder.sources.fields.named_fields import to_fields, with_subtitle
from site_builder.sources.fields.pubmed_words import plain_title, pubmed_page
from site_builder.sources.fields.related_identifiers import own_arxiv, related_in, unread_related
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.fields.unread import keys_without_field, unread_keys
from site_builder.sources.formats.identifier_list import identifier_fields
from site_builder.sources.formats.json_lists import (
    EmptyList,
    NoList,
    first_items,
    is_empty_or_uneven,
    is_lines,
    knows_half,
    listed_items,
    quiet_day,
)
from site_builder.sources.formats.json_routes import DATES, Frame, has_title, unwrapped
from site_builder.sources.formats.yaml_list import DEFAULTS, as_list
from site_builder.sources.list_name import list_name
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import JsonError, RepeatedKeys, load_json

_SURE = frozenset({"abstract", "authors", "arxiv", "doi"})  # with a title, one of these makes an object a paper
_NAMES_PAPERS = frozenset({"paperid", "papertitle", "articletitle"})  # so does one of these keys
_FORUM = lazy_pattern(r"[\w-]{3,40}", re.ASCII)
_SERVICE_IDS = ("forum", "pmid", "pubmed-id", "articleids", "identifiers")
_READ_ELSEWHERE = frozenset({"forum", "number", "pmid", "pubmedid", "identifiers", "articleids", "elocationid"})
# Keys of a list's metadata, and its defaults for all papers.
_OF_LIST = frozenset(
    {*DEFAULTS, "title", "abstract", "authors", "links", "comment", "comments", "pages", "stars", "note"}
)
_NO_DEFAULTS: Mapping[str, object] = {}
_SENTENCE_TITLES = frozenset({"ee", "authorString", "fulljournalname"})  # DBLP, Europe PMC, PubMed end titles with `.`
_REMEDY = "mend the JSON; the rest is read"


def recognises_lines(source: Source) -> bool:
    """Return whether the source is JSON lines and at least half of the first objects are papers."""
    return knows_half(source, fields_of) and is_lines(source)


def recognises_array(source: Source) -> bool:
    """Return whether the source is a JSON list of papers, ids or titles, an empty list or an unreadable table.

    Of the first items of a list, at least half must be papers.
    """
    return (knows_half(source, fields_of) and not is_lines(source)) or lists_texts(source) or is_empty_or_uneven(source)


def lists_texts(source: Source) -> bool:
    """Return whether the first items of a JSON text are all strings, and most of them ids or titles of papers."""
    items = first_items(source)
    texts = [item for item in items if isinstance(item, str)]
    named = sum(_fields_of_text(text) is not None for text in texts)
    return 0 < len(items) == len(texts) and 2 * named > len(texts)


def _fields_of_text(text: str) -> dict[str, object] | None:
    """Return the fields of a string that is an id or a title, None for any other string."""
    if fields := identifier_fields(text):
        return fields
    title = " ".join(text.split())
    return {"title": title} if _is_title(title) else None


def read_lines(source: Source) -> Iterator[Item]:
    """Yield a record for each line; a line that is not an object is a problem."""
    listed = day_of_name(source.path)
    repeated = RepeatedKeys()
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            yield item_of(load_json(line, repeated), source.path, number, listed)
        except JsonError as error:
            yield Problem(source.path, number, f"broken JSON: {error.message}", _REMEDY, lines=1, records=1)
        for _, twice in repeated.errors(number):
            yield Problem(source.path, number, f"broken JSON: {twice.message}", _REMEDY)


def read_array(source: Source) -> Iterator[Item]:
    """Yield a record for each item of the lists, or for the single paper."""
    listed = day_of_name(source.path)
    last: Frame | None = None
    defaults: dict[str, object] = {}
    is_reported = False
    for line, item, frame in listed_items(source.text()):
        if found := item_of_marker(item, source.path, line):
            yield found
        else:
            if frame is not last:
                last, defaults = frame, list_defaults(frame)
                yield from unread_of_list(frame, line)
            if isinstance(item, str) and not is_reported and "title" in (_fields_of_text(item) or {}):
                is_reported = True
                what = (
                    "texts of the list are taken for titles of papers, since nothing but their look tells what they are"
                )
                yield Problem(source.path, line, what, "write an object with title and id for each paper")
            yield item_of(item, source.path, line, listed or frame.day, frame.key, defaults)


def list_defaults(frame: Frame) -> dict[str, object]:
    """Return the default fields that a list gives its papers, as in YAML lists; `listed` is in `frame.day` instead."""
    fields = {name: value for name, value in to_fields(frame.values).items() if name in DEFAULTS and name != "listed"}
    return {**fields, "published": frame.year} if frame.year else fields


def unread_of_list(frame: Frame, line: int) -> Iterator[UnreadOfList]:
    """Yield the unread keys of a list's metadata that look like fields of its papers."""
    known = DATES | {"year"} if frame.year else DATES
    metadata = {key: value for key, value in frame.values.items() if plain_name(key) not in known}
    looks = keys_without_field(metadata, _OF_LIST)
    looks = {
        key: look
        for key, look in looks.items()
        if look in ("a date", "an identifier")
        or fields_of_name(plain_name(key))
        or get_close_matches(plain_name(key), DEFAULTS, 1, NEAR)
    }
    if looks:
        yield UnreadOfList(looks, line)


def item_of_marker(found: object, path: str, line: int) -> Problem | QuietDay | None:
    """Convert a marker from `listed_items` (JsonError, EmptyList, NoList) to its item; None for anything else."""
    if isinstance(found, JsonError):
        return Problem(path, found.line, f"broken JSON: {found.message}", _REMEDY, records=found.records)
    if isinstance(found, EmptyList):
        return quiet_day(found, path, line)
    return _no_list(found, path, line) if isinstance(found, NoList) else None


def _no_list(found: NoList, path: str, line: int) -> Problem:
    keys = ", ".join(f'"{shortened(key)}"' for key in found.keys[:5])
    what = f"no list of papers is found; what stands below {keys} has no titles"
    return Problem(path, line, what, "write the papers as a list of objects with titles", records=found.records)


def fields_of(item: object) -> dict[str, object] | None:
    """Return the fields of an object with the keys of a paper, None for any other item."""
    if not isinstance(item, Mapping) or not has_title(item):
        return None
    values = unwrapped(item)
    known = known_names(map(str, values)) - {"title"}
    fields = _fields(values)
    is_called_one = not _NAMES_PAPERS.isdisjoint(plain_name(str(key)) for key in values)
    if len(known) > 1 or is_called_one or not _SURE.isdisjoint({*known, *fields}):
        return fields
    return fields if (known or len(values) == 1) and _is_title(fields.get("title")) else None


def _is_title(text: object) -> bool:
    """Return whether a value looks like a paper's title and has enough words to be taken for one."""
    return isinstance(text, str) and looks_like_title(text) and len(text.split()) >= FEWEST_WORDS


def day_of_name(path: str) -> str | None:
    """Return the day in the name of a file (`2026-06-30.jsonl`) in ISO format, None for other names."""
    name = list_name(path)
    return name.day.isoformat() if name else None


def item_of(
    value: object,
    path: str,
    line: int,
    listed: str | None,
    key: str = "",
    defaults: Mapping[str, object] = _NO_DEFAULTS,
) -> Item:
    texts = _fields_of_text(value) if isinstance(value, str) else None
    if not isinstance(value, Mapping) and texts is None:
        return Problem(path, line, "the entry is no JSON object", "write `{…}` for each paper", records=1)
    values = unwrapped(value) if isinstance(value, Mapping) else {}
    fields = texts or _fields(values)
    if key and not {"arxiv", "doi"} & fields.keys():
        fields |= ids_in(key)
    if defaults:
        tags = [*as_list(defaults.get("tags")), *as_list(fields.get("tags"))]
        fields = {**defaults, **fields, **({"tags": tags} if tags else {})}
    if listed and "listed" not in fields:
        fields["listed"] = listed
    unread = unread_keys(values, fields, _READ_ELSEWHERE)
    unread |= {} if "arxiv" in fields else unread_related(related_in(values))
    return RawPaper(fields, path, line, unread=unread)


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    fields = to_fields(values)
    if "arxiv" not in fields and (arxiv := own_arxiv(related_in(values))):
        fields["arxiv"] = arxiv
    if links := dict(_service_links(values)):
        fields["links"] = {**fields.get("links", {}), **links}
    if fields.get("title") and not _SENTENCE_TITLES.isdisjoint(values):
        fields["title"] = plain_title(fields["title"])
    if "forum" in values and "number" in values:  # OpenReview numbers its papers
        fields.pop("issue", None)
    source = values.get("source")
    if isinstance(source, dict) and isinstance(journal := source.get("title"), str) and journal:  # from Lens
        fields.setdefault("venue", journal)
    fields |= _of_biorxiv(values, fields)
    if str(values.get("dc:identifier")).startswith("SCOPUS_ID") and isinstance(first := fields.get("authors"), str):
        fields["authors"] = [first, "others"]  # Scopus names only the first in its standard view
    titles = values.get("titles")
    if isinstance(titles, list) and (under := next((text for each in titles if (text := _subtitle(each))), "")):
        fields["title"] = with_subtitle(fields.get("title", ""), under)
    written = values.get("abstract")
    if not (type(written) is str and written) and (text := _abstract(written, values.get("abstract_inverted_index"))):
        fields["abstract"] = text
    return fields


def _of_biorxiv(values: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, object]:
    """Return what bioRxiv alone says: the DOI of the article that a preprint became, and that one is withdrawn."""
    said: dict[str, object] = {}
    if journal := doi_in(str(values.get("published") or "")):
        said["links"] = {**fields.get("links", {}), "published": f"https://doi.org/{journal}"}
    if str(fields.get("kind")).casefold() == "withdrawn":
        said |= {"kind": "preprint", "comment": "Withdrawn"}
    return said


def _subtitle(title: object) -> str:
    """Return the text of a DataCite title if it is a subtitle, else ""."""
    return str(title.get("title") or "") if isinstance(title, dict) and title.get("titleType") == "Subtitle" else ""


def _service_links(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (kind, URL) for the ids of OpenReview and PubMed."""
    if values.keys().isdisjoint(_SERVICE_IDS):
        return
    forum, pdf, pmid = (str(values.get(name) or "") for name in ("forum", "pdf", "pmid"))
    named = values.get("identifiers")
    pmid = pmid or str(values.get("pubmed-id") or (named.get("pmid") if isinstance(named, dict) else None) or "")
    if _FORUM.fullmatch(forum):
        yield "page", f"https://openreview.net/forum?id={forum}"
        if pdf.startswith("/pdf"):
            yield "pdf", f"https://openreview.net{pdf}"
    listed = values.get("articleids")
    of_summary = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    pmid = pmid or next((str(each.get("value")) for each in of_summary if each.get("idtype") in ("pmid", "pubmed")), "")
    yield from pubmed_page(pmid, "pubmed").items()


def _abstract(written: object, index: object) -> str:
    """Return the text of an abstract given as a list of paragraphs, Springer's `{"p": …}` or OpenAlex's index.

    A plain string gives "", for it is read elsewhere.
    """
    paragraphs = written.get("p") if isinstance(written, Mapping) else written
    if isinstance(paragraphs, str) and paragraphs is not written:
        return paragraphs
    if isinstance(paragraphs, list) and all(isinstance(each, str) for each in paragraphs):
        return "\n\n".join(paragraphs)
    return _text_of_index(index) if not written and isinstance(index, Mapping) else ""


def _text_of_index(index: Mapping[str, object]) -> str:
    """Return the text of OpenAlex's `abstract_inverted_index`, which maps each word to its positions."""
    words = [
        (position, word)
        for word, numbers in index.items()
        if isinstance(numbers, list)
        for position in numbers
        if isinstance(position, int)
    ]
    return " ".join(word for _, word in sorted(words))


READERS = (
    Reader(
        name="JSON lines",
        about="one JSON object a line for each paper; a file named for a day lists its papers on that day",
        example='{"id": "2605.01234", "title": "A Paper", "authors": ["First Last"], "summary": "We …"}',
        recognises=recognises_lines,
        read=read_lines,
        fields_of=fields_of,
    ),
    Reader(
        name="JSON papers",
        about="JSON papers wherever their list stands, as in answers of OpenAlex, DBLP and others, or ids alone",
        example='{"data": [{"title": "A Paper", "externalIds": {"ArXiv": "2605.01234"}, "year": 2026}]}',
        recognises=recognises_array,
        read=read_array,
        fields_of=fields_of,
    ),
)
