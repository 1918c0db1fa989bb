"""BibTeX and BibLaTeX bibliographies: every `@entry` becomes a record, a skipped item or a problem."""

import logging
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.names.bibtex import is_in_braces, joined_names, name_in_parts
from site_builder.problems import Problem, counted, shortened
from site_builder.sources.fields.field_names import LINK_NAMES as SHARED_LINKS
from site_builder.sources.fields.field_names import THESES, fields_of, kind_word, plain_name, says_something
from site_builder.sources.fields.identifiers import (
    VERSION,
    add_link,
    address_in,
    arxiv_in,
    doi_in,
    is_arxiv_venue,
    link_kind,
    url_in,
    urls_in,
    without_tex,
)
from site_builder.sources.fields.journal_macros import journal_of
from site_builder.sources.fields.named_fields import to_fields, with_groups, with_identifiers, with_subtitle
from site_builder.sources.fields.unread import look_left_out, look_of, unread_keys
from site_builder.sources.fields.written_date import date_of_parts, month_of, written_date
from site_builder.sources.formats.bibtex_inheritance import Parents
from site_builder.sources.formats.bibtex_value import (
    MACROS,
    MAX_MACRO,
    is_balanced,
    next_field,
    paragraphs,
    plain_text,
    read_value,
)
from site_builder.sources.list_beginning import begins_as_list
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.written_list import split_terms

# Our field → the BibTeX and BibLaTeX fields for it, best first.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "maintitle", "booktitle", "shorttitle", "origtitle"),
    "abstract": ("abstract",),
    "keywords": ("keywords", "keyword", "mendeley-tags"),
    "venue": ("journal", "journaltitle", "booktitle", "eventtitle", "howpublished", "maintitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "article-number", "art_number", "articleno"),
    "publisher": ("publisher", "school", "institution", "organization"),
    "language": ("langid", "language", "hyphenation"),
    "doi": ("doi",),
    "comment": ("note",),
    **{name: (name,) for name in ("hold", "hide", "lead", "section", "image")},
    "editor_summary": ("editor_summary", "editor-summary", "editorsummary"),
    "note": ("editor_note", "editor-note", "editornote"),
}
LINK_NAMES: Mapping[str, str] = {
    **{"url": "page", "pdf": "pdf", "html": "html", "code": "code", "website": "project"},
    **{"link": "page", "ee": "page", "bdsk-url-1": "page", "biburl": "bib"},
}
# Fields whose text may be used only in part → our field.
_PARTLY_READ: Mapping[str, str] = {
    **{"abstract": "abstract", "doi": "doi", "howpublished": "links"},
    **dict.fromkeys(LINK_NAMES, "links"),
    **dict.fromkeys(("journal", "journaltitle", "booktitle", "venue", "conference"), "venue"),
}
# Plain names of fields that are handled separately, or never shown in a digest.
_KNOWN = frozenset(
    {plain_name(name) for names in FIELD_NAMES.values() for name in names}
    | {plain_name(name) for name in LINK_NAMES}
    | set(
        "author authors editor year month day date urldate eprint eprinttype eprintclass series archiveprefix "
        "primaryclass crossref xref xdata subtitle booksubtitle journalsubtitle mainsubtitle titleaddon "
        "booktitleaddon address location edition chapter type bibsource timestamp file owner numpages "
        "pagetotal urn pubstate publicationdate adsurl adsnote issuedate origdate eventdate "
        "eventtitle venue shortjournal authortype editortype options nameaddon groups readstatus priority "
        "collaboration ranking qualityassured creationdate modificationdate comment school institution organization "
        "version slaccitation reportnumber researchnotes abbr bibtexshow selected preview translator pmid key".split()
    )
)
# Our fields that programs write under names unknown to BibTeX.
_SHARED = frozenset(
    {*"arxiv doi tags categories keywords abstract ai_summary venue published pages".split(), *SHARED_LINKS}
)
_OWN = {plain_name(name) for names in (*FIELD_NAMES.values(), LINK_NAMES) for name in names} | {
    "eprint",
    "date",
    "year",
}
MAX_FIELDS = 500  # per entry; real entries have up to 60
_NO_PAPERS = frozenset({"xdata", "set", "control"})
_EDITED = frozenset({"book", "proceedings", "collection", "mvbook", "mvcollection", "mvproceedings", "periodical"})
_PARTS = frozenset({"inproceedings", "conference", "incollection", "inbook"})
_PART_VENUES = ("booktitle", "journal", "journaltitle", "eventtitle", "howpublished", "maintitle")  # their venue
_SUBTITLES: Mapping[str, str] = {
    "title": "subtitle",
    "maintitle": "mainsubtitle",
    "booktitle": "booksubtitle",
    "journaltitle": "journalsubtitle",
}
_ENDS = ".?!:"
_MISC = frozenset({"misc", "online", "unpublished"})
_REMEDY = "close its braces and quotes, and part its fields with commas"

