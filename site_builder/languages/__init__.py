"""Words, dates and numbers shown to readers, in the language of the site."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from typing import Literal

from site_builder.problems import Problems

PeriodKind = Literal["week", "month", "year"]
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def N_(message: str) -> str:  # noqa: N802 - gettext's name
    """Mark a message for extraction; it is translated where it is used."""
    return message


class Words:
    """The words of English, as written in the code, and its dates and numbers, independent of the machine's locale.

    language: the language tag, for `lang`.
    """

    is_rtl = False
    problems: Sequence[str] = ()  # of the translation catalogue

    def __init__(self, language: str = "en", translations: NullTranslations | None = None) -> None:
        self.language = language
        self._translations = translations or NullTranslations()

    def message(self, message: str, context: str = "") -> str:
        """Return a translated message with its placeholders. context: separates equal messages of different meaning."""
        if context:
            return self._translations.pgettext(context, message)
        return self._translations.gettext(message)

    def form(self, one: str, many: str, count: int) -> str:
        """Return the plural form of a message for a count, with its placeholders."""
        return self._translations.ngettext(one, many, count)

    def gettext(self, message: str, /, **values: object) -> str:
        """Return a translated message with values in place of `%(name)s`."""
        return self.message(message) % values

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """Return a translated message that means something else in other contexts."""
        return self.message(message, context) % values

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the plural form of a message for a count, which it may contain as `%(count)s`."""
        return self.form(one, many, count) % {"count": self.number(count), **values}

    def number(self, number: float) -> str:
        """Return `1,234` or `23.5`."""
        return f"{number:,}"

    def short_day(self, day: date) -> str:
        """Return `27 May 2026`."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def long_day(self, day: date) -> str:
        """Return `Wednesday, 27 May 2026`."""
        return f"{self.weekday(day)}, {self.short_day(day)}"

    def month_name(self, key: str) -> str:
        """Return `May 2026` for `2026-05`."""
        year, _, month = key.partition("-")
        return f"{MONTHS[int(month) - 1]} {year}"

    def weekday(self, day: date) -> str:
        """Return `Wednesday`."""
        return WEEKDAYS[day.weekday()]

    @property
    def weekdays(self) -> Sequence[tuple[str, str]]:
        """The names of the weekdays from Monday on, each with its abbreviation for a narrow column."""
        return [(name, name[0]) for name in WEEKDAYS]

    def period_name(self, kind: PeriodKind, key: str) -> str:
        """Return `Week 22, 2026`, `May 2026` or `2026`."""
        if kind == "week":
            return self.gettext("Week %(number)s, %(year)s", number=int(key[6:]), year=key[:4])
        return self.month_name(key) if kind == "month" else key

    def period_within(self, kind: PeriodKind, key: str) -> str:
        """Return the name of a period inside a sentence: `week 22, 2026`."""
        if kind == "week":
            return self.gettext("week %(number)s, %(year)s", number=int(key[6:]), year=key[:4])
        return self.period_name(kind, key)

    def listed(self, names: Sequence[str]) -> str:
        """Return `Ada, Emmy and Alan`."""
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    @property
    def plurals(self) -> Mapping[str, int]:
        """A sample number of each plural category, by the category's name in browsers."""
        return {"one": 1, "other": 2}

    @property
    def number_language(self) -> str:
        """The language tag with which browsers format numbers as here."""
        return self.language

    @property
    def comma(self) -> str:
        """The separator between names."""
        return self.pgettext("between names", ", ")


ENGLISH = Words()


@lru_cache
def words_of(language: str) -> Words:
    """Return the words for a language tag, falling back to the language without its region, then to English."""
    if language.partition("-")[0].lower() == "en":
        return Words(language)
    from site_builder.languages.translated import Translated, find_catalogue

    found = find_catalogue(language)
    return Translated(language, *found) if found else ENGLISH


def report_language(language: str, path: str, problems: Problems) -> None:
    """Report a language without a catalogue, and defects of its catalogue."""
    words = words_of(language)
    for what in words.problems:
        problems.add(path, None, f"language: {language}: {what}", "they are shown in English")
    if words is ENGLISH and language != ENGLISH.language:
        from site_builder.languages.translated import catalogues

        known = ", ".join(sorted(["en", *catalogues()]))
        remedy = f"write one of {known}, or add a catalogue; the words of the site are English"
        problems.add(path, None, f"language: there are no words in {language}", remedy)
