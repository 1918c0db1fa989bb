"""The base class of all sections of `site.yaml`."""

import re
from datetime import time
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

AUTHORITY = r"^([A-Za-z0-9.@-]+,\d{4}(-\d\d){0,2})?$"
CATEGORY = r"^[a-z]+(-[a-z]+)*(\.[A-Za-z-]+)?$"
EDITION = r"^[a-z][a-z0-9-]{0,39}$"
FOLDER = r"^[A-Za-z0-9_-]+$"
HOST = r"^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$"
LETTERS = r"^[A-Za-z0-9]*$"
SOURCE = r"^([a-z0-9]+(-[a-z0-9]+)*)?$"
UUID = r"^[0-9a-f-]*$"
WEB = r"^(https?://[^\s<>\"]+)?$"

# Pattern of a text → what it asks for.
SHAPES = {
    AUTHORITY: "a domain or mail address and a date on which it was yours, such as example.org,2026",
    CATEGORY: "a category as arXiv writes it, such as cs.CL",
    EDITION: "a name of small letters, digits and hyphens that begins with a letter, such as weekly",
    FOLDER: "the name of a folder, of letters, digits, hyphens and underscores",
    HOST: "a name as hosts have it, such as digest.example.org",
    LETTERS: "letters and digits alone",
    SOURCE: "a name of small letters, digits and hyphens, such as my-source",
    UUID: "its UUID, of digits, the letters a to f and hyphens",
    WEB: "an address that begins with https://",
}


class SettingsSection(BaseModel):
    """A section of `site.yaml`; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _clock_time(value: object) -> object:
    """Return `7` and `7:30` as a time is written in full; pydantic takes a bare number for seconds."""
    found = re.fullmatch(r"(\d{1,2})(?::(\d\d))?", value.strip()) if isinstance(value, str) else None
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else value


ClockTime = Annotated[time, BeforeValidator(_clock_time, json_schema_input_type=str | int)]
