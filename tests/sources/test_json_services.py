"""Responses of public services in various shapes, in which one function finds the list."""

import json

import pytest

from site_builder.config.settings import Settings
from site_builder.papers import make_papers
from site_builder.papers.authors import parse_authors
from site_builder.problems import Problems
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
    "HAL": {
        "response": {
            "numFound": 1,
            "docs": [
                {
                    "docid": "4012345",
                    "uri_s": "https://hal.science/hal-04012345",
                    "title_s": [TITLE],
                    "authFullName_s": ["Ada Example", "Bo Sample"],
                    "doiId_s": "10.1000/sheep",
                    "producedDate_s": "2026-05-14",
                    "journalTitle_s": "Meadow",
                    "docType_s": "ART",
                }
            ],
        }
    },
    "Scopus": {
        "search-results": {
            "opensearch:totalResults": "1",
            "entry": [
                {
                    "@_fa": "true",
                    "dc:identifier": "SCOPUS_ID:1",
                    "dc:title": TITLE,
                    "dc:creator": ["Example A.", "Sample B."],
                    "prism:publicationName": "Meadow",
                    "prism:pageRange": "1-9",
                    "prism:coverDate": "2026-05-14",
                    "prism:doi": "10.1000/sheep",
                    "subtypeDescription": "Article",
                }
            ],
        }
    },
    "Springer": {
        "result": [{"total": "1"}],
        "records": [
            {
                "contentType": "Article",
                "identifier": "doi:10.1000/sheep",
                "title": TITLE,
                "creators": [{"creator": "Example, Ada"}, {"creator": "Sample, Bo"}],
                "publicationName": "Meadow",
                "publicationDate": "2026-05-14",
                "publicationType": "Journal",
                "startingPage": "1",
                "endingPage": "9",
                "abstract": {"h1": "Abstract", "p": ["We count.", "Then we sleep."]},
                "subjects": ["Zoology"],
            }
        ],
        "facets": [{"name": "subject", "values": [{"value": "Zoology", "count": "1"}]}],
    },
    "CORE": {
        "totalHits": 1,
        "results": [
            {
                "title": TITLE,
                "authors": [{"name": "Example, Ada"}, {"name": "Sample, Bo"}],
                "identifiers": [{"identifier": "oai:x:1", "type": "OAI_ID"}, {"identifier": "10.1000/sheep"}],
                "downloadUrl": "https://core.ac.uk/download/1.pdf",
                "yearPublished": 2026,
                "journals": [{"title": "Meadow", "identifiers": ["1234-5678"]}],
            }
        ],
    },
    "Lens": {
        "total": 1,
        "data": [
            {
                "lens_id": "001",
                "title": TITLE,
                "authors": [{"first_name": "Ada", "last_name": "Example"}, {"first_name": "Bo", "last_name": "Sample"}],
                "external_ids": [{"type": "pmid", "value": "123456"}, {"type": "doi", "value": "10.1000/sheep"}],
                "date_published": "2026-05-14",
                "source": {"title": "Meadow", "type": "Journal"},
            }
        ],
    },
    "PubMed summary": {
        "result": {
            "uids": ["7"],
            "7": {
                "uid": "7",
                "pubdate": "2026 May",
                "epubdate": "2026 May 14",
                "sortdate": "2026/05/14 00:00",
                "fulljournalname": "Meadow",
                "authors": [{"name": "Example A", "authtype": "Author"}, {"name": "Sample B", "authtype": "Author"}],
                "title": f"{TITLE}.",
                "articleids": [{"idtype": "pmid", "value": "123456"}, {"idtype": "doi", "value": "10.1000/sheep"}],
            },
        }
    },
    "CiNii": {
        "title": "A search",
        "items": [
            {
                "@id": "https://cir.nii.ac.jp/crid/1",
                "title": TITLE,
                "dc:type": "Article",
                "dc:creator": ["Ada Example", "Bo Sample"],
                "prism:publicationName": "Meadow",
                "prism:publicationDate": "2026-05-14",
                "dc:identifier": [{"@type": "cir:DOI", "@value": "10.1000/sheep"}],
            }
        ],
    },
    "J-STAGE": {
        "result": [
            {
                "article_title": {"ja": "羊の数え方", "en": TITLE},
                "author": {
                    "ja": {"name": ["例 エイダ", "見本 ボー"]},
                    "en": {"name": ["Ada Example", "Bo Sample"]},
                },
                "material_title": {"ja": "牧草地", "en": "Meadow"},
                "pubyear": "2026",
                "doi": "10.1000/sheep",
            }
        ]
    },
    "DataCite, one DOI": {
        "data": {
            "id": "10.1000/sheep",
            "type": "dois",
            "attributes": {
                "doi": "10.1000/sheep",
                "creators": [{"name": "Example, Ada"}, {"name": "Sample, Bo"}],
                "titles": [{"title": TITLE}],
                "publicationYear": 2026,
                "dates": [{"date": "2026", "dateType": "Issued"}],
                "types": {"resourceTypeGeneral": "JournalArticle", "citeproc": "article", "ris": "JOUR"},
                "container": {"type": "Series", "title": "Meadow", "identifier": "1234-5678"},
            },
            "relationships": {"client": {"data": {"id": "meadow", "type": "clients"}}},
        },
        "included": [{"id": "meadow", "type": "clients", "attributes": {"name": "Meadow Archive"}}],
    },
    "DataCite, a search": {
        "data": [
            {
                "id": "10.1000/sheep",
                "type": "dois",
                "attributes": {
                    "doi": "10.1000/sheep",
                    "creators": [{"name": "Example, Ada"}, {"name": "Sample, Bo"}],
                    "titles": [{"title": TITLE}],
                    "publicationYear": 2026,
                    "container": {"title": "Meadow"},
                },
            }
        ],
        "meta": {
            "total": 1,
            "states": [{"id": "findable", "title": "Findable", "count": 1}],
            "years": [{"id": "2026", "title": "2026", "count": 1}],
        },
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
    other_languages = ["article_title.ja", "material_title.ja"] if service == "J-STAGE" else []
    assert [problem.what for problem in problems] == [
        f'"{name}" is not read: text, in 1 record' for name in other_languages
    ]


def test_several_services_say_more():
    for service in ("INSPIRE", "ADS"):
        (record,) = read_list(
            Source.from_text(json.dumps(ANSWERS[service]), "a.json"), FileReport("a.json"), Problems()
        )
        assert record.fields["arxiv"] == "2605.01234"
        assert record.fields["volume"] == "3"
        assert record.fields["abstract"] == "We count."


def read_object(**values):
    """Return the only record of a response that lists one object."""
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


def datacite(**attributes):
    """Return the only record of a response of DataCite."""
    whole = {"doi": "10.1000/sheep", "creators": [{"name": "Example, Ada"}], "titles": [{"title": TITLE}], **attributes}
    source = Source.from_text(json.dumps({"data": {"type": "dois", "attributes": whole}}), "a.json")
    (record,) = read_list(source, FileReport("a.json"), Problems())
    return record


def test_a_year_is_completed_by_a_date_of_the_work_in_it_and_by_no_other():
    dates = [
        {"date": "2026-01-02", "dateType": "Updated"},
        {"date": "2026", "dateType": "Issued"},
        {"date": "2025-12-31", "dateType": "Submitted"},
        {"date": "2026-05-14", "dateType": "Available"},
    ]
    assert datacite(published="2026", dates=dates).fields["published"] == "2026-05-14"
    assert datacite(published="2026", dates=dates[:3]).fields["published"] == "2026"


def test_the_name_of_a_series_or_a_translation_is_no_abstract_and_no_title():
    record = datacite(
        descriptions=[
            {"descriptionType": "SeriesInformation", "description": "Meadow, 3"},
            {"descriptionType": "Abstract", "description": "We count."},
        ],
        titles=[
            {"title": "Schafe zählen", "titleType": "TranslatedTitle"},
            {"title": TITLE},
            {"title": "A Census", "titleType": "Subtitle"},
        ],
    )
    assert (record.fields["abstract"], record.fields["title"]) == ("We count.", f"{TITLE}: A Census")
    assert "kind" not in record.fields  # `dois` is the service's name for its records


def test_the_source_of_a_paper_with_a_title_of_its_own_is_where_it_appeared():
    record = read_object(source={"title": "Meadow", "publisher": "Grass Press"}, year=2026)
    assert (record.fields["title"], record.fields["venue"]) == (TITLE, "Meadow")


def test_a_work_of_which_a_service_says_that_it_was_retracted_says_so():
    assert read_object(is_retracted=True).fields["comment"] == "Retracted"
    assert read_object(is_retracted=True, comment="9 pages").fields["comment"] == "Retracted: 9 pages"
    assert "comment" not in read_object(is_retracted=False).fields


def test_all_paragraphs_of_an_abstract_that_is_a_list_are_read():
    assert read_object(abstract=["We count.", "Then we sleep."]).fields["abstract"] == "We count.\n\nThen we sleep."


def test_people_and_links_of_an_invenio_repository_are_read():
    record = {
        "links": {"self": "https://repo.example/api/1", "self_html": "https://repo.example/records/1"},
        "pids": {"doi": {"identifier": "10.1000/sheep"}},
        "metadata": {
            "title": TITLE,
            "creators": [{"person_or_org": {"family_name": "Example", "given_name": "Ada"}, "affiliations": []}],
            "resource_type": {"id": "publication-article", "title": {"en": "Journal article"}},
        },
    }
    source = Source.from_text(json.dumps({"hits": {"hits": [record]}}), "a.json")
    (read,) = read_list(source, FileReport("a.json"), Problems())
    assert read.fields["authors"] == [{"family_name": "Example", "given_name": "Ada"}]
    assert read.fields["links"] == {"page": "https://repo.example/records/1"}
    assert (read.fields["doi"], read.fields["kind"]) == ("10.1000/sheep", "article")


def test_people_of_one_list_who_are_written_in_two_ways_are_all_read_in_their_order():
    creators = [{"name": "Doe, Jane"}, {"person_or_org": {"name": "Example, Ada"}}, {"affiliation": "Meadow"}]
    record = read_object(authors=None, creators=creators)
    assert record.fields["authors"] == [{"name": "Doe, Jane"}, {"name": "Example, Ada"}]


def test_papers_of_an_answer_that_tells_no_more_than_titles_are_read():
    source = Source.from_text(json.dumps({"data": [{"paperId": "aa", "title": TITLE}]}), "a.json")
    assert [record.fields["title"] for record in read_list(source, FileReport("a.json"), Problems())] == [TITLE]


def test_a_source_that_is_no_object_says_nothing_of_a_paper():
    assert dict(read_object(source="crossref").unread) == {}
    assert "venue" not in read_object(source="crossref").fields


def test_an_answer_of_plos_names_title_and_authors_as_they_are_displayed():
    docs = [{"id": "10.1371/sheep", "title_display": TITLE, "author_display": ["Ada Example"], "journal": "PLOS ONE"}]
    (record,) = read_list(
        Source.from_text(json.dumps({"response": {"numFound": 1, "docs": docs}}), "a.json"),
        FileReport("a.json"),
        Problems(),
    )
    assert (record.fields["title"], record.fields["authors"], record.fields["doi"]) == (
        TITLE,
        ["Ada Example"],
        "10.1371/sheep",
    )


def test_a_summary_of_pubmed_leads_to_its_page_and_has_the_doi_of_its_electronic_location():
    record = read_object(elocationid="doi: 10.1000/sheep", articleids=[{"idtype": "pubmed", "value": "123"}])
    assert record.fields["links"] == {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/123/"}
    assert record.fields["doi"] == "doi: 10.1000/sheep"
    assert dict(record.unread) == {}


def test_a_record_whose_titles_are_empty_keeps_what_else_it_says():
    attributes = {"doi": "10.1000/sheep", "titles": [], "creators": [{"name": "Example, Ada"}], "publicationYear": 2020}
    whole = {"attributes": {**attributes, "titles": [{"title": TITLE}]}, "type": "dois"}
    source = Source.from_text(json.dumps({"data": [whole, {"attributes": attributes, "type": "dois"}]}), "a.json")
    _, record = read_list(source, FileReport("a.json"), Problems())
    assert record.fields == {"doi": "10.1000/sheep", "authors": [{"name": "Example, Ada"}], "published": "2020"}


def test_keys_in_other_languages_make_a_list_of_papers():
    source = Source.from_text(
        json.dumps({"fiches": [{"titre": TITLE, "auteurs": ["Ada Example"], "année": 2024}]}), "a.json"
    )
    (record,) = read_list(source, FileReport("a.json"), Problems())
    assert (record.fields["title"], record.fields["published"]) == (TITLE, "2024")


def test_a_month_beside_a_year_is_read() -> None:
    assert read_object(year=2026, month=5).fields["published"] == "2026-05"
    assert read_object(year="2026", month="May", day="7").fields["published"] == "2026-05-07"
    assert read_object(year=2026, month="spring").fields["published"] == "2026"


def test_an_answer_of_semantic_scholar_that_names_arxiv_as_venue_has_none_and_tells_nothing() -> None:
    venue = {"id": "x", "name": "arXiv.org", "alternate_names": ["ArXiv"], "url": "https://arxiv.org"}
    record = read_object(
        publicationVenue=venue,
        venue="arXiv.org",
        journal={"name": "ArXiv", "volume": "abs/2605.01234"},
        externalIds={"ArXiv": "2605.01234"},
        openAccessPdf={"url": "", "status": None, "disclaimer": "Notice"},
    )
    assert "venue" not in record.fields
    assert dict(record.unread) == {}
    assert (
        "venue" not in read_object(primary_location={"source": {"display_name": "arXiv (Cornell University)"}}).fields
    )


def test_an_address_for_programs_is_no_page_of_a_paper() -> None:
    links = [
        {"@ref": "self", "@href": "https://api.elsevier.com/1"},
        {"@ref": "scopus", "@href": "https://scopus.example/1"},
    ]
    record = read_object(**{"prism:url": "https://api.elsevier.com/content/1", "link": links})
    assert (record.fields["links"], dict(record.unread)) == ({"page": "https://scopus.example/1"}, {})


def test_paths_into_objects_are_read_as_the_names_of_columns() -> None:
    text = "title,primary_location.landing_page_url,biblio.volume,biblio.first_page,biblio.last_page\n"
    text += "Counting Sheep,https://meadow.example/1,31,5,9\n"
    (record,) = read_list(Source.from_text(text, "a.csv"), FileReport("a.csv"), Problems())
    assert record.fields["links"] == {"page": "https://meadow.example/1"}
    assert (record.fields["volume"], record.fields["pages"]) == ("31", "5-9")


def test_a_name_in_parts_counts_before_the_same_name_as_one_text() -> None:
    author = {"family": "Example", "given": "Ada", "literal": "Example, Ada"}
    (paper,) = make_papers(_sources(read_object(authors=[author])), Settings(), Problems()).papers
    assert paper.authors == ("Ada Example",)


def _sources(record):
    return Sources((record,), {"a.json": FileReport("a.json")}, (), (), ())


def test_texts_and_numbers_that_are_objects_with_a_format_are_read() -> None:
    record = read_object(
        title={"value": TITLE, "format": "html+mathml"},
        abstract={"value": "<p>We count.</p>", "format": "html+mathml"},
        volume={"number": "92"},
        issue={"number": "5"},
        publisher={"name": "Meadow Press"},
    )
    named = {name: record.fields[name] for name in ("title", "abstract", "volume", "issue", "publisher")}
    assert list(named.values()) == [TITLE, "<p>We count.</p>", "92", "5", "Meadow Press"]
    assert dict(record.unread) == {}


def test_what_biorxiv_calls_new_results_is_a_preprint() -> None:
    assert read_object(type="new results").fields["kind"] == "preprint"


def test_a_record_of_mendeley_says_its_journal_as_source_and_its_ids_in_one_object() -> None:
    record = read_object(
        type="journal",
        source="Meadow",
        identifiers={"doi": "10.1000/sheep", "arxiv": "2605.01234v1", "pmid": "123", "issn": "1234-5678"},
        websites=["https://meadow.example/1"],
        editors=[{"first_name": "Ed", "last_name": "Itor"}],
    )
    assert dict(record.unread) == {}
    assert {name: record.fields[name] for name in ("doi", "arxiv", "venue", "kind", "links")} == {
        "doi": "10.1000/sheep",
        "arxiv": "2605.01234v1",
        "venue": "Meadow",
        "kind": "article",
        "links": {"page": "https://meadow.example/1", "pubmed": "https://pubmed.ncbi.nlm.nih.gov/123/"},
    }


@pytest.mark.parametrize(
    ("values", "venue", "unread"),
    [
        ({"source": "Meadow", "volume": "3"}, "Meadow", []),
        ({"source": "Journal of Sheep"}, "Journal of Sheep", []),
        ({"source": "Semantic Scholar", "volume": "3"}, None, []),
        ({"source": "arXiv"}, None, []),
        ({"source": "our_feed", "volume": "3"}, None, []),
        ({"source": "Meadow"}, None, ["source"]),
        ({"source": "Meadow", "venue": "Pasture"}, "Pasture", []),
        ({"source": "https://meadow.example/1"}, None, []),
    ],
)
def test_a_source_is_a_journal_or_where_the_paper_was_found_or_told(values, venue, unread) -> None:
    record = read_object(**values)
    assert (record.fields.get("venue"), list(record.unread)) == (venue, unread)
    assert record.fields.get("links") == ({"page": values["source"]} if "://" in values["source"] else None)


def test_a_link_that_is_a_path_is_told_next_to_another_link() -> None:
    assert read_object(url="https://meadow.example/1", pdf="/files/sheep.pdf").unread == {"pdf": "no web address"}


def test_the_page_of_a_paper_of_openreview_is_its_forum_whatever_its_authors_link_to() -> None:
    record = read_object(
        forum="rJl-b3RcF7", pdf="/pdf/c2.pdf", code="[a](https://github.com/a/b) + [c](https://e.org/c?d=rJl)"
    )
    assert record.fields["links"] == {
        "page": "https://openreview.net/forum?id=rJl-b3RcF7",
        "pdf": "https://openreview.net/pdf/c2.pdf",
        "code": "https://github.com/a/b",
    }


@pytest.mark.parametrize("key", ["paper", "preprint", "href", "arxivLink"])
def test_a_link_to_the_paper_is_read_under_all_its_names(key) -> None:
    record = read_object(**{key: "https://arxiv.org/abs/2605.01234"})
    assert (record.fields["arxiv"], dict(record.unread)) == ("2605.01234", {})


OF_OSF = {"embeds": {"users": {"data": {"attributes": {"full_name": "A B"}}}}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"authors": None, "authorships": [{"author": {"display_name": None}, "raw_author_name": "Ada Example"}]},
            ["Ada Example"],
        ),
        (
            {"authors": None, "authorAffiliations": [{"meta": {"author": {"name": "Ada Example"}}}]},
            ["Ada Example"],
        ),
        ({"authors": None, "embeds": {"contributors": {"data": [OF_OSF]}}}, ["A B"]),
        (
            {"authors": None, "author": [{"first": "Ada", "last": "Example"}, {"collective": "Wool"}]},
            ["Ada Example", "Wool"],
        ),
        ({"authors": None, "dc:creator": "Example A.", "dc:identifier": "SCOPUS_ID:8"}, ["A. Example", "others"]),
    ],
)
def test_authors_are_found_wherever_a_service_names_them(values, expected) -> None:
    record = read_object(**values)
    found = parse_authors(record.fields["authors"])
    assert [*found.names, *(["others"] if found.is_cut else [])] == expected


