"""The site written by a build, as listed in its manifest; nothing else is ever published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.drafts import refuse_drafts
from site_builder.write.lock import locked
from site_builder.write.manifest import MANIFEST, UNSURE, read_manifest
from site_builder.write.staging import is_as_written


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A complete site on disk. files: output path → fingerprint, in the order of the pages."""

    folder: Path
    files: Mapping[str, str]

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


@contextmanager
def built_site(output: Path) -> Iterator[BuiltSite]:
    """Lock an output folder and return its site; no build changes it meanwhile.

    Raises BuildError when no build wrote the folder, when one is writing it or was killed while writing, and when a
    written file was modified.
    """
    if not (output / MANIFEST).is_file():
        raise BuildError(f"there is no built site in {output}; run broadsheet build, or name its folder with --output")
    try:
        with locked(output.resolve()) as lock:
            lock.announce()
            refuse_drafts(output)
            yield _whole_site(output)
    except OSError as error:
        raise BuildError(f"{error.filename or output} cannot be read: {error.strerror or error}") from error


def _whole_site(output: Path) -> BuiltSite:
    manifest = read_manifest(output)
    if UNSURE in manifest.values():
        raise BuildError(f"a build of {output} was broken off; run broadsheet build again")
    for path, entry in manifest.items():
        if not is_as_written(output, path, entry):
            raise BuildError(f"{output / path} is not what the build wrote; run broadsheet build again")
    return BuiltSite(output, {path: entry[0] for path, entry in manifest.items()})
