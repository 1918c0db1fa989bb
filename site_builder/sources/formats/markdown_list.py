"""Broadsheet's own Markdown: one paper per file with front matter, or a list with a `## Title` for each paper."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from html import unescape
from itertools import pairwise

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import FIELDS, Boilerplate, Item, RawPaper, Skipped, UnreadOfList, given_links
from site_builder.problems import Problem
from site_builder.sources.fields.citation import read_citation
from site_builder.sources.fields.heading_dates import heading_day
from site_builder.sources.fields.identifiers import leads_to_paper, link_kind
from site_builder.sources.fields.markdown_text import is_kind_word, links_by_kind, links_in, without_links
from site_builder.sources.fields.paper_fields import LINK_KINDS, field_name, repeated_keys, to_fields
from site_builder.sources.fields.unread import unknown_keys
from site_builder.sources.formats import identifier_list, title_lines
from site_builder.sources.formats.curated_markdown import papers_in
from site_builder.sources.formats.markdown_sections import code_lines
from site_builder.sources.formats.paper_body import label_of
from site_builder.sources.formats.yaml_list import as_list, defaults_of, is_yaml_file, lists_papers, read_document
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.front_matter import has_front_matter, split_front_matter
from site_builder.sources.syntax.yaml_text import LineDict, YamlError

_HEADING = lazy_pattern(r"(?P<level>#{1,6})\s+(?P<title>.+)")
_FIELD_BELOW = lazy_pattern(r"^(?P<level>#{2,4}) .+\n\s*(?P<bullet>[-*] .+)$", re.MULTILINE)
_CALLOUT = lazy_pattern(
    r"^> ?\[!(?:abstract|summary|tldr)\].*\n(?P<text>(?:>.*(?:\n|\Z))+)", re.IGNORECASE | re.MULTILINE
)
_BLANK = lazy_pattern(r"\n[ \t]*\n\s*")
_CITED = lazy_pattern(r"\W*(?:recommended citation|cite as|how to cite)\W*:\W*", re.IGNORECASE)
_TO_PAPER = lazy_pattern(r"\b(?:paper|pdf|article|preprint|download|full text|here)\b", re.IGNORECASE)
_IN_TEMPLATE = lazy_pattern(
    r"<!--.{0,500}?-->|\{%.{0,500}?%\}|\{\{.{0,500}?\}\}|</?[a-z][^<>]{0,500}>", re.DOTALL | re.IGNORECASE
)
_RULE_AT_END = lazy_pattern(r"(?:\A|\n)[ \t]*(?:-{3,}|\*{3,}|_{3,})\s*\Z")
_FIRST_LEVEL = 2  # highest level of headings that are papers
_FIELDS_BELOW = lazy_pattern(r"^#{2,4} .+\n\s*[-*] (?:\*\*)?[A-Za-z][A-Za-z _-]{1,30}(?:\*\*)?:", re.MULTILINE)
_NUMBERING = lazy_pattern(r"\A(?:\[\d{1,3}\]|\d{1,3}[.)])\s+(?=\S)")
_COUNTING = lazy_pattern(
    r"(?:paper|article|entry|item|no\.?|论文|文章|논문)?[ #]*\d{1,4}[.:)]?", re.IGNORECASE
)  # a heading that is only a number
_LINK = lazy_pattern(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]\((?P<url>[^()\s]+)\)(?P<rest>\Z|[\s.,:;(\[].*)")
_YEAR = lazy_pattern(r"\W*(?P<year>(?:19|20)\d\d)\W*")
# Fields besides the title that only the front matter of a single paper has, never that of a list.
_OF_ONE_PAPER = frozenset({"arxiv", "doi", "id", "authors", "abstract", "abs", "pdf"})
_IDS = frozenset({"arxiv", "doi", "id"})  # any of these makes it certain
_OF_EITHER = frozenset({"author", "description", "summary"})  # a list may have a curator and a description, too
_SEVERAL = 2  # papers below a title that make it the title of a list
_BIBTEX = lazy_pattern(r"^[ \t]*@[A-Za-z]{3,20}[ \t]*[{(][^\s,=]{1,200},", re.MULTILINE)
_LIST_ITEM = lazy_pattern(r"[ \t]*(?:[|#]|[-*+][ \t]|\d{1,4}[.)][ \t]|\*\*|\[)")  # begins a line of a list
_CONTINUES_AS_YAML = lazy_pattern(r"\s*(?:$|- |---|[\w-]+:(?:\s|$))")  # after the second `---` of a file named .yaml
_KEY = r"[-*]\s+(?:\*\*)?(?P<key>[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f ;_-]{1,30}?)(?:\*\*)?:(?:\*\*)?"
_FIELD = lazy_pattern(rf"{_KEY}\s+(?P<value>.+)")
_EMPTY_FIELD = lazy_pattern(rf"{_KEY}(?P<value>)")
_LIST_ITEM_SIGN = lazy_pattern(r"\A[-*+]\s+")
_LONG_TEXTS = frozenset({"abstract", "ai_summary", "editor_summary", "note"})


def read(source: Source) -> Iterator[Item]:
    """Yield the paper or the papers of the front matter, or one for each heading."""
    text = source.text()
    try:
        values, body, first_line = split_front_matter(text)
    except YamlError as error:
        remedy = "mend the lines between the two `---`"
        yield Problem(source.path, error.line, f"broken front matter: {error.message}", remedy, _count(text), 1)
        return
    front_lines = _count(text) - _count(body)
    if lists_papers(values):
        yield from read_document(source.path, values, "\n".join(text.split("\n")[: first_line - 1]))
        if _count(body):
            yield Boilerplate(first_line, _count(body))
    elif any(field_name(key) == "title" for key in values) and not _is_above_papers(values, body):
        if _is_page_of_site(source.path, values, body):
            yield Skipped(source.path, 1, "a page of a website, and no paper", _count(text))
        else:
            yield from _read_one(source.path, values, body, first_line, _count(text))
    else:
        yield from repeated_keys(values, source.path, 1)
        if any(unknown := unknown_keys(values)):
            yield UnreadOfList(unknown[0], 1, unknown[1])
        if front_lines:
            yield Boilerplate(1, front_lines)
        yield from _read_headings(source.path, body, first_line, _defaults(values))


def _is_page_of_site(path: str, values: Mapping[str, object], body: str) -> bool:
    """Return whether front matter is that of a page that lists the papers of a website: it says nothing of one."""
    is_page = path.rpartition("/")[2] == "_index.md" or not {"layout", "permalink"}.isdisjoint(values)
    is_of_one = _is_of_one_paper(values) or any(field_name(key) == "authors" for key in values)
    return is_page and not is_of_one and not _IN_TEMPLATE.sub("", body).strip()


def _read_one(path: str, values: LineDict, body: str, first_line: int, lines: int) -> Iterator[Item]:
    """Yield the paper of the front matter, and what is wrong with it and the text below."""
    yield from repeated_keys(values, path, 1)
    fields = to_fields(values)
    text, cited, links = _split_body(body.strip())
    unread, unread_lines = unknown_keys(values)
    named = _names_cited(str(fields.get("title")), cited, str(values.get("citation", "")))
    if named and not fields.get("authors"):
        fields["authors"] = named
        unread.pop("citation", None)
    if not fields.get("authors"):  # nothing of the citation is known
        text = f"{text}\n\n{cited}".strip()
    left = list(_left_below(values, text, path, first_line))
    if _contains_papers(values, text):
        kept = "left out" if left else "read as a part of it"
        what = f"papers stand in the text below the front matter of one; they are {kept}"
        yield Problem(path, first_line, what, "leave its title out if it stands above a list of papers")
    else:
        yield from left
    if links:
        given = {str(kind): url for kind, url in given_links(fields).items() if url not in links.values()}
        fields["links"] = {**links, **given}
    fields |= _with_body(values, fields, text)
    yield RawPaper(fields, path, 1, lines, unread, unread_lines)


def _split_body(body: str) -> tuple[str, str, dict[str, str]]:
    """Return the text below front matter, how it says the paper is cited, and the links that are paragraphs of it."""
    kept: list[str] = []
    links: dict[str, str] = {}
    cited = ""
    for paragraph in _BLANK.split(body):
        if _CITED.match(paragraph):
            cited = paragraph
        elif (link := _LINK.fullmatch(paragraph.strip())) and _TO_PAPER.search(link["text"]):
            links[link_kind(link["url"])] = link["url"]
        else:
            kept.append(paragraph)
    return "\n\n".join(kept), cited, links


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _names_cited(title: str, *citations: str) -> list[str]:
    """Return the authors of the first of some citations that is one of a work with this title."""
    for text in filter(None, citations):
        begins = _CITED.match(text)
        cited = read_citation(unescape(text[begins.end() :] if begins else text))
        if cited and _letters(cited.title) == _letters(title):
            return cited.authors
    return []


def _defaults(values: Mapping[str, object]) -> dict[str, object]:
    """Return the front matter's defaults for all papers of a list, without the title and date of the list itself."""
    fields = {name: value for name, value in to_fields(values).items() if name not in ("title", "published")}
    return {**fields, **defaults_of(values)}


