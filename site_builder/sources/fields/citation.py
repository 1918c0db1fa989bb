"""One reference as bibliographies print it (APA, MLA, IEEE, Vancouver, Chicago, …) → its parts."""

import re
from dataclasses import dataclass

from site_builder.names.line import at_commas, names_in
from site_builder.sources.fields.markdown_text import is_kind_word, links_in, plain_text
from site_builder.sources.fields.written_date import MONTH_NAMES, MONTHS, OTHER_MONTHS

VENUE_WORD = re.compile(
    r"\b(?:Nature|Science|Cell|Journal|J|Proc\w*|Conf\w*|Trans\w*|Letters|Reviews?|Communications|Workshop|Findings|"
    r"University|Institute|Press|Springer|Elsevier|Wiley|Physical|Physics|Advances|Annals|Reports|Technical|Report|Blog|"
    r"Preprint|Oral|Spotlight|Poster|Best|Award|[A-Z]{3,}\w*)\b"
)
_KEY = re.compile(r"\A\[[^\W\d_]{1,6}\+?\d{2}[a-z]?\]\s+")  # of BibTeX's alpha: `[LBH15]`
_QUOTED = re.compile(
    r"(?:[\"\u201c\u201d\u201e\u00ab]|``|(?<!\w)['\u2018](?=[A-Z]))\*{0,2}(?P<title>[^\"\u201c\u201d\u201e\u00ab\u00bb]{8,400}?)\*{0,2}"
    r"[,.]?(?:[\"\u201c\u201d\u00bb]|''|(?<=[\w,.?!])['\u2019](?!\w))\*{0,2}"
)
_YEAR = r"(?:19[5-9]|20\d)\d"
_DATED = re.compile(
    rf"(?:[(\[](?P<year>{_YEAR})[a-z]?(?:, [^\W\d_]{{3,9}}\.?(?: \d{{1,2}})?)?[)\]]"
    rf"|(?:[.,] |\.,)(?P<bare>{_YEAR})[a-z]?(?=[.:])|(?<=[^\W\d_a-z]) (?P<alone>{_YEAR})[a-z]? (?=[^\W\d_a-z\s]))"
    r"[.:,]{0,2}\s*"
)
_YEAR_AT_END = re.compile(rf"[\s,.(\[]+(?P<year>{_YEAR})[a-z]?[\s)\].,:]*\Z")
_SENTENCE = re.compile(
    r"[.?!][\"\u201d\u2019*]{0,3}\s+(?=[^a-z\s]|arXiv|bioRxiv|medRxiv"
    r"|(?:[a-z&]{2,20} ){1,6}\d{1,4}(?:, \d{1,4} \(|\s?\())"
)
_NO_END = re.compile(
    r"(?:\b[^\W\d_]|\b(?:vs|vol|no|pp|proc|conf|int|jr|sr|st|al|dr|eds?|trans|etc|e\.g|i\.e))\.\Z", re.IGNORECASE
)
_BEHIND_TITLE = re.compile(
    r"\s*,?\s*(?:\[(?:[A-DGJMNPRSZ]|EB|DB|CP)(?:/OL)?\](?!\()|\[\[|\s//|\s/\s(?=[^\s,]{1,20}\.)|(?<=[.?!])\s[\u2013\u2014]\s|"
    r"\[(?=[^\[\]]{1,300}\]\()|https?://|\b(?:doi|arxiv|pmid)\s*:|[*_](?=[A-Z])|\s[\u2013\u2014|]\s"
    r"|(?<=[.,?!])\s*In:?\s(?=[*_A-Z])|\((?=[^()]{0,40}(?:19|20)\d\d\)))"
    r"|,\s(?=(?:19|20)\d\d\b)|,\s(?=(?:in )?(?:[A-Z][\w&-]* ){1,4}['\u2019]?(?:19|20)?\d\d\b)",
    re.IGNORECASE,
)
_NAMES_END = re.compile(r"(?:[.:]|(?P<dash>\s[|\u2013\u2014-]))\s+(?=[^a-z\s&])|,\s+(?=[\"\u201c*_])")
_BOLD_NAMES = re.compile(
    r"\*\*(?P<names>[^*]{3,300})\*\*\s?[:,.\u2013\u2014-]?\s+(?P<mark>[*_])(?P<title>[^*_]{8,400})(?P=mark)(?![\w*])"
)
_NAMES_IN_BRACKETS = re.compile(r"\[(?P<names>[^\[\]]{3,300})\]:?\s+(?=[^\s(\[])")
_YEAR_BEFORE = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[.:,|\u2013\u2014-]\s+(?=\S)")
# Further initials or names, where the full stop before them ends no list of names: `Pereira, J. | C. & Souza, M.`
_GOES_ON = re.compile(
    r"(?:[^\W\d_a-z]\.[\s-]?){1,3}(?:[,;:&(]|(?:and|et|und|y|e)\s|[^\W\d_a-z\s]|[\"\u201c\u201e\u00ab\u2018*_\d])|(?:[;&]|and\s|et al)"
)
_FAMILY_NEXT = re.compile(r"(?:[^\W\d_a-z][\w'\u2019-]+\s){0,2}(?P<name>[^\W\d_a-z][\w'\u2019-]+)[.:,]\s")
_RESPONSIBLE = re.compile(r"\s?/\s(?P<names>[^/]{3,2000}?)\s?(?=//)")
_LAST_NAME = re.compile(r"(?:\s(?:and|&|et|und)|et al)\.?\s*[^,;]{0,60}\Z")
_MOST_ENDS = 60  # places where the names may end that are tried
_LONGEST_NAMES = 4_000  # characters that they stand in
_ITALIC = re.compile(r"(?<![\w*])[*_](?P<text>[^*_]{2,200})[*_](?![\w*])")
# Behind `In`, also with the short words of `Proc. 31st Int. Conf. Neural Inf. Process. Syst.`
_IN = re.compile(
    r"(?:\bIn:?|(?:\A\s*|[,.\"\u201d]\s)in:?)\s+(?P<text>(?=Proc|Adv|[A-Z])"
    r"(?:\b[A-Z]\w{1,6}\.(?=\s(?:[A-Z]|\d{1,2}(?:st|nd|rd|th)\b))|[^,.;:()\[\]]){3,160})"
)
_PAGES = r"(?P<pages>[A-Za-z]{0,2}\d{1,7}(?:\s?[-\u2013\u2014]{1,2}\s?[A-Za-z]{0,2}\d{1,7})?)(?!\w|/|\spages)"
_MONTH = rf"(?i:{'|'.join([*MONTH_NAMES, *MONTHS, *OTHER_MONTHS])})"
_WHEN = rf"\((?:[^()\d]{{1,20}})?{_YEAR}\)"  # `(2015)`, `(May 2015)`
_ISSUE = rf"(?!{_YEAR}\b)(?P<issue>[\w/\u2013-]{{1,12}})"
_TO_PAGES = r"\s?[,:]\s*(?:pp?\.?\s?|pages?\s|S\.\s?)?"
_NO = r"(?:\b(?i:nos?|nr|n\u00fam|num|issue|iss|Heft|fasc)\b\.?|n[\u00b0\u00ba]|\u2116\.?|\b(?i:n|h|\u0432\u044b\u043f)\.)"
_NO_YEAR = rf"(?<![\d.\u2013-])(?!{_YEAR}\b)"
# Volume, issue and pages without words for them; that which begins first counts.
_NUMBERS = (
    # `12, no. 3 (March 2024): 4-9` of Chicago, `12 (2024), no. 3, 4-9`, `12 (2024), Nr. 3, S. 4-9`
    rf"(?<![\d.])(?P<volume>\d{{1,4}}),?\s+(?:{_WHEN},?\s+)?{_NO}\s*(?P<issue>\d[\w/\u2013-]{{0,11}})"
    rf"(?:,?\s*\([^()]{{4,30}}\)|,\s*(?:[^\d,:]{{3,12}}\s)?{_YEAR})?(?:{_TO_PAGES}{_PAGES})?",
    # `521(7553), 436-444`, `521 (7553) (2015): 436`, `521.7553 (2015): 436`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}})(?:\s?\({_ISSUE}\)|\.(?P<number>\d{{1,6}}))(?:,?\s?{_WHEN})?(?:{_TO_PAGES}{_PAGES})?",
    # `521, 7553 (2015), 436-444` of ACM
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}}), (?P<issue>\d{{1,5}})(?:, Article (?P<article>[\w.]{{1,12}}))? {_WHEN}"
    rf"(?:{_TO_PAGES}{_PAGES}|(?=, \d{{1,4}} pages))",
    # `521 (2015), 436-444`, `521 (2015) 436`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}})\s{_WHEN}[,:]?\s?(?:pp?\.\s?)?(?!no\b)(?:{_PAGES})?",
    # `2015;521(7553):436-44`, `2015 May 28;521:436`, `2015, 521, 436-444`, `2015: 436`
    rf"(?<!\d){_YEAR}(?:\s[A-Z][a-z]{{2}}[^\s;,]{{0,6}}(?:\s\d{{1,2}})?)?[;,]\s?(?P<volume>\d{{1,4}})(?:\s?\({_ISSUE}\))?{_TO_PAGES}{_PAGES}",
    rf"(?<!\d){_YEAR}(?:\s?\({_ISSUE}\))?(?:, |: ?){_PAGES}",
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}}){_TO_PAGES}(?!{_YEAR}\b){_PAGES}",  # `521, 436-444`, `521:436`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}}) (?P<pages>[a-z]?\d{{1,6}}[-\u2013][a-z]?\d{{1,6}})(?![\w/])",
    rf", (?!{_YEAR})(?P<volume>\d{{1,4}})[.,]?\s*\Z",
)
_NUMBER_FORMS = tuple(map(re.compile, _NUMBERS))
# The same with words for them, in the languages whose libraries have a style of their own.
_LABELLED = {
    "volume": re.compile(
        r"\b(?:vol(?:ume)?|Bd|Band|Jg|Jahrgang|tome)\b\.?\s*(?P<text>\d\w{0,9}|[IVXLC]{1,8}\b)"
        r"|\b(?:v|t|\u0442)\.\s*(?P<text2>\d\w{0,9})|\u7b2c?(?P<text3>\d{1,4})\u5377",
        re.IGNORECASE,
    ),
    "issue": re.compile(
        rf"{_NO}\s*(?P<text>(?:S|Suppl\.?\s?)?\d[\w/\u2013-]{{0,11}})|\u7b2c(?P<text2>\d{{1,4}})\u671f"
    ),
    "pages": re.compile(
        rf"\b(?:pp?\.|pages?:?|Seiten?|S\.|\u0441\.|p\u00e1gs?\.)\s*(?P<text>{_PAGES.replace('?P<pages>', '?:')})",
        re.IGNORECASE,
    ),
}
_LABEL = r"(?:vol|Vol|VOL|Bd|Band|Jg|Jahrgang|tome|v\.|V\.|t\.|T\.|\u0422\.|no\.?|No\.|n[\u00b0\u00ba]|n\.|nr|Nr|H\.|Heft|\u2116|n\u00fam|pp?\.|S\.|[\u0421\u0420P]\.|pages|[Aa]rticle)"
_MARKED_KIND = r"\[(?:[A-Z]|EB|DB|CP)(?:/OL)?\]"
_GB_MARK = re.compile(_MARKED_KIND)
# Where a work was looked at, and when.
_LOOKED_AT = re.compile(
    r"\[(?:online|internet|en l[i\u00ed]nea|en ligne|J/OL)\]|\[(?:cit\.|consult|acesso|accessed|(?:19|20)\d\d-)[^\[\]]{0,40}\]"
    rf"|\b(?:Acesso em|Accessed|Retrieved|Zugriff|consult\u00e9 le)\b[^;/]{{0,40}}?{_YEAR}|\bISSN\s[\dX-]{9}"
    r"|\b(?:Dispon[i\u00ed]vel em|Available (?:from|at)|Recuperado de|Dostupn\u00e9 z|Disponible sur|Verf\u00fcgbar unter)\b:?",
    re.IGNORECASE,
)
_BEFORE_VENUE = re.compile(rf"[\s.,:;?!\"\u201d\u00bb'\u2019\u2013\u2014-]*(?:{_MARKED_KIND}[\s./]*|//\s*|[Ii]n:\s+)?")
_PLAIN_VENUE = re.compile(
    rf"(?P<text>(?:[^\W\d_a-z]|[a-z](?=[a-z &]{{2,80}}[ ,.]))[^\d;()\[\]]{{1,160}}?)"
    rf"[\s.,;:\u2013\u2014-]*[\s,(.\u2013-](?:(?<=[\s,.(]){_LABEL}|\(?(?:{_MONTH}\.?\s)?{_YEAR}\b|\d{{1,4}}(?=\s?[(.,:;]|\s\(|\s\d))"
)
_ARTICLE = re.compile(r"\b[Aa]rticle (?:no\.? |number )?(\w{1,15})")
_ADDRESS = re.compile(
    r"\]\([^()\s]{1,2000}\)|https?://\S{1,2000}|\b10\.\d{4,9}/\S{1,300}|\barxiv[:\s]\s?\S{1,40}|\babs/\S{1,30}",
    re.IGNORECASE,
)
_EDITORS = re.compile(r"\bIn:?\s+[^()]{3,200}\((?:[Ee]ds?|Hrsg|Hg)\.?\)[.,:]?\s*")
_OF_LAW = re.compile(  # `(2015) 521 Nature 436` of OSCOLA
    rf"\s?\({_YEAR}\) (?P<volume>\d{{1,4}}) (?P<venue>[^\W\d_a-z][^\d()\[\]]{{2,100}}?) (?P<pages>[a-z]?\d{{1,6}})\b"
)
_PLACE_AND_YEAR = re.compile(rf"(?P<venue>[^\W\d_a-z][^\d.,;:()]{{1,80}}?),?\s(?P<year>{_YEAR})\.?")
_SMALL = frozenset("of the and in on for to de der des du et und & la".split())
_CITY = re.compile(
    r"(?:,\s(?:(?:[^\W\d_a-z][\w'\u2019-]*|d[aeo]s?|del)(?:\s|\Z)){1,4})\Z"
)  # ABNT names it behind the journal
_OF_ABNT = re.compile(r"\bv\.\s*\d{1,4}, n\.")
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
    text = _KEY.sub("", text, 1)
    return _quoted(text) or _dated(text) or _bracketed(text) or _listed(text) or _at_commas(text)


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
    dated = _DATED.search(f"{before} ") or _YEAR_AT_END.search(before)
    names = names_in(plain_text(before[: dated.start()] if dated else before), is_single_known=True)
    if before and not names:
        return None
    return Reference(_plain(found["title"]), names, _year_of(dated), text[found.end() :])


