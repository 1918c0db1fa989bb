"""What templates need is found in their sources, and recalled where those are as they were."""

import pytest

from site_builder.render import html
from site_builder.render.template_needs import TemplateNeeds
from site_builder.render.templates import Templates
from site_builder.volumes.cache import Cache, NoCache
from tests.factories import TEMPLATES

NAMES = sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.glob("pages/*"))


@pytest.fixture
def templates(tmp_path):
    """An environment of the functions of pages, whose own templates lie in a folder that comes first."""
    (tmp_path / "theme").mkdir()
    made = Templates((tmp_path / "theme", TEMPLATES))
    made.globals.update(html.FUNCTIONS)
    made.filters.update(html.FILTERS)
    return made


def needs_of(templates, *names, cache=None):
    return TemplateNeeds(templates, html.FILLINGS, cache or NoCache()).of(*names)


def test_what_is_recalled_is_what_was_found_and_no_template_is_parsed_again(tmp_path, templates, monkeypatch):
    cache = Cache(tmp_path / "cache", b"k" * 32)
    found = {name: needs_of(templates, name) for name in NAMES}
    assert {name: needs_of(templates, name, cache=cache) for name in NAMES} == found
    monkeypatch.setattr(templates, "parse", lambda *source: pytest.fail("parsed again"))
    assert {name: needs_of(templates, name, cache=cache) for name in NAMES} == found


@pytest.mark.parametrize(
    ("source", "asked", "is_beside", "is_any"),
    [
        ("{{ exists('a.html') }}", ("a.html",), False, False),
        ("{{ exists(corrections_path(2)) }}", ("corrections/2.html",), False, False),
        ("{{ exists(beside(page.path, '.bib')) }}", (), True, False),
        ("{% set path = page.path %}{{ exists(card_path(path)) }}", (), True, False),
        ("{% set path = other.path %}{{ exists(card_path(path)) }}", (), False, True),
        ("{{ exists(beside(other.path, '.bib')) }}", (), False, True),
        ("{{ exists(name) or exists('a.html') }}", ("a.html",), False, True),
        ("{{ exists }}", (), False, False),
        ("{{ broken", (), False, False),
    ],
)
def test_addresses_that_a_template_asks_for(tmp_path, templates, source, asked, is_beside, is_any):
    (tmp_path / "theme" / "own.html").write_text(source)
    needs = needs_of(templates, "own.html")
    assert (needs.checked_paths, needs.has_checks_next_to_page, needs.has_unknown_checks) == (asked, is_beside, is_any)


def test_a_path_of_an_included_template_decides_over_what_is_asked_beside_it(tmp_path, templates):
    (tmp_path / "theme" / "own.html").write_text("{{ exists(beside(path, '.md')) }}{% include 'part.html' %}")
    (tmp_path / "theme" / "part.html").write_text("{% set path = page.path %}")
    assert needs_of(templates, "own.html").has_checks_next_to_page
    (tmp_path / "theme" / "part.html").write_text("{% set path = other.path %}")
    assert needs_of(templates, "own.html").has_unknown_checks


def test_a_changed_template_is_another_and_one_that_is_gone_is_empty(tmp_path, templates):
    cache = Cache(tmp_path / "cache", b"k" * 32)
    file = tmp_path / "theme" / "own.html"
    digests = set()
    for text in ("{{ page }}", "{{ site }}"):
        file.write_text(text)
        digests.add(needs_of(templates, "own.html", cache=cache).digest)
    file.unlink()
    gone = needs_of(templates, "own.html", cache=cache)
    assert gone.digest not in digests
    assert len(digests) == 2
    assert gone.names == frozenset()
