"""Names in BibTeX and BibLaTeX: joined by `and` outside braces, kept whole inside braces, or written as named parts."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern

_AND = lazy_pattern(r"\sand(?=\s)", re.IGNORECASE)
_COMMA = lazy_pattern(",")
_PART = lazy_pattern(r"\s*(family|given|prefix|suffix)\s*=\s*(.*?)\s*", re.DOTALL)
_IN_BRACES = lazy_pattern(r"\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*+\})*+)\}\s*")


def joined_names(value: str, *, has_groups: bool) -> list[str]:
    """Split names at `and`, each as written; has_groups: braces are balanced and protect an `and` inside them."""
    text = f" {value} "
    names = _outside_braces(text, _AND) if has_groups else _AND.split(text)
    return [name.strip() for name in names if name.strip()]


def name_in_parts(written: str) -> str:
    """Return `family=Berg, given=Jan, prefix=van der` as `van der Berg, Jan`, and any other name unchanged."""
    found = [_PART.fullmatch(part) for part in _outside_braces(written, _COMMA)] if "family" in written else []
    parts = {part[1]: part[2] for part in found if part}
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    named = ", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))
    return named if parts.get("family") else written


def is_in_braces(written: str) -> bool:
    """Return whether a name has several words and is entirely enclosed in braces."""
    found = _IN_BRACES.fullmatch(written)
    return found is not None and " " in found[1].strip()


def _outside_braces(text: str, joint: re.Pattern[str]) -> Iterator[str]:
    """Split a text at the joints outside braces."""
    depth = start = 0
    for found in re.finditer(rf"[{{}}]|{joint.pattern}", text, joint.flags):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif not depth:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]
