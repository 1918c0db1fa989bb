"""JSON-LD of schema.org in a file of its own: an article, a graph or a list of them."""

import json
from collections.abc import Iterator

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats.schema_org import Node, article_fields, articles, unread_of
from site_builder.sources.reader import Reader
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.syntax.json_text import JsonError, RepeatedKeys, load_json

_MARKS = ('"@type"', '"@graph"', '"@context"')


def recognises(source: Source) -> bool:
    """Tell whether a JSON text with the marks of JSON-LD holds an article."""
    has_marks = source.head.lstrip()[:1] in ("[", "{") and any(mark in source.head for mark in _MARKS)
    return has_marks and next(_articles(source), None) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each article."""
    text = source.text()
    position = 0
    repeated = RepeatedKeys()
    for node in _articles(source, repeated):
        title = next((str(node[key]) for key in ("headline", "name") if node.get(key)), "")
        written = (text.find(json.dumps(title, ensure_ascii=is_ascii), position) for is_ascii in (False, True))
        position = max(position, *written)
        fields = article_fields(node)
        line = text.count("\n", 0, position) + 1
        yield RawPaper(fields, source.path, line, unread=unread_of(node, fields))
    for _, error in repeated.errors(1):
        yield Problem(source.path, None, f"broken JSON: {error.message}", "mend the JSON; the rest is read")


def _articles(source: Source, repeated: RepeatedKeys | None = None) -> Iterator[Node]:
    try:
        yield from articles(load_json(source.text(), repeated))
    except (JsonError, DecodeError):
        return


READER = Reader(
    name="JSON-LD",
    about="JSON-LD of schema.org: an article, a list or a `@graph` of them",
    example='{"@context": "https://schema.org", "@graph": [{"@type": "ScholarlyArticle", "headline": "A Paper"}]}',
    recognises=recognises,
    read=read,
)
