"""What programs call the fields of a paper in JSON keys and table headers, and our names for them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

# Field (or link kind) → the names for it, best first, in lower case without anything but letters and digits.
# A dot leads into a nested object, or into each object of a list.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title",
        "papertitle",
        "articletitle",
        "documenttitle",
        "primarytitle",
        "displayname",
        "name",
        "ti",
    ),
    "abstract": ("abstract", "abstracttext", "abstractnote", "summary", "description", "ab"),
    "ai_summary": ("aisummary", "tldr.text", "tldr"),
    "authors": (
        *("authors", "authornames", "authorlist", "authorfullnames", "firstauthors", "authorship"),
        *("authorships.author.displayname", "author", "creators", "creator", "au"),
    ),
    "author_count": ("authorcount", "numauthors", "authorscount"),
    "organization": ("organization.fullname", "organization.name", "organization", "organisation"),
    "published": (
        *(
            "published",
            "publicationdate",
            "publisheddate",
            "publishedat",
            "datepublished",
            "pubdate",
            "coverdate",
        ),
        *("publicationyear", "pubyear", "publishedyear", "year", "py"),
    ),
    "listed": ("listed", "listedon", "listeddate", "digestdate", "submittedondailyat"),
    "date": ("date",),
    "arxiv": ("arxivid", "arxiv", "externalids.arxiv", "eprint"),
    "doi": ("doi", "externalids.doi", "ids.doi", "doilink", "digitalobjectidentifier", "di"),
    "id": ("id", "entryid", "identifier", "paperid"),
    "key": ("key", "citekey", "citationkey", "bibtexkey"),
    "tags": ("tags", "tag", "topics.displayname", "topics", "topic", "labels", "manualtags"),
    "keywords": (
        *("keywords.displayname", "keywords", "keyword", "authorkeywords", "aikeywords", "indexkeywords"),
        *("concepts.displayname", "fieldsofstudy", "automatictags"),
    ),
    "upvotes": ("upvotes", "votes", "likes"),
    "comments": ("numcomments", "commentcount", "comments"),
    "stars": ("stars", "githubstars"),
    "submitter": ("submitter", "submittedby.fullname", "submittedby"),
    "image": ("image", "thumbnail"),
    "categories": ("categories", "category", "arxivcategories", "primarycategory"),
    "venue": (
        *("venue", "journal.name", "journal", "journalname", "journaltitle", "booktitle", "containertitle"),
        *("publicationtitle", "sourcetitle", "conference", "conferencename", "publicationvenue.name"),
        *("primarylocation.source.displayname", "hostvenue.displayname", "alternatetitle3", "secondarytitle"),
    ),
    "volume": ("volume", "journal.volume", "biblio.volume"),
    "issue": ("issue", "issuenumber", "number", "biblio.issue"),
    "pages": ("pages", "pagerange", "page", "journal.pages"),
    "first_page": ("startpage", "pagestart", "biblio.firstpage", "firstpage"),
    "last_page": ("endpage", "pageend", "biblio.lastpage", "lastpage"),
    "publisher": ("publisher", "hostvenue.publisher"),
    "kind": ("kind", "type", "itemtype", "documenttype", "entrytype", "typeofreference", "publicationtype"),
    "comment": ("comment", "comments", "notes", "note", "remark"),
    "hold": ("hold",),
    "hide": ("hide",),
    "lead": ("lead",),
    "section": ("section",),
    "editor_summary": ("editorsummary", "editorssummary"),
    "note": ("editornote", "editorsnote"),
    "announced": ("announcetype", "announced"),
}
LINK_NAMES: Mapping[str, tuple[str, ...]] = {
    "abs": ("abs", "absurl", "abstracturl", "arxivurl"),
    "pdf": ("pdf", "pdfurl", "pdflink", "openaccesspdf.url", "primarylocation.pdfurl", "openaccess.oaurl"),
    "html": ("html", "htmlurl"),
    "code": ("code", "codeurl", "github", "githubrepo", "githuburl", "repo", "repository"),
    "project": ("project", "projectpage", "projecturl", "website", "homepage"),
    "page": ("url", "link", "paperurl", "paperlink", "urls", "primarylocation.landingpageurl"),
}
# Kind of work, named as above → BibTeX's word for it.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("article", "articlejournal", "journalarticle", "jour", "ejour", "mgzn", "abst", "inpr"), "article"
    ),
    **dict.fromkeys(("articlemagazine", "articlenewspaper", "review", "letter", "editorial", "news"), "article"),
    **dict.fromkeys(("paperconference", "conferencepaper", "proceedingsarticle", "inproceedings"), "inproceedings"),
    **dict.fromkeys(("cpaper", "conf", "conference"), "inproceedings"),
    **dict.fromkeys(("book", "ebook", "edbook", "monograph"), "book"),
    **dict.fromkeys(("chapter", "bookchapter", "booksection", "chap", "echap", "incollection"), "incollection"),
    **dict.fromkeys(("thesis", "dissertation", "thes", "phdthesis"), "phdthesis"),
    **dict.fromkeys(("report", "techreport", "rprt"), "techreport"),
    **dict.fromkeys(("manuscript", "manscpt", "unpublished", "unpb", "unpd"), "unpublished"),
    **dict.fromkeys(("preprint", "postedcontent"), "preprint"),
}
_LONGEST_NAME = 200


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return the letters and digits of a name in lower case, as FIELD_NAMES has it (`First Author`: `firstauthor`)."""
    return "".join(character for character in name[:_LONGEST_NAME].casefold() if character.isalnum())


def known_names(names: Iterable[str]) -> set[str]:
    """Return the fields and link kinds that any of the names stands for."""
    plain = {plain_name(name) for name in names}
    tables = (*FIELD_NAMES.items(), *LINK_NAMES.items())
    return {field for field, known in tables if any(name.partition(".")[0] in plain for name in known)}
