"""Turn the language of a paper as lists write it into a BCP 47 tag: `de`, `pt-BR`."""

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from site_builder.lazy import lazy_pattern

# Names in LaTeX's babel that differ from the English ones, as in the fields `langid` and `hyphenation`.
OF_LATEX: Mapping[str, str] = {
    "ngerman": "de",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "swissgerman": "de-CH",
    "nswissgerman": "de-CH",
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "canadian": "en-CA",
    "australian": "en-AU",
    "newzealand": "en-NZ",
    "francais": "fr",
    "canadien": "fr-CA",
    "acadian": "fr-CA",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "portuges": "pt",
    "mexican": "es-MX",
    "castilian": "es",
    "bahasa": "id",
    "indon": "id",
    "magyar": "hu",
    "farsi": "fa",
    "samin": "se",
}
# What ISO 639 and programs write for no language, and the programming languages that lists of code give.
NO_LANGUAGE = (
    frozenset({"und", "mul", "mis", "zxx", "none", "unknown", "other", "n/a", "multiple"})
    | frozenset(
        "python c c++ c# java javascript typescript r julia matlab rust go lua scala kotlin swift haskell ocaml perl "
        "php ruby cuda fortran shell html css tex latex sql pytorch tensorflow jax lean coq".split()
    )
    | {"jupyter notebook", "objective-c"}
)
# Languages also recognised by their native names.
_BY_OWN_NAME = (
    "ar bg bn ca cs da de el es et eu fa fi fr gl he hi hr hu id is it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr "
    "uk ur vi zh"
).split()
_TAG = lazy_pattern(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?")


@lru_cache(1024)
def language_tag(text: str) -> str | None:
    """Return the BCP 47 tag for a tag, an ISO 639 code, or an English, native or LaTeX name; None if unknown."""
    plain = text.strip().casefold()
    if plain in OF_LATEX:
        return OF_LATEX[plain]
    found = _TAG.fullmatch(text.strip())
    if found is None or not (code := _code(found[1].lower())):
        return _names().get(plain)
    script, region = found[2], found[3]
    return "-".join(part for part in (code, script and script.title(), region and region.upper()) if part)


def _code(code: str) -> str:
    """Return the shortest code of a language, "" if the code is unknown."""
    short = str(get_global("language_aliases").get(code, code))
    try:
        return short if Locale("en").languages.get(short) or Locale.parse(short) else ""
    except (UnknownLocaleError, ValueError):
        return ""


@lru_cache
def _names() -> Mapping[str, str]:
    """Return name → code for English names, and for some native ones."""
    english = {name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()}
    own = {str(Locale(code).get_language_name()).casefold(): code for code in _BY_OWN_NAME}
    return own | english
