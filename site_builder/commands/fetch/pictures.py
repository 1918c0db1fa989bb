"""Fetch pictures of papers and notes once into `content/images/fetched/`, with a record of their sources."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

import yaml

from site_builder.commands.fetch import arxiv_figure
from site_builder.commands.fetch.fetch_error import FetchError, short_line
from site_builder.commands.fetch.http import Access, Client
from site_builder.commands.fetch.lists import save
from site_builder.commands.fetch.network import web_address
from site_builder.commands.fetch.pdf_page import first_page
from site_builder.config.settings import PictureKind, Settings
from site_builder.fingerprint import fingerprint
from site_builder.model.paper import Paper
from site_builder.papers import make_papers
from site_builder.papers.pictures import NOTE, curators_pictures, is_free
from site_builder.problems import Problems
from site_builder.render.text.markdown import pictures_of
from site_builder.sources import Sources, read_sources
from site_builder.sources.content.picture_bytes import PictureError, has_pillow, look_at, open_picture
from site_builder.sources.content.picture_files import FETCHED_IMAGES, Credits
from site_builder.urls import slugify
from site_builder.volumes.cache import open_cache

ASK_AGAIN = timedelta(days=7)  # before a paper without a picture is tried again
KEPT_AS_IT_CAME = 400_000  # bytes; larger pictures are stored with fewer pixels
KEPT_SIDE = 1600  # maximum side of such a picture in pixels


@dataclass(frozen=True, slots=True)
class ArxivAddresses:
    """Addresses of papers at arXiv, with `{id}` as placeholder, and the access they need."""

    html: str = "https://arxiv.org/html/{id}"
    abstract: str = "https://arxiv.org/abs/{id}"
    pdf: str = "https://arxiv.org/pdf/{id}"
    access: Access = field(default_factory=Access)


ARXIV = ArxivAddresses()


class NoPictureError(Exception):
    """Raised with the reason if there is no picture that the site may show."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A picture to fetch: the name of its files, the id of its paper, and the ways to get it, best first.

    address: of a picture that the curator wrote, "" for any other.
    """

    name: str
    paper: str
    ways: Sequence[tuple[str, Callable[[], tuple[bytes, Credits]]]]
    address: str = ""


def fetch_pictures(
    content: Path,
    client: Client,
    settings: Settings,
    days: Sequence[date],
    today: date,
    tell: Callable[[str], None],
    arxiv: ArxivAddresses = ARXIV,
) -> tuple[int, bool]:
    """Fetch the pictures that a site lacks; return how many it takes from elsewhere, and whether all hosts answered.

    days: papers of these days are looked up; what the curator wrote in lists and notes is always fetched.
    """
    cache = open_cache(content)
    sources = read_sources(content, Problems(), cache=cache)
    papers = make_papers(sources, settings, Problems(), cache=cache).papers
    cache.save()
    finder = _PictureFinder(client, settings, sources, today, arxiv)
    requests = [*finder.of_papers(papers, frozenset(days)), *finder.of_notes()]
    fetched, failed = 0, 0
    for request in requests:
        try:
            found, credits = _first_found(request)
        except FetchError as error:
            tell(f"{request.name}: {error}")
            failed += 1
            if error.is_offline:
                break
            continue
        credits = credits.model_copy(update={"paper": request.paper, "asked": today})
        _keep(content, request.name, found, credits)
        fetched += bool(found)
        if credits.why and request.address:
            tell(f"{request.name}: no picture: {credits.why}")
    if requests:
        tell(f"pictures: {fetched} of {len(requests)} brought")
    return len(requests) + sum(1 for picture in sources.pictures if picture.credits.asked), not failed


def _first_found(request: PictureRequest) -> tuple[bytes, Credits]:
    """Return the picture from the first way that has one, or none and why.

    Raises FetchError if a host is temporarily down.
    """
    reasons: list[str] = []
    for kind, way in request.ways:
        try:
            found, credits = way()
            look_at(found)  # raises PictureError if it is no picture
            return _reduced(found), credits.model_copy(update={"kind": kind})
        except (NoPictureError, PictureError) as error:
            reasons.append(f"{kind}: {short_line(str(error))}")
        except FetchError as error:
            if error.is_passing or error.is_offline:
                raise
            reasons.append(f"{kind}: {short_line(str(error))}")
    return b"", Credits(why="; ".join(reasons), address=request.address)


def _reduced(content: bytes) -> bytes:
    """Return a large picture with fewer pixels, since the content folder is often in a repository."""
    if len(content) <= KEPT_AS_IT_CAME or not has_pillow():
        return content
    from PIL import ImageOps

    picture = open_picture(content)
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    stream = io.BytesIO()
    upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(stream, "WEBP", quality=85)
    return stream.getvalue()


def _keep(content: Path, name: str, picture: bytes, credits: Credits) -> None:
    """Write a picture and its record; the record first, since a picture alone would count as the curator's.

    Where there is none, an earlier picture stays, with the record that says whose it is.
    """
    folder = content / FETCHED_IMAGES
    earlier = [file for file in folder.glob(f"{name}.*") if file.stem == name and file.suffix != ".yaml"]
    if earlier and not picture:
        return
    values = {key: value for key, value in credits.model_dump(mode="json").items() if value}
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=110)
    save(folder / f"{name}.yaml", text.encode())
    if not picture:
        return
    file = folder / f"{name}{look_at(picture).ending}"
    save(file, picture)
    for other in earlier:
        if other != file:
            other.unlink()


class _PictureFinder:
    """Finds the pictures that a site lacks, and the ways to get them."""

    def __init__(
        self, client: Client, settings: Settings, sources: Sources, today: date, arxiv: ArxivAddresses
    ) -> None:
        self._client = client
        self._settings = settings
        self._sources = sources
        self._today = today
        self._arxiv = arxiv
        self._given = curators_pictures(sources)
        self._of_paper = {picture.credits.paper: picture for picture in sources.pictures if picture.credits.paper}
        self._of_address = {picture.credits.address: picture for picture in sources.pictures if picture.credits.address}
        self._licences: dict[str, str] = {}

    def of_papers(self, papers: Iterable[Paper], days: frozenset[date]) -> Iterator[PictureRequest]:
        """Yield the pictures to fetch for papers without one."""
        for paper in papers:
            if paper.image and "://" not in paper.image:
                continue
            is_given = paper.image in self._given
            kinds = [kind for kind in self._settings.images.kinds if self._is_open(kind, paper, days)]
            if kinds and not self._is_known(paper, is_given):
                kinds.sort(key=lambda kind: kind != "lists")
                ways = [(kind, lambda kind=kind, paper=paper: self._fetch(kind, paper)) for kind in kinds]
                yield PictureRequest(slugify(paper.id), paper.id, ways, str(paper.image) if is_given else "")

    def of_notes(self) -> Iterator[PictureRequest]:
        """Yield the pictures in notes and free pages that are on other hosts."""
        named = (
            address
            for path, text in self._sources.texts()
            for address in pictures_of(text, allow_html=self._settings.allows_html(path))
            if address.startswith(("https://", "http://"))
        )
        for address in dict.fromkeys(named):
            known = self._of_address.get(address)
            if known is None or not (known.file or self._is_recent(known.credits)):
                name = f"note-{fingerprint(address, 6)}"
                ways = [(NOTE, lambda address=address: self._get(address, Access()))]
                yield PictureRequest(name, "", ways, address)

    def _is_open(self, kind: PictureKind, paper: Paper, days: frozenset[date]) -> bool:
        """Return whether a paper may get a picture of this kind."""
        if kind == "lists":
            return paper.image in self._given
        if days.isdisjoint(paper.days):
            return False
        return bool(paper.image and paper.image not in self._given) if kind == "hf" else bool(paper.arxiv)

    def _is_known(self, paper: Paper, is_given: bool) -> bool:
        """Return whether a paper has its picture, or was recently tried without success, at its present address."""
        known = next(
            (self._of_paper[paper_id] for paper_id in (paper.id, *paper.aliases) if paper_id in self._of_paper), None
        )
        if known is None:
            return False
        if known.file:
            return not is_given or known.credits.address == paper.image or "lists" not in self._settings.images.kinds
        return self._is_recent(known.credits) and known.credits.address == (paper.image if is_given else "")

    def _is_recent(self, credits: Credits) -> bool:
        return bool(credits.why and credits.asked and self._today - credits.asked < ASK_AGAIN)

    def _fetch(self, kind: PictureKind, paper: Paper) -> tuple[bytes, Credits]:
        """Return a picture of a paper. Raises NoPictureError, PictureError or FetchError."""
        address = str(paper.image)
        if kind == "lists":
            return self._get(address, Access())
        number = str(paper.arxiv)
        if kind == "arxiv_html":
            return self._figure(number)
        licence = self._licence(number) if paper.arxiv else ""
        self._refuse(licence)
        if kind == "hf":
            found, credits = self._get(address, rights_of(paper, self._settings, address))
            return found, credits.model_copy(update={"licence": licence})
        url = self._arxiv.pdf.format(id=number)
        page = first_page(self._page(url))
        source = self._arxiv.abstract.format(id=number)
        return page, Credits(address=url, source=source, licence=licence)

    def _figure(self, number: str) -> tuple[bytes, Credits]:
        url = self._arxiv.html.format(id=number)
        page = self._page(url)
        licence = arxiv_figure.licence_of(page) or self._licence(number)
        self._refuse(licence)
        figure = arxiv_figure.first_figure(page, url)
        if figure is None:
            raise NoPictureError("the page has no figure with a caption")
        if not _is_same_host(figure.address, url):
            raise NoPictureError("its figure is on another host")
        found, credits = self._get(figure.address, self._arxiv.access, is_paced=True)
        return found, credits.model_copy(update={"licence": licence, "source": url, "caption": figure.caption})

    def _licence(self, number: str) -> str:
        """Return the licence that arXiv gives for a paper, "" if none."""
        if number not in self._licences:
            self._licences[number] = arxiv_figure.licence_of(self._page(self._arxiv.abstract.format(id=number)))
        return self._licences[number]

    def _refuse(self, licence: str) -> None:
        if not is_free(licence, self._settings):
            raise NoPictureError(f"its licence is {licence or 'not known'}, which images.licences does not permit")

    def _page(self, url: str) -> bytes:
        response = self._client.get(url, self._arxiv.access, {}, is_paced=True)
        if response.status != HTTPStatus.OK:
            raise NoPictureError(f"there is no page ({response.status})")
        return response.body

    def _get(self, address: str, access: Access, *, is_paced: bool = False) -> tuple[bytes, Credits]:
        try:
            web_address(address)
        except ValueError:
            raise NoPictureError("is no web address") from None
        response = self._client.get(address, access, {}, is_paced=is_paced)
        if response.status != HTTPStatus.OK:
            raise NoPictureError(f"there is nothing ({response.status})")
        return response.body, Credits(address=address)


def _is_same_host(address: str, other: str) -> bool:
    """Return whether two addresses have the same host and port; False if one is no web address."""
    try:
        return web_address(address).endpoint == web_address(other).endpoint
    except ValueError:
        return False


def rights_of(paper: Paper, settings: Settings, address: str) -> Access:
    """Return the access for a picture: that of its paper's source, private hosts only if it is the same host."""
    for place in paper.places:
        source = settings.source_of(place.path)
        if source and source.url:
            return Access(source.allow_http, source.allow_private and _is_same_host(source.url, address))
    return Access()
