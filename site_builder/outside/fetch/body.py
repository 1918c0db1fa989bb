"""The body of an answer, unpacked while it comes and never past bounds on its size."""

import zlib
from collections.abc import Iterator

from site_builder.outside.fetch.fetch_error import FetchError

MAX_BYTES = 64 * 1024 * 1024  # of an answer, as it comes and unpacked
MAX_RATIO = 100  # unpacked bytes for each one that came; real lists have 3 to 12
RATIO_COUNTS_FROM = 1024 * 1024  # unpacked bytes

_GZIP = b"\x1f\x8b"


def unpacked(url: str, encoding: str, chunks: Iterator[bytes]) -> bytes:
    """Return a whole body. Raises FetchError for one that is too large, damaged, or packed in another way than gzip."""
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"{url}: packed as {encoding}, which was not asked for", "check the source in site.yaml")
    body = bytearray()
    gzip: zlib._Decompress | None = None
    received = 0
    for chunk in chunks:
        if not received and (encoding or chunk.startswith(_GZIP)):
            gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        received += len(chunk)
        for part in _inflated(url, gzip, chunk) if gzip else (chunk,):
            body += part
            is_bomb = len(body) > RATIO_COUNTS_FROM and len(body) > MAX_RATIO * received
            if len(body) > MAX_BYTES or is_bomb:
                raise FetchError(f"{url}: the answer is too large", f"at most {MAX_BYTES:,} bytes are taken")
    if gzip and not gzip.eof:
        raise FetchError(f"{url}: the answer is cut off", "try again later", is_passing=True)
    return bytes(body)


def _inflated(url: str, gzip: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    """Yield what a packed chunk holds, a bounded piece at a time."""
    try:
        while chunk:
            yield gzip.decompress(chunk, RATIO_COUNTS_FROM)
            chunk = gzip.unconsumed_tail
    except zlib.error:
        raise FetchError(f"{url}: damaged gzip data", "try again later", is_passing=True) from None
