"""What is wrong with a setting, in plain words: each of pydantic's errors as a problem with its line and remedy."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from site_builder.config.section import SHAPES
from site_builder.problems import Problem, right_word, shortened
from site_builder.sources.syntax.yaml_text import LineDict

_LISTS_OF_SECTIONS = frozenset({"fetch", "lists"})
BELOW = "below it, two spaces further in"
IN_MAPPING_KEY = "[key]"  # pydantic's last step for what is wrong with a key itself

Sections = Mapping[str, type[BaseModel]]

# Keys of other site generators, as `right_word` compares them → ours.
_ELSEWHERE = {
    **dict.fromkeys(("url", "baseurl", "siteurl", "site_url", "website", "homepage", "domain"), "base_url"),
    **dict.fromkeys(("site_name", "site_title"), "title"),
    **dict.fromkeys(("description", "subtitle"), "tagline"),
    **dict.fromkeys(("lang", "locale", "languagecode"), "language"),
}


def mistakes(
    path: str, values: object, errors: Iterable[ErrorDetails], top: type[BaseModel], sections: Sections
) -> Iterable[Problem]:
    """Yield what is wrong with the values of a file; of alternatives that all fail one problem names each.

    top: model of the file; sections: those of its parts, by key.
    """
    located = [(_located(values, error["loc"]), error) for error in errors]
    for (steps, line), same in groupby(located, key=lambda pair: pair[0]):
        details = [error for _, error in same]
        key = ".".join(step for step in steps if isinstance(step, str))
        first = details[0]
        if first["type"] == "extra_forbidden":
            yield Problem(path, line, f'unknown key "{key}"', _right_place(steps, top, sections))
        elif first["type"] == "missing":
            yield Problem(path, line, f"{key} is missing", f"add `{steps[-1]}: …`")
        elif first["type"] == "value_error":
            what, _, remedy = first["msg"].removeprefix("Value error, ").partition("; ")
            yield Problem(path, line, f"{key}{_quoted(first['input'])}: {what}", remedy or "see the settings page")
        else:
            model = _model_of(steps, top, sections)
            remedies = dict.fromkeys(_remedy(detail, model, steps) for detail in details)
            is_nested = isinstance(first["input"], dict | list)
            what = f"{key} does not hold what it should" if is_nested else f'{key} is "{shortened(first["input"])}"'
            yield Problem(path, line, what, ", or ".join(remedies))


def _quoted(value: object) -> str:
    return "" if isinstance(value, dict | list | tuple) else f" {shortened(value)!r}"


def _located(values: object, location: Sequence[str | int]) -> tuple[tuple[str | int, ...], int]:
    """Return the steps of a location that stand in the file, without those of pydantic's alternatives, and its line."""
    line, steps = 1, []
    for step in location:
        if isinstance(values, LineDict) and step != IN_MAPPING_KEY:
            line = values.lines.get(str(step), line)
            values = values.get(str(step))
        elif isinstance(values, list) and isinstance(step, int):
            line = getattr(values, "item_lines", {step: line})[step]
            values = values[step]
        else:
            break
        steps.append(step)
    return tuple(steps), line


def _model_of(steps: Iterable[str | int], top: type[BaseModel], sections: Sections) -> type[BaseModel]:
    """Return the model of the innermost section that some steps lead into."""
    model = top
    for step in steps:
        model = sections.get(step, model) if isinstance(step, str) else model
    return model


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys of a section as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _right_place(steps: Sequence[str | int], top: type[BaseModel], sections: Sections) -> str:
    """Return the remedy for an unknown key: the section it belongs to, or the key that is meant."""
    key = str(steps[-1])
    is_nested = len(steps) > 1
    homes = [name for name, model in sections.items() if key in keys_of(model)]
    if is_nested and key in keys_of(top):
        return "write it at the beginning of a line"
    if not is_nested and homes and key not in _ELSEWHERE:
        return f"write it below {' or '.join(f'`{home}:`' for home in homes)}, two spaces further in"
    return right_word(key, sorted(keys_of(_model_of(steps[:-1], top, sections))), {} if is_nested else _ELSEWHERE)


def _remedy(detail: ErrorDetails, model: type[BaseModel], steps: Sequence[str | int]) -> str:
    """Return what to write in place of a value."""
    context, value = detail.get("ctx", {}), detail["input"]
    kind = detail["type"]
    begin = f"{keys_of(model)[0]}: …"
    if kind in ("model_type", "model_attributes_type"):
        return f"write `- {begin}`" if isinstance(steps[-1], int) else f"write its keys {BELOW}, such as `{begin}`"
    if kind == "tuple_type" and steps[-1] in _LISTS_OF_SECTIONS:
        return f"begin each entry {BELOW}, with a hyphen: `- {begin}`"
    if kind == "literal_error":
        return f"write {context['expected'].replace(chr(39), '')}"
    if kind == "string_pattern_mismatch":
        return f"write {SHAPES[context['pattern']]}"
    plain = _PLAIN.get(kind) or next((words for prefix, words in _FAMILIES.items() if kind.startswith(prefix)), None)
    return plain(context, value) if plain else detail["msg"]


Words = Callable[[Mapping[str, object], object], str]


def _list_of(context: Mapping[str, object], value: object) -> str:
    parts = list(value) if isinstance(value, dict) else [part.strip() for part in str(value).split(",")]
    return f"write a list: [{shortened(', '.join(parts))}]"


def _mapping(context: Mapping[str, object], value: object) -> str:
    name = value[0] if isinstance(value, list) and value and isinstance(value[0], str) else "name"
    return f"write each {BELOW}, as a key, such as `{name}: …`"


# pydantic's type of an error → the remedy; then by how the type begins.
_PLAIN: dict[str, Words] = {
    "tuple_type": _list_of,
    "dict_type": _mapping,
    "string_type": lambda _, __: "write one text after it",
    "greater_than_equal": lambda context, _: f"write {context['ge']} or more",
    "less_than_equal": lambda context, _: f"write {context['le']} or less",
    "string_too_short": lambda _, __: "write something after it, or leave it out",
    "string_too_long": lambda context, _: f"write at most {context['max_length']} characters",
    "too_long": lambda context, _: f"write at most {context['max_length']}",
}
_FAMILIES: dict[str, Words] = {
    "int_": lambda _, __: "write a whole number, in digits alone",
    "bool_": lambda _, __: "write true or false",
    "date_": lambda _, __: "write a day as YYYY-MM-DD",
    "time_": lambda _, __: "write a time of the day as HH:MM, such as 07:30",
}
