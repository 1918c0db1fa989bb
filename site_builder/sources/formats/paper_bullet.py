"""Read one bullet of a curated list into the fields of the paper it names, if it names one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import filled
from site_builder.names.line import are_several_names, names_in, without_affiliations
from site_builder.names.words import INSTITUTION
from site_builder.problems import shortened
from site_builder.sources.fields.citation import Reference, cited_by, cited_in, read_bold_names, read_citation
from site_builder.sources.fields.cited_venue import (
    UNDATED,
    VENUE_WORD,
    names_and_venue,
    venue_and_year,
    venue_fields,
    without_access_notes,
)
from site_builder.sources.fields.heading_translations import TRANSLATIONS
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, leads_to_paper
from site_builder.sources.fields.markdown_text import (
    Link,
    is_kind_word,
    links_by_kind,
    links_in,
    links_to_paper,
    plain_text,
    prose_without_kinds,
    without_links,
    without_reading_time,
    without_signs,
)
from site_builder.sources.fields.named_fields import add_identifiers
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.fields.written_date import MONTH_NAMES, MONTHS, written_date
from site_builder.sources.formats.before_title import BeforeTitle, split_before_title, without_code_before_title
from site_builder.sources.formats.bullet_title import (
    ANNOUNCEMENT,
    BOLD,
    IN_BRACKETS,
    OF_LINK,
    YEAR,
    find_title,
    other_papers,
    without_names_at_end,
    without_venue_at_end,
)
from site_builder.sources.formats.paper_body import is_title_label, label_of, lone_name

# Bullets of Word, mails and web pages.
_SIGNS = (
    r"\u2022\u2023\u25e6\u2013\u2014\u00b7\u2219\u25a0-\u25ab\u25b6-\u25ba\u25cb\u25cf"
    r"\u2192\u2713\u2714\u2794\u27a2\u27a4\uf0a7\uf0b7"
)
BULLET = lazy_pattern(
    rf"(?P<indent>[ \t]*)(?:[-*+{_SIGNS}]|o(?=\t)|\d{{1,4}}[.):]|\*{{0,2}}[\[(]\d{{1,3}}[\])]\*{{0,2}}\.?)"
    r"[ \t]+(?P<text>\S.*)"
)

_KEY_VALUE = lazy_pattern(r"[a-z][a-z_]{1,30}:(?:\s|\Z)")
_ITALIC_TAG = lazy_pattern(r"</?(?:i|em)>", re.IGNORECASE)
_CHECK_BOX = lazy_pattern(r"\[[ xX]\]\s+")
_SPACE_IN_LINK = lazy_pattern(r"\] \((?=https?://)")
_LINK_WITHOUT_SCHEME = lazy_pattern(r"\]\((?=(?:[\w-]{1,40}\.){1,4}[a-z]{2,6}/)")
_MONTH = "|".join([*MONTH_NAMES, *MONTHS])
_AROUND_DAY = " ,.:|()[]*_\u2013\u2014-"  # characters between a date and the title after it
_NO_TITLE = ("{", "`", "@", "<!--")
_MARKED = ("**", "[", "*[", "_[")  # begin a title in bold or with a link
_VENUE = lazy_pattern(
    r"\b(?<![a-z]\.)(?P<venue>[A-Z][A-Za-z&]{0,30}[A-Z][A-Za-z&]{0,30})(?:\s+(?:Workshop|Findings))?"
    r"(?:\s*(?:['\u2019]\s*)?(?:20)?|,\s(?:19|20))\d\d\b"
)
_PREPRINT = lazy_pattern(r"\b(?:ar|bio|med|chem)xiv\b", re.IGNORECASE)
_AROUND_VENUE = " ,.:;*|()[]\u2013\u2014-"
_REMARKS = lazy_pattern(r"(?<=\w)\s?[\u3010\[(][^\u3010\u3011\[\]()]{1,200}[\u3011\])]")  # of the list's author
_LONGEST_VENUE = 8  # words
_SMALL_VENUE_WORDS = frozenset("of the and on for in arXiv bioRxiv medRxiv".split())
_REMARK = lazy_pattern(r"\A\s*(?:[-\u2013\u2014:|]+)\s+(?P<text>\S.*)", re.DOTALL)
_LAST_BRACKETS = lazy_pattern(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*\Z")
_ISO_DAY = lazy_pattern(r"(?<![\d/-])\d{4}-\d\d-\d\d(?![\d-])")
_MONTH_OR_DAY = lazy_pattern(r"\d{4}-\d\d(?:-\d\d)?")
_WRITTEN_DAY = lazy_pattern(
    rf"(?:[,|\u2013\u2014-]\s+(?:on\s)?|(?P<open>\())(?P<day>\d{{1,2}}\.? (?:{_MONTH})\.?,? (?:19|20)\d\d"
    rf"|(?:{_MONTH})\.? \d{{1,2}},? (?:19|20)\d\d|(?:19|20)\d\d[./](?:0?[1-9]|1[0-2])(?![\d./-]))(?(open)\)|(?!\w))",
    re.IGNORECASE,
)
_KIND_LABEL = lazy_pattern(rf"\b{OF_LINK}(?=[\s*,;.|]|\Z)", re.IGNORECASE)
_BARE_ID = lazy_pattern(
    r"\b(?:doi:?\s?)?10\.\d{4,9}/\S+|\barxiv[:\s]\s?(?!(?:19|20)\d\d(?![\d.]))\S+|\bPMID:?\s?\d{4,9}", re.IGNORECASE
)
_PMID = lazy_pattern(r"\bPMID:?\s?(\d{4,9})", re.IGNORECASE)
_OTHERS_IN_ITALICS = lazy_pattern(r"[*_]{1,2}(et\.? ?al\.?)[*_]{1,2}", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    "by et al and in on of the at for to with proc proceedings vol no pp from via und et accepted oral spotlight poster"
    " highlight workshop best paper award arxiv preprint corr abs available at eprint thesis phd".split()
)
_LAST_YEAR = lazy_pattern(r",\s*(?:\d{1,2}\.\s?\d{1,2}\.\s?|[^\W\d_]{3,9}\s)?(?:19|20)\d\d\s*\Z")
_CATEGORY = lazy_pattern(r"\b[a-z]+(?:-[a-z]+)*\.[A-Z]{2}\b")  # of arXiv
_NUMERIC_DAY = lazy_pattern(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?![\d/.-])")
_AUTHORS_LABEL = "|".join(map(re.escape, ("authors", "author", "author(s)", *TRANSLATIONS["authors"])))
_BY = lazy_pattern(
    rf"\A(?:by\s+|(?:{_AUTHORS_LABEL})\s?[:\uff1a]\s*|(?:von|par|por)\s+(?=[^\s,]+ [^\s,]))", re.IGNORECASE
)
_NAMES_END = lazy_pattern(
    r"(?<!\b\w)\.\s+(?=[A-Z0-9(*]|(?:bio|med|ar|chem)[RX])"
    r"|\s[-\u2013\u2014|]\s|[(\[]|(?<=\bet al\.),?\s+|(?<=\bet al),\s+"
)
# The editor's decision at the end of a bullet to keep a paper back; if it were missed, the paper would be published.
_DECISION = lazy_pattern(
    r"[\s,.;|(\[\u2013\u2014-]+(?:\*\*)?(?P<key>hold|hide)(?:\*\*)?\s?:(?:\*\*)?\s?"
    r"(?P<value>true|yes|until\s\d{4}-\d\d-\d\d|\d{4}-\d\d-\d\d)[)\].]?\s*\Z",
    re.IGNORECASE,
)
_LONGEST_DECISION = 40  # characters
_LINE_BREAK = lazy_pattern(r"(?<!\s)\s*+<br\s*/?>\s*(?=\S)", re.IGNORECASE)
_DAY_IN_BRACKETS = lazy_pattern(r"\s\([^()]{3,25}(?:19|20)\d\d\)\s?:?")
_RANK = lazy_pattern(r"\((?:oral|spotlight|poster|highlight|award|best paper)\)|[\u2b50\u2605\u2606]\s?\d{1,6}\b", re.I)
_HASH_TAG = lazy_pattern(r"(?<!\s)\s++#([^\W\d_][\w/-]{1,40})(?=\s|\Z)")  # `#snow`
_AT_VENUE = lazy_pattern(
    r"(?:\s?[(\[\uff08](?:(?=\d{4})|(?P<name>[A-Za-z][\w&/.+-]*(?:\s[\w&/.+-]+){0,4}?)[\s,'\u2019-]{0,3})"
    r"|(?:(?<=[.?!])\s|,\s)(?P<venue>[A-Z][\w&/.+-]*(?:\s[\w&/.+-]+){0,4}?)[\s,'\u2019-]{1,3})"
    r"(?P<year>(?:19|20)\d\d|(?<=['\u2019])\d\d)\b(?P<more>[^()\[\]\uff08\uff09]{0,80})(?:[)\]\uff09]|\Z|(?=\s))"
)
_NO_VENUE = lazy_pattern(rf"(?:{_MONTH}|Spring|Summer|Fall|Autumn|Winter|Since|In|On|Of|The|From)\b", re.IGNORECASE)
_FEWEST_AT_VENUE = 2  # words of a title before its venue
_LONGEST_DAY = 24  # characters at the beginning of a bullet
_PRESENTER = lazy_pattern(
    r"\s?[,;.(\[|\u2013\u2014-]{0,2}\s?(?:presented|discussed|moderated) by [^()\[\].]{2,60}[)\]]?\.?\Z", re.IGNORECASE
)
_YEAR_WRITTEN = lazy_pattern(r"(?:19|20)\d\d|['\u2019]\d\d")
_VENUE_FIRST = lazy_pattern(
    r"(?P<venue>[A-Z][\w&/.+-]*(?:\s[\w&/.+-]+){0,2})\s(?P<year>(?:19|20)\d\d)(?:\.\d\d)?\s?[,:]\s+(?P<title>[^\W_a-z].+)"
)
_UNDATED = lazy_pattern(UNDATED)


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper that a text names. doubt: the message on what was guessed, "" if nothing was.

    is_titled: whether the title is on a line above the fields, so that prose below them is the abstract.
    unread: what is next to the title and was not read → what it looks like.
    """

    fields: dict[str, Any]
    doubt: str = ""
    is_titled: bool = False
    unread: Mapping[str, str] = field(default_factory=dict)


