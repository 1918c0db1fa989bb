"""Read one input file as text: byte-order marks, encodings, gzip, binary files, and limits on size."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.lazy import lazy_pattern
from site_builder.sources import file_kinds
from site_builder.sources.old_encodings import certain_encoding, likely_encoding, utf_16_without_mark

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_CHARACTERS = 64 * 1024  # characters by which readers recognise their format
WIDE_HEAD = 16 * HEAD_CHARACTERS  # for a second attempt, if no reader does: a first paper may have 6,000 authors
MAX_TEXT = 64 * 1024 * 1024  # characters of a file that is read whole
MAX_LINE = 8 * 1024 * 1024  # characters of one line of a file that is read line by line
MAX_UNPACKED = 8 * 1024 * 1024 * 1024  # bytes out of one gzip file that is read line by line
TEXT_TO_NUL = 1_000  # a text with more than one NUL in as many characters is binary; fewer NULs are removed
MAX_RATIO = 100  # highest compression ratio of a gzip file; lists of papers have 3 to 10
_FIRST_BYTES = 1_024  # bytes that may declare the encoding
FREE_RATIO = 16 * 1024 * 1024  # unpacked bytes below which any ratio is allowed


_DECLARED = lazy_pattern(rb"<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9_-]{1,20})[\"']")
# Encodings in comments, as JabRef writes them above a bibliography. The comment remains when the file is later saved
# as UTF-8, so UTF-8 is tried first.
_IN_COMMENT = lazy_pattern(
    rb"^[\s%#]*(?:-\*-\s*|!TEX\s+)?(?:file)?(?:en)?coding\s*[:=]\s*([A-Za-z0-9_-]{1,20})"
    rb"|^Content:\s*text/[a-z]+;\s*charset=\"?([A-Za-z0-9_-]{1,20})"  # above RIS
    rb"|^%+ Saved with string encoding [^\n(]{1,20}\((?:ISO |Windows )?([A-Za-z0-9 -]{1,20})\)",  # of BibDesk
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_NAMES = {"isolatin": "latin-1", "isolatin1": "latin-1", "latin-9": "iso-8859-15", "macosroman": "mac-roman"}
_WHO_WROTE = lazy_pattern(  # `On Monday Jane <jane@…> wrote:`
    r"^(?!>).{1,200}\b(?:wrote|writes|schrieb|a \u00e9crit|escribi\u00f3|ha scritto|escreveu)\b"
    r"[^>\n]{0,100}:[ \t]{0,9}\n(?=>)",
    re.MULTILINE,
)
_QUOTED = lazy_pattern(r"^(?:>[ \t]?)+", re.MULTILINE)
_SAFE = lazy_pattern(
    r"iso8859-\d+|cp125\d|cp(?:437|850|852|932|949)|mac-\w+|koi8-\w|gb\w+|big5|shift_jis|euc_\w+|utf-8"
)
_META_CHARSET = lazy_pattern(rb"<meta\s[^<>]{0,200}?charset=[\"']?([A-Za-z0-9_-]{1,20})", re.IGNORECASE)
_ONE_BYTE = frozenset({"iso-8859-1", "iso-8859-15", "latin-1", "windows-1252", "us-ascii"})


class DecodeError(Exception):
    """Raised for a file that cannot be read as text. line: 1-based, None if unknown."""

    def __init__(self, what: str, remedy: str, line: int | None = None) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy
        self.line = line


class Source:
    """One input file.

    path: below the content folder. head: the beginning of the text. encoding: of the bytes; None to detect it.
    The constructor, `text()` and `lines()` raise DecodeError for binary or damaged files and beyond the limits on size.
    """

    def __init__(
        self,
        path: str,
        open_bytes: Callable[[], io.RawIOBase | io.BufferedIOBase],
        encoding: str | None = None,
    ):
        self.path = path
        self._open_bytes = open_bytes
        self._encoding = encoding
        if encoding is None:
            self._encoding = self._older_encoding()
        self._text: str | None = None
        self.head, self._is_whole = self._read(HEAD_CHARACTERS)

    @classmethod
    def from_text(cls, text: str, path: str) -> "Source":
        """Return a source of a text that is no file: from standard input, or in a test."""
        return cls(path, lambda: io.BytesIO(text.encode("utf-8", "surrogatepass")), "utf-8")

    @classmethod
    def from_file(cls, file: Path, path: str) -> "Source":
        return cls(path, lambda: file.open("rb"))

    def text(self) -> str:
        """Return the whole text with `\\n` line ends and without byte-order mark.

        Raises DecodeError for more than MAX_TEXT characters.
        """
        if self._text is None:
            text, is_whole = (self.head, True) if self._is_whole else self._read(MAX_TEXT)
            if not is_whole:
                raise DecodeError(f"holds more than {MAX_TEXT:,} characters", "split it into several files")
            self._text = text
        return self._text

    def unquoted(self) -> "Source | None":
        """Return a source without the `>` with which a mail quotes it; None if at most half of its lines have one."""
        lines = [line for line in self.head.split("\n") if line.strip()]
        if 2 * sum(line.startswith(">") for line in lines) <= len(lines):
            return None
        return Source.from_text(_QUOTED.sub("", _WHO_WROTE.sub("\n", self.text())), self.path)

    @property
    def is_short(self) -> bool:
        """Return whether `head` is the whole text."""
        return self._is_whole

    def widen(self) -> bool:
        """Extend `head` to WIDE_HEAD characters; return whether that changed it. Raises DecodeError."""
        if self._is_whole or len(self.head) >= WIDE_HEAD:
            return False
        self.head, self._is_whole = self._read(WIDE_HEAD)
        return True

    def beginning(self, limit: int) -> tuple[str, bool]:
        """Return the first characters of the text, and whether they are the whole text. Raises DecodeError."""
        return (self.head, True) if self._is_whole else self._read(limit)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (1-based number, line without its end), reading as it goes, so that files may have any length."""
        number = 0
        try:
            with io.StringIO(self.head) if self._is_whole else self._stream() as stream:
                while line := stream.readline(MAX_LINE + 1):
                    number += 1
                    if len(line) > MAX_LINE:
                        raise DecodeError(f"the line is longer than {MAX_LINE:,} characters", "break it up", number)
                    yield number, line.removesuffix("\n").replace("\x00", "").removeprefix(_MARK)
        except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
            raise _decode_error(error, number + 1) from None

    def _older_encoding(self) -> str | None:
        """Return the encoding that the first bytes declare or reveal; None if the file can be decoded without it."""
        declared = self._declared_encoding()
        return declared if declared and not self._is_decodable() else None

    def _is_decodable(self) -> bool:
        """Return whether no byte of the file contradicts its encoding."""
        try:
            with self._stream() as stream:
                while stream.read(HEAD_CHARACTERS):
                    pass
        except UnicodeDecodeError:
            return False
        except (OSError, EOFError, zlib.error):
            pass  # told when the file is read
        return True

    def _declared_encoding(self) -> str | None:
        """Return the encoding that a comment at the beginning declares, or that gives the first line known columns.

        None if there is neither, or if the declared encoding is not a safe one.
        """
        try:
            with self._stream() as stream:
                first = stream.buffer.read(_FIRST_BYTES)
            declared = _IN_COMMENT.search(first)
            word = next(filter(None, declared.groups())).decode().lower().replace(" ", "-") if declared else ""
            name = codecs.lookup(_OTHER_NAMES.get(word, word)).name if declared else ""
        except (LookupError, OSError, EOFError, zlib.error):
            return None
        if not declared:
            return certain_encoding(bytes(first))
        return name if _SAFE.fullmatch(name) and name != "utf-8" else None

    def _read(self, limit: int) -> tuple[str, bool]:
        """Return the first characters without NULs, and whether they are the whole text. Raises DecodeError."""
        text = ""
        try:
            with self._stream() as stream:
                text = stream.read(limit + 1)
        except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
            raise _decode_error(error, self._line_of_damage()) from None
        if text.count("\x00") * TEXT_TO_NUL > len(text):
            line = text.count("\n", 0, text.index("\x00")) + 1
            raise DecodeError("holds NUL characters", "it is no text file; remove it from the lists", line)
        kept = text[:limit].replace("\x00", "").removeprefix(_MARK)
        return kept.replace(f"\n{_MARK}", "\n") if _MARK in kept else kept, len(text) <= limit

    def _stream(self) -> io.TextIOWrapper:
        stream: io.BufferedReader = io.BufferedReader(self._open_bytes())
        if stream.peek(2)[:2] == b"\x1f\x8b":
            stream = io.BufferedReader(_Bounded(stream))
        try:
            _refuse_binary(stream)
        except BaseException:
            stream.close()
            raise
        return io.TextIOWrapper(stream, self._encoding or _encoding(stream.peek(1024)[:1024]), newline=None)

    def _line_of_damage(self) -> int | None:
        """Return the 1-based line of the first byte that cannot be decoded, None if it is not found."""
        try:
            with self._stream() as stream:
                stream.reconfigure(errors="replace")
                text = stream.read(MAX_TEXT)
        except (OSError, EOFError, zlib.error):
            return None
        return text.count("\n", 0, text.index("\ufffd")) + 1 if "\ufffd" in text else None


