"""The whole line: sources → papers → catalogue → pages → render → write."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from site_builder.catalogue import make_catalogue
from site_builder.pages import plan_pages
from site_builder.papers import Papers, make_papers
from site_builder.problems import BuildError, Problems
from site_builder.render import render_pages
from site_builder.render.site import Site
from site_builder.settings import Settings, read_settings
from site_builder.sources import Sources, read_sources
from site_builder.themes import template_folders
from site_builder.write import Written, write_files

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What one build did: everything the report tells. written is None when nothing was to be written."""

    settings: Settings
    sources: Sources
    papers: Papers
    undated: int
    pages: int
    problems: Problems
    written: Written | None


def build(
    content: Path,
    output: Path,
    now: datetime,
    *,
    base_url: str = "",
    is_dry: bool = False,
    tick: Tick = lambda step, done, total: None,
) -> Build:
    """Build the site of a content folder into an output folder.

    now: the moment the build began, with its zone; entries of feeds are never later. base_url: in place of that in
    `site.yaml`. is_dry: do everything but write. tick(step, done, total) is told how far the work is.
    Raises BuildError, before anything is written, for broken settings, a broken template or a URL clash.
    """
    _refuse_folders(content, output)
    problems = Problems()
    settings = read_settings(content, base_url)
    sources = read_sources(content, problems, tick)
    papers = make_papers(sources, settings, problems, tick)
    catalogue = make_catalogue(papers, sources, settings, problems)
    folders = template_folders(settings, content.parent)
    pages = plan_pages(catalogue, settings, folders)
    site = Site(settings, catalogue, {page.path: page for page in pages}, folders, now)
    files = _ticking(render_pages(pages, site), len(pages), tick)
    written = None
    if is_dry:
        deque(files, maxlen=0)
    else:
        written = write_files(files, output)
    return Build(settings, sources, papers, len(catalogue.undated), len(pages), problems, written)


def _ticking(files: Iterator[tuple[str, bytes]], total: int, tick: Tick) -> Iterator[tuple[str, bytes]]:
    for done, file in enumerate(files):
        tick("render", done, total)
        yield file


def _refuse_folders(content: Path, output: Path) -> None:
    """Refuse an output folder whose files are not ours to replace."""
    target, source = output.resolve(), content.resolve()
    if target == Path(target.anchor) or target == Path.home():
        raise BuildError(f"{output} cannot be the output folder; name one of its own with --output")
    if target == source or target.is_relative_to(source) or source.is_relative_to(target):
        raise BuildError(f"the output folder {output} and the content folder {content} overlap; keep them apart")
    if output.exists() and not output.is_dir():
        raise BuildError(f"{output} is a file where the output folder belongs; move it or name another with --output")