def is_key_value(text: str) -> bool:
    """Return whether a bullet is a `key: value` line of YAML or of Broadsheet's own Markdown."""
    return _KEY_VALUE.match(text) is not None


def bullet_fields(text: str) -> dict[str, object] | None:
    """Return the fields of the paper that a bullet names, None if it names none."""
    found = named_paper(text)
    return found.fields if found else None


def named_paper(text: str) -> NamedPaper | None:
    """Return the paper that a bullet names, None if it names none.

    A bullet names a paper if it links to one or has an id, has a bold title followed by a year, is a reference with
    authors and a year, or is a title followed by venue and year or by several authors.
    """
    text = _plain_marks(text)
    if is_label_line(text):
        return None
    text, decision = _without_decision(text)
    text, presenter = _without_presenter(text)
    found, text = split_before_title(text)
    text, tags = _HASH_TAG.sub("", text), _HASH_TAG.findall(text)
    text, tags = without_code_before_title(text, tags)
    if text.startswith(_NO_TITLE):
        return None
    text, cited_by_link = _without_citation_label(text)
    others = other_papers(links_in(text))
    links = tuple(link for link in links_in(text) if link not in others)
    title, start, end = find_title(text, links)
    is_marked = bool(title) and start <= len("**") and text.startswith(_MARKED)
    citation = (read_bold_names(text) or _read_linked_names(text, links)) if is_marked else read_citation(text)
    if citation:
        title, before, after = citation.title, "", without_access_notes(citation.after)
    else:
        before, after = text[:start], text[end:]
        title, after = without_names_at_end(title, after, is_dated=bool(found.day))
        title, after = without_venue_at_end(title, after) if not links else (title, after)
    title, before, after, cited = _without_citation(title, f"({found.venue})" if found.venue else before, after)
    cited = cited or cited_by_link
    is_cited = not cited.keys().isdisjoint({"published", "arxiv"})
    is_paper = is_cited or _names_paper(text, found, links, title, after, citation)
    if not (is_paper or _has_venue_or_authors(text, found, title, before, after)):
        return None
    fields: dict[str, object] = {
        "title": title,
        "links": links_by_kind([*found.links, *links]),
        **decision,
        **_relative_pdf(title, [*found.links, *links]),
    }
    details, lone = _details(*(" ".join(_bare(part).split()) for part in (before, after)))
    fields |= details
    if "abstract" in details and (remark := _REMARK.match(prose_without_kinds(after))):
        fields["abstract"] = remark["text"]
    if citation:
        lone = citation.authors[0] if citation.is_doubtful else "" if citation.authors else lone
        fields = _with_reference(fields, citation, after)
    if cited:
        fields |= {name: value for name, value in cited.items() if not fields.get(name)}
    fields["published"] = written_date(found.day) if found.day else found.year or fields["published"]
    _add_ids(fields, found, without_links(f"{before} {after}"))
    kept = filled({**fields, "tags": tags})
    category = _CATEGORY.fullmatch(found.label)
    if categories := [category[0]] if category else _categories(f"{before} {after}", kept):
        kept["categories"] = categories
    unread = {} if (citation and "venue" in kept) or "abstract" in kept else _unread(f"{before} {after}", kept)
    unread |= _unread_links("" if category else found.label, others, kept) | presenter
    return NamedPaper(kept, f'"{lone}" is taken for the author of "{shortened(title)}"' if lone else "", unread=unread)


