"""Lists that the cache does not know yet, read by several processes at once; the build then recalls what they made.

A process keeps what a list becomes where no other list has a say in it, which is nearly always so. Where one has, the
build makes it anew: nothing depends on what was done here.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.catalogue.found_tags import found_in_list
from site_builder.catalogue.tagging import Tagger
from site_builder.config.settings import Settings
from site_builder.papers import papers_of_list
from site_builder.problems import Problems
from site_builder.sources import recalled_list, unknown_lists
from site_builder.sources.content.vocabulary import TAGS, read_vocabulary
from site_builder.sources.source import DecodeError, Source
from site_builder.volumes.cache import Cache
from site_builder.volumes.workers import Spread, fork_workers, processors, spread_over

LEAST_BYTES = 3_000_000  # of unknown lists; from here on a second process pays
BATCH = 500_000  # bytes of lists that a process takes at a time

Elsewhere = Spread  # lets processes elsewhere do a piece of work for all items


def read_ahead(content: Path, settings: Settings, cache: Cache, jobs: int, spread: Elsewhere | None = None) -> None:
    """Let processes read new lists, make papers of them and find their tags, where that saves time.

    jobs: how many processes, 0 as many as pay. spread: lets processes elsewhere do it instead.
    What goes wrong is left for the build to meet and to tell.
    """
    workers = jobs or processors()
    if workers == 1 and spread is None:
        return
    sizes = {path: (content / path).stat().st_size for path in unknown_lists(content, cache)}
    batches = list(_batches(sizes))
    is_worth_it = sum(sizes.values()) >= LEAST_BYTES and len(batches) > 1
    if batches and (spread or jobs or is_worth_it):
        reader = _BatchReader(content, settings, _tagger(content), cache)
        spread = spread or spread_over(fork_workers(workers - 1), chunk=1)
        for _, made in spread(reader, batches):
            for entries in made:
                cache.add(entries)


@dataclass(frozen=True, slots=True)
class _BatchReader:
    """Reads batches of lists and returns what they become, as entries of the cache."""

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
        records, report = recalled_list(self.content, path, Problems(), self.cache)
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
    """Part lists into batches of about the same size, in their order."""
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
