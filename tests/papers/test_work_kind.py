"""The kind of work a paper is, from its record and its venue."""

import pytest

from site_builder.papers.work_kind import WorkKind, citable_doi, kind_of, server_of
from tests.factories import paper

ARXIV = {"arxiv": "2605.00001"}
PUBLISHED = {"doi": "10.1000/fog"}
PREPRINT = {"doi": "10.1101/2026.05.01.123456"}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, WorkKind.DOCUMENT),
        (ARXIV, WorkKind.PREPRINT),
        ({**ARXIV, "kind": "article"}, WorkKind.PREPRINT),
        ({**ARXIV, **PUBLISHED}, WorkKind.PREPRINT),
        ({**ARXIV, **PUBLISHED, "kind": "article"}, WorkKind.ARTICLE),
        ({**ARXIV, **PUBLISHED, "kind": "inproceedings"}, WorkKind.CONFERENCE),
        ({**PUBLISHED}, WorkKind.DOCUMENT),
        ({**PUBLISHED, "kind": "article"}, WorkKind.ARTICLE),
        ({**PUBLISHED, "kind": "conference"}, WorkKind.CONFERENCE),
        ({**PREPRINT, "kind": "article"}, WorkKind.PREPRINT),
        ({"kind": "unpublished"}, WorkKind.PREPRINT),
        ({"kind": "article", "venue": "arXiv.org"}, WorkKind.PREPRINT),
        ({"kind": "article", "venue": "Journal of Fog"}, WorkKind.ARTICLE),
        ({"kind": "inproceedings", "venue": "Journal of Fog"}, WorkKind.CONFERENCE),
        ({"venue": "Journal of Fog"}, WorkKind.ARTICLE),
        ({"venue": "NeurIPS 2024"}, WorkKind.CONFERENCE),
        ({"venue": "Proceedings of Fog"}, WorkKind.CONFERENCE),
        ({"venue": "Proceedings of Fog", "volume": "3"}, WorkKind.ARTICLE),
        ({"kind": "book", "venue": "NeurIPS 2024"}, WorkKind.BOOK),
        ({"kind": "techreport", **ARXIV}, WorkKind.REPORT),
        ({"kind": "patent", "venue": "Journal of Fog"}, WorkKind.DOCUMENT),
        ({"kind": "misc", "venue": "Journal of Fog"}, WorkKind.ARTICLE),
    ],
)
def test_a_venue_or_a_doi_bears_out_what_a_record_says(fields, kind):
    assert kind_of(paper("Fog", **fields)) == kind


@pytest.mark.parametrize(
    ("fields", "server"),
    [
        (ARXIV, "arXiv"),
        ({"venue": "CoRR abs/2605.00001"}, "arXiv"),
        ({"venue": "bioRxiv", **ARXIV}, "bioRxiv"),
        (PREPRINT, "bioRxiv"),
        ({"doi": "10.1101/2026.05.01.12345678"}, "medRxiv"),
        ({"doi": "10.2139/ssrn.123"}, "SSRN"),
        ({"venue": "Journal of Fog", **PUBLISHED}, ""),
    ],
)
def test_a_preprint_lies_on_the_server_of_its_venue_its_id_or_its_doi(fields, server):
    assert server_of(paper("Fog", **fields)) == server


def test_a_paper_of_arxiv_is_cited_by_the_doi_that_arxiv_registers_unless_it_has_its_own():
    assert citable_doi(paper("Fog", **ARXIV)) == "10.48550/arXiv.2605.00001"
    assert citable_doi(paper("Fog", **ARXIV, **PUBLISHED)) == "10.1000/fog"
    assert citable_doi(paper("Fog")) == ""