def _plain_marks(text: str) -> str:
    """Return a bullet's text in one line, with brackets, emphasis, breaks and links normalised to plain Markdown."""
    text = text.replace("***", "**").replace("\uff08", " (").replace("\uff09", ") ")
    text = text.replace("\\[[", "[[").replace("\\[", "[").replace("\\]", "]") if "\\[" in text else text  # of GitBook
    text = _LINE_BREAK.sub(" | ", _OTHERS_IN_ITALICS.sub(r"\1", text)).replace(" \u00b7 ", " | ")
    if "](" in text or "] (" in text:
        text = _LINK_WITHOUT_SCHEME.sub("](https://", _SPACE_IN_LINK.sub("](", text))
    return without_signs(_CHECK_BOX.sub("", _ITALIC_TAG.sub("*", " ".join(without_reading_time(text).split())), 1))


def paper_at_venue(text: str) -> NamedPaper | None:
    """Return the paper of `A Title (ICML 2024)` or `ICML 2024, A Title`; for lists in which most bullets are like that.

    None for any other text.
    """
    if not _YEAR_WRITTEN.search(text):
        return None
    text, presenter = _without_presenter(text)
    day = ""
    if any(map(str.isdigit, text[:_LONGEST_DAY])):
        dated, rest = split_before_title(text)
        text, day = (rest, dated.listed) if dated.listed else (text, "")
    links = links_in(text)
    bare = " ".join(plain_text(without_links(text)).split())
    if (first := _VENUE_FIRST.fullmatch(bare)) and not _NO_VENUE.match(first["venue"]):
        title = first["title"].strip(" .,:;/|")
        fields = {"title": title, "venue": first["venue"], "published": first["year"]}
        is_title = len(title.split()) >= FEWEST_WORDS
        return NamedPaper(filled({**fields, "links": links_by_kind(links)})) if is_title else None
    found = _AT_VENUE.search(bare)
    title = without_signs(bare[: found.start()]).strip(' .,:"\u201c\u201d') if found else ""
    venue = (found["name"] or found["venue"] or "") if found else ""
    if found is None or len(title.split()) < _FEWEST_AT_VENUE or _NO_VENUE.match(venue) or names_in(title):
        return None
    year = found["year"] if len(found["year"]) > len("24") else f"20{found['year']}"
    comment = f"{found['more']} {bare[found.end() :]}".strip(" .,;-")
    fields = {"title": title, "venue": venue, "published": year, "comment": comment, "listed": day}
    return NamedPaper(filled({**fields, "links": links_by_kind(links)}), unread=presenter)


