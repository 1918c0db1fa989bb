"""Lighthouse finds nothing to better: 100 in every category, on a telephone and on a desk, and nothing moves.

`make test` looks at two pages, `make audit` at nine kinds of page in both forms. The score of performance is a time,
which other work on the machine lengthens: only `make audit`, which runs alone, expects all of it. Lighthouse does not
see overflow at 320 px; `test_look.py` does.
"""

import os

import pytest

from tests.browser.lighthouse import Form, audit
from tests.browser.programs import CHROMIUM, LIGHTHOUSE, need
from tests.browser.screenshots import chosen_pages

KINDS = ("home", "day", "week", "tag", "paper", "search", "statistics", "feeds", "not-found")
EVERY_RUN: list[tuple[str, Form]] = [(kind, form) for kind in KINDS for form in ("mobile", "desktop")]
SHORT_RUN: list[tuple[str, Form]] = [("day", "mobile"), ("paper", "desktop")]
LEAST_PERFORMANCE = 100 if os.environ.get("BROADSHEET_AUDIT") else 90
ATTEMPTS = 3  # other work on the machine lowers the score of performance, or halts the browser within a line of text


@pytest.mark.parametrize(("kind", "form"), EVERY_RUN if os.environ.get("BROADSHEET_AUDIT") else SHORT_RUN)
def test_lighthouse_gives_a_page_100_in_all_four_categories(sample, sample_address, kind, form):
    need(CHROMIUM, LIGHTHOUSE)
    for _ in range(ATTEMPTS):
        found = audit(f"{sample_address}/{chosen_pages(sample)[kind]}", form)
        assert set(found.scores) == {"performance", "accessibility", "best-practices", "seo"}
        assert {name for name, score in found.scores.items() if score < 100} <= {"performance"}, found
        if found.scores["performance"] >= LEAST_PERFORMANCE and found.shift == 0:
            break
    assert found.scores["performance"] >= LEAST_PERFORMANCE, found
    assert found.shift == 0, found
