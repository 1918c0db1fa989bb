"""`content/papers/fetched/completed.json`: data that `broadsheet fetch` found for papers listed by id only."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from site_builder.problems import Problems
from site_builder.sources.content.fetch_status import FETCHED

COMPLETED = f"{FETCHED}/completed.json"


class Completion(BaseModel):
    """The fields of a paper found by its id, empty if no service knew it; asked: the day of the last request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asked: date
    fields: Mapping[str, object] = {}


class Completions(BaseModel):
    """Completions by id: `arxiv:2605.01234`, `doi:10.1000/x`, `pmid:123`, `PMC123`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    papers: Mapping[str, Completion] = {}


def read_completions(text: str, path: str, problems: Problems) -> Completions:
    """Parse the file; report a damaged one as a problem and return no completions."""
    try:
        return Completions.model_validate_json(text)
    except ValidationError as error:
        what = f"holds no completed papers ({error.error_count()} errors)"
        problems.add(path, None, what, "remove it; the next `broadsheet fetch` writes it anew")
        return Completions()
