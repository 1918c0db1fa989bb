"""Which tags a paper gets from its lists and from its words."""

import runpy
from pathlib import Path

import pytest

from site_builder.catalogue.tagging import MAX_TAGS, Tagger
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import TermDefinition, read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DISTINCT_PAPERS = 317  # in the five dumps


def tag(name: str, *patterns: str, aliases: tuple[str, ...] = (), is_general: bool = False) -> TermDefinition:
    return TermDefinition(name, name.casefold(), f"About {name}.", aliases, patterns, is_general)


def found(title: str, *definitions: TermDefinition) -> tuple[str, ...]:
    return Tagger(definitions).tags_of(title, "")


GRAPHS = tag("Graphs", "graph", "knowledge graph")
RETRIEVAL = tag("Retrieval", "RAG", "dense retrieval", aliases=("IR", "information-retrieval"))
EXPERTS = tag("Experts", "MoE")
TUNING = tag("Tuning", "fine-tuning")
LETTERS = "abcdefg"


@pytest.mark.parametrize("title", ["On paragraphs", "Graphical models", "Bigraph theory", "graph2vec"])
def test_a_pattern_inside_a_word_is_not_found(title: str) -> None:
    assert found(title, GRAPHS) == ()


@pytest.mark.parametrize(
    "title", ["Graph", "a graph.", "(graph)", "“Graph”: a view", "text\u2013graph", "graph's edge"]
)
def test_a_whole_word_is_found_beside_any_mark(title: str) -> None:
    assert found(title, GRAPHS) == ("graphs",)


def test_letters_of_every_script_belong_to_words() -> None:
    assert found("Graphé", GRAPHS) == found("Graphe\u0301", GRAPHS) == found("graph\u0433", GRAPHS) == ()


def test_a_plural_s_is_found_too() -> None:
    assert found("Knowledge graphs", GRAPHS) == ("graphs",)
    assert found("MoEs for all", EXPERTS) == ("experts",)


def test_capitals_do_not_matter_in_words() -> None:
    assert found("DENSE Retrieval", RETRIEVAL) == ("retrieval",)


@pytest.mark.parametrize("title", ["A rag doll", "The Moe river", "MOE at work", "moes"])
def test_capitals_matter_in_short_acronyms(title: str) -> None:
    assert found(title, RETRIEVAL, EXPERTS) == ()


def test_an_acronym_is_found_as_it_is_written() -> None:
    assert found("RAG with MoE", RETRIEVAL, EXPERTS) == ("retrieval", "experts")


def test_an_acronym_and_a_word_of_the_same_letters_can_both_be_patterns() -> None:
    cloth = tag("Cloth", "rag")
    assert found("RAG", RETRIEVAL, cloth) == ("retrieval", "cloth")
    assert found("rag", RETRIEVAL, cloth) == ("cloth",)


@pytest.mark.parametrize(
    "title",
    ["Fine-tuning", "fine tuning", "fine\n  tuning", "Fine\u2011tuning", "fine_tuning", "fine\u2013tuning"],
)
def test_hyphen_underscore_and_space_are_equal(title: str) -> None:
    assert found(title, TUNING) == ("tuning",)


@pytest.mark.parametrize("title", ["finetuning", "Fine. Tuning", "fine, tuning", "fine/tuning"])
def test_a_phrase_does_not_reach_over_other_marks(title: str) -> None:
    assert found(title, TUNING) == ()


def test_characters_that_grow_in_lower_case_move_no_match() -> None:
    assert found("İİİ RAG İ", RETRIEVAL) == ("retrieval",)


def test_the_longest_phrase_wins_over_those_inside_it() -> None:
    language, sight = tag("Language", "language model"), tag("Sight", "vision-language model")
    assert found("A vision-language model", language, sight) == ("sight",)
    assert found("A vision-language model and a language model", language, sight) == ("language", "sight")


def test_a_phrase_listed_under_two_tags_counts_for_both() -> None:
    assert found("A chart", tag("One", "chart"), tag("Two", "chart")) == ("one", "two")


def test_the_title_weighs_more_than_the_abstract() -> None:
    tagger = Tagger([tag("Cats", "cat"), tag("Dogs", "dog")])
    assert tagger.tags_of("A dog", "cat cat cat cat") == ("dogs", "cats")
    assert tagger.tags_of("A dog", "cat cat cat") == ("dogs",)


