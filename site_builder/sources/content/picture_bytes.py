"""Identify and measure pictures from their bytes, within size limits, before any processing."""

import io
import struct
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from site_builder.fingerprint import fingerprint
from site_builder.sources.file_kinds import kind_of, text_kind

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 20 * 1024 * 1024
MAX_SIDE = 10_000  # pixels
MAX_PIXELS = 40_000_000
DIGEST_BYTES = 8  # of the digest in the names of files made from a picture

# Supported formats, by Pillow's names → their file extensions.
FORMATS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    "AVIF": (".avif",),
}
_AS_PNG = "save it as PNG, JPEG or WebP"


class PictureError(ValueError):
    """A picture cannot be shown: the reason, and a remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class PictureLook:
    """The properties of a picture: width and height in pixels, after rotation by EXIF; size in bytes.

    digest: of its bytes. doubts: oddities, each with a remedy.
    """

    digest: str
    format: str
    width: int
    height: int
    size: int
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def ending(self) -> str:
        return FORMATS[self.format][0]


@cache
def has_pillow() -> bool:
    """Return whether Pillow (the extra `pictures`) is installed."""
    return find_spec("PIL") is not None


def look_at(content: bytes, name: str = "") -> PictureLook:
    """Inspect the bytes of a picture. Raises PictureError if it cannot be shown.

    name: its file name, to report an extension that contradicts the bytes.
    """
    if len(content) > MAX_BYTES:
        raise PictureError(f"has more than {MAX_BYTES // 1024**2} MiB", "make it smaller")
    if not content:
        raise PictureError("is empty", "put the picture there again, or remove it")
    digest = fingerprint(content, DIGEST_BYTES)
    if not has_pillow():
        kind, width, height = _header(content)
        _refuse_size(width, height)
        return PictureLook(digest, kind, width, height, len(content), _misnamed(kind, name))
    picture = open_picture(content)
    doubts = list(_misnamed(str(picture.format), name))
    width, height = picture.size
    try:
        if getattr(picture, "is_animated", False):
            doubts.append(("moves, which no page shows", "its first frame is shown; save that alone"))
        picture.load()
        if picture.getexif().get(ORIENTATION, 1) >= SIDEWAYS:
            width, height = height, width
    except Exception as error:  # decoders raise many types on damaged bytes
        why = " ".join(str(error).split())[:80] or type(error).__name__
        raise PictureError(f"is broken ({why})", "save it anew") from None
    return PictureLook(digest, str(picture.format), width, height, len(content), tuple(doubts))


ORIENTATION = 0x0112  # EXIF tag
SIDEWAYS = 5  # from this value on, width and height are swapped


def open_picture(content: bytes) -> "Image.Image":
    """Open a picture without decoding its pixels. Raises PictureError if it is too large, or not a picture."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
        except Image.DecompressionBombError:
            raise PictureError("would unpack to far too many pixels", "make it smaller") from None
        except Exception:  # decoders raise many types on damaged bytes
            raise _no_picture(content) from None
    _refuse_size(*picture.size)
    return picture


def _refuse_size(width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        what = (
            f"is {width:,} × {height:,} pixels; at most {MAX_SIDE:,} a side and {MAX_PIXELS // 10**6} million are read"
        )
        raise PictureError(what, "make it smaller")
    if not (width and height):
        raise PictureError("has no pixels", "save it anew")


def _no_picture(content: bytes) -> PictureError:
    """Return the error that explains why bytes are not a supported picture."""
    head = content[:4096]
    kind = kind_of(head)
    if kind is None:
        kind = text_kind(head.decode("utf-8", "replace"))
        if kind and b"<svg" in head:
            return PictureError("is an SVG, which may hold scripts", _AS_PNG)
    if kind is None or kind.name != "a picture":
        return PictureError(f"is {kind.name if kind else 'not a picture'}", f"{_AS_PNG}, or remove it")
    return PictureError("is broken, or a picture of a kind that is not read", _AS_PNG)


def _misnamed(kind: str, name: str) -> tuple[tuple[str, str], ...]:
    ending = PurePosixPath(name).suffix.lower()
    if not ending or ending in FORMATS[kind]:
        return ()
    return ((f"is a {kind}, whatever its name says", f"let its name end in {FORMATS[kind][0]}"),)


def _header(content: bytes) -> tuple[str, int, int]:
    """Return format, width and height of a PNG or JPEG without Pillow. Raises PictureError for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > len(b"\x89PNG\r\n\x1a\n....IHDR........"):
        return "PNG", *struct.unpack(">II", content[16:24])
    if content.startswith(b"\xff\xd8\xff"):
        offset = 2
        while offset + 9 < len(content) and content[offset] == 0xFF:  # noqa: PLR2004 - a JPEG's marker
            marker, length = content[offset + 1], int.from_bytes(content[offset + 2 : offset + 4])
            if marker in _FRAMES:
                height, width = struct.unpack(">HH", content[offset + 5 : offset + 9])
                return "JPEG", width, height
            offset += 2 + length
    raise PictureError("is no PNG or JPEG, which alone are read without Pillow", 'install "broadsheet[pictures]"')


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
