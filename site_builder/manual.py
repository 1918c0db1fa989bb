"""Documentation pages, as shown by the command `help`."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from site_builder.problems import NEAR, BuildError
from site_builder.sources.syntax.front_matter import split_front_matter

LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.html(?:#[\w-]+)?\)")
SAMPLE = "about"  # describes the sample digest, not the program


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page of documentation. name: the topic as `help` takes it. text: Markdown."""

    name: str
    title: str
    description: str
    text: str


def topics() -> dict[str, ManualPage]:
    """Return the pages of documentation by name."""
    files = sorted(file for file in _folder().glob("*.md") if file.stem != SAMPLE)
    return {file.stem: _read(file) for file in files}


def find_topic(word: str) -> ManualPage:
    """Return the page of a topic. Raises BuildError for an unknown one, naming the nearest or all topics."""
    known = topics()
    name = word.strip().casefold().removesuffix(".md").replace(" ", "-")
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 1, NEAR)
    remedy = f'did you mean "{near[0]}"?' if near else f"the topics are {', '.join(known)}"
    raise BuildError(f'no topic "{word}": {remedy}')


def _read(file: Path) -> ManualPage:
    head, body, _ = split_front_matter(file.read_text(encoding="utf-8"))
    text = LINK.sub(r"\1 (`broadsheet help \2`)", body.strip())
    return ManualPage(file.stem, str(head["title"]), str(head["description"]), text)


def _folder() -> Path:
    """Return the folder of the pages: in the installed package, or in the repository's sample content."""
    package = Path(__file__).resolve().parent
    inside = package / "manual_pages"
    return inside if inside.is_dir() else package.parent / "content" / "pages"
