"""The development server's pages: the built files, with a script that reloads them added on the way."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from site_builder.outside.serve.changes import Changes

OWN = "/-/"  # addresses of the server itself; no page of a site is named so
ASSETS = {"reload.js": "text/javascript", "overlay.css": "text/css"}
FRESH = {"Cache-Control": "no-store"}

# Files of the same origin: the policy that pages carry allows those and nothing inline.
_ADDED = f'<link rel="stylesheet" href="{OWN}overlay.css"><script src="{OWN}reload.js?%s" defer></script>'
_END_OF_HEAD = re.compile(rb"</head\s*>|<body\b", re.IGNORECASE)
_WAITING = (
    b"<!doctype html><html lang=en><head><meta charset=utf-8><title>No page</title></head><body><p>No page is here."
)

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def make_app(output: Path, changes: Changes, lifespan: Lifespan) -> Starlette:
    """Return the application that serves the files of a folder to this machine's own browsers."""

    async def events(request: Request) -> Response:
        return StreamingResponse(changes.events(), media_type="text/event-stream", headers=FRESH)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            return Response(status_code=404)
        return FileResponse(Path(__file__).parent / name, media_type=ASSETS[name], headers=FRESH)

    async def page(request: Request) -> Response:
        return _page(output, request.path_params["path"], _ADDED % changes.version)

    return Starlette(
        routes=[
            Route(f"{OWN}events", events),
            Route(f"{OWN}{{name}}", asset),
            Route("/{path:path}", page, methods=["GET", "HEAD"]),
        ],
        # A page of another site must not read this one under a name that it has pointed to loopback.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        lifespan=lifespan,
    )


def _page(output: Path, path: str, added: str) -> Response:
    """Return a file of the site as a web host would: a folder is its index.html, what is missing the 404 page.

    added: HTML for the head of a page.
    """
    file = _file(output, path)
    status = 200 if file else 404
    file = file or _file(output, "404.html")
    if file and file.suffix != ".html":
        return FileResponse(file, headers=FRESH)
    text = file.read_bytes() if file else _WAITING
    found = _END_OF_HEAD.search(text)
    place = found.start() if found else 0
    return Response(text[:place] + added.encode() + text[place:], status, FRESH, "text/html")


def _file(output: Path, path: str) -> Path | None:
    """Return the file of an address, None for what is missing, hidden or outside of the folder."""
    steps = path.split("/")
    if any(step.startswith(".") for step in steps) or "\x00" in path:
        return None
    file = output.joinpath(*steps)
    file = file / "index.html" if file.is_dir() else file
    is_inside = file.resolve().is_relative_to(output.resolve())
    return file if is_inside and file.is_file() else None
