"""EndNote's XML, with or without styles around every text."""

import pytest

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import endnote_xml, recognise
from site_builder.sources.source import Source


def styled(text: str) -> str:
    return f'<style face="normal" font="default" size="100%">{text}</style>'


def record(style=lambda text: text, date: str = "<year>2024</year>") -> str:
    return f"""<record><database name="My Library.enl">My Library.enl</database><rec-number>42</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author>{style("Roe, Bo")}</author>
<author>{style("van der Berg, Piet")}</author></authors></contributors><titles>
<title>{style("Growth of ")}{style("Salix")}
</title><secondary-title>{style("J Inv Growth")}</secondary-title></titles><periodical><full-title>
{style("Journal of Invented Growth")}</full-title></periodical><pages>{style("1-9")}</pages>
<volume>{style("12")}</volume>
<number>{style("3")}</number><keywords><keyword>{style("willows; reeds")}</keyword></keywords><dates>{date}</dates>
<abstract>{style("Willows grow.")}</abstract><urls><related-urls><url>{style("https://a.example/willows")}</url>
</related-urls></urls>
<electronic-resource-num>{style("https://doi.org/10.1000/growth.1")}</electronic-resource-num></record>"""


def read(*records: str) -> list[Item]:
    text = f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{"".join(records)}</records></xml>'
    source = Source.from_text(text, "papers/a.xml")
    assert recognise(source) is endnote_xml.READER
    return list(endnote_xml.READER.read(source))


@pytest.mark.parametrize("style", [styled, lambda text: text])
def test_a_record_is_read_styled_or_not(style) -> None:
    (item,) = read(record(style))
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Growth of Salix",
        "abstract": "Willows grow.",
        "authors": ["Roe, Bo", "van der Berg, Piet"],
        "published": "2024",
        "doi": "10.1000/growth.1",
        "venue": "Journal of Invented Growth",
        "volume": "12",
        "issue": "3",
        "pages": "1-9",
        "keywords": ["willows", "reeds"],
        "kind": "article",
        "links": {"page": "https://a.example/willows"},
    }


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("<year>2024</year><pub-dates><date>Jan 5</date></pub-dates>", "2024-01-05"),
        ("<year>2024</year><pub-dates><date>2024-1-5</date></pub-dates>", "2024-01-05"),
        ("<year>2024</year><pub-dates><date>March</date></pub-dates>", "2024-03"),
        ("<year>2024</year><pub-dates><date>Spring</date></pub-dates>", "2024"),
        ("<pub-dates><date>2024-01-05</date></pub-dates>", "2024-01-05"),
    ],
)
def test_month_and_day_stand_apart_from_the_year(date: str, published: str) -> None:
    (item,) = read(record(date=date))
    assert isinstance(item, RawPaper)
    assert item.fields["published"] == published


def test_editors_stand_for_authors_where_there_are_none() -> None:
    text = record().replace("authors>", "secondary-authors>")
    (item,) = read(text)
    assert isinstance(item, RawPaper)
    assert item.fields["authors"] == ["Roe, Bo", "van der Berg, Piet"]


def test_a_damaged_record_costs_one_record() -> None:
    items = read(record(), "<record><titles><title>Broken</title></record>", record())
    assert [type(item) for item in items] == [RawPaper, Problem, RawPaper]


def test_an_exponent_that_is_a_style_is_marked() -> None:
    text = '<style face="normal">Of 10</style><style face="superscript">5</style><style face="normal"> sheep</style>'
    (item,) = read(f"<record><titles><title>{text}</title></titles></record>")
    assert isinstance(item, RawPaper)
    assert item.fields["title"] == "Of 10<sup>5</sup> sheep"
