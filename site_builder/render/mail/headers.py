"""Header lines of mails with text from outside, safe against header injection."""

import re
from email.errors import MultipartInvariantViolationDefect
from email.header import Header
from email.parser import BytesHeaderParser
from email.policy import compat32

from site_builder.papers.clean import strip_controls
from site_builder.problems import BuildError

MAX_TEXT = 300  # characters; longer subjects are of no use
MAX_LINE = 998  # bytes without the line ending (RFC 5322 §2.1.1)

_SPECIAL = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]")  # characters that need quotes in a name


def header_text(text: str) -> str:
    """Return text for a header: one line, no control characters, and no `=?`, which would be read as encoded text."""
    line = " ".join(strip_controls(text).replace("=?", "= ?").split())
    return line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"


def text_header(name: str, text: str) -> str:
    """Return a header line of free text, encoded and folded where necessary (RFC 2047)."""
    line = header_text(text)
    charset = "us-ascii" if line.isascii() else "utf-8"
    return f"{name}: {Header(line, charset, header_name=name).encode(linesep=CRLF)}{CRLF}"


def name_and(address: str, text: str) -> str:
    """Return `Name <address>` with the name quoted or encoded; the address must already be validated."""
    name = header_text(text)
    if not name.isascii():
        name = Header(name, "utf-8").encode(linesep=CRLF)
    elif _SPECIAL.search(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address}>" if name else address


def header_block(lines: list[str]) -> bytes:
    """Return the lines as bytes, after parsing them to check that each is exactly one header.

    Raises BuildError if a line does not parse as its header, is too long, or cannot be encoded.
    """
    try:
        block = "".join(lines).encode("ascii")
    except UnicodeEncodeError as error:
        raise BuildError(f"a mail's header cannot hold {error.object[error.start]!r}; nothing was written") from None
    read = BytesHeaderParser(policy=compat32).parsebytes(block + CRLF.encode())
    wanted = [line.partition(":")[0] for line in lines]
    is_too_long = any(len(line) > MAX_LINE for line in block.split(CRLF.encode()))
    # Some releases of Python 3.11 report the missing parts, which the parser was not given.
    defects = [defect for defect in read.defects if not isinstance(defect, MultipartInvariantViolationDefect)]
    if read.keys() != wanted or defects or read.get_payload() or is_too_long:
        raise BuildError(f"a mail's header would be broken: {', '.join(wanted)}; nothing was written")
    return block


CRLF = "\r\n"
