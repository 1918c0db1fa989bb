"""Pages for people: the theme's templates, filled and escaped."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder import urls
from site_builder.catalogue.model import TermName
from site_builder.catalogue.names import WEEKDAYS, counted, long_day, month_name, period_name, short_day
from site_builder.catalogue.order import standing_papers
from site_builder.pages.discovery import feed_endings, site_feeds
from site_builder.pages.feed_entries import Entry
from site_builder.pages.feeds import Feed
from site_builder.pages.page import Page
from site_builder.pages.social_cards import has_cards, shared_card
from site_builder.pages.subscribe import subscribe_form
from site_builder.pages.term import part_name
from site_builder.papers.paper import Paper
from site_builder.render import html_words, scholar
from site_builder.render.chart import bar_chart, month_line, vote_charts
from site_builder.render.citations import entries_of
from site_builder.render.citations.plain import plain_citation
from site_builder.render.deck import deck_of
from site_builder.render.front_page import lay_out
from site_builder.render.month_grid import month_rows
from site_builder.render.navigation import FEED_FORMATS, navigation
from site_builder.render.parts import Parts
from site_builder.render.recent import Recent
from site_builder.render.site import Site
from site_builder.render.template_needs import TemplateNeeds
from site_builder.render.templates import Templates, template_error
from site_builder.render.text import abstract_html, excerpt, markdown_html, note_html, plain_text, title_html
from site_builder.render.word_diff import word_diff
from site_builder.sources.notes import Note

# Parts that are equal on all pages of one depth.
FRAME = ("discovery", "imprint", "ways")
# Stands for the way up to `output/` in parts that pages of every depth use; no text that is carried may hold it.
UPWARDS = "\ufdd0"
FOLDERS = ("", "pages", "partials")
# Functions whose answers hang on the whole site.
ASKING = frozenset({"exists", "latest_entry"})
# Parts that show a paper, each under its own name.
PARTS = ("card", "brief", "mention", "entry")
# Function of a template → the templates it fills in.
FILLINGS = {
    **{name: (f"partials/{name}.html",) for name in PARTS},
    "frame": tuple(f"partials/{name}.html" for name in FRAME),
}


def render(page: Page, site: Site) -> bytes:
    """Return the page as HTML in UTF-8. Raises BuildError for a broken template, naming its file and line."""
    try:
        return _sheets_of(site).render(page).encode()
    except Exception as error:
        raise template_error(error, page.template, site.template_folders) from error


class Sheets:
    """The pages of one site: its templates, and the parts of pages that are rendered once and used on many."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._templates = _templates(site.template_folders)
        card_needs = _card_needs(site)
        self._cards = Parts(site, "card", lambda paper: self._raw("card", paper).encode(), lambda _: card_needs)
        self._parts: Recent[tuple[str, str], str] = Recent()
        self._texts: Recent[str, tuple[Markup, Markup]] = Recent()
        self._contexts: dict[str, dict[str, Any]] = {}
        self._shared = {
            "site": site.settings,
            "is_draft": site.is_draft,
            "subscribe": subscribe_form(site.settings),
            "exists": site.pages.__contains__,
            "navigation": navigation(site),
            "ways": {link.path for link in navigation(site)},
            "current_path": "",
            "feeds": site_feeds(site.settings),
            "shared_card": shared_card if has_cards(site.settings) else lambda page: "",
            "formats_of": lambda feed: [(each, *FEED_FORMATS[each]) for each in feed_endings(feed, site.settings)],
            "permalink": self._permalink,
            "latest_entry": self._latest_entry,
            "bibtex_entry": lambda citation, has_abstract: entries_of(site).of(citation, "bibtex", has_abstract),
            "ris_record": lambda citation, has_abstract: entries_of(site).of(citation, "ris", has_abstract),
            "recent_values": lambda papers: [self._recent_value(paper) for paper in papers],
            "tags_of": self._tags_of,
            "card_tags": self._card_tags,
            "shared_tags": self._shared_tags,
            "organization_of": self._organization_of,
            "title_of": lambda paper: self._text_of(paper)[0],
            "abstract_of": lambda paper: self._text_of(paper)[1],
            "has_page": lambda paper: urls.paper_path(paper.id) not in site.settings.places,
            "citation_of": lambda paper: entries_of(site).citation(paper),
            "deck_of": lambda paper: deck_of(paper, site.settings.deck),
            "lay_out": lambda day, is_front=False: lay_out(day, site.settings.day_layout, is_front=is_front),
            "standing_papers": standing_papers,
        }

    def render(self, page: Page) -> str:
        context = self._context(self._root(page))
        return self._templates.fill(page.template, context, {"page": page, **page.data})

    def _root(self, page: Page) -> str:
        """Return the way from the page up to `output/`; absolute for 404.html, which a host shows at any depth."""
        if page.path == "404.html":
            return f"{urlsplit(self.site.settings.base_url).path.rstrip('/')}/"
        return urls.root_of(page.path)

    def _context(self, root: str) -> dict[str, Any]:
        """Return what all pages of one depth share: links and parts that lead up by `root`."""
        if root not in self._contexts:
            own: dict[str, Any] = {
                "link": partial(self._link, Markup(root) if root == UPWARDS else root),  # noqa: S704 - a mark of ours
                "note_of": lambda note: self._note_of(note, root),
                **{name: partial(self._part, name, root) for name in PARTS},
                "card": lambda paper: _led_up(self._cards.of(paper).decode(), root),
            }
            context = self._shared | own
            context["frame"] = {name: Markup(self._filled(name, context)) for name in FRAME}  # noqa: S704 - autoescaped
            self._contexts[root] = context
        return self._contexts[root]

    def _part(self, name: str, root: str, paper: Paper) -> Markup:
        """Render `partials/<name>.html` once for each paper, and lead its links up from where the page is."""
        return _led_up(self._parts.take((name, paper.id), lambda: self._raw(name, paper)), root)

    def _note_of(self, note: Note, root: str) -> Markup:
        """Return the editor's note of a day; its relative links lead to what they name from any page."""
        allow_html = self.site.settings.allows_html(note.path)
        return note_html(
            note.markdown, lambda to: to if to.startswith("/") else self._link(root, to), allow_html=allow_html
        )

    def _link(self, root: str, path: str) -> str:
        """Return the link to an output path from where `root` leads up to the top."""
        return root + self.site.settings.address(path) or "./"

    def _raw(self, name: str, paper: Paper) -> str:
        return self._filled(name, self._context(UPWARDS), paper=paper)

    def _filled(self, partial: str, context: dict[str, Any], **values: Any) -> str:
        return self._templates.fill(f"partials/{partial}.html", context, values)

    def _text_of(self, paper: Paper) -> tuple[Markup, Markup]:
        """Return title and abstract, made safe once for each paper."""
        return self._texts.take(paper.id, lambda: (title_html(paper.title), abstract_html(paper.abstract)))

    def _latest_entry(self, feed: Feed) -> Entry | None:
        """Return the newest entry of a feed that is out by now."""
        return next((entry for entry in feed.entries if entry.time <= self.site.now), None)

    def _permalink(self, path: str) -> str:
        return self.site.settings.permalink(path)

    def _tags_of(self, paper: Paper) -> tuple[TermName, ...]:
        return self.site.catalogue.tags_of.get(paper.id, ())

    def _recent_value(self, paper: Paper) -> dict[str, Any]:
        path = urls.paper_path(paper.id)
        settings = self.site.settings
        place = {"place": settings.address(path)} if path in settings.places else {}
        return (
            html_words.recent_value(paper, self._tags_of(paper), self._organization_of(paper))
            | {"path": settings.own_address(path)}
            | place
        )

    def _card_tags(self, paper: Paper) -> tuple[TermName, ...]:
        return self._tags_of(paper)[: html_words.CARD_TAGS]

    def _shared_tags(self, papers: Iterable[Paper]) -> list[TermName]:
        """Return the tags that the cards of at least two papers show, by name."""
        counts = Counter(tag for paper in papers for tag in self._card_tags(paper))
        shared = (tag for tag, count in counts.items() if count > 1)
        return sorted(shared, key=lambda tag: (tag.name.casefold(), tag.slug))

    def _organization_of(self, paper: Paper) -> TermName | None:
        return self.site.catalogue.organization_of.get(paper.id)


