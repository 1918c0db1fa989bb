"""Adding a day leaves the files of past months unchanged."""

import pytest

from tests.conftest import write_content

SETTINGS = """
-- site.yaml --
title: Small
base_url: https://small.example
search: false
social_cards: false
related: none
page_size: 5
feeds: {archives: none}
author_min: 15
venue_min: 27
"""


def day_of(date, count=6):
    """Return a day's list of papers; all days share tags and organisations."""
    papers = "".join(
        f"- {{title: Clouds of {date} {n}, tags: [rain, snow {n}], organization: Lab {n % 2}, upvotes: {n}, "
        f"authors: [Ada Lovelace, Nell Once {date} {n}], venue: NeurIPS 2025}}\n"
        for n in range(count)
    )
    return f"-- papers/{date}.yaml --\nlisted: {date}\npapers:\n{papers}"


CLOSED = ["2026-02-26", "2026-02-27", "2026-03-02", "2026-03-03", "2026-03-30", "2026-04-01"]
# The front: pages that show the newest papers or count all of them.
FRONT = (
    "index.html",
    "archive.html",
    "trending.html",
    "statistics.html",
    "feeds.html",
    "my.html",
    "years/2026.html",
    "tags/",
    "organizations/",
    "authors/",
    "venues/",
    "sitemap.xml",
    "feeds/",
    "mail/editions.json",
    "api/papers.json",
    "api/recent.json",
    "api/tags.json",
)


@pytest.fixture
def changed(build_site):
    """Build a site, add a day, and return the paths of earlier files that changed."""
    before = build_site(SETTINGS + "".join(map(day_of, CLOSED)))
    kept = {path: (before.output / path).read_bytes() for path in before.paths}
    write_content(before.content, day_of("2026-04-02"))
    after = build_site(before.content)
    assert kept.keys() <= after.paths
    return sorted(path for path, content in kept.items() if (after.output / path).read_bytes() != content)


def test_no_page_of_a_month_that_is_over_changes(changed):
    assert [path for path in changed if "2026-02" in path or "2026-03" in path] == []
    assert [path for path in changed if path.startswith("papers/clouds-of-2026-0") and "2026-04-01" not in path] == []


def test_nothing_changes_but_the_open_month_and_the_front(changed):
    open_month = (
        "days/2026-04-01",
        "weeks/2026-W14",
        "months/2026-04",
        "papers/clouds-of-2026-04-01",
        "api/papers/2026-04",
    )
    assert [path for path in changed if not path.startswith((*FRONT, *open_month))] == []


def test_of_the_terms_only_the_first_pages_change(changed):
    assert [
        path
        for path in changed
        if path.startswith(("tags/", "organizations/", "authors/", "venues/")) and path.count("/") > 1
    ] == []


def month_of(*tags):
    """Return three lists of days in March, each with three papers of each tag."""
    return "".join(
        f"-- papers/2026-03-{day}.yaml --\nlisted: 2026-03-{day}\npapers:\n"
        + "".join(f"- {{title: {tag} of {day} {n}, tags: [{tag}]}}\n" for tag in tags for n in range(3))
        for day in (29, 30, 31)
    )


APRIL = "-- papers/2026-04-01.yaml --\nlisted: 2026-04-01\npapers:\n- {title: First of April, tags: [Rain]}\n"


def test_the_first_day_of_a_month_changes_only_the_terms_of_its_papers(build_site):
    before = build_site(SETTINGS + month_of("Rain", "Snow"))
    snow, known = before.text("tags/snow.html"), set(before.paths)
    write_content(before.content, APRIL)
    after = build_site(before.content)
    assert after.text("tags/snow.html") == snow
    added = {path for path in after.paths - known if path.startswith("tags/")}
    assert added == {"tags/rain/2026-03.html"}


def test_the_page_of_a_closed_month_stays_when_the_only_paper_behind_it_goes(build_site):
    site = build_site(SETTINGS + month_of("Rain", "Snow") + APRIL)
    closed = site.text("tags/rain/2026-03.html")
    (site.content / "papers" / "2026-04-01.yaml").unlink()
    again = build_site(site.content)
    assert again.text("tags/rain/2026-03.html") == closed
    assert not any("2026-03.html" in str(problem) for problem in again.problems)
