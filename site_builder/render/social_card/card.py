"""The texts of a social card, as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from site_builder.catalogue.order import by_upvotes, standing_papers
from site_builder.model.catalogue import Day, Period, Term
from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.pages.social_cards import CardData
from site_builder.render.html_words import authors_line, partial_day
from site_builder.render.site import Site
from site_builder.render.text import plain_text, strip_controls

CARD_WIDTH, CARD_HEIGHT = 720, 378  # pixels; templates/default/base.html has them too
TITLES = 3  # of the papers of a day
TAGS = 3  # of a paper


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a card, each "" if there is none.

    masthead and aside are at the top, kicker and headline below, then the items if any; foot and foot_aside come last.
    direction: that of the site, "ltr" or "rtl".
    """

    masthead: str = ""
    aside: str = ""
    kicker: str = ""
    headline: str = ""
    items: tuple[str, ...] = ()
    foot: str = ""
    foot_aside: str = ""
    direction: str = "ltr"


def card_of(page: Page, site: Site) -> Card:
    """Return the texts of a planned card."""
    direction = "rtl" if site.settings.words.is_rtl else "ltr"
    return replace(_card_of(page, site), masthead=strip_controls(site.settings.title), direction=direction)


def _card_of(page: Page, site: Site) -> Card:
    match CardData.of(page):
        case CardData(None | Day() as day, is_front=True):
            return _front_card(day, site)
        case CardData(Paper() as paper):
            return _paper_card(paper, site)
        case CardData(Day() as day):
            return _day_card(day, site)
        case CardData(Period() as week):
            return _week_card(week, site)
        case CardData(Term() as tag):
            return _tag_card(tag, site)
    raise TypeError(f"nothing says what the card {page.path} shows")


def _paper_card(paper: Paper, site: Site) -> Card:
    """Upvotes and stars are left out, since each change would make another picture."""
    words = site.settings.words
    organization = site.catalogue.organization_of.get(paper.id)
    return Card(
        aside=partial_day(paper.published, words)
        if paper.published
        else words.short_day(paper.days[0])
        if paper.days
        else "",
        kicker=words.comma.join(tag.name for tag in site.catalogue.tags_of.get(paper.id, ())[:TAGS]),
        headline=plain_text(paper.title),
        foot=authors_line(paper, words),
        foot_aside=organization.name if organization else "",
    )


def _day_card(day: Day, site: Site) -> Card:
    return Card(
        aside=_counted(day.papers, site),
        kicker=plain_text(day.note.title) if day.note else "",
        headline=site.settings.words.long_day(day.date),
        items=_titles(day.papers),
    )


def _front_card(newest: Day | None, site: Site) -> Card:
    """The newest day's papers below the site's tagline or title, which is alone if no paper has a day."""
    front = Card(
        headline=strip_controls(site.settings.tagline) or strip_controls(site.settings.title),
    )
    if newest is None:
        return front
    return replace(
        front,
        aside=site.settings.words.long_day(newest.date),
        kicker=_counted(newest.papers, site),
        items=_titles(newest.papers),
    )


def _week_card(week: Period, site: Site) -> Card:
    words = site.settings.words
    return Card(
        aside=_counted(week.papers, site),
        kicker=words.ngettext("%(count)s digest", "%(count)s digests", len(week.digests)) if week.digests else "",
        headline=words.period_name(week.kind, week.key),
        items=_titles(by_upvotes(week.papers)),
    )


def _tag_card(tag: Term, site: Site) -> Card:
    """The number of papers is left out, since each new paper would make another picture."""
    return Card(
        kicker=site.settings.words.gettext("Papers on"),
        headline=strip_controls(tag.name),
        foot=plain_text(tag.description),
    )


def _counted(papers: Sequence[Paper], site: Site) -> str:
    return site.settings.words.ngettext("%(count)s paper", "%(count)s papers", len(papers))


def _titles(papers: Sequence[Paper]) -> tuple[str, ...]:
    return tuple(plain_text(paper.title) for paper in standing_papers(papers)[:TITLES])
