"""YAML lists of papers: a list of mappings, or `papers:` next to defaults for all of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, QuietDay, RawPaper, UnreadOfList
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.identifiers import ids_in
from site_builder.sources.fields.paper_fields import field_name, repeated_keys, to_fields
from site_builder.sources.fields.unread import unknown_keys
from site_builder.sources.formats.json_routes import routes_in
from site_builder.sources.list_beginning import begins_as_page
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.yaml_text import LineDict, LineList, YamlError, load_yaml, with_plain_spaces

_NOT_CONTENT = lazy_pattern(r"^(?:[#%].*|---|\.\.\.)[ \t]*$", re.MULTILINE)  # comments, directives, document markers
_OF_A_PAPER = frozenset({"authors", "arxiv", "doi", "id", "abstract"})  # fields that a list never has itself
_OF_THE_LIST = frozenset({"title", "published"})  # fields that a list may have itself
_OF_UNTITLED = _OF_A_PAPER | {"published", "venue", "links", "pdf", "url"}  # fields of a paper whose key is its title
_FEWEST_WORDS = 3  # words of a key that is a title
_NOTHING: Mapping[str, object] = {}
_FIRST_KEY = lazy_pattern(
    r"(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:- +)?(?:\{ *)?[\"']?(?P<key>[^\s\"'{}\[\],#-][^\"'{}\[\]\n]{0,80}?)[\"']?:"
    r"(?:[ \t]+(?P<value>\S)|\s|\Z)"
)
_KEYS = lazy_pattern(r"^[ \t]+(?:- +)?[\"']?([^\s\"'{}\[\]:#-][^\"'{}\[\]:\n]{0,40}?)[\"']?:(?=\s|\Z)", re.MULTILINE)
_FIRST_KEYS = lazy_pattern(r"^[ \t]*- +[\"']?([^\s\"'{}\[\]:#-][^\"'{}\[\]:\n]{0,40}?)[\"']?:(?=\s|\Z)", re.MULTILINE)
_CUT_TITLE = lazy_pattern(r"[ -]*title:[ ]+[^\"'|>\[{#\s].*?[ ](?P<rest>#[^\s#].*)", re.IGNORECASE)
_DAY = lazy_pattern(r"\d{4}-\d\d-\d\d")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_DEEPEST = 6  # levels of a document that are searched for papers
_TIME = lazy_pattern(r"(?<=\A\d{4}-\d\d-\d\d)[T ].*", re.DOTALL)  # after a date: `2026-05-27T08:00:00+02:00`
DEFAULTS = ("listed", "tags", "venue", "organization", "submitter", "hold", "section")  # fields that a list may set


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each paper; the keys next to `papers:` are defaults for all of them."""
    yield from _read_text(source.path, with_plain_spaces(source.text()))


def _read_text(path: str, text: str, first: int = 1) -> Iterator[Item]:
    """Read a text whose first line has the number `first` in the file."""
    try:
        document = load_yaml(text, first)
    except YamlError as error:
        documents = _documents(text, first)
        if len(documents) == 1:
            yield from _salvage(path, text, error, first)
            return
        defaults: Mapping[str, object] = {}
        if head := _head_of_list(documents):
            yield Boilerplate(first, _count_filled(documents[0][1].split("\n")))
            yield from _unfit_defaults(path, head)
            defaults, documents = defaults_of(head), documents[1:]
        for start, part in documents:
            if defaults:
                yield from read_document(path, load_yaml(part, start), part, start, defaults)
            elif _NOT_CONTENT.sub("", part).strip():
                yield from _read_text(path, part, start)
            else:
                yield Boilerplate(start, _count_filled(part.split("\n")))
        return
    yield from read_document(path, document, text, first)


def _documents(text: str, first: int) -> list[tuple[int, str]]:
    """Return (number of the first line, text) of each non-blank YAML document of a text."""
    lines = text.split("\n")
    marks = [number for number, line in enumerate(lines) if re.match(r"---(\s|$)", line)]
    parts = ((start, lines[start:end]) for start, end in pairwise(sorted({0, *marks, len(lines)})))
    return [(first + start, "\n".join(part)) for start, part in parts if _count_filled(part)]


def _head_of_list(documents: list[tuple[int, str]]) -> LineDict | None:
    """Return the first of two documents if it has the defaults for a list in the second; None otherwise."""
    loaded = [_load(part, start)[0] for start, part in documents] if len(documents) == len(("head", "list")) else []
    if not loaded or not isinstance(loaded[0], LineDict) or not isinstance(loaded[1], LineList) or not loaded[1]:
        return None
    is_of_a_paper = not _OF_A_PAPER.isdisjoint(map(field_name, loaded[0]))
    return None if is_of_a_paper or "papers" in loaded[0] else loaded[0]


