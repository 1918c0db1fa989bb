"""Tags that lists make up: how many there may be, and which are slips of the pen."""

import pytest

from site_builder.catalogue import tag_bounds
from site_builder.catalogue.tag_bounds import bounded_tags, report_misspellings
from site_builder.model.raw_paper import RawPaper
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import TermDefinition
from tests.factories import paper

VISION = TermDefinition("Vision", "vision", "", ("seeing",), ())


def told(*tags: str) -> list[str]:
    problems = Problems()
    report_misspellings([RawPaper({"tags": list(tags)}, "a.yaml", 3)], [VISION], problems)
    return list(map(str, problems))


@pytest.mark.parametrize("slip", ["Visoin", "Visin", "Visiion", "Vizion", "ision", "Visions"])
def test_a_letter_more_or_less_or_another_or_two_that_changed_places_are_a_slip(slip):
    assert told(slip) == [
        f'a.yaml:3: the tag "{slip}" is not in tags.yaml, and "Vision" is; '
        "correct it, or add it to tags.yaml as an alias or a tag"
    ]


@pytest.mark.parametrize("other", ["Vision", "SEEING", "Viisoon", "Visoni", "Vi", "Vision2", "Vision 2", "Television"])
def test_the_tag_itself_and_another_word_are_none(other):
    assert told(other) == []


def test_a_slip_is_told_once_however_often_it_is_written():
    assert len(told("Visoin", "visoin", "Visin")) == 2


def test_whoever_makes_up_many_tags_means_them(monkeypatch):
    monkeypatch.setattr(tag_bounds, "MAX_CHECKED", 2)
    assert told("Fog", "Hail", "Visoin") == []
    assert len(told("Fog", "Visoin", "Visin")) == 1


def test_of_too_many_tags_those_with_most_papers_stay_and_it_is_told(monkeypatch):
    monkeypatch.setattr(tag_bounds, "MAX_TAGS", 2)
    papers = [paper("One", tags=("c", "b", "a")), paper("Two", tags=("c",)), paper("Three", tags=("a", "b"))]
    problems = Problems()
    assert bounded_tags(papers[:0], problems) == {}
    assert bounded_tags(papers[1:2], problems) == {"two": ("c",)}
    assert list(problems) == []
    assert bounded_tags(papers, problems) == {"one": ("b", "a"), "two": (), "three": ("a", "b")}
    assert list(map(str, problems)) == [
        "papers/list.yaml: the lists name 3 tags; the 2 with most papers are kept; "
        "name fewer, or gather them as aliases in tags.yaml"
    ]


def test_of_too_many_tags_those_of_sections_stay_before_the_others(monkeypatch):
    monkeypatch.setattr(tag_bounds, "MAX_TAGS", 2)
    papers = [paper("One", tags=("c", "b")), paper("Two", tags=("b", "c")), paper("Three", tags=("a",), section="a")]
    assert bounded_tags(papers, Problems()) == {"one": ("b",), "two": ("b",), "three": ("a",)}