def _year_of(found: re.Match[str] | None) -> str:
    return next(filter(None, found.groups()), "") if found else ""


def _dated(text: str) -> Reference | None:
    """Return a reference whose year stands behind the names: `Last, F. (2024). Title.`, `First Last. 2024. Title.`"""
    found = _DATED.search(text)
    if found is None or found.start() > _LONGEST_NAMES:
        return None
    before = plain_text(text[: found.start() + text.startswith(".", found.start())])
    names = names_in(before, is_single_known=True)
    names = names or names_by_surnames(before)
    title, after = _title_of(text[found.end() :])
    return Reference(title, names, _year_of(found), after) if names and re.search(r"[^\W\d_]{2}", title) else None


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
        if not names or _goes_on(text[found.end() :], names):
            continue
        dated = _YEAR_BEFORE.match(text, found.end())
        title, after = _title_of(text[(dated or found).end() :])
        if by := _RESPONSIBLE.match(after):  # `Title / I. Last, F. Roe // Journal` of GOST
            names, after = names_in(by["names"], is_single_known=True) or names, after[by.end() :]
        is_certain = _has_place(after)
        if is_certain and not venue_fields(after).get("venue") and _ITALIC.match(text, (dated or found).end()):
            return None  # the journal is in italics, and the title is not said
        if len(title.split()) < (1 if is_certain else _FEWEST_WORDS):
            continue
        if not is_certain and names_in(title, is_single_known=True):
            continue
        is_doubtful = not is_certain and not names_in(before)
        return Reference(title, names, dated["year"] if dated else "", after, is_doubtful=is_doubtful)
    return None


