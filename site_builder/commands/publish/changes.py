"""The manifest of a publishing target, the changes of a publication, and the order of uploads."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import orjson

from site_builder.problems import BuildError, first_and_more
from site_builder.urls import all_folders, folders_of, why_unsafe
from site_builder.write.commit import rank_of_new
from site_builder.write.manifest import OWN_FOLDER

BROKEN_OFF = "run the same command again; no page has lost a file it links to"
NAMED = 5  # files that a message names
PUBLISHED = f"{OWN_FOLDER}/published.json"  # at the target: the files that are ours to change and to remove

# Output path → fingerprint, and the target's identifier of that version, "" if it has none.
PublishedFiles = dict[str, tuple[str, str]]
UNSURE = ("", "")  # a file that was about to be published: ours, but perhaps it never arrived


@dataclass(frozen=True, slots=True)
class TargetChanges:
    """Output paths that are new at the target, differ there, or are no longer part of the site.

    remark: a remark on the target to report, "" for none.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    remark: str = ""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def load_published(text: bytes, where: str) -> PublishedFiles:
    """Parse the manifest of a target. Raises BuildError when it is damaged."""
    try:
        manifest = {path: (str(entry[0]), str(entry[1])) for path, entry in orjson.loads(text).items()}
    except (ValueError, AttributeError, IndexError, TypeError, KeyError):
        manifest = None
    if manifest is None or any(map(why_unsafe, manifest)):
        raise BuildError(f"{PUBLISHED} at {where} is damaged; remove it and the site there, then publish again")
    return manifest


def in_order(paths: Iterable[str]) -> list[list[str]]:
    """Split new files, which no old page links to, into groups in the order of upload.

    First files that pages link to, then pages, then the home page.
    """
    groups: list[list[str]] = [[], [], []]
    for path in paths:
        groups[rank_of_new(path)].append(path)
    return [group for group in groups if group]


def in_the_way(ours: Collection[str], there: Iterable[str]) -> set[str]:
    """Return the files of a target at paths that are folders of ours, and those below paths that are files of ours."""
    files, folders = set(ours), all_folders(ours)
    return {path for path in there if path in folders or not files.isdisjoint(folders_of(path))}


def refuse_rivals(where: str, rivals: Iterable[str], remedy: str) -> None:
    """Raise BuildError if there are files at our paths that we did not publish."""
    found = sorted(rivals)
    if found:
        named = first_and_more(found, NAMED)
        raise BuildError(f"{where} holds files that Broadsheet did not publish: {named}; {remedy}; nothing was changed")