# A comma right before another one that is followed by the next field or by the end of the entry.
_COMMA_TOO_MANY = lazy_pattern(r",(?=\s{0,99}+,[\s,]{0,99}+(?:[A-Za-z][\w-]{0,40}\s{0,9}=|\}))")
_ENTRY_WITHOUT_KEY = lazy_pattern(
    r"^([ \t]*@(?!string\b)\w+\s*[{(])(?=\s*[A-Za-z][\w-]*\s*=)", re.MULTILINE | re.IGNORECASE
)
_FIRST_ENTRY = lazy_pattern(r"^[ \t]*@(\w+)\s*[{(]", re.MULTILINE)
_ENTRY_START = lazy_pattern(r"\s*+(?:[^\s,{}\"=%#]*+\s*+,|[\w-]++\s*+=)", re.ASCII)
_COMMENTS = lazy_pattern(r"(?:[ \t]*(?:%[^\n]*)?\n)*+")  # such as JabRef's `% Encoding: UTF-8`
# The first line of a RIS, PubMed, EndNote or JSON record.
_OTHER_RECORD = lazy_pattern(r"^(?:TY  - |PMID- ?\d|%0 |\{\s*\"title\")", re.MULTILINE)
_DEFINITIONS = frozenset({"string", "preamble", "comment"})
_DEFINITION = lazy_pattern(r"@(?:string|preamble|comment)\b", re.IGNORECASE)
_OTHER_FORMAT = lazy_pattern(r"^(?:```|~~~|<!doctype|<html|<\?xml|[{\[]\s*$)", re.MULTILINE | re.IGNORECASE)
_DOI_ALONE = lazy_pattern(r"doi:?\s*10\.\d{4,9}/\S+", re.IGNORECASE)
_FOR_SORTING = lazy_pattern(r"\\(?:noop|sort)\w*\s*\{[^{}]*\}", re.IGNORECASE)  # BibTeX's `{\noopsort{1973a}}1973`
_OLD_NUMBER = lazy_pattern(r"\d{7}(?:v\d+)?")
_ARCHIVED = lazy_pattern(r"[\w./-]{1,100}")
_ARCHIVES: Mapping[str, str] = {  # name of an archive → URL of an item in it
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "hal": "https://hal.science/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "hdl": "https://hdl.handle.net/{}",
}

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False  # its warnings are reported as problems


