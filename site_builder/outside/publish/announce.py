"""What follows a publishing: the hub learns which feeds are new, the readers get what they have not had."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from site_builder.model.editions import DAILY, ClosedEdition
from site_builder.outside.delivery import GIVEN_UP, Pace
from site_builder.outside.editions import (
    NextEdition,
    closed_editions,
    is_due,
    mark_sent,
    next_editions,
    refuse_outdated,
    settle,
)
from site_builder.outside.ledger import open_ledger
from site_builder.outside.publish.announced import Announced, read_announced, write_announced
from site_builder.outside.publish.built_site import BuiltSite
from site_builder.outside.publish.drafts import KEY_VARIABLE, Draft, post_draft
from site_builder.outside.publish.ping import PingError, ping
from site_builder.outside.send import LEDGER, Order, edition_name, letter_of, report_lines, send_mails
from site_builder.outside.web import WebError
from site_builder.pages.feeds import FORMATS
from site_builder.problems import BuildError
from site_builder.settings import Settings
from site_builder.urls import mail_path
from site_builder.write.lock import PATIENCE, locked

AGAIN = "run broadsheet announce to try again"


@dataclass(frozen=True, slots=True)
class News:
    """What a site has to announce. feeds: output path → fingerprint."""

    feeds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Office:
    """What an announcement works with. now: the moment of it; tell: is given each line of the report.

    pace: of the mails, in place of that of the settings.
    """

    content: Path
    output: Path
    settings: Settings
    environment: Mapping[str, str]
    now: datetime
    tell: Callable[[str], None]
    pace: Pace | None = None


def news_of(site: BuiltSite) -> News:
    """Return what there is to announce of a site."""
    return News({path: mark for path, mark in site.files.items() if _is_feed(path)})


def announce_news(news: News, office: Office) -> bool:
    """Ping the hub and mail the readers, where site.yaml names them, and return whether both went well.

    Either is tried whatever became of the other. What fails is told and left for the next time.
    Raises BuildError when it cannot be known, or kept, who has been told.
    """
    if not (office.settings.feeds.hub or series_of(office)):
        return True
    with locked(office.content.resolve().parent, PATIENCE):
        is_pinged = _ping_hub(news, read_announced(office.content), office)
        return _mail_readers(office) and is_pinged


def _is_feed(path: str) -> bool:
    return path.startswith("feeds/") and "/archive-" not in path and path.endswith(tuple(FORMATS))


def _ping_hub(news: News, announced: Announced, office: Office) -> bool:
    hub = office.settings.feeds.hub
    if not hub:
        return True
    known = announced.feeds if announced.hub == hub else {}
    changed = [path for path, fingerprint in news.feeds.items() if known.get(path) != fingerprint]
    if not changed:
        office.tell(f"hub: {hub} knows all feeds")
        return True
    try:
        ping(hub, [office.settings.permalink(path) for path in changed])
    except PingError as error:
        office.tell(f"hub: {hub} was not told of {len(changed)} changed feeds: {error}; {AGAIN}")
        return False
    write_announced(office.content, replace(announced, hub=hub, feeds=dict(news.feeds)))
    office.tell(f"hub: told {hub} of {len(changed)} changed feeds")
    return True


def _mail_readers(office: Office) -> bool:
    """Settle the editions that are due, send all that are on their way, and return whether all readers have theirs."""
    series = series_of(office)
    try:
        following = next_editions(office.output) if series else {}
    except BuildError as error:
        office.tell(f"mail: {error}")
        return False
    told = [_mail_series(name, readers, following.get(name), office) for name, readers in series.items()]
    return all(told)


def series_of(office: Office) -> dict[str, str]:
    """Return the series whose editions are settled, with their lists of readers; "" for a service or a feed alone."""
    drafts, named = office.settings.newsletter.drafts, office.settings.editions
    series = office.settings.mail_editions.items()
    return {name: each.readers for name, each in series if each.readers or drafts or name in named}


def _mail_series(name: str, readers: str, following: NextEdition | None, office: Office) -> bool:
    try:
        is_settled = _settle(following, office) if following else False
        editions = closed_editions(office.content).of(name)
        waiting = [edition for edition in editions if edition.sent is None]
        if editions and not waiting and not is_settled:
            office.tell(f"mail: readers have the mail of {edition_name(name, editions[-1].key)}")
        told = [_mail_edition(edition, readers, office) for edition in waiting]
        return all(told)
    except BuildError as error:
        office.tell(f"mail: {error}; {AGAIN}")
        return False


def close_editions(office: Office) -> None:
    """Settle the editions that are due and mail nobody, so that what they hold can be kept before they are sent.

    Raises BuildError when one cannot be settled.
    """
    series = series_of(office)
    for following in next_editions(office.output).values():
        if following.edition.name in series:
            _settle(following, office)


def _settle(following: NextEdition, office: Office) -> bool:
    """Settle the next edition of a series if it is due; return whether it was."""
    edition, settings = following.edition, office.settings
    called = edition_name(edition.name, edition.key)
    if (edition.name, edition.key) in closed_editions(office.content).editions:
        return False
    if not is_due(edition, settings, office.now):
        return False
    refuse_outdated(office.content, following, office.now)
    settle(office.content, edition, office.environment, office.now)
    if edition.begins:
        office.tell(
            f"mail: the first edition, {called}, begins with {edition.begins}; {len(edition.passed)} papers before it "
            "are not mailed; `begin` in site.yaml names another first day"
        )
    if following.incomplete:
        days = ", ".join(following.incomplete)
        office.tell(f"mail: {called} holds incomplete lists ({days}), waited for long enough; the rest comes later")
    told = read_announced(office.content).mailed
    if told and edition.name == DAILY and edition.key <= told:  # by a release that kept it elsewhere
        mark_sent(office.content, closed_editions(office.content).editions[edition.name, edition.key], office.now)
    return True


def _mail_edition(edition: ClosedEdition, readers: str, office: Office) -> bool:
    """Send an edition that is settled to those who have not had it, and return whether all have it."""
    called = edition_name(edition.name, edition.key)
    if not (readers or office.settings.newsletter.drafts):
        mark_sent(office.content, edition, office.now)
        office.tell(f"mail: {called} is complete in its feed; site.yaml names no readers for it")
        return True
    with open_ledger(office.content.resolve().parent / LEDGER, called, office.environment) as ledger:
        is_begun = ledger.is_begun()
    if not is_begun:
        by_hand = f"broadsheet send --edition {called} --list {readers}"
        office.tell(f"mail: {called} was settled elsewhere, and who has it is not known here; to mail all: {by_hand}")
        if edition.closed and office.now - edition.closed >= GIVEN_UP:
            mark_sent(office.content, edition, office.now)
        return False
    order = Order(edition.name, edition.key, office.content, office.output, readers, pace=office.pace)
    is_posted = _post_draft(order, office) if office.settings.newsletter.drafts else True
    if not readers:
        if is_posted:
            mark_sent(office.content, edition, office.now)
        return is_posted
    try:
        sent = send_mails(order, office.environment, office.now)
    except BuildError as error:
        office.tell(f"mail: {error}; {AGAIN}")
        return False
    for line in report_lines(sent):
        office.tell(f"mail: {line}")
    if sent.is_done and is_posted:
        mark_sent(office.content, edition, office.now)
    return not sent.exit_code and is_posted


def _post_draft(order: Order, office: Office) -> bool:
    """Post an edition to the service, once; return whether it is there."""
    service = office.settings.newsletter.service
    reader = f"service {service}"
    with open_ledger(office.content.resolve().parent / LEDGER, order.edition, office.environment) as ledger:
        state = ledger.states([reader]).get(reader)
        if state == "sent":
            return True
        if state == "sending":
            office.tell(f"{service}: it is not known whether the draft of {order.edition} arrived; look there")
            ledger.close(reader, "sent", "unknown")
            return True
        try:
            letter = letter_of(order, office.settings)
            key = office.environment.get(KEY_VARIABLE, "")
            folder = (office.output / mail_path(order.name, order.key, "mail.eml")).parent
            ledger.claim(reader, office.now)
            told = post_draft(Draft(letter, folder, office.settings, key))
        except (WebError, BuildError) as error:
            if not (isinstance(error, WebError) and error.is_unclear):
                ledger.release(reader)
            office.tell(f"{service}: the draft of {order.edition} was not taken: {error}; {AGAIN}")
            return False
        ledger.close(reader, "sent", "")
    office.tell(f"{service}: {order.edition}: {told}")
    return True
