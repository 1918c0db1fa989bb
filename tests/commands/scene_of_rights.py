"""Run in a network of its own: a private source beside a public one that leads there, for each way that is named.

Prints for each way what the private server was asked and what was told, as JSON.
"""

import json
import os
import socket
import sys
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from site_builder.commands.fetch import fetch_lists
from site_builder.commands.fetch.http import RetryPolicy
from tests.commands.fetch_site import as_json, rows
from tests.commands.playback_server import Handler, Played

DAY = date(2026, 11, 20)
PUBLIC = "11.22.33.44"
QUICK = RetryPolicy(call=5, silence=2, attempts=2, wait=0.01, pause=0)
resolve = socket.getaddrinfo


class Server(ThreadingHTTPServer):
    """A server at any address, on both kinds of addresses where it is `::`."""

    daemon_threads = True

    def __init__(self, host: str, port: int, play: Any) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)
        self.play = play
        self.asked: list[Any] = []
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


def run_way(way: str, host: str, folder: Path, private: Server, public: Server) -> dict[str, Any]:
    """Fetch from both sources and return what came of it; host: how the private server is written."""
    private.asked.clear()
    public.asked.clear()
    secret = f"http://{host}:8099/secret"

    def lead(asked: Any) -> Played:
        if way in ("again", "rebinding") and len(public.asked) == 1:
            return Played(b"", 503, {"Connection": "close"})
        return Played(b"", 302, {"Location": secret})

    public.play = lead
    rebound: list[str] = []

    def turn(name: str, *arguments: Any, **options: Any) -> Any:
        if name != "turns.example":
            return resolve(name, *arguments, **options)
        rebound.append(name)
        return resolve(PUBLIC if len(rebound) == 1 else "127.0.0.1", *arguments, **options)

    socket.getaddrinfo = turn
    url = "http://turns.example:8080/a" if way == "rebinding" else f"http://{PUBLIC}:8080/a"
    content = folder / way / "content"
    content.mkdir(parents=True)
    mine = f"{{kind: hf_daily, url: 'http://{host}:8099/mine', allow_http: true, allow_private: true, name: "
    (content / "site.yaml").write_text(
        f"fetch:\n- {mine}mine}}\n- {{kind: hf_daily, name: public, url: '{url}', allow_http: true}}\n- {mine}after}}\n"
    )
    told: list[str] = []
    fetch_lists(content, (), [DAY], DAY, retry_policy=QUICK, tell=told.append)
    socket.getaddrinfo = resolve
    return {"asked": [asked.path for asked in private.asked], "host": private.asked[0].headers["host"], "told": told}


def main(folder: Path, ways: dict[str, str]) -> None:
    private = Server("::", 8099, lambda asked: as_json(rows("2611.00001")))
    public = Server(PUBLIC, 8080, None)
    os.environ["http_proxy"] = os.environ["HTTP_PROXY"] = os.environ["ALL_PROXY"] = "http://127.0.0.1:8099"
    print(json.dumps({way: run_way(way, host, folder, private, public) for way, host in ways.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
