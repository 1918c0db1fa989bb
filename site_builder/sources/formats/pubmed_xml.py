"""PubMed's XML: articles and book chapters, as `efetch` returns them and "Save as XML" used to write them."""

from collections.abc import Iterator

from lxml import etree

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem, counted
from site_builder.sources.fields.identifiers import doi_in
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.pubmed_words import kind_of_types, plain_title, pubmed_page, remark_of_types
from site_builder.sources.fields.unread import unread_elements
from site_builder.sources.fields.written_date import date_of_parts, written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import (
    children,
    line_of_text,
    marked_text,
    name_of,
    read_entries,
    root_name,
    text_at,
)

ENTRIES = ("PubmedArticle", "PubmedBookArticle")
ROOTS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", *ENTRIES})
_DELETED = "DeleteCitation"
# Elements whose children are searched for unread ones.
_CONTAINERS = (".", "MedlineCitation", "MedlineCitation/Article", "BookDocument", "PubmedData", "PubmedBookData")
# Elements that are read, or that a digest has no use for.
_KNOWN = frozenset(
    "MedlineCitation PubmedData BookDocument PubmedBookData PMID Article Journal ArticleTitle VernacularTitle "
    "Pagination ELocationID Abstract OtherAbstract AuthorList Language DataBankList GrantList "
    "PublicationTypeList PublicationType ArticleDate DateCompleted DateRevised DateCreated MedlineJournalInfo "
    "ChemicalList SupplMeshList CitationSubset CommentsCorrectionsList GeneSymbolList MeshHeadingList "
    "NumberOfReferences PersonalNameSubjectList OtherID KeywordList CoiStatement SpaceFlightMission "
    "InvestigatorList GeneralNote History PublicationStatus ArticleIdList ObjectList ReferenceList Book "
    "LocationLabel Sections ContributionDate CitationString ItemList".split()
)
_MOST_SHOWN = 20  # ids of deleted papers that the problem lists
_HISTORY = ("epublish", "ppublish", "pubmed", "entrez", "medline")  # the best date first


def recognises(source: Source) -> bool:
    """Return whether the root element is one of PubMed's."""
    return root_name(source.head) in ROOTS


def read(source: Source) -> Iterator[Item]:
    """Yield one record for each article and each chapter of a book."""

    def item(entry: etree._Element, line: int) -> Item:
        if name_of(entry)[1] == _DELETED:
            return _deleted(_texts(entry, "PMID"), source.path, line)
        fields = _article(entry) if name_of(entry)[1] == "PubmedArticle" else _book(entry)
        unread: dict[str, str] = {}
        for path in _CONTAINERS:
            if (container := entry.find(path)) is not None:
                unread |= unread_elements(children(container), _KNOWN)
        return RawPaper(with_identifiers(fields), source.path, line, unread=unread)

    yield from read_entries(source, (*ENTRIES, _DELETED), item)


def _deleted(numbers: list[str], path: str, line: int) -> Problem:
    """Return a problem that lists papers deleted from PubMed; the response names them nowhere else."""
    shown = ", ".join(numbers[:_MOST_SHOWN]) + (" …" if len(numbers) > _MOST_SHOWN else "")
    what = f"PubMed has deleted {counted(len(numbers), 'paper')}: {shown}"
    return Problem(path, line, what, "remove them from the lists that hold them")


def _article(entry: etree._Element) -> dict[str, object]:
    article = entry.find("MedlineCitation/Article")
    if article is None:
        return {}
    journal = article.find("Journal")
    title, vernacular = (marked_text(article.find(name)) for name in ("ArticleTitle", "VernacularTitle"))
    types = _texts(article, "PublicationTypeList/PublicationType")
    return _common_fields(entry) | {
        "title": plain_title(title, vernacular),
        "abstract": _abstract(article) or _abstract(entry.find("MedlineCitation/OtherAbstract"), inner=""),
        "authors": _authors(article.find("AuthorList")),
        "published": _published(entry, article),
        "doi": _doi(entry, article),
        "venue": text_at(journal, "Title") or text_at(journal, "ISOAbbreviation"),
        "volume": text_at(journal, "JournalIssue/Volume"),
        "issue": text_at(journal, "JournalIssue/Issue"),
        "pages": _pages(article.find("Pagination")),
        "keywords": [
            *_texts(entry, "MedlineCitation/KeywordList/Keyword"),
            *_texts(entry, "MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName"),
        ],
        "kind": kind_of_types(types),
        "comment": remark_of_types(types),
    }


