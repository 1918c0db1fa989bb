"""The development server's web application: the site's files, with a reload script added to pages."""

import mimetypes
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from site_builder.commands.serve.builder import ServedFile
from site_builder.commands.serve.news import News

OWN = "/-/"  # addresses of the server itself; no page of a site has them
ASSETS = {"reload.js": "text/javascript", "overlay.css": "text/css"}
FRESH = {"Cache-Control": "no-store"}
NOT_FOUND = "404.html"

# Files of the same origin, as the content security policy of pages allows nothing inline.
_ADDED = f'<link rel="stylesheet" href="{OWN}overlay.css"><script src="{OWN}reload.js?%s" defer></script>'
_END_OF_HEAD = re.compile(rb"</head\s*>|<body\b", re.IGNORECASE)
_BARE = b"<!doctype html><html lang=en><head><meta charset=utf-8><title>No page</title></head><body><p>"

Find = Callable[[str], Awaitable[ServedFile | None]]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def make_app(find: Find, news: News, lifespan: Lifespan, folder: Path) -> Starlette:
    """Return the application that serves a site to browsers on this machine.

    find: returns the file at an address, None when there is none. folder: for temporary files while they are sent.
    """

    async def events(request: Request) -> Response:
        page = unquote(request.query_params.get("page", "")).lstrip("/")
        return StreamingResponse(news.events(page), media_type="text/event-stream", headers=FRESH)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            return Response(status_code=404)
        return FileResponse(Path(__file__).parent / name, media_type=ASSETS[name], headers=FRESH)

    async def page(request: Request) -> Response:
        added = _ADDED % news.version  # before rendering: if a newer build follows, the page reloads once more
        found = await find(request.path_params["path"])
        status = 200 if found else 404
        found = found or await find(NOT_FOUND) or ServedFile(NOT_FOUND, _BARE + b"No page is here.")
        if found.faults:
            return _with_script(_BARE + b"This page could not be made.", added, 500)
        if found.path.endswith(".html"):
            return _with_script(found.content, added, status)
        return _in_parts(found, folder)

    return Starlette(
        routes=[
            Route(f"{OWN}events", events),
            Route(f"{OWN}{{name}}", asset),
            Route("/{path:path}", page, methods=["GET", "HEAD"]),
        ],
        # DNS rebinding: other sites must not read this one under a name that they point to loopback.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        lifespan=lifespan,
    )


def _with_script(text: bytes, added: str, status: int) -> Response:
    """Return a page as response. added: HTML for its head."""
    found = _END_OF_HEAD.search(text)
    end = found.start() if found else 0
    return Response(text[:end] + added.encode() + text[end:], status, FRESH, "text/html")


def _in_parts(served: ServedFile, folder: Path) -> Response:
    """Serve a file with range requests (RFC 9110 §14), which Starlette supports only for files on disk."""
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(served.content)
    kind = mimetypes.guess_type(served.path)[0] or "text/plain"
    return FileResponse(file.name, 200, FRESH, kind, BackgroundTask(Path(file.name).unlink))
