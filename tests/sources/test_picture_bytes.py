"""Inspecting pictures by their bytes: limits, and a remedy for those that cannot be shown."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from site_builder.sources.content import picture_bytes
from site_builder.sources.content.picture_bytes import PictureError, look_at
from tests.drawn import SVG, claiming, drawn, moving


@pytest.mark.parametrize(("form", "ending"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp"), ("AVIF", ".avif")])
def test_a_picture_is_known_by_its_bytes_with_its_size(form, ending):
    look = look_at(drawn(320, 200, form), f"x{ending}")
    assert (look.format, look.width, look.height, look.ending, look.doubts) == (form, 320, 200, ending, ())


def test_a_photograph_that_lies_on_its_side_is_as_wide_as_it_is_seen():
    exif = Image.Exif()
    exif[picture_bytes.ORIENTATION] = 6
    look = look_at(drawn(300, 200, "JPEG", exif=exif))
    assert (look.width, look.height) == (200, 300)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (claiming(30_000, 20), "is 30,000 × 20 pixels"),
        (claiming(9_000, 9_000), "is 9,000 × 9,000 pixels"),
        (claiming(2**31 - 1, 2**31 - 1), "pixels"),
        (claiming(0, 10), "is broken"),
        (claiming(600, 600), "is broken"),
        (drawn()[:-400], "is broken"),
        (drawn(form="JPEG")[:2000], "is broken"),
        (SVG, "is an SVG, which may hold scripts"),
        (b"<html><script>alert(1)</script></html>", "is not a picture"),
        (b"%PDF-1.4\n", "is a PDF"),
        (b"II*\x00" + bytes(50), "is broken, or a picture of a kind that is not read"),
        (bytes(picture_bytes.MAX_BYTES + 1), "has more than 20 MiB"),
    ],
)
def test_what_cannot_be_shown_says_why_and_what_to_do(content, told):
    with pytest.raises(PictureError) as error:
        look_at(content, "x.png")
    assert told in error.value.what
    assert error.value.remedy


def test_a_name_that_lies_and_a_picture_that_moves_are_doubts():
    assert [what for what, _ in look_at(drawn(form="JPEG"), "x.png").doubts] == ["is a JPEG, whatever its name says"]
    [(what, remedy)] = look_at(moving(), "x.gif").doubts
    assert "moves" in what
    assert "first frame" in remedy


@given(st.binary(max_size=300), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.integers(0, 600))
def test_no_bytes_raise_anything_else(noise, form, place):
    whole = drawn(40, 30, form)
    for content in (noise, whole[:place], whole[:place] + noise + whole[place + len(noise) :]):
        try:
            assert look_at(content).width > 0
        except PictureError as error:
            assert error.remedy


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_without_pillow_the_size_of_a_png_and_a_jpeg_is_known(monkeypatch, form):
    monkeypatch.setattr(picture_bytes, "has_pillow", lambda: False)
    look = look_at(drawn(321, 123, form))
    assert (look.format, look.width, look.height) == (form, 321, 123)
    with pytest.raises(PictureError, match="without Pillow"):
        look_at(drawn(form="WEBP"))
    with pytest.raises(PictureError):
        look_at(io.BytesIO(drawn(form="JPEG")).read(12))
