"""The lock of an output folder, for one build at a time; the kernel releases the lock of a killed build."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.folders import make_folder
from site_builder.write.manifest import OWN_FOLDER

LOCK = f"{OWN_FOLDER}/lock"
PATIENCE = 30.0  # seconds to wait for another build
PAUSE = 0.05  # seconds between two attempts

_open_locks: set[int] = set()


def _close_in_child() -> None:
    """Close inherited locks in a forked process, so that a worker that outlives a killed build does not keep them."""
    while _open_locks:
        os.close(_open_locks.pop())


os.register_at_fork(after_in_child=_close_in_child)


class Lock:
    """A lock held by this process. Once there is something to write, its file names the holder."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def announce(self) -> None:
        """Write process id and host into the file, readable by all whatever the umask."""
        os.fchmod(self._descriptor, 0o644)
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"process {os.getpid()} on {os.uname().nodename}\n".encode(), 0)

    def clear(self) -> None:
        """Empty the file unless it is empty already, so that a build without changes writes nothing."""
        if os.fstat(self._descriptor).st_size:
            os.ftruncate(self._descriptor, 0)


@contextmanager
def locked(output: Path) -> Iterator[Lock]:
    """Hold the lock of an output folder, which is created if missing.

    Raises BuildError naming the holder when another build keeps the lock for longer than PATIENCE.
    """
    make_folder(output)
    if (output / OWN_FOLDER).is_symlink():
        raise BuildError(f"{output / OWN_FOLDER} is a link, which is not followed; remove it")
    make_folder(output / OWN_FOLDER)
    descriptor = _acquire(output / LOCK, output, time.monotonic() + PATIENCE)
    _open_locks.add(descriptor)
    lock = Lock(descriptor)
    try:
        lock.clear()  # a process named there was killed
        yield lock
    finally:
        lock.clear()
        _open_locks.discard(descriptor)
        os.close(descriptor)


def _acquire(file: Path, output: Path, deadline: float) -> int:
    """Lock the file and return its open descriptor. Raises BuildError after the deadline."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_current(descriptor, file):
                return descriptor
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BuildError(f"{output} is being written by another build{_holder(descriptor)}") from None
            time.sleep(PAUSE)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_current(descriptor: int, file: Path) -> bool:
    """Return whether the locked file is still the one at that path."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _holder(descriptor: int) -> str:
    who = os.pread(descriptor, 300, 0).decode("utf-8", "replace").strip()
    since = datetime.fromtimestamp(int(os.fstat(descriptor).st_mtime), UTC)
    return f" ({who}, since {since:%Y-%m-%d %H:%M:%S} UTC)" if who else ""
