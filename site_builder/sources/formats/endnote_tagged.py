"""EndNote's tagged text (`.enw`, refer): one line per field, with a tag of two characters, `%T A Title`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import kind_word
from site_builder.sources.fields.identifiers import address_in, arxiv_in, doi_in, links_of_urls
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import name_or_group
from site_builder.sources.fields.unread import look_of, repeated_names
from site_builder.sources.fields.written_date import endnote_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_TAG = lazy_pattern(r"%([^\s%]) (.*)|%([^\s%])\Z")
# Our field → the tags for it, best first.
_TAGS: Mapping[str, str] = {"title": "TQ!", "venue": "JBS", "volume": "V", "issue": "N", "publisher": "I", "key": "F"}
_READ = frozenset("0TQ!JBSVNIFAEXKUDPR8>M9")
_USELESS = frozenset("@G[~W+7L6&(*#$^?H=OZC1234Y<)]")  # never shown in a digest
_ONE_TEXT = "TJDXVNP"
_TITLE = "T"
_LEAST_TAGS = 2


def recognises(source: Source) -> bool:
    """Return whether most lines have tags, and one of them gives a kind of work (`%0`) or a title (`%T`)."""
    filled = [line.strip() for line in source.head.split("\n") if line.strip()]
    tags = [found[1] or found[3] for line in filled if (found := _TAG.match(line))]
    return not {"0", "T"}.isdisjoint(tags) and len(tags) >= _LEAST_TAGS and 2 * len(tags) > len(filled)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each block of tags; a line outside any block is a problem."""
    block = _Record()
    is_after_blank = False
    for number, line in source.lines():
        text = line.strip()
        if not text:
            is_after_blank = True
            continue
        found = _TAG.match(text)
        if found and block.ends_before(found[1] or found[3], is_after_blank=is_after_blank):
            yield block.record(source.path)
            block = _Record()
        if not (found or block.values):
            yield Problem(source.path, number, "the line has no tag", "write `%T A Title`, or remove it", 1)
        else:
            block.add(number, found, text)
        is_after_blank = False
    if block.values:
        yield block.record(source.path)


@dataclass(slots=True)
class _Record:
    """The lines of one record."""

    values: dict[str, list[str]] = field(default_factory=dict)
    start: int = 0
    lines: int = 0
    last: str = ""

    def ends_before(self, tag: str, *, is_after_blank: bool) -> bool:
        """Return whether a tag begins a new record."""
        if tag == "0":  # some repositories write `%T` above `%0`
            return bool(self.values) and (is_after_blank or self.values.keys() != {_TITLE})
        return is_after_blank and tag in self.values and tag in (next(iter(self.values)), _TITLE)

    def add(self, number: int, found: re.Match[str] | None, text: str) -> None:
        """Add a line; a line without a tag continues the value above."""
        self.start = self.start or number
        self.lines += 1
        if found:
            self.last = found[1] or found[3]
            self.values.setdefault(self.last, []).append((found[2] or "").strip())
        else:
            self.values[self.last][-1] = f"{self.values[self.last][-1]}\n{text}".strip()

    def record(self, path: str) -> RawPaper:
        others = {tag: look_of(texts) for tag, texts in self.values.items() if tag not in _READ | _USELESS}
        unread = {f"%{tag}": look for tag, look in others.items() if look}
        unread |= {f"%{tag}": look for tag, look in repeated_names(self.values, _ONE_TEXT).items()}
        return RawPaper(_fields(self.values), path, self.start, self.lines, unread)


def _fields(values: Mapping[str, Sequence[str]]) -> dict[str, object]:
    fields: dict[str, object] = {name: " ".join(_first(values, *tags).split()) for name, tags in _TAGS.items()}
    urls = [url for text in (*values.get("U", ()), *values.get(">", ())) if (url := address_in(text))]
    people = values.get("A", values.get("E", ()))
    written = _first(values, "R")
    fields |= {
        "abstract": _first(values, "X"),
        "authors": [name for text in people for part in re.split(r";\s|\n", text) if (name := name_or_group(part))],
        "published": endnote_date(_first(values, "D"), _first(values, "8")),
        "pages": _first(values, "P"),
        "keywords": [word.strip() for text in values.get("K", ()) for word in re.split(r"[;\n]", text) if word.strip()],
        "kind": kind_word(_first(values, "0"), _first(values, "9")),
        "doi": doi_in(written) or written or next(filter(None, map(doi_in, urls)), ""),
        "links": links_of_urls(urls),
    }
    if arxiv_in(written):
        fields["doi"] = ""
    return with_identifiers(fields, written, _first(values, "M"), _first(values, "9"))


def _first(values: Mapping[str, Sequence[str]], *tags: str) -> str:
    return next((text for tag in tags for text in values.get(tag, ()) if text), "")


READER = Reader(
    name="EndNote text",
    about="EndNote's tagged text (.enw), as Google Scholar and publishers hand it out",
    example="%0 Journal Article\n%T A Paper\n%A Last, First\n%J A Journal\n%D 2026\n%R 10.1000/xyz",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
