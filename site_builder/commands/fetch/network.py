"""A network backend for fetching: it connects only to public addresses, and enforces a deadline for each call.

The check is made on the address that is connected to, so that a name cannot resolve to one machine when checked and to
another when used. Every read is limited by the deadline, so that a server that sends a byte a second cannot stall us.
"""

import re
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import httpcore2

Endpoint = tuple[str, int]  # host and port
PORTS = {"http": 80, "https": 443}

_CHARACTERS = re.compile(r"[!-~]+")
_HOST = re.compile(r"[\w.:%-]+", re.ASCII)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_INTERNET = IPv6Network("2000::/3")  # all that IANA has allocated; others are local, reserved, or embed other addresses
_PROTOCOLS = IPv4Network("192.0.0.0/24")  # RFC 6890; Python versions treat it differently


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A request's address, parsed once, so that the address checked is the one requested.

    host: in lower case. target: path and query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def endpoint(self) -> Endpoint:
        return self.host, self.port

    @property
    def host_header(self) -> str:
        """Return the value of the Host header (RFC 9110 §7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> httpcore2.URL:
        return httpcore2.URL(scheme=self.scheme, host=self.host, port=self.port, target=self.target)


def web_address(url: str) -> WebAddress:
    """Parse an address. Raises ValueError if it is not http or https, contains user information, or is malformed."""
    parts = urlsplit(url)
    port = PORTS.get(parts.scheme) if parts.port is None else parts.port
    is_whole = _CHARACTERS.fullmatch(url) and _HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc
    if not is_whole or not port or parts.scheme not in PORTS:
        raise ValueError("no web address")
    query = f"?{parts.query}" if parts.query else ""
    return WebAddress(parts.scheme, str(parts.hostname), port, f"{parts.path or '/'}{query}")


class PrivateAddressError(Exception):
    """Raised for a host on this machine or in a private network."""


class GuardedNetwork(httpcore2.NetworkBackend):
    """Connects for one call at a time; begin() sets its deadline.

    trusted: the only endpoint that may be private, None for none. Open connections are not checked again, so calls with
    other rights must not share them.
    """

    def __init__(self, trusted: Endpoint | None) -> None:
        self._network = httpcore2.SyncBackend()
        self._deadline = 0.0
        self._trusted = trusted

    def begin(self, seconds: float) -> None:
        """Start a call that may take up to `seconds`."""
        self._deadline = time.monotonic() + seconds

    def remaining(self, silence: float | None) -> float:
        """Return the timeout of the next read in seconds. Raises ReadTimeout if the deadline of the call has passed."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the answer takes too long")
        return left if silence is None else min(left, silence)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that accepts. Raises PrivateAddressError if any is not public."""
        addresses = _resolve(host, port)
        if (host, port) != self._trusted and not all(map(is_public, addresses)):
            raise PrivateAddressError(host)
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._network.connect_tcp(address, port, self.remaining(timeout), local_address, ())
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self)
        raise failure


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose reads and writes respect the deadline of their call."""

    def __init__(self, stream: httpcore2.NetworkStream, network: GuardedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._network.remaining(timeout))
        return _TimedStream(secured, self._network)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def is_public(address: str) -> bool:
    """Return whether an IP address is on the public internet, including IPv4 addresses embedded in IPv6."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in _NAT64:
            inner = IPv4Address(int(parsed) & 0xFFFFFFFF)
        if not inner:
            return parsed in _INTERNET and parsed.is_global
        parsed = inner
    return parsed.is_global and not parsed.is_multicast and parsed not in _PROTOCOLS


def _resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the order of the system's resolver, without duplicates."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host} is not known") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
