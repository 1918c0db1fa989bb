"""Redirects from former addresses: other ids of papers; renamed tags, organisations and free pages; former feeds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page, PageData
from site_builder.pages.citations import ENDINGS
from site_builder.pages.discovery import ATOM
from site_builder.urls import folders_of, paper_path, term_feeds_folder, term_path

REDIRECTS_PATH = "_redirects"
MAX_REDIRECTS = 2_000  # maximum number of lines that Cloudflare Pages reads
PAPERS = f"papers{ATOM}"
FORMER_TERM_FEEDS = tuple(
    f"{name}{ending}" for name in ("papers", "digests") for ending in (".xml", ".rss", ATOM, ".json")
)
STEM_ENDINGS = (".html", *ENDINGS, ".png")


@dataclass(frozen=True, slots=True)
class MovedData(PageData):
    """The output path of the page that a former address leads to."""

    target: str


@dataclass(frozen=True, slots=True)
class RedirectsData(PageData):
    """Pairs of former and present URL path."""

    moves: Sequence[tuple[str, str]]


def plan(pages: Sequence[Page], catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan what is at former addresses, based on the pages at the present ones, and `_redirects`.

    At the former address of a page is a redirect page; feeds and other files are repeated there unchanged. `_redirects`
    is for hosts that support it.
    """
    moves = list(_former_pages(pages, catalogue))
    yield from moves
    site = urlsplit(settings.base_url).path.rstrip("/")
    redirects = [(f"{site}/{old}", urlsplit(settings.permalink(new)).path) for old, new in _former_feeds(pages)]
    redirects += [
        (former, urlsplit(settings.permalink(page.data.target)).path)
        for page in moves
        if isinstance(page.data, MovedData)
        for former in dict.fromkeys([f"{site}/{page.path}", urlsplit(settings.permalink(page.path)).path])
    ]
    redirects += _folded(settings, site, MAX_REDIRECTS - len(redirects))
    if redirects:
        yield Page(REDIRECTS_PATH, "text", "pages/redirects.txt", "the former addresses", RedirectsData(redirects))


def _folded(settings: Settings, site: str, limit: int) -> list[tuple[str, str]]:
    """Return up to `limit` (former address, target) pairs of papers without a page of their own, newest first."""
    redirects = []
    for path, place in settings.places.items():
        page, _, name = place.partition("#")
        target = f"{urlsplit(settings.permalink(page)).path}#{name}"
        redirects += [
            (former, target) for former in dict.fromkeys([f"{site}/{path}", f"{site}/{settings.own_address(path)}"])
        ]
    return redirects[: max(limit, 0)]


def _former_feeds(pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield (former, present) path of feeds: once every feed had all formats, and RSS had two names.

    `:slug` is a placeholder for any tag or organisation, as Netlify and Cloudflare Pages define it.
    """
    feeds = [page for page in pages if page.path.startswith("feeds/")]
    rss = [page.path for page in feeds if page.renderer == "rss" and page.path.count("/") == 1]
    yield from ((f"{path.removesuffix('.xml')}.rss", path) for path in rss)
    for folder in ("feeds/tags", "feeds/organizations"):
        existing = {path.rpartition("/")[2] for path in (page.path for page in feeds) if path.startswith(f"{folder}/")}
        for name in FORMER_TERM_FEEDS if existing else ():
            if name not in existing and (name.startswith("papers") or folder == "feeds/tags"):
                atom = name.partition(".")[0] + ATOM
                yield f"{folder}/:slug/{name}", f"{folder}/:slug/{atom if atom in existing else PAPERS}"


def _former_pages(pages: Sequence[Page], catalogue: Catalogue) -> Iterator[Page]:
    taken = {page.path for page in pages}
    of_papers = [(_stem(paper_path(alias)), _stem(paper_path(p.id))) for p in catalogue.papers for alias in p.aliases]
    for page in _at_former_stems(pages, of_papers):
        if page.path not in taken:  # an id that another paper has now leads to that paper
            taken.add(page.path)
            yield page
    yield from _at_former_stems(pages, _renamed(catalogue))
    yield from _numbered(pages, catalogue)


def _numbered(pages: Sequence[Page], catalogue: Catalogue) -> Iterator[Page]:
    """Yield a redirect to a term's first page from each numbered page of older papers that it once had."""
    for page in pages:
        if page.template == "pages/term.html":
            for number in range(1, catalogue.numbered.get(page.path, 0) + 1):
                yield _at(f"{_stem(page.path)}/{number}.html", page)


def _renamed(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield (former, present) beginnings of addresses of everything that was renamed by hand."""
    for term in catalogue.terms:
        for former in term.formerly:
            yield _stem(term_path(term.taxonomy, former)), _stem(term_path(term.taxonomy, term.slug))
            yield term_feeds_folder(term.taxonomy, former), term_feeds_folder(term.taxonomy, term.slug)
    for page in catalogue.pages:
        yield from ((former, page.slug) for former in page.formerly)


def _at_former_stems(pages: Iterable[Page], moves: Iterable[tuple[str, str]]) -> Iterator[Page]:
    """Yield what belongs at the former addresses of pages; `moves` are pairs of former and present beginnings."""
    former: dict[str, list[str]] = {}
    for old, new in moves:
        former.setdefault(new, []).append(old)
    for page in pages if former else ():
        for stem in stems(page.path):
            for old in former.get(stem, ()):
                yield _at(old + page.path.removeprefix(stem), page)


def stems(path: str) -> Iterator[str]:
    """Yield the beginnings of an address that can be renamed: its folders, and the address without its extension."""
    yield from folders_of(path)
    yield from (path.removesuffix(ending) for ending in STEM_ENDINGS if path.endswith(ending))


def _stem(path: str) -> str:
    return path.removesuffix(".html")


def _at(path: str, page: Page) -> Page:
    if page.renderer != "html":
        return page._replace(path=path)
    claimant = f"the former address of {page.claimant}"
    return Page(path, "html", "pages/moved.html", claimant, MovedData(page.path), title=page.title)
