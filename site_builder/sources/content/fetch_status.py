"""`content/papers/fetched/status.json`: the results of `broadsheet fetch` by day, as read by the build."""

from collections.abc import Iterable
from datetime import date

from pydantic import ValidationError

from site_builder.model.fetch_status import FetchStatus
from site_builder.problems import Problems
from site_builder.sources.list_name import list_name

FETCHED = "papers/fetched"
STATUS = f"{FETCHED}/status.json"


def read_status(text: str, path: str, problems: Problems) -> FetchStatus:
    """Parse the status; report a damaged one as a problem and return an empty status."""
    try:
        return FetchStatus.model_validate_json(text)
    except ValidationError as error:
        what = f"is no status of fetched lists ({error.error_count()} errors)"
        problems.add(path, None, what, "remove it; the next `broadsheet fetch` writes it anew")
        return FetchStatus()


def seen_days(paths: Iterable[str], fetched: FetchStatus) -> dict[str, date]:
    """Return path → the day on which each fetched list arrived, or, if unknown, the day in its name."""
    days: dict[str, date] = {}
    for path in paths:
        name = list_name(path) if path.startswith(f"{FETCHED}/") else None
        if name:
            status = fetched.sources.get(path.removeprefix(f"{FETCHED}/").rpartition("/")[0], {}).get(name.day)
            days[path] = name.seen or (status and status.came) or name.day
    return days
