"""Pictures in a browser: nothing moves while they load, they are small enough together, and no stranger is asked."""

import gzip

import pytest

from site_builder.build import build
from site_builder.render.picture import RECIPES
from tests.browser.screenshots import served
from tests.browser.test_weight import WORDS, asked_by, weight
from tests.conftest import NOW, write_content
from tests.drawn import drawn, noise

WATCH = """window.moved = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) window.moved += each.value })
  .observe({ type: "layout-shift", buffered: true });"""
DAY = "days/2026-11-20.html"
NOTE = """| Method of the day | Remarks of the editor | Papers |
|---|---|---|
| a cell of several words | `a_name_of_many_letters_without_a_space` | 1,000,000 |
"""


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory):
    """Build a day of thirty papers, all with pictures, of which two are as hard to make small as pictures can be."""
    folder = tmp_path_factory.mktemp("illustrated")
    rows = []
    for n in range(30):
        picture = noise(900, 600, n) if n < 2 else drawn(420 + 20 * n, 300, seed=n)
        (folder / "content" / "images").mkdir(parents=True, exist_ok=True)
        (folder / "content" / "images" / f"{n}.png").write_bytes(picture)
        words = f"{WORDS} {n}"
        rows.append(
            f"- {{title: Of clouds {words[n : n + 40]}, arxiv: '2611.000{n:02}', authors: [Ada Moon, Bo Sun], "
            f"upvotes: {60 - n}, tags: [{('Sky', 'Sea', 'Land')[n % 3]}], abstract: '{words}. We find {words}.', "
            f"image: images/{n}.png}}\n"
        )
    site = f"-- site.yaml --\ncards: none\n-- notes/2026-11-20.md --\n{NOTE}\n"
    write_content(folder / "content", f"{site}-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{''.join(rows)}")
    build(folder / "content", folder / "output", NOW)
    return folder / "output"


@pytest.fixture(scope="module")
def address(illustrated):
    with served(illustrated) as where:
        yield where


def test_a_day_of_thirty_pictures_weighs_little_before_them_and_not_much_with_them(illustrated):
    page = illustrated / DAY
    alone = len(gzip.compress(page.read_bytes(), 9)) + weight(asked_by(page))
    names = {name for name in page.read_text().split('"') if "/pictures/" in name}
    *small, large = sorted((page.parent / name).resolve().stat().st_size for name in names)
    assert len(small) == 29
    assert max(small) <= RECIPES["small"].max_bytes and large <= RECIPES["large"].max_bytes
    assert alone <= 40_000
    # that 30 pictures of the most bytes make no more than 300 kB with it is tested beside the recipes


@pytest.mark.parametrize(
    ("path", "width"),
    [
        *((DAY, width) for width in (390, 768, 1280)),
        *((path, width) for path in ("index.html", "papers/2611.00000.html") for width in (390, 1280)),
    ],
)
def test_nothing_moves_sticks_out_or_comes_from_elsewhere_while_pictures_load(own_tab, address, path, width):
    asked = []
    own_tab.on("request", lambda request: asked.append(request.url))
    own_tab.set_viewport_size({"width": width, "height": 900})
    own_tab.add_init_script(WATCH)
    own_tab.goto(f"{address}/{path}")
    height = own_tab.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 700):
        own_tab.evaluate(f"scrollTo({{ top: {top}, behavior: 'instant' }})")
        own_tab.wait_for_function("[...document.images].every((each) => each.complete || each.loading === 'lazy')")
    assert own_tab.evaluate("window.moved") == 0
    assert own_tab.evaluate("document.documentElement.scrollWidth") <= width
    assert any("/pictures/" in url for url in asked)
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_a_table_of_a_note_can_be_read_in_a_mail_on_a_telephone(tab, address):
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{address}/mail/2026-11-20/mail.html")
    number, words = tab.get_by_text("1,000,000", exact=True), tab.get_by_text("a cell of several words")
    assert number.bounding_box()["width"] > 65 and words.bounding_box()["width"] > 80


def test_a_mail_fits_a_telephone_also_where_its_pictures_are_held_back(tab, address):
    tab.route("**/*.jpg", lambda route: route.abort())
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{address}/mail/2026-11-20/mail.html")
    assert tab.locator("img.picture").count() == 30
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_text_of_what_leads_flows_beside_a_tall_picture_and_on_below_it(tab, tmp_path, language):
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "tall.png").write_bytes(drawn(900, 900, seed=1))
    papers = "".join(
        f"- {{title: Fog {n}, upvotes: {9 - n}, abstract: '{'Fog over the sea. ' * 60}'{image}}}\n"
        for n, image in ((0, ", image: images/tall.png"), (1, ""), (2, ""))
    )
    write_content(
        tmp_path / "content",
        f"-- site.yaml --\nlanguage: {language}\n-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{papers}",
    )
    build(tmp_path / "content", tmp_path / "output", NOW)
    tab.goto((tmp_path / "output" / DAY).as_uri())
    for width in (768, 1280, 1920):
        tab.set_viewport_size({"width": width, "height": 900})
        picture = tab.locator(".leads .picture").bounding_box()
        card = tab.locator(".leads .card").first.bounding_box()
        deck = tab.locator(".leads .card :is(.deck, .abstract):visible").first.bounding_box()
        assert deck["y"] < picture["y"] + picture["height"] / 2
        margins = tab.locator(".leads .picture").evaluate(
            "(each) => [getComputedStyle(each).marginLeft, getComputedStyle(each).marginRight]"
        )
        assert (margins[0] == "0px", margins[1] == "0px") == (language == "ar", language == "en")
        end = card["x"] if language == "ar" else card["x"] + card["width"] - picture["width"]
        assert picture["x"] == pytest.approx(end, abs=1)
        assert picture["width"] < 0.53 * card["width"]
