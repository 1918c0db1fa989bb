"""A bucket as target: any storage that speaks the protocol of Amazon S3."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta
from hashlib import md5
from urllib.parse import urlsplit

from site_builder.outside.publish.built_site import BuiltSite
from site_builder.outside.publish.changes import Changes, in_order, refuse_rivals
from site_builder.outside.publish.manifest import (
    PUBLISHED,
    UNSURE,
    Manifest,
    dump_manifest,
    load_manifest,
)
from site_builder.outside.publish.media_types import CACHE_CONTROL, media_type
from site_builder.problems import BuildError

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
PATIENCE = timedelta(seconds=60)  # for one request and its retries
NO_CACHE = "no-cache"
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")  # the environment's names for it

_TOLD = re.compile(r"<Code>([^<]*)</Code>(?:\s*<Message>([^<]*)</Message>)?")
_KEYS = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
# What the storage answers, or obstore says → what to do about it.
_REMEDIES = {
    "NoSuchBucket": "make the bucket, or correct the target",
    "InvalidAccessKeyId": _KEYS,
    "SignatureDoesNotMatch": _KEYS,
    "AccessDenied": f"{_KEYS}, and what they may do with the bucket",
    "AccessKeyId": _KEYS,
    "/latest/api/token": _KEYS,  # asked where no keys are named; only Amazon's own machines know them so
    "incorrectly configured region": "set AWS_REGION to that of the bucket",
    "error sending request": "check AWS_ENDPOINT_URL and the network",
}
OTHERWISE = "try again later"
_NOISE = re.compile(r"Generic S3 error: |Error performing list request: | in [\d.]+.?s(?:, after [^-]*)?(?= +- )")


class BucketTarget:
    """A bucket, or what lies below a prefix in one: `s3://bucket/prefix`; the environment names endpoint and keys."""

    def __init__(self, target: str, environment: Mapping[str, str]) -> None:
        parts = urlsplit(target)
        self.name = target
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={"allow_http": any(environment.get(e, "").startswith("http://") for e in ENDPOINTS)},
            retry_config={"max_retries": RETRIES, "retry_timeout": PATIENCE},
        )

    def publish(self, site: BuiltSite, *, is_dry: bool) -> Changes:
        """Make the bucket hold the site and return what that changes.

        New objects go up first, then the changed ones; last goes what the site no longer has and an earlier
        publishing put there. Raises BuildError when the storage fails or holds what is not ours.
        """
        with self._told("read", "nothing was changed"):
            there = {meta["path"]: meta["e_tag"] or "" for metas in obstore.list(self._store) for meta in metas}
            text = bytes(obstore.get(self._store, PUBLISHED).bytes()) if PUBLISHED in there else b"{}"
        before = load_manifest(text, self.name)
        changes = _changes(site, before, there)
        refuse_rivals(self.name, set(changes.changed) - before.keys(), "remove them or name another prefix")
        after = {path: (fingerprint, there.get(path, "")) for path, fingerprint in site.files.items()}
        if not is_dry and (changes or before != after):
            self._publish(site, before, after, changes)
        return changes

    def _publish(self, site: BuiltSite, before: Manifest, after: Manifest, changes: Changes) -> None:
        with self._told("write", "run the same command again; no page has lost a file it links to"):
            # Should this be broken off: whatever else somebody puts in the place of a new file is not ours.
            begun = {path: (site.files[path], _expected_tag(site, path)) for path in changes.added}
            self._put_manifest({**before, **after, **begun, **dict.fromkeys(changes.changed, UNSURE)})
            for group in (*in_order(changes.added), list(changes.changed)):
                tags = _at_once(lambda path: self._put(path, site.read(path)), group)
                after |= {path: (site.files[path], tag) for path, tag in tags.items()}
            if changes.removed:
                self._put_manifest({**before, **after})
                obstore.delete(self._store, changes.removed)
            self._put_manifest(after)

    def _put(self, path: str, content: bytes) -> str:
        """Upload a file and return what the storage calls this version of it."""
        headers = {"Content-Type": media_type(path), "Cache-Control": CACHE_CONTROL}
        return obstore.put(self._store, path, content, attributes=headers, use_multipart=False)["e_tag"] or ""

    def _put_manifest(self, manifest: Manifest) -> None:
        headers = {"Content-Type": "application/json", "Cache-Control": NO_CACHE}
        obstore.put(self._store, PUBLISHED, dump_manifest(manifest), attributes=headers, use_multipart=False)

    @contextmanager
    def _told(self, verb: str, state: str) -> Iterator[None]:
        """Turn an error of the storage into a line. state: what it leaves behind."""
        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            text = str(error)
            code = _TOLD.search(text)
            what = ": ".join(filter(None, code.groups())) if code else _NOISE.sub("", text.partition("\n")[0]).strip()
            remedy = next((remedy for sign, remedy in _REMEDIES.items() if sign in text), OTHERWISE)
            raise BuildError(f"cannot {verb} {self.name}: {what}; {remedy}; {state}") from None


def _changes(site: BuiltSite, before: Manifest, there: dict[str, str]) -> Changes:
    """Compare the site with the objects of the bucket: path → ETag."""
    added = [path for path in site.files if path not in there]
    changed = [
        path
        for path, fingerprint in site.files.items()
        if path in there and before.get(path) != (fingerprint, there[path]) and there[path] != _expected_tag(site, path)
    ]
    gone = [
        path
        for path, (_, tag) in before.items()
        if path in there and path not in site.files and tag in ("", there[path])
    ]
    pages_first = sorted(gone, key=lambda path: not path.endswith(".html"))
    return Changes(tuple(added), tuple(changed), tuple(pages_first))


def _expected_tag(site: BuiltSite, path: str) -> str:
    """Return the ETag of an object that holds a file: the MD5 of its bytes, but for storage that encrypts."""
    return f'"{md5(site.read(path), usedforsecurity=False).hexdigest()}"'


def _at_once(upload: Callable[[str], str], paths: Iterable[str]) -> dict[str, str]:
    """Upload files side by side and return path → ETag; the first error stops those not begun."""
    with ThreadPoolExecutor(WORKERS) as pool:
        uploads = {path: pool.submit(upload, path) for path in paths}
        try:
            wait(uploads.values(), return_when=FIRST_EXCEPTION)
            return {path: done.result() for path, done in uploads.items() if done.done() and not done.cancelled()}
        finally:
            pool.shutdown(cancel_futures=True)
