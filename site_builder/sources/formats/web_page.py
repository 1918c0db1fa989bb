"""Web pages with metadata of papers: `citation_*` and Dublin Core meta tags, JSON-LD of schema.org."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import first_kind, kind_word, plain_name
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, link_kind
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.unread import look_of
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats.schema_org import article_fields, articles, unread_of
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_page import damaged_page, has_class, is_page, page_root, seen_text
from site_builder.sources.syntax.html_text import html_text
from site_builder.sources.syntax.json_text import JsonError, RepeatedKeys, load_json
from site_builder.sources.syntax.xml_text import line_of

# Field → names of its meta tags, the best first; for dates see `_published`.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "bepress_citation_title", "eprints.title", "dc.title", "dcterms.title"),
    "authors": (
        *("citation_author", "citation_authors", "bepress_citation_author", "eprints.creators_name", "dc.creator"),
        "dcterms.creator",
    ),
    "abstract": ("citation_abstract", "eprints.abstract", "dcterms.abstract", "dc.description"),
    "published": (
        *("citation_publication_date", "citation_date", "citation_online_date", "prism.publicationdate"),
        *("bepress_citation_date", "dc.date", "dc.date.issued", "dcterms.issued", "eprints.date", "citation_year"),
        *("dc.issued", "dcterms.date", "citation_cover_date"),
    ),
    "doi": ("citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi"),
    "arxiv": ("citation_arxiv_id",),
    "venue": (
        *("citation_journal_title", "citation_conference_title", "citation_conference", "citation_inbook_title"),
        *("prism.publicationname", "bepress_citation_journal_title", "eprints.publication", "dc.source"),
    ),
    "volume": ("citation_volume", "prism.volume", "dc.citation.volume", "dc.source.volume"),
    "issue": ("citation_issue", "prism.number", "dc.citation.issue", "dc.source.issue"),
    "publisher": ("citation_publisher", "dc.publisher"),
    "language": ("citation_language",),
    "keywords": ("citation_keywords", "citation_keyword", "dc.subject"),
}
_KINDS: Mapping[str, str] = {
    "citation_dissertation_institution": "phdthesis",
    "citation_technical_report_institution": "techreport",
    "citation_inbook_title": "incollection",
    "citation_conference_title": "inproceedings",
    "citation_conference": "inproceedings",
    "citation_journal_title": "article",
}
_KIND_TAGS = ("dc.type", "dcterms.type", "eprints.type", "citation_article_type", "citation_type")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_FEWEST_LETTERS = 150  # characters of an abstract that is found without a tag for it
_ABSTRACT = lazy_pattern(
    r"(?:\A|[\s_-])abs(?:tract)?(?:\d{0,3}-content|[\s_-]content|InFull|Section|)(?:[\s_-]|\Z)", re.IGNORECASE
)
_OTHER_ABSTRACTS = lazy_pattern(r"highlights|graphical|teaser|related|video", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CUT_OFF = ("…", "...", "[...]")
_LINKS = {"citation_pdf_url": "pdf", "citation_fulltext_html_url": "html"}
_ENDS_OF_PAGES = (
    ("citation_firstpage", "prism.startingpage", "dc.citation.spage"),
    ("citation_lastpage", "prism.endingpage", "dc.citation.epage"),
)
_PAGES = ("citation_abstract_html_url", "citation_public_url", "og:url")
# Tags that only pages of papers have.
_PAPER_TAGS = ("citation_title", "bepress_citation_title", "eprints.title")
_PREFIXES = ("citation_", "bepress_citation_", "dc.", "dcterms.", "eprints.", "prism.")
# The rest of such names, by beginning: tags that a digest has no use for, or that are read in another way.
_KNOWN_OTHERS: Mapping[str, str] = {
    "citation_": "access article_type author_affiliation author_email author_hal_id author_institution author_orcid "
    "collection_id cover download_url editor firstpage full_html_url fulltext_world_readable "
    "funding_source id isbn issn journal_abbrev lastpage lineage mjid num_pages patent_number pii pmid "
    "price publication_status reference section series_title springer_api_url state "
    "technical_report_number type xml_url",
    "dc.": "accessrights citation.epage citation.spage contributor copyright coverage date.created date.modified "
    "format identifier.uri language modified relation rights rightsagent source type",
    "dcterms.": "accessrights bibliographiccitation contributor coverage format identifier ispartof language license "
    "modified relation rights source type",
    "prism.": "category channel copyright eissn endingpage issn rightsagent section startingpage url",
    "eprints.": "citation datestamp dir document_url eprintid full_text_status ispublished lastmod "
    "metadata_visibility rev_number status type",
}
_KNOWN = frozenset(
    {name for names in _META.values() for name in names}
    | {*_KINDS, *_LINKS, *_PAGES}
    | {f"{beginning}{name}" for beginning, names in _KNOWN_OTHERS.items() for name in names.split()}
)
_GATE = lazy_pattern(
    r"just a moment|are you (?:a )?(?:human|robot)|captcha|access denied|attention required", re.IGNORECASE
)

Meta = Mapping[str, Sequence[str]]


def read(source: Source) -> Iterator[Item]:
    """Yield the paper that the page is about, otherwise the papers that it lists; a problem if there are none."""
    root = page_root(source.text())
    if root is None:
        yield damaged_page(source.path)
        return
    meta = _meta(root)
    found, problems = _articles(root, source.path)
    yield from problems
    own_fields = _fields_of_page(root, meta) if "title" in _first_fields(meta) else {}
    if own_fields and (any(name in meta for name in _PAPER_TAGS) or not found):
        yield from _page_of_paper(own_fields, found, source.path, _unread(meta))
    elif found:
        yield from found
    elif not problems:
        yield _problem(root, source.path)


def _page_of_paper(
    own_fields: dict[str, object], found: Sequence[RawPaper], path: str, unread: Mapping[str, str]
) -> Iterator[Item]:
    """Yield the page's paper, completed from JSON-LD; other articles are skipped.

    own_fields, unread: from the meta tags. found: the articles of JSON-LD.
    """
    name = plain_name(own_fields["title"])
    same = next((each for each in found if plain_name(str(each.fields["title"])) == name), RawPaper({}, path, 1))
    fields = {**same.fields, **own_fields}
    if not fields.get("authors"):
        yield Problem(path, 1, "the page does not say who wrote its paper", "write the authors into a list of your own")
    yield RawPaper(fields, path, 1, unread={**same.unread, **unread})
    for each in found:
        if plain_name(str(each.fields["title"])) != name:
            yield Skipped(path, each.line, "an article that the page names beside its own")


def _unread(meta: Meta) -> dict[str, str]:
    """Return the unread tags that only pages of papers have, with the look of their values."""
    unread = {}
    for name, contents in meta.items():
        if name.startswith(_PREFIXES) and name not in _KNOWN and (look := look_of(contents[0])):
            unread[name] = look
    return unread


def _meta(root: etree._Element) -> dict[str, list[str]]:
    """Return the contents of the meta tags by name, casefolded and with a dot after the prefix."""
    meta: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        name = str(tag.get("name") or tag.get("property") or "").strip().casefold()
        name = re.sub(r"^(dc|dcterms|eprints|prism)[._:]", lambda found: f"{found[1]}.", name)
        content = str(tag.get("content") or "").strip()
        if name and content:
            meta.setdefault(name, []).append(content)
    return meta


def _first_fields(meta: Meta) -> dict[str, Sequence[str]]:
    """Return field → contents of the best tag that occurs."""
    firsts = ((field, next((meta[name] for name in names if name in meta), ())) for field, names in _META.items())
    return {field: contents for field, contents in firsts if contents}


def _fields_of_page(root: etree._Element, meta: Meta) -> dict[str, object]:
    """Return the fields of the tags, with authors and abstract from the text of the page if they lack them."""
    fields = _fields_of_meta(meta)
    if not fields.get("authors") and (names := list(_names_in_text(root))):
        fields["authors"] = names
    if not fields.get("abstract") and (text := _abstract_in_text(root) or _description(meta)):
        fields["abstract"] = text
    return fields


def _names_in_text(root: etree._Element) -> Iterator[str]:
    """Yield the names that are marked up as given name and surname in the page, each once."""
    given, names = "", []
    for element in root.iter("span"):
        if has_class(element, "given-name"):
            given = seen_text(element)
        elif has_class(element, "surname"):
            names.append(f"{seen_text(element)}, {given}".strip(", "))
            given = ""
    yield from dict.fromkeys(names)


def _abstract_in_text(root: etree._Element) -> str:
    """Return the text of the first long element with the class or id of an abstract, without heading; "" if none."""
    for element in root.iter("div", "section", "p", "blockquote"):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if not _ABSTRACT.search(names) or _OTHER_ABSTRACTS.search(names):
            continue
        heading = next((seen_text(each) for each in element.iter(*_HEADINGS)), "")
        parts = [part for part in element.iter("p") if part is not element] or [element]
        texts = [text for part in parts if (text := seen_text(part).removeprefix(heading).strip())]
        if len(text := "\n\n".join(texts)) >= _FEWEST_LETTERS:
            return text
    return ""


def _description(meta: Meta) -> str:
    """Return the description of the page if it is long, complete and in two tags, as an abstract is; otherwise ""."""
    texts = [html_text(meta[name][0]) for name in _DESCRIPTIONS if name in meta]
    long = [text for text in texts if len(text) >= _FEWEST_LETTERS and not text.endswith(_CUT_OFF)]
    begins = [text[:_FEWEST_LETTERS] for text in texts]
    return next((text for text in long if begins.count(text[:_FEWEST_LETTERS]) > 1), "")


def _published(meta: Meta) -> str:
    """Return the first date, or the same date in a more precise form from another tag; "" if there is none."""
    dates = [written_date(text) for name in _META["published"] for text in meta.get(name, ())]
    dates = [date for date in dates if date[:4].isdecimal()]
    return max((date for date in dates if date.startswith(dates[0])), key=len, default="")


def _fields_of_meta(meta: Meta) -> dict[str, object]:
    found = _first_fields(meta)
    fields: dict[str, object] = {
        field: found[field][0] for field in ("venue", "volume", "issue", "publisher", "language") if field in found
    }
    names = [text for name in _META["doi"] for text in meta.get(name, ())]
    pages = [text for names in _ENDS_OF_PAGES if (text := next((meta[name][0] for name in names if name in meta), ""))]
    fields |= {
        "title": html_text(found["title"][0]),
        "authors": _authors(found.get("authors", ())),
        "abstract": html_text(found.get("abstract", ("",))[0]),
        "published": _published(meta),
        "doi": next(filter(None, map(doi_in, names)), ""),
        "arxiv": next(filter(None, map(arxiv_in, found.get("arxiv", ()))), ""),
        "keywords": [
            word.strip() for text in found.get("keywords", ()) for word in re.split("[;,]", text) if word.strip()
        ],
        "pages": "-".join(dict.fromkeys(pages)),
        "kind": _kind(meta),
        "links": _links(meta),
    }
    return with_identifiers(fields)


def _authors(contents: Sequence[str]) -> list[str] | str:
    """Return a list of names with one tag for each, or the text of a single tag, which may contain several."""
    texts = list(dict.fromkeys(html_text(text) for text in contents))
    return texts[0] if len(texts) == 1 else texts


def _kind(meta: Meta) -> str:
    """Return the kind of work judging by the tag for its venue, otherwise by the tags for its type."""
    kind = next((kind for name, kind in _KINDS.items() if name in meta), "")
    kind = kind or first_kind(text for name in _KIND_TAGS for text in meta.get(name, ()))
    return kind_word(kind, " ".join(meta.get("citation_dissertation_name", ()))) if kind else ""


def _links(meta: Meta) -> dict[str, str]:
    links = {kind: meta[name][0] for name, kind in _LINKS.items() if name in meta}
    page = next((meta[name][0] for name in _PAGES if name in meta), "")
    if page and link_kind(page) != "doi":
        links.setdefault(link_kind(page), page)
    return {kind: url for kind, url in links.items() if url.startswith(("http://", "https://"))}


def _articles(root: etree._Element, path: str) -> tuple[list[RawPaper], list[Problem]]:
    """Return the articles of the page's JSON-LD, each once, and problems for scripts that are broken."""
    found: dict[str, RawPaper] = {}
    problems = []
    repeated = RepeatedKeys()
    for script in root.iter("script"):
        if str(script.get("type", "")).partition(";")[0].strip().casefold() != "application/ld+json":
            continue
        try:
            data = load_json((script.text or "").strip().removesuffix(";"), repeated)
        except JsonError as error:
            line = line_of(script) + error.line - 1
            problems.append(Problem(path, line, f"broken JSON-LD: {error.message}", "save the page again"))
            continue
        what = (f"broken JSON-LD: {error.message}" for _, error in repeated.errors(1))
        problems += [Problem(path, line_of(script), each, "save the page again") for each in what]
        for article in articles(data):
            fields = article_fields(article)
            if fields.get("title"):
                record = RawPaper(fields, path, line_of(script), unread=unread_of(article, fields))
                found.setdefault(plain_name(str(fields["title"])), record)
    return list(found.values()), problems


def _problem(root: etree._Element, path: str) -> Problem:
    """Return the problem for a page without papers: a login, a captcha, or no metadata."""
    title = "".join(str(text) for each in root.iter("title") for text in each.itertext())
    is_login = any(str(field.get("type", "")).casefold() == "password" for field in root.iter("input"))
    if is_login:
        what, remedy = "is a page that asks to log in, no list of papers", "log in with your browser and save it again"
    elif _GATE.search(title):
        what, remedy = "is a page that asks who you are, no list of papers", "open it in your browser and save it again"
    else:
        what = "is a web page that does not say what papers it is about"
        remedy = "copy its list as text, or save the page of each paper"
    return Problem(path, 1, what, remedy, records=1)


READER = Reader(
    name="web page",
    about="a paper's page saved from a browser, with citation_* or Dublin Core tags; a page with JSON-LD of schema.org",
    example='<!DOCTYPE html><html><head><meta name="citation_title" content="A Paper"><meta name="citation_author" …',
    recognises=is_page,
    read=read,
)