@dataclass(frozen=True, slots=True)
class _ListedPaper:
    """A paper as written in a list, its first line, and the defaults that apply to it."""

    paper: object
    line: int
    defaults: Mapping[str, object]


def read_document(
    path: str, document: object, text: str, first: int = 1, defaults: Mapping[str, object] = _NOTHING
) -> Iterator[Item]:
    """Yield the papers of a loaded YAML document.

    text: the document itself, for counting the lines of each paper. first: the number of its first line.
    """
    filled = [bool(line.strip()) for line in text.split("\n")]
    if not isinstance(document, LineDict | LineList) or (
        isinstance(document, LineDict) and document.get("papers") and isinstance(document["papers"], str)
    ):
        yield Problem(path, first, "holds no list of papers", "write `papers:` and a list below it", sum(filled), 1)
        return
    if isinstance(document, LineDict) and not _keys_of_lists(document) and (keys := _keys_of_papers(document)):
        shown_keys = ", ".join(f'"{key}"' for key in list(keys)[:3])
        what = f"papers stand deeper, below {shown_keys}"
        remedy = "write one list below `papers:`; they are left out"
        yield Problem(path, document.line, what, remedy, sum(filled), sum(keys.values()))
        return
    papers = []
    for item in _papers(path, document, first, defaults):
        if isinstance(item, _ListedPaper):
            papers.append(item)
        else:
            yield item
    if not papers:
        yield QuietDay()
    starts = [*(each.line for each in papers), len(filled) + first]
    if sum(filled[: starts[0] - first]):
        yield Boilerplate(first, sum(filled[: starts[0] - first]))
    lines = text.split("\n") if " #" in text else []
    for each, end in zip(papers, starts[1:], strict=True):
        yield from _cut_title(path, lines[each.line - first : end - first], each.line)
        yield from _read_paper(path, each.paper, each.line, sum(filled[each.line - first : end - first]), each.defaults)


def _papers(
    path: str, value: object, line: int, defaults: Mapping[str, object], key: str = ""
) -> Iterator[Item | _ListedPaper]:
    """Yield the papers of a document, or of a list or mapping within it, and problems with its defaults.

    key: the key of the value; it may be the day or year of a list, or the id of a paper.
    """
    if isinstance(value, LineList):
        inherited = {**defaults, **_dated_by(key)}
        for item, item_line in zip(value, value.item_lines, strict=True):
            yield from (
                _papers(path, item, item_line, inherited)
                if isinstance(item, LineDict)
                else [_ListedPaper(item, item_line, inherited)]
            )
    elif isinstance(value, LineDict) and (keys := _keys_of_lists(value)):
        head = LineDict(value.line)
        head.update({name: each for name, each in value.items() if name not in keys})
        head.lines = value.lines
        yield from _unfit_defaults(path, head)
        own = defaults_of(head)
        tags = [*as_list(defaults.get("tags")), *as_list(own.get("tags"))]
        inherited = {**defaults, **own, **({"tags": tags} if tags else {})}
        for name in keys:
            yield from _papers(path, value[name], value.lines[name], inherited, name)
    elif isinstance(value, LineDict) and _is_keyed_by_title(value):
        for title, fields in value.items():
            yield _ListedPaper(fields, value.lines[title], {**defaults, "title": title})
    elif value:
        yield _ListedPaper(value, line, {**defaults, **ids_in(key)})


def _dated_by(key: str) -> dict[str, str]:
    """Return what the key that leads to a list says: the day of the list, or the year of its papers."""
    return {"listed": key} if _DAY.fullmatch(key) else {"published": key} if _YEAR.fullmatch(key) else {}


def lists_papers(values: LineDict) -> bool:
    """Return whether a mapping contains a list: it has `papers`, or no title and another key with papers."""
    has_title = any(field_name(key) == "title" for key in values)
    return "papers" in values or (not has_title and bool(_keys_of_lists(values)))


def _keys_of_lists(value: LineDict) -> list[str]:
    """Return the keys of a mapping with lists of papers, or papers, as values."""
    may_lead = any(
        type(each) is LineDict or (type(each) is LineList and any(type(one) is LineDict for one in each[:3]))
        for each in value.values()
    )
    found = {"papers", *(path[0] for path, _ in (routes_in(value) if may_lead else ()))}
    return [key for key in value if key in found]


