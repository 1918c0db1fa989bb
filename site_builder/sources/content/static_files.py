"""Files in `content/static/`, which are published unchanged, and files elsewhere in the content that belong there."""

import os
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath

from site_builder.lazy import lazy_pattern
from site_builder.problems import Problems
from site_builder.sources.file_kinds import HEAD, PDF, FileKind, kind_of

STATIC = "static"
FILES = "files"  # the user's own folder, for notes and free pages
MAX_STATIC = 100 * 1024 * 1024  # bytes of one file; the limit of git hosts
# Names that web hosts and robots expect at the top of a site; below, extensions that no list has.
_NAMES = frozenset({"CNAME", "_headers", "_redirects", "ads.txt", "favicon.ico", "humans.txt", "robots.txt"})
# Names of the files by which search engines verify who owns a site.
_VERIFICATION = lazy_pattern(
    r"google[0-9a-f]{16}\.html|yandex_[0-9a-f]{8,32}\.html|pinterest-[0-9a-f]{5,32}\.html|BingSiteAuth\.xml", re.I
)
# Elements and attributes by which an SVG runs scripts, and entities and encodings that could hide them.
_SCRIPTS = lazy_pattern(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|handler)|<\?xml-stylesheet|[\s\"'/]on\w+\s*=|javascript:|<!entity"
    r"|\x00",
    re.IGNORECASE,
)
_LINE_ENDS = lazy_pattern(r"[\t\n\r]+")  # browsers ignore them within an address
_ENDINGS = frozenset(
    ".avif .bmp .css .gif .ico .jpeg .jpg .js .mp3 .mp4 .otf .pdf .png .svg .ttf .webm .webp .woff .woff2".split()
)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file published unchanged. path: its output path; file: absolute path; source: path below the content."""

    path: str
    file: str
    source: str


def read_static(content: Path, path: str, problems: Problems) -> StaticFile | None:
    """Return a file below `static/`, or None after reporting that it cannot be published."""
    file = content / path
    size = file.stat().st_size
    if not os.access(file, os.R_OK):
        problems.add(path, None, "cannot be read", "make it readable; it is not published")
        return None
    if size > MAX_STATIC:
        what = f"has {size / 1024**2:,.0f} MiB, more than the {MAX_STATIC // 1024**2} a web host takes"
        problems.add(path, None, what, "make it smaller or put it elsewhere; it is not published")
        return None
    if path.lower().endswith(".svg") and path.startswith(f"{FILES}/") and _has_scripts(file.read_bytes()):
        what = "is an SVG that holds scripts, which would run on the site"
        problems.add(path, None, what, f"save it without them, or put it into {STATIC}/ where nothing is looked into")
        return None
    return StaticFile(path.removeprefix(f"{STATIC}/"), str(file.absolute()), path)


def _has_scripts(svg: bytes) -> bool:
    text = svg.decode("latin-1")
    return any(_SCRIPTS.search(each) for each in (text, _LINE_ENDS.sub("", unescape(text))))


def is_misplaced(path: str) -> bool:
    """Return whether a file outside `static/` is not read by a build and belongs there, judging by its name."""
    name = PurePosixPath(path)
    is_named = name.name in _NAMES or _VERIFICATION.fullmatch(name.name) is not None
    return is_named or name.suffix.lower() in _ENDINGS


def report_misplaced(content: Path, path: str, problems: Problems) -> None:
    """Report a file that belongs below `static/`, naming its type if the first bytes show it."""
    target = f"{STATIC}/{PurePosixPath(path).name}"
    remedy = f"move it to {target}: what lies in {STATIC}/ goes to the top of the site as it is"
    kind = _kind_of(content / path)
    if kind is PDF:
        remedy = f"write the title of the paper into a list, or {remedy}"
    what = (
        f"is {kind.name}, no list of papers, and is not published"
        if kind
        else "is no list of papers and is not published"
    )
    problems.add(path, None, what, remedy)


def _kind_of(file: Path) -> FileKind | None:
    try:
        with file.open("rb") as stream:
            return kind_of(stream.read(HEAD))
    except OSError:
        return None
