"""The language of a paper as its lists name it, as a tag of BCP 47: `de`, `pt-BR`."""

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from site_builder.lazy import lazy_pattern

# Languages as LaTeX's babel calls them where that is not their English name: fields `langid` and `hyphenation`.
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
# What ISO 639 and programs say where there is none, and what lists of code mean by the word.
NO_LANGUAGE = (
    frozenset({"und", "mul", "mis", "zxx", "none", "unknown", "other", "n/a", "multiple"})
    | frozenset(
        "python c c++ c# java javascript typescript r julia matlab rust go lua scala kotlin swift haskell ocaml perl "
        "php ruby cuda fortran shell html css tex latex sql pytorch tensorflow jax lean coq".split()
    )
    | {"jupyter notebook", "objective-c"}
)
# Languages that are known by their own names, too.
_BY_OWN_NAME = (
    "ar bg bn ca cs da de el es et eu fa fi fr gl he hi hr hu id is it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr "
    "uk ur vi zh"
).split()
_TAG = lazy_pattern(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?")


@lru_cache(1024)
def language_tag(text: str) -> str | None:
    """Return the tag of a language: from a tag, a code of ISO 639, its name in English or in itself, or in LaTeX's."""
    plain = text.strip().casefold()
    if plain in OF_LATEX:
        return OF_LATEX[plain]
    found = _TAG.fullmatch(text.strip())
    if found is None or not (code := _code(found[1].lower())):
        return _names().get(plain)
    script, region = found[2], found[3]
    return "-".join(part for part in (code, script and script.title(), region and region.upper()) if part)


def _code(code: str) -> str:
    """Return the shortest code of a language, "" for what is none."""
    short = str(get_global("language_aliases").get(code, code))
    try:
        return short if Locale("en").languages.get(short) or Locale.parse(short) else ""
    except (UnknownLocaleError, ValueError):
        return ""


@lru_cache
def _names() -> Mapping[str, str]:
    """Return languages by their names in English, and some by those in themselves."""
    english = {name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()}
    own = {str(Locale(code).get_language_name()).casefold(): code for code in _BY_OWN_NAME}
    return own | english
