"""What a page tells scholars' programs: meta tags for Google Scholar and Zotero, JSON-LD, and COinS."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

import orjson
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from site_builder.names.person import PersonName, parts_of
from site_builder.papers.paper import Paper
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
from site_builder.urls import paper_path

_PLAIN = ":/,()!*;@"  # what a query may hold as it is (RFC 3986 §3.4); escaped it weighs three times as much
_ALL_PLAIN = re.compile(rf"[\w.~ {re.escape(_PLAIN)}-]+", re.ASCII)
NO_BREAK_SPACE = "\u00a0"
# Kind of work with a venue → its format and genre in OpenURL, and the key for the title of its venue.
_GENRES: Mapping[WorkKind, tuple[str, str, str]] = {
    WorkKind.ARTICLE: ("journal", "article", "rft.jtitle"),
    WorkKind.CONFERENCE: ("book", "proceeding", "rft.btitle"),
    WorkKind.CHAPTER: ("book", "bookitem", "rft.btitle"),
}
_SCHEMA_OF_VENUE: Mapping[WorkKind, str] = {WorkKind.ARTICLE: "Periodical", WorkKind.CHAPTER: "Book"}
Permalink = Callable[[str], str]

# Ending of a file beside a page → its media type, and its name on the page.
CITATION_FORMATS: Mapping[str, tuple[str, str]] = {
    ".bib": ("application/x-bibtex", "BibTeX"),
    ".ris": ("application/x-research-info-systems", "RIS"),
    ".csl.json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
    ".md": ("text/markdown", "Markdown"),
}


def citation_meta(paper: Paper, permalink: Permalink) -> list[tuple[str, str]]:
    """Return (name, content) of the `citation_*` tags of a paper's page (Google Scholar's inclusion guidelines).

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
        ("citation_abstract_html_url", permalink(paper_path(paper.id))),
        ("citation_public_url", one_line(url_of(paper))),
        ("citation_pdf_url", one_line(paper.web_links.get("pdf", ""))),
        *(("citation_keywords", plain_line(word)) for word in paper.keywords),
        ("citation_abstract", plain_line(paper.abstract)),
    ]
    return [(name, content) for name, content in tags if content]


def scholarly_article(paper: Paper, permalink: Permalink) -> dict[str, Any]:
    """Return a paper as a schema.org `ScholarlyArticle`, `Book` …; not what is unknown, nor what meta tags hold."""
    url = permalink(paper_path(paper.id))
    links = paper.web_links
    kind = kind_of(paper)
    venue, publisher = venue_and_publisher(paper)
    article = {
        "@context": "https://schema.org",
        "@type": form_of(paper).schema,
        "@id": url,
        "url": url,
        "name": plain_line(paper.title),
        "headline": plain_line(paper.title),
        "author": [_author(name, paper.name_parts) for name in map(one_line, paper.authors)],
        "datePublished": str(paper.published or ""),
        "genre": "" if kind is WorkKind.DOCUMENT else kind,
        "version": paper.version,
        "keywords": [plain_line(word) for word in paper.keywords],
        "identifier": [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in _ids(paper)],
        "sameAs": [links[kind] for kind in ("abs", "doi", "page") if kind in links],
        "isPartOf": _venue(kind, venue),
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "pagination": one_line(paper.pages or ""),
        "encoding": _encoding(links.get("pdf")),
    }
    return {name: value for name, value in article.items() if value}


def item_list(papers: Iterable[Paper], permalink: Permalink) -> dict[str, Any]:
    """Return the papers of a page, in its order, as a schema.org `ItemList` of their own pages."""
    items = [
        {"@type": "ListItem", "position": place, "url": permalink(paper_path(paper.id))}
        for place, paper in enumerate(papers, 1)
    ]
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "numberOfItems": len(items),
        "itemListElement": items,
    }


def json_ld(value: Any) -> Markup:
    """Return a value as JSON that no parser of HTML takes for markup: `<`, `>`, `&` and `'` as `\\u003c` …

    It belongs into `<script type="application/ld+json">`, a block of data that is never run.
    """
    return htmlsafe_json_dumps(value, dumps=lambda data: orjson.dumps(data).decode())


def coins(paper: Paper) -> str:
    """Return the `title` of a `<span class="Z3988">`: the paper as an OpenURL ContextObject (Z39.88-2004, KEV).

    The text is to be escaped as every attribute is.
    """
    pairs = [("ctx_ver", "Z39.88-2004"), *_context_object(paper)]
    return "&".join([f"{key}={_quoted(value)}" for key, value in pairs if value])


def _quoted(value: str) -> str:
    return value.replace(" ", "+") if _ALL_PLAIN.fullmatch(value) else quote_plus(value, safe=_PLAIN)


def _context_object(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield key and value, which may be empty; a work without a venue is told in Dublin Core."""
    venue, publisher = venue_and_publisher(paper)
    yield from _work(paper, venue)
    yield "rft.pub", publisher
    doi = one_line(citable_doi(paper))
    yield "rft_id", f"info:doi/{doi}" if doi else ""
    yield "rft_id", f"info:arxiv/{arxiv_number(paper).removeprefix('arXiv:')}" if paper.arxiv else ""
    yield "rft_id", one_line(url_of(paper))
    yield "rft.date", str(paper.published or "")
    for name in people_of(paper):
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


def _author(name: str, known: Mapping[str, PersonName]) -> dict[str, str]:
    return {"@type": "Organization" if parts_of(name, known).is_group else "Person", "name": name}


def _ids(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.arxiv:
        yield "arXiv", paper.arxiv
    if doi := one_line(citable_doi(paper)):
        yield "DOI", doi


def _venue(kind: WorkKind, venue: str) -> dict[str, str] | None:
    return {"@type": _SCHEMA_OF_VENUE.get(kind, "CreativeWork"), "name": venue} if venue else None


def _encoding(pdf: str | None) -> dict[str, str] | None:
    return {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf} if pdf else None
