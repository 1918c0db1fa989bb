"""The list of all feeds in OPML 2.0, which feed readers import."""

from collections.abc import Sequence

from lxml import etree

from site_builder.pages.all_feeds import Feed
from site_builder.render.feeds.document import one_line
from site_builder.render.site import Site


def opml(groups: Sequence[tuple[str, Sequence[Feed]]], site: Site) -> bytes:
    """Return the feeds under the headings of their groups; there is no date, so that equal feeds give equal bytes."""
    settings = site.settings
    words = settings.words
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(settings.title, words)
    etree.SubElement(head, "ownerName").text = one_line(settings.publisher, words)
    if settings.author.email:
        etree.SubElement(head, "ownerEmail").text = settings.author.email
    body = etree.SubElement(root, "body")
    for heading, feeds in groups:
        group = etree.SubElement(body, "outline", text=heading)
        for feed in feeds:
            title = one_line(feed.title, words)
            outline = etree.SubElement(
                group,
                "outline",
                type="rss",
                text=title,
                title=title,
                description=one_line(feed.description, words),
                language=settings.words.language,
                xmlUrl=settings.permalink(feed.path + feed.endings[0]),
                htmlUrl=settings.permalink(feed.home),
            )
            if feed.endings[0] == ".xml":  # OPML defines no version for Atom
                outline.set("version", "RSS2")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
