"""What became of the days of each source that is fetched."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
