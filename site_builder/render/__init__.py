"""Page → bytes."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from site_builder.pages.page import Page
from site_builder.problems import BuildError
from site_builder.render import assets, citations, data, feeds, html, mail, social_card
from site_builder.render.site import Site

Renderer = Callable[[Page, Site], bytes]
File = tuple[str, bytes]
# Makes the pool that renders; each of its workers must first call the function with the values.
MakeExecutor = Callable[[Callable[..., None], tuple[Any, ...]], Executor]

CHUNK = 64  # pages; neighbours share parts, so one worker takes them together
AHEAD = 8  # chunks rendered before they are written; more would only fill the memory


def render_pages(
    pages: Sequence[Page], site: Site, make_executor: MakeExecutor | None = None
) -> Generator[File, None, None]:
    """Yield (output path, bytes) of every page, in the order of the pages whoever renders them.

    make_executor: makes the pool to render in; None renders here.
    Raises BuildError for a broken template, naming its file and line, and when a worker of the pool dies.
    """
    if make_executor is None:
        yield from _render(pages, site)
        return
    executor = make_executor(_take, (pages, site))
    try:
        yield from _render_in(executor, len(pages))
    except BrokenExecutor as error:
        why = "a process that rendered pages was ended from outside, perhaps for want of memory"
        raise BuildError(f"{why}; nothing was written. Try --jobs 1") from error
    finally:
        executor.shutdown(cancel_futures=True)


def _render(pages: Iterable[Page], site: Site) -> Iterator[File]:
    for page in pages:
        yield page.path, RENDERERS[page.renderer](page, site)


def _render_in(executor: Executor, count: int) -> Iterator[File]:
    """Yield the files of all pages from the pool; a few chunks are ahead of the one that is asked for."""
    waiting: deque[Future[list[File]]] = deque()
    for start in range(0, count, CHUNK):
        waiting.append(executor.submit(_render_chunk, start))
        if len(waiting) > AHEAD:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


_taken: list[tuple[Sequence[Page], Site]] = []


def _take(pages: Sequence[Page], site: Site) -> None:
    """Keep in a worker what it renders, so that only numbers and bytes go to and fro."""
    _taken[:] = [(pages, site)]


def _render_chunk(start: int) -> list[File]:
    pages, site = _taken[0]
    return list(_render(pages[start : start + CHUNK], site))


RENDERERS: dict[str, Renderer] = {
    "html": html.render,
    "rss": feeds.render_rss,
    "atom": feeds.render_atom,
    "json feed": feeds.render_json,
    "opml": feeds.render_opml,
    "mail page": mail.render_html,
    "mail text": mail.render_text,
    "mail": mail.render_eml,
    "buttondown": mail.render_buttondown,
    "listmonk": mail.render_listmonk,
    "data": data.render,
    "bibtex": citations.render_bibtex,
    "ris": citations.render_ris,
    "csl json": citations.render_csl,
    "markdown twin": citations.render_markdown,
    "xml": html.render,
    "text": html.render,
    "asset": assets.render,
    "card": social_card.render,
}
