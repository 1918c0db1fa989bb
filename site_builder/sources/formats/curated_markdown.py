"""The reader of curated Markdown: table rows, bullets, headings and paragraphs that name papers, by day and topic."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice, pairwise
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, UnreadOfList, filled
from site_builder.problems import NEAR, Problem, counted, shortened
from site_builder.sources.fields.field_names import plain_name
from site_builder.sources.fields.heading_dates import heading_day
from site_builder.sources.fields.identifiers import ARXIV_ID, leads_to_paper
from site_builder.sources.fields.markdown_text import are_buttons, links_in, links_to_paper, plain_text, without_signs
from site_builder.sources.fields.named_fields import add_identifiers
from site_builder.sources.fields.title_text import looks_like_title
from site_builder.sources.fields.unread import unknown_keys
from site_builder.sources.formats.bullet_title import papers_linked_in
from site_builder.sources.formats.html_tables import with_tables
from site_builder.sources.formats.identifier_list import lone_identifier
from site_builder.sources.formats.markdown_sections import Line, indent_of, read_lines
from site_builder.sources.formats.paper_body import (
    body_fields,
    is_title_label,
    label_of,
    lone_name,
    other_label,
)
from site_builder.sources.formats.paper_bullet import (
    BULLET,
    NamedPaper,
    bullet_fields,
    is_key_value,
    is_label_line,
    named_paper,
    own_links,
    paper_at_venue,
)
from site_builder.sources.formats.paper_paragraph import (
    fills_line,
    is_above_authors,
    is_field,
    is_labelled_title,
    looks_like_reference,
    papers_of_paragraph,
    titled_paper,
)
from site_builder.sources.formats.paper_row import (
    is_paper_table,
    is_rule,
    paper_without_title,
    row_fields,
    rows_of,
    split_row,
    unread_cells,
    with_title_named,
)
from site_builder.sources.formats.unread_lines import is_title_above, with_unread_reported
from site_builder.sources.formats.yaml_list import DEFAULTS, as_list, defaults_of
from site_builder.sources.source import Source
from site_builder.sources.syntax.front_matter import split_front_matter
from site_builder.sources.syntax.other_markup import as_markdown, days_of_messages
from site_builder.sources.syntax.yaml_text import LineDict, YamlError

_REFERENCE = lazy_pattern(r"^ {0,3}\[(?P<name>[^\[\]\n]{1,100})\]:[ \t]+<?(?P<url>[^\s<>]{1,2000})>?", re.MULTILINE)
_DAY_FIRST = lazy_pattern(
    r"^(?:[^\W\d_]{2,12}[.,]{0,2} (?:\d{1,2}[.,:]? )?)?\(?(?P<day>\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.? (?:de )?\d{4}"
    r"|\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5)\)?\s?[:\uff1a\u2013\u2014-]\s*(?=[^\W\d_a-z])",
    re.MULTILINE,
)
# As newsletters in plain text refer to addresses at their end: `A Title [1]`, and there `[1] https://…`.
_NUMBERED = lazy_pattern(r"^\[(?P<name>\d{1,3})\][ \t]+(?P<url>https?://[^\s<>()]{1,2000})[ \t]*$", re.MULTILINE)
_REFERRING_BY_NUMBER = lazy_pattern(
    r"^(?P<label>[^\[\]\n]{8,300}?)[ \t]\[(?P<name>\d{1,3})\](?=[ \t(]|$)", re.MULTILINE
)
_REFERRING = lazy_pattern(r"\[(?P<label>[^\[\]\n]{1,300})\]\[(?P<name>[^\[\]\n]{0,100})\]")
_ID_AFTER = lazy_pattern(rf"(?<=\S)\s*[(\[](?:arXiv[:\s]\s?)?(?P<id>{ARXIV_ID})[)\]]\Z", re.IGNORECASE)
_FOOTNOTE = lazy_pattern(r"\[(?P<name>\^[^\[\]\n]{1,50})\](?!:)")
_SHORT = lazy_pattern(r"(?<![\]!])\[(?P<label>[^\[\]\n]{8,300})\](?![\[(:])")  # `[A Title]`, with its URL further down
_BOLD_TAG = lazy_pattern(r"</?(?:b|strong)>", re.IGNORECASE)
_ITALIC_TAG = lazy_pattern(r"</?(?:i|em)>", re.IGNORECASE)
_NUMBER = lazy_pattern(r"\A\W{0,3}\d{1,3}[.):\]]{1,2}\s+")
_ENDS_OF_PROSE = (".", "!", "?", "\u3002")
_RULE = lazy_pattern(r" {0,3}(?P<sign>[-*_=])(?:[ \t]{0,2}(?P=sign)){2,}[ \t]*")
_FEWEST_AT_VENUES = 3  # bullets of title and venue that a list must have for this to be its style
_MARKED = lazy_pattern(r"[ \t]*(?:[-*+>|#`<]|\d{1,4}[.)])")
_FEWEST_ABOVE_NAMES = 2  # titles above names that a list must have for this to be its style
_Walk = Generator[Item, None, int]  # yields items, returns the index of the next line


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each row, bullet, heading and paragraph that names a paper; other lines are boilerplate."""
    text = source.text()
    values, body, first_line = LineDict(1), text, 1
    try:
        values, body, first_line = split_front_matter(text)
    except YamlError as error:
        yield Problem(source.path, error.line, f"broken front matter: {error.message}", "mend it; the rest is read")
    above = sum(1 for line in text.split("\n")[: first_line - 1] if line.strip())
    if above:
        yield Boilerplate(1, above)
    yield from _unread(values)
    if days := days_of_messages(body):
        what = f"the days of {counted(len(days), 'message')} are not read: {days[0]} …"
        yield Problem(source.path, first_line, what, "write the day above them, as `## 2026-05-27`")
    body = _with_days_as_bullets(body)
    body = "\n".join(f"<!-- {line} -->" if are_buttons(line) else line for line in body.split("\n"))
    body = _ITALIC_TAG.sub("*", _BOLD_TAG.sub("**", with_references(as_markdown(body))))
    lines, problems = read_lines(body, first_line, source.path)
    yield from problems
    lines = with_tables(lines)
    reading = _ListReader(source.path, lines, defaults_of(values), _lists_venues(lines), _stand_above_names(lines))
    yield from with_unread_reported(reading.items(), source.path, lines)