def _read_headings(path: str, body: str, first_line: int, defaults: Mapping[str, object]) -> Iterator[Item]:
    """Yield a record for each heading of the level that has fields below it, `##` if none has.

    Higher headings are topics; those of the first level may say the day of what follows.
    """
    level, own_tags = _level_of_papers(body), as_list(defaults.get("tags"))
    defaults = dict(defaults)
    heading: tuple[int, str] | None = None
    lines_below: list[str] = []
    start = first_line
    numbered = list(enumerate([*body.split("\n"), f"{'#' * level} end"], first_line))
    code = dict(code_lines(numbered))
    for number, line in numbered:
        match = _HEADING.fullmatch(line.rstrip().rstrip("#").rstrip())
        if not match or len(match["level"]) > level or (code[number] and len(match["level"]) < _FIRST_LEVEL):
            lines_below.append(line)
            continue
        if heading and (parts := _starts_of_papers(heading[1], lines_below)):
            yield from _read_parts(path, heading, lines_below, parts, defaults)
        elif heading:
            yield from _read_section(path, heading, lines_below, defaults)
        elif count := sum(1 for each in lines_below if each.strip()):
            yield Boilerplate(start, count)
        heading, lines_below, start = (number, match["title"]), [], number
        if len(match["level"]) < level:  # a topic
            heading, lines_below = None, [line]
            is_title = len(match["level"]) < _FIRST_LEVEL
            defaults |= _defaults_of_topic(match["title"].strip(), own_tags, is_title=is_title)


