import gzip
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.papers.boundary import DOUBTFUL, KnownTitles, split_title
from tests.conftest import SHARED, needs_shared

RUN_TOGETHER = Path(__file__).with_name("run_together_titles.txt")

SURVEY = "A Survey of Small Planners"
ABSTRACT = "We present a review of planners that fit on a phone. It covers forty systems."


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (SURVEY, ABSTRACT),
        ("Lanterns: Lighting the Way for Web Agents", "We introduce Lanterns, a benchmark for agents that browse."),
        (
            "Can Robots Fold Laundry? Lessons from a Year of Towels",
            "Recent advances in robot learning have made it easy.",
        ),
        ("Stop! Your Gradients Are Leaking", "This paper shows that gradients reveal the data they come from."),
        ("Scaling Laws for Speech", "Scaling laws for speech are poorly understood. We measure them."),
        ("Sparse Routing in Mixture Models", "Large Language Models (LLMs) have grown beyond one machine."),
        ("A study of graph pruning in the wild", "Graph pruning is widely used, but its effects are unclear."),
        ("Deep Nets", "In this work, we study how deep networks learn to see."),
    ],
)
def test_title_and_abstract_are_parted(title: str, abstract: str) -> None:
    boundary = split_title(f"{title} {abstract}")
    assert (boundary.title, boundary.abstract, boundary.settled_by) == (title, abstract, "scorer")


def test_line_breaks_are_spaces_in_a_title_and_kept_in_an_abstract() -> None:
    boundary = split_title(f" A Survey of\n  Small Planners\n\n{ABSTRACT}\n\nA second paragraph. ")
    assert boundary.title == SURVEY
    assert boundary.abstract == f"{ABSTRACT}\n\nA second paragraph."


def test_a_title_alone_has_no_abstract() -> None:
    boundary = split_title("Learning to Plan with Small Language Models: A Survey")
    assert boundary.title == "Learning to Plan with Small Language Models: A Survey"
    assert boundary.abstract == ""


def test_one_word_and_no_word_leave_nothing_to_choose() -> None:
    assert split_title("Attention").title == "Attention"
    for text in ("Attention", "", "  \n"):
        boundary = split_title(text)
        assert (boundary.abstract, boundary.margin, boundary.second_title) == ("", math.inf, None)
        assert not boundary.is_doubtful


def test_a_clear_cut_is_not_doubtful() -> None:
    boundary = split_title(f"{SURVEY} {ABSTRACT}")
    assert boundary.margin > DOUBTFUL
    assert not boundary.is_doubtful


def test_a_doubtful_cut_names_the_second_reading() -> None:
    boundary = split_title("Moving Maps with Elastic Agents Feedback Agents are slow to learn from their users.")
    assert boundary.is_doubtful
    assert 0 <= boundary.margin < DOUBTFUL
    assert boundary.second_title == "Moving Maps with Elastic Agents"


def test_a_title_of_another_list_settles_the_cut() -> None:
    text = "Fast Maps with Elastic Training Large Chunk Training (LaCT) has shown strong results on maps."
    known = KnownTitles(["Fast maps with elastic training"])
    boundary = split_title(text, known)
    assert boundary.title == "Fast Maps with Elastic Training"
    assert boundary.settled_by == "list"
    assert not boundary.is_doubtful


def test_known_titles_match_through_case_dashes_quotes_and_accents() -> None:
    known = KnownTitles(["“Naive” few–shot   PLANNING: a survey!"])
    boundary = split_title(f"Naïve Few-Shot Planning - A Survey {ABSTRACT}", known)
    assert (boundary.title, boundary.settled_by) == ("Naïve Few-Shot Planning - A Survey", "list")


def test_the_longest_known_title_wins() -> None:
    known = KnownTitles([SURVEY, f"{SURVEY} for Phones and Watches"])
    boundary = split_title(f"{SURVEY} for Phones and Watches {ABSTRACT}", known)
    assert boundary.title == f"{SURVEY} for Phones and Watches"


def test_a_known_title_counts_at_word_boundaries_only() -> None:
    boundary = split_title(f"{SURVEY} {ABSTRACT}", KnownTitles(["A Survey of Small Plan"]))
    assert (boundary.title, boundary.settled_by) == (SURVEY, "scorer")


@pytest.mark.parametrize("short", ["A", "A Survey", "A Survey of Small"])
def test_a_known_title_that_merely_begins_another_does_not_cut_it(short: str) -> None:
    boundary = split_title(f"{SURVEY} {ABSTRACT}", KnownTitles([short]))
    assert (boundary.title, boundary.settled_by) == (SURVEY, "scorer")


def test_a_known_title_longer_than_the_scorer_reaches_is_believed() -> None:
    title = " ".join(["A Very Long Title"] * 9)
    assert split_title(f"{title} {ABSTRACT}", KnownTitles([title])).title == title


@given(st.text())
def test_no_word_of_any_text_is_lost(text: str) -> None:
    boundary = split_title(text)
    assert f"{boundary.title} {boundary.abstract}".split() == text.split()


@needs_shared
def test_at_least_97_percent_of_unseen_papers_are_parted_exactly() -> None:
    trained = {row["title"] for row in rows("title_boundary_train.jsonl.gz")}
    papers = [row for row in rows("papers_hf.jsonl.gz") if row["title"] not in trained]
    sample = papers[::5][:1_000]
    right = sum(split_title(f"{row['title']} {row['abstract']}").title == row["title"] for row in sample)
    assert len(sample) == 1_000
    assert right >= 970


@needs_shared
def test_nine_of_ten_wrong_cuts_are_doubtful_and_few_right_ones() -> None:
    trained = {row["title"] for row in rows("title_boundary_train.jsonl.gz")}
    papers = [row for row in rows("papers_hf.jsonl.gz") if row["title"] not in trained][1::2]
    cuts = [(row["title"], split_title(f"{row['title']} {row['abstract']}")) for row in papers]
    wrong = [boundary.is_doubtful for title, boundary in cuts if boundary.title != title]
    right = [boundary.is_doubtful for title, boundary in cuts if boundary.title == title]
    assert len(wrong) > 20
    assert sum(wrong) >= 0.9 * len(wrong)
    assert sum(right) <= 0.07 * len(right)


@needs_shared
def test_all_120_lines_of_the_one_line_dump_are_parted_exactly() -> None:
    (dump,) = (SHARED / "seeds").glob("001_*.txt")
    others = [path for path in sorted((SHARED / "seeds").glob("*.txt")) if path != dump]
    known = KnownTitles(line for path in others for line in path.read_text("utf-8").splitlines() if len(line) < 250)
    boundaries = [split_title(text, known) for text in run_together(dump)]
    assert [boundary.title for boundary in boundaries] == RUN_TOGETHER.read_text("utf-8").splitlines()
    assert len(boundaries) == 120
    assert sum(boundary.settled_by == "list" for boundary in boundaries) >= 9
    assert sum(boundary.is_doubtful for boundary in boundaries) <= 10


def rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def run_together(dump: Path) -> Iterator[str]:
    """Yield each line without its upvotes and without author count, date and comments."""
    for line in dump.read_text("utf-8").splitlines():
        yield re.sub(r"^(?:\d+|-) | \d+ authors? · .{4,12}?(?: \d+)?$", "", line.strip())
