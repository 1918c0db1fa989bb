"""HTML pages, and text files from templates: fill the theme's templates and escape all values."""

from functools import cache, lru_cache, partial
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder import urls
from site_builder.model.note import Note
from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.names.identity import id_address
from site_builder.pages.offline import NO_NETWORK
from site_builder.render import html_words
from site_builder.render.chart import bar_chart, month_line, vote_charts
from site_builder.render.month_grid import month_rows
from site_builder.render.scholar import CITATION_FORMATS, json_ld
from site_builder.render.site import MAX_CACHED, Site, once
from site_builder.render.site_view import SiteView
from site_builder.render.template_needs import TemplateNeeds
from site_builder.render.templates import Templates, template_error
from site_builder.render.text import excerpt, markdown_html, note_html, plain_text
from site_builder.render.text_language import in_its_language
from site_builder.render.word_diff import word_diff

# Parts that are the same on all pages of one depth; pages of papers, most of a site's pages, have short versions.
FRAME = ("discovery", "imprint", "ways")
# Placeholder for the relative path to `output/` in parts shared by pages of every depth; no escaped text contains it.
ROOT_PLACEHOLDER = "\ufdd0"
FOLDERS = ("", "pages", "partials")
AT_ANY_ADDRESS = ("404.html", NO_NETWORK)  # a host or the service worker shows them at any address
# Templates that show a paper, by the name of their function.
PARTS = ("card", "lead", "brief", "mention", "entry", "past_entry")
# Those that link the names of authors. The others occur by the dozen on a page, and each link costs 40 bytes.
WITH_AUTHOR_LINKS = frozenset({"card", "lead", "brief"})
# Function of a template → the templates it fills.
FILLINGS = {
    **{name: (f"partials/{name}.html",) for name in PARTS},
    "frame": tuple(f"partials/{name}.html" for name in FRAME),
}


def render(page: Page, site: Site) -> bytes:
    """Return the page in UTF-8. Raises BuildError for a broken template, naming its file and line."""
    try:
        return _page_renderer(site).render(page).encode()
    except Exception as error:
        raise template_error(error, page.template, site.template_folders) from error


class PageRenderer:
    """Renders the pages of one site; parts that many pages share are rendered once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._templates = templates_of(site)
        self._rendered = lru_cache(MAX_CACHED)(self._render_part)
        self._contexts: dict[str, dict[str, object]] = {}
        self._view = SiteView(site)
        self._shared = self._view.values()
        self._address = cache(site.settings.address)  # many pages link to the same one

    def render(self, page: Page) -> str:
        context = self.context(self._root(page))
        return self._templates.fill(page.template, context, {"page": page, **page.data.values()})

    def _root(self, page: Page) -> str:
        """Return the way from the page up to `output/`; absolute for one that is shown at any depth."""
        if page.path in AT_ANY_ADDRESS:
            return f"{urlsplit(self.site.settings.base_url).path.rstrip('/')}/"
        return urls.root_of(page.path)

    def context(self, root: str) -> dict[str, object]:
        """Return the values shared by all pages of one depth; `root` is the relative path from them to the top."""
        if root not in self._contexts:
            own: dict[str, object] = {
                "link": partial(self._link, Markup(root) if root == ROOT_PLACEHOLDER else root),  # noqa: S704
                "author_addresses": partial(self._author_addresses, Markup(root) if root == ROOT_PLACEHOLDER else root),  # noqa: S704
                "note_of": lambda note: self._note_of(note, root),
                **{name: partial(self._part, name, root) for name in PARTS},
            }
            context = self._templates.globals | self._shared | own
            context["frame"] = {
                f"{before}{name}": Markup(self._fill(name, context, is_short=bool(before)))  # noqa: S704 - autoescaped
                for before in ("", "short_")
                for name in FRAME
            }
            self._contexts[root] = context
        return self._contexts[root]

    def _part(self, name: str, root: str, paper: Paper) -> Markup:
        """Return `partials/<name>.html` for a paper, rendered once, with its links adjusted to `root`."""
        return _with_root(self._rendered(name, paper), root)

    def _note_of(self, note: Note, root: str) -> Markup:
        """Return the editor's note of a day as markup; its relative links work on pages of every depth."""
        allow_html = self.site.settings.allows_html(note.path)
        return note_html(
            note.markdown,
            lambda to: to if to.startswith("/") else self._link(root, to),
            allow_html=allow_html,
            pictures={name: picture.large for name, picture in note.pictures.items()},
        )

    def _link(self, root: str, path: str) -> str:
        """Return the link to an output path from pages whose relative path to the top is `root`."""
        return root + self._address(path) or "./"

    def _render_part(self, name: str, paper: Paper) -> str:
        return self._fill(name, self.context(ROOT_PLACEHOLDER), paper=paper, leads_to_authors=name in WITH_AUTHOR_LINKS)

    def _fill(self, name: str, context: dict[str, object], **values: object) -> str:
        return self._templates.fill(f"partials/{name}.html", context, values)

    def _author_addresses(self, root: str, paper: Paper, first: int = 0) -> list[str]:
        """Return the links of authors' names, "" for a name without a link."""
        return [self._link(root, path) if path else "" for path in self._view.author_paths(paper, first)]


@once
def templates_of(site: Site) -> Templates:
    """Return the template environment of a site's pages."""
    words = site.settings.words
    templates = Templates(site.template_folders, words, site.cache)
    templates.filters.update(FILTERS)
    templates.globals.update(FUNCTIONS)
    templates.globals["in_its_language"] = partial(in_its_language, words)
    return templates


@once
def needs_of(site: Site) -> TemplateNeeds:
    """Return the dependencies of the templates of a site's pages."""
    return TemplateNeeds(templates_of(site), FILLINGS, site.cache)


def _with_root(part: str, root: str) -> Markup:
    return Markup(part.replace(ROOT_PLACEHOLDER, root))  # noqa: S704 - autoescaped


@once
def _page_renderer(site: Site) -> PageRenderer:
    return PageRenderer(site)


FILTERS = {
    "plain": plain_text,
    "excerpt": excerpt,
    "markdown": markdown_html,
}
FUNCTIONS = {
    "paper_path": urls.paper_path,
    "day_path": urls.day_path,
    "period_path": urls.period_path,
    "term_path": urls.term_path,
    "beside": urls.beside,
    "card_path": urls.card_path,
    "citation_formats": CITATION_FORMATS,
    "json_ld": json_ld,
    "id_address": id_address,
    "picture_text": html_words.picture_text,
    "picture_source": html_words.picture_source,
    "note_pictures": lambda note: {name: picture.large for name, picture in note.pictures.items()},
    "week_key": urls.week_key,
    "month_key": urls.month_key,
    "anchor": lambda paper: urls.paper_anchor(paper.id),
    "minutes_to_read": html_words.minutes_to_read,
    "bar_chart": bar_chart,
    "vote_charts": vote_charts,
    "month_line": month_line,
    "word_diff": word_diff,
    "corrections_path": urls.corrections_path,
    "correction_path": urls.correction_path,
    "headline_size": html_words.headline_size,
    "note_length": html_words.note_length,
    "month_rows": month_rows,
}
