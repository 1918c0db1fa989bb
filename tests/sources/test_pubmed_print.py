"""PubMed's exports Abstract (text) and Summary (text): citations, authors with marks, separate paragraphs."""

import pytest

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import pubmed_print, recognise
from site_builder.sources.source import Source

ABSTRACTS = """1. J Meadow Res. 2026 May 1:e123. doi: 10.1000/sheep.1. Online ahead of print.

Counting sheep: a
randomised trial.

Example A(1), van der Berg B(2), Smith JA Jr(1)(2);
Meadow Study Group.

Author information:
(1)Department of Sheep, Meadow, UK. ada@example.org.
(2)Institute of Goats, Berlin, Germany.

BACKGROUND: Sheep are many.
METHODS: We counted them
twice.

© 2026. The Author(s).

DOI: 10.1000/sheep.1
PMCID: PMC1234567
PMID: 40000001

Conflict of interest statement: None.


2. Pasture. 2025 Dec;648(8093):123-130. doi: 10.1000/goats. Epub 2025 Nov 3.

[On goats.]

[Article in German]

Roe C.

Retraction in
    Pasture. 2026 Jan;649(8094):1-2. doi: 10.1000/goats.4.

PMID: 40000002
"""
SUMMARIES = """1: Example A, van der Berg B, et al. Counting sheep: a randomised trial. J Meadow
Res. 2026 May 1:e123. doi: 10.1000/sheep.1. Epub ahead of print. PMID: 40000001.

2: On goats. Is it so? Pasture. 2025 Dec 24;12 Suppl 1:S1-5. PMID: 40000002; PMCID:
PMC1234567.
"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.txt")
    assert recognise(source) is pubmed_print.READER
    return list(pubmed_print.READER.read(source))


def test_abstracts_are_read() -> None:
    sheep, goats = (dict(item.fields) for item in read(ABSTRACTS) if isinstance(item, RawPaper))
    assert sheep == {
        "title": "Counting sheep: a randomised trial",
        "authors": [
            {"family": "Example", "given": "A."},
            {"family": "van der Berg", "given": "B."},
            {"family": "Smith", "given": "J. A.", "suffix": "Jr"},
            {"literal": "Meadow Study Group"},
        ],
        "abstract": "BACKGROUND: Sheep are many.\n\nMETHODS: We counted them twice.",
        "published": "2026-05-01",
        "venue": "J Meadow Res",
        "pages": "e123",
        "doi": "10.1000/sheep.1",
        "key": "40000001",
        "kind": "article",
        "links": {"page": "https://pubmed.ncbi.nlm.nih.gov/40000001/"},
    }
    assert goats == {
        "title": "On goats",
        "authors": [{"family": "Roe", "given": "C."}],
        "published": "2025-11-03",
        "venue": "Pasture",
        "volume": "648",
        "issue": "8093",
        "pages": "123-130",
        "doi": "10.1000/goats",
        "comment": "Retracted",
        "key": "40000002",
        "kind": "article",
        "links": {"page": "https://pubmed.ncbi.nlm.nih.gov/40000002/"},
    }


def test_summaries_are_read_also_without_authors() -> None:
    sheep, goats = (dict(item.fields) for item in read(SUMMARIES) if isinstance(item, RawPaper))
    assert sheep["authors"] == [
        {"family": "Example", "given": "A."},
        {"family": "van der Berg", "given": "B."},
        "others",
    ]
    assert (sheep["title"], sheep["venue"], sheep["pages"], sheep["published"]) == (
        "Counting sheep: a randomised trial",
        "J Meadow Res",
        "e123",
        "2026-05-01",
    )
    assert goats == {
        "title": "On goats. Is it so?",
        "published": "2025-12-24",
        "venue": "Pasture",
        "volume": "12 Suppl 1",
        "pages": "S1-5",
        "key": "40000002",
        "kind": "article",
        "links": {"page": "https://pubmed.ncbi.nlm.nih.gov/40000002/"},
    }


def test_a_number_at_the_beginning_of_a_paragraph_begins_no_record() -> None:
    text = ABSTRACTS.replace("BACKGROUND: Sheep", "3. Sheep")
    assert [item.line for item in read(text) if isinstance(item, RawPaper)] == [1, 26]


@pytest.mark.parametrize("citation", ["In: Handbook of Goats [Internet]. Press; 2025.", "Pasture, in press."])
def test_a_record_without_a_citation_is_told(citation: str) -> None:
    text = ABSTRACTS.replace("Pasture. 2025 Dec;648(8093):123-130.", citation)
    (problem,) = (item for item in read(text) if isinstance(item, Problem))
    assert (problem.line, problem.records, problem.what) == (26, 1, "the lines are no record of PubMed")
