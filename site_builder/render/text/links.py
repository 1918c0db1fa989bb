"""Addresses in plain text as links, everything else escaped."""

import re

from markupsafe import Markup, escape

from site_builder.render.text.bounds import MAX_URL

_HOST = r"(?:[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ-]{0,62})\.){1,10}[A-Za-z][A-Za-z0-9-]{1,62}(?::\d{1,5})?"
_REST = rf"(?:[/?#](?:(?![a-z]https?://)[A-Za-z0-9À-ɏ._~:/?#@!&()*+,;=%-]){{0,{MAX_URL}}})?"
_BARE = r"(?:www\.|github\.com/|gitlab\.com/|arxiv\.org/|huggingface\.co/|doi\.org/|[a-z0-9-]{1,63}\.github\.io\b)"
_ADDRESS = re.compile(
    rf"https?://{_HOST}(?![A-Za-z0-9À-ɏ@]){_REST}"
    rf"|mailto:[A-Za-z0-9._+-]{{1,64}}@{_HOST}"
    rf"|(?<![\w@./:-])(?={_BARE}){_HOST}(?![A-Za-z0-9À-ɏ@]){_REST}",
)
_GLUED = re.compile(r"\.(?:We|The|Our|This|These|It|In|Code|Data|Project|All|For|To)\Z")  # a sentence without its space
_NEXT = re.compile(r"(?<=[^/=?&#(])https?://")  # a second address glued to the first


def link_addresses(text: str) -> Markup:
    """Return escaped text with web and mail addresses live, without the stops and brackets that follow them."""
    if not _may_hold_address(text):
        return escape(text)
    pieces: list[Markup] = []
    position = 0
    while found := _ADDRESS.search(text, position):
        address = _trimmed(found[0])
        pieces += [escape(text[position : found.start()]), _link(address)]
        position = found.start() + len(address)
    pieces.append(escape(text[position:]))
    return Markup("").join(pieces)


def _may_hold_address(text: str) -> bool:
    """Tell at once that most texts have no address; asked of every abstract."""
    has_host = ".com/" in text or ".org/" in text or ".co/" in text or ".io" in text
    return has_host or "://" in text or "mailto:" in text or "www." in text


def _trimmed(address: str) -> str:
    if glued := _NEXT.search(address):
        address = address[: glued.start()]
    missing = address.count(")") - address.count("(")
    while address[-1] in ".,;:!?*" or (address[-1] == ")" and missing > 0):
        missing -= address[-1] == ")"
        address = address[:-1]
    return _GLUED.sub("", address)


def _link(address: str) -> Markup:
    href = address if address.startswith(("http://", "https://", "mailto:")) else f"https://{address}"
    return Markup('<a href="{}" rel="noopener" referrerpolicy="no-referrer">{}</a>').format(href, address)
