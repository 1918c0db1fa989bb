"""Lines: as large as the box allows, even in length, cut at a word."""

import pytest

from site_builder.render.social_card.faces import Style
from site_builder.render.social_card.lines import fit, leading, one_line
from site_builder.render.social_card.wording import make_wording

STYLE = Style("serif", 80, 600)
SIZES = (80, 60, 40)


def fitted(text, width=1000, height=300, sizes=SIZES):
    return fit(make_wording(text, "serif"), STYLE, sizes, width, height)


def test_a_short_title_is_set_large_and_a_long_one_smaller():
    assert fitted("Tides").style.size == 80
    assert fitted("Tides of the moon and of the sun " * 4).style.size == 60
    assert fitted("Tides of the moon and of the sun " * 7).style.size == 40


def test_no_text_is_lost_that_fits():
    title = "Tides of the moon and of the sun in shallow water"
    assert " ".join(fitted(title).lines) == title


def test_lines_are_of_nearly_one_length():
    block = fitted("Attention is really all you will ever need", width=900)
    widths = [block.wording.width(line, block.style) for line in block.lines]
    assert len(widths) > 1
    assert min(widths) > 0.6 * max(widths)


def test_what_does_not_fit_ends_at_a_word_with_an_ellipsis():
    title = "Tides of the moon and of the sun " * 20
    block = fitted(title)
    shown = " ".join(block.lines)
    assert shown.endswith("…")
    assert title.startswith(shown.removesuffix("…") + " ")
    assert block.height <= 300


@pytest.mark.parametrize("text", ["pneumono" * 50, "模型" * 200, "Tides " * 200, "", "نماذج" * 80])
def test_no_line_is_wider_than_its_box_and_no_block_higher(text):
    block = fitted(text)
    assert block.width <= 1000 + 1
    assert len(block.lines) * leading(block.style) <= 300


def test_chinese_breaks_anywhere_but_before_what_closes():
    lines = fitted("大规模语言模型，" * 8, width=640).lines
    assert len(lines) > 1
    assert not any(line.startswith("，") for line in lines)


def test_one_line_is_one_line():
    block = one_line(make_wording("Tides of the moon and of the sun", "sans"), Style("sans", 25, 400), 200)
    assert len(block.lines) == 1
    assert block.lines[0].endswith("…")
    assert block.width <= 200
