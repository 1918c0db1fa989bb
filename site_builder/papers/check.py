"""Turn a source record into a paper: check and type every field; a bad field is a problem, the rest is kept."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import filterfalse
from typing import Literal
from urllib.parse import urlsplit

from site_builder.config.settings import ListDefaults
from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Hold, Paper, PartialDate, Place, Withdrawal
from site_builder.model.raw_paper import RawPaper, given_links
from site_builder.names.authors import Authors
from site_builder.names.evidence import Evidence
from site_builder.papers.authors import parse_authors
from site_builder.papers.bounds import (
    MAX_COUNT,
    MAX_LINE,
    MAX_NAME,
    bounded_fields,
    bounded_items,
    bounded_names,
    bounded_text,
    bounded_title,
)
from site_builder.papers.clean import clean_paragraphs, clean_text, strip_controls
from site_builder.papers.dates import lacks_year, parse_date
from site_builder.papers.editor_words import EDITOR_FIELDS, parse_flag, parse_hold, parse_lead
from site_builder.papers.identity import arxiv_id, doi_of, former_ids, identify, version_in
from site_builder.papers.language import NO_LANGUAGE, language_tag
from site_builder.papers.withdrawal import withdrawal_notice
from site_builder.papers.work_kind import word_of
from site_builder.problems import Problems, shortened
from site_builder.sources.content.fetch_status import FETCHED
from site_builder.sources.fields.citation import cited_in
from site_builder.sources.fields.field_names import says_something
from site_builder.sources.fields.identifiers import (
    ARXIV_ID,
    VERSION,
    escaped,
    is_arxiv_category,
    is_arxiv_venue,
    links_in,
)
from site_builder.sources.list_name import list_name
from site_builder.urls import slugify

_LOST_ZEROS = lazy_pattern(r"\d{4}\.\d{1,3}")  # as a number, 2605.01230 is 2605.0123 and 2605.10000 is 2605.1
_SITE_IMAGE = lazy_pattern(r"\w[\w-]*(?:[./][\w-]+)*\.(?:png|jpe?g|gif|webp|avif|svg)", re.IGNORECASE)
_IN_BEFORE = lazy_pattern(r"\AIn:?\s+(?=[*_]|(?:Proc\b|Proceedings|Advances in)\b)")  # `In *Proceedings of …*`
_EMPHASIS = lazy_pattern(r"(?<![\w*_])([*_]{1,2})(?=\S)([^*_]{2,300})(?<=\S)\1(?![\w*_])")  # of Markdown
_COUNT = lazy_pattern(r"[0-9]{1,8}|[0-9]{1,3}(?:,[0-9]{2,3}){0,2},[0-9]{3}")
_WORD_OF_NUMBER = lazy_pattern(
    r"\A(?:pp?|pages?|seiten?|vol(?:ume)?|v|bd|band|no|nr|num(?:ber)?|iss(?:ue)?|heft)(?:\.\s*|\s+)(?=\d)",
    re.IGNORECASE,
)
_ANNOUNCED: Mapping[str | None, Literal["new", "cross", "replace"]] = {
    "new": "new",
    "cross": "cross",
    "replace": "replace",
    "replace-cross": "replace",
}
_NO_TITLE = ("a paper without a title", "give it one; it is left out")
MAX_DOUBTS = 3  # problems with the authors of one paper
_ID_BEFORE_TITLE = lazy_pattern(
    rf"(?:(?P<open>\[)|arxiv:)(?:arxiv:)?(?P<id>{ARXIV_ID})(?(open)\]:?|[:.,]?)\s+(?=\w)", re.IGNORECASE
)
_UNFIT_FOR_URL = lazy_pattern(r"[\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]")


class FieldCheck:
    """Checks the fields of one record; `add` reports a problem at the record's path and line."""

    def __init__(self, record: RawPaper, year: int | None, defaults: ListDefaults, problems: Problems) -> None:
        self._record = record
        self._year = year
        self._defaults = defaults
        self._problems = problems
        fields = record.fields
        if record.path.startswith(f"{FETCHED}/"):  # a fetched source may not make editorial decisions
            fields = {name: value for name, value in fields.items() if name not in EDITOR_FIELDS}
        self.fields: Mapping[str, object] = bounded_fields(fields, self.add)

    def add(self, what: str, remedy: str) -> None:
        self._problems.add(self._record.path, self._record.line, what, remedy)

    def published(self) -> PartialDate | None:
        value = self.fields.get("published")
        return self._date(value, "published") if value else None

    def listed(self) -> tuple[date, ...]:
        """Return the days on which a list carried the paper: as written in full, else as `site.yaml` gives them.

        A fetched paper without any date gets the day of its fetch.
        """
        value = self.fields.get("listed")
        written = bounded_items("listed", list(value), self.add) if isinstance(value, list | tuple) else [value]
        written = [each for each in written if each]
        if self._defaults.listed and all(lacks_year(each) for each in written):
            return (self._defaults.listed,)
        if not written and (day := self._day_of_fetch()):
            return (day,)
        dates = [self._date(each, "listed") for each in written]
        for each in dates:
            if each and not each.as_day():
                self.add(f'listed "{each}" is no day', "write YYYY-MM-DD; it is left out")
        return tuple(sorted({day for each in dates if each and (day := each.as_day())}))

    def _day_of_fetch(self) -> date | None:
        """Return the day on which a paper was fetched; None if it has a publication day or was not fetched."""
        path = self._record.path
        name = list_name(path) if path.startswith(f"{FETCHED}/") else None
        published = self._published_day()
        return name.day if name and published is None else None

    def _published_day(self) -> date | None:
        try:
            found = parse_date(self.fields.get("published") or "", self._year)
        except ValueError:
            return None
        return found.as_day() if found else None

    def _date(self, value: object, name: str) -> PartialDate | None:
        try:
            return parse_date(value, self._year)
        except ValueError as error:
            reason = str(error) if "YYYY" in str(error) else "is no date of the calendar"
            self.add(f'{name} "{shortened(value)}" {reason}', "correct it; the date is left out")
            return None

    def identifiers(self) -> tuple[str | None, str | None, str | None]:
        """Return arXiv id, DOI and the curator's own id, each None if absent; report malformed ones."""
        arxiv, doi, own_id = identify(self.fields)
        self._check_identifier("arxiv", arxiv, "is no arXiv number", 'write it as in "2605.01234"; it is left out')
        self._check_identifier("doi", doi, "is no DOI", "write it as in 10.1000/xyz; it is left out")
        if own_id and _LOST_ZEROS.fullmatch(own_id):
            self.add(f'id "{own_id}" is an arXiv number that lost its zeros', "write it between quotes; it is left out")
            own_id = None
        return arxiv, doi, own_id

    def version(self, arxiv: str | None) -> int | None:
        """Return the version of the arXiv paper: as the record gives it, else as its identifiers have it."""
        written = str(self.fields.get("version") or "").strip()
        found = VERSION.fullmatch(written)
        if written and not found:
            self.add(
                f'version "{shortened(written)}" is no number of a version', "write it as in 2 or v2; it is left out"
            )
        if arxiv is None:
            return None
        return int(found[1]) if found else version_in(self.fields, arxiv)

    def _check_identifier(self, name: str, found: str | None, what: str, remedy: str) -> None:
        written = str(self.fields.get(name) or "").strip()
        if not says_something(written) or (found and found in written.casefold()):
            return
        if not arxiv_id(written) and not (name == "doi" and doi_of(written)):
            self.add(f'{name} "{shortened(written)}" {what}', remedy)

    def hold(self) -> Hold | None:
        """Return the hold; an unreadable value holds the paper until it is corrected, since a hold was intended."""
        value = self.fields.get("hold")
        try:
            return parse_hold("" if value is None else value)
        except ValueError as error:
            remedy = "write `true` or `until YYYY-MM-DD`; it is held until that is corrected"
            self.add(f'hold "{shortened(value)}" {error}', remedy)
            return Hold()

    def is_hidden(self) -> bool:
        value = self.fields.get("hide")
        try:
            return parse_flag("" if value is None else value)
        except ValueError as error:
            self.add(f'hide "{shortened(value)}" {error}', "write `true`; it is hidden until that is corrected")
            return True

    def lead(self) -> int | None:
        value = self.fields.get("lead")
        try:
            return parse_lead("" if value is None else value)
        except ValueError:
            remedy = "write `true`, or its place: 1, 2 … 99; it is left out"
            self.add(f'lead "{shortened(value)}" is no place', remedy)
            return None

    def image(self) -> str | None:
        address = str(self.fields.get("image") or "").strip()
        if address and not is_web_address(address) and not _SITE_IMAGE.fullmatch(address):
            remedy = "write https://…, or the name of a picture below content/images/; it is left out"
            self.add(f'image "{shortened(address)}" is no web address', remedy)
            return None
        return address or None

    def count(self, name: str) -> int | None:
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        text = str(value).strip().removesuffix(".0")
        count = int(text.replace(",", "")) if _COUNT.fullmatch(text) else None
        if count is None or count > MAX_COUNT:
            self.add(f'{name} "{shortened(value)}" is no count', "write a whole number; it is left out")
            return None
        return count

    def authors(self, evidence: Evidence) -> tuple[Authors, tuple[str, ...]]:
        """Return the authors, and their names within the limits; report unreadable or doubtful authors."""
        written = self.fields.get("authors") or ()
        found = parse_authors(written if says_something(written) else (), evidence)
        for doubt in found.doubts[:MAX_DOUBTS]:
            self.add(doubt, "write the authors as a list, one name each")
        if len(found.doubts) > MAX_DOUBTS:
            self.add(f"{len(found.doubts) - MAX_DOUBTS} more doubts about the authors", "write one name each")
        return found, bounded_names("authors", found.names, self.add)

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        return clean_text(str(value)) or None if value and says_something(value) else None

    def line(self, name: str, most: int = MAX_LINE) -> str:
        """Return an editor's text as one clean line of at most `most` characters; report a longer one and cut it."""
        text = self.text(name) or ""
        if len(text) <= most:
            return text
        self.add(f"{name} has {len(text):,} characters", f"it is cut at {most:,}")
        return f"{text[:most]}…"

    def links(self) -> dict[str, str]:
        """Return kind → URL; report and leave out URLs that are neither http nor https, and a second one of a kind."""
        links: dict[str, str] = {}
        for kind, url in given_links(self.fields).items():
            text, name = escaped(str(url).strip()), slugify(str(kind))
            if text and is_web_address(text) and links.get(name, text) != text:
                self.add(f"two links are called {name}", "give each a name of its own; the second is left out")
            elif text and is_web_address(text):
                links[name] = text
            elif text:
                self.add(f'the link {kind} "{shortened(text)}" is no web address', "write https://…; it is left out")
        return links

    def keywords(self) -> tuple[str, ...]:
        """Return the keywords, with categories of websites and other archives than arXiv."""
        others = filterfalse(is_arxiv_category, self.texts("categories"))
        return tuple(dict.fromkeys([*self.texts("keywords"), *others]))

    def kind(self) -> str | None:
        """Return the kind of work as a BibTeX entry type; an unknown kind as written."""
        return word_of(self.text("kind") or "") or None

    def language(self) -> str | None:
        """Return the language of title and abstract as a tag; report a value that is none or several."""
        value = self.fields.get("language") or ""
        parts = value if isinstance(value, list | tuple) else re.split(r"[;,/]", str(value))
        words = [word for each in parts if (word := str(each).strip()) and word.casefold() not in NO_LANGUAGE]
        tags = list(dict.fromkeys(map(language_tag, words)))
        if None in tags:
            self.add(f'language "{shortened(value)}" names no language', "write it as in de or pt-BR; it is left out")
        elif len(tags) > 1:
            self.add(f'language "{shortened(value)}" names several', "write that of the title; the first is taken")
        return next(filter(None, tags), None)

    def title(self, text: str) -> str:
        """Return a title without the authors and year in brackets after it; they become fields, unless it has authors.

        Fields that the record already has take precedence.
        """
        text = self._without_id(text)
        cited = cited_in(text, is_at_end=True) if text.endswith((")", "]")) and not self.fields.get("authors") else None
        if cited is None:
            return text
        said = {name: value for name, value in self.fields.items() if value}
        self.fields = {**cited.fields, **said}
        return cited.rest

    def _without_id(self, title: str) -> str:
        """Return a title without the arXiv number before it, `[2605.01234] A Title`, as browsers name arXiv's pages.

        The number becomes the field if the record has none; the number of another paper stays in the title.
        """
        found = _ID_BEFORE_TITLE.match(title)
        known = arxiv_id(str(self.fields.get("arxiv") or ""))
        if found is None or known not in (None, arxiv_id(found["id"])):
            return title
        self.fields = self.fields if known else {**self.fields, "arxiv": found["id"]}
        return title[found.end() :]

    def venue(self, arxiv: str | None) -> str | None:
        """Return the venue; None if it only says that the paper is on arXiv."""
        venue = self.text("venue")
        if venue is None or (arxiv and is_arxiv_venue(venue)):
            return None
        return _EMPHASIS.sub(r"\2", _IN_BEFORE.sub("", venue))

    def number(self, name: str) -> str | None:
        """Return a volume, issue or pages without the word before the number: `Vol. 12`, `pp. 3-9`."""
        text = self.text(name)
        return _WORD_OF_NUMBER.sub("", text) if text else text

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of short texts without duplicates; a string is split at commas."""
        value = self.fields.get(name)
        if not value:
            return ()
        parts = value if isinstance(value, list | tuple) else str(value).strip("[]").split(",")
        texts = tuple(dict.fromkeys(text for part in parts if (text := clean_text(str(part)))))
        return bounded_names(name, texts, self.add)


def to_paper(
    record: RawPaper,
    year: int | None,
    defaults: ListDefaults,
    problems: Problems,
    evidence: Evidence,
    text: tuple[str, str],
) -> Paper | None:
    """Return the paper of a record; report a record without a title and return None.

    year: for dates written without one. evidence: how the list writes names. text: title and abstract, already split
    if the source ran them together.
    """
    check = FieldCheck(record, year, defaults, problems)
    title = bounded_title(check.title(text[0]), check.add)
    if not title:
        problems.add(record.path, record.line, *_NO_TITLE, record.lines, 1)
        return None
    arxiv, doi, own_id = check.identifiers()
    authors, names = check.authors(evidence)
    abstract = clean_paragraphs(bounded_text("abstract", text[1], check.add)) if says_something(text[1]) else ""
    comment = check.text("comment")
    paper = Paper(
        id=arxiv or doi or own_id or slugify(title),
        title=title,
        abstract=abstract,
        ai_summary=clean_paragraphs(str(check.fields.get("ai_summary") or "")),
        authors=names,
        name_parts=authors.parts,
        author_ids=authors.ids[: len(names)],
        has_more_authors=authors.is_cut and not authors.others,
        published=check.published(),
        listed=check.listed(),
        tags=tuple(dict.fromkeys([*check.texts("tags"), *defaults.tags])),
        keywords=check.keywords(),
        links=links_in(f"{abstract}\n{comment}") | check.links(),
        arxiv=arxiv,
        version=check.version(arxiv),
        doi=doi,
        categories=tuple(filter(is_arxiv_category, check.texts("categories"))),
        image=check.image(),
        places=(Place(record.path, record.line),),
        upvotes=check.count("upvotes"),
        comments=check.count("comments"),
        stars=check.count("stars"),
        author_count=check.count("author_count") or _counted(authors, len(names)),
        organization=check.text("organization"),
        submitter=check.text("submitter"),
        announced=_ANNOUNCED.get(check.text("announced")),
        venue=check.venue(arxiv),
        volume=check.number("volume"),
        issue=check.number("issue"),
        pages=check.number("pages"),
        publisher=check.text("publisher"),
        language=check.language(),
        kind=check.kind(),
        comment=comment,
        withdrawal=_withdrawal(title, abstract, comment),
    )
    return paper if EDITOR_FIELDS.isdisjoint(check.fields) else _edited(paper, check)


def _withdrawal(title: str, abstract: str, comment: str | None) -> Withdrawal | None:
    notice = withdrawal_notice(title, abstract, comment or "")
    return None if notice is None else Withdrawal(notice)


def _edited(paper: Paper, check: FieldCheck) -> Paper:
    """Return a paper with the editorial fields of its record."""
    return replace(
        paper,
        summary=check.line("editor_summary"),
        note=check.line("note"),
        section=check.line("section", MAX_NAME),
        lead=check.lead(),
        hold=check.hold(),
        is_hidden=check.is_hidden(),
        formerly=tuple(bounded_items("formerly", list(former_ids(check.fields.get("formerly"))), check.add)),
    )


def _counted(authors: Authors, kept: int) -> int | None:
    """Return the number of authors if it exceeds the number of names kept, else None."""
    count = len(authors.names) + authors.others
    return count if count > kept else None


def is_web_address(text: str) -> bool:
    """Return whether a text is an http or https URL with a host and without spaces or controls."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_plain = not _UNFIT_FOR_URL.search(text) and strip_controls(text) == text
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain
