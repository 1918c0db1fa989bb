"""Feeds in all formats, written from one document: RSS 2.0, Atom 1.0, JSON Feed 1.1; and OPML lists of feeds."""

from site_builder.model.page import Page
from site_builder.pages.feeds import OpmlData
from site_builder.render.feeds.document import make_document
from site_builder.render.feeds.json_feed import json_feed
from site_builder.render.feeds.opml import opml
from site_builder.render.feeds.xml_feed import atom_feed, rss_feed
from site_builder.render.site import Site


def render_rss(page: Page, site: Site) -> bytes:
    return rss_feed(make_document(page, site))


def render_atom(page: Page, site: Site) -> bytes:
    return atom_feed(make_document(page, site))


def render_json(page: Page, site: Site) -> bytes:
    return json_feed(make_document(page, site))


def render_opml(page: Page, site: Site) -> bytes:
    return opml(OpmlData.of(page).groups, site)
