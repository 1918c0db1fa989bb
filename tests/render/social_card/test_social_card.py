"""The picture itself: its size, its bytes, what changes it, what it is kept by."""

from dataclasses import fields, replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from site_builder.config.settings import Settings
from site_builder.model.paper import PartialDate
from site_builder.pages import social_cards
from site_builder.render.cache_keys import cache_key
from site_builder.render.social_card import draw, render
from site_builder.render.social_card.card import CARD_HEIGHT, CARD_WIDTH, Card, card_of
from site_builder.render.social_card.colours import Colours
from site_builder.render.social_card.picture import MAX_BYTES
from tests.factories import catalogue, day, paper, site

CARD = Card("The Digest", "27 May 2026", "Agents", "Sparse attention", foot="Ada Lovelace", foot_aside="Analytical Ltd")
COLOURS = Colours()
EDGE = 30  # pixels that stay blank at each side; the margin is 44, and slanted strokes may reach into it
BLANK_ABOVE, BLANK_BELOW = 22, 14
SENTENCE = "On the habit of naming papers with whole sentences that tell the method, the data and the results "
HARD = {
    "400 letters": SENTENCE * 5,
    "one endless word": "pneumonoultramicroscopic" * 20,
    "no letter": " ",
    "controls": "bell \x07 nul \x00 escape \x1b[31m",
    "bidi controls": "\u202eturned\u202c \u2067isolated\u2069 \u200fmark",
    "lone surrogate": "half \ud800 of a pair",
    "towers of marks": "Z" + "\u0301\u0316\u0330\u0333" * 40 + "algo",
    "marks alone": "\u0301" * 50,
    "joiners alone": "\u200d\u200c" * 20,
    "no font": "\U00012000\U00012001 \u0f04",
    "private": "\ue000\uf8ff\U0010fffd",
    "emoji": "\U0001f680 \U0001f469\u200d\U0001f4bb \u2b50\ufe0f",
    "chinese": "基于深度强化学习的多智能体协同路径规划方法研究" * 6,
    "arabic": "تحسين نماذج اللغة الكبيرة (RLHF) " * 9,
    "a letter that cannot be drawn": "\ufdfd" * 40,
}


def picture_of(content):
    return Image.open(BytesIO(content)).convert("RGB")


def is_blank(image, box):
    return image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), COLOURS.paper)]


def assert_sound(content):
    image = picture_of(content)
    width, height = image.size
    assert (width, height) == (720, 378) == (CARD_WIDTH, CARD_HEIGHT)
    assert len(content) <= MAX_BYTES
    assert is_blank(image, (0, 0, EDGE, height)), "text at the left edge"
    assert is_blank(image, (width - EDGE, 0, width, height)), "text at the right edge"
    assert is_blank(image, (0, 0, width, BLANK_ABOVE)), "text at the upper edge"
    assert is_blank(image, (0, height - BLANK_BELOW, width, height)), "text at the lower edge"


def planned(made):
    """Return the pages that are cards, and the site they are of."""
    pages = list(social_cards.plan(made, Settings(cards="papers")))
    return pages, site(made, pages=pages)


def of_paper(pages):
    return next(page for page in pages if page.path.startswith("papers/"))


def test_a_card_is_a_png_of_at_most_8_kilobytes():
    content = draw(CARD, COLOURS)
    assert content.startswith(b"\x89PNG")
    assert MAX_BYTES <= 8000
    assert_sound(content)


def test_a_card_of_little_text_has_softer_edges_than_one_of_much():
    little, much = CARD, replace(CARD, items=(SENTENCE, SENTENCE.upper(), SENTENCE[::-1]))
    shades = [len(picture_of(draw(card, COLOURS)).getcolors()) for card in (little, much)]
    assert shades[0] > shades[1] >= len(fields(COLOURS))


def test_a_card_that_is_too_large_in_any_case_says_less_and_keeps_its_size():
    letters = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 900, 3))
    full = Card(letters[:40], letters[40:60], letters[60:90], letters, tuple(letters[n::3] for n in range(3)))
    assert_sound(draw(full, COLOURS))
    assert_sound(draw(replace(full, items=()), COLOURS))


def test_the_same_card_is_the_same_bytes():
    assert draw(CARD, COLOURS) == draw(CARD, COLOURS)


def test_the_card_of_a_site_that_runs_leftwards_is_mirrored():
    card = Card("صحيفة", aside="16 ورقة", kicker="ورقة", headline="x", direction="rtl")
    picture, half = picture_of(draw(card, COLOURS)), CARD_WIDTH // 2
    assert is_blank(picture, (0, 90, half, 114)) and not is_blank(picture, (half, 90, CARD_WIDTH, 114)), "kicker"
    swapped = replace(card, masthead="", direction="ltr")
    assert not is_blank(picture, (0, 40, half, 66)), "aside"
    assert is_blank(picture_of(draw(swapped, COLOURS)), (0, 40, half, 66))


@pytest.mark.parametrize("field", ["masthead", "aside", "kicker", "headline", "foot", "foot_aside"])
def test_every_text_is_in_the_picture(field):
    assert draw(CARD, COLOURS) != draw(replace(CARD, **{field: "Other words"}), COLOURS)


