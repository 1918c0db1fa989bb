"""Pieces of a mail's HTML with inlined styles, each rendered once: cards of papers, headings, titles."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

import css_inline
from markupsafe import Markup, escape

from site_builder.model.catalogue import TermName
from site_builder.model.paper import Paper
from site_builder.render.digest import DigestWriter, facts
from site_builder.render.site import MAX_CACHED, Site
from site_builder.render.text import excerpt, strip_controls
from site_builder.render.text_language import lang_of
from site_builder.urls import term_path

# Placeholders, replaced after styling. Text from outside cannot contain them: noncharacters are stripped from it.
_ABSTRACT = Markup("\ufdd0abstract\ufdd1")
PAPERS = Markup("<!--\ufdd0papers\ufdd1-->")
TITLES = Markup("<!--\ufdd0titles\ufdd1-->")
# The templates of mails.
TEMPLATES = ("mail/day.html", "mail/card.html", "mail/heading.html", "mail/title.html", "mail/style.css")
_BETWEEN = Markup("<!--\ufdd0row\ufdd1-->")


class RowWriter(DigestWriter):
    """Writes the rows of one site's mails; a paper's card is rendered once, its abstract inserted later."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.heading = lru_cache(MAX_CACHED)(self._heading)
        self.title = lru_cache(MAX_CACHED)(self._title)
        self.beginning = lru_cache(MAX_CACHED)(excerpt)
        self._term_link = lru_cache(MAX_CACHED)(self._link_term)
        self._skeletons: dict[str, str] = {}
        # The style element marked "keep" has the at-rules; it stays where it is, after the charset, which must come
        # early.
        self._inliner = css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True, extra_css=self._css)

    def prepare(self, papers: Iterable[Paper]) -> None:
        """Render the cards of papers together, since parsing the style sheet costs more than the cards."""
        wanted = {paper.id: paper for paper in papers}
        self._skeletons = {paper_id: row for paper_id, row in self._skeletons.items() if paper_id in wanted}
        new = [paper for paper_id, paper in wanted.items() if paper_id not in self._skeletons]
        rows = _BETWEEN.join(self._skeleton(paper) for paper in new)
        if new:
            styled = self._styled("<table>", rows, "</table>", "tr").split(_BETWEEN)
            for paper, row in zip(new, styled, strict=True):
                self._skeletons[paper.id] = f"{row.strip()}\n"

    def mail_card(self, paper: Paper, words: int) -> str:
        """Return the row of a prepared paper, with the first words of its abstract."""
        return self._skeletons[paper.id].replace(_ABSTRACT, escape(self.beginning(paper.abstract, words)))

    def shell(self, **values: object) -> str:
        """Return the mail without its papers; PAPERS and TITLES mark their places."""
        filled = self._fill("mail/day.html", site=self.site.settings, papers=PAPERS, titles=TITLES, **values)
        return self._inliner.inline(filled).replace(' data-css-inline="keep"', "", 1)

    @cached_property
    def _css(self) -> str:
        return str(self._fill("mail/style.css"))

    def _skeleton(self, paper: Paper) -> Markup:
        return self._fill(
            "mail/card.html",
            paper=paper,
            beginning=_ABSTRACT if self.beginning(paper.abstract, 1) else "",
            known=self._known(paper),
            term_link=self._term_link,
        )

    def _heading(self, name: str, url: str) -> str:
        return self._styled("<table>", self._fill("mail/heading.html", name=name, url=url), "</table>", "tr")

    def lang_of(self, paper: Paper) -> Markup:
        """Return the `lang` attribute of a paper's title, empty if it is in the site's language."""
        return lang_of(self.site.settings.words, paper)

    def _title(self, paper_path: str, title: str, lang: Markup) -> str:
        row = self._fill("mail/title.html", url=self.permalink(paper_path), title=title, lang=lang)
        return self._styled('<ul class="titles">', row, "</ul>", "li")

    def _styled(self, before: str, row: Markup, after: str, element: str) -> str:
        """Return the element with its styles; `before` and `after` enclose it in the context that a parser needs."""
        styled = css_inline.inline_fragment(
            f"{before}{row}{after}", self._css, load_remote_stylesheets=False, minify_css=True
        )
        return styled[styled.index(f"<{element}") : styled.rindex(f"</{element}>")] + f"</{element}>\n"

    def _known(self, paper: Paper) -> list[Markup | str]:
        """Return what follows the authors in their line: the organisation, upvotes and comments."""
        known = facts(self.site.settings.words, paper)
        organization = self.site.catalogue.organization_of.get(paper.id)
        return [self._term_link(organization), *known] if organization else [*known]

    def _link_term(self, term: TermName) -> Markup:
        url = self.permalink(term_path(term.taxonomy, term.slug))
        return Markup('<a href="{}">{}</a>').format(url, strip_controls(term.name))
