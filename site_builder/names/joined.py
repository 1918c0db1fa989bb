"""Split a text of several names at `;`, `、`, `&`, `and`, and at commas that do not separate `Last, First`.

The pieces around a comma decide what it means: `T. Dao, A. Gu` and `Dao, T., Gu, A.` are both two people. Each reading
has a cost, the sum of the objections to each of its names; the cheapest reading wins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from site_builder.lazy import lazy_pattern
from site_builder.names.words import (
    COMPANY,
    FAMILY_NAMES,
    INSTITUTION,
    LITERAL,
    OBJECT,
    ORGANISATION_WITH_AND,
    PARTICLES,
    SUFFIX,
    are_given_names,
    has_initials,
    is_appended,
    is_east_asian,
    is_group,
    is_initials,
)

_CERTAIN = lazy_pattern(
    r"\s*(?:[;；、，،؛|•\t]|//|\s[/·‧∙]\s|\n)\s*(?:(?:and|und|et|&)\s+)?"
)  # always separates names; never occurs within one
_AND = lazy_pattern(
    r"(?:\s*,)?\s+(?:and|And|AND|und(?!\szu[mr]?\s)|et|&|＆)(?=\s)|\s*,\s*[&＆](?=\s*\w)|(?<=[^\W\d_A-Z])\s*[&＆]\s+|\s+[&＆](?=\w)"
)
# `and` in other languages; `y`, `e` and `i` also occur within a name (`Ortega y Gasset`, `Cruz e Souza Lima`).
AND_OR_WITHIN = lazy_pattern(r"\s(?:y|e|i)(?=\s)")
_AND_ELSEWHERE = lazy_pattern(
    r"\s(?:with|sowie|\+|en|och|og|ja|ve|és|oraz|dan|và|и|й|та|και)(?=\s)|(?<=[^\W\d_]{2})/(?=[^\W\d_])"
)
_AND_IN_HAN = lazy_pattern(
    r"(?<=[\u4e00-\u9fff]{2})(?:\s+[和与與及]\s+|[和与與及](?=[\u4e00-\u9fff]{2,4}(?:\Z|[,，、;；\s])))"
    r"|(?<=[\uac00-\ud7a3])[·ㆍ](?=[\uac00-\ud7a3])|(?<=[\u4e00-\u9fff]{3})・(?=[\u4e00-\u9fff]{3})"
)
_BETWEEN_NAMES = lazy_pattern(r"[,;]|\s(?:and|&)\s")
_LONGEST_NAME = 80  # characters
_AFFILIATION = lazy_pattern(r"\s[-–—]\s((?:(?!\s[-–—]\s)[^,;])*)")
_ON_BEHALF = lazy_pattern(
    r"(?:,|(?<!\s))\s++(?:on\s+behalf\s+of|for)\s+(?:the\s+)?"
    r"(?=[^,;]{0,80}\b(?:Collaboration|Consortium|Team|Group|Investigators|Network|Initiative)\b)"
)
_BEHALF = lazy_pattern(r"\A\W*on\s+behalf\s+of\s+(?:the\s+)?")
_GROUP_IN_BRACKETS = lazy_pattern(
    r"\s*[(\[](?:(?:on\s+behalf\s+of|for)\s+)?(?:the\s+)?([^()\[\]]{1,80}\b(?:Collaborations?|Consortium))[)\]]"
)
_COLLABORATION = lazy_pattern(
    r"\A\s*((?:[^\s:,;]{1,40}\s+){0,6}(?:Collaborations?|Consortium|Team|Group)|(?:The\s)?Team\s[^\s:,;]{1,40})\s*:\s*(?=\S)"
)
# A group before its members, as in `NVIDIA: Ada Lovelace` and, in arXiv's feeds, `Qwen, :, An Yang`.
_GROUP_BEFORE = lazy_pattern(
    r"\A\s*(?P<name>[^\W\d_a-z][^\s:,;]{0,40}(?:\s[^\s:,;]{1,40}){0,3})(?:\s*,\s*:\s*,|:\s)\s*"
    r"(?=[^\W\d_a-z][^\s,;:]*\s[^\W\d_a-z])"
)
_COLLABORATIONS = lazy_pattern(  # several groups as one author: `CMS and TOTEM Collaborations`
    r"(?:\A\s*|(?P<behalf>,?\s(?:for|on\sbehalf\sof)\s))(?:the\s)?(?P<names>[^\s:,;]{1,40}(?:\sScientific)?(?:,\s[^\s:,;]{1,40}){0,4},?\s(?:and|&)\s(?:the\s)?[^\s:,;]{1,40}"
    r"(?:\sI{1,3})?\sCollaborations)(?=\s*(?:[:,;]|\Z))",
    re.IGNORECASE,
)
_APPENDIX = lazy_pattern(
    r"[\s,;]*(?:(?P<bracket>\()|\b)(?:with\s)?(?:an\s|the\s)?appendi(?:x|ces)\sby\s(?P<names>[^()]*)(?(bracket)\))",
    re.IGNORECASE,
)
_INITIAL_WITHOUT_SPACE = lazy_pattern(r"(?<![^\W_])([^\W\d_a-z]\.)(?=[^\W\d_a-z][^\W\d_]{2})")
_LEAD = lazy_pattern(
    r"(?:\A|(?<=[;,]))\s*(?:(?:first|second|third|last|lead|main|senior|corresponding|contact)\s)?(?:co-?)?(?:authors?|speakers?|presenters?|editors?|creators?|contributors?)\s*[:：]\s*"
    r"|\A\s*(?:(?:作者|著者|von|by)\s*[:：]|(?:written\s+)?by\s|and\s)\s*",
    re.IGNORECASE,
)
_TRAIL = lazy_pattern(r"(?<![\s,;])[\s,;]+(?:and|&)\s*\Z")
_MARKS = "*∗⁎†‡§¶‖#✉✝⋆★☆♯♭♦⊕⋄♠♣♥∥⊥¹²³⁴⁵⁶⁷⁸⁹⁰⁺⁻·ᵃᵇᶜᵈᵉ"
_RAISED = lazy_pattern(r"\$[^$]{0,30}\$|\^(?:\{[^{}]{0,20}\}|[\d*†‡]{1,3}(?:,\d{1,2})*|[a-z](?:,[a-z])*(?![a-z]))")
_TITLES = ("Dr. ", "Dr ", "Prof. ", "Prof ", "Professor ", "Mr. ", "Mrs. ", "Ms. ")
_ADDRESS = lazy_pattern(
    r"<[^<>@]{1,80}@[^<>@]{1,80}>|\b(?:https?://)?orcid\.org/\S+|\b(?:orcid(?:\sid)?:?\s*)?\d{4}(?:-\d{3}[\dX]){3}",
    re.IGNORECASE,
)
_QUOTED = lazy_pattern("([\"'“‘«„])([^\"'“”‘’«»„]+)[\"'”’»“]")
_TRAILING_NUMBER = lazy_pattern(r"(?<=[^\W\d_.])\s?\d{1,2}(?:\s?[,*†‡§\s]\s?(?:\d{1,2}\b|[*†‡§]))*$")
_TRAILING_NUMBERS = lazy_pattern(r"(?<=[^\W\d_])\d{1,2}(?:\s?,\s?[\d*†‡§]{1,2}){1,9}\Z")
# A footnote mark after the family name alone: `Doe1, Jane`.
_MARKED_FAMILY = lazy_pattern(
    r"(?P<family>(?:\A|;|\s(?:and|&|und|et)\s)\s*(?P<words>(?:[^\s,;&\d]+\s){0,2}[^\s,;&\d]*[^\W\d_A-Z]))"
    r"[\d*\u2217\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070-\u2079]{1,4}"
    r"(?=,\s(?P<given>[^\s,;\d&]+(?:\s[^\s,;\d&]+){0,2})\s*(?:\Z|;|,?\s(?:and|&|und|et)\s))"
)
_FULL_STOP = lazy_pattern(r"(?:(?<=[A-Z]{2})|(?<=[^\W\d_]{3}))(?<!Inc)(?<!Ltd)(?<!GmbH)(?<!Corp)\.\s*\Z")
_MARKUP = lazy_pattern(
    r"<sup>.*?</sup>|\\(?:textsuperscript|thanks|inst|footnote(?:mark)?|affil|fnm|fnref|orcid\w*|IEEEauthorrefmark)\*?"
    r"(?:\[[^\[\]]*\]|\{[^{}]*\})+",
    re.IGNORECASE | re.DOTALL,
)
_LINK = lazy_pattern(r"\[([^\[\]]+)\]\([^()\s]*\)")  # a Markdown link
_BREAK = lazy_pattern(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_OPENING, _CLOSING = "([（【", ")]）】"
_STORED = lazy_pattern("\ufdd0(\\d+)\ufdd1")
_AFTER_FOUNDERS = frozenset(
    {"Sons", "Daughters", "Co", "Company", "Noble", "Brothers", "Partners", "Young", "Associates"}
)
_MONONYM, _FORM_CHANGE, _NEVER = 1.2, 1.0, 6.0


class Form(Enum):
    """The order of a written name: `Ada Lovelace` or `Lovelace, Ada`."""

    PLAIN = "given name first"
    INVERTED = "family name first"


@dataclass(frozen=True, slots=True)
class Written:
    """One name as written: the pieces between its commas, and the suffix."""

    pieces: tuple[str, ...]
    suffix: str = ""
    is_literal: bool = False


@dataclass(frozen=True, slots=True)
class _NamePiece:
    text: str
    is_after_comma: bool  # not an `and`: the piece may belong to the name before it
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The names in a text.

    margin: how much more the next best reading costs. forms: the form of each name, where the reading chose one.
    """

    names: tuple[Written, ...]
    margin: float = _NEVER
    forms: tuple[Form, ...] = ()


