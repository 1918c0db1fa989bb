"""Web of Science's tagged text (`savedrecs.txt`, `.ciw`): two-character tags, `ER` after each record."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.fields.named_fields import to_fields
from site_builder.sources.fields.unread import look_of
from site_builder.sources.formats.delimited import WEB_OF_SCIENCE
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_BEGINS = lazy_pattern(r"\s*(?:FN [^\n]{1,80}\n\s*VR |PT [A-Z]\n\s*AU )")
_TAG = lazy_pattern(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|\Z)")
_FILE_TAGS = frozenset({"FN", "VR", "EF"})  # tags of the file, not of a record
_NAMES = frozenset({"AU", "AF", "CA"})
# Tags that a digest has no use for: addresses, cited references, counts, funding, the conference, other names.
_KNOWN = frozenset(
    "PT ER BA BF BE GP CT CY CL SP HO C1 C3 RP EM RI OI FU FP FX CR NR TC Z9 U1 U2 PI PA SN EI BN J9 JI SE BS PN SU SI "
    "MA EA PG WC WE SC GA UT OA HC HP DA D2 P2".split()
)


def recognises(source: Source) -> bool:
    """Return whether the text begins with the tags of the file, or with a type of publication and its authors."""
    return _BEGINS.match(source.head) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each block up to `ER`, the next `PT` or the end of the file."""
    record = _TaggedRecord()
    for number, line in source.lines():
        text = line.rstrip()
        if not text.strip():
            continue
        found = None if line[:1].isspace() else _TAG.match(text.lstrip("\ufeff"))
        tag = found["tag"] if found else ""
        if tag in _FILE_TAGS or (tag == "ER" and not record.values):
            yield Boilerplate(number)
        elif found or record.values:
            if tag == "PT" and record.values:
                yield record.paper(source.path)
                record = _TaggedRecord()
            record.add(number, tag, (found["value"] or "") if found else text)
            if tag == "ER":
                yield record.paper(source.path)
                record = _TaggedRecord()
        else:
            yield Problem(source.path, number, "the line has no tag", "write `TI A Title`, or remove it", 1)
    if record.values:
        yield record.paper(source.path)


@dataclass(slots=True)
class _TaggedRecord:
    """The lines of one record. values: tag → its lines. start: number of the first line. last: the current tag."""

    values: dict[str, list[str]] = field(default_factory=dict)
    start: int = 0
    lines: int = 0
    last: str = ""

    def add(self, number: int, tag: str, text: str) -> None:
        """Add a line; one without a tag continues the value above."""
        self.start = self.start or number
        self.lines += 1
        self.last = tag or self.last
        self.values.setdefault(self.last, []).append(text.strip())

    def paper(self, path: str) -> RawPaper:
        """Return the record; tags are read as the columns of Web of Science's tables with the same names."""
        read = {tag: WEB_OF_SCIENCE[tag.lower()] for tag in self.values if tag.lower() in WEB_OF_SCIENCE}
        fields = to_fields({name: _joined(tag, self.values[tag]) for tag, name in read.items()})
        others = {tag: look_of(lines) for tag, lines in self.values.items() if tag not in read and tag not in _KNOWN}
        return RawPaper(fields, path, self.start, self.lines, {tag: look for tag, look in others.items() if look})


def _joined(tag: str, lines: list[str]) -> str:
    """Return the value of a tag, with lines joined: by semicolons for names, which have a line each, else by spaces."""
    if tag == "DT":  # `Article; Early Access`
        return lines[0].partition(";")[0]
    return ("; " if tag in _NAMES else " ").join(lines)


READER = Reader(
    name="Web of Science text",
    about="Web of Science's plain text and its export for EndNote (savedrecs.txt, .ciw)",
    example="FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Last, F\nTI A Paper\nSO A JOURNAL\nER\n\nEF",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
