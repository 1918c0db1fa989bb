"""`broadsheet fetch`: fetch lists from the sources in `site.yaml`, complete papers known by id only, fetch pictures."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from site_builder import __version__
from site_builder.commands.fetch.complete import SERVICES, Service, complete_papers
from site_builder.commands.fetch.fetch_error import FetchError, short_line
from site_builder.commands.fetch.http import Client, RetryPolicy
from site_builder.commands.fetch.kinds import KINDS
from site_builder.commands.fetch.pictures import ARXIV, ArxivAddresses, fetch_pictures
from site_builder.commands.fetch.source_run import FetchContext, SourceRun
from site_builder.commands.fetch.state import HttpValidators, Ledger, locked_fetch
from site_builder.config.fetch_source import FetchSource
from site_builder.config.settings import read_settings
from site_builder.problems import BuildError, no_content_folder

_log = logging.getLogger(__name__)

MAX_FAILURES = 3  # consecutive failed days after which a source is left for the next run
LOOK_BACK = 7  # days, including today, that are fetched by default


def fetch_lists(
    content: Path,
    names: Sequence[str],
    days: Sequence[date],
    today: date,
    *,
    is_again: bool = False,
    retry_policy: RetryPolicy | None = None,
    services: Sequence[Service] = SERVICES,
    arxiv: ArxivAddresses = ARXIV,
    tell: Callable[[str], None] = print,
) -> bool:
    """Fetch the lists of sources into `content/papers/fetched/`, and return whether every source answered.

    names: sources of `site.yaml`, all if empty. days: the days to fetch, the last week if empty; a day that already has
    its list is fetched again only if is_again. A day that fails is left for the next run. services: complete papers
    that lists give by id only. arxiv: addresses for pictures. If names are given, no papers are completed and no
    pictures fetched. Raises BuildError for unknown sources and for a folder that cannot be written.
    """
    if not content.is_dir():
        raise no_content_folder(content)
    settings = read_settings(content)
    sources = _chosen(settings.fetch, names) if settings.fetch or names else []
    user_agent = f"broadsheet/{__version__} (+{settings.base_url})"  # who asks, and for which site
    with locked_fetch(content), Client(user_agent, retry_policy or RetryPolicy(), tell) as client:
        context = FetchContext(content, client, Ledger(content), HttpValidators(content), today, tell)
        answered = [_fetch_source(source, days, context, is_again) for source in sources]
        named, is_answered = (0, True) if names else complete_papers(content, client, today, tell, services)
        span = days or [today - timedelta(days=back) for back in range(LOOK_BACK)]
        shown, is_shown = (0, True) if names else fetch_pictures(content, client, settings, span, today, tell, arxiv)
    if not (sources or named or shown):
        _chosen(settings.fetch, names)  # raises BuildError with what is missing
    return all(answered) and is_answered and is_shown


def _fetch_source(source: FetchSource, days: Sequence[date], context: FetchContext, is_again: bool) -> bool:
    """Fetch the days of one source, and return whether each was answered; stop if the source seems to be down."""
    run, failures, in_a_row = SourceRun(source, context), 0, 0
    wanted = _days(source, days, context.today, context.tell)
    for number, day in enumerate(wanted, start=1):
        if not is_again and run.is_settled(day, is_watched=not days):
            if days:
                context.tell(f"{source.label} {day}: fetched before; --again asks once more")
            continue
        try:
            run.fetch(day)
            in_a_row = 0
        except BuildError:
            raise
        except Exception as error:
            # One server's response must not stop the other sources, and a defect must not be hidden.
            context.tell(f"{source.label} {day}: {error if isinstance(error, FetchError) else _defect(error)}")
            _log.debug("while fetching %s", source.label, exc_info=True)
            failures, in_a_row = failures + 1, in_a_row + 1
            if (isinstance(error, FetchError) and error.is_offline) or in_a_row == MAX_FAILURES:
                for skipped in () if days else wanted[number:]:
                    run.give_up(skipped)
                break
    return not failures


def _defect(error: Exception) -> str:
    return f"{short_line(f'{type(error).__name__}: {error}')}; this is a defect of Broadsheet: report it"


def days_between(day: date | None, first: date | None, last: date | None, today: date) -> tuple[date, ...]:
    """Return the given day, or the days from first to last; none if no day is given.

    last: today if None. Raises BuildError for contradictory or future days.
    """
    if (day and (first or last)) or (last and not first):
        raise BuildError("name either --date, or --from with or without --to")
    start, end = day or first, day or last or today
    if start is None:
        return ()
    if max(start, end) > today:
        raise BuildError(f"{max(start, end)} is still to come; today is {today}")
    if start > end:
        raise BuildError(f"--from {start} is after --to {end}; turn them round")
    return tuple(start + timedelta(days=number) for number in range((end - start).days + 1))


def _chosen(sources: Sequence[FetchSource], names: Sequence[str]) -> list[FetchSource]:
    known = {source.label: source for source in sources}
    if not known:
        raise BuildError("site.yaml names no source to fetch; add for example `fetch: [{kind: hf_daily}]`")
    unknown = [name for name in names if name not in known]
    if unknown:
        raise BuildError(f"no source is named {unknown[0]}; site.yaml names {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)] or list(known.values())


def _days(source: FetchSource, days: Sequence[date], today: date, tell: Callable[[str], None]) -> list[date]:
    """Return the days to ask a source for, oldest first; only today for a source without lists of past days."""
    if not source.is_dated:
        if days and today not in days:
            tell(f"{source.label}: shows its newest list only, so no past day can be asked for")
            return []
        return [today]
    if days:
        return sorted(set(days))
    span = LOOK_BACK + KINDS[source.kind].due
    return [today - timedelta(days=back) for back in range(span - 1, -1, -1)]
