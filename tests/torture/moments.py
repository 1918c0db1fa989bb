"""Writing that is stopped at its n-th operation on the disk, in a process of its own."""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from site_builder.write import write_files
from tests.started import SERVER

OPERATIONS = {
    "open",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "os.truncate",
}


def at_operation(moment: int, folder: Path, act: Callable[[], None]) -> Callable[[], int]:
    """Call `act` before the n-th operation on files in the folder; return what tells how many there were."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in OPERATIONS and (event == "os.chmod" or str(folder) in str(arguments[:2])):
            count += 1
            if count == moment:
                act()

    sys.addaudithook(hook)
    return lambda: count


def write_until(moment: int, number: int, files: Path, output: Path, is_in_place: bool) -> int:
    """Write the pickled files into the folder and send the signal to the writer at its n-th operation.

    Return the exit code: 0 when it ended before, -9 when killed, 130 when interrupted.
    """
    process = SERVER.Process(target=_write, args=(moment, number, files, output, is_in_place))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def operations_of(files: Path, output: Path, is_in_place: bool) -> int:
    """Return how many operations writing the files into the folder takes."""
    assert write_until(0, signal.SIGKILL, files, output, is_in_place) == 0
    return int((output.parent / "operations").read_text())


def _write(moment: int, number: int, files: Path, output: Path, is_in_place: bool) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    pages = pickle.loads(files.read_bytes())  # noqa: S301 - made by this test
    count = at_operation(moment, output.parent, lambda: os.kill(os.getpid(), number))
    try:
        if is_in_place:
            with mock.patch("site_builder.write.commit.make_swap", lambda *_: None):
                write_files(pages, output)
        else:
            write_files(pages, output)
    except KeyboardInterrupt:
        sys.exit(130)
    total = count()
    (output.parent / "operations").write_text(str(total))
