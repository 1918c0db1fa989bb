"""Wordings that mean a paper was withdrawn, and similar ones that do not."""

import pytest

from site_builder.papers.withdrawal import LONGEST_NOTICE, withdrawal_notice


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the authors due to an error in Section 3",
        "Withdrawn",
        "withdrawn; the proof of Lemma 2 is wrong",
        "Paper withdrawn",
        "(withdrawn)",
        "12 pages. This article was withdrawn because of an error",
        "arXiv admin note: this paper has been withdrawn by arXiv administrators",
        "This submission has been temporarily withdrawn",
        "This paper has been withdrawn from arXiv",
        "The article has been retracted by the journal",
    ],
)
def test_a_comment_that_says_so_is_the_notice(comment):
    assert withdrawal_notice("Sparse Clouds", "Few.", comment) == comment


@pytest.mark.parametrize(
    "comment",
    [
        "12 pages",
        "Withdrawn from the workshop, accepted at the conference",
        "This work was withdrawn from review and is published elsewhere",
        "A study of withdrawn drugs",
        "Supersedes the withdrawn arXiv:2611.00001",
        "Not withdrawn",
    ],
)
def test_a_comment_that_speaks_of_something_else_is_none(comment):
    assert withdrawal_notice("Sparse Clouds", "Few.", comment) is None


def test_an_abstract_or_a_title_may_say_it_too():
    notice = "This paper has been withdrawn by the author."
    assert withdrawal_notice("Sparse Clouds", notice, "") == notice
    assert withdrawal_notice("Sparse Clouds", "Withdrawn.", "") == "Withdrawn."
    assert withdrawal_notice("RETRACTED: Sparse Clouds", "Few.", "") == ""
    assert withdrawal_notice("[Withdrawn] Sparse Clouds", "", "") == ""


@pytest.mark.parametrize("text", ["Withdrawn patients are studied.", "Retracted robots move.", "We study withdrawal."])
def test_a_paper_about_withdrawing_is_not_withdrawn(text):
    assert withdrawal_notice(text, f"{text} If this paper has been withdrawn, so be it.", "") is None


def test_a_long_notice_is_cut():
    notice = withdrawal_notice("A", "", f"Withdrawn {'because ' * 100}")
    assert len(notice) <= LONGEST_NOTICE + 1
    assert notice.endswith("…")
