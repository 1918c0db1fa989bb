"""Addresses without `.html`, for hosts that redirect `x.html` to `x`: all outputs use them consistently."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from site_builder.commands.serve.on_demand import SiteOnDemand
from site_builder.config.settings import Settings
from site_builder.problems import BuildError
from tests.conftest import NOW

BASE = "https://clouds.example/digest"
SITE = f"""
-- site.yaml --
base_url: {BASE}
addresses: without_html
related: tags
newsletter: {{service: buttondown, form: clouds}}
feeds: {{top: [3], archives: all, organization_min: 1}}
-- tags.yaml --
tags:
- name: Rain
  patterns: [rain]
-- papers/a.yaml --
listed: 2026-05-27
papers:
- {{title: Sparse Clouds, arxiv: "2605.00001", upvotes: 9, tags: [Rain], organization: Lab, authors: [Ada B.]}}
- {{title: Fog in the Rain, upvotes: 3, abstract: "See $x^2$."}}
- {{title: Dense Clouds, listed: 2026-05-28, doi: 10.1000/x, tags: [Rain]}}
-- notes/2026-05-28.md --
See [us](about.html#who), [home](index.html), [tags](tags/index.html), [all](tags/) and ![icon](assets/icon.svg).
-- pages/about.md --
# Who
[The day](days/2026-05-28.html), [more](more.html?x=1), [home](index.html), [bare](more).
-- pages/more.md --
More.
"""
OWN = re.compile(r"""clouds\.example/digest[^\s"'<>\\)]*\.html|(?:href|src|action)="(?!https?:)[^"]*\.html(?=[?#"])""")
MARKDOWN = re.compile(r"^(?!>).*\]\((?!https?:)[^)]*\.html", re.MULTILINE)  # quoted notes are exported as written


def texts_of(site) -> Iterator[tuple[str, str]]:
    """Yield path and text of every text file of a site; mails are decoded."""
    for path in sorted(site.paths):
        content = (site.output / path).read_bytes()
        if path.endswith(".eml"):
            mail = message_from_bytes(content, policy=policy.default)
            yield path, "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
        elif not path.endswith((".png", ".ico", ".woff2")) and not path.startswith("assets/"):
            yield path, content.decode()


def hosted(target: str, paths: set[str]) -> str | None:
    """Return the file that a host without `.html` serves at an address, None if it has none or redirects."""
    if target.endswith("/") or target == ".":
        index = normpath(f"{target}/index.html")
        return index if index in paths else None
    if target.endswith(".html"):
        return None
    return target if target in paths else f"{target}.html" if f"{target}.html" in paths else None


def test_no_output_names_a_page_by_its_file(build_site):
    site = build_site(SITE)
    assert site.problems == []
    found = {path: named[0] for path, text in texts_of(site) if (named := OWN.search(text))}
    assert found == {}
    assert not [path for path, text in texts_of(site) if path.endswith(".md") and MARKDOWN.search(text)]
    assert site.json("site.webmanifest")["start_url"] == "."
    papers = {paper["url"] for paper in site.papers.values()}
    assert f"{BASE}/papers/2605.00001" in papers
    assert {f"{BASE}/{each['path']}" for each in site.json("api/recent.json")} == papers
    files = [site.json(path) for path in site.paths if "/records-" in path]
    assert {f"{BASE}/{record['path']}" for file in files for record in file["papers"]} == papers


def test_every_link_leads_straight_to_a_file_of_the_host(build_site):
    site = build_site(SITE)
    pages = [path for path in site.paths if path.endswith(".html") and not path.startswith("mail/")]
    for page in pages:
        place = "" if page == "404.html" else dirname(page)
        for link in html.fromstring(site.text(page)).xpath("//@href | //@src"):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            path = unquote(parts.path).removeprefix("/digest/")
            target = normpath(join(place, path)) + ("/" if path.endswith("/") or path in {".", ".."} else "")
            assert hosted(target.removeprefix("./"), site.paths) or target == "./", (page, link)


def test_the_canonical_address_the_sitemap_and_the_feeds_agree(build_site):
    site = build_site(SITE)
    day = f"{BASE}/days/2026-05-28"
    assert f'<link rel="canonical" href="{day}">' in site.text("days/2026-05-28.html")
    assert f"<loc>{day}</loc>" in site.text("sitemap.xml")
    for ending in ("xml", "atom"):
        assert f'{day}"' in site.text(f"feeds/digests.{ending}") or f"<link>{day}<" in site.text(
            f"feeds/digests.{ending}"
        )
    assert site.json("feeds/digests.json")["items"][0]["url"] == day
    assert f'htmlUrl="{BASE}/tags/rain"' in site.text("feeds.opml")
    assert f'<link rel="canonical" href="{BASE}/">' in site.text("index.html")
    assert f'<link rel="canonical" href="{BASE}/tags/">' in site.text("tags/index.html")


def test_files_guids_and_everything_but_addresses_stay(build_site):
    site = build_site(SITE)
    files, guids = site.paths, [item["id"] for item in site.json("feeds/papers.json")["items"]]
    other = build_site(SITE.replace("addresses: without_html\n", ""))
    assert other.paths == files
    assert [item["id"] for item in other.json("feeds/papers.json")["items"]] == guids
    assert f'<link rel="canonical" href="{BASE}/about.html">' in other.text("about.html")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", ""),
        ("tags/index.html", "tags/"),
        ("about.html", "about"),
        ("papers/2605.01234.html#corrected-2026-05-27", "papers/2605.01234#corrected-2026-05-27"),
        ("search.html?q=a.html", "search?q=a.html"),
        ("feeds/digests.xml", "feeds/digests.xml"),
        ("my-index.html", "my-index"),
        ("papers/a.html.bib", "papers/a.html.bib"),
    ],
)
def test_an_address_is_the_path_without_its_ending(path, address):
    settings = Settings(addresses="without_html", base_url=BASE)
    assert settings.address(path) == address
    assert settings.permalink(path) == f"{BASE}/{address}"
    assert Settings().address(path) == path


@pytest.mark.parametrize(
    "path", ["static/about/index.html", "static/about", "static/About/index.html", "pages/tags.md"]
)
def test_two_files_that_share_an_address_without_html_stop_the_build(build_site, path):
    site = SITE + f"-- {path} --\nMine.\n"
    with pytest.raises(BuildError, match=f"several inputs claim one address.*\n.*content/{path}"):
        build_site(site)
    assert "about.html" in build_site(site.replace("addresses: without_html\n", "")).paths


def test_the_preview_answers_both_forms(build_site, tmp_path: Path):
    content = build_site(SITE).content
    served = SiteOnDemand(content, "http://localhost:8000")
    served.plan(NOW, ())
    for address in ("about", "about.html", "papers/2605.00001", "tags/rain", "tags/", "tags", ""):
        answer = served.answer(address)
        assert answer and answer.path.endswith(".html"), address
    assert served.answer("gone") is None
