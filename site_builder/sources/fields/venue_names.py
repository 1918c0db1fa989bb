"""Decide whether two names may denote one venue: `J. Meadow Res.`, `JMR`, `Journal of Meadow Research`."""

from site_builder.lazy import lazy_pattern

_WORD = lazy_pattern(r"[^\W\d_]+")
# A name with more words than this identifies a venue within a longer name; `Nature` also occurs in other venues.
_TELLING_WORDS = 2
_ACRONYM = lazy_pattern(r"[A-Z][a-z]*[A-Z]\w*")
_FORMAL_WORDS = frozenset(
    "journal proceedings proc conference conf international int annual symposium meeting transactions advances edition "
    "ieee acm cvf usenix aaai st nd rd th part series section vol volume lecture notes zeitschrift revista".split()
)
# What distinguishes venues of one name, compared kind by kind: years, other numbers, the letter of a section.
_MARKS_OF_VENUE = (
    lazy_pattern(r"\b(?:19|20)\d\d\b"),
    lazy_pattern(r"(?<!\d)\d{1,3}(?!\d)"),
    lazy_pattern(r"(?<=[\s(])(?:[A-Z]|I{2,3}|I?V|VI{1,3}|IX)\b(?!\.)"),
)
_SMALL_WORDS = frozenset("the of on in and for an a der die das für und de la le des et y".split())


def may_be_one_venue(one: str, other: str) -> bool:
    """Return whether one name contains the other, or abbreviates it (`J. Meadow Res.`, `JMR`)."""
    marks = [(set(mark.findall(one)), set(mark.findall(other))) for mark in _MARKS_OF_VENUE]
    if any(ours and theirs and not ours & theirs for ours, theirs in marks):
        return False
    words = [[word for word in _WORD.findall(name.casefold()) if word not in _SMALL_WORDS] for name in (one, other)]
    shorter, longer = sorted(words, key=lambda each: (len(each), sum(map(len, each))))
    more = set(longer) - set(shorter)
    is_within = set(shorter) <= set(longer)
    is_telling = len(shorter) > _TELLING_WORDS or any(map(_ACRONYM.fullmatch, (one, other)))
    if "".join(shorter) == "".join(longer) or (is_within and (is_telling or more <= _FORMAL_WORDS)):
        return True
    initials = "".join(word[0] for word in longer)
    is_short = len(shorter) == len(longer) and all(
        full.startswith(part) or part.startswith(full) for part, full in zip(shorter, longer, strict=True)
    )
    return is_short or any(len(word) > 1 and word in initials for word in shorter)