def with_groups_apart(text: str) -> str:
    """Separate a name from a group with `;`: `Ada Lovelace on behalf of the Engine Group`, `Engine Group: …`."""
    return _ON_BEHALF.sub("; ", _COLLABORATION.sub(r"\1; ", without_behalf(text), count=1))


def without_behalf(group: str) -> str:
    """Remove `on behalf of the` before the name of a group."""
    return _BEHALF.sub("", group)


def read_joined(text: str, lean: float = 0.0) -> Reading:
    """Read the names of a text that has no `et al.` or similar.

    lean: the style of the file's other lists, from -1 (`Ada Lovelace`) to 1 (`Lovelace, Ada`).
    """
    literals: list[str] = []
    if "^" in text or "$" in text:
        text = _RAISED.sub("", text)
    if "{" in text:
        text = LITERAL.sub(lambda found: _store(found[0][1:-1], literals), text)
    if "ppendi" in text:
        text = _APPENDIX.sub(r"; \g<names>" if ";" in text else r", \g<names>", text)
    if "ollaborations" in text:
        text = _COLLABORATIONS.sub(
            lambda found: f"{', ' if found['behalf'] else ''}{_store(found['names'], literals)}", text, count=1
        )
        text = re.sub(r"(?<=\ufdd1)\s*:", ";", text)
    text = _INITIAL_WITHOUT_SPACE.sub(r"\1 ", text)
    text = _TRAIL.sub("", _LEAD.sub("", without_brackets(text)))
    text = _GROUP_BEFORE.sub(lambda found: f"{_store(found['name'], literals)}, ", text)
    text = ORGANISATION_WITH_AND.sub(lambda found: _store(found[0].removeprefix("the "), literals), text)
    text = with_last_and(with_ands(text))
    text = without_marked_families(text)
    text = _FULL_STOP.sub("", text)
    text = _ON_BEHALF.sub(", ", _COLLABORATION.sub(r"\1, ", text, count=1))
    if _CERTAIN.search(text):
        readings = [_segment(part, lean) for part in _CERTAIN.split(text) if part.strip()]
    else:
        readings = [_commas(text, lean)]
    names = tuple(_restored(name, literals) for reading in readings for name in reading.names)
    margin = min((reading.margin for reading in readings), default=_NEVER)
    return Reading(names, margin, tuple(form for reading in readings for form in reading.forms))


