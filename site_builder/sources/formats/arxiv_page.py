"""arXiv's listing page saved as HTML: each paper is a `dt` with the arXiv id and a `dd` with title and authors."""

import re
from collections.abc import Iterator

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, Skipped, filled
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import arxiv_in
from site_builder.sources.fields.unread import look_of
from site_builder.sources.fields.written_date import date_of_parts
from site_builder.sources.list_name import is_later
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_page import damaged_page, has_class, is_page, page_root, seen_text
from site_builder.sources.syntax.xml_text import line_of

_FRAGMENT = lazy_pattern(r"\s*<(?:dl|dt)[\s>]", re.IGNORECASE)
_TITLE = lazy_pattern(r"class\s*=\s*[\"'][^\"'>]{0,80}\blist-title\b")
_DAY = lazy_pattern(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (\d{4}|\d\d)\b")
_CATEGORY = lazy_pattern(r"\(([a-z][\w.-]{1,30})\)", re.IGNORECASE)
_REMEDY = "save the page again, or add the paper to a list of your own"
_KNOWN = frozenset({f"list-{name}" for name in ("title", "authors", "subjects", "comments", "journal-ref", "dateline")})
_LABEL = "descriptor"  # CSS class of the labels `Title:`, `Authors:`


def recognises(source: Source) -> bool:
    """Return whether the source is HTML, or a fragment of it, with arXiv's `list-title` elements."""
    if not (is_page(source) or _FRAGMENT.match(source.head)):
        return False
    return _TITLE.search(source.text()) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each new paper and cross-list; replacements are skipped, as in arXiv's feeds."""
    root = page_root(source.text())
    if root is None:
        yield damaged_page(source.path)
        return
    yield from _Listing(source.path).read(root)


class _Listing:
    """The state of one listing: day and section from its headings, and the `dt` whose `dd` has not come yet."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._day = ""
        self._announced = ""
        self._pending: etree._Element | None = None

    def read(self, root: etree._Element) -> Iterator[Item]:
        for element in root.iter("h1", "h2", "h3", "h4", "dt", "dd"):
            if element.tag == "dt":
                yield from self._take_pending()
                self._pending = element
            elif element.tag == "dd":
                yield from self._paper(element)
            else:
                self._heading(seen_text(element))
        yield from self._take_pending()

    def _heading(self, text: str) -> None:
        """Set the day and the section from a heading such as `Cross-lists for Fri, 3 Jan 25`."""
        if found := _DAY.search(text):
            year = found[3] if len(found[3]) > 2 else f"20{found[3]}"  # noqa: PLR2004 — two digits of a year
            self._day = date_of_parts(year, found[2], found[1]) or self._day
        plain = text.casefold()
        kinds = {"new sub": "new", "cross": "cross", "replace": "replace"}
        self._announced = next((kind for begins, kind in kinds.items() if begins in plain), self._announced)

    def _take_pending(self) -> Iterator[Item]:
        """Yield a problem if the pending `dt` has an arXiv id but no paper; clear it."""
        if self._pending is not None and arxiv_in(_shown_id(self._pending)):
            yield Problem(self._path, line_of(self._pending), "a number of arXiv has no title", _REMEDY, records=1)
        self._pending = None

    def _paper(self, element: etree._Element) -> Iterator[Item]:
        term, self._pending = self._pending, None
        titles = [part for part in element.iter("div") if has_class(part, "list-title")]
        if not titles:
            self._pending = term
            yield from self._take_pending()
            return
        mark = "" if term is None else seen_text(term)
        announced = "cross" if "cross-list" in mark else self._announced
        if "replaced" in mark or announced == "replace":
            if not is_later(self._path):
                yield Skipped(self._path, line_of(element), "a replacement (announce type replace)")
                return
            announced = "replace"
        fields = _fields(element, titles[0]) | {
            "arxiv": arxiv_in(_shown_id(term)) if term is not None else None,
            "listed": self._day,
            "announced": announced,
        }
        line = line_of(titles[0] if term is None else term)
        yield RawPaper(filled(fields), self._path, line, unread=_unread(element))


def _shown_id(element: etree._Element) -> str:
    """Return the URL of the abstract page, else the text of the element."""
    links = (str(link.get("href", "")) for link in element.iter("a"))
    return next((url for url in links if "/abs/" in url and arxiv_in(url)), seen_text(element))


def _fields(element: etree._Element, title: etree._Element) -> dict[str, object]:
    subjects = _part(element, "list-subjects")
    people = next((part for part in element.iter("div") if has_class(part, "list-authors")), None)
    names = [] if people is None else [seen_text(link) for link in people.iter("a")]
    abstracts = [part for part in element.iter("p", "blockquote") if has_class(part, "mathjax")]
    return {
        "title": _unlabelled(seen_text(title, _LABEL), "Title"),
        "authors": [name for name in names if name]
        or ("" if people is None else _unlabelled(seen_text(people, _LABEL), "Authors")),
        "abstract": seen_text(abstracts[0]) if abstracts else "",
        "categories": list(dict.fromkeys(_CATEGORY.findall(subjects))),
        "comment": _unlabelled(_part(element, "list-comments"), "Comments"),
        "venue": _unlabelled(_part(element, "list-journal-ref"), "Journal-ref"),
    }


def _unread(element: etree._Element) -> dict[str, str]:
    """Return the CSS classes of a paper's lines that are not read, each with a description of its text."""
    named = ((name, part) for part in element.iter("div") for name in str(part.get("class", "")).split())
    unread = ((name, part) for name, part in named if name.startswith("list-") and name not in _KNOWN)
    return {name: look for name, part in unread if (look := look_of(seen_text(part, _LABEL)))}


def _part(element: etree._Element, name: str) -> str:
    return next((seen_text(part, _LABEL) for part in element.iter("div") if has_class(part, name)), "")


def _unlabelled(text: str, label: str) -> str:
    return text.removeprefix(f"{label}:").strip()


READER = Reader(
    name="arXiv page",
    about="arXiv's listing page of a category, saved as HTML; new papers and cross-lists, no replacements",
    example='<!DOCTYPE html>…<dl id="articles"><dt><a href="/abs/2605.01234">arXiv:2605.01234</a></dt><dd>'
    '<div class="list-title">…',
    recognises=recognises,
    read=read,
)
