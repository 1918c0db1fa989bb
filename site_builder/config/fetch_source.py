"""`fetch:` in `site.yaml`: the sources of fetched lists, and the days on which each is expected to have one."""

import re
from collections import Counter
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from site_builder.config.section import CATEGORY, SOURCE, WEB, SettingsSection, Weekday
from site_builder.query import parse_query

# Kind → its required key.
NEEDS = {"arxiv_query": "query", "arxiv_listing": "category", "feed": "url", "url": "url"}
# What only one kind takes → that kind.
TAKEN_BY = {"query": "arxiv_query", "category": "arxiv_listing", "announce": "arxiv_listing"}
# Kinds with a list on every day, except these days.
QUIET_DAYS: dict[str, tuple[Weekday, ...]] = {
    "hf_daily": ("saturday", "sunday"),
    "arxiv_listing": ("saturday", "sunday"),
}
DATE = "{date}"


def _as_list(value: object) -> object:
    """Split a text at commas; return any other value unchanged."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _dated_address(value: str) -> str:
    unknown = re.search(r"\{[^{}]*\}", value.replace(DATE, ""))
    if unknown:
        raise ValueError(f"knows {DATE} alone; write it in place of {unknown[0]}")
    return value


def _query(value: str) -> str:
    parse_query(value)
    return value


LISTED = BeforeValidator(_as_list, json_schema_input_type=str | list[str])
SEVERAL = BeforeValidator(_one_or_several, json_schema_input_type=str | list[str])
Category = Annotated[str, Field(pattern=CATEGORY)]
Query = Annotated[str, AfterValidator(_query)]
Queries = Annotated[
    tuple[Query, ...],
    SEVERAL,
]


class FetchSource(SettingsSection):
    """One source of lists; what it brings is kept below `content/papers/fetched/<name>/`."""

    kind: Literal["hf_daily", "arxiv_query", "arxiv_listing", "feed", "url"] = Field(
        description="What is asked: the Hugging Face daily papers, arXiv, a feed, or a list at an address."
    )
    name: str = Field(
        "",
        pattern=SOURCE,
        max_length=60,
        validate_default=True,
        description="Name of the source and of its folder; the kind when empty. Keep it, or all is fetched again.",
    )
    url: Annotated[str, AfterValidator(_dated_address)] = Field(
        "",
        pattern=WEB,
        description="Address of the feed or list, with {date} in it for one list a day; else that of a mirror.",
    )
    query: str = Field("", description='arxiv_query: what is searched, `cat:cs.IR AND abs:"retrieval"`.')
    category: Annotated[tuple[Category, ...], LISTED] = Field(
        (), description="arxiv_listing: the category, `cs.CL`, or several, `[cs.CL, cs.IR]`."
    )
    announce: Annotated[
        tuple[Literal["new", "cross", "replace"], ...],
        LISTED,
    ] = Field(("new", "cross"), description="arxiv_listing: which announcements are papers of the list.")
    tags: Annotated[tuple[str, ...], LISTED] = Field((), description="Tags for every paper of the source.")
    include: Queries = Field(
        (),
        description="Words that title or abstract must have, `retrieval AND (dense OR sparse)`; or several such texts.",
    )
    exclude: Queries = Field((), description="Words that no paper may have, written as for `include`.")
    max: int | None = Field(None, ge=1, le=10_000, description="Papers of one list at most: the first that fit.")
    quiet: tuple[Weekday, ...] | None = Field(
        None, description="Days on which no list is expected; by default the weekend where the source rests then."
    )
    allow_http: bool = Field(False, description="Lets the source be asked without encryption.")
    allow_private: bool = Field(False, description="Lets the source lie on this machine or in its own network.")

    @model_validator(mode="after")
    def _check_required_keys(self) -> "FetchSource":
        needed = NEEDS.get(self.kind)
        if needed and not getattr(self, needed):
            raise ValueError(f"{self.kind} needs {needed}:")
        foreign = [key for key, kind in TAKEN_BY.items() if kind != self.kind and key in self.model_fields_set]
        if foreign:
            raise ValueError(f"{self.kind} takes no {foreign[0]}:; remove it, or write `kind: {TAKEN_BY[foreign[0]]}`")
        if DATE in self.url and NEEDS.get(self.kind) != "url":
            raise ValueError(f"{self.kind} takes no {DATE} in url:; leave it out, or write `kind: url`")
        if self.url.startswith("http://") and not self.allow_http:
            raise ValueError("the address is not encrypted; write https:// or add allow_http: true")
        return self

    @property
    def label(self) -> str:
        """Return the name, by default derived from the kind."""
        return self.name or self.kind.replace("_", "-")

    @property
    def is_dated(self) -> bool:
        """Return whether the list of a past day can be requested."""
        return self.kind in ("hf_daily", "arxiv_query") or DATE in self.url

    @property
    def is_daily(self) -> bool:
        """Return whether a list is expected on every day that is not quiet."""
        return self.kind in QUIET_DAYS or DATE in self.url

    @property
    def quiet_days(self) -> frozenset[str]:
        return frozenset(QUIET_DAYS.get(self.kind, ()) if self.quiet is None else self.quiet)


def _named_once(sources: tuple[FetchSource, ...]) -> tuple[FetchSource, ...]:
    twice = [name for name, count in Counter(source.label for source in sources).items() if count > 1]
    if twice:
        raise ValueError(f"two sources are named {twice[0]}; give each a name: of its own")
    return sources


FetchSources = Annotated[tuple[FetchSource, ...], AfterValidator(_named_once)]
