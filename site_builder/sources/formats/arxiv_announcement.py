"""What arXiv announces in a day: its mail, and its listing and search pages as copied from a browser."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, Skipped, filled
from site_builder.names.line import names_in
from site_builder.sources.fields.field_names import by_word
from site_builder.sources.fields.heading_dates import heading_day
from site_builder.sources.fields.identifiers import ARXIV_ID, CATEGORY, doi_in
from site_builder.sources.fields.unread import look_of
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats.arxiv_atom import REPLACEMENTS
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_ID = lazy_pattern(rf"(?:\[\d{{1,4}}\]\s*)?arXiv:(?P<id>{ARXIV_ID})(?P<rest>\s.*|)", re.IGNORECASE)
_FIELD = lazy_pattern(r"(?P<name>[A-Z][A-Za-z-]{1,20}(?: (?:ref|Class|number))?)\s*:\s*(?P<value>.*)")
_FIELD_NAMES = by_word(
    {
        **{"title": "title", "authors": "author authors", "categories": "categories subjects", "comment": "comments"},
        **{"venue": "journal-ref", "doi": "doi", "published": "date"},
    }
)
_USELESS = frozenset({"msc-class", "acm-class", "report-no", "report-number", "proxy", "license"})
_PLACES = lazy_pattern(r"\s*\([^()]*\)")
_RULE = lazy_pattern(r"[-=_%]{3,}.*")
_SECTION = lazy_pattern(
    r"(?P<kind>new submissions|cross[- ](?:submissions|lists)|replacement submissions)\b", re.IGNORECASE
)
_ANNOUNCED = {"new": "new", "cro": "cross", "rep": "replace"}
_CODE = lazy_pattern(r"\(([a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]{2,20})?)\)")
_DAY_LINE = lazy_pattern(
    r"(?:Showing new listings for|New submissions for|Submissions received from)\b.*", re.IGNORECASE
)
_DAY_OF_PAGE = lazy_pattern(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4}(?:\s\(.*)?")
# What the search page shows of a paper: next to its id, below its abstract, and where it cuts that off.
_TAGS = lazy_pattern(rf"(?:\[[^\[\]]*\])?\s*(?P<categories>(?:{CATEGORY}\s+)*{CATEGORY})(?:\s+doi\s.*)?")
_SUBMITTED = lazy_pattern(
    r"Submitted (?P<last>[^;]{5,20});(?: v1 submitted (?P<first>[^;]{5,20});)? originally announced .*"
)
_MORE = lazy_pattern(r"\s*(?:\u25bd\s?More|\u25b3\s?Less)\s*\Z")
_PAGE_LINE = lazy_pattern(
    r"(?:Total of \d+|Showing \d|See (?:also|today)|\[?\s*(?:new|recent|fewer|more|all)\b).*", re.IGNORECASE
)


class _AnnouncedPaper:
    """One announced paper, built line by line."""

    def __init__(self, number: int, found: re.Match[str], announced: str, *, is_of_mail: bool) -> None:
        rest = found["rest"].casefold()
        is_cross, is_replaced = "cross-list" in rest, "replac" in rest
        self.announced = "cross" if is_cross else "replace" if is_replaced else announced
        self.fields: dict[str, list[str]] = {"arxiv": [found["id"]]}
        self.unread: dict[str, list[str]] = {}
        self.abstract: list[str] = []
        self.line, self.lines = number, 1
        self.is_over = False
        self._is_below = False  # the abstract on the search page, where further fields stand
        self._is_of_mail = is_of_mail
        self._value: list[str] | None = None  # value of the field that the next lines continue
        self._separators = 0  # number of `\\` separators seen in a mail
        self._add_tags(found["rest"])

    def add(self, text: str, *, is_indented: bool) -> None:
        self.lines += 1
        field = _FIELD.match(text)
        if text.startswith("\\\\"):
            self._separators += 1
            self._value = None
            self.is_over = "http" in text or self._separators > 1
        elif text.casefold().startswith("replaced with"):
            self.announced = "replace"
        elif field and (self._is_below or not self.abstract) and self._is_field(_name_of(field)):
            name = _name_of(field)
            values = self.fields if name in _FIELD_NAMES else {} if name in _USELESS else self.unread
            self._value = values[_FIELD_NAMES.get(name, field["name"])] = list(filter(None, [field["value"].strip()]))
        elif not self._is_of_mail and self._add_of_page(text):
            return
        elif self._value is not None and not self.abstract and (is_indented or _goes_on(self._value)):
            self._value.append(text)
        else:
            self._value = None
            is_paragraph = is_indented and self._is_of_mail and bool(self.abstract)
            self.abstract.append(f"\n\n{text}" if is_paragraph else text)

    def _add_of_page(self, text: str) -> bool:
        """Add a line of a page that has no label: tags, title, names, dates, the abstract; return whether it is one."""
        submitted = _SUBMITTED.fullmatch(text)
        if self._are_names(text):
            self.fields["authors"] = self._value = [text]
        elif submitted:
            self.fields["published"] = [submitted["first"] or submitted["last"]]
            self._is_below = True
        elif "title" not in self.fields:
            if not self._add_tags(text):
                self.fields["title"] = [text]
        elif self._value and self._value is self.fields.get("categories"):  # however far it is indented
            self._value = None
            self.abstract.append(text)
        else:
            return False
        return True

    def _add_tags(self, text: str) -> bool:
        """Add the categories and the DOI that the search page has next to an id; return whether a line holds them."""
        found = _TAGS.fullmatch(text.strip())
        if found:
            self.fields |= {"categories": [found["categories"]], "doi": [doi_in(text) or ""]}
        return found is not None

    def _are_names(self, text: str) -> bool:
        """Return whether a line below the title, where no label is, holds names."""
        is_next = bool(self.fields.get("title")) and not (self.abstract or "authors" in self.fields)
        return is_next and bool(names_in(_without_places(text), is_single_known=True))

    def _is_field(self, name: str) -> bool:
        """Return whether a label names a field; in the header of a mail, above the abstract, any label does."""
        return name in _FIELD_NAMES or name in _USELESS or (self._is_of_mail and not self._separators)

    def item(self, path: str, listed: str) -> Item:
        if self.announced in REPLACEMENTS:
            return Skipped(path, self.line, f"a replacement (announce type {self.announced})", self.lines)
        texts = {name: " ".join(parts) for name, parts in self.fields.items()}
        authors, subjects = texts.get("authors", ""), texts.pop("categories", "")
        if "published" in texts:
            day = heading_day(texts["published"])
            texts["published"] = str(day) if day and day.year else written_date(texts["published"])
        fields: dict[str, object] = dict(texts)
        fields["authors"] = names_in(_without_places(authors), is_single_known=True) or authors
        fields["categories"] = _CODE.findall(subjects) or subjects.split()
        abstract = " ".join(self.abstract).removeprefix("Abstract:").replace(" \n\n", "\n\n")
        abstract = _MORE.sub("", abstract).strip()
        fields |= {"abstract": abstract, "announced": self.announced, "listed": listed}
        looks = {name: look_of(" ".join(parts)) for name, parts in self.unread.items()}
        unread = {name: look for name, look in looks.items() if look}
        return RawPaper(filled(fields), path, self.line, self.lines, unread)


def _without_places(authors: str) -> str:
    """Return authors without where they work, in brackets within brackets at most: `A. Roe (1) ((1) Meadow)`."""
    return _PLACES.sub("", _PLACES.sub("", authors))


def _name_of(field: re.Match[str]) -> str:
    return field["name"].casefold().replace(" ", "-")


def _goes_on(value: list[str]) -> bool:
    """Return whether the next line belongs to a value: it has none yet, or its names go on."""
    return not value or value[-1].endswith(",")


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each announced paper; replacements are skipped, other lines are boilerplate."""
    paper: _AnnouncedPaper | None = None
    announced, listed = "new", ""
    is_of_mail = False  # a mail puts its fields between two `\\` separators
    for number, line in source.lines():
        text = line.strip()
        if not text:
            continue
        found = _ID.fullmatch(text)
        section = _SECTION.match(text)
        is_other = bool(
            section
            or _DAY_LINE.match(text)
            or _DAY_OF_PAGE.fullmatch(text)
            or _RULE.fullmatch(text)
            or (_PAGE_LINE.match(text) and not paper)
        )
        if paper and (found or is_other or paper.is_over):
            yield paper.item(source.path, listed)
            paper = None
        if found:
            paper = _AnnouncedPaper(number, found, announced, is_of_mail=is_of_mail)
            continue
        if paper:
            paper.add(text, is_indented=line[:1].isspace())
            continue
        announced = _ANNOUNCED[section["kind"][:3].casefold()] if section else announced
        is_day = _DAY_LINE.match(text) or _DAY_OF_PAGE.fullmatch(text)
        if is_day and (day := heading_day(text)) and day.year:
            listed = str(day)
        is_of_mail = text.startswith("\\\\")
        yield Boilerplate(number)
    if paper:
        yield paper.item(source.path, listed)


def recognises(source: Source) -> bool:
    """Return whether below most arXiv ids on their own line is `Title:`, or `Authors:` if files are next to them."""
    lines = [line.strip() for line in source.head.split("\n") if line.strip()]
    ids = [index for index, line in enumerate(lines) if _ID.fullmatch(line)]
    titled = sum(
        any(
            line.startswith(("Title:", "Authors:") if "[" in lines[index] else "Title:")
            for line in lines[index + 1 : index + 5]
        )
        for index in ids
    )
    return titled > 0 and titled >= len(ids) / 2


READER = Reader(
    name="arXiv announcement",
    about="arXiv's daily mail, or its listing or search page copied from the browser; replacements are set aside",
    example="[1] arXiv:2605.01234 [pdf, html, other]\nTitle: A Paper\nAuthors: F. Last\nSubjects: Robotics (cs.RO)",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
