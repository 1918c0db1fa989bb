"""Zotero's CSV: a table of items and attachments; the notes in it are private and not read."""

from collections.abc import Iterator

from site_builder.model.raw_paper import Item, RawPaper, Skipped, filled
from site_builder.sources.fields.named_fields import to_fields, with_identifiers
from site_builder.sources.formats import delimited
from site_builder.sources.formats.zotero_json import NOT_PAPERS, citation_key, doi_of_extra, with_extra
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_COLUMNS = frozenset({"key", "itemtype", "extra", "manualtags"})
_OWN = frozenset({"notes", "key", "type"})  # columns with another meaning than in other tables


# Columns that are read, or that a digest has no use for.
_KNOWN = frozenset(
    "key itemtype extra notes type dateadded datemodified accessdate fileattachments linkattachments archive "
    "archivelocation librarycatalog callnumber editor serieseditor translator contributor attorneyagent "
    "bookauthor castmember commenter composer cosponsor counsel interviewer producer recipient reviewedauthor "
    "scriptwriter wordsby guest place series seriesnumber seriestext seriestitle numpages numberofvolumes "
    "journalabbreviation shorttitle edition runningtime scale medium artworksize filingdate applicationnumber "
    "assignee issuingauthority legalstatus section session committee history legislativebody "
    "programminglanguage version system code codenumber country numberofpages meetingname conferencename genre "
    "programtitle network episode audiofiletype podcast repository thesistype archiveid prioritynumbers "
    "references court rights language isbn issn number".split()
)


def recognises(source: Source) -> bool:
    """Return whether a table has Zotero's columns."""
    return delimited.header_of(source) >= _COLUMNS and delimited.recognises(source)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each item; attachments, notes and annotations are skipped."""

    def item(row: delimited.Row) -> Item:
        if (kind := row.cells.get("itemtype", "")) in NOT_PAPERS:
            return Skipped(source.path, row.line, NOT_PAPERS[kind], row.lines)
        extra = row.cells.get("extra", "")
        fields = to_fields({name: cell for name, cell in row.cells.items() if name not in _OWN})
        names = {"key": citation_key(extra), "doi": fields.get("doi") or doi_of_extra(extra)}
        fields |= filled(names)
        fields = with_identifiers(with_extra(fields, extra), extra)
        return RawPaper(fields, source.path, row.line, row.lines, delimited.unread_cells(row, fields, _KNOWN))

    yield from delimited.read_rows(source, item)


READER = Reader(
    name="Zotero CSV",
    about="Zotero's CSV; attachments and notes are no papers, and your own notes are not published",
    example='"Key","Item Type","Author","Title","DOI","Date","Extra","Manual Tags"\n'
    '"ABCD2345","journalArticle","Last, First","A Paper","10.1000/xyz","2026-01-05","",""',
    recognises=recognises,
    read=read,
)
