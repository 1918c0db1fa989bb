"""The kinds of sources: their addresses, paging, and accepted formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from site_builder.config.fetch_source import DATE, FetchSource

HF_DAILY = "https://huggingface.co/api/daily_papers"
ARXIV_QUERY = "https://export.arxiv.org/api/query"
ARXIV_LISTING = "https://rss.arxiv.org/rss/"
HF_LIMIT = 100
HF_DEFAULT = 50  # rows of a page if the server ignores the limit
ARXIV_SLICE = 200  # entries in one request; the API allows 2,000

FEEDS = frozenset({"paper feed", "arXiv listing", "arXiv API"})
# Formats of a list at any address; pages copied by hand are excluded, since any text is recognised as one.
LISTS = FEEDS | {"Hugging Face daily papers", "JSON papers", "JSON lines", "YAML list", "CSL-JSON", "arXiv OAI-PMH"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source.

    address(source, day, page): returns the address of a page of a day's list; pages start at 0.
    full: numbers of papers on a full page, after which the next page is requested; empty if there is only one page.
    formats: names of the readers that may read a response.
    due: days after its own day when a list is complete. is_paced: whether to pause between two requests.
    """

    address: Callable[[FetchSource, date, int], str]
    formats: frozenset[str]
    full: frozenset[int] = frozenset()
    due: int = 0
    is_paced: bool = False


def _with_query(address: str, parameters: Mapping[str, object]) -> str:
    """Return an address with parameters added to its query; that of a mirror may have some of its own."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


def _hf_daily(source: FetchSource, day: date, page: int) -> str:
    parameters = {"date": day.isoformat(), "limit": HF_LIMIT, "p": page}
    return _with_query(source.url or HF_DAILY, parameters)


def _arxiv_query(source: FetchSource, day: date, page: int) -> str:
    on = f"{day:%Y%m%d}"
    parameters = {
        "search_query": f"({source.query}) AND submittedDate:[{on}0000 TO {on}2359]",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": page * ARXIV_SLICE,
        "max_results": ARXIV_SLICE,
    }
    return _with_query(source.url or ARXIV_QUERY, parameters)


def _arxiv_listing(source: FetchSource, day: date, page: int) -> str:
    return source.url or f"{ARXIV_LISTING}{'+'.join(source.category)}"


def _address(source: FetchSource, day: date, page: int) -> str:
    return source.url.replace(DATE, day.isoformat())


KINDS: dict[str, Kind] = {
    "hf_daily": Kind(_hf_daily, frozenset({"Hugging Face daily papers"}), full=frozenset({HF_LIMIT, HF_DEFAULT})),
    # Submissions are announced, and found by queries, only one to four days later.
    "arxiv_query": Kind(_arxiv_query, frozenset({"arXiv API"}), full=frozenset({ARXIV_SLICE}), due=4, is_paced=True),
    "arxiv_listing": Kind(_arxiv_listing, FEEDS, is_paced=True),
    "feed": Kind(_address, FEEDS),
    "url": Kind(_address, LISTS),
}
