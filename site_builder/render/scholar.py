"""What a page tells scholars' programs: meta tags for Google Scholar and Zotero, JSON-LD, and COinS."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

import orjson
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from site_builder.model.paper import Paper
from site_builder.names.person import PersonName
from site_builder.papers.work_kind import WorkKind, citable_doi, kind_of
from site_builder.render.citations.work import (
    arxiv_number,
    first_and_last_page,
    form_of,
    one_line,
    people_of,
    plain_line,
    url_of,
    venue_and_publisher,
)

_PLAIN = ":/,()!*;@"  # what a query may hold as it is (RFC 3986 §3.4); escaped it weighs three times as much
_ALL_PLAIN = re.compile(rf"[\w.~ {re.escape(_PLAIN)}-]+", re.ASCII)
MOST_AUTHORS = 100  # in a list of papers; the page of a paper names them all
NO_BREAK_SPACE = "\u00a0"
# Kind of work with a venue → its format and genre in OpenURL, and the key for the title of its venue.
_GENRES: Mapping[WorkKind, tuple[str, str, str]] = {
    WorkKind.ARTICLE: ("journal", "article", "rft.jtitle"),
    WorkKind.CONFERENCE: ("book", "proceeding", "rft.btitle"),
    WorkKind.CHAPTER: ("book", "bookitem", "rft.btitle"),
}

# Ending of a file next to a page → its media type, and its name on the page.
CITATION_FORMATS: Mapping[str, tuple[str, str]] = {
    ".bib": ("application/x-bibtex", "BibTeX"),
    ".ris": ("application/x-research-info-systems", "RIS"),
    ".csl.json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
    ".md": ("text/markdown", "Markdown"),
}


def citation_meta(paper: Paper) -> list[tuple[str, str]]:
    """Return (name, content) of the `citation_*` tags of a paper's page (Google Scholar's inclusion guidelines).

    The abstract is none of them: it is the text of the page, which would weigh a tenth more with it.
    Only `DC.type` tells reference managers a preprint, a book or a report without an institution from an article.
    """
    form = form_of(paper)
    first, last = first_and_last_page(paper)
    venue, publisher = venue_and_publisher(paper)
    is_preprint = kind_of(paper) is WorkKind.PREPRINT
    tags = [
        ("DC.type", form.zotero),
        ("citation_title", plain_line(paper.title)),
        *(("citation_author", name) for name in _tagged_names(people_of(paper))),
        ("citation_publication_date", str(paper.published or "").replace("-", "/")),
        (form.venue_tag, venue),
        (form.publisher_tag, publisher),
        ("citation_volume", one_line(paper.volume or "")),
        ("citation_issue", one_line(paper.issue or "")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", one_line(citable_doi(paper))),
        ("citation_arxiv_id", paper.arxiv or ""),
        ("citation_technical_report_number", f"arXiv:{paper.arxiv}" if is_preprint and paper.arxiv else ""),
        ("citation_language", paper.language or ""),
        ("citation_public_url", one_line(url_of(paper))),
        ("citation_pdf_url", one_line(paper.web_links.get("pdf", ""))),
        *(("citation_keywords", plain_line(word)) for word in paper.keywords),
    ]
    return [(name, content) for name, content in tags if content]


def scholarly_article(paper: Paper) -> dict[str, object]:
    """Return a paper as a schema.org `ScholarlyArticle`, `Book` …, with no more than search engines look for.

    Its address is the canonical one of the page.
    """
    kind = kind_of(paper)
    article = {
        "@context": "https://schema.org",
        "@type": form_of(paper).schema,
        "headline": plain_line(paper.title),
        "author": [one_line(name) for name in paper.authors],
        "datePublished": str(paper.published or ""),
        "genre": "" if kind is WorkKind.DOCUMENT else kind,
        "version": paper.version,
        "inLanguage": paper.language,
        "identifier": [f"{name}:{value}" for name, value in _ids(paper)],
    }
    return {name: value for name, value in article.items() if value}


def json_ld(value: object) -> Markup:
    """Return a value as JSON that no parser of HTML takes for markup: `<`, `>`, `&` and `'` as `\\u003c` …

    It belongs into `<script type="application/ld+json">`, a block of data that is never run.
    """
    return htmlsafe_json_dumps(value, dumps=lambda data: orjson.dumps(data).decode())


def coins(paper: Paper) -> Markup:
    """Return the `title` of a `<span class="Z3988">`: the paper as an OpenURL ContextObject (Z39.88-2004, KEV).

    Its values are quoted for an address, which leaves nothing to escape, and no `&rft` is a character reference.
    """
    pairs = [("ctx_ver", "Z39.88-2004"), *_context_object(paper)]
    return Markup("&".join([f"{key}={_quoted(value)}" for key, value in pairs if value]))  # noqa: S704 - quoted


def _quoted(value: str) -> str:
    return value.replace(" ", "+") if _ALL_PLAIN.fullmatch(value) else quote_plus(value, safe=_PLAIN)


def _context_object(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield key and value, which may be empty; a work without a venue is described in Dublin Core."""
    venue, publisher = venue_and_publisher(paper)
    yield from _work(paper, venue)
    yield "rft.pub", publisher
    doi = one_line(citable_doi(paper))
    yield "rft_id", f"info:doi/{doi}" if doi else ""
    yield "rft_id", f"info:arxiv/{arxiv_number(paper).removeprefix('arXiv:')}" if paper.arxiv else ""
    yield "rft_id", one_line(url_of(paper))
    yield "rft.date", str(paper.published or "")
    for name in people_of(paper)[:MOST_AUTHORS]:
        yield "rft.au", name.first_last


def _work(paper: Paper, venue: str) -> Iterator[tuple[str, str]]:
    """Yield what the work is, with its title and where it stands."""
    kind, title = kind_of(paper), plain_line(paper.title)
    if kind not in _GENRES:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", form_of(paper).zotero
        yield "rft.title", title
        yield "rft.source", venue
        return
    form, genre, title_of_venue = _GENRES[kind]
    first, last = first_and_last_page(paper)
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield "rft.genre", genre
    yield "rft.atitle", title
    yield title_of_venue, venue
    yield "rft.volume", one_line(paper.volume or "")
    yield "rft.issue", one_line(paper.issue or "")
    yield "rft.pages", f"{first}-{last}" if last else first


def _tagged_names(names: list[PersonName]) -> Iterator[str]:
    """Yield names for `citation_author`; in `van der Berg, Jan Piet`, as the only one, Zotero sees two people."""
    for name in (each.first_last for each in names):
        family, comma, given = name.partition(", ")
        yield f"{family}{comma}{given.replace(' ', NO_BREAK_SPACE)}" if len(names) == 1 else name


def _ids(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.arxiv:
        yield "arXiv", paper.arxiv
    if doi := one_line(citable_doi(paper)):
        yield "DOI", doi
