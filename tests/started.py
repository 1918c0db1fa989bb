"""Start the program in processes forked from one that has done the imports, once per test session.

Each has its own arguments, working directory, environment and streams, and can be killed like any other. Tests of the
interpreter's start-up run `python -m site_builder` instead.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["__main__", "tests.warm"])


def nothing() -> None:
    """Do nothing; the default for `prepare`."""


class Started:
    """A process of the program, with the part of the interface of `subprocess.Popen` that tests use."""

    def __init__(
        self,
        *words: str | Path,
        folder: Path,
        environment: Mapping[str, str],
        prepare: Callable[[], None] = nothing,
        is_merged: bool = False,
    ) -> None:
        """prepare: called in the process before the program starts. is_merged: redirect stderr to stdout."""
        pipes = [SERVER.Pipe(duplex=False) for _ in range(1 if is_merged else 2)]
        streams = [writer for _, writer in pipes]
        self._process = begin([str(word) for word in words], folder, environment, [*streams, *streams][:2], prepare)
        for stream in streams:
            stream.close()
        self._read: list[bytes] = [b""] * len(pipes)
        self._readers = [
            Thread(target=self._read_all, args=(number, pipe), daemon=True) for number, (pipe, _) in enumerate(pipes)
        ]
        for reader in self._readers:
            reader.start()

    def _read_all(self, number: int, pipe: Connection) -> None:
        with os.fdopen(os.dup(pipe.fileno()), "rb") as stream:
            pipe.close()
            self._read[number] = stream.read()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int, *, to_session: bool = False) -> None:
        """Send a signal to the process, or to its whole session, unless it has ended."""
        with suppress(ProcessLookupError):
            (os.killpg if to_session else os.kill)(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("broadsheet", timeout or 0)
        return self._process.exitcode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for the process to end; return its stdout and stderr."""
        self.wait(timeout)
        for reader in self._readers:
            reader.join()
        output, *errors = (read.decode() for read in self._read)
        return output, "".join(errors)


def run(
    *words: str | Path, folder: Path, environment: Mapping[str, str], prepare: Callable[[], None] = nothing
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, like `subprocess.run`."""
    started = Started(*words, folder=folder, environment=environment, prepare=prepare)
    output, errors = started.communicate(timeout=600)
    return subprocess.CompletedProcess([], started.wait(), output, errors)


def begin(
    words: list[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: list[Connection],
    prepare: Callable[[], None] = nothing,
) -> multiprocessing.process.BaseProcess:
    """Start a process of the program. streams: for its stdout and stderr."""
    process = SERVER.Process(target=_program, args=(words, str(folder), dict(environment), streams, prepare))
    process.start()
    return process


def _program(
    words: list[str], folder: str, environment: dict[str, str], streams: list[Connection], prepare: Callable[[], None]
) -> None:
    from site_builder.__main__ import run as run_program

    for number, stream in enumerate(streams, 1):
        os.dup2(stream.fileno(), number)
    for stream in streams:
        stream.close()
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, closefd=False) for number in (1, 2))
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.argv[1:] = words
    prepare()
    run_program()
