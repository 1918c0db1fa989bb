"""The year of pages whose dates have none."""

SHEET = "This made-up abstract says in plain words what was done. " * 5


def page(day: str, *papers: tuple[str, str]) -> str:
    blocks = "\n".join(f"{title}\n\n{SHEET}\n\n  • 2 authors\n·\n{date}\n" for title, date in papers)
    return f"Daily Papers\n\n{day}\n\n{blocks}"


def days(site) -> dict[str, list[str]]:
    return {paper["title"]: paper["days"] for paper in site.papers.values()}


def test_the_year_is_the_one_after_the_newest_that_the_page_names(build_site):
    site = build_site("-- a.txt --\n" + page("May 27", ("Sparse Clouds", "May 6"), ("Counting Sheep", "Feb 11, 2025")))
    assert days(site) == {"Sparse Clouds": ["2026-05-27"], "Counting Sheep": ["2026-05-27"]}
    assert {paper["title"]: paper["published"] for paper in site.papers.values()} == {
        "Sparse Clouds": "2026-05-06",
        "Counting Sheep": "2025-02-11",
    }
    assert site.problems == []


def test_another_list_that_dates_the_same_paper_in_full_corrects_the_year(build_site):
    site = build_site(
        "-- a.txt --\n"
        + page("May 27", ("Sparse Clouds", "May 6"), ("Counting Sheep", "Feb 11, 2019"))
        + "-- b.txt --\n"
        + page("Jun 12", ("Sparse Clouds", "May 6, 2024"), ("Deep Snow", "Jun 1"))
    )
    assert days(site)["Counting Sheep"] == ["2024-05-27"]
    assert days(site)["Deep Snow"] == ["2025-06-12"]
    assert site.problems == [
        "a.txt: its dates imply the year 2020, but other lists date the same papers 2024; 2024 is taken; "
        'settle it with `year:` for "a.txt" under lists: in site.yaml'
    ]


def test_a_year_that_cannot_be_known_leaves_the_papers_undated_and_says_how_to_settle_it(build_site):
    site = build_site("-- a.txt --\n" + page("May 27", ("Sparse Clouds", "May 6")))
    assert days(site) == {"Sparse Clouds": []}
    assert "Sparse Clouds" in site.text("undated.html")
    assert site.problems == [
        "a.txt: 1 paper without a day (the list does not say its year), kept under Undated; "
        'write `listed:` in the list, or `lists: [{path: "a.txt", listed: YYYY-MM-DD}]` in site.yaml'
    ]


def test_site_yaml_settles_the_day_of_a_list_by_its_name(build_site):
    site = build_site(
        '-- site.yaml --\nlists:\n- path: "papers/00*"\n  listed: 2025-08-07\n'
        "-- papers/002.txt --\n" + page("Aug 7", ("Sparse Clouds", "May 6"))
    )
    assert days(site) == {"Sparse Clouds": ["2025-08-07"]}
    assert site.papers["sparse-clouds"]["published"] == "2025-05-06"
    assert site.problems == []


def test_site_yaml_settles_the_year_of_a_list(build_site):
    site = build_site(
        "-- site.yaml --\nlists:\n- path: a.txt\n  year: 2023\n-- a.txt --\n"
        + page("May 27", ("Sparse Clouds", "May 6"))
    )
    assert days(site) == {"Sparse Clouds": ["2023-05-27"]}


def test_a_page_whose_papers_are_all_dated_in_full_is_of_the_first_day_not_before_them(build_site):
    site = build_site(
        "-- a.txt --\n"
        + page("Jan 2", ("Sparse Clouds", "Dec 30, 2025"), ("Counting Sheep", "Dec 31, 2025"))
        + "-- b.txt --\n"
        + page("Nov 20", ("Deep Snow", "Nov 18, 2026"))
    )
    assert days(site) == {
        "Sparse Clouds": ["2026-01-02"],
        "Counting Sheep": ["2026-01-02"],
        "Deep Snow": ["2026-11-20"],
    }
    assert site.problems == []
