"""Papers compared by their words: what plain counting finds, also beside what an earlier build left."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.catalogue import similarity, term_vectors
from site_builder.catalogue.phrases import phrases
from site_builder.catalogue.similarity import FLOOR, REASONS, papers_by_words
from site_builder.catalogue.term_vectors import AS_TAG, IN_TITLE, LEAST_WEIGHT, MOST_TERMS, SCALE, vector_of, words_of
from site_builder.catalogue.term_weights import emphasis, shipped_weights
from site_builder.model.catalogue import TermName
from site_builder.volumes.cache import Cache
from tests.factories import paper

MOST = 3
WORDS = (
    "sheep",
    "Sheep",
    "goats",
    "alpine-meadows",
    "GRPO",
    "grpo",
    "wool",
    "grazing",
    "the",
    "model",
    "drones",
    "o1",
    "of",
    "image",
    "tokenizer",
    "diffusion-model",
)
TAGS = ("Wool", "Alpine-Farming", "Sky\nlight")


def texts(most):
    return st.lists(st.sampled_from(WORDS), max_size=most).map(" ".join)


def papers():
    made = st.builds(
        lambda number, days, title, abstract, tags: paper(
            title, *days, id=f"{number}", abstract=abstract, tags=tuple(tags)
        ),
        st.integers(0, 400),
        st.sampled_from(((), ("2026-05-27",), ("2026-05-28",), ("2026-06-02",))),
        texts(4),
        texts(60),
        st.sets(st.sampled_from(TAGS), max_size=2).map(sorted),
    )
    return st.lists(made, min_size=2, max_size=25, unique_by=lambda each: each.id).map(last_listed_first)


def last_listed_first(papers):
    return sorted(papers, key=lambda each: str(each.days[0]) if each.days else "", reverse=True)


def slug_of(name):
    return name.lower().replace("\n", "-")


def found(papers, cache=None):
    tags = {each.id: tuple(TermName("tag", slug_of(name), name) for name in each.tags) for each in papers}
    related = papers_by_words(papers, tags, MOST, cache)
    return {id: [(each.paper.id, each.shared) for each in group] for id, group in related.items()}


def counted(papers):
    """Return what `found` must be, one pair of papers after the other."""
    names, vectors = [], []
    for each in papers:
        spelled = [*phrases(each.abstract), *phrases(each.title)]
        counts = Counter(key for key, _ in phrases(each.abstract))
        counts.update({key: n * IN_TITLE for key, n in Counter(key for key, _ in phrases(each.title)).items()})
        counts |= {f"#{slug_of(name)}": AS_TAG for name in each.tags}
        best = {key: min((s[0].isupper(), n, s) for n, (k, s) in enumerate(spelled) if k == key) for key, _ in spelled}
        told = {key: s for key, (_, _, s) in best.items() if " " in key or s in ("GRPO", "o1")}
        names.append(told | {f"#{slug_of(name)}": name for name in each.tags})
        weights = {key: shipped_weights().weight_of(key) * emphasis(n) for key, n in counts.items()}
        weights = {key: weight for key, weight in weights.items() if weight >= LEAST_WEIGHT}
        length = math.sqrt(sum(weight**2 for weight in weights.values()))
        vectors.append({key: round(weight * SCALE / length) for key, weight in weights.items()})
    related = {each.id: [] for each in papers}
    for one, ours in enumerate(vectors):
        shared = [{key: ours[key] * theirs[key] for key in ours.keys() & theirs.keys()} for theirs in vectors]
        for other in sorted(range(len(papers)), key=lambda other: (-sum(shared[other].values()), other)):
            adds = shared[other]
            is_like = sum(adds.values()) > FLOOR * SCALE**2 and any(" " in key or key[0] == "#" for key in adds)
            is_later = volume(papers[other]) > volume(papers[one])
            if other != one and is_like and not is_later and len(related[papers[one].id]) < MOST:
                told = [key for key in names[one] if key in adds and key in names[other]]
                reasons = named(sorted(told, key=lambda key: -adds[key]), names[one])
                related[papers[one].id].append((papers[other].id, reasons))
    return related


def volume(paper):
    return str(paper.days[0])[:7] if paper.days else ""


def named(keys, names):
    chosen = []
    for name in (names[key] for key in keys):
        if all(words_of(name).isdisjoint(words_of(earlier)) for earlier in chosen):
            chosen.append(name)
    return tuple(chosen[:REASONS])


@given(papers())
def test_the_papers_and_the_reasons_are_those_that_plain_counting_finds(papers):
    assert found(papers) == counted(papers)


@given(papers())
def test_where_few_candidates_do_not_settle_which_papers_are_closest_all_are_compared(papers):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similarity, "CANDIDATES", MOST + 1)
        assert found(papers) == counted(papers)


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory):
    """A new folder each time, and small blocks, so that some change and some do not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_vectors, "IN_BLOCK", 3)
        yield lambda: tmp_path_factory.mktemp("cache")


