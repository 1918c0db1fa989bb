"""What opens the pages of weeks, months, years, tags and organisations, and which days are digests."""

from datetime import date, timedelta
from html import unescape

import pytest

from site_builder.config.settings import Settings
from site_builder.model.paper import PartialDate, Withdrawal
from site_builder.pages import home, period, term
from site_builder.render import RenderedPage
from tests.factories import catalogue, day, paper
from tests.render.test_html import page_of, site_of, texts


def papers(count, **fields):
    """Return papers of two weeks of one month, the later ones with more upvotes."""
    given = {"tags": ("Looms",) if count else (), **fields}
    return [
        paper(
            f"Paper {n:02}", f"2026-05-{11 + n % 14:02}", upvotes=n, **given | {"tags": ("Looms", "Yarn")[: 1 + n % 2]}
        )
        for n in range(count)
    ]


def pages_of(plan, *given, **settings):
    return {page.path: page.data for page in plan(catalogue(*given), Settings(**settings))}


PERIODS = ["weeks/2026-W20.html", "months/2026-05.html", "years/2026.html"]


def periods_of(*given):
    return pages_of(period.plan, *given) | pages_of(period.plan_years, *given)


@pytest.mark.parametrize(("path", "best"), list(zip(PERIODS, (5, 6, 9), strict=True)))
def test_a_period_opens_with_its_best_most_upvotes_first(path, best):
    data = periods_of(*papers(30))[path]
    upvotes = [each.upvotes for each in data.best]
    assert len(upvotes) == best
    assert upvotes == sorted((each.upvotes for each in data.period.papers), reverse=True)[:best]


@pytest.mark.parametrize("path", PERIODS)
def test_a_period_names_its_topics_with_papers_that_do_not_open_it(path):
    data = periods_of(*papers(30))[path]
    assert [topic.term.name for topic in data.topics] == ["Looms", "Yarn"]
    for topic in data.topics:
        assert not {each.id for each in topic.best} & {each.id for each in data.best}
        assert len(topic.best) == 3


@pytest.mark.parametrize("path", PERIODS)
def test_a_topic_all_of_whose_papers_open_a_period_is_not_named_again(path):
    above = [paper(f"Felt {n}", "2026-05-20", tags=("Felt",), upvotes=900 + n) for n in range(2)]
    assert [topic.term.name for topic in periods_of(*papers(30), *above)[path].topics] == ["Looms", "Yarn"]


@pytest.mark.parametrize("path", PERIODS)
@pytest.mark.parametrize("fields", [{"upvotes": None}, {"withdrawal": Withdrawal(notice="", day=None)}])
def test_a_period_has_no_best_where_nobody_voted_or_all_was_withdrawn(path, fields):
    given = [paper(f"Paper {n}", "2026-05-12", **({"upvotes": 5} | fields)) for n in range(9)]
    assert periods_of(*given)[path].best == ()


def test_the_best_are_a_third_of_few_papers_at_most():
    assert [len(periods_of(*papers(count))["months/2026-05.html"].best) for count in (2, 3, 7, 18, 40)] == [
        0,
        1,
        2,
        6,
        6,
    ]


def test_a_term_opens_with_the_best_of_its_newest_week_its_course_and_the_tags_beside_it():
    given = [*papers(28), paper("Old", "2026-03-03", tags=("Looms",), upvotes=900)]
    data = pages_of(term.plan_tags, *given)["tags/looms.html"]
    assert data.week == "2026-W21"
    assert [each.upvotes for each in data.best] == [27, 26, 25]
    assert data.course == (("2026-03", 1), ("2026-04", 0), ("2026-05", 28))
    assert [(tag.name, count) for tag, count in data.related] == [("Yarn", 14)]


def test_two_months_are_no_course():
    given = [*papers(28), paper("Old", "2026-04-03", tags=("Looms",))]
    assert pages_of(term.plan_tags, *given)["tags/looms.html"].course == ()


@pytest.mark.parametrize("other", ["2026-05-30", "2026-06-01", "2026-09-30"])
def test_the_course_of_a_term_ends_on_the_day_of_its_newest_paper_whatever_comes_of_other_terms(other):
    given = [*papers(28), paper("Old", "2026-03-03", tags=("Looms",)), paper("New", other)]
    caption = texts(page_of(site_of(catalogue(*given)), "tags/looms.html"), ".course figcaption")[0]
    assert caption == "Papers a month, March 2026 to 24 May 2026; at most 28"


