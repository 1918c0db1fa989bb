"""Tell a WebSub hub which feeds are new, so that it brings them to their readers at once."""

from collections.abc import Sequence
from urllib.parse import urlencode

import httpcore2
import stamina

from site_builder import __version__
from site_builder.commands.fetch.fetch_error import short_line
from site_builder.commands.fetch.network import GuardedNetwork, PrivateAddressError
from site_builder.commands.fetch.web_address import web_address

AT_ONCE = 50  # feeds a request names; hubs take the parameter more than once since PubSubHubbub 0.3
ATTEMPTS, WAIT = 3, 1.0  # seconds before the second attempt
TIME = 30.0  # seconds for a whole answer
OK, REDIRECT, FAULT = 200, 300, 500


class PingError(Exception):
    """Why a hub was not notified. is_passing: a later attempt may do better."""

    def __init__(self, what: str, *, is_passing: bool) -> None:
        self.is_passing = is_passing
        super().__init__(what)


def ping(hub: str, feeds: Sequence[str]) -> None:
    """Tell a hub that the feeds of some addresses have changed (hub.mode=publish). Raises PingError."""
    stamina.instrumentation.set_on_retry_hooks([])
    attempts = stamina.retry_context(
        lambda error: isinstance(error, PingError) and error.is_passing,
        attempts=ATTEMPTS,
        wait_initial=WAIT,
        wait_jitter=WAIT / 2,
    )
    for attempt in attempts:
        with attempt:
            for start in range(0, len(feeds), AT_ONCE):
                _post(hub, feeds[start : start + AT_ONCE])


def _post(hub: str, feeds: Sequence[str]) -> None:
    body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)]).encode()
    try:
        address = web_address(hub)
    except ValueError:
        raise PingError("it has no web address; correct feeds.hub in site.yaml", is_passing=False) from None
    headers = [
        ("Host", address.host_header),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("User-Agent", f"broadsheet/{__version__}"),
    ]
    network = GuardedNetwork(address.endpoint)
    network.begin(TIME)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), TIME)
    try:
        with (
            httpcore2.ConnectionPool(network_backend=network) as pool,
            pool.stream("POST", address.url, headers=headers, content=body, extensions={"timeout": timeouts}) as answer,
        ):
            status, said = answer.status, next(answer.iter_stream(), b"")
    except (PrivateAddressError, httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise PingError(short_line(str(error)) or "no answer in time", is_passing=True) from None
    if not OK <= status < REDIRECT:
        reason = " ".join(said.decode("utf-8", "replace").split())[:100]
        raise PingError(f"it answered {status} {reason}".strip(), is_passing=status >= FAULT)