def templates_of(site: Site) -> Templates:
    """Return the templates of a site's pages."""
    return _templates(site.template_folders)


@lru_cache(maxsize=1)  # a build renders one site, and the templates of the next may be others
def needs_of(site: Site) -> TemplateNeeds:
    """Return what the templates of a site's pages need."""
    return TemplateNeeds(templates_of(site), FILLINGS, site.cache)


def _led_up(part: str, root: str) -> Markup:
    return Markup(part.replace(UPWARDS, root))  # noqa: S704 - autoescaped


def _card_needs(site: Site) -> str | None:
    """Return what the templates of cards bring in, None when they ask for more than the paper and the settings."""
    needs = needs_of(site).of("partials/card.html")
    return None if needs.names & ASKING else needs.digest


@lru_cache(maxsize=1)  # a build renders one site page by page
def _sheets_of(site: Site) -> Sheets:
    return Sheets(site)


@lru_cache(maxsize=4)
def _templates(folders: tuple[Path, ...]) -> Templates:
    templates = Templates(folders)
    templates.filters.update(FILTERS)
    templates.globals.update(FUNCTIONS)
    return templates


FILTERS = {
    "plain": plain_text,
    "excerpt": excerpt,
    "markdown": markdown_html,
    "long_day": long_day,
    "short_day": short_day,
    "held_until": html_words.held_until,
    "partial_day": html_words.partial_day,
    "month_name": month_name,
    "part_name": part_name,
    "period_name": period_name,
    "number": html_words.number,
    "counted": counted,
}
FUNCTIONS = {
    "paper_path": urls.paper_path,
    "day_path": urls.day_path,
    "period_path": urls.period_path,
    "term_path": urls.term_path,
    "beside": urls.beside,
    "card_path": urls.card_path,
    "citation_formats": scholar.CITATION_FORMATS,
    "citation_meta": scholar.citation_meta,
    "scholarly_article": scholar.scholarly_article,
    "json_ld": scholar.json_ld,
    "coins": scholar.coins,
    "plain_citation": plain_citation,
    "week_key": urls.week_key,
    "month_key": urls.month_key,
    "anchor": html_words.anchor,
    "bar_chart": bar_chart,
    "vote_charts": vote_charts,
    "month_line": month_line,
    "word_diff": word_diff,
    "corrections_path": urls.corrections_path,
    "correction_path": urls.correction_path,
    "byline": html_words.byline,
    "card_links": html_words.card_links,
    "headline_size": html_words.headline_size,
    "reading_links": html_words.reading_links,
    "month_rows": month_rows,
    "weekdays": WEEKDAYS,
}
