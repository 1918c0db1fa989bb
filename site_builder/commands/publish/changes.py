"""What publishing changes at a target, and in which order nobody meets a link without its target."""

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.problems import BuildError, first_and_more
from site_builder.write.commit import rank_of_new

BROKEN_OFF = "run the same command again; no page has lost a file it links to"
NAMED = 5  # rivals that a message names


@dataclass(frozen=True, slots=True)
class TargetChanges:
    """The output paths that are new at the target, differ there, and are no longer part of the site.

    remark: what else is to be reported of the target, "" for nothing.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    remark: str = ""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def in_order(paths: Iterable[str]) -> list[list[str]]:
    """Return new files, which no old page links to, in the groups they go up in.

    First what pages link to, then the pages, last the page that begins the site.
    """
    groups: list[list[str]] = [[], [], []]
    for path in paths:
        groups[rank_of_new(path)].append(path)
    return [group for group in groups if group]


def refuse_rivals(where: str, rivals: Iterable[str], remedy: str) -> None:
    """Raise BuildError when files that we did not publish lie where ours belong."""
    found = sorted(rivals)
    if found:
        named = first_and_more(found, NAMED)
        raise BuildError(f"{where} holds files that Broadsheet did not publish: {named}; {remedy}; nothing was changed")
