"""Page → bytes: the table of renderers, and pages as files that are rendered on demand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import orjson

from site_builder.model.page import KEPT, JsonData, Page
from site_builder.render import (
    assets,
    citations,
    digest,
    disk_script,
    feeds,
    html,
    mail,
    offline,
    picture,
    search_index,
    social_card,
)
from site_builder.render.cache_keys import cache_key, read_templates
from site_builder.render.site import Site

Renderer = Callable[[Page, Site], bytes]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a file of the site, rendered when its bytes are requested."""

    page: Page
    site: Site

    @property
    def path(self) -> str:
        """Return its output path."""
        return self.page.path

    @property
    def volume(self) -> str:
        """Return the label of its volume."""
        return self.page.volume

    def cache_key(self) -> str:
        """Return the cache key of the page, "" if it has none."""
        return cache_key(self.page, self.site)

    def content(self) -> bytes:
        """Render the page. Raises BuildError for a broken template, naming its file and line."""
        return RENDERERS[self.page.renderer](self.page, self.site)


def render_pages(pages: Iterable[Page], site: Site) -> Sequence[RenderedPage]:
    """Return the files of all pages except kept ones, in their order; each is rendered when its bytes are requested."""
    html.templates_of(site).load_all(html.FOLDERS)
    digest.templates_of(site).load_all(digest.FOLDERS)
    read_templates(site)
    return [RenderedPage(page, site) for page in pages if page.renderer != KEPT]


def _render_data(page: Page, site: Site) -> bytes:
    """Return the page's value as JSON in UTF-8, indented unless the page wants it dense."""
    data = JsonData.of(page)
    indent = 0 if data.is_dense else orjson.OPT_INDENT_2
    return orjson.dumps(data.make(), option=indent | orjson.OPT_APPEND_NEWLINE)


RENDERERS: dict[str, Renderer] = {
    "html": html.render,
    "rss": feeds.render_rss,
    "atom": feeds.render_atom,
    "json feed": feeds.render_json,
    "opml": feeds.render_opml,
    "mail page": mail.render_html,
    "mail text": mail.render_text,
    "mail": mail.render_eml,
    "buttondown": mail.render_buttondown,
    "listmonk": mail.render_listmonk,
    "data": _render_data,
    "bibtex": citations.render_bibtex,
    "ris": citations.render_ris,
    "csl json": citations.render_csl,
    "markdown twin": citations.render_markdown,
    "xml": html.render,
    "text": html.render,
    "asset": assets.render,
    "disk script": disk_script.render,
    "static": assets.render_static,
    "plain": assets.render_text,
    "worker": offline.render,
    "card": social_card.render,
    "picture": picture.render,
    "search index": search_index.render,
}
