"""One build at a time in an output folder; the kernel frees the lock of a build that was killed."""

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
PATIENCE = 30.0  # seconds
PAUSE = 0.05  # seconds between two tries

_held: set[int] = set()


def _let_go_in_child() -> None:
    """Close the locks in a forked process: a worker that outlives a killed build must not keep them."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go_in_child)


class Lock:
    """The lock that this process holds. Its file tells others who that is, once there is something to write."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def announce(self) -> None:
        """Write process and host into the file, for everyone to read whatever the umask."""
        os.fchmod(self._descriptor, 0o644)
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"process {os.getpid()} on {os.uname().nodename}\n".encode(), 0)

    def clear(self) -> None:
        """Empty the file, where it is not empty: nothing is written when nothing changed."""
        if os.fstat(self._descriptor).st_size:
            os.ftruncate(self._descriptor, 0)


@contextmanager
def locked(output: Path, patience: float) -> Iterator[Lock]:
    """Hold the lock of an output folder, which is made when it does not exist.

    Raises BuildError naming the holder when another build keeps it for longer than `patience` seconds.
    """
    make_folder(output)
    if (output / OWN_FOLDER).is_symlink():
        raise BuildError(f"{output / OWN_FOLDER} is a link, which is not followed; remove it")
    make_folder(output / OWN_FOLDER)
    descriptor = _acquire(output / LOCK, output, time.monotonic() + patience)
    _held.add(descriptor)
    lock = Lock(descriptor)
    try:
        lock.clear()  # the process named there was killed
        yield lock
    finally:
        lock.clear()
        _held.discard(descriptor)
        os.close(descriptor)


def _acquire(file: Path, output: Path, deadline: float) -> int:
    """Return an open descriptor of the file that holds its lock."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(descriptor, file):
                return descriptor
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BuildError(f"{output} is being written by another build{_holder(descriptor)}") from None
            time.sleep(PAUSE)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_still(descriptor: int, file: Path) -> bool:
    """Tell whether the locked file is the one that others would open."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _holder(descriptor: int) -> str:
    who = os.pread(descriptor, 300, 0).decode("utf-8", "replace").strip()
    since = datetime.fromtimestamp(int(os.fstat(descriptor).st_mtime), UTC)
    return f" ({who}, since {since:%Y-%m-%d %H:%M:%S} UTC)" if who else ""
