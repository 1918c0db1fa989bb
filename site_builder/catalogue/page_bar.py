"""From how many papers on an author or a venue has a page, so that a large site does not drown in pages."""

from math import ceil, sqrt

from site_builder.config.settings import PagesFrom

LEAST = 2
NEVER = "~"  # after every month


def bar(pages_from: PagesFrom, papers: int) -> int:
    """Return how many papers a page takes on a day when the site holds so many.

    It only ever rises: who passed it once has a page for ever, whatever comes on later days. A page that was published
    stays also where papers join earlier days.
    """
    return max(LEAST, ceil(min(papers / 25, sqrt(papers) * 3 / 4))) if pages_from == "auto" else pages_from
