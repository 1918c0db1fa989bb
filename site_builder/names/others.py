"""Recognise the words for omitted authors in a list of names: `et al.`, `and 12 others`, `+ 3 more`, `等`."""

import re
from dataclasses import dataclass

from site_builder.lazy import lazy_pattern

_COUNT = r"(?P<{}>\d{{1,5}})"
_WORDS = (
    r"(?:et\.?\s?all?(?:ii|iae|ia)?\b\s?\.?|etc\.?|u\.\s?a\.|u\.\s?v\.\s?a\.|et\s+autres|und\s+andere|y\s+otros"
    r"|e\s+outros|e\s+altri"
    r"|и\s+др\.?|(?:and|&)\s+(?:(?:many\s+|several\s+)?(?:others|more)|colleagues|team"
    r"|co-?workers|co-?authors)|&\s*al\b\.?|\bothers|\(?et\s+al\.?\)?"
    r"|m\.?\s?fl\.|(?<=\s)e\.\s?a\.|(?<=\s)i\s+in(?:ni|\.)|ve\s+(?:ark\.|diğerleri)|et\s+coll\b\.?|(?:and|&)\s+co\.|a\s+kol\.|и\s+соавт\w*\.?"
    r"|inter\s+alia|等人?|ほか|(?<=\s)[他외]|\.\.\.|…)"
)
_MORE = (
    r"(?:other\s+|more\s+|additional\s+|further\s+|co-?)?(?:authors?|others?|more|people|collaborators|contributors|autres|weitere|otros|outros|altri)"
    r"(?:\s+not\s+shown)?"
)
_COUNTED = (
    rf"(?:(?:(?:and|&|plus|with|show|et|und|y|e)\s+)?{_COUNT.format('first')}\s+{_MORE}"
    rf"|(?:\+|plus)\s?{_COUNT.format('second')}(?:\s+{_MORE})?|[等他外외]\s?{_COUNT.format('third')}\s?[人名位명])"
)
_BRACKETS = r"[\s,;(\[]"
_LAST = lazy_pattern(
    rf"(?:\A|(?<![\s,;(\[]){_BRACKETS}++|(?<=[)\]])|(?<=[^\x00-\x7f])|(?=\.\.\.|…|等))"
    rf"[*_]{{0,2}}(?:{_COUNTED}|{_WORDS})[*_]{{0,2}}[\s.,;)\]]*\Z",
    re.IGNORECASE,
)
_YEAR = lazy_pattern(r"(?:(?<=\bal\.)[,\s]*|(?<=\bal)[,\s]+)[(\[]?(?:19|20)\d\d[a-z]?[)\]]?\s*\Z")
_WITHIN = lazy_pattern(
    r"[\s,;(\[][*_]{0,2}et\.?\s?al\b\.?[*_]{0,2}[\s,;)\]]+(?=\S)"
    r"|(?<![\s,;(\[])[\s,;(\[]*(?:\u2026|\.\.\.|\. \. \.)[\s,;&)\]]*(?=[^\s,;&)\]])",  # APA style: `A., ... Z.`
    re.IGNORECASE,
)
_LONGEST = 60  # characters


@dataclass(frozen=True, slots=True)
class Cut:
    """A text of names without the words for omitted authors; is_cut: there were such words; count: 0 if not stated."""

    text: str
    is_cut: bool
    count: int = 0


def without_others(text: str) -> Cut:
    """Remove the words for omitted authors from the end of a text."""
    text = _YEAR.sub("", text.rstrip()) if text.rstrip(")] ")[-4:].isdigit() else text.rstrip()
    found = _LAST.search(text, max(0, len(text) - _LONGEST))
    if found is None:
        return Cut(text, is_cut=False)
    count = int(found["first"] or found["second"] or found["third"] or 0)
    kept = text[: found.start()].rstrip(" ,;&")
    again = _LAST.search(kept, max(0, len(kept) - _LONGEST)) if count else None  # `et al. (120 authors)`
    return Cut(kept[: again.start()].rstrip(" ,;&") if again else kept, True, count)


def without_others_within(text: str) -> Cut:
    """Remove an `et al.` or an ellipsis between two names of a text."""
    if " al" not in text and ".al" not in text and "\u2026" not in text and ".." not in text and ". ." not in text:
        return Cut(text, is_cut=False)
    *before, last = _WITHIN.split(text)
    parts = [*(part.rstrip(" ,;([") for part in before), last]
    are_between_commas = ";" not in text and any("," in part for part in parts)
    return Cut((", " if are_between_commas else "; ").join(parts), is_cut=bool(before))
