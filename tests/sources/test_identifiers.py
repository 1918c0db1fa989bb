"""Identifiers and kinds of link in free text, and dates as bibliographies write them."""

import pytest

from site_builder.sources.identifiers import arxiv_in, doi_in, is_arxiv_venue, leads_to_paper, link_kind, url_in
from site_builder.sources.written_date import written_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv preprint arXiv:2605.01234v2", "2605.01234v2"),
        ("https://huggingface.co/papers/2605.01234", "2605.01234"),
        ("oai:arXiv.org:astro-ph/0601001", "astro-ph/0601001"),
        ("abs/math.AG/0601001", "math.AG/0601001"),
        ("10.48550/arXiv.2605.01234", "2605.01234"),
        ("2605.01234", "2605.01234"),
        ("page 2605.01234 of it", None),
        ("arXiv:2699.01234", None),
        ("10.1000/2605.01234", None),
    ],
)
def test_arxiv_ids_are_found_in_their_forms_only(text, expected):
    assert arxiv_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(see https://doi.org/10.1000/a-b(c).)", "10.1000/a-b(c)"),
        ("10/fqd6hj", "10/fqd6hj"),
        ("https://doi.org/10/fqd6hj", "10/fqd6hj"),
        ("on 10/12 of May", None),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1", "10.1101/2020.01.01.123456"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf", "10.1101/2020.01.01.123456"),
        ("https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full", "10.3389/fnins.2020.00001"),
        ("https://dl.acm.org/doi/pdf/10.1145/123.456?download=true", "10.1145/123.456"),
        ("https://link.springer.com/content/pdf/10.1007/978-3-030-1_7.pdf", "10.1007/978-3-030-1_7"),
        ("https://doi.org/10.31234/osf.io/abcde_v1", "10.31234/osf.io/abcde_v1"),
        (
            "10.1002/(SICI)1097(19980815/30)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(SICI)1097(19980815/30)17:15<1661::AID-SIM968>3.0.CO;2-2",
        ),
        ("<b>10.1000/x</b>", "10.1000/x"),
        ("https://doi.org/10.1002/%28SICI%291097%3C1661::AID%3E3.0.CO;2-2", "10.1002/(SICI)1097<1661::AID>3.0.CO;2-2"),
        ("https://chemrxiv.org/doi/10.26434/chemrxiv-2021-abc-v2", "10.26434/chemrxiv-2021-abc-v2"),
        ("https://example.org/10.1234/abstract", "10.1234/abstract"),
    ],
)
def test_dois_are_found(text, expected):
    assert doi_in(text) == expected


def test_the_target_of_an_html_link_is_its_url():
    assert url_in('doi:<a href="https://doi.org/10.1/x">x</a>') == "https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        ("arXiv preprint arXiv:2605.01234 [cs.LG]", True),
        ("CoRR", True),
        ("arXiv e-prints", True),
        ("Meadow arXiv", False),
    ],
)
def test_arxiv_is_no_venue(venue, expected):
    assert is_arxiv_venue(venue) is expected


@pytest.mark.parametrize(
    ("url", "kind", "is_paper"),
    [
        ("https://arxiv.org/abs/2605.01234", "abs", True),
        ("https://arxiv.org/pdf/2605.01234", "pdf", True),
        ("https://example.org/one.PDF", "pdf", True),
        ("https://github.com/a/b", "code", False),
        ("https://a.github.io/b", "project", False),
        ("https://www.nature.com/articles/x", "page", True),
        ("https://notnature.com/articles/x", "page", False),
        ("https://arxiv.org", "page", False),
        ("https://[broken", "page", False),
        ("./one.pdf", "page", False),
    ],
)
def test_links_are_known_by_their_urls(url, kind, is_paper):
    assert (link_kind(url), leads_to_paper(url)) == (kind, is_paper)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (2026, "2026"),
        ("2026-05-14T10:00:00Z", "2026-05-14"),
        ("2026/05/14/", "2026-05-14"),
        ("2026-00-00", "2026"),
        ("2026-24", "2026"),
        ("2019-2020", "2019"),
        ("c1999", "1999"),
        ("14 May 2026", "2026-05-14"),
        ("May 14, 2026", "2026-05-14"),
        ("2026 May 14", "2026-05-14"),
        ("May 2026", "2026-05"),
        ("2026-02-30", "2026-02-30"),
        ("2026-13-01", "2026-13-01"),
        ("soon", "soon"),
    ],
)
def test_dates_become_iso_dates_of_the_same_precision(written, expected):
    assert written_date(written) == expected
