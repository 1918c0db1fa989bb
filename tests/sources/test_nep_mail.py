"""Mails of NEP: papers in the current and the older layout."""

from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.sources.formats import nep_mail, recognise
from site_builder.sources.source import Source

TODAY = """nep.repec.org

12. Counting Sheep in Spring
Date: \t2026-05-27
By: \tAda Example (Meadow University, Department of Wool)
Bo Sample
URL: \thttp://d.repec.org/n?u=RePEc:a:b:1&r=all
We count sheep on three meadows.
They jump.
Keywords: \tsheep, fences,wool
JEL: \tD81 O31
13. Sparse Clouds
By: Cy Third (Hill)
URL: http://d.repec.org/n?u=RePEc:a:b:2
We look up.
"""
OLDER = """Subject: [nep-gth] 2005-10-29, 1 papers

NEP: New Economics Papers
Edited by: Jo Curator
           http://ideas.example/e/1.html

In this issue we have:
----------------------------------------------------------------------------

1. Counting Sheep in Spring
     Example,Ada; Sample,Bo
     Date: 2005-10-29-100-23423

----------------------------------------------------------------------------

1. Counting Sheep in Spring

    Example,Ada
    Sample,Bo

We count sheep.

Keywords: wool; fences
Date:     2005-08-31
URL:      http://d.repec.org/n?u=RePEc:a:b:1&r=gth
"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/nep.txt")
    assert recognise(source) is nep_mail.READER
    return list(nep_mail.READER.read(source))


def test_the_papers_of_a_mail_are_read() -> None:
    first, second = read(TODAY)
    assert isinstance(first, RawPaper)
    assert isinstance(second, RawPaper)
    assert first.fields == {
        "title": "Counting Sheep in Spring",
        "authors": ["Ada Example", "Bo Sample"],
        "published": "2026-05-27",
        "abstract": "We count sheep on three meadows. They jump.",
        "keywords": ["sheep", "fences", "wool"],
        "links": {"page": "http://d.repec.org/n?u=RePEc:a:b:1&r=all"},
    }
    assert (second.fields["title"], second.fields["authors"], second.line) == ("Sparse Clouds", ["Cy Third"], 12)


def test_a_mail_of_the_older_layout_names_its_papers_twice() -> None:
    above, record = read(OLDER)
    assert isinstance(above, Boilerplate)
    assert isinstance(record, RawPaper)
    assert record.fields["authors"] == ["Example,Ada", "Sample,Bo"]
    assert (record.fields["abstract"], record.fields["published"]) == ("We count sheep.", "2005-08-31")


def test_a_paper_without_an_address_is_told() -> None:
    text = TODAY.replace("URL: http://d.repec.org/n?u=RePEc:a:b:2\n", "")
    assert [type(item).__name__ for item in read(text)] == ["RawPaper", "Problem"]
