"""`broadsheet build --cluster`: build the volumes on a Dask cluster and put the site into a bucket.

This process uses what workers read of the lists, plans the site and renders its front. All files are first staged in
the bucket; then the bucket copies them into place itself, the front last.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from site_builder.build import Build, OnProgress, OnStep, plan_site, record, refuse_to_lose
from site_builder.catalogue.volumes import volumes_of
from site_builder.collection import collect_later
from site_builder.commands.cluster.pieces import frame_of, pieces_of, with_siblings
from site_builder.commands.cluster.pool import AS_IT_WAS, Cluster
from site_builder.commands.cluster.published_volumes import VOLUMES, PublishedVolumes, volumes_text
from site_builder.commands.cluster.staging import STAGED, Staged, stage, staged_path
from site_builder.commands.cluster.worker import (
    RETRIES,
    PlainOrder,
    SharedSite,
    build_piece,
    make_ready,
    order_of,
    read_lists,
)
from site_builder.commands.publish.bucket import OTHER_PREFIX, Bucket, begun_with, changes_of
from site_builder.commands.publish.changes import BROKEN_OFF, PublishedFiles, TargetChanges, in_order, refuse_rivals
from site_builder.host_limits import report_large_files
from site_builder.model.page import KEPT, Page
from site_builder.problems import BuildError, Problem
from site_builder.render import render_pages
from site_builder.volumes.cache import Cache
from site_builder.volumes.workers import Spread
from site_builder.write import WriteResult

T = TypeVar("T")
V = TypeVar("V")

PATIENCE = 300.0  # seconds to wait for an unavailable bucket, worker or scheduler


@dataclass(frozen=True, slots=True)
class BucketState:
    """The bucket at the start of the build. before: the manifest. there: path → ETag of all objects."""

    bucket: Bucket
    before: PublishedFiles
    there: Mapping[str, str]
    leftovers: Mapping[str, Sequence[str]] = field(default_factory=dict)  # path → what an earlier build staged for it

    def known(self, paths: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return path → (fingerprint, ETag) of the objects at and staged for some paths, as `stage` takes it."""
        found: dict[str, tuple[str, str]] = {}
        for path in paths:
            if tag := self.there.get(path):
                fingerprint, published = self.before.get(path, ("", ""))
                found[path] = (fingerprint if published == tag else "", tag)
            found |= {aside: ("", self.there[aside]) for aside in self.leftovers.get(path, ())}
        return found


def build_on_cluster(
    content: Path,
    target: str,
    scheduler: str,
    environment: Mapping[str, str],
    now: datetime,
    *,
    base_url: str = "",
    is_strict: bool = False,
    cache: Cache | None = None,
    on_progress: OnProgress = lambda step, done, total: None,
    on_step: OnStep = lambda step: None,
    warn: Callable[[Problem], None] = lambda problem: None,
    patience: float = PATIENCE,
) -> Build:
    """Build the site of a content folder, which all workers must see, into a bucket.

    target: `s3://bucket/prefix`. scheduler: its address. environment: names endpoint and keys, for this process only.
    patience: seconds to wait for an unavailable bucket, worker or scheduler. The other parameters are those of `build`.
    Raises BuildError, with the site in the bucket unchanged unless the message says otherwise.
    """
    content = content.resolve()
    bucket = Bucket(target, environment, RETRIES, timedelta(seconds=patience))
    state, volumes = _read_bucket(bucket)
    with closing(Cluster(scheduler, patience)) as cluster:
        order = order_of(content, target, patience)
        _check_workers(cluster, order)
        on_step("cluster")
        with collect_later():
            read = _reader_on(cluster, order)
            planned = plan_site(
                content, now, base_url, cache, volumes=volumes, read=read, on_progress=on_progress, on_step=on_step
            )
        refuse_to_lose(planned, content, target, lambda: state.before, warn, is_strict=is_strict)
        staged = _stage_volumes(planned, state, cluster, order, on_progress)
        on_step("volumes")
    with bucket.reporting_errors("write", AS_IT_WAS):
        front = [page for page in planned.site.pages.values() if not page.volume]
        staged += stage(render_pages(front, planned.site), state.known(page.path for page in front), bucket)
    on_step("front")
    changes = _commit(planned, state, volumes, {each.path: each for each in staged}, partial(record, content, planned))
    on_step("commit")
    report_large_files({each.path: each.size for each in staged}, planned.problems)
    done = len(changes.added) + len(changes.changed)
    written = WriteResult(done, len(planned.site.pages) - done, len(changes.removed), (), {})
    return replace(planned, written=written)


def _read_bucket(bucket: Bucket) -> tuple[BucketState, PublishedVolumes]:
    before, there = bucket.look()
    leftovers: dict[str, list[str]] = {}
    for aside in there:
        if aside.startswith(f"{STAGED}/"):
            leftovers.setdefault(aside.removeprefix(f"{STAGED}/").partition("/")[2], []).append(aside)
    with bucket.reporting_errors("read", "nothing was changed"):
        text = bucket.read(VOLUMES) if VOLUMES in there else b"{}"
    return BucketState(bucket, before, there, leftovers), PublishedVolumes(text, before, there)


