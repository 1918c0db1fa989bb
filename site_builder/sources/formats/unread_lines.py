"""Report lines of curated Markdown that no paper was read from, though they link to papers or read like titles."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, zip_longest

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.identifiers import ids_in
from site_builder.sources.fields.markdown_text import links_in, links_to_paper, plain_text, without_signs
from site_builder.sources.fields.title_text import looks_like_title
from site_builder.sources.formats.markdown_sections import Line, indent_of
from site_builder.sources.formats.paper_body import has_label
from site_builder.sources.formats.paper_bullet import BULLET, is_key_value
from site_builder.sources.formats.paper_row import split_row

_IN_HTML = lazy_pattern(r"<(?:t[dhr]|d[td]|p|div|h[1-6])\b", re.IGNORECASE)
_BEGINS_LIST = lazy_pattern(r"\s*[-*+|<]")  # also a table
_FEWEST_WORDS, _MOST_WORDS = 3, 30  # words of a bullet that may be a title


def with_unread_reported(items: Iterator[Item], path: str, lines: list[Line]) -> Iterator[Item]:
    """Yield the items unchanged, then problems for lines that no paper was read from but that may name one."""
    others: set[int] = set()
    papers: set[int] = set()
    known: set[str] = set()
    for item in items:
        yield item
        if isinstance(item, Boilerplate):
            others.add(item.line)
        elif isinstance(item, RawPaper):
            known |= _ids_of(item)
            papers.add(item.line)
    yield from _unread_links([line for line in lines if line.number in others and not line.is_code], path, known)
    yield from _unread_titles(lines, path, papers, others)


def _unread_links(left_out: Sequence[Line], path: str, known: set[str]) -> Iterator[Problem]:
    """Yield one problem for all unread lines that link to papers, if any. known: ids and URLs of the papers read."""
    lost = [line for line in left_out if links_to_paper(line.text) and not _links_only_to_known(line.text, known)]
    if lost:
        in_html = " in HTML" if all(_IN_HTML.search(line.text) for line in lost) else ""
        what = f"lines{in_html} that link to papers are not read: {len(lost):,}"
        yield Problem(path, lost[0].number, what, "write each paper as `- [Title](link)`, or as CSV", records=len(lost))


def _unread_titles(lines: Sequence[Line], path: str, papers: set[int], others: set[int]) -> Iterator[Problem]:
    """Yield a problem for each unread title among papers, and one for all other lines that read like titles.

    The latter are reported if they outnumber the papers, otherwise only those in lists with papers.
    papers, others: numbers of the lines that begin a paper, and of the unread ones.
    """
    read = [line for line in lines if line.number in papers or line.number in others]
    few = list(_titles_among_papers(read, papers))
    few += [line for line in _titles_above_remarks(lines) if line.number in others]
    for line in few:
        what = f'"{shortened(_text_of(line))}" stands among papers and is not read'
        remedy = "write it as `- [Title](link)`, or put the title between quotes"
        yield Problem(path, line.number, what, remedy, records=1)
    numbers = {line.number for line in few}
    lone = [line for line in _lone_titles(lines, others) if line.number not in numbers]
    many = lone if len(lone) > len(papers) else _next_to_papers(lone, read, papers)
    if len(many) > 1:
        what = f'lines that read like titles are not read: {len(many):,}, as "{shortened(_text_of(many[0]))}"'
        remedy = "give each paper a link, an id, its authors, or its venue and year: `- Title (ICML 2026)`"
        yield Problem(path, many[0].number, what, remedy, records=len(many))


def _titles_among_papers(lines: Sequence[Line], papers: Collection[int]) -> Iterator[Line]:
    """Yield unread bullets that read like titles and have no link, in lists in which at least half are papers.

    lines: those that begin a paper, and the unread ones. papers: numbers of the former.
    """
    for is_bullet, run in groupby(lines, key=lambda line: bool(BULLET.fullmatch(line.text))):
        bullets = list(run) if is_bullet else []
        rest = [line for line in bullets if line.number not in papers]
        if len(rest) <= len(bullets) - len(rest) and len({indent_of(line.text) for line in bullets}) == 1:
            yield from (line for line in rest if _is_plain_title(_text_of(line)))


def _lone_titles(lines: Sequence[Line], others: Collection[int]) -> Iterator[Line]:
    """Yield the unread lines that read like titles and have neither a link nor a list below them."""
    for line, below in zip_longest(lines, lines[1:]):
        if line.number not in others or line.is_code or not _reads_like_title(line):
            continue
        if line.heading:
            is_leaf = below is not None and not below.heading and not _BEGINS_LIST.match(below.text)
        else:
            is_leaf = below is None or bool(below.heading) or indent_of(below.text) <= indent_of(line.text)
        if is_leaf:
            yield line


def _next_to_papers(titles: Sequence[Line], lines: Sequence[Line], papers: Collection[int]) -> list[Line]:
    """Return the titles that are bullets of a list with a paper at the same indentation.

    lines, papers: as for `_titles_among_papers`.
    """
    numbers = {line.number for line in titles}
    found: list[Line] = []
    for is_bullet, run in groupby(lines, key=lambda line: bool(BULLET.fullmatch(line.text))):
        bullets = list(run) if is_bullet else []
        indents = {indent_of(line.text) for line in bullets if line.number in papers}
        found += [line for line in bullets if line.number in numbers and indent_of(line.text) in indents]
    return found


def _reads_like_title(line: Line) -> bool:
    text = _text_of(line)
    return len(text.split()) >= _FEWEST_WORDS and looks_like_title(text) and not links_in(line.text)


def _text_of(line: Line) -> str:
    """Return the plain text of a line's first cell, bullet or heading, or of the line itself."""
    bullet = BULLET.fullmatch(line.text)
    cells = split_row(line.text) if line.text.lstrip().startswith("|") else []
    text = cells[0] if cells else bullet["text"] if bullet else line.heading or line.text
    return without_signs(plain_text(text)).strip(" []*")


