"""Each edition as a mail that is ready to be sent, in every form that somebody takes, and what sending has to know."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from site_builder.catalogue.editions import archived_editions
from site_builder.catalogue.model import Catalogue, Day, Edition
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import mail_path

# Name of the file → its renderer.
FORMS = {"mail.html": "mail page", "mail.txt": "mail text", "mail.eml": "mail"}
OF_SERVICES = {"buttondown": "buttondown.json", "listmonk": "listmonk.json"}  # each also the name of its renderer
BROWSER_VIEW = "mail.html"  # where "view in browser" leads in mails of what is no page of its own
NEXT = "mail/editions.json"


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `mail/YYYY-MM-DD/…` for the newest `mail_days` editions and all that are on their way.

    Of older ones stays what the mails that went out lead to.
    """
    editions = archived_editions(catalogue.days) if catalogue.editions is None else catalogue.editions
    first = len(editions) - (settings.newsletter.mail_days or len(editions))
    service = settings.newsletter.service
    forms = FORMS | ({OF_SERVICES[service]: service} if service in OF_SERVICES else {})
    days = {day.date: day for day in catalogue.days}
    for number, edition in enumerate(editions):
        is_ready = number >= first or edition.state in ("next", "sending")
        for name, renderer in forms.items() if is_ready else _lasting(edition, days):
            yield Page(
                path=mail_path(edition.name, edition.key, name),
                renderer=renderer,
                template="mail/day.html",
                claimant=f"the mail of {edition.key}",
                data={"edition": edition},
            )
    following = [_settled(edition) for edition in editions if edition.state == "next"]
    if following:
        yield Page(NEXT, "data", "", "the next editions", {"value": {"editions": following}})


def _lasting(edition: Edition, days: Mapping[date, Day]) -> Iterator[tuple[str, str]]:
    """Yield the form of an edition that its readers are led to, unless that is the page of its day."""
    is_a_day = bool(edition.days) and edition.days == (days.get(edition.days[0].date),)
    if not is_a_day:
        yield BROWSER_VIEW, FORMS[BROWSER_VIEW]


def _settled(edition: Edition) -> dict[str, Any]:
    """Return what is kept of an edition once it is on its way."""
    return {
        "name": edition.name,
        "key": edition.key,
        "date": edition.dated.isoformat(),
        "begins": edition.begins.isoformat() if edition.begins else "",
        "incomplete": [day.isoformat() for day in edition.incomplete],
        "ids": edition.ids,
        "passed": edition.passed,
    }
