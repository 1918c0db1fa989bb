"""Superscripts and subscripts that Unicode can write."""

_SUPERSCRIPTS = str.maketrans(
    "0123456789+-\u2212=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ∗*′″‴°∘⊤†‡ ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ**′″‴°°ᵀ†‡ ",
)
_SUBSCRIPTS = str.maketrans(
    "0123456789+-\u2212=()aehijklmnoprstuvxβγρφχ ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ ",
)


def superscript(text: str) -> str | None:
    """Return the text raised, or None when Unicode lacks a character of it."""
    return _moved(text, _SUPERSCRIPTS)


def subscript(text: str) -> str | None:
    """Return the text lowered, or None when Unicode lacks a character of it."""
    return _moved(text, _SUBSCRIPTS)


def _moved(text: str, table: dict[int, int]) -> str | None:
    return text.translate(table) if all(ord(character) in table for character in text) else None
