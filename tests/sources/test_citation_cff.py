"""CITATION.cff: the paper to cite, the program, and their references."""

import pytest

from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import citation_cff, recognise
from site_builder.sources.source import Source

PROGRAM = """# Made by hand
cff-version: 1.2.0
message: "Please cite the paper."
title: Willow Counter
version: 2.10.0
date-released: 2024-03-01
authors:
  - family-names: Berg
    name-particle: van der
    name-suffix: Jr
    given-names: Piet
  - name: The Willow Group
repository-code: https://github.com/willows/counter
identifiers:
  - type: doi
    value: 10.5281/zenodo.1
"""
PREFERRED = """preferred-citation:
  type: conference-paper
  title: Counting Willows
  authors: [{family-names: Roe, given-names: Bo}]
  collection-title: Proceedings of the Willow Conference
  doi: 10.1000/growth.1
  year: 2024
  month: 1
  start: 1
  end: 9
"""
REFERENCES = """references:
- type: article
  title: Growth of Salix
  authors: [{name: The Willow Group}]
  journal: Journal of Invented Growth
  date-published: 2023-12-01
- just words
"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/CITATION.cff")
    assert recognise(source) is citation_cff.READER
    return list(citation_cff.READER.read(source))


def test_a_program_without_a_paper_is_the_work() -> None:
    (item,) = read(PROGRAM)
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Willow Counter",
        "authors": [{"family": "van der Berg", "given": "Piet", "suffix": "Jr"}, {"literal": "The Willow Group"}],
        "published": "2024-03-01",
        "doi": "10.5281/zenodo.1",
        "kind": "software",
        "links": {"code": "https://github.com/willows/counter"},
    }


def test_the_paper_to_be_cited_stands_for_the_program_and_references_are_papers() -> None:
    program, paper, reference, problem = read(PROGRAM + PREFERRED + REFERENCES)
    assert isinstance(program, Skipped)
    assert isinstance(paper, RawPaper)
    assert paper.fields == {
        "title": "Counting Willows",
        "authors": [{"family": "Roe", "given": "Bo"}],
        "published": "2024-01",
        "doi": "10.1000/growth.1",
        "venue": "Proceedings of the Willow Conference",
        "pages": "1-9",
        "kind": "inproceedings",
    }
    assert isinstance(reference, RawPaper)
    assert (reference.fields["title"], reference.fields["venue"]) == ("Growth of Salix", "Journal of Invented Growth")
    assert isinstance(problem, Problem)
    assert problem.line == 27


@pytest.mark.parametrize(
    "text", ["cff-version: 1.2.0\ntitle: [\n", "- x\ncff-version: 1.2.0\n", "cff-version: &a\n- *a\n"]
)
def test_a_damaged_file_is_told(text: str) -> None:
    assert [type(item) for item in read(text)] == [Problem]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("type: dataset", "dataset"),
        ("type: software", "software"),
        ("type: thesis", "phdthesis"),
        ("type: thesis\nthesis-type: Master's Thesis", "mastersthesis"),
        ("type: conference-paper", "inproceedings"),
        ("type: government-document", "techreport"),
        ("type: software-container", "software"),
        ("type: edited-work", "book"),
        ("", "software"),
    ],
)
def test_each_type_is_the_nearest_kind_of_work(written: str, kind: str) -> None:
    (record,) = read(f"cff-version: 1.2.0\ntitle: Willows\nauthors: [{{name: The Willow Group}}]\n{written}\n")
    assert isinstance(record, RawPaper)
    assert record.fields["kind"] == kind
