"""The words of scripts: what a script looks up is put into it when the site is built, so that no browser has to.

A script says `gettext("Save")`, `gettext("Save: %(title)s", { title })`, `pgettext("between names", ", ")` and
`ngettext("%(count)s paper", "%(count)s papers", count)`, in one line each.
"""

import json
import re
from functools import partial

from site_builder.languages import Words

_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CALL = re.compile(
    rf"\b(?P<name>gettext|pgettext|ngettext)\((?P<texts>{_TEXT}(?:, {_TEXT})?)"
    r"(?:, (?P<count>[\w.]+(?:\([\w.]*\))?))?(?:, \{ (?P<values>[^{}]*) \})?\)"
)
_PLACE = re.compile(r"%\((\w+)\)s")


def with_words(script: str, words: Words) -> str:
    """Return a script with the words of a language in place of what it looks up."""
    return _CALL.sub(partial(_put, words), script) if "gettext(" in script else script


def _put(words: Words, call: re.Match[str]) -> str:
    texts = json.loads(f"[{call['texts']}]")
    pairs = (pair.partition(": ") for pair in (call["values"] or "").split(", ") if pair)
    values = {name: value or name for name, _, value in pairs}
    if call["name"] != "ngettext":
        return _literal(words.message(texts[-1], texts[0] if len(texts) > 1 else ""), values)
    count, language = call["count"], json.dumps(words.language)
    values["count"] = f"({count}).toLocaleString({json.dumps(words.number_language)})"
    one, many = texts
    forms = ", ".join(
        f"{name}: {_literal(words.form(one, many, number), values)}" for name, number in words.plurals.items()
    )
    return f"({{ {forms} }})[new Intl.PluralRules({language}).select({count})]"


def _literal(message: str, values: dict[str, str]) -> str:
    """Return a message as a string of a script, with expressions where its values stand."""
    if not values:
        return json.dumps(message % {}, ensure_ascii=False)
    text = re.sub(r"[\\`]|\$(?=\{)", r"\\\g<0>", message)
    return f"`{_PLACE.sub(lambda place: f'${{{values[place[1]]}}}', text)}`"
