"""Lines of a mail's header that hold text from outside and cannot be broken out of."""

import re
from email.errors import MultipartInvariantViolationDefect
from email.header import Header
from email.parser import BytesHeaderParser
from email.policy import compat32

from site_builder.papers.clean import strip_controls
from site_builder.problems import BuildError

MAX_TEXT = 300  # characters; a longer subject is of no use to anybody
MAX_LINE = 998  # bytes without the line's end (RFC 5322 §2.1.1)

_SPECIAL = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]")  # what a name without quotes cannot hold


def header_text(text: str) -> str:
    """Return text for one header: one line, no controls, and no `=?` that a reader would take for encoded text."""
    line = " ".join(strip_controls(text).replace("=?", "= ?").split())
    return line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"


def text_header(name: str, text: str) -> str:
    """Return a whole header line of free text, encoded and folded where it must be (RFC 2047)."""
    line = header_text(text)
    charset = "us-ascii" if line.isascii() else "utf-8"
    return f"{name}: {Header(line, charset, header_name=name).encode(linesep=CRLF)}{CRLF}"


def name_and(address: str, text: str) -> str:
    """Return `Name <address>` with the name quoted or encoded; the address must have been checked."""
    name = header_text(text)
    if not name.isascii():
        name = Header(name, "utf-8").encode(linesep=CRLF)
    elif _SPECIAL.search(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address}>" if name else address


def header_block(lines: list[str]) -> bytes:
    """Return the lines as bytes, read back: each must be one header and none may have become two.

    Raises BuildError when a value does not come back as the one header it was.
    """
    try:
        block = "".join(lines).encode("ascii")
    except UnicodeEncodeError as error:
        raise BuildError(f"a mail's header cannot hold {error.object[error.start]!r}; nothing was written") from None
    read = BytesHeaderParser(policy=compat32).parsebytes(block + CRLF.encode())
    wanted = [line.partition(":")[0] for line in lines]
    is_too_long = any(len(line) > MAX_LINE for line in block.split(CRLF.encode()))
    # Some releases of Python 3.11 miss the parts, which were not given to the parser.
    defects = [defect for defect in read.defects if not isinstance(defect, MultipartInvariantViolationDefect)]
    if read.keys() != wanted or defects or read.get_payload() or is_too_long:
        raise BuildError(f"a mail's header would be broken: {', '.join(wanted)}; nothing was written")
    return block


CRLF = "\r\n"
