"""The body of an answer, unpacked within bounds on its size."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator

from site_builder.commands.fetch.fetch_error import FetchError

MAX_BYTES = 64 * 1024 * 1024  # of an answer, as it comes and unpacked
MAX_RATIO = 100  # unpacked bytes for each one that came; real lists have 3 to 12
RATIO_COUNTS_FROM = 1024 * 1024  # unpacked bytes

_GZIP = b"\x1f\x8b"


def unpacked(url: str, encoding: str, chunks: Iterable[bytes]) -> bytes:
    """Return a whole body. Raises FetchError for one that is too large, damaged, or packed in another way than gzip."""
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(url, f"packed as {encoding}, which was not asked for", "check the source in site.yaml")
    packed = _joined(url, chunks, MAX_BYTES)
    if encoding in ("", "identity") and not packed.startswith(_GZIP):
        return packed
    return _joined(url, _inflated(url, packed), min(MAX_BYTES, max(RATIO_COUNTS_FROM, MAX_RATIO * len(packed))))


def _joined(url: str, pieces: Iterable[bytes], longest: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > longest:
            raise FetchError(url, "the answer is too large", f"at most {MAX_BYTES:,} bytes are taken")
    return bytes(body)


def _inflated(url: str, packed: bytes) -> Iterator[bytes]:
    """Yield what gzip data hold, a bounded piece at a time."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            yield from iter(lambda: stream.read(RATIO_COUNTS_FROM), b"")
    except EOFError:
        raise FetchError(url, "the answer is cut off", "try again later", is_passing=True) from None
    except (gzip.BadGzipFile, zlib.error):
        raise FetchError(url, "damaged gzip data", "try again later", is_passing=True) from None
