"""Records with only new counts add a day to a paper; all others make papers."""

from datetime import date

import pytest

from site_builder.config.settings import Settings
from site_builder.model.paper import Counts
from site_builder.model.raw_paper import RawPaper
from site_builder.papers import make_papers
from site_builder.papers.votes import split_votes
from site_builder.problems import Problems
from site_builder.report import account
from site_builder.sources import FileReport, Sources

FIRST = "papers/fetched/hf-daily/2026-11-18.json"
LATER = "papers/fetched/hf-daily/2026-11-18@2026-11-20.json"
SEEN = {FIRST: date(2026, 11, 18), LATER: date(2026, 11, 20)}


def record(path, **fields):
    return RawPaper({"arxiv": "2611.00001", "title": "Sparse Clouds", "upvotes": 3, **fields}, path, 1)


BASE = record(FIRST, abstract="Few.")


def test_a_record_that_only_counts_anew_makes_no_paper():
    records, votes = split_votes([BASE, record(LATER, upvotes=5, comments=1, listed="2026-11-18")], SEEN)
    assert records == [BASE]
    assert votes == {id(BASE): [Counts(SEEN[LATER], 5, 1)]}


@pytest.mark.parametrize(
    "later",
    [
        record(LATER, abstract="Few."),
        record(LATER, title="Dense Clouds"),
        record(LATER, arxiv="2611.00002"),
        record(LATER, upvotes="many"),
        record(LATER, upvotes=-1),
        record(LATER, upvotes=10**9),
        record(LATER, upvotes=True),
        record("papers/fetched/other/2026-11-18@2026-11-20.json"),
    ],
)
def test_a_record_that_says_more_or_is_to_be_checked_makes_its_own(later):
    seen = {**SEEN, later.path: SEEN[LATER]}
    assert split_votes([BASE, later], seen) == ([BASE, later], {})


def test_a_title_that_changed_before_is_the_one_to_compare_with():
    changed = record(LATER, title="Dense Clouds")
    third = "papers/fetched/hf-daily/2026-11-18@2026-11-21.json"
    again = record(third, title="Dense Clouds", upvotes=9)
    records, votes = split_votes([BASE, changed, again], {**SEEN, third: date(2026, 11, 21)})
    assert records == [BASE, changed]
    assert votes == {id(BASE): [Counts(date(2026, 11, 21), 9, None)]}


def test_every_record_is_accounted_for():
    records = (BASE, record(LATER, upvotes=5))
    files = {path: FileReport(path, "Hugging Face daily papers", records=1, kept=1) for path in (FIRST, LATER)}
    problems = Problems()
    made = make_papers(Sources(records, files, (), (), ()), Settings(), problems)
    told = account(files.values(), made.papers, problems)
    assert (made.records, made.merged, len(made.papers)) == (2, 1, 1)
    assert [(each["papers"], each["merged"]) for each in told["files"]] == [(1, 0), (0, 1)]
    assert made.papers[0].counts == (Counts(SEEN[FIRST], 3, None), Counts(SEEN[LATER], 5, None))
