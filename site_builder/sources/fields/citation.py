"""One reference as bibliographies print it (APA, MLA, IEEE, Vancouver, Chicago, …) → its parts."""

import re
from dataclasses import dataclass

from site_builder.names.line import names_in
from site_builder.sources.fields.markdown_text import is_kind_word, links_in, plain_text

VENUE_WORD = re.compile(
    r"\b(?:Nature|Science|Cell|Journal|J|Proc\w*|Conf\w*|Trans\w*|Letters|Reviews?|Communications|Workshop|Findings|"
    r"University|Institute|Press|Springer|Elsevier|Wiley|Physical|Physics|Advances|Annals|Reports|Technical|Report|Blog|"
    r"Preprint|Oral|Spotlight|Poster|Best|Award|[A-Z]{3,}\w*)\b"
)
_QUOTED = re.compile(
    r"(?:[\"\u201c\u201d\u201e\u00ab]|``|(?<!\w)['\u2018](?=[A-Z]))\*{0,2}(?P<title>[^\"\u201c\u201d\u201e\u00ab\u00bb]{8,400}?)\*{0,2}"
    r"[,.]?(?:[\"\u201c\u201d\u00bb]|''|(?<=[\w,.?!])['\u2019](?!\w))\*{0,2}"
)
_YEAR = r"(?:19[5-9]|20\d)\d"
_DATED = re.compile(
    rf"(?:[(\[](?P<year>{_YEAR})[a-z]?(?:, [A-Z][a-z]{{2,8}}\.?(?: \d{{1,2}})?)?[)\]]|[.,] (?P<bare>{_YEAR})(?=[.:]))"
    r"[.:,]?\s+"
)
_SENTENCE = re.compile(
    r"[.?!][\"\u201d\u2019*]{0,3}\s+(?=[^a-z\s]|arXiv|bioRxiv|medRxiv"
    r"|(?:[a-z&]{2,20} ){1,6}\d{1,4}(?:, \d{1,4} \(|\s?\())"
)
_NO_END = re.compile(
    r"(?:\b[^\W\d_]|\b(?:vs|vol|no|pp|proc|conf|int|jr|sr|st|al|dr|eds?|trans|etc|e\.g|i\.e))\.\Z", re.IGNORECASE
)
_BEHIND_TITLE = re.compile(
    r"\s*,?\s*(?:\[(?:[A-DGJMNPRSZ]|EB|DB|CP)(?:/OL)?\](?!\()|\[\[|"
    r"\[(?=[^\[\]]{1,300}\]\()|https?://|\b(?:doi|arxiv|pmid)\s*:|[*_](?=[A-Z])|\s[\u2013\u2014|]\s"
    r"|(?<=[.,])\s*In:?\s(?=[*_A-Z])|\((?=[^()]{0,40}(?:19|20)\d\d\)))"
    r"|,\s(?=(?:19|20)\d\d\b)|,\s(?=(?:in )?(?:[A-Z][\w&-]* ){1,4}['\u2019]?(?:19|20)?\d\d\b)",
    re.IGNORECASE,
)
_NAMES_END = re.compile(r"(?:[.:]|(?P<dash>\s[|\u2013\u2014-]))\s+(?=[^a-z\s&])|,\s+(?=[\"\u201c*_])")
_BOLD_NAMES = re.compile(
    r"\*\*(?P<names>[^*]{3,300})\*\*\s?[:,.\u2013\u2014-]?\s+(?P<mark>[*_])(?P<title>[^*_]{8,400})(?P=mark)(?![\w*])"
)
_NAMES_IN_BRACKETS = re.compile(r"\[(?P<names>[^\[\]]{3,300})\]:?\s+(?=[^\s(\[])")
_YEAR_BEFORE = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[.:,|\u2013\u2014-]\s+(?=\S)")
_MOST_ENDS = 60  # places where the names may end that are tried
_LONGEST_NAMES = 4_000  # characters that they stand in
_ITALIC = re.compile(r"(?<![\w*])[*_](?P<text>[^*_]{2,200})[*_](?![\w*])")
# Behind `In`, also with the short words of `Proc. 31st Int. Conf. Neural Inf. Process. Syst.`
_IN = re.compile(
    r"(?:\bIn:?|(?:\A\s*|[,.\"\u201d]\s)in)\s+(?P<text>(?=Proc|Adv|[A-Z])"
    r"(?:\b[A-Z]\w{1,6}\.(?=\s(?:[A-Z]|\d{1,2}(?:st|nd|rd|th)\b))|[^,.;:()\[\]]){3,160})"
)
_VOLUME = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d\b)(?P<volume>\d{1,4})\s?(?:\((?!(?:19|20)\d\d\))(?P<issue>[\w\u2013-]{1,12})\)|\.(?P<number>\d{1,6}))?(?:\s\((?:19|20)\d\d\))?\s?[,:]\s*"
    r"(?:(?:pp?|S)\.\s*)?(?!(?:19|20)\d\d(?:[.,;\s]|\Z))"
    r"(?P<pages>[A-Za-z]?\d{1,9}\s?(?:[-\u2013\u2014]{1,2}\s?[A-Za-z]?\d{1,6})?)(?![\w/])"
)
# The day of Vancouver's `2026 May 1;12(3):1-9`, which is no volume.
_DAY_OF_YEAR = re.compile(rf"({_YEAR})\s[A-Z][a-z]{{2,8}}\.?(?:[-\u2013/][A-Z][a-z]{{2}})?(?:\s\d{{1,2}})?(?=[;:.])")
# ACM's `521, 7553 (2015), 436–444`, ACS' `2015, 521 (7553), 436–444` and GB/T 7714's `2015, 521(7553): 436-444`.
_DATED_VOLUME = (
    re.compile(r"(?<!\d)(?P<volume>\d{1,4}), (?P<issue>\d{1,5}) \((?:19|20)\d\d\), (?P<pages>\d[\d\u2013-]{0,14})"),
    re.compile(
        r"(?<!\d)(?:19|20)\d\d(?:, (?P<volume>\d{1,4}))?(?:\s?\((?P<issue>[\w-]{1,8})\))?(?:, |: ?)"
        r"(?P<pages>[A-Za-z]?\d[\d\u2013-]{0,14})(?![\w/])"
    ),
)
_GB_MARK = re.compile(r"\[(?:[A-Z]|EB|DB|CP)(?:/OL)?\]")
_GB_VENUE = re.compile(
    r"\A\[(?:[A-Z]|EB|DB|CP)(?:/OL)?\](?://|\.\s*)(?P<text>[^\d:,.\uff0c\u3002]{2,160})[,.\uff0c]\s*(?:19|20)\d\d"
)
# Chicago's `12, no. 3 (March 2024): 4–9`, which others write with `vol.`, `issue` or `Heft`.
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<volume>\d{1,4}),?\s+(?:nos?|issue|iss|nr|n[°º]|\u2116|Heft|fasc)\.?\s*(?P<issue>[\w\u2013-]{1,12})"
    r"(?:,?\s*\([^()]{4,30}\)|,\s*(?:[^\d,:]{3,12}\s)?(?:19|20)\d\d)?"
    r"(?:\s?[,:]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]?\d{1,6}\s?(?:[-\u2013\u2014]{1,2}\s?[A-Za-z]?\d{1,6})?)(?![\w/]))?",
    re.IGNORECASE,
)
_PLAIN_VENUE = re.compile(
    r"[\s.,]{0,3}(?P<text>(?:[A-Z]|[a-z](?=[a-z &]{2,80} \d{1,4}, \d{1,5} \())[^\d,;()\[\]]{2,120}?)"
    r"\.?,?\s+(?:\d{1,4}(?:\s?[(.:,]|\s\(|\s+no\b)|vol\.|(?:19|20)\d\d(?:[^;]{0,12};|, \d))"
)
_IEEE = {
    "volume": re.compile(r"\bvol\.\s*(\w{1,10})", re.IGNORECASE),
    "issue": re.compile(r"\bno\.\s*(\w{1,10})", re.IGNORECASE),
    "pages": re.compile(
        r"\b(?:pp?|S)\.\s*([A-Za-z]?\d{1,6}\s?(?:[-\u2013\u2014]{1,2}\s?[A-Za-z]?\d{1,6})?)", re.IGNORECASE
    ),
}
_BY_SURNAMES = re.compile(
    r"(?P<first>[^\W\d_a-z][\w'\u2019-]+) (?:&|and|und|et|y) (?P<second>[^\W\d_a-z][\w'\u2019-]+)"
)
# Authors and year in brackets: `(Vaswani et al., 2017)`, `[Ada Example, Bo Roe, NeurIPS 2017]`.
_CITED = re.compile(
    r"(?<!\s)\s*+[(\[](?P<all>(?P<names>[^()\[\]]{2,200}?)[,;.]?\s+(?P<venue>[A-Z][\w&'\u2019 -]{1,40}[\s,]\s?)?)"
    r"(?P<year>(?:19|20)\d\d)[a-z]?[)\]]"
)
_FEWEST_WORDS = 3  # of a title behind names that nothing marks off


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: its title, the names before it, the year between the two where one stands there, and what follows.

    is_doubtful: whether the names may be the title instead.
    """

    title: str
    authors: list[str]
    year: str
    after: str
    is_doubtful: bool = False


def read_citation(text: str) -> Reference | None:
    """Return the parts of a reference whose authors stand before the title, or whose title stands between quotes.

    None for any other text.
    """
    return _quoted(text) or _dated(text) or _bracketed(text) or _listed(text)


def read_bold_names(text: str) -> Reference | None:
    """Return a reference whose names are in bold before a title in italics, None for any other text."""
    found = _BOLD_NAMES.match(text)
    names = names_in(found["names"].strip(" :,."), is_single_known=True) if found else []
    title = _plain(found["title"]) if found else ""
    is_title = len(title.split()) >= _FEWEST_WORDS and not (
        names_in(title, is_single_known=True) or VENUE_WORD.search(title) or re.search(_YEAR, title)
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
    dated = _DATED.search(f"{before} ")
    year = (dated["year"] or dated["bare"]) if dated else ""
    names = names_in(plain_text(before[: dated.start()] if dated else before), is_single_known=True)
    if before and not names:
        return None
    return Reference(_plain(found["title"]), names, year, text[found.end() :])


def _dated(text: str) -> Reference | None:
    """Return a reference whose year stands behind the names: `Last, F. (2024). Title.`, `First Last. 2024. Title.`"""
    found = _DATED.search(text)
    if found is None or found.start() > _LONGEST_NAMES:
        return None
    before = plain_text(text[: found.start() + bool(found["bare"])])
    names = names_in(before, is_single_known=True)
    names = names or names_by_surnames(before)
    title, after = _title_of(text[found.end() :])
    return Reference(title, names, found["year"] or found["bare"], after) if names and title else None


@dataclass(frozen=True, slots=True)
class Cited:
    """A text without a work's authors and year in brackets, and what these say."""

    rest: str
    fields: dict[str, object]


