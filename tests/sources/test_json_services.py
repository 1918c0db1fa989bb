"""Answers of public services, each in its own shape, are read through the one list finder."""

import json

import pytest

from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.settings import Settings
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.source import Source

TITLE = "Counting Sheep"
ANSWERS = {
    "DBLP": {
        "result": {
            "query": "sheep",
            "status": {"@code": "200", "text": "OK"},
            "completions": {"@total": "1", "c": {"@sc": "1", "text": "sheep"}},
            "hits": {
                "@total": "1",
                "hit": [
                    {
                        "@score": "5",
                        "@id": "1",
                        "info": {
                            "authors": {
                                "author": [{"@pid": "1/2", "text": "Ada Example"}, {"@pid": "3", "text": "Bo Sample"}]
                            },
                            "title": TITLE,
                            "venue": "Meadow",
                            "year": "2026",
                            "type": "Journal Articles",
                            "access": "open",
                            "key": "journals/meadow/Example26",
                            "doi": "10.1000/sheep",
                            "ee": "https://doi.org/10.1000/sheep",
                            "url": "https://dblp.org/rec/journals/meadow/Example26",
                        },
                        "url": "URL#1",
                    }
                ],
            },
        }
    },
    "OpenReview 1": {
        "notes": [
            {
                "id": "aBc",
                "forum": "aBc",
                "cdate": 1778716800000,
                "content": {
                    "title": TITLE,
                    "authors": ["Ada Example", "Bo Sample"],
                    "authorids": ["~Ada1", "~Bo1"],
                    "abstract": "We count.",
                    "venue": "Meadow",
                    "pdf": "/pdf/1.pdf",
                    "_bibtex": "@misc{x}",
                },
                "doi": "10.1000/sheep",
            }
        ],
        "count": 1,
    },
    "OpenReview 2": {
        "notes": [
            {
                "id": "aBc",
                "forum": "aBc",
                "pdate": 1778716800000,
                "content": {
                    "title": {"value": TITLE},
                    "authors": {"value": ["Ada Example", "Bo Sample"]},
                    "abstract": {"value": "We count."},
                    "venue": {"value": "Meadow"},
                    "venueid": {"value": "Meadow/2026"},
                    "doi": {"value": "10.1000/sheep"},
                },
            }
        ]
    },
    "INSPIRE": {
        "hits": {
            "hits": [
                {
                    "id": "1",
                    "created": "2026-05-14T00:00:00+00:00",
                    "links": {"json": "https://inspirehep.net/api/literature/1"},
                    "metadata": {
                        "titles": [{"source": "arXiv", "title": TITLE}],
                        "authors": [{"full_name": "Example, Ada", "ids": []}, {"full_name": "Sample, Bo"}],
                        "abstracts": [{"source": "arXiv", "value": "We count."}],
                        "arxiv_eprints": [{"value": "2605.01234", "categories": ["hep-ph"]}],
                        "dois": [{"value": "10.1000/sheep"}],
                        "publication_info": [{"journal_title": "Meadow", "journal_volume": "3", "year": 2026}],
                        "earliest_date": "2026-05-14",
                        "document_type": ["article"],
                    },
                }
            ],
            "total": 1,
        },
        "links": {"self": "https://inspirehep.net/api/literature/?q=sheep"},
    },
    "ADS": {
        "responseHeader": {"status": 0, "params": {"q": "sheep"}},
        "response": {
            "numFound": 1,
            "start": 0,
            "docs": [
                {
                    "bibcode": "2026Mead...3....1E",
                    "title": [TITLE],
                    "author": ["Example, Ada", "Sample, Bo"],
                    "abstract": "We count.",
                    "pubdate": "2026-05-00",
                    "pub": "Meadow",
                    "doi": ["10.1000/sheep"],
                    "identifier": ["2026Mead...3....1E", "arXiv:2605.01234", "10.1000/sheep"],
                    "volume": "3",
                    "page": ["1"],
                }
            ],
        },
    },
    "Europe PMC": {
        "version": "6.9",
        "hitCount": 1,
        "request": {"queryString": "sheep"},
        "resultList": {
            "result": [
                {
                    "id": "1",
                    "source": "MED",
                    "pmid": "1",
                    "doi": "10.1000/sheep",
                    "title": TITLE,
                    "authorString": "Ada Example, Bo Sample.",
                    "authorList": {"author": [{"fullName": "Ada Example"}, {"fullName": "Bo Sample"}]},
                    "journalInfo": {"volume": "3", "journal": {"title": "Meadow", "issn": "1"}},
                    "pubYear": "2026",
                    "firstPublicationDate": "2026-05-14",
                    "abstractText": "We count.",
                    "isOpenAccess": "Y",
                    "citedByCount": 0,
                }
            ]
        },
    },
    "bioRxiv": {
        "messages": [{"status": "ok", "count": 1}],
        "collection": [
            {
                "doi": "10.1000/sheep",
                "title": TITLE,
                "authors": "Example, A.; Sample, B.",
                "author_corresponding": "Ada Example",
                "date": "2026-05-14",
                "version": "1",
                "type": "new results",
                "license": "cc_by",
                "category": "ecology",
                "abstract": "We count.",
                "published": "NA",
                "server": "biorxiv",
                "journal": "Meadow",
            }
        ],
    },
    "DataCite": {
        "data": [
            {
                "id": "10.1000/sheep",
                "type": "dois",
                "attributes": {
                    "doi": "10.1000/sheep",
                    "titles": [{"title": TITLE}],
                    "creators": [{"name": "Example, Ada", "nameType": "Personal"}, {"name": "Sample, Bo"}],
                    "publisher": "Meadow Archive",
                    "container": {"title": "Meadow"},
                    "publicationYear": 2026,
                    "subjects": [{"subject": "sheep"}],
                    "descriptions": [{"description": "We count.", "descriptionType": "Abstract"}],
                    "types": {"bibtex": "article"},
                    "url": "https://example.org/sheep",
                },
                "relationships": {"client": {"data": {"id": "x.y", "type": "clients"}}},
            }
        ],
        "meta": {"total": 1},
        "links": {"self": "https://api.datacite.org/dois?query=sheep"},
    },
    "Zenodo": {
        "hits": {
            "hits": [
                {
                    "id": 1,
                    "created": "2026-05-14T00:00:00+00:00",
                    "doi": "10.1000/sheep",
                    "title": TITLE,
                    "links": {"self": "https://zenodo.org/api/records/1"},
                    "metadata": {
                        "title": TITLE,
                        "doi": "10.1000/sheep",
                        "publication_date": "2026-05-14",
                        "description": "<p>We count.</p>",
                        "creators": [{"name": "Example, Ada", "affiliation": None}, {"name": "Sample, Bo"}],
                        "resource_type": {"title": "Journal article", "type": "publication", "subtype": "article"},
                        "journal": {"title": "Meadow", "volume": "3"},
                    },
                    "files": [{"key": "a.pdf"}],
                }
            ],
            "total": 1,
        }
    },
    "Crossref": {
        "status": "ok",
        "message-type": "work-list",
        "message": {
            "items": [
                {
                    "DOI": "10.1000/sheep",
                    "title": [TITLE],
                    "author": [
                        {"given": "Ada", "family": "Example", "sequence": "first", "affiliation": []},
                        {"given": "Bo", "family": "Sample"},
                    ],
                    "container-title": ["Meadow"],
                    "issued": {"date-parts": [[2026, 5, 14]]},
                    "type": "journal-article",
                    "reference": [{"key": "1", "article-title": "Sparse Clouds"}],
                    "is-referenced-by-count": 0,
                    "created": {"date-parts": [[2026, 5, 14]], "timestamp": 1778716800000},
                }
            ],
            "total-results": 1,
        },
    },
    "one work of Crossref": {
        "status": "ok",
        "message": {
            "DOI": "10.1000/sheep",
            "title": [TITLE],
            "author": [{"given": "Ada", "family": "Example"}, {"given": "Bo", "family": "Sample"}],
            "container-title": ["Meadow"],
            "published": {"date-parts": [[2026, 5, 14]]},
        },
    },
    "OpenAlex": {
        "meta": {"count": 1},
        "results": [
            {
                "id": "https://openalex.org/W1",
                "doi": "https://doi.org/10.1000/sheep",
                "title": TITLE,
                "display_name": TITLE,
                "publication_date": "2026-05-14",
                "authorships": [
                    {"author": {"display_name": "Ada Example"}},
                    {"author": {"display_name": "Bo Sample"}},
                ],
                "primary_location": {"source": {"display_name": "Meadow"}},
                "datasets": [],
                "versions": [],
                "cited_by_count": 3,
            }
        ],
        "group_by": [],
    },
    "Semantic Scholar": {
        "data": [
            {
                "intents": [],
                "citingPaper": {
                    "paperId": "aa",
                    "externalIds": {"DOI": "10.1000/sheep", "CorpusId": 1},
                    "title": TITLE,
                    "authors": [{"authorId": "1", "name": "Ada Example"}, {"authorId": "2", "name": "Bo Sample"}],
                    "venue": "Meadow",
                    "year": 2026,
                },
            }
        ],
        "offset": 0,
    },
}


