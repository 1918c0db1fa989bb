"""Translations for templates: messages, names of days, counts."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from markupsafe import Markup

from site_builder.languages import Words
from site_builder.pages.term import part_heading, part_name
from site_builder.render import html_words
from site_builder.render.text import escaped
from site_builder.render.text_language import lang_of


def lookups(words: Words) -> dict[str, Callable[..., Markup]]:
    """Return the translation functions. They escape messages and values, except values that are markup."""

    @cache
    def plain(message: str, context: str = "") -> Markup:
        return _filled(words.message(message, context), {})

    def gettext(message: str, /, **values: object) -> Markup:
        return _filled(words.message(message), values) if values else plain(message)

    def pgettext(context: str, message: str, /, **values: object) -> Markup:
        return _filled(words.message(message, context), values) if values else plain(message, context)

    def ngettext(one: str, many: str, count: int, /, **values: object) -> Markup:
        return _filled(words.form(one, many, count), {"count": words.number(count), **values})

    return {"_": gettext, "pgettext": pgettext, "ngettext": ngettext}


def _filled(message: str, values: Mapping[str, object]) -> Markup:
    """Insert values into a message; their text is cleaned like all text in outputs."""
    return Markup(escaped(message) % {name: escaped(value) for name, value in values.items()})  # noqa: S704 - escaped


def filters_of(words: Words) -> dict[str, Callable[..., object]]:
    """Return the filters that format days, periods and counts."""
    return {
        "long_day": words.long_day,
        "short_day": words.short_day,
        "weekday": words.weekday,
        "month_name": words.month_name,
        "period_name": lambda period: words.period_name(period.kind, period.key),
        "period_within": lambda period: words.period_within(period.kind, period.key),
        "part_name": partial(part_name, words=words),
        "part_heading": partial(part_heading, words=words),
        "partial_day": partial(html_words.partial_day, words=words),
        "held_until": partial(html_words.held_until, words=words),
        "number": words.number,
        # For themes; the default one uses whole messages, which can be extracted for translation.
        "counted": lambda count, noun: (
            words.form(f"%(count)s {noun}", f"%(count)s {noun}s", count) % {"count": words.number(count)}
        ),
    }


def functions_of(words: Words) -> dict[str, object]:
    """Return the functions and values that depend on the language."""
    return {
        "language": words.language,
        "is_rtl": words.is_rtl,
        "comma": words.comma,
        "weekdays": words.weekdays,
        "byline": partial(html_words.byline, words),
        "lang_of": partial(lang_of, words),
        "people": partial(html_words.people, words),
        "counted_after": partial(html_words.counted_after, words),
        "card_links": partial(html_words.card_links, words),
        "reading_links": partial(html_words.reading_links, words),
        "hyperlink": html_words.hyperlink,
        "time_of": html_words.time_of,
    }
