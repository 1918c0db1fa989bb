"""Choose the picture that each paper or note shows, and list the image files to make."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from site_builder.config.settings import Settings
from site_builder.fingerprint import stat_key
from site_builder.lazy import lazy_pattern
from site_builder.model.note import FreePage, Note
from site_builder.model.paper import Paper
from site_builder.model.picture import Form, Picture, PictureFile, PictureToMake, within
from site_builder.papers import Papers
from site_builder.papers.clean import clean_text
from site_builder.problems import Problems, shortened
from site_builder.sources import Sources
from site_builder.sources.content.fetch_status import FETCHED
from site_builder.sources.content.notes import pictures_in
from site_builder.sources.content.picture_bytes import MAX_BYTES, PictureError, PictureLook, has_pillow, look_at
from site_builder.sources.content.picture_files import IMAGES, MAX_CAPTION, Credits, PictureSource
from site_builder.sources.content.static_files import FILES, STATIC
from site_builder.volumes.cache import Cache, NoCache

FOLDER = "pictures"  # of the output
# Maximum width and height of each form in pixels; smaller pictures are not scaled.
BOXES: Mapping[Form, tuple[int, int]] = {"small": (360, 240), "large": (1080, 1080), "mail": (1104, 800)}
ENDINGS: Mapping[Form, str] = {"small": "-s.webp", "large": "-l.webp", "mail": ".jpg"}
SMALL_ENOUGH = 14_000  # bytes of a picture that is shown unscaled if Pillow is not installed
SHOWN = 60  # characters of a name in a message
NOTE = "note"  # the kind of a fetched picture that a note or a page shows
P = TypeVar("P", Note, FreePage)
WITHOUT_VERSION = lazy_pattern(r"[\s_-]*\d+(?:\.\d+)?$")


class Pictures(NamedTuple):
    """Papers and sources with their pictures, and the image files to make."""

    papers: Papers
    sources: Sources
    to_make: tuple[PictureToMake, ...]


def with_pictures(
    papers: Papers, sources: Sources, settings: Settings, problems: Problems, cache: Cache | None = None
) -> Pictures:
    """Give papers, notes and free pages their pictures; report and leave out pictures that cannot be shown."""
    known = _KnownPictures.of(sources, settings, cache or NoCache(), problems)
    shown = tuple(known.with_picture(paper) for paper in papers.papers)
    known.report_unused()
    _report_not_fetched(shown, sources, settings, problems)
    return Pictures(replace(papers, papers=shown), known.with_notes(sources), tuple(known.to_make.values()))


def is_permitted(said: Credits, settings: Settings) -> bool:
    """Return whether the site shows a fetched picture, by its kind and licence; the user's own are always shown.

    The licence does not matter for pictures named in lists or notes.
    """
    if not said.kind:
        return True
    if said.kind not in (*settings.images.kinds, NOTE):
        return False
    return said.kind in ("lists", NOTE) or is_free(said.licence, settings)


def is_free(licence: str, settings: Settings) -> bool:
    """Return whether a site permits a licence; versions are ignored."""
    return bool(licence) and _plain(licence) in {_plain(each) for each in settings.images.licences}


def _plain(licence: str) -> str:
    return re.sub(r"[\s_-]+", " ", WITHOUT_VERSION.sub("", licence.strip())).casefold()


def curators_pictures(sources: Sources) -> dict[str, tuple[str, int]]:
    """Return URL → (path, line) of pictures that the curator wrote into lists or onto the desk."""
    given = {
        str(record.fields["image"]).strip(): (record.path, record.line)
        for record in sources.records
        if record.fields.get("image") and not record.path.startswith(f"{FETCHED}/")
    }
    on_desk = {
        str(entry.values["image"]).strip(): ("desk.yaml", entry.line)
        for entry in sources.desk.papers
        if entry.values.get("image")
    }
    return {address: place for address, place in (given | on_desk).items() if "://" in address}


@dataclass(slots=True)
class _KnownPictures:
    """The pictures of one site, by path, paper id and URL; collects what is used and what to make.

    to_make: by output path. used: paths of pictures that are shown.
    """

    by_path: Mapping[str, PictureSource]
    by_paper: Mapping[str, Sequence[PictureSource]]
    by_address: Mapping[str, PictureSource]
    settings: Settings
    cache: Cache
    problems: Problems
    to_make: dict[str, PictureToMake] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, sources: Sources, settings: Settings, cache: Cache, problems: Problems) -> "_KnownPictures":
        static = {each.path: PictureSource(f"{STATIC}/{each.path}", each.file) for each in sources.static}
        by_paper: dict[str, list[PictureSource]] = {}
        for picture in sources.pictures:
            if picture.file and picture.credits.paper and is_permitted(picture.credits, settings):
                by_paper.setdefault(picture.credits.paper, []).append(picture)
        order: dict[str, int] = {kind: rank for rank, kind in enumerate(settings.images.kinds)}
        for found in by_paper.values():
            found.sort(key=lambda each: (each.credits.kind != "lists", order.get(each.credits.kind, -1), each.path))
        by_address = {each.credits.address: each for each in sources.pictures if each.file and each.credits.address}
        own = {each.path: each for each in sources.pictures if each.file}
        short = {path.removeprefix(f"{IMAGES}/"): each for path, each in own.items()}
        return cls(short | static | own, by_paper, by_address, settings, cache, problems)

    def with_picture(self, paper: Paper) -> Paper:
        """Return a paper with the picture file that its lists name, else with the fetched picture."""
        if paper.image and "://" not in paper.image:
            named = self.by_path.get(paper.image)
            picture = self.picture(named) if named else None
            if named is None:
                place = paper.places[0]
                what = (
                    f'the picture "{shortened(paper.image)}" of "{shortened(paper.title)}" is not below content/images/'
                )
                self.problems.add(place.path, place.line, what, "put it there; the paper is shown without it")
            return replace(paper, image=paper.image if picture else None, picture=picture)
        for each in (paper.id, *paper.aliases):
            for found in self.by_paper.get(each, ()):
                is_former = found.credits.kind in ("lists", "hf") and found.credits.address != paper.image
                if not is_former and (picture := self.picture(found)):
                    return replace(paper, picture=picture)
        return paper

    def with_notes(self, sources: Sources) -> Sources:
        """Return sources with the pictures that their notes and free pages show."""
        files = {each.path: PictureSource(each.path, each.file) for each in sources.static}
        named = {path: each for path, each in files.items() if path.startswith(f"{FILES}/")} | dict(self.by_address)
        wanted = {name for _, text in sources.texts() for name in pictures_in(text, named)}
        shown = {name: picture for name in sorted(wanted) if (picture := self._of_note(name, named[name]))}

        def with_its(each: P) -> P:
            return replace(each, pictures=found) if (found := pictures_in(each.markdown, shown)) else each

        return replace(
            sources,
            notes=tuple(map(with_its, sources.notes)),
            pages=tuple(map(with_its, sources.pages)),
            desk=replace(sources.desk, pictures=shown),
        )

    def _of_note(self, name: str, source: PictureSource) -> Picture | None:
        """Return the picture that a note names; the user's own files are shown unscaled."""
        if "://" in name:
            return self.picture(source)
        if not name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")):
            return None
        look = self._look(source)
        file = PictureFile(name, look.width, look.height) if look else None
        return Picture(file, file, file) if file else None

    def picture(self, source: PictureSource) -> Picture | None:
        """Return a picture in all its forms; report one that cannot be shown and return None."""
        self.used.add(source.path)
        look = self._look(source)
        if look is None:
            return None
        if has_pillow():
            small, large, mail = (self._form(source, look, form) for form in ("small", "large", "mail"))
        elif look.size <= SMALL_ENOUGH:
            small = large = mail = self._form(source, look, "original")
        else:
            what = f"has {look.size:,} bytes, and without Pillow only pictures up to {SMALL_ENOUGH:,} are shown"
            self.problems.add(source.path, None, what, 'make it smaller, or install "broadsheet[pictures]"')
            return None
        said = source.credits
        caption = clean_text(said.caption)[:MAX_CAPTION]
        return Picture(small, large, mail, caption, said.source or said.address, clean_text(said.licence)[:SHOWN])

    def _form(self, source: PictureSource, look: PictureLook, form: Form) -> PictureFile:
        width, height = within(look.width, look.height, *BOXES.get(form, (look.width, look.height)))
        path = f"{FOLDER}/{look.digest}{ENDINGS.get(form, look.ending)}"
        self.to_make.setdefault(path, PictureToMake(path, source.file, look.digest, form, width, height))
        return PictureFile(path, width, height)

    def _look(self, source: PictureSource) -> PictureLook | None:
        """Return the properties of a picture, cached until the file changes; report an unusable one and return None."""
        file = Path(source.file)
        try:
            cache_key = ("picture", source.path, has_pillow(), stat_key(file))
            found: PictureLook | tuple[str, str] = self.cache.recall(cache_key, lambda: _seen(file)) or _seen(file)
        except OSError as error:
            found = f"cannot be read ({error.strerror})", "make it readable"
        if isinstance(found, tuple):
            what, remedy = found
            self.problems.add(source.path, None, what, f"{remedy}; it is not shown")
            return None
        for doubt in found.doubts:
            self.problems.add(source.path, None, *doubt)
        return found

    def report_unused(self) -> None:
        """Report the curator's pictures that are not used by any paper."""
        for path, picture in self.by_path.items():
            if path == picture.path and path not in self.used and not picture.credits.kind:
                self.problems.add(path, None, "is the picture of no paper", f'write `image: "{path}"` below one')


def _seen(file: Path) -> PictureLook | tuple[str, str]:
    """Return the properties of a picture, or (defect, remedy) if it is unusable."""
    try:
        with file.open("rb") as stream:
            return look_at(stream.read(MAX_BYTES + 1), file.name)
    except PictureError as error:
        return error.what, error.remedy


def _report_not_fetched(papers: Iterable[Paper], sources: Sources, settings: Settings, problems: Problems) -> None:
    """Report, in one problem, the pictures from curators' lists that have not been fetched yet."""
    if "lists" not in settings.images.kinds:
        return
    given = curators_pictures(sources)
    wanting = [paper.image for paper in papers if paper.image in given and not paper.picture]
    if wanting:
        path, line = given[str(wanting[0])]
        others = f" and {len(wanting) - 1} more are" if len(wanting) > 1 else " is"
        what = f"the picture {shortened(wanting[0])}{others} not here yet"
        remedy = "run `broadsheet fetch`, which brings it; a build asks no other host"
        problems.add(path, line, what, remedy)
