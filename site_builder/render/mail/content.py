"""The content of an edition for mails and feeds, before it becomes HTML or text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from site_builder.catalogue.editions import period_of
from site_builder.catalogue.order import by_upvotes
from site_builder.config.mailing import EditionSettings
from site_builder.config.settings import Settings
from site_builder.languages import N_, Words
from site_builder.model.catalogue import Day, Edition, Section
from site_builder.model.note import Note
from site_builder.model.paper import Paper
from site_builder.render.digest import EXCERPT_WORDS, DigestWriter
from site_builder.render.front_page import lay_out
from site_builder.render.text import excerpt
from site_builder.urls import day_path, term_path

# Length in characters of the line that mail programs show next to the subject.
PREHEADER = range(40, 131)
# Words of each abstract: the first number at which all papers fit, else the last.
WORDS = (EXCERPT_WORDS, 24, 14)


@dataclass(frozen=True, slots=True)
class MailPart:
    """A section of a mail; heading "" for none, url "" if it has no page.

    words: of each abstract. is_lead: for the leading papers, whose abstracts are never shortened.
    """

    heading: str
    url: str
    papers: tuple[Paper, ...]
    words: int = WORDS[0]
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class MailContent:
    """The content of an edition.

    dateline: the day, week or month, and the number of papers. remarks: notices about the edition. note_title: above
    the note. parts: papers with the first words of their abstracts. listed: papers shown by title only. left: number of
    further papers on the site. headings: every section of the whole edition with its number of papers.
    """

    subject: str
    preheader: str
    browser_url: str
    dateline: str
    remarks: tuple[str, ...]
    note: Markup | None
    note_title: str
    sponsor: Markup | None
    footer: Markup | None
    headings: tuple[tuple[str, int], ...]
    parts: tuple[MailPart, ...]
    listed: tuple[Paper, ...] = ()
    left: int = 0

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Return the papers of all parts, in order."""
        return tuple(paper for part in self.parts for paper in part.papers)

    def with_words(self, words: int) -> "MailContent":
        """Return the content with this many words of each abstract, except those of leading papers."""
        parts = (part if part.is_lead else replace(part, words=words) for part in self.parts)
        return replace(self, parts=tuple(parts))


def edition_content(edition: Edition, writer: DigestWriter) -> MailContent:
    """Return the full content of an edition; `writer` renders its notes and addresses."""
    settings = writer.site.settings
    words = settings.words
    chosen = settings.mail_editions.get(edition.name, EditionSettings(every="daily"))
    parts, listed = _by_votes(_parts(edition, chosen, writer), chosen.abstracts)
    named = [(part.heading or words.gettext("Leading"), len(part.papers)) for part in parts]
    texts = edition.texts
    notes = [note for note in (texts.note, *(day.note for day in edition.days)) if note]
    count = words.ngettext("%(count)s paper", "%(count)s papers", len(edition.papers))
    if not edition.papers:
        count = words.gettext("No papers")
    return MailContent(
        subject=texts.subject or edition.title,
        preheader=texts.preheader or _preheader(edition, settings),
        browser_url=writer.permalink(edition.page),
        dateline=f"{period_of(chosen.rhythm(edition.name), edition.dated, words)} · {count}",
        remarks=tuple(_remarks(edition, words)),
        note=_note(notes, writer),
        note_title=notes[0].title if notes else "",
        sponsor=writer.note_markup(texts.sponsor),
        footer=writer.note_markup(texts.footer),
        headings=tuple(named) if len(named) > 1 else (),
        parts=tuple(parts),
        listed=listed,
    )


def _note(notes: list[Note], writer: DigestWriter) -> Markup | None:
    """Return the newest note, or that of the week or month, followed by those of earlier days under their dates."""
    if not notes:
        return None
    words = writer.site.settings.words
    others = (Markup("<h4>{}</h4>{}").format(words.long_day(note.day), writer.note_markup(note)) for note in notes[1:])
    return Markup("").join([writer.note_markup(notes[0]) or "", *others])


