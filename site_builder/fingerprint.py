"""The fingerprint by which a file is known again."""

from hashlib import blake2b
from pathlib import Path

DIGEST_BYTES = 16
A_SECOND = 10**9  # nanoseconds
_PIECE = 1024 * 1024  # bytes


def fingerprint_of(file: Path) -> str:
    """Return the fingerprint of a file's bytes, read in pieces however large it is. Raises OSError."""
    digest = blake2b(digest_size=DIGEST_BYTES)
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - Path.open takes longer than reading most files
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def looks_of(file: Path) -> str:
    """Return what changes when a file is written or another takes its place. Raises OSError."""
    status = file.stat()
    looks = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    is_coarse = not (status.st_mtime_ns % A_SECOND or status.st_ctime_ns % A_SECOND)
    return f"{looks} {fingerprint_of(file)}" if is_coarse else looks  # a disk that counts seconds hides quick edits