def are_two_east_asian(last: str, given: str) -> bool:
    """Return whether a `Last, First` in East Asian script is really two full names: `张三, 李四`."""
    if not (is_east_asian(last) and is_east_asian(given)):
        return False
    is_short = len(last) == 1 or len(given) == 1
    return not is_short and (len(last) > 2 or {last[0], given[0]} <= FAMILY_NAMES)  # noqa: PLR2004 - Japanese, compound


def without_marked_families(text: str) -> str:
    """Remove the footnote marks after family names: `Doe1, Jane and Roe\u00b9, Bo`."""
    if "," not in text:
        return text
    return _MARKED_FAMILY.sub(lambda found: found["family"] if _is_family(found) else found[0], text)


def _is_family(found: re.Match[str]) -> bool:
    """Return whether the marked words are a family name, not a group or a full name as in `Ada Doe1, Bo Roe`."""
    words = found["words"].split()
    is_one = len([word for word in words if word not in PARTICLES]) == 1
    has_one_given = len([word for word in found["given"].split() if not is_initials(word)]) <= 1
    return (is_one or has_one_given) and not is_group(found["words"])


def with_ands(text: str) -> str:
    """Replace other languages' `and` between two names, and split names joined by a dash.

    Words that may also be within a name stay unchanged.
    """
    if not text.isascii():
        text = _AND_IN_HAN.sub("、", text)
    if _AFFILIATION.search(text):
        text = _AFFILIATION.sub(_after_dash, text)
    return _AND_ELSEWHERE.sub(
        lambda found: ("; " if found[0] == "/" else " and") if _is_between_names(found) else found[0], text
    )


