"""The remedy for an unknown key."""

import pytest

from site_builder.problems import right_word

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
