"""RIS bibliographies: each `TY … ER` is a record; a missing `ER` ends at the next `TY`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rispy

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.field_names import kind_word, says_something
from site_builder.sources.fields.identifiers import VERSION, address_in, arxiv_in, doi_in, link_kind, url_in, urls_in
from site_builder.sources.fields.named_fields import with_identifiers, with_subtitle
from site_builder.sources.fields.person_parts import name_or_group
from site_builder.sources.fields.pubmed_words import pubmed_page
from site_builder.sources.fields.unread import look_left_out, look_of, unread_keys
from site_builder.sources.fields.written_date import endnote_date, written_date
from site_builder.sources.list_beginning import begins_as_list
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.written_list import split_terms

# Field → rispy's names for its RIS tags, the best first.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (  # TI, T1, TT, ST; T2 if there is no other
        *("title", "primary_title", "translated_title", "short_title", "secondary_title"),
    ),
    "abstract": ("abstract", "notes_abstract"),  # AB, N2
    "authors": ("authors",),  # AU, A1
    "editors": ("secondary_authors", "tertiary_authors"),  # A2, ED, A3
    "keywords": ("keywords",),  # KW
    "venue": (  # T2, JO, JF, JA, J2
        *("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "alternate_title1"),
    ),
    "volume": ("volume",),  # VL
    "issue": ("number",),  # IS
    "publisher": ("publisher",),  # PB
    "language": ("language",),  # LA
    "key": ("id", "label"),  # ID, LB
}
# Words before a colon in the user-definable tags U1 to U5 → field.
_EDITOR_FIELDS = {
    **{name: name for name in ("hold", "hide", "lead", "section", "image", "editor_summary")},
    "editor_note": "note",
}
_OWN_TAG = lazy_pattern(r"U[1-5]")
_DECISION = lazy_pattern(rf"({'|'.join(_EDITOR_FIELDS)})(?:\s*:\s*(.*))?", re.IGNORECASE)
_LINKS = ("urls", "file_attachments1", "file_attachments2")  # UR, L1, L2
_DATES = ("date", "year", "publication_year")  # DA, PY, Y1
_LOOSE_TAG = lazy_pattern(r"([A-Z][A-Z0-9])[ \t]*-(?:[ \t]+|$)")
_WITHOUT_SPACE = frozenset("TY ER TI T1 T2 AU A1 PY Y1 DA JO JF AB N2 DO UR KW SP EP VL IS PB ID".split())
_TITLE_LINE = lazy_pattern(r"^(?:TI|T1) {1,2}- +\S", re.MULTILINE)
_OF_PUBMED = lazy_pattern(r"^(?:PMID|FAU|OWN) {0,2}-", re.MULTILINE)
_NO_TYPE, _NO_END = "the record has no `TY  - ` line", "the record has no `ER  - ` line"
_LACKING, _ADD_IT = (_NO_TYPE, _NO_END), "add it; the record is kept"
_FEWEST_TAGS = 3  # lines with tags of a file without TY
_FIRST_TAG = lazy_pattern(r"\s*TY\s{0,2}-[ \t]*[A-Z]{2,7}[ \t]*(?:\n|\Z)")
_TAG_LINE = lazy_pattern(r"^[A-Z][A-Z0-9] {0,2}-(?: |$)", re.MULTILINE)
_BROKEN_TAG = lazy_pattern(
    r"(?:(?:AU|A1|TI|T1)[ :=]|(?:PY|Y1)[ :=]\s*\d|DO[ :=]\s*10\.|UR[ :=]\s*http)\s*\S"
    r"|(?:[A-Z]{3,12}  -|(?:FAU|AUTHORS?|TITLE|ABSTRACT|DOI|URL|YEAR|JOURNAL) {0,2}-) \S"
)
_YEAR = lazy_pattern(r"\d{4}")
_EMPTY_PARTS = lazy_pattern(r"/(?:[/\s]|undefined|other)*+\Z")
_READ = frozenset(
    {name for names in FIELD_NAMES.values() for name in names}
    | {*_LINKS, *_DATES, "type_of_reference", "doi", "start_page", "end_page", "edition", "accession_number", "custom7"}
)
# Tags that a digest has no use for, by rispy's names as plain names.
_KNOWN = frozenset(
    {f"custom{number}" for number in range(1, 9)}
    | set(
        "accessdate archivedlocation authoraddress callnumber issn nameofdatabase databaseprovider notes "
        "placepublished placepublishedauthors numberofvolumes originalpublication reprintedition reprintstatus "
        "reviewditem revieweditem researchnotes section typeofwork translatedauthor secondaryauthors tertiaryauthors "
        "subsidiaryauthors tertiarytitle caption miscellaneous1 miscellaneous2 note figures fileattachments "
        "userdefinable electronicaddress nl "  # NL: Ovid's, after a record
        "j9 ji pa pi we fu fx".split()  # of Web of Science: short names, addresses, indexes, funding
    )
)
_JOURNALS = ("journal_name", "alternate_title3", "alternate_title2", "alternate_title1")  # JO, JF, JA, J2
_OF_JOURNAL = frozenset({"jour", "ejour", "mgzn", "inpr", "news"})  # types of works in journals
_JOURNAL_WORD = lazy_pattern(
    r"\b(?:journal|transactions|proceedings|annals|bulletin|magazine|zeitschrift|acta|annales|revue|revista|rivista)\b",
    re.IGNORECASE,
)
_LONGEST_ACRONYM = 6
_FOR_IDENTIFIERS = frozenset({"type_of_work", "accession_number", "notes", "note", "research_notes"}) | {
    f"custom{number}" for number in range(1, 9)
}
_BARE_IDENTIFIER = lazy_pattern(
    r"(?:doi|arxiv)?[:\s]*(?:https?://\S+|10\.\d{4,9}/\S+|[\w.-]+/?\d[\w.]+)(?:\s*\[[\w., -]+\])?", re.IGNORECASE
)
_ARTICLE_NUMBER = lazy_pattern(r"[\w-]{0,12}\d[\w-]{0,12}")  # in C7, as EndNote and Scopus write it
_FEWEST_WORDS = 4  # of a line that may be a title
_LONGEST_DATE = 60  # characters
# Tags for a text, a DOI or URLs, of which a record may have more than the one that is read → field.
_SINGLE_VALUED: Mapping[str, str] = {
    **{"TI": "title", "T1": "title", "AB": "abstract", "N2": "abstract", "DO": "doi"},
    **{"UR": "links", "L1": "links", "L2": "links"},
}
_OTHER_PEOPLE = frozenset({"A2", "A3", "A4"})
_ABSTRACTS = frozenset({"AB", "N2"})
_SINGLE_TAGS = frozenset(rispy.TAG_KEY_MAPPING) - frozenset(rispy.LIST_TYPE_TAGS)
# Tags of PubMed's format that occur in some files: identifiers, and some that a digest has no use for.
_MEDLINE_TAGS = ("PMID", "PMC", "LID", "AID", "OWN", "STAT", "DCOM", "CRDT", "PHST", "EDAT", "MHDA")
_MEDLINE_TAG = lazy_pattern(rf"({'|'.join(_MEDLINE_TAGS)}) {{0,2}}-(?: +|\Z)")
_SAME_TAGS: Mapping[str, str] = {"LK": "UR", "L3": "DO", "A1": "AU", "CT": "TI", "BT": "T2", "ED": "A2", "PU": "PB"}
_TITLE_TAGS = frozenset({"TI", "T1", "CT"})
_BEGIN_RECORDS = _TITLE_TAGS | {"TY", "ER"}
_MOST_AFTER_END = 20  # most tags after the end of a record that belong to it
_PAPER_TAGS = _TITLE_TAGS | {"AU", "A1", "AB", "DO", "UR"}

Line = tuple[str, str]  # (tag, text after it); the tag is "" for a continuation line


def recognises(source: Source) -> bool:
    """Return whether a line is `TY  - TYPE` and tags follow it, or most lines of a text without TY have tags."""
    found = re.search(r"^[ \t]*TY {0,2}-", source.head, re.MULTILINE)
    if found is None:
        lines = [line for line in source.head.split("\n") if line.strip()]
        tags = sum(_TAG_LINE.match(line) is not None for line in lines)
        is_ris = _TITLE_LINE.search(source.head) is not None and not _OF_PUBMED.search(source.head)
        return is_ris and tags >= _FEWEST_TAGS and 2 * tags > len(lines)
    if not _FIRST_TAG.match(source.head, found.start()):
        return False
    first_tag = _TAG_LINE.search(source.head)
    records = source.head[found.start() :]
    is_followed = first_tag is not None and len(_TAG_LINE.findall(records)) > 1
    before = sum(1 for line in source.head[: first_tag.start() if first_tag else 0].split("\n") if line.strip())
    is_most = before <= sum(1 for line in records.split("\n") if line.strip())
    return is_followed and is_most and not begins_as_list(source)


def read(source: Source) -> Iterator[Item]:
    """Yield each record, and a problem if its first or last line is missing.

    The first such record of each kind is reported by itself, the others together.
    """
    lacking: dict[str, list[int]] = {}
    for item in _read_items(source):
        if isinstance(item, Problem) and item.what in _LACKING:
            lacking.setdefault(item.what, []).append(item.line or 0)
            if len(lacking[item.what]) > 1:
                continue
        yield item
    for what, (_, *others) in lacking.items():
        if others:
            yield Problem(source.path, others[0], f"{what}: {len(others):,} more", _ADD_IT)


def _read_items(source: Source) -> Iterator[Item]:
    before, block = _RecordLines(), _RecordLines()  # the lines between ER and TY, and those from TY on
    is_reported = is_blank = False
    stray: list[int] = []
    for number, line, tag, text in _with_ends_after_tags(source):
        if not (tag or before.lines or block.lines) and _may_be_paper(line):
            stray.append(number)
        is_after_blank, is_blank = is_blank, not line.strip()
        if tag in _TITLE_TAGS and is_after_blank and before.has_title and not block.lines:
            yield from _records(before, block, source.path, is_ended=False)
            before = _RecordLines()
        if tag == "TY":
            if block.lines:
                yield from _unended(before, block, source.path)
                before = _RecordLines()
            elif before.has_title and not is_reported:
                is_reported = True
                yield Problem(source.path, number, "`TY  - ` does not stand first", "move it up; the record is kept")
            block = _RecordLines(number, [("TY", text)])
        elif tag == "ER":
            yield from _records(before, block, source.path)
            before, block = _RecordLines(), _RecordLines()
        else:
            yield from _broken_tag(source.path, number, line) if not tag and (before.lines or block.lines) else ()
            (block if block.lines else before).add(number, tag, text if tag else line)
    if block.lines:
        yield from _unended(before, block, source.path)
    else:
        yield from _records(before, block, source.path, is_ended=False)
    if stray:
        what = f"{len(stray):,} {'line stands' if len(stray) == 1 else 'lines stand'} outside of the records"
        yield Problem(source.path, stray[0], what, "write them with tags between `TY  - ` and `ER  - `, or remove them")


def _with_ends_after_tags(source: Source) -> Iterator[tuple[int, str, str, str]]:
    """Yield number, line, tag and text of each line, with `ER` moved to after the tags below it up to a blank line.

    Some programs add a URL or a DOI there. Tags that are followed by `TY` or a title belong to the next record.
    """
    after_end: list[tuple[int, str, str, str]] = []  # ER and the tags after it
    for number, line in source.lines():
        tag, text = _tag(line)
        if after_end and (not line.strip() or not tag or tag in _BEGIN_RECORDS or len(after_end) > _MOST_AFTER_END):
            yield from after_end if line.strip() else (*after_end[1:], after_end[0])
            after_end = []
        if after_end or tag == "ER":
            after_end.append((number, line, tag, text))
        else:
            yield number, line, tag, text
    yield from (*after_end[1:], *after_end[:1])


def _broken_tag(path: str, number: int, line: str) -> Iterator[Problem]:
    if _BROKEN_TAG.match(line):
        what = f'"{shortened(line)}" looks like a tag, and is none of RIS'
        yield Problem(path, number, what, "write it as in `AU  - Last, First`; it is read as a part of the line above")


def _may_be_paper(line: str) -> bool:
    """Return whether a line outside of the records may be a paper, and not a count or a link of the program."""
    return len(line.split()) >= _FEWEST_WORDS or bool(arxiv_in(line) or doi_in(line))


@dataclass(slots=True)
class _RecordLines:
    """Lines of a record. start: the number of the first line. tags: all that occur."""

    start: int = 0
    lines: list[Line] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)

    @property
    def has_title(self) -> bool:
        return bool(self.tags & _TITLE_TAGS)

    def add(self, number: int, tag: str, text: str) -> None:
        """Add a line; a line without a tag continues the one above."""
        if tag or self.lines:
            self.start = self.start or number
            self.lines.append((tag, text))
            self.tags.add(tag)


def _unended(before: _RecordLines, block: _RecordLines, path: str) -> Iterator[Item]:
    yield Problem(path, block.start, _NO_END, _ADD_IT)
    yield from _records(before, block, path)


def _records(before: _RecordLines, block: _RecordLines, path: str, is_ended: bool = True) -> Iterator[Item]:
    """Yield the record of a block; the lines before its TY belong to it, unless both have a title.

    is_ended: whether an ER was found.
    """
    if block.lines and not (before.has_title and block.has_title):
        yield _record([block.lines[0], *before.lines, *block.lines[1:]], path, before.start or block.start)
        return
    if before.tags & _PAPER_TAGS:
        if not is_ended or block.lines:
            yield Problem(path, before.start, _NO_END, _ADD_IT)
        yield Problem(path, before.start, _NO_TYPE, _ADD_IT)
        yield _record([("TY", "GEN"), *before.lines], path, before.start)
    if block.lines:
        yield _record(block.lines, path, block.start)


def _tag(line: str) -> tuple[str, str]:
    """Return tag and text of a line, with any spacing around the tag; the tag is "" if the line has none."""
    begun = line.lstrip(" \t")
    found = _LOOSE_TAG.match(begun)
    is_known = found and (found[1] in rispy.TAG_KEY_MAPPING or line[2:5] == "  -")
    if found and is_known and (begun[2] != "-" or found[1] in _WITHOUT_SPACE):
        return found[1], begun[found.end() :].strip()
    found = _MEDLINE_TAG.match(line)
    return (found[1], line[found.end() :].strip()) if found else ("", line)


def _record(block: Sequence[Line], path: str, line: int) -> RawPaper:
    kept, apart = _split_for_rispy(_with_one_tag_for_authors(block))
    written = [f"{tag}  - {text}" if tag else text for tag, text in kept]
    parsed: dict[str, Any] = rispy.loads("\n".join([*written, "ER  - "]), enforce_list_tags=True)[0]
    lines = sum(1 for tag, text in block if tag or text.strip()) + 1
    editor_fields, unknown = _editor_fields(parsed.get("unknown_tag") or {})
    fields = _fields(parsed, apart)
    subtitle = _subtitle(parsed)
    if subtitle:
        fields |= {"venue": _first(parsed, _JOURNALS), "title": with_subtitle(str(fields["title"]), subtitle)}
    fields |= editor_fields
    others = {name: value for name, value in parsed.items() if name not in _READ and name != "unknown_tag"}
    unread = unread_keys(others, fields, _KNOWN) | unread_keys(unknown, fields, _KNOWN)
    return RawPaper(fields, path, line, lines, unread | dict(_unread_values(kept, apart, fields)))


def _split_for_rispy(block: Iterable[Line]) -> tuple[list[Line], dict[str, list[str]]]:
    """Return the lines for rispy, and tag → texts that rispy would lose: MEDLINE's tags, further values of single tags.

    A second tag of an abstract continues the first. A placeholder such as `n/a` is not the first value of its tag.
    """
    kept: list[Line] = []
    apart: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    last: list[str] | None = None  # the texts that a continuation line belongs to; None if it is for rispy
    for tag, text in block:
        if not tag and last is not None:
            last[-1] += f" {text.strip()}"
            continue
        is_nothing = tag in _SINGLE_TAGS and text != "" and not says_something(text)
        is_other = tag in _SINGLE_TAGS and not is_nothing and first.setdefault(tag, text) not in ("", text)
        if tag in _MEDLINE_TAGS or is_nothing or (is_other and tag not in _ABSTRACTS):
            last = apart.setdefault(tag, [])
            last.append(text)
        else:
            last = None
            kept.append(("" if is_other else tag, text))
    return kept, apart


def _unread_values(
    kept: Sequence[Line], apart: Mapping[str, Sequence[str]], fields: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield (tag, look of the value) of names, texts, DOIs and URLs that are not in the fields."""
    for tag, texts in apart.items():
        is_read = tag not in _MEDLINE_TAGS and rispy.TAG_KEY_MAPPING[tag] in _READ and tag not in _SINGLE_VALUED
        if is_read and (look := look_of(texts)):
            yield tag, look
    if fields.get("kind") == "article":  # a volume of a journal seldom has editors: these may be authors
        yield from ((tag, "a name") for tag, text in kept if tag in _OTHER_PEOPLE and text)
    for tag, text in (*kept, *((tag, text) for tag, texts in apart.items() for text in texts)):
        if tag in _SINGLE_VALUED and (look := look_left_out(_SINGLE_VALUED[tag], text, fields)):
            yield tag, look
        if tag == "UR" and not url_in(text) and (address_in(text) or "") not in str(fields.get("links")):
            yield tag, "a link"  # with a scheme other than http