def _defaults_of_topic(heading: str, tags: Sequence[object], *, is_title: bool = False) -> dict[str, object]:
    """Return the defaults that a topic heading sets: the day it names, otherwise the heading as one more tag.

    is_title: it is of the level of a document's title, which is no tag.
    """
    day = heading_day(heading)
    if day and day.year:
        return {"listed": str(day)}
    return {} if is_title else {"tags": [*tags, heading]}


def _starts_of_papers(heading: str, lines: Sequence[str]) -> list[int]:
    """Return the indices of the lines at which papers with a title field begin; [] if the heading is the title.

    The heading is then only a number (`Paper 3`), or each of several papers has a title and begins with the same field.
    """
    code = dict(code_lines(list(enumerate(lines))))
    keys = [
        match["key"].casefold() if not code[index] and (match := _FIELD.fullmatch(line.rstrip())) else ""
        for index, line in enumerate(lines)
    ]
    titles = [index for index, key in enumerate(keys) if field_name(key) == "title"]
    named = list(filter(None, keys))
    starts = [index for index, key in enumerate(keys) if key == named[0]] if titles else []
    is_topic = len(titles) > 1 and len(starts) == len(titles)
    return starts if is_topic or (titles and _COUNTING.fullmatch(heading.strip())) else []


def _read_parts(
    path: str, heading: tuple[int, str], lines: Sequence[str], starts: Sequence[int], defaults: Mapping[str, object]
) -> Iterator[Item]:
    """Yield the papers of a section that has a title field for each; its heading is a topic unless it is a number.

    starts: indices of the lines at which the papers begin.
    """
    number, heading_text = heading
    if not _COUNTING.fullmatch(heading_text.strip()):
        defaults = {**defaults, **_defaults_of_topic(heading_text.strip(), as_list(defaults.get("tags")))}
    yield Boilerplate(number, 1 + _count("\n".join(lines[: starts[0]])))
    for start, end in pairwise([*starts, len(lines)]):
        yield from _read_fields(path, number + 1 + start, LineDict(number), lines[start:end], defaults)


