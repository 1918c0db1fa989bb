"""What was published to a target, kept there: which files are ours to change and to remove."""

import orjson

from site_builder.problems import BuildError
from site_builder.urls import why_unsafe
from site_builder.write.manifest import OWN_FOLDER

PUBLISHED = f"{OWN_FOLDER}/published.json"

# Output path → fingerprint, and what the target calls that version of the file, "" where it has no word for it.
PublishedFiles = dict[str, tuple[str, str]]
UNSURE = ("", "")  # a file that was about to be published: ours, but perhaps it never arrived


def load_published(text: bytes, where: str) -> PublishedFiles:
    """Return the manifest of a target. Raises BuildError when it is damaged."""
    try:
        manifest = {path: (str(entry[0]), str(entry[1])) for path, entry in orjson.loads(text).items()}
    except (ValueError, AttributeError, IndexError, TypeError, KeyError):
        manifest = None
    if manifest is None or any(map(why_unsafe, manifest)):
        raise BuildError(f"{PUBLISHED} at {where} is damaged; remove it and the site there, then publish again")
    return manifest
