"""Read lists that are not cached yet in several processes; the build then finds the results in the cache.

Each process handles a list as if no other list affected its papers, which is nearly always true. Where it is not, the
build redoes the work, so results never depend on what was done here.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.catalogue.tagging import Tagger, found_in_list
from site_builder.config.settings import Settings
from site_builder.papers import papers_of_list
from site_builder.problems import Problems
from site_builder.sources import cached_list, uncached_lists
from site_builder.sources.content.vocabulary import TAGS, read_vocabulary
from site_builder.sources.source import DecodeError, Source
from site_builder.volumes.cache import Cache
from site_builder.volumes.workers import Spread, processors, spread_over

LEAST_BYTES = 3_000_000  # of uncached lists; from here on a second process pays off
BATCH = 500_000  # bytes of lists per batch

RemoteSpread = Spread  # runs a piece of work for all items in processes elsewhere


def read_ahead(content: Path, settings: Settings, cache: Cache, jobs: int, spread: RemoteSpread | None = None) -> None:
    """Read new lists, make their papers and find their tags in parallel, where that saves time.

    jobs: number of processes, 0 for as many as pay off. spread: runs the work elsewhere instead.
    Errors are ignored here; the build meets and reports them.
    """
    workers = jobs or processors()
    if workers == 1 and spread is None:
        return
    sizes = {path: (content / path).stat().st_size for path in uncached_lists(content, cache)}
    batches = list(_batches(sizes))
    is_worth_it = sum(sizes.values()) >= LEAST_BYTES and len(batches) > 1
    if batches and (spread or jobs or is_worth_it):
        reader = _BatchReader(content, settings, _tagger(content), cache)
        spread = spread or spread_over(workers - 1, chunk=1)
        for _, made in spread(reader, batches):
            for entries in made:
                cache.add(entries)


@dataclass(frozen=True, slots=True)
class _BatchReader:
    """Reads batches of lists and returns the cache entries made of them."""

    content: Path
    settings: Settings
    tagger: Tagger
    cache: Cache

    def __call__(self, batches: Sequence[Sequence[str]]) -> list[dict[bytes, bytes]]:
        return [self._read_batch(batch) for batch in batches]

    def _read_batch(self, paths: Sequence[str]) -> dict[bytes, bytes]:
        for path in paths:
            with suppress(DecodeError):
                self._read(path)
        return self.cache.drained()

    def _read(self, path: str) -> None:
        records, report = cached_list(self.content, path, Problems(), self.cache)
        if records and report.fingerprint:
            papers = papers_of_list(records, report.fingerprint, self.settings, self.cache)
            found_in_list([paper for paper in papers if paper], self.tagger, self.cache)


def _tagger(content: Path) -> Tagger:
    try:
        text = Source.from_file(content / TAGS, TAGS).text()
    except DecodeError:
        return Tagger(())
    return Tagger(read_vocabulary(text, TAGS, Problems()))


def _batches(sizes: dict[str, int]) -> Iterator[list[str]]:
    """Split lists into batches of about equal size, keeping their order."""
    batch: list[str] = []
    total = 0
    for path, size in sizes.items():
        batch.append(path)
        total += size
        if total >= BATCH:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
