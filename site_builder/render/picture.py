"""Pictures for pages, mails and feeds: small enough, upright, and without the camera's metadata."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.fingerprint import fingerprint
from site_builder.model.page import Page
from site_builder.model.picture import Form, PictureToMake
from site_builder.pages.static import PictureData
from site_builder.problems import BuildError
from site_builder.render.site import Site
from site_builder.sources.content.picture_bytes import DIGEST_BYTES, PictureError, open_picture

if TYPE_CHECKING:
    from PIL import Image

WHITE = (255, 255, 255)
QUALITIES = (82, 74, 66, 58, 50, 40, 30, 20, 10, 0)
SHARPNESS = (1, 2, 4, 8)  # factors by which resolution is reduced if no quality makes the picture small enough


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to encode a form of a picture: format, maximum bytes, and other options of the encoder."""

    format: str
    max_bytes: int
    options: Mapping[str, object]


RECIPES: Mapping[Form, Recipe] = {
    "small": Recipe("WEBP", 7_500, {"method": 4}),  # thirty of these and a large one are below 300 kB
    "large": Recipe("WEBP", 36_000, {"method": 4}),
    "mail": Recipe("JPEG", 36_000, {"optimize": True, "subsampling": "4:2:0"}),
}


def render(page: Page, site: Site) -> bytes:
    """Return one form of a picture, from the cache if an earlier build made it.

    Raises BuildError for a file that has changed since the site was planned.
    """
    picture = PictureData.of(page).picture
    content = Path(picture.file).read_bytes()
    if fingerprint(content, DIGEST_BYTES) != picture.digest:
        raise BuildError(f"{page.claimant} changed while the site was built; build it again")
    if picture.form == "original":
        return content
    return site.cache.recall(cache_key(picture), lambda: make(content, picture)) or make(content, picture)


def cache_key(wanted: PictureToMake) -> tuple[str, str, Form]:
    """Return a key of everything that determines the bytes of a form."""
    return "picture", wanted.digest, wanted.form


def make(content: bytes, wanted: PictureToMake) -> bytes:
    """Return a form of a picture in the best quality that its limit of bytes allows.

    Raises BuildError for an unreadable picture.
    """
    try:
        whole = _upright(content, (wanted.width, wanted.height))
    except (PictureError, OSError, SyntaxError) as error:
        raise BuildError(f"{wanted.file} cannot be read: {error}") from error
    recipe = RECIPES[wanted.form]
    result = b""
    for coarser in SHARPNESS:
        picture = _coarse(whole, coarser)
        result = _best(lambda quality, picture=picture: _encoded(picture, recipe, quality), recipe.max_bytes)  # type: ignore[misc]
        if len(result) <= recipe.max_bytes:
            break
    return result


def _best(encoded: Callable[[int], bytes], max_bytes: int) -> bytes:
    """Return the best quality of at most `max_bytes`, else the lowest."""
    result = b""
    for quality in QUALITIES:
        result = encoded(quality)
        if len(result) <= max_bytes:
            break
    return result


def _encoded(picture: "Image.Image", recipe: Recipe, quality: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, recipe.format, quality=quality, **recipe.options)
    return stream.getvalue()


def _coarse(picture: "Image.Image", times: int) -> "Image.Image":
    if times == 1:
        return picture
    width, height = picture.size
    return picture.resize((max(1, width // times), max(1, height // times))).resize(picture.size)


def _upright(content: bytes, size: tuple[int, int]) -> "Image.Image":
    """Return the pixels of a picture at `size`, on white if it is transparent, since figures are drawn for paper."""
    from PIL import Image, ImageOps

    picture = open_picture(content)
    if picture.format == "JPEG":
        picture.draft("RGB", size if picture.size[0] > picture.size[1] else size[::-1])
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    if turned.has_transparency_data:
        flat = Image.new("RGB", turned.size, WHITE)
        clear = turned.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
        turned = flat
    return turned.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
