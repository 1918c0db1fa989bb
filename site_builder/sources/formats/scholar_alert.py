"""Alerts and results of Google Scholar, mailed or copied: a title, a line of authors, venue and year, a few words."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, filled
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.identifiers import arxiv_in, leads_to_paper, link_kind, url_in
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_MARK = lazy_pattern(r"scholaralerts-noreply|scholar\.google\.|Google Scholar")
_BYLINE = lazy_pattern(
    r"(?P<names>[^\W\d_][^\n]{2,400}?)\s[-\u2013]\s(?:(?P<venue>[^\n]{2,300}?),\s)?(?P<year>(?:19|20)\d\d)"
    r"(?:\s[-\u2013]\s\S[^\n]{0,100})?"
)
_KIND = lazy_pattern(r"\A(?:\[(?:(?![a-z])[^\W\d_]){1,12}\]\s*)+")
_CUT = lazy_pattern(r"\s*(?:\u2026|\.\.\.)\s*\Z")
_ADDRESS = lazy_pattern(r"<?https?://\S+")
# What stands below each entry of its search, copied with it.
_BUTTONS = lazy_pattern(
    r"\W{0,3}Save\s+\W{0,3}Cite\b|(?:\W{0,3}Cite\s+)?(?:Cited by \d|Related articles|All \d+ versions)"
)
# The same as the line that ends each of its results, in several languages.
_END_OF_RESULT = lazy_pattern(
    r"\W{0,3}(?:Save\s+\W{0,3}Cite|Speichern\s+\W{0,3}Zitieren|Enregistrer\s+\W{0,3}Citer|Guardar\s+\W{0,3}Citar"
    r"|Salvar\s+\W{0,3}Citar|Salva\s+\W{0,3}Cita|\u4fdd\u5b58\s+\W{0,3}\u5f15\u7528"
    r"|\uc800\uc7a5\s+\W{0,3}\uc778\uc6a9|\u0421\u043e\u0445\u0440\u0430\u043d\u0438\u0442\u044c\s+\W{0,3}\u0426\u0438\u0442"
    r"|Zapisz\s+\W{0,3}Cytuj|Kaydet\s+\W{0,3}Al\u0131nt|Cited by \d)"
)
_NUMBER_CUT = lazy_pattern(r"(arXiv)\s(?:preprint\s)?(?:arXiv\s?)?(?:\u2026|\.\.\.)\Z")
_END = lazy_pattern(r"This (?:message|alert) was sent|See all recommendations|Unsubscribe|Cancel alert|List alerts")

_LONGEST_TITLE = 3  # lines

_Block = list[tuple[int, str]]  # numbered lines between blank ones


def recognises(source: Source) -> bool:
    """Return whether a text is of Google Scholar and has a title above a line of authors, venue and year."""
    blocks = list(_blocks(source.head))
    is_known = _MARK.search(source.head) or any(_is_end(block[-1][1]) for block in blocks)
    return bool(is_known) and any(map(_byline_of, blocks))


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each title; what stands around them is boilerplate, or a problem where it leads to a paper."""
    for block in _blocks(source.text()):
        index = _byline_of(block)
        lost = [line for _, line in block if not index and (_paper_address(line) or _is_end(line))]
        if index:
            above = index - 1 if _is_end(block[-1][1]) else 0  # other buttons, and the title on a line of its own
            yield from (Boilerplate(number) for number, _ in block[:above])
            fields = _fields(block[above:], index - above)
            yield RawPaper(fields, source.path, block[above][0], len(block) - above)
        elif lost:
            what = f'"{shortened(block[0][1])}" stands without a line of authors, venue and year'
            yield Problem(
                source.path, block[0][0], what, "copy the alert as a whole", lines=len(block), records=len(lost)
            )
        else:
            yield Boilerplate(block[0][0], len(block))


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append((number, line.strip()))
        if block and (not line.strip() or _is_end(line.strip())):
            yield block
            block = []


def _is_end(line: str) -> bool:
    """Return whether a line holds the buttons that end a result of a search."""
    return _END_OF_RESULT.match(line) is not None


def _byline_of(block: _Block) -> int:
    """Return which line of a block tells authors, venue and year below its title, 0 for none."""
    lines = [line for _, line in block]
    if _END.match(lines[0]):
        return 0
    most = len(lines) if _is_end(lines[-1]) else _LONGEST_TITLE
    return next((index for index, line in enumerate(lines[1 : most + 1], 1) if _BYLINE.fullmatch(line)), 0)


def _fields(block: _Block, index: int) -> dict[str, object]:
    lines = [line for _, line in block]
    found = _BYLINE.fullmatch(lines[index])
    title = " ".join(_ADDRESS.sub("", line) for line in lines[:index])
    names = found["names"] if found else ""
    authors = [name.strip() for name in _CUT.sub("", names).split(",") if name.strip()]
    venue = _NUMBER_CUT.sub(r"\1", (found["venue"] or "").strip()) if found else ""
    url = next((url for line in lines if (url := _paper_address(line))), "")
    fields = {
        "title": " ".join(_KIND.sub("", title).split()),
        "authors": [*authors, *(["others"] if _CUT.search(names) else [])],
        "published": found["year"] if found else "",
        "arxiv": arxiv_in(venue) or arxiv_in(url),
        "venue": "" if arxiv_in(venue) else _CUT.sub("", venue),
        "abstract": " ".join(line for line in lines[index + 1 :] if not _is_no_text(line)),
        "links": {link_kind(url): url} if url else {},
    }
    return filled(fields)


def _is_no_text(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_ADDRESS, _END, _BUTTONS, _END_OF_RESULT))


def _paper_address(line: str) -> str:
    """Return the address of a paper in a line, out of Scholar's own that leads on to it; "" for none."""
    url = url_in(line) or ""
    asked = parse_qs(urlsplit(url).query).get("url", [""])[0] if "scholar.google" in url else url
    return asked if leads_to_paper(asked) else ""


READER = Reader(
    name="Google Scholar alert",
    about="an alert of Google Scholar, as mailed or copied from the mail, or the results of a search in it as copied",
    example="Google Scholar Alerts\n\n[PDF] A Paper\nF Last, B Roe - arXiv preprint arXiv:2605.01234, 2026\nWe show …",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
