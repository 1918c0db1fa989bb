"""Merging: one paper in several lists becomes one; two papers stay two."""

import pytest

from site_builder.papers.merge import first_number


def shared_ids(site) -> list[str]:
    return [problem for problem in site.problems if "has the id of" in problem]


def test_papers_with_one_arxiv_id_are_one_and_keep_the_best_of_each_field(build_site):
    site = build_site("""
-- a.yaml --
- title: Sparse Clouds
  arxiv: 2605.01234v1
  upvotes: 3
  listed: 2026-05-27
  abstract: Short.
-- b.yaml --
- title: Sparse clouds
  id: https://arxiv.org/abs/2605.01234
  authors: [Ada Example]
  upvotes: 9
  listed: 2026-05-28
  tags: weather
  abstract: A longer abstract.
""")
    (paper,) = site.papers.values()
    assert (paper["id"], paper["title"], paper["abstract"]) == ("2605.01234", "Sparse clouds", "A longer abstract.")
    assert (paper["upvotes"], paper["authors"], paper["tags"]) == (9, ["Ada Example"], ["weather"])
    assert paper["listed"] == ["2026-05-27", "2026-05-28"]
    assert paper["sources"] == [{"path": "a.yaml", "line": 1}, {"path": "b.yaml", "line": 1}]
    assert (site.result.papers.records, site.result.papers.merged) == (2, 1)
    assert site.problems == []


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_two_lists_of_authors_the_longer_one_is_taken_wherever_it_stands(build_site, order):
    site = build_site(
        """
-- {}.yaml --
- {{title: Sparse Clouds, arxiv: 2605.01234, authors: [Ada Example, others]}}
-- {}.yaml --
- {{title: Sparse Clouds, arxiv: 2605.01234, authors: [Ada Example, Bo Sample, Cy Other]}}
""".format(*order)
    )
    assert site.papers["2605.01234"]["authors"] == ["Ada Example", "Bo Sample", "Cy Other"]
    assert "and others" not in site.text("papers/2605.01234.html")


def test_of_two_lists_of_as_many_authors_that_of_the_better_source_is_taken(build_site):
    site = build_site("""
-- a.bib --
@article{a, title = {Sparse Clouds}, eprint = {2605.01234}, archiveprefix = {arXiv}, author = {Example, Adele}}
-- b.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234, authors: [Ada Example]}
""")
    assert site.papers["2605.01234"]["authors"] == ["Ada Example"]


def test_of_two_dates_of_publication_the_fuller_one_is_taken(build_site):
    site = build_site("""
-- a.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234, published: 2026}
- {title: Dense Clouds, arxiv: 2605.01235, published: 2026-05-03}
-- b.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234, published: 2026-05-02}
- {title: Dense Clouds, arxiv: 2605.01235, published: 2026-05}
""")
    assert [site.papers[f"2605.0123{n}"]["published"] for n in (4, 5)] == ["2026-05-02", "2026-05-03"]


def test_papers_with_one_title_are_one_whatever_its_dashes_and_capitals(build_site):
    site = build_site(
        "-- a.yaml --\n- title: Sparse Clouds — A Study\n- title: 'Sparse clouds: a study'\n  arxiv: 2605.01234\n"
    )
    assert list(site.papers) == ["2605.01234"]


def test_two_arxiv_ids_under_one_title_are_two_papers(build_site):
    site = build_site(
        """
-- a.yaml --
- {title: A Survey of Clouds, arxiv: 2605.01234}
- {title: A Survey of Clouds, arxiv: 2605.09999}
"""
    )
    assert sorted(site.papers) == ["2605.01234", "2605.09999"]


def test_a_preprint_and_its_published_form_are_one_paper(build_site):
    site = build_site("""
-- a.yaml --
- {title: A Survey of Clouds, arxiv: 2605.01234, authors: [Ada Example]}
- {title: A Survey of Clouds, doi: 10.1000/clouds, authors: ["Example, Ada"]}
""")
    (paper,) = site.papers.values()
    assert paper["links"]["doi"] == "https://doi.org/10.1000/clouds"


def test_a_wrong_doi_does_not_swallow_the_paper_it_belongs_to(build_site):
    site = build_site("""
-- a.yaml --
- {title: Deep Networks Learn Bars, arxiv: 2401.00001}
- {title: Sheep Eat Grass on Hills, doi: 10.1038/x}
- {title: Deep Networks Learn Bars, arxiv: 2401.00001, doi: 10.1038/x}
""")
    assert {paper["title"] for paper in site.papers.values()} == {
        "Deep Networks Learn Bars",
        "Sheep Eat Grass on Hills",
    }
    assert "doi" not in site.papers["2401.00001"]["links"]
    assert shared_ids(site) == [
        'a.yaml:3: "Deep Networks Learn Bars" has the id of "Sheep Eat Grass on Hills" (a.yaml:2); '
        "correct one of the ids; both papers are kept"
    ]


