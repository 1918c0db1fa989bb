"""Parse the venue, volume, issue and pages of a reference, in any style."""

import re

from site_builder.lazy import lazy_pattern
from site_builder.names.line import at_commas, names_in
from site_builder.names.words import may_be_method
from site_builder.sources.fields.markdown_text import plain_text
from site_builder.sources.fields.written_date import MONTH_NAMES, MONTHS, OTHER_MONTHS

VENUE_WORD = lazy_pattern(
    r"\b(?:Nature|Science|Cell|Journal|J|Proc\w*|Conf\w*|Trans\w*|Letters|Reviews?|Communications|Workshop|Findings|"
    r"University|Institute|Press|Springer|Elsevier|Wiley|Physical|Physics|Advances|Annals|Reports|Technical|Report|Blog|"
    r"Preprint|Oral|Spotlight|Poster|Best|Award|[A-Z]{3,}\w*)\b"
)
YEAR = r"(?:19[5-9]|20\d)\d"
UNDATED = r"\((?:n\. ?d\.|in press|forthcoming|accepted|submitted|im Druck|o\. ?J\.|s\. ?f\.|s\. ?d\.)\)"  # no year
ITALIC = lazy_pattern(r"(?<![\w*])[*_](?P<text>[^*_]{2,200})[*_](?![\w*])")
# The venue after `In`, also abbreviated: `Proc. 31st Int. Conf. Neural Inf. Process. Syst.`
_IN = lazy_pattern(
    r"(?:\bIn:?|(?:\A\s*|[,.\"\u201d]\s)in:?)\s+(?P<text>(?=Proc|Adv|[A-Z])"
    r"(?:\b[A-Z]\w{1,6}\.(?=\s(?:[A-Z]|\d{1,2}(?:st|nd|rd|th)\b))|[^,.;:()\[\]]){3,160})"
)
_PAGES = r"(?P<pages>[A-Za-z]{0,2}\d{1,7}(?:\s?[-\u2013\u2014]{1,2}\s?[A-Za-z]{0,2}\d{1,7})?)(?!\w|/|\spages)"
_MONTH = rf"(?i:{'|'.join([*MONTH_NAMES, *MONTHS, *OTHER_MONTHS])})"
_WHEN = rf"\((?:[^()\d]{{1,20}})?{YEAR}\)"  # `(2015)`, `(May 2015)`
_ISSUE = rf"(?!{YEAR}\b)(?P<issue>[\w/\u2013-]{{1,12}})"
_TO_PAGES = r"\s?[,:]\s*(?:pp?\.?\s?|pages?\s|S\.\s?)?"
_NO = (
    r"(?:\b(?i:nos?|nr|n\u00fam|num|issue|iss|Heft|fasc)\b\.?|[Nn][\u00b0\u00ba]|\u2116\.?"
    r"|\b(?:[NnHh]|\u0432\u044b\u043f)\.)"
)
_NO_YEAR = rf"(?<![\d.\u2013-])(?!{YEAR}\b)(?!\d{{1,2}}\.\s?\d{{1,2}}\.\s?{YEAR})"
# Unlabelled volume, issue and pages; the earliest match counts.
_NUMBERS = (
    # Chicago's `12, no. 3 (March 2024): 4-9`; `12 (2024), no. 3, 4-9`; `12 (2024), Nr. 3, S. 4-9`
    rf"(?<![\d.])(?P<volume>\d{{1,4}}),?\s+(?:{_WHEN},?\s+)?{_NO}\s*(?P<issue>\d[\w/\u2013-]{{0,11}})"
    rf"(?:,?\s*\([^()]{{4,30}}\)|,\s*(?:[^\d,:]{{3,12}}\s)?{YEAR})?(?:{_TO_PAGES}{_PAGES})?",
    # `521(7553), 436-444`, `521 (7553) (2015): 436`, `521.7553 (2015): 436`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}})(?:\s?\({_ISSUE}\)|\.(?P<number>\d{{1,6}}))(?:,?\s?{_WHEN})?(?:{_TO_PAGES}{_PAGES})?",
    # ACM's `521, 7553 (2015), 436-444`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}}), (?P<issue>\d{{1,5}})(?:, Article (?P<article>[\w.]{{1,12}}))? {_WHEN}"
    rf"(?:{_TO_PAGES}{_PAGES}|(?=, \d{{1,4}} pages))",
    # `521 (2015), 436-444`, `521 (2015) 436`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}})\s{_WHEN}[,:]?\s?(?:pp?\.\s?)?(?!no\b)(?:{_PAGES})?",
    # `2015;521(7553):436-44`, `2015 May 28;521:436`, `2015, 521, 436-444`
    rf"(?<!\d){YEAR}(?:\s[A-Z][a-z]{{2}}[^\s;,]{{0,6}}(?:\s\d{{1,2}})?)?[;,]\s?(?P<volume>\d{{1,4}})(?:\s?\({_ISSUE}\))?{_TO_PAGES}{_PAGES}",
    # `2015: 436`, `2015 May 28:e436`
    rf"(?<!\d){YEAR}(?:\s[A-Z][a-z]{{2}}[^\s;,:]{{0,6}}(?:\s\d{{1,2}})?)?(?:\s?\({_ISSUE}\))?(?:, |: ?){_PAGES}",
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}}){_TO_PAGES}(?!{YEAR}\b){_PAGES}",  # `521, 436-444`, `521:436`
    rf"{_NO_YEAR}(?P<volume>\d{{1,4}}) (?P<pages>[a-z]?\d{{1,6}}[-\u2013][a-z]?\d{{1,6}})(?![\w/])",
    rf", (?!{YEAR})(?P<volume>\d{{1,4}})(?:[.,]?\s*\Z|(?=, {YEAR}\b))",
    r"(?<![\w])(?:[\u7b2c\uc81c]\s?)?(?P<volume>\d{1,4})\s?[\u5dfb\u5377\uad8c],?\s?(?:(?:[\u7b2c\uc81c]\s?)?(?P<issue>\d{1,4})\s?[\u53f7\u865f\u671f\ud638])?",
)
_NUMBER_FORMS = tuple(map(lazy_pattern, _NUMBERS))
# Labelled volume, issue and pages, in the languages that have a citation style of their own.
_LABELLED = {
    "volume": lazy_pattern(
        r"\b(?:vol(?:ume)?|Bd|Band|Jg|Jahrgang|tome)\b\.?\s*(?P<text>\d\w{0,9}|[IVXLC]{1,8}\b)"
        r"|\b(?:v|t|\u0442)\.\s*(?P<text2>\d\w{0,9})",
        re.IGNORECASE,
    ),
    "issue": lazy_pattern(
        rf"{_NO}\s*(?P<text>(?:S|Suppl\.?\s?)?\d[\w/\u2013-]{{0,11}})|\u7b2c(?P<text2>\d{{1,4}})\u671f"
    ),
    "pages": lazy_pattern(
        rf"\b(?:pp?\.|pages?:?|Seiten?|S\.|\u0441\.|p\u00e1gs?\.)\s*(?P<text>{_PAGES.replace('?P<pages>', '?:')})",
        re.IGNORECASE,
    ),
}
_LABEL = (  # before the numbers after a journal
    r"(?:vol|Vol|VOL|Bd|Band|Jg|Jahrgang|tome|v\.|V\.|t\.|T\.|\u0422\.|no\.?|No\.|n[\u00b0\u00ba]|n\.|nr|Nr|H\.|Heft"
    r"|\u2116|n\u00fam|pp?\.|S\.|[\u0421\u0420P]\.|pages|[Aa]rticle)"
)
_MARKED_KIND = r"\[(?:[A-Z]|EB|DB|CP)(?:/OL)?\]"
GB_MARK = lazy_pattern(_MARKED_KIND)
# When and where a work was accessed.
_ACCESS_NOTE = lazy_pattern(
    r"\[(?:online|internet|en l[i\u00ed]nea|en ligne|J/OL)\]"
    r"|\[(?:cit\.|consult|acesso|accessed|(?:19|20)\d\d-)[^\[\]]{0,40}\]"
    rf"|\b(?:Acesso em|Accessed|Retrieved|Zugriff|consult\u00e9 le)\b[^;/]{{0,40}}?{YEAR}|\bISSN\s[\dX-]{9}"
    r"|\b(?:Dispon[i\u00ed]vel em|Available (?:from|at)|Recuperado de|Dostupn\u00e9 z"
    r"|Disponible sur|Verf\u00fcgbar unter)\b:?",
    re.IGNORECASE,
)
_BEFORE_VENUE = lazy_pattern(
    rf"[\s.,:;?!\"\u201d\u00bb'\u2019\u2013\u2014-]*(?:{_MARKED_KIND}[\s./]*|//\s*|[Ii]n:\s+)?"
)
_PLAIN_VENUE = lazy_pattern(
    rf"(?!Preprint\b)(?P<text>(?:[^\W\d_a-z]|[a-z](?=[a-z &]{{2,80}}[ ,.]))[^\d;()\[\]]{{1,160}}?)"
    rf"[\s.,;:\u2013\u2014-]{{0,6}}[\s,(.\u2013-](?:(?<=[\s,.(]){_LABEL}|\(?(?:{_MONTH}\.?\s)?{YEAR}\b|\d{{1,4}}(?=\s?[(.,:;]|\s\(|\s\d)|[\u7b2c\uc81c]?\d{{1,4}}[\u5dfb\u5377\uad8c])"
)
_ARTICLE = lazy_pattern(r"\b[Aa]rticle (?:no\.? |number )?(\w{1,15})")
_ADDRESS = lazy_pattern(
    r"\]\([^()\s]{1,2000}\)|https?://\S{1,2000}|\b10\.\d{4,9}/\S{1,300}|\barxiv[:\s]\s?\S{1,40}|\babs/\S{1,30}",
    re.IGNORECASE,
)
_EDITED = lazy_pattern(r"\s\(eds?\.?\s[^()]{2,200}\)")
_EDITORS = lazy_pattern(r"\bIn:?\s+[^()]{3,200}\((?:[Ee]ds?|Hrsg|Hg)\.?\)[.,:]?\s*")
_OF_LAW = lazy_pattern(  # OSCOLA: `(2015) 521 Nature 436`
    rf"\s?\({YEAR}\) (?P<volume>\d{{1,4}}) (?P<venue>[^\W\d_a-z][^\d()\[\]]{{2,100}}?) (?P<pages>[a-z]?\d{{1,6}})\b"
)
_VENUE_AND_YEAR = lazy_pattern(rf"(?P<venue>[^\W\d_a-z][^\d.,;:()]{{1,80}}?),?\s(?P<year>{YEAR})\.?")
_SMALL = frozenset("of the and in on for to de der des du et und & la".split())
_TRAILING_NUMBER = lazy_pattern(r",?\s\d{1,4}(?:\s[\d\u2013-]{1,15})?\Z")
_LONGEST_AFTER = 1_000  # characters after a title that are searched for the venue
_LONGEST_VENUE = 80  # characters
_PLACE_AND_PUBLISHER = lazy_pattern(r"[^\W\d_][^:.]{1,30}: ([^:]{2,80})")
_CITY = lazy_pattern(
    r"(?:,\s(?:(?:[^\W\d_a-z][\w'\u2019-]*|d[aeo]s?|del)(?:\s|\Z)){1,4})\Z"
)  # ABNT style: the city after the journal
_OF_ABNT = lazy_pattern(r"\bv\.\s*\d{1,4}, n\.")


