"""Normalise titles for comparison: ignore case, spacing, punctuation, accents and markup."""

import unicodedata
from functools import lru_cache

from site_builder.lazy import lazy_pattern

TITLE = "title "  # prefix of a title used as a key among ids
CORRECTED = 0.85  # ratio of common letters that makes one title a corrected form of another
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
_LETTERS = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", [*_GREEK.split(), "phi", "chi", "psi", "omega"], strict=True))
# Letters without a Unicode decomposition → their names in TeX commands (`\o`, `\ae`, `\alpha`).
_NAMES = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", **_LETTERS})
# Sources that strip backslashes leave `mathcal{K}`, so the backslash is optional before a brace.
_MARKUP = lazy_pattern(
    r"\\?\b(?:emph|text(?:bf|it|rm|sc|tt|sf|up|normal)?|math(?:bf|bb|cal|it|rm|sf|frak|scr)|boldsymbol)(?=\{)"
    r"|\\(?:[Hcvukdbrt](?=\{)|(?:em|bf|it|rm|sc|tt)\b)"
)
_LANGUAGE = lazy_pattern(r"\b([A-Z])(\+\+|#)(?!\w)")  # C++, F#: not the same languages as C and F
_NOT_IN_ASCII_KEY = bytes(set(range(128)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))
_ACCENTS = lazy_pattern("[\u0300-\u036f]+")


@lru_cache(maxsize=2**17)
def normalise_title(title: str) -> str:
    """Return a key that equal titles share: letters and digits of any script, without case and accents.

    A title of symbols only is returned case-folded and in NFKC.
    """
    if "+" in title or "#" in title:
        title = _LANGUAGE.sub(
            lambda found: f"{found[1]}{'plus' * len(found[2]) if '+' in found[2] else 'sharp'}", title
        )
    return letters_and_digits(title) or unicodedata.normalize("NFKC", title).casefold().strip()


def among_ids(key: str) -> str:
    """Return the key of a title with a prefix, for maps that have ids as keys too; no id has a space."""
    return f"{TITLE}{key}"


def letters_and_digits(text: str) -> str:
    """Return the folded letters and digits of `text`; the keys of its words, joined, are the key of the text.

    Names of markup (`\\emph{…}`) are removed; TeX and Unicode (`na\\"ive`, `naïve`; `\\pi`, `π`) become equal.
    """
    if "{" in text or "\\" in text:
        text = _MARKUP.sub("", text)
    if text.isascii():
        return text.lower().encode().translate(None, _NOT_IN_ASCII_KEY).decode()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain)).translate(_NAMES)
    return "".join(letter for letter in plain if letter.isalnum() or unicodedata.category(letter)[0] == "M")
