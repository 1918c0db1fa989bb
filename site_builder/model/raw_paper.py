"""The items that a reader yields: raw papers, skipped records, recognised boilerplate and problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from site_builder.problems import Problem

T = TypeVar("T")

Shape = Literal["text", "list", "count", "links", "flag", "people"]


class RawField(NamedTuple):
    """The meaning of a raw paper's field, for documentation and schemas, and the shape of its value."""

    meaning: str
    shape: Shape = "text"


_EMPTY: tuple[object, ...] = ("", [], {}, None)
# The fields a reader may fill. Values are as the source wrote them (text, numbers, lists); `papers/` checks them.
FIELDS: Mapping[str, RawField] = {
    "title": RawField("text"),
    "abstract": RawField("text; paragraphs are separated by a blank line"),
    "run_together": RawField("text: title and abstract in one, when the source does not part them"),
    "ai_summary": RawField("text: a summary made by a machine, never shown as the abstract"),
    "authors": RawField("list of names or of objects that part them, or one text that joins them", "people"),
    "author_count": RawField("number of authors where the source counts but does not name them", "count"),
    "organization": RawField("text: the name shown"),
    "published": RawField("date the paper appeared (arXiv v1): YYYY-MM-DD, YYYY-MM, YYYY, `May 6` or `May 6, 2025`"),
    "listed": RawField("date the list carried it: YYYY-MM-DD or `May 27`; a list where there are several", "list"),
    "id": RawField("any identifier: arXiv id, DOI, URL"),
    "arxiv": RawField("arXiv id in any form"),
    "doi": RawField("DOI in any form"),
    "version": RawField("number of the arXiv version, where the arXiv id does not say it: 2 or v2", "count"),
    "tags": RawField("list of tags, or one text joined by commas", "list"),
    "keywords": RawField("list of free keywords: search terms, not tags", "list"),
    "upvotes": RawField("number", "count"),
    "comments": RawField("number", "count"),
    "links": RawField("mapping of kind (abs, pdf, html, code, project, …) to URL", "links"),
    "stars": RawField("number of stars of the code repository", "count"),
    "submitter": RawField("text: who put the paper on the list"),
    "image": RawField("URL of a picture of the paper"),
    "categories": RawField("list of arXiv categories, primary first", "list"),
    "venue": RawField("text: journal or conference"),
    "volume": RawField("text"),
    "issue": RawField("text"),
    "pages": RawField("text"),
    "publisher": RawField("text"),
    "language": RawField("language of title and abstract, as a tag, a code or a name; a list of several", "list"),
    "kind": RawField("text: the kind of work (article, inproceedings, …) in BibTeX's words"),
    "key": RawField("text: the citation key of the source"),
    "comment": RawField("text: the authors' remark (`12 pages, accepted at …`)"),
    "hold": RawField("text of the editor's: true, or `until YYYY-MM-DD`: the paper is nowhere until then", "flag"),
    "hide": RawField("text of the editor's: true keeps the paper out of the site", "flag"),
    "lead": RawField("text of the editor's: true, or a number: it leads its day, the lowest number first", "flag"),
    "section": RawField("text of the editor's: name of the section of the day that holds the paper"),
    "editor_summary": RawField("text of the editor's, shown in place of the beginning of the abstract"),
    "note": RawField("text of the editor's: a line under the paper"),
    "formerly": RawField("list of ids that the paper had in its address before; they lead to it", "list"),
    "announced": RawField("text: arXiv's announce type (new, cross, replace, replace-cross)"),
}


def filled(fields: Mapping[str, T]) -> dict[str, T]:
    """Return the fields that have a value; 0 and false are values."""
    return {name: value for name, value in fields.items() if value not in _EMPTY}


_ADDRESS_KEYS = frozenset({"href", "@href", "url", "link", "uri", "value"})


def given_links(fields: Mapping[str, object]) -> Mapping[object, object]:
    """Return kind → URL, or a list of URLs, as given by a source; a link without a kind gets the kind "page".

    The kinds may also be the keys of a list's items: `[{"pdf": …}, {"code": …}]`.
    """
    links = fields.get("links") or {}
    if not isinstance(links, list):
        return links if isinstance(links, Mapping) else {"page": links}
    by_kind: dict[object, list[object]] = {}
    for each in links:
        is_named = isinstance(each, Mapping) and len(each) == 1 and _ADDRESS_KEYS.isdisjoint(each)
        for kind, url in each.items() if is_named else (("page", each),):
            by_kind.setdefault(kind, []).append(url)
    return by_kind


@dataclass(frozen=True, slots=True)
class RawPaper:
    """One raw paper of a source. fields: by keys of FIELDS. line: 1-based, its first. lines: number of non-blank lines.

    unread: keys of the source that became no field → what their values look like (`sources/fields/unread.py`).
    unread_lines: the lines of these keys, if the reader knows them.
    """

    fields: Mapping[str, object]
    path: str
    line: int
    lines: int = 1
    unread: Mapping[str, str] = field(default_factory=dict)
    unread_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnreadOfList:
    """Keys of a list itself, not of its papers, that are not read; as in RawPaper."""

    unread: Mapping[str, str]
    line: int
    unread_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Lines that belong to no paper and are recognised: page headings, rules, front matter."""

    line: int
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record left out on purpose. why: the reason, such as a cross-list or a replacement."""

    path: str
    line: int
    why: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class QuietDay:
    """A list that states that it has no papers: `[]`, a channel without items."""


Item = RawPaper | Boilerplate | Skipped | Problem | QuietDay | UnreadOfList