def _level_of_papers(text: str) -> int:
    """Return the level of the first heading with a field right below it; 2 if there is none."""
    found = next(filter(_is_field, _FIELD_BELOW.finditer(text)), None)
    return len(found["level"]) if found else _FIRST_LEVEL


def _is_field(found: re.Match[str]) -> bool:
    """Return whether the bullet below a heading is a known field, or a misspelt one."""
    match = _FIELD.fullmatch(found["bullet"].strip())
    return bool(match and (field_name(match["key"]) or get_close_matches(match["key"].casefold(), FIELDS, 1, 0.75)))


def _read_section(
    path: str, heading: tuple[int, str], lines: list[str], defaults: Mapping[str, object]
) -> Iterator[Item]:
    """Yield the paper of one heading: bullets with fields right below it, then the abstract."""
    number, title = heading
    values = LineDict(number)
    values.update(_fields_of_heading(_NUMBERING.sub("", title, 1)))
    for item in _read_fields(path, number + 1, values, lines, defaults):
        yield replace(item, line=number, lines=item.lines + 1) if isinstance(item, RawPaper) else item


def _fields_of_heading(heading: str) -> dict[str, object]:
    """Return the title of a heading, and the links and the year around it: `[Title](url) (2024) [code](url)`."""
    found = _LINK.fullmatch(heading.strip())
    if found is None or is_kind_word(found["text"]):
        return {"title": heading}
    rest, links = without_links(found["rest"]).rstrip(), links_by_kind(links_in(found["rest"]))
    fields: dict[str, object] = {"title": found["text"], "url": found["url"]}
    if dated := _YEAR.fullmatch(rest):
        fields["year"] = dated["year"]
    elif any(map(str.isalnum, rest)):
        fields["title"] = f"{found['text']}{rest}"
    return fields | ({"links": links} if links else {})


def _read_fields(
    path: str, first: int, values: LineDict, lines: Sequence[str], defaults: Mapping[str, object]
) -> Iterator[Item]:
    """Yield a paper of bullets with fields, then the abstract.

    first: the number of the first of these lines. values: fields known already; those of the bullets are added.
    """
    found, body = _fields_in(lines)
    for index, key, value in found:
        if key in values and value != values[key]:
            yield Problem(path, first + index, f'"{key}" is said twice', "keep one of them; the first is taken")
        elif value:
            values[key], values.lines[key] = value, first + index
    yield from repeated_keys(values, path, first)
    for number, line in enumerate(lines[body:], first + body):
        match = _FIELD.fullmatch(line.strip())
        if match and field_name(match["key"]) in _OF_ONE_PAPER | {"published"}:
            what = f'"{match["key"]}" stands below text and is read as a part of the abstract'
            yield Problem(path, number, what, "write the fields right below the heading, one a line as `- key: value`")
    fields = to_fields(values)
    tags = [tag for value in (defaults.get("tags"), fields.get("tags")) for tag in as_list(value)]
    below = _RULE_AT_END.sub("", "\n".join(lines[body:])).strip()
    yield from _left_below(values, below, path, first + body)
    texts = _with_body(values, fields, below)
    count = sum(1 for line in lines if line.strip())
    yield RawPaper({**defaults, **fields, "tags": tags, **texts}, path, first, count, *unknown_keys(values))


