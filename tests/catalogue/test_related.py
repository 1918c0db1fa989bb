"""Which papers are called related, and what is said about why."""

import pytest

from site_builder.catalogue import related
from site_builder.catalogue.model import TermName
from site_builder.catalogue.related import MOST, papers_by_tags, relate
from site_builder.catalogue.similarity import papers_by_words
from site_builder.problems import BuildError
from site_builder.settings import Settings
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
    one = paper("Meadows", abstract="Alpine cheese. RAG.")
    two = paper("Valleys", abstract="Alpine cheese. RAG.")
    three = paper("Hills", abstract="Alpine cheese. rag.")
    found = by_words(one, two, three, *OTHERS)
    assert dict(told(found, one)) == {"Valleys": ("Alpine cheese", "RAG"), "Hills": ("Alpine cheese",)}


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
    own = paper("Own", tags=("Sheep", "Wool", "Farms"))
    papers = [
        own,
        paper("Common tag", tags=("Farms",)),
        paper("Rare tag", tags=("Wool",)),
        paper("Two tags", tags=("Farms", "Wool")),
        *(paper(f"Farm {n}", tags=("Farms",)) for n in range(3)),
        *OTHERS,
    ]
    assert told(by_tags(*papers, most=3), own) == [
        ("Two tags", ("Wool", "Farms")),
        ("Rare tag", ("Wool",)),
        ("Common tag", ("Farms",)),
    ]


def test_by_tags_of_equal_papers_the_nearest_in_the_list_come_first():
    papers = [paper(f"Paper {n}", tags=("Sheep",)) for n in range(9)]
    found = by_tags(*papers, *OTHERS, most=4)
    assert [title for title, _ in told(found, papers[4])] == ["Paper 3", "Paper 5", "Paper 2", "Paper 6"]
    assert [title for title, _ in told(found, papers[0])] == ["Paper 1", "Paper 2", "Paper 3", "Paper 4"]


def test_by_tags_a_tag_of_every_paper_relates_none():
    papers = [paper(f"Paper {n}", tags=("All",)) for n in range(3)]
    assert set(by_tags(*papers).values()) == {()}


def test_of_a_hundred_tags_those_that_other_papers_share_are_compared():
    many = paper("Many", tags=tuple(f"Tag {n}" for n in range(100)))
    other = paper("Other", tags=("Tag 77", "Rare"))
    assert told(by_tags(many, other, *OTHERS), many) == [("Other", ("Tag 77",))]


def without_the_extra(monkeypatch):
    monkeypatch.setattr(related, "find_spec", lambda name: None)


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
