"""Detect author names that are really the names of several people."""

import re
from collections.abc import Iterable

from site_builder.lazy import lazy_pattern
from site_builder.names.words import is_joined_organisation

_JOINTS = (" & ", " and ", ";", " et al", "、", "，")
_GROUP = lazy_pattern(r"\b(?:team|group|collaboration|consortium|university|institute|department|cent(?:er|re)|lab)")
_TWO_NAMES = lazy_pattern(r"(?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w'-]+,? (?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w'-]+")
# Occurs in every name of several people; one search covers all names of a paper.
_SUSPECT = lazy_pattern(r"[&;、，]|,.*,|(?i: and | et al)|^[A-Z]\..* [A-Z]\.", re.MULTILINE)


def may_name_several(names: Iterable[str]) -> bool:
    """Return whether any of the names may be those of several people: a cheap test before `names_several`."""
    return _SUSPECT.search("\n".join(names)) is not None


def names_several(name: str) -> bool:
    """Return whether a name contains a separator of names, or two family names each with initials before it."""
    lower = name.casefold()
    is_joined = any(joint in lower for joint in _JOINTS) or name.count(",") > 1 or _TWO_NAMES.fullmatch(name)
    return bool(is_joined) and not (_GROUP.search(lower) or is_joined_organisation(name))
