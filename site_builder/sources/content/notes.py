"""Editor's notes (`content/notes/YYYY-MM-DD.md`) and free pages (`content/pages/*.md`)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import TypeVar

from site_builder.model.note import FreePage, Note
from site_builder.problems import Problems, right_word, shortened
from site_builder.sources.fields.written_date import FIRST_YEAR, LAST_YEAR
from site_builder.sources.source import Source
from site_builder.sources.syntax.front_matter import split_front_matter
from site_builder.sources.syntax.yaml_text import LineDict, YamlError
from site_builder.urls import slugify

T = TypeVar("T")

KEYS_OF_EDITION = ("subject", "preheader", "order", "sponsor", "footer")
NOTE_KEYS = ("title", "day", *KEYS_OF_EDITION)
PAGE_KEYS = ("title", "description", "nav", "order", "slug", "formerly")
_TEXTS = ("title", "day", "description", "nav", "slug")


def pictures_in(markdown: str, known: Mapping[str, T]) -> dict[str, T]:
    """Return the known pictures whose names occur in a text, sorted by name."""
    if "![" not in markdown and "<img" not in markdown.lower():
        return {}
    return {name: known[name] for name in sorted(known) if name in markdown}


def read_note(source: Source, problems: Problems) -> Note | None:
    """Read a note; its day, week or month is `day:` in the front matter, else the file name. None if invalid."""
    values, markdown = _split(source, NOTE_KEYS, problems)
    written = str(values.get("day") or PurePosixPath(source.path).stem)
    last = last_day_of(written)
    day = last or day_of(written)
    if day is None:
        remedy = "name the file YYYY-MM-DD.md, YYYY-Www.md or YYYY-MM.md, or write `day:`; the note is left out"
        problems.add(source.path, values.lines.get("day", 1), f'"{written}" is no day, week or month', remedy)
        return None
    return Note(day, str(values.get("title", "")), markdown, source.path, written if last else "")


def last_day_of(written: str) -> date | None:
    """Return the last day of a week `YYYY-Www` or a month `YYYY-MM`, or None for anything else."""
    found = re.fullmatch(r"(\d{4})-(W?)(\d\d)", written)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    year, number = int(found[1]), int(found[3])
    try:
        if found[2]:
            return date.fromisocalendar(year, number, 7)
        return (date(year, number, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None


def day_of(written: str) -> date | None:
    """Parse an ISO day; return None if it is invalid or not between FIRST_YEAR and LAST_YEAR."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_free_page(source: Source, problems: Problems) -> FreePage:
    """Read a free page; `nav: false` keeps it out of the navigation, and `order` sorts it there."""
    values, markdown = _split(source, PAGE_KEYS, problems)
    stem = PurePosixPath(source.path).stem
    order = str(values.get("order") or "100")
    if not re.fullmatch(r"\d{1,6}", order):
        problems.add(
            source.path, values.lines["order"], f'order "{shortened(order)}" is no number', "write a number such as 10"
        )
        order = "100"
    slug = slugify(str(values.get("slug") or stem))
    return FreePage(
        slug=slug,
        title=str(values.get("title") or stem.replace("-", " ").capitalize()),
        description=str(values.get("description", "")),
        is_in_nav=str(values.get("nav") or "true").casefold() not in ("false", "no", "off"),
        order=int(order),
        markdown=markdown,
        path=source.path,
        formerly=_formerly(values, slug, source.path, problems),
    )


def _formerly(values: LineDict, slug: str, path: str, problems: Problems) -> tuple[str, ...]:
    """Return the former slugs of a page; `formerly` is a name or a list of names."""
    written = values.get("formerly") or []
    names = [written] if isinstance(written, str) else written
    if isinstance(names, Mapping) or not all(isinstance(name, str) and name for name in names):
        problems.add(path, values.lines["formerly"], "`formerly` is no list of names", "write `formerly: [old-name]`")
        return ()
    slugs = (slugify(_in_address(name).removesuffix(".html").removesuffix(".md")) for name in names)
    return tuple(dict.fromkeys(former for former in slugs if former != slug))


def _in_address(name: str) -> str:
    """Return the last segment of a URL or of a path below `pages/`; any other name unchanged."""
    path = name.strip("/")
    return path.rpartition("/")[2] if "://" in path or path.startswith("pages/") else name


def _split(source: Source, known: Sequence[str], problems: Problems) -> tuple[LineDict, str]:
    """Split front matter from text; if it is broken, report a problem and take the whole file as text."""
    try:
        values, markdown, _ = split_front_matter(source.text())
    except YamlError as error:
        remedy = "mend the lines between the two `---`"
        problems.add(source.path, error.line, f"broken front matter: {error.message}", remedy)
        return LineDict(1), source.text()
    for key in values:
        if key not in known:
            problems.add(source.path, values.lines[key], f'unknown key "{key}"', right_word(key, known))
        elif key in _TEXTS and not isinstance(values[key], str):
            problems.add(source.path, values.lines[key], f"`{key}` is not a text", f"write one line after `{key}:`")
            values[key] = ""
    return values, markdown
