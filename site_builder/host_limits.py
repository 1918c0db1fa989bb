"""How close a site is to the limits of hosts, and when it will reach them at its present pace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from site_builder.languages import ENGLISH
from site_builder.model.catalogue import Day
from site_builder.problems import Problems, counted
from site_builder.urls import month_key

LARGEST_FILE = 20 * 2**20  # bytes; hosts refuse files of 25 MiB and more
RECENT_DAYS = 90  # calendar days over which the present pace is measured


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest site that a host accepts, in files or in bytes."""

    host: str
    most: int
    unit: str
    is_in_files: bool


LIMITS = (
    Limit("GitHub Pages", 10**9, "1 GB", is_in_files=False),
    Limit("Cloudflare Pages", 20_000, "20,000 files", is_in_files=True),
)


def limit_warnings(sizes: Mapping[str, int], days: Sequence[Day]) -> list[str]:
    """Return a line for each host whose limit the site's files fill by half or more.

    sizes: path → bytes. days: digests, oldest first.
    """
    used = {True: len(sizes), False: sum(sizes.values())}
    return [
        _line(limit, used[limit.is_in_files], days) for limit in LIMITS if used[limit.is_in_files] * 2 >= limit.most
    ]


def report_large_files(sizes: Mapping[str, int], problems: Problems) -> None:
    """Report each file that is too large for hosts."""
    for path, size in sizes.items():
        if size > LARGEST_FILE:
            what = f"is {size / 2**20:.1f} MiB: Cloudflare Pages takes no file of 25 MiB"
            problems.add(f"output/{path}", None, what, "let what it is made of be less, or publish it elsewhere")


def _line(limit: Limit, used: int, days: Sequence[Day]) -> str:
    share = f"the site would fill {100 * used // limit.most} % of {limit.host} ({limit.unit})"
    if used >= limit.most:
        return f"{share}: it does not fit; see paper_pages in the settings"
    full, pace = _full_on(limit, used, days)
    if not full:
        return f"{share}, and will not be full soon"
    return (
        f"{share}, and be full in {ENGLISH.month_name(month_key(full))} at the present {counted(pace, 'paper')} a day"
    )


def _full_on(limit: Limit, used: int, days: Sequence[Day]) -> tuple[date | None, int]:
    """Return the day on which a host will be full, None for never, and the recent number of papers a day."""
    papers = sum(len(day.papers) for day in days)
    if not papers:
        return None, 0
    newest = days[-1].date
    since = max(days[0].date, newest - timedelta(days=RECENT_DAYS - 1))
    recent_papers = sum(len(day.papers) for day in days if day.date >= since)
    pace = recent_papers / ((newest - since).days + 1)
    left = (limit.most - used) / (used / papers * pace) if pace else float("inf")
    try:
        return newest + timedelta(days=int(left)), max(round(pace), 1)
    except OverflowError:
        return None, 0
