"""An author's name in its parts: which word is the family's, which particles go with it, which names are a group's."""

import re
from dataclasses import dataclass
from functools import lru_cache

_PARTICLES = frozenset(
    "af al av ben bin da dal de degli dei del della den der des di do dos du e el i ibn la las le los op 't ten ter "
    "van vom von y zu zum zur".split()
)
_SUFFIX = re.compile(r"Jr\.?|Sr\.?|I{2,3}|IV")
_GROUP = re.compile(
    r"(?i:\b(?:team|group|labs?|laborator(?:y|ies)|collaboration|consortium|initiative|project|research|institute"
    r"|universit(?:y|ies)|foundation|community|council|committee|network|alliance|contributors|authors?|inc|ltd|corp"
    r"|and|et|others)\b)|\bAI\b|^[Tt]he\b|[\d,;:&@/|()\[\]{}<>]"
)
# What readers of `Last, First` take for a suffix when it stands behind a comma; such a name is never turned round.
_LIKE_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv|ph\.?\s*d|m\.?\s*d)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name in parts. A group's name, and one of a single word, stand whole in `family`."""

    family: str
    given: str = ""
    particle: str = ""  # van, de la: goes before the family name
    suffix: str = ""  # Jr., III
    is_group: bool = False

    @property
    def last(self) -> str:
        """Return the family name with its particle."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def can_turn(self) -> bool:
        """Tell whether `Last, First` is read as it is meant: `Rahman, Md` would be taken for a doctor."""
        return bool(self.given) and _LIKE_SUFFIX.fullmatch(self.given) is None


@lru_cache(maxsize=65_536)
def split_name(name: str) -> PersonName:
    """Return the parts of `First Last`: the last word is the family name, with the lower-case particles before it."""
    words = name.split()
    if len(words) <= 1 or _GROUP.search(name):
        return PersonName(" ".join(words), is_group=bool(_GROUP.search(name)))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004 - first, last, Jr.
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return PersonName(words[-1], " ".join(words[:start]), " ".join(words[start:-1]), suffix)
