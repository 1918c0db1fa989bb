"""A Dask cluster on loopback, of processes that can be killed, and a storage that can be told to refuse."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.commands.places import free_port, wait_for

QUIET = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}
REFUSED = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
FORBIDDEN = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"


@dataclass
class Storage:
    """A server that speaks S3. refuses: tells of a request (method, whether it is a copy) whether it meets 503 or 403.

    asked: what it was asked: the method, or LIST and COPY.
    """

    address: str = ""
    refuses: Callable[[str, bool], str] = lambda method, is_copy: ""
    asked: list[str] = field(default_factory=list)

    def app(self, inner: Any) -> Any:
        """Return a WSGI application that asks the inner one unless it is told to refuse."""

        def answer(environ: Any, start_response: Any) -> Any:
            method, is_copy = environ["REQUEST_METHOD"], "HTTP_X_AMZ_COPY_SOURCE" in environ
            is_list = "list-type=2" in environ["QUERY_STRING"]
            self.asked.append("COPY" if is_copy else "LIST" if is_list else method)
            if status := self.refuses(method, is_copy):
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                text = FORBIDDEN if status.startswith("403") else REFUSED
                start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(text)))])
                return [text]
            return inner(environ, start_response)

        return answer


@contextmanager
def serving() -> Iterator[Storage]:
    """Run a storage in this process."""
    from moto.server import create_backend_app
    from werkzeug.serving import make_server

    storage = Storage()
    server = make_server("127.0.0.1", 0, storage.app(create_backend_app("s3")), threaded=True)
    storage.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield storage
    finally:
        server.shutdown()
        thread.join()


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, storage: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": storage}
        self._environment = {**os.environ, **QUIET, **keys}
        self._started: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()
        self.workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """Start a scheduler in the place of one that was killed."""
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        wait_for(self.port)
        return self.scheduler

    def start_worker(self, *, waits: bool = False) -> subprocess.Popen[bytes]:
        """Start one more worker, which is not started again when it dies. waits: until the scheduler knows it."""
        own = str(self.folder / f"worker-{len(self._started)}")
        options = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--host", "127.0.0.1")
        worker = self._start("worker", self.address, *options, "--local-directory", own)
        self.workers.append(worker)
        if waits:
            from distributed import Client

            with Client(self.address, timeout=30) as client:
                client.wait_for_workers(len(self.workers), timeout=60)
        return worker

    def kill_workers(self) -> None:
        """Kill every worker by SIGKILL."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.workers.clear()

    def stop(self) -> None:
        """End all of it."""
        for process in self._started:
            process.kill()
            process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "ignore", "-m", "dask", *words, "--no-dashboard"]
        with (self.folder / f"{words[0]}-{len(self._started)}.log").open("wb") as told:
            process = subprocess.Popen(command, env=self._environment, stdout=told, stderr=told, cwd=self.folder)
        self._started.append(process)
        return process
