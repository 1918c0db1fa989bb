"""The results of fetching, by source and day."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["listed", "partial", "empty", "stale", "failed"]


class DayStatus(BaseModel):
    """The result of fetching the list of one day.

    outcome: listed; partial (seems to lack papers); empty; stale (an earlier list again); failed (not reachable).
    papers: number of papers in the list that is kept. asked: last day it was requested. came: first day it was there.
    missed: first day it was requested in vain although due.
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
    """The status of each day, by source name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Mapping[str, Mapping[date, DayStatus]] = {}