def venue_fields(after: str) -> dict[str, object]:
    """Return the fields in the text after a reference's title: venue, volume, issue, pages or publisher."""
    after = after[:_LONGEST_AFTER]
    if law := _OF_LAW.match(after):
        return law.groupdict()
    after = _EDITORS.sub("In: ", _EDITED.sub("", without_access_notes(_ADDRESS.sub(" ", after))))
    bare = re.sub(r"[*_]", "", after)
    fields = {"venue": _venue(after, bare), **_numbers(bare)}
    if (found := _PLACE_AND_PUBLISHER.fullmatch(str(fields["venue"]))) and not fields.keys() & {"volume", "pages"}:
        fields = {"publisher": found[1]}
    if fields.get("volume"):
        fields["venue"] = fields["venue"].removesuffix(f" {fields['volume']}").rstrip(" ,")
    return {name: value for name, value in fields.items() if value}


def names_and_venue(text: str) -> tuple[list[str], dict[str, object]] | None:
    """Parse names, venue and year, as in `Jane Doe, Bo Roe, Nature, 2015`; return None for any other text."""
    if "(" in text and len(names := names_in(text)) > 1:  # `Ada Example (MIT), Bo Roe (ETH)`
        return names, {}
    for head, tail in at_commas(text):
        found = _VENUE_AND_YEAR.fullmatch(tail)
        names = names_in(plain_text(head), is_single_known=True) if found else []
        if found and names and (others := _people(found["venue"])):
            return [*names, *others], {"published": found["year"]}
        if found and names and all(word[0].isupper() or word in _SMALL for word in found["venue"].split()):
            return names, {"venue": found["venue"].strip(), "published": found["year"]}
    return None


