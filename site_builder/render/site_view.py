"""The site as templates of pages see it; `content/pages/themes.md` documents every name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from site_builder import urls
from site_builder.catalogue.order import name_order, standing_papers
from site_builder.model.catalogue import CoAuthor, Day, TermName
from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.pages.all_feeds import Feed
from site_builder.pages.citations import Citation
from site_builder.pages.discovery import Discovery, feed_endings, site_feeds
from site_builder.pages.feed_entries import Entry
from site_builder.pages.social_cards import has_cards, shared_card
from site_builder.pages.subscribe import subscribe_form
from site_builder.render import html_words, scholar
from site_builder.render.citations import entries_of
from site_builder.render.citations.plain import plain_citation
from site_builder.render.citations.work import work_of
from site_builder.render.deck import Deck, deck_of
from site_builder.render.front_page import FrontPage, lay_out
from site_builder.render.navigation import FEED_FORMATS, navigation
from site_builder.render.site import Site
from site_builder.render.text import abstract_html, headline_html, plain_text, title_html

NOT_RENAMED: Mapping[str, Sequence[str]] = {}


class SiteView:
    """A site as its templates see it; they can use every public name except `values`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._entries = entries_of(site)
        self.site = site.settings
        self.is_draft = site.is_draft
        self.subscribe = subscribe_form(site.settings)
        self.navigation = navigation(site)
        self.ways = {link.path for link in self.navigation}
        self.current_path = ""
        self.feeds: Discovery = site_feeds(site.settings)

    def values(self) -> dict[str, object]:
        """Return the values of all public names."""
        return {name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name != "values"}

    def exists(self, path: str) -> bool:
        """Return whether the site has a file at this output path."""
        return path in self._site.pages

    def permalink(self, path: str) -> str:
        """Return the absolute URL of an output path."""
        return self.site.permalink(path)

    def shared_card(self, page: Page) -> str:
        """Return the output path of the card for a page without one of its own, "" on a site without cards."""
        return shared_card(page) if has_cards(self.site) else ""

    def formats_of(self, feed: str) -> list[tuple[str, ...]]:
        """Return extension, media type and name of each format of a feed; `feed` is its path without extension."""
        return [(ending, *FEED_FORMATS[ending]) for ending in feed_endings(feed, self.site)]

    def latest_entry(self, feed: Feed) -> Entry | None:
        """Return the newest entry of a feed that is due by now, None if there is none."""
        return next((entry for entry in feed.entries if entry.time <= self._site.now), None)

    def title_of(self, paper: Paper) -> Markup:
        """Return the title as markup."""
        return title_html(paper.title)

    def headline_of(self, paper: Paper) -> Markup:
        """Return the title as markup for a headline, which never breaks hyphenated words."""
        return headline_html(paper.title)

    def title_text(self, paper: Paper) -> Markup:
        """Return an attribute with the title as text where it has formulas, whose parts run together in a script."""
        text = plain_text(paper.title)
        return Markup() if text == paper.title else Markup(' data-text="{}"').format(text)

    def abstract_of(self, paper: Paper) -> Markup:
        """Return the abstract as markup."""
        return abstract_html(paper.abstract)

    def deck_of(self, paper: Paper) -> Deck:
        """Return the text of a card below its title."""
        return deck_of(paper, self.site.deck)

    def has_page(self, paper: Paper) -> bool:
        """Return whether a paper has a page of its own; others have a place on the page of their day."""
        return urls.paper_path(paper.id) not in self.site.places

    def citation_meta(self, paper: Paper) -> Sequence[tuple[str, str]]:
        """Return (name, content) of the `citation_*` tags of a paper's page."""
        return scholar.citation_meta(work_of(paper))

    def scholarly_article(self, paper: Paper) -> Mapping[str, object]:
        """Return a paper as structured data for search engines."""
        return scholar.scholarly_article(work_of(paper))

    def coins(self, paper: Paper) -> Markup:
        """Return a paper as markup that reference managers recognise on a page with many papers."""
        return scholar.coins(work_of(paper))

    def plain_citation(self, paper: Paper) -> str:
        """Return the citation of a paper as a line of text."""
        return plain_citation(self.site.words, work_of(paper))

    def citation_of(self, paper: Paper) -> Citation:
        """Return a paper with its citation key."""
        return self._entries.citation(paper)

    def bibtex_entry(self, citation: Citation, has_abstract: bool) -> str:
        """Return the BibTeX entry of a paper."""
        return self._entries.of(citation, "bibtex", has_abstract)

    def ris_record(self, citation: Citation, has_abstract: bool) -> str:
        """Return the RIS record of a paper."""
        return self._entries.of(citation, "ris", has_abstract)

    def tags_of(self, paper: Paper) -> Sequence[TermName]:
        """Return the tags of a paper."""
        return self._site.catalogue.tags_of.get(paper.id, ())

    def card_tags(self, paper: Paper) -> Sequence[TermName]:
        """Return the tags shown on the card of a paper."""
        return self.tags_of(paper)[: html_words.CARD_TAGS]

    def shared_tags(self, papers: Iterable[Paper]) -> Sequence[TermName]:
        """Return the tags shown on the cards of at least two papers, sorted by name."""
        counts = Counter(tag for paper in papers for tag in self.card_tags(paper))
        shared = (tag for tag, count in counts.items() if count > 1)
        return sorted(shared, key=name_order)

    def organization_of(self, paper: Paper) -> TermName | None:
        """Return the organisation of a paper."""
        return self._site.catalogue.organization_of.get(paper.id)

    def venue_path(self, paper: Paper) -> str:
        """Return the link target of a paper's venue: the page of its year, else a search, "" for none."""
        venue = self._site.catalogue.venue_of.get(paper.id)
        return urls.term_path("venue", venue.slug) if venue else self._search_for("venue", paper.venue or "")

    def name_path(self, author: CoAuthor) -> str:
        """Return the link target of a co-author's name: the author's page, else a search, "" for none."""
        return urls.term_path("author", author.slug) if author.slug else self._search_for("author", author.name)

    def author_paths(self, paper: Paper, first: int = 0) -> list[str]:
        """Return the link targets of authors' names, "" for one without a page, which `store.js` links to the search.

        first: index of the first author to return.
        """
        slugs = self._site.catalogue.author_links.get(paper.id, ())
        return [urls.term_path("author", slug) if slug else "" for slug in slugs[first:]]

    def recent_values(
        self, papers: Iterable[Paper], formerly: Mapping[str, Sequence[str]] = NOT_RENAMED
    ) -> Sequence[Mapping[str, object]]:
        """Return the data that scripts of the reader's own digest get for papers.

        formerly: former slugs of tags, organisations and authors by the path of their pages.
        """
        return [self._recent_value(paper, formerly) for paper in papers]

    def lay_out(self, day: Day, is_front: bool = False) -> FrontPage:
        """Return the papers of a day in the order and sizes in which its page shows them."""
        return lay_out(day, self.site.day_layout, is_front=is_front)

    def standing_papers(self, papers: Iterable[Paper]) -> Sequence[Paper]:
        """Return the papers that were not withdrawn."""
        return standing_papers(papers)

    def _recent_value(self, paper: Paper, formerly: Mapping[str, Sequence[str]]) -> dict[str, object]:
        path = urls.paper_path(paper.id)
        place = {"place": self.site.address(path)} if path in self.site.places else {}
        authors = self._site.catalogue.authors_of.get(paper.id, ())
        organization = self.organization_of(paper)
        value = html_words.recent_value(paper, self.tags_of(paper), authors, organization, self.site.words)
        former: dict[str, list[str]] = {}
        for term in (*self.tags_of(paper), *authors, *([organization] if organization else [])):
            if slugs := formerly.get(urls.term_path(term.taxonomy, term.slug)):
                former.setdefault(f"{term.taxonomy}s", []).extend(slugs)
        return value | {"path": self.site.own_address(path)} | place | ({"formerly": former} if former else {})

    def _search_for(self, choice: str, value: str) -> str:
        is_sought = self.site.search and any(map(str.isalnum, value))
        return urls.search_for(choice, value) if is_sought else ""