def _goes_on(behind: str, names: list[str]) -> bool:
    """Tell whether names go on behind a full stop: initials, or the family name of `Ada Example, Cy D. Roe. Title`."""
    if _GOES_ON.match(behind):
        return True
    family = _FAMILY_NEXT.match(behind) if names[-1].endswith(".") else None
    return family is not None and (family["name"].isupper() or not any("," in name for name in names[:-1]))


def _has_place(after: str) -> bool:
    """Tell whether a text says where a work appeared: `[J]`, or a year and the volume or the pages."""
    if _GB_MARK.match(after):
        return True
    after = _ADDRESS.sub(" ", after)
    return re.search(_YEAR, after) is not None and not {"volume", "pages"}.isdisjoint(venue_fields(after))


def _at_commas(text: str) -> Reference | None:
    """Return a reference whose parts all end with commas: `J. Doe and B. Roe, On Dams, Nature 521 (2015), 4-9.`

    The names end with `and` and one more, or are those with initials; the title ends before the journal.
    """
    names, start = _names_at_commas(text)
    if not names:
        return None
    rest = text[start:]
    end = _before_journal(rest) if re.search(_YEAR, rest) else 0
    return Reference(_plain(rest[:end]), names, "", rest[end:], is_doubtful=len(names) == 1) if end else None