def cited_in(text: str, *, is_behind: bool) -> Cited | None:
    """Return the authors and the year in brackets at the end of a text, or else at its beginning; None for none."""
    for found in _CITED.finditer(text):
        is_next = found.end() == len(text.rstrip()) if is_behind else not text[: found.start()].strip(" *.,:")
        all_names = _cited_names(found["all"].strip(" ,;."))
        if is_next and (names := all_names or _cited_names(found["names"])):
            venue = "" if all_names else (found["venue"] or "").strip(" ,")
            fields = {"authors": names, "published": found["year"], "venue": venue}
            return Cited(f"{text[: found.start()]} {text[found.end() :]}".strip(), fields)
    return None


def _cited_names(text: str) -> list[str]:
    """Return the names of a citation in brackets: two, or one and others."""
    names = names_in(plain_text(text), is_single_known=True) or names_by_surnames(plain_text(text))
    return names if len(names) > 1 and not VENUE_WORD.search(text) else []


def names_by_surnames(text: str) -> list[str]:
    """Return the two names of `Kingma & Ba`, nothing for any other text."""
    both = _BY_SURNAMES.fullmatch(text.strip())
    return [both["first"], both["second"]] if both else []


def _bracketed(text: str) -> Reference | None:
    """Return a reference whose names stand in brackets before the title: `[Jane Doe, Bo Roe] On Dams`."""
    found = _NAMES_IN_BRACKETS.match(text)
    names = names_in(found["names"]) if found else []
    if not (found and names):
        return None
    title, after = _title_of(text[found.end() :])
    return Reference(title, names, "", after) if len(title.split()) >= _FEWEST_WORDS else None


