"""`content/papers/fetched/status.json`: what `broadsheet fetch` found on which day, as the build reads it."""

from collections.abc import Iterable
from datetime import date

from pydantic import ValidationError

from site_builder.model.fetch_status import FetchStatus
from site_builder.problems import Problems
from site_builder.sources.list_name import list_name

FETCHED = "papers/fetched"
STATUS = f"{FETCHED}/status.json"


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
