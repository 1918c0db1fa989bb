"""The words, dates and numbers that a reader sees, in the language of a site."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from typing import Literal

PeriodKind = Literal["week", "month", "year"]
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def N_(message: str) -> str:  # noqa: N802 - gettext's name
    """Mark a message that is looked up where it is used."""
    return message


class Words:
    """The words of English, which stand in the code, and its dates and numbers, whatever the machine's locale.

    language: their tag, for `lang`.
    """

    is_rtl = False

    def __init__(self, language: str = "en", translations: NullTranslations | None = None) -> None:
        self.language = language
        self._translations = translations or NullTranslations()

    def message(self, message: str, context: str = "") -> str:
        """Return a message as it is written, with the names of its values; context: where it means something else."""
        if context:
            return self._translations.pgettext(context, message)
        return self._translations.gettext(message)

    def form(self, one: str, many: str, count: int) -> str:
        """Return the form of a message for a count, as it is written."""
        return self._translations.ngettext(one, many, count)

    def gettext(self, message: str, /, **values: object) -> str:
        """Return a message, with values in place of `%(name)s`."""
        return self.message(message) % values

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """Return a message that means one thing in a context and another elsewhere."""
        return self.message(message, context) % values

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of a message for a count, which it may hold as `%(count)s`."""
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
        """The names of the weekdays from Monday on, each with what stands for it above a narrow column."""
        return [(name, name[0]) for name in WEEKDAYS]

    def period_name(self, kind: PeriodKind, key: str) -> str:
        """Return `Week 22, 2026`, `May 2026` or `2026`."""
        if kind == "week":
            return self.gettext("Week %(number)s, %(year)s", number=int(key[6:]), year=key[:4])
        return self.month_name(key) if kind == "month" else key

    def period_within(self, kind: PeriodKind, key: str) -> str:
        """Return the same inside a sentence: `week 22, 2026`."""
        if kind == "week":
            return self.gettext("week %(number)s, %(year)s", number=int(key[6:]), year=key[:4])
        return self.period_name(kind, key)

    def listed(self, names: Sequence[str]) -> str:
        """Return `Ada, Emmy and Alan`."""
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    @property
    def comma(self) -> str:
        """What stands between names."""
        return self.pgettext("between names", ", ")


ENGLISH = Words()


@lru_cache
def words_of(language: str) -> Words:
    """Return the words of a language tag."""
    return Words(language)