def _names_at_commas(text: str) -> tuple[list[str], int]:
    """Return the names that a text begins with, between commas, and where what stands behind them begins."""
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
    """Return the title that a text begins with, and what stands behind it."""
    link = next(iter(links_in(text[:_LONGEST_NAMES])), None) if text.startswith(("[", "*[", "**[", "<a ")) else None
    if link and link.start <= len("**") and not is_kind_word(link.label):
        return _plain(link.label), text[link.end :].lstrip("*")
    if italic := _ITALIC.match(text):
        return _plain(italic["text"]), text[italic.end() :]
    ends = (
        found
        for found in _SENTENCE.finditer(text)
        if not _NO_END.search(text[max(0, found.start() - 8) : found.start() + 1])
    )
    sentence = next(ends, None)
    mark = _BEHIND_TITLE.search(text, 1) if text else None
    end = min(sentence.start() + 1 if sentence else len(text), mark.start() if mark else len(text))
    end = _before_journal(text[:end]) or end
    return _plain(text[:end]), text[end:]


def _before_journal(text: str) -> int:
    """Return where the title of `On Dams, Nature 521, 436-444` ends, 0 for a text without a journal and numbers."""
    bare = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    numbers = _first_numbers(re.sub(r"[*_]", " ", bare))
    *_, end = (None, *re.finditer(r"(?:,|[?!],?)\s+", text[: numbers.start()].rstrip(" ,") if numbers else ""))
    is_journal = end and venue_fields(text[end.start() :]).get("venue")
    return end.start() + (text[end.start()] != ",") if end and is_journal else 0