def test_an_organisation_has_such_a_front_and_one_of_few_papers_none():
    given = [*papers(28, organization="Mill"), paper("One", "2026-05-12", organization="Shed", upvotes=3)]
    pages = pages_of(term.plan_organizations, *given)
    assert len(pages["organizations/mill.html"].best) == 3
    assert [tag.name for tag, _ in pages["organizations/mill.html"].related] == ["Looms", "Yarn"]
    assert pages["organizations/shed.html"].best == pages["organizations/shed.html"].course == ()


def test_votes_for_papers_of_other_terms_leave_the_front_of_a_term_as_it_is():
    others = [paper(f"Other {n}", "2026-05-26", tags=("Goats",), upvotes=n) for n in range(9)]
    before, after = (pages_of(term.plan_tags, *papers(28), *more)["tags/looms.html"] for more in (others[:1], others))
    assert before == after


def test_terms_of_one_paper_are_set_apart_unless_all_are():
    several = [paper(f"Paper {n}", "2026-05-12", organization="Mill" if n < 2 else f"Shed {n}") for n in range(5)]
    data = pages_of(term.plan_organizations, *several)["organizations/index.html"]
    assert [each.name for each in data.terms] == ["Mill"]
    assert [each.name for each in data.single] == ["Shed 2", "Shed 3", "Shed 4"]
    data = pages_of(term.plan_organizations, *several[2:])["organizations/index.html"]
    assert (len(data.terms), len(data.single)) == (3, 0)


def of_itself(number, on):
    """Return a paper whose day comes from the paper alone."""
    return paper(f"Dump {number}", published=PartialDate(on.year, on.month, on.day), listed=())


def test_papers_of_a_topic_over_ten_years_are_no_row_of_digests():
    dump = [of_itself(n, date(2016, 1, 1) + timedelta(days=31 * n)) for n in range(120)]
    lists = [paper(f"Listed {n}", f"2026-05-{20 + n % 2}") for n in range(8)]
    data = pages_of(home.plan, *dump, *lists)["index.html"]
    assert data.day.date == date(2026, 5, 21)
    assert [each.date for each in data.earlier] == [date(2026, 5, 20)]


def test_where_no_day_is_a_digest_the_front_page_shows_the_newest_papers():
    dump = [of_itself(n, date(2016, 1, 1) + timedelta(days=31 * n)) for n in range(120)]
    data = pages_of(home.plan, *dump)["index.html"]
    assert (data.day, data.earlier) == (None, ())
    assert [each.title for each in data.newest][:2] == ["Dump 119", "Dump 118"]


@pytest.mark.parametrize(("listed", "count"), [(2, "5 papers in 1 digest"), (0, "3 papers")])
def test_a_week_a_month_and_a_year_count_their_digests_alone(listed, count):
    dump = [of_itself(n, date(2026, 5, 18 + n)) for n in range(3)]
    site = site_of(catalogue(*dump, *(paper(f"Listed {n}", "2026-05-22") for n in range(listed))))
    shown = {path: site.pages[path].description for path in ("weeks/2026-W21.html", *PERIODS[1:])}
    assert set(shown.values()) == {count}
    assert all(texts(page_of(site, path), ".contents p") == [count] for path in PERIODS[1:])
    feed = site.pages["feeds/weeks.atom"]
    assert f">{count} ·" in unescape(RenderedPage(feed, site).content().decode())


@pytest.mark.parametrize(
    ("count", "listed", "note", "is_digest"),
    [
        (1, False, "", False),
        (4, False, "", False),
        (5, False, "", True),
        (1, True, "", True),
        (1, False, "Words.", True),
        (0, False, "Words.", True),
    ],
)
def test_a_day_is_a_digest_where_a_list_or_a_note_says_so_or_many_papers_share_it(count, listed, note, is_digest):
    on = date(2026, 5, 27)
    given = [
        paper(f"Paper {n}", *(["2026-05-27"] if listed else []), published=PartialDate(2026, 5, 27))
        for n in range(count)
    ]
    assert day(on.isoformat(), *given, note=note).is_digest is is_digest
