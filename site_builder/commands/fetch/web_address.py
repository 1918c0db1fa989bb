"""The address of a request, read once: what is judged is what is asked."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpcore2

from site_builder.commands.fetch.network import Endpoint

PORTS = {"http": 80, "https": 443}

_CHARACTERS = re.compile(r"[!-~]+")
_HOST = re.compile(r"[\w.:%-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Scheme, host in small letters, port, and the target: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def endpoint(self) -> Endpoint:
        return self.host, self.port

    @property
    def host_header(self) -> str:
        """The value of the Host header (RFC 9110 §7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> httpcore2.URL:
        return httpcore2.URL(scheme=self.scheme, host=self.host, port=self.port, target=self.target)


def web_address(url: str) -> WebAddress:
    """Read an address. Raises ValueError for one that is not http or https, names a user, or is malformed."""
    parts = urlsplit(url)
    port = PORTS.get(parts.scheme) if parts.port is None else parts.port
    is_whole = _CHARACTERS.fullmatch(url) and _HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc
    if not is_whole or not port or parts.scheme not in PORTS:
        raise ValueError("no web address")
    query = f"?{parts.query}" if parts.query else ""
    return WebAddress(parts.scheme, str(parts.hostname), port, f"{parts.path or '/'}{query}")
