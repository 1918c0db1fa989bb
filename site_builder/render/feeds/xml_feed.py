"""RSS 2.0 and Atom 1.0, written with feedgen; comments say where it needs help to write what readers expect."""

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from markupsafe import escape

from site_builder.render.feeds.document import Document, FilledEntry
from site_builder.render.feeds.feedgen_links import EntryLinks, FeedLinks

RSS, ATOM, HTML = "application/rss+xml", "application/atom+xml", "text/html"


def rss_feed(document: Document) -> bytes:
    feed = _feed(document, RSS)
    if document.email:
        feed.managingEditor(f"{document.email} ({document.author})")
    feed.load_extension("dc", atom=False)
    for filled in document.entries:
        entry = _entry(feed, filled)
        # RSS's <author> needs an e-mail address; all readers know Dublin Core's names.
        if authors := document.authors_of(filled):
            entry.dc.dc_creator(list(authors))
    return bytes(feed.rss_str())


def atom_feed(document: Document) -> bytes:
    feed = _feed(document, ATOM)
    feed.id(document.guid)
    author = {"name": document.author, "email": document.email, "uri": document.site_url}
    feed.author({key: value for key, value in author.items() if value})
    for filled in document.entries:
        entry = _entry(feed, filled)
        # An entry may inherit its author from the feed, but newsboat then shows none.
        if authors := document.authors_of(filled):
            entry.author([{"name": name} for name in authors])
    return bytes(feed.atom_str())


def _feed(document: Document, media_type: str) -> FeedGenerator:
    """Return the head of a feed. All dates are set, because feedgen's default is the current time."""
    feed = FeedGenerator()
    feed.register_extension("other_links", FeedLinks, EntryLinks)
    if any(entry.image for entry in document.entries):
        feed.load_extension("media")
    feed.title(document.title)
    feed.subtitle(document.description)
    feed.description(document.description.replace("<", "&lt;"))  # RSS's; readers parse it as HTML
    feed.language(document.language)
    feed.generator("Broadsheet")
    feed.image(url=document.logo, title=document.title, link=document.home_url)
    feed.icon(document.icon)
    feed.logo(document.logo)
    feed.updated(document.updated)
    # RSS takes the last link as its own, so the page that the feed mirrors comes last.
    feed.link(href=document.self_url, rel="self", type=media_type)
    feed.link(href=document.home_url, rel="alternate", type=HTML)
    for relation, url in document.links:
        feed.other_links.add(relation, url, ATOM)
    if document.hub:
        feed.other_links.add("hub", document.hub)
    feed.other_links.is_archive = document.is_archive
    return feed


def _entry(feed: FeedGenerator, filled: FilledEntry) -> FeedEntry:
    """Append an entry; feedgen's default order is last first.

    In archive pages, of which there are many, categories have no scheme, to save space.
    """
    entry = feed.add_entry(order="append")
    entry.guid(filled.guid, permalink=False)
    entry.title(filled.title)
    entry.published(filled.time)
    entry.updated(filled.updated)
    entry.link(href=filled.url, rel="alternate", type=HTML)
    entry.other_links.attributes = {"rel": "alternate", "type": HTML}
    # Content must follow the description, or Atom would get the description as content. In RSS, it is HTML.
    if filled.summary:
        entry.description(str(escape(filled.summary)))
    entry.content(filled.html, type="html")
    for category in filled.categories:
        scheme = {} if feed.other_links.is_archive else {"scheme": category.scheme}
        entry.category(term=category.term, label=category.label, **scheme)
    if filled.image:
        entry.media.content(url=filled.image, medium="image", group=None)
    return entry
