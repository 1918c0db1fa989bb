"""Cards drawn by earlier builds, one file each, kept for as long as the site has a card of the same content."""

import os
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

SUM = 16  # bytes at the beginning of a file, by which a damaged one is known


@dataclass(frozen=True, slots=True)
class CardCache:
    """A folder of cards by the fingerprint of what they are drawn from; several processes may use it at once.

    folder: None keeps nothing.
    """

    folder: Path | None = None

    def take(self, fingerprint: str, draw: Callable[[], bytes]) -> bytes:
        """Return the card that is kept under a fingerprint; draw and keep it when there is none or it is damaged."""
        if self.folder is None:
            return draw()
        file = self.folder / fingerprint
        card = _read(file)
        if card is None:
            card = draw()
            with suppress(OSError):  # a cache that cannot be kept costs time, and nothing else
                _keep(card, file)
        return card

    def count(self) -> int:
        """Return how many files are kept."""
        return len(self._files())

    def keep_only(self, fingerprints: Set[str]) -> None:
        """Remove all other cards, and what a build that was killed left half written."""
        for file in self._files():
            if file.name not in fingerprints:
                with suppress(OSError):
                    file.unlink()

    def _files(self) -> list[Path]:
        return list(self.folder.glob("*")) if self.folder else []


def _read(file: Path) -> bytes | None:
    try:
        kept = file.read_bytes()
    except OSError:
        return None
    return kept[SUM:] if kept[:SUM] == _sum(kept[SUM:]) else None


def _keep(card: bytes, file: Path) -> None:
    """Put a card into its file in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_bytes(_sum(card) + card)
    new.replace(file)


def _sum(card: bytes) -> bytes:
    return blake2b(card, digest_size=SUM).digest()