def test_authors_next_to_the_core_of_an_answer_are_those_of_the_paper() -> None:
    answer = {
        "abstracts-retrieval-response": {
            "coredata": {"dc:title": TITLE, "dc:creator": {"author": [{"ce:surname": "Example"}]}},
            "authors": {"author": [{"ce:surname": "Example", "ce:given-name": "Ada"}, {"ce:surname": "Sample"}]},
            "authkeywords": {"author-keyword": [{"$": "wool"}]},
        }
    }
    (record,) = read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems())
    assert [person["ce:surname"] for person in record.fields["authors"]] == ["Example", "Sample"]


@pytest.mark.parametrize(
    ("values", "field", "expected"),
    [
        ({"epubdate": "2025 Dec 30", "pubdate": "2026 Jan 5"}, "published", "2025-12-30"),
        ({"imprints": [{"date": "1999"}], "earliest_date": "1997-11-27"}, "published", "1997-11-27"),
        ({"conference": "counting-sheep-1", "proceeding": "Meadow 2026"}, "venue", "Meadow 2026"),
        ({"contentType": "Chapter ConferencePaper", "publicationType": "Book"}, "kind", "inproceedings"),
        ({"genre": "journal-article"}, "kind", "article"),
        ({"pubtype": ["Journal Article"]}, "kind", "article"),
        ({"type": "withdrawn"}, "comment", "Withdrawn"),
        ({"best_oa_location": {"url_for_pdf": "https://e.org/a.pdf"}}, "links", {"pdf": "https://e.org/a.pdf"}),
        (
            {"url": [{"format": "html", "value": "https://e.org/a"}, {"format": "pdf", "value": "https://e.org/b"}]},
            "links",
            {"html": "https://e.org/a", "pdf": "https://e.org/b"},
        ),
        ({"links": [{"label": "Slides", "url": "https://e.org/s"}]}, "links", {"slides": "https://e.org/s"}),
    ],
)
def test_of_several_things_a_service_says_the_fuller_is_read(values, field, expected) -> None:
    assert read_object(**values).fields[field] == expected


