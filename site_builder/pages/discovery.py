"""The feeds that pages link to, as titles and paths."""

from site_builder.config.settings import Settings
from site_builder.languages import N_
from site_builder.model.catalogue import Catalogue, PeriodKind, Term
from site_builder.urls import feed_path, term_feed_path

ATOM = ".atom"
ABOUT_CORRECTIONS = N_("Titles and abstracts that changed after they were listed, and papers that were withdrawn")
MORE_FORMATS = {"rss": ".xml", "json": ".json"}

Discovery = tuple[tuple[str, str], ...]


def site_feeds(settings: Settings) -> Discovery:
    """Return title and path, without extension, of the feeds that every page links to, the main feed first."""
    return (
        (settings.title, feed_path("digests")),
        (settings.words.gettext("%(title)s, single papers", title=settings.title), feed_path("papers")),
    )


def feed_endings(path: str, settings: Settings) -> tuple[str, ...]:
    """Return the file extensions of a feed: all for a feed of the whole site, else Atom and those in the settings."""
    if path.count("/") == 1:
        return (".xml", ATOM, ".json")
    return (ATOM, *(ending for name, ending in MORE_FORMATS.items() if name in settings.feeds.formats))


def period_feed(kind: PeriodKind, settings: Settings) -> Discovery:
    """Return title and path, without extension, of the feed with one entry a week or month; empty if there is none."""
    is_enabled = {"week": settings.feeds.weekly, "month": settings.feeds.monthly, "year": False}[kind]
    if not is_enabled:
        return ()
    title = N_("%(title)s, week by week") if kind == "week" else N_("%(title)s, month by month")
    return ((settings.words.gettext(title, title=settings.title), feed_path(f"{kind}s")),)


def corrections_feed(catalogue: Catalogue, settings: Settings) -> Discovery:
    """Return title and path, without extension, of the feed of corrections; empty if no correction is possible."""
    is_possible = bool(settings.fetch or catalogue.corrections)
    title = settings.words.gettext("%(title)s: corrections", title=settings.title)
    return ((title, feed_path("corrections")),) if is_possible else ()


def term_feeds(term: Term, settings: Settings) -> Discovery:
    """Return title and path, without extension, of each feed of a term."""
    name = settings.words.gettext("%(title)s: %(term)s", title=settings.title, term=term.name)
    papers = (
        settings.words.gettext("%(title)s, single papers", title=name),
        term_feed_path(term.taxonomy, term.slug, "papers"),
    )
    if term.taxonomy == "tag":
        digests = (name, term_feed_path("tag", term.slug, "digests"))
        return {"papers": (papers,), "all": (digests, papers), "none": ()}[settings.feeds.tags]
    if term.taxonomy != "organization":
        return (papers,) if term.taxonomy == "author" else ()
    minimum = settings.feeds.organization_min
    return (papers,) if minimum and len(term.papers) >= minimum else ()
