"""Words, dates and numbers of a language other than English, from its catalogue and Babel.

A separate module, as importing Babel takes longer than building a small English site.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_date, format_skeleton, get_day_names
from babel.lists import format_list
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from site_builder.languages import Words

FOLDER = Path(__file__).parent
DAYS = 4096  # number of days with cached names
# The script of catalogues whose language has several.
SCRIPTS = {"zh": "Hans"}
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class Translated(Words):
    """The words of a locale, falling back to English where its catalogue has none.

    problems: defects of the catalogue.
    """

    def __init__(self, language: str, locale: Locale, file: Path) -> None:
        translations, self.problems = read_catalogue(file, locale)
        super().__init__(language, translations)
        self._locale = locale
        self.is_rtl = locale.text_direction == "rtl"
        self.number = lru_cache(DAYS)(self._number)  # type: ignore[method-assign]
        self.short_day = lru_cache(DAYS)(self._short_day)  # type: ignore[method-assign]
        self.long_day = lru_cache(DAYS)(self._long_day)  # type: ignore[method-assign]
        self.month_name = lru_cache(DAYS)(self._month_name)  # type: ignore[method-assign]

    def _number(self, number: float) -> str:
        return format_decimal(number, locale=self._locale)

    def _short_day(self, day: date) -> str:
        return format_date(day, "long", self._locale)

    def _long_day(self, day: date) -> str:
        return format_date(day, "full", self._locale)

    def _month_name(self, key: str) -> str:
        year, _, month = key.partition("-")
        return format_skeleton("yMMMM", date(int(year), int(month), 1), locale=self._locale)

    def weekday(self, day: date) -> str:
        return self._names("wide")[day.weekday()]

    @cached_property
    def weekdays(self) -> Sequence[tuple[str, str]]:
        return list(zip(self._names("wide"), self._names("narrow"), strict=True))

    def _names(self, width: str) -> list[str]:
        names = get_day_names(width, "stand-alone", self._locale)  # type: ignore[arg-type]
        return [names[number] for number in range(7)]

    def listed(self, names: Sequence[str]) -> str:
        return format_list(names, locale=self._locale)

    @property
    def plurals(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for number in (*range(201), 1_000_000):
            found.setdefault(self._locale.plural_form(number), number)
        return found

    @property
    def number_language(self) -> str:
        return f"{self.language}-u-nu-latn"  # the digits that Babel uses


def find_catalogue(language: str) -> tuple[Locale, Path] | None:
    """Return the locale and the catalogue for a tag: `de` for `de-AT`, None for traditional Chinese."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    known = catalogues()
    name = negotiate_locale([language], list(known), sep="-")
    if name is None or locale.script not in (None, SCRIPTS.get(name)):
        return None
    return locale, known[name]


def catalogues() -> dict[str, Path]:
    """Return the catalogue file of each language that has one."""
    return {file.stem: file for file in sorted(FOLDER.glob("*.po"))}


def read_catalogue(file: Path, locale: Locale) -> tuple[NullTranslations, list[str]]:
    """Return the messages of a catalogue and its defects; broken or missing messages stay English."""
    try:
        with file.open("rb") as content:
            catalogue = read_po(content, locale, abort_invalid=True)
        problems = list(_faults(catalogue))
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return GNUTranslations(compiled), problems
    except (PoFileError, ValueError, KeyError) as error:
        return NullTranslations(), [f"the catalogue is broken: {error}"]


def _faults(catalogue: Catalog) -> Iterator[str]:
    """Yield defects, and remove messages that cannot be formatted."""
    missing = 0
    for message in list(catalogue):
        if not message.id:
            continue
        strings = _texts(message.string)
        known = set(_PLACEHOLDER.findall("".join(_texts(message.id))))
        if message.fuzzy or not all(strings):
            missing += 1
            catalogue.delete(message.id, message.context)
        elif not all(_fits(string, known) for string in strings):
            yield f"the message {strings[0]!r} names values that it does not have"
            catalogue.delete(message.id, message.context)
    if missing:
        yield f"{missing} messages are not translated"


def _texts(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def _fits(string: str, known: set[str]) -> bool:
    try:
        string % dict.fromkeys(known, "")
    except (KeyError, ValueError, TypeError):
        return False
    return True
