"""Editions → `content/published/editions.jsonl`, in one step and on the disk before anything is sent."""

import os
from pathlib import Path

from site_builder.model.editions import ClosedEditions
from site_builder.problems import BuildError
from site_builder.sources.editions import EDITIONS_FILE, editions_text
from site_builder.write.published import write_published


def write_editions(content: Path, editions: ClosedEditions) -> None:
    """Replace the file. Raises BuildError, and leaves the old one, when the disk does not take it."""
    try:
        write_published(content, {EDITIONS_FILE}, {EDITIONS_FILE: editions_text(editions)})
        folder = os.open((content / EDITIONS_FILE).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise BuildError(
            f"{content / EDITIONS_FILE} cannot be written: {error.strerror}; without it nothing is sent"
        ) from error
