"""What templates see of their site, and the page of documentation that lists it."""

import re
from dataclasses import fields
from pathlib import Path

import jinja2

from site_builder.config.settings import Settings
from site_builder.pages import plan_pages
from site_builder.render import html
from tests.factories import TEMPLATES, catalogue, paper, site

ROOT = Path(__file__).resolve().parents[2]
THEMES = (ROOT / "content" / "pages" / "themes.md").read_text(encoding="utf-8")
JINJA = jinja2.Environment()  # noqa: S701 - fills nothing in


def named_in(text: str) -> set[str]:
    """Return the names in backticks, without what they are called with."""
    return {re.split(r"\W", name)[0] for name in re.findall(r"`([^`]+)`", text)}


def test_every_name_that_a_template_may_use_is_documented_and_no_other() -> None:
    whole = site(catalogue())
    environment = html.templates_of(whole)
    rows = re.findall(r"^\| (.+?) \|", THEMES.partition("## What a page holds")[0], re.MULTILINE)
    names = html.PageRenderer(whole).context("").keys() - JINJA.globals.keys()
    assert named_in("".join(rows)) == {*names, "page"}
    filters = THEMES.partition("\nFilters: ")[2].partition("\n\n")[0]
    assert named_in(filters) == environment.filters.keys() - JINJA.filters.keys()


def test_every_name_that_a_page_holds_is_documented_with_its_template() -> None:
    made = catalogue(paper("One", "2026-05-26", tags=("Wool",), upvotes=3), paper("Two"))
    documented = dict(re.findall(r"^\| `(pages/[^`]+)` \| (.+) \|$", THEMES, re.MULTILINE))
    pages = [page for page in plan_pages(made, Settings(), (TEMPLATES,)) if page.renderer == "html"]
    held = {page.template: {field.name for field in fields(page.data)} for page in pages}
    assert len(held) > 12
    del held["pages/not_found.html"]  # holds nothing
    assert {template: named_in(documented.get(template, "")) for template in held} == held
