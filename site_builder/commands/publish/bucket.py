"""Publish to a bucket of any storage that speaks Amazon's S3 protocol."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta
from hashlib import md5
from urllib.parse import urlsplit

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.changes import (
    BROKEN_OFF,
    PUBLISHED,
    UNSURE,
    PublishedFiles,
    TargetChanges,
    in_order,
    load_published,
    refuse_rivals,
)
from site_builder.commands.publish.media_types import CACHE_CONTROL, media_type
from site_builder.problems import BuildError
from site_builder.written_file import indented_json

try:
    import obstore
    from obstore.exceptions import BaseError
    from obstore.store import S3Store
except ImportError:
    raise BuildError(
        "publishing to a bucket needs obstore: pip install '.[publish]' in the folder of Broadsheet"
    ) from None

WORKERS = 16  # uploads at a time
RETRIES = 4
PATIENCE = timedelta(seconds=60)  # for one request with its retries
NO_CACHE = "no-cache"
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")  # environment variables for it

_ERROR = re.compile(r"<Code>([^<]*)</Code>(?:\s*<Message>([^<]*)</Message>)?")
_KEYS = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
# Error code of the storage, or text from obstore → remedy.
_REMEDIES = {
    "NoSuchBucket": "make the bucket, or correct the target",
    "InvalidAccessKeyId": _KEYS,
    "SignatureDoesNotMatch": _KEYS,
    "AccessDenied": f"{_KEYS}, and what they may do with the bucket",
    "AccessKeyId": _KEYS,
    "/latest/api/token": _KEYS,  # requested when no keys are set; works only on Amazon's own machines
    "incorrectly configured region": "set AWS_REGION to that of the bucket",
    "error sending request": "check AWS_ENDPOINT_URL and the network",
}
OTHERWISE = "try again later"
OTHER_PREFIX = "remove them or name another prefix"
_NOISE = re.compile(r"Generic S3 error: |Error performing list request: | in [\d.]+.?s(?:, after [^-]*)?(?= +- )")


class Bucket:
    """A bucket, or a prefix in one: `s3://bucket/prefix`; the environment names endpoint and keys."""

    def __init__(
        self, target: str, environment: Mapping[str, str], retries: int = RETRIES, patience: timedelta = PATIENCE
    ) -> None:
        """retries, patience: limits of one request."""
        parts = urlsplit(target)
        self.name = target
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={"allow_http": any(environment.get(e, "").startswith("http://") for e in ENDPOINTS)},
            retry_config={"max_retries": retries, "retry_timeout": patience},
        )

    def look(self) -> tuple[PublishedFiles, dict[str, str]]:
        """Return its manifest and the ETags of all objects. Raises BuildError."""
        with self.reporting_errors("read", "nothing was changed"):
            there = {meta["path"]: meta["e_tag"] or "" for metas in obstore.list(self._store) for meta in metas}
            text = self.read(PUBLISHED) if PUBLISHED in there else b"{}"
        return load_published(text, self.name), there

    def read(self, path: str) -> bytes:
        """Return the bytes of an object."""
        return bytes(obstore.get(self._store, path).bytes())

    def put(self, path: str, content: bytes) -> str:
        """Upload a file of the site and return its ETag."""
        return self._put(path, content, media_type(path), CACHE_CONTROL)

    def put_own(self, path: str, content: bytes) -> None:
        """Upload a file that readers never request."""
        self._put(path, content, "application/json", NO_CACHE)

    def put_manifest(self, manifest: PublishedFiles) -> None:
        """Replace the manifest."""
        self.put_own(PUBLISHED, indented_json(manifest))

    def copy(self, source: str, path: str) -> str:
        """Copy an object within the storage and return the ETag of the copy."""
        obstore.copy(self._store, source, path)
        return obstore.head(self._store, path)["e_tag"] or ""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects."""
        obstore.delete(self._store, paths)

    def replace(
        self,
        before: PublishedFiles,
        after: PublishedFiles,
        begun: PublishedFiles,
        groups: Iterable[Iterable[str]],
        removed: Sequence[str],
        bring: Callable[[str], str],
    ) -> PublishedFiles:
        """Put new and changed objects into place, one group after the other, then remove obsolete ones.

        begun: the manifest to keep meanwhile, in case of an interruption.
        bring: puts an object into place and returns its ETag.
        Return the manifest of the result.
        """
        self.put_manifest(begun)
        for group in groups:
            after |= {path: (after[path][0], tag) for path, tag in at_once(bring, group).items()}
        if removed:
            self.put_manifest({**before, **after})
            self.remove(removed)
        self.put_manifest(after)
        return after

    @contextmanager
    def reporting_errors(self, verb: str, state: str) -> Iterator[None]:
        """Raise BuildError for errors of the storage. state: what state they leave behind."""
        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            text = str(error)
            code = _ERROR.search(text)
            what = ": ".join(filter(None, code.groups())) if code else _NOISE.sub("", text.partition("\n")[0]).strip()
            remedy = next((remedy for sign, remedy in _REMEDIES.items() if sign in text), OTHERWISE)
            raise BuildError(f"cannot {verb} {self.name}: {what}; {remedy}; {state}") from None

    def _put(self, path: str, content: bytes, kind: str, keeping: str) -> str:
        headers = {"Content-Type": kind, "Cache-Control": keeping}
        return obstore.put(self._store, path, content, attributes=headers, use_multipart=False)["e_tag"] or ""


