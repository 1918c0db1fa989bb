"""Parse responses with the same readers that will read the stored files in a build."""

import io
import re
from dataclasses import dataclass

from site_builder.commands.fetch.changes import Row
from site_builder.commands.fetch.list_text import BadAnswerError, is_json, parse_xml
from site_builder.model.raw_paper import RawPaper
from site_builder.papers.identity import record_id
from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.formats import recognise
from site_builder.sources.formats.json_lists import is_quiet
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.syntax.json_text import JsonError, load_json

_HTML = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TOTAL = re.compile(r"<opensearch:totalResults[^>]*>(\d{1,9})<")


@dataclass(frozen=True, slots=True)
class ParsedResponse:
    """A parsed response: text, papers (an id and a row for each record), the days it claims to be for, and a total.

    suffix: extension for a file with the text. total: of all matches at the source, None if the source does not say.
    """

    text: str
    suffix: str
    ids: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    listed: frozenset[str] = frozenset()
    total: int | None = None


def read_answer(body: bytes, name: str, formats: frozenset[str]) -> ParsedResponse:
    """Parse a response as a file of this name would be read. Raises BadAnswerError if it is no list of papers."""
    try:
        source = Source(name, lambda: io.BytesIO(body))
        text = source.text()
    except DecodeError as error:
        raise BadAnswerError(f"the answer {error.what}") from None
    if not text.strip():
        raise BadAnswerError("the answer is empty")
    if _HTML.match(text):
        raise BadAnswerError("the answer is a web page, no list")
    value = _whole(text)
    suffix = _suffix(text)
    if is_quiet(source) and not (isinstance(value, dict) and "error" in value):
        return ParsedResponse(text, suffix, total=0)
    reader = recognise(source)
    if reader is None or reader.name not in formats:
        raise BadAnswerError(f"the answer is no list of papers ({' '.join(text.split())[:60]})")
    report, problems = FileReport(name), Problems()
    records = list(read_list(source, report, problems))
    if report.lost_records and not records:
        raise BadAnswerError(next((problem.what for problem in problems), "no paper could be read"))
    listed = frozenset(str(record.fields["listed"]) for record in records if record.fields.get("listed"))
    total = _TOTAL.search(text)
    rows = tuple(record.fields for record in records)
    return ParsedResponse(text, suffix, tuple(map(id_of, records)), rows, listed, int(total[1]) if total else None)


def id_of(record: RawPaper) -> str:
    """Return the id of a paper."""
    return record_id(record.fields)


def _suffix(text: str) -> str:
    start = text.lstrip()[:1]
    if start == "<":
        return "xml"
    if start in ("[", "{"):
        return "json" if is_json(text) else "jsonl"
    return "yaml"


def _whole(text: str) -> object:
    """Return the value of a JSON text, None for other formats. Raises BadAnswerError if the text is truncated."""
    start = text.lstrip()[:1]
    if start == "<":
        parse_xml(text)
    elif start in ("[", "{"):
        try:
            return load_json(text)
        except JsonError as error:
            lines = [line for line in text.split("\n") if line.strip()]
            if start != "{" or not all(map(is_json, lines)):
                raise BadAnswerError(f"the answer is damaged or cut off ({error.message})") from None
    return None
