"""Importing: any list becomes tidy YAML that reads back the same."""

from datetime import date

import pytest
import yaml
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.commands.yaml_list import to_yaml
from site_builder.config.settings import Settings
from site_builder.model.paper import Paper, PartialDate
from site_builder.papers import make_papers
from site_builder.papers.authors import parse_authors
from site_builder.problems import Problems
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.source import Source
from tests.conftest import SHARED, needs_shared
from tests.factories import paper

BIB = """@article{clouds, title = {Sparse {Clouds}}, author = {Example, Ada and Sample, Bo},
 year = 2025, doi = {10.1000/x}}
@article{sheep, title = {Counting Sheep}, author = {Third, Cy}, year = 2024}
@article{again, title = {Sparse Clouds}, author = {Example, Ada}, doi = {10.1000/X}}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def run_it(*words, pasted=""):
        return CliRunner().invoke(main, ["import", *words], input=pasted)

    return run_it


def read_back(text, name="a.yaml"):
    problems, report = Problems(), FileReport(name)
    records = tuple(read_list(Source.from_text(text, name), report, problems))
    made = make_papers(Sources(records, {name: report}, (), (), ()), Settings(), problems)
    return made.papers, [str(problem) for problem in problems]


def test_a_bibliography_becomes_a_yaml_list(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    result = run("refs.bib", "--date", "2026-05-27", "--tag", "weather", "--tag", "farm")
    assert result.exit_code == 0, result.output
    written = yaml.safe_load((tmp_path / "content/papers/refs.yaml").read_text())
    assert written["listed"] == date(2026, 5, 27)
    assert [paper["title"] for paper in written["papers"]] == ["Sparse Clouds", "Counting Sheep"]
    assert written["papers"][0]["authors"] == ["Ada Example", "Bo Sample"]
    assert written["papers"][1]["tags"] == ["weather", "farm"]


def test_former_ids_are_kept():
    before = read_back("papers:\n  - {title: Counting Sheep, formerly: [counting-goats, 10.1000/x]}\n")[0]
    again = read_back(to_yaml(before))[0]
    assert before[0].formerly == ("counting-goats", "10.1000/x")
    assert set(again[0].formerly) >= set(before[0].formerly)


def test_what_was_understood_and_merged_is_shown(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    output = run("refs.bib").output
    assert "Sparse Clouds" in output
    assert "refs.bib: BibTeX, 3 records, 2 papers, 1 merged, 0 lost" in output


def test_text_on_standard_input_is_read(run, tmp_path):
    result = run("--date", "2026-05-27", pasted="- title: Sparse Clouds\n- title: Counting Sheep\n")
    assert result.exit_code == 0
    assert (tmp_path / "content/papers/pasted.yaml").exists()


def test_an_existing_list_is_never_written_over(run, tmp_path):
    run(pasted="- title: Sparse Clouds\n")
    run(pasted="- title: Counting Sheep\n")
    run(pasted="- title: Counting Sheep\n")
    names = sorted(file.name for file in (tmp_path / "content/papers").iterdir())
    assert names == ["pasted-2.yaml", "pasted.yaml"]


def test_what_cannot_be_read_is_said_and_ends_with_2(run):
    result = run("nowhere.bib")
    assert result.exit_code == 2
    assert "nowhere.bib: cannot be read (No such file or directory)" in result.output


def test_what_is_lost_beside_what_is_written_ends_with_1(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    assert run("refs.bib", "nowhere.bib").exit_code == 1
    (tmp_path / "list.yaml").write_text("- title: Sparse Clouds\n- title: A: B\n")
    assert run("list.yaml").exit_code == 1


def test_every_field_of_a_paper_survives_the_way_through_yaml():
    paper = Paper(
        id="2605.01234",
        title='A title: with "quotes" & colons',
        abstract="First paragraph, $x: y$.\n\nSecond # paragraph - with signs.",
        ai_summary="A machine's words.",
        authors=("Ada Example", "Bo O'Sample"),
        author_count=9,
        organization="no",
        published=PartialDate(2025, 5),
        listed=(date(2026, 5, 27), date(2026, 5, 28)),
        tags=("weather", "yes"),
        keywords=("1:30", "null"),
        upvotes=3,
        comments=0,
        stars=12,
        links={"code": "https://github.com/example/clouds"},
        arxiv="2605.01234",
        version=2,
        doi="10.1000/x",
        categories=("cs.CL",),
        venue="A Journal",
        volume="007",
        pages="1-2",
        comment="12 pages",
    )
    (read,), problems = read_back(to_yaml([paper]))
    assert problems == []
    for field in Paper.__dataclass_fields__.keys() - {"places"}:
        assert getattr(read, field) == getattr(paper, field), field


def test_the_parts_of_names_that_a_source_states_survive_the_way_through_yaml():
    text = (
        "@article{a, title = {Sheep}, author = {van den Berg, Ada and {Meadow Team, Ltd} and King, Jr., Martin and "
        "García Márquez, Gabriel and Ludwig van Beethoven and others}}"
    )
    (first,), _ = read_back(text, "a.bib")
    (second,), _ = read_back(to_yaml([first]))
    assert first.has_more_authors
    assert (second.authors, second.people, second.has_more_authors) == (first.authors, first.people, True)


@needs_shared
def test_real_lists_read_back_the_same_from_the_yaml_they_become():
    for file in sorted((SHARED / "data" / "hf_daily").iterdir())[-4:]:
        problems, report = Problems(), FileReport(file.name)
        records = tuple(read_list(Source.from_file(file, file.name), report, problems))
        made = make_papers(Sources(records, {file.name: report}, (), (), ()), Settings(), problems).papers
        again, _ = read_back(to_yaml(made))
        assert len(again) == len(made)
        for one, other in zip(made, again, strict=True):
            for field in Paper.__dataclass_fields__.keys() - {"places"}:
                assert getattr(one, field) == getattr(other, field), (file.name, one.id, field)


def test_the_ids_of_authors_come_along():
    made = paper(
        "Clouds",
        authors=("Ada Lovelace", "Wei Wang", "Bo Sample"),
        author_ids=("orcid:0000-0002-1825-0097", "dblp:65/9612 dblp-name:0001", ""),
    )
    (record,) = yaml.safe_load(to_yaml([made]))["papers"]
    found = parse_authors(record["authors"])
    assert found.names == made.authors
    assert found.ids == made.author_ids


def test_a_file_of_that_name_that_is_no_utf_8_is_left_alone(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    there = tmp_path / "content/papers/refs.yaml"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"- title: Caf\xe9\n")
    assert run("refs.bib").exit_code == 0
    assert there.read_bytes() == b"- title: Caf\xe9\n"
    assert (there.parent / "refs-2.yaml").exists()
