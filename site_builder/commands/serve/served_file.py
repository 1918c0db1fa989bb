"""What the processes of the server tell each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has to say: its last line, the problems of the input, and whether it stopped, so nothing is new.

    faults: why pages that are open could not be rendered.
    """

    line: str
    problems: tuple[str, ...]
    is_stopped: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file of the site. faults: why it could not be made; its content is then empty."""

    path: str
    content: bytes
    faults: tuple[str, ...] = ()
