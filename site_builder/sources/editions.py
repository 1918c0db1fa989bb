"""`content/published/editions.jsonl`: which papers went out in which edition, one JSON object a line; no address."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from site_builder.model.editions import ClosedEdition, ClosedEditions, join_editions
from site_builder.model.published import FOLDER
from site_builder.problems import BuildError, Problems
from site_builder.sources.source import DecodeError, Source

EDITIONS_FILE = f"{FOLDER}/editions.jsonl"
FORMAT = 1
HEADER = {
    "broadsheet": "editions",
    "format": FORMAT,
    "about": "Which papers went out in which edition. Keep this file with the lists: nothing is mailed twice by it.",
}
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_REMEDY = "take the file from the last good state, or remove the line; until then no edition is sent"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_KEY = re.compile(r"\d{4}-(\d\d-\d\d|W\d\d|\d\d)")


def read_editions(source: Source, problems: Problems) -> ClosedEditions:
    """Return the editions of the file; a line that is none is a problem.

    Raises BuildError for the file of a later release.
    """
    records: list[ClosedEdition] = []
    is_damaged = False
    try:
        for number, line in _lines(source):
            edition = _edition(line)
            if isinstance(edition, ClosedEdition):
                records.append(edition)
            elif edition:
                problems.add(source.path, number, edition, _REMEDY)
                is_damaged = True
    except DecodeError as error:
        problems.add(source.path, error.line, error.what, _REMEDY)
        is_damaged = True
    return ClosedEditions(join_editions(records), is_damaged)


def editions_text(editions: ClosedEditions) -> str:
    """Return the text of the file: its lines are sorted, so that two branches seldom change one place."""
    lines = sorted(json.dumps(_line(edition), ensure_ascii=False) for edition in editions.editions.values())
    return "\n".join([json.dumps(HEADER), *lines]) + "\n"


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something; the marks of a merge say nothing, as both of its sides are kept."""
    for number, line in enumerate(source.text().split("\n"), start=1):
        if line.strip() and not line.startswith(_CONFLICT):
            yield number, line


def _edition(line: str) -> ClosedEdition | str:
    """Return the edition of a line, "" for the header, else what is wrong. Raises BuildError for a later format."""
    try:
        values = orjson.loads(line)
        if "format" in values:
            if not isinstance(values["format"], int) or values["format"] > FORMAT:
                raise BuildError(
                    f"{EDITIONS_FILE} was written by a later release of Broadsheet: update it; nothing was written"
                )
            return ""
        name, _, key = values["edition"].partition("/")
        if not _NAME.fullmatch(name) or not _KEY.fullmatch(key):
            raise ValueError(key)
        return ClosedEdition(
            name=name,
            key=key,
            dated=date.fromisoformat(values["date"]),
            ids=_ids(values, "ids"),
            passed=_ids(values, "passed"),
            begins=date.fromisoformat(values["begins"]) if "begins" in values else None,
            closed=_moment(values, "closed"),
            sent=_moment(values, "sent"),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return "is no line that Broadsheet wrote"


def _ids(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    ids = values.get(key, [])
    if not isinstance(ids, list) or not all(isinstance(each, str) and each for each in ids):
        raise ValueError(key)
    return tuple(ids)


def _moment(values: Mapping[str, Any], key: str) -> datetime | None:
    if key not in values:
        return None
    moment = datetime.fromisoformat(values[key])
    if moment.tzinfo is None:
        raise ValueError(key)
    return moment.astimezone(UTC)


def _line(edition: ClosedEdition) -> dict[str, Any]:
    line: dict[str, Any] = {"edition": f"{edition.name}/{edition.key}", "date": edition.dated.isoformat()}
    moments = {"closed": edition.closed, "sent": edition.sent}
    line |= {key: _written(moment) for key, moment in moments.items() if moment}
    line |= {"begins": edition.begins.isoformat()} if edition.begins else {}
    return line | {key: list(ids) for key, ids in {"ids": edition.ids, "passed": edition.passed}.items() if ids}


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
