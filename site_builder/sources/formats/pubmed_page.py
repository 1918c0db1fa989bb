"""PubMed's search results, as its page is copied or its alerts are mailed: title, authors, citation, a line each."""

from collections.abc import Iterator, Mapping

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, filled
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.identifiers import doi_in
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.pubmed_words import CITATION, plain_title, pubmed_page, structured, where_cited
from site_builder.sources.formats.pubmed_print import NO_AUTHORS, people_of
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_NUMBER = lazy_pattern(r"(?P<number>\d{1,6})(?:\.?|\.\s+(?P<text>\S.*))")
_PMID = lazy_pattern(r"\bPMID: ?(?P<id>\d{1,9})\b")
_RETRACTED = lazy_pattern(r"PMID: ?\d+\b.*\bRetracted\b")
_BUTTON = lazy_pattern(
    r"(?:Cite|Share|Save|Select item \d+|Item in Clipboard|Similar articles)(?:\s+(?:Cite|Share|Save))*"
)

_TITLE_ENDS = (".", "?", "!", "]")

_Block = list[tuple[int, str]]  # numbered lines, the first with the number of a result


def recognises(source: Source) -> bool:
    """Return whether a numbered result has names on a line, and PubMed's citation and id behind them."""
    if _PMID.search(source.head) is None:
        return False
    return any("venue" in fields and _names_people(fields) for fields in map(_fields, _blocks(source.head)[1]))


def _names_people(fields: Mapping[str, object]) -> bool:
    authors = fields.get("authors")
    return isinstance(authors, list) and any("family" in author for author in authors)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each numbered result; what stands around them is boilerplate."""
    above, blocks = _blocks(source.text())
    yield from (Boilerplate(number) for number, _ in above)
    for block in blocks:
        fields = _fields(block)
        count = sum(1 for _, text in block if text)
        rest = len(_texts(block[_end(block) :])) if fields else 0
        if fields:
            yield RawPaper(fields, source.path, block[0][0], count - rest)
        else:
            what = f'"{shortened(" ".join(_texts(block)))}" is no result of PubMed'
            remedy = "save the records from PubMed in the format `PubMed`"
            yield Problem(source.path, block[0][0], what, remedy, count, records=1)
        if rest:
            yield Boilerplate(block[_end(block)][0], rest)


def _blocks(text: str) -> tuple[_Block, list[_Block]]:
    """Return the lines above the first result, and the lines of each, which the next number ends."""
    above: _Block = []
    blocks: list[_Block] = []
    last = None
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        found = _NUMBER.fullmatch(stripped)
        if found and (last is None or int(found["number"]) == last + 1):
            last = int(found["number"])
            blocks.append([(number, stripped)])
        elif blocks:
            blocks[-1].append((number, stripped))
        elif stripped:
            above.append((number, stripped))
    return above, blocks


def _end(block: _Block) -> int:
    """Return where a result ends: at the first blank line below its id."""
    texts = [text for _, text in block]
    start = next((index for index, text in enumerate(texts) if _PMID.search(text)), len(texts))
    return next((index for index in range(start, len(texts)) if not texts[index]), len(texts))


def _texts(block: _Block) -> list[str]:
    return [text for _, text in block if text]


def _fields(block: _Block) -> dict[str, object]:
    """Return the fields of a result, nothing for lines of which no title and id are found."""
    number = _NUMBER.fullmatch(block[0][1])
    first = (number["text"] or "") if number else ""
    texts = [text for text in (first, *_texts(block[1 : _end(block)])) if text and text not in NO_AUTHORS]
    lines = [text for text in texts if not _BUTTON.fullmatch(text)]
    index = next((index for index, text in enumerate(lines) if _PMID.search(text)), 0)
    pmid = _PMID.search(lines[index]) if lines else None
    if pmid is None or index == 0 or CITATION.match(lines[0]):  # the last as PubMed prints its abstracts
        return {}
    below = lines[index + 1 :]
    lines = lines[: index + 1]
    start = next((start for start in range(index, 0, -1) if CITATION.match(" ".join(lines[start:]))), index)
    cited = " ".join(lines[start:])
    citation = CITATION.search(cited)
    if citation and people_of(citation["venue"]):  # of a book, whose date stands before its title
        citation, cited, start = None, "", start + 1
    authors, names = people_of(cited[: citation.start() if citation else 0].partition(". ")[0]), start
    if not authors and start > 1:
        names = next((above for above in range(start - 1, 1, -1) if not lines[above - 1].endswith(",")), 1)
        authors = people_of(" ".join(lines[names:start]))
        names = names if authors else start
    if not authors and start > 1 and lines[start - 2].endswith(_TITLE_ENDS):  # a group before the people
        parts = [part.strip(" .") for part in lines[start - 1].split(";")]
        authors = [name for part in parts for name in people_of(part) or [person(group=part)]]
        names = start - 1
    return filled(
        {
            "title": plain_title(" ".join(lines[:names])),
            "authors": authors,
            **(where_cited(citation) if citation else {}),
            "abstract": structured(" ".join(below)),
            "comment": "Retracted" if _RETRACTED.search(cited) else "",
            "doi": doi_in(cited.partition("doi: ")[2]),
            "key": pmid["id"],
            "links": pubmed_page(pmid["id"]),
            "kind": "article",
        }
    )


READER = Reader(
    name="PubMed page",
    about="results of a search in PubMed, as copied from its page or mailed as an alert",
    example="1\nCite\nA Paper.\nLast F, Other N.\nJ Sheep. 2026 May 1;12(3):1-9. doi: 10.1000/xyz.\nPMID: 35000001\n",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