def _people(text: str) -> list[str]:
    """Return the full names in a text that is no journal such as `Pattern Recognition`, else nothing."""
    names = [] if VENUE_WORD.search(text) or may_be_method(text) else names_in(text, is_single_known=True)
    return names if all(" " in name for name in names) else []


def venue_and_year(text: str) -> dict[str, object]:
    """Parse venue and year, `Nature 2015` or `Nature (2015)`; return {} for any other text."""
    found = _VENUE_AND_YEAR.fullmatch(text.replace("(", "").replace(")", "").strip(" .,;|*"))
    words = found["venue"].split() if found else []
    is_venue = VENUE_WORD.match(words[0]) if words else None
    if not (found and is_venue and all(word[0].isupper() or word in _SMALL for word in words)):
        return {}
    return {"venue": found["venue"].strip(), "published": found["year"]}


def without_access_notes(text: str) -> str:
    """Replace access notes by a space: `[online]`, `Accessed 1 May 2026`."""
    return _ACCESS_NOTE.sub(" ", text)


def has_publication_details(after: str) -> bool:
    """Return whether a text states a place of publication: a mark such as `[J]`, or a year with volume or pages."""
    if GB_MARK.match(after):
        return True
    after = _ADDRESS.sub(" ", after[:_LONGEST_AFTER])
    return re.search(YEAR, after) is not None and not {"volume", "pages"}.isdisjoint(venue_fields(after))


