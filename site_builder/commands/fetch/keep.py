"""Store a response: the first list as a whole, later only what has changed."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from site_builder.commands.fetch.answered_list import AnsweredList
from site_builder.commands.fetch.changes import Change, changes
from site_builder.commands.fetch.fetch_error import FetchError
from site_builder.commands.fetch.list_text import can_be_split, joined
from site_builder.commands.fetch.lists import StoredLists
from site_builder.commands.fetch.parsed_response import id_of
from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.source import DecodeError, Source


def keep_list(
    answered: AnsweredList,
    stored: StoredLists,
    day: date,
    today: date,
    came: date | None,
    others: Collection[str],
    is_whole: bool,
) -> str:
    """Store the list of a day, and return a short description of the changes, "" for none.

    came: the day on which the stored list came. On that day the list is replaced by longer ones, unless a text has
    changed. others: papers of earlier lists, which are left out. is_whole: whether the list may add papers; a list
    shorter than the stored one only updates its papers.
    """
    kept = stored.rows(day)
    found = {paper: row for paper, row in answered.rows.items() if paper not in others}
    if not kept:
        stored.keep(day, answered.suffix, answered.text(found))
        return ""
    changed = changes(found if is_whole else {paper: row for paper, row in found.items() if paper in kept}, kept)
    can_grow = came == today and is_whole and kept.keys() <= found.keys() and not stored.has_later(day)
    if can_grow and "text" not in changed.values():
        stored.keep(day, answered.suffix, answered.text(found))
    elif changed:
        text = _text_of_changes(answered, stored, day, changed, today)
        stored.keep(day, answered.suffix, answered.text(answered.rows) if text is None else text, today)
    return _summary(changed)


def keep_corrections(answered: AnsweredList, stored: StoredLists, first_days: Mapping[str, date], today: date) -> str:
    """Store changes to papers of earlier lists, each next to the list it belongs to; for lists that only grow.

    first_days: the day of that list by paper id.
    """
    changes_of: dict[str, Change] = {}
    for day in sorted({first_days[paper] for paper in answered.rows if paper in first_days}):
        found = {paper: row for paper, row in answered.rows.items() if first_days.get(paper) == day}
        changed = changes(found, stored.rows(day))
        text = _text_of_changes(answered, stored, day, changed, today) if changed else None
        if text is not None:
            stored.keep(day, answered.suffix, text, today)
            changes_of |= changed
    return _summary(changes_of)


def _text_of_changes(
    answered: AnsweredList, stored: StoredLists, day: date, changed: Mapping[str, Change], today: date
) -> str | None:
    """Return the text of papers that changed today, including earlier today; None if they cannot be separated."""
    short = [paper for paper, change in changed.items() if change == "counts"]
    text = answered.text(changed, short)
    earlier = stored.path(day, today)
    if earlier is not None and earlier.suffix == f".{answered.suffix}":
        text = _joined(earlier, text, changed)
    # A part of a list may no longer be recognised as its format; texts that cannot be split are returned whole.
    read = _ids(text, f"{day.isoformat()}@{today.isoformat()}.{answered.suffix}")
    return text if answered.can_be_split and set(changed) <= set(read) else None


def _joined(earlier: Path, text: str, changed: Collection[str]) -> str:
    """Return the papers of a file that have not changed since, followed by those of a text.

    Raises FetchError if the file, which somebody has saved since, cannot be decoded.
    """
    try:
        before = Source.from_file(earlier, earlier.name).text()
    except DecodeError as error:
        raise FetchError(str(earlier), error.what, error.remedy) from None
    if not can_be_split(before) or not can_be_split(text):
        return text
    kept = [paper not in changed for paper in _ids(before, earlier.name)]
    return joined([before, text], [kept, [True] * len(_ids(text, earlier.name))]) if any(kept) else text


def _ids(text: str, name: str) -> list[str]:
    return [id_of(record) for record in read_list(Source.from_text(text, name), FileReport(name), Problems())]


def _summary(changed: Mapping[str, Change]) -> str:
    """Return `2 corrected, 7 updated`; new papers are counted with the list."""
    number = Counter(changed.values())
    counted = {"corrected": number["text"], "updated": number["fields"] + number["counts"]}
    return ", ".join(f"{count} {word}" for word, count in counted.items() if count)