def _without_presenter(text: str) -> tuple[str, dict[str, str]]:
    """Return a text without who presents the paper in a reading group, and that this is not read."""
    bare = _PRESENTER.sub("", text)
    return bare, ({"presented by": "text"} if bare != text else {})


def _without_decision(text: str) -> tuple[str, dict[str, str]]:
    """Return a bullet's text without a `hold: …` or `hide: true` at its end, and that as a field."""
    found = _DECISION.search(text, max(0, len(text) - _LONGEST_DECISION))
    return (text[: found.start()], {found["key"].lower(): found["value"]}) if found else (text, {})


def _unread_links(label: str, others: Sequence[Link], fields: Mapping[str, object]) -> dict[str, str]:
    """Return as unread: an unknown label before a title, and links to further papers that the abstract lacks."""
    is_left = any(link.url not in str(fields.get("abstract")) for link in others)
    return ({} if is_kind_word(label) else {"label before a title": "text"}) | (
        {"a paper beside a title": "a link"} if is_left else {}
    )


def _categories(around: str, fields: Mapping[str, object]) -> list[str]:
    """Return the arXiv categories next to a title; [] if there is an abstract, which may mention them."""
    return [] if "abstract" in fields else list(dict.fromkeys(_CATEGORY.findall(without_links(around))))


