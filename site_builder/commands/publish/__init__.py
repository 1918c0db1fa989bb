"""`broadsheet publish`: publish the built site, then notify hub and readers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from site_builder.commands.publish.announce import AnnounceContext, announce_feeds, close_editions, feeds_of, series_of
from site_builder.commands.publish.built_site import BuiltSite, built_site
from site_builder.commands.publish.changes import TargetChanges
from site_builder.commands.publish.target import PublishContext, Target, target_of
from site_builder.config.settings import read_settings
from site_builder.problems import BuildError

Tell = Callable[[str], None]


def publish_site(
    content: Path,
    output: Path,
    target: str,
    environment: Mapping[str, str],
    now: datetime,
    tell: Tell,
    *,
    is_dry: bool = False,
) -> bool:
    """Publish the built site, then notify hub and readers; return whether all could be notified.

    target: overrides the one in site.yaml. is_dry: only report what would change.
    Raises BuildError when the site was not published.
    """
    settings = read_settings(content)
    named = target or settings.publish.target
    if not named:
        raise BuildError("name a target: broadsheet publish TARGET, or publish.target in site.yaml")
    if settings.address_warning:
        tell(f"{settings.address_warning}; set it and build again")
    destination = target_of(named, PublishContext(content, environment, now, settings.publish))
    with built_site(output) as site:
        changes = destination.publish(site, is_dry=is_dry)
        feeds = feeds_of(site)
    _tell_changes(changes, site, destination, tell, is_dry)
    return is_dry or announce_feeds(feeds, AnnounceContext(content, output, settings, environment, now, tell))


def announce_site(
    content: Path,
    output: Path,
    environment: Mapping[str, str],
    now: datetime,
    tell: Tell,
    *,
    closes_only: bool = False,
) -> bool:
    """Notify hub and readers of a built site that was published by other means; return whether that succeeded.

    closes_only: close the editions that are due without notifying anyone.
    Raises BuildError when there is no such site.
    """
    settings = read_settings(content)
    with built_site(output) as site:
        feeds = feeds_of(site)
    context = AnnounceContext(content, output, settings, environment, now, tell)
    if not (settings.feeds.hub or series_of(context)):
        tell("site.yaml names neither feeds.hub nor publish.readers: there is nobody to tell")
    if closes_only:
        return close_editions(context)
    return announce_feeds(feeds, context)


def _tell_changes(changes: TargetChanges, site: BuiltSite, target: Target, tell: Tell, is_dry: bool) -> None:
    parts = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    if is_dry:
        for word, paths in parts.items():
            for path in paths:
                tell(f"{word:8} {path}")
    if changes.remark:
        tell(f"{target.name}: {changes.remark}")
    same = len(site.files.keys() - {*changes.added, *changes.changed})
    counts = ", ".join(f"{len(paths)} {word}" for word, paths in parts.items())
    tell(f"{target.name}: {'would be ' if is_dry else ''}{counts}, {same} as they were")
