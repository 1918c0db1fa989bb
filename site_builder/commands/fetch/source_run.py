"""Fetch the lists of one source day by day; each day is stored before the next one is requested."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

from site_builder.commands.fetch.answered_list import AnsweredList
from site_builder.commands.fetch.fetch_error import FetchError
from site_builder.commands.fetch.http import Access, Client, Response
from site_builder.commands.fetch.keep import keep_corrections, keep_list
from site_builder.commands.fetch.kinds import KINDS
from site_builder.commands.fetch.list_text import BadAnswerError
from site_builder.commands.fetch.lists import StoredLists
from site_builder.commands.fetch.parsed_response import ParsedResponse, read_answer
from site_builder.commands.fetch.state import HttpValidators, Ledger
from site_builder.commands.fetch.verdict import FoundPapers, Stored, Verdict, classify, is_settled, record
from site_builder.config.fetch_source import FetchSource
from site_builder.model.fetch_status import Outcome
from site_builder.papers.screening import left_out_of
from site_builder.problems import counted

MAX_PAGES = 50  # of one day


@dataclass(frozen=True, slots=True)
class FetchContext:
    """What the sources of a run share: client, status, validators, today's date, and `tell`, which prints progress."""

    content: Path
    client: Client
    ledger: Ledger
    validators: HttpValidators
    today: date
    tell: Callable[[str], None]


class SourceRun:
    """A run of one source."""

    def __init__(self, source: FetchSource, context: FetchContext) -> None:
        self._source = source
        self._kind = KINDS[source.kind]
        self._context = context
        self._stored = StoredLists(context.content, source.label)
        self._access = Access(source.allow_http, source.allow_private)

    def is_settled(self, day: date, *, is_watched: bool = False) -> bool:
        """Return whether a day needs no more requests; a list that was deleted by hand is fetched again.

        is_watched: whether existing lists are requested again once a day, for votes and corrections.
        """
        status = self._context.ledger.day(self._source.label, day)
        if status and status.papers:
            is_old = is_watched and status.asked < self._context.today
            if is_old or not self._stored.path(day):
                return False
        return is_settled(status, self._due(day))

    def fetch(self, day: date) -> None:
        """Request the list of a day, store it if it improves what is stored, and record the outcome.

        Raises FetchError if there is no usable response; what was stored is then unchanged.
        """
        own = self._stored.ids(day)
        try:
            self._fetch_day(day, own)
        except Exception:
            if not own:
                self._note(day, Verdict("failed", False))
            raise

    def _fetch_day(self, day: date, own: tuple[str, ...]) -> None:
        """Request the list of a day and store it; `own` are the ids of its papers stored so far."""
        answered = self._ask(day)
        before = self._context.ledger.day(self._source.label, day)
        if answered is None:
            outcome: Outcome = (before.outcome if before else "listed") if own else "stale"
            self._note(day, Verdict(outcome, False, "unchanged"))
            return
        first_days = self._first_days(day, answered)
        others = first_days.keys() | (frozenset() if "replace" in self._source.announce else answered.replaced)
        found = FoundPapers([paper for paper in answered.rows if paper not in others], answered.listed, answered.is_cut)
        stored = Stored(own, self._stored.before(day), self._stored.sizes(day))
        verdict = classify(found, stored, day, self._source.is_dated)
        words = [verdict.why, keep_corrections(answered, self._stored, first_days, self._context.today)]
        if verdict.is_kept or verdict.is_shorter:
            came = before.came if before else None
            words.append(keep_list(answered, self._stored, day, self._context.today, came, others, verdict.is_kept))
            if file := self._stored.path(day):
                self._context.validators.remember(self._kind.address(self._source, day, 0), answered.first, file)
        self._note(day, replace(verdict, why=", ".join(filter(None, words))), is_first=not own)

    def _first_days(self, day: date, answered: AnsweredList) -> dict[str, date]:
        """Return the papers of a response that belong to earlier lists, with the days of those lists."""
        is_growing = self._source.kind in ("feed", "url") and not self._source.is_dated
        if not is_growing and not answered.replaced:
            return {}
        first_days = self._stored.first_days(day)
        return {
            paper: first_days[paper]
            for paper in (answered.rows if is_growing else answered.replaced)
            if paper in first_days
        }

    def _note(self, day: date, verdict: Verdict, *, is_first: bool = False) -> None:
        """Record and print the outcome of a day; is_first: there was no list before."""
        name, ledger = self._source.label, self._context.ledger
        papers = len(self._stored.ids(day))
        before = ledger.day(name, day)
        if before and is_first:
            before = before.model_copy(update={"came": None})
        ledger.set(name, day, record(before, verdict.outcome, papers, self._context.today, self._due(day)))
        if verdict.outcome == "failed":
            return
        total = counted(papers, "paper")
        words = {"listed": total, "partial": f"{total}, not all", "stale": "no new list"}
        why = f" ({verdict.why})" if verdict.why else ""
        self._context.tell(f"{name} {day}: {words.get(verdict.outcome, 'no list')}{why}")
        left_out = left_out_of(self._source, day, self._stored.rows(day).values())
        if left_out:
            reasons = ", ".join(f"{reason} ({count})" for reason, count in sorted(left_out.items()))
            self._context.tell(f"{name} {day}: {left_out.total()} of {papers} left out of the site: {reasons}")

    def give_up(self, day: date) -> None:
        """Record a day as failed for the next run, unless its list is stored."""
        if not self._stored.ids(day) and not self.is_settled(day):
            self._note(day, Verdict("failed", False))

    def _due(self, day: date) -> date:
        return day + timedelta(days=self._kind.due)

    def _ask(self, day: date) -> AnsweredList | None:
        """Return all pages of a day's list; None if the server says that it has not changed."""
        address = self._kind.address(self._source, day, 0)
        response = self._get(address, self._context.validators.headers(address, self._stored.folder))
        if response.status == 304:  # noqa: PLR2004 — Not Modified
            return None
        first = self._read(address, response, day)
        pages, seen = [first], set(first.ids)
        is_cut = False
        while len(pages[-1].ids) in self._kind.full and not is_cut:
            address = self._kind.address(self._source, day, len(pages))
            page = self._read(address, self._get(address, {}), day)
            if not page.ids:
                break
            is_cut = seen.issuperset(page.ids) or len(pages) >= MAX_PAGES
            if not is_cut:
                pages.append(page)
                seen.update(page.ids)
        is_short = bool(self._kind.full) and first.total is not None and len(seen) < first.total
        return AnsweredList(response, tuple(pages), is_cut or is_short)

    def _get(self, address: str, headers: Mapping[str, str]) -> Response:
        return self._context.client.get(address, self._access, headers, is_paced=self._kind.is_paced)

    def _read(self, address: str, response: Response, day: date) -> ParsedResponse:
        """Parse a page. Raises FetchError if it is no list; a missing page of a dated list counts as an empty list."""
        if response.status != HTTPStatus.OK:  # 404 or 410
            if self._source.is_dated:
                return ParsedResponse("[]", "json")
            raise FetchError(address, f"there is nothing ({response.status})", "correct the address in site.yaml")
        try:
            # The name is that of a file of changes, so that arXiv replacements are read too.
            return read_answer(response.body, f"{day.isoformat()}@{day.isoformat()}.txt", self._kind.formats)
        except BadAnswerError as error:
            raise FetchError(address, str(error), "try again later, or check the source in site.yaml") from None