@pytest.mark.parametrize("service", ANSWERS)
@pytest.mark.parametrize("indent", [None, 1])
def test_an_answer_gives_its_paper_and_no_problem(service, indent):
    problems, report = Problems(), FileReport("papers/a.json")
    source = Source.from_text(json.dumps(ANSWERS[service], indent=indent), "papers/a.json")
    records = tuple(read_list(source, report, problems))
    (paper,) = make_papers(Sources(records, {report.path: report}, (), (), ()), Settings(), problems).papers
    assert (paper.title, paper.doi, paper.venue) == (TITLE, "10.1000/sheep", "Meadow")
    assert paper.authors in (("Ada Example", "Bo Sample"), ("A. Example", "B. Sample"))
    assert paper.published
    assert str(paper.published).startswith("2026")
    assert [str(problem) for problem in problems] == []


def test_several_services_say_more():
    for service in ("INSPIRE", "ADS"):
        (record,) = read_list(
            Source.from_text(json.dumps(ANSWERS[service]), "a.json"), FileReport("a.json"), Problems()
        )
        assert record.fields["arxiv"] == "2605.01234"
        assert record.fields["volume"] == "3"
        assert record.fields["abstract"] == "We count."


def read_object(**values):
    """Return the only record of an answer that lists one object."""
    source = Source.from_text(json.dumps([{"title": TITLE, "authors": ["Ada Example"], **values}]), "a.json")
    (record,) = read_list(source, FileReport("a.json"), Problems())
    return record


