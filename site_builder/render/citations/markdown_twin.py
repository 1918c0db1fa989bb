"""The Markdown twin of a day, for people who read plain text, for programs, and for our own Markdown reader."""

import re
from collections.abc import Callable, Iterator

from site_builder.languages import ENGLISH, Words
from site_builder.model.catalogue import Day
from site_builder.model.paper import Paper
from site_builder.papers.clean import strip_controls
from site_builder.papers.work_kind import BIBTEX_WORDS, citable_doi, kind_of
from site_builder.render.citations.work import one_line
from site_builder.sources.fields.paper_fields import LINK_KINDS
from site_builder.urls import paper_path

_TITLE_LINKS = ("page", "abs", "doi", "html", "pdf")
# Line beginnings that start a Markdown block, or a record of another format that our readers detect.
_BLOCK = re.compile(r"\A(?:[#>*+=|~`@-]|\d+(?=[.)])|[A-Z](?=[A-Z0-9] -))")
_HASHES_LAST = re.compile(r"#(?=#*\Z)")  # Markdown drops them at the end of a heading
# Characters with a meaning in Markdown, or in our list of names → similar characters.
_IN_NAMES = str.maketrans("<>[];{}", "‹›(),()")
# The beginning of a Liquid tag; Jekyll, which some hosts run on files with front matter, would stop there.
_LIQUID = re.compile(r"\{(?=[{%])")
_ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")


def write_day(day: Day, address: Callable[[str], str] = str, words: Words = ENGLISH) -> str:
    """Return a day: front matter with its date, the editor's note, the contents by section, and every paper.

    The note and the contents come before the first `## Title`, where our reader looks for no papers.
    address: returns the link for an output path.
    """
    head = ["---", f"listed: {day.date.isoformat()}", "---", "", f"# {words.long_day(day.date)}"]
    if day.note:
        lines = strip_controls(day.note.markdown).strip().splitlines()
        title = [f"**{_inline(day.note.title)}**", *([""] if lines else [])] if day.note.title else []
        head += ["", *(f"> {line}".rstrip() for line in [*title, *lines])]
    if day.papers:
        head += ["", *_contents(day, address, words)]
    papers = [paper for section in day.sections for paper in section.papers]
    text = "\n".join([*head, *(f"\n{_paper(paper)}" for paper in papers), ""])
    return _LIQUID.sub("&#123;", text)


def _contents(day: Day, address: Callable[[str], str], words: Words) -> Iterator[str]:
    for section in day.sections:
        yield f"- {_block(section.term.name) if section.term else words.gettext('Other papers')}"
        for paper in section.papers:
            yield f"  - [{_inline(paper.title)}](../{address(paper_path(paper.id))})"


def _paper(paper: Paper) -> str:
    """Return `## [Title](url)`, a bullet for each known field, and the abstract."""
    links = dict(paper.web_links)
    kind = next((kind for kind in _TITLE_LINKS if kind in links), "")
    title = _inline(paper.title)
    heading = f"[{title}]({_target(links.pop(kind))})" if kind else _HASHES_LAST.sub("&#35;", title)
    bullets = [f"- {name}: {value}" for name, value in _fields(paper) if value]
    bullets += [f"- {name}: {_address(links[name])}" for name in LINK_KINDS if name in links]
    abstract = [_block(paragraph) for paragraph in paper.abstract.split("\n\n") if paragraph.strip()]
    return "\n\n".join(["\n".join([f"## {heading}", *bullets]), *abstract])


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield (key of our Markdown reader, value on one line)."""
    yield "authors", _names(paper.authors) + ("; et al." if paper.has_more_authors else "")
    is_longer = (paper.author_count or 0) > len(paper.authors)
    yield "author_count", str(paper.author_count) if is_longer else ""
    yield "organization", _inline(paper.organization or "")
    yield "published", str(paper.published or "")
    yield "arxiv", paper.arxiv or ""
    yield "version", str(paper.version or "")
    doi = one_line(citable_doi(paper))
    yield "doi", _target(doi) if "](" in doi else doi  # real DOIs contain brackets, but no link
    for name in ("venue", "volume", "issue", "pages", "publisher", "language", "comment", "submitter"):
        yield name, _inline(getattr(paper, name) or "")
    yield "kind", BIBTEX_WORDS.get(kind_of(paper)) or _inline(paper.kind or "")
    for name in ("categories", "tags", "keywords"):
        yield name, ", ".join(_inline(word) for word in getattr(paper, name))
    for name in ("upvotes", "comments", "stars"):
        count = getattr(paper, name)
        yield name, "" if count is None else str(count)
    yield "image", _address(paper.image or "")
    for name, value in (("editor_summary", paper.summary), ("note", paper.note), ("section", paper.section)):
        yield name, _inline(value)
    yield "ai_summary", _inline(paper.ai_summary)


def _names(names: tuple[str, ...]) -> str:
    """Return names separated by semicolons, without entities; braces keep a comma from inverting a name."""
    written = [one_line(name).translate(_IN_NAMES) for name in names]
    is_odd = any("," in name or " and " in name for name in written)
    joined = "; ".join(f"{{{name}}}" if "," in name else name for name in written).replace("; {", ";{")
    joined = joined.replace("{%", "{％")  # a Liquid tag; entities are not possible here
    return f"{joined};" if is_odd and len(written) == 1 else joined


def _inline(text: str) -> str:
    """Return text on one line that no renderer reads as a tag, a link or an entity."""
    text = _ENTITY_LIKE.sub("&amp;", one_line(text))
    return text.replace("<", "&lt;").replace("[", "&#91;").replace("]", "&#93;")


def _block(text: str) -> str:
    """Return a paragraph that cannot begin any other kind of block."""
    return _BLOCK.sub(_as_entity, _inline(text))


def _as_entity(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}&#{ord(found[0][-1])};"


def _target(url: str) -> str:
    return _address(url).replace("(", "%28").replace(")", "%29")


def _address(url: str) -> str:
    """Return an address that contains no Markdown link, picture or Liquid tag."""
    return _LIQUID.sub("%7B", one_line(url).replace("[", "%5B").replace("]", "%5D"))