def test_a_genre_that_is_no_kind_of_work_makes_none() -> None:
    assert "kind" not in read_object(genre="fantasy").fields


def test_the_article_that_a_preprint_became_is_a_link_of_it() -> None:
    record = read_object(doi="10.1101/2026.05.14.1", published="10.1000/sheep", date="2026-05-14", version="1")
    assert (record.fields["published"], record.fields["doi"]) == ("2026-05-14", "10.1101/2026.05.14.1")
    assert record.fields["links"] == {"published": "https://doi.org/10.1000/sheep"}


def test_each_summary_of_a_work_at_orcid_has_its_own_ids() -> None:
    ids = [
        {"external-id-type": "doi", "external-id-value": "10.1000/sheep", "external-id-relationship": "self"},
        {"external-id-type": "issn", "external-id-value": "1234-5678", "external-id-relationship": "part-of"},
    ]
    work = {"put-code": 1, "title": {"title": {"value": TITLE}}, "external-ids": {"external-id": ids}}
    answer = {"group": [{"work-summary": [work, work]}]}
    records = list(read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems()))
    assert [(record.fields["doi"], dict(record.unread)) for record in records] == [("10.1000/sheep", {})] * 2


def test_an_entry_of_scholarly_is_read() -> None:
    entry = {"bib": {"title": TITLE, "author": ["A Example"], "pub_year": "2026"}, "pub_url": "https://e.org/1"}
    (record,) = read_list(Source.from_text(json.dumps([entry]), "a.json"), FileReport("a.json"), Problems())
    assert (record.fields["published"], record.fields["links"]) == ("2026", {"page": "https://e.org/1"})


