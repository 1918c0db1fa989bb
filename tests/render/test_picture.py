"""What is made of a picture: small enough whatever it shows, upright, on white, the same bytes each time."""

import io
from pathlib import Path

import pytest
from PIL import Image

from site_builder.model.page import Page
from site_builder.model.picture import PictureToMake, within
from site_builder.pages.static import PictureData
from site_builder.papers.pictures import BOXES
from site_builder.problems import BuildError
from site_builder.render import picture
from site_builder.render.picture import RECIPES, make
from site_builder.sources.content.picture_bytes import look_at
from tests.drawn import drawn, noise
from tests.factories import catalogue, site


def wanted(content, form="small", file="x.png"):
    look = look_at(content)
    return PictureToMake("p", file, look.digest, form, *within(look.width, look.height, *BOXES[form]))


@pytest.mark.parametrize("form", RECIPES)
@pytest.mark.parametrize(
    ("draw", "width", "height"), [(noise, 1200, 1200), (noise, 300, 4000), (drawn, 1600, 900), (drawn, 40, 30)]
)
def test_every_form_has_its_size_and_no_more_bytes_than_it_may(form, draw, width, height):
    content = draw(width, height)
    asked = wanted(content, form)
    made = make(content, asked)
    assert len(made) <= RECIPES[form].max_bytes
    image = Image.open(io.BytesIO(made))
    assert (image.size, image.format) == ((asked.width, asked.height), RECIPES[form].format)
    assert draw == noise or make(content, asked) == made  # what is hard to make small takes long


def test_a_card_of_thirty_pictures_stays_below_its_bound():
    assert RECIPES["small"].max_bytes <= 14_000
    assert 40_000 + RECIPES["large"].max_bytes + 29 * RECIPES["small"].max_bytes <= 300_000


def test_what_is_transparent_is_white_and_what_a_camera_noted_is_gone():
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    stream = io.BytesIO()
    clear.save(stream, "PNG")
    made = Image.open(io.BytesIO(make(stream.getvalue(), wanted(stream.getvalue()))))
    assert made.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    exif[0x0112] = 6
    photograph = drawn(400, 200, "JPEG", exif=exif)
    for form in RECIPES:
        made = make(photograph, wanted(photograph, form))
        assert b"Camera" not in made
        assert Image.open(io.BytesIO(made)).height > Image.open(io.BytesIO(made)).width


def test_a_picture_that_changes_while_a_site_is_built_stops_it(tmp_path):
    file = Path(tmp_path / "x.png")
    file.write_bytes(drawn())
    page = Page("p", "picture", "", "the picture x.png", PictureData(wanted(drawn(), file=str(file))))
    assert picture.render(page, site(catalogue())) == make(drawn(), wanted(drawn()))
    file.write_bytes(drawn(seed=3))
    with pytest.raises(BuildError, match="changed while the site was built"):
        picture.render(page, site(catalogue()))
