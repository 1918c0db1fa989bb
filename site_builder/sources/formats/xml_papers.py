"""XML of DBLP and Europe PMC, converted to the objects of JSON and read by the reader of JSON lists."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import KINDS, plain_name
from site_builder.sources.fields.pubmed_words import plain_title
from site_builder.sources.formats.json_lists import EmptyList, quiet_day
from site_builder.sources.formats.json_papers import fields_of, item_of
from site_builder.sources.formats.json_routes import Frame, routes_in, total_of, value_at, within
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import number_in
from site_builder.sources.syntax.xml_text import line_of, name_of, root_name, xml_problem, xml_root, xml_tree
from site_builder.sources.syntax.yaml_text import LineDict, LineList

# Root elements of DBLP's records, persons, contents and searches, and of Europe PMC. In XML of other services, an
# element with a title may be a cited work.
_SERVICES = frozenset({"dblp", "dblpperson", "bht", "result", "responseWrapper"})
_DEEPEST = 40  # levels of nested elements
_MARKUP = frozenset({"i", "b", "em", "strong", "sub", "sup", "tt", "u", "ref", "italic", "bold", "math"})
_PERSON_ATTRIBUTES = ("orcid", "pid")  # attributes of a name that are kept
_EMPTY = frozenset({"hits", "resultList"})  # elements that are empty if a search finds nothing


def recognises(source: Source) -> bool:
    """Return whether an XML text lists papers, or is the response to a search that found none."""
    root = xml_root(source.head, len(source.head)) if root_name(source.head) in _SERVICES else None
    if root is None:
        return False
    items = [fields_of(item) for _, item, _ in _items(root) if isinstance(item, dict)][:20]
    return sum(fields is not None for fields in items) * 2 > len(items) or _is_empty(root)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each paper."""
    root, error = xml_tree(source)
    if error:
        yield xml_problem(source.path, error)
    if root is None:
        return
    if _is_empty(root):
        totals = [number_in(element.get("total")) for element in root.iter(*_EMPTY)]
        value = _value(root, 0)
        total = total_of(value) if isinstance(value, dict) else 0
        yield quiet_day(EmptyList(max(total, *totals, 0)), source.path, 1)
        return
    for line, item, frame in _items(root):
        if not isinstance(item, dict):
            what = f"<{frame.key}> stands where a paper is expected"
            yield Problem(source.path, line, what, "export the list again", records=1)
            continue
        paper = item_of(item, source.path, line, None)
        yield _with_kind(paper, KINDS.get(plain_name(frame.key), "")) if isinstance(paper, RawPaper) else paper


def _with_kind(paper: RawPaper, kind: str) -> RawPaper:
    """Return a paper with the kind of its element, if it has none, and without the full stop after its title."""
    fields = {"kind": kind, **paper.fields} if kind else dict(paper.fields)
    if title := str(fields.get("title") or ""):
        fields["title"] = plain_title(title)
    return replace(paper, fields=fields)


def _items(root: etree._Element) -> Iterator[tuple[int, object, Frame]]:
    """Yield (line, object, path to it) for all papers below an element."""
    value = _value(root, 0)
    if not isinstance(value, dict):
        return
    for path, is_paper in routes_in(value) or [((), True)]:
        inner = value_at(value, path)
        for item in [inner] if is_paper else inner:
            line = item.line if isinstance(item, LineDict) else 1
            yield from (_unwrapped(*found) for found in within(line, item, Frame(path=path)))


def _unwrapped(line: int, item: object, frame: Frame) -> tuple[int, object, Frame]:
    """Return the object within an item that has only one key, with that key, the kind of work: `<r><article>`.

    Any other item is returned as it is.
    """
    if isinstance(item, dict) and len(item) == 1:
        ((key, inner),) = item.items()
        if isinstance(inner, LineDict):
            return inner.line, inner, Frame(path=(*frame.path, key))
    return line, item, frame


def _is_empty(root: etree._Element) -> bool:
    """Return whether a response has elements for papers and all of them are empty."""
    holders = [element for element in root.iter(etree.Element) if name_of(element)[1] in _EMPTY]
    return bool(holders) and not any(len(element) for element in holders)


def _value(element: etree._Element, depth: int) -> object:
    """Return an element as an object or text of JSON; elements of one name become a list."""
    inner = list(element.iterchildren(tag=etree.Element))
    if not inner or depth > _DEEPEST or _is_text(element, inner):
        text = _text(element)
        person = {name: written for name in _PERSON_ATTRIBUTES if (written := element.get(name))}
        return {"name": text, **person} if person and text else text
    values = LineDict(line_of(element))
    for child in inner:
        name, value = name_of(child)[1], _value(child, depth + 1)
        if name not in values:
            values[name] = value
        elif isinstance(values[name], LineList):
            values[name].append(value)
        else:
            first, values[name] = values[name], LineList()
            values[name] += [first, value]
    return values


def _is_text(element: etree._Element, inner: list[etree._Element]) -> bool:
    """Return whether the children of an element are markup within its text."""
    texts = (element.text, *(child.tail for child in inner))
    return any(text and text.strip() for text in texts) or all(name_of(child)[1] in _MARKUP for child in inner)


def _text(element: etree._Element) -> str:
    """Return the text of an element, including the tags within it."""
    if not len(element):
        return (element.text or "").strip()
    parts = [element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)]
    return "".join(str(part) for part in parts).strip()


READER = Reader(
    name="XML papers",
    about="XML of DBLP (a record, a person, a volume, a search) and of Europe PMC's search",
    example="<dblp><article><author>First Last</author><title>A Paper</title><year>2026</year></article></dblp>",
    recognises=recognises,
    read=read,
)
