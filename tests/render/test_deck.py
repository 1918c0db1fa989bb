"""The deck of a card: who says it, which sentence is chosen, and that hostile abstracts cost nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.deck import WORDS, deck_of, split_sentences, telling_sentence
from tests.factories import paper

FIELD = "Weaving by hand has long been slow, and looms of all kinds were built to make it quicker for everybody."
RESULT = "Cloth of eleven colours leaves it in half the time, and weavers who tried it for a month kept it in use."
DOES = "We introduce Shuttle, a loom that learns its patterns from drawings."
ABSTRACT = f"{FIELD} {DOES} {RESULT}"


@pytest.mark.parametrize(
    ("fields", "choice", "by", "text"),
    [
        ({"summary": "Ours.", "ai_summary": "Theirs."}, "auto", "editor", "Ours."),
        ({"ai_summary": "A machine says so."}, "auto", "machine", "A machine says so."),
        ({"ai_summary": "A machine says so."}, "sentence", "sentence", DOES),
        ({}, "auto", "sentence", DOES),
        ({"abstract": "short words " * 60}, "auto", "beginning", f"{('short words ' * 20).strip()}…"),
        (
            {"ai_summary": "A machine says so."},
            "beginning",
            "beginning",
            ABSTRACT[: len(f"{FIELD} {DOES} Cloth of eleven colours")],
        ),
    ],
    ids=["the editor's", "a machine's", "no machine's", "a sentence", "no sentence says it", "the beginning is chosen"],
)
def test_the_setting_chooses_the_deck_and_the_editors_stands_before_all(fields, choice, by, text):
    deck = deck_of(paper(**{"abstract": ABSTRACT, **fields}), choice)
    assert deck.by == by
    assert deck.text.removesuffix(" …").startswith(text[:80])


def test_a_short_abstract_is_its_own_deck():
    deck = deck_of(paper(abstract=f"{DOES} It weaves."), "auto")
    assert (deck.text, deck.is_whole) == (f"{DOES} It weaves.", True)


@pytest.mark.parametrize("end", ["…", " …"])
def test_a_short_abstract_that_its_source_cut_is_its_own_deck(end):
    deck = deck_of(paper(abstract=f"{FIELD}\n\nWe introduce Shuttle, a loom{end}"), "auto")
    assert deck.is_whole and deck.by == "beginning"


def test_a_paper_without_abstract_has_no_deck():
    assert deck_of(paper(), "auto").text == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "In this paper, we revisit the loom.",
        "This work presents a loom.",
        "The paper introduces a loom.",
        "This technical report describes a loom.",
        "We address this mismatch with a loom.",
        "Here we introduce a loom.",
        "To weave faster, we propose a loom.",
        "A loom for drawings is proposed.",
        "We study looms.",
    ],
)
def test_the_sentence_that_says_what_the_paper_does_is_found_behind_the_field_and_before_the_results(sentence):
    assert telling_sentence(f"{FIELD} {sentence} {RESULT}") == sentence


def test_what_is_made_tells_more_than_what_was_found_unless_the_sentence_speaks_of_the_paper():
    assert telling_sentence("We find looms slow. We propose Shuttle.") == "We propose Shuttle."
    assert telling_sentence("In this work, we study looms. We propose Shuttle.") == "In this work, we study looms."
    assert (
        telling_sentence("Furthermore, we propose more. We show that looms are slow.") == "We show that looms are slow."
    )


@pytest.mark.parametrize(
    "text", ["Hall et al. (2024) wove. It held.", "Cloth, e.g. Linen, holds. It lasts.", "J. Doe wove. It held."]
)
def test_a_sentence_does_not_end_behind_an_abbreviation(text):
    assert len(split_sentences(text)) == 2


@pytest.mark.parametrize("text", ["In this work " * 3000, "We address this " * 3000, "A. " * 15000, "We " * 15000])
def test_hostile_abstracts_have_a_bounded_deck(text):
    assert len(deck_of(paper(abstract=text), "auto").text.split()) <= WORDS + 1


@given(st.text(max_size=300))
def test_any_abstract_has_a_deck_of_its_own_words(text):
    deck = deck_of(paper(abstract=text), "sentence")
    assert deck.by in ("sentence", "beginning")
    assert len(deck.text.split()) <= WORDS + 1
