"""Responses of PubMed's search (`esearch`), in XML or JSON: bare PubMed ids, which `broadsheet fetch` completes."""

import re
from collections.abc import Generator, Iterator, Mapping

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem, counted
from site_builder.sources.formats.identifier_list import lone_identifier
from site_builder.sources.formats.json_lists import EmptyList, quiet_day
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import JsonError, list_in, load_json, number_in
from site_builder.sources.syntax.xml_text import name_of, root_name, xml_problem, xml_tree

_ROOT = "eSearchResult"
_Found = tuple[list[str], int, str]  # (ids, total number of papers found, error or "")
_OF_JSON = lazy_pattern(r"\s*\{.{0,2000}\"esearchresult\"\s*:", re.DOTALL)


def recognises(source: Source) -> bool:
    """Return whether a text is a response of `esearch`."""
    if source.head.lstrip().startswith("<"):
        return root_name(source.head) == _ROOT
    return _OF_JSON.match(source.head) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each id, and a problem if the search failed or found more papers than the response has."""
    is_xml = source.head.lstrip().startswith("<")
    found = yield from _ids_of_xml(source) if is_xml else _ids_of_json(source)
    if found is None:
        return
    ids, total, error = found
    if error:
        yield Problem(source.path, 1, f"PubMed answered with an error: {error}", "ask PubMed again")
    elif not ids:
        yield quiet_day(EmptyList(total), source.path, 1)
    text, position = source.text(), 0
    for number in ids:
        position = max(position, text.find(number, position))
        yield RawPaper(lone_identifier(f"pmid:{number}") or {}, source.path, text.count("\n", 0, position) + 1)
    if 0 < len(ids) < total:
        what = f"the answer has {counted(len(ids), 'id')} of {total:,} that were found"
        yield Problem(source.path, None, what, "ask for more with `retmax`", records=total - len(ids))


def _ids_of_xml(source: Source) -> Generator[Item, None, _Found | None]:
    root, error = xml_tree(source)
    if error:
        yield xml_problem(source.path, error)
    if root is None:
        return None
    texts = [(name_of(element)[1], (element.text or "").strip()) for element in root.iter(etree.Element)]
    ids = [text for name, text in texts if name == "Id" and text.isdecimal()]
    first = dict(reversed(texts))
    return ids, number_in(first.get("Count")), first.get("ERROR", "")


def _ids_of_json(source: Source) -> Generator[Item, None, _Found | None]:
    try:
        response = load_json(source.text())
    except JsonError as error:
        yield Problem(source.path, error.line, f"broken JSON: {error.message}", "ask PubMed again", records=1)
        return None
    result = response.get("esearchresult") if isinstance(response, Mapping) else None
    if not isinstance(result, Mapping):
        yield Problem(
            source.path, 1, "`esearchresult` is not at the top of the answer", "save the answer whole", records=1
        )
        return None
    ids = [text for each in list_in(result.get("idlist")) if (text := str(each)).isdecimal()]
    return ids, number_in(result.get("count")), str(result.get("ERROR") or "")


READER = Reader(
    name="PubMed search",
    about="answers of PubMed's `esearch` in XML or JSON: ids alone, which `broadsheet fetch` completes",
    example='{"esearchresult": {"count": "1", "idlist": ["26017442"]}}',
    recognises=recognises,
    read=read,
)
