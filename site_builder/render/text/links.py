"""Turn addresses in plain text into links, and escape everything else."""

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
_GLUED = re.compile(r"\.(?:We|The|Our|This|These|It|In|Code|Data|Project|All|For|To)\Z")  # the next sentence, no space
# Every address contains one of these.
_MARKS_WITHOUT_SLASH = ("mailto:", "www.", ".io")
_MARKS = ("://", ".com/", ".org/", ".co/", *_MARKS_WITHOUT_SLASH)
_SPACE = re.compile(r"[ \n]")
_NEXT = re.compile(r"(?<=[^/=?&#(])https?://")  # a second address directly after the first


def link_addresses(text: str) -> Markup:
    """Return escaped text with web and mail addresses as links, excluding punctuation after them."""
    pieces: list[str] = []
    done = 0
    for start, end in _words_with_addresses(text):
        position = start
        while found := _ADDRESS.search(text, position, end):
            address = _trimmed(found[0])
            pieces += [escape(text[done : found.start()]), _link(address)]
            done = position = found.start() + len(address)
    pieces.append(escape(text[done:]))
    return Markup("".join(pieces))  # noqa: S704 - each piece is escaped


def _words_with_addresses(text: str) -> list[tuple[int, int]]:
    """Return start and end of the words that may contain an address; most texts have none."""
    words: dict[int, int] = {}
    for mark in _MARKS if "/" in text else _MARKS_WITHOUT_SLASH:
        at, end = text.find(mark), 0
        while at >= 0:
            start = max(text.rfind(" ", end, at), text.rfind("\n", end, at)) + 1
            space = _SPACE.search(text, at)
            words[start] = end = space.start() if space else len(text)
            at = text.find(mark, end)
    return sorted(words.items())


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
    link = f'<a href="{escape(href)}">{escape(address)}</a>'
    return Markup(link)  # noqa: S704 - escaped, here and now
