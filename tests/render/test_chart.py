"""The geometry of bar charts."""

import re

import pytest

from site_builder.render.chart import HEIGHT, bar_chart


def heights(chart):
    return [int(found) for found in re.findall(r"v-(\d+)h", chart.path)]


def test_bars_are_as_tall_as_their_share_of_the_scale():
    assert heights(bar_chart((5, 10, 20), 20)) == [25, 50, 100]


def test_a_zero_has_no_bar_and_the_smallest_count_still_shows():
    assert heights(bar_chart((0, 1, 10_000), 10_000)) == [2, 100]


def test_a_count_beyond_the_scale_stays_in_the_box():
    assert heights(bar_chart((30,), 20)) == [HEIGHT]


@pytest.mark.parametrize("counts", [(), (0,), (1,), (0, 0, 0), tuple(range(60))])
def test_all_bars_stay_inside_the_box(counts):
    chart = bar_chart(counts, max(counts, default=0))
    starts = [(float(x), int(wide)) for x, wide in re.findall(r"M([\d.]+) \d+v-\d+h(\d+)", chart.path)]
    assert chart.width > 0
    assert all(x >= 0 and x + wide <= chart.width for x, wide in starts)
