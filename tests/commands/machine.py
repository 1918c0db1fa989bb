"""A machine that a service lends for a run: nothing on it but what the run brings, and the world on loopback."""

import json
import os
import socket
import socketserver
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from site_builder.commands import send
from site_builder.commands.publish import announce
from tests.commands.places import git
from tests.started import begin

SATURDAY, MONDAY = "1795262400", "1795435200"  # 12:00 UTC on 2026-11-21 and 2026-11-23


# Hands its arguments, environment, folder and streams over to whoever begins the program, and ends as that ends.
CLIENT = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect(sys.argv[1])
    asked = json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(server, [len(asked).to_bytes(8)], [1, 2])
    server.sendall(asked)
    sys.exit(int(server.recv(16)))
"""


def unhurried() -> None:
    """Let no pause last: what waits for a server is tried again at once."""
    time.sleep = lambda seconds: None
    pace_of = send.pace_of
    send.pace_of = announce.pace_of = lambda settings: replace(pace_of(settings), sleep=time.sleep)


@contextmanager
def starting() -> Iterator[Path]:
    """Begin the program for whoever runs CLIENT with the socket whose path this yields."""
    with TemporaryDirectory() as folder:  # the paths of pytest's own are too long for a socket
        place = Path(folder) / "socket"
        with socketserver.UnixStreamServer(str(place), _Handler) as server:
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield place
            finally:
                server.shutdown()
                thread.join()


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        head, streams, *_ = socket.recv_fds(self.request, 8, 2)
        with self.request.makefile("rb") as stream:
            words, folder, environment = json.loads(stream.read(int.from_bytes(head)))
        process = begin(words, Path(folder), environment, [Connection(stream) for stream in streams], unhurried)
        process.join()
        self.request.sendall(str(process.exitcode).encode())


class Machine:
    """Runs scripts in a home of its own, with `broadsheet` from this tree and a `python` that only notes its words."""

    def __init__(self, home: Path, starter: Path) -> None:
        """starter: the socket of whoever begins the program."""
        programs = home / "programs"
        programs.mkdir(parents=True)
        self.home = home
        self.installed = home / "installed"
        client = home / "client.py"
        client.write_text(CLIENT)
        for name, script in {
            "broadsheet": f'exec "{sys.executable}" -I -S "{client}" "{starter}" "$@"',
            "python": f'echo "$@" >>"{self.installed}"',
        }.items():
            (programs / name).write_text(f"#!/bin/sh\n{script}\n")
            (programs / name).chmod(0o755)
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
            "BROADSHEET": "broadsheet==1.0",
        }

    def run(self, script: str, folder: Path, environment: Mapping[str, str], shell: str = "bash -e -c") -> str:
        """Run a script, which must succeed, and return what it says."""
        done = self.tried(script, folder, environment, shell)
        assert done.returncode == 0, script + done.stdout + done.stderr
        return done.stdout

    def tried(
        self, script: str, folder: Path, environment: Mapping[str, str], shell: str = "bash -e -c"
    ) -> subprocess.CompletedProcess[str]:
        """Run a script that may fail."""
        return subprocess.run(
            [*shell.split(), script],
            check=False,
            cwd=folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )


def begin_repository(folder: Path, bare: Path) -> None:
    """Put a folder under version control, with a bare repository as its origin."""
    git(bare.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(bare, "config", "receive.advertisePushOptions", "true")
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message", "Begin")
    git(folder, "push", "--quiet", str(bare), "main")