def recognises(source: Source) -> bool:
    """Return whether a line begins with `@type{key,` and nothing above it looks like another format."""
    other = _OTHER_FORMAT.search(source.head)
    end = other.start() if other else len(source.head)
    for found in _FIRST_ENTRY.finditer(source.head, 0, end):
        if found[1].lower() in _DEFINITIONS or _ENTRY_START.match(source.head, found.end()):
            return bool(_COMMENTS.fullmatch(source.head, 0, found.start())) or not begins_as_list(source)
    return False


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each entry, in order; entries that cannot be parsed are problems."""
    text = _COMMA_TOO_MANY.sub(" ", _ENTRY_WITHOUT_KEY.sub(r"\1,", source.text()))
    macros = dict(MACROS)
    blocks = parse_string(text, parse_stack=[]).blocks
    later = {
        block.key.lower(): read_value(block.value, MACROS).text for block in blocks if isinstance(block, model.String)
    }
    entries = [entry for block in blocks if (entry := _entry_in(block))]
    parents = Parents(entries, lambda entry: _first_values(entry, {**later, **macros}))
    for block in blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, model.String):
            value = read_value(block.value, macros).text
            macros[block.key.lower()] = value[:MAX_MACRO]
            if len(value) > MAX_MACRO:
                what = f'the @string "{shortened(block.key)}" stands for more than {MAX_MACRO:,} characters'
                yield Problem(source.path, line, what, "write it in the entry; it is cut")
        elif entry := _entry_in(block):
            yield from _entry(entry, line, macros, parents, source.path)
        elif isinstance(block, model.ImplicitComment):
            if count := len(_OTHER_RECORD.findall(block.comment)):
                what = f"{counted(count, 'record')} of another format between the entries"
                yield Problem(source.path, line, what, "keep each format in a file of its own", records=count)
        elif isinstance(block, model.ParsingFailedBlock):
            if not _DEFINITION.match(block.raw or ""):
                yield Problem(source.path, line, f"broken BibTeX entry: {_reason(block)}", _REMEDY, records=1)
            else:
                yield Problem(source.path, line, f"broken BibTeX: {_reason(block)}", "mend its braces")


def _entry_in(block: model.Block) -> model.Entry | None:
    """Return the entry of a block, also if its only fault is a repeated key or field."""
    found = block.ignore_error_block if isinstance(block, model.ParsingFailedBlock) else block
    return found if isinstance(found, model.Entry) else None


def _reason(block: model.ParsingFailedBlock) -> str:
    return " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")


def _entry(entry: model.Entry, line: int, macros: Mapping[str, str], parents: Parents, path: str) -> Iterator[Item]:
    """Yield the problems of an entry, then its record."""
    kind = entry.entry_type.lower()
    lines = sum(1 for text in (entry.raw or "").splitlines() if text.strip())
    if kind in _NO_PAPERS:
        yield Skipped(path, line, f"@{kind} is no work of its own", lines)
        return
    values: dict[str, str] = {}
    for count, (name, value, field_line, fault) in enumerate(_values(entry, macros)):
        if count == MAX_FIELDS:
            what = f'"{shortened(entry.key)}" has more than {MAX_FIELDS} fields'
            yield Problem(path, line, what, "the first of them are read")
            break
        if fault or not is_balanced(value):
            what = fault or f'the field "{name}" of "{shortened(entry.key)}" has a brace without its partner'
            yield Problem(path, field_line + 1, what, "mend it; the record is kept")
        if values.get(name, value) != value and values[name]:
            what = f'the field "{name}" of "{entry.key}" stands twice'
            yield Problem(path, field_line + 1, what, "remove one; the first is used")
            continue
        values[name] = value
    for fault in parents.faults(values):
        remedy = "add what is missing, or write the fields here; the record is kept"
        yield Problem(path, line, f'"{shortened(entry.key)}" {fault}', remedy)
    values |= parents.inherited(values, kind)
    fields = _fields(values, kind, entry.key)
    unread = unread_keys(values, fields, _KNOWN) | dict(_unused_parts(values, fields))
    yield RawPaper(fields, path, line, lines, unread)


def _unused_parts(values: Mapping[str, str], fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the name of each field whose value was not fully used, with a description of the unused part."""
    for name, field in _PARTLY_READ.items():
        if values.get(name, "").strip():
            text = plain_text(values[name])
            look = look_left_out(field, without_tex(text) if field in ("doi", "links") else text, fields)
            if look:
                yield name, look
    if values.get("editor") and not fields.get("authors"):
        yield "editor", "a name"
    if values.get("eprint") and not fields.get("arxiv") and (look := _look_of_eprint(values)):
        yield "eprint", look
    for name in filter(values.get, LINK_NAMES):
        text = without_tex(plain_text(values[name]))
        is_read = any(find(text) for find in (urls_in, address_in, doi_in, arxiv_in))
        if not is_read and (look := look_of(text)):
            yield name, look


def _look_of_eprint(values: Mapping[str, str]) -> str:
    """Return a description of an `eprint` that leads to no archive, "" for one that does or is a DOI."""
    number = plain_text(values["eprint"])
    is_read = doi_in(number) or dict(_archived({**values, "howpublished": ""}))
    return "" if is_read else look_of(number)


