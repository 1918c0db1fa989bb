"""What the mail of a day says: composed once, cut to the size that mail programs show whole."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import accumulate

from lxml import html as lxml_html
from markupsafe import Markup, escape

from site_builder.catalogue.model import Day
from site_builder.pages.feed_entries import EntryMaker
from site_builder.papers.paper import Paper
from site_builder.render.front_page import lay_out
from site_builder.render.mail.edition import WORDS, Edition, MailPart
from site_builder.render.mail.rows import PAPERS, TITLES, RowWriter
from site_builder.render.mail.text import mail_text
from site_builder.render.site import Site
from site_builder.render.text import excerpt
from site_builder.urls import day_path, paper_path, term_path

# Gmail hides the end of larger mails (it clips at 102 kB); the reader's own link to unsubscribe has its share.
MAX_BYTES = 85_000
LINK_BYTES = 1_500
# Papers shown with their abstracts on a day of which not even all titles fit.
LEAST_CARDS = 10
# Words of a note that does not fit.
NOTE_WORDS = 400
# Characters of the line that lists of mails show beside the subject.
PREHEADER = range(40, 131)

# Where the link to unsubscribe belongs. Text from outside cannot hold it: noncharacters are stripped from it.
UNSUBSCRIBE = Markup("\ufdd0unsubscribe\ufdd1")
# What stands there in the files of a build: an address that leads nowhere (RFC 2606), to be replaced by whoever sends.
PLACEHOLDER = "https://unsubscribe.invalid/"


@dataclass(frozen=True)
class Mail:
    """The mail of a day; html and text hold UNSUBSCRIBE where the link belongs. time: the digest's, with its zone."""

    day: Day
    subject: str
    preheader: str
    browser_url: str
    time: datetime
    html: str
    text: str

    def filled_html(self) -> str:
        return _own(self.html).replace(UNSUBSCRIBE, escape(PLACEHOLDER))

    def filled_text(self) -> str:
        return _own(self.text).replace(UNSUBSCRIBE, PLACEHOLDER)


def _own(content: str) -> str:
    """Return content in which the placeholder does not occur, so that filling it in cannot give a link away."""
    return content.replace("unsubscribe.invalid", "unsubscribe\u2060.invalid")