def with_last_and(text: str) -> str:
    """Replace `y`, `e` or `i` between the last two names of a text by `and`."""
    last = max(text.rfind(sign) for sign in ",;")
    return text[: last + 1] + AND_OR_WITHIN.sub(
        lambda found: " and" if _is_between_names(found) else found[0], text[last + 1 :]
    )


def _is_between_names(found: re.Match[str]) -> bool:
    """Return whether a match has two or more words on each side, up to the next separator of names."""
    before = found.string[max(0, found.start() - _LONGEST_NAME) : found.start()]
    after = found.string[found.end() : found.end() + _LONGEST_NAME]
    sides = (_BETWEEN_NAMES.split(before)[-1], _BETWEEN_NAMES.split(after)[0])
    return all(len(side.split()) > 1 for side in sides)


def _after_dash(found: re.Match[str]) -> str:
    """Return the text after a dash as a separate name, or "" if it is the affiliation of the name before it."""
    is_name = len(found[1].split()) > 1 and not is_group(found[1]) and not INSTITUTION.search(found[1])
    return f"; {found[1]}" if is_name else ""


def groups_in_brackets(text: str) -> tuple[str, list[str]]:
    """Return a text without its bracketed groups, and the groups: `A. Lee (for the ATLAS Collaboration)`."""
    if "ollaboration" not in text and "onsortium" not in text:
        return text, []
    return _GROUP_IN_BRACKETS.sub("", text), _GROUP_IN_BRACKETS.findall(text)


