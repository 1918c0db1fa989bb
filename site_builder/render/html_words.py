"""Small pieces of text for templates: dates, names of authors, links."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from markupsafe import Markup

from site_builder.languages import N_, Words
from site_builder.model.catalogue import TermName
from site_builder.model.paper import Hold, Paper, PartialDate
from site_builder.model.picture import Picture
from site_builder.render.text import escaped, excerpt, plain_text, strip_controls
from site_builder.render.text_language import languages_of
from site_builder.urls import paper_path

FIRST_AUTHORS = 3
WORDS_A_MINUTE, SIGNS_A_MINUTE = 230, 500  # reading speeds
LONGEST_MEAN_WORD = 15  # characters; texts with longer words are in a script without spaces
CARD_TAGS = 5
NO_BREAK_SPACE = "\u00a0"
PICTURE_WORDS = 30  # of a caption, as alternative text
RECENT_WORDS = 25  # of an abstract in the reader's own digest


@dataclass(frozen=True, slots=True)
class Byline:
    """The first authors of a paper, and words for the rest: `4 others`, "" for none."""

    names: tuple[str, ...]
    others: str


@dataclass(frozen=True, slots=True)
class PaperLink:
    """An external link of a paper: the kind of its target, its name, and the address."""

    kind: str
    name: str
    url: str


def held_until(hold: Hold, words: Words) -> str:
    """Return the notice in a draft for a paper or edition on hold: `Held until 5 December 2026`."""
    if hold.until:
        return words.gettext("Held until %(day)s", day=words.short_day(hold.until))
    return words.gettext("Held until further notice")


def picture_text(paper: Paper) -> str:
    """Return the alternative text of a paper's picture, from its caption; "" if it has no picture."""
    return excerpt(paper.picture.caption, PICTURE_WORDS) if paper.picture else ""


def picture_source(picture: Picture) -> PaperLink | None:
    """Return the source of a picture: host and address, or only the curator's words; None if no source is given."""
    source = strip_controls(picture.source)
    if not source:
        return None
    is_address = source.startswith(("https://", "http://"))
    return PaperLink("source", source.split("/")[2] if is_address else source, source if is_address else "")


def byline(words: Words, paper: Paper, first: int = FIRST_AUTHORS) -> Byline:
    """Return the byline of a paper; it also works where a list gives only the number of authors, or is cut short."""
    total = max(paper.author_count or 0, len(paper.authors))
    shown = paper.authors if total <= first + 1 else paper.authors[:first]
    is_counted = (paper.author_count or 0) > len(paper.authors) or not paper.has_more_authors
    if not is_counted:
        return Byline(shown, words.gettext("others") if shown else "")
    others = total - len(shown)
    if not others:
        return Byline(shown, "")
    if shown:
        return Byline(shown, words.ngettext("%(count)s other", "%(count)s others", others))
    return Byline(shown, words.ngettext("%(count)s author", "%(count)s authors", others))


def people(
    words: Words, names: Iterable[str], others: str = "", opening: str = "<bdi>", addresses: Iterable[str] = ()
) -> Markup:
    """Return names, and the words for authors not named, as markup.

    opening: start tag for a name without a link. addresses: link target of each name, "" for none.
    """
    end = f"</{opening[1:-1].split(maxsplit=1)[0]}>"
    elements = [
        hyperlink(address, name) if address else f"{opening}{escaped(name)}{end}"
        for name, address in zip_longest(names, addresses, fillvalue="")
    ]
    named = escaped(words.comma).join(elements)
    if not (named and others):
        return Markup(named or escaped(others))  # noqa: S704 - opening comes from a template
    others = escaped(others.replace(" ", NO_BREAK_SPACE))
    message = escaped(words.message("%(names)s and %(others)s"))
    return Markup(message % {"names": Markup(named), "others": others})  # noqa: S704 - see above


def counted_after(words: Words, count: int) -> Markup:
    """Return a number of papers as markup: sighted readers see the number only, screen readers get "papers" too."""
    number = words.number(count)
    whole = words.ngettext("%(count)s paper", "%(count)s papers", count)
    if number not in whole:
        return Markup('<span aria-hidden="true">{}</span><span class="unseen">{}</span>').format(number, whole)
    before, _, after = whole.partition(number)
    return _unseen(before) + number + _unseen(after)


def _unseen(text: str) -> Markup:
    return Markup('<span class="unseen">{}</span>').format(text) if text else Markup()


def authors_line(paper: Paper, words: Words) -> str:
    """Return `Ada Lovelace, Emmy Noether, Alan Turing and 4 others`."""
    line = byline(words, paper)
    return names_and(words, line.names, line.others)


def names_and(words: Words, names: Iterable[str], others: str) -> str:
    """Return names, and the words for authors not named, as text."""
    named = words.comma.join(names)
    if not (named and others):
        return named or others
    return words.gettext("%(names)s and %(others)s", names=named, others=others)


def hyperlink(url: str, text: str) -> Markup:
    """Return a link for use inside a message."""
    return Markup(f'<a href="{escaped(url)}">{escaped(text)}</a>')  # noqa: S704 - escaped here


def time_of(day: date, text: str) -> Markup:
    """Return the text of a day as a `<time>` element for use inside a message."""
    return Markup(f'<time datetime="{escaped(day)}">{escaped(text)}</time>')  # noqa: S704 - escaped here