def test_the_number_of_a_paper_of_openreview_is_no_issue() -> None:
    record = read_object(forum="aBcDeF", number=7, venue="Meadow 2026 poster")
    assert "issue" not in record.fields
    assert dict(record.unread) == {}


def test_editors_of_inspire_are_no_authors_and_its_collaborations_are() -> None:
    authors = [{"full_name": "Example, Ada"}, {"full_name": "Itor, Ed", "inspire_roles": ["editor"]}]
    record = read_object(authors=authors, collaborations=[{"value": "ATLAS"}, {"value": "Sheep Team"}])
    (paper,) = make_papers(_sources(record), Settings(), Problems()).papers
    assert paper.authors == ("Ada Example", "ATLAS Collaboration", "Sheep Team")
    assert dict(record.unread) == {}


def test_works_of_orcid_say_their_texts_as_values() -> None:
    work = {
        "put-code": 1,
        "title": {"title": {"value": TITLE}, "subtitle": {"value": "A Census"}, "translated-title": None},
        "journal-title": {"value": "Meadow"},
        "publication-date": {"year": {"value": "2026"}, "month": {"value": "05"}, "day": {"value": "14"}},
        "type": "journal-article",
    }
    answer = {"group": [{"work-summary": [work]}]}
    (record,) = read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems())
    assert {name: record.fields[name] for name in ("title", "venue", "published")} == {
        "title": f"{TITLE}: A Census",
        "venue": "Meadow",
        "published": "2026-05-14",
    }


