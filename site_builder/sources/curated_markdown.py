"""Curated Markdown: the table rows, bullets and headings that name papers, with their days and topics."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.problems import Problem
from site_builder.sources.front_matter import split_front_matter
from site_builder.sources.markdown_sections import Line, read_lines
from site_builder.sources.markdown_text import links_to_paper, paragraphs, plain_text
from site_builder.sources.paper_bullet import BULLET, bullet_fields, is_key_value, own_links
from site_builder.sources.paper_row import is_paper_table, is_rule, row_fields, split_row, unread_cells
from site_builder.sources.record import Furniture, Item, SourceRecord
from site_builder.sources.source import Source
from site_builder.sources.yaml_text import LineDict, YamlError

_Walk = Generator[Item, None, int]  # yields items and returns the position of the next line


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each row, bullet and heading that names a paper; every other line is furniture."""
    text = source.text()
    values, body, first_line = LineDict(1), text, 1
    try:
        values, body, first_line = split_front_matter(text)
    except YamlError as error:
        yield Problem(source.path, error.line, f"broken front matter: {error.message}", "mend it; the rest is read")
    above = sum(1 for line in text.split("\n")[: first_line - 1] if line.strip())
    if above:
        yield Furniture(1, above)
    lines, problems = read_lines(body, first_line, source.path)
    yield from problems
    reading = _Reading(source.path, lines, _defaults(values))
    position = 0
    while position < len(lines):
        position = yield from reading.step(position)


def _defaults(values: LineDict) -> dict[str, Any]:
    """Return what the front matter gives to every paper of the list."""
    day = values.get("listed") or values.get("date") or values.get("day")
    tags = values.get("tags") or []
    tags = [tag.strip() for tag in tags.split(",")] if isinstance(tags, str) else tags
    return {name: value for name, value in (("listed", day), ("tags", tags)) if value}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass over the lines of a file that are not blank."""

    path: str
    lines: list[Line]
    defaults: dict[str, Any]

    def step(self, position: int) -> _Walk:
        """Yield the items of the table, bullet or line at a position."""
        line = self.lines[position]
        if line.is_code:
            yield Furniture(line.number)
            return position + 1
        if line.heading:
            return (yield from self._heading(position))
        if self._is_table(position):
            return (yield from self._table(position))
        if BULLET.fullmatch(line.text):
            return (yield from self._bullet(position))
        yield Furniture(line.number)
        return position + 1

    def _is_table(self, position: int) -> bool:
        following = self._next(position)
        return "|" in self.lines[position].text and following is not None and is_rule(following.text)

    def _next(self, position: int) -> Line | None:
        """Return the line right below, None when it is blank."""
        if position + 1 == len(self.lines):
            return None
        following = self.lines[position + 1]
        return following if following.number == self.lines[position].number + 1 else None

    def _table(self, position: int) -> _Walk:
        header = split_row(self.lines[position].text)
        yield Furniture(self.lines[position].number, 2)
        position += 1
        while (row := self._next(position)) and "|" in row.text and not row.heading:
            cells = split_row(row.text)
            fields = row_fields(header, cells) if is_paper_table(header) else None
            unread = unread_cells(header, cells, fields) if fields else {}
            yield self._record(row, fields, 1, unread) if fields else Furniture(row.number)
            position += 1
        return position + 1

    def _bullet(self, position: int) -> _Walk:
        """Yield the paper of a bullet with the deeper lines that belong to it, or a line of furniture."""
        line = self.lines[position]
        found = BULLET.fullmatch(line.text)
        text = found["text"] if found else ""
        end = position + 1
        while end < len(self.lines) and self._belongs(line, self.lines[end], is_bullet=False):
            text, end = f"{text} {self.lines[end].text.strip()}", end + 1
        while end < len(self.lines) and self._belongs(line, self.lines[end], is_bullet=True):
            child = BULLET.fullmatch(self.lines[end].text)
            if child is None or own_links(child["text"]) is None:
                break
            text, end = f"{text} {child['text']}", end + 1
        fields = None if is_key_value(text) else bullet_fields(text)
        if fields is None:
            yield Furniture(line.number)
            return position + 1
        end = self._add_remarks(fields, line, end)
        yield self._record(line, fields, end - position)
        return end

    def _add_remarks(self, fields: dict[str, Any], line: Line, end: int) -> int:
        """Add the deeper bullets that name no paper to the abstract; return where the next line stands."""
        remarks = [fields.get("abstract", "")]
        while end < len(self.lines) and self._belongs(line, self.lines[end]):
            child = BULLET.fullmatch(self.lines[end].text)
            text = child["text"] if child else self.lines[end].text
            if child and bullet_fields(text):
                break
            links = own_links(text) if child else None
            fields["links"] = {**(links or {}), **fields.get("links", {})}
            remarks.append("" if links else plain_text(text))
            end += 1
        if any(remarks):
            fields["abstract"] = "\n\n".join(remark for remark in remarks if remark)
        return end

    def _belongs(self, parent: Line, line: Line, *, is_bullet: bool | None = None) -> bool:
        """Tell whether a line stands deeper than a bullet and is, or is not, a bullet itself."""
        if line.heading or line.is_code or _indent(line.text) <= _indent(parent.text):
            return False
        return is_bullet is None or is_bullet == bool(BULLET.fullmatch(line.text))

    def _heading(self, position: int) -> _Walk:
        """Yield the paper that a heading links to, with the text below it, or a line of furniture."""
        line = self.lines[position]
        fields = bullet_fields(line.heading) if links_to_paper(line.heading) else None
        end = position + 1
        if fields is None or "title" not in fields:
            yield Furniture(line.number)
            return end
        texts: list[str] = []
        while end < len(self.lines) and not self._begins_anew(end):
            texts.append(self.lines[end].text.strip())
            end += 1
        fields["abstract"] = paragraphs("<br>".join(texts))
        yield self._record(line, fields, end - position)
        return end

    def _begins_anew(self, position: int) -> bool:
        """Tell whether a line cannot belong to the heading above: a heading, a table, a bullet that names a paper."""
        line = self.lines[position]
        bullet = None if line.is_code else BULLET.fullmatch(line.text)
        names_paper = bullet is not None and "title" in (bullet_fields(bullet["text"]) or {})
        return bool(line.heading) or names_paper or self._is_table(position)

    def _record(
        self, line: Line, fields: dict[str, Any], lines: int, unread: Mapping[str, str] | None = None
    ) -> SourceRecord:
        """Return a paper with the day and the tags of its place."""
        fields = {**self.defaults, **fields}
        if line.section.day:
            fields["listed"] = str(line.section.day)
        tags = [*self.defaults.get("tags", []), *fields.get("tags", []), line.section.tag]
        fields["tags"] = list(dict.fromkeys(tag for tag in tags if tag))
        kept = {name: value for name, value in fields.items() if value not in ("", [], {}, None)}
        return SourceRecord(kept, self.path, line.number, lines, unread or {})


def _indent(text: str) -> int:
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
