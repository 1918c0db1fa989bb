"""What the answer for a day amounts to: a list, a part of one, none, or an earlier one again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from site_builder.model.fetch_status import DayStatus, Outcome
from site_builder.problems import counted

SETTLING = 3  # days after which a list that did not come, or stayed short, is no longer waited for
ENOUGH_LISTS = 5  # earlier ones that tell how long a list usually is
SHORT = 4  # a list with less than one in so many of its usual papers is a part of one


@dataclass(frozen=True, slots=True)
class FoundPapers:
    """What an answer holds: ids of its papers, the days it says it is of, and whether it is known to be cut off."""

    ids: Sequence[str]
    listed: frozenset[str] = frozenset()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there already: ids of the day's own list and of the one before it, lengths of earlier ones."""

    own: Sequence[str] = ()
    before: Sequence[str] = ()
    sizes: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, whether the answer is to be kept, and the reason in words.

    is_shorter: it is the day's list, but lacks papers that are kept; it only tells how the others have changed.
    """

    outcome: Outcome
    is_kept: bool
    why: str = ""
    is_shorter: bool = False


def classify(found: FoundPapers, stored: Stored, day: date, is_dated: bool) -> Verdict:
    """Tell what an answer amounts to; a list that is there is only replaced by one that is no shorter.

    is_dated: the list of that very day was asked for, so that one of another day is an earlier list again.
    """
    ids = set(found.ids)
    if not ids:
        return _kept(stored, "empty", "no papers")
    if is_dated and found.listed and day.isoformat() not in found.listed:
        return _kept(stored, "stale", f"it is the list of {max(found.listed)}")
    if ids == set(stored.before):
        return _kept(stored, "stale", "it is the list before it again")
    if len(ids) < len(set(stored.own)):
        why = f"it has {counted(len(ids), 'paper')} only; the list of {len(stored.own)} is kept"
        return Verdict("listed", False, why, is_shorter=True)
    lack = "the source cut it off" if found.is_cut else _shortness(len(ids), stored.sizes)
    return Verdict("partial" if lack else "listed", True, lack)


def _shortness(papers: int, sizes: Sequence[int]) -> str:
    """Return why a list seems to lack papers, "" when it is about as long as the lists before it."""
    usual = median(sizes) if len(sizes) >= ENOUGH_LISTS else 0
    return f"{usual:.0f} are usual" if papers * SHORT < usual else ""


def _kept(stored: Stored, outcome: Outcome, why: str) -> Verdict:
    """Return the outcome for an answer without a list of the day: what is there already counts on."""
    return Verdict("listed", False, f"{why}; the list there is kept") if stored.own else Verdict(outcome, False, why)


def record(before: DayStatus | None, verdict: Outcome, papers: int, asked: date, due: date) -> DayStatus:
    """Return the status of a day after it was asked for on a day; due: when its list should be whole."""
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
    """Tell whether a day needs no asking any more; a list is asked for once more when its day is over.

    An earlier list in the place of a day's own is believed when it comes on two days: the first may be a slip.
    """
    if status is None or status.outcome == "failed":
        return False
    if status.outcome == "stale" and status.missed and status.asked <= status.missed:
        return False
    wait = 0 if status.outcome == "listed" else SETTLING
    return status.asked > due + timedelta(days=wait)
