"""Build only the pages that the peer makes too: papers, days, tags, the front page and one RSS feed.

python tests/bench/small_site.py CONTENT OUTPUT
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from site_builder import pages
from site_builder.__main__ import run
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page
from site_builder.pages import feeds
from site_builder.urls import feed_path

KINDS = ("paper", "day", "tag", "home")


def plan_one_feed(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the RSS feed of the digests."""
    wanted = f"{feed_path('digests')}.xml"
    return (page for page in feeds.plan(catalogue, settings) if page.path == wanted)


if __name__ == "__main__":
    kinds = {name: pages.PAGE_KINDS[name] for name in KINDS}
    pages.PAGE_KINDS.clear()
    pages.PAGE_KINDS.update(kinds, feed=plan_one_feed)
    content, output = map(Path, sys.argv[1:3])
    sys.argv[1:3] = ["build", "--content", str(content), "--output", str(output)]
    run()
