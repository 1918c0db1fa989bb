"""The marker of an output folder that shows drafts; such a site is never published."""

from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.manifest import OWN_FOLDER

MARK = f"{OWN_FOLDER}/drafts"


def mark_drafts(output: Path) -> None:
    """Mark an output folder before drafts are written to it. Raises BuildError when it cannot be written."""
    try:
        (output / MARK).touch()
    except OSError as error:
        raise BuildError(f"{output / MARK} cannot be written: {error.strerror}") from error


def unmark_drafts(output: Path) -> None:
    """Remove the marker from a folder that no longer holds drafts."""
    (output / MARK).unlink(missing_ok=True)


def refuse_drafts(output: Path) -> None:
    """Raise BuildError if the folder holds drafts."""
    if (output / MARK).exists():
        raise BuildError(
            f"{output} shows drafts, which are neither published nor sent; run broadsheet build without --drafts"
        )
