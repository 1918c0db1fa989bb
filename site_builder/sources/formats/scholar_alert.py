"""Alerts of Google Scholar, as sent or copied: a title, a line of authors, venue and year, and an excerpt."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, filled
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import arxiv_in, leads_to_paper, link_kind, url_in
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_MARK = lazy_pattern(r"scholaralerts-noreply|scholar\.google\.|Google Scholar")
_BYLINE = lazy_pattern(
    r"(?P<names>[^\W\d_][^\n]{2,400}?)\s[-\u2013]\s(?:(?P<venue>[^\n]{2,300}?),\s)?(?P<year>(?:19|20)\d\d)"
    r"(?:\s[-\u2013]\s\S[^\n]{0,100})?"
)
_KIND = lazy_pattern(r"\A(?:\[(?:PDF|HTML|BOOK|B|CITATION|C|DOC)\]\s*)+", re.IGNORECASE)
_ELLIPSIS = lazy_pattern(r"\s*(?:\u2026|\.\.\.)\s*\Z")
_ADDRESS = lazy_pattern(r"<?https?://\S+")
# Buttons below the entries of a search, copied with them.
_BUTTONS = lazy_pattern(
    r"\W{0,3}Save\s+\W{0,3}Cite\b|(?:\W{0,3}Cite\s+)?(?:Cited by \d|Related articles|All \d+ versions)"
)
_END = lazy_pattern(r"This (?:message|alert) was sent|See all recommendations|Unsubscribe|Cancel alert|List alerts")

_Block = list[tuple[int, str]]  # (number, line) of the lines between blank ones


def recognises(source: Source) -> bool:
    """Return whether a text is from Google Scholar and has a title above a line of authors, venue and year."""
    return bool(_MARK.search(source.head)) and any(map(_byline_index, _blocks(source.head)))


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each title; other blocks are boilerplate, or a problem if they link to a paper."""
    for block in _blocks(source.text()):
        index = _byline_index(block)
        lost_lines = [line for _, line in block if not index and _paper_address(line)]
        if index:
            yield RawPaper(_fields(block, index), source.path, block[0][0], len(block))
        elif lost_lines:
            what = "a link to a paper stands without a line of authors, venue and year"
            yield Problem(
                source.path, block[0][0], what, "copy the alert as a whole", lines=len(block), records=len(lost_lines)
            )
        else:
            yield Boilerplate(block[0][0], len(block))


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            yield block
            block = []


def _byline_index(block: _Block) -> int:
    """Return the index of the line with authors, venue and year in a block, 0 if there is none."""
    lines = [line for _, line in block]
    if _END.match(lines[0]):
        return 0
    return next((index for index, line in enumerate(lines[1:4], 1) if _BYLINE.fullmatch(line)), 0)


def _fields(block: _Block, index: int) -> dict[str, object]:
    lines = [line for _, line in block]
    found = _BYLINE.fullmatch(lines[index])
    title = " ".join(_ADDRESS.sub("", line) for line in lines[:index])
    names = found["names"] if found else ""
    authors = [name.strip() for name in _ELLIPSIS.sub("", names).split(",") if name.strip()]
    venue = (found["venue"] or "").strip() if found else ""
    url = next((url for line in lines if (url := _paper_address(line))), "")
    fields = {
        "title": " ".join(_KIND.sub("", title).split()),
        "authors": [*authors, *(["others"] if _ELLIPSIS.search(names) else [])],
        "published": found["year"] if found else "",
        "arxiv": arxiv_in(venue) or arxiv_in(url),
        "venue": "" if arxiv_in(venue) else _ELLIPSIS.sub("", venue),
        "abstract": " ".join(line for line in lines[index + 1 :] if not _is_page_line(line)),
        "links": {link_kind(url): url} if url else {},
    }
    return filled(fields)


def _is_page_line(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_ADDRESS, _END, _BUTTONS))


def _paper_address(line: str) -> str:
    """Return the URL of a paper in a line, taken out of Scholar's redirects; "" if there is none."""
    url = url_in(line) or ""
    target = parse_qs(urlsplit(url).query).get("url", [""])[0] if "scholar.google" in url else url
    return target if leads_to_paper(target) else ""


READER = Reader(
    name="Google Scholar alert",
    about="an alert of Google Scholar, as mailed or copied from the mail",
    example="Google Scholar Alerts\n\n[PDF] A Paper\nF Last, B Roe - arXiv preprint arXiv:2605.01234, 2026\nWe show …",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
