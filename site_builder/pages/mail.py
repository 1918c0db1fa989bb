"""The digest of each day as a mail that is ready to be sent, in every form that somebody takes."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import mail_path

# Name of the file → its renderer.
FORMS = {
    "mail.html": "mail page",
    "mail.txt": "mail text",
    "mail.eml": "mail",
    "buttondown.json": "buttondown",
    "listmonk.json": "listmonk",
}


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `mail/YYYY-MM-DD/…` for every day, or the newest `mail_days`, with its `day`."""
    days = catalogue.days[-settings.newsletter.mail_days :]
    for day in days:
        for name, renderer in FORMS.items():
            yield Page(
                path=mail_path(day.date, name),
                renderer=renderer,
                template="mail/day.html",
                claimant=f"the mail of {day.date}",
                data={"day": day},
            )
