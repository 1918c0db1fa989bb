"""The mails: each edition as files ready to be sent, in every form that is used, and the data that sending needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Edition
from site_builder.model.page import JsonData, Page, PageData
from site_builder.pages.entry_times import digest_time
from site_builder.sources.content.editions import record_of
from site_builder.urls import mail_path

# File name → its renderer.
FORMS = {"mail.html": "mail page", "mail.txt": "mail text", "mail.eml": "mail"}
OF_SERVICES = {"buttondown": "buttondown.json", "listmonk": "listmonk.json"}  # service and renderer → file
BROWSER_VIEW = "mail.html"  # where "view in browser" leads if the edition has no page of its own
NEXT = "mail/editions.json"
NOT_SENT = ("next", "sending")


@dataclass(frozen=True, slots=True)
class MailData(PageData):
    """An edition to be mailed."""

    edition: Edition


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `mail/YYYY-MM-DD/…` for editions that have a mail; for older ones only the pages that mails linked to."""
    editions = catalogue.editions
    ready = _ready(editions, settings)
    service = settings.newsletter.service
    forms = FORMS | ({OF_SERVICES[service]: service} if service in OF_SERVICES else {})
    for number, edition in enumerate(editions):
        for name, renderer in forms.items() if number in ready else _lasting(edition):
            yield Page(
                path=mail_path(edition.name, edition.key, name),
                renderer=renderer,
                template="mail/day.html",
                claimant=f"the mail of {edition.key}",
                data=MailData(edition),
            )
    following = [
        record_of(replace(edition.settled(), due=digest_time(edition.dated, settings.feeds)))
        | {"incomplete": [day.isoformat() for day in edition.incomplete]}
        | {"withdrawn": [paper.id for paper in edition.papers if paper.withdrawal]}
        for edition in editions
        if edition.state == "next"
    ]
    if following:
        yield Page(NEXT, "data", "", "the next editions", JsonData.holding({"editions": following}, is_dense=True))


def _ready(editions: Sequence[Edition], settings: Settings) -> frozenset[int]:
    """Return the indexes of editions that have a mail: the newest `mail_days`, and those not sent yet."""
    first = len(editions) - (settings.newsletter.mail_days or len(editions))
    return frozenset(number for number, edition in enumerate(editions) if number >= first or edition.state in NOT_SENT)


def _lasting(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the browser view of an edition, unless its readers are led to the page of its day instead."""
    if edition.page == mail_path(edition.name, edition.key, BROWSER_VIEW):
        yield BROWSER_VIEW, FORMS[BROWSER_VIEW]
