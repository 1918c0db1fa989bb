"""Text made ready: which font sets it, which way it runs, what is left of what no font has."""

import pytest

from site_builder.render.social_card import faces
from site_builder.render.social_card.directions import parts_by_direction, runs_leftwards
from site_builder.render.social_card.faces import Style
from site_builder.render.social_card.wording import LONGEST, MAX_MARKS, make_wording

STYLE = Style("serif", 40, 600)
WRITTEN = {
    "ascii": "".join(map(chr, range(0x21, 0x7F))),
    "latin": "Naïve Bayes, Łukasz Gödel, Việt Nam",
    "greek": "Μεγάλα γλωσσικά μοντέλα",
    "cyrillic": "Большие языковые модели",
    "chinese": "大规模语言模型：综述",
    "japanese": "大規模言語モデルの「推論」",
    "korean": "대규모 언어 모델",
    "arabic": "نماذج اللغة الكبيرة",
    "hebrew": "מודלים גדולים",
    "hindi": "हिन्दी भाषा",
    "bengali": "বাংলা ভাষা",
    "tamil": "தமிழ் மொழி",
    "thai": "ภาษาไทย",
    "georgian": "ქართული ენა",
    "armenian": "Հայերեն լեզու",
    "amharic": "አማርኛ ቋንቋ",
    "maths": "f: A ↦ ℝᵈ, x ∈ ⋃ᵢ Vᵢ ⊗ W ⟹ ∑ₖ ≤ √2 ⨁ ≺ ≔",
    "emoji": "🚀 🤖",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("family", ["serif", "sans"])
def test_every_letter_is_set_in_a_font_that_has_it(text, family):
    wording = make_wording(text, family)
    assert wording.text == text
    runs = wording.runs(text)
    assert sorted("".join(run.text for run in runs)) == sorted(text)
    for run in runs:
        assert {ord(character) for character in run.text} <= faces._characters(run.face)


def test_what_no_font_has_is_an_ellipsis():
    assert make_wording("Reading \U00012000\U00012001 \U00012002 tablets", "serif").text == "Reading … tablets"


def test_what_has_no_shape_is_dropped_and_space_is_single():
    assert make_wording("a\x00b\u202ec\ue000d\ufe0f \n e", "serif").text == "abcd e"


def test_no_letter_bears_more_marks_than_can_be_read():
    assert make_wording("x" + "\u0301" * 50, "serif").text.count("\u0301") == MAX_MARKS


def test_a_text_longer_than_any_card_is_cut():
    assert make_wording("x" * 500, "serif").text == "x" * LONGEST + "…"


def test_han_letters_have_the_forms_of_their_language():
    forms = {make_wording(text, "serif").cjk for text in ("直骨", "直骨の", "直骨 한글")}
    assert len(forms) == 3


@pytest.fixture
def without_shaping(monkeypatch):
    monkeypatch.setattr(faces, "can_shape", lambda: False)
    faces.face_for.cache_clear()
    yield
    faces.face_for.cache_clear()


@pytest.mark.usefixtures("without_shaping")
def test_without_shaping_no_letter_is_shown_that_needs_it():
    assert make_wording("On نماذج and 模型", "serif").text == "On … and 模型"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Deep learning", ["Deep learning"]),
        ("לשון Deep learning", ["Deep learning", " ", "לשון"]),
        ("Reading עברית well", ["Reading ", "עברית", " well"]),
    ],
)
def test_runs_stand_in_the_direction_of_the_text(text, shown):
    wording = make_wording(text, "serif")
    assert [run.text for run in wording.runs(text)] == shown


def test_the_language_of_the_site_can_give_the_direction():
    wording = make_wording("דוד and 2 others", "sans", is_rtl=False)
    assert wording.runs(wording.text)[0].is_rtl
    assert wording.runs(wording.text)[-1].text.endswith("others")


@pytest.mark.parametrize(
    ("text", "is_rtl", "parts"),
    [
        ("abc 12", False, [(False, "abc 12")]),
        ("אב (RL) גד", True, [(True, "אב ("), (False, "RL"), (True, ") גד")]),
        ("אב Deep (RL) גד", True, [(True, "אב "), (False, "Deep (RL)"), (True, " גד")]),
        ("אב 2.0 abc", True, [(True, "אב 2.0 "), (False, "abc")]),
        ("abc (אב) def", False, [(False, "abc ("), (True, "אב"), (False, ") def")]),
        ("abc אב גד, def", False, [(False, "abc "), (True, "אב גד"), (False, ", def")]),
        ("(", True, [(True, "(")]),
    ],
)
def test_parts_of_one_direction_are_told(text, is_rtl, parts):
    assert list(parts_by_direction(text, is_rtl)) == parts


@pytest.mark.parametrize(("text", "is_rtl"), [("", False), ("12 (", False), ("3 אב", True), ("3 a אב", False)])
def test_the_first_letter_tells_the_direction(text, is_rtl):
    assert runs_leftwards(text) is is_rtl


def test_a_line_is_as_wide_as_its_runs():
    wording = make_wording("Reading עברית well", "serif")
    assert wording.width(wording.text, STYLE) == sum(run.width(STYLE) for run in wording.runs(wording.text))