class BucketTarget:
    """A bucket as publishing target."""

    def __init__(self, target: str, environment: Mapping[str, str]) -> None:
        self.name = target
        self._bucket = Bucket(target, environment)

    def publish(self, site: BuiltSite, *, is_dry: bool) -> TargetChanges:
        """Make the bucket hold the site and return the changes.

        New objects go up first, then changed ones; last, objects of earlier publications that the site no longer has
        are removed. Raises BuildError when the storage fails or foreign objects are in the way.
        """

        def expected(path: str) -> str:
            return tag_of(site.read(path))

        before, there = self._bucket.look()
        changes = changes_of(site.files, expected, before, there)
        refuse_rivals(self.name, set(changes.changed) - before.keys(), OTHER_PREFIX)
        after = {path: (fingerprint, there.get(path, "")) for path, fingerprint in site.files.items()}
        if not is_dry and (changes or before != after):
            begun = begun_with(before, after, changes, expected)
            groups = [*in_order(changes.added), changes.changed]
            with self._bucket.reporting_errors("write", BROKEN_OFF):
                self._bucket.replace(
                    before,
                    after,
                    begun,
                    groups,
                    changes.removed,
                    lambda path: self._bucket.put(path, site.read(path)),
                )
        return changes


def changes_of(
    files: Mapping[str, str], expected: Callable[[str], str], before: PublishedFiles, there: Mapping[str, str]
) -> TargetChanges:
    """Compare the files of a site, path → fingerprint, with the objects of the bucket, path → ETag.

    expected: returns the ETag of an object with the content of a file.
    """
    added = [path for path in files if path not in there]
    changed = [
        path
        for path, fingerprint in files.items()
        if path in there and before.get(path) != (fingerprint, there[path]) and there[path] != expected(path)
    ]
    gone = [
        path for path, (_, tag) in before.items() if path in there and path not in files and tag in ("", there[path])
    ]
    pages_first = sorted(gone, key=lambda path: not path.endswith(".html"))
    return TargetChanges(tuple(added), tuple(changed), tuple(pages_first))


def begun_with(
    before: PublishedFiles, after: PublishedFiles, changes: TargetChanges, expected: Callable[[str], str]
) -> PublishedFiles:
    """Return the manifest to keep during changes: new files are ours only with the expected content."""
    begun = {path: (after[path][0], expected(path)) for path in changes.added}
    return {**before, **after, **begun, **dict.fromkeys(changes.changed, UNSURE)}


def tag_of(content: bytes) -> str:
    """Return the ETag of an object with this content: its MD5, except on storage that encrypts."""
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


def at_once(upload: Callable[[str], str], paths: Iterable[str]) -> dict[str, str]:
    """Upload files in parallel and return path → ETag; the first error cancels uploads that have not started."""
    with ThreadPoolExecutor(WORKERS) as pool:
        uploads = {path: pool.submit(upload, path) for path in paths}
        try:
            wait(uploads.values(), return_when=FIRST_EXCEPTION)
            return {path: done.result() for path, done in uploads.items() if done.done() and not done.cancelled()}
        finally:
            pool.shutdown(cancel_futures=True)
