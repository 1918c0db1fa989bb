"""What follows a publishing: the hub learns which feeds are new, the readers get the newest day's mail."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from site_builder.outside.publish.announced import Announced, read_announced, write_announced
from site_builder.outside.publish.built_site import BuiltSite
from site_builder.outside.publish.ping import PingError, ping
from site_builder.outside.send import LEDGER, Order, report_lines, send_mails
from site_builder.pages.entry_times import digest_time
from site_builder.pages.feeds import FORMATS
from site_builder.problems import BuildError
from site_builder.settings import Settings

RATE = 120  # mails a minute
AGAIN = "run broadsheet announce to try again"
_MAIL = re.compile(r"mail/(\d{4}-\d\d-\d\d)/mail\.eml")


@dataclass(frozen=True, slots=True)
class News:
    """What a site has to announce. feeds: output path → fingerprint; days: those with a mail, oldest first."""

    feeds: Mapping[str, str]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """What an announcement works with. now: the moment of it; tell: is given each line of the report."""

    content: Path
    output: Path
    settings: Settings
    environment: Mapping[str, str]
    now: datetime
    tell: Callable[[str], None]


def news_of(site: BuiltSite) -> News:
    """Return what there is to announce of a site."""
    days = sorted(found[1] for path in site.files if (found := _MAIL.fullmatch(path)))
    feeds = {path: mark for path, mark in site.files.items() if _is_feed(path)}
    return News(feeds, tuple(map(date.fromisoformat, days)))


def announce_news(news: News, office: Office) -> bool:
    """Ping the hub and mail the readers, where site.yaml names them, and return whether both went well.

    Either is tried whatever became of the other. What fails is told and left for the next time.
    Raises BuildError when it cannot be known, or kept, who has been told.
    """
    announced = read_announced(office.content)
    is_pinged = _ping_hub(news, announced, office)
    is_mailed = _mail_readers(news, read_announced(office.content), office)
    return is_pinged and is_mailed


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


def _mail_readers(news: News, announced: Announced, office: Office) -> bool:
    out = [day for day in news.days if digest_time(day, office.settings.feeds) <= office.now]
    if not office.settings.publish.readers or not out:
        return True
    day = out[-1].isoformat()
    readers = office.settings.publish.readers
    by_hand = f"broadsheet send --day {day} --list {readers}"
    has_ledger = (office.content.resolve().parent / LEDGER).exists()
    if announced.mailed >= day:
        office.tell(f"mail: readers have the mail of {announced.mailed}")
        return True
    if not announced.mailed and not has_ledger:
        # Nobody knows who has this day's mail already: better none than two.
        write_announced(office.content, replace(announced, mailing=day, mailed=day))
        office.tell(f"mail: begins with the day after {day}; to mail that one too: {by_hand}")
        return True
    if announced.mailing == day and not has_ledger:
        office.tell(f"mail: was broken off, and {LEDGER}, which knew who has it, is gone; to mail all: {by_hand}")
        return False
    return _mail_day(out[-1], announced, office)


def _mail_day(day: date, announced: Announced, office: Office) -> bool:
    """Mail a day; that it was begun is kept before the first mail leaves."""
    begun = replace(announced, mailing=day.isoformat())
    write_announced(office.content, begun)
    readers = office.content.resolve().parent / office.settings.publish.readers
    order = Order(day, office.content, office.output, readers, to="", rate=RATE, is_dry=False)
    try:
        sent = send_mails(order, office.environment, office.now, lambda *_: None, time.sleep)
    except BuildError as error:
        write_announced(office.content, announced)
        office.tell(f"mail: {error}; {AGAIN}")
        return False
    for line in report_lines(sent):
        office.tell(f"mail: {line}")
    if not sent.exit_code:
        write_announced(office.content, replace(begun, mailed=begun.mailing))
    return not sent.exit_code
