"""Related identifiers in records of repositories."""

import json

import pytest

from site_builder.model.raw_paper import RawPaper
from site_builder.sources.formats import datacite_xml, recognise
from site_builder.sources.source import Source


def zenodo(relation: object) -> str:
    related = [
        {"identifier": "arXiv:2605.09999", "relation": "cites", "scheme": "arxiv"},
        {"identifier": "arXiv:2605.01234", "relation": relation, "scheme": "arxiv"},
    ]
    metadata = {"title": "Counting Sheep", "doi": "10.5281/zenodo.1", "creators": [{"name": "Doe, Jane"}]}
    return json.dumps({"hits": {"hits": [{"id": 1, "metadata": {**metadata, "related_identifiers": related}}]}})


def datacite(relation: str) -> str:
    related = [{"relatedIdentifier": "2605.01234", "relatedIdentifierType": "arXiv", "relationType": relation}]
    attributes = {"doi": "10.1234/a", "titles": [{"title": "Counting Sheep"}], "creators": [{"name": "Doe, Jane"}]}
    return json.dumps({"data": [{"attributes": {**attributes, "relatedIdentifiers": related}}]})


def xml(relation: str) -> str:
    return (
        '<resource xmlns="http://datacite.org/schema/kernel-4"><creators><creator><creatorName>Doe, Jane</creatorName>'
        "</creator></creators><titles><title>Counting Sheep</title></titles><relatedIdentifiers><relatedIdentifier "
        f'relatedIdentifierType="arXiv" relationType="{relation}">arXiv:2605.01234</relatedIdentifier>'
        "</relatedIdentifiers></resource>"
    )


def record(text: str) -> RawPaper:
    source = Source.from_text(text, "papers/a")
    (item,) = (recognise(source) or datacite_xml.READER).read(source)
    assert isinstance(item, RawPaper)
    return item


@pytest.mark.parametrize("text_of", [zenodo, datacite, xml])
@pytest.mark.parametrize("relation", ["isIdenticalTo", "IsPreprintOf"])
def test_the_arxiv_number_of_the_same_work_is_the_paper_s(text_of, relation):
    item = record(text_of(relation))
    assert (item.fields["arxiv"], item.unread) == ("2605.01234", {})


def test_a_relation_may_be_an_object_with_an_id():
    assert (
        record(zenodo({"id": "isidenticalto"}).replace('"relation"', '"relation_type"')).fields["arxiv"] == "2605.01234"
    )


@pytest.mark.parametrize("text_of", [zenodo, datacite, xml])
@pytest.mark.parametrize("relation", ["isSupplementTo", "IsVersionOf"])
def test_the_arxiv_number_of_another_work_is_told_and_no_id(text_of, relation):
    item = record(text_of(relation))
    assert "arxiv" not in item.fields
    assert item.unread == {f"related identifier ({relation})": "an identifier"}


@pytest.mark.parametrize("text_of", [zenodo, datacite, xml])
def test_a_paper_that_is_cited_is_not_told(text_of):
    item = record(text_of("Cites"))
    assert ("arxiv" in item.fields, item.unread) == (False, {})