def _titles_above_remarks(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that begin a paragraph and read like a title above a remark with a label."""
    for above, line, below in zip([None, *lines], lines, lines[1:], strict=False):
        begins = above is None or above.heading or above.number + 1 < line.number
        is_prose = begins and below.number == line.number + 1 and not (line.heading or line.is_code or below.is_code)
        if is_prose and is_title_above(line.text, below.text):
            yield line


def is_title_above(text: str, below: str) -> bool:
    """Return whether a line reads like a title and the next one is a labelled remark: `Mia: worth a look`."""
    label = plain_text(below).partition(":")[0]
    is_remark = has_label(below) and label[:1].isupper() and len(label.split()) < _FEWEST_WORDS
    is_plain = not (BULLET.fullmatch(text) or BULLET.fullmatch(below))
    return is_plain and is_remark and looks_like_title(plain_text(text).strip())


def _is_plain_title(text: str) -> bool:
    """Return whether a text may be a title: it has 3 to 30 words and a capital, but no link, label or full stop."""
    words = text.split()
    is_sized = _FEWEST_WORDS <= len(words) <= _MOST_WORDS
    return is_sized and text[0].isupper() and not links_in(text) and not is_key_value(text) and text[-1] not in ".:;,"


def _ids_of(paper: RawPaper) -> set[str]:
    """Return the URLs and ids of a paper."""
    links = paper.fields.get("links")
    values = [*(links.values() if isinstance(links, dict) else ()), paper.fields.get("arxiv"), paper.fields.get("doi")]
    texts = [str(value) for value in values if value]
    return {*texts, *(found for text in texts for found in ids_in(text).values())}


def _links_only_to_known(line: str, known: set[str]) -> bool:
    """Return whether all links to papers in a line lead to known ones."""
    urls = [link.url for link in links_in(line) if links_to_paper(f"<{link.url}>")]
    return all(not known.isdisjoint({url, *ids_in(url).values()}) for url in urls)
