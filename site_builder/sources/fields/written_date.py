"""Normalise the dates of bibliographies to `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is left unchanged."""

import re
import unicodedata
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from email.utils import parsedate
from functools import lru_cache

from site_builder.lazy import lazy_pattern

MONTH_NAMES = "January February March April May June July August September October November December".split()
MONTHS = tuple(name[:3].lower() for name in MONTH_NAMES)

FIRST_YEAR, LAST_YEAR = 1400, 2199  # valid years; at the ends of the calendar, adding a week would overflow

# Placeholders for a missing date: day zero in Unix (also west of Greenwich), spreadsheets and databases, and the last.
NO_DAYS = frozenset(
    {"1970-01-01", "1969-12-31", "1900-01-01", "1900-01-00", "1899-12-30", "1899-12-31", "0001-01-01", "9999-12-31"}
)

# Names of months in other languages, and their abbreviations that differ from the English ones.
_OTHER_NAMES = (
    "januar|jänner|janvier|janv|enero|ene|janeiro|gennaio|gen|января|январь|янв|stycznia|styczeń|januari|január",
    "februar|feber|février|fevrier|févr|fevr|febrero|fevereiro|fev|febbraio|февраля|февраль|фев|lutego|luty|februari|február",
    "märz|maerz|mär|mrz|mars|marzo|março|марта|март|мар|marca|marzec|marts|maart|mart|martie|maret|marec",
    "avril|avr|abril|abr|aprile|апреля|апрель|апр|kwietnia|kwiecień|aprilie|aprill",
    "mai|mayo|maio|maggio|mag|мая|май|maja|maj|mei",
    "juni|juin|junio|junho|giugno|giu|июня|июнь|июн|czerwca|czerwiec|junij",
    "juli|juillet|juil|julio|julho|luglio|lug|июля|июль|июл|lipca|lipiec|julij",
    "août|aout|agosto|ago|августа|август|авг|sierpnia|sierpień|augusti|augustus|augusztus",
    "septembre|septiembre|setiembre|setembro|settembre|sept|set|сентября|сентябрь|сен|сент|września|wrzesień|septembrie",
    "oktober|okt|octobre|octubre|outubro|out|ottobre|ott|октября|октябрь|окт|października|październik|octombrie",
    "novembre|noviembre|novembro|ноября|ноябрь|ноя|нояб|listopada|listopad",
    "dezember|dez|décembre|decembre|déc|diciembre|dic|dezembro|dicembre|декабря|декабрь|дек|grudnia|grudzień|decembrie",
)
OTHER_MONTHS = {name: MONTHS[month] for month, names in enumerate(_OTHER_NAMES) for name in names.split("|")}

