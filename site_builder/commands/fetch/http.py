"""GET requests with retries, redirects and bounds on what servers send.

We use httpcore2 rather than a client built on it, because only httpcore2 accepts our own network backend (network.py).
"""

import gzip
import io
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpcore2
import stamina

from site_builder.commands.fetch.fetch_error import FetchError
from site_builder.commands.fetch.network import Endpoint, GuardedNetwork, PrivateAddressError, WebAddress, web_address

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # status codes that a later attempt may not get
ANSWERS = frozenset({200, 304, 404, 410})
MAX_BYTES = 64 * 1024 * 1024  # of a response, both compressed and decompressed
MAX_RATIO = 100  # decompressed bytes for each compressed one; real lists have 3 to 12
RATIO_COUNTS_FROM = 1024 * 1024  # decompressed bytes
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Timeouts in seconds, and the number of attempts.

    call: for the whole response. silence: until its next byte. wait: before the second attempt, doubled for each
    further one. longest_wait: the longest wait that a server may request. pause: between two requests to arXiv (arXiv
    API Terms of Use).
    """

    call: float = 120
    silence: float = 30
    attempts: int = 4
    wait: float = 2
    longest_wait: float = 180
    pause: float = 3


@dataclass(frozen=True, slots=True)
class Access:
    """What a source may use besides https and public addresses."""

    allow_http: bool = False
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """A server's response: status, headers by lower-case name, and the decompressed body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Sends the requests of one run, one after another; only requests with equal rights share connections."""

    def __init__(self, user_agent: str, retry_policy: RetryPolicy, tell: Callable[[str], None]) -> None:
        self._user_agent = user_agent
        self._retry_policy = retry_policy
        self._tell = tell
        self._connections: dict[Endpoint | None, _Connections] = {}  # by the private endpoint that is allowed
        self._paced = float("-inf")  # when the last paced request ended
        stamina.instrumentation.set_on_retry_hooks([])  # `tell` reports retries instead

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        for connections in self._connections.values():
            connections.pool.close()

    def get(self, url: str, access: Access, headers: Mapping[str, str], *, is_paced: bool = False) -> Response:
        """Return the response to a request, retrying after transient errors. Raises FetchError if there is none.

        is_paced: keep the pause between paced requests.
        """
        attempts = stamina.retry_context(
            self._backoff,
            attempts=self._retry_policy.attempts,
            timeout=None,
            wait_initial=self._retry_policy.wait,
            wait_max=self._retry_policy.longest_wait,
            wait_jitter=self._retry_policy.wait / 2,
        )
        for attempt in attempts:
            with attempt:
                if is_paced:
                    time.sleep(max(0.0, self._paced + self._retry_policy.pause - time.monotonic()))
                try:
                    return self._follow(url, access, headers)
                finally:
                    self._paced = time.monotonic() if is_paced else self._paced
        raise AssertionError

    def _backoff(self, error: Exception) -> bool | float:
        """Return whether to retry, or after how many seconds if the server says so."""
        if not isinstance(error, FetchError) or not error.is_passing:
            return False
        if error.retry_after is None:
            return True
        if error.retry_after > self._retry_policy.longest_wait:
            return False
        self._tell(f"the server asks to wait {error.retry_after:.0f} s")
        return error.retry_after

    def _follow(self, url: str, access: Access, headers: Mapping[str, str]) -> Response:
        """Send a request and follow redirects; every address is checked like the first."""
        address = _checked(url, access)
        trusted = address.endpoint if access.allow_private else None
        connections = self._connections.get(trusted) or _Connections(trusted)
        self._connections[trusted] = connections
        connections.network.begin(self._retry_policy.call)
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(url, headers, connections.pool)
            if response.status not in REDIRECTS:
                return response
            url = _redirected(url, response.headers.get("location", ""))
            _checked(url, access)
        raise FetchError(url, f"redirected more than {MAX_REDIRECTS} times", "correct the address in site.yaml")

    def _send(self, url: str, headers: Mapping[str, str], pool: httpcore2.ConnectionPool) -> Response:
        silence = self._retry_policy.silence
        timeouts = {"connect": silence, "read": silence, "write": silence, "pool": silence}
        address = web_address(url)
        own = {"Host": address.host_header, "User-Agent": self._user_agent, "Accept-Encoding": "gzip"}
        sent = [*own.items(), *headers.items()]
        try:
            with pool.stream("GET", address.url, headers=sent, extensions={"timeout": timeouts}) as response:
                named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status in REDIRECTS:
                    return Response(response.status, named, b"")
                if response.status not in ANSWERS:
                    raise _refusal(url, response.status, named)
                body = _unpacked(url, named.get("content-encoding", "").lower(), response.iter_stream())
                return Response(response.status, named, body)
        except PrivateAddressError as error:
            what = f"{error} is on this machine or in a private network"
            raise FetchError(url, what, "name a public address, or add allow_private: true to the source") from None
        except httpcore2.TimeoutException:
            raise FetchError(url, "no whole answer in time", "try again later", is_passing=True) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            what = str(error) or "the connection broke"
            remedy = "check the network and the address, or try again later"
            is_offline = isinstance(error, httpcore2.ConnectError)
            raise FetchError(url, what, remedy, is_passing=True, is_offline=is_offline) from None