def test_a_short_title_with_another_first_author_is_no_nickname(build_site):
    site = build_site("""
-- a.yaml --
- {title: A Survey of Reading Rooms in Europe, arxiv: 2611.00001, authors: [Ada Bee]}
-- b.yaml --
- {title: Another title entirely, arxiv: 2611.00001, authors: [Cy Dee]}
""")
    assert len(site.papers) == 2
    assert shared_ids(site)


def test_a_short_common_title_alone_does_not_make_two_papers_one(build_site):
    site = build_site("-- a.yaml --\n- {title: Editorial, published: 2019}\n- {title: Editorial, published: 2020}\n")
    assert sorted(site.papers) == ["editorial", "editorial-2020"]


def test_one_title_with_two_first_authors_is_two_papers(build_site):
    site = build_site("""
-- a.yaml --
- {title: Attention in Networks, authors: [Ada Example], published: 2019}
- {title: Attention in Networks, authors: [Bo Sample], published: 2020}
""")
    assert len(site.papers) == 2


def test_one_id_under_two_unlike_titles_is_a_slip_that_loses_no_paper(build_site):
    site = build_site(
        """
-- a.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234}
- {title: Quantum Knitting for Cats, arxiv: 2605.01234}
"""
    )
    assert sorted(site.papers) == ["2605.01234", "quantum-knitting-for-cats"]
    assert shared_ids(site) == [
        'a.yaml:2: "Quantum Knitting for Cats" has the id of "Sparse Clouds" (a.yaml:1); '
        "correct one of the ids; both papers are kept"
    ]


def test_a_nickname_in_another_list_is_the_same_paper_under_its_full_title(build_site):
    site = build_site("""
-- a.yaml --
- {title: "Transformers Can Count Sheep with the Right Fences", arxiv: 2605.01234}
- {title: "Snow 2: Open Models of Weather", arxiv: 2605.01235}
-- b.md --
## Abacus Fences
- arxiv: 2605.01234

## Snow 2
- arxiv: 2605.01235
""")
    assert sorted(paper["title"] for paper in site.papers.values()) == [
        "Snow 2: Open Models of Weather",
        "Transformers Can Count Sheep with the Right Fences",
    ]
    assert site.result.papers.merged == 2


def test_two_years_of_one_paper_are_a_problem_that_names_both_places(build_site):
    site = build_site("""
-- a.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234, published: 2025-05-06}
-- b.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234, published: 2026-05-06}
""")
    assert site.problems == [
        'a.yaml:1: "Sparse Clouds" is published in 2025 here and 2026 in b.yaml:1; '
        "correct one of them; the better source is taken"
    ]


def test_a_paper_that_no_list_dates_has_the_month_of_its_number_and_no_day_but_its_lists(build_site):
    site = build_site("""
-- a.yaml --
- {title: Sparse Clouds, arxiv: 2605.01234, listed: 2026-06-02}
- {title: Dense Clouds, arxiv: 2605.01235, listed: 2026-06-02, published: 2026}
- {title: No Clouds, arxiv: 2605.01236}
""")
    dates = {paper["title"]: (paper["published"], paper["days"]) for paper in site.papers.values()}
    assert dates == {
        "Sparse Clouds": ("2026-05", ["2026-06-02"]),
        "Dense Clouds": ("2026", ["2026-06-02"]),
        "No Clouds": ("2026-05", []),
    }


def test_the_month_of_a_number_contradicts_no_list(build_site):
    site = build_site("""
-- a.yaml --
- {title: Sparse Clouds, arxiv: 2512.01234, listed: 2026-06-02}
- {title: Sparse Clouds, doi: 10.1000/clouds, published: 2026-02}
""")
    (paper,) = site.papers.values()
    assert (paper["published"], site.problems) == ("2026-02", [])