def _refuse_binary(stream: io.BufferedReader) -> None:
    """Raise DecodeError for a file whose first bytes are those of a known binary format."""
    head = stream.peek(file_kinds.HEAD)[: file_kinds.HEAD]
    kind = file_kinds.kind_of(stream.read(file_kinds.CONTAINER_BYTES) if file_kinds.is_container(head) else head)
    if kind:
        raise DecodeError(f"is {kind.name}, no list of papers", kind.remedy)


class _Bounded(io.RawIOBase):
    """A gzip stream that raises OSError beyond MAX_UNPACKED bytes, or beyond MAX_RATIO times the packed size."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._unpacked = 0

    def close(self) -> None:
        self._packed.close()
        super().close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        self._unpacked += len(data)
        if self._unpacked > MAX_UNPACKED:
            raise OSError(f"unpacks to more than {MAX_UNPACKED:,} bytes")
        if self._unpacked > max(FREE_RATIO, MAX_RATIO * self._packed.tell()):
            raise OSError(f"unpacks to more than {MAX_RATIO} times its size")
        view[: len(data)] = data
        return len(data)


def _encoding(head: bytes) -> str:
    """Return UTF-16 if a mark or the zeros show it, an older encoding if XML or HTML declares it, otherwise UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if 0 in head and (encoding := utf_16_without_mark(head)):
        return encoding
    declared = _DECLARED.match(head) or (_META_CHARSET.search(head) if head.lstrip().startswith(b"<") else None)
    name = declared[1].decode().casefold() if declared else "utf-8-sig"
    return name if name in _ONE_BYTE else "utf-8-sig"


_MARK = "\ufeff"  # byte-order mark; also within a text that was concatenated from files
_CONTROLS = lazy_pattern(rb"[\x00-\x06\x0e-\x1a]")  # control characters that no text contains


def _decode_error(error: Exception, line: int | None) -> DecodeError:
    if isinstance(error, UnicodeDecodeError):
        name = error.encoding.removesuffix("-sig").upper()
        if name == "UTF-8" and _CONTROLS.search(error.object):
            return DecodeError("is no text file, and of no kind that is known", "move it out of the content", line)
        likely = likely_encoding(error.object)
        remedy = (
            f"it seems to be {likely}: save it as UTF-8 (a table as `CSV UTF-8`)"
            if likely
            else "save the file as UTF-8"
        )
        return DecodeError(f"holds bytes that are no {name}", remedy, line)
    if isinstance(error, OSError) and error.errno:
        return DecodeError(f"cannot be read ({error.strerror})", "check that the file is there and readable")
    return DecodeError(f"damaged gzip data ({error})", "pack the file again", line)
