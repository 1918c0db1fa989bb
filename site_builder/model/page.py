"""A planned output file that is not rendered yet."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import NamedTuple, Self

KEPT = "kept"  # renderer of a page that stays as the last build wrote it


@dataclass(frozen=True, slots=True)
class PageData:
    """Base class of a page's data; each page kind has a subclass, whose fields templates see."""

    @classmethod
    def of(cls, page: "Page") -> Self:
        """Return the data of a page. Raises TypeError for a page of another kind."""
        if isinstance(page.data, cls):
            return page.data
        raise TypeError(f"{page.path} holds {type(page.data).__name__}, no {cls.__name__}")

    def values(self) -> dict[str, object]:
        """Return the fields by name, as a template sees them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


NO_DATA = PageData()  # of a page that depends only on its path and the site


@dataclass(frozen=True, slots=True)
class JsonData(PageData):
    """A JSON file. cache_key: determines the value that `make` returns. is_dense: write it without indentation."""

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
    """One output file: its path, renderer, template and data. A named tuple, as these are created fastest.

    path: below `output/`. claimant: the input or rule that wants the path, named when two pages want it.
    title, description: for `<title>`, previews and feeds; "" where they do not apply.
    feeds: discovery links besides those of the site, as (title, output path without suffix).
    data: what the page is rendered from, besides what every page may use.
    volume: label of its volume, see `volume_label`; "" for a page of the front.
    navigation: its name in the navigation, "" if it is not there.
    is_in_sitemap: whether a front page is in the sitemap; pages of volumes always are.
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
    """Return the label of a volume's pages: its name, its cache key, and the number of its pages."""
    return f"{volume} {key} {pages}"