def _with_days_as_bullets(text: str) -> str:
    """Return a text whose lines that begin with a day and go on as titles do are bullets, as in schedules of groups."""

    def bullet(found: re.Match[str]) -> str:
        day = heading_day(found["day"])
        return found[0] if day is None else f"- {day if day.year else found['day']}: "

    bullets, count = _DAY_FIRST.subn(bullet, text)
    return bullets if count > 1 else text


def _lists_venues(lines: Sequence[Line]) -> bool:
    """Return whether most bullets are just a title with venue and year; links into the same file are not counted."""
    bullets = [found["text"] for line in lines if not line.is_code and (found := BULLET.fullmatch(line.text))]
    others = [text for text in bullets if not any(link.url.startswith("#") for link in links_in(text))]
    count = sum("venue" in paper.fields for paper in map(paper_at_venue, others) if paper)
    return count >= _FEWEST_AT_VENUES and 2 * count > len(others)


def _stand_above_names(lines: Sequence[Line]) -> bool:
    """Return whether titles stand above their authors in a list, as in those of conferences."""
    found = (
        True
        for above, below in pairwise(lines)
        if _are_prose(above, below) and is_above_authors(above.text, below.text)
    )
    return len(list(islice(found, _FEWEST_ABOVE_NAMES))) == _FEWEST_ABOVE_NAMES


def _are_prose(above: Line, below: Line) -> bool:
    """Return whether a line stands right below another, and neither is a heading, a bullet, a row or code."""
    is_next = below.number == above.number + 1
    return is_next and not any(line.heading or line.is_code or _MARKED.match(line.text) for line in (above, below))


def papers_in(text: str) -> list[RawPaper]:
    """Return the papers in the rows, bullets, headings and paragraphs of a text."""
    return [item for item in read(Source.from_text(text, "-")) if isinstance(item, RawPaper)]


def _unread(values: LineDict) -> Iterator[UnreadOfList]:
    """Yield the unknown keys of the front matter that are close to the name of a default for all papers of a list."""
    looks, lines = unknown_keys(values)
    near = {key: look for key, look in looks.items() if get_close_matches(plain_name(key), DEFAULTS, 1, NEAR)}
    if near:
        yield UnreadOfList(near, 1, lines)


