"""Days of arrivals, faults and crashes in any order: no paper is missed and none is mailed twice."""

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from site_builder.catalogue.editions import passed_by, plan_editions
from site_builder.commands.send import LEDGER
from site_builder.commands.send.editions import closed_editions, is_due, mark_sent, settle
from site_builder.commands.send.ledger import open_ledger
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Edition
from site_builder.model.editions import ClosedEdition, ClosedEditions
from site_builder.model.fetch_status import DayStatus, FetchStatus
from site_builder.model.paper import Paper
from site_builder.problems import BuildError
from tests.factories import catalogue, paper
from tests.torture.conftest import KILLS

BEGIN = date(2026, 11, 2)
READERS = ("ada", "bo", "cy")
SETTINGS = Settings(**{"mailing": {"begin": BEGIN}})


class _KilledError(Exception):
    """The process ended."""


class Fortnight(RuleBasedStateMachine):
    """A site over days; what is on its disk is real, and every step may be the last of its process."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.content = Path(self._folder.name) / "content"
        self.content.mkdir()
        self.now = datetime(2026, 11, 2, 7, tzinfo=UTC)
        self.papers: list[Paper] = []
        self.partial: set[date] = set()
        self.built: list[Edition] = []
        self.mails: Counter[tuple[str, str]] = Counter()  # reader and paper

    def teardown(self) -> None:
        self._folder.cleanup()

    @rule(hours=st.integers(1, 40))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(ago=st.integers(0, 30), count=st.integers(1, 3))
    def papers_arrive(self, ago: int, count: int) -> None:
        day = max(BEGIN, self.now.date() - timedelta(days=ago))
        for _ in range(count):
            self.papers.append(paper(f"Paper {len(self.papers)}", day.isoformat()))

    @rule()
    def the_list_of_the_day_lacks_papers(self) -> None:
        self.partial.add(self.now.date())

    @rule()
    def a_list_becomes_whole(self) -> None:
        self.partial.clear()

    @rule()
    def build(self) -> None:
        planned = plan_editions(self._catalogue(), closed_editions(self.content), SETTINGS, self.now)
        self.built = [edition for edition in planned.editions if edition.state == "next"]

    def _catalogue(self) -> Catalogue:
        days = {day: DayStatus(outcome="partial", asked=day, papers=1) for day in self.partial}
        return catalogue(*self.papers, fetched=FetchStatus(sources={"a": days}))

    @rule(steps=st.integers(0, 20))
    def announce(self, steps: int) -> None:
        """Run an announcement that is killed after so many steps; 20 are more than it has."""
        left = iter(range(steps))

        def step() -> None:
            if next(left, None) is None:
                raise _KilledError

        try:
            self._announce(step)
        except (_KilledError, BuildError):
            return

    def _announce(self, step: Callable[[], None]) -> None:
        for edition in self.built:
            closed = edition.settled()
            known = closed_editions(self.content)
            if (closed.name, closed.key) not in known.editions and is_due(closed, SETTINGS, self.now):
                step()
                passed = passed_by(closed, self._catalogue(), known, SETTINGS, self.now)
                settle(self.content, replace(closed, passed=passed), {}, self.now)
        for closed in closed_editions(self.content).of("daily"):
            if closed.sent is None:
                self._send(closed, step)
                step()
                mark_sent(self.content, closed, self.now)

    def _send(self, closed: ClosedEdition, step: Callable[[], None]) -> None:
        with open_ledger(self.content.parent / LEDGER, closed.key, {}) as ledger:
            assert ledger.is_begun()
            for reader in READERS:
                step()
                if ledger.claim(reader, self.now):
                    self.mails.update((reader, each) for each in closed.ids)
                    ledger.close(reader, "sent", "250")

    @invariant()
    def nothing_is_mailed_twice(self) -> None:
        assert max(self.mails.values(), default=1) == 1

    @invariant()
    def everything_is_mailed_in_the_end(self) -> None:
        """Look ahead on a copy of the state: two quiet days more and every paper has an edition."""
        closed = closed_editions(self.content)
        made = catalogue(*self.papers)
        later = self.now
        for _ in range(3):
            later += timedelta(days=1)
            for edition in plan_editions(made, closed, SETTINGS, later).editions:
                if edition.state == "next":
                    closed = ClosedEditions({**closed.editions, (edition.name, edition.key): edition.settled()})
        assert {each.id for each in self.papers} <= closed.settled("daily")


TestFortnight = Fortnight.TestCase
TestFortnight.settings = settings(
    max_examples=25 + KILLS, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
