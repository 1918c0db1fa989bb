"""Editions sent by mail and the papers of each, so that no paper is mailed twice and none is missed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedEdition:
    """An edition with a fixed set of papers: from then on it is sent, and all other papers are in later ones.

    name: of the series, `daily`. key: `2026-11-23`, `2026-W48` or `2026-11`. dated: its day.
    ids: its papers, by id, and the editor's notes, as `note/2026-11-23`.
    passed: papers that no edition of the series will contain, because they are older than its beginning, or as long as
    they have no day or none of its tags.
    begins: in the first edition, the first day it covers.
    due: when its entry is dated.
    closed: when the set was fixed. sent: when the last reader had received it, None before.
    """

    name: str
    key: str
    dated: date
    ids: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    begins: date | None = None
    due: datetime | None = None
    closed: datetime | None = None
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosedEditions:
    """All closed editions, by series and key. is_damaged: whether the file contains unreadable lines."""

    editions: Mapping[tuple[str, str], ClosedEdition] = field(default_factory=dict)
    is_damaged: bool = False

    def of(self, name: str) -> tuple[ClosedEdition, ...]:
        """Return the editions of a series, oldest first."""
        found = (edition for edition in self.editions.values() if edition.name == name)
        return tuple(sorted(found, key=lambda edition: (edition.dated, edition.key)))

    def mailed(self, name: str) -> frozenset[str]:
        """Return the ids that the editions of a series contain."""
        return frozenset(each for edition in self.of(name) for each in edition.ids)

    def settled(self, name: str) -> frozenset[str]:
        """Return the ids that the editions of a series contain or pass over."""
        return frozenset(each for edition in self.of(name) for each in (*edition.ids, *edition.passed))

    def with_edition(self, edition: ClosedEdition) -> "ClosedEditions":
        """Return the editions with one added or replaced."""
        return replace(self, editions={**self.editions, (edition.name, edition.key): edition})


def join_editions(records: Iterable[ClosedEdition]) -> dict[tuple[str, str], ClosedEdition]:
    """Return editions by series and key; records of one edition from two branches are merged, in any order."""
    joined: dict[tuple[str, str], ClosedEdition] = {}
    for record in records:
        known = joined.setdefault((record.name, record.key), record)
        joined[record.name, record.key] = replace(
            record,
            dated=min(record.dated, known.dated),
            ids=tuple(sorted({*record.ids, *known.ids})),
            passed=tuple(sorted({*record.passed, *known.passed} - {*record.ids, *known.ids})),
            begins=min(filter(None, (record.begins, known.begins)), default=None),
            due=min(filter(None, (record.due, known.due)), default=None),
            closed=min(filter(None, (record.closed, known.closed)), default=None),
            sent=max(filter(None, (record.sent, known.sent)), default=None),
        )
    return joined
