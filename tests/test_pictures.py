"""Pictures of papers and notes on a whole site: where they appear, what is reported, what stays unchanged."""

import re
from html import unescape

import pytest

from site_builder.papers import pictures as papers_pictures
from site_builder.problems import Problems
from site_builder.sources.content import picture_bytes
from site_builder.sources.content.picture_files import Credits, with_credits
from tests.conftest import write_content
from tests.drawn import SVG, claiming, drawn, moving

SITE = """
-- site.yaml --
base_url: https://clouds.example
cards: none
-- papers/2026-11-20.yaml --
listed: 2026-11-20
papers:
"""
PAPERS = "".join(
    f"- {{title: Clouds {n}, arxiv: '2611.0000{n}', abstract: Long., upvotes: {9 - n}, image: images/{n}.png}}\n"
    for n in range(5)
)
CREDITS = """
-- images/0.yaml --
caption: Clouds over the Rhine, <b>drawn</b> & counted
source: https://arxiv.org/html/2611.00000
licence: CC BY 4.0
"""
NOTE = """
-- notes/2026-11-20.md --
![A map](files/map.png), [the table](files/table.csv) and ![a stranger](https://elsewhere.example/x.png)
-- files/table.csv --
a,b
"""


def put(content, **pictures):
    for name, picture in pictures.items():
        file = content / name.replace("__", "/").replace("_dot_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)


@pytest.fixture
def with_pictures(build_site, tmp_path):
    """Return a function that builds a site from a text of files, with pictures given as keywords."""

    def build(files=SITE + PAPERS, **pictures):
        put(tmp_path / "content", **pictures)
        return build_site(files)

    return build


FIVE = {f"images__{n}_dot_png": drawn(900 + 100 * n, 500, seed=n) for n in range(5)}


@pytest.fixture
def illustrated(with_pictures):
    return with_pictures(SITE + PAPERS + CREDITS + NOTE, **FIVE, files__map_dot_png=drawn(640, 320, seed=9))


def images(text):
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall("<img [^>]*>", text)]


def test_leads_are_large_cards_small_and_all_of_them_say_their_size(illustrated):
    for path in ("index.html", "days/2026-11-20.html"):
        note, lead, *cards = images(illustrated.text(path))
        assert (note["width"], note["height"], note["alt"]) == ("640", "320", "A map")
        assert lead["src"].endswith("-l.webp")
        assert "loading" not in lead
        assert all(card["src"].endswith("-s.webp") and card["loading"] == "lazy" for card in cards)
        assert all(int(each["width"]) and int(each["height"]) and each["alt"] for each in (lead, *cards))
    assert len(cards) == 4
    sizes = [(illustrated.output / card["src"].removeprefix("../")).stat().st_size for card in cards]
    assert max(sizes) <= 14_000


def test_the_page_of_a_paper_shows_it_whole_with_caption_source_and_licence(illustrated):
    text = illustrated.text("papers/2611.00000.html")
    [figure] = re.findall(r"<figure class=\"picture\">.*?</figure>", text, re.DOTALL)
    assert "Clouds over the Rhine, drawn &amp; counted" in figure
    assert '<a href="https://arxiv.org/html/2611.00000">arxiv.org</a>' in figure
    assert "CC BY 4.0" in figure
    assert unescape(images(figure)[0]["alt"]) == "Clouds over the Rhine, drawn & counted"
    [preview] = re.findall(r'property="og:image" content="([^"]*)"', text)
    assert preview.startswith("https://clouds.example/pictures/")
    assert (illustrated.output / preview.removeprefix("https://clouds.example/")).exists()
    assert "figcaption" not in illustrated.text("papers/2611.00001.html")


def test_mails_and_feeds_name_a_jpeg_by_its_whole_address_and_size(illustrated):
    content = illustrated.json("feeds/digests.json")["items"][0]["content_html"]
    for text in (illustrated.text("mail/2026-11-20/mail.html"), content):
        shown = [each for each in images(text) if "/pictures/" in each["src"]]
        assert len(shown) == 5
        for each in shown:
            assert re.fullmatch(r"https://clouds\.example/pictures/\w+\.jpg", each["src"])
            assert int(each["width"]) <= 552
            assert int(each["height"]) <= 280


def test_notes_show_files_of_the_users_own_and_no_stranger_in_silence(illustrated):
    assert illustrated.text("files/table.csv") == "a,b\n"
    assert "elsewhere.example" not in illustrated.text("days/2026-11-20.html")
    [told] = illustrated.problems
    assert told.startswith('notes/2026-11-20.md:1: the picture "https://elsewhere.example/x.png" is of another host')
    assert "broadsheet fetch" in told


def test_a_site_without_pictures_has_no_style_sheet_for_them(with_pictures):
    site = with_pictures(SITE + "- {title: Clouds, arxiv: '2611.00001'}\n")
    assert not [path for path in site.paths if "picture" in path]
    assert "pictures.css" not in site.text("index.html") + site.text("days/2026-11-20.html")
    assert site.problems == []


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (claiming(30_000, 100), "is 30,000 × 100 pixels"),
        (claiming(6_000, 6_000), "is broken"),
        (drawn()[:900], "is broken"),
        (SVG, "is an SVG"),
        (b"<!doctype html><title>Not found</title>", "is not a picture"),
        (b"", "is empty"),
    ],
)
def test_a_bad_picture_is_told_with_its_file_and_the_page_is_whole_without_it(with_pictures, picture, told):
    site = with_pictures(SITE + PAPERS, **(FIVE | {"images__2_dot_png": picture}))
    [problem] = site.problems
    assert problem.startswith("images/2.png: ")
    assert told in problem
    assert "; " in problem
    assert len(images(site.text("days/2026-11-20.html"))) == 4
    assert not images(site.text("papers/2611.00002.html"))