def test_the_work_that_cites_others_is_none_of_the_list() -> None:
    answer = {
        "citingPaperInfo": {"paperId": "a", "title": "On Goats"},
        "data": [{"citedPaper": {"paperId": "b", "title": TITLE, "year": 2026}}],
    }
    records = read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems())
    assert [record.fields["title"] for record in records] == [TITLE]


@pytest.mark.parametrize(
    ("values", "field", "expected"),
    [
        ({"z_authors": [{"given": "Bo", "family": "Sample"}], "authors": None}, "authors", None),
        ({"repo_url": "https://github.com/a/b"}, "links", {"code": "https://github.com/a/b"}),
        ({"url_pdf": "https://meadow.example/1.pdf"}, "links", {"pdf": "https://meadow.example/1.pdf"}),
        ({"paper_arxiv_id": "2605.01234"}, "arxiv", "2605.01234"),
        ({"venue": {"raw": "Meadow", "id": "1"}}, "venue", "Meadow"),
        ({"language": {"code": "en", "name": "English"}}, "language", "en"),
        ({"topics": [{"topic": "Sheep", "topicId": "1"}]}, "tags", ["Sheep"]),
        ({"authkeywords": "sheep | goats"}, "keywords", ["sheep", "goats"]),
    ],
)
def test_names_of_other_services_are_known(values, field, expected) -> None:
    record = read_object(**values)
    assert record.fields[field] == (expected or values["z_authors"])
    assert dict(record.unread) == {}


