"""The fingerprint by which a file is known again."""

from hashlib import blake2b
from pathlib import Path

DIGEST_BYTES = 16
_PIECE = 1024 * 1024  # bytes


def fingerprint_of(file: Path) -> str:
    """Return the fingerprint of a file's bytes, read in pieces however large it is. Raises OSError."""
    digest = blake2b(digest_size=DIGEST_BYTES)
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - Path.open takes longer than reading most files
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
