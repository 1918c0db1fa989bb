"""Pictures of papers in `content/images/`, with the credits in a YAML file of the same name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from site_builder.problems import Problems
from site_builder.sources.source import Source
from site_builder.sources.syntax.yaml_text import YamlError, load_yaml

IMAGES = "images"
FETCHED_IMAGES = f"{IMAGES}/fetched"
MAX_CAPTION = 2_000  # characters


class Credits(BaseModel):
    """The caption, origin and licence of a picture.

    paper: the id of its paper, if no list names the file; address: the URL it was fetched from; kind: the way of
    fetching, one of those that a site may allow; page: the page it appears on. asked: the day of the request; why: the
    reason if no picture was found.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    caption: str = ""
    source: str = ""
    licence: str = ""
    paper: str = ""
    kind: str = ""
    address: str = ""
    asked: date | None = None
    why: str = ""


NO_CREDITS = Credits()


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A picture: its path below the content, its absolute file path ("" if fetching found none), and its credits."""

    path: str
    file: str
    credits: Credits = NO_CREDITS


def is_credits(path: str) -> bool:
    """Return whether a file below `images/` contains credits."""
    return PurePosixPath(path).suffix.lower() in (".yaml", ".yml")


def read_credits(source: Source, problems: Problems) -> Credits:
    """Read a file of credits; report a broken one as a problem and return NO_CREDITS. Raises DecodeError."""
    remedy = f"write `caption:`, `source:` and `licence:`, each with a line of text, or remove {source.path}"
    try:
        values = load_yaml(source.text()) or {}
        return Credits.model_validate(dict(values) if isinstance(values, dict) else {"": values})
    except YamlError as error:
        problems.add(source.path, error.line, f"broken YAML: {error.message}", remedy)
    except ValidationError as error:
        keys = ", ".join(sorted({str(each["loc"][0])[:40] for each in error.errors()}))
        problems.add(source.path, None, f"says of its picture what is not known, or no text ({keys})", remedy)
    return NO_CREDITS


def with_credits(
    content: Path, pictures: Iterable[str], credited: dict[str, Credits], problems: Problems
) -> Sequence[PictureSource]:
    """Join pictures with the credits next to them, which two formats of one picture share.

    credited: credits by the path of their file; those without a picture follow last, and are a problem unless fetching
    recorded them.
    """
    used: set[str] = set()
    found: list[PictureSource] = []
    for path in pictures:
        credit_path = next((name for name in _credit_paths(path) if name in credited), "")
        used.add(credit_path)
        found.append(PictureSource(path, str((content / path).absolute()), credited.get(credit_path, NO_CREDITS)))
    for path, picture_credits in credited.items():
        if path in used:
            continue
        if not picture_credits.asked:
            what = "says something of a picture that is not there"
            problems.add(path, None, what, "put the picture there under the same name, or remove it")
        found.append(PictureSource(path, "", picture_credits))
    return found


def _credit_paths(path: str) -> tuple[str, ...]:
    stem = PurePosixPath(path).with_suffix("")
    return tuple(f"{name}{ending}" for name in (path, stem) for ending in (".yaml", ".yml"))
