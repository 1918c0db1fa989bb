"""Volumes in a bucket that are complete and unmodified since the last build on a cluster."""

from collections.abc import Iterable, Mapping

import orjson

from site_builder.commands.publish.changes import PublishedFiles
from site_builder.fingerprint import fingerprint_of_all
from site_builder.model.page import Page, volume_label
from site_builder.write.manifest import OWN_FOLDER

VOLUMES = f"{OWN_FOLDER}/volumes.json"  # label → a digest of the fingerprints of its files, and their paths


class PublishedVolumes:
    """The volumes in a bucket. kept: manifest entries of the volumes kept so far."""

    def __init__(self, text: bytes, before: PublishedFiles, there: Mapping[str, str]) -> None:
        """text: content of VOLUMES from an earlier build; ignored if unreadable."""
        self.kept: PublishedFiles = {}
        self.text = text
        self._before = before
        self._there = there
        self._volumes = _read(text)

    def keep(self, name: str, key: str) -> tuple[str, ...]:
        """Keep a volume's files and return their paths; () when its key differs or a file was modified."""
        for label, (digest, paths) in self._volumes.items():
            if label == volume_label(name, key, len(paths)) and self._is_as_published(digest, paths):
                self.kept |= {path: self._before[path] for path in paths}
                return paths
        return ()

    def _is_as_published(self, digest: str, paths: tuple[str, ...]) -> bool:
        is_there = all(
            path in self._there and self._before.get(path, ("", ""))[1] == self._there[path] for path in paths
        )
        return is_there and digest_of(self._before, paths) == digest


def volumes_text(pages: Iterable[Page], published: PublishedFiles) -> bytes:
    """Return the content of VOLUMES for a published site."""
    volumes: dict[str, list[str]] = {}
    for page in pages:
        if page.volume:
            volumes.setdefault(page.volume, []).append(page.path)
    return orjson.dumps({label: [digest_of(published, paths), *paths] for label, paths in volumes.items()})


def digest_of(published: PublishedFiles, paths: Iterable[str]) -> str:
    """Return a digest of some paths and the fingerprints published there."""
    return fingerprint_of_all(part for path in paths for part in (path, published[path][0]))


def _read(text: bytes) -> dict[str, tuple[str, tuple[str, ...]]]:
    try:
        return {
            str(label): (str(digest), tuple(map(str, paths))) for label, (digest, *paths) in orjson.loads(text).items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
