"""Fields that a BibTeX entry inherits: `crossref` names the volume it is part of, `xdata` entries of shared fields."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from bibtexparser import model

from site_builder.sources.formats.bibtex_value import MAX_MACRO

MAX_PARENTS = 20  # entries that one entry may inherit from
# Fields that hold for a volume and its parts; not the volume's own title, authors, DOI and URL.
_SHARED = (
    *("journal", "journaltitle", "booktitle", "eventtitle", "volume", "number", "issue", "publisher", "organization"),
    *("school", "institution", "date", "year", "month", "day", "archiveprefix", "eprinttype"),
)
_LINKS = ("xdata", "crossref")
_DATES = frozenset({"year", "month", "day"})
_TITLES: Mapping[str, str] = {"article": "journal"}  # entry type → the field that takes the title of its volume


class Parents:
    """The entries of one file by key, as parents of other entries.

    Of entries with the same key the first counts; keys ignore case. `read` returns the values of an entry and is
    called at most once for each.
    """

    def __init__(self, entries: Iterable[model.Entry], read: Callable[[model.Entry], Mapping[str, str]]) -> None:
        self._entries: dict[str, model.Entry] = {}
        for entry in entries:
            self._entries.setdefault(entry.key.lower(), entry)
        self._read = read
        self._values: dict[str, Mapping[str, str]] = {}

    def faults(self, values: Mapping[str, str]) -> Iterator[str]:
        """Yield the faults in an entry's references to parents: keys that are not in the file, or too many keys."""
        missing = [key[:40] for _, key in _parent_keys(values) if key.lower() not in self._entries]
        if missing:
            yield f'takes fields of "{", ".join(missing)}", which is not in the file'
        if any(values.get(link, "").count(",") >= MAX_PARENTS for link in _LINKS):
            yield f"takes fields of more than {MAX_PARENTS} entries"

    def inherited(self, values: Mapping[str, str], kind: str) -> dict[str, str]:
        """Return the fields that an entry inherits from its parents, and from their parents in turn."""
        found = dict(values)
        waiting = deque(_parent_keys(values))
        seen: set[str] = set()
        while waiting and len(seen) < MAX_PARENTS:
            link, key = waiting.popleft()
            name = key.lower()
            if name not in seen and name in self._entries:
                seen.add(name)
                parent = self._values_of(name)
                has_date = any(found.get(name, "").strip() for name in ("date", "year"))
                for field, value in _inheritable(parent, link, kind, has_date=has_date):
                    found.setdefault(field, value)
                waiting += _parent_keys(parent)
        return {name: value for name, value in found.items() if name not in values}

    def _values_of(self, name: str) -> Mapping[str, str]:
        if name not in self._values:
            self._values[name] = self._read(self._entries[name])
        return self._values[name]


def _parent_keys(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (`xdata` or `crossref`, key) for each parent of an entry."""
    for link in _LINKS:
        for key in values.get(link, "").split(",", MAX_PARENTS)[:MAX_PARENTS]:
            if key.strip():
                yield link, key.strip()


def _inheritable(parent: Mapping[str, str], link: str, kind: str, *, has_date: bool) -> Iterator[tuple[str, str]]:
    """Yield the fields that a parent passes on, each value cut to the length of a macro."""
    for field in _SHARED:
        is_second_date = has_date and (field == "date" or field in _DATES)
        if parent.get(field, "").strip() and not is_second_date:
            yield field, parent[field][:MAX_MACRO]
    if link == "crossref" and parent.get("title", "").strip():
        yield _TITLES.get(kind, "booktitle"), parent["title"][:MAX_MACRO]