def _with_reference(fields: dict[str, object], citation: Reference, after: str) -> dict[str, object]:
    """Return the fields with those of a reference, which replace what was found around the title."""
    where = venue_fields(_bare(after))
    if not citation.authors and "volume" not in where and (placed := names_and_venue(_bare(after).strip(" .,;*"))):
        fields, where = {**fields, "authors": placed[0]}, placed[1]
    if "volume" in where and str(fields.get("abstract", "")).startswith(str(where.get("venue"))):
        fields = {name: value for name, value in fields.items() if name != "abstract"}  # `Title. – Journal 12 (3): 4–9`
    venue = _BY.sub("", str(where.get("venue", "")))
    names = names_in(venue) or ([venue] if [venue] == fields.get("authors") else [])
    if not citation.authors and (len(names) > 1 or names == fields.get("authors")):
        where = {name: value for name, value in where.items() if name != "venue"}  # names after a quoted title
        fields = {**fields, "authors": fields.get("authors") or names}
    known = {"authors": citation.authors or fields.get("authors"), "published": citation.year or fields["published"]}
    return {**fields, **where, **known}


def _unread(around: str, fields: Mapping[str, object]) -> dict[str, str]:
    """Return as unread: text or a date next to a title that is in none of its fields."""
    bare = _CATEGORY.sub("", plain_text(_bare(around)))
    bare = without_affiliations(bare) if fields.get("authors") else bare
    known = set(
        re.findall(r"[^\W\d_]+", f"{fields.get('title')} {fields.get('authors')} {fields.get('venue')}".casefold())
    )
    words = [word for word in re.findall(r"[^\W\d_]{2,}", bare) if not is_kind_word(word)]
    if any("\u3040" <= word[0] <= "\ud7a3" and word not in known and not label_of(f"{word}:") for word in words):
        return {"text beside a title": "text"}
    if len([word for word in words if word.casefold() not in known | _SMALL_WORDS]) > 1:
        return {"text beside a title": "text"}
    return {"text beside a title": "a date"} if _NUMERIC_DAY.search(bare) and "volume" not in fields else {}


