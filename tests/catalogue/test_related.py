"""Which papers are called related, and what is said about why."""

import gzip
import json
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.catalogue import related
from site_builder.catalogue.related import MOST, papers_by_tags, relate
from site_builder.catalogue.similarity import papers_by_words
from site_builder.config.settings import Settings
from site_builder.model.catalogue import TermName
from site_builder.problems import BuildError
from tests.conftest import SHARED, needs_shared
from tests.factories import paper

FILLER = (
    "Wool prices", "Clouds over mountains", "Rivers in spring", "Bridges of stone", "Bread and yeast",
    "Violins and varnish", "Chess openings", "Lighthouse lenses",
)  # fmt: skip


def tags(*papers):
    return {
        each.id: tuple(TermName("tag", name.lower().replace(" ", "-"), name) for name in each.tags) for each in papers
    }


def by_words(*papers, most=MOST):
    return papers_by_words(papers, tags(*papers), most)


def by_tags(*papers, most=MOST):
    return papers_by_tags(papers, tags(*papers), most)


def told(found, of):
    return [(each.paper.title, each.shared) for each in found[of.id]]


ONE = paper("Grazing sheep", abstract="We count grazing sheep in alpine meadows with drones.", tags=("Livestock",))
TWO = paper("Drones for shepherds", abstract="Grazing sheep are found by drones.", tags=("Livestock",))
OTHERS = tuple(paper(title, abstract=f"{title} are studied.", tags=(title,)) for title in FILLER)


def test_papers_with_the_same_subject_are_related_and_the_shared_tags_and_phrases_are_named():
    found = by_words(ONE, TWO, *OTHERS)
    assert told(found, ONE) == [("Drones for shepherds", ("Livestock", "grazing sheep"))]
    assert found[OTHERS[0].id] == ()


def test_what_is_shared_is_really_in_both_papers():
    for each in by_words(ONE, TWO, *OTHERS)[TWO.id]:
        for shared in each.shared:
            held = (f"{p.title} {p.abstract} {' '.join(p.tags)}".lower() for p in (TWO, each.paper))
            assert all(shared.lower() in text for text in held)


def test_lone_words_in_common_make_no_relation():
    one = paper("Frost on windows", abstract="Frost patterns drops meadow")
    two = paper("A meadow", abstract="Frost, meadow; drops.")
    assert by_words(one, two, *OTHERS)[one.id] == ()


def test_no_word_is_named_twice():
    one = paper("Alpine meadow grazing", abstract="Alpine meadow grazing. ALPINE-1 sheep.")
    two = paper("More on alpine meadow grazing", abstract="ALPINE-1 sheep.")
    (each,) = by_words(one, two, *OTHERS)[one.id]
    words = [word.lower() for shared in each.shared for word in shared.replace("-", " ").split()]
    assert len(words) == len(set(words))


def test_what_is_shared_and_equally_telling_comes_in_the_order_of_the_paper():
    one = paper("Meadows", abstract="Wool dyeing. Alpine cheese. Zither tuning.")
    two = paper("Valleys", abstract="Zither tuning. Wool dyeing. Alpine cheese.")
    found = by_words(one, two, *OTHERS)
    assert told(found, one) == [("Valleys", ("Wool dyeing", "Alpine cheese", "Zither tuning"))]
    assert told(found, two) == [("Meadows", ("Zither tuning", "Wool dyeing", "Alpine cheese"))]


def test_a_name_is_told_where_both_papers_write_it_as_one():
    one = paper("Meadows", abstract="Alpine cheese. FLOCK.")
    two = paper("Valleys", abstract="Alpine cheese. FLOCK.")
    three = paper("Hills", abstract="Alpine cheese. flock.")
    found = by_words(one, two, three, *OTHERS)
    assert dict(told(found, one)) == {"Valleys": ("FLOCK", "Alpine cheese"), "Hills": ("Alpine cheese",)}


def test_equally_close_papers_come_in_the_order_of_the_list_and_no_more_than_wanted():
    twins = [paper("Grazing sheep", abstract="Alpine meadows.", id=f"twin-{n}") for n in range(9)]
    found = by_words(*twins, *OTHERS, most=4)
    assert [each.paper.id for each in found["twin-8"]] == ["twin-0", "twin-1", "twin-2", "twin-3"]
    assert all(each.paper.id != "twin-0" for each in found["twin-0"])


def test_papers_without_any_word_are_related_to_none():
    empty = paper("The", id="empty")
    assert by_words(empty, ONE, TWO, *OTHERS)["empty"] == ()
    assert by_words(empty, paper("Of", id="of")) == {"empty": (), "of": ()}


def test_by_tags_more_and_rarer_shared_tags_come_first():
    own = paper("Own", tags=("Sheep", "Reasoning", "Agents"))
    papers = [
        own,
        paper("Common tag", tags=("Reasoning",)),
        paper("Rare tag", tags=("Agents",)),
        paper("Two tags", tags=("Reasoning", "Agents")),
        *(paper(f"Reason {n}", tags=("Reasoning",)) for n in range(3)),
        *OTHERS,
    ]
    assert told(by_tags(*papers, most=3), own) == [
        ("Two tags", ("Agents", "Reasoning")),
        ("Rare tag", ("Agents",)),
        ("Common tag", ("Reasoning",)),
    ]


def test_by_tags_of_equal_papers_those_listed_nearest_in_time_come_first():
    days = ("2026-05-30", "2026-05-20", "2026-05-18", "2026-05-17", "2026-05-12", "2026-05-11")
    papers = [paper(day, day, tags=("Sheep",)) for day in days]
    found = by_tags(*papers, *OTHERS, most=4)
    assert [title for title, _ in told(found, papers[2])] == ["2026-05-17", "2026-05-20", "2026-05-12", "2026-05-11"]
    assert [title for title, _ in told(found, papers[5])] == ["2026-05-12", "2026-05-17", "2026-05-18", "2026-05-20"]


