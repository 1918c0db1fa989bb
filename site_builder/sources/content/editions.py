"""`content/published/editions.jsonl`: the papers of each closed edition, one JSON object per line; no addresses."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import orjson

from site_builder.lazy import lazy_pattern
from site_builder.model.editions import ClosedEdition, ClosedEditions, join_editions
from site_builder.model.published import FOLDER
from site_builder.problems import Problems
from site_builder.sources.content.desk import EDITION
from site_builder.sources.content.state_line import (
    FOREIGN,
    FORMAT,
    check_format,
    file_text,
    ids_of,
    moment_of,
    moment_text,
    state_lines,
    state_text,
    text_of,
)

EDITIONS_FILE = f"{FOLDER}/editions.jsonl"
HEADER = {
    "broadsheet": "editions",
    "format": FORMAT,
    "about": "Which papers went out in which edition. Keep this file with the lists: nothing is mailed twice by it.",
}
_REMEDY = "take the file from the last good state, or remove the line; until then no edition is sent"
_NAME = lazy_pattern(r"[a-z][a-z0-9-]{0,39}")


def read_editions(file: Path, problems: Problems) -> ClosedEditions:
    """Read the editions of the file; invalid lines and an unreadable file are problems and set `is_damaged`.

    Raises BuildError for a file written by a later release.
    """
    records: list[ClosedEdition] = []
    is_damaged = False
    try:
        text = state_text(file)
    except OSError as error:
        problems.add(EDITIONS_FILE, None, f"cannot be read ({error.strerror})", _REMEDY)
        return ClosedEditions(is_damaged=True)
    for number, line in state_lines(EDITIONS_FILE, text, problems):
        edition = _edition(line)
        if isinstance(edition, ClosedEdition):
            records.append(edition)
        elif edition:
            problems.add(EDITIONS_FILE, number, edition, _REMEDY)
            is_damaged = True
    return ClosedEditions(join_editions(records), is_damaged)


def editions_text(editions: ClosedEditions) -> str:
    """Return the text of the file."""
    return file_text(HEADER, map(record_of, editions.editions.values()))


def _edition(line: str) -> ClosedEdition | str:
    """Return the edition in a line, "" for the header, or an error message. Raises BuildError for a later format."""
    try:
        values = orjson.loads(line)
        if "format" in values:
            check_format(EDITIONS_FILE, values["format"])
            return ""
        return edition_of(values)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return FOREIGN


def edition_of(values: Mapping[str, object]) -> ClosedEdition:
    """Parse a record. Raises ValueError, TypeError, KeyError or AttributeError if it is invalid."""
    name, _, key = text_of(values, "edition").partition("/")
    if not _NAME.fullmatch(name) or not EDITION.fullmatch(key):
        raise ValueError(key)
    return ClosedEdition(
        name=name,
        key=key,
        dated=date.fromisoformat(text_of(values, "date")),
        ids=ids_of(values, "ids"),
        passed=ids_of(values, "passed"),
        begins=date.fromisoformat(text_of(values, "begins")) if "begins" in values else None,
        due=moment_of(values["due"]) if "due" in values else None,
        closed=moment_of(values["closed"]) if "closed" in values else None,
        sent=moment_of(values["sent"]) if "sent" in values else None,
    )


def record_of(edition: ClosedEdition) -> dict[str, object]:
    """Return the record of an edition: the inverse of `edition_of`."""
    record: dict[str, object] = {"edition": f"{edition.name}/{edition.key}", "date": edition.dated.isoformat()}
    moments = {"due": edition.due, "closed": edition.closed, "sent": edition.sent}
    record |= {key: moment_text(moment.replace(microsecond=0)) for key, moment in moments.items() if moment}
    record |= {"begins": edition.begins.isoformat()} if edition.begins else {}
    return record | {key: list(ids) for key, ids in {"ids": edition.ids, "passed": edition.passed}.items() if ids}