def own_links(text: str) -> dict[str, str] | None:
    """Return the links by kind of a bullet that has only links and words for kinds of links, None for any other."""
    links = links_in(text)
    rest = re.sub(r"[^\w\s-]", " ", without_links(text)).split()
    is_bare = all(is_kind_word(word) for word in rest) and all(not is_title_label(link.label) for link in links)
    return links_by_kind(links) if links and is_bare else None


def is_label_line(text: str) -> bool:
    """Return whether a line is a field of the paper above it: `**Authors:** …`, `Links: [PDF](…)`."""
    label = label_of(text)
    if label is None:
        return False
    links = links_in(text)
    words = [word for word in re.findall(r"\w+", without_links(label[1])) if not is_kind_word(word)]
    is_title = any(is_title_label(link.label) for link in links) or len(words) > FEWEST_WORDS
    return label[0] != "links" or not is_title


def _read_linked_names(text: str, links: Sequence[Link]) -> Reference | None:
    """Return the reference if names are followed by a title that is bold or a link; None for any other text.

    The names may be bold or links themselves.
    """
    titles = [(link.start, link.end) for link in links if leads_to_paper(link.url) and is_title_label(link.label)]
    titles += [bold.span() for bold in BOLD.finditer(text) if len(bold["text"].split()) >= FEWEST_WORDS]
    start, end = min(titles, default=(0, 0))
    names = names_in(plain_text(text[:start]).strip(" ,.:|\u2013\u2014-")) if start else []
    return Reference(plain_text(text[start:end]).strip(" ."), names, "", text[end:]) if names else None


def _names_paper(
    text: str, found: BeforeTitle, links: Sequence[Link], title: str, after: str, citation: Reference | None
) -> bool:
    if _has_address(text, found) or (title and any(map(_is_relative_pdf, (*found.links, *links)))):
        return True
    in_brackets = IN_BRACKETS.match(after)
    has_year = in_brackets is not None and YEAR.search(after[:80]) is not None
    if title and has_year and text.startswith("**"):
        return True
    if citation and citation.authors:
        return bool(citation.year or any(mark.search(text) for mark in (YEAR, _BARE_ID, _UNDATED)))
    if citation and (_VENUE.search(after) or names_in(YEAR.sub("", _VENUE.sub("", after)).strip(" .,"))):
        return YEAR.search(after) is not None
    return bool(title) and _BARE_ID.search(without_links(text)) is not None


def _has_address(text: str, found: BeforeTitle) -> bool:
    """Return whether a text links to a paper, or begins with an id of one or a link to one."""
    has_link = links_to_paper(text) or any(links_to_paper(f"<{link.url}>") for link in found.links)
    return has_link or any((found.arxiv, found.doi, found.pmid))


def _has_venue_or_authors(text: str, found: BeforeTitle, title: str, before: str, after: str) -> bool:
    """Return whether a title begins a text and has its venue and year next to it, or its authors after it."""
    if found.venue and looks_like_title(title) and not _bare(after).strip(_AROUND_VENUE):
        return True
    return not before.strip(" *") and not text.startswith("[") and _is_title_before_venue(title, after)


def _is_title_before_venue(title: str, after: str) -> bool:
    """Return whether a title without a link is followed by its venue and year, its year in brackets, or its authors."""
    is_title = len(title.split()) >= FEWEST_WORDS and looks_like_title(title) and title.count("(") == title.count(")")
    if not is_title or ANNOUNCEMENT.search(title) or (_VENUE.search(title) and YEAR.search(title)):
        return False
    in_brackets = IN_BRACKETS.match(after.lstrip(" .,"))
    if in_brackets and _is_venue_and_year(in_brackets["text"]):
        return True
    bare = _REMARKS.sub("", plain_text(_bare(after))).strip(_AROUND_VENUE)
    if in_brackets and bare.isdigit() and YEAR.fullmatch(bare):
        return len(title.split()) > FEWEST_WORDS and " by " not in title
    names, *rest = _NAMES_END.split(_LAST_YEAR.sub("", bare), maxsplit=1)
    return _is_reference_end(bare) or (are_several_names(_BY.sub("", names)) and all(map(_is_reference_end, rest)))


