"""`content/papers/fetched/status.json`: what `broadsheet fetch` found on which day, as the build reads it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from site_builder.problems import Problems
from site_builder.sources.list_name import list_name

FETCHED = "papers/fetched"
STATUS = f"{FETCHED}/status.json"

Outcome = Literal["listed", "partial", "empty", "stale", "failed"]


class DayStatus(BaseModel):
    """What became of the list of one day.

    outcome: listed; partial (it seems to lack papers); empty; stale (an earlier list again); failed (not reachable).
    papers: papers of the list that is kept. asked: the last day it was asked for. came: the first day it was there.
    missed: the first day it was asked for in vain when it was due.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Outcome
    asked: date
    papers: int = Field(0, ge=0)
    came: date | None = None
    missed: date | None = None

    @property
    def is_late(self) -> bool:
        return bool(self.came and self.missed and self.came > self.missed)


class FetchStatus(BaseModel):
    """The days of every source by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Mapping[str, Mapping[date, DayStatus]] = {}


def read_status(text: str, path: str, problems: Problems) -> FetchStatus:
    """Return the status in a text; one that is damaged is a problem and tells nothing."""
    try:
        return FetchStatus.model_validate_json(text)
    except ValidationError as error:
        what = f"is no status of fetched lists ({error.error_count()} errors)"
        problems.add(path, None, what, "remove it; the next `broadsheet fetch` writes it anew")
        return FetchStatus()


def seen_days(paths: Iterable[str], fetched: FetchStatus) -> dict[str, date]:
    """Return the day on which each fetched list came; of one that nothing is known of, the day it is of."""
    days: dict[str, date] = {}
    for path in paths:
        name = list_name(path) if path.startswith(f"{FETCHED}/") else None
        if name:
            status = fetched.sources.get(path.removeprefix(f"{FETCHED}/").rpartition("/")[0], {}).get(name.day)
            days[path] = name.seen or (status and status.came) or name.day
    return days