def _values(entry: model.Entry, macros: Mapping[str, str]) -> Iterator[tuple[str, str, int, str]]:
    """Yield name, value, line and fault of each field, including those after a missing comma."""
    for field in entry.fields:
        name, rest = field.key, str(field.value)
        while True:
            value, rest, is_cut = read_value(rest, macros)
            following = next_field(rest) if rest else None
            fault = f'no comma after the field "{name}"' if following else ""
            if is_cut:
                fault = f'the macros of the field "{name}" stand for far more than is written and are cut'
            if rest and not following:
                fault = f'the field "{name}" has text after its value'
            yield name.rpartition("\n")[2].strip().lower(), value, field.start_line, fault  # after a comment
            if following is None:
                break
            name, rest = following


def _first_values(entry: model.Entry, macros: Mapping[str, str]) -> dict[str, str]:
    """Return the values of an entry by field name; a repeated field keeps its first value."""
    values: dict[str, str] = {}
    for name, value, *_ in islice(_values(entry, macros), MAX_FIELDS):
        values.setdefault(name, value)
    return values


def _fields(values: Mapping[str, str], kind: str, key: str) -> dict[str, object]:
    """Return our fields for the values of an entry."""
    values = {**values, **dict(_with_subtitles(values))}
    found = {field: _first(values, names) for field, names in FIELD_NAMES.items()}
    found["venue"] = journal_of(_first(values, _PART_VENUES) if kind in _PARTS else found["venue"]) or found["venue"]
    if not found["venue"] and kind in ("article", *_PARTS):
        found["venue"] = _first(values, ("shortjournal", "series"))
    fields: dict[str, Any] = {field: plain_text(value) for field, value in found.items() if value}
    fields |= {
        "kind": kind_word(kind, values.get("type", "")) if kind in THESES else kind,
        "key": key,
        "links": _links(values),
        "abstract": paragraphs(found["abstract"]),
    }
    if values.get("pubstate", "").strip().lower() == "prepublished" and kind in _MISC:
        fields["kind"] = "preprint"
    fields["authors"] = _names(
        values.get("author") or values.get("authors") or (values.get("editor", "") if kind in _EDITED else "")
    )
    if collaboration := plain_text(values.get("collaboration", "")):
        fields["authors"] = with_groups(fields["authors"], re.split(r",\s*|\s+and\s+", collaboration))
    fields["keywords"] = split_terms(fields.get("keywords", ""))
    fields["published"] = _published(values)
    fields["doi"] = doi_in(without_tex(plain_text(found["doi"]))) or found["doi"]
    fields |= _eprint(values)
    for name, value in _shared_fields(values).items():
        is_fuller = name == "published" and str(value).startswith(fields[name])
        fields[name] = {**value, **fields[name]} if name == "links" else (not is_fuller and fields.get(name)) or value
    fields["version"] = version if VERSION.fullmatch(version := plain_text(values.get("version", ""))) else ""
    if fields.get("title") == fields.get("venue") or _address(fields.get("venue", "")):
        fields.pop("venue", None)
    texts = [values.get(name) for name in ("volume", "number", "identifier")]
    texts += [without_tex(plain_text(values.get(name, ""))) for name, kind in LINK_NAMES.items() if kind == "page"]
    notes = (plain_text(values.get(name, "")) for name in ("note", "addendum"))
    ids = (note for note in notes if is_arxiv_venue(note) or _DOI_ALONE.fullmatch(note))
    return with_identifiers(fields, *texts, *ids)


def _names(value: str) -> list[str]:
    """Return the names without needless braces; braces that keep the name of a group together stay.

    If all names are in braces, or one pair holds several names, the braces are the writer's habit and mark no group.
    """
    written = joined_names(value, has_groups=is_balanced(value))
    texts = [(plain_text(name_in_parts(name)), is_in_braces(name)) for name in written]
    is_habit = all(is_braced for _, is_braced in texts) and (len(texts) != 1 or " and " in texts[0][0])
    return [f"{{{text}}}" if is_braced and ("," in text or not is_habit) else text for text, is_braced in texts if text]