def _is_reference_end(text: str) -> bool:
    """Return whether a text is only a venue and a year as at the end of a reference: `NeurIPS 2023, Oral`."""
    words = re.findall(r"[^\W\d_]+", text)
    is_name = all(word[0].isupper() or word in _SMALL_VENUE_WORDS for word in words)
    return is_name and _is_venue_and_year(text.strip(_AROUND_VENUE))


def _is_venue_and_year(text: str) -> bool:
    """Return whether a short text has a venue and a year: `SIGMOD 2021`, `2018 arXiv`, `CIDR 2022, best demo award`."""
    venue = _VENUE.search(text)
    has_venue = venue or VENUE_WORD.search(text) or _PREPRINT.search(text)
    is_short = len(text.split()) <= _LONGEST_VENUE and ". " not in text
    return bool(has_venue and (venue or YEAR.search(text))) and is_short


def _is_relative_pdf(link: Link) -> bool:
    is_elsewhere = not link.url.startswith(("http://", "https://", "#", "mailto:"))
    return is_elsewhere and link.url.lower().endswith((".pdf", ".ps", ".ps.gz")) and not link.is_picture


def _relative_pdf(title: str, links: Sequence[Link]) -> dict[str, object]:
    """Return the relative link to a PDF, so that `papers/` reports that it leads nowhere on the web."""
    found = next((link.url for link in links if _is_relative_pdf(link)), None)
    by_kind = links_by_kind(links)
    return {"links": {"pdf": found, **by_kind}} if title and found else {}


def _bare(text: str) -> str:
    """Return a text without links, labels of links, and ids."""
    return _BARE_ID.sub("", _KIND_LABEL.sub("", without_links(text)))


def _details(before: str, after: str) -> tuple[dict[str, object], str]:
    """Return date, venue, authors and explanation around a title, and the author's name if it is a single one."""
    fields: dict[str, object] = {}
    around = f"{before} {after}"
    day = _ISO_DAY.search(around)
    written_day = None if day else _WRITTEN_DAY.search(after)
    if written_day:
        after = f"{after[: written_day.start()]}{after[written_day.end() :]}"
    years = YEAR.findall(re.sub(r"\bpp?\.\s?[\d\u2013-]+", "", around))
    with_year = re.search(r"\(((?:19[5-9]|20\d)\d)\)", around)
    fields["published"] = day[0] if day else with_year[1] if with_year else years[0] if years else ""
    written = written_date(plain_text(before).strip(_AROUND_DAY)) if years else ""
    written = written_date(written_day["day"]) if written_day else written
    if _MONTH_OR_DAY.fullmatch(written):
        fields["published"] = written
    in_brackets = IN_BRACKETS.match(after)
    venue = _VENUE.search(around)
    bracketed_venue = {} if venue or not in_brackets else venue_and_year(plain_text(in_brackets["text"]))
    fields["venue"] = venue["venue"] if venue else bracketed_venue.get("venue", "")
    names = names_in(plain_text(before).strip(' ."\u201c')) if before else []
    remark = _REMARK.match(after)
    remark_text = plain_text(remark["text"] if remark else after.strip(" .,")).strip(" .,;*")
    if placed := names_and_venue(remark_text):
        return {**fields, **placed[1], "authors": placed[0]}, ""
    if remark and _is_detail(remark["text"]):
        after, remark = remark["text"], None
    if remark and not names_in(_LAST_BRACKETS.sub("", remark["text"]).strip(" |\u2013\u2014-")):
        return {**fields, "authors": names, "abstract": plain_text(remark["text"])}, ""
    in_brackets = IN_BRACKETS.match(after)
    names = names or (names_in(_BY.sub("", in_brackets["text"])) if in_brackets else [])
    if names:
        return {**fields, "authors": names}, ""
    rest = IN_BRACKETS.sub("", after.strip(" *"), 1).strip(" ,.:;-|*\u2013\u2014")
    is_by = _BY.match(rest) is not None
    whole = _BY.sub("", rest)
    rest = _LAST_YEAR.sub("", whole)
    for number, part in enumerate(_NAMES_END.split(rest)):
        found = names_in(_VENUE.sub("", plain_text(part)).strip(" ,;:*"), is_single_known=is_by)
        if found:
            return {**fields, **_venue_after_names(whole.partition(part)[2]), "authors": found}, ""
        if number == 0 and (found := lone_name(part)):
            return {**fields, **_venue_after_names(whole.partition(part)[2]), "authors": found}, found[0]
        is_by = False
    return fields, ""


