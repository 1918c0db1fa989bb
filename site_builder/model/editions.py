"""Editions that have gone out by mail: which papers each contained, so that none is mailed twice and none is missed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedEdition:
    """An edition whose papers are settled: from then on it is sent, and every other paper is in a later one.

    name: of the series, `daily`. key: `2026-11-23`, `2026-W48` or `2026-11`. dated: its day.
    ids: what it holds, papers by id and the editor's notes as `note/2026-11-23`. passed: papers that no edition of the
    series will hold, because they are older than its beginning, or for as long as they have no day or none of its tags.
    begins: of the first edition, the first day it holds. closed: when it was settled. sent: when the last reader had
    it, None before.
    """

    name: str
    key: str
    dated: date
    ids: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    begins: date | None = None
    closed: datetime | None = None
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosedEditions:
    """All editions that are settled, by series and key. is_damaged: whether there are lines that nobody can read."""

    editions: Mapping[tuple[str, str], ClosedEdition] = field(default_factory=dict)
    is_damaged: bool = False

    def of(self, name: str) -> tuple[ClosedEdition, ...]:
        """Return the editions of a series, the oldest first."""
        found = (edition for edition in self.editions.values() if edition.name == name)
        return tuple(sorted(found, key=lambda edition: (edition.dated, edition.key)))

    def settled(self, name: str) -> frozenset[str]:
        """Return the ids that no later edition of a series may hold."""
        return frozenset(each for edition in self.of(name) for each in (*edition.ids, *edition.passed))

    def with_edition(self, edition: ClosedEdition) -> "ClosedEditions":
        """Return the editions with one more, or with one in the place of what was known of it."""
        return replace(self, editions={**self.editions, (edition.name, edition.key): edition})


def join_editions(records: Iterable[ClosedEdition]) -> dict[tuple[str, str], ClosedEdition]:
    """Return editions by series and key; what two branches recorded of one is joined, whatever their order."""
    joined: dict[tuple[str, str], ClosedEdition] = {}
    for record in records:
        known = joined.setdefault((record.name, record.key), record)
        joined[record.name, record.key] = replace(
            record,
            dated=min(record.dated, known.dated),
            ids=tuple(sorted({*record.ids, *known.ids})),
            passed=tuple(sorted({*record.passed, *known.passed} - {*record.ids, *known.ids})),
            begins=min(filter(None, (record.begins, known.begins)), default=None),
            closed=min(filter(None, (record.closed, known.closed)), default=None),
            sent=max(filter(None, (record.sent, known.sent)), default=None),
        )
    return joined