_MONTH_NAME = r"((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = r"(1[4-9]\d\d|2[01]\d\d)"
_END = r"(?:[T\s/~?].*)?"
_ISO_DAY = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERIC = lazy_pattern(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?(?!\d){_END}", re.DOTALL)
_YEAR_FIRST = lazy_pattern(rf"{_YEAR}[\s,]+{_MONTH_NAME}(?:[\s-]+(\d{{1,2}}))?(?!\d).*", re.IGNORECASE | re.DOTALL)
_DAY_FIRST = lazy_pattern(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+)?{_MONTH_NAME},?\s+{_YEAR}\.?", re.IGNORECASE)
_MONTH_FIRST = lazy_pattern(rf"{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\.?", re.IGNORECASE)
# With full stops, the day is always before the month.
_POINTS = lazy_pattern(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?{_YEAR}\.?")
_IDEOGRAPHS = lazy_pattern(r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일]?)?)?度?(?!\d).{0,20}")
_OTHER_MONTH = lazy_pattern(r"(?<![^\W\d_])(" + "|".join(OTHER_MONTHS) + r")(?![^\W\d_])\.?", re.IGNORECASE)
_OF = lazy_pattern(r"(?<=\s)(?:de|del|di)\s|(?<=\d)(?:er|º|ª|o)?\.?(?=\s+[A-Za-z])")
_YEAR_ONLY = lazy_pattern(rf"(?:c\.?|ca\.?|circa|\[|\()?\s*{_YEAR}[a-z]?(?:[\])?~/\s.,].*|[-\u2013]+\d*)?", re.DOTALL)
_SLASHES = lazy_pattern(rf"(\d{{1,2}})/(\d{{1,2}})/{_YEAR}")
# Pattern of a date → its groups of year, month and day; 0 if it has none.
_FORMS = (
    (_NUMERIC, (1, 2, 3)),
    (_YEAR_FIRST, (1, 2, 3)),
    (lazy_pattern(rf"{_YEAR}[-/]{_MONTH_NAME}(?:[-/](\d{{1,2}}))?", re.IGNORECASE), (1, 2, 3)),
    (_DAY_FIRST, (3, 2, 1)),
    (_MONTH_FIRST, (3, 1, 2)),
    # Korean, with an optional day of the week
    (lazy_pattern(rf"{_YEAR}\.\s?(\d{{1,2}})\.(?:\s?(\d{{1,2}})\.?)?(?:\s?\([월화수목금토일]\))?"), (1, 2, 3)),
    (_YEAR_ONLY, (1, 0, 0)),
    (lazy_pattern(rf"{_YEAR}\.0"), (1, 0, 0)),  # a year exported as a floating-point number
    (lazy_pattern(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"), (1, 2, 3)),
    (_IDEOGRAPHS, (1, 2, 3)),
    (_POINTS, (3, 2, 1)),
)
# Additions around or between the parts of a date with a month name, and their replacements.
_PLAINER = (
    (lazy_pattern(r",(?=(?:19|20)\d\d\Z)"), ", "),
    (lazy_pattern(r"\A(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE), ""),
    (lazy_pattern(rf"\A(\d{{1,2}})(?:st|nd|rd|th)?\s+of\s+(?={_MONTH_NAME})", re.IGNORECASE), r"\1 "),
    (lazy_pattern(rf"\A(\d{{1,2}})[-/]{_MONTH_NAME}[-/]{_YEAR}\Z", re.IGNORECASE), r"\1 \2 \3"),
    # the end of a range of days or months
    (lazy_pattern(r"(?<=\d)\s?[-\u2013]\s?\d{1,2}(?=(?:,|\.?\s))"), ""),
    (lazy_pattern(rf"(?<=[a-z])\.?\s?[-\u2013/]\s?(?:\d{{1,2}}\s)?{_MONTH_NAME}(?=,?\s+{_YEAR})", re.IGNORECASE), ""),
    (lazy_pattern(rf"\A(?:spring|summer|autumn|fall|winter|q[1-4])\s+{_YEAR}\Z", re.IGNORECASE), r"\1"),
)
_WORDS = lazy_pattern(r"\d+|[^\W\d_]+")
_WORD = lazy_pattern(r"[^\W\d_]+")
SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_LONGEST_DATE = 60  # characters
LONGEST_NUMBER = 6  # digits
_LONGEST_MONTH = 15  # letters
_ALIKE = 0.86  # similarity ratio of a month and its misspelling; `Augustin` has less


def written_date(value: object) -> str:
    """Return a date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (of a range, the first), or the text unchanged."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return _known_date(text) if len(text) <= _LONGEST_DATE else _dated(text)


def feed_date(text: str) -> str:
    """Return the day of a timestamp (RFC 822 or RFC 3339) in its own time zone; treat others like `written_date`."""
    if text[10:11] == "T":  # the form that nearly all services use
        with suppress(ValueError):
            return date.fromisoformat(text[:10]).isoformat()
    parts = None if text[:4].isdecimal() else parsedate(text)
    return (date_of_parts(*parts[:3]) if parts else None) or written_date(text)


def endnote_date(year: str, written: str) -> str:
    """Return the date of a year field and a date field, which may lack the year; "" if both are empty."""
    whole = [written_date(text) for text in (written, f"{written} {year}", f"{year} {written}") if written]
    dated = [date for date in whole if date[:4].isdecimal() and len(date) > len("2026") and " " not in date]
    if dated and (not year or dated[0].startswith(year[:4])):
        return dated[0]
    return written_date(year) if year else (written_date(written) if written else "")


def _dated(text: str) -> str:
    if _ISO_DAY.fullmatch(text):
        return date_of_parts(*text.split("-")) or text
    for pattern, (year, month, day) in _FORMS:
        found = pattern.fullmatch(text)
        if found and not (month and (found[month] or "").isalpha() and month_of(found[month]) is None):
            return date_of_parts(found[year], month and found[month], day and found[day]) or text
    return _with_slashes(text) or _in_english(text) or _plainer(text) or text


def _plainer(text: str) -> str:
    """Parse a date with a weekday, a range, or other separators; return "" if the text is none."""
    plainer = text if len(text) <= _LONGEST_DATE else ""
    for pattern, rest in _PLAINER:
        plainer = pattern.sub(rest, plainer)
    dated = _dated(plainer) if plainer and plainer != text else ""
    return dated if dated != plainer or _YEAR_ONLY.fullmatch(dated) else ""


_known_date = lru_cache(maxsize=1024)(_dated)  # a list has few different dates, each parsed several times


def _with_slashes(text: str) -> str | None:
    """Parse `25/12/2024` or `12/25/2024`; return None if either number may be the month, or for other texts."""
    found = _SLASHES.fullmatch(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if first != second and max(first, second) <= len(MONTHS):
        return None
    return date_of_parts(found[3], min(first, second), max(first, second))


def _in_english(text: str) -> str:
    """Parse a date with a month name in another language, `5. März 2024`; return "" for any other text."""
    if len(text) > _LONGEST_DATE or not _OTHER_MONTH.search(unicodedata.normalize("NFC", text)):
        return ""
    composed = unicodedata.normalize("NFC", text)
    english = _OF.sub("", _OTHER_MONTH.sub(lambda found: OTHER_MONTHS[found[1].casefold()], composed))
    english = " ".join(english.replace(".", " ").split())
    dated = written_date(english) if english != text else text
    return dated if dated[:4].isdecimal() else ""


def date_of_parts(year: object, month: object = None, day: object = None) -> str | None:
    """Return the date with the given parts, or None if invalid; an unknown month, such as a season, leaves the year."""
    number = _number(year)
    if number is None or not 1 <= number <= date.max.year:
        return None
    month_number, day_number = month_of(month), _number(day)
    if not month_number:
        return None if _number(month) and day_number else f"{number:04}"
    if not day_number:
        return f"{number:04}-{month_number:02}"
    try:
        return date(number, month_number, day_number).isoformat()
    except ValueError:
        return None


def month_of(value: object) -> int | None:
    """Return the month (1–12) of a number or of a name in a known language, or None."""
    text = unicodedata.normalize("NFC", str(value or "")).strip().strip(".").casefold()
    number = _number(text[:-1].rstrip() if text.endswith(("月", "월")) else text)
    if number is not None:
        return number if 1 <= number <= len(MONTHS) else None
    word = _WORD.match(text)
    name = OTHER_MONTHS.get(word[0]) if word else None
    return MONTHS.index(name) + 1 if name else english_month(word[0] if word else "")


def english_month(word: str) -> int | None:
    """Return the month (1–12) of an English name, shortened or misspelt, None for another word such as `Marble`."""
    start = word[: len("jan")].casefold()
    if start not in MONTHS or len(word) > _LONGEST_MONTH:
        return None
    month = MONTHS.index(start) + 1
    name = MONTH_NAMES[month - 1].casefold()
    is_name = name.startswith(word.casefold()) or SequenceMatcher(None, word.casefold(), name).ratio() >= _ALIKE
    return month if is_name or word.casefold() == "sept" else None


def leaves_year(month: object) -> bool:
    """Return whether a `month` value is neither a month nor a season; `date_of_parts` then returns only the year."""
    words = _WORDS.findall(str(month))
    return not any(month_of(word) or word.casefold() in SEASONS for word in words)


def _number(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, int | str) else ""
    return int(text) if len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit() else None
