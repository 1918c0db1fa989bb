"""A server of a small site in a process of its own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Self
from urllib.parse import urlsplit

from tests.conftest import write_content
from tests.factories import TEMPLATES

CONTENT = """\
-- site.yaml --
title: The Small Digest
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27}
"""

THEME = """\
-- plain/pages/home.html --
<!doctype html><title>x</title><body><p>Version one</p>
"""


class Serving:
    """A server that runs in a process of its own."""

    def __init__(self, folder, theme=THEME):
        self.folder = folder
        self.content = folder / "content"
        write_content(self.content, CONTENT)
        if theme:
            write_content(folder / "templates", theme)
        (folder / "temporary").mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", "serve", "--port", "0", "--content", str(self.content)],
            env={**os.environ, "TMPDIR": str(folder / "temporary")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.told = list(self.lines_until("Serving"))
        self.address = re.search(r"http://\S+", self.told[-1])[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.kill()
        self.process.communicate(timeout=20)

    def lines_until(self, word) -> Iterator[str]:
        for line in self.process.stdout:
            yield line
            if line.startswith(word):
                return

    def ask(self, method, path, **headers):
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def get(self, path, **headers):
        answer, body = self.ask("GET", path, **headers)
        return answer.status, answer.getheader("Content-Type"), body.decode()

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=20)
        return self.process.returncode, rest


def override(serving, name, added):
    """Write a template of the default theme, with something more in its main part, into the site's own folder."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    begin = "{% block main %}"
    assert begin in text
    file = serving.folder / "templates" / "default" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(begin, begin + added))
