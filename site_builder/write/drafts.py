"""The mark of an output folder that shows what is not out yet: such a site is never published."""

from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.manifest import OWN_FOLDER

MARK = f"{OWN_FOLDER}/drafts"


def mark_drafts(output: Path) -> None:
    """Mark an output folder before drafts come into it. Raises BuildError when it cannot be written."""
    try:
        (output / MARK).touch()
    except OSError as error:
        raise BuildError(f"{output / MARK} cannot be written: {error.strerror}") from error


def unmark_drafts(output: Path) -> None:
    """Take the mark from a folder that holds no drafts any more."""
    (output / MARK).unlink(missing_ok=True)


def refuse_drafts(output: Path) -> None:
    """Raise BuildError for a folder that holds drafts."""
    if (output / MARK).exists():
        raise BuildError(
            f"{output} shows drafts, which are neither published nor sent; run broadsheet build without --drafts"
        )
