"""Editions on their way: settle the next one, and record which have been sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from site_builder.build import plan_site
from site_builder.catalogue.editions import passed_by
from site_builder.commands.send import LEDGER, edition_name
from site_builder.commands.send.ledger import open_ledger
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Edition
from site_builder.model.editions import ClosedEdition, ClosedEditions
from site_builder.pages.entry_times import digest_time
from site_builder.pages.mail import NEXT
from site_builder.problems import EVERY, BuildError, Problem, Problems, first_of
from site_builder.sources.content.editions import EDITIONS_FILE, edition_of
from site_builder.sources.content.published import SITE_FILE, PublishedReader
from site_builder.sources.content.state_line import ids_of
from site_builder.volumes.cache import open_cache
from site_builder.write.published import write_editions

SHOWN = 5  # papers in a message


@dataclass(frozen=True, slots=True)
class NextEdition:
    """An edition that a build has made and that is not settled yet.

    incomplete: days with incomplete lists. withdrawn: ids of papers that the edition shows as withdrawn.
    """

    edition: ClosedEdition
    incomplete: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


def closed_editions(content: Path) -> ClosedEditions:
    """Return the settled editions. Raises BuildError if their record is damaged or missing, so that nothing is sent."""
    problems = Problems()
    reader = PublishedReader(problems)
    for path in (EDITIONS_FILE, SITE_FILE):  # the other one knows whether the first must be there
        if (content / path).exists():
            reader.read(content / path, path)
    editions = reader.editions()
    if editions.is_damaged:
        raise BuildError(
            f"it is not known which papers have gone out; {'; '.join(map(str, problems))}; nothing was sent"
        )
    return editions


def next_editions(output: Path) -> dict[str, NextEdition]:
    """Return the next editions that a build has made, by series.

    Raises BuildError if their file is damaged or cannot be read.
    """
    file = output / NEXT
    if not file.exists():
        return {}
    try:
        records = orjson.loads(file.read_bytes())["editions"]
        following = [
            NextEdition(edition_of(record), ids_of(record, "incomplete"), ids_of(record, "withdrawn"))
            for record in records
        ]
    except OSError as error:
        raise BuildError(f"{file} cannot be read: {error.strerror}; nothing was sent") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BuildError(f"{file} is damaged; run broadsheet build again; nothing was sent") from None
    return {next_edition.edition.name: next_edition for next_edition in following}


def is_due(edition: ClosedEdition, settings: Settings, now: datetime) -> bool:
    """Return whether the time of an edition has come."""
    return digest_time(edition.dated, settings.feeds) <= now


def checked(content: Path, following: NextEdition, now: datetime) -> ClosedEdition:
    """Compare an edition with the current content before it is settled, since an editor may have removed a paper.

    Return it with the papers that it passes over. Raises BuildError if the built edition contains a paper that is now
    hidden, on hold or withdrawn, and if the editor's input for it has a defect that stops sending.
    """
    edition = following.edition
    cache = open_cache(content)
    build = plan_site(content, now, cache=cache)
    cache.save()
    planned = [
        planned_edition
        for planned_edition in build.site.catalogue.editions
        if planned_edition.state == "next" and planned_edition.name == edition.name
    ]
    called = edition_name(edition.name, edition.key)
    if slips := [str(slip) for planned_edition in planned for slip in slips_of(planned_edition, build.problems)]:
        first = first_of(slips, SHOWN, "; ")
        raise BuildError(f"nothing of {called} was sent, for this is to be mended first: {first}; then build again")
    papers = [paper for planned_edition in planned for paper in planned_edition.papers]
    planned_ids = {paper_id for planned_edition in planned for paper_id in planned_edition.ids} | {
        alias for paper in papers for alias in paper.aliases
    }
    withdrawn = {paper.id for paper in papers if paper.withdrawal} - {*following.withdrawn}
    gone_out = closed_editions(content).mailed(edition.name)  # `settle` reports these
    if changed := [
        paper_id
        for paper_id in edition.ids
        if (paper_id not in planned_ids and paper_id not in gone_out) or paper_id in withdrawn
    ]:
        named = first_of(changed, SHOWN)
        raise BuildError(f"{called} was built before {named} was hidden, held or withdrawn: run broadsheet build again")
    site = build.site
    return replace(edition, passed=passed_by(edition, site.catalogue, build.sources.editions, site.settings, now))


def slips_of(edition: Edition, problems: Problems) -> list[Problem]:
    """Return the problems that must be fixed before an edition is sent."""
    stops = {EVERY, edition.name, edition.key, *(day.date.isoformat() for day in edition.days)}
    return [problem for problem in problems if problem.stops in stops]


def settle(content: Path, edition: ClosedEdition, environment: Mapping[str, str], now: datetime) -> None:
    """Record the contents of an edition before any of it is sent.

    Raises BuildError if that fails, if the clock is behind that of an earlier run, and if some of its papers have been
    sent since it was built.
    """
    known = closed_editions(content)
    of_series = known.of(edition.name)
    called = edition_name(edition.name, edition.key)
    is_outdated = not known.mailed(edition.name).isdisjoint(edition.ids)
    is_outdated = is_outdated or not known.settled(edition.name).isdisjoint(edition.passed)
    if is_outdated or any(known_edition.dated >= edition.dated for known_edition in of_series):
        raise BuildError(f"{called} was built before an edition that has gone out since: run broadsheet build again")
    latest = max((known_edition.closed for known_edition in of_series if known_edition.closed), default=None)
    if latest and now < latest:
        raise BuildError(
            f"the clock is behind {latest:%Y-%m-%d %H:%M} UTC, when the edition before {called} was settled: "
            "set it right; nothing was sent"
        )
    with open_ledger(content.resolve().parent / LEDGER, called, environment) as ledger:
        ledger.begin()
    write_editions(content, known.with_edition(replace(edition, closed=now.astimezone(UTC))))


def mark_sent(content: Path, edition: ClosedEdition, now: datetime) -> None:
    """Record that all readers of an edition have it or will not get it any more."""
    known = closed_editions(content)
    write_editions(content, known.with_edition(replace(edition, sent=now.astimezone(UTC))))


def settle_by_hand(
    content: Path, output: Path, name: str, key: str, environment: Mapping[str, str], now: datetime
) -> None:
    """Settle an edition that is sent by command, if it is the next one of its series."""
    if (name, key) in closed_editions(content).editions:
        return
    following = next_editions(output).get(name)
    if following and following.edition.key == key:
        settle(content, checked(content, following, now), environment, now)
