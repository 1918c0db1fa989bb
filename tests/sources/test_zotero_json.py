"""Zotero's web API and Better BibTeX's JSON."""

import json
from typing import Any

from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import recognise, zotero_json
from site_builder.sources.source import Source

DATA = {
    "key": "ABCD2345",
    "version": 7,
    "itemType": "preprint",
    "title": "Growth of <i>Salix</i>",
    "creators": [
        {"creatorType": "editor", "firstName": "An", "lastName": "Editor"},
        {"creatorType": "author", "firstName": "Bo", "lastName": "Roe"},
        {"creatorType": "author", "name": "The Willow Group, Inc."},
    ],
    "abstractNote": "Willows grow.",
    "repository": "arXiv",
    "archiveID": "arXiv:2401.00001",
    "date": "2024-01-05",
    "DOI": "10.48550/arXiv.2401.00001",
    "url": "http://arxiv.org/abs/2401.00001",
    "extra": "Citation Key: roe2024",
    "tags": [{"tag": "willows", "type": 1}],
}
FIELDS = {
    "title": "Growth of Salix",
    "abstract": "Willows grow.",
    "authors": [{"family": "Roe", "given": "Bo"}, {"literal": "The Willow Group, Inc."}],
    "published": "2024-01-05",
    "arxiv": "2401.00001",
    "doi": "10.48550/arXiv.2401.00001",
    "keywords": ["willows"],
    "kind": "preprint",
    "key": "roe2024",
    "links": {"abs": "http://arxiv.org/abs/2401.00001"},
}


def read(value: Any) -> list[Item]:
    source = Source.from_text(json.dumps(value), "papers/a.json")
    assert recognise(source) is zotero_json.READER
    return list(zotero_json.READER.read(source))


def test_an_answer_of_the_web_api_is_read_and_attachments_and_notes_are_no_papers() -> None:
    others = [{"key": "K", "data": {"itemType": kind, "title": "PDF"}} for kind in ("attachment", "note", "annotation")]
    items = read([{"key": "ABCD2345", "library": {}, "meta": {"parsedDate": "2024-01-05"}, "data": DATA}, *others])
    assert [type(item) for item in items] == [RawPaper, Skipped, Skipped, Skipped]
    assert isinstance(items[0], RawPaper)
    assert items[0].fields == FIELDS


def test_an_export_of_better_bibtex_and_a_single_item_are_read() -> None:
    (item,) = read({"config": {"id": "x"}, "collections": {}, "items": [DATA]})
    assert isinstance(item, RawPaper)
    assert item.fields == FIELDS
    (item,) = read({"key": "ABCD2345", "library": {}, "data": DATA})
    assert isinstance(item, RawPaper)
    assert item.fields == FIELDS


def test_what_is_no_item_is_told() -> None:
    items = read([{"data": DATA}, "words", {"data": "words", "itemType": "book", "creators": []}])
    assert [type(item) for item in items] == [RawPaper, Problem, Problem]


def test_items_are_found_below_any_key_and_one_of_them_makes_no_list_of_zoteros() -> None:
    items = [item | {"itemType": "journalArticle", "creators": []} for item in ({"title": "One"}, {"title": "Two"})]
    source = Source.from_text(json.dumps({"refs": items}), "papers/a.json")
    assert recognise(source) is zotero_json.READER
    assert len(list(zotero_json.READER.read(source))) == 2
    others = [{"title": title, "authors": ["Ada Example"]} for title in ("Three", "Four")]
    assert recognise(Source.from_text(json.dumps([*others, items[0]]), "papers/a.json")) is not zotero_json.READER


def test_what_zotero_has_no_field_for_is_read_from_its_extra() -> None:
    extra = "PMID: 123\nComment: 12 pages\ntex.eprint: 2605.01234\nPMCID: PMC1"
    item = {"data": {"itemType": "journalArticle", "title": "Counting Sheep", "creators": [], "extra": extra}}
    (record,) = (each for each in read([item]) if isinstance(each, RawPaper))
    assert {name: record.fields[name] for name in ("arxiv", "comment", "links")} == {
        "arxiv": "2605.01234",
        "comment": "12 pages",
        "links": {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/123/"},
    }