@pytest.mark.parametrize(("picture", "told"), [(moving(), "moves"), (drawn(form="WEBP"), "is a WEBP")])
def test_an_odd_picture_is_shown_and_told(with_pictures, picture, told):
    site = with_pictures(SITE + PAPERS, **(FIVE | {"images__2_dot_png": picture}))
    assert any(told in problem for problem in site.problems)
    assert len(images(site.text("days/2026-11-20.html"))) == 5


def test_a_picture_that_is_not_there_or_of_no_paper_is_told(with_pictures):
    site = with_pictures(SITE + PAPERS, **FIVE, images__spare_dot_png=drawn(seed=8))
    assert site.problems == [
        'images/spare.png: is the picture of no paper; write `image: "images/spare.png"` below one',
    ]
    (site.content / "images/spare.png").unlink()
    (site.content / "images/3.png").unlink()
    again = with_pictures()
    assert len(again.problems) == 1
    assert 'the picture "images/3.png" of "Clouds 3" is not below content/images/' in again.problems[0]


@pytest.mark.parametrize("credits", ["caption: [", "- a list", "colour: red", "caption: {a: b}"])
def test_broken_credits_are_told_and_the_picture_is_shown(with_pictures, credits):
    site = with_pictures(SITE + PAPERS + f"-- images/1.yaml --\n{credits}\n", **FIVE)
    assert len(images(site.text("days/2026-11-20.html"))) == 5
    assert [problem.partition(":")[0] for problem in site.problems] == ["images/1.yaml"]
    assert "{'a'" not in site.text("days/2026-11-20.html")


def test_two_formats_of_a_picture_share_its_credits(tmp_path):
    credits = {"images/a.yaml": Credits(licence="CC BY 4.0"), "images/b.yaml": Credits(caption="Left over")}
    problems = Problems()
    found = with_credits(tmp_path, ["images/a.jpg", "images/a.png"], credits, problems)
    assert [each.credits.licence for each in found] == ["CC BY 4.0", "CC BY 4.0", ""]
    assert [problem.path for problem in problems] == ["images/b.yaml"]


@pytest.mark.parametrize(
    "inside",
    [
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        '<a href="&#106;avascript:alert(1)"><path/></a>',
        '<a href="java&#x0A;script:alert(1)"><path/></a>',
        '<?xml-stylesheet type="text/xsl" href="#a"?>',
    ],
)
def test_an_svg_that_hides_its_scripts_is_not_published(with_pictures, inside):
    hidden = f'<svg xmlns="http://www.w3.org/2000/svg"><text>&#160;</text>{inside}</svg>'.encode()
    site = with_pictures(SITE + "- {title: Clouds}\n", files__a_dot_svg=hidden)
    assert "files/a.svg" not in site.paths


def test_an_svg_of_the_users_own_is_published_unless_it_holds_scripts(with_pictures):
    plain = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    loud = plain.replace(b"<path", b"<path onload = 'alert(1)'")
    site = with_pictures(
        SITE + "- {title: Clouds}\n", files__a_dot_svg=plain, files__b_dot_svg=SVG, files__c_dot_svg=loud
    )
    assert "files/a.svg" in site.paths
    assert not {"files/b.svg", "files/c.svg"} & site.paths
    assert [problem.partition(":")[0] for problem in site.problems] == ["files/b.svg", "files/c.svg"]


def test_a_changed_picture_makes_its_pages_anew_and_leaves_another_month_alone(build_site, tmp_path):
    from site_builder.volumes.cache import open_cache

    other = "-- papers/2026-09-10.yaml --\nlisted: 2026-09-10\npapers:\n- {title: Old, image: images/old.png}\n"
    content = tmp_path / "content"
    put(content, images__old_dot_png=drawn(seed=20), **FIVE)
    write_content(content, SITE + PAPERS + other)

    def build():
        cache = open_cache(content)
        site = build_site(content, cache=cache)
        cache.close()
        return site, {path: (site.output / path).read_bytes() for path in site.paths}

    _, before = build()
    put(content, images__3_dot_png=drawn(700, 700, seed=33))
    site, after = build()
    assert {"papers/2611.00003.html", "days/2026-11-20.html"} <= {
        path for path in after if after[path] != before.get(path)
    }
    month = ("papers/old.html", "days/2026-09-10.html", "months/2026-09.html", "weeks/2026-W37.html")
    assert [path for path in month if after[path] != before[path]] == []
    assert all((site.output / path).exists() for path in re.findall(r"pictures/[\w.-]+\.webp", str(after)))
    assert len([path for path in after if path.startswith("pictures/")]) == 18
    _, clean = site, build_site(content).paths
    assert clean == set(after)


def test_without_pillow_a_small_picture_is_shown_as_it_is_and_a_large_one_told(with_pictures, monkeypatch):
    for module in (picture_bytes, papers_pictures):
        monkeypatch.setattr(module, "has_pillow", lambda: False)
    small = drawn(120, 80)
    site = with_pictures(
        SITE + "- {title: Small, image: images/a.png, upvotes: 2}\n- {title: Large, image: images/b.png, upvotes: 1}\n",
        images__a_dot_png=small,
        images__b_dot_png=drawn(1500, 1500) + bytes(20_000),
    )
    [shown] = images(site.text("days/2026-11-20.html"))
    assert (site.output / shown["src"].removeprefix("../")).read_bytes() == small
    assert (shown["width"], shown["height"]) == ("120", "80")
    [told] = site.problems
    assert told.startswith("images/b.png: ")
    assert 'install "broadsheet[pictures]"' in told
