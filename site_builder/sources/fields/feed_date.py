"""Moments as feeds and services write them (RFC 822, RFC 3339) → the day written, in its own zone."""

from contextlib import suppress
from datetime import date
from email.utils import parsedate

from site_builder.sources.fields.written_date import date_of_parts, written_date


def feed_date(text: str) -> str:
    """Return `YYYY-MM-DD` of a moment, a shorter date as far as it goes, or the text when it is no date."""
    if text[10:11] == "T":  # as services write nearly all
        with suppress(ValueError):
            return date.fromisoformat(text[:10]).isoformat()
    parts = None if text[:4].isdecimal() else parsedate(text)
    return (date_of_parts(*parts[:3]) if parts else None) or written_date(text)
