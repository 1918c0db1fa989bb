"""JATS, the XML format of articles at publishers and PubMed Central; only the metadata is read, not the text."""

from collections.abc import Iterator, Mapping

from lxml import etree

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.sources.fields.identifiers import link_kind
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.unread import unread_elements
from site_builder.sources.fields.written_date import date_of_parts
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import children, marked_text, name_of, read_entries, text_without, xml_root

_OMITTED = frozenset({"xref", "fn", "label", "object-id"})  # elements inside a text that are left out of it
# Elements of an article's metadata that are read, or never shown in a digest.
_KNOWN = frozenset(
    "article-id title-group contrib-group pub-date volume issue fpage lpage elocation-id self-uri abstract "
    "kwd-group article-version article-version-alternatives article-categories aff aff-alternatives "
    "author-notes history permissions related-article related-object trans-abstract funding-group counts "
    "custom-meta-group product supplement supplementary-material conference volume-id volume-series "
    "volume-issue-group issue-id issue-title issue-title-group issue-part issue-sponsor isbn page-range email "
    "ext-link uri support-group pub-history pub-date-not-available on-behalf-of notes".split()
)
_FIRST_DATES = ("epub", "epub-ppub", "pub", "preprint", "ppub", "collection")
_OTHER_ABSTRACTS = frozenset({"graphical", "teaser", "toc", "web-summary", "key-points", "highlights", "short"})
_NAMES = ("{*}name", "{*}name-alternatives/{*}name")
_HREF = "{http://www.w3.org/1999/xlink}href"


def recognises(source: Source) -> bool:
    """Return whether the root is a JATS article, or a set of them."""
    root = xml_root(source.head)
    if root is None:
        return False
    name = name_of(root)[1]
    article = root.find("{*}article") if name in {"pmc-articleset", "articles"} else root
    return name == "pmc-articleset" or (
        article is not None
        and name_of(article)[1] == "article"
        and (article.get("dtd-version") is not None or article.find("{*}front") is not None)
    )


def read(source: Source) -> Iterator[Item]:
    """Yield one record for each article."""

    def item(entry: etree._Element, line: int) -> Item:
        meta = entry.find("{*}front/{*}article-meta")
        unread = {} if meta is None else unread_elements(children(meta), _KNOWN)
        return RawPaper(_fields(entry), source.path, line, unread=unread)

    yield from read_entries(source, ("article",), item)


def _fields(article: etree._Element) -> dict[str, object]:
    meta = article.find("{*}front/{*}article-meta")
    journal = article.find("{*}front/{*}journal-meta")
    if meta is None:
        return {}
    ids = {str(each.get("pub-id-type")): _plain(each) for each in meta.iterfind("{*}article-id")}
    titles = (meta.find(f"{{*}}title-group/{{*}}{name}") for name in ("article-title", "subtitle"))
    title, subtitle = (marked_text(each, _without_notes) for each in titles)
    venue = _text(journal, "journal-title-group/journal-title") or _text(journal, "journal-title")
    urls = [str(each.get(_HREF, "")) for each in meta.iterfind("{*}self-uri")]
    fields: dict[str, object] = {
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "abstract": _abstract(meta),
        "authors": _authors(meta),
        "published": _published(meta),
        "doi": ids.get("doi", ""),
        "arxiv": ids.get("arxiv", ""),
        "key": _number_of_central(ids),
        "venue": venue,
        "volume": _text(meta, "volume"),
        "issue": _text(meta, "issue"),
        "pages": "-".join(dict.fromkeys(filter(None, (_text(meta, "fpage"), _text(meta, "lpage")))))
        or _text(meta, "elocation-id"),
        "publisher": _text(journal, "publisher/publisher-name"),
        "keywords": [_plain(word) for word in meta.iterfind("{*}kwd-group/{*}kwd")],
        "kind": "preprint" if article.get("article-type") == "preprint" else "article",
        "links": {link_kind(url): url for url in reversed(urls) if url.startswith(("http://", "https://"))},
    }
    return with_identifiers(fields)