def test_the_day_on_which_a_record_was_made_is_told_of_a_paper_without_another_date() -> None:
    assert read_object(created_at="2026-05-14", updated="2026-05-15").unread == {
        "created_at": "a date",
        "updated": "a date",
    }
    assert dict(read_object(created_at="2026-05-14", year=2026).unread) == {}
    assert dict(read_object(created_at=None, updated="").unread) == {}


def test_names_of_python_s_objects_and_entries_of_doaj_are_read() -> None:
    record = read_object(authors=["arxiv.Result.Author('Ada Example')", "arxiv.Result.Author('Bo Sample')"])
    (paper,) = make_papers(_sources(record), Settings(), Problems()).papers
    assert paper.authors == ("Ada Example", "Bo Sample")
    journal = {"title": "Meadow", "volume": "3", "number": "4"}
    entry = {"title": TITLE, "author": [{"name": "Ada Example"}], "journal": journal, "year": "2026", "month": "5"}
    entry["identifier"] = [{"type": "pissn", "id": "1234-5678"}, {"type": "doi", "id": "10.1000/sheep"}]
    answer = {"results": [{"id": "a", "bibjson": entry, "created_date": "2026-05-14"}]}
    (record,) = read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems())
    names = ("title", "doi", "venue", "volume", "issue", "published")
    assert [record.fields[name] for name in names] == [TITLE, "10.1000/sheep", "Meadow", "3", "4", "2026-05"]