def _shared_fields(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields under names that other programs use and BibTeX does not, such as `arxivid` or `github`."""
    others = {name: value for name, value in values.items() if _is_shared(name)}
    if not others:
        return {}
    found = to_fields({name: without_tex(plain_text(value)) for name, value in others.items()})
    return {name: value for name, value in found.items() if name in _SHARED or name == "links"}


@lru_cache(maxsize=1_024)  # the entries of a file share their field names
def _is_shared(name: str) -> bool:
    return plain_name(name) not in _OWN and not fields_of(plain_name(name)).isdisjoint(_SHARED)


def _with_subtitles(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for each title with a subtitle, joined into one text."""
    for name, subtitle in _SUBTITLES.items():
        title, rest = values.get(name, "").strip(), values.get(subtitle, "").strip()
        if name == "title" and (addition := values.get("titleaddon", "").strip()):
            title, rest = with_subtitle(title, rest), addition
            yield name, f"{title}{'' if title[-1:] in _ENDS or addition[0] in '([' else '.'} {addition}".strip()
        elif title and rest:
            yield name, with_subtitle(title, rest)


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if says_something(values.get(name, "").strip(" {}"))), "")


def _links(values: Mapping[str, str]) -> dict[str, str]:
    links: dict[str, str] = {}
    for name in filter(values.get, LINK_NAMES):
        text = without_tex(plain_text(values[name]))
        for url in urls_in(text) or filter(None, [address_in(text)]):
            add_link(links, LINK_NAMES[name], url)
    return links | {kind: url for kind, url in _archived(values) if kind not in links}


def _archived(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield kind and URL of the links in `eprint`, `pmid`, `pmcid` and `howpublished`."""
    number = plain_text(values.get("eprint", ""))
    archive = (values.get("archiveprefix") or values.get("eprinttype") or "").strip().lower()
    if archive in _ARCHIVES and _ARCHIVED.fullmatch(number):
        yield "page", _ARCHIVES[archive].format(number)
    for name in ("pmid", "pmcid"):
        if number := plain_text(values.get(name, "")):
            prefix, archive = ("PMC", "pmc") if name == "pmcid" else ("", "pubmed")
            if (digits := number.upper().removeprefix("PMC").strip(" :")).isdecimal():
                yield archive, _ARCHIVES[archive].format(f"{prefix}{digits}")
    for name in ("eprint", "howpublished"):
        if url := _address(without_tex(plain_text(values.get(name, "")))) or url_in(without_tex(values.get(name, ""))):
            yield link_kind(url), url


def _address(text: str) -> str | None:
    """Return the URL in a text, with a scheme added if the text begins with `www.`; None if there is none."""
    return url_in(text) or (address_in(text) if text.startswith("www.") else None)


def _eprint(values: Mapping[str, str]) -> dict[str, object]:
    """Return the arXiv id and category of an arXiv `eprint`; without an `eprint`, the category alone."""
    number = without_tex(plain_text(values.get("eprint", "")))
    archive = (values.get("archiveprefix") or values.get("eprinttype") or "arxiv").strip().lower()
    if number and "arxiv" in archive:
        category = plain_text(values.get("primaryclass") or values.get("eprintclass") or "")
        is_old = _OLD_NUMBER.fullmatch(number) and category
        found = arxiv_in(f"{category}/{number}" if is_old else number)
        is_named = "archiveprefix" in values or "eprinttype" in values
        return {
            "arxiv": found or (number if is_named else None),
            "categories": [category] if found and category else [],
        }
    category = plain_text(values.get("primaryclass", ""))
    return {"categories": [category]} if category and not number else {}


def _published(values: Mapping[str, str]) -> str:
    """Return the date from `date`, else from `year`, `month` and `day`; a text that is no date stays as written."""
    whole = values.get("date", "").strip() or (not values.get("year") and values.get("eventdate", "").strip())
    if whole:
        return written_date(plain_text(_FOR_SORTING.sub("", whole)))
    year = written_date(plain_text(_FOR_SORTING.sub("", values.get("year", ""))))
    words = re.findall(r"\d+|[^\W\d_]+", plain_text(values.get("month", "")))
    month = next(iter(sorted(filter(month_of, words), key=str.isdigit)), None)  # a named month before a number
    is_named = month is not None and not month.isdigit()  # `10-12` are months, `Oct 12` has a day
    day = values.get("day") or next((word for word in words if word.isdigit() and is_named), None)
    return (date_of_parts(year, month, day) or year) if year.isdigit() else year


READER = Reader(
    name="BibTeX",
    about="BibTeX and BibLaTeX bibliographies",
    example="@article{key,\n  title = {A Paper},\n  author = {Last, First and Other, N.},\n  year = 2026\n}",
    recognises=recognises,
    read=read,
)
