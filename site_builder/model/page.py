"""One planned output, not yet rendered."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import NamedTuple, Self

KEPT = "kept"  # the renderer of a page that stays as the last build left it


@dataclass(frozen=True, slots=True)
class PageData:
    """What pages of one kind are rendered from: each kind has a data class of its own, whose fields templates see."""

    @classmethod
    def of(cls, page: "Page") -> Self:
        """Return the data of a page. Raises TypeError for a page of another kind."""
        if isinstance(page.data, cls):
            return page.data
        raise TypeError(f"{page.path} holds {type(page.data).__name__}, no {cls.__name__}")

    def values(self) -> dict[str, object]:
        """Return the fields by name, as a template sees them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


NO_DATA = PageData()  # of a page that its path and the site decide alone


@dataclass(frozen=True, slots=True)
class JsonData(PageData):
    """A JSON file. cache_key: decides over its value, which `make` returns; is_dense: written without indentation."""

    cache_key: object
    make: Callable[[], object]
    is_dense: bool = False

    @classmethod
    def holding(cls, value: object, *, is_dense: bool = False) -> "JsonData":
        """Return the data of a file whose value is known."""
        return cls(value, partial(_itself, value), is_dense)


def _itself(value: object) -> object:
    return value


class Page(NamedTuple):
    """One output file: where it goes, which renderer and template make it, and from what; a tuple is made soonest.

    path: below `output/`; claimant: the input or rule that wants it, named when two want one path.
    title, description: for `<title>`, previews and feeds; "" where they mean nothing.
    feeds: discovery links of this page besides the site's own, as (title, output path without its ending).
    data: what it is rendered from, besides what every page may be.
    volume: the volume it is planned from, with all that decides over its pages; "" for a page of the front.
    navigation: its name in the navigation, "" for a page that other pages lead to. is_in_sitemap: whether a page of the
    front is named there; those of volumes are.
    """

    path: str
    renderer: str
    template: str
    claimant: str
    data: PageData
    title: str = ""
    description: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    volume: str = ""
    navigation: str = ""
    is_in_sitemap: bool = False


def volume_label(volume: str, key: str, pages: int) -> str:
    """Return what each page of a volume carries: its name, what decides over its pages, and how many there are."""
    return f"{volume} {key} {pages}"
