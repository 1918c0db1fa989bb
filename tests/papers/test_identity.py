"""Identifiers of papers in every form they are written in."""

import pytest

from site_builder.papers.identity import arxiv_id, identify, version_in


@pytest.mark.parametrize(
    "written",
    [
        "2605.01234",
        "2605.01234v3",
        "arXiv:2605.01234",
        "oai:arXiv.org:2605.01234",
        "arXiv preprint arXiv:2605.01234",
        "http://arxiv.org/abs/2605.01234v1",
        "https://arxiv.org/pdf/2605.01234v2.pdf",
        "https://arxiv.org/html/2605.01234",
        "https://huggingface.co/papers/2605.01234",
        "https://www.alphaxiv.org/abs/2605.01234",
    ],
)
def test_an_arxiv_id_is_found_in_every_form(written):
    assert arxiv_id(written) == "2605.01234"


def test_an_old_arxiv_id_keeps_its_archive():
    assert arxiv_id("http://arxiv.org/abs/astro-ph/0601001v1") == "astro-ph/0601001"
    assert arxiv_id("https://arxiv.org/abs/math.GT/0309136") == "math/0309136"


def test_the_doi_of_an_arxiv_paper_is_its_arxiv_id():
    assert identify({"doi": "10.48550/arXiv.2605.01234"}) == ("2605.01234", None, None)


def test_a_doi_is_compared_without_case():
    assert identify({"doi": "https://doi.org/10.1000/AbC.1"})[1] == "10.1000/abc.1"


def test_an_id_may_be_a_name_of_the_curators_own():
    assert identify({"id": "our-survey"}) == (None, None, "our-survey")


def test_a_link_to_code_names_no_paper():
    assert identify({"links": {"code": "https://github.com/x/arxiv.2605.01234"}}) == (None, None, None)


@pytest.mark.parametrize("note", ["Comment on arXiv:2401.00001", "Extended version of arXiv:2001.00009"])
def test_a_remark_on_another_paper_gives_no_id(note):
    assert identify({"comment": note, "title": "Comment"})[0] is None


@pytest.mark.parametrize(
    "written",
    [
        "arXiv preprint arXiv:2501.12948",
        "arXiv e-prints, p. arXiv:2501.12948",
        "Preprint at https://arxiv.org/abs/2501.12948",
        "NeurIPS 2025 (arXiv:2501.12948)",
        "Also available as arXiv:2501.12948",
        "arXiv:2501.12948, 12 pages",
    ],
)
def test_an_arxiv_id_hides_in_a_journals_name_and_in_a_remark(written):
    assert identify({"venue": written})[0] == identify({"comment": written})[0] == "2501.12948"


@pytest.mark.parametrize(
    ("fields", "version"),
    [
        ({"arxiv": "2605.01234"}, None),
        ({"arxiv": "2605.01234v3"}, 3),
        ({"id": "http://arxiv.org/abs/2605.01234v1"}, 1),
        ({"arxiv": "2605.01234", "links": {"pdf": "https://arxiv.org/pdf/2605.01234v2.pdf"}}, 2),
        ({"arxiv": "2605.01234v2", "links": {"abs": "https://arxiv.org/abs/2605.01234v12"}}, 12),
        ({"arxiv": "2605.01234", "links": {"project": "https://arxiv.org/abs/2605.01234v4"}}, None),
        ({"arxiv": "2605.01234", "links": {"abs": "https://arxiv.org/abs/2605.09999v4"}}, None),
    ],
)
def test_the_version_is_the_latest_that_the_papers_own_ids_and_links_name(fields, version):
    assert version_in(fields, "2605.01234") == version
