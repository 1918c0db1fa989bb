"""No page is more than five clicks from the home page, however many papers there are."""

import re
from collections import deque
from datetime import date, timedelta
from html import unescape
from posixpath import normpath

import pytest

from site_builder.config.settings import Settings
from site_builder.pages import plan_pages
from site_builder.render import html
from site_builder.render.site import Site
from tests.conftest import IS_AUDIT
from tests.factories import TEMPLATES, catalogue, paper, site

MOST_CLICKS = 5
FIRST_DAY = date(2016, 1, 1)
LINK = re.compile(rb'<a [^>]*?href="([^"#:]+)["#]')
ALONE = {"404.html"}  # a host shows it; nobody clicks to it


def site_of(count: int, page_size: int) -> Site:
    """Return a site of so many papers: thirty a day, every tenth without a day, tags and organisations of all sizes."""
    papers = [
        paper(
            f"Paper {n}",
            *([(FIRST_DAY + timedelta(days=n // 30)).isoformat()] if n % 10 else []),
            id=f"p{n}",
            tags=("every", f"tag {n % 97}", f"rare {n // 7}"),
            organization=f"House {n % 53}",
            upvotes=n % 211,
        )
        for n in range(count)
    ]
    made = catalogue(*papers)
    settings = Settings(page_size=page_size)
    return site(made, settings, plan_pages(made, settings, (TEMPLATES,)))


def clicks(whole: Site) -> dict[str, int]:
    """Return page → the fewest clicks that lead to it from the home page."""
    found = {"index.html": 0}
    waiting = deque(found)
    while waiting:
        path = waiting.popleft()
        links = LINK.findall(html.render(whole.pages[path], whole))
        for target in {_resolved(path, unescape(link.decode())) for link in links} - found.keys():
            if target in whole.pages and whole.pages[target].renderer == "html":
                found[target] = found[path] + 1
                waiting.append(target)
    return found


def _resolved(page: str, link: str) -> str:
    return normpath(f"{page.rpartition('/')[0]}/{link}".lstrip("/"))


def test_the_way_to_the_farthest_page_is_short_and_does_not_grow_with_the_site():
    farthest = []
    for count in (300, 1200):
        whole = site_of(count, page_size=5)
        found = clicks(whole)
        assert {path for path, page in whole.pages.items() if page.renderer == "html"} - found.keys() == ALONE
        farthest.append(max(found.values()))
    assert farthest[0] == farthest[1] <= MOST_CLICKS


@pytest.mark.skipif(not IS_AUDIT, reason="the long form: make audit")
def test_among_ten_thousand_papers_no_page_is_more_than_five_clicks_away():
    whole = site_of(10_000, page_size=Settings().page_size)
    found = clicks(whole)
    assert {path for path, page in whole.pages.items() if page.renderer == "html"} - found.keys() == ALONE
    assert max(found.values()) <= MOST_CLICKS
