"""The geometry of charts."""

import re
from datetime import date

import pytest

from site_builder.model.paper import Counts
from site_builder.render.chart import HEIGHT, bar_chart, line_chart, vote_charts


def heights(chart):
    return [int(found) for found in re.findall(r"v-(\d+)h", "".join(chart.bars))]


def test_bars_are_as_tall_as_their_share_of_the_scale():
    assert heights(bar_chart((5, 10, 20), 20)) == [25, 50, 100]


def test_a_zero_has_no_bar_and_the_smallest_count_still_shows():
    assert heights(bar_chart((0, 1, 10_000), 10_000)) == [2, 100]


def test_a_count_beyond_the_scale_stays_in_the_box():
    assert heights(bar_chart((30,), 20)) == [HEIGHT]


@pytest.mark.parametrize("count", [1, 2, 5, 12, 60])
def test_no_bar_takes_more_than_a_twentieth_of_the_chart(count):
    chart = bar_chart((1,) * count, 1)
    widths = [float(wide) for wide in re.findall(r"v-\d+h([\d.]+)", "".join(chart.bars))]
    assert len(widths) == count
    assert max(widths) <= chart.width / 20


@pytest.mark.parametrize("counts", [(), (0,), (1,), (0, 0, 0), tuple(range(60))])
def test_all_bars_stay_inside_the_box(counts):
    chart = bar_chart(counts, max(counts, default=0))
    starts = [(float(x), float(wide)) for x, wide in re.findall(r"M([\d.]+) \d+v-\d+h([\d.]+)", "".join(chart.bars))]
    assert chart.width > 0
    assert all(x >= 0 and x + wide <= chart.width for x, wide in starts)


def test_a_line_goes_by_days_and_from_zero_up():
    chart = line_chart("upvotes", [(date(2026, 11, 20), 0), (date(2026, 11, 21), 5), (date(2026, 11, 24), 10)])
    assert (chart.width, chart.height, chart.top) == (300, 100, 10)
    assert chart.path == "M0 100L75 50L300 0"


def test_a_line_of_zeros_lies_on_the_ground():
    assert line_chart("comments", [(date(2026, 11, 20), 0), (date(2026, 11, 22), 0)]).path == "M0 100L300 100"


def test_votes_are_drawn_where_two_days_tell_of_some():
    days = [date(2026, 11, 20), date(2026, 11, 21)]
    both = [Counts(day, 3, 1) for day in days]
    assert [chart.name for chart in vote_charts(both)] == ["upvotes", "comments"]
    assert [chart.name for chart in vote_charts([Counts(day, 3, 0) for day in days])] == ["upvotes"]
    assert vote_charts([Counts(days[0], 3, None), Counts(days[1], None, 2)]) == ()
    assert vote_charts([]) == ()
