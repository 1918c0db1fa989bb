"""What a reader yields: raw papers, skipped records, recognised boilerplate and problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.problems import Problem

# The fields a reader may fill. Values are as the source wrote them (text, numbers, lists); `papers/` checks them.
FIELDS: Mapping[str, str] = {
    "title": "text",
    "abstract": "text; paragraphs are parted by a blank line",
    "run_together": "text: title and abstract in one, when the source does not part them",
    "ai_summary": "text: a summary made by a machine, never shown as the abstract",
    "authors": "list of names or of objects that part them, or one text that joins them; as written",
    "author_count": "number of authors where the source counts but does not name them",
    "organization": "text: the name shown",
    "published": "date the paper appeared (arXiv v1): YYYY-MM-DD, YYYY-MM, YYYY, `May 6` or `May 6, 2025`",
    "listed": "date the list carried it: YYYY-MM-DD or `May 27`; a list of dates where there are several",
    "id": "any identifier: arXiv id, DOI, URL",
    "arxiv": "arXiv id in any form",
    "doi": "DOI in any form",
    "version": "number of the arXiv version, where the arXiv id does not say it: 2 or v2",
    "tags": "list of tags, or one text joined by commas",
    "keywords": "list of free keywords: search terms, not tags",
    "upvotes": "number",
    "comments": "number",
    "links": "mapping of kind (abs, pdf, html, code, project, …) to URL",
    "stars": "number of stars of the code repository",
    "submitter": "text: who put the paper on the list",
    "image": "URL of a picture of the paper",
    "categories": "list of arXiv categories, primary first",
    "venue": "text: journal or conference",
    "volume": "text",
    "issue": "text",
    "pages": "text",
    "publisher": "text",
    "language": "text: the language of title and abstract, as a tag, a code or a name; a list of several",
    "kind": "text: the kind of work (article, inproceedings, …) in BibTeX's words",
    "key": "text: the citation key of the source",
    "comment": "text: the authors' remark (`12 pages, accepted at …`)",
    "hold": "text of the editor's: true, or `until YYYY-MM-DD`: the paper is nowhere until then",
    "hide": "text of the editor's: true keeps the paper out of the site",
    "lead": "text of the editor's: true, or a number: the paper leads its day, the lowest number first",
    "section": "text of the editor's: name of the section of the day that holds the paper",
    "editor_summary": "text of the editor's, shown in place of the beginning of the abstract",
    "note": "text of the editor's: a line under the paper",
    "formerly": "list of ids that the paper had in its address before; they lead to it",
    "announced": "text: arXiv's announce type (new, cross, replace, replace-cross)",
}


@dataclass(frozen=True, slots=True)
class RawPaper:
    """One raw paper of a source: `fields` (keys of FIELDS), its path, first line and number of non-blank lines.

    unread: the keys of the source that became no field, with what their values look like (`sources/unread.py`).
    unread_lines: the lines of these keys, where the reader knows them.
    """

    fields: Mapping[str, Any]
    path: str
    line: int
    lines: int = 1
    unread: Mapping[str, str] = field(default_factory=dict)
    unread_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnreadOfList:
    """Keys of a list itself, not of its papers, that are not read: as in a RawPaper."""

    unread: Mapping[str, str]
    line: int
    unread_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Lines that belong to no paper and are known for what they are: page headings, rules, front matter."""

    line: int
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record left out on purpose, with the reason: a cross-list, a replacement."""

    path: str
    line: int
    why: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class QuietDay:
    """A list that says of itself that it holds no papers: `[]`, a channel without items."""


Item = RawPaper | Boilerplate | Skipped | Problem | QuietDay | UnreadOfList
