"""Upload files to a staging area of the bucket, which no reader sees."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from site_builder.commands.publish.bucket import WORKERS, Bucket, tag_of
from site_builder.fingerprint import fingerprint
from site_builder.write.manifest import OWN_FOLDER
from site_builder.write.staging import File

STAGED = f"{OWN_FOLDER}/staged"
NEW = ("", "")


class Staged(NamedTuple):
    """The result of one file. tag: the ETag."""

    path: str
    fingerprint: str
    tag: str
    size: int


def staged_path(path: str, fingerprint: str) -> str:
    """Return where a file is staged; a build after an interrupted one finds finished uploads there."""
    return f"{STAGED}/{fingerprint}/{path}"


def stage(files: Iterable[File], known: Mapping[str, tuple[str, str]], bucket: Bucket) -> list[Staged]:
    """Render files and upload those that differ from the objects in the bucket.

    known: path → fingerprint with which it was published ("" if it was replaced since), and ETag.
    """
    uploads: list[Future[object]] = []
    done: list[Staged] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for file in files:
            content = file.content()
            digest = fingerprint(content)
            tag = tag_of(content)
            published, there = known.get(file.path, NEW)
            is_same = bool(there) and (published == digest or there == tag)
            aside = staged_path(file.path, digest)
            if not is_same and known.get(aside, NEW)[1] != tag:
                uploads.append(pool.submit(bucket.put, aside, content))
            done.append(Staged(file.path, digest, tag, len(content)))
            if len(uploads) >= 2 * WORKERS:
                uploads.pop(0).result()
        for upload in uploads:
            upload.result()
    return done
