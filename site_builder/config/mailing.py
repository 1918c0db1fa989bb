"""`editions:` and `mailing:` in `site.yaml`: which mails go out, to whom and when, and how fast they are sent."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from site_builder.config.section import EDITION, ClockTime, SettingsSection, Weekday

Rhythm = Literal["daily", "weekly", "monthly"]
RHYTHMS: dict[str, Rhythm] = {"daily": "daily", "weekly": "weekly", "monthly": "monthly"}


class EditionSettings(SettingsSection):
    """One series of mails."""

    every: Rhythm | None = Field(
        None, description="How often it goes out; the name of the edition says it when that is one of the three."
    )
    day: Weekday = Field(
        "sunday", description="Day of the week on which a weekly edition goes out, with the papers up to that day."
    )
    begin: date | None = Field(
        None, description="First day of the first edition; by default its newest day, or period."
    )
    sections: Literal["as_pages", "list"] = Field(
        "as_pages", description="Papers in sections as `day_layout` says, or in one list."
    )
    abstracts: int = Field(
        0, ge=0, description="Only so many papers, those with most upvotes, with abstract; the others by title. 0: all."
    )
    tags: tuple[str, ...] = Field((), description="Only papers with one of these tags.")
    readers: str = Field("", description="List of its readers, as in `publish.readers`, which holds where it is empty.")

    def rhythm(self, name: str) -> Rhythm:
        """Return how often the edition of this name goes out."""
        return self.every or RHYTHMS[name]


EditionName = Annotated[str, Field(pattern=EDITION)]


def checked_editions(editions: dict[str, EditionSettings]) -> dict[str, EditionSettings]:
    """Return the editions if each says, by its name or `every`, how often it goes out. Raises ValueError."""
    for name, edition in editions.items():
        if edition.every is None and name not in RHYTHMS:
            raise ValueError(f"{name} needs `every: daily`, `weekly` or `monthly`")
    return editions


class Mailing(SettingsSection):
    """When editions wait, and how fast they are sent."""

    begin: date | None = Field(None, description="First day of the first edition; by default the newest day then.")
    wait_until: ClockTime = Field(
        time(12), description="Time of the next day until which a list is waited for that is known to be incomplete."
    )
    rate: int = Field(120, ge=1, le=100_000, description="Most mails a minute.")
    connections: int = Field(1, ge=1, le=20, description="Connections to the mail server at once.")
    time_limit: int = Field(
        60, ge=1, le=1440, description="Minutes after which a run ends in order; the next one goes on."
    )
    try_again_after: tuple[Annotated[int, Field(ge=1, le=3600)], ...] = Field(
        (60, 300, 900),
        max_length=10,
        description="Seconds before each further try, in one run, of readers refused for the moment.",
    )