def recent_value(
    paper: Paper, tags: Iterable[TermName], followed: Iterable[TermName], organization: TermName | None, words: Words
) -> dict[str, object]:
    """Return a paper for the reader's own digest, as plain text. followed: its authors who have a page."""
    people = [author.slug for author in followed]
    return {
        "path": paper_path(paper.id),
        "title": plain_text(paper.title),
        "authors": authors_line(paper, words),
        "day": paper.days[0].isoformat() if paper.days else "",
        "tags": [tag.slug for tag in tags],
        **({"people": people} if people else {}),
        **({"organization": organization.slug} if organization else {}),
        "excerpt": excerpt(paper.abstract, RECENT_WORDS),
        **languages_of(words, paper),
    }


def corrected(words: Words, paper: Paper) -> list[str]:
    """Return `withdrawn`, `corrected on 23 November 2026` or nothing, as a list."""
    if paper.withdrawal:
        return [words.gettext("withdrawn")]
    if not paper.corrections:
        return []
    return [words.gettext("corrected on %(day)s", day=words.short_day(paper.corrections[-1].day))]


def partial_day(day: PartialDate, words: Words) -> str:
    """Return `27 May 2026`, `May 2026` or `2026`, as precise as the date is."""
    known = day.as_day()
    if known:
        return words.short_day(known)
    return words.month_name(f"{day.year}-{day.month:02}") if day.month else str(day.year)


def headline_size(title: str) -> str:
    """Return the CSS class of a headline by the length of its title, "" for a short one."""
    length = len(plain_text(title))
    return next((name for min_length, name in HEADLINE_SIZES if length >= min_length), "")


def note_length(body: Markup) -> str:
    """Return the CSS class of an editor's note of which a page shows only the first lines, "" for a short one."""
    blocks = _SIGNS_OF_BLOCK * (len(_BLOCK.findall(body)) - 1)
    length = len(body.striptags()) + blocks + _SIGNS_OF_PICTURE * body.count("<img")
    return next((name for min_length, name in NOTE_LENGTHS if length >= min_length), "")


def minutes_to_read(papers: Iterable[Paper]) -> int:
    """Return the minutes to read titles and abstracts: 230 words a minute, or 500 characters without spaces."""
    texts = (text for paper in papers for text in (paper.title, paper.abstract))
    return max(1, round(sum(map(_words_to_read, texts)) / WORDS_A_MINUTE))


def _words_to_read(text: str) -> float:
    words = len(text.split())
    has_spaces = len(text) < LONGEST_MEAN_WORD * words
    return words if has_spaces else len(text) * WORDS_A_MINUTE / SIGNS_A_MINUTE


def reading_links(words: Words, paper: Paper) -> tuple[PaperLink, ...]:
    """Return the links of a paper, those to read it first, without those that lead to the same page as another."""
    urls = paper.shown_links
    kinds = sorted(urls, key=lambda kind: (LINK_ORDER.get(kind, len(LINK_ORDER)), kind))
    return tuple(_link(kind, urls[kind], LINK_NAMES, words) for kind in kinds)


def card_links(words: Words, paper: Paper) -> tuple[PaperLink, ...]:
    """Return the links on a card: to the PDF, the record, the code and the project."""
    urls = paper.web_links
    record = next((kind for kind in (RECORD_LINKS if paper.arxiv else RECORD_LINKS[1:]) if kind in urls), "")
    kinds = (kind for kind in ("pdf", record, "code", "project") if kind in urls)
    return tuple(_link(kind, urls[kind], CARD_NAMES, words) for kind in kinds)


def _link(kind: str, url: str, names: Mapping[str, str], words: Words) -> PaperLink:
    if kind == "abs" and _AT_ARXIV.match(url):
        return PaperLink(kind, "arXiv", url)
    name = words.gettext(names[kind]) if kind in names else kind.replace("_", " ").capitalize()
    return PaperLink(kind, name, url)


_AT_ARXIV = re.compile(r"https?://(?:[a-z]+\.)*arxiv\.org/", re.IGNORECASE)
HEADLINE_SIZES = ((140, "longest"), (100, "longer"), (60, "long"))
NOTE_LENGTHS = ((700, " long"), (100, " some"))
_BLOCK = re.compile(r"<(?:p|li|tr|h[1-6]|br)\b")
_SIGNS_OF_BLOCK = 60  # for the rest of a block's last line and the space below it
_SIGNS_OF_PICTURE = 1000
# Kinds of links to the record of a paper, best first.
RECORD_LINKS = ("abs", "doi", "abs", "page", "html")
# Kind of link → its name, in the order in which pages show them.
LINK_NAMES = {
    "pdf": N_("PDF"),
    "html": N_("HTML"),
    "abs": N_("Abstract"),
    "doi": N_("DOI"),
    "code": N_("Code"),
    "project": N_("Project page"),
    "data": N_("Data"),
    "model": N_("Model"),
    "demo": N_("Demo"),
    "video": N_("Video"),
    "discussion": N_("Discussion"),
    "page": N_("Page"),
}
CARD_NAMES = LINK_NAMES | {"project": N_("Project")}
LINK_ORDER = {kind: index for index, kind in enumerate(LINK_NAMES)}
