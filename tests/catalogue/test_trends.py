"""Trending papers, rising and falling tags, topics over time."""

from datetime import date, timedelta

from site_builder.catalogue.trends import compare, largest, month_counts, newest_day, topics, trending
from site_builder.model.paper import Counts, Withdrawal
from tests.factories import catalogue, paper


def ranked(made, most=10):
    return [each.paper.title for each in trending(made, most)]


def many(prefix, day, count, *tags):
    return [paper(f"{prefix} {n}", day, tags=tags) for n in range(count)]


def test_upvotes_sink_with_age_counted_from_the_newest_day_with_papers():
    made = catalogue(
        paper("Today", "2026-05-27", upvotes=20),
        paper("Four days old", "2026-05-23", upvotes=100),
        paper("A week old", "2026-05-20", upvotes=100),
        notes={"2026-06-30": "A note alone."},
    )
    assert newest_day(made).date == date(2026, 5, 27)
    assert ranked(made) == ["Today", "Four days old", "A week old"]
    assert ranked(made, 1) == ["Today"]


def test_a_paper_that_is_listed_again_does_not_become_young():
    made = catalogue(paper("Again", "2026-05-01", "2026-05-27", upvotes=50), paper("New", "2026-05-27", upvotes=5))
    assert ranked(made) == ["New", "Again"]


def test_papers_without_upvotes_or_without_a_day_do_not_trend_and_equals_come_by_id():
    made = catalogue(
        paper("No votes", "2026-05-27", upvotes=0),
        paper("Unknown votes", "2026-05-27"),
        paper("No day", upvotes=90),
        paper("B", "2026-05-27", upvotes=3),
        paper("A", "2026-05-27", upvotes=3),
    )
    assert ranked(made) == ["A", "B"]


def test_only_papers_of_the_last_four_weeks_trend():
    days = ("2026-05-27", "2026-04-30", "2026-04-29")
    made = catalogue(*(paper(f"Of {day}", day, upvotes=10) for day in days))
    assert ranked(made) == ["Of 2026-05-27", "Of 2026-04-30"]


def test_a_withdrawn_paper_does_not_trend():
    made = catalogue(
        paper("Gone", "2026-05-27", upvotes=90, withdrawal=Withdrawal(day=date(2026, 5, 27), notice="")),
        paper("Here", "2026-05-27", upvotes=1),
    )
    assert ranked(made) == ["Here"]


def test_places_are_compared_with_those_of_the_digest_before_by_the_votes_seen_then():
    seen = (Counts(date(2026, 5, 26), 1, None), Counts(date(2026, 5, 27), 50, None))
    made = catalogue(
        paper("Riser", "2026-05-25", upvotes=50, counts=seen),
        paper("Steady", "2026-05-26", upvotes=9),
        paper("New", "2026-05-27", upvotes=99),
    )
    assert [(each.paper.title, each.rose) for each in trending(made, 10)] == [
        ("New", None),
        ("Riser", 0),
        ("Steady", -2),
    ]


def test_a_tag_whose_share_grew_beyond_chance_rises_and_the_other_falls():
    made = catalogue(
        *many("Old", "2026-04-20", 30, "Wool"),
        *many("Old goat", "2026-04-20", 10, "Goats"),
        *many("New", "2026-05-27", 10, "Wool"),
        *many("New goat", "2026-05-27", 30, "Goats"),
        *many("Steady", "2026-04-20", 10, "Clouds"),
        *many("Steady too", "2026-05-27", 12, "Clouds"),
    )
    found = compare(made, 10)
    assert [(each.term.name, each.before, each.now) for each in found.rising] == [("Goats", 10, 30)]
    assert [(each.term.name, each.before, each.now) for each in found.falling] == [("Wool", 30, 10)]
    assert (found.papers_before, found.papers_now) == (50, 52)


def test_shares_are_compared_not_counts():
    made = catalogue(*many("Old", "2026-04-20", 10, "Wool"), *many("New", "2026-05-27", 100, "Wool"))
    assert compare(made, 10).rising == ()


def test_few_papers_say_nothing():
    made = catalogue(
        *many("Old", "2026-04-20", 60, "Wool"),
        *many("New", "2026-05-27", 10, "Wool"),
        *many("X", "2026-05-27", 4, "Yaks"),
    )
    assert compare(made, 10).rising == ()


def test_the_two_periods_are_four_weeks_each_and_do_not_overlap():
    newest = date(2026, 5, 27)
    days = [newest - timedelta(days=back) for back in (0, 27, 28, 55, 56)]
    found = compare(catalogue(*(paper(f"P {day}", day.isoformat()) for day in days)), 10)
    assert (found.first, found.last) == (newest - timedelta(days=27), newest)
    assert (found.papers_now, found.papers_before) == (2, 2)


def test_a_site_without_an_earlier_period_compares_nothing():
    found = compare(catalogue(*many("New", "2026-05-27", 30, "Wool")), 10)
    assert (found.papers_before, found.rising, found.falling) == (0, (), ())


def test_months_are_counted_without_a_gap_up_to_the_newest():
    made = catalogue(paper("A", "2025-12-31"), paper("B", "2026-03-01"), paper("C", "2026-03-02"))
    assert month_counts(made, 24) == (("2025-12", 1), ("2026-01", 0), ("2026-02", 0), ("2026-03", 2))
    assert month_counts(made, 2) == (("2026-02", 0), ("2026-03", 2))


def test_topics_are_the_tags_with_most_papers_in_the_months_shown():
    made = catalogue(
        *many("Old", "2025-01-10", 9, "Wool"),
        *many("New", "2026-02-10", 2, "Goats"),
        *many("Newer", "2026-03-10", 1, "Goats"),
        paper("Twice", "2026-02-01", "2026-02-28", "2026-03-01", tags=("Clouds",)),
    )
    found = topics(made, 5, 2)
    assert [(each.term.name, each.counts) for each in found] == [("Goats", (2, 1)), ("Clouds", (1, 1))]


def test_one_month_makes_no_topics_over_time():
    assert topics(catalogue(*many("New", "2026-05-27", 30, "Wool")), 5, 24) == ()


def test_the_largest_terms_come_first_and_single_papers_only_among_themselves():
    made = catalogue(*many("A", "2026-05-27", 2, "Wool"), *many("B", "2026-05-27", 1, "Goats", "Clouds"))
    assert [term.name for term in largest(made.tags, 9)] == ["Wool"]
    single = catalogue(*many("B", "2026-05-27", 1, "Goats", "Clouds"))
    assert [term.name for term in largest(single.tags, 9)] == ["Clouds", "Goats"]


def test_an_empty_catalogue_has_no_trends():
    empty = catalogue()
    assert (newest_day(empty), trending(empty, 9), compare(empty, 9)) == (None, (), None)
    assert (month_counts(empty, 9), topics(empty, 9, 9), largest(empty.tags, 9)) == ((), (), ())
