"""Recognise files that are not lists of papers by their first bytes or characters, and say what to do with them."""

import re
from dataclasses import dataclass

from site_builder.lazy import lazy_pattern

CONTAINER_BYTES = 4 * 1024 * 1024  # bytes of a packed document that are searched for the names of its parts
HEAD = 4096  # bytes that suffice to recognise every other kind


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is not a list of papers. name: with its article, as in "a PDF"."""

    name: str
    remedy: str


_UNPACK = "unpack it and put the lists themselves here"
_AS_TEXT = "save the list as plain text (UTF-8), or copy it into a text file"
_AS_TABLE = "save the sheet with the papers as CSV (UTF-8)"
_EXPORT = "export its papers as CSV, JSON or BibTeX"
_AS_RIS = "export the papers as RIS or BibTeX"
_STATIC = "move it to static/ if the site is to have it, otherwise out of the content"
_PAPER = "write the title of the paper into a list, or move the file to static/ if the site is to have it"
_DECRYPT = "decrypt it and put the list itself here"
_AWAY = "move it out of the content"

PICTURE = FileKind("a picture", _STATIC)
PDF = FileKind("a PDF", _PAPER)
ZIP = FileKind("a ZIP archive", _UNPACK)
_MEDIA = FileKind("a sound or a film", _STATIC)
_FONT = FileKind("a font", _STATIC)
_PROGRAM = FileKind("a program", _AWAY)
_DATA = "export the table as CSV or JSON lines"

# Patterns at the first byte of a file; the first that matches decides.
_BY_BYTES: tuple[tuple[bytes, FileKind], ...] = (
    (rb"(?:\xef\xbb\xbf)?\s*%PDF-", PDF),
    (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP", PICTURE),
    (rb"8BPS\x00|\x00\x00\x01\x00[^\x00]\x00|\xff\x0a|\x00{3}\x0cJXL |\x00{3}\x0cjP  ", PICTURE),
    (rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif|avis)", PICTURE),
    (rb".{4}ftyp|ID3[\x02-\x04]|OggS\x00|fLaC|RIFF.{4}(?:WAVE|AVI )|\x1aE\xdf\xa3|\xff[\xfb\xf3\xf2]", _MEDIA),
    (rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB", FileKind("an Access database", _EXPORT)),
    (rb"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", FileKind("a OneNote notebook", _AS_TEXT)),
    (rb"L\x00\x00\x00\x01\x14\x02\x00", FileKind("a shortcut of Windows", _AWAY)),
    (rb"Salted__|\x85[\x01-\x04].\x03|\x84[\x5e-\x8c]\x03|-----BEGIN PGP MESSAGE", FileKind("encrypted", _DECRYPT)),
    (rb"SQLite format 3\x00", FileKind("an SQLite database", _EXPORT)),
    (rb"\{\\rtf", FileKind("a rich-text document (RTF)", _AS_TEXT)),
    (rb"%!PS", FileKind("a PostScript document", _PAPER)),
    (rb"AT&TFORM", FileKind("a DjVu document", _PAPER)),
    (rb".{60}BOOKMOBI", FileKind("an e-book (MOBI)", _PAPER)),
    (rb"BZh[1-9]1AY&SY", FileKind("packed with bzip2", _UNPACK)),
    (rb"\xfd7zXZ\x00", FileKind("packed with xz", _UNPACK)),
    (rb"\x28\xb5\x2f\xfd", FileKind("packed with Zstandard", _UNPACK)),
    (rb"\x04\x22\x4d\x18", FileKind("packed with LZ4", _UNPACK)),
    (rb"7z\xbc\xaf\x27\x1c", FileKind("a 7z archive", _UNPACK)),
    (rb"Rar!\x1a\x07", FileKind("a RAR archive", _UNPACK)),
    (rb".{257}ustar", FileKind("a tar archive", _UNPACK)),
    (rb"PAR1", FileKind("a Parquet table", _DATA)),
    (rb"ARROW1|FEA1", FileKind("an Arrow table", _DATA)),
    (rb"\x89HDF\r\n|\x93NUMPY", FileKind("a file of numbers", _DATA)),
    (rb"\x80[\x02-\x05][\x80-\xff\x00-\x1f}\]()]", FileKind("a Python pickle", _DATA)),
    (rb"bplist00", FileKind("an Apple property list or web archive", _AS_TEXT)),
    (rb"\x00\x01\x00\x00\x00|OTTO\x00|wOF[F2]", _FONT),
    (rb"\x7fELF|MZ[^\n]{0,2}\x00|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\x00asm", _PROGRAM),
)
_KINDS = tuple((lazy_pattern(pattern, re.DOTALL), kind) for pattern, kind in _BY_BYTES)

# Bytes within a ZIP file → what the file is; the first that is found decides.
_ZIP = lazy_pattern(rb"PK\x03\x04|PK\x05\x06")
_PARTS_OF_ZIP: tuple[tuple[bytes, FileKind], ...] = (
    (b"mimetypeapplication/epub+zip", FileKind("an e-book (EPUB)", _PAPER)),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", FileKind("an OpenDocument text", _AS_TEXT)),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", FileKind("an OpenDocument spreadsheet", _AS_TABLE)),
    (b"mimetypeapplication/vnd.oasis.opendocument", FileKind("an OpenDocument file", _AS_TEXT)),
    (b"word/document", FileKind("a Word document", _AS_TEXT)),
    (b"xl/workbook", FileKind("an Excel workbook", _AS_TABLE)),
    (b"xl/worksheets", FileKind("an Excel workbook", _AS_TABLE)),
    (b"ppt/presentation", FileKind("a PowerPoint presentation", _AS_TEXT)),
    (b"ppt/slides", FileKind("a PowerPoint presentation", _AS_TEXT)),
    (b"Index/Presentation.iwa", FileKind("a Keynote presentation", _AS_TEXT)),
    (b"Index/CalculationEngine", FileKind("a Pages or Numbers document", _AS_TEXT)),
    (b"Index/Document.iwa", FileKind("a Pages, Numbers or Keynote document", _AS_TEXT)),
    (b"Index.zip", FileKind("a Pages, Numbers or Keynote document", _AS_TEXT)),
)
# Office files before the ZIP-based formats: an OLE container, whose directory names its parts in UTF-16.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS_OF_OLE: tuple[tuple[str, FileKind], ...] = (
    ("WordDocument", FileKind("a Word document", _AS_TEXT)),
    ("Workbook", FileKind("an Excel workbook", _AS_TABLE)),
    ("Book", FileKind("an Excel workbook", _AS_TABLE)),
    ("PowerPoint Document", FileKind("a PowerPoint presentation", _AS_TEXT)),
    ("__substg1.0_", FileKind("an Outlook message", _AS_TEXT)),
)


def is_container(head: bytes) -> bool:
    """Return whether a file is a ZIP or OLE container, of which `kind_of` needs more than the first bytes."""
    return head.startswith(_OLE) or _ZIP.match(head) is not None


def kind_of(data: bytes) -> FileKind | None:
    """Return the kind of a binary file, judging by its beginning; None for text and for unknown kinds."""
    if data.startswith(_OLE):
        found = (kind for name, kind in _PARTS_OF_OLE if name.encode("utf-16-le") in data)
        return next(found, FileKind("a document of an older office program", _AS_TEXT))
    if _ZIP.match(data):
        return next((kind for name, kind in _PARTS_OF_ZIP if name in data), ZIP)
    return next((kind for pattern, kind in _KINDS if pattern.match(data)), None)


_BEFORE_ROOT = r"\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?(?:<!(?:--.{0,2000}?--|DOCTYPE[^>\[]{0,500})>\s*+){0,5}"
# Root elements of records that libraries and publishers exchange.
_BY_ROOT: tuple[tuple[str, FileKind], ...] = (
    (r"mods(?:Collection)?[\s>]", FileKind("a MODS record", _AS_RIS)),
    (r"(?:collection|record)\b(?=[^>]{0,500}MARC21/slim)", FileKind("a MARC record", _AS_RIS)),
    (r"(?:TEI(?:Corpus)?|listBibl|biblStruct)[\s>]", FileKind("a TEI document", _AS_RIS)),
    (r"(?:ONIXMessage|Product\b(?=[^>]{0,500}onix))", FileKind("an ONIX message", _AS_RIS)),
    (r"Sources\b(?=[^>]{0,500}officeDocument)", FileKind("a list of Word's sources", _AS_RIS)),
)
# Texts without papers; reported only if no reader recognises the file.
_BY_TEXT: tuple[tuple[str, FileKind], ...] = (
    (r"(?s)\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]", PICTURE),
    (r"\s*(?:<\?xml[^>]*>\s*)?<opml[\s>]", FileKind("an OPML list of feeds", "put their addresses under `fetch:`")),
    (
        r"(?s)(?=.{0,2000}multipart/related)(?:From: <Saved by|MIME-Version:|From: )",
        FileKind("a web page saved as one file (MHTML)", "save it as `Web page, HTML only`"),
    ),
    (r"(?s)From \S+ .{0,4000}\nSubject:", FileKind("a mailbox", _AS_TEXT)),
    (r"\s*(?:%[^\n]*\n\s*)*\\documentclass", FileKind("a LaTeX document", "use the .bib file of its references")),
    (r"#!\s?/", _PROGRAM),
    (
        r"(?s)\s*\{.{0,300}\"(?:cell_type|nbformat)\"",
        FileKind("a Jupyter notebook", "copy the list in it into a text file"),
    ),
    (r"version https://git-lfs\.", FileKind("a pointer of Git LFS", "fetch the file itself with `git lfs pull`")),
    (
        r"(?s)\s*\{(?:.{0,300}?\"errors?\"\s*:\s*(?!null|false|\[\s*\]|\{\s*\})|\s*\"(?:message|detail)\"\s*:\s*\")",
        FileKind("the refusal of a service", "ask it again"),
    ),
    *((rf"(?s){_BEFORE_ROOT}<(?:\w{{1,20}}:)?{root}", kind) for root, kind in _BY_ROOT),
    (r"=LDR\s|\d{5}[acdnp][a-z]{2}[ a-z#]{1,2}[ a-z]?22\d{5}.{3}4500", FileKind("a MARC record", _AS_RIS)),
    (r"BEGIN:VCALENDAR", FileKind("a calendar", _AWAY)),
    (r"BEGIN:VCARD", FileKind("a file of contacts", _AWAY)),
    (r"\{\s*\"url\":\s?\"https://docs\.google\.com/", FileKind("a link to a Google document", _AS_TEXT)),
    (r"\[InternetShortcut\]", FileKind("a link to a web page", "write the address into a list")),
    (r"(?:<!DOCTYPE plist|<\?xml[^>]*>\s*<!DOCTYPE plist)", FileKind("an Apple property list", _AS_TEXT)),
)
_HEADER = r"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)"  # of a mail
# Exports that readers of plain references would misread; reported before any reader is tried.
_EXPORTS: tuple[tuple[str, FileKind], ...] = (
    (r"\[Desktop Entry\]", FileKind("a link to a web page", "write the address into a list")),
    (
        r"\s*(?:<\d{1,6}>\s*\n(?!TY\s)[^\n]{0,80}|(?:Score|Accession Number|Unique Identifier)[ \t]*\n {2}\S[^\n]*)\n",
        FileKind("an export of Ovid", _AS_RIS),
    ),
    (
        rf"(?i)(?!From: <Saved by){_HEADER}{{1,100}}?Content-Transfer-Encoding:[ \t]*(?:base64|quoted-printable)",
        FileKind("a mail as it is sent", "copy its text as your mail program shows it"),
    ),
    (
        rf"(?i)(?!From: <Saved by)(?!.{{0,2000}}multipart/related){_HEADER}{{1,100}}?Content-Type:[ \t]*multipart/",
        FileKind("a mail as it is sent", "copy its text as your mail program shows it"),
    ),
)
_EXPORT_KINDS = tuple((lazy_pattern(pattern), kind) for pattern, kind in _EXPORTS)
_TEXT_KINDS = tuple((lazy_pattern(pattern, re.IGNORECASE), kind) for pattern, kind in _BY_TEXT)
_XML_ROOT = lazy_pattern(rf"(?=\s*<\?xml){_BEFORE_ROOT}<([\w:.-]{{1,60}})")


def export_kind(head: str) -> FileKind | None:
    """Return the kind of an export that readers would misread; None for any other text."""
    return next((kind for pattern, kind in _EXPORT_KINDS if pattern.match(head)), None)


def text_kind(head: str) -> FileKind | None:
    """Return the kind of a text without papers, judging by its beginning; None if it is unknown."""
    kind = export_kind(head) or next((kind for pattern, kind in _TEXT_KINDS if pattern.match(head)), None)
    if kind is None and (root := _XML_ROOT.match(head)):
        return FileKind(f"XML of a kind that is not read (<{root[1]}>)", "export BibTeX, RIS or CSL-JSON")
    return kind
