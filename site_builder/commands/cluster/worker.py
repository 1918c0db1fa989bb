"""The functions that workers of a cluster run: reading lists, and building and staging a piece of the site."""

import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from site_builder.commands.cluster.pieces import VolumePiece, papers_of
from site_builder.commands.cluster.pool import AS_IT_WAS
from site_builder.commands.cluster.staging import STAGED, Staged, stage
from site_builder.commands.publish.bucket import Bucket
from site_builder.config.settings import Settings
from site_builder.fingerprint import fingerprint_of_all, fingerprint_of_file
from site_builder.model.note import FreePage
from site_builder.model.page import NO_DATA, Page
from site_builder.model.published import FOLDER as PUBLISHED
from site_builder.pages import plan_volume
from site_builder.problems import BuildError
from site_builder.render import render_pages
from site_builder.render.site import Site
from site_builder.themes import shipped_templates, template_folders
from site_builder.volumes.cache import MemoryCache
from site_builder.volumes.code_version import code_version

T = TypeVar("T")
V = TypeVar("V")

RETRIES = 1000  # of a request to the bucket; patience ends them sooner


PlainOrder = tuple[str, str, str, str, float]  # a WorkerOrder in plain types, which other releases can unpickle


class WorkerOrder(NamedTuple):
    """The requirements and parameters of a build, sent to every worker.

    program, content_seen: what `program` and `content_seen` must return on the worker.
    patience: seconds to keep retrying an unavailable bucket.
    """

    program: str
    content: str
    content_seen: str
    target: str
    patience: float


@dataclass(frozen=True, slots=True)
class SharedSite:
    """Data shared by all pages of volumes. front: front pages that they link to or ask for."""

    settings: Settings
    now: datetime
    free_pages: tuple[FreePage, ...]
    front: Mapping[str, Page]


def order_of(content: Path, target: str, patience: float) -> PlainOrder:
    """Return the order that this process sends to its workers."""
    return program(), str(content), content_seen(content), target, patience


def program() -> str:
    """Return a fingerprint of this program, its libraries and its templates."""
    return fingerprint_of_all([code_version(), *_marks_below(shipped_templates(), fingerprint_of_file)])


def content_seen(content: Path) -> str:
    """Return the number of files in the content folder, and a fingerprint of these and the templates next to it."""
    marks = _marks_below(content, lambda file: str(file.stat().st_size))
    marks = [mark for mark in marks if not mark.startswith(f"{PUBLISHED}/")]
    templates = _marks_below(content.parent / "templates", fingerprint_of_file)
    return f"{len(marks)} files {fingerprint_of_all([*marks, *templates])}"


@lru_cache(maxsize=1)
def make_ready(*plain: *PlainOrder) -> None:
    """Check once that this worker can take part in a build. Raises BuildError, on every call, if it cannot."""
    order = WorkerOrder(*plain)
    if program() != order.program:
        raise _unfit("has another release of Broadsheet, or other libraries; let all machines run the same image")
    content = Path(order.content)
    if not content.is_dir():
        raise _unfit(f"sees no folder {content}; share it with every worker, under the same path")
    seen = content_seen(content)
    if seen != order.content_seen:
        here, there = (sight.partition(" files")[0] for sight in (seen, order.content_seen))
        what = f"sees another {content}, of {here} files where the build sees {there}, or of other ones"
        raise _unfit(f"{what}; share one folder with all")
    bucket = _bucket(*plain)
    probe = f"{STAGED}/probe-{os.uname().nodename}-{os.getpid()}"
    with bucket.reporting_errors("write", f"so says a worker on {os.uname().nodename}; {AS_IT_WAS}"):
        bucket.put_own(probe, b"{}")
        bucket.remove([probe])


def read_lists(plain: PlainOrder, work: Callable[[Sequence[T]], list[V]], items: Sequence[T]) -> list[V]:
    """Read some lists; unreadable ones are left to the build, which reports them."""
    make_ready(*plain)
    try:
        return work(items)
    except OSError:
        return []


def build_piece(plain: PlainOrder, frame: bytes, piece: bytes) -> list[Staged]:
    """Plan and render the pages of a piece, stage those that differ in the bucket, and return the result of each."""
    make_ready(*plain)
    made: VolumePiece = pickle.loads(piece)  # noqa: S301 - from the build that this worker serves
    site = _site_of(made, *_opened(plain[1], frame))
    bucket = _bucket(*plain)
    with bucket.reporting_errors("write", AS_IT_WAS):
        pages = [site.pages[page.path] for page in plan_volume(made.volume, site.settings)]
        return stage(render_pages(pages, site), made.known, bucket)


def _unfit(why: str) -> BuildError:
    return BuildError(f"a worker on {os.uname().nodename} {why}; {AS_IT_WAS}")


@lru_cache(maxsize=1)
def _bucket(*plain: *PlainOrder) -> Bucket:
    order = WorkerOrder(*plain)
    return Bucket(order.target, os.environ, RETRIES, timedelta(seconds=order.patience))


@lru_cache(maxsize=1)
def _opened(content: str, frame: bytes) -> tuple[SharedSite, tuple[Path, ...], MemoryCache]:
    """Unpickle the shared site, and return it with its template folders and a cache for compiled templates."""
    made: SharedSite = pickle.loads(frame)  # noqa: S301 - from the build that this worker serves
    return made, template_folders(made.settings, Path(content).parent), MemoryCache()


def _site_of(piece: VolumePiece, frame: SharedSite, folders: tuple[Path, ...], cache: MemoryCache) -> Site:
    """Return as much of the site as the pages of a piece need."""
    part = piece.volume.catalogue
    shown = tuple(paper for paper in papers_of(part).values() if paper.id in part.citation_keys)
    catalogue = replace(part, papers=shown, pages=frame.free_pages)
    siblings = {path: Page(path, "", "", "", NO_DATA) for path in piece.siblings}
    own = {page.path: page for page in plan_volume(piece.volume, frame.settings)}
    return Site(frame.settings, catalogue, {**frame.front, **siblings, **own}, folders, frame.now, cache)


def _marks_below(folder: Path, look: Callable[[Path], str]) -> list[str]:
    """Return `path mark` for each file below a folder, sorted, without hidden files."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        files = (Path(parent) / name for name in names if not name.startswith("."))
        found += [f"{file.relative_to(folder).as_posix()} {look(file)}" for file in files]
    return sorted(found)
