"""Papers compared by their words: what plain counting finds, also beside what an earlier build left."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cache import Cache
from site_builder.catalogue import terms
from site_builder.catalogue.model import TermName
from site_builder.catalogue.phrases import phrases
from site_builder.catalogue.similarity import FLOOR, REASONS, papers_by_words
from site_builder.catalogue.term_vectors import KEPT, RAREST, SCALE
from site_builder.catalogue.terms import AS_TAG, IN_TITLE, code_of, words_of
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
)
TAGS = ("Wool", "Alpine-Farming", "Sky\nlight")


def texts(most):
    return st.lists(st.sampled_from(WORDS), max_size=most).map(" ".join)


def papers():
    made = st.builds(
        lambda number, title, abstract, tags: paper(title, id=f"{number}", abstract=abstract, tags=tuple(tags)),
        st.integers(0, 400),
        texts(4),
        texts(60),
        st.sets(st.sampled_from(TAGS), max_size=2).map(sorted),
    )
    return st.lists(made, min_size=2, max_size=25, unique_by=lambda each: each.id)


def slug_of(name):
    return name.lower().replace("\n", "-")


def found(papers, cache=None):
    tags = {each.id: tuple(TermName("tag", slug_of(name), name) for name in each.tags) for each in papers}
    related = papers_by_words(papers, tags, MOST, cache)
    return {id: [(each.paper.id, each.shared) for each in group] for id, group in related.items()}


def counted(papers):
    """Return what `found` must be, one pair of papers after the other."""
    mentions, names, vectors = [], [], []
    for each in papers:
        spelled = [*phrases(each.abstract), *phrases(each.title)]
        counts = Counter(key for key, _ in phrases(each.abstract))
        counts.update({key: n * IN_TITLE for key, n in Counter(key for key, _ in phrases(each.title)).items()})
        mentions.append(counts | {f"#{slug_of(name)}": AS_TAG for name in each.tags})
        best = {key: min((s[0].isupper(), n, s) for n, (k, s) in enumerate(spelled) if k == key) for key, _ in spelled}
        told = {key: s for key, (_, _, s) in best.items() if " " in key or s in ("GRPO", "o1")}
        names.append(told | {f"#{slug_of(name)}": name for name in each.tags})
    held = Counter(key for counts in mentions for key in counts)
    rarity = {k: round(1000 * math.log((len(papers) + 1) / max(n, len(papers) / RAREST))) for k, n in held.items()}
    for counts in mentions:
        weights = {key: rarity[key] * round(100 * (1 + math.log(n))) for key, n in counts.items() if held[key] > 1}
        heaviest = sorted((key for key in weights if weights[key]), key=lambda key: (-weights[key], number_of(key)))
        length = math.sqrt(sum(weights[key] ** 2 for key in heaviest[:KEPT]))
        vectors.append({key: round(weights[key] * SCALE / length) for key in heaviest[:KEPT]})
    related = {each.id: [] for each in papers}
    for one, ours in enumerate(vectors):
        shared = [{key: ours[key] * theirs[key] for key in ours.keys() & theirs.keys()} for theirs in vectors]
        for other in sorted(range(len(papers)), key=lambda other: (-sum(shared[other].values()), other)):
            adds = shared[other]
            is_like = sum(adds.values()) > FLOOR * SCALE**2 and any(" " in key or key[0] == "#" for key in adds)
            if other != one and is_like and len(related[papers[one].id]) < MOST:
                told = [key for key in names[one] if key in adds and key in names[other]]
                reasons = named(sorted(told, key=lambda key: -adds[key]), names[one])
                related[papers[one].id].append((papers[other].id, reasons))
    return related


def number_of(key):
    return int.from_bytes(code_of(key), "little")


def named(keys, names):
    chosen = []
    for name in (names[key] for key in keys):
        if all(words_of(name).isdisjoint(words_of(earlier)) for earlier in chosen):
            chosen.append(name)
    return tuple(chosen[:REASONS])


@given(papers())
def test_the_papers_and_the_reasons_are_those_that_plain_counting_finds(papers):
    assert found(papers) == counted(papers)


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory):
    """A new folder each time, and small blocks, so that some change and some do not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "IN_BLOCK", 3)
        yield lambda: tmp_path_factory.mktemp("cache")


@given(papers(), papers(), st.randoms(use_true_random=False))
def test_beside_an_earlier_build_of_other_papers_the_same_are_found(new_folder, earlier, later, order):
    folder = new_folder()
    both = list({each.id: each for each in (*earlier, *later)}.values())
    for listed in (earlier, later, both, order.sample(both, len(both)), later):
        cache = Cache(folder, b"k" * 32)
        assert found(listed, cache) == found(listed)
        cache.close()


def test_the_words_of_papers_that_an_earlier_build_had_are_not_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(terms, "IN_BLOCK", 3)
    many = [paper(f"Alpine sheep {n}", id=f"{n}", abstract=f"Drones v{n}") for n in range(20)]
    found(many, Cache(tmp_path, b"k" * 32))
    read = []
    monkeypatch.setattr(terms, "phrases", lambda text: read.append(text) or phrases(text))
    new = paper("New sheep", id="new", abstract="Grazing")
    assert found([new, *many], Cache(tmp_path, b"k" * 32)) == counted([new, *many])
    assert {"New sheep", "Grazing"} <= set(read)
    assert len(read) < len(many)