def _parts(edition: Edition, chosen: EditionSettings, writer: DigestWriter) -> list[MailPart]:
    words = writer.site.settings.words
    timely = [day for day in edition.days if day.date not in edition.late]
    if chosen.rhythm(edition.name) != "daily" and timely:
        timely = [_joined(edition, timely)]
    layout = "list" if chosen.sections == "list" else writer.site.settings.day_layout
    parts = _sections(timely[0], layout, writer) if timely else []
    for day in (*timely[1:], *(day for day in edition.days if day.date in edition.late)):
        heading = N_("Late: papers of %(day)s") if day.date in edition.late else N_("Papers of %(day)s")
        heading = words.gettext(heading, day=words.short_day(day.date))
        parts.append(MailPart(heading, writer.permalink(day_path(day.date)), day.papers))
    if edition.undated:
        parts.append(MailPart(words.gettext("Papers without a day"), "", edition.undated))
    return [part for part in parts if part.papers]


def _sections(day: Day, layout: Literal["sections", "list"], writer: DigestWriter) -> list[MailPart]:
    front = lay_out(day, layout)
    other = writer.site.settings.words.gettext("Other papers")
    parts = [MailPart("", "", front.leads, is_lead=True)] if front.leads else []
    for part in front.parts:
        if part.term:
            url = writer.permalink(term_path(part.term.taxonomy, part.term.slug))
            parts.append(MailPart(part.term.name, url, part.papers))
        else:
            parts.append(MailPart(other if parts else "", "", part.papers))
    return parts


def _joined(edition: Edition, days: list[Day]) -> Day:
    """Return the days of a week or month as one, with merged sections."""
    papers: dict[str, Paper] = {paper.id: paper for day in days for paper in day.papers}
    sections: dict[str, Section] = {}
    for section in (section for day in days for section in day.sections):
        slug = section.term.slug if section.term else ""
        known = sections[slug].papers if slug in sections else ()
        sections[slug] = replace(section, papers=(*known, *section.papers))
    ordered = sorted(sections.values(), key=lambda section: (section.term is None, -len(section.papers)))
    ordered = [replace(section, papers=tuple(by_upvotes(section.papers))) for section in ordered]
    return Day(edition.dated, tuple(by_upvotes(papers.values())), tuple(ordered), None)


def _by_votes(parts: list[MailPart], count: int) -> tuple[list[MailPart], tuple[Paper, ...]]:
    """Split parts into the `count` most upvoted papers, still in parts, and all other papers; 0 keeps all papers."""
    if not count:
        return parts, ()
    papers = [paper for part in parts for paper in part.papers]
    shown = {paper.id for paper in by_upvotes(papers)[:count]}
    kept = [replace(part, papers=tuple(paper for paper in part.papers if paper.id in shown)) for part in parts]
    return [part for part in kept if part.papers], tuple(paper for paper in papers if paper.id not in shown)


def _remarks(edition: Edition, words: Words) -> Iterator[str]:
    """Yield notices for readers: which lists are incomplete."""
    for day in edition.incomplete:
        yield words.gettext(
            "The list of %(day)s is not complete yet; what comes later is in the next mail.", day=words.short_day(day)
        )


def _preheader(edition: Edition, settings: Settings) -> str:
    """Return the first titles, as many words as fit; short lines are filled up, or programs would add other text."""
    words = settings.words
    titles = " · ".join(excerpt(paper.title, 30) or words.gettext("Untitled") for paper in edition.papers[:8])
    line = titles or words.gettext("No papers today; the editor’s note stands alone")
    if len(line) < PREHEADER.start:
        more = words.gettext("read the whole digest of %(title)s here", title=settings.title)
        line = f"{line} · {more}"
    if len(line) < PREHEADER.stop:
        return line
    return f"{line[: PREHEADER.stop - 2].rsplit(' ', 1)[0].rstrip(' ·,;:')}…"
