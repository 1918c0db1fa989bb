"""Metadata of papers for scholarly programs: meta tags for Google Scholar and Zotero, JSON-LD, and COinS."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote_plus

import orjson
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from site_builder.papers.work_kind import WorkKind
from site_builder.render.citations.work import Work, arxiv_number, one_line, plain_line

_PLAIN = ":/,()!*;@"  # allowed in a query unescaped (RFC 3986 §3.4); escaping triples the size
_ALL_PLAIN = re.compile(rf"[\w.~ {re.escape(_PLAIN)}-]+", re.ASCII)
MAX_AUTHORS = 100  # in lists of papers; the page of a paper names all
NO_BREAK_SPACE = "\u00a0"
# Kind of work with a venue → its format and genre in OpenURL, and the key for the title of its venue.
_GENRES: Mapping[WorkKind, tuple[str, str, str]] = {
    WorkKind.ARTICLE: ("journal", "article", "rft.jtitle"),
    WorkKind.CONFERENCE: ("book", "proceeding", "rft.btitle"),
    WorkKind.CHAPTER: ("book", "bookitem", "rft.btitle"),
}

# Extension of a file next to a page → its media type and its name on the page.
CITATION_FORMATS: Mapping[str, tuple[str, str]] = {
    ".bib": ("application/x-bibtex", "BibTeX"),
    ".ris": ("application/x-research-info-systems", "RIS"),
    ".csl.json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
    ".md": ("text/markdown", "Markdown"),
}


def citation_meta(work: Work) -> list[tuple[str, str]]:
    """Return (name, content) of the `citation_*` tags of a paper's page (Google Scholar's inclusion guidelines).

    The abstract is not included, since it is in the page and would make it a tenth larger.
    Only `DC.type` lets reference managers distinguish a preprint, a book, or a report without an institution from an
    article.
    """
    paper, form = work.paper, work.form
    is_preprint = work.kind is WorkKind.PREPRINT
    tags = [
        ("DC.type", form.zotero),
        ("citation_title", work.title),
        *(("citation_author", name) for name in _tagged_names(work.names)),
        ("citation_publication_date", str(paper.published or "").replace("-", "/")),
        (form.venue_tag, work.venue),
        (form.publisher_tag, work.publisher),
        ("citation_volume", one_line(paper.volume or "")),
        ("citation_issue", one_line(paper.issue or "")),
        ("citation_firstpage", work.first),
        ("citation_lastpage", work.last),
        ("citation_doi", work.doi),
        ("citation_arxiv_id", paper.arxiv or ""),
        ("citation_technical_report_number", f"arXiv:{paper.arxiv}" if is_preprint and paper.arxiv else ""),
        ("citation_language", paper.language or ""),
        ("citation_public_url", one_line(work.url)),
        ("citation_pdf_url", work.pdf),
        *(("citation_keywords", plain_line(word)) for word in paper.keywords),
    ]
    return [(name, content) for name, content in tags if content]


def scholarly_article(work: Work) -> dict[str, object]:
    """Return a paper as a schema.org `ScholarlyArticle`, `Book` …, with only the fields that search engines use.

    Its address is the canonical URL of the page.
    """
    paper = work.paper
    article = {
        "@context": "https://schema.org",
        "@type": work.form.schema,
        "headline": work.title,
        "author": list(work.authors),
        "datePublished": str(paper.published or ""),
        "genre": "" if work.kind is WorkKind.DOCUMENT else work.kind,
        "version": paper.version,
        "inLanguage": paper.language,
        "identifier": [f"{name}:{value}" for name, value in _ids(work)],
    }
    return {name: value for name, value in article.items() if value}


def json_ld(value: object) -> Markup:
    """Return a value as JSON that is safe in HTML: `<`, `>`, `&` and `'` are written as `\\u003c` …

    It is for `<script type="application/ld+json">`, a data block that is never executed.
    """
    return htmlsafe_json_dumps(value, dumps=lambda data: orjson.dumps(data).decode())


def coins(work: Work) -> Markup:
    """Return the `title` of a `<span class="Z3988">`: the paper as an OpenURL ContextObject (Z39.88-2004, KEV).

    Values are quoted as in a URL, so nothing needs escaping, and no `&rft` is a character reference.
    """
    pairs = [("ctx_ver", "Z39.88-2004"), *_context_object(work)]
    return Markup("&".join([f"{key}={_quoted(value)}" for key, value in pairs if value]))  # noqa: S704 - quoted


def _quoted(value: str) -> str:
    return value.replace(" ", "+") if _ALL_PLAIN.fullmatch(value) else quote_plus(value, safe=_PLAIN)


def _context_object(work: Work) -> Iterator[tuple[str, str]]:
    """Yield key and value, which may be empty; a work without a venue is described in Dublin Core."""
    paper = work.paper
    yield from _what_it_is(work)
    yield "rft.pub", work.publisher
    yield "rft_id", f"info:doi/{work.doi}" if work.doi else ""
    yield "rft_id", f"info:arxiv/{arxiv_number(paper).removeprefix('arXiv:')}" if paper.arxiv else ""
    yield "rft_id", one_line(work.url)
    yield "rft.date", str(paper.published or "")
    for name in work.names[:MAX_AUTHORS]:
        yield "rft.au", name


def _what_it_is(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the kind of work, its title and its source."""
    paper = work.paper
    if work.kind not in _GENRES:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", work.form.zotero
        yield "rft.title", work.title
        yield "rft.source", work.venue
        return
    form, genre, title_of_venue = _GENRES[work.kind]
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield "rft.genre", genre
    yield "rft.atitle", work.title
    yield title_of_venue, work.venue
    yield "rft.volume", one_line(paper.volume or "")
    yield "rft.issue", one_line(paper.issue or "")
    yield "rft.pages", f"{work.first}-{work.last}" if work.last else work.first


def _tagged_names(names: Sequence[str]) -> Iterator[str]:
    """Yield names for `citation_author`; with `van der Berg, Jan Piet` as the only one, Zotero would see two people."""
    for name in names:
        family, comma, given = name.partition(", ")
        yield f"{family}{comma}{given.replace(' ', NO_BREAK_SPACE)}" if len(names) == 1 else name


def _ids(work: Work) -> Iterator[tuple[str, str]]:
    if work.paper.arxiv:
        yield "arXiv", work.paper.arxiv
    if work.doi:
        yield "DOI", work.doi
