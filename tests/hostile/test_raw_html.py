"""HTML in notes and free pages passes only where site.yaml says so, and then cleaned; nothing passes in a list."""

from collections.abc import Callable

import pytest

from tests.conftest import Site
from tests.hostile.outputs import faults_of

BODY = (
    "A <b>bold</b> word, <kbd>x</kbd>.\n\n<details><summary>More</summary>\n\ninside\n\n</details>\n\n"
    "<table><tr><td colspan=2 onclick=__hit=1 style=color:red>cell</td></tr></table>\n\n"
    "<script>__hit=1</script><style>*{display:none}</style><iframe src=//evil.example></iframe>"
    "<form action=//evil.example><input name=q></form><svg onload=__hit=1></svg><img src=//evil.example/x.png>"
    "<a href=javascript:__hit=1>bad</a><base href=//evil.example><meta http-equiv=refresh content=0>\n"
)
CONTENT = f"""-- papers/2026-05-27.yaml --
- title: One
  abstract: 'A <kbd>x</kbd> abstract.'
-- notes/2026-05-27.md --
{BODY}
-- pages/open.md --
{BODY}
-- pages/shut.md --
{BODY}
-- site.yaml --
base_url: https://digest.example
"""


@pytest.fixture
def build(build_site: Callable[..., Site]) -> Callable[[str], Site]:
    return lambda setting: build_site(f"{CONTENT}{setting}\n")


def test_html_is_text_without_the_setting(build: Callable[[str], Site]) -> None:
    site = build("")
    for path in ("open.html", "shut.html", "days/2026-05-27.html"):
        assert "<kbd>" not in site.text(path)
        assert "&lt;kbd&gt;x&lt;/kbd&gt;" in site.text(path)
    assert faults_of(site.output) == []


def test_html_passes_where_the_setting_says_so_and_is_cleaned(build: Callable[[str], Site]) -> None:
    site = build('raw_html: [pages/open.md, "notes/2026-*"]')
    for path in ("open.html", "days/2026-05-27.html"):
        page = site.text(path)
        assert all(part in page for part in ("<kbd>x</kbd>", "<details>", '<td colspan="2">cell</td>'))
        assert all(part not in page for part in ("evil.example", "display:none", "<svg onload", ">__hit"))
    assert "<kbd>" not in site.text("shut.html")
    assert "<kbd>" not in site.text("papers/one.html")
    (item,) = site.json("feeds/digests.json")["items"]
    assert "<kbd>x</kbd>" in item["content_html"]
    assert faults_of(site.output) == []
