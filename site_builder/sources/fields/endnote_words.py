"""What EndNote's formats have in common: dates whose day stands apart."""

from site_builder.sources.fields.written_date import written_date


def endnote_date(year: str, written: str) -> str:
    """Return the date of a year and of a month and day that may stand apart from it."""
    whole = [written_date(text) for text in (written, f"{written} {year}", f"{year} {written}") if written]
    dated = [date for date in whole if date[:4].isdecimal() and len(date) > len("2026") and " " not in date]
    if dated and (not year or dated[0].startswith(year[:4])):
        return dated[0]
    return written_date(year) if year else (written_date(written) if written else "")
