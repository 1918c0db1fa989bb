"""Parse a reference in the style of a bibliography: APA, MLA, IEEE, Vancouver, Chicago and others."""

import re
from dataclasses import dataclass

from site_builder.lazy import lazy_pattern
from site_builder.names.line import at_commas, names_in
from site_builder.names.others import without_others
from site_builder.names.words import FAMILY_NAMES, may_be_method
from site_builder.names.words import is_group as is_group_name
from site_builder.sources.fields.cited_venue import (
    GB_MARK,
    ITALIC,
    UNDATED,
    VENUE_WORD,
    YEAR,
    before_journal,
    has_publication_details,
    venue_fields,
)
from site_builder.sources.fields.identifiers import ARXIV_ID
from site_builder.sources.fields.markdown_text import is_kind_word, links_in, plain_text, without_links

_KEY = lazy_pattern(r"\A\[[^\W\d_]{1,6}\+?\d{2}[a-z]?\]\s+")  # BibTeX's alpha style: `[LBH15]`
_WIDE_SIGN = lazy_pattern("[\uff3b\uff0e]|\uff0c.{0,99}(?:[\u5dfb\u5377\u53f7\u671f]|(?i:vol|pp))")
_OF_WIDE = dict(zip("\uff0c\uff0e\uff1a\uff1b\u3002", ",.:;.", strict=True))
_QUOTED = lazy_pattern(
    r"(?:[\"\u201c\u201d\u201e\u00ab]|``|(?<!\w)['\u2018](?=[A-Z]))\*{0,2}(?P<title>[^\"\u201c\u201d\u201e\u00ab\u00bb]{8,400}?)\*{0,2}"
    r"[,.]?(?:[\"\u201c\u201d\u00bb]|''|(?<=[\w,.?!])['\u2019](?!\w))\*{0,2}"
)
_CORNERS = lazy_pattern(r"[\u300c\u300e\u300a](?P<title>[^\u300a-\u300f]{2,300})[\u300d\u300f\u300b]")
_AUTHOR_MARK = lazy_pattern(r"(?<=[\u3040-\u9fff])\s?(?:\u8457|\u4ed6)\Z")
_LONGEST_IDEOGRAPHS = 6  # characters of a name
_IDEOGRAPHS = lazy_pattern(r"[\u4e00-\u9fff]{2,6}")
_DATED = lazy_pattern(
    rf"(?:{UNDATED}|[(\[](?P<year>{YEAR})[a-z]?(?:, [^\W\d_]{{3,9}}\.?(?: \d{{1,2}})?)?[)\]]"
    rf"|(?:[.,] |\.,)(?P<bare>{YEAR})[a-z]?(?=[.:])|(?<=[^\W\d_a-z]) (?P<alone>{YEAR})[a-z]? (?=[^\W\d_a-z\s]))"
    r"[.:,]{0,2}\s*(?:[\u2013\u2014-]\s+)?"
)
_YEAR_AT_END = lazy_pattern(rf"[\s,.(\[]+(?P<year>{YEAR})[a-z]?[\s)\].,:]*\Z")
_TRAILING_KIND = lazy_pattern(
    r"\s[\[(][^()\[\]]{0,60}(?:thesis|dissertation|preprint)[^()\[\]]{0,60}[\])]\.?\Z|\s:\s(?:\u0434\u0438\u0441|\u0430\u0432\u0442\u043e\u0440\u0435\u0444).*",
    re.IGNORECASE,
)
_SENTENCE = lazy_pattern(
    r"[.?!][\"\u201d\u2019*]{0,3}\s+(?=[^a-z\s]|arXiv|bioRxiv|medRxiv"
    r"|(?:[a-z&]{2,20} ){1,6}\d{1,4}(?:, \d{1,4} \(|\s?\())"
)
_NO_END = lazy_pattern(
    r"(?:\b[^\W\d_]|\b(?:vs|vol|no|pp|proc|conf|int|jr|sr|st|al|dr|eds?|trans|etc|e\.g|i\.e))\.\Z", re.IGNORECASE
)
_AFTER_TITLE = lazy_pattern(
    r"\s*,?\s*(?:\[(?:[A-DGJMNPRSZ]|EB|DB|CP)(?:/OL)?\](?!\()|\[\[|\s//|\s/\s(?=[^\s,]{1,20}\.)|(?<=[.?!])\s[\u2013\u2014]\s|"
    r"\[(?=[^\[\]]{1,300}\]\()|https?://|\b(?:doi|arxiv|pmid)\s*:|[*_](?=[A-Z])|\s[\u2013\u2014|]\s"
    r"|(?<=[.,?!])\s*In:?\s(?=[*_A-Z])|\((?=[^()]{0,40}(?:19|20)\d\d\)))"
    r"|,\s(?=(?:19|20)\d\d\b)|,\s(?=(?:in )?(?:[A-Z][\w&-]* ){1,4}['\u2019]?(?:19|20)?\d\d\b)",
    re.IGNORECASE,
)
_NAMES_END = lazy_pattern(r"(?:[.:]|(?P<dash>\s[|\u2013\u2014-]))\s+(?=[^a-z\s&])|,\s+(?=[\"\u201c*_])")
_BOLD_NAMES = lazy_pattern(
    r"\*\*(?P<names>[^*]{3,300})\*\*\s?[:,.\u2013\u2014-]?\s+(?P<mark>[*_])(?P<title>[^*_]{8,400})(?P=mark)(?![\w*])"
)
_NAMES_IN_BRACKETS = lazy_pattern(r"\[(?P<names>[^\[\]]{3,300})\]:?\s+(?=[^\s(\[])")
_YEAR_BEFORE = lazy_pattern(r"(?P<year>(?:19|20)\d\d)\s?[.:,|\u2013\u2014-]\s+(?=\S)")
# Initials or names that continue a list after a full stop: `Pereira, J. | C. & Souza, M.`
_GOES_ON = lazy_pattern(
    r"(?:[^\W\d_a-z]\.[\s-]?){1,3}"
    r"(?:[,;:&(]|(?:and|et|und|y|e)\s|[^\W\d_a-z\s]|[\"\u201c\u201e\u00ab\u2018*_\[\d])|(?:[;&]|and\s|et al)"
)
_INVERTED_INITIALS = lazy_pattern(r",\s(?:[^\W\d_a-z]\.[\s-]?){1,4}\Z")
_WHEN_NO_TITLE = lazy_pattern(rf"{YEAR}\b[^;:]{{0,12}};")  # `2026 May 1;12(3)`
_FAMILY_NEXT = lazy_pattern(
    r"(?:[^\W\d_a-z][\w'\u2019-]+\s){0,2}(?P<name>[^\W\d_a-z](?:[^\W\d_]|['\u2019-])+)(?:[.:,]\s|\s(?:and|&)\s(?=[^\W\d_a-z]))"
)
_OTHERS = lazy_pattern(r"\bet\.? ?al\b")
_CITED_LABEL = lazy_pattern(
    rf"(?P<names>[^()\[\]]{{2,200}}?)(?:\s\((?P<year>{YEAR})[a-z]?\)|(?<=al\.),?\s(?P<bare>{YEAR})[a-z]?)"
)
_SURNAME = lazy_pattern(r"(?:(?:[a-z]{1,3}|Van|De) ){0,2}(?!\w?[A-Z]{2}|\w*[A-Z]{3})[^\W\d_a-z][\w'\u2019-]+")
_EVENT = lazy_pattern(rf"[A-Z][\w&-]{{1,20}}\s?['\u2019]?{YEAR}\b")  # `NeurIPS 2025`
_RESPONSIBLE = lazy_pattern(r"\s?/\s(?P<names>[^/]{3,2000}?)\s?(?=//)")
_LAST_NAME = lazy_pattern(r"(?:\s(?:and|&|et|und)|et al)\.?\s*[^,;]{0,60}\Z")
_WORD_ENDS = lazy_pattern(r"(?<![\w.])[^\W\d_]{5,}\.\s\S")  # within names: `OpenAI. GPT-4 Technical Report`
_LONGEST_GROUP = 6  # words
_MOST_ENDS = 60  # positions tried as the end of the names
_LONGEST_NAMES = 4_000  # characters searched for names
_BY_SURNAMES = lazy_pattern(
    r"(?P<first>[^\W\d_a-z][\w'\u2019-]+) (?:&|and|und|et|y) (?P<second>[^\W\d_a-z][\w'\u2019-]+)"
)
# Authors and year in brackets: `(Vaswani et al., 2017)`, `[Ada Example, Bo Roe, NeurIPS 2017]`.
_CITED = lazy_pattern(
    r"(?<!\s)\s*+[(\[](?P<all>(?P<names>[^()\[\]]{2,200}?)[,;.]?\s+(?P<venue>[A-Z][\w&'\u2019 -]{1,40}[\s,]\s?)?)"
    r"(?P<year>(?:19|20)\d\d)[a-z]?[)\]]"
)
_NAMES_AT_END = lazy_pattern(r"(?<!\s)\s*+\((?P<names>[^()\d]{5,300})\)\s*\Z")
_CITED_ID = lazy_pattern(
    rf"(?<!\s)\s*+[(\[](?P<names>[^()\[\]]{{2,200}}?)[;,]\s+(?:arXiv[:\s]\s?)?(?P<id>{ARXIV_ID})[)\]]", re.IGNORECASE
)
_FEWEST_WORDS = 3  # of a title that nothing but its position separates from the names


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed reference: year: the one between authors and title, or ""; after: the text following the title.

    is_doubtful: the names may be the title instead.
    """

    title: str
    authors: list[str]
    year: str
    after: str
    is_doubtful: bool = False


def read_citation(text: str) -> Reference | None:
    """Parse a reference with authors before the title, or with a quoted title; return None for any other text."""
    text = _in_ascii_signs(_KEY.sub("", text, 1))
    return (
        _in_corners(text)
        or _quoted(text)
        or _dated(text)
        or _bracketed(text)
        or _listed(text)
        or _comma_separated(text)
    )


def _in_ascii_signs(text: str) -> str:
    """Replace full-width punctuation in a Chinese or Japanese reference by ASCII; return any other text unchanged."""
    if not _WIDE_SIGN.search(text) or not re.search(YEAR, text):
        return text
    spaced = re.sub("[\uff0c\uff0e\uff1a\uff1b\u3002]", lambda sign: f"{_OF_WIDE[sign[0]]} ", text)
    return " ".join(re.sub("[\uff01-\uff5e]", lambda sign: chr(ord(sign[0]) - 0xFEE0), spaced).split())


def read_bold_names(text: str) -> Reference | None:
    """Parse a reference with names in bold before a title in italics; return None for any other text."""
    found = _BOLD_NAMES.match(text)
    names = names_in(found["names"].strip(" :,."), is_single_known=True) if found else []
    title = _plain(found["title"]) if found else ""
    is_title = len(title.split()) >= _FEWEST_WORDS and not (
        names_in(title, is_single_known=True)
        or VENUE_WORD.search(title)
        or re.search(YEAR, title)
        or _OTHERS.search(title)
    )
    if not (found and names and is_title):
        return None
    return Reference(
        title, names, "", text[found.end() :], is_doubtful=len(names) == 1 and not names_in(found["names"])
    )


def _quoted(text: str) -> Reference | None:
    found = _QUOTED.search(text)
    if found is None or " " not in found["title"].strip():
        return None
    before = text[: found.start()].strip()
    dated = _DATED.search(f"{before} ") or _YEAR_AT_END.search(before)
    names = names_in(plain_text(before[: dated.start()] if dated else before), is_single_known=True)
    if before and not names:
        return None
    return Reference(_plain(found["title"]), names, _year_of(dated), text[found.end() :])


def _in_corners(text: str) -> Reference | None:
    """Parse a reference with the title in Chinese or Japanese quotation marks, alone or next to names."""
    found = _CORNERS.search(text)
    if found is None:
        return None
    before, after = text[: found.start()].strip(" :,\uff1a\uff0c"), text[found.end() :]
    following = plain_text(without_links(after[:_LONGEST_NAMES])).partition("(")[0].strip(" .,\uff0c\u3002")
    names = _of_ideographs(before or following)
    is_alone = not before and not re.search(r"[^\W\d_]", following)
    is_doubtful = not names and _IDEOGRAPHS.fullmatch(before) is not None and not re.search(r"[^\W\d_]", following)
    names = [before] if is_doubtful else names
    if not (names or is_alone):
        return None
    rest = after if before or is_alone else after.partition(following)[2]
    return Reference(_plain(found["title"]), names, "", rest, is_doubtful=is_doubtful)


def _of_ideographs(text: str) -> list[str]:
    """Return the names in a Chinese or Japanese text of names; a single one must begin with a known family name."""
    names = names_in(_AUTHOR_MARK.sub("", text), is_single_known=True)
    names = [name for part in names for name in re.split("[\u3001\uff0c\u30fb]|, ", part)]
    is_sure = len(names) > 1 or text[:1] in FAMILY_NAMES or _AUTHOR_MARK.search(text)
    return names if is_sure and all(len(name) <= _LONGEST_IDEOGRAPHS for name in names) else []


def _year_of(found: re.Match[str] | None) -> str:
    return next(filter(None, found.groups()), "") if found else ""


def _dated(text: str) -> Reference | None:
    """Parse a reference with the year after the names: `Last, F. (2024). Title.`, `First Last. 2024. Title.`"""
    found = _DATED.search(text)
    if found is None or found.start() > _LONGEST_NAMES:
        return None
    before = plain_text(text[: found.start() + text.startswith(".", found.start())])
    names = [] if _WORD_ENDS.search(before) else names_in(before, is_single_known=True)
    names = names or names_by_surnames(before) or _group(before)
    title, after = _title_of(text[found.end() :])
    is_group = names == [before.rstrip(".")] and is_group_name(names[0])
    is_title = re.search(r"[^\W\d_]{4}|[\u3040-\ud7a3]{2}", title) and not (
        is_group and names_in(title, is_single_known=True)
    )
    return Reference(title, names, _year_of(found), after, is_doubtful=is_group) if names and is_title else None


def _group(text: str) -> list[str]:
    """Return a text that is the name of an organisation as a list of one, else an empty list."""
    name = text.strip(" .:")
    is_name = (
        len(name.split()) <= _LONGEST_GROUP
        and ". " not in name
        and re.fullmatch(r"(?!The\s)[^\W\d_a-z][\w .'\u2019-]+", name)
    )
    return [name] if is_name and not re.search(r"\b(?:and|[Aa]uthors?)\b", name) and is_group_name(name) else []


@dataclass(frozen=True, slots=True)
class Cited:
    """A text without a bracketed citation, and the fields that the citation states."""

    rest: str
    fields: dict[str, object]


def cited_in(text: str, *, is_at_end: bool) -> Cited | None:
    """Extract a bracketed citation from the end of a text if `is_at_end`, else from its beginning; None if absent."""
    if (found := _CITED_ID.search(text)) and is_at_end and found.end() == len(text.rstrip()):
        names = names_in(plain_text(found["names"]), is_single_known=True)
        return Cited(text[: found.start()].strip(), {"authors": names, "arxiv": found["id"]}) if names else None
    if is_at_end and (found := _NAMES_AT_END.search(text)) and len(names := names_in(plain_text(found["names"]))) > 1:
        return Cited(text[: found.start()].strip(), {"authors": names})
    for found in _CITED.finditer(text):
        is_next = found.end() == len(text.rstrip()) if is_at_end else not text[: found.start()].strip(" *.,:")
        is_split = ";" in found["all"] and "," in found["all"]  # `(Jane Doe, Bo Roe; NeurIPS 2025)`
        all_names = [] if is_split else _cited_names(found["all"].strip(" ,;."))
        if is_next and (names := all_names or _cited_names(found["names"])):
            venue = "" if all_names else (found["venue"] or "").strip(" ,")
            fields = {"authors": names, "published": found["year"], "venue": venue}
            return Cited(f"{text[: found.start()]} {text[found.end() :]}".strip(), fields)
    return None


def _cited_names(text: str) -> list[str]:
    """Return the names of a bracketed citation: at least two, or one and `others`; else nothing."""
    names = names_in(plain_text(text), is_single_known=True) or names_by_surnames(plain_text(text))
    return names if len(names) > 1 and not VENUE_WORD.search(text) else []


def cited_by(label: str) -> Cited | None:
    """Parse a link label that cites a work by authors and year, `Knuth (1970)`; return None for any other label."""
    found = _CITED_LABEL.fullmatch(label.strip())
    if found is None:
        return None
    cut = without_others(found["names"])
    surnames = re.split(r", (?:and |& )?| (?:and|&) ", cut.text.strip(" ,"))
    are_names = all(_SURNAME.fullmatch(name) and not VENUE_WORD.search(name) for name in surnames)
    names = [*surnames, *(["others"] if cut.is_cut else [])] if are_names else names_in(found["names"])
    return Cited("", {"authors": names, "published": found["year"] or found["bare"]}) if names else None


def names_by_surnames(text: str) -> list[str]:
    """Return the two names of `Kingma & Ba`, or nothing for any other text."""
    both = _BY_SURNAMES.fullmatch(text.strip())
    return [both["first"], both["second"]] if both else []


def _bracketed(text: str) -> Reference | None:
    """Parse a reference with names in brackets before the title: `[Jane Doe, Bo Roe] On Dams`."""
    found = _NAMES_IN_BRACKETS.match(text)
    names = names_in(found["names"]) if found else []
    if not (found and names):
        return None
    title, after = _title_of(text[found.end() :])
    return Reference(title, names, "", after) if len(title.split()) >= _FEWEST_WORDS else None


def _listed(text: str) -> Reference | None:
    """Parse a reference whose names end with a full stop, a colon or a dash: `Smith JA, Doe B. Title.`"""
    spare = None
    for count, found in enumerate(_NAMES_END.finditer(text, 0, _LONGEST_NAMES)):
        before = plain_text(text[: found.start() + 1])
        names = names_in(before, is_single_known=not found["dash"])  # not `Audio Mamba - A Model`
        if count == 0 and not names:
            names = _group(before)
        if count == _MOST_ENDS or (not names and len(before.split()) > _FEWEST_WORDS * 2 and "," not in before):
            return spare
        if not names or _GOES_ON.match(text, found.end()):
            continue
        reference = _after_names(text, found.end(), names, before)
        if _family_follows(text[found.end() :], names, before):
            spare = spare or (reference if reference and reference.title.count(" ") == 0 else None)
            continue
        if reference:
            return reference
    return spare


def _after_names(text: str, start: int, names: list[str], before: str) -> Reference | None:
    """Return the reference with the given names and the title at `start`, or None if no title is there."""
    dated = _YEAR_BEFORE.match(text, start)
    start = dated.end() if dated else start
    title, after = _title_of(text[start:])
    if by := _RESPONSIBLE.match(after):  # GOST: `Title / I. Last, F. Roe // Journal`
        names, after = names_in(by["names"], is_single_known=True) or names, after[by.end() :]
    are_inverted = len(names) > 1 and all("," in name or name == "others" for name in names)
    has_details = has_publication_details(after)
    if has_details and not GB_MARK.match(after) and not venue_fields(after).get("venue"):
        return None  # the supposed title is the journal
    is_certain = has_details or (are_inverted and re.search(YEAR, after) is not None)
    if len(title.split()) < (1 if is_certain else _FEWEST_WORDS) or _WHEN_NO_TITLE.match(title):
        return None
    is_plain = len(names) > 1 and title.startswith("A ")
    if not is_certain and not is_plain and names_in(title, is_single_known=True):
        return None
    is_doubtful = not is_certain and not names_in(before)
    if is_doubtful and (before.endswith((":", "\uff1a")) or may_be_method(names[0]) or _EVENT.match(title)):
        return None  # `Audio Mamba: A Model`, `Example Diffusion. NeurIPS 2025`
    return Reference(title, names, dated["year"] if dated else "", after, is_doubtful=is_doubtful)


def _family_follows(after: str, names: list[str], before: str) -> bool:
    """Return whether a family name may follow the full stop of an initial: `Ada Example, Cy D. Roe. Title`."""
    if _INVERTED_INITIALS.search(before):
        return False
    family = _FAMILY_NEXT.match(after) if names[-1].endswith(".") else None
    return family is not None and (
        (family["name"].isupper() and before.partition(",")[0].isupper()) or not any("," in name for name in names[:-1])
    )


def _comma_separated(text: str) -> Reference | None:
    """Parse a reference with only commas between its parts: `J. Doe and B. Roe, On Dams, Nature 521 (2015), 4-9.`

    The names end at the one after `and`, or at the last with initials; the title ends before the journal.
    """
    names, start = _names_at_commas(text)
    if not names:
        return None
    rest = text[start:]
    end = before_journal(rest) if re.search(YEAR, rest) else 0
    return Reference(_plain(rest[:end]), names, "", rest[end:], is_doubtful=len(names) == 1) if end else None


def _names_at_commas(text: str) -> tuple[list[str], int]:
    """Return the comma-separated names at the beginning of a text, and the index after them."""
    best: tuple[list[str], int] = ([], 0)
    for head, tail in at_commas(text):
        names = names_in(plain_text(head), is_single_known="," not in head)
        if not names:
            if best[0]:
                break
            continue
        has_last = _LAST_NAME.search(head) is not None
        if has_last or "." in head.rpartition(", ")[2] or "," not in head:
            best = names, len(text) - len(tail)
        if has_last:
            break
    return best


def _title_of(text: str) -> tuple[str, str]:
    """Split a text after the title it begins with."""
    link = next(iter(links_in(text[:_LONGEST_NAMES])), None) if text.startswith(("[", "*[", "**[", "<a ")) else None
    if link and link.start <= len("**") and not is_kind_word(link.label):
        return _plain(link.label), text[link.end :].lstrip("*")
    if italic := ITALIC.match(text):
        return _plain(italic["text"]), text[italic.end() :]
    ends = (
        found
        for found in _SENTENCE.finditer(text)
        if not _NO_END.search(text[max(0, found.start() - 8) : found.start() + 1])
    )
    sentence, following = next(ends, None), next(ends, None)
    if sentence and following and _goes_on(text, sentence, following):
        sentence = following
    mark = _AFTER_TITLE.search(text, 1) if text else None
    end = min(sentence.start() + 1 if sentence else len(text), mark.start() if mark else len(text))
    end = before_journal(text[:end]) or end
    return _plain(text[:end]), text[end:]


def _goes_on(text: str, end: re.Match[str], following: re.Match[str]) -> bool:
    """Return whether a title goes on after a question: `Do dams hold? A study of rivers. Nature`."""
    part = text[end.end() : following.start()]
    has_words = any(word.islower() and len(word) > len("the") for word in part.split())  # as journals seldom have
    is_before_venue = text[following.end() : following.end() + 1].isupper() or ITALIC.match(text, following.end())
    is_question = text[end.start()] in "?!" and " " in part and has_words and not VENUE_WORD.match(part)
    return bool(is_question and is_before_venue)


def _plain(title: str) -> str:
    title = _TRAILING_KIND.sub("", title)
    text = plain_text(title).strip(' ,;:"\u201c\u201d*')
    return text.rstrip(".") if not _NO_END.search(text) else text
