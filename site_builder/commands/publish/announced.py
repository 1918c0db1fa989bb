"""What has been announced to hubs and readers, kept next to the content folder, so that nothing is announced twice."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from site_builder.problems import BuildError
from site_builder.written_file import replace_file

ANNOUNCED = Path(".broadsheet") / "announced.json"  # next to the content folder


@dataclass
class Announced:
    """What is known by whom; it names no reader.

    hub, feeds: the feeds that a hub knows, output path → fingerprint. mailed: the last day that an earlier release
    mailed, which kept it here; "" for none.
    """

    hub: str = ""
    feeds: dict[str, str] = field(default_factory=dict)
    mailed: str = ""


def read_announced(content: Path) -> Announced:
    """Return what has been announced. Raises BuildError when the file is damaged."""
    file = content.resolve().parent / ANNOUNCED
    if not file.exists():
        return Announced()
    try:
        value = orjson.loads(file.read_bytes())
        return Announced(str(value["hub"]), dict(value["feeds"]), str(value.get("mailed", "")))
    except (OSError, ValueError, KeyError, TypeError):
        raise BuildError(f"{file} is damaged; remove it: hubs are notified again") from None


def write_announced(content: Path, announced: Announced) -> None:
    """Replace the file in one step. Raises BuildError when it cannot be written."""
    file = content.resolve().parent / ANNOUNCED
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, orjson.dumps(asdict(announced), option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise BuildError(f"{file} cannot be written: {error.strerror}; the next run tells everyone again") from error
