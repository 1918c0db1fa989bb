"""The words by which a part of a name is known: initials, suffixes, particles, groups, signs, writing systems."""

import re
from functools import lru_cache

PARTICLES = frozenset(
    "af al av ben bin bint da dal de degli dei del della den der des di do dos du e el i ibn la las le los op 't te "
    "ten ter van vom von y zu zum zur".split()
)
SUFFIX = re.compile(r"(?:[Jj][Rr]|[Ss][Rr]|[Jj]unior|[Ss]enior|I{2,3}|IV|2nd|3rd|4th|Filho|Neto|[Pp]ère|[Ff]ils)\.?")
_DEGREE = re.compile(r"Ph\.?\s?D\.?|M\.?\s?D\.?|MBBS|MPH|[MB]\.?\s?Sc\.?|D\.?\s?Phil\.?")
GROUP = re.compile(
    r"(?i:\b(?:team|group|labs?|laborator(?:y|ies)|collaboration|consortium|initiative|project|research|institute"
    r"|universit(?:y|ies)|foundation|community|council|committee|network|alliance|contributors|authors?|inc|ltd|llc"
    r"|gmbh|corp|and|et|others)\b)|AI\b|^[Tt]he\b|[\d,;:&@/|()\[\]{}<>]"
)
COMPANY = re.compile(r"(?:inc|ltd|llc|gmbh|corp|co)\b\.?", re.IGNORECASE)
INSTITUTION = re.compile(
    r"\b(?:universit|institut|college|school|department|dept|laborator|hospital|academy|cent(?:er|re)\b|facult)",
    re.IGNORECASE,
)
LITERAL = re.compile(r"\{[^{}]*\}")
_EAST_ASIAN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_EAST_ASIAN_NAME = re.compile(rf"(?:{_EAST_ASIAN.pattern}|[ ・·])+")
# `J.`, `J.-P.`, `Yu. V.`: what stands for a longer word ends with a full stop, or is a single capital.
_INITIAL = re.compile(r"[^\W\d_]'?[a-z]{0,2}\.|[^\W\d_]")
_SAINTS = frozenset({"St.", "Ste.", "Sta."})  # of family names: `St. John`
_MOST_CAPITALS = 3  # initials in one word: `JRR`


def is_appended(text: str, name: str) -> bool:
    """Tell whether what stands behind a name and a comma is its suffix or a degree, not the given names `M. D.`."""
    return SUFFIX.fullmatch(text) is not None or (" " in name and _DEGREE.fullmatch(text) is not None)


@lru_cache(maxsize=65_536)
def is_initials(text: str) -> bool:
    """Tell whether a text is nothing but initials: `J. R.`, `J.-P.`, `J R`, or capitals alone as in `JR`."""
    if is_capitals(text):
        return True
    words = text.replace("-", " ").replace(".", ". ").split()
    return (
        bool(words)
        and not SUFFIX.fullmatch(words[-1])
        and all(word[0].isupper() and _INITIAL.fullmatch(word) and word not in _SAINTS for word in words)
    )


def is_capitals(word: str) -> bool:
    """Tell whether a word is two or three initials without full stops, also `J-P`."""
    letters = word.replace("-", "")
    return len(letters) <= _MOST_CAPITALS and letters.isalpha() and letters.isupper()


def has_initials(name: str) -> bool:
    """Tell whether one of the words of a name is initials, so that the others are a family name."""
    return any(map(is_initials, name.split()))


def is_east_asian(name: str) -> bool:
    """Tell whether a name is in Chinese, Japanese or Korean writing, where the family name stands first."""
    return not name.isascii() and _EAST_ASIAN_NAME.fullmatch(name) is not None


def is_group(name: str) -> bool:
    """Tell whether a name is that of a team or an institution, or no name at all."""
    return GROUP.search(name) is not None
