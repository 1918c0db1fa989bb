"""BibTeX in UTF-8, for BibTeX, biber and reference managers: one entry for each paper."""

from functools import lru_cache

from site_builder.model.paper import Paper
from site_builder.names.person import PersonName, split_name
from site_builder.papers.language import OF_LATEX
from site_builder.papers.work_kind import WorkKind, server_of
from site_builder.render.citations.tex import tex, verbatim
from site_builder.render.citations.work import Work, as_written
from site_builder.sources.fields.written_date import MONTHS

_MONTHS = ("", *MONTHS)
_END = "\n}\n"
_OTHERS_OF_LATEX = {
    **{"en": "english", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "ru": "russian"},
    **{"nl": "dutch", "pl": "polish", "cs": "czech", "sv": "swedish", "da": "danish", "fi": "finnish", "el": "greek"},
    **{"tr": "turkish", "uk": "ukrainian", "ro": "romanian", "ca": "catalan", "hr": "croatian"},
}
_IN_LATEX = {tag: name for name, tag in reversed(list(OF_LATEX.items()))} | _OTHERS_OF_LATEX | {"pt-BR": "brazilian"}


def write_entry(key: str, work: Work) -> str:
    """Return an entry without the abstract, with each field on one line."""
    paper, form = work.paper, work.form
    is_preprint = work.kind is WorkKind.PREPRINT
    arxiv = verbatim(paper.arxiv or "")
    venue, publisher = as_written(paper, work.kind)
    if is_preprint:
        venue = "" if arxiv else server_of(paper)  # for arXiv `archiveprefix` names the server
    fields = {
        "title": tex(paper.title, is_title=True),
        "author": _authors(paper),
        form.venue: tex(venue or ""),
        "volume": tex(paper.volume or ""),
        "number": tex(paper.issue or ""),
        "pages": tex(f"{work.first}--{work.last}" if work.last else work.first),
        form.publisher: tex(publisher),
        **_date(paper),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "eprinttype": "arxiv" if arxiv else "",
        "primaryclass": verbatim(paper.categories[0]) if arxiv and paper.categories else "",
        "version": str(paper.version or ""),
        "pubstate": "prepublished" if is_preprint else "",
        "doi": verbatim(work.doi),
        "url": verbatim(work.url),
        **_language(paper),
        "keywords": _joined(paper.keywords),
    }
    lines = [f"  {name} = {_value(name, value)}" for name, value in fields.items() if value]
    return ",\n".join([f"@{form.bibtex}{{{key}", *lines]) + _END


def add_abstract(entry: str, paper: Paper) -> str:
    """Return the entry of a paper with its abstract as the last field."""
    abstract = tex(paper.abstract)
    return f"{entry.removesuffix(_END)},\n  abstract = {{{abstract}}}{_END}" if abstract else entry


def _value(name: str, value: str) -> str:
    """Return a field's value in BibTeX syntax; the month is a macro, which each style spells in its own way."""
    return value if name == "month" else f"{{{value}}}"


def _date(paper: Paper) -> dict[str, str]:
    if not paper.published:
        return {}
    date = paper.published
    return {"year": f"{date.year:04}", "month": _MONTHS[date.month], "day": str(date.day or "")}


def _language(paper: Paper) -> dict[str, str]:
    """Return the language by its BibLaTeX name, for hyphenation, or as a tag if LaTeX does not know it (as Zotero)."""
    tag = paper.language or ""
    latex = _IN_LATEX.get(tag, "")
    return {"langid": latex, "language": "" if latex else tag}


def _authors(paper: Paper) -> str:
    names = [_author(name, paper.name_parts.get(name)) for name in paper.authors]
    if names and paper.lacks_authors:
        names.append("others")
    return " and ".join(filter(None, names))


@lru_cache(maxsize=65_536)
def _author(name: str, known: PersonName | None) -> str:
    """Return `Last, First` or `Last, Jr., First`; a group's name in braces, so that it stays whole."""
    parts = known or split_name(name)
    if parts.stands_whole:
        return f"{{{tex(name)}}}"
    if not parts.can_invert:
        return tex(name)
    return tex(", ".join(part for part in (parts.last, parts.suffix, parts.given) if part))


def _joined(words: tuple[str, ...]) -> str:
    return tex(("; " if any("," in word for word in words) else ", ").join(words))
