"""Choose among the languages of a text that is given as an object or a list: the record's own language, or English."""

from collections.abc import Mapping

LANGUAGES = frozenset("en de fr es it pt nl pl ru tr sv da no fi cs hu el ar he fa hi zh ja ko vi uk".split())
_LANGUAGE_KEYS = tuple("lang language @lang xml:lang @xml:lang lang_code languageCode locale @language".split())
_TEXT_KEYS = ("value", "text", "content", "title", "name", "abstract", "@value", "#text", "$", "_")
_MOST = 40  # languages of one text


def by_language(value: object) -> dict[str, object]:
    """Return language → text of `{"en": …, "de": …}` or `[{"lang": "en", "value": …}]`; {} for any other value."""
    if isinstance(value, Mapping) and value:
        return dict(value) if all(_tag(str(key)) in LANGUAGES for key in value) else {}
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value[:_MOST]):
        pairs = [(_first(each, _LANGUAGE_KEYS), _first(each, _TEXT_KEYS)) for each in value[:_MOST]]
        return dict(reversed(pairs)) if all(_tag(language) in LANGUAGES and text for language, text in pairs) else {}
    return {}


def chosen_language(texts: Mapping[str, object], own: object = "") -> str:
    """Return the language to read: the record's own if it has a text, else English, else the first; "" if none has."""
    wanted = (_tag(str(own or "")), "en")
    filled = [language for language in texts if texts[language]]
    return next((language for tag in wanted for language in filled if _tag(language) == tag), next(iter(filled), ""))


def in_one_language(value: object, own: object = "") -> object:
    """Return the text in the chosen language of a multilingual value, and any other value unchanged."""
    texts = by_language(value)
    return texts.get(chosen_language(texts, own), "") if texts else value


def _tag(language: str) -> str:
    return language.strip().lower().replace("_", "-").partition("-")[0]


def _first(value: Mapping[object, object], keys: tuple[str, ...]) -> str:
    return next((text.strip() for key in keys if isinstance(text := value.get(key), str)), "")
