"""The status of fetched lists: `api/status.json`, and the notices that the home page shows.

All periods count from the last day on which lists were requested, never from the day of the build.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from site_builder.config.fetch_source import FetchSource
from site_builder.config.section import WEEKDAYS
from site_builder.config.settings import Settings
from site_builder.languages import N_, Words
from site_builder.model.catalogue import Catalogue
from site_builder.model.fetch_status import DayStatus
from site_builder.model.page import JsonData, Page
from site_builder.sources.content.fetch_status import FETCHED
from site_builder.sources.list_name import list_name

RECENT = 7  # the home page reports on so many days before the last one requested
# State of a list → the notice, on a site with one source and on a site with several.
SENTENCES = {
    "late": (N_("The list of %(day)s came late."), N_("The list %(list)s of %(day)s came late.")),
    "partial": (
        N_("The list of %(day)s is not complete yet."),
        N_("The list %(list)s of %(day)s is not complete yet."),
    ),
    "missing": (N_("The list of %(day)s has not come yet."), N_("The list %(list)s of %(day)s has not come yet.")),
    "failed": (
        N_("The list of %(day)s could not be fetched."),
        N_("The list %(list)s of %(day)s could not be fetched."),
    ),
    "quiet": (N_("No list on %(day)s."), N_("No list on %(day)s.")),
}
ON_WEEKDAYS = (
    N_("Mondays"),
    N_("Tuesdays"),
    N_("Wednesdays"),
    N_("Thursdays"),
    N_("Fridays"),
    N_("Saturdays"),
    N_("Sundays"),
)
DAYS_WAITED = 3  # days after which a missing list is assumed never to have existed


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `api/status.json` and its schema if lists are fetched: each day of each source, and the notices."""
    if not catalogue.fetched.sources:
        return
    left_out = _left_out(catalogue)
    value = {
        "sources": [
            {
                "name": name,
                "days": [
                    {**_value(day, status, _source(settings, name)), "left_out": left_out.get((name, day), {})}
                    for day, status in days.items()
                ],
            }
            for name, days in sorted(catalogue.fetched.sources.items())
        ],
        "lines": list(fetch_lines(catalogue, settings)),
    }
    for name, content in (("status.json", value), ("status.schema.json", SCHEMA)):
        yield Page(f"api/{name}", "data", "", "the status of fetched lists", JsonData.holding(content))


def fetch_lines(catalogue: Catalogue, settings: Settings) -> tuple[str, ...]:
    """Return the notices about the newest lists, one sentence each: `No list on Saturdays.`"""
    shown = catalogue.days[-1].date if catalogue.days else date.min
    sources = {source.label: source for source in settings.fetch if source.is_daily}
    lines: list[str] = []
    for name in sorted(sources.keys() & catalogue.fetched.sources.keys()):
        days = catalogue.fetched.sources[name]
        named = name if len(sources) > 1 else ""
        lines += _source_lines(days, sources[name], shown, settings.words, named)
    return tuple(dict.fromkeys(lines))


def state(day: date, status: DayStatus, source: FetchSource | None) -> str:
    """Return listed, late, partial, failed, quiet (no list is expected, or it is no longer waited for) or missing."""
    if status.papers and status.outcome != "partial":
        return "late" if status.is_late and not _is_quiet(day, source) else "listed"
    if status.outcome in ("partial", "failed"):
        return status.outcome
    waited = status.asked - day > timedelta(days=DAYS_WAITED)
    return "quiet" if _is_quiet(day, source) or waited or not (source and source.is_daily) else "missing"


def _source_lines(
    days: Mapping[date, DayStatus], source: FetchSource, shown: date, words: Words, name: str
) -> Iterator[str]:
    """Yield the notices of one source for the newest day shown and the days after it.

    name: of the source, "" if it is the only one.
    """

    def say(found: str, day: date) -> str:
        message, named = SENTENCES[found]
        return words.gettext(named if name else message, list=name, day=words.short_day(day))

    if not days:
        return
    last = max(status.asked for status in days.values())
    first = max(shown, last - timedelta(days=RECENT))
    recent = {day: state(day, days[day], source) for day in sorted(days) if day >= first}
    if recent.get(shown) == "late":
        yield say("late", shown)
    if recent.get(shown) == "partial":
        yield say("partial", shown)
    later = {day: found for day, found in recent.items() if day > shown}
    resting = {day.weekday(): day for day in later if _is_quiet(day, source) and later[day] == "quiet"}
    if resting:
        names = words.listed([words.gettext(ON_WEEKDAYS[number]) for number in resting])
        yield words.gettext("No list on %(weekdays)s.", weekdays=names)
    for day, found in later.items():
        if found == "quiet" and not _is_quiet(day, source):
            yield say("quiet", day)
        elif found in ("missing", "failed"):
            yield say(found, day)


def _is_quiet(day: date, source: FetchSource | None) -> bool:
    return source is not None and WEEKDAYS[day.weekday()] in source.quiet_days


def _source(settings: Settings, name: str) -> FetchSource | None:
    return next((source for source in settings.fetch if source.label == name), None)


def _left_out(catalogue: Catalogue) -> dict[tuple[str, date], Counter[str]]:
    """Count the papers of each source and day that were left out, by reason."""
    found: dict[tuple[str, date], Counter[str]] = {}
    for path, reasons in catalogue.left_out.items():
        named = list_name(path) if path.startswith(f"{FETCHED}/") else None
        if named:
            name = path.removeprefix(f"{FETCHED}/").partition("/")[0]
            found.setdefault((name, named.day), Counter()).update(reasons)
    return {key: Counter(dict(sorted(reasons.items()))) for key, reasons in found.items()}


def _value(day: date, status: DayStatus, source: FetchSource | None) -> dict[str, object]:
    return {
        "date": day.isoformat(),
        "state": state(day, status, source),
        "papers": status.papers,
        "asked": status.asked.isoformat(),
        "came": status.came.isoformat() if status.came else None,
    }


_DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
_STATES = {
    "listed": "the list is there",
    "late": "it came on a later day than it was due",
    "partial": "it seems to lack papers",
    "missing": "it is due and has not come",
    "failed": "the source could not be reached",
    "quiet": "no list is expected on the day, or none came any more",
}
SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Whether the lists came",
    "type": "object",
    "required": ["sources", "lines"],
    "additionalProperties": False,
    "properties": {
        "lines": {"type": "array", "items": {"type": "string"}, "description": "what the home page says"},
        "sources": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "days"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "description": "as in site.yaml"},
                    "days": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["date", "state", "papers", "asked", "came", "left_out"],
                            "additionalProperties": False,
                            "properties": {
                                "date": _DAY,
                                "state": {
                                    "enum": list(_STATES),
                                    "description": "; ".join(f"{name}: {means}" for name, means in _STATES.items()),
                                },
                                "papers": {"type": "integer", "minimum": 0},
                                "left_out": {
                                    "type": "object",
                                    "additionalProperties": {"type": "integer", "minimum": 1},
                                    "description": "papers of the list that the site does not show, by reason",
                                },
                                "asked": {**_DAY, "description": "last day on which it was asked for"},
                                "came": {**_DAY, "type": ["string", "null"], "description": "first day it was there"},
                            },
                        },
                    },
                },
            },
        },
    },
}