def test_all_addresses_of_a_list_are_read_each_under_its_kind():
    urls = ["https://doi.org/10.1000/sheep", "https://arxiv.org/abs/2605.01234", "https://meadow.example/1"]
    record = read_object(ee=urls)
    assert record.fields["links"] == dict(zip(("doi", "abs", "page"), urls, strict=True))
    assert (record.fields["doi"], record.fields["arxiv"]) == ("10.1000/sheep", "2605.01234")
    assert dict(record.unread) == {}


@pytest.mark.parametrize("key", ["href", "url", "link"])
def test_links_that_are_objects_with_an_address_are_read(key):
    links = [{key: "http://arxiv.org/abs/2605.01234v1", "rel": "alternate"}, {key: "http://arxiv.org/pdf/2605.01234v1"}]
    record = read_object(links=links)
    assert record.fields["links"] == {
        "abs": "http://arxiv.org/abs/2605.01234v1",
        "pdf": "http://arxiv.org/pdf/2605.01234v1",
    }


def test_another_text_doi_or_link_under_a_key_that_means_the_same_is_told():
    record = read_object(
        abstract="We count.",
        description="On goats.",
        doi="10.1000/sheep",
        doi_link="https://doi.org/10.1000/goats",
        url="https://meadow.example/1",
        link="https://meadow.example/2",
    )
    assert record.unread == {"description": "another text", "doi_link": "another DOI", "link": "another link"}


def test_another_key_that_says_the_same_is_not_told():
    record = read_object(
        abstract="We count all of the sheep.",
        summary="We count",
        name=TITLE.upper(),
        doi="10.1000/SHEEP",
        url="https://doi.org/10.1000/sheep",
        link="https://meadow.example/1",
        paper_url="https://meadow.example/1/",
    )
    assert dict(record.unread) == {}
