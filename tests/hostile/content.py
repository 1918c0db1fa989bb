"""A whole content folder whose every string is hostile: lists, notes, pages, vocabulary, settings, file names."""

import re
from pathlib import Path

from tests.hostile.lists import FORMATS
from tests.hostile.outputs import FORBIDDEN
from tests.hostile.taking import DAYS, Next, arxiv_id, one_line, taking
from tests.hostile.text_lists import flow

PAPERS = 8  # of one format in one folder


def write_hostile_content(folder: Path, texts: list[str], papers: int = PAPERS) -> None:
    """Write a content folder that takes its strings from `texts` in turn; the shape depends on `papers` alone."""
    take = taking(texts)
    for number, (name, write) in enumerate(FORMATS.items()):
        _write(folder / "papers" / f"{_file_name(take())}{number}" / name, write(take, range(1, papers + 1)))
    for day in DAYS:
        body = "\n\n".join(take() for _ in range(8))
        _write(folder / "notes" / f"{day}.md", f"---\ntitle: {quoted(take())}\n---\n{body}")
    for number in range(3):
        front = f"title: {quoted(take())}\ndescription: {quoted(take())}\nslug: {quoted(f'{take()} {number}')}"
        body = "\n\n".join(take() for _ in range(8))
        _write(folder / "pages" / f"{_file_name(take())}{number}.md", f"---\n{front}\n---\n{body}")
    tags = "".join(_tag(take, number) for number in range(6))
    _write(folder / "tags.yaml", f"tags:\n{tags}")
    _write(
        folder / "site.yaml",
        f"title: {quoted(take())}\ntagline: {quoted(take())}\nbase_url: https://digest.example\n"
        "exports: [bib, ris, csl, md]\neditions: {daily: {}, weekly: {abstracts: 3}, monthly: {sections: list}}\n"
        f"author:\n  name: {quoted(take())}\nnewsletter:\n  postal_address: {quoted(take())}\n",
    )
    _write(folder / "desk.yaml", _desk(take, papers))


def quoted(text: str) -> str:
    """Return a text as YAML in double quotes; what no YAML may hold is left out, for it would stop the build."""
    return flow(one_line(text))


def _tag(take: Next, number: int) -> str:
    return (
        f"- name: {quoted(f'{take()} {number}')}\n  description: {quoted(take())}\n"
        f"  aliases: [{quoted(take())}]\n  patterns: [{quoted(take())}, words, t{number}]\n"
    )


def _desk(take: Next, papers: int) -> str:
    """Return what an editor says of papers, days, a week and a month, in every key that holds words."""
    own = ("title", "summary", "note", "section", "image", "lead")
    entries = {
        arxiv_id(number, shelf): {own[(number + shelf) % len(own)]: take(), "note": take()}
        for shelf in (0, 1, 4, 8)
        for number in range(1, papers + 1)
    }
    days = {day: {key: take() for key in ("subject", "preheader", "sponsor", "footer")} for day in DAYS}
    periods = {
        name: {key: take() for key in ("title", "subject", "preheader", "note", "sponsor", "footer")}
        for name in ("2026-W22", "2026-05")
    }
    return flow({"papers": entries, "days": days, "editions": periods})


def _file_name(text: str) -> str:
    """Return what a list may be called: no slash, no control, at most 150 bytes, not hidden; any sign besides."""
    name = re.sub(r"/", "", FORBIDDEN.sub("", " ".join(text.split())))
    return f"n{name.encode()[:150].decode(errors='ignore')}"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.replace("\0", "").encode("utf-8", "replace"))