def _venue_after_names(text: str) -> dict[str, object]:
    """Return the venue after the names of authors: a journal with its volume, or a venue with its year."""
    where = venue_fields(text)
    return where if "volume" in where else venue_and_year(plain_text(_bare(text)))


def _is_workplace(text: str) -> bool:
    """Return whether a text is a workplace of authors: `MIT`, `University of Meadows`."""
    return INSTITUTION.search(text) is not None or (text.isupper() and text.isalpha())


def _is_detail(text: str) -> bool:
    """Return whether a remark consists only of names, workplaces, a date, and a venue with a year."""
    bare = YEAR.sub("", _VENUE.sub("", _ISO_DAY.sub("", _DAY_IN_BRACKETS.sub("", text))))
    bare = _RANK.sub("", _CATEGORY.sub("", bare))
    parts = [
        part.strip(" ,;:*.()[]|\u2013\u2014-") for part in re.split(r"\s[|\u2013\u2014-]\s|(?<=et al\.),?|\(", bare)
    ]
    texts = [part for part in parts if part.strip(" |\u2013\u2014-")]
    has_names = bool(texts) and all(map(_is_workplace, texts[1:]))
    has_names = has_names and bool(names_in(texts[0]) or lone_name(texts[0]))
    return has_names or (not texts and bare != text)


def _without_citation(title: str, before: str, after: str) -> tuple[str, str, str, dict[str, object]]:
    """Return title, text before and text after without a citation in brackets (authors, year), and its fields."""
    for index, text in enumerate((title, after, before)):
        cited = cited_in(text, is_at_end=index == 0)
        if cited:
            parts = [title, before, after]
            parts[(0, 2, 1)[index]] = cited.rest
            return parts[0], parts[1], parts[2], cited.fields
    return title, before, after, {}


def _without_citation_label(text: str) -> tuple[str, dict[str, object]]:
    """Move a link labelled with authors and year to the end of a text; return the text and these fields."""
    for link in links_in(text):
        if cited := cited_by(link.label):
            rest = f"{text[: link.start].rstrip()}{text[link.end :].lstrip(' .')}"
            return f"{rest} [paper]({link.url})", cited.fields
    return text, {}


def _add_ids(fields: dict[str, object], found: BeforeTitle, around: str) -> None:
    """Add venue and ids from the text before the title, then ids from links, then from the text around the title."""
    fields["venue"] = fields.get("venue") or found.label_venue
    if found.venue and not fields.get("venue"):
        venue, year = _VENUE.search(found.venue), YEAR.search(found.venue)
        fields["venue"] = venue["venue"] if venue else ""
        fields["published"] = fields["published"] or (year[0] if year else "")
    if found.arxiv:
        fields["arxiv"] = found.arxiv
    if found.doi:
        fields["doi"] = found.doi
    if found.listed:
        fields["listed"] = found.listed
    if found.pmid:
        fields["id"] = f"pmid:{found.pmid}"
    add_identifiers(fields)
    if pmid := _PMID.search(around):
        fields["id"] = f"pmid:{pmid[1]}"
    if "abstract" not in fields:
        fields["arxiv"] = fields["arxiv"] or arxiv_in(around)
        fields["doi"] = fields["doi"] or doi_in(around)
