"""Parse the `repr` of a Python value, within bounds that keep the parser safe."""

import ast

from site_builder.lazy import lazy_pattern

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 50
MAX_DIGITS = 100

# All tokens in the repr of dicts, lists, strings, numbers, booleans and None.
_TOKEN = lazy_pattern(
    r"""'(?:[^'\\\n]|\\(?:['"\\nrtabfv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*'"""
    r'''|"(?:[^"\\\n]|\\(?:['"\\nrtabfv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*"'''
    rf"|-?\d{{1,{MAX_DIGITS}}}(?:\.\d{{1,{MAX_DIGITS}}})?(?:[eE][-+]?\d{{1,3}})?(?!\w)"
    r"|(?:True|False|None)\b|[\[\]{}():,]|[ \n]+"
)
_STEP = {"[": 1, "{": 1, "(": 1, "]": -1, "}": -1, ")": -1}


class LiteralValueError(ValueError):
    """A text is not such a repr."""


def load_literal(text: str) -> object:
    """Parse a repr. Raises LiteralValueError if it is invalid, too long or nested too deeply.

    Every token is checked first, because Python's parser has no safe depth limit of its own.
    """
    if len(text) > MAX_CHARACTERS:
        raise LiteralValueError(f"the text holds more than {MAX_CHARACTERS:,} characters")
    position = depth = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise LiteralValueError(f"character {position + 1} begins nothing that a Python value is made of")
        depth += _STEP.get(token[0], 0)
        if depth > MAX_DEPTH:
            raise LiteralValueError(f"nested more than {MAX_DEPTH} levels deep")
        position = token.end()
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, TypeError, SyntaxError):
        raise LiteralValueError("the Python value is cut off or damaged") from None
