"""Content of digests in feeds and mails: tables, inline styles, absolute links, no formulas."""

from collections.abc import Callable
from functools import lru_cache, partial
from urllib.parse import urljoin

from lxml import html as lxml_html
from markupsafe import Markup

from site_builder import urls
from site_builder.catalogue.order import highlights_of
from site_builder.languages import Words
from site_builder.model.catalogue import CorrectionNotice, Day, Period
from site_builder.model.note import Note
from site_builder.model.paper import Paper
from site_builder.papers.clean import strip_controls
from site_builder.render import html_words
from site_builder.render.front_page import lay_out
from site_builder.render.site import MAX_CACHED, Site, once
from site_builder.render.template_needs import TemplateNeeds
from site_builder.render.templates import Templates, template_error
from site_builder.render.text import excerpt, note_html, plain_html, plain_text
from site_builder.render.word_diff import word_diff

# Words of an abstract shown in a digest; the full text is one click away.
EXCERPT_WORDS = 36
# Kinds of links that a digest shows; all others are on the paper's page.
DIGEST_LINKS = frozenset({"pdf", "doi", "code", "project"})
FOLDERS = ("feeds", "mail")
# Function of a template → the templates it fills.
FILLINGS = {"card": ("feeds/card.html",)}


class DigestWriter:
    """Writes the digests of one site; the card of a paper is rendered once for all digests."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.card = lru_cache(MAX_CACHED)(self._card)
        self._shared: dict[str, object] = {
            **templates_of(site).globals,
            "words": EXCERPT_WORDS,
            "permalink": self.permalink,
            "tags_of": lambda paper: site.catalogue.tags_of.get(paper.id, ()),
            "organization_of": lambda paper: site.catalogue.organization_of.get(paper.id),
            "lay_out": lambda day: lay_out(day, site.settings.day_layout, is_lasting=True),
            "card": self.card,
        }

    def permalink(self, path: str) -> str:
        return self.site.settings.permalink(path)

    def day(self, day: Day, template: str = "feeds/day.html") -> Markup:
        """Return a day: the editor's note, then all papers in the order of the day's page."""
        notes = {"note": day.note, "sponsor": day.texts.sponsor, "footer": day.texts.footer}
        return self._fill(template, day=day, **{name: self.note_markup(note) for name, note in notes.items()})

    def period(self, period: Period, top: int | None = None, template: str = "feeds/period.html") -> Markup:
        """Return a week or month: the most upvoted papers, then the titles of the others by day.

        top: show only so many papers, without titles of others.
        """
        highlights = highlights_of(period, period.best, top)
        shown = {paper.id for paper in highlights}
        others: list[tuple[Day, list[Paper]]] = []
        for day in period.days if top is None else ():
            papers = [paper for paper in day.papers if paper.id not in shown]
            shown.update(paper.id for paper in papers)
            if papers:
                others.append((day, papers))
        texts = period.texts
        whole = {"note": texts.note, "sponsor": texts.sponsor, "footer": texts.footer}  # these refer to the whole week
        notes = {name: self.note_markup(note) if top is None else None for name, note in whole.items()}
        is_whole = top is None  # a selection omits the number of papers, with which it would change
        return self._fill(template, period=period, highlights=highlights, others=others, is_whole=is_whole, **notes)

    def edition(self, content: object, template: str = "feeds/edition.html") -> Markup:
        """Return an edition: what its mail contains, without a limit of length."""
        return self._fill(template, content=content)

    def paper(self, paper: Paper, template: str = "feeds/paper.html") -> Markup:
        """Return one paper with its full abstract and all links."""
        return self._fill(template, paper=paper)

    def correction(self, notice: CorrectionNotice, template: str = "feeds/correction.html") -> Markup:
        """Return the corrections to a paper on one day."""
        return self._fill(template, notice=notice, paper=notice.paper)

    def _card(self, paper: Paper) -> Markup:
        """Return a paper as a row of a digest, with the beginning of its abstract."""
        return self._fill("feeds/card.html", paper=paper)

    def note_markup(self, note: Note | None) -> Markup | None:
        """Return a note with absolute links and with headings below those of the digest."""
        if note is None:
            return None
        allow_html = self.site.settings.allows_html(note.path)
        address = self.site.settings.address
        clean = note_html(
            note.markdown,
            lambda to: address(to) or "./",
            allow_html=allow_html,
            plain_maths=True,
            pictures={name: picture.mail for name, picture in note.pictures.items()},
        )
        html = Markup(strip_controls(clean))  # noqa: S704 - was safe, only characters are dropped
        page = urls.day_path(note.day)
        if note.period:
            page = urls.period_path("week" if "W" in note.period else "month", note.period)
        return absolute_links(html, self.permalink(""), self.permalink(page))

    def _fill(self, template: str, **values: object) -> Markup:
        """Fill a template. Raises BuildError for a broken template, naming its file and line."""
        folders = self.site.template_folders
        try:
            text = templates_of(self.site).fill(template, self._shared, values)
        except Exception as error:
            raise template_error(error, template, folders) from error
        return Markup(text.strip())  # noqa: S704 - autoescaped


def absolute_links(markup: Markup, site: str, page: str) -> Markup:
    """Return safe markup with absolute links: anchors are resolved against `page`, all others against `site`."""
    if "href=" not in markup and "src=" not in markup:
        return markup
    root = lxml_html.fragment_fromstring(str(markup), create_parent="div")
    root.rewrite_links(lambda link: urljoin(page if link.startswith("#") else site, link))
    return Markup(lxml_html.tostring(root, encoding="unicode"))  # noqa: S704 - was safe, only links are changed


def facts(words: Words, paper: Paper) -> list[str]:
    """Return the status and counts of a paper that are known: `withdrawn`, `41 upvotes`, `2 comments`."""
    known = html_words.corrected(words, paper)
    if paper.upvotes is not None:
        known.append(words.ngettext("%(count)s upvote", "%(count)s upvotes", paper.upvotes))
    if paper.comments:
        known.append(words.ngettext("%(count)s comment", "%(count)s comments", paper.comments))
    return known


def digest_links(words: Words, paper: Paper) -> list[html_words.PaperLink]:
    """Return the links of a paper that a digest shows: to read and try it, and at least one address if it has any."""
    links = html_words.reading_links(words, paper)
    known = {link.kind for link in links}
    kinds = DIGEST_LINKS if known & {"pdf", "doi"} else {*DIGEST_LINKS, *html_words.RECORD_LINKS}
    return [link for link in links if link.kind in kinds]


def own_picture(paper: Paper) -> str:
    """Return the path of a paper's picture in a form that all mail programs show, "" for none."""
    return paper.picture.mail.path if paper.picture else ""


@once
def templates_of(site: Site) -> Templates:
    """Return the template environment of a site's digests."""
    words = site.settings.words
    templates = Templates(site.template_folders, words, site.cache)
    templates.filters.update(FILTERS)
    templates.globals.update(FUNCTIONS)
    own = {"digest_links": digest_links, "marks_of": html_words.corrected}
    templates.globals.update({name: partial(function, words) for name, function in own.items()})
    return templates


@once
def digest_writer(site: Site) -> DigestWriter:
    """Return the digest writer of a site."""
    return DigestWriter(site)


@once
def needs_of(site: Site) -> TemplateNeeds:
    """Return the dependencies of the templates of a site's digests."""
    return TemplateNeeds(templates_of(site), FILLINGS, site.cache)


FILTERS: dict[str, Callable[..., object]] = {
    "plain": plain_text,
    "paragraphs": plain_html,
    "excerpt": excerpt,
}
FUNCTIONS: dict[str, Callable[..., object]] = {
    "paper_path": urls.paper_path,
    "day_path": urls.day_path,
    "period_path": urls.period_path,
    "term_path": urls.term_path,
    "picture_text": html_words.picture_text,
    "word_diff": word_diff,
}