def _book(entry: etree._Element) -> dict[str, object]:
    """Return the fields of a chapter, or of the book if the chapter has no title."""
    document = entry.find("BookDocument")
    if document is None:
        return {}
    book = document.find("Book")
    chapter, title = marked_text(document.find("ArticleTitle")), text_at(book, "BookTitle")
    editors = document.find("AuthorList")
    return _common_fields(entry) | {
        "title": plain_title(chapter or title),
        "abstract": _abstract(document),
        "authors": _authors(editors if editors is not None else None if book is None else book.find("AuthorList")),
        "published": _date(None if book is None else book.find("PubDate")),
        "doi": _doi(entry, document),
        "venue": title if chapter else "",
        "publisher": text_at(book, "Publisher/PublisherName"),
        "pages": _pages(document.find("Pagination")),
        "keywords": _texts(document, "KeywordList/Keyword"),
        "kind": "incollection" if chapter else "book",
    }


def _common_fields(entry: etree._Element) -> dict[str, object]:
    number = text_at(entry, "MedlineCitation/PMID") or text_at(entry, "BookDocument/PMID")
    return {"key": number, "links": pubmed_page(number)}


def _texts(element: etree._Element, path: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(line_of_text, element.iterfind(path)))))


def _abstract(element: etree._Element | None, inner: str = "Abstract/") -> str:
    """Return the paragraphs of an abstract, each after its label."""
    paragraphs = []
    for part in () if element is None else element.iterfind(f"{inner}AbstractText"):
        text = marked_text(part)
        label = str(part.get("Label", "")).strip()
        if text:
            paragraphs.append(f"{label}: {text}" if label and label.upper() != "UNLABELLED" else text)
    return "\n\n".join(paragraphs)


def _authors(people: etree._Element | None) -> list[str | dict[str, str]]:
    """Return the names, then `others` if the list is incomplete; names that PubMed marks as wrong are left out."""
    names: list[str | dict[str, str]] = []
    for each in () if people is None else people.iterfind("Author"):
        if each.get("ValidYN") != "N":
            given = text_at(each, "ForeName") or text_at(each, "FirstName") or text_at(each, "Initials")
            family, suffix = text_at(each, "LastName"), text_at(each, "Suffix")
            group, orcid = text_at(each, "CollectiveName"), text_at(each, "Identifier[@Source='ORCID']")
            names.append(person(family, given, suffix, group, orcid))
    if people is not None and people.get("CompleteYN") == "N":
        names.append("others")
    return [name for name in names if name]


def _published(entry: etree._Element, article: etree._Element) -> str:
    """Return the more precise of the online and the print date, without these the best date of the history."""
    online = [_date(date) for date in article.iterfind("ArticleDate")]
    print_date = _date(article.find("Journal/JournalIssue/PubDate"))
    dates = [date for date in (*online, print_date) if date]
    if dates:
        return max(dates, key=len)
    history = {date.get("PubStatus", ""): _date(date) for date in entry.iterfind("PubmedData/History/PubMedPubDate")}
    return next((history[status] for status in _HISTORY if history.get(status)), "")


def _date(element: etree._Element | None) -> str:
    """Return the date of an element; of a written range (`1998 Dec-1999 Jan`) its beginning."""
    if element is None:
        return ""
    year, month, day = (text_at(element, name) for name in ("Year", "Month", "Day"))
    written = text_at(element, "MedlineDate")
    return (date_of_parts(year, month, day) if year else None) or (written_date(written) if written else year)


def _doi(entry: etree._Element, article: etree._Element) -> str:
    """Return the DOI of the article, never that of a reference."""
    places = [
        *(each for each in article.iterfind("ELocationID") if each.get("ValidYN") != "N"),
        *entry.iterfind("PubmedData/ArticleIdList/ArticleId"),
        *entry.iterfind("PubmedBookData/ArticleIdList/ArticleId"),
        *article.iterfind("ArticleIdList/ArticleId"),
    ]
    texts = (each.text or "" for each in places if "doi" in (each.get("EIdType"), each.get("IdType")))
    return next(filter(None, map(doi_in, texts)), "")


def _pages(element: etree._Element | None) -> str:
    if element is None:
        return ""
    first, last = text_at(element, "StartPage"), text_at(element, "EndPage")
    return text_at(element, "MedlinePgn") or "-".join(dict.fromkeys(filter(None, (first, last))))


READER = Reader(
    name="PubMed XML",
    about="PubMed's XML, as its E-utilities answer: articles and chapters of books",
    example="<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>35000001</PMID><Article>…<ArticleTitle>…",
    recognises=recognises,
    read=read,
)
