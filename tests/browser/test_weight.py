"""What a reader's line carries for a page: the page and all that it asks for, each compressed by itself."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.build import build
from tests.conftest import NOW, write_content

STYLES, SCRIPTS = 10_000, 14_000
SEARCH = 24_000  # of scripts where the search is done
PAPER, DAY = 15_000, 40_000
READ_SCRIPTS = 5_000  # of a page that is only read
ASKED = re.compile(r"<(?:script|link)\b[^>]*?(?:src|href)=\"(?!https:)([^\"]*\.(?:js|css|svg))\"")
MODULES = re.compile(r'<script src="([^"]*/)scheme\.js" data-modules="([^"]*)"')
IMPORTED = re.compile(r'\bfrom "\./([^"]+)"')
ASKED_LATER = re.compile(r'\bimport\("\./([^"]+)"\)')  # when the reader first needs it
# Script → what a page has that loads it; other pages that share a script with it never do.
LOADED_BY = {"filters.js": 'class="filters', "since.js": '<body id="top" class="home'}
WORDS = "sparse attention lets a long context stay cheap while its retrieval quality hardly falls behind dense layers"


def weight(files: set[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def asked_by(page: Path, *, later: bool = False) -> set[Path]:
    """Return the page's styles, scripts with all that they import, and icon; later: also what scripts may import."""
    text = page.read_text(encoding="utf-8")
    links = ASKED.findall(text)
    for folder, names in MODULES.findall(text):
        links += [f"{folder}{name}.js" for name in names.split()]
    waiting = [(page.parent / link.removeprefix("/")).resolve() for link in links]  # 404.html stands at the root
    found: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            if file.suffix == ".js":
                script = file.read_text(encoding="utf-8")
                waiting += [file.parent / name for name in IMPORTED.findall(script)]
                waiting += [
                    file.parent / name
                    for name in ASKED_LATER.findall(script)
                    if later and LOADED_BY.get(name, "") in text
                ]
    return found


def of_kind(files: set[Path], suffix: str) -> int:
    return weight({file for file in files if file.suffix == suffix})


def pages(site: Path) -> Iterator[Path]:
    return (file for file in site.rglob("*.html") if "mail" not in file.relative_to(site).parts)


def test_styles_and_scripts_are_light_on_every_page(sample):
    for page in pages(sample):
        asked = asked_by(page, later=True)
        assert 0 < of_kind(asked, ".css") <= STYLES, page
        assert 0 < of_kind(asked, ".js") <= (SEARCH if page.name == "search.html" else SCRIPTS), page


@pytest.mark.parametrize("path", ["papers/*.html", "archive.html", "feeds.html", "about.html", "404.html"])
def test_pages_that_are_only_read_have_few_scripts(sample, path):
    assert all(of_kind(asked_by(page), ".js") <= READ_SCRIPTS for page in sample.glob(path))


def test_no_page_brings_a_font(sample):
    assert not [file for file in sample.rglob("*") if file.suffix in {".woff", ".woff2", ".ttf", ".otf"}]
    assert not [file for file in sample.glob("assets/*.css") if "@font-face" in file.read_text(encoding="utf-8")]


def test_the_page_of_every_paper_is_light(sample):
    weights = {page.name: weight({page, *asked_by(page)}) for page in sample.glob("papers/*.html")}
    assert len(weights) > 100
    assert {name: found for name, found in weights.items() if found > PAPER} == {}


def test_a_day_of_thirty_papers_is_light(tmp_path):
    write_content(
        tmp_path / "content", f"-- papers/a.yaml --\nlisted: 2026-05-27\npapers:\n{''.join(map(entry, range(30)))}"
    )
    build(tmp_path / "content", tmp_path / "output", NOW)
    page = tmp_path / "output" / "days" / "2026-05-27.html"
    assert page.read_text(encoding="utf-8").count('<article class="card"') == 30
    assert weight({page, *asked_by(page)}) <= DAY


def entry(number: int) -> str:
    """Return a paper of eight authors and about 170 words, not quite the same for any two."""
    words = WORDS.split()
    text = " ".join(f"{words[(number * i + i * i) % len(words)]}{i * number % 7}" for i in range(170))
    authors = ", ".join(f"Given{n} Family{n * number}" for n in range(8))
    return (
        f"  - title: Paper number {number} on {text[:60]}\n    id: 2605.{number:05}\n    authors: [{authors}]\n"
        f"    abstract: {text}.\n    upvotes: {number}\n    comments: 3\n    organization: Engines\n"
        f"    tags: [agents, {'vision' if number % 2 else 'code'}]\n    code: https://code.example/{number}\n"
    )
