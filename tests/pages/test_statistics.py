"""The page of statistics: its charts, the tables behind them, and what it says of little."""

import re

from lxml import html as lxml_html

from site_builder.config.settings import Settings
from site_builder.model.paper import PartialDate
from site_builder.pages import statistics
from site_builder.render import html
from tests.factories import catalogue, paper, site


def text_of(made):
    (page,) = statistics.plan(made, Settings())
    return html.render(page, site(made, pages=[page])).decode()


def tree_of(made):
    return lxml_html.fromstring(text_of(made))


TWO_MONTHS = catalogue(
    *(paper(f"Old {n}", "2026-04-20", tags=("Wool",), organization="Farm") for n in range(30)),
    *(paper(f"New {n}", "2026-05-27", tags=("Goats",)) for n in range(25)),
)


def test_a_site_without_papers_has_no_statistics():
    assert list(statistics.plan(catalogue(), Settings())) == []


def test_one_paper_makes_a_page_without_topics_over_time():
    text = text_of(catalogue(paper("One", "2026-05-27", tags=("Wool",))))
    assert "1 paper in 1 digest" in text
    assert "All 1 digest " in text
    assert "Topics over time" not in text
    assert "hold no papers, so there is nothing to compare with" in text


def test_undated_papers_alone_are_counted_without_charts():
    text = text_of(catalogue(paper("One", tags=("Wool",)), paper("Two", organization="Farm")))
    assert "2 papers." in text
    assert '<svg class="chart"' not in text
    assert ">Wool</a>" in text
    assert ">Farm</a>" in text


def test_every_chart_has_a_title_a_description_and_a_table_with_its_numbers():
    tree = tree_of(TWO_MONTHS)
    figures = tree.xpath("//figure")
    assert len(figures) == 4
    for figure in figures:
        (chart,) = figure.xpath(".//svg")
        assert chart.get("role") == "group"
        named = chart.get("aria-labelledby").split()
        assert [figure.xpath(f".//*[@id='{name}']")[0].text != "" for name in named] == [True, True]
        (table,) = figure.xpath(".//details/table")
        assert len(table.xpath(".//tbody/tr")) == 2


def test_the_table_of_a_topic_holds_its_counts_and_those_of_all_papers_newest_first():
    (figure,) = tree_of(TWO_MONTHS).xpath("//figure[.//a[text()='Wool']]")
    rows = [[cell.text_content() for cell in row] for row in figure.xpath(".//tbody/tr")]
    assert rows == [["May 2026", "0", "25"], ["April 2026", "30", "30"]]


def test_no_id_stands_twice_and_no_style_attribute_breaks_the_policy():
    text = text_of(TWO_MONTHS)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert "style=" not in text


def test_rising_and_falling_tags_stand_with_their_counts():
    tables = tree_of(TWO_MONTHS).xpath("//section[@aria-labelledby='changes']//table")
    told = [(t.xpath("./caption")[0].text, [c.text_content() for c in t.xpath("./tbody/tr/*")]) for t in tables]
    assert told == [("Rising", ["Goats", "0", "25"]), ("Falling", ["Wool", "30", "0"])]


def test_where_no_tag_changed_the_page_says_so():
    same = catalogue(
        *(paper(f"Old {n}", "2026-04-20", tags=("Wool",)) for n in range(5)),
        *(paper(f"New {n}", "2026-05-27", tags=("Wool",)) for n in range(5)),
    )
    assert "No tag changed by that much." in text_of(same)


def test_names_from_outside_are_escaped_in_charts_and_tables():
    name = '<img src=x onerror="alert(1)">'
    text = text_of(catalogue(*(paper(f"P {n}", f"2026-0{n}-20", tags=(name,), organization=name) for n in range(3, 6))))
    assert name not in text
    assert "&lt;img src=x" in text


def test_the_median_and_the_busiest_day_are_those_of_the_days_that_are_shown():
    before = [paper(f"Old {n}", f"2025-{n % 12 + 1:02}-{n // 12 + 1:02}") for n in range(200)]
    busy = [paper(f"Busy {n}", "2025-01-28") for n in range(50)]
    shown = [paper(f"New {n}", f"2026-{3 + n // 60:02}-{n % 60 // 2 + 1:02}") for n in range(120)]
    (page,) = statistics.plan(catalogue(*before, *busy, *shown), Settings())
    assert (len(page.data.days), page.data.median) == (60, "2")
    assert page.data.busiest in page.data.days


def test_days_that_papers_have_from_themselves_alone_are_no_digests():
    listed = [paper(f"Listed {n}", "2026-05-27") for n in range(2)]
    stray = [paper(f"Stray {n}", published=PartialDate(2026, n + 1, 7)) for n in range(4)]
    made = catalogue(*listed, *stray)
    (page,) = statistics.plan(made, Settings())
    assert ([day.date.month for day in page.data.days], page.data.median) == ([5], "2")
    text = text_of(made)
    assert "6 papers in 1 digest," in text
    assert "4 papers have their days from themselves alone and stand in the archive" in text
    assert "Papers a month" in text_of(catalogue(*stray))


def test_two_totals_that_differ_say_why():
    twice = paper("Twice", "2026-05-26", "2026-05-27")
    assert "days below have 3 papers together" in text_of(catalogue(twice, paper("Once", "2026-05-27"), paper("Never")))
    assert "1 of them undated" in text_of(catalogue(twice, paper("Never")))
    assert "papers together" not in text_of(catalogue(paper("Once", "2026-05-27"), paper("Never")))


def test_a_month_that_is_not_over_looks_so():
    def told(last):
        made = catalogue(paper("Old", "2026-04-20", tags=("Wool",)), paper("New", last, tags=("Wool",)))
        tree = tree_of(made)
        return tree.xpath("//tbody/tr[1]/th")[1].text_content(), len(tree.xpath("//svg/a[@class='open']"))

    assert told("2026-05-27") == ("May 2026 so far", 2)
    assert told("2026-05-31") == ("May 2026", 0)


def test_every_bar_has_a_value_and_leads_to_its_day_or_month():
    figures = tree_of(TWO_MONTHS).xpath("//figure[.//svg]")
    bars = [[(bar.get("href"), bar.findtext("title")) for bar in figure.xpath(".//svg/a")] for figure in figures]
    assert bars[0] == [
        ("days/2026-04-20.html", "20 April 2026: 30 papers"),
        ("days/2026-05-27.html", "27 May 2026: 25 papers"),
    ]
    assert bars[1] == [
        ("months/2026-04.html", "April 2026: 30 papers"),
        ("months/2026-05.html", "May 2026: 25 papers so far"),
    ]
    assert all(bar.get("tabindex") == "-1" for bar in tree_of(TWO_MONTHS).xpath("//svg/a"))


def test_a_calendar_shows_the_papers_of_each_day_of_the_newest_months():
    calendar = tree_of(TWO_MONTHS).xpath("//section[@aria-labelledby='calendar']//td/a")
    assert [(day.get("href"), " ".join(day.text_content().split())) for day in calendar] == [
        ("days/2026-05-27.html", "27 25 papers"),
        ("days/2026-04-20.html", "20 30 papers"),
    ]
