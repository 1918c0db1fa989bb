"""The tag vocabulary, and the problems of a broken one."""

from pathlib import Path
from textwrap import dedent

import pytest

from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import TermDefinition, read_vocabulary

PATH = "tags.yaml"


def read(text: str) -> tuple[tuple[TermDefinition, ...], list[str]]:
    problems = Problems()
    return read_vocabulary(dedent(text), PATH, problems), [str(problem) for problem in problems]


def test_a_tag_holds_what_its_entry_says() -> None:
    tags, problems = read("""\
        tags:
          - name: Language models
            slug: llm
            general: yes
            description: Models of
              language.
            aliases: [LLM, big models]
            patterns:
              - language model
              - LLM
        """)
    described = "Models of language."
    patterns = ("language model", "LLM")
    assert tags == (TermDefinition("Language models", "llm", described, ("LLM", "big models"), patterns, True),)
    assert problems == []


def test_a_slug_is_made_of_the_name_and_everything_but_the_name_may_be_left_out() -> None:
    tags, problems = read("tags: [{name: Graphs & networks}]")
    assert tags == (TermDefinition("Graphs & networks", "graphs-networks", "", (), ()),)
    assert problems == []


def test_one_alias_or_pattern_needs_no_brackets() -> None:
    tags, _ = read("tags: [{name: Law, aliases: legal, patterns: court}]")
    assert (tags[0].aliases, tags[0].patterns) == (("legal",), ("court",))


def test_scalars_stay_text() -> None:
    tags, _ = read("tags: [{name: 2026, aliases: [no, 1:30], patterns: [1.10]}]")
    assert tags == (TermDefinition("2026", "2026", "", ("no", "1:30"), ("1.10",)),)


def test_an_unknown_key_is_named_with_its_line_and_the_key_that_was_meant() -> None:
    tags, problems = read("""\
        tags:
          - name: Law
            pattern: [court]
          - name: Art
            colour: red
        """)
    assert [tag.name for tag in tags] == ["Law", "Art"]
    assert problems == [
        'tags.yaml:3: unknown key "pattern"; did you mean "patterns"?',
        'tags.yaml:5: unknown key "colour"; '
        "known keys are name, slug, general, description, aliases, formerly, patterns, order, section",
    ]


def test_a_tag_without_a_name_is_left_out_and_the_rest_kept() -> None:
    tags, problems = read("""\
        tags:
          - slug: law
          - name: Art
        """)
    assert [tag.name for tag in tags] == ["Art"]
    assert problems == ["tags.yaml:2: a tag has no name; add `name: …`; tag skipped"]


def test_what_is_no_mapping_is_no_tag() -> None:
    tags, problems = read("""\
        tags:
          - Law
          - [Art]
          -
          - name: Music
        """)
    assert [tag.name for tag in tags] == ["Music"]
    assert problems == [
        'tags.yaml:2: "Law" is no tag; write `- name: …`; tag skipped',
        "tags.yaml:3: a list is no tag; write `- name: …`; tag skipped",
        "tags.yaml:4: an empty entry is no tag; write `- name: …`; tag skipped",
    ]


def test_the_second_tag_of_one_name_or_slug_is_left_out() -> None:
    tags, problems = read("""\
        tags:
          - name: Deep-Learning
          - name: deep learning
          - name: Shallow learning
            slug: deep-learning
        """)
    assert [tag.name for tag in tags] == ["Deep-Learning"]
    remedy = "give one of them another; tag skipped"
    owner = 'already stands for the tag "Deep-Learning"'
    assert problems == [
        f'tags.yaml:3: the name "deep learning" of the tag "deep learning" {owner}; {remedy}',
        f'tags.yaml:5: the slug "deep-learning" of the tag "Shallow learning" {owner}; {remedy}',
    ]


def test_an_alias_that_stands_for_another_tag_is_dropped_alone() -> None:
    tags, problems = read("""\
        tags:
          - name: Retrieval
            aliases: [IR]
          - name: Infrared
            aliases:
              - heat
              - ir
              - RETRIEVAL
        """)
    assert [tag.aliases for tag in tags] == [("IR",), ("heat",)]
    remedy = "remove it from one of them; alias skipped"
    owner = 'of the tag "Infrared" already stands for the tag "Retrieval"'
    assert problems == [
        f'tags.yaml:7: the alias "ir" {owner}; {remedy}',
        f'tags.yaml:8: the alias "RETRIEVAL" {owner}; {remedy}',
    ]


def test_a_name_that_is_an_alias_of_an_earlier_tag_is_reported() -> None:
    tags, problems = read("tags: [{name: Speech, aliases: [Audio]}, {name: audio}]")
    assert [tag.name for tag in tags] == ["Speech"]
    assert len(problems) == 1


def test_a_slug_that_no_address_can_hold_is_mended_and_reported() -> None:
    tags, problems = read("tags: [{name: Law, slug: Law & Order}]")
    assert tags[0].slug == "law-order"
    assert problems == ['tags.yaml:1: "Law & Order" is no slug; "law-order" is used; write it so']


@pytest.mark.parametrize(("word", "is_meant"), [("yes", True), ("true", True), ("True", True), ("false", False)])
def test_yes_may_be_written_as_site_yaml_writes_it(word: str, is_meant: bool) -> None:
    tags, problems = read(f"tags: [{{name: Law, general: {word}}}]")
    assert (tags[0].is_general, problems) == (is_meant, [])


def test_patterns_without_words_and_lists_that_hold_more_than_text_are_reported() -> None:
    tags, problems = read("""\
        tags:
          - name: Law
            description: [a, b]
            general: perhaps
            patterns: ["!!", court, {a: b}]
        """)
    assert tags == (TermDefinition("Law", "law", "", (), ("court",)),)
    assert problems == [
        "tags.yaml:3: `description` is not a text; write one line after `description:`",
        'tags.yaml:4: `general` is "perhaps"; write yes or no; no is used',
        'tags.yaml:5: a pattern of "Law" asks for no word; write `all: [one, another]` in it',
        'tags.yaml:5: the pattern "!!" of "Law" holds no letter and no digit; write words; pattern skipped',
        'tags.yaml:5: unknown key "a"; known keys are all, none',
    ]


def test_broken_yaml_is_one_problem_with_its_line() -> None:
    tags, problems = read("tags:\n  - name: Law\n  - name: [Art\n")
    assert tags == ()
    assert len(problems) == 1
    assert problems[0].startswith("tags.yaml:")
    assert "broken YAML" in problems[0]


def test_an_empty_vocabulary_is_no_problem() -> None:
    for text in ("", "# nothing yet\n", "tags:\n", "tags: []\n"):
        assert read(text) == ((), [])


def test_a_file_without_a_list_of_tags_is_reported() -> None:
    expected = "tags.yaml: holds no list of tags; begin with `tags:` and a line `  - name: …` for each tag"
    for text in ("- name: Law\n", "Law\n", "tags: Law\n", "tags: {name: Law}\n"):
        assert read(text) == ((), [expected])
    assert read("tag: [{name: Law}]\n") == (
        (),
        [expected, 'tags.yaml:1: unknown key "tag"; did you mean "tags"?'],
    )


def test_the_vocabulary_that_ships_has_no_problem() -> None:
    text = (Path(__file__).resolve().parents[2] / "content" / PATH).read_text(encoding="utf-8")
    tags, problems = read(text)
    assert problems == []
    assert tags
    assert all(tag.description and tag.patterns for tag in tags)