def _fields_in(lines: Sequence[str]) -> tuple[list[tuple[int, str, object]], int]:
    """Return (index, key, value) of the bullets with fields that lines begin with, and the index after them.

    Lines indented below a key without a value, or below a text, belong to it.
    """
    found: list[tuple[int, str, list[str]]] = []
    end = len(lines)
    for index, line in enumerate(lines):
        match = _FIELD.fullmatch(line.strip()) or _EMPTY_FIELD.fullmatch(line.strip())
        key = match["key"] if match else ""
        if found and _belongs_to(lines[found[-1][0]], lines[index - 1], line, is_field=match is not None):
            found[-1][2].append(line.strip())
        elif match and (match["value"] or field_name(key)):
            found.append((index, key, [match["value"]]))
        elif line.strip():
            end = index
            break
    return [(index, key, _whole_value(key, texts)) for index, key, texts in found], end


def _belongs_to(bullet: str, before: str, line: str, *, is_field: bool) -> bool:
    """Return whether a line continues a bullet; before: the line above it. is_field: it may be a bullet of its own."""
    indents = [len(each) - len(each.lstrip()) for each in (bullet, line)]
    if not (line.strip() and before.strip() and indents[0] < indents[1]):
        return False
    field = _FIELD.fullmatch(bullet.strip())
    return field is None or (field_name(field["key"]) in _LONG_TEXTS and not is_field)


def _whole_value(key: str, texts: Sequence[str]) -> object:
    """Return the value of a field from the text after its key and those of the lines below it."""
    items = [_LIST_ITEM_SIGN.sub("", text) for text in texts[1:]]
    field = FIELDS.get(field_name(key) or "")
    if not texts[0] and items != list(texts[1:]) and field and field.shape in ("list", "people"):
        return items
    return _link_or_text(key, "\n".join(filter(None, [texts[0], *items])))


def _left_below(values: Mapping[str, object], body: str, path: str, line: int) -> Iterator[Problem]:
    """Report the text below fields that name the abstract themselves: it is that of a page about the paper."""
    abstracts = [str(value) for key, value in values.items() if _names_abstract(key) and value]
    if abstracts and body and body != abstracts[0].strip():
        what = "text stands below the fields, and the abstract is among these"
        yield Problem(path, line, what, "remove one of them; the text below is left out")


def _names_abstract(key: str) -> bool:
    return field_name(key) == "abstract" and key.strip().casefold() not in _OF_EITHER


def _with_body(values: Mapping[str, object], fields: Mapping[str, object], body: str) -> dict[str, object]:
    """Return the abstract: the text below the fields; a summary among these is then the editor's own.

    What the fields call the abstract is it, whatever stands below them.
    """
    abstract = fields.get("abstract", "")
    if any(_names_abstract(key) and values[key] for key in values):
        return {"abstract": abstract}
    if callout := _CALLOUT.search(body):
        body = " ".join(line.lstrip("> ") for line in callout["text"].strip().split("\n"))
    return {"abstract": body or abstract} | (
        {"editor_summary": abstract} if abstract and body and abstract != body else {}
    )


def _link_or_text(key: str, value: str) -> object:
    """Return the URL, or links by kind, of a link field that is written in Markdown; the text of any other field."""
    links = links_in(value) if field_name(key) in (*LINK_KINDS, "links") and "](" in value else ()
    if not links:
        return value
    return links_by_kind(links) if field_name(key) == "links" else links[0].url