@dataclass(frozen=True, slots=True)
class _ListReader:
    """A walk over the non-blank lines of a file; positions are indexes into `lines`."""

    path: str
    lines: list[Line]
    defaults: dict[str, object]
    has_venues: bool  # whether a bullet with only a title and a venue is a paper
    has_names: bool  # whether a single name below a title is its author

    def items(self) -> Iterator[Item]:
        """Yield the items of all lines."""
        position = 0
        while position < len(self.lines):
            position = yield from self.step(position)

    def step(self, position: int) -> _Walk:
        """Yield the items of the table, bullet or line at a position."""
        line = self.lines[position]
        if line.is_code:
            yield Boilerplate(line.number, line.count)
            return position + 1
        if line.heading:
            return (yield from self._heading(position))
        if self._is_table(position):
            return (yield from self._table(position))
        if BULLET.fullmatch(line.text):
            return (yield from self._bullet(position))
        return (yield from self._paragraph(position))

    def _is_table(self, position: int) -> bool:
        following = self._next(position)
        return "|" in self.lines[position].text and following is not None and is_rule(following.text)

    def _count(self, start: int, end: int) -> int:
        """Return how many lines of the file the positions `start` to `end` (exclusive) cover."""
        return sum(line.count for line in self.lines[start:end])

    def _next(self, position: int) -> Line | None:
        """Return the line right below, None if that is blank or the file ends."""
        if position + 1 == len(self.lines):
            return None
        line, following = self.lines[position : position + 2]
        is_next = following.number == line.number + 1 or (line.is_row and following.is_row)
        return following if is_next else None

    def _table(self, position: int) -> _Walk:
        header = self._header(position)
        is_of_papers, is_named = is_paper_table(header), is_paper_table(split_row(self.lines[position].text))
        yield Boilerplate(self.lines[position].number, self._count(position, position + 2))
        has_day = self.lines[position].section.day is not None
        position += 1
        while (row := self._next(position)) and "|" in row.text and not row.heading:
            *others, cells = rows_of(header, split_row(row.text)) if is_of_papers else [split_row(row.text)]
            for other in others:
                yield self._record(row, row_fields(header, other) or {}, 0)
            fields = row_fields(header, cells) if is_of_papers else None
            if fields and not (is_named or fields.get("links")):
                what = f'"{shortened(fields["title"])}" stands among links to papers and is not read'
                yield Problem(self.path, row.number, what, "write it as `[Title](link)`", row.count, 1)
                position += 1
                continue
            unread = unread_cells(header, cells, fields, has_day=has_day) if fields else {}
            clue = paper_without_title(header, cells) if is_of_papers and not fields else ""
            yield self._record(row, fields, row.count, unread) if fields else self._row_without_paper(row, clue)
            if fields and any(cell.strip() for cell in cells[len(header) :]):
                what = f"the row has {len(cells)} cells where the header names {len(header)}"
                yield Problem(
                    self.path, row.number, what, "write `\\|` for a bar in a cell; the cells in excess are left out"
                )
            position += 1
        return position + 1

    def _header(self, position: int) -> list[str]:
        """Return the header of the table at a position, with its column of papers named as such."""
        rows, end = list[list[str]](), position + 1
        while (row := self._next(end)) and "|" in row.text and not row.heading:
            rows.append(split_row(row.text))
            end += 1
        return with_title_named(split_row(self.lines[position].text), rows)

    def _row_without_paper(self, row: Line, clue: str) -> Item:
        """Return a problem for a row without a title, or boilerplate if `clue` is "".

        clue: the row's link to a paper or its author names.
        """
        if not clue:
            return Boilerplate(row.number, row.count)
        what = f'a row without a title has "{shortened(clue)}"'
        return Problem(self.path, row.number, what, "write the title of the paper", row.count, 1)

    def _bullet(self, position: int) -> _Walk:
        """Yield the papers of a bullet, with the lines below that belong to it, or the line without a paper."""
        line = self.lines[position]
        found = BULLET.fullmatch(line.text)
        text = found["text"] if found else ""
        end = position + 1
        while end < len(self.lines) and (
            self._belongs(line, self.lines[end], is_bullet=False) or self._is_label_below(end)
        ):
            end += 1
        below = self.lines[position + 1 : end]
        body = below if fills_line(line.text, text) or any(is_field(each.text) for each in below) else []
        text = " ".join([text, *(each.text.strip() for each in below if not body)])
        fields_below = [(each.number, each.text) for each in body]
        end = self._add_field_bullets(fields_below, line, end)
        links = " ".join(
            link.url
            for _, each in fields_below
            if is_field(each)
            for link in links_in(each)
            if leads_to_paper(link.url) and not link.is_picture
        )
        *others, text = papers_linked_in(text)
        for other in filter(None, map(named_paper, others)):
            yield from self._paper(line, other, 0)
        paper = None if is_key_value(text) else named_paper(f"{text} {links}" if links else text)
        if lone := lone_identifier(text):
            paper = NamedPaper(lone)
        if paper and links:  # `body_fields` reads the text around these links
            paper = replace(paper, unread={})
        paper = paper or titled_paper(text, fields_below) or (paper_at_venue(text) if self.has_venues else None)
        if paper is None:
            yield self._line_without_paper(line)
            return position + 1
        end = self._add_below(paper.fields, line, fields_below, end)
        end = self._add_abstract(paper, end)
        yield from self._paper(line, paper, self._count(position, end))
        return end

    def _add_field_bullets(self, below: list[tuple[int, str]], line: Line, end: int) -> int:
        """Add to `below` the bullets that are fields of a bullet's paper, deeper or right below it.

        Return the position of the next line.
        """
        while end < len(self.lines):
            child = BULLET.fullmatch(self.lines[end].text)
            is_deeper = self._belongs(line, self.lines[end], is_bullet=True) and child and _is_own_field(child["text"])
            if child is None or not (is_deeper or self._is_field_next(line, end)):
                break
            below.append((self.lines[end].number + len(below) + 1, child["text"]))  # the gap makes it a paragraph
            end += 1
        return end

    def _is_field_next(self, line: Line, position: int) -> bool:
        """Return whether the line right below an unlabelled bullet is a bullet of the same indent with a label."""
        own, other = BULLET.fullmatch(line.text), BULLET.fullmatch(self.lines[position].text)
        if own is None or other is None or self.lines[position].is_code or is_label_line(own["text"]):
            return False
        is_next = self.lines[position].number == self.lines[position - 1].number + 1
        return is_next and own["indent"] == other["indent"] and is_label_line(other["text"])

    def _add_below(self, fields: dict[str, object], line: Line, below: list[tuple[int, str]], end: int) -> int:
        """Add the fields in the lines below a bullet and in its deeper bullets that name no paper.

        Return the position of the next line.
        """
        apart = len(below)  # each bullet is a separate paragraph
        while end < len(self.lines) and self._belongs(line, self.lines[end]):
            child = BULLET.fullmatch(self.lines[end].text)
            is_label = _is_other_label(self.lines[end].text)
            if child and not is_label and bullet_fields(child["text"]):
                break
            apart += child is not None
            text = child["text"] if child and not is_label else self.lines[end].text
            below.append((self.lines[end].number + apart, text))
            end += 1
        _merge_fields(fields, body_fields(below, takes_lone=True))
        return end

    def _is_label_below(self, position: int) -> bool:
        """Return whether a line has a label and directly follows another line; indents do not matter."""
        line = self.lines[position]
        is_other = line.heading or line.is_code or BULLET.fullmatch(line.text)
        is_next = line.number == self.lines[position - 1].number + 1
        return is_next and not is_other and label_of(line.text) is not None

    def _belongs(self, parent: Line, line: Line, *, is_bullet: bool | None = None) -> bool:
        """Return whether a line is indented deeper than its parent; is_bullet: also that it is, or is not, a bullet."""
        if line.heading or line.is_code or indent_of(line.text) <= indent_of(parent.text):
            return False
        return is_bullet is None or is_bullet == bool(BULLET.fullmatch(line.text))

    def _heading(self, position: int) -> _Walk:
        """Yield the paper whose title is the heading, with the fields below it, or the line as boilerplate."""
        line = self.lines[position]
        paper = _paper_of_heading(line)
        end = position + 1
        if paper is None or "title" not in paper.fields:
            yield Boilerplate(line.number, line.count)
            return end
        while end < len(self.lines) and not self._ends_section(end):
            end += 1
        below = ((each.number, each.text) for each in self.lines[position + 1 : end])
        _merge_fields(paper.fields, body_fields(below, takes_lone=True))
        yield from self._paper(line, paper, self._count(position, end))
        return end

    def _paragraph(self, position: int) -> _Walk:
        """Yield the papers of a paragraph, and its lines without one."""
        end = position + 1
        while end < len(self.lines) and self._continues_paragraph(end):
            end += 1
        lines = self.lines[position:end]
        texts = [line.text.strip() for line in lines]
        papers = _papers_of_ids(texts) or papers_of_paragraph(texts, takes_lone=self.has_names)
        index = 0
        for first, paper, count in papers:
            yield from map(self._line_without_paper, lines[index:first])
            below, index = end, first + count
            if (first, paper, count) == papers[-1] and index == len(lines):
                end = self._add_abstract(paper, end)
            yield from self._paper(lines[first], paper, count + self._count(below, end))
        yield from map(self._line_without_paper, lines[index:])
        return end

    def _line_without_paper(self, line: Line) -> Item:
        """Return a line that names no paper as boilerplate, or as a problem if it looks like a reference or a title."""
        found = BULLET.fullmatch(line.text)
        text = (found["text"] if found else line.text).strip()
        if found and is_labelled_title(text):
            what = f'"{shortened(text)}" has neither authors nor a link below it'
            return Problem(self.path, line.number, what, "write them in bullets of their own", line.count, 1)
        if not looks_like_reference(text):
            return Boilerplate(line.number, line.count)
        what = f'"{shortened(text)}" looks like a reference, but no title is found in it'
        return Problem(self.path, line.number, what, "put the title between quotes", line.count, 1)

    def _add_abstract(self, paper: NamedPaper, position: int) -> int:
        """Add the abstract: a quote below the paper, or prose if `is_titled`; return the position of the next line."""
        end = position
        while not paper.fields.get("abstract") and end < len(self.lines) and (stop := self._abstract_end(paper, end)):
            block = self.lines[end:stop]
            is_headed = len(block) > 1 and label_of(f"{block[0].text.strip(' >*_')}:") == ("abstract", "")
            _merge_fields(paper.fields, body_fields((line.number, line.text) for line in block[is_headed:]))
            end = stop
        return end

    def _abstract_end(self, paper: NamedPaper, position: int) -> int:
        """Return the end of the paragraph at a position if it is the paper's abstract, else 0."""
        line = self.lines[position]
        if line.is_code or line.heading or BULLET.fullmatch(line.text) or self._is_table(position):
            return 0
        end = position + 1
        while end < len(self.lines) and self._continues_paragraph(end):
            end += 1
        texts = [each.text.strip() for each in self.lines[position:end]]
        if len(texts) > 1 and is_title_above(texts[0], texts[1]):
            return 0
        is_prose = paper.is_titled and texts[-1].endswith(_ENDS_OF_PROSE) and not links_in(" ".join(texts))
        return end if texts[0].startswith(">") or (is_prose and not papers_of_paragraph(texts)) else 0

    def _continues_paragraph(self, position: int) -> bool:
        """Return whether a line continues the paragraph of the line before it."""
        line = self.lines[position]
        is_next = line.number == self.lines[position - 1].number + 1
        is_quoted = line.text.lstrip().startswith(">") and not self.lines[position - 1].text.lstrip().startswith(">")
        is_other = line.is_code or line.heading or BULLET.fullmatch(line.text) or self._is_table(position)
        is_ruled = any(_RULE.fullmatch(each.text) for each in self.lines[position - 1 : position + 1])
        return is_next and not (is_other or is_quoted or is_ruled)

    def _ends_section(self, position: int) -> bool:
        """Return whether a line ends the section above: a heading, a table, or a bullet that names a paper."""
        line = self.lines[position]
        bullet = None if line.is_code or is_label_line(line.text) else BULLET.fullmatch(line.text)
        is_label = _is_other_label(line.text)
        names_paper = bullet is not None and not is_label and "title" in (bullet_fields(bullet["text"]) or {})
        return bool(line.heading) or names_paper or self._is_table(position)

    def _paper(self, line: Line, paper: NamedPaper, lines: int) -> Iterator[Item]:
        """Yield the doubt about a paper as a problem, if there is one, and its record."""
        lone = paper.fields.pop("lone_author", "")
        labels = paper.fields.pop("unread_labels", {})
        doubt = paper.doubt or (
            f'"{lone}" is taken for the author of "{shortened(paper.fields["title"])}"' if lone else ""
        )
        if doubt:
            yield Problem(self.path, line.number, doubt, "write `by` before the name, or say it in YAML")
        yield self._record(line, paper.fields, lines, {**paper.unread, **labels})

    def _record(
        self, line: Line, fields: dict[str, object], lines: int, unread: Mapping[str, str] | None = None
    ) -> RawPaper:
        """Return the record of a paper, with the list's defaults and the day and tag of its section."""
        fields = {**self.defaults, **fields}
        if line.section.day:
            fields["listed"] = str(line.section.day)
        tags = [*as_list(self.defaults.get("tags")), *as_list(fields.get("tags")), line.section.tag]
        fields["tags"] = list(dict.fromkeys(tag for tag in tags if tag))
        return RawPaper(filled(fields), self.path, line.number, lines, unread or {})