def test_what_stands_deep_in_an_unknown_key_is_told() -> None:
    people = [{"embeds": {"users": {"data": {"attributes": {"full_name": "Ada Example"}}}}}]
    assert "wraps" in read_object(wraps={"contributors": {"data": people}}).unread


@pytest.mark.parametrize(
    ("values", "field", "expected"),
    [
        ({"journal_ref": "Meadow 3 (2026) 1-9"}, "venue", "Meadow 3 (2026) 1-9"),
        ({"conference": {"name": "Meadow"}}, "venue", "Meadow"),
        ({"published_in": "Meadow"}, "venue", "Meadow"),
        ({"arxiv_comment": "9 pages"}, "comment", "9 pages"),
        ({"authors": None, "first_author": "Bo Sample"}, "authors", ["Bo Sample", "others"]),
    ],
)
def test_names_of_programs_for_arxiv_are_known(values, field, expected) -> None:
    record = read_object(**values)
    assert record.fields[field] == expected
    assert dict(record.unread) == {}


def test_authors_under_their_numbers_are_read() -> None:
    record = read_object(authors={"0": "Ada Example", "1": "Bo Sample"})
    assert dict(record.unread) == {}
    (paper,) = make_papers(_sources(record), Settings(), Problems()).papers
    assert paper.authors == ("Ada Example", "Bo Sample")


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ([{"title": "Compter les moutons", "lang": "fr"}, {"title": TITLE, "lang": "en"}], TITLE),
        (
            [{"title": TITLE, "lang": "en"}, {"title": "A Study", "titleType": "Subtitle", "lang": "en"}],
            f"{TITLE}: A Study",
        ),
        ([{"title": TITLE, "lang": "en"}], TITLE),
    ],
)
def test_a_title_among_several_is_read_where_each_names_its_language(titles, expected):
    attributes = {"titles": titles, "creators": [{"name": "Example, Ada"}], "publicationYear": 2026}
    text = json.dumps({"data": [{"id": "10.1000/sheep", "attributes": attributes}]})
    (record,) = read_list(Source.from_text(text, "papers/a.json"), FileReport("papers/a.json"), Problems())
    assert record.fields["title"] == expected


def test_keywords_that_name_their_language_are_all_read():
    keywords = [{"name": "sheep", "lang": "en"}, {"name": "sleep", "lang": "en"}]
    text = json.dumps([{"title": TITLE, "authors": ["Ada Example"], "keywords": keywords}])
    (record,) = read_list(Source.from_text(text, "papers/a.json"), FileReport("papers/a.json"), Problems())
    assert record.fields["keywords"] == ["sheep", "sleep"]