def without_brackets(text: str) -> str:
    """Remove brackets with their contents (affiliations, marks), or only the brackets if no letter would remain."""
    if not any(sign in text for sign in _OPENING):
        return text
    kept: list[str] = []
    depth = start = 0
    for found in re.finditer(r"[()\[\]（）【】]", text):
        if found[0] in _OPENING:
            if depth == 0:
                kept.append(text[start : found.start()])
            depth += 1
        elif depth:
            depth -= 1
        start = found.end() if depth == 0 else start
    outside = " ".join("".join([*kept, text[start:] if depth == 0 else ""]).split()).replace(" ,", ",")
    return outside if any(map(str.isalpha, outside)) else re.sub(r"[()\[\]（）【】]", "", text)


def without_markup(text: str) -> str:
    """Strip superscript marks, link URLs, and the Python repr around an `Author(…)`."""
    if "Author(" in text:
        text = OBJECT.sub(r"\1", text)
    if "<" in text or "\\" in text or "](" in text:
        text = _BREAK.sub("; ", _LINK.sub(r"\1", _MARKUP.sub("", text)))
    return "; ".join(filter(None, text.split("\t"))) if "\t" in text.strip() else text


def without_marks(name: str) -> str:
    """Remove affiliation marks, e-mail addresses and ORCID iDs, titles, quotation marks and labels (`Author:`)."""
    if "<" in name or "orcid" in name.casefold() or name[-5:-4] == "-":
        name = _ADDRESS.sub("", name)
    if ":" in name:
        name = _LEAD.sub("", name)
    name = name.strip(_MARKS).strip(" ,;:")
    if quoted := _QUOTED.fullmatch(name):
        name = quoted[2].strip()
    if name.startswith("the ") and is_group(name):
        name = name[4:]
    title = next((title for title in _TITLES if name.startswith(title)), "")
    return name.removeprefix(title) if " " in name[len(title) :] else name


def without_raised(name: str) -> str:
    """Remove superscript marks and a trailing list of numbers: `Lovelace^1`, `Lovelace1,2`."""
    return _TRAILING_NUMBERS.sub("", _RAISED.sub("", name) if "^" in name or "$" in name else name)


def has_numbers(names: Sequence[str]) -> bool:
    """Return whether most names of a list end with an affiliation number."""
    return 2 * sum(name[-1:].isdigit() for name in names) > len(names)


def without_number(name: str) -> str:
    """Remove the numbers after a name."""
    return _TRAILING_NUMBER.sub("", name)


def _store(text: str, literals: list[str]) -> str:
    literals.append(text)
    return f"\ufdd0{len(literals) - 1}\ufdd1"


def _restored(name: Written, literals: Sequence[str]) -> Written:
    """Put the stored literals back into a name; a name that is a single literal is marked `is_literal`."""
    if not literals:
        return name
    whole = _STORED.fullmatch(name.pieces[0]) if len(name.pieces) == 1 else None
    pieces = tuple(_STORED.sub(lambda found: literals[int(found[1])], piece) for piece in name.pieces)
    return Written(pieces, name.suffix, is_literal=whole is not None)


def _segment(text: str, lean: float) -> Reading:
    """Read the text between two certain separators: usually one name."""
    parts = [part.strip() for part in text.split(",")]
    has_institution = len(parts) > 1 and " " in parts[0] and any(map(_is_institution, parts[1:]))
    return _commas(parts[0] if has_institution else text, max(lean, 1.0))


def _is_institution(text: str) -> bool:
    has_letters = any(word.isupper() and word.isalpha() and len(word) > 2 for word in text.split())  # noqa: PLR2004
    return has_letters or INSTITUTION.search(text) is not None


