"""What the mail of an edition says: composed once, cut to the size that mail programs show whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate
from typing import Literal

from lxml import html as lxml_html
from markupsafe import Markup, escape

from site_builder.catalogue.model import Day, Edition, Section
from site_builder.catalogue.names import counted, long_day, short_day
from site_builder.catalogue.order import by_upvotes
from site_builder.mailing import EditionSettings
from site_builder.pages.entry_times import digest_time
from site_builder.papers.paper import Paper
from site_builder.render.feeds.lines import in_short_lines
from site_builder.render.front_page import lay_out
from site_builder.render.mail.content import WORDS, MailContent, MailPart
from site_builder.render.mail.rows import PAPERS, TITLES, RowWriter
from site_builder.render.mail.text import mail_text
from site_builder.render.site import Site
from site_builder.render.text import excerpt
from site_builder.sources.notes import Note
from site_builder.urls import day_path, mail_path, paper_path, term_path

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
    """The mail of an edition; html and text hold UNSUBSCRIBE where the link belongs. time: its own, with the zone."""

    edition: Edition
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

    def mail(self, edition: Edition) -> Mail:
        """Return the mail of an edition, at most MAX_BYTES: what does not fit is shortened, listed or counted."""
        self._rows.prepare(edition.papers)
        content = self._fitting(self._whole(edition))
        text = mail_text(content, self.site, self._rows.beginning, UNSUBSCRIBE)
        html = in_short_lines(self._html(content))
        return Mail(edition, content.subject, content.preheader, content.browser_url, self._time(edition), html, text)

    def _time(self, edition: Edition) -> datetime:
        """Return when the edition is dated: with the digest of its day, if it is of one."""
        return self.site.catalogue.times.get(day_path(edition.dated)) or digest_time(
            edition.dated, self.site.settings.feeds
        )

    def _whole(self, edition: Edition) -> MailContent:
        settings = self.site.settings
        chosen = settings.mail_editions.get(edition.name, EditionSettings(every="daily"))
        parts, listed = _by_votes(self._parts(edition, chosen), chosen.abstracts)
        named = [(part.heading or "Leading", len(part.papers)) for part in parts]
        texts = edition.texts
        notes = [note for note in (texts.note, *(day.note for day in edition.days)) if note]
        count = counted(len(edition.papers), "paper") if edition.papers else "No papers"
        return MailContent(
            subject=texts.subject or edition.title,
            preheader=texts.preheader or _preheader(edition, settings.title),
            browser_url=self._rows.permalink(self._page(edition)),
            dateline=f"{_period(edition, chosen)} · {count}",
            remarks=tuple(_remarks(edition)),
            note=self._note(notes),
            note_title=notes[0].title if notes else "",
            sponsor=self._rows.noted(texts.sponsor),
            footer=self._rows.noted(texts.footer),
            headings=tuple(named) if len(named) > 1 else (),
            parts=tuple(parts),
            listed=listed,
        )

    def _page(self, edition: Edition) -> str:
        """Return the page that says the same: that of the day, where the edition is a whole day and no more."""
        newest = edition.days[0] if edition.days else None
        if newest and edition.days == (self._days.get(newest.date),):
            return day_path(newest.date)
        return mail_path(edition.name, edition.key, "mail.html")

    @cached_property
    def _days(self) -> dict[date, Day]:
        return {day.date: day for day in self.site.catalogue.days}

    def _note(self, notes: list[Note]) -> Markup | None:
        """Return the newest note, or that of the week or month, followed by those of days before under their dates."""
        if not notes:
            return None
        others = (Markup("<h4>{}</h4>{}").format(long_day(note.day), self._rows.noted(note)) for note in notes[1:])
        return Markup("").join([self._rows.noted(notes[0]) or "", *others])

    def _parts(self, edition: Edition, chosen: EditionSettings) -> list[MailPart]:
        timely = [day for day in edition.days if day.date not in edition.late]
        if chosen.rhythm(edition.name) != "daily" and timely:
            timely = [_joined(edition, timely)]
        layout = "list" if chosen.sections == "list" else self.site.settings.day_layout
        parts = self._sections(timely[0], layout) if timely else []
        for day in (*timely[1:], *(day for day in edition.days if day.date in edition.late)):
            heading = f"Papers of {short_day(day.date)}"
            heading = f"Late: {heading[0].lower()}{heading[1:]}" if day.date in edition.late else heading
            parts.append(MailPart(heading, self._rows.permalink(day_path(day.date)), day.papers))
        if edition.undated:
            parts.append(MailPart("Papers without a day", "", edition.undated))
        return [part for part in parts if part.papers]

    def _sections(self, day: Day, layout: Literal["sections", "list"]) -> list[MailPart]:
        front = lay_out(day, layout)
        parts = [MailPart("", "", front.leads, is_lead=True)] if front.leads else []
        for part in front.parts:
            if part.term:
                url = self._rows.permalink(term_path("tag", part.term.slug))
                parts.append(MailPart(part.term.name, url, part.papers))
            else:
                parts.append(MailPart("Other papers" if parts else "", "", part.papers))
        return parts

    def _fitting(self, whole: MailContent) -> MailContent:
        """Return the content that tells most of the edition among those that fit."""
        room = self._room(whole)
        if room < 0:
            whole = replace(whole, note=_short_note(whole))
            room = self._room(whole)
        order = (*whole.papers, *whole.listed)
        titles = [0, *accumulate(_size(self._title(paper)) for paper in order)]
        for words in WORDS:
            shortened = whole.with_words(words)
            sizes = self._sizes(shortened)
            if sum(sizes) + titles[-1] - titles[len(sizes)] <= room:
                return shortened
        cards = [0, *accumulate(sizes)]
        fitting = [i for i in range(len(cards)) if cards[i] + titles[-1] - titles[i] <= room]
        if fitting:
            return _cut(shortened, fitting[-1], len(order))
        shown = sum(size <= room for size in cards[1 : LEAST_CARDS + 1])
        named = sum(cards[shown] + size - titles[shown] <= room for size in titles[shown + 1 :])
        return _cut(shortened, shown, shown + named)

    def _room(self, whole: MailContent) -> int:
        """Return how many bytes of rows there is room for."""
        order = (*whole.papers, *whole.listed)
        return MAX_BYTES - LINK_BYTES - _size(self._shell(replace(whole, listed=order, left=len(order))))

    def _sizes(self, content: MailContent) -> list[int]:
        """Return the bytes of each card, that of the heading above it included."""
        sizes = [_size(self._rows.mail_card(paper, part.words)) for part in content.parts for paper in part.papers]
        first = 0
        for part in content.parts:
            sizes[first] += _size(self._part_heading(part))
            first += len(part.papers)
        return sizes

    def _html(self, content: MailContent) -> str:
        rows: list[str] = []
        for part in content.parts:
            rows.append(self._part_heading(part))
            rows += [self._rows.mail_card(paper, part.words) for paper in part.papers]
        titles = "".join(map(self._title, content.listed))
        return self._shell(content).replace(PAPERS, "".join(rows)).replace(TITLES, titles)

    def _shell(self, content: MailContent) -> str:
        return self._rows.shell(
            content=content,
            unsubscribe_url=UNSUBSCRIBE,
            listed=len(content.listed),
            left=content.left,
        )

    def _part_heading(self, part: MailPart) -> str:
        return self._rows.heading(part.heading, part.url) if part.heading else ""

    def _title(self, paper: Paper) -> str:
        return self._rows.title(paper_path(paper.id), paper.title)


def _joined(edition: Edition, days: list[Day]) -> Day:
    """Return the days of a week or a month as one, in the sections of them all."""
    papers: dict[str, Paper] = {paper.id: paper for day in days for paper in day.papers}
    sections: dict[str, Section] = {}
    for section in (section for day in days for section in day.sections):
        slug = section.term.slug if section.term else ""
        known = sections[slug].papers if slug in sections else ()
        sections[slug] = replace(section, papers=(*known, *section.papers))
    ordered = sorted(sections.values(), key=lambda each: (each.term is None, -len(each.papers)))
    ordered = [replace(section, papers=tuple(by_upvotes(section.papers))) for section in ordered]
    return Day(edition.dated, tuple(by_upvotes(papers.values())), tuple(ordered), None)


def _by_votes(parts: list[MailPart], count: int) -> tuple[list[MailPart], tuple[Paper, ...]]:
    """Return the parts with so many papers, those with most upvotes, and all others, told by title; 0: all papers."""
    if not count:
        return parts, ()
    papers = [paper for part in parts for paper in part.papers]
    shown = {paper.id for paper in by_upvotes(papers)[:count]}
    kept = [replace(part, papers=tuple(paper for paper in part.papers if paper.id in shown)) for part in parts]
    return [part for part in kept if part.papers], tuple(paper for paper in papers if paper.id not in shown)


def _period(edition: Edition, chosen: EditionSettings) -> str:
    is_daily = chosen.rhythm(edition.name) == "daily"
    return long_day(edition.dated) if is_daily else edition.title.removeprefix("Papers of ")


def _remarks(edition: Edition) -> Iterator[str]:
    """Yield what a reader should know: which lists lack papers."""
    for day in edition.incomplete:
        yield f"The list of {short_day(day)} is not complete yet; what comes later is in the next mail."


def _size(html: str) -> int:
    return len(html) if html.isascii() else len(html.encode())


def _cut(whole: MailContent, shown: int, named: int) -> MailContent:
    """Return the content that shows the first papers, lists the titles of the next up to `named`, counts the others."""
    parts: list[MailPart] = []
    room = shown
    for part in whole.parts:
        if room > 0:
            parts.append(replace(part, papers=part.papers[:room]))
            room -= len(part.papers)
    order = (*whole.papers, *whole.listed)
    return replace(whole, parts=tuple(parts), listed=order[shown:named], left=len(order) - max(shown, named))


def _short_note(whole: MailContent) -> Markup | None:
    if whole.note is None:
        return None
    beginning = excerpt(str(lxml_html.fromstring(f"<div>{whole.note}</div>").xpath("string()")), NOTE_WORDS)
    link = Markup('<p><a href="{}">The whole note is on the site</a></p>').format(whole.browser_url)
    return Markup("<p>{}</p>{}").format(beginning, link)


def _preheader(edition: Edition, site_title: str) -> str:
    """Return the first titles, as many words as there is room for; never so few that other text slips in."""
    titles = " · ".join(excerpt(paper.title, 30) or "Untitled" for paper in edition.papers[:8])
    line = titles or "No papers today; the editor’s note stands alone"
    if len(line) < PREHEADER.start:
        line = f"{line} · read the whole digest of {site_title} here"
    if len(line) < PREHEADER.stop:
        return line
    return f"{line[: PREHEADER.stop - 2].rsplit(' ', 1)[0].rstrip(' ·,;:')}…"