def test_the_version_of_a_paper_is_the_latest_that_a_list_names(build_site):
    site = build_site("""
-- a.yaml --
listed: 2026-06-02
papers:
  - {title: Sparse Clouds, arxiv: 2605.01234v2}
  - {title: Sparse Clouds, arxiv: 2605.01234}
  - {title: Sparse Clouds, arxiv: 2605.01234, version: v1}
  - {title: Dense Clouds, arxiv: 2605.01235}
  - {title: Broken Clouds, arxiv: 2605.01236, version: final}
""")
    versions = {paper.title: paper.version for paper in site.result.papers.papers}
    assert versions == {"Sparse Clouds": 2, "Dense Clouds": None, "Broken Clouds": None}
    (problem,) = site.problems
    assert problem.startswith('a.yaml:7: version "final" is no number of a version')


def test_one_title_and_author_with_other_numbers_of_pages_volume_or_issue_are_two_papers(build_site):
    for ours, theirs in (("pages: 1-2", "pages: 101-102"), ("volume: 3", "volume: 4"), ("issue: 1", "issue: 2")):
        paper = "{title: Editorial, authors: [Ada Example], venue: Meadow"
        site = build_site(f"-- a.yaml --\n- {paper}, {ours}}}\n- {paper}, {theirs}}}\n")
        assert len(site.papers) == 2
        assert len(build_site(f"-- a.yaml --\n- {paper}, {ours}}}\n- {paper}}}\n").papers) == 1
    paper = "{title: Editorial, authors: [Ada Example]"
    site = build_site(f"-- a.yaml --\n- {paper}, pages: 0012--19}}\n- {paper}, pages: 12–19}}\n")
    assert len(site.papers) == 1


def test_two_venues_of_papers_made_one_by_their_title_are_told_unless_one_is_the_other_in_short(build_site):
    for other in ("J. Meadow Res.", "JMR", "The Journal of Meadow Research", "Meadow Research", "Sheep Letters"):
        site = build_site(
            "-- a.yaml --\n- {title: On Counting Sheep, authors: [Ada Example], venue: Journal of Meadow Research}\n"
            f"- {{title: On Counting Sheep, authors: [Ada Example], venue: {other}}}\n"
        )
        assert len(site.papers) == 1
        assert sum("appeared in" in problem for problem in site.problems) == (other == "Sheep Letters")


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("Proc A", "Proc B", True),
        ("Phys. Rev. D", "Physical Review E", True),
        ("Acta Math I", "Acta Math II", True),
        ("NeurIPS 2019", "NeurIPS 2020", True),
        ("31st Meadow Conference", "32nd Meadow Conference", True),
        ("Nature", "Nature Physics", True),
        ("ACL", "NAACL", True),
        ("Phys. Rev. D", "Physical Review D", False),
        ("Proc. R. Soc. A", "Proceedings of the Royal Society A", False),
        ("NeurIPS", "NeurIPS 2019", False),
        ("NeurIPS", "31st Conference on Neural Information Processing Systems, NeurIPS 2019, Long Beach", False),
        ("CVPR", "Conference on Computer Vision and Pattern Recognition (CVPR)", False),
        ("Neural Information Processing Systems", "Advances in Neural Information Processing Systems, Berlin", False),
    ],
)
def test_a_section_or_a_number_makes_another_venue(build_site, one, other, is_told):
    entry = "@article{{{}, title={{On Counting Sheep}}, author={{Example, Ada}}, journal={{{}}}, year=2020}}\n"
    site = build_site(f"-- a.bib --\n{entry.format('a', one)}{entry.format('b', other)}")
    assert len(site.papers) == 1
    assert any("appeared in" in problem for problem in site.problems) == is_told


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("10.48550/arXiv.2401.00001v1", "10.48550/arXiv.2401.00001v2"),
        ("10.1101/2024.01.01.573801", "10.1101/2024.01.01.573801v2"),
        ("10.20944/preprints202401.0001.v1", "10.20944/preprints202401.0001.v2"),
        ("10.31234/osf.io/abcde", "10.31234/osf.io/abcde_v2"),
        ("10.21203/rs.3.rs-123456/v1", "10.21203/rs.3.rs-123456/v12"),
        ("10.26434/chemrxiv-2024-abcde", "10.26434/chemrxiv-2024-abcde-v2"),
        ("10.6084/m9.figshare.12345.v1", "10.6084/m9.figshare.12345.v2"),
        ("10.12688/f1000research.12345.1", "10.12688/f1000research.12345.2"),
        ("10.7554/eLife.12345", "10.7554/eLife.12345.2"),
    ],
)
def test_versions_of_one_preprint_are_one_paper_known_by_the_latest(build_site, older, newer):
    site = build_site(
        f"-- a.yaml --\n- {{title: On Counting Sheep, authors: [Ada Example], doi: {newer}}}\n"
        f"- {{title: Counting Sheep, authors: [Ada Example], doi: {older}}}\n"
    )
    (paper,) = site.result.papers.papers
    assert paper.arxiv == "2401.00001" if "arXiv" in newer else paper.doi == newer.casefold().replace("801v2", "801")
    assert not any("DOI" in problem for problem in site.problems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.1000/sheep.1", "10.1000/sheep.2"),
        ("10.7554/eLife.12345.001", "10.7554/eLife.12345.002"),
        ("10.1371/journal.pone.0000001", "10.1371/journal.pone.0000002"),
    ],
)
def test_dois_that_end_with_other_numbers_are_those_of_other_works(build_site, one, other):
    paper = "- {title: On Counting Sheep, authors: [Ada Example], doi: "
    assert len(build_site(f"-- a.yaml --\n{paper}{one}}}\n{paper}{other}}}\n").papers) == 2