def test_a_passing_mention_is_dropped_beside_a_strong_tag() -> None:
    tagger = Tagger([tag("Cats", "cat"), tag("Dogs", "dog")])
    assert tagger.tags_of("A dog", "Unlike a cat.") == ("dogs",)


def test_the_stronger_the_best_tag_the_more_often_another_must_be_mentioned() -> None:
    tagger = Tagger([tag("Cats", "cat"), tag("Dogs", "dog", "hound", "puppy", "terrier")])
    dogs = "dog hound puppy terrier dog"
    assert tagger.tags_of(dogs, f"{dogs} {'cat ' * 4}") == ("dogs",)
    assert tagger.tags_of(dogs, f"{dogs} {'cat ' * 5}") == ("dogs", "cats")
    assert tagger.tags_of("A dog", f"{dogs} {'cat ' * 4}") == ("dogs", "cats")


def test_a_passing_mention_is_kept_where_nothing_else_is_found() -> None:
    tagger = Tagger([tag("Cats", "cat"), tag("Dogs", "dog")])
    assert tagger.tags_of("Pets", "A dog, another dog and a cat.") == ("dogs",)
    assert tagger.tags_of("Pets", "A dog and a cat.") == ("cats",)


def test_at_most_five_tags_stay_the_strongest_first_then_as_in_the_vocabulary() -> None:
    tagger = Tagger([tag(letter, letter) for letter in LETTERS])
    assert tagger.tags_of("e g f c d b a", "g") == ("g", "a", "b", "c", "d")


def test_a_general_tag_stands_last_and_only_beside_few_others() -> None:
    tagger = Tagger([tag("Models", "model", is_general=True), tag("Cats", "cat"), tag("Dogs", "dog")])
    assert tagger.tags_of("Models of cats", "models, models") == ("cats", "models")
    assert tagger.tags_of("Models of cats and dogs", "models") == ("cats", "dogs")
    assert tagger.tags_of("Models", "A cat.") == ("models",)


@pytest.mark.parametrize("name", ["Retrieval", "retrieval", "ir", "Information Retrieval", "information_retrieval"])
def test_an_explicit_tag_is_found_by_name_slug_and_alias(name: str) -> None:
    assert Tagger([RETRIEVAL]).tags_of("", "", [name]) == ("retrieval",)


def test_an_unknown_explicit_tag_is_kept_as_its_own() -> None:
    tags = Tagger([RETRIEVAL]).tags_of("Dense retrieval of knots", "", ["Knot  theory"])
    assert tags == ("knot-theory", "retrieval")


def test_explicit_tags_come_first_once_and_leave_five_in_all() -> None:
    tagger = Tagger([tag(letter, letter) for letter in LETTERS])
    named = ["Mine", "c", "mine", " "]
    assert tagger.tags_of("a b c d e f", "", named) == ("mine", "c", "a", "b", "d")


def test_more_than_five_explicit_tags_are_all_kept() -> None:
    names = ["a1", "a2", "a3", "a4", "a5", "a6", "a7"]
    assert Tagger([GRAPHS]).tags_of("Graph", "", names) == tuple(names)


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert Tagger([]).tags_of("Graphs", "Graphs", []) == ()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five page dumps are not beside this repository")
def test_the_vocabulary_that_ships_tags_97_percent_of_the_five_dumps_with_at_most_five_each() -> None:
    papers = runpy.run_path(str(ROOT / "tests" / "bench" / "measure_tags.py"))["papers_of_dumps"](SEEDS)
    text = (ROOT / "content" / "tags.yaml").read_text(encoding="utf-8")
    tagger = Tagger(read_vocabulary(text, "tags.yaml", Problems()))
    counts = [len(tagger.tags_of(title, abstract)) for title, abstract in papers]
    assert len(counts) == DISTINCT_PAPERS
    assert sum(count > 0 for count in counts) >= 0.97 * len(counts)
    assert max(counts) <= MAX_TAGS


@pytest.mark.parametrize(
    ("title", "pattern"),
    [("大语言模型的推理能力研究", "语言模型"), ("การประมวลผลภาษา", "ภาษา"), ("GPT模型综述", "GPT模型")],
)
def test_a_pattern_is_found_inside_a_run_of_letters_without_spaces(title: str, pattern: str) -> None:
    assert found(title, tag("Models", pattern)) == ("models",)