def _check_workers(cluster: Cluster, order: PlainOrder) -> None:
    """Check that every worker can take part. Raises BuildError with the reason of the first one that cannot."""
    for worker, result in cluster.run_on_each(make_ready, *order).items():
        if isinstance(result, BuildError):
            raise result
        if isinstance(result, BaseException):
            what = (
                f"the worker at {worker} does not know this release of Broadsheet ({type(result).__name__}: {result})"
            )
            raise BuildError(f"{what}; let all machines run the same image; {AS_IT_WAS}")


def _reader_on(cluster: Cluster, order: PlainOrder) -> Spread:
    """Return a spread that reads lists on the workers."""

    def spread(work: Callable[[Sequence[T]], list[V]], items: Sequence[T]) -> Iterator[tuple[int, list[V]]]:
        return cluster.spread(partial(read_lists, order, work), ([item] for item in items))

    return spread


def _stage_volumes(
    planned: Build, state: BucketState, cluster: Cluster, order: PlainOrder, on_progress: OnProgress
) -> list[Staged]:
    """Build the volumes that changed since the last build on the workers, and return the staged files."""
    changed = {page.path: page for page in planned.site.pages.values() if page.volume and page.renderer != KEPT}
    if not changed:
        return []
    site = planned.site
    frame = SharedSite(
        site.settings, site.now, tuple(page for page in site.catalogue.pages if page.is_in_nav), frame_of(site)
    )
    work = partial(build_piece, order, pickle.dumps(frame))
    staged: list[Staged] = []
    for _, made in cluster.spread(work, _pieces(planned, changed, state)):
        staged += made
        on_progress("render", len(staged), len(site.pages))
    if {each.path for each in staged} != changed.keys():
        raise BuildError(f"the workers made other pages than were planned; {AS_IT_WAS}")
    return staged


def _pieces(planned: Build, changed: Mapping[str, Page], state: BucketState) -> Iterator[bytes]:
    """Yield the pickled pieces for the workers, made on demand."""
    site = planned.site
    keys = {page.volume.partition(" ")[0] for page in changed.values()}
    for volume in volumes_of(site.catalogue):
        if volume.key in keys:
            for piece in pieces_of(volume):
                known = state.known(piece.paths)
                yield pickle.dumps(replace(with_siblings(piece, site), known=known))


def _commit(
    planned: Build,
    state: BucketState,
    volumes: PublishedVolumes,
    staged: Mapping[str, Staged],
    before_commit: Callable[[], None],
) -> TargetChanges:
    """Let the bucket copy all staged files into place, and return the changes."""
    bucket, pages = state.bucket, planned.site.pages
    latest, there = bucket.look()
    files = {path: staged[path].fingerprint if path in staged else volumes.kept[path][0] for path in pages}

    def expected(path: str) -> str:
        return staged[path].tag if path in staged else volumes.kept[path][1]

    changes = changes_of(files, expected, state.before, there)
    moved = (*changes.added, *changes.changed)
    refuse_rivals(bucket.name, set(changes.changed) - state.before.keys(), OTHER_PREFIX)
    if latest != state.before or any(staged_path(path, files[path]) not in there for path in moved):
        raise BuildError(f"something else has written to {bucket.name} meanwhile; build again; {AS_IT_WAS}")
    before_commit()
    after = {path: (fingerprint, there.get(path, "")) for path, fingerprint in files.items()}
    with bucket.reporting_errors("write", BROKEN_OFF):
        if changes or latest != after:
            begun = begun_with(latest, after, changes, expected)
            groups = _groups(changes, lambda path: not pages[path].volume)
            bring = partial(_copy_into_place, bucket, files)
            after = bucket.replace(latest, after, begun, groups, changes.removed, bring)
        if (text := volumes_text(pages.values(), after)) != volumes.text:
            bucket.put_own(VOLUMES, text)
        if aside := [path for path in there if path.startswith(f"{STAGED}/")]:
            bucket.remove(aside)
    return changes


def _copy_into_place(bucket: Bucket, files: Mapping[str, str], path: str) -> str:
    return bucket.copy(staged_path(path, files[path]), path)


def _groups(changes: TargetChanges, is_front: Callable[[str], bool]) -> list[list[str]]:
    """Return the groups of files in the order of publication: new files, to which no old page links, then changed ones.

    In both, files of volumes come before those of the front; the home page comes last.
    """
    groups = []
    for paths in (changes.added, changes.changed):
        bound = [path for path in paths if not is_front(path)]
        front = [path for path in paths if is_front(path) and path != "index.html"]
        groups += [*in_order(bound), *in_order(front)] if paths is changes.added else [bound, front]
    return [*groups, [path for path in (*changes.added, *changes.changed) if path == "index.html"]]
