"""Pictures of the content: those of papers in `content/images/`, and what a file of the same name says of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from site_builder.problems import Problems
from site_builder.sources.source import Source
from site_builder.sources.syntax.yaml_text import YamlError, load_yaml

IMAGES = "images"
FETCHED_IMAGES = f"{IMAGES}/fetched"
MAX_CAPTION = 2_000  # characters

_Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else str(value))]


class Credits(BaseModel):
    """What is known of a picture besides its pixels.

    paper: the id of the paper it is of, where no list names its file; address: where it came from, kind: by which of
    the ways that a site may allow. page: the page it is from. asked: the day it was asked for; why: why there is none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    caption: _Text = ""
    source: _Text = ""
    licence: _Text = ""
    paper: _Text = ""
    kind: _Text = ""
    address: _Text = ""
    asked: date | None = None
    why: _Text = ""


NO_CREDITS = Credits()


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A picture of the content: its path there, where it lies, and its credits. file: "" where fetching found none."""

    path: str
    file: str
    credits: Credits = NO_CREDITS


def is_credits(path: str) -> bool:
    """Return whether a file below `images/` says something of a picture."""
    return PurePosixPath(path).suffix.lower() in (".yaml", ".yml")


def read_credits(source: Source, problems: Problems) -> Credits:
    """Return what a file says of a picture; one that is broken is a problem and says nothing. Raises DecodeError."""
    remedy = f"write `caption:`, `source:` and `licence:`, each with a line of text, or remove {source.path}"
    try:
        values = load_yaml(source.text()) or {}
        return Credits.model_validate(dict(values) if isinstance(values, dict) else {"": values})
    except YamlError as error:
        problems.add(source.path, error.line, f"broken YAML: {error.message}", remedy)
    except ValidationError as error:
        keys = ", ".join(sorted({str(each["loc"][0])[:40] for each in error.errors()}))
        problems.add(source.path, None, f"says of its picture what is not known ({keys})", remedy)
    return NO_CREDITS


def with_credits(
    content: Path, pictures: Iterable[str], credited: dict[str, Credits], problems: Problems
) -> Sequence[PictureSource]:
    """Return the pictures, each with what the file next to it says; credited: by the path of that file."""
    left = dict(credited)
    found: list[PictureSource] = []
    for path in pictures:
        beside = next((name for name in _names_beside(path) if name in left), "")
        said = left.pop(beside) if beside else NO_CREDITS
        found.append(PictureSource(path, str((content / path).absolute()), said))
    for path, said in left.items():
        if not said.asked:
            what = "says something of a picture that is not there"
            problems.add(path, None, what, "put the picture there under the same name, or remove it")
        found.append(PictureSource(path, "", said))
    return found


def _names_beside(path: str) -> tuple[str, ...]:
    stem = PurePosixPath(path).with_suffix("")
    return tuple(f"{name}{ending}" for name in (path, stem) for ending in (".yaml", ".yml"))
