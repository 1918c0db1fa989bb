"""Classify the response for a day: a list, part of one, none, or an earlier one again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from site_builder.model.fetch_status import DayStatus, Outcome
from site_builder.problems import counted

SETTLING = 3  # days after which a missing or short list is no longer waited for
ENOUGH_LISTS = 5  # earlier lists needed to know how long a list usually is
SHORT = 4  # a list with less than one in so many of the usual papers is partial


@dataclass(frozen=True, slots=True)
class FoundPapers:
    """A response: ids of its papers, the days it claims to be for, and whether it is known to be truncated."""

    ids: Sequence[str]
    listed: frozenset[str] = frozenset()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored: ids of the day's own list and of the one before it, sizes of earlier lists."""

    own: Sequence[str] = ()
    before: Sequence[str] = ()
    sizes: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, whether to store the response, and the reason in words.

    is_shorter: it is the day's list but lacks stored papers; it only updates the others.
    """

    outcome: Outcome
    is_kept: bool
    why: str = ""
    is_shorter: bool = False


def classify(found: FoundPapers, stored: Stored, day: date, is_dated: bool) -> Verdict:
    """Classify a response; a stored list is only replaced by one that is not shorter.

    is_dated: whether the list of this very day was requested, so that one for another day is an earlier list again.
    """
    ids = set(found.ids)
    if not ids:
        return _without_list(stored, "empty", "no papers")
    if is_dated and found.listed and day.isoformat() not in found.listed:
        return _without_list(stored, "stale", f"it is the list of {max(found.listed)}")
    if ids == set(stored.before):
        return _without_list(stored, "stale", "it is the list before it again")
    if len(ids) < len(set(stored.own)):
        why = f"it has {counted(len(ids), 'paper')} only; the list of {len(stored.own)} is kept"
        return Verdict("listed", False, why, is_shorter=True)
    lack = "the source cut it off" if found.is_cut else _shortness(len(ids), stored.sizes)
    return Verdict("partial" if lack else "listed", True, lack)


def _shortness(papers: int, sizes: Sequence[int]) -> str:
    """Return why a list seems incomplete, "" if it is about as long as the lists before it."""
    usual = median(sizes) if len(sizes) >= ENOUGH_LISTS else 0
    return f"{usual:.0f} are usual" if papers * SHORT < usual else ""


def _without_list(stored: Stored, outcome: Outcome, why: str) -> Verdict:
    """Return the outcome for a response without a list of the day: a stored list stays valid."""
    return Verdict("listed", False, f"{why}; the list there is kept") if stored.own else Verdict(outcome, False, why)


def record(before: DayStatus | None, verdict: Outcome, papers: int, asked: date, due: date) -> DayStatus:
    """Return the status of a day after a request on the day `asked`; due: when its list should be complete."""
    is_missed = verdict in ("empty", "stale", "failed") and asked >= due
    came = before.came if before else None
    missed = before.missed if before else None
    return DayStatus(
        outcome=verdict,
        asked=asked,
        papers=papers,
        came=came or (asked if papers else None),
        missed=missed or (asked if is_missed and not came else None),
    )


def is_settled(status: DayStatus | None, due: date) -> bool:
    """Return whether a day needs no more requests; a list is requested once more when its day is over.

    An earlier list instead of the day's own is accepted if it comes on two days; the first time may be a mistake.
    """
    if status is None or status.outcome == "failed":
        return False
    if status.outcome == "stale" and status.missed and status.asked <= status.missed:
        return False
    wait = 0 if status.outcome == "listed" else SETTLING
    return status.asked > due + timedelta(days=wait)
