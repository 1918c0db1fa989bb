"""Notify a hub of changed feeds, and mail editions to the readers who have not had them."""

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

import orjson

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.drafts import KEY_VARIABLE, Draft, post_draft
from site_builder.commands.publish.ping import ping
from site_builder.commands.send import LEDGER, Order, edition_name, letter_of, pace_of, report_lines, send_mails
from site_builder.commands.send.delivery import GIVEN_UP, Pace
from site_builder.commands.send.editions import (
    NextEdition,
    checked,
    closed_editions,
    is_due,
    mark_sent,
    next_editions,
    settle,
)
from site_builder.commands.send.ledger import KEY_VARIABLE as LEDGER_KEY
from site_builder.commands.send.ledger import open_ledger
from site_builder.commands.web import WebError
from site_builder.config.settings import Settings
from site_builder.model.editions import DAILY, ClosedEdition
from site_builder.pages.all_feeds import FORMATS
from site_builder.problems import BuildError, counted
from site_builder.urls import mail_path
from site_builder.write.lock import locked
from site_builder.written_file import replace_file

# The local part of an address but its first letter, hidden where logs may be public and no address may be kept.
_LOCAL_PART = re.compile(r"(?<=[A-Za-z0-9])[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*@")
AGAIN = "run broadsheet announce to try again"
ANNOUNCED = Path(".broadsheet") / "announced.json"  # next to the content folder, so that nothing is announced twice


@dataclass(frozen=True, slots=True)
class AnnounceContext:
    """The parameters of an announcement. now: its time. tell: takes each line of the report.

    pace: of the mails of all editions together; overrides the one in the settings.
    """

    content: Path
    output: Path
    settings: Settings
    environment: Mapping[str, str]
    now: datetime
    tell: Callable[[str], None]
    pace: Pace | None = None


@dataclass
class Announced:
    """What was announced so far; contains no reader's address.

    hub, feeds: a hub and the feeds it knows, output path → fingerprint.
    mailed: the last day mailed by an earlier release, which recorded it here; "" for none.
    """

    hub: str = ""
    feeds: dict[str, str] = field(default_factory=dict)
    mailed: str = ""


def feeds_of(site: BuiltSite) -> dict[str, str]:
    """Return output path → fingerprint of a site's feeds, without their archive pages."""
    feeds = ((path, mark) for path, mark in site.files.items() if path.startswith("feeds/"))
    return {path: mark for path, mark in feeds if "/archive-" not in path and path.endswith(tuple(FORMATS))}


def announce_feeds(feeds: Mapping[str, str], context: AnnounceContext) -> bool:
    """Ping the hub and mail the readers that site.yaml names, and return whether both succeeded.

    feeds: output path → fingerprint. A failure of one does not prevent the other; it is reported and retried next time.
    Raises BuildError when it cannot be read, or recorded, who has been notified.
    """
    if not (context.settings.feeds.hub or series_of(context)):
        return True
    with locked(context.content.resolve().parent):
        is_pinged = _ping_hub(feeds, _read_announced(context.content), context)
        return _mail_readers(context) and is_pinged


def _ping_hub(feeds: Mapping[str, str], announced: Announced, context: AnnounceContext) -> bool:
    hub = context.settings.feeds.hub
    if not hub:
        return True
    known = announced.feeds if announced.hub == hub else {}
    changed = [path for path, fingerprint in feeds.items() if known.get(path) != fingerprint]
    if not changed:
        context.tell(f"hub: {hub} knows all feeds")
        return True
    try:
        ping(hub, [context.settings.permalink(path) for path in changed])
    except WebError as error:
        context.tell(f"hub: {hub} was not told of {counted(len(changed), 'changed feed')}: {error}; {AGAIN}")
        return False
    _write_announced(context.content, replace(announced, hub=hub, feeds=dict(feeds)))
    context.tell(f"hub: told {hub} of {counted(len(changed), 'changed feed')}")
    return True


def _mail_readers(context: AnnounceContext) -> bool:
    """Close the editions that are due, send all that are on their way, and return whether all readers have theirs."""
    series = series_of(context)
    try:
        following = next_editions(context.output) if series else {}
    except BuildError as error:
        context.tell(f"mail: {error}")
        return False
    context = replace(context, pace=(context.pace or pace_of(context.settings)).begun())
    lines = [_mail_series(name, readers, following.get(name), context) for name, readers in series.items()]
    return all(lines)


def series_of(context: AnnounceContext) -> dict[str, str]:
    """Return the series whose editions are closed → their lists of readers, "" if only for a service or a feed."""
    drafts, named = context.settings.newsletter.drafts, context.settings.editions
    series = context.settings.mail_editions.items()
    return {name: each.readers for name, each in series if each.readers or drafts or name in named}


def _mail_series(name: str, readers: str, following: NextEdition | None, context: AnnounceContext) -> bool:
    try:
        is_settled = _settle(following, context) if following else False
        editions = closed_editions(context.content).of(name)
        waiting = [edition for edition in editions if edition.sent is None]
        if editions and not waiting and not is_settled:
            context.tell(f"mail: readers have the mail of {edition_name(name, editions[-1].key)}")
        lines = [_mail_edition(edition, readers, context) for edition in waiting]
        return all(lines)
    except BuildError as error:
        context.tell(f"mail: {error}; {AGAIN}")
        return False