def test_the_works_that_a_paper_refers_to_are_no_papers_of_the_list_though_they_have_titles() -> None:
    release = {
        "refs": [{"title": "Shearing", "year": 2001}, {"title": "Weaving", "year": 2002}],
        "contribs": [{"index": 0, "raw_name": "Ada Example", "role": "author"}],
        "ext_ids": {"doi": "10.1000/sheep"},
        "release_year": 2026,
        "release_type": "article-journal",
        "container": {"name": "Meadow"},
        "title": TITLE,
    }
    (record,) = read_list(Source.from_text(json.dumps(release), "a.json"), FileReport("a.json"), Problems())
    names = ("title", "doi", "published", "kind", "venue")
    assert [record.fields[name] for name in names] == [TITLE, "10.1000/sheep", "2026", "article", "Meadow"]


@pytest.mark.parametrize(
    ("written", "venue"),
    [
        ("In *Conference on Sheep (CS)*", "Conference on Sheep (CS)"),
        ("In Proceedings of Meadow", "Proceedings of Meadow"),
        ("*Journal of Wool, 1*(1)", "Journal of Wool, 1(1)"),
        ("In Vitro Sheep", "In Vitro Sheep"),
        ("Proc. of *SEM 2026", "Proc. of *SEM 2026"),
    ],
)
def test_a_venue_is_a_name_without_the_marks_of_a_website(written, venue) -> None:
    (paper,) = make_papers(_sources(read_object(venue=written)), Settings(), Problems()).papers
    assert paper.venue == venue


def test_tags_that_feedparser_reads_from_arxiv_are_its_categories() -> None:
    record = read_object(
        tags=[{"term": "cs.CL", "scheme": "http://arxiv.org/schemas/atom", "label": None}],
        published="2026-05-14T00:00:00Z",
        published_parsed=[2026, 5, 14, 0, 0, 0, 3, 134, 0],
    )
    assert (record.fields["categories"], "tags" in record.fields, dict(record.unread)) == (["cs.CL"], False, {})


def test_an_item_of_dspace_is_read() -> None:
    said = {
        "dc.title": [{"value": TITLE, "language": "en", "place": 0}],
        "dc.contributor.author": [{"value": "Example, Ada"}, {"value": "Sample, Bo"}],
        "dc.date.issued": [{"value": "2026-05-14"}],
        "dc.description.abstract": [{"value": "We count."}],
        "dc.identifier.doi": [{"value": "10.1000/sheep"}],
    }
    item = {"uuid": "x", "type": "item", "metadata": said}
    objects = [{"_embedded": {"indexableObject": item}}]
    answer = {"_embedded": {"searchResult": {"_embedded": {"objects": objects}}}}
    (record,) = read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems())
    assert {**record.fields, "links": {}} == {
        "title": TITLE,
        "authors": ["Example, Ada", "Sample, Bo"],
        "published": "2026-05-14",
        "abstract": "We count.",
        "doi": "10.1000/sheep",
        "links": {},
    }


def test_categories_of_a_website_or_another_archive_are_keywords_and_none_of_arxiv() -> None:
    record = read_object(categories=["neuroscience", "cs.CL", "hep-th", "R"], keywords=["wool"])
    (paper,) = make_papers(_sources(record), Settings(), Problems()).papers
    assert (paper.categories, paper.keywords) == (("cs.CL", "hep-th"), ("wool", "neuroscience", "R"))


@pytest.mark.parametrize("key", ["title", "name"])
def test_a_part_of_a_title_that_is_nothing_is_no_word_of_it(key) -> None:
    record = read_object(title={key: None, "main": TITLE, "subtitle": None})
    assert record.fields["title"] == TITLE


@pytest.mark.parametrize(("items", "wrapper"), [("records", "fields"), ("rows", "row")])
def test_rows_of_airtable_and_of_data_sets_are_read(items, wrapper) -> None:
    answer = {items: [{"id": "x", wrapper: {"Title": TITLE, "Authors": "Ada Example", "URL": "https://e.org/1"}}]}
    (record,) = read_list(Source.from_text(json.dumps(answer), "a.json"), FileReport("a.json"), Problems())
    assert (record.fields["title"], record.fields["links"]) == (TITLE, {"page": "https://e.org/1"})
