"""One text in several languages, as objects and lists say it → the one that is read: the record's own, or English."""

from collections.abc import Mapping

LANGUAGES = frozenset("en de fr es it pt nl pl ru tr sv da no fi cs hu el ar he fa hi zh ja ko vi uk".split())
_LANGUAGE_KEYS = tuple("lang language @lang xml:lang @xml:lang lang_code languageCode locale @language".split())
_TEXT_KEYS = ("value", "text", "content", "title", "name", "abstract", "@value", "#text", "$", "_")
_MOST = 40  # languages of one text


def by_language(value: object) -> dict[str, object]:
    """Return what `{"en": …, "de": …}` or `[{"lang": "en", "value": …}]` says by its language, else nothing."""
    if isinstance(value, Mapping) and value:
        return dict(value) if all(_tag(str(key)) in LANGUAGES for key in value) else {}
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value[:_MOST]):
        pairs = [(_first(each, _LANGUAGE_KEYS), _first(each, _TEXT_KEYS)) for each in value[:_MOST]]
        return dict(reversed(pairs)) if all(_tag(language) in LANGUAGES and text for language, text in pairs) else {}
    return {}


def chosen_language(texts: Mapping[str, object], own: object = "") -> str:
    """Return the language of the text that is read: the record's own where it has a text in it, English, the first."""
    wanted = (_tag(str(own or "")), "en")
    said = [language for language in texts if texts[language]]
    return next((language for tag in wanted for language in said if _tag(language) == tag), next(iter(said), ""))


def in_one_language(value: object, own: object = "") -> object:
    """Return the text that is read of a value in several languages, any other value as it is."""
    texts = by_language(value)
    return texts.get(chosen_language(texts, own), "") if texts else value


def _tag(language: str) -> str:
    return language.strip().lower().replace("_", "-").partition("-")[0]


def _first(value: Mapping[object, object], keys: tuple[str, ...]) -> str:
    return next((text.strip() for key in keys if isinstance(text := value.get(key), str)), "")