class _Connections:
    """Open connections shared by calls with equal rights."""

    def __init__(self, trusted: Endpoint | None) -> None:
        self.network = GuardedNetwork(trusted)
        self.pool = httpcore2.ConnectionPool(network_backend=self.network)


def _redirected(url: str, location: str) -> str:
    """Return the target of a redirect. Raises FetchError if it is not an address."""
    try:
        return urljoin(url, location)
    except ValueError:
        what = f"leads to {location[:200]!r}, which is no web address"
        raise FetchError(url, what, "try again later, or correct the source in site.yaml") from None


def _checked(url: str, access: Access) -> WebAddress:
    """Return an address if it may be requested. Raises FetchError otherwise."""
    try:
        address = web_address(url)
    except ValueError:
        raise FetchError(url, "is no web address", "correct it in site.yaml") from None
    if address.scheme == "http" and not access.allow_http:
        raise FetchError(url, "is not encrypted", "name an https address, or add allow_http: true")
    return address


def _refusal(url: str, status: int, headers: Mapping[str, str]) -> FetchError:
    wait = _retry_after(headers)
    is_passing = status in PASSING
    later = f"try again in {wait:.0f} s" if wait else "try again later"
    remedy = later if is_passing else "check the source in site.yaml"
    return FetchError(url, f"the server answered {status}", remedy, is_passing=is_passing, retry_after=wait)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait (RFC 9110 §10.2.3); a date is relative to the response's own."""
    written = headers.get("retry-after", "").strip()
    if written.isdecimal():
        return float(written.lstrip("0")[:9] or "0")  # longer numbers are beyond any wait anyway
    try:
        moments = [parsedate_to_datetime(headers[name]) for name in ("retry-after", "date")]
    except (KeyError, ValueError, OverflowError, TypeError, IndexError):  # raised by the parser for malformed dates
        return None
    until, now = (moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in moments)
    return max(0.0, (until - now).total_seconds())


def _unpacked(url: str, encoding: str, chunks: Iterable[bytes]) -> bytes:
    """Return a whole body. Raises FetchError if it is too large, damaged, or in an encoding other than gzip."""
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(url, f"packed as {encoding}, which was not asked for", "check the source in site.yaml")
    packed = _joined(url, chunks, MAX_BYTES)
    if encoding in ("", "identity") and not packed.startswith(_GZIP):
        return packed
    return _joined(url, _inflated(url, packed), min(MAX_BYTES, max(RATIO_COUNTS_FROM, MAX_RATIO * len(packed))))


def _joined(url: str, pieces: Iterable[bytes], longest: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > longest:
            raise FetchError(url, "the answer is too large", f"at most {MAX_BYTES:,} bytes are taken")
    return bytes(body)


def _inflated(url: str, packed: bytes) -> Iterator[bytes]:
    """Yield decompressed gzip data in pieces of bounded size."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            yield from iter(lambda: stream.read(RATIO_COUNTS_FROM), b"")
    except EOFError:
        raise FetchError(url, "the answer is cut off", "try again later", is_passing=True) from None
    except (gzip.BadGzipFile, zlib.error):
        raise FetchError(url, "damaged gzip data", "try again later", is_passing=True) from None
