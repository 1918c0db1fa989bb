"""Run a build from end to end: sources → papers → catalogue → pages → render → write."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from site_builder import __version__
from site_builder.catalogue import make_catalogue
from site_builder.catalogue.addresses import (
    kept_authority,
    report_vanishing,
    with_addresses,
    with_authority,
    with_first_slugs,
    with_former_names,
    with_former_terms,
)
from site_builder.catalogue.editions import plan_editions, report_series
from site_builder.catalogue.publication import publish, with_times
from site_builder.catalogue.related import Relate, relate
from site_builder.catalogue.stray_days import FindLine, report_stray_days
from site_builder.catalogue.tag_bounds import report_misspellings
from site_builder.catalogue.volumes import Volume
from site_builder.collection import collect_later
from site_builder.config.settings import SETTINGS_FILE, Settings, read_settings, report_unused_patterns
from site_builder.host_limits import limit_warnings, report_large_files
from site_builder.languages import report_language
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page
from site_builder.model.picture import PictureToMake
from site_builder.model.published import FOLDER, Published
from site_builder.pages import Bound, permanent_addresses, plan_pages
from site_builder.pages.entry_times import entry_times, period_times
from site_builder.pages.feeds import next_entry
from site_builder.pages.folded import with_folded
from site_builder.papers import Papers, make_papers
from site_builder.papers.pictures import with_pictures
from site_builder.papers.release import Clock, Released, release_papers, without_later_notes
from site_builder.papers.screening import screen
from site_builder.problems import BuildError, Problem, Problems
from site_builder.render import render_pages
from site_builder.render.dead_links import (
    report_dead_links,
    report_pictures_elsewhere,
    report_unfit_texts,
    report_unused_html_patterns,
)
from site_builder.render.feeds.document import report_cut_feeds
from site_builder.render.site import Site
from site_builder.sources import Sources, read_sources
from site_builder.sources.content.published import published_files
from site_builder.sources.content.static_files import StaticFile
from site_builder.sources.written_line import line_with
from site_builder.themes import template_folders
from site_builder.volumes.cache import Cache, NoCache
from site_builder.volumes.keys import VolumeKeys
from site_builder.volumes.read_ahead import RemoteSpread, read_ahead
from site_builder.volumes.workers import spread_over, workers_for
from site_builder.volumes.written import KnownVolumes, WrittenVolumes
from site_builder.write import WriteResult, write_files
from site_builder.write.drafts import mark_drafts, unmark_drafts
from site_builder.write.manifest import MANIFEST, ManifestEntry, read_manifest
from site_builder.write.published import write_published
from site_builder.write.staging import File, Outcome, OutdatedError, Spread, Work, in_turn
from site_builder.write.target_folder import refuse_folder

SENT = frozenset({"mail", "buttondown", "listmonk"})  # renderers of mails to be sent; a draft site has none of them
RECORD = f"{FOLDER}/"  # in problems

OnProgress = Callable[[str, int, int], None]
OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Build:
    """Result of a build: the site and everything the report needs. written is None when nothing was written.

    published: the published record once the site is out.
    vanishing: the problem that reports addresses removed by this site, if any.
    released: which papers are out and which are not.
    next_entry: when the next feed entry held back from this site is due, or when the next day begins if lists of later
    days or held papers wait for it; None when nothing waits.
    next_edition: when the same papers give other mails.
    """

    sources: Sources
    papers: Papers
    problems: Problems
    site: Site
    published: Published
    vanishing: Problem | None
    released: Released
    written: WriteResult | None = None
    next_entry: datetime | None = None
    next_edition: datetime | None = None

    @property
    def settings(self) -> Settings:
        return self.site.settings

    @property
    def next_change(self) -> datetime | None:
        """The time from which the same content gives another site or other mails, None for never."""
        return min(filter(None, (self.next_entry, self.next_edition)), default=None)

    @property
    def is_recorded(self) -> bool:
        """Whether the published record could be written, as far as known."""
        return all(problem.path != RECORD for problem in self.problems)

    @property
    def undated(self) -> int:
        """Number of papers without a day."""
        return len(self.site.catalogue.undated)

    @property
    def pages(self) -> int:
        """Number of pages of the site."""
        return len(self.site.pages)

    @property
    def warnings(self) -> list[str]:
        """Warnings that are not about defects of an input."""
        sizes = self.written.sizes if self.written else {}
        address = self.settings.address_warning
        return [*([address] if address else []), *limit_warnings(sizes, self.site.catalogue.days)]

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """Numbers of files written, unchanged and removed; None when nothing was to be written."""
        return (self.written.written, self.written.unchanged, self.written.removed) if self.written else None


def build(
    content: Path,
    output: Path,
    now: datetime,
    *,
    base_url: str = "",
    is_dry: bool = False,
    is_strict: bool = False,
    is_draft: bool = False,
    jobs: int = 1,
    cache: Cache | None = None,
    on_progress: OnProgress = lambda step, done, total: None,
    on_step: OnStep = lambda step: None,
    warn: Callable[[Problem], None] = lambda problem: None,
) -> Build:
    """Build the site of a content folder into an output folder.

    now: start of the build, with time zone; no feed entry is later.
    base_url: overrides the one in `site.yaml`.
    is_dry: do everything but write. is_strict: refuse to remove an address.
    is_draft: also show, marked as such, what is not out yet; such a site is not published, nor recorded as published.
    jobs: number of rendering processes, 0 for as many as pay off.
    cache: results of earlier builds; None to recompute them.
    on_progress(step, done, total) is called as work advances, on_step(step) when a step, or a part of one, has ended.
    warn(problem) is called for addresses that would disappear, before anything is written.
    Raises BuildError, before anything is written, for broken settings, a broken template or a URL clash, and when there
    are no papers although the last build had some.
    """
    refuse_folder(output, "output folder", {"content folder": content}, "name another with --output")
    plan = partial(
        plan_site, content, now, base_url, cache, jobs=jobs, is_draft=is_draft, on_progress=on_progress, on_step=on_step
    )
    volumes = None if is_dry or is_draft else WrittenVolumes(output)
    with collect_later():
        planned = plan(volumes=volumes)
    refuse_to_lose(planned, content, output, lambda: read_manifest(output), warn, is_strict=is_strict)
    kept = volumes.kept if volumes else {}
    workers = jobs or workers_for(planned.pages - len(kept))
    spread = _watched(spread_over(workers - 1) if workers > 1 else in_turn, on_progress, on_step)
    if is_dry:
        files = render_pages(planned.site.pages.values(), planned.site)
        deque(spread(_render_only, [file for file in files if file.page.renderer != "card"]), maxlen=0)
        return planned
    try:
        built = _write(planned, content, output, spread, kept, is_draft=is_draft)
    except OutdatedError:
        built = _write(plan(), content, output, spread, {}, is_draft=is_draft)
    on_step("write")
    return built


def _write(
    planned: Build, content: Path, output: Path, spread: Spread, kept: Mapping[str, ManifestEntry], *, is_draft: bool
) -> Build:
    """Render and write the pages of a planned site. kept: files of volumes that stay as they are.

    Raises OutdatedError when another build has changed the kept files meanwhile.
    """
    shown = (page for page in planned.site.pages.values() if not (is_draft and page.renderer in SENT))
    files = render_pages(shown, planned.site)
    following = _next_entry(planned)  # computed before rendering, so that workers need not make the entries of feeds
    written = write_files(
        files,
        output,
        spread=spread,
        before_commit=partial(mark_drafts, output) if is_draft else partial(record, content, planned),
        kept=kept,
    )
    if not is_draft:
        unmark_drafts(output)
    if written.is_guessed:
        _report_damage(output, planned.problems)
    report_large_files(written.sizes, planned.problems)
    return replace(planned, written=written, next_entry=following)


def _report_damage(output: Path, problems: Problems) -> None:
    what = "it was damaged, so all files of the site were made anew, and what lay at their addresses was replaced"
    problems.add(f"{output.name}/{MANIFEST}", None, what, "remove the files that are now named as not its own")


def plan_site(
    content: Path,
    now: datetime,
    base_url: str = "",
    cache: Cache | None = None,
    relate: Relate = relate,
    jobs: int = 1,
    *,
    is_draft: bool = False,
    volumes: KnownVolumes | None = None,
    read: RemoteSpread | None = None,
    on_progress: OnProgress = lambda step, done, total: None,
    on_step: OnStep = lambda step: None,
) -> Build:
    """Run the reading and planning steps of a build; nothing is rendered or written.

    relate: finds related papers. volumes: volumes of the last build, kept where unchanged.
    read: runs the reading of new lists in other processes. The other parameters are those of `build`.
    Raises BuildError for broken settings and a URL clash.
    """
    problems = Problems()
    settings = read_settings(content, base_url)
    report_language(settings.language, SETTINGS_FILE, problems)
    find_line = partial(line_with, content)
    if cache:
        read_ahead(content, settings, cache, jobs, read)
        on_step("read ahead")
    sources = with_former_terms(screen(read_sources(content, problems, on_progress, cache), settings))
    report_unused_patterns(settings, sources.files, problems)
    on_step("sources")
    papers = make_papers(sources, settings, problems, on_progress, cache)
    papers, sources, to_make = with_pictures(papers, sources, settings, problems, cache)
    report_misspellings(sources.records, sources.vocabulary, problems)
    sources = replace(sources, records=())  # no longer needed, as papers hold their content; frees memory
    on_step("papers")
    clock = Clock(now, settings)
    report_stray_days(papers.papers, sources.notes, settings, clock, find_line, problems)
    released = release_papers(papers.papers, sources, clock, problems, is_draft=is_draft)
    sources = sources if is_draft else without_later_notes(sources, clock)
    out = replace(papers, papers=released.papers)
    catalogue = make_catalogue(out, sources, settings, problems, cache, relate, clock)
    report_series(settings, catalogue, sources, problems)
    on_step("catalogue")
    before = sources.published
    catalogue, settings, published = _as_published(
        catalogue, settings, before, now, problems, is_preview=bool(base_url)
    )
    editions = plan_editions(catalogue, sources.editions, settings, now)
    catalogue = replace(catalogue, editions=editions.editions)
    site = Site(settings, catalogue, {}, template_folders(settings, content.resolve().parent), now, cache or NoCache())
    site = _with_pages(site, sources.static, to_make, volumes)
    published = with_addresses(published, permanent_addresses(site.pages.values()), site.pages)
    on_step("pages")
    vanishing = report_vanishing(before, published, problems)
    _report(site, find_line, problems)
    on_step("links")
    return Build(sources, papers, problems, site, published, vanishing, released, next_edition=editions.next_change)


def _as_published(
    catalogue: Catalogue, settings: Settings, before: Published, now: datetime, problems: Problems, *, is_preview: bool
) -> tuple[Catalogue, Settings, Published]:
    """Return catalogue and settings with the addresses, ids and times of earlier builds, and the new published record.

    is_preview: whether the site's address was given for this build only.
    """
    authority = kept_authority(settings, before, problems, is_preview=is_preview)
    settings = with_authority(settings, before)
    catalogue = with_first_slugs(with_former_names(catalogue, before), before)
    times = entry_times(catalogue, before, settings.feeds, now) | period_times(catalogue, before, settings.feeds)
    published = publish(catalogue, before, authority, __version__, times, now, settings)
    catalogue = with_times(catalogue, times, before, published)
    return catalogue, with_folded(settings, catalogue), published


def _with_pages(
    site: Site, static: Sequence[StaticFile], pictures: Sequence[PictureToMake], volumes: KnownVolumes | None
) -> Site:
    """Return a site with its pages; unchanged volumes of the last build are kept."""
    pages: dict[str, Page] = {}  # only the front pages until all are planned
    site = replace(site, pages=pages)

    def binder(front: Sequence[Page]) -> Callable[[Volume], Bound]:
        if volumes is None:
            return lambda volume: Bound()
        pages.update({page.path: page for page in front})
        keys = VolumeKeys(site)

        def bind(volume: Volume) -> Bound:
            key = keys.of(volume)
            return Bound(key, volumes.keep(volume.key, key) if key else ())

        return bind

    planned = plan_pages(site.catalogue, site.settings, site.template_folders, static, pictures, binder=binder)
    pages.clear()
    pages.update({page.path: page for page in planned})
    return site


def _report(site: Site, find_line: FindLine, problems: Problems) -> None:
    report_dead_links(site, find_line, problems)
    report_pictures_elsewhere(site, find_line, problems)
    report_unfit_texts(site, problems)
    report_cut_feeds(site, problems)
    report_unused_html_patterns(site, find_line, problems)


def record(content: Path, planned: Build) -> None:
    """Write the published record; a content folder that cannot be written is only reported as a problem."""
    try:
        left = write_published(content, planned.sources.published.files, published_files(planned.published))
        for path in left:
            what = "was not read and is left as it is: what is published is not recorded in it"
            planned.problems.add(path, None, what, "make it a file that can be read, or remove it")
    except OSError as error:
        what = f"cannot be written ({error.strerror}): what is published is not recorded, and addresses may move"
        planned.problems.add(RECORD, None, what, "make the content folder writable")


def _next_entry(planned: Build) -> datetime | None:
    """Return when the same content gives another site, None for never."""
    site = planned.site
    changes = (next_entry(site.pages.values(), site.now), planned.released.next_moment)
    return min(filter(None, changes), default=None)


def _render_only(files: Sequence[File]) -> list[Outcome]:
    for file in files:
        file.content()
    return []


def _watched(spread: Spread, on_progress: OnProgress, on_step: OnStep) -> Spread:
    """Wrap a spread so that it reports progress."""

    def watched(work: Work, files: Sequence[File]) -> Iterator[tuple[int, list[Outcome]]]:
        done = 0
        for start, outcomes in spread(work, files):
            done += len(outcomes)
            on_progress("render", done, len(files))
            yield start, outcomes
        on_step("render")

    return watched


def refuse_to_lose(
    planned: Build,
    content: Path,
    output: object,
    written: Callable[[], Iterable[str]],
    warn: Callable[[Problem], None],
    *,
    is_strict: bool,
) -> None:
    """Raise BuildError if the site would lose all its papers, or, with is_strict, any address.

    written: returns the paths of the site now in the output; called only if needed.
    """
    if not planned.papers.papers:
        _refuse_to_empty(content, output, written())
    if planned.vanishing:
        if is_strict:
            raise BuildError("nothing was written:", [planned.vanishing])
        warn(planned.vanishing)


def _refuse_to_empty(content: Path, output: object, written: Iterable[str]) -> None:
    """Raise BuildError if an empty site would replace one with papers: most likely the lists have moved."""
    if any(path.startswith("papers/") for path in written):
        raise BuildError(
            f"{content} holds no papers, and the site in {output} does, which is left as it is: "
            f"put the lists back into {content / 'papers'}, or delete {output} to begin anew"
        )
