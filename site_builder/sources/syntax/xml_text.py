"""Parse XML entry by entry, each on its own, so that damage stays local.

The text is cut at the tags of its entries; comments, CDATA sections and processing instructions are skipped, so the cut
is exact for well-formed XML. The frame around the entries is parsed last. Nothing is ever fetched, and no DTD reaches
the parser: a DOCTYPE with declarations is refused, any other is skipped. libxml2 limits the depth (256), and
MAX_CHARACTERS the size of an entry and of the frame.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from html.entities import html5
from itertools import accumulate

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, QuietDay
from site_builder.problems import Problem, counted
from site_builder.sources.source import Source
from site_builder.sources.syntax.mathml import write_formulas
from site_builder.sources.syntax.xml_cut import Piece, cut_entries

MAX_CHARACTERS = 8 * 1024 * 1024  # of one entry, and of all text outside the entries
MAX_ATTRIBUTES = 1_000  # of one tag; libxml2 compares each with each
MAX_TREE = 32 * 1024 * 1024  # characters of a text that is parsed as a whole
_DIGITS = 12  # of a number in a message
LOOK = 8 * 1024  # characters examined to identify the kind of XML

# Namespace → the prefix used in this program, independent of the document's.
NAMESPACES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://arxiv.org/schemas/atom": "arxiv",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://purl.org/rss/1.0/modules/prism/": "prism",
    "http://search.yahoo.com/mrss/": "media",
}

_NO_ENTRIES = frozenset({"author", "image", "textInput", "textinput", "items", "skipDays", "skipHours", "contributor"})
_SUBSET = r"""\[(?:"[^"]*"|'[^']*'|<!--.*?-->|[^]"'<]|<(?!!--))*+\]\s*"""
_SCRIPTS = {"superscript": "sup", "subscript": "sub"}  # faces of styles in EndNote's XML
_DOCTYPE = rf"""<!DOCTYPE(?:[^][>"']|"[^"]*"|'[^']*')*+(?P<declarations>{_SUBSET})?>"""
_PROLOG = lazy_pattern(rf"\s*(?:(?:<\?.*?\?>|<!--.*?-->|{_DOCTYPE})\s*)*", re.DOTALL | re.IGNORECASE)
_START_TAG = lazy_pattern(r"<[^\W\d]")
_ENTITY = lazy_pattern(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;)")
CONTROLS = lazy_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ATTRIBUTE = lazy_pattern(r"\s[^\s=<>\"'/]+\s*=\s*[\"']")
Children = Mapping[str, list[etree._Element]]  # the result of `children`
_LOCATION = lazy_pattern(r",? line \d+(?:, column \d+)?")


@dataclass(frozen=True, slots=True)
class XmlError:
    """An unreadable part of an XML text: the reason, its 1-based line, and the number of records lost."""

    message: str
    line: int
    records: int = 0


def xml_root(head: str, look: int = LOOK) -> etree._Element | None:
    """Return the root parsed leniently from the beginning of an XML text, or None if the text is not XML.

    look: characters to parse.
    """
    prolog = _PROLOG.match(head)
    start = prolog.end() if prolog else 0
    return _lenient(head[start : start + look]) if _START_TAG.match(head, start) else None


def root_name(head: str) -> str:
    """Return the local name of the root of an XML text, or "" if the text is not XML."""
    root = xml_root(head)
    return "" if root is None else name_of(root)[1]


def xml_entries(source: Source, *names: str) -> Iterator[tuple[int, etree._Element | XmlError]]:
    """Yield (1-based line, element) for each entry with one of the local names, or an XmlError for a damaged one.

    An error of the frame, which loses no entry, comes last; a refused DOCTYPE is the only item.
    """
    prolog = _PROLOG.match(source.head)
    root = xml_root(source.head)
    if prolog is None or root is None:
        yield 1, XmlError("no XML element begins the text", 1)
        return
    if prolog["declarations"]:
        yield 1, XmlError("a DOCTYPE with declarations is refused", 1)
        return
    prefix = _entry_prefix(root)
    tags = [f"{prefix}:{name}" if prefix else name for name in names]
    yield from _EntryPieces().read(cut_entries(source.lines(), prolog.end(), tags, MAX_CHARACTERS))


ItemOf = Callable[[etree._Element, int], Item]  # of an entry and its line


def read_feed(source: Source, name: str, item_of: ItemOf) -> Iterator[Item]:
    """Yield the items of a feed's entries; a feed without entries is a quiet day unless it states a positive total."""
    root = xml_root(source.head)
    is_empty = is_empty_list(root)
    for line, entry in xml_entries(source, name):
        is_empty = False
        yield xml_problem(source.path, entry) if isinstance(entry, XmlError) else item_of(entry, line)
    if is_empty:
        yield _quiet_list(root, source.path)


def read_entries(source: Source, names: Sequence[str], item_of: ItemOf) -> Iterator[Item]:
    """Yield the items of the entries with one of the local names; a text with other elements only is a problem."""
    is_empty = True
    for line, entry in xml_entries(source, *names):
        is_empty = False
        yield xml_problem(source.path, entry) if isinstance(entry, XmlError) else item_of(entry, line)
    root = xml_root(source.head)
    if is_empty and root is not None and not len(root) and not (root.text or "").strip():
        yield QuietDay()
    elif is_empty and root is not None:
        others = f" but <{name_of(root[0])[1]}>" if len(root) else ""
        what = f"the XML holds no <{names[0]}>{others}"
        yield Problem(source.path, None, what, "export the list again, or remove the file", records=1)


def xml_tree(source: Source) -> tuple[etree._Element | None, XmlError | None]:
    """Parse a whole text; return its root (of a damaged text, the readable part) and its error, either may be None.

    Only for formats whose parts refer to each other; others are read entry by entry.
    """
    text = source.text()
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if prolog and prolog["declarations"]:
        return None, XmlError("a DOCTYPE with declarations is refused", 1, 1)
    if len(text) > MAX_TREE:
        return None, XmlError(f"holds more than {MAX_TREE:,} characters; export fewer papers at once", 1, 1)
    before = "\n" * text.count("\n", 0, start)
    try:
        return _strict(before + text[start:]), None
    except etree.XMLSyntaxError as error:
        return _lenient(before + text[start:]), XmlError(_message(error), error.lineno or 1, 1)


def name_of(element: etree._Element) -> tuple[str, str]:
    """Return (namespace, local name) of an element; an undeclared prefix remains part of the local name."""
    namespace, _, name = str(element.tag).rpartition("}")
    return namespace[1:], name


def children(element: etree._Element) -> dict[str, list[etree._Element]]:
    """Return an element's children by name: bare if in its own namespace, else with the prefix from NAMESPACES.

    Names in other namespaces are preceded by the namespace in braces.
    """
    own, _ = name_of(element)
    found: dict[str, list[etree._Element]] = {}
    for child in element.iterchildren(tag=etree.Element):
        namespace, name = name_of(child)
        if namespace in ("", own):
            found.setdefault(name, []).append(child)
        elif namespace in NAMESPACES:
            found.setdefault(f"{NAMESPACES[namespace]}:{name}", []).append(child)
        else:
            found.setdefault(str(child.tag), []).append(child)
    return found


def bare_name(name: str) -> str:
    """Return the local part of a name in the form of `children`."""
    return name.rpartition("}")[2].rpartition(":")[2]


def written_name(name: str, child: etree._Element) -> str:
    """Return the name of a child as written in the document."""
    return f"{child.prefix}:{bare_name(name)}" if child.prefix else bare_name(name)


def text_of(elements: list[etree._Element] | None) -> str:
    """Return the text of the first element without tags, or "" if there is none."""
    return "".join(str(part) for part in elements[0].itertext()).strip() if elements else ""


def line_of_text(element: etree._Element) -> str:
    """Return the text of an element in one line, without tags."""
    return " ".join("".join(map(str, element.itertext())).split())


def text_at(element: etree._Element | None, path: str) -> str:
    """Return the text at a path below an element in one line, without tags, or "" if there is none."""
    found = None if element is None else element.find(path)
    return "" if found is None else line_of_text(found)


def text_without(element: etree._Element, replace: Callable[[etree._Element], str | None]) -> str:
    """Return the text of an element in one line; replace: returns the replacement of an inner part, None to keep it."""
    texts: list[str] = []
    hidden: etree._Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and hidden is None:
            replacement = None if part is element else replace(part)
            hidden = None if replacement is None else part
            texts.append((part.text or "") if replacement is None else replacement)
        elif event == "end":
            hidden = None if part is hidden else hidden
            if hidden is None and part is not element:
                texts.append(part.tail or "")
    return " ".join("".join(texts).split())


def marked_text(
    element: etree._Element | None, instead: Callable[[etree._Element], str | None] = lambda part: None
) -> str:
    """Return the text of an element in one line, with `<sup>` and `<sub>` as in HTML, or "" if there is none.

    instead: as for text_without.
    """

    def replacement(part: etree._Element) -> str | None:
        name = name_of(part)[1]
        name = _SCRIPTS.get(str(part.get("face")), name) if name == "style" else name
        text = instead(part)
        return f"<{name}>{line_of_text(part)}</{name}>" if text is None and name in ("sup", "sub") else text

    return "" if element is None else text_without(element, replacement)


def texts_of(elements: list[etree._Element] | None, child: str = "") -> list[str]:
    """Return the non-empty texts of the elements, or of the first child with the given name in each."""
    inner = (children(element).get(child) if child else [element] for element in elements or [])
    return [text for one in inner if (text := text_of(one))]


def is_empty_list(root: etree._Element | None) -> bool:
    """Return whether a feed or response in which no entries were found is empty, not one with other entry names."""
    if root is None:
        return False
    holder = next((found for name in ("channel", "ListRecords") for found in root.iterfind(f"{{*}}{name}")), root)
    return not any(len(child) for child in holder.iterchildren(etree.Element) if name_of(child)[1] not in _NO_ENTRIES)


def _quiet_list(root: etree._Element | None, path: str) -> QuietDay | Problem:
    """Return a quiet day for a list without entries, or a problem if its stated total is positive."""
    total = "" if root is None else str(root.findtext("{*}totalResults", "")).strip()
    if not total.isdecimal() or not int(total[:_DIGITS]):
        return QuietDay()
    what = f"the list is empty, but tells of {counted(int(total[:_DIGITS]), 'paper')}"
    return Problem(path, 1, what, "save the answer again, from its first page on")


def xml_problem(path: str, error: XmlError) -> Problem:
    """Return the problem for a damaged part of a file."""
    remedy = "fetch the file again, or mend or remove the entry"
    return Problem(path, error.line, f"damaged XML: {error.message}", remedy, records=error.records)


def has_too_many_attributes(text: str) -> bool:
    """Return whether a tag has more than MAX_ATTRIBUTES attributes, whose comparison would take too long."""
    runs = (run for run in text.split("<") if len(run) > MAX_ATTRIBUTES)
    return any(len(_ATTRIBUTE.findall(run)) > MAX_ATTRIBUTES for run in runs)


def line_of(element: etree._Element) -> int:
    """Return the 1-based line where an element begins."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _entry_prefix(root: etree._Element) -> str | None:
    """Return the prefix of the entries' tags: that of the root, or in RSS 1.0 that of the channel."""
    channel = root.find("{*}channel") if name_of(root)[1] == "RDF" else root
    return None if channel is None else channel.prefix


class _EntryPieces:
    """Parses the pieces of one text into elements; the pieces of the frame are collected and checked last."""

    def __init__(self) -> None:
        self._frame: list[Piece] = []
        self._opening = ""

    def read(self, pieces: Iterator[Piece]) -> Iterator[tuple[int, etree._Element | XmlError]]:
        is_cut_off = False
        for piece in pieces:
            if not piece.is_entry:
                self._frame.append(piece)
                continue
            self._opening = self._opening or self._wrapper()
            yield piece.line, self._entry(piece)
            is_cut_off = not piece.is_closed
        if not is_cut_off:
            error = self._frame_error()
            if error:
                yield error.line, error

    def _entry(self, piece: Piece) -> etree._Element | XmlError:
        """Parse an entry; return its element or its error."""
        if piece.is_cut:
            return XmlError(f"the entry holds more than {MAX_CHARACTERS:,} characters", piece.line, 1)
        if not piece.is_closed:
            return XmlError("the entry never ends", piece.line, piece.starts)
        try:
            return _strict(f"{self._opening}{piece.text}</wrapper>")[0]
        except etree.XMLSyntaxError as error:
            return XmlError(_message(error), piece.line + (error.lineno or 1) - 1, piece.starts)

    def _wrapper(self) -> str:
        """Return a start tag that declares the namespaces in scope at the entries."""
        root = _lenient("".join(piece.text for piece in self._frame))
        names: dict[str | None, str] = {prefix: uri for uri, prefix in NAMESPACES.items()}
        if root is not None:
            inner = root[-1].nsmap if len(root) else {}
            names.update((prefix, uri) for prefix, uri in inner.items() if prefix)
            names.update(root.nsmap)
        declared = "".join(f' xmlns{f":{prefix}" if prefix else ""}="{escape(uri)}"' for prefix, uri in names.items())
        return f"<wrapper{declared}>"

    def _frame_error(self) -> XmlError | None:
        """Return the error outside the entries, or None; an entry that is the whole text has no frame."""
        if not self._frame:
            return None
        if any(piece.is_cut for piece in self._frame):
            return XmlError(f"more than {MAX_CHARACTERS:,} characters outside of entries", 1)
        try:
            _strict("".join(piece.text for piece in self._frame))
        except etree.XMLSyntaxError as error:
            starts = [0, *accumulate(piece.text.count("\n") for piece in self._frame)]
            ends = (error.lineno or 1) - 1
            index = min(bisect_right(starts, ends), len(self._frame)) - 1
            return XmlError(_message(error), self._frame[index].line + ends - starts[index])
        return None


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


_STRICT = _parser(recover=False)
_LENIENT = _parser(recover=True)


def _strict(text: str) -> etree._Element:
    """Parse a text without a prolog; HTML's named entities are resolved, control characters become spaces."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html5.get(found[1], found[0]), text)
    return _with_formulas(etree.fromstring(_fit(text), _STRICT), text)


def _with_formulas(root: etree._Element, text: str) -> etree._Element:
    """Return an element parsed from a text, with its formulas as TeX."""
    if "math" in text:
        write_formulas(root)
    return root


def _fit(text: str) -> bytes:
    """Encode a text for the parser. Raises XMLSyntaxError if a tag has too many attributes."""
    if has_too_many_attributes(text):
        message = f"a tag has more than {MAX_ATTRIBUTES:,} attributes"
        raise etree.XMLSyntaxError(message, 0, 1, 1)  # type: ignore[call-arg, arg-type] # as lxml defines it
    return CONTROLS.sub(" ", text).encode()


def _lenient(text: str) -> etree._Element | None:
    """Parse the beginning of a text without a prolog as far as possible, or return None."""
    try:
        root = etree.fromstring(_fit(text), _LENIENT)
        return root if root is None else _with_formulas(root, text)
    except etree.XMLSyntaxError:
        return None


def _message(error: etree.XMLSyntaxError) -> str:
    """Return libxml2's message without its line numbers, which refer to the piece."""
    return _LOCATION.sub("", error.msg or "not well-formed")
