"""Mails of NEP (New Economics Papers), as sent or copied: a table of contents, then numbered papers with labels."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, filled
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.identifiers import link_kind, url_in
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_MARK = lazy_pattern(r"^(?:\s*nep\.repec\.org\s*$|.*\bNEP: New Economics Papers|Subject: \[nep-)", re.MULTILINE)
_PAPER = lazy_pattern(r"(?P<number>\d{1,3})\.\s+(?P<title>\S.*)")
_LABEL = lazy_pattern(
    r"(?P<name>Date|By|Authors?|URL|Keywords?|JEL|Abstract|Classification-JEL):[ \t]*(?P<text>.*)", re.I
)
_RULE = lazy_pattern(r"[-=_+*]{4,}\s*")
_TRAILING_BRACKETS = lazy_pattern(r"(?<!\s)\s*+\([^()]*+\)?\s*+\Z")
_AUTHOR_LABELS = frozenset({"by", "author", "authors"})
_DATE = lazy_pattern(r"\d{4}(?:-\d\d){0,2}(?!\d)")


def recognises(source: Source) -> bool:
    """Return whether a text is from NEP and has a numbered paper with a URL."""
    if not _MARK.search(source.head):
        return False
    return any("URL" in labels for _, _, labels in map(_labelled, _blocks(source.head.split("\n"))))


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each numbered paper with a URL; the other items are boilerplate."""
    blocks = list(map(_labelled, _blocks(source.text().split("\n"))))
    titles = {title for _, title, labels in blocks if "URL" in labels}
    for start, title, labels in blocks:
        count = sum(map(len, labels.values())) + 1
        if "URL" in labels:
            yield RawPaper(_fields(title, labels), source.path, start)
        elif title not in titles and {"Keywords", "By"} & labels.keys():
            what = f'"{shortened(title)}" has no line `URL:`'
            yield Problem(source.path, start, what, "copy the mail as a whole; it is left out", records=1)
        else:
            yield Boilerplate(start, count)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the first line, lines) of each numbered item, which ends at the next one or at a rule."""
    start, block = 0, list[str]()
    for number, line in enumerate([*lines, "----"], 1):
        begins = _PAPER.fullmatch(line.rstrip())
        if (begins or _RULE.fullmatch(line)) and block:
            yield start, block
            block = []
        if begins or block:
            start = start if block else number
            block.append(line.rstrip())


def _labelled(numbered: tuple[int, list[str]]) -> tuple[int, str, dict[str, list[str]]]:
    """Return the first line's number, the title, and label → lines of an item.

    Lines without a label belong to the one above. After `Date:`, `URL:` or a blank line they are the abstract; indented
    lines right below the title are names.
    """
    start, (first, *lines) = numbered
    found = _PAPER.fullmatch(first)
    title, labels, name = found["title"].strip() if found else first, dict[str, list[str]](), ""
    for line in lines:
        label = _LABEL.match(line)
        if label:
            name = _name_of(label["name"])
            labels.setdefault(name, []).append(label["text"])
            name = "Abstract" if name in ("URL", "Date") else name
        elif not line.strip():
            name = "" if name != "Abstract" else name
            labels.setdefault("Abstract", []).append("")
        elif not name and line[:1] in " \t" and not labels.get("By") and not "".join(labels.get("Abstract", [])):
            name = "By"
            labels.setdefault(name, []).append(line)
        else:
            labels.setdefault(name or "Abstract", []).append(line)
    return start, title, labels


def _name_of(label: str) -> str:
    if label.casefold() in _AUTHOR_LABELS:
        return "By"
    return next((name for name in ("Date", "URL", "Keywords", "Abstract") if name[:4] == label[:4]), "JEL")


def _fields(title: str, labels: dict[str, list[str]]) -> dict[str, object]:
    url = url_in(" ".join(labels["URL"])) or ""
    names = [_TRAILING_BRACKETS.sub("", part) for line in labels.get("By", []) for part in line.split(";")]
    dated = _DATE.match(" ".join(labels.get("Date", [""])).strip())
    paragraphs = "\n".join(labels.get("Abstract", [])).strip().split("\n\n")
    fields = {
        "title": title,
        "authors": [name.strip() for name in names if name.strip()],
        "published": written_date(dated[0]) if dated else "",
        "abstract": "\n\n".join(" ".join(part.split()) for part in paragraphs if part.strip()),
        "keywords": [
            word.strip() for text in labels.get("Keywords", []) for word in re.split("[;,]", text) if word.strip()
        ],
        "links": {link_kind(url): url} if url else {},
    }
    return filled(fields)


READER = Reader(
    name="NEP mail",
    about="a mail of NEP (New Economics Papers, RePEc), as mailed or copied",
    example="nep.repec.org\n\n1. A Paper\nDate: 2026-05-27\nBy: First Last (A Place)\nURL: http://d.repec.org/…\nWe …",
    recognises=recognises,
    read=read,
)
