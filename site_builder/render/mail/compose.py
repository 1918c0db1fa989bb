"""Compose the mail of an edition once, cut to the size that mail programs show in full."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate

from lxml import html as lxml_html
from markupsafe import Markup, escape

from site_builder.languages import Words
from site_builder.model.catalogue import Edition
from site_builder.model.paper import Paper
from site_builder.pages.entry_times import edition_time
from site_builder.render.mail.content import WORDS, MailContent, MailPart, edition_content
from site_builder.render.mail.rows import PAPERS, TITLES, RowWriter
from site_builder.render.mail.text import mail_text
from site_builder.render.site import Site
from site_builder.render.text import excerpt
from site_builder.render.text.lines import in_short_lines
from site_builder.urls import day_path, paper_path

# Gmail clips mails above 102 kB; this leaves room for the reader's own unsubscribe link.
MAX_BYTES = 85_000
LINK_BYTES = 1_500
# Papers shown with their abstracts on a day with more titles than fit.
MIN_CARDS = 10
# Words kept of a note that does not fit.
NOTE_WORDS = 400
# Marks the place of the unsubscribe link. Text from outside cannot contain it: noncharacters are stripped from it.
UNSUBSCRIBE = Markup("\ufdd0unsubscribe\ufdd1")
# Takes that place in the files of a build, for the sender to replace; the address leads nowhere (RFC 2606).
PLACEHOLDER = "https://unsubscribe.invalid/"


@dataclass(frozen=True)
class Mail:
    """The mail of an edition.

    html, text: with UNSUBSCRIBE at the place of the link. time: of the edition, with its zone.
    """

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
    """Return content in which the placeholder does not occur, so that replacing it cannot reveal a link."""
    return content.replace("unsubscribe.invalid", "unsubscribe\u2060.invalid")


class MailWriter:
    """Writes the mails of one site. last: the mail that was rendered last."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.last: Mail | None = None
        self._rows = RowWriter(site)

    def mail(self, edition: Edition) -> Mail:
        """Return the mail of an edition, at most MAX_BYTES long: what does not fit is shortened, listed or counted."""
        self._rows.prepare(edition.papers)
        content = self._fitting(edition_content(edition, self._rows))
        text = mail_text(content, self.site, self._rows.beginning, UNSUBSCRIBE)
        html = in_short_lines(self._html(content))
        return Mail(edition, content.subject, content.preheader, content.browser_url, self._time(edition), html, text)

    def _time(self, edition: Edition) -> datetime:
        """Return the time of the edition: that of its day's digest if there is one."""
        return self.site.catalogue.times.get(day_path(edition.dated)) or edition_time(edition, self.site.settings.feeds)

    def _fitting(self, whole: MailContent) -> MailContent:
        """Return the content that shows as much of the edition as fits."""
        room = self._room(whole)
        if room < 0:
            whole = replace(whole, note=_short_note(whole, self.site.settings.words))
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
        shown = sum(size <= room for size in cards[1 : MIN_CARDS + 1])
        named = sum(cards[shown] + size - titles[shown] <= room for size in titles[shown + 1 :])
        return _cut(shortened, shown, shown + named)

    def _room(self, whole: MailContent) -> int:
        """Return how many bytes are left for rows."""
        order = (*whole.papers, *whole.listed)
        return MAX_BYTES - LINK_BYTES - _size(self._shell(replace(whole, listed=order, left=len(order))))

    def _sizes(self, content: MailContent) -> list[int]:
        """Return the bytes of each card, including the heading above it."""
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
        return self._rows.title(paper_path(paper.id), paper.title, self._rows.lang_of(paper))


def _size(html: str) -> int:
    return len(html) if html.isascii() else len(html.encode())


def _cut(whole: MailContent, shown: int, named: int) -> MailContent:
    """Return the content with the first `shown` papers, the titles of the next up to `named`, and the number left."""
    parts: list[MailPart] = []
    room = shown
    for part in whole.parts:
        if room > 0:
            parts.append(replace(part, papers=part.papers[:room]))
            room -= len(part.papers)
    order = (*whole.papers, *whole.listed)
    return replace(whole, parts=tuple(parts), listed=order[shown:named], left=len(order) - max(shown, named))


def _short_note(whole: MailContent, words: Words) -> Markup | None:
    if whole.note is None:
        return None
    beginning = excerpt(str(lxml_html.fromstring(f"<div>{whole.note}</div>").xpath("string()")), NOTE_WORDS)
    link = Markup('<p><a href="{}">{}</a></p>').format(
        whole.browser_url, words.gettext("The whole note is on the site")
    )
    return Markup("<p>{}</p>{}").format(beginning, link)
