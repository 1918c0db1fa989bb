"""The site of the sample content keeps to itself: one strict policy, nothing inline, nothing from elsewhere."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.build import build
from tests.conftest import NOW
from tests.hostile.outputs import POLICY, files_of, parsed_html


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, sample_content: Path) -> Mapping[str, bytes]:
    """Return the files of the sample site."""
    output = tmp_path_factory.mktemp("policy")
    build(sample_content, output, NOW)
    return files_of(output)


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the pages that people open in a browser; mails have inline styles, for mail programs know no others."""
    return {path: text.decode() for path, text in files.items() if path.endswith(".html") and path[:5] != "mail/"}


def test_every_page_has_the_policy_before_anything_it_governs(pages: dict[str, str]) -> None:
    assert len(pages) > 200
    for path, page in pages.items():
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        assert policy, path
        assert policy[1] == POLICY, path
        governed = re.search(r"<(?:script|link|style|img)\b", page)
        assert governed is None or policy.start() < governed.start(), path


def test_the_policy_lets_nothing_inline_and_nothing_from_elsewhere_run() -> None:
    directives = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert set(directives.values()) == {"'none'", "'self'"}


def test_no_page_has_an_inline_script_style_or_handler(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        elements, _ = parsed_html(page)
        for name, attributes in elements:
            assert name != "style", path
            assert not any(attribute == "style" or attribute.startswith("on") for attribute in attributes), (path, name)
            if name == "script" and attributes.get("type") != "application/ld+json":
                assert not attributes["text()"], path
                assert attributes["src"].endswith(".js"), path


def test_links_to_elsewhere_open_no_way_back_and_tell_no_referrer(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for name, attributes in parsed_html(page)[0]:
            if name == "a":
                assert not {"target", "referrerpolicy"} & attributes.keys(), (path, attributes)
            if name == "meta" and attributes.get("name") == "referrer":
                assert attributes["content"] == "same-origin", path
        assert '<meta name="referrer"' in page, path


def test_pages_load_only_what_the_site_holds(pages: dict[str, str], files: Mapping[str, bytes]) -> None:
    for path, page in pages.items():
        for name, attributes in parsed_html(page)[0]:
            target = attributes.get("src") or (attributes.get("href") if name == "link" else "") or ""
            if attributes.get("rel") == "canonical" or not target:
                continue
            assert not re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE), (path, target)


def test_styles_and_pictures_fetch_nothing(files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith((".css", ".svg")):
            text = content.decode().replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"@import|https?:|url\(\s*['\"]?(?:[a-z]+:)?//|<script|<style|\son\w+=", text), path
        if path.startswith("assets/") and path.endswith(".js"):
            assert not re.search(
                r"\beval\(|new Function|innerHTML|document\.write|insertAdjacentHTML", content.decode()
            ), path
