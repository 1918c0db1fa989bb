"""Each edition as a mail that is ready to be sent, in every form that somebody takes, and what sending has to know."""

from collections.abc import Iterator

from site_builder.catalogue.editions import archived_editions
from site_builder.catalogue.model import Catalogue, Edition
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.sources.editions import record_of
from site_builder.urls import mail_path

# Name of the file → its renderer.
FORMS = {
    "mail.html": "mail page",
    "mail.txt": "mail text",
    "mail.eml": "mail",
    "buttondown.json": "buttondown",
    "listmonk.json": "listmonk",
}
NEXT = "mail/editions.json"
NOT_SENT = ("next", "sending")


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `mail/YYYY-MM-DD/…` for every edition that has a mail."""
    editions = planned_editions(catalogue, settings)
    for edition in editions:
        for name, renderer in FORMS.items():
            yield Page(
                path=mail_path(edition.name, edition.key, name),
                renderer=renderer,
                template="mail/day.html",
                claimant=f"the mail of {edition.key}",
                data={"edition": edition},
            )
    following = [
        record_of(edition.settled()) | {"incomplete": [day.isoformat() for day in edition.incomplete]}
        for edition in editions
        if edition.state == "next"
    ]
    if following:
        yield Page(NEXT, "data", "", "the next editions", {"value": {"editions": following}})


def planned_editions(catalogue: Catalogue, settings: Settings) -> list[Edition]:
    """Return the editions that have a mail: all, or the newest `mail_days` and those that readers do not have yet."""
    editions = archived_editions(catalogue.days) if catalogue.editions is None else catalogue.editions
    first = len(editions) - (settings.newsletter.mail_days or len(editions))
    return [edition for number, edition in enumerate(editions) if number >= first or edition.state in NOT_SENT]