def _commas(text: str, lean: float) -> Reading:
    """Read a text whose names are separated by commas and `and` only."""
    pieces = _pieces(text)
    words = text.split()
    if len(words) > 2 and is_east_asian(text) and all(len(word) in (2, 3) for word in words):  # noqa: PLR2004
        return Reading(tuple(Written((word,)) for word in words))
    if len(pieces) == 1:
        return Reading((Written((pieces[0].text,), pieces[0].suffix),))
    is_short = any(" " not in piece.text and piece.text[0] != "\ufdd0" for piece in pieces)
    if _is_one_group(pieces) or ("," not in text and is_group(text) and len(pieces) == 2 and is_short):  # noqa: PLR2004
        if names := _two_families(pieces):
            return Reading(names, margin=0.0)
        return Reading((Written((text.strip(),)),))  # `Department of Physics and Astronomy`
    if len(pieces) > 2 and not pieces[-1].is_after_comma and all(map(_is_word, pieces)):  # noqa: PLR2004
        return Reading(tuple(Written((piece.text,), piece.suffix) for piece in pieces))  # `Smith, Lee, and Park`
    return _cheapest(pieces, lean)


def _is_one_group(pieces: Sequence[_NamePiece]) -> bool:
    """Return whether the pieces form one group: `Academies of Sciences, Engineering, and Medicine`."""
    first = pieces[0].text
    return " of " in first and is_group(first) and all(" " not in piece.text for piece in pieces[1:])


def _two_families(pieces: Sequence[_NamePiece]) -> tuple[Written, ...]:
    """Return the two people of `Kingma & Ba`, or nothing if it may be the name of a company."""
    is_company = pieces[-1].text in _AFTER_FOUNDERS or not all(map(_is_word, pieces)) or len(pieces) > 2  # noqa: PLR2004
    return () if is_company else tuple(Written((piece.text,)) for piece in pieces)


def _is_word(piece: _NamePiece) -> bool:
    """Return whether a piece is one word that may be a family name."""
    text = piece.text
    return text.isalpha() and text.istitle() and len(text) > 1 and not is_group(text) and not is_east_asian(text)


def _pieces(text: str) -> list[_NamePiece]:
    """Split a text at commas and `and`; remove marks, and attach suffixes to the piece before them."""
    parts = [(piece, index > 0) for joined in _AND.split(text) for index, piece in enumerate(joined.split(","))]
    clean = [(without_marks(piece.strip()), is_after_comma) for piece, is_after_comma in parts]
    clean = [
        (piece, is_after_comma)
        for piece, is_after_comma in clean
        if any(sign.isalpha() or sign == "\ufdd0" for sign in piece)
    ]
    if has_numbers([piece for piece, _ in clean]):
        clean = [(without_number(piece), is_after_comma) for piece, is_after_comma in clean]
    pieces: list[_NamePiece] = []
    for text_of_piece, is_after_comma in clean:
        last = pieces[-1] if is_after_comma and pieces else _NamePiece("", is_after_comma=False)
        if last.text and (is_appended(text_of_piece, last.text) or COMPANY.fullmatch(text_of_piece)):
            is_company = COMPANY.fullmatch(text_of_piece) is not None
            whole = f"{last.text}, {text_of_piece}" if is_company else last.text
            pieces[-1] = _NamePiece(whole, last.is_after_comma, last.suffix if is_company else text_of_piece)
        else:
            pieces.append(_NamePiece(text_of_piece, is_after_comma))
    return pieces or [_NamePiece("", is_after_comma=False)]


def _cheapest(pieces: Sequence[_NamePiece], lean: float) -> Reading:
    """Return the cheapest reading of the pieces, each a name alone or two of them `Last, First`."""
    against = {Form.PLAIN: max(0.0, lean) * 0.9, Form.INVERTED: max(0.0, -lean) * 0.9}
    is_listed = not all(piece.is_after_comma for piece in pieces[1:])
    best: list[dict[Form, tuple[float, Form | None]]] = [{} for _ in range(len(pieces) + 1)]
    for end in range(1, len(pieces) + 1):
        for form, length in ((Form.PLAIN, 1), (Form.INVERTED, 2)):
            start = end - length
            if start < 0 or (form is Form.INVERTED and not pieces[end - 1].is_after_comma):
                continue
            texts = [piece.text for piece in pieces[start:end]]
            own_cost = (_cost_alone(*texts) if form is Form.PLAIN else _cost_inverted(*texts)) + against[form]
            if start == 0:
                best[end][form] = own_cost, None
                continue
            ways = [
                (cost + own_cost + _change(before, form, start, is_listed), before)
                for before, (cost, _) in best[start].items()
            ]
            if ways:
                best[end][form] = min(ways, key=lambda way: way[0])
    return _read_back(pieces, best)


