"""What earlier builds found out, beside the content: safe to delete, and believed only when this user's build wrote it.

Every entry carries a keyed fingerprint of its bytes. The key lies in the user's own folder, so neither a crash nor
somebody else's files, which may come with the content, can plant an entry.
"""

import hmac
import os
import pickle
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar, cast

from site_builder.code_version import code_version

FOLDER = ".broadsheet-cache"
KEY_BYTES = 32
_SIGNATURE = 32  # bytes

Found = TypeVar("Found")


class Cache:
    """The entries of one folder. Those that a build did not ask for are removed when it is closed.

    is_shared: whether other processes and later builds find what one has kept.
    """

    is_shared = True

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._asked: set[str] = set()
        self._held: dict[str, object] = {}  # what was made lately and is about to be asked for
        self._is_holding = False
        self._is_made = False  # the folder, as far as this process knows

    def recall(self, made_of: object, make: Callable[[], Found | None], place: object = None) -> Found | None:
        """Return what was made of the same before, else make it and keep it, unless it is None.

        made_of: says all that decides over the result, besides the program; its `repr` is what counts.
        place: entries of one place take the place of each other; None for an entry that has its own.
        """
        decisive = _name(made_of)
        name = decisive if place is None else _name(place)
        self._asked.add(name)
        if decisive in self._held:
            return cast(Found, self._held.pop(decisive))
        with suppress(OSError, ValueError):
            return cast(Found, pickle.loads(self._verified(name, decisive)))  # noqa: S301 - signed with this user's key
        found = make()
        with suppress(OSError):
            if found is not None:
                self._keep(name, decisive, pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        if self._is_holding and found is not None:
            self._held[decisive] = found
        return found

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold what is made meanwhile until this process asks for it once more, which spares reading it back."""
        self._is_holding = True
        try:
            yield
        finally:
            self._is_holding = False

    def spare(self, places: Iterable[object]) -> None:
        """Let the entries of these places stay, though this process may not ask for them."""
        self._asked.update(map(_name, places))

    def lacks(self, made_of: object) -> bool:
        """Tell whether it would keep what is made of this for other processes, and has not yet."""
        return self.is_shared and not (self._folder / _name(made_of)).exists()

    def close(self) -> None:
        """Forget the entries that this build did not ask for."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.name not in self._asked and file.name != ".gitignore":
                    file.unlink(missing_ok=True)

    def _verified(self, name: str, decisive: str) -> bytes:
        """Return the bytes of an entry.

        Raises ValueError for one that this user's build did not write whole, or made of something else.
        """
        content = (self._folder / name).read_bytes()
        if not hmac.compare_digest(content[:_SIGNATURE], self._signature(decisive, content[_SIGNATURE:])):
            raise ValueError(name)
        return content[_SIGNATURE:]

    def _keep(self, name: str, decisive: str, content: bytes) -> None:
        if not self._is_made:
            self._make_folder()
        new = self._folder / f"{name}.{os.getpid()}"
        try:
            new.write_bytes(self._signature(decisive, content) + content)
            new.replace(self._folder / name)
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def _make_folder(self) -> None:
        self._folder.mkdir(exist_ok=True)
        ignore = self._folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        self._is_made = True

    def _signature(self, decisive: str, content: bytes) -> bytes:
        signature = blake2b(decisive.encode(), digest_size=_SIGNATURE, key=self._key)
        signature.update(content)
        return signature.digest()


class NoCache(Cache):
    """Remembers nothing."""

    is_shared = False

    def __init__(self) -> None:
        super().__init__(Path(os.devnull), b"")

    def recall(self, made_of: object, make: Callable[[], Found | None], place: object = None) -> Found | None:
        """Make it."""
        return make()

    def close(self) -> None:
        """Do nothing."""


class MemoryCache(Cache):
    """Remembers for as long as this process lives what one build asked for and, until it is closed, the next."""

    is_shared = False

    def __init__(self) -> None:
        super().__init__(Path(os.devnull), b"")
        self._before: dict[str, object] = {}
        self._known: dict[str, object] = {}

    def recall(self, made_of: object, make: Callable[[], Found | None], place: object = None) -> Found | None:
        """Return what was made of the same before, else make it; it is given out again, so nobody may change it."""
        name = repr(made_of)
        known = self._known.get(name, self._before.get(name))
        found = make() if known is None else cast(Found, known)
        if found is not None:
            self._known[name] = found
        return found

    def close(self) -> None:
        """Forget what was last asked for before the cache was closed the last time."""
        self._before, self._known = self._known, {}


def cache_beside(content: Path) -> Cache:
    """Return the cache of a content folder; one that remembers nothing where no key can be kept."""
    try:
        return Cache(content.resolve().parent / FOLDER, _key())
    except OSError:
        return NoCache()


def _name(made_of: object) -> str:
    return blake2b(f"{code_version()}\0{made_of!r}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _key() -> bytes:
    """Return this user's key, made when there is none (XDG Base Directory: state). Raises OSError."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    file = Path(home) / "broadsheet" / "cache-key"
    with suppress(FileNotFoundError):
        key = file.read_bytes()
        if len(key) == KEY_BYTES:
            return key
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(key := secrets.token_bytes(KEY_BYTES))
    new.replace(file)
    return key
