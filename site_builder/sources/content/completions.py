"""`content/papers/fetched/completed.json`: what `broadsheet fetch` found of papers that lists name by an id alone."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from site_builder.problems import Problems
from site_builder.sources.content.fetch_status import FETCHED

COMPLETED = f"{FETCHED}/completed.json"


class Completion(BaseModel):
    """What is known of one id: the fields of its paper, none where nobody knew it; asked: the last day it was asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asked: date
    fields: Mapping[str, object] = {}


class Completions(BaseModel):
    """What is known of each id, `arxiv:2605.01234`, `doi:10.1000/x`, `pmid:123`, `PMC123`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    papers: Mapping[str, Completion] = {}


def read_completions(text: str, path: str, problems: Problems) -> Completions:
    """Return what a text says; one that is damaged is a problem and says nothing."""
    try:
        return Completions.model_validate_json(text)
    except ValidationError as error:
        what = f"holds no completed papers ({error.error_count()} errors)"
        problems.add(path, None, what, "remove it; the next `broadsheet fetch` writes it anew")
        return Completions()