def _is_keyed_by_title(value: LineDict) -> bool:
    """Return whether the keys of a mapping are titles, and the values the other fields of the papers."""
    return all(
        isinstance(fields, LineDict) and len(title.split()) >= _FEWEST_WORDS and _is_untitled(map(field_name, fields))
        for title, fields in value.items()
    )


def _is_untitled(names: Iterable[str | None]) -> bool:
    known = set(names)
    return "title" not in known and not _OF_UNTITLED.isdisjoint(known)


def _keys_of_papers(document: LineDict) -> dict[str, int]:
    """Return key → number of papers that are nested in its value at any depth; {} if the mapping is a paper."""
    names = {field_name(key) for key in document}
    if not names.isdisjoint(_OF_A_PAPER):
        return {}
    is_titled = "title" in names  # then a nested title may be that of the venue
    counts = {str(key): _papers_below(value, is_listed=not is_titled) for key, value in document.items()}
    return {key: count for key, count in counts.items() if count}


def _papers_below(value: object, level: int = 0, *, is_listed: bool = False) -> int:
    """Return how many mappings with a title are nested in lists within a value.

    is_listed: whether the value itself is in a list.
    """
    if level > _DEEPEST or not isinstance(value, dict | list):
        return 0
    if isinstance(value, list):
        return sum(_papers_below(each, level + 1, is_listed=True) for each in value)
    if is_listed and any(str(key).casefold() == "title" for key in value):
        return 1
    return sum(_papers_below(each, level + 1, is_listed=is_listed) for each in value.values())


def defaults_of(head: Mapping[str, object]) -> dict[str, object]:
    """Return the defaults that a list sets for its papers; its own date becomes `listed`, or a year `published`."""
    fields = to_fields(head)
    defaults = {name: fields[name] for name in DEFAULTS if fields.get(name)}
    if _YEAR.fullmatch(str(fields.get("published"))):
        defaults["published"] = fields["published"]
    elif fields.get("published"):
        defaults.setdefault("listed", _TIME.sub("", str(fields["published"])))
    return {**defaults, "tags": as_list(defaults["tags"])} if "tags" in defaults else defaults


def _read_paper(path: str, paper: object, line: int, lines: int, defaults: Mapping[str, object]) -> Iterator[Item]:
    if isinstance(paper, str) and paper:
        found = ids_in(paper)
        yield RawPaper(
            {**defaults, **found, **({} if found and len(paper.split()) == 1 else {"title": paper})}, path, line, lines
        )
    elif isinstance(paper, LineDict):
        yield from repeated_keys(paper, path, line)
        fields = to_fields(paper)
        own = fields.get("id")  # another name of a paper that has an arXiv id or a DOI, too
        if isinstance(own, str) and any(map(str.isalpha, own)) and "://" not in own and not ids_in(own):
            fields["formerly"] = [*as_list(fields.get("formerly")), own]
        tags = [*as_list(defaults.get("tags")), *as_list(fields.get("tags"))]
        fields = {**defaults, **fields, **({"tags": tags} if tags else {})}
        yield RawPaper(fields, path, line, lines, *unknown_keys(paper))
    else:
        yield Problem(path, line, "this item is no paper", "write a title, or `title: …` and more fields", lines, 1)


def _cut_title(path: str, lines: list[str], first: int) -> Iterator[Problem]:
    """Report a title whose end YAML takes for a comment, among the lines of one paper."""
    for number, line in enumerate(lines, first):
        if found := _CUT_TITLE.match(line):
            what = f'the title ends before "{shortened(found["rest"])}", which is a remark in YAML'
            yield Problem(path, number, what, "put the title between double quotes if it goes on")


def as_list(value: object) -> list[object]:
    """Return a list as it is, a text split at commas, [] for an empty value."""
    if isinstance(value, list):
        return value
    return [part.strip() for part in str(value).strip("[]").split(",") if part.strip()] if value else []


def _unfit_defaults(path: str, head: LineDict) -> Iterator[Item]:
    yield from repeated_keys(head, path, head.line)
    for key in [key for key, value in head.items() if _papers_below(value)]:
        what, remedy = (
            f'"{key}" holds a list of papers next to `papers:`',
            "write them below `papers:`; they are left out",
        )
        yield Problem(path, head.lines[key], what, remedy, records=_papers_below(head.pop(key)))
    if any(unknown := unknown_keys(head)):
        yield UnreadOfList(unknown[0], head.line, unknown[1])
    for key in head:
        if field_name(key) is not None and field_name(key) not in (*DEFAULTS, *_OF_THE_LIST):
            remedy = f"write it with each paper; a list may say {', '.join(DEFAULTS)}"
            yield Problem(path, head.lines[key], f'"{key}" cannot hold for a whole list', remedy)


