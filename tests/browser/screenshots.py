"""Take pictures of a built site: `python tests/browser/screenshots.py OUTPUT_DIR PICTURES_DIR [WIDTH …]`.

Every kind of page is shown at 320, 768 and 1280 px (or at the widths given) on light and on dark paper, at full height,
and as it is printed.
The site is served on loopback, and no request leaves the machine.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
WIDTHS = (320, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
A4_WIDTH = 718  # px between margins of 1 cm
TALLEST = 6000  # px; what is below is cut off, as a picture of it would be unreadable
# Kind of page → the pattern of its files; the last one by name is shown.
KINDS = {
    "home": "index.html",
    "search": "search.html",
    "day": "days/*.html",
    "week": "weeks/*.html",
    "month": "months/*.html",
    "year": "years/*.html",
    "archive": "archive.html",
    "tag": "tags/[!i]*.html",
    "tags": "tags/index.html",
    "organizations": "organizations/index.html",
    "author": "authors/[!i]*.html",
    "authors": "authors/index.html",
    "venue": "venues/[!i]*.html",
    "venues": "venues/index.html",
    "paper": "papers/2*.html",
    "undated": "undated.html",
    "free": "about.html",
    "trending": "trending.html",
    "statistics": "statistics.html",
    "my": "my.html",
    "feeds": "feeds.html",
    "not-found": "404.html",
}


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a line for every request."""

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def served(folder: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """Serve a folder on a free port of 127.0.0.1 and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium, which reaches nothing but loopback."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def chosen_pages(output: Path) -> dict[str, str]:
    """Return one page of each kind that the site has, as kind → path below the site."""
    found = {kind: sorted(output.glob(pattern)) for kind, pattern in KINDS.items()}
    return {kind: files[-1].relative_to(output).as_posix() for kind, files in found.items() if files}


def take_pictures(output: Path, pictures: Path, widths: tuple[int, ...]) -> None:
    """Write `<kind>-<width>-<scheme>.png` for every page, width and scheme, and `<kind>-print.png` as on A4 paper."""
    pictures.mkdir(parents=True, exist_ok=True)
    with served(output) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for width in widths:
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
                for kind, path in chosen_pages(output).items():
                    page.goto(f"{address}/{path}")
                    take_picture(page, pictures / f"{kind}-{width}-{scheme}.png")
                page.close()
        page = browser.new_page(viewport={"width": A4_WIDTH, "height": 800}, color_scheme="light")
        page.emulate_media(media="print")
        for kind, path in chosen_pages(output).items():
            page.goto(f"{address}/{path}")
            take_picture(page, pictures / f"{kind}-print.png")
        browser.close()


def take_picture(page: Page, file: Path) -> None:
    """Write a page as it is shown, from its top down to 6,000 px."""
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)})


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), Path(sys.argv[2]), tuple(map(int, sys.argv[3:])) or WIDTHS)