def test_two_dois_of_zenodo_for_one_title_and_author_are_told(build_site):
    paper = "- {title: On Counting Sheep, authors: [Ada Example], doi: 10.5281/zenodo."
    site = build_site(f"-- a.yaml --\n{paper}1}}\n{paper}2}}\n")
    assert len(site.papers) == 2
    assert sum("versions" in problem for problem in site.problems) == 1


def test_ids_that_a_curator_gives_two_works_of_one_title_tell_them_apart(build_site):
    paper = "- {title: Deep learning for rivers, authors: [Li Wang], id: "
    site = build_site(
        f"-- a.yaml --\nlisted: 2026-05-27\npapers:\n{paper}ed-rivers}}\n{paper}ed-lakes}}\n{paper}ed-rivers}}\n"
    )
    assert (site.papers.keys(), site.problems) == ({"ed-rivers", "ed-lakes"}, [])


def test_papers_of_one_title_by_namesakes_are_told_and_two_where_many_works_have_the_title(build_site):
    site = build_site("""
-- a.yaml --
- {title: Deep learning for rivers, authors: [Li Wang]}
- {title: Deep learning for rivers, authors: [Hui Wang]}
- {title: Editorial, authors: [Li Wang]}
- {title: Editorial, authors: [Hui Wang]}
- {title: Of lakes and seas, authors: [Li Wang]}
- {title: Of lakes and seas, authors: [L. Wang]}
""")
    assert sorted(paper["title"] for paper in site.papers.values()) == [
        "Deep learning for rivers",
        "Editorial",
        "Editorial",
        "Of lakes and seas",
    ]
    assert [problem for problem in site.problems if "by first author" in problem] == [
        'a.yaml:1: "Deep learning for rivers" is by first author Li Wang here and Hui Wang in a.yaml:2; '
        "give each an id if they are two works; they are taken for one"
    ]


def test_papers_of_one_title_with_other_authors_behind_the_first_are_told(build_site):
    site = build_site("""
-- a.yaml --
- {title: Notes on Counting Sheep, authors: [Ada Example, Bo Sample]}
- {title: Notes on Counting Sheep, authors: [Ada Example, Cy Third]}
- {title: Counting Sheep Once More, authors: [Ada Example, Bo Sample]}
- {title: Counting Sheep Once More, authors: [Ada Example, Bo Sample, Cy Third]}
""")
    told = [problem for problem in site.problems if "has other authors here" in problem]
    assert len(told) == 1
    assert '"Notes on Counting Sheep"' in told[0]


def test_papers_of_a_title_that_many_have_are_kept_apart_by_their_pages(build_site):
    site = build_site("""
-- a.yaml --
- {title: Week 1, authors: [Ada Example], url: "https://meadow.example/1"}
- {title: Week 1, authors: [Ada Example], url: "https://meadow.example/2"}
- {title: Counting Sheep at Night, authors: [Ada Example], url: "https://meadow.example/3"}
- {title: Counting Sheep at Night, authors: [Ada Example], url: "https://meadow.example/4"}
""")
    assert len(site.papers) == 3


def test_programs_in_two_languages_are_two_papers(build_site):
    site = build_site("""
-- a.yaml --
- {title: What Is C?, authors: [Ada Example]}
- {title: What Is C++?, authors: [Ada Example]}
""")
    assert sorted(paper["title"] for paper in site.papers.values()) == ["What Is C++?", "What Is C?"]


def test_a_volume_of_number_nought_is_a_number_of_its_own():
    assert [first_number(text) for text in ("0", "00", "Vol. 007", "Online First")] == ["0", "0", "7", "online first"]
