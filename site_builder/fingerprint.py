"""Fingerprints: by which bytes, texts and files are known again, within one release of this program or for ever."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

SIZE = 16  # bytes
A_SECOND = 10**9  # nanoseconds
_PIECE = 1024 * 1024  # bytes


def fingerprint(content: bytes | str, size: int = SIZE) -> str:
    """Return the fingerprint of bytes, or of a text as UTF-8, in hexadecimal digits; size: in bytes."""
    return blake2b(_encoded(content), digest_size=size).hexdigest()


def fingerprint_of_all(parts: Iterable[bytes | str]) -> str:
    """Return the fingerprint of a series of bytes and texts; where one ends and the next begins counts."""
    digest = blake2b(digest_size=SIZE)
    for part in parts:
        encoded = _encoded(part)
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


def fingerprint_of_file(file: Path) -> str:
    """Return the fingerprint of a file's bytes, read in pieces however large it is. Raises OSError."""
    digest = blake2b(digest_size=SIZE)
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - Path.open takes longer than reading most files
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def looks_of(file: Path) -> str:
    """Return what changes when a file is written or another takes its place. Raises OSError."""
    status = file.stat()
    looks = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    is_coarse = not (status.st_mtime_ns % A_SECOND or status.st_ctime_ns % A_SECOND)
    return f"{looks} {fingerprint_of_file(file)}" if is_coarse else looks  # a disk of seconds hides quick edits


def _encoded(content: bytes | str) -> bytes:
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