@given(papers(), papers(), st.randoms(use_true_random=False))
def test_beside_an_earlier_build_of_other_papers_the_same_are_found(new_folder, earlier, later, order):
    folder = new_folder()
    both = list({each.id: each for each in (*earlier, *later)}.values())
    for listed in map(last_listed_first, (earlier, later, both, order.sample(both, len(both)), later)):
        cache = Cache(folder, b"k" * 32)
        assert found(listed, cache) == found(listed)
        cache.close()


def test_the_words_of_papers_that_an_earlier_build_had_are_not_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(term_vectors, "IN_BLOCK", 3)
    many = [paper(f"Alpine sheep {n}", id=f"{n}", abstract=f"Drones v{n}") for n in range(20)]
    cache = Cache(tmp_path, b"k" * 32)
    found(many, cache)
    cache.close()
    read = []
    monkeypatch.setattr(term_vectors, "phrases", lambda text: read.append(text) or phrases(text))
    new = paper("New sheep", id="new", abstract="Grazing")
    assert found([new, *many], Cache(tmp_path, b"k" * 32)) == counted([new, *many])
    assert {"New sheep", "Grazing"} <= set(read)
    assert len(read) < len(many)


def test_a_month_is_not_compared_again_when_a_later_one_gets_a_paper_nor_are_words_forgotten(tmp_path, monkeypatch):
    def listed(day, *names):
        return [paper(f"Alpine sheep {name}", day, id=name, abstract=f"Drones of {name}") for name in names]

    def build(papers):
        cache = Cache(tmp_path, b"k" * 32)
        related = found(papers, cache)
        cache.close()
        return related

    compared, read = [], []
    related = similarity._SimilarityMatrix.related
    monkeypatch.setattr(
        similarity._SimilarityMatrix, "related", lambda self, volume: compared.append(volume) or related(self, volume)
    )
    monkeypatch.setattr(term_vectors, "phrases", lambda text: read.append(text) or phrases(text))
    old, new = [*listed("2026-05-27", "c", "d"), *listed("2026-04-27", "a", "b")], listed("2026-05-28", "e")
    build(old)
    assert compared == [1, 0]
    build(old)
    read.clear()
    assert build([*new, *old]) == counted([*new, *old])
    assert compared == [1, 0, 0]
    assert not {"Alpine sheep a", "Alpine sheep b"} & set(read)


def vector(text, tags=()):
    return {term.key: term.weight for term in vector_of("", text, {slug: slug for slug in tags})}


def test_a_common_word_counts_only_where_it_comes_up_again_or_in_the_title():
    assert vector("A vector. Wool.").keys() == {"wool"}
    assert vector("A vector. Wool. Vectors.").keys() == {"vector", "wool"}
    assert [term.key for term in vector_of("A vector", "Wool.", {})] == ["wool", "vector"]


def test_the_rarer_of_two_terms_and_the_one_mentioned_more_often_weighs_more():
    weights = vector("Vectors, vectors, vectors. Tokenizers, tokenizers, tokenizers. Wool. Cheese, cheese.")
    assert weights["vector"] < weights["tokenizer"]
    assert weights["wool"] < weights["cheese"]


def test_an_unknown_word_weighs_more_than_an_unknown_phrase_or_tag():
    weights = vector("Wool. Alpine cheese.", tags=("sheep",))
    assert weights["alpine cheese"] < weights["wool"]
    assert weights["#sheep"] < weights["wool"] * emphasis(AS_TAG) / emphasis(1)


def test_a_text_without_end_has_no_more_terms_than_the_weightiest():
    text = ". ".join(f"sheep{number}" for number in range(2 * MOST_TERMS)) + ". Goats, goats."
    assert len(vector(text)) == MOST_TERMS
    assert "goat" in vector(text)


def test_the_vector_of_any_paper_has_the_same_length():
    for text in ("Wool.", "Wool. Alpine cheese, grazing sheep.", "GRPO " * 100 + "sheep"):
        assert math.hypot(*vector(text).values()) == pytest.approx(SCALE, rel=0.001)
