"""Each edition as a mail that is ready to be sent, in every form that somebody takes, and what sending has to know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.catalogue.editions import archived_editions
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Edition
from site_builder.model.page import JsonData, Page, PageData
from site_builder.sources.content.editions import record_of
from site_builder.urls import mail_path

# Name of the file → its renderer.
FORMS = {"mail.html": "mail page", "mail.txt": "mail text", "mail.eml": "mail"}
OF_SERVICES = {"buttondown": "buttondown.json", "listmonk": "listmonk.json"}  # each also the name of its renderer
BROWSER_VIEW = "mail.html"  # where "view in browser" leads in mails of what is no page of its own
NEXT = "mail/editions.json"
NOT_SENT = ("next", "sending")


@dataclass(frozen=True, slots=True)
class MailData(PageData):
    """An edition that is mailed."""

    edition: Edition


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `mail/YYYY-MM-DD/…` for every edition that has a mail; of others stay the pages that mails led to."""
    editions = all_editions(catalogue, settings)
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
        record_of(edition.settled())
        | {"incomplete": [day.isoformat() for day in edition.incomplete]}
        | {"withdrawn": [paper.id for paper in edition.papers if paper.withdrawal]}
        for edition in editions
        if edition.state == "next"
    ]
    if following:
        yield Page(NEXT, "data", "", "the next editions", JsonData.holding({"editions": following}, is_dense=True))


def all_editions(catalogue: Catalogue, settings: Settings) -> Sequence[Edition]:
    """Return every edition that there was or that is next, whether its mail is still there or not."""
    if catalogue.editions is None:
        return archived_editions(catalogue.days, settings.words)
    return catalogue.editions


def _ready(editions: Sequence[Edition], settings: Settings) -> frozenset[int]:
    """Return the numbers of the editions with a mail: the newest `mail_days`, and those on their way."""
    first = len(editions) - (settings.newsletter.mail_days or len(editions))
    return frozenset(number for number, each in enumerate(editions) if number >= first or each.state in NOT_SENT)


def _lasting(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the form of an edition that its readers are led to, unless that is the page of its day."""
    if edition.page == mail_path(edition.name, edition.key, BROWSER_VIEW):
        yield BROWSER_VIEW, FORMS[BROWSER_VIEW]