def test_of_a_hundred_tags_the_rarest_known_and_then_the_first_are_compared():
    many = paper("Many", tags=(*(f"Tag {n}" for n in range(100)), "Reasoning", "Agents"))
    for tag in ("Reasoning", "Agents", "Tag 0", "Tag 2"):
        other = paper("Other", tags=(tag, "Rare"))
        assert told(by_tags(many, other, *OTHERS), many) == [("Other", (tag,))]
    assert by_tags(many, paper("Other", tags=("Tag 3",)), *OTHERS)[many.id] == ()


def without_the_extra(monkeypatch):
    monkeypatch.setattr(related, "find_spec", lambda name: None)


WORDS = (
    "sheep", "Sheep", "goats", "alpine meadows", "GRPO", "grpo", "wool", "grazing", "image", "drones", "o1",
    "tokenizer", "diffusion models", "model",
)  # fmt: skip
DAYS = ("2026-05-26", "2026-05-27", "2026-06-02")
MAY = 5


def papers(first):
    """Return a strategy of papers, whose ids begin with a letter."""
    made = st.builds(
        lambda number, title, abstract, tags, days, upvotes: paper(
            title, *days, id=f"{number}-{first}", abstract=abstract, tags=tuple(tags), upvotes=upvotes
        ),
        st.integers(0, 99),
        st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=12).map(", ".join),
        st.sets(st.sampled_from(("Wool", "Reasoning", "Agents", "Sheep")), max_size=3).map(sorted),
        st.sets(st.sampled_from(DAYS), max_size=2).map(sorted),
        st.integers(0, 9),
    )
    return st.lists(made, min_size=2, max_size=15, unique_by=lambda each: each.id)


def assert_only_new_papers_change_lists(old, new, settings, most=MOST):
    """Assert that what is related to each of the old papers changes only in that new ones take their places in it."""
    both = sorted([*old, *new], key=lambda each: (-(each.upvotes or 0), each.id))
    before = relate(old, tags(*old), settings)
    after = relate(both, tags(*both), settings)
    known = {each.id for each in old}
    for each in old:
        kept = [related for related in after[each.id] if related.paper.id in known]
        entered = len(after[each.id]) - len(kept)
        assert kept == list(before[each.id][: max(most - entered, 0)])


@pytest.mark.parametrize("way", ["words", "tags"])
@given(papers("a"), papers("b"))
def test_the_papers_related_to_one_change_only_where_a_new_one_is_among_them(way, old, new):
    assert_only_new_papers_change_lists(old, new, Settings(related=way))


@pytest.mark.parametrize("way", ["words", "tags"])
@given(papers("a"), papers("b"))
def test_papers_of_later_months_change_no_list_of_a_month_that_is_over(way, old, new):
    over = [each for each in old if not each.days or each.days[0].month == MAY]
    later = [each for each in new if each.days and each.days[0].month > MAY]
    before, after = (relate(group, tags(*group), Settings(related=way)) for group in (over, [*over, *later]))
    assert {each.id: after.get(each.id, ()) for each in over} == {each.id: before.get(each.id, ()) for each in over}


@needs_shared
@pytest.mark.parametrize("way", ["words", "tags"])
def test_a_day_more_of_real_papers_moves_no_list_that_no_new_paper_enters(way):
    with gzip.open(SHARED / "data" / "papers_hf.jsonl.gz", "rt", encoding="utf-8") as stream:
        read = [json.loads(line) for line in islice(stream, 530)]
    made = [
        paper(each["title"], each["date"], id=each["id"], abstract=each["abstract"], tags=tuple(each["tags"]))
        for each in read
    ]
    assert_only_new_papers_change_lists(made[:500], made[500:], Settings(related=way))


def test_votes_move_no_related_paper():
    twins = [paper("Grazing sheep", "2026-05-27", id=f"twin-{n}", tags=("Sheep",)) for n in range(9)]
    voted = [replace(each, upvotes=number) for number, each in enumerate(twins)]
    for way in ("words", "tags"):
        before, after = (relate(papers, tags(*papers), Settings(related=way)) for papers in (twins, voted[::-1]))
        for each in twins:
            assert [r.paper.id for r in before[each.id]] == [r.paper.id for r in after[each.id]]


def ways(settings, *papers):
    return {each.by for group in relate(papers, tags(*papers), settings).values() for each in group}


def test_words_are_compared_where_the_extra_is_installed():
    assert ways(Settings(), ONE, TWO, *OTHERS) == {"words"}


def test_tags_are_compared_where_it_is_not(monkeypatch):
    without_the_extra(monkeypatch)
    assert ways(Settings(), ONE, TWO, *OTHERS) == {"tags"}


def test_settings_choose_tags_or_nothing():
    assert ways(Settings(related="tags"), ONE, TWO, *OTHERS) == {"tags"}
    assert relate((ONE, TWO), tags(ONE, TWO), Settings(related="none")) == {}


def test_words_without_the_extra_stop_the_build_and_name_what_to_install(monkeypatch):
    without_the_extra(monkeypatch)
    with pytest.raises(BuildError, match=r"pip install '\.\[similar\]'"):
        ways(Settings(related="words"), ONE, TWO)


@pytest.mark.parametrize("papers", [(), (ONE,)])
def test_no_paper_and_one_paper_have_none_related(papers):
    assert relate(papers, tags(*papers), Settings()) == {}
