"""A single request to a service, bounded in time and size."""

from collections.abc import Mapping

import httpcore2

from site_builder import __version__
from site_builder.commands.fetch.fetch_error import short_line
from site_builder.commands.fetch.network import GuardedNetwork, PrivateAddressError, web_address

TIME = 60.0  # seconds for a whole response
MAX_BYTES = 16 * 1024 * 1024  # bytes of a response
OK, REDIRECT, FAULT = 200, 300, 500


class WebError(Exception):
    """Raised if a service did not do what was asked; the message is one line without secrets.

    is_unclear: whether it may have done it, because no response came. is_passing: whether a later attempt may succeed.
    """

    def __init__(self, what: str, *, is_unclear: bool = False, is_passing: bool = False) -> None:
        self.is_unclear = is_unclear
        self.is_passing = is_passing
        super().__init__(what)


def ask(method: str, url: str, headers: Mapping[str, str], body: bytes = b"", seconds: float = TIME) -> bytes:
    """Return the response of a service. Raises WebError; redirects are not followed, because the headers have secrets.

    seconds: for the whole response.
    """
    try:
        address = web_address(url)
    except ValueError:
        raise WebError("it has no web address") from None
    sent = {"Host": address.host_header, "User-Agent": f"broadsheet/{__version__}", **headers}
    network = GuardedNetwork(address.endpoint)
    network.begin(seconds)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    received = b""
    try:
        with (
            httpcore2.ConnectionPool(network_backend=network) as pool,
            pool.stream(
                method, address.url, headers=[*sent.items()], content=body, extensions={"timeout": timeouts}
            ) as answer,
        ):
            status = answer.status
            for chunk in answer.iter_stream():
                received += chunk
                if len(received) > MAX_BYTES:
                    raise WebError(f"it answered with more than {MAX_BYTES // 1024**2} MiB")
    except (PrivateAddressError, httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
        raise WebError(short_line(str(error)) or "no connection in time", is_passing=True) from None
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise WebError(short_line(str(error)) or "no answer in time", is_unclear=True, is_passing=True) from None
    if not OK <= status < REDIRECT:
        reason = " ".join(received.decode("utf-8", "replace").split())[:100]
        raise WebError(f"it answered {status} {reason}".strip(), is_passing=status >= FAULT)
    return received
