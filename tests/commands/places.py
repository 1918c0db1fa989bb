"""Places a site is published to, each a real one on this machine, with a look at what lies there."""

import io
import os
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.torture.whole import Tree, tree_of

BUCKET = "digest"
PREFIX = "papers/site"
HEADERS = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request",
    "Content-Type": "application/octet-stream",
}


class FolderPlace:
    """A folder; `mark` of a file changes whenever somebody writes it."""

    environment: Mapping[str, str] = {}

    def __init__(self, folder: Path, target: str = "") -> None:
        self.folder = folder
        self.target = target or str(folder)

    def tree(self) -> Tree:
        return tree_of(self.folder) if self.folder.exists() else {}

    def marks(self) -> Any:
        files = (self.folder / path for path in self.tree())
        return {str(file): (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}

    def put(self, path: str, content: bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


class BucketPlace:
    """What lies below a prefix of a bucket."""

    def __init__(self, address: str, bucket: str = BUCKET) -> None:
        self.address = address
        self.bucket = bucket
        self.target = f"s3://{bucket}/{PREFIX}"
        keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        self.environment = {"AWS_ENDPOINT_URL": address, **keys}
        self.ask("PUT", f"/{bucket}")
        versioned = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        self.ask("PUT", f"/{bucket}?versioning", versioned)

    def ask(self, method: str, path: str, body: bytes = b"") -> Any:
        request = Request(self.address + path, data=body or None, method=method, headers=HEADERS)
        with urlopen(request) as answer:
            return answer.headers, answer.read()

    def tree(self) -> Tree:
        prefix = f"{PREFIX}/"
        found = {key: self.ask("GET", f"/{self.bucket}/{key}")[1] for key in self._keys("?list-type=2", "Key")}
        return {key.removeprefix(prefix): text for key, text in found.items() if ".broadsheet" not in key}

    def marks(self) -> Any:
        return sorted(self._keys("?versions", "VersionId"))

    def put(self, path: str, content: bytes) -> None:
        self.ask("PUT", f"/{self.bucket}/{PREFIX}/{path}", content)

    def headers(self, path: str) -> Any:
        return self.ask("GET", f"/{self.bucket}/{PREFIX}/{path}")[0]

    def _keys(self, query: str, name: str) -> list[str]:
        from lxml import etree

        tree = etree.fromstring(self.ask("GET", f"/{self.bucket}{query}")[1])
        return [str(element.text) for element in tree.iter(f"{{*}}{name}")]


class BranchPlace:
    """A branch of a bare repository."""

    def __init__(self, folder: Path, branch: str = "gh-pages") -> None:
        needs("git")
        self.folder = folder
        self.ref = f"refs/heads/{branch}"
        self.target = f"git+{folder}#{branch}"
        self.environment = {"GIT_CONFIG_GLOBAL": str(folder.parent / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
        git(folder.parent, "init", "--quiet", "--bare", str(folder))
        for key, value in {"name": "Ada", "email": "ada@example.org"}.items():
            git(folder.parent, "config", "--file", "gitconfig", f"user.{key}", value)

    def tree(self) -> Tree:
        if not self.commits():
            return {}
        with tarfile.open(fileobj=io.BytesIO(git(self.folder, "archive", self.ref))) as archive:
            found = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
            files = {path: file.read() for path, file in found.items() if file}
        return {path: text for path, text in files.items() if ".broadsheet" not in path}

    def commits(self) -> list[str]:
        done = subprocess.run(["git", "rev-list", self.ref], cwd=self.folder, capture_output=True, check=False)
        return done.stdout.decode().split()

    def marks(self) -> Any:
        return self.commits()

    def put(self, path: str, content: bytes) -> None:
        """Commit one more file, as somebody else would."""
        work = self.folder.parent / f"work-{time.monotonic_ns()}"
        git(self.folder.parent, "clone", "--quiet", str(self.folder), str(work))
        branch = self.ref.removeprefix("refs/heads/")
        git(work, "checkout", "--quiet", *([] if self.commits() else ["--orphan"]), branch)
        FolderPlace(work).put(path, content)
        git(work, "add", "--all")
        identity = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
        git(work, *identity, "commit", "--quiet", "--message", "Add a file of mine")
        git(work, "push", "--quiet", "origin", branch)


def git(folder: Path, *words: str, check: bool = True) -> bytes:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=check).stdout


def needs(program: str) -> None:
    """Skip a test where a program is missing, but fail where all tests are to run."""
    if shutil.which(program) is None:
        told = f"{program} is missing: install {program}"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)


def over_ssh(folder: Path, place: Path) -> FolderPlace:
    """Return a folder that rsync reaches through another program, as it does through ssh."""
    needs("rsync")
    shell = folder / "shell"
    shell.write_text('#!/bin/sh\nshift\nexec "$@"\n')
    shell.chmod(0o755)
    found = FolderPlace(place, f"host:{place}")
    found.environment = {"RSYNC_RSH": str(shell)}
    return found


@contextmanager
def rsync_server(folder: Path, place: Path, *, read_only: bool = False) -> Iterator[FolderPlace]:
    """Serve a folder with an rsync daemon on loopback."""
    needs("rsync")
    place.mkdir(exist_ok=True)
    settings = folder / "rsyncd.conf"
    owner = f"uid = {os.getuid()}\ngid = {os.getgid()}\n" if os.getuid() == 0 else ""
    settings.write_text(f"use chroot = no\n{owner}[site]\npath = {place}\nread only = {'yes' if read_only else 'no'}\n")
    port = free_port()
    command = ["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}", f"--config={settings}"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield FolderPlace(place, f"rsync://127.0.0.1:{port}/site")
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on port {port}")
