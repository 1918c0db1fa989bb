"""Markdown of ours: one paper a file with front matter, or a list with a `## Title` for each paper."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from site_builder.problems import Problem
from site_builder.sources.curated_markdown import count_papers
from site_builder.sources.front_matter import has_front_matter, split_front_matter
from site_builder.sources.markdown_text import links_by_kind, links_in
from site_builder.sources.paper_fields import LINK_KINDS, field_name, keys_said_twice, to_fields
from site_builder.sources.record import FIELDS, Furniture, Item, Reader, SourceRecord, UnreadOfList
from site_builder.sources.source import Source
from site_builder.sources.unread import unknown_keys
from site_builder.sources.yaml_list import as_list, is_yaml_file, read_document
from site_builder.sources.yaml_text import LineDict, YamlError

_HEADING = re.compile(r"##\s+(?P<title>.+)")
_FIELDS_BELOW = re.compile(r"^## .+\n\s*[-*] (?:\*\*)?[A-Za-z][A-Za-z _-]{1,30}(?:\*\*)?:", re.MULTILINE)
_NUMBERING = re.compile(r"\A(?:\[\d{1,3}\]|\d{1,3}[.)])\s+(?=\S)")
_LINK = re.compile(r"\[(?P<text>.+)\]\((?P<url>[^()\s]+)\)")
# What front matter says of one paper, besides its title; a list above which a title stands has none of it.
_OF_ONE_PAPER = frozenset({"arxiv", "doi", "id", "authors", "abstract", "venue", "abs", "pdf", "url", "link", "papers"})
_GOES_ON_AS_YAML = re.compile(r"\s*(?:$|- |---|[\w-]+:(?:\s|$))")  # behind the second `---` of a file named .yaml
_FIELD = re.compile(r"[-*]\s+(?:\*\*)?(?P<key>[A-Za-z][A-Za-z _-]{1,30}?)(?:\*\*)?:(?:\*\*)?\s+(?P<value>.+)")


def read(source: Source) -> Iterator[Item]:
    """Yield the paper of the front matter, the papers below it, or the papers of the headings."""
    text = source.text()
    try:
        values, body, first_line = split_front_matter(text)
    except YamlError as error:
        remedy = "mend the lines between the two `---`"
        yield Problem(source.path, error.line, f"broken front matter: {error.message}", remedy, _count(text), 1)
        return
    front_lines = _count(text) - _count(body)
    if "papers" in values:
        yield from read_document(source.path, values, "\n".join(text.split("\n")[: first_line - 1]))
        if _count(body):
            yield Furniture(first_line, _count(body))
    elif any(field_name(key) == "title" for key in values) and not _is_above_papers(values, body):
        yield from keys_said_twice(values, source.path, 1)
        fields = to_fields(values)
        fields |= _with_body(fields, body.strip())
        yield SourceRecord(fields, source.path, 1, _count(text), *unknown_keys(values))
    else:
        yield from keys_said_twice(values, source.path, 1)
        if any(unknown := unknown_keys(values)):
            yield UnreadOfList(unknown[0], 1, unknown[1])
        if front_lines:
            yield Furniture(1, front_lines)
        yield from _read_headings(source.path, body, first_line, _defaults(values))


def _defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the front matter says of all papers of the list; its own title and date are the list's."""
    fields = to_fields(values)
    fields.pop("title", None)
    if "published" in fields and "listed" not in fields:
        fields["listed"] = fields.pop("published")
    return fields


def _read_headings(path: str, body: str, first_line: int, defaults: Mapping[str, Any]) -> Iterator[Item]:
    """Yield a record for each `## Title`; what stands before the first one is furniture."""
    heading: tuple[int, str] | None = None
    gathered: list[str] = []
    for number, line in enumerate([*body.split("\n"), "## end"], first_line):
        match = _HEADING.fullmatch(line.rstrip().rstrip("#").rstrip())
        if not match:
            gathered.append(line)
            continue
        count = sum(1 for each in gathered if each.strip())
        if heading:
            yield from _read_section(path, heading, gathered, defaults)
        elif count:
            yield Furniture(first_line, count)
        heading, gathered = (number, match["title"]), []


