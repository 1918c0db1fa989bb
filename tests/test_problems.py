"""Problems: the remedy for an unknown key, and the limit on their number."""

import pytest

from site_builder.problems import MAX_LISTED, Problem, Problems, right_word

KNOWN = ("hold", "hide", "lead", "title")


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("titel", 'did you mean "title"?'),
        ("Lead ", 'did you mean "lead"?'),
        ("pin", 'write "lead"'),
        ("Pin-To-Top", "known keys are hold, hide, lead, title"),
        ("held", 'did you mean "hold"?'),
        ("colour", "known keys are hold, hide, lead, title"),
        ("hat", "known keys are hold, hide, lead, title"),
    ],
)
def test_a_word_is_proposed_only_where_it_is_near_or_known_to_be_meant(key, remedy):
    assert right_word(key, KNOWN, {"pin": "lead"}) == remedy


def flooded() -> Problems:
    problems = Problems()
    for line in range(1, MAX_LISTED + 1):
        problems.add("desk.yaml", line, "is wrong", "mend it")
    return problems


def test_mails_wait_for_a_problem_that_comes_after_very_many():
    problems = flooded()
    for line in range(2_001, 2_004):
        problems.stopping("weekly").add("desk.yaml", line, "is no paper", "mend it", lines=1)
        problems.stopping("2026-05-27").add("desk.yaml", line, "is no paper", "mend it", lines=1)
    stopping = {(problem.line, problem.stops) for problem in problems if problem.stops}
    assert stopping == {(2_001, "weekly"), (2_001, "2026-05-27")}
    assert len(problems) == MAX_LISTED + 6
    assert [*problems][-1] == Problem("desk.yaml", None, "4 more problems", "mend those reported first", lines=4)


def test_a_problem_that_is_only_counted_counts_once():
    problems = flooded()
    for _ in range(2):
        problems.add("desk.yaml", 2_001, "is wrong", "mend it", lines=1, records=1)
    assert len(problems) == MAX_LISTED + 1
    assert [*problems][-1] == Problem("desk.yaml", None, "1 more problem", "mend those reported first", 1, 1)