def _listed(text: str) -> Reference | None:
    """Return a reference whose names end with a full stop, a colon or a dash: `Smith JA, Doe B. Title.`"""
    for count, found in enumerate(_NAMES_END.finditer(text, 0, _LONGEST_NAMES)):
        before = plain_text(text[: found.start() + 1])
        names = names_in(before, is_single_known=not found["dash"])  # `Audio Mamba - A Model` is no name
        if count == _MOST_ENDS or (not names and len(before.split()) > _FEWEST_WORDS * 2 and "," not in before):
            return None
        if not names:
            continue
        dated = _YEAR_BEFORE.match(text, found.end())
        title, after = _title_of(text[(dated or found).end() :])
        is_alone = not names_in(before)
        are_turned = len(names) > 1 and all("," in name or name == "others" or not name.isascii() for name in names)
        is_marked = _GB_MARK.match(after) is not None
        fewest = 1 if is_marked or (are_turned and re.search(_YEAR, after)) else _FEWEST_WORDS
        if (not is_marked and names_in(title, is_single_known=True)) or len(title.split()) < fewest:
            continue
        return Reference(title, names, dated["year"] if dated else "", after, is_doubtful=is_alone)
    return None


def _title_of(text: str) -> tuple[str, str]:
    """Return the title that a text begins with, and what stands behind it."""
    link = next(iter(links_in(text[:_LONGEST_NAMES])), None) if text.startswith(("[", "*[", "**[", "<a ")) else None
    if link and link.start <= len("**") and not is_kind_word(link.label):
        return _plain(link.label), text[link.end :].lstrip("*")
    ends = (
        found
        for found in _SENTENCE.finditer(text)
        if not _NO_END.search(text[max(0, found.start() - 8) : found.start() + 1])
    )
    sentence = next(ends, None)
    mark = _BEHIND_TITLE.search(text, 1) if text else None
    end = min(sentence.start() + 1 if sentence else len(text), mark.start() if mark else len(text))
    return _plain(text[:end]), text[end:]