def _count(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def recognises(source: Source) -> bool:
    """Return whether there is front matter with a title or papers, or a heading with a field right below it."""
    head = source.head
    if has_front_matter(head):
        try:
            values, body, _ = split_front_matter(head)
            if is_yaml_file(source) and _CONTINUES_AS_YAML.match(body):
                return False
        except YamlError:
            return not is_yaml_file(source) and ("\ntitle:" in head or "\npapers:" in head)
        names = {field_name(key) for key in values} | set(values)
        if "title" in names and "papers" not in values and not _is_above_papers(values, body):
            return not _is_title_of_list(values, _split_body(body)[0])
        return bool(names & {"title", "papers"}) or lists_papers(values) or bool(_has_fields(body))
    return _has_fields(head)


def _is_above_papers(values: Mapping[str, object], body: str) -> bool:
    """Return whether front matter belongs to a list: it has no field of a single paper, and headings have fields."""
    fewest = _SEVERAL if _may_be_of_one_paper(values) else 1
    return not _is_of_one_paper(values) and len(_FIELDS_BELOW.findall(body)) >= fewest and _has_fields(body)


def _is_of_one_paper(values: Mapping[str, object]) -> bool:
    """Return whether front matter has a field, or a link, that only a single paper has."""
    names = {field_name(key) for key in values if key.strip().casefold() not in _OF_EITHER and values[key]}
    links = (value for key, value in values.items() if field_name(key) in LINK_KINDS and isinstance(value, str))
    return bool(names & _OF_ONE_PAPER) or any(map(leads_to_paper, links))


def _may_be_of_one_paper(values: Mapping[str, object]) -> bool:
    """Return whether front matter has a field that both a paper and a list may have."""
    return any(key.strip().casefold() in _OF_EITHER for key in values)


def _is_title_of_list(values: Mapping[str, object], body: str) -> bool:
    """Return whether the title in front matter is that of a list, because papers are found below it."""
    papers = [] if _is_of_one_paper(values) else papers_in(body)
    return len(papers) >= _SEVERAL or (not _may_be_of_one_paper(values) and _are_list_items(papers, body))


def _are_list_items(papers: list[RawPaper], body: str) -> bool:
    lines = body.split("\n")
    return any(_LIST_ITEM.match(lines[paper.line - 1]) for paper in papers)


def _contains_papers(values: Mapping[str, object], body: str) -> bool:
    """Return whether the text below the front matter of one paper contains other papers, identifiers or titles."""
    if any(values[key] and field_name(key) in _IDS for key in values):
        return False
    papers = papers_in(body)
    if len(papers) >= _SEVERAL or _is_of_one_paper(values):
        return len(papers) >= _SEVERAL
    if _BIBTEX.search(body) or len({link.url for link in links_in(body) if leads_to_paper(link.url)}) >= _SEVERAL:
        return True
    source = Source.from_text(body, "-")
    is_of_titles = _count(body) > _SEVERAL and title_lines.recognises(source)
    return _are_list_items(papers, body) or is_of_titles or (bool(_count(body)) and identifier_list.recognises(source))


def _has_fields(text: str) -> bool:
    """Return whether the first bullet right below a heading is a known field.

    If the heading is deeper than `##`, more than half of the headings of its level must have such a field.
    """
    found = _FIELD_BELOW.search(text)
    if found is None or not _is_field(found) or _continues_with_fields(text[found.end() :]):
        return False
    level = found["level"]
    fitting = sum(each["level"] == level and _is_field(each) for each in _FIELD_BELOW.finditer(text))
    alike = sum(line.startswith(f"{level} ") for line in text.split("\n"))
    return len(level) == _FIRST_LEVEL or fitting > alike / 2


def _continues_with_fields(below: str) -> bool:
    """Return whether the next line is an indented field, as below the bullet of a paper in a curated list."""
    line = below.removeprefix("\n").partition("\n")[0]
    return line[:1].isspace() and not line.lstrip().startswith(("-", "* ", "+")) and label_of(line) is not None


READER = Reader(
    name="Markdown",
    about="one paper a file (front matter and abstract), or a `## Title` with bullets of fields for each paper",
    example="---\nlisted: 2026-05-27\n---\n## A Title of a Paper\n- arxiv: 2605.01234\n\nThe abstract …",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
