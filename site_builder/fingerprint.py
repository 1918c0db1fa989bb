"""Fingerprints (hashes) that identify bytes, texts and files, stable across builds."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

SIZE = 16  # bytes
SECOND = 10**9  # nanoseconds
_PIECE = 1024 * 1024  # bytes


def fingerprint(content: bytes | str, size: int = SIZE) -> str:
    """Return the fingerprint of bytes, or of a text as UTF-8, in hexadecimal. size: in bytes."""
    return blake2b(_encoded(content), digest_size=size).hexdigest()


def fingerprint_of_all(parts: Iterable[bytes | str]) -> str:
    """Return the fingerprint of a series of bytes and texts; the boundaries between them matter."""
    digest = blake2b(digest_size=SIZE)
    for part in parts:
        encoded = _encoded(part)
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


def fingerprint_of_file(file: Path) -> str:
    """Return the fingerprint of a file's bytes, read in chunks. Raises OSError."""
    digest = blake2b(digest_size=SIZE)
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - Path.open takes longer than reading most files
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def stat_key(file: Path) -> str:
    """Return a text that changes when a file is written or replaced, from its size, times and inode. Raises OSError."""
    status = file.stat()
    key = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    is_coarse = not (status.st_mtime_ns % SECOND or status.st_ctime_ns % SECOND)
    return f"{key} {fingerprint_of_file(file)}" if is_coarse else key  # a disk with whole seconds hides quick edits


def _encoded(content: bytes | str) -> bytes:
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