def _plain(title: str) -> str:
    text = plain_text(title).strip(' ,;:"\u201c\u201d*')
    return text.rstrip(".") if not _NO_END.search(text) else text


def venue_fields(after: str) -> dict[str, object]:
    """Return venue, volume, issue and pages that stand behind the title of a reference."""
    after = _DAY_OF_YEAR.sub(r"\1", after)
    italic = _ITALIC.search(after)
    within = _IN.search(after)
    venue = italic["text"] if italic else within["text"] if within else ""
    fields = {"venue": plain_text(venue).strip(" ,.")}
    if not venue and (found := _PLAIN_VENUE.match(after)):
        fields["venue"] = found["text"].strip(" ,.")
    if found := _GB_VENUE.match(after):
        fields["venue"] = found["text"].strip()
    after = re.sub(r"[*_]", "", after)
    dated = next((found for pattern in _DATED_VOLUME if (found := pattern.search(after))), None)
    if found := _NUMBERED.search(after) or dated:
        fields |= {name: value for name, value in found.groupdict().items() if value}
    elif found := _VOLUME.search(after):
        fields |= {"volume": found["volume"], "issue": found["issue"] or found["number"] or "", "pages": found["pages"]}
    if fields.get("volume"):
        fields["venue"] = fields["venue"].removesuffix(f" {fields['volume']}")
    for name, pattern in _IEEE.items():
        if found := pattern.search(after):
            fields[name] = found[1]
    return {name: value for name, value in fields.items() if value}
