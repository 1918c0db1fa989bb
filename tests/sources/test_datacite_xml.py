"""DataCite's XML, alone and in responses of repositories."""

import pytest

from site_builder.sources.formats import datacite_xml, recognise
from site_builder.sources.source import Source

RESOURCE = """<resource xmlns="http://datacite.org/schema/kernel-4">
<identifier identifierType="DOI">10.5072/sheep</identifier>
<creators><creator><creatorName nameType="Personal">de Example, Ada</creatorName><givenName>Ada</givenName>
<familyName>de Example</familyName></creator>
<creator><creatorName nameType="Organizational">Meadow Group, Ltd</creatorName></creator>
<creator><creatorName>Sample, Bo</creatorName></creator></creators>
<titles><title titleType="Subtitle">At Night</title><title>Counting Sheep</title>
<title titleType="TranslatedTitle">Schafe</title></titles>
<publisher>Meadow Archive</publisher><publicationYear>2026</publicationYear>
<resourceType resourceTypeGeneral="Preprint">Paper</resourceType>
<subjects><subject>sheep</subject></subjects>
<dates><date dateType="Created">2025-01-02</date><date dateType="Issued">2026-05-14</date></dates>
<alternateIdentifiers><alternateIdentifier alternateIdentifierType="url">https://example.org/1</alternateIdentifier>
</alternateIdentifiers>
<descriptions><description descriptionType="Methods">By eye.</description>
<description descriptionType="Abstract">We count.</description></descriptions>
<relatedItems><relatedItem relationType="IsPublishedIn"><titles><title>Meadow</title></titles><volume>3</volume>
<firstPage>1</firstPage><lastPage>9</lastPage></relatedItem></relatedItems></resource>"""


@pytest.mark.parametrize("prefix", ["datacite", "oai_datacite"])
def test_a_resource_is_read_alone_and_from_a_repository(prefix):
    (alone,) = datacite_xml.READER.read(Source.from_text(RESOURCE, "papers/a.xml"))
    assert recognise(Source.from_text(f'<?xml version="1.0"?>\n{RESOURCE}', "a")) is datacite_xml.READER
    inner = RESOURCE if prefix == "datacite" else f'<x xmlns="http://x.example"><payload>{RESOURCE}</payload></x>'
    answer = Source.from_text(
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header/><metadata>'
        f"{inner}</metadata></record></ListRecords></OAI-PMH>",
        "papers/a.xml",
    )
    (answered,) = recognise(answer).read(answer)
    assert answered.fields == alone.fields
    assert alone.fields == {
        "title": "Counting Sheep: At Night",
        "abstract": "We count.",
        "authors": [{"family": "de Example", "given": "Ada"}, {"literal": "Meadow Group, Ltd"}, {"name": "Sample, Bo"}],
        "published": "2026-05-14",
        "doi": "10.5072/sheep",
        "publisher": "Meadow Archive",
        "keywords": ["sheep"],
        "kind": "preprint",
        "links": {"page": "https://example.org/1"},
        "venue": "Meadow",
        "volume": "3",
        "pages": "1-9",
    }
    assert alone.unread == {"title.3": "text"}


def test_the_first_of_two_abstracts_counts_and_the_day_of_the_year_that_a_work_is_dated_by():
    second = '<description descriptionType="Abstract">Wir zählen.</description></descriptions>'
    text = RESOURCE.replace("</descriptions>", second).replace(
        '"Issued">2026-05-14<', '"Issued">2026</date><date dateType="Available">2026-05-20<'
    )
    (record,) = datacite_xml.READER.read(Source.from_text(text, "papers/a.xml"))
    assert (record.fields["abstract"], record.fields["published"]) == ("We count.", "2026-05-20")


def test_a_creator_is_one_though_its_name_joins_words() -> None:
    text = TEXT_OF_ONE.format("<creatorName>SAF on Ocean and Sea Ice</creatorName>")
    (record,) = list(datacite_xml.READER.read(Source.from_text(text, "a.xml")))
    assert record.fields["authors"] == [{"literal": "SAF on Ocean and Sea Ice"}]


TEXT_OF_ONE = """<resource xmlns="http://datacite.org/schema/kernel-4"><creators><creator>{}</creator></creators>
<titles><title>Counting Sheep</title></titles></resource>"""