def _salvage(path: str, text: str, error: YamlError, first: int) -> Iterator[Item]:
    """Read the items of a broken list one by one, so that only the broken papers are lost."""
    lines = text.split("\n")
    head_end = next((i for i, line in enumerate(lines) if re.match(r"papers:\s*(#.*)?$", line)), -1) + 1
    match = re.search(r"^( *)- ", "\n".join(lines[head_end:]), re.MULTILINE)
    starts = [i for i in range(head_end, len(lines)) if match and lines[i].startswith(f"{match[1]}- ")]
    remedy = "check the quotes, colons and indentation there"
    if not starts:
        yield Problem(path, error.line, f"broken YAML: {error.message}", remedy, _count_filled(lines), 1)
        return
    head, broken_head = _load("\n".join(lines[: starts[0]]), first)
    defaults = defaults_of({k: v for k, v in head.items() if k != "papers"}) if isinstance(head, LineDict) else {}
    if broken_head:
        what = f"broken YAML: {broken_head.message}; what the list says of all its papers is left out"
        yield Problem(path, broken_head.line, what, remedy, _count_filled(lines[: starts[0]]))
    elif _count_filled(lines[: starts[0]]):
        yield Boilerplate(first, _count_filled(lines[: starts[0]]))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        item, broken = _load("\n".join(lines[start:end]), first + start)
        count = _count_filled(lines[start:end])
        if broken or not isinstance(item, LineList) or len(item) != 1:
            line, message = (broken.line, broken.message) if broken else (first + start, "not one item")
            yield Problem(path, line, f"broken YAML: {message}; this paper is left out", remedy, count, 1)
        else:
            yield from _cut_title(path, lines[start:end], first + start)
            yield from _read_paper(path, item[0], first + start, count, defaults)


def _count_filled(lines: list[str]) -> int:
    return sum(1 for line in lines if line.strip())


def _load(text: str, first_line: int) -> tuple[object, YamlError | None]:
    """Load a part of a document; return it and None, or None and the error, with its line in the file."""
    try:
        return load_yaml(text, first_line), None
    except YamlError as error:
        return None, YamlError(error.message, error.line or first_line)


def is_yaml_file(source: Source) -> bool:
    """Return whether a file is YAML by its name, so that `---` begins a document and not front matter."""
    return source.path.endswith((".yaml", ".yml"))


def recognises(source: Source) -> bool:
    """Return whether there is a key `papers:`, a first key of a paper, or a `title:` on any line."""
    if is_surely_yaml(source):
        return True
    head = re.sub(r"\A---[ \t]*\n", "", source.head) if is_yaml_file(source) else source.head
    if head.lstrip().startswith(("{", "<", "@", "---\n", "#!")) or begins_as_page(source):
        return False
    return bool(
        re.search(r"^papers:[ \t]*($|#|\[)", head, re.MULTILINE)
        or re.match(r"(?:[ \t]*(?:#.*)?\n)*(- +)?(\{ *)?[\"']?(title|name|arxiv|doi|id)[\"']?:\s", head)
        or re.search(r"^ *-? *title: ", head, re.MULTILINE)
    )


def is_surely_yaml(source: Source) -> bool:
    """Return whether the first key of a YAML file is the word for a title in any language, a title, or an id."""
    found = _FIRST_KEY.match(source.head) if is_yaml_file(source) else None
    if found is None:
        return False
    following = _FIRST_KEY.match(source.head, found.end()) if not found["value"] else None
    if following and len(found["key"].split()) >= _FEWEST_WORDS and _is_untitled([field_name(following["key"])]):
        return True
    is_id = not found["value"] and ids_in(found["key"])
    return bool(is_id) or field_name(found["key"]) == "title" or _lists_titles(source.head)


def _lists_titles(text: str) -> bool:
    """Return whether items of a text begin with a title, and a key that only papers have stands in it."""
    names = {field_name(key) for key in _KEYS.findall(text)}
    begin = {field_name(key) for key in _FIRST_KEYS.findall(text)}
    return "title" in begin and not _OF_A_PAPER.isdisjoint(names)


READER = Reader(
    name="YAML list",
    about="a list of papers in YAML, with defaults for all of them above `papers:`",
    example="listed: 2026-05-27\npapers:\n  - title: A Title of a Paper\n    arxiv: 2605.01234\n    tags: [retrieval]",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