def _read_back(pieces: Sequence[_NamePiece], best: list[dict[Form, tuple[float, Form | None]]]) -> Reading:
    costs = sorted(cost for cost, _ in best[-1].values())
    names: list[Written] = []
    forms: list[Form] = []
    end, form = len(pieces), min(best[-1], key=lambda form: best[-1][form][0])
    while end:
        start = end - (2 if form is Form.INVERTED else 1)
        own = pieces[start:end]
        names.append(Written(tuple(piece.text for piece in own), "".join(piece.suffix for piece in own)))
        forms.append(form)
        before = best[end][form][1]
        end, form = start, before or form
    return Reading(tuple(reversed(names)), costs[1] - costs[0] if len(costs) > 1 else _NEVER, tuple(reversed(forms)))


def _change(before: Form, form: Form, start: int, is_listed: bool) -> float:
    """Return the cost of a change of form between two names; it is low after the first name, as in MLA style."""
    if before is form:
        return 0.0
    return 0.25 if before is Form.INVERTED and start == 2 and is_listed else _FORM_CHANGE  # noqa: PLR2004 - the first two pieces


def _cost_alone(name: str) -> float:
    """Return the cost of reading a piece as a full name."""
    if _is_whole(name):
        return 0.0
    words = _without_suffix(name)
    if len(words) == 1:
        return 4.0 if is_initials(name) else _MONONYM
    if all(map(is_initials, words)) and not any(len(word) > 1 and word.isupper() and word.isalpha() for word in words):
        return 4.0
    if are_given_names(name):
        return 1.0
    return 1.5 if words[0] in PARTICLES and not has_initials(name) else 0.0


def _cost_inverted(last: str, given: str) -> float:
    """Return the cost of reading two pieces as the family name and given names of one person."""
    if is_east_asian(last) and is_east_asian(given):
        return 0.0 if len(last) == 1 or (len(last) == 2 and len(given) == 1) else 1.5  # noqa: PLR2004 - characters
    if _is_whole(last) or _is_whole(given):
        return _NEVER
    words = _without_suffix(last)
    if has_initials(last) and (len(words) > 1 or "." in last):
        return _NEVER
    if are_given_names(last):
        return 1.5 + _cost_given(given)
    is_family = len(words) == 1 or words[0] in PARTICLES or any(word in PARTICLES for word in words[1:-1])
    return (0.0 if is_family else 0.4 * len(words)) + _cost_given(given)


def _without_suffix(name: str) -> list[str]:
    words = name.split()
    is_suffix = len(words) > 1 and SUFFIX.fullmatch(words[-1]) and not words[-1].isupper()  # `Gomez II`: maybe initials
    return words[:-1] if is_suffix else words


def _cost_given(given: str) -> float:
    words = given.split()
    if is_initials(given):
        return -0.5
    if are_given_names(given):
        return 0.0
    if is_initials(words[-1]) and not is_initials(words[0]):
        return -0.3  # `Aidan N.`
    if words[0][0].islower() or len(words) > 3:  # noqa: PLR2004 - given names
        return 1.5
    return 0.5 if is_initials(words[0]) and len(words) > 1 else 0.1 * (len(words) - 1)


def _is_whole(name: str) -> bool:
    """Return whether a piece cannot be half of `Last, First`: a group, a literal in braces, or East Asian."""
    return name[0] == "\ufdd0" or is_east_asian(name) or is_group(" ".join(_without_suffix(name)))