def _number_of_central(ids: Mapping[str, str]) -> str:
    """Return the PubMed Central id of an article (`PMC123`), "" if it has none."""
    number = (ids.get("pmcid") or ids.get("pmc") or "").removeprefix("PMC")
    return f"PMC{number}" if number.isascii() and number.isdigit() else ""


def _plain(element: etree._Element) -> str:
    """Return the text of an element without footnotes, references to them, labels and ids."""
    return text_without(element, _without_notes)


def _without_notes(part: etree._Element) -> str | None:
    return "" if name_of(part)[1] in _OMITTED else None


def _text(element: etree._Element | None, path: str) -> str:
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    found = None if element is None else element.find(steps)
    return "" if found is None else _plain(found)


def _abstract(meta: etree._Element) -> str:
    """Return the paragraphs of the main abstract; the title of a section precedes its first paragraph."""
    own = [each for each in meta.iterfind("{*}abstract") if each.get("abstract-type") not in _OTHER_ABSTRACTS]
    if not own:
        return ""
    paragraphs = []
    title = ""
    titles = {each for section in own[0].iter("{*}sec") for each in section.iterfind("{*}title")}
    for part in own[0].iter(etree.Element):
        name = name_of(part)[1]
        if part in titles:
            title = _plain(part).rstrip(":. ")
        elif name == "p":
            text = marked_text(part, lambda inner: "" if name_of(inner)[1] == "p" else _without_notes(inner))
            paragraphs += [f"{title}: {text}" if title else text] if text else []
            title = "" if text else title
    return "\n\n".join(paragraphs) or marked_text(own[0], _without_notes)


def _authors(meta: etree._Element) -> list[dict[str, str]]:
    people = meta.iterfind("{*}contrib-group/{*}contrib")
    authors = (each for each in people if each.get("contrib-type", "author") in {"author", "collab"})
    return [name for each in authors if (name := _person(each))]


def _person(author: etree._Element) -> dict[str, str]:
    """Return the name of one author; if it is given in several scripts, the first counts."""
    named = next((each for path in _NAMES if (each := author.find(path)) is not None), None)
    orcid = _text(author, "contrib-id[@contrib-id-type='orcid']")
    if named is None:
        collab = author.find("{*}collab")
        group = "" if collab is None else _text(collab, "institution") or " ".join((collab.text or "").split())
        whole = _text(author, "string-name")
        name = {"name": whole} if whole else person(group=group or _text(author, "collab"))
        return {**name, "orcid": orcid} if name and orcid else name
    prefix, family = _text(named, "prefix"), _text(named, "surname")
    family = f"{prefix} {family}" if prefix[:1].islower() else family
    return person(family, _text(named, "given-names"), _text(named, "suffix"), orcid=orcid)


def _published(meta: etree._Element) -> str:
    """Return the most exact date of publication; of equally exact ones, online before print."""
    dates: dict[str, str] = {}
    for each in meta.iterfind("{*}pub-date"):
        kind = str(each.get("pub-type") or each.get("publication-format") or each.get("date-type") or "pub")
        kind = {"electronic": "epub", "print": "ppub"}.get(kind, kind)
        day = date_of_parts(_text(each, "year"), _text(each, "month"), _text(each, "day"))
        if day:
            dates.setdefault(kind, day)
    known = [dates[kind] for kind in (*_FIRST_DATES, *dates) if kind in dates and kind != "pmc-release"]
    return max(known, key=len, default="")


READER = Reader(
    name="JATS XML",
    about="articles in JATS, as publishers and PubMed Central keep them; the text itself is not read",
    example='<article dtd-version="1.3" …><front><article-meta><article-id pub-id-type="doi">10.1000/xyz…',
    recognises=recognises,
    read=read,
)
