"""Versions of a paper from one source are merged, with corrections and counts by day."""

from datetime import date

from site_builder.model.paper import Correction, Counts, Place, Withdrawal
from site_builder.papers.history import corrections_of_all, fold_versions
from tests.factories import paper

FIRST = "papers/fetched/hf-daily/2026-11-18.json"
SECOND = "papers/fetched/hf-daily/2026-11-18@2026-11-20.json"
THIRD = "papers/fetched/hf-daily/2026-11-18@2026-11-21.json"
SEEN = {FIRST: date(2026, 11, 18), SECOND: date(2026, 11, 20), THIRD: date(2026, 11, 21)}


def version(path, title="Sparse Clouds", *days, **fields):
    return paper(title, *days, id="2611.00001", arxiv="2611.00001", places=(Place(path, 2),), **fields)


def folded(*versions):
    (made,) = fold_versions(versions, SEEN)
    return made


def test_the_newest_text_counts_and_every_change_is_told_with_its_day_and_place():
    made = folded(
        version(FIRST, "Sparse Clouds", "2026-11-18", abstract="Few."),
        version(SECOND, "Dense Clouds", "2026-11-18", abstract="Few."),
        version(THIRD, "Dense Clouds", "2026-11-18", abstract="Many."),
    )
    assert (made.title, made.abstract) == ("Dense Clouds", "Many.")
    assert made.corrections == (
        Correction(SEEN[SECOND], "title", "Sparse Clouds", "Dense Clouds", Place(SECOND, 2)),
        Correction(SEEN[THIRD], "abstract", "Few.", "Many.", Place(THIRD, 2)),
    )
    assert made.listed == (date(2026, 11, 18),)
    assert made.places == (Place(FIRST, 2),)


def test_a_later_version_never_moves_the_day_a_paper_was_listed():
    made = folded(version(FIRST, "Clouds", "2026-11-18"), version(SECOND, "Clouds", "2026-11-20"))
    assert made.listed == (date(2026, 11, 18),)


def test_the_day_decides_and_not_the_order_of_the_files():
    versions = [version(THIRD, "Third"), version(FIRST, "First"), version(SECOND, "Second")]
    made = folded(*versions)
    assert made.title == "Third"
    assert [each.after for each in made.corrections] == ["Second", "Third"]


def test_what_a_later_version_lacks_stays():
    made = folded(
        version(FIRST, abstract="Few.", authors=("Ada Example",), upvotes=3, links={"code": "https://e.org/c"}),
        version(SECOND, upvotes=0, links={"project": "https://e.org/p"}),
    )
    assert (made.abstract, made.authors, made.upvotes) == ("Few.", ("Ada Example",), 0)
    assert made.links == {"code": "https://e.org/c", "project": "https://e.org/p"}
    assert made.corrections == ()


def test_an_abstract_that_came_late_is_no_correction():
    assert folded(version(FIRST), version(SECOND, abstract="Few.")).corrections == ()


def test_counts_make_a_series_of_days():
    made = folded(version(FIRST, upvotes=3, comments=0), version(SECOND, upvotes=5), version(THIRD, upvotes=4))
    assert made.counts == (
        Counts(SEEN[FIRST], 3, 0),
        Counts(SEEN[SECOND], 5, None),
        Counts(SEEN[THIRD], 4, None),
    )
    assert (made.upvotes, made.comments) == (4, 0)


def test_a_withdrawal_has_the_day_it_was_seen_and_can_be_taken_back():
    gone = {"abstract": "Few.", "comment": "withdrawn", "withdrawal": Withdrawal("withdrawn")}
    made = folded(version(FIRST, abstract="Few."), version(SECOND, **gone))
    assert made.withdrawal == Withdrawal("withdrawn", SEEN[SECOND])
    assert [(each.what, each.before, each.after) for each in made.corrections] == [("withdrawal", "", "withdrawn")]
    back = folded(version(FIRST, abstract="Few."), version(SECOND, **gone), version(THIRD, abstract="Few."))
    assert (back.withdrawal, back.comment) == (None, None)
    assert [(each.what, each.after) for each in back.corrections] == [("withdrawal", "withdrawn"), ("withdrawal", "")]


def test_a_paper_that_never_was_otherwise_is_withdrawn_without_a_day():
    gone = {"abstract": "Few.", "withdrawal": Withdrawal("")}
    made = folded(version(FIRST, upvotes=1, **gone), version(SECOND, upvotes=2, **gone))
    assert (made.withdrawal, made.corrections) == (Withdrawal(""), ())


def test_papers_of_other_lists_and_other_sources_are_left_as_they_are():
    papers = [
        version("papers/mine.yaml"),
        version("papers/fetched/other/2026-11-18.json"),
        version(FIRST),
        paper("Another", places=(Place(FIRST, 9),)),
    ]
    assert fold_versions(papers, {**SEEN, "papers/fetched/other/2026-11-18.json": SEEN[FIRST]}) == papers
    assert fold_versions(papers, {}) == papers


def test_two_sources_that_tell_the_same_correction_tell_it_once():
    first = Correction(SEEN[SECOND], "title", "A", "B", Place("a", 1))
    later = Correction(SEEN[THIRD], "title", "A", "B", Place("b", 1))
    assert corrections_of_all([paper(corrections=(later,)), paper(corrections=(first,))]) == (first,)
    assert corrections_of_all([paper(), paper(corrections=(later,))]) == (later,)


def test_the_newest_authors_bring_their_own_ids_and_number():
    ada, bo, cy = "Ada Example", "Bo Roe", "Cy Poe"
    made = folded(
        version(FIRST, authors=(ada, bo), author_ids=("", "orcid:0000-0001-5109-3700"), has_more_authors=True),
        version(SECOND, authors=(ada, cy, bo)),
        version(THIRD, upvotes=4),
    )
    assert (made.authors, made.has_more_authors) == ((ada, cy, bo), False)
    assert made.author_ids == ("", "", "orcid:0000-0001-5109-3700")


def test_counts_alone_leave_it_open_that_there_are_more_authors():
    made = folded(version(FIRST, authors=("Ada Example",), has_more_authors=True), version(SECOND, upvotes=4))
    assert made.has_more_authors