def before_journal(text: str) -> int:
    """Return the index where the title ends in `On Dams, Nature 521, 436-444`, or 0 without journal and numbers."""
    bare = _ADDRESS.sub(lambda found: " " * len(found[0]), text[:_LONGEST_AFTER])
    bare = re.sub(r"[*_]", " ", bare)
    found = [_first_numbers(bare), _LABELLED["volume"].search(bare)]
    numbers = min(filter(None, found), key=re.Match.start, default=None)
    *_, end = (None, *re.finditer(r"(?:,|[?!],?)\s+", text[: numbers.start()].rstrip(" ,") if numbers else ""))
    is_journal = end and venue_fields(text[end.start() :]).get("venue")
    return end.start() + (text[end.start()] != ",") if end and is_journal else 0


def _venue(after: str, bare: str) -> str:
    """Return the journal or proceedings in a text: the part in italics, after `In`, or before the numbers."""
    italic, within = ITALIC.search(after), _IN.search(bare)
    if italic and re.search(r"[^\W\d_]{2}", italic["text"]):
        return _TRAILING_NUMBER.sub("", plain_text(italic["text"]).strip(" ,."))
    if within:
        return _with_stop(_TRAILING_NUMBER.sub("", within["text"].strip(" ,.")), bare)
    start = _BEFORE_VENUE.match(bare)
    plain = _PLAIN_VENUE.match(bare, start.end() if start else 0)
    venue = plain["text"].strip(" ,.\u2013-") if plain else _sentence_of_venue(bare)
    return _CITY.sub("", venue) if _OF_ABNT.search(bare) else _with_stop(venue, bare)


def _with_stop(venue: str, bare: str) -> str:
    """Restore the final full stop of an abbreviated venue: `Phys. Rev. Lett.`"""
    return f"{venue}." if ". " in venue and f"{venue}." in bare else venue


def _sentence_of_venue(bare: str) -> str:
    """Return the journal in `Journal of Clouds. Advance online publication`, or "" for any other sentence."""
    first = bare.strip(' .,?!"\u201d\u2019').partition(". ")[0]
    return (
        first if len(first) <= _LONGEST_VENUE and VENUE_WORD.match(first) and not re.search(r"\d|[()]", first) else ""
    )


def _numbers(bare: str) -> dict[str, str]:
    """Return the volume, issue and pages in a text, labelled or in a known order."""
    found = _first_numbers(bare)
    fields = {name: value for name, value in (found.groupdict() if found else {}).items() if value}
    if number := fields.pop("number", ""):
        fields["issue"] = number
    article = _ARTICLE.search(bare)
    if named := fields.pop("article", "") or (article[1] if article else ""):
        fields["pages"] = named
    labelled = {
        name: next(filter(None, match.groups()))
        for name, pattern in _LABELLED.items()
        if (match := pattern.search(bare))
    }
    if fields.get("volume") != labelled.get("volume", fields.get("volume")):
        fields = {}
    fields |= labelled
    return fields | ({"pages": re.sub(r"\s", "", fields["pages"])} if "pages" in fields else {})


def _first_numbers(bare: str) -> re.Match[str] | None:
    return min(filter(None, (form.search(bare) for form in _NUMBER_FORMS)), key=re.Match.start, default=None)
