"""The kinds of publishing targets, distinguished by their syntax."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.changes import TargetChanges
from site_builder.config.publishing import Publishing
from site_builder.problems import BuildError


class Target(Protocol):
    """A place to publish a site to. name: for messages; contains no password."""

    @property
    def name(self) -> str: ...

    def publish(self, site: BuiltSite, *, is_dry: bool) -> TargetChanges:
        """Make the place hold the site and return the changes; when dry, change nothing."""


@dataclass(frozen=True, slots=True)
class PublishContext:
    """What a target may need to know besides its name."""

    content: Path
    environment: Mapping[str, str]
    now: datetime
    settings: Publishing


Open = Callable[[str, PublishContext], Target]


def target_of(text: str, surroundings: PublishContext) -> Target:
    """Return the target for a text. Raises BuildError for an unknown kind, and when a program is missing."""
    if text.startswith("-"):
        raise BuildError(f"{text} is no target; see broadsheet publish --help")
    try:
        Path(text.removeprefix("git+")).expanduser()
    except RuntimeError:
        raise BuildError(f"{text} is below no user's home folder; write its path in full") from None
    return next(open_it for shape, open_it in TARGETS if re.match(shape, text))(text, surroundings)


def _bucket(text: str, surroundings: PublishContext) -> Target:
    from site_builder.commands.publish.bucket import BucketTarget

    return BucketTarget(text, surroundings.environment)


def _branch(text: str, surroundings: PublishContext) -> Target:
    from site_builder.commands.publish.branch import BranchTarget

    return BranchTarget(text, surroundings.content, surroundings.now, keeps_history=surroundings.settings.history)


def _rsync(text: str, surroundings: PublishContext) -> Target:
    from site_builder.commands.publish.rsync import RsyncTarget

    return RsyncTarget(text)


def _folder(text: str, surroundings: PublishContext) -> Target:
    from site_builder.commands.publish.folder import FolderTarget

    return FolderTarget(text, surroundings.content)


def _unknown(text: str, surroundings: PublishContext) -> Target:
    raise BuildError(
        f"{_shown(text)} is no target: name a folder, user@host:path, rsync://host/module, s3://bucket or git+https://…#branch"
    )


def _shown(address: str) -> str:
    """Return an address as a message may hold it: without a password, or a user that may be a token."""
    return re.sub(r"(?<=ssh://)([^/@:]*):[^/@]*(?=@)|(?<=(?<!ssh)://)[^/@]*@", r"\1", address)


def _repository(text: str, surroundings: PublishContext) -> Target:
    shown = _shown(text)
    address = shown if "://" in shown else f"ssh://{shown.replace(':', '/', 1)}"
    raise BuildError(f"{shown} is the address of a repository: write git+{address}#gh-pages for a branch of it")


def _no_path(text: str, surroundings: PublishContext) -> Target:
    host, _, path = text.partition("/")
    raise BuildError(
        f"{text} names no path on another machine: write {host}:/{path or 'path'}; if it is a folder, write ./{text}"
    )


# Syntax of a target → function that opens it; the first match is used.
TARGETS: tuple[tuple[str, Open], ...] = (
    (r"s3://[^/\[\]]+(?:/|$)", _bucket),
    (r"git\+.", _branch),
    (r"rsync://.", _rsync),
    (r"(https|ssh)://[^/]+/.", _repository),
    (r"[^/]*://", _unknown),
    (r"git@[^/:]+:.|[^/:]+:.*\.git/?$", _repository),
    (r"[^/:]+:", _rsync),  # rsync's rule for a remote: a colon before any slash
    (r"[^/]+@[^/]+(/|$)", _no_path),
    (r"", _folder),
)
