"""One planned output: its data are of the class that its kind has."""

import pytest

from site_builder.config.settings import Settings
from site_builder.model.page import NO_DATA, JsonData, Page
from site_builder.pages import assets
from site_builder.pages import paper as paper_pages
from site_builder.pages.site_files import TextData
from site_builder.render.assets import render_text
from tests.factories import catalogue, paper, site


def test_a_template_sees_the_fields_of_a_pages_data() -> None:
    assert (NO_DATA.values(), TextData("all").values()) == ({}, {"text": "all"})


def test_a_renderer_refuses_a_page_of_another_kind_and_names_it() -> None:
    text, other = (Page("robots.txt", "plain", "", "", data) for data in (TextData("all"), JsonData.holding(1)))
    whole = site(catalogue())
    assert render_text(text, whole) == b"all"
    with pytest.raises(TypeError, match=r"robots\.txt holds JsonData, no TextData"):
        render_text(other, whole)


def test_a_paper_without_abstract_is_described_by_its_summary_or_its_authors() -> None:
    names = ("Ada Lovelace", "Emmy Noether")
    made = catalogue(
        paper("One", abstract="It rains.", summary="Rain.", authors=names),
        paper("Two", summary="Rain.", authors=names),
        paper("Three", authors=names),
    )
    described = {page.title: page.description for page in paper_pages.plan(made, Settings())}
    assert described == {"One": "It rains.", "Two": "Rain.", "Three": "Ada Lovelace, Emmy Noether"}


def test_hidden_files_of_a_theme_and_those_in_hidden_folders_are_not_published(tmp_path):
    for name in ("a.svg", "icons/b.svg", ".c.svg", ".cache/d.svg", "icons/.old/e.svg"):
        file = tmp_path / "assets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<svg/>")
    paths = {page.path for page in assets.plan([tmp_path])}
    assert paths == {"assets/a.svg", "assets/icons/b.svg", assets.DISK_SCRIPT}
