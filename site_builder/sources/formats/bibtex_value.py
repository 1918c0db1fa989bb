"""Values of BibTeX fields: braces, quotes, macros and `#`, and the removal of braces that readers need not see."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pylatexenc.latex2text import get_default_latex_context_db

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.written_date import MONTHS

MAX_MACRO = 1_000  # characters in the value of an `@string`; the longest journal names have 200
MAX_GROWTH = 20  # characters that macros may add per written character of a value, on top of MAX_MACRO

MACROS: Mapping[str, str] = {month: month for month in MONTHS}

_BARE = lazy_pattern(r"[^\s#,{}\"]+")
_NEXT_FIELD = lazy_pattern(r",?\s*([A-Za-z][\w:+.-]*)\s*=\s*(?=[{\"\w])")
_COMMAND_BEFORE = lazy_pattern(r"\\(?:([A-Za-z]+)\*?|[^A-Za-z\s&%#_${},;:!/])\s*(?:\[[^\[\]{}]*\])?\Z")
_LOOK_BEHIND = 60  # characters before a brace that are searched for a command
# A single escaped character or command in a group, as programs write them: {\&}, {\textless}.
_SINGLE = lazy_pattern(r"(?P<formula>(?<!\\)\$[^$]*\$)|(?<!\\)\{\\(?:(?P<sign>[&%#_{}])|(?P<word>[A-Za-z]+)\s*)\}")
# Mendeley and Zotero write the angle brackets of HTML tags so; once decoded, the tags are cleaned like any others.
_ANGLE_OF_FORMULA = lazy_pattern(r"\{\$([<>])\$\}")
_ANGLE = lazy_pattern(
    r"\$\\backslash\$text(less|greater)|\$\\(less|greater)\$|\\text(less|greater)(?![A-Za-z])(?:\{\}| )?"
)
_SIGN = lazy_pattern(r"[{}\"]")
_BRACE = lazy_pattern(r"(?<!\\)[{}]")
_UNESCAPED_DOLLAR = lazy_pattern(r"(?<!\\)\$")


class Value(NamedTuple):
    """A value, the text after it ("" unless a comma is missing there), and whether macros in it were cut."""

    text: str
    rest: str
    is_cut: bool


def read_value(text: str, macros: Mapping[str, str]) -> Value:
    """Read the value at the beginning of a text.

    Macro names ignore case; an undefined macro stays as it is written.
    """
    parts: list[str] = []
    position = end = 0
    budget = MAX_GROWTH * len(text) + MAX_MACRO
    is_cut = False
    while position < len(text):
        character = text[position]
        if character.isspace() or character == "#":
            position += 1
            continue
        if parts and "#" not in text[end:position]:
            return Value("".join(parts), text[position:], is_cut)
        end = _end_of_part(text, position)
        part = _part(text[position:end], macros)
        if end - position < len(part):  # a macro
            is_cut = is_cut or len(part) > budget
            part = part[:budget]
            budget -= len(part)
        parts.append(part)
        position = end
    return Value("".join(parts), "", is_cut)


def next_field(rest: str) -> tuple[str, str] | None:
    """Return name and unread value of a field that follows without a comma, None if the text is no field."""
    found = _NEXT_FIELD.match(rest)
    return (found[1], rest[found.end() :]) if found else None


def plain_text(value: str) -> str:
    """Remove braces that only protect capitals: `{{Deep}} {L}earning` → `Deep Learning`.

    Braces stay where TeX needs them: around arguments of commands, around groups that begin with a command
    (`{\\"o}`), and in formulas. Runs of white space become one space.
    """
    return " ".join(_without_braces(value).split())


def paragraphs(value: str) -> str:
    """Return a value as `plain_text` does, but keep its paragraphs, separated by a blank line."""
    texts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", _without_braces(value)))
    return "\n\n".join(text for text in texts if text)


def is_balanced(value: str) -> bool:
    """Return whether the braces of a value are balanced; escaped ones are not counted."""
    depth = 0
    for brace in _BRACE.findall(value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _end_of_part(text: str, start: int) -> int:
    """Return the end of the braced, quoted or bare part that begins at `start`."""
    if text[start] not in '{"':
        bare = _BARE.match(text, start)
        return bare.end() if bare else start + 1
    is_quoted = text[start] == '"'
    depth = 0
    for sign in _SIGN.finditer(text, start + 1 if is_quoted else start):
        position = sign.start()
        if sign[0] != '"' and text[position - 1] != "\\":
            depth += 1 if sign[0] == "{" else -1
            if depth <= 0 and not is_quoted:
                return position + 1
        elif is_quoted and sign[0] == '"' and depth <= 0:
            return position + 1
    return len(text)


def _part(written: str, macros: Mapping[str, str]) -> str:
    if written[0] == "{":
        return written[1:-1] if written.endswith("}") else written[1:]
    if written[0] == '"':
        return written[1:-1] if len(written) > 1 and written.endswith('"') else written[1:]
    return macros.get(written.lower(), written)


def _without_braces(value: str) -> str:
    if "\\" in value:
        value = _SINGLE.sub(_ungrouped, value)
        value = _ANGLE.sub(lambda found: "<" if "less" in found.groups() else ">", value)
    if "{" not in value and "}" not in value:
        return value
    value = _ANGLE_OF_FORMULA.sub(r"\1", value)
    has_formulas = len(_UNESCAPED_DOLLAR.findall(value)) % 2 == 0
    kept: list[str] = []
    open_groups: list[bool] = []  # for each open group, whether its braces stay
    in_formula = False
    for position, character in enumerate(value):
        is_escaped = position > 0 and value[position - 1] == "\\"
        if character == "$" and not is_escaped and has_formulas:
            in_formula = not in_formula
        if character not in "{}" or is_escaped:
            kept.append(character)
        elif character == "{":
            open_groups.append(in_formula or _is_needed(value, position, "".join(kept[-1:])))
            kept.append("{" if open_groups[-1] else _end_of_command(value, position))
        elif open_groups:
            kept.append("}" if open_groups.pop() else _end_of_command(value, position))
    kept.extend("}" for stays in open_groups if stays)
    return "".join(kept)


def _ungrouped(found: re.Match[str]) -> str:
    r"""Replace `{\&}` by `\&` and `{\o}` by `\o{}`; formulas and arguments of commands stay as they are."""
    start = found.start()
    is_argument = _COMMAND_BEFORE.search(found.string, max(0, start - _LOOK_BEHIND), start)
    if found["formula"] or is_argument or found.string[max(0, start - 1) : start] in {"^", "_", "}"}:
        return found[0]
    return f"\\{found['sign']}" if found["sign"] else f"\\{found['word']}{{}}"


def _is_needed(value: str, position: int, before: str) -> bool:
    """Return whether TeX needs the group that opens here: an argument, an exponent, or a group led by a command."""
    if value.startswith("\\", position + 1):
        return True
    if before in {"^", "_", "}"} and value[max(0, position - 2) : position - 1] != "\\":
        return True
    command = _command_before(value, position)
    return command is not None and not _is_character(command[1] or "")


def _end_of_command(value: str, position: int) -> str:
    """Return `{}` if a command ends here and needs it because its brace is removed, else ""."""
    command = _command_before(value, position)
    return "{}" if command and command[1] and command.end() == command.end(1) else ""


def _command_before(value: str, position: int) -> re.Match[str] | None:
    start = max(0, position - _LOOK_BEHIND)
    return _COMMAND_BEFORE.search(value, start, position) if "\\" in value[start:position] else None


@lru_cache(maxsize=1_024)
def _is_character(name: str) -> bool:
    r"""Return whether a command, such as `\textendash`, stands for a single character and takes no argument."""
    spec = get_default_latex_context_db().get_macro_spec(name)
    meaning = getattr(spec, "simplify_repl", None)
    return isinstance(meaning, str) and len(meaning) == 1