def _plain(title: str) -> str:
    text = plain_text(title).strip(' ,;:"\u201c\u201d*')
    return text.rstrip(".") if not _NO_END.search(text) else text


def venue_fields(after: str) -> dict[str, object]:
    """Return venue, volume, issue and pages that stand behind the title of a reference."""
    if law := _OF_LAW.match(after):
        return law.groupdict()
    after = _EDITORS.sub("In: ", without_visits(_ADDRESS.sub(" ", after)))
    bare = re.sub(r"[*_]", "", after)
    fields = {"venue": _venue(after, bare), **_numbers(bare)}
    if fields.get("volume"):
        fields["venue"] = fields["venue"].removesuffix(f" {fields['volume']}").rstrip(" ,")
    return {name: value for name, value in fields.items() if value}


def names_and_place(text: str) -> tuple[list[str], dict[str, object]] | None:
    """Return names, venue and year of `Jane Doe, Bo Roe, Nature, 2015`, None for a text that holds anything else."""
    for head, tail in at_commas(text):
        place = _PLACE_AND_YEAR.fullmatch(tail)
        names = names_in(plain_text(head), is_single_known=True) if place else []
        if place and names and all(word[0].isupper() or word in _SMALL for word in place["venue"].split()):
            return names, {"venue": place["venue"].strip(), "published": place["year"]}
    return None


def without_visits(text: str) -> str:
    """Return a text without words for where a work was looked at, and when: `[online]`, `Accessed 1 May 2026`."""
    return _LOOKED_AT.sub(" ", text)


def _venue(after: str, bare: str) -> str:
    """Return the journal or the proceedings that a text names: in italics, behind `In`, or up to its numbers."""
    italic, within = _ITALIC.search(after), _IN.search(bare)
    if italic and re.search(r"[^\W\d_]{2}", italic["text"]):
        return re.sub(r",?\s\d{1,4}\Z", "", plain_text(italic["text"]).strip(" ,."))
    start = _BEFORE_VENUE.match(bare)
    plain = _PLAIN_VENUE.match(bare, start.end() if start else 0)
    if within and not (plain and plain.start() <= within.start("text") and len(plain["text"]) < len(within["text"])):
        return within["text"].strip(" ,.")
    venue = plain["text"].strip(" ,.\u2013-") if plain else ""
    if plain and ". " in venue and bare[plain.end("text") :].startswith("."):
        venue += "."  # of `Phys. Rev. Lett.`
    return _CITY.sub("", venue) if _OF_ABNT.search(bare) else venue


def _numbers(bare: str) -> dict[str, str]:
    """Return volume, issue and pages, as numbers in a certain order or with words for them."""
    found = _first_numbers(bare)
    fields = {name: value for name, value in (found.groupdict() if found else {}).items() if value}
    if number := fields.pop("number", ""):
        fields["issue"] = number
    if article := fields.pop("article", "") or ((article := _ARTICLE.search(bare)) and article[1]):
        fields["pages"] = article
    labelled = {
        name: next(filter(None, match.groups()))
        for name, pattern in _LABELLED.items()
        if (match := pattern.search(bare))
    }
    if fields.get("volume") != labelled.get("volume", fields.get("volume")):
        fields = {}
    return {**fields, **labelled}


def _first_numbers(bare: str) -> re.Match[str] | None:
    return min(filter(None, (form.search(bare) for form in _NUMBER_FORMS)), key=re.Match.start, default=None)