def _editor_fields(unknown: Mapping[str, list[str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the editor's fields, as in `U1  - hold: until 2026-12-01`, and the remaining unknown tags."""
    editor_fields: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    for tag, texts in unknown.items():
        for text in texts:
            found = _DECISION.fullmatch(text.strip()) if _OWN_TAG.fullmatch(tag or "") else None
            name = _EDITOR_FIELDS[found[1].lower()] if found else ""
            if found and name not in editor_fields:
                editor_fields[name] = found[2].strip() if found[2] is not None else "true"
            else:
                others.setdefault(tag, []).append(text)
    return editor_fields, others


def _with_one_tag_for_authors(block: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with one tag for each group of synonyms, as AU for A1; a name under both is kept once."""
    named = {text for tag, text in block if tag == "AU"}
    for tag, text in block:
        if not (tag == "A1" and text in named):
            yield _SAME_TAGS.get(tag, tag), text


def _fields(parsed: Mapping[str, Any], apart: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return the fields of a record.

    parsed: by rispy's names. apart: tag → texts that rispy does not know, see `_split_for_rispy`.
    """
    fields = {name: value for name, tags in FIELD_NAMES.items() if (value := _first(parsed, tags))}
    kind = str(parsed.get("type_of_reference", "")).strip().lower()
    fields["kind"] = kind_word(kind, _text(parsed.get("type_of_work")))
    words = _all(fields.get("keywords"))  # some programs write them all after one tag
    fields["keywords"] = [
        word for text in words for word in (split_terms(text) if len(words) == 1 or ";" in text else [text])
    ]
    editors = _all(fields.pop("editors", None))
    named = _all(fields.get("authors")) or (editors if fields["kind"] == "book" else [])
    fields["authors"] = [name for text in named for part in re.split(r";\s", text) if (name := name_or_group(part))]
    if not _text(parsed.get("secondary_title")):
        fields["venue"] = max(
            _text(parsed.get("alternate_title3")), _text(parsed.get("journal_name")), key=len
        ) or fields.get("venue")
    if not fields.get("venue") and fields["kind"] == "inproceedings":
        fields["venue"] = _text(parsed.get("custom3"))  # as EndNote writes it
    fields["published"] = _published(parsed)
    fields["pages"] = _pages(parsed)
    fields["version"] = _version(parsed)
    fields["doi"] = doi_in(_text(parsed.get("doi"))) or _text(parsed.get("doi"))
    databases = (_text(parsed.get(name)) for name in ("name_of_database", "database_provider"))
    in_pubmed = _text(parsed.get("accession_number")) if any("pubmed" in name.casefold() for name in databases) else ""
    fields["links"] = {**pubmed_page(next(iter(apart.get("PMID", ())), in_pubmed), "pubmed"), **_links(parsed)}
    if fields.get("venue") == fields.get("title"):
        # A work with a DOI and only T2: T2 is the venue, and `broadsheet fetch` completes the title.
        fields.pop("title" if fields["doi"] and not _first(parsed, FIELD_NAMES["title"][:-1]) else "venue", None)
    return with_identifiers(
        fields,
        _text(parsed.get("volume")),
        _text(parsed.get("custom7")),
        *(_text(url) for url in parsed.get("urls") or ()),
        *_bare_identifiers(parsed),
        *apart.get("LID", ()),
        *apart.get("AID", ()),
    )


def _subtitle(parsed: Mapping[str, object]) -> str:
    """Return T2 if it is a subtitle, as Pure writes it, otherwise "".

    The journal then has a tag of its own, and T2 is not another name for it. The subtitle of a thesis begins with a
    lower-case letter.
    """
    journal, other = _text(_first(parsed, _JOURNALS)), _text(parsed.get("secondary_title"))
    kind = str(parsed.get("type_of_reference", "")).strip().lower()
    if kind == "thes" and not journal and other[:1].islower():
        return other
    is_article = kind in _OF_JOURNAL
    if not (journal and other and is_article and _first(parsed, FIELD_NAMES["title"][:-1])):
        return ""
    names = [_text(parsed.get(name)) for name in _JOURNALS]
    return "" if any(name and _may_be_one_journal(name, other) for name in names) else other


def _may_be_one_journal(name: str, other: str) -> bool:
    """Return whether one of two names may abbreviate the other: `J. Meadows`, `JACM`, `Proc Natl Acad Sci`."""
    long, short = (name, other) if len(name) > len(other) else (other, name)
    capitals = "".join(filter(str.isupper, long))
    words, shorts = (re.findall(r"[^\W_]+", text.casefold()) for text in (long, short))
    if not shorts or short.casefold() in long.casefold() or _is_within(short.replace(".", ""), capitals):
        return True
    is_acronym = " " not in short and len(short) <= _LONGEST_ACRONYM and _is_within(short.casefold(), long.casefold())
    if is_acronym or (long == other and _JOURNAL_WORD.search(long)):
        return True
    found = [any(word[0] == each[0] and _is_within(each, word) for word in words) for each in shorts]
    return found[0] and 2 * sum(found) > len(found)


def _is_within(letters: str, text: str) -> bool:
    """Return whether a text contains the letters in this order, with others between them."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _bare_identifiers(parsed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values that are only an identifier, of tags for other things: M3, AN, N1, C1 to C8, U1 to U5."""
    for values in (parsed, parsed.get("unknown_tag") or {}):
        for name, value in values.items():
            if name in _FOR_IDENTIFIERS or values is not parsed:
                texts = map(_text, value if isinstance(value, list) else [value])
                yield from (text for text in texts if _BARE_IDENTIFIER.fullmatch(text))


def _all(value: object) -> list[str]:
    """Return the texts of a repeatable tag."""
    return value if isinstance(value, list) else []


def _first(parsed: Mapping[str, object], names: tuple[str, ...]) -> object:
    """Return the first value that is no placeholder, a text or a list of texts; None if there is none."""
    for name in names:
        value = parsed.get(name)
        texts = [text for one in (value if isinstance(value, list) else [value]) if says_something(text := _text(one))]
        if texts:
            return texts if isinstance(value, list) else texts[0]
    return None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _published(parsed: Mapping[str, object]) -> str:
    """Return the most precise date; `2019/10//undefined` is October 2019, `MAR 15` a day of the year in another tag."""
    texts = [text for name in _DATES if 0 < len(text := _text(parsed.get(name))) <= _LONGEST_DATE]
    dates = [written_date(_EMPTY_PARTS.sub("", text)) for text in texts]
    known = [date for date in dates if re.match(r"\d{4}", date)]
    if not known:
        return next(iter(dates), "")
    fullest = max(known, key=len)
    whole = (endnote_date(fullest, text) for text in texts) if _YEAR.fullmatch(fullest) else ()
    return next((date for date in whole if len(date) > len(fullest)), fullest)


def _version(parsed: Mapping[str, object]) -> str:
    """Return the version of an arXiv paper, which is written as its edition; "" for other papers."""
    edition, number = _text(parsed.get("edition")), _text(parsed.get("accession_number"))
    return edition if arxiv_in(number) and VERSION.fullmatch(edition) else ""


def _pages(parsed: Mapping[str, object]) -> str:
    first, last = _text(parsed.get("start_page")), _text(parsed.get("end_page"))
    article = _text(parsed.get("custom7"))
    if not first and _ARTICLE_NUMBER.fullmatch(article) and not arxiv_in(article):
        return article
    return f"{first}-{last}" if first and last and last != first else first


def _links(parsed: Mapping[str, object]) -> dict[str, str]:
    links: dict[str, str] = {}
    others: dict[str, str] = {}  # with a scheme other than http, to be reported; an attachment is often a local file
    for name in _LINKS:
        value = parsed.get(name) or []
        for text in value if isinstance(value, list) else [value]:
            for url in urls_in(_text(text)) or filter(None, [address_in(_text(text))]):
                if url_in(url):
                    links.setdefault("pdf" if name == "file_attachments1" else link_kind(url), url)
                elif name == "urls":
                    others.setdefault(link_kind(url), url)
    return {**others, **links}


READER = Reader(
    name="RIS",
    about="RIS bibliographies, as reference managers and publishers write them",
    example="TY  - JOUR\nTI  - A Paper\nAU  - Last, First\nPY  - 2026\nER  - ",
    recognises=recognises,
    read=read,
)
