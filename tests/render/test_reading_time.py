"""How long a day takes to read."""

import pytest

from site_builder.render.html_words import minutes_to_read
from tests.factories import paper


@pytest.mark.parametrize(
    ("abstract", "minutes"), [("", 1), ("word " * 690, 3), ("推理任务模型" * 250, 3), ("x" * 50_000, 100)]
)
def test_reading_time_counts_words_or_signs(abstract, minutes):
    assert minutes_to_read([paper("A", abstract=abstract)]) == minutes


def test_a_day_says_how_long_it_takes(build_site):
    text = "word " * 460
    site = build_site(f"-- papers/2026-05-27.yaml --\nlisted: 2026-05-27\npapers: [{{title: A, abstract: {text}}}]\n")
    assert "2 minutes to read" in site.text("days/2026-05-27.html")
