"""Links to code, models, data and demos in abstracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.sources.fields.identifiers import link_kind, links_in


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code is at https://github.com/ada/engine.", {"code": "https://github.com/ada/engine"}),
        ("Our code (github.com/ada/engine) is free.", {"code": "https://github.com/ada/engine"}),
        ("See https://github.com/ada/engine.git", {"code": "https://github.com/ada/engine"}),
        ("Models: https://huggingface.co/ada/engine-7b", {"model": "https://huggingface.co/ada/engine-7b"}),
        ("https://huggingface.co/datasets/ada/cards", {"data": "https://huggingface.co/datasets/ada/cards"}),
        ("https://huggingface.co/spaces/ada/demo", {"demo": "https://huggingface.co/spaces/ada/demo"}),
        ("https://github.com/ada/engine and https://github.com/bo/rival", {}),
        ("https://github.com/ada", {}),
        ("https://huggingface.co/papers/2605.01234", {}),
        ("not-github.com/ada/engine, ada@github.com/x/y", {}),
        ("We like and/or trees.", {}),
    ],
)
def test_what_a_text_names_is_found_where_there_is_no_doubt(text, links):
    assert links_in(text) == links


@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_makes_anything_but_addresses_of_these_hosts(before, path):
    for kind, url in links_in(f"{before} https://github.com/{path}").items():
        assert url.startswith("https://") and link_kind(url) == kind


def test_a_list_that_names_the_code_has_the_last_word(build_site):
    site = build_site(
        "-- papers/2026-05-27.yaml --\nlisted: 2026-05-27\npapers:\n"
        "- {title: Clouds, abstract: 'Code: https://github.com/ada/clouds'}\n"
        "- {title: Rain, abstract: 'Code: https://github.com/ada/rain', links: {code: 'https://example.org/rain'}}\n"
    )
    links = {paper["title"]: paper["links"]["code"] for paper in site.papers.values()}
    assert links == {"Clouds": "https://github.com/ada/clouds", "Rain": "https://example.org/rain"}
