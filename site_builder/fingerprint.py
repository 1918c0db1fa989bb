"""The fingerprint by which a file is known again."""

from hashlib import blake2b, file_digest
from pathlib import Path

DIGEST_BYTES = 16


def fingerprint_of(file: Path) -> str:
    """Return the fingerprint of a file's bytes, read in pieces however large it is. Raises OSError."""
    with file.open("rb") as stream:
        return file_digest(stream, lambda: blake2b(digest_size=DIGEST_BYTES)).hexdigest()