def _paper_of_heading(line: Line) -> NamedPaper | None:
    if not line.is_title:
        return None
    paper = named_paper(line.heading)
    if paper:
        return paper
    title = without_signs(plain_text(_NUMBER.sub("", without_signs(line.heading), 1))).strip(" *")
    with_id = _ID_AFTER.search(title)
    return NamedPaper({"title": title[: with_id.start()], "arxiv": with_id["id"]} if with_id else {"title": title})


def _is_other_label(line: str) -> bool:
    """Return whether a line is a field with an unknown label and no link."""
    return bool(other_label(line)) and not links_in(line)


def _merge_fields(fields: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add missing fields; links are merged and abstracts joined, and a longer date replaces a shorter one."""
    links = {**more.get("links", {}), **fields.get("links", {})}
    abstracts = [text for text in (fields.get("abstract"), more.get("abstract")) if text]
    for name, value in more.items():
        if not fields.get(name) or (name == "published" and len(str(value)) > len(str(fields[name]))):
            fields[name] = value
    fields["abstract"] = "\n\n".join(abstracts)
    if links:
        fields["links"] = links
        add_identifiers(fields)


def with_references(text: str) -> str:
    """Replace reference links such as `[label][1]` by inline links, if the text defines `[1]: https://…`.

    Inserted URLs are in total no longer than the text itself.
    """
    text = _with_numbered_links(text)
    known = {found["name"].casefold(): found["url"] for found in _REFERENCE.finditer(text)}
    room = len(text)

    def link(found: re.Match[str]) -> str:
        nonlocal room
        groups = found.groupdict()
        name, label = groups.get("name") or groups["label"], groups.get("label", "link")
        url = known.get(name.casefold(), "")
        room -= len(url)
        return f"[{label}]({url})" if url and room >= 0 else found[0]

    return _FOOTNOTE.sub(link, _SHORT.sub(link, _REFERRING.sub(link, text))) if known else text


def _with_numbered_links(text: str) -> str:
    """Return a text with `A Title [1]` as a link, if `[1] https://…` is a line of its own; each number is used once."""
    urls = {found["name"]: found["url"] for found in _NUMBERED.finditer(text)}
    used: set[str] = set()

    def link(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in urls or name in used or not looks_like_title(found["label"]):
            return found[0]
        used.add(name)
        return f"[{found['label']}]({urls[name]})"

    text = _REFERRING_BY_NUMBER.sub(link, text) if urls else text
    return _NUMBERED.sub(lambda found: f"<!-- {found[0]} -->" if found["name"] in used else found[0], text)


def _papers_of_ids(lines: Sequence[str]) -> list[tuple[int, NamedPaper, int]]:
    """Return (index, paper, line count) for lines that are all ids of papers, [] if any line holds more."""
    found = [lone_identifier(line) for line in lines]
    return [(index, NamedPaper(fields), 1) for index, fields in enumerate(found) if fields] if all(found) else []


def _is_own_field(text: str) -> bool:
    """Return whether a deeper bullet is a field of the paper above it rather than another paper."""
    links = links_in(text)
    is_said = is_field(text) or (lone_name(text) and not links)
    is_titled = links_to_paper(text) and any(is_title_label(link.label) and not link.is_picture for link in links)
    return bool(own_links(text)) or (bool(is_said) and not is_titled)
