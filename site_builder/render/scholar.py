"""What a page tells scholars' programs: meta tags for Google Scholar and Zotero, JSON-LD, and COinS."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

import orjson
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from site_builder.papers.paper import Paper
from site_builder.papers.person_name import split_name
from site_builder.render.citations.work import (
    ARTICLE,
    CONFERENCE,
    PREPRINT,
    doi_of,
    first_and_last_page,
    kind_of,
    one_line,
    plain_line,
    url_of,
)
from site_builder.urls import paper_path

_MOST_AUTHORS = 20  # of a paper among others; a few papers have hundreds, on every list that names them
_PLAIN = ":/,()!*;@"  # what a query may hold as it is (RFC 3986 §3.4); escaped it weighs three times as much
_ALL_PLAIN = re.compile(rf"[\w.~ {re.escape(_PLAIN)}-]+", re.ASCII)
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

    Names stand as `First Last`: Zotero parts `van der Berg, Jan Piet` into two people.
    """
    kind = kind_of(paper)
    first, last = first_and_last_page(paper)
    venue = {ARTICLE: "citation_journal_title", CONFERENCE: "citation_conference_title"}.get(kind)
    tags = [
        ("citation_title", plain_line(paper.title)),
        *(("citation_author", one_line(name)) for name in paper.authors),
        ("citation_publication_date", str(paper.published or "").replace("-", "/")),
        (venue or "citation_publisher", plain_line(paper.venue or "")),
        ("citation_volume", one_line(paper.volume or "")),
        ("citation_issue", one_line(paper.issue or "")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", one_line(paper.doi or "")),
        ("citation_arxiv_id", paper.arxiv or ""),
        ("citation_abstract_html_url", permalink(paper_path(paper.id))),
        ("citation_public_url", one_line(url_of(paper))),
        ("citation_pdf_url", one_line(paper.web_links.get("pdf", ""))),
        *(("citation_keywords", plain_line(word)) for word in paper.keywords),
        ("citation_abstract", plain_line(paper.abstract)),
    ]
    return [(name, content) for name, content in tags if content]


def scholarly_article(paper: Paper, permalink: Permalink) -> dict[str, Any]:
    """Return a paper as a schema.org `ScholarlyArticle`; not what is unknown, nor what meta tags hold."""
    url = permalink(paper_path(paper.id))
    links = paper.web_links
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": url,
        "url": url,
        "name": plain_line(paper.title),
        "headline": plain_line(paper.title),
        "author": [_author(name) for name in paper.authors],
        "datePublished": str(paper.published or ""),
        "keywords": [plain_line(word) for word in paper.keywords],
        "identifier": [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in _ids(paper)],
        "sameAs": [links[kind] for kind in ("abs", "doi", "page") if kind in links],
        "isPartOf": _venue(paper),
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

    The text is to be escaped as every attribute is. Of a crowd the first 20 authors are named; the paper's own page
    names them all.
    """
    pairs = [("ctx_ver", "Z39.88-2004"), *_context_object(paper)]
    return "&".join([f"{key}={_quoted(value)}" for key, value in pairs if value])


def _quoted(value: str) -> str:
    return value.replace(" ", "+") if _ALL_PLAIN.fullmatch(value) else quote_plus(value, safe=_PLAIN)


def _context_object(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield key and value, which may be empty; a work that is neither article nor talk is told in Dublin Core."""
    kind = kind_of(paper)
    title, venue = plain_line(paper.title), plain_line(paper.venue or "")
    doi, url = one_line(doi_of(paper)), one_line(url_of(paper))
    first, last = first_and_last_page(paper)
    if kind in (ARTICLE, CONFERENCE):
        is_article = kind == ARTICLE
        yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if is_article else 'book'}"
        yield "rft.genre", "article" if is_article else "proceeding"
        yield "rft.atitle", title
        yield "rft.jtitle" if is_article else "rft.btitle", venue
        yield "rft.volume", one_line(paper.volume or "")
        yield "rft.issue", one_line(paper.issue or "")
        yield "rft.pages", f"{first}-{last}" if last else first
    else:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", "preprint" if kind == PREPRINT else kind.csl
        yield "rft.title", title
        yield "rft.source", venue
    yield "rft_id", f"info:doi/{doi}" if doi else ""
    yield "rft_id", url
    yield "rft.date", str(paper.published or "")
    yield from _authors(paper)


def _authors(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield every author whole, the first also in parts where a reader would part the name elsewhere."""
    for place, name in enumerate(map(one_line, paper.authors[:_MOST_AUTHORS])):
        parts = split_name(name)
        if place == 0 and parts.given and " " in parts.last:
            yield "rft.aufirst", parts.given
            yield "rft.aulast", parts.last
        yield "rft.au", name


def _author(name: str) -> dict[str, str]:
    name = one_line(name)
    return {"@type": "Organization" if split_name(name).is_group else "Person", "name": name}


def _ids(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.arxiv:
        yield "arXiv", paper.arxiv
    if paper.doi:
        yield "DOI", one_line(paper.doi)


def _venue(paper: Paper) -> dict[str, str] | None:
    if not paper.venue:
        return None
    return {"@type": "Periodical" if kind_of(paper) == ARTICLE else "CreativeWork", "name": plain_line(paper.venue)}


def _encoding(pdf: str | None) -> dict[str, str] | None:
    return {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf} if pdf else None