@pytest.mark.parametrize("colour", ["paper", "ink", "soft", "accent", "hair"])
def test_every_colour_is_in_the_picture(colour):
    image = picture_of(draw(CARD, replace(COLOURS, **{colour: (1, 200, 99)})))
    assert (1, 200, 99) in {found for _, found in image.getcolors()}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_no_text_leaves_its_place(text):
    assert_sound(draw(Card(text, text, text, text, foot=text, foot_aside=text), COLOURS))
    assert_sound(draw(Card(text, text, text, text, items=(text, text, text)), COLOURS))


@given(st.lists(st.text(max_size=60), min_size=6, max_size=6), st.lists(st.text(max_size=120), max_size=3))
@settings(max_examples=40)
def test_any_text_gives_a_sound_card(texts, items):
    masthead, aside, kicker, headline, foot, foot_aside = texts
    assert_sound(draw(Card(masthead, aside, kicker, headline, tuple(items), foot, foot_aside), COLOURS))


def test_600_authors_are_three_and_a_count():
    names = tuple(f"Author {number}" for number in range(600))
    made = catalogue(paper("Large", "2026-05-27", authors=names))
    pages, whole = planned(made)
    assert card_of(of_paper(pages), whole).foot == "Author 0, Author 1, Author 2 and 597 others"


def test_the_card_of_a_paper_tells_what_its_page_tells():
    made = catalogue(
        paper(
            "Sorting in $O(n^2)$",
            "2026-05-27",
            authors=("Ada Lovelace",),
            organization="Analytical Ltd",
            tags=("Agents", "Vision"),
            published=PartialDate(2026, 5),
            upvotes=7,
        )
    )
    pages, whole = planned(made)
    assert card_of(of_paper(pages), whole) == Card(
        masthead="Paper digest",
        aside="May 2026",
        kicker="Agents, Vision",
        headline="Sorting in O(n²)",
        foot="Ada Lovelace",
        foot_aside="Analytical Ltd",
    )


def test_the_card_of_a_day_tells_its_first_three_papers():
    papers = [paper(f"Paper {number}", "2026-05-27") for number in range(4)]
    made = catalogue(*papers, days=(day("2026-05-27", *papers, title="A full day"),))
    pages, whole = planned(made)
    assert card_of(card_page(pages, "days/2026-05-27.png"), whole) == Card(
        masthead="Paper digest",
        aside="4 papers",
        kicker="A full day",
        headline="Wednesday, 27 May 2026",
        items=("Paper 0", "Paper 1", "Paper 2"),
    )


def card_page(pages, path):
    return next(page for page in pages if page.path == path)


def test_the_cards_of_the_front_page_of_a_week_and_of_a_tag_name_what_they_lead_to():
    papers = [paper(f"Paper {number}", "2026-05-27", upvotes=number, tags=("Tides",)) for number in range(4)]
    pages, whole = planned(catalogue(*papers))
    front, week, tag = (
        card_of(card_page(pages, f"{path}.png"), whole) for path in ("index", "weeks/2026-W22", "tags/tides")
    )
    assert (front.headline, front.aside, front.kicker) == ("Paper digest", "Wednesday, 27 May 2026", "4 papers")
    assert (week.kicker, week.items) == ("1 digest", ("Paper 3", "Paper 2", "Paper 1"))
    assert (tag.kicker, tag.headline) == ("Papers on", "Tides")


def test_what_a_card_does_not_show_does_not_draw_it_anew_and_what_it_shows_does():
    tides = paper("Tides", "2026-05-27", upvotes=1)
    marks = []
    for changed in (tides, replace(tides, upvotes=2, abstract="More."), replace(tides, title="Tides and moons")):
        pages, whole = planned(catalogue(changed))
        marks.append(cache_key(of_paper(pages), whole))
    assert marks[0] == marks[1] != marks[2]


def test_the_card_of_a_site_without_days_bears_its_own_words():
    pages, whole = planned(catalogue(paper("Tides")))
    front = card_of(card_page(pages, "index.png"), whole)
    assert (front.headline, front.items) == ("Paper digest", ())
    assert_sound(render(card_page(pages, "index.png"), whole))


def test_the_colours_of_the_theme_are_those_of_its_cards(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_text(":root { --paper: #0102ff; }\n", encoding="utf-8")
    pages, whole = planned(catalogue(paper("Tides", "2026-05-27")))
    themed = replace(whole, template_folders=(tmp_path, *whole.template_folders))
    assert picture_of(render(of_paper(pages), themed)).getpixel((0, 0)) == (1, 2, 255)
    assert picture_of(render(of_paper(pages), whole)).getpixel((0, 0)) == COLOURS.paper
    (tmp_path / "assets" / "style.css").write_text(":root { --paper: #0102fe; }\n", encoding="utf-8")
    assert picture_of(render(of_paper(pages), replace(themed))).getpixel((0, 0)) == (1, 2, 254), (
        "the next build sees it"
    )


def test_an_undated_paper_has_a_card_too():
    pages, whole = planned(catalogue(paper("Tides")))
    assert card_of(of_paper(pages), whole).aside == ""
    assert_sound(render(of_paper(pages), whole))


def test_a_paper_without_a_date_of_its_own_bears_the_day_of_its_list():
    pages, whole = planned(catalogue(paper("Tides", "2026-05-27")))
    assert card_of(of_paper(pages), whole).aside == f"27 May {date(2026, 5, 27).year}"