class MailWriter:
    """Writes the mails of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._rows = RowWriter(site)

    @cached_property
    def _entries(self) -> EntryMaker:
        return EntryMaker(self.site.catalogue, self.site.settings)

    def mail(self, day: Day) -> Mail:
        """Return the mail of a day, no larger than MAX_BYTES: what does not fit is shortened, listed or counted."""
        entry = self._entries.day(day)
        self._rows.prepare(day.papers)
        edition = self._fitting(self._whole(day, entry.title))
        text = mail_text(edition, self.site, self._rows.beginning, UNSUBSCRIBE)
        html = self._html(edition)
        return Mail(day, entry.title, edition.preheader, edition.browser_url, entry.time, html, text)

    def _whole(self, day: Day, subject: str) -> Edition:
        front = lay_out(day, self.site.settings.day_layout)
        parts = [MailPart("", "", front.leads)] if front.leads else []
        for part in front.parts:
            if part.term:
                url = self._rows.permalink(term_path("tag", part.term.slug))
                parts.append(MailPart(part.term.name, url, part.papers))
            else:
                parts.append(MailPart("Other papers" if parts else "", "", part.papers))
        named = [(part.heading or "Leading", len(part.papers)) for part in parts]
        return Edition(
            day=day,
            subject=subject,
            preheader=day.texts.preheader or _preheader(day, self.site.settings.title),
            browser_url=self._rows.permalink(day_path(day.date)),
            note=self._rows.noted(day.note),
            sponsor=self._rows.noted(day.texts.sponsor),
            footer=self._rows.noted(day.texts.footer),
            headings=tuple(named) if len(named) > 1 else (),
            parts=tuple(parts),
        )

    def _fitting(self, whole: Edition) -> Edition:
        """Return the edition that tells most of the day among those that fit."""
        room = self._room(whole)
        if room < 0:
            whole = replace(whole, note=_short_note(whole))
            room = self._room(whole)
        for words in WORDS:
            if sum(self._sizes(whole, words)) <= room:
                return replace(whole, words=words)
        cards = [0, *accumulate(self._sizes(whole, WORDS[-1]))]
        titles = [0, *accumulate(_size(self._title(paper)) for paper in whole.papers)]
        fitting = [i for i in range(len(cards)) if cards[i] + titles[-1] - titles[i] <= room]
        if fitting:
            return _cut(whole, fitting[-1], len(whole.papers))
        shown = sum(size <= room for size in cards[1 : LEAST_CARDS + 1])
        named = sum(cards[shown] + size - titles[shown] <= room for size in titles[shown + 1 :])
        return _cut(whole, shown, shown + named)

    def _room(self, whole: Edition) -> int:
        """Return how many bytes of rows there is room for."""
        papers = len(whole.papers)
        return MAX_BYTES - LINK_BYTES - _size(self._shell(replace(whole, listed=whole.papers, left=papers)))

    def _sizes(self, edition: Edition, words: int) -> list[int]:
        """Return the bytes of each card, that of the heading above it included."""
        sizes = [_size(self._rows.mail_card(paper, words)) for paper in edition.papers]
        first = 0
        for part in edition.parts:
            sizes[first] += _size(self._part_heading(part))
            first += len(part.papers)
        return sizes

    def _html(self, edition: Edition) -> str:
        rows: list[str] = []
        for part in edition.parts:
            rows.append(self._part_heading(part))
            rows += [self._rows.mail_card(paper, edition.words) for paper in part.papers]
        titles = "".join(map(self._title, edition.listed))
        return self._shell(edition).replace(PAPERS, "".join(rows)).replace(TITLES, titles)

    def _shell(self, edition: Edition) -> str:
        return self._rows.shell(
            day=edition.day,
            subject=edition.subject,
            preheader=edition.preheader,
            browser_url=edition.browser_url,
            unsubscribe_url=UNSUBSCRIBE,
            note=edition.note,
            sponsor=edition.sponsor,
            footer=edition.footer,
            headings=edition.headings,
            listed=len(edition.listed),
            left=edition.left,
        )

    def _part_heading(self, part: MailPart) -> str:
        return self._rows.heading(part.heading, part.url) if part.heading else ""

    def _title(self, paper: Paper) -> str:
        return self._rows.title(paper_path(paper.id), paper.title)


def _size(html: str) -> int:
    return len(html) if html.isascii() else len(html.encode())


def _cut(whole: Edition, shown: int, named: int) -> Edition:
    """Return the edition that shows the first papers, lists the titles of the next up to `named`, counts the others."""
    parts: list[MailPart] = []
    room = shown
    for part in whole.parts:
        if room > 0:
            parts.append(replace(part, papers=part.papers[:room]))
            room -= len(part.papers)
    papers = whole.papers
    return replace(
        whole, words=WORDS[-1], parts=tuple(parts), listed=papers[shown:named], left=len(papers) - max(shown, named)
    )


def _short_note(whole: Edition) -> Markup | None:
    if whole.note is None:
        return None
    beginning = excerpt(str(lxml_html.fromstring(f"<div>{whole.note}</div>").xpath("string()")), NOTE_WORDS)
    link = Markup('<p><a href="{}">The whole note is on the site</a></p>').format(whole.browser_url)
    return Markup("<p>{}</p>{}").format(beginning, link)


def _preheader(day: Day, site_title: str) -> str:
    """Return the first titles, as many words as there is room for; never so few that other text slips in."""
    titles = " · ".join(excerpt(paper.title, 30) or "Untitled" for paper in day.papers[:8])
    line = titles or "No papers today; the editor’s note stands alone"
    if len(line) < PREHEADER.start:
        line = f"{line} · read the whole digest of {site_title} here"
    if len(line) < PREHEADER.stop:
        return line
    return f"{line[: PREHEADER.stop - 2].rsplit(' ', 1)[0].rstrip(' ·,;:')}…"
