"""How many papers give an author or a venue a page; more on a large site, so that pages do not swamp it."""

from math import ceil, sqrt

from site_builder.config.settings import PagesFrom

LEAST = 2
NEVER = "~"  # sorts after every month


def bar(pages_from: PagesFrom, papers: int) -> int:
    """Return how many papers are needed for a page when the site has so many papers.

    The number never falls as a site grows: a page once earned stays, whatever comes on later days. A published page
    also stays when papers join earlier days.
    """
    return max(LEAST, ceil(min(papers / 25, sqrt(papers) * 3 / 4))) if pages_from == "auto" else pages_from
