"""Author names in all forms → a tuple of `First Last`."""

import re
from typing import Any

from site_builder.papers.clean import clean_text

_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\s*al\.?|\.\.\.|…)", re.IGNORECASE)
_ET_AL = re.compile(r"(?<![\s,;])[\s,;]++(?:and\s+others|et\s+al\.?|\.\.\.|…)\s*$", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[Jj][Rr]|[Ss][Rr]|I{2,3}|IV|Ph\.?\s*D|M\.?\s*D)\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
_LITERAL = re.compile(r"\{[^{}]*\}")
_NAME_ALONE = re.compile(r"[A-Z][^\s,;]*(?: [^\W\d_a-z][^\s,;]*){1,3}")  # two to four words, each with a capital
_PAIR = 2


def parse_authors(value: Any) -> tuple[str, ...]:
    """Return the names of a list, or of one text that joins them with `and`, `;` or commas, in order and once each."""
    parts = list(map(_item, value)) if isinstance(value, list | tuple) else _split(str(value))
    return tuple(dict.fromkeys(filter(None, map(_name, parts))))


def _name(part: str) -> str:
    """Return one name as `First Last`, "" for what stands for others or is no name."""
    name = clean_text(part[1:-1]) if _LITERAL.fullmatch(part) else _turn(clean_text(part))
    return "" if _OTHERS.fullmatch(name) else name


def _item(item: Any) -> str:
    """Return the name in one item of a list: a text, or a mapping with a name."""
    if isinstance(item, dict):
        item = item.get("name") or " ".join(str(item[key]) for key in ("given", "family") if item.get(key))
    return str(item or "")


def _split(text: str) -> list[str]:
    """Part a text into names: at `;`, else at `and`, else at commas that do not turn a name around."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(map(_NAME_ALONE.fullmatch, lines)):
        return lines
    text = _ET_AL.sub("", " ".join(text.split()))
    if ";" in text:
        return text.split(";")
    if re.search(r"\sand\s", text):
        parts = re.split(r",?\s+and\s+", text)
        is_long = parts[0].count(",") > 1 or (len(parts) == _PAIR and " " in parts[0].partition(",")[0])
        is_joined_by_commas = is_long and not _are_turned(parts)
        return [name for part in parts for name in (part.split(",") if is_joined_by_commas else [part])]
    parts = [part.strip() for part in text.split(",")]
    is_turned = len(parts) == _PAIR and " " not in parts[0] and not _has_two_words(parts[1])
    if is_turned or (len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2]))):
        return [f"{last}, {first}" for last, first in zip(parts[::2], parts[1::2], strict=True)]
    return parts


def _are_turned(parts: list[str]) -> bool:
    """Tell whether each part is `Last, First`: one last name is a single word or begins with a small letter."""
    lasts = [part.partition(",")[0].strip() for part in parts]
    return all(part.count(",") == 1 for part in parts) and any(" " not in last or last[0].islower() for last in lasts)


def _has_two_words(text: str) -> bool:
    return len([word for word in text.split() if len(word.strip(".")) > 1]) >= _PAIR


def _turn(name: str) -> str:
    """Turn `Last, First` and `Last, Jr, First` around; `{A Team, Inc.}` stays; a name without a letter is none."""
    if not name[:1].isalpha() and not any(character.isalpha() for character in name):
        return ""
    if "," not in name:
        return name.strip(" ,")
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == _PAIR and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[0]} {parts[1]}"
    if len(parts) == _PAIR:
        return f"{parts[1]} {parts[0]}"
    if len(parts) > _PAIR and _SUFFIX.fullmatch(parts[1]):
        return f"{' '.join(parts[2:])} {parts[0]} {parts[1]}"
    return name.strip(" ,")
