r"""Convert plain text to BibTeX field values: escape TeX's special characters, keep formulas as `$…$`."""

import re
from functools import lru_cache

from site_builder.papers.formulas import Formula, split_formulas
from site_builder.render.citations.work import one_line
from site_builder.render.text.plain import plain_text

_SPECIAL = re.compile(r"[&%$#_{}~^\\]")
_ESCAPES = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\^{}",
    "\\": r"\textbackslash{}",
}
# BibTeX counts escaped braces too, so unbalanced ones must be written without a brace.
_UNMATCHED = _ESCAPES | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
# A word up to a hyphen or slash, or special characters with the word after them. After a special character an opening
# brace would begin its command's argument, and BibTeX reads `{\_` as an accented letter and changes its case. So a word
# directly after a special character keeps no capitals.
_PART_OF_TITLE = re.compile(r"[&%$#_{}~^\\]+[^\W_]*|[^\W_](?:[^\s/\u2013\u2014-]*[^\W_])?")
_BARE_COMMENT = re.compile(r"(?<!\\)[%#]")
_LOOKS_LIKE_ENTRY = re.compile(r"@\w*\s*\{")


def tex(text: str, *, is_title: bool = False) -> str:
    r"""Return text on one line as TeX with balanced braces.

    is_title: protect capitals with braces, since styles in sentence case would lose them: `{BERT}`, `{GPT}-4`, `{C}++`.
    """
    text = one_line(text)
    if not is_title and not _SPECIAL.search(text):
        return text
    pieces = split_formulas(text)
    wording = "".join(piece for piece in pieces if isinstance(piece, str))
    escapes = _ESCAPES if _braces_match(wording) else _UNMATCHED
    return "".join(
        _formula(piece) if isinstance(piece, Formula) else _wording(piece, escapes, is_title) for piece in pieces
    )


def verbatim(text: str) -> str:
    """Percent-encode what would end the field in a URL or identifier; BibTeX needs no other escapes there."""
    return re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", one_line(text))


def _wording(text: str, escapes: dict[str, str], is_title: bool) -> str:
    text = text.replace(r"\$", "$")
    if not is_title:
        return _SPECIAL.sub(lambda sign: escapes[sign[0]], text)

    braces_match = escapes is _ESCAPES
    return _PART_OF_TITLE.sub(lambda found: _part_of_title(found[0], braces_match), text)


@lru_cache(maxsize=65_536)
def _part_of_title(part: str, braces_match: bool) -> str:
    escapes = _ESCAPES if braces_match else _UNMATCHED
    escaped = _SPECIAL.sub(lambda sign: escapes[sign[0]], part)
    return f"{{{escaped}}}" if _needs_its_capitals(part) else escaped


def _needs_its_capitals(part: str) -> bool:
    """Return whether a word is a name or acronym rather than capitalised as in any title: BERT, LoRA, L2, X; not A."""
    if not part[0].isalnum():
        return False
    if part[1:] != part[1:].lower():
        return True
    return part[0].isupper() and (any(map(str.isdigit, part)) or (len(part) == 1 and part != "A"))


def _formula(formula: Formula) -> str:
    """Return a formula as written, or as Unicode text if BibTeX could not find the end of the field."""
    written = _BARE_COMMENT.sub(r"\\\g<0>", formula.written)
    unescaped = re.sub(r"\\.", "", written)
    if _braces_match(written) and _braces_match(unescaped) and not _LOOKS_LIKE_ENTRY.search(written):
        return written
    return _SPECIAL.sub(lambda sign: _UNMATCHED[sign[0]], " ".join(plain_text(written).split()))


def _braces_match(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
