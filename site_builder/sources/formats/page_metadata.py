"""Recognise the boilerplate of a daily-papers page, its date, and the line of metadata after a paper."""

import re

from site_builder.lazy import lazy_pattern

# Lines of the page around its papers, casefolded.
BOILERPLATE = frozenset(
    {
        "new",
        "subscribe",
        "daily papers",
        "trending papers",
        "daily",
        "weekly",
        "monthly",
        "previous",
        "next",
        "load more",
    }
    | {"get trending papers in your email inbox!", "get trending papers in your email inbox once a day!"}
    | {"byak and the research community", "by ak and the research community"}
)
# Those that other pages and chats have, too, and that tell no page of papers on their own.
COMMON = frozenset({"new", "subscribe", "daily", "weekly", "monthly", "previous", "next", "load more"})
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DATE = rf"(?:{_MONTHS})[a-z]*\.? \d{{1,2}}(?:, ?\d{{4}})?"
_PAGE_DATE = lazy_pattern(rf"{DATE}|\d{{4}}-\d\d-\d\d")
_METADATA = lazy_pattern(rf"(?:•\s*)?(?P<who>[^·]{{1,120}}?)\s*·\s*(?P<date>{DATE})(?:\s+(?P<comments>\d{{1,5}}))?")
_AUTHOR_COUNT = lazy_pattern(r"(\d{1,5}) authors?")


def is_boilerplate(text: str) -> bool:
    return text.casefold() in BOILERPLATE


def is_page_date(text: str) -> bool:
    """Return whether a text is only a date such as `May 27` or `Nov 21, 2025`."""
    return bool(_PAGE_DATE.fullmatch(text))


def read_metadata(text: str) -> dict[str, object]:
    """Return the fields of `• 8 authors · May 6, 2025 2` or `tencent Tencent · Feb 3`; {} for other text."""
    match = _METADATA.fullmatch(text.strip())
    return fields_of(match["who"], match["date"], match["comments"]) if match else {}


def fields_of(who: str, date: str, comments: str | None) -> dict[str, object]:
    """Return the fields published, author_count or organization, and comments unless None or empty."""
    fields: dict[str, object] = {"published": date}
    count = _AUTHOR_COUNT.fullmatch(who)
    if count:
        fields["author_count"] = count[1]
    else:
        fields["organization"] = organization_name(who)
    if comments:
        fields["comments"] = comments
    return fields


def organization_name(text: str) -> str:
    """Return the name of an organisation from the page's `handle Name`: `tencent Tencent` → `Tencent`."""
    handle, _, name = text.partition(" ")
    same = re.sub(r"\W|_", "", handle).casefold() == re.sub(r"\W|_", "", name).casefold()
    return name if name and (same or handle.islower()) else text
