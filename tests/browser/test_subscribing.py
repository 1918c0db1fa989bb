"""A reader who subscribes gets to the page that the service sends them to, whatever origin it is of."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.browser.screenshots import served
from tests.conftest import Site

THANKS = "<!doctype html><title>Thanks</title><p>Look into your mailbox."


class _Service(BaseHTTPRequestHandler):
    """Takes an address by POST and sends the reader on to another origin, as services with a page of thanks do."""

    def __init__(self, onward: list[str], posted: list[bytes], *values: object) -> None:
        self.onward, self.posted = onward, posted
        super().__init__(*values)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        self.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(303)
        self.send_header("Location", self.onward[0])
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(THANKS.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[str, str, list[bytes]]]:
    """Serve a service, and its page of thanks from another origin; yield both addresses and what was posted."""
    onward: list[str] = []
    posted: list[bytes] = []
    with ExitStack() as stack:
        handler = partial(_Service, onward, posted)
        servers = [stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler)) for _ in range(2)]
        for server in servers:
            Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        first, second = (f"http://127.0.0.1:{server.server_port}" for server in servers)
        onward.append(f"{second}/thanks")
        yield first, onward[0], posted


def test_the_service_may_send_the_reader_on_to_another_origin(
    build_site: Callable[..., Site], tab: Page, service: tuple[str, str, list[bytes]]
) -> None:
    address, thanks, posted = service
    site = build_site(
        f"-- site.yaml --\nsearch: false\ncards: none\nnewsletter: {{service: listmonk, "
        f"form: '{address}', subscribe_list: abc}}\n-- a.yaml --\n- {{title: Fog, listed: 2026-05-27}}\n"
    )
    with served(site.output) as where:
        tab.goto(f"{where}/feeds.html")
        tab.get_by_label("Mail address").fill("ada@example.org")
        tab.get_by_role("button", name="Subscribe").click()
        tab.wait_for_url(thanks)
    assert tab.title() == "Thanks"
    assert b"email=ada%40example.org" in posted[0]


def test_the_other_pages_send_no_form_anywhere(build_site: Callable[..., Site]) -> None:
    newsletter = "newsletter: {service: buttondown, form: clouds}\n"
    files = f"-- a.yaml --\n- {{title: Fog, listed: 2026-05-27}}\n-- site.yaml --\ncards: none\n{newsletter}"
    site = build_site(files)
    pages = {path for path in site.paths if path.endswith(".html") and not path.startswith("mail/")}
    assert {path for path in pages if "form-action 'self';" not in site.text(path)} == {"feeds.html"}
    assert "base-uri 'none'" in site.text("feeds.html")


def test_a_page_without_a_form_keeps_the_whole_policy(build_site: Callable[..., Site]) -> None:
    newsletter = "newsletter: {service: url, form: 'https://lists.example/join'}\n"
    site = build_site(f"-- a.yaml --\n- {{title: Fog}}\n-- site.yaml --\ncards: none\n{newsletter}")
    assert "form-action 'self';" in site.text("feeds.html")
