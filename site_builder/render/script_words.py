"""Translation of scripts: messages are inserted when the site is built, so that browsers need not look them up.

Supported are `gettext("Save")`, `gettext("Save: %(title)s", { title })`, `pgettext("between names", ", ")` and
`ngettext("%(count)s paper", "%(count)s papers", count)`, each on one line. Any other form stops the build, since
browsers know none of these functions.
"""

import json
import re
from functools import lru_cache, partial

from site_builder.languages import Words
from site_builder.problems import BuildError

_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CALL = re.compile(
    rf"\b(?P<name>gettext|pgettext|ngettext)\((?P<texts>{_TEXT}(?:, {_TEXT})?)"
    r"(?:, (?P<count>[\w.]+(?:\([\w.]*\))?))?(?:, \{ (?P<values>[^{}]*) \})?\)"
)
_UNREAD = re.compile(r"(?<![\w.])(?:p|n)?gettext\((?=\s*[\"'`])")
_BETWEEN = re.compile(rf"{_TEXT}|`[^`]*`|[\[(]|[\])]|, ")
_PLACE = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=128)
def with_words(script: str, words: Words) -> str:
    """Return a script with its messages translated. Raises BuildError for a call that cannot be parsed."""
    if "gettext(" not in script:
        return script
    found = _CALL.sub(partial(_put, words), script)
    if unread := _UNREAD.search(found):
        line = found[unread.start() :].partition("\n")[0]
        raise BuildError(f"{line[:80]}: cannot be read; write it in one line, texts in double quotes, a name as count")
    return found


def _put(words: Words, call: re.Match[str]) -> str:
    texts = json.loads(f"[{call['texts']}]")
    values = {name: value or name for name, _, value in (pair.partition(": ") for pair in _pairs(call["values"] or ""))}
    if call["name"] != "ngettext":
        return _literal(words.message(texts[-1], texts[0] if len(texts) > 1 else ""), values)
    count, language = call["count"], json.dumps(words.language)
    values["count"] = f"({count}).toLocaleString({json.dumps(words.number_language)})"
    one, many = texts
    forms = ", ".join(
        f"{name}: {_literal(words.form(one, many, number), values)}" for name, number in words.plurals.items()
    )
    return f"({{ {forms} }})[new Intl.PluralRules({language}).select({count})]"


def _pairs(values: str) -> list[str]:
    """Split the values of a call at commas outside strings and brackets."""
    pairs, depth, start = [], 0, 0
    for token in _BETWEEN.finditer(values):
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(token[0], 0)
        if token[0] == ", " and not depth:
            pairs.append(values[start : token.start()])
            start = token.end()
    return [*pairs, values[start:]] if values else []


def _literal(message: str, values: dict[str, str]) -> str:
    """Return a message as a string of the script, with its values as expressions."""
    if not values:
        return json.dumps(message % {}, ensure_ascii=False)
    if unknown := set(_PLACE.findall(message)) - values.keys():
        raise BuildError(f"{message}: has no value {min(unknown)} where it is looked up")
    text = re.sub(r"[\\`]|\$(?=\{)", r"\\\g<0>", message)
    return f"`{_PLACE.sub(lambda place: f'${{{values[place[1]]}}}', text)}`"