def _read_section(path: str, heading: tuple[int, str], lines: list[str], defaults: Mapping[str, Any]) -> Iterator[Item]:
    """Yield the paper of one heading: fields in the bullets right below it, then the abstract."""
    number, title = heading
    values = LineDict(number)
    link = _LINK.fullmatch(title)
    values["title"] = link["text"] if link else _NUMBERING.sub("", title, 1)
    if link:
        values["url"] = link["url"]
    body = 0
    for body, line in enumerate(lines):
        match = _FIELD.fullmatch(line.strip())
        if line.strip() and not match:
            break
        if match:
            values[match["key"]] = _link_or_text(match["key"], match["value"])
            values.lines[match["key"]] = number + 1 + body
    else:
        body = len(lines)
    yield from keys_said_twice(values, path, number)
    fields = to_fields(values)
    tags = [tag for value in (defaults.get("tags"), fields.get("tags")) for tag in as_list(value)]
    texts = _with_body(fields, "\n".join(lines[body:]).strip())
    count = 1 + sum(1 for line in lines if line.strip())
    yield SourceRecord({**defaults, **fields, "tags": tags, **texts}, path, number, count, *unknown_keys(values))


def _with_body(fields: Mapping[str, Any], body: str) -> dict[str, Any]:
    """Return the abstract: the text below the fields; a summary among these is then the editor's own."""
    told = fields.get("abstract", "")
    return {"abstract": body or told} | ({"editor_summary": told} if told and body and told != body else {})


def _link_or_text(key: str, value: str) -> Any:
    """Return the links of a field that is for links, where they are written in Markdown; else the text."""
    links = links_in(value) if field_name(key) in (*LINK_KINDS, "links") and "](" in value else []
    if not links:
        return value
    return links_by_kind(links) if field_name(key) == "links" else links[0].url


def _count(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def recognises(source: Source) -> bool:
    """Look for front matter that names a title or papers, or for headings with field bullets or prose below."""
    head = source.head
    if has_front_matter(head):
        try:
            values, body, _ = split_front_matter(head)
            if is_yaml_file(source) and _GOES_ON_AS_YAML.match(body):
                return False
        except YamlError:
            return not is_yaml_file(source) and ("\ntitle:" in head or "\npapers:" in head)
        names = {field_name(key) for key in values} | set(values)
        if "title" in names and not _is_above_papers(values, body) and not names & _OF_ONE_PAPER:
            return count_papers(body) <= 1
        return bool(names & {"title", "papers"}) or bool(_has_fields(body))
    return _has_fields(head)


def _is_above_papers(values: Mapping[str, Any], body: str) -> bool:
    """Tell whether a front matter that says nothing of one paper stands above two papers with fields of their own."""
    is_of_one = bool({field_name(key) for key in values} & _OF_ONE_PAPER)
    return not is_of_one and len(_FIELDS_BELOW.findall(body)) > 1 and _has_fields(body)


def _has_fields(text: str) -> bool:
    """Tell whether a `## Title` has a bullet with a field of ours, or one that is nearly spelt so, right below it."""
    found = re.search(r"^## .+\n\s*(?P<bullet>[-*] .+)$", text, re.MULTILINE)
    match = _FIELD.fullmatch(found["bullet"].strip()) if found else None
    return bool(match and (field_name(match["key"]) or get_close_matches(match["key"].casefold(), FIELDS, 1, 0.75)))


READER = Reader(
    name="Markdown",
    about="one paper a file (front matter and abstract), or a `## Title` with bullets of fields for each paper",
    example="---\nlisted: 2026-05-27\n---\n## A Title of a Paper\n- arxiv: 2605.01234\n\nThe abstract …",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