def close_editions(context: AnnounceContext) -> bool:
    """Close the editions that are due without mailing, so that their contents can be stored before they are sent.

    Return whether all could be closed; a failure does not affect the others.
    """
    series = series_of(context)
    is_done = True
    for following in next_editions(context.output).values():
        try:
            if following.edition.name in series:
                _settle(following, context)
        except BuildError as error:
            context.tell(f"mail: {error}")
            is_done = False
    return is_done


def _settle(following: NextEdition, context: AnnounceContext) -> bool:
    """Close the next edition of a series if it is due; return whether it was."""
    edition, settings = following.edition, context.settings
    called = edition_name(edition.name, edition.key)
    if (edition.name, edition.key) in closed_editions(context.content).editions:
        return False
    if not is_due(edition, settings, context.now):
        return False
    edition = checked(context.content, following, context.now)
    settle(context.content, edition, context.environment, context.now)
    if edition.begins:
        before = (
            f"; of days before it {counted(len(edition.passed), 'paper')} will not be mailed" if edition.passed else ""
        )
        another = "`begin` in site.yaml names another first day"
        context.tell(f"mail: the first edition, {called}, begins with {edition.begins}{before}; {another}")
    if following.incomplete:
        days = ", ".join(following.incomplete)
        context.tell(f"mail: {called} holds incomplete lists ({days}), waited for long enough; the rest comes later")
    mailed = _read_announced(context.content).mailed
    if mailed and edition.name == DAILY and edition.key <= mailed:  # mailed by a release that recorded it elsewhere
        mark_sent(context.content, closed_editions(context.content).editions[edition.name, edition.key], context.now)
    return True


def _mail_edition(edition: ClosedEdition, readers: str, context: AnnounceContext) -> bool:
    """Send a closed edition to the readers who have not had it, and return whether all have it."""
    called = edition_name(edition.name, edition.key)
    if not (readers or context.settings.newsletter.drafts):
        mark_sent(context.content, edition, context.now)
        context.tell(f"mail: {called} is complete in its feed; site.yaml names no readers for it")
        return True
    with open_ledger(context.content.resolve().parent / LEDGER, called, context.environment) as ledger:
        is_begun = ledger.is_begun()
    if not is_begun:
        mail_all = f"to mail all: broadsheet send --edition {called} --list {shlex.quote(readers)}"
        remedy = mail_all if readers else f"look whether a draft of it is at {context.settings.newsletter.service}"
        context.tell(f"mail: {called} was settled elsewhere, and who has it is not known here; {remedy}")
        if edition.closed and context.now - edition.closed >= GIVEN_UP:
            mark_sent(context.content, edition, context.now)
        return False
    order = Order(edition.name, edition.key, context.content, context.output, readers, pace=context.pace)
    is_posted = _post_draft(order, context) if context.settings.newsletter.drafts else True
    if not readers:
        if is_posted:
            mark_sent(context.content, edition, context.now)
        return is_posted
    try:
        sent = send_mails(order, context.environment, context.now)
    except BuildError as error:
        context.tell(f"mail: {error}; {AGAIN}")
        return False
    is_public = bool(context.environment.get(LEDGER_KEY))
    for line in report_lines(sent):
        context.tell(f"mail: {_LOCAL_PART.sub('…@', line) if is_public else line}")
    if sent.is_done and is_posted:
        mark_sent(context.content, edition, context.now)
    return not sent.exit_code and is_posted


def _post_draft(order: Order, context: AnnounceContext) -> bool:
    """Post an edition to the newsletter service, once; return whether it is there."""
    service = context.settings.newsletter.service
    reader = f"service {service}"
    with open_ledger(context.content.resolve().parent / LEDGER, order.edition, context.environment) as ledger:
        state = ledger.states([reader]).get(reader)
        if state == "sent":
            return True
        if state == "sending":
            context.tell(f"{service}: it is not known whether the draft of {order.edition} arrived; look there")
            ledger.close(reader, "sent", "unknown")
            return True
        try:
            letter = letter_of(order, context.settings)
            key = context.environment.get(KEY_VARIABLE, "")
            folder = (context.output / mail_path(order.name, order.key, "mail.eml")).parent
            ledger.claim(reader, context.now)
            response = post_draft(Draft(letter, folder, context.settings, key))
        except (WebError, BuildError) as error:
            if not (isinstance(error, WebError) and error.is_unclear):
                ledger.release(reader)
            context.tell(f"{service}: the draft of {order.edition} was not taken: {error}; {AGAIN}")
            return False
        ledger.close(reader, "sent", "")
    context.tell(f"{service}: {order.edition}: {response}")
    return True


def _read_announced(content: Path) -> Announced:
    """Return what was announced so far. Raises BuildError when the file is damaged."""
    file = content.resolve().parent / ANNOUNCED
    if not file.exists():
        return Announced()
    try:
        value = orjson.loads(file.read_bytes())
        return Announced(str(value["hub"]), dict(value["feeds"]), str(value.get("mailed", "")))
    except (OSError, ValueError, KeyError, TypeError):
        raise BuildError(f"{file} is damaged; remove it: hubs are notified again") from None


def _write_announced(content: Path, announced: Announced) -> None:
    """Replace the file atomically. Raises BuildError when it cannot be written."""
    file = content.resolve().parent / ANNOUNCED
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, orjson.dumps(asdict(announced), option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise BuildError(f"{file} cannot be written: {error.strerror}; the next run tells everyone again") from error
