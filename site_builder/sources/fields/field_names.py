"""Tables from the names that programs use in JSON keys and table headers to our field names and kinds of work."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.heading_translations import TRANSLATIONS

_LONGEST_NAME = 200
_LANGUAGE_AFTER = lazy_pattern(r"(?<=\w)\[[a-z_-]{0,8}\]\Z")  # of columns of DSpace
_NAMESPACES = frozenset({"dc", "dcterms", "prism", "bibo", "schema", "opensearch"})  # XML prefixes in JSON keys


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Normalise a name to lower-case letters and digits without accents, as in FIELD_NAMES.

    `First Author` becomes `firstauthor`, `Título` `titulo`, `prism:doi` `doi`, `dc.title[en_US]` of DSpace `title`.
    """
    folded = _LANGUAGE_AFTER.sub("", name[:_LONGEST_NAME].casefold())
    prefix, colon, rest = folded.partition("." if folded.startswith("dc.") else ":")
    folded = (rest if colon and prefix in _NAMESPACES else folded).removesuffix("_s")  # the suffix of strings in Solr
    folded = folded if folded.isascii() else unicodedata.normalize("NFKD", folded)
    return "".join(character for character in folded if character.isalnum())


def by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Invert a table whose values are space-separated words: each word → its key."""
    return {word: key for key, each in words.items() for word in each.split()}


def _with_translations(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Add to each field its dotted paths as plain names, as in table headers, and its names in other languages."""
    return {
        field: tuple(dict.fromkeys([*names, *map(plain_name, (*names, *TRANSLATIONS.get(field, ())))]))
        for field, names in table.items()
    }


def _split(table: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {field: tuple(names.split()) for field, names in table.items()}


# Field (or link kind) → its names, best first, lower case, letters and digits only.
# A dot descends into a nested object, or into each object of a list.
_FIELD_NAMES = _split(
    {
        "title": "title papertitle papername articletitle documenttitle itemtitle preprinttitle primarytitle "
        "displayname name ti titledisplay titles.title titles title.value title.text",
        "subtitle": "subtitle papersubtitle titles.subtitle",
        "abstract": "abstract descriptionabstract abstracttext abstractnote summary description ab abstracts.value "
        "abstracts "
        "descriptions.description preprintabstract abstract.value abstract.text",
        "ai_summary": "aisummary tldr.text tldr onesentencesummary",
        "authors": "authors.author contributorauthor authorlist.author authorfullnames authors authorstring "
        "authornames authorlist "
        "firstauthors authorship authorshipsauthordisplayname authfullname preprintauthors paperauthors "
        "creators.personororg authordisplay authorships.author author creators creator au contributors "
        "zauthors authoraffiliations.meta.author embeds.contributors.data.embeds.users.data.attributes "
        "contributors.contributor "
        "contributor contribs",
        "author_count": "authorcount numauthors authorscount",
        "organization": "organization.fullname organization.name organization organisation",
        "published": "published dateissued publicationdate publisheddate publishedat datepublished epubdate "
        "electronicpublicationdate pubdate coverdate publishdate "
        "publishtime publishedon publicationtime releasedate submitted submitteddate submissiondate "
        "submittedon publishedtime firstpublicationdate publishedonline publishedprint firstpublished "
        "dateofpublication posted epub issuedate printdate "
        "paperdate arxivdate issued dates.date date.published "
        "produceddate earliestdate preprintdate imprints.date releasedon onlinedate posteddate "
        "publications.publicationdate "
        "datesubmitted pdate cdate tcdate thesisinfo.date "
        "publicationyear publicationdateyear pubyear publishedyear yearpublished publyear releaseyear year yr "
        "publicationinfo.year py",
        "listed": "listed listedon listeddate digestdate submittedondailyat",
        "date": "date",
        "arxiv": "arxivid arxiv universalpaperid externalids.arxiv extids.arxiv arxiveprints.value ids.arxiv eprint "
        "paperarxivid identifiers.arxiv identifiers.arxivid identifiers.identifier "
        "identifiers.value identifiers.id identifiers externalids.value",
        "doi": "doi identifierdoi itemdoi arxivdoi externalids.doi extids.doi ids.doi dois.value doilink "
        "digitalobjectidentifier di "
        "doiid publications.doi publisheddoi biorxivdoi medrxivdoi pids.doi.identifier articleids.value "
        "identifiers.doi "
        "identifiers.identifier identifiers.value identifiers.id identifiers externalids.value identifier.value "
        "identifier.id elocationid",
        "id": "id entryid identifier paperid identifier.value",
        "key": "key citekey citationkey bibtexkey ref",
        "tags": "tags tag tasks topics.displayname topics topic labels manualtags",
        "keywords": "keywords.displayname keywords keyword authorkeywords authkeywords aikeywords indexkeywords "
        "concepts.displayname fieldsofstudy automatictags subjects.subject subjects subject keywords.value "
        "keywordlist.keyword "
        "indexterms.authorterms.terms",
        "upvotes": "upvotes votes likes",
        "comments": "numcomments commentcount comments",
        "stars": "stars githubstars",
        "submitter": "submitter submittedby.fullname submittedby",
        "image": "image thumbnail",
        "categories": "categories category arxivcategories arxivclass preprintcategory primarycategory",
        "venue": "venue journal.name journal.title journalinfo.journal.title publicationinfo.journaltitle journal "
        "journalname journaltitle booktitle journalbook containertitle publicationtitle sourcetitle "
        "proceeding proceedings conference conferencename publicationvenue.name primarylocation.source.displayname "
        "hostvenue.displayname alternatetitle3 secondarytitle container.title meeting.title pub "
        "publicationname fulljournalname publication primarylocationsourcedisplayname materialtitle "
        "publishedjournal journals.title venue.name venue.title venue.raw "
        "publications.publicationname "
        "container.name containername "
        "journalref arxivjournalref publishedin conference.name conf",
        "volume": "volume journal.volume journalvolume biblio.volume journalinfo.volume "
        "publicationinfo.journalvolume "
        "container.volume volume.number",
        "issue": "issue issuenumber issueidentifier journalissue number biblio.issue "
        "journal.issue journal.number "
        "journalinfo.issue publicationinfo.journalissue container.issue issue.number",
        "pages": "pages pagerange pagination page pageinfo journal.pages",
        "first_page": "startpage startingpage pagestart biblio.firstpage firstpage publicationinfo.pagestart "
        "container.firstpage publicationinfo.artid articlenumber",
        "last_page": "endpage endingpage pageend biblio.lastpage lastpage publicationinfo.pageend container.lastpage",
        "publisher": "publisher hostvenue.publisher imprints.publisher imprint.publisher publisher.name "
        "bookorreportdetails.publisher",
        "language": "language languageiso language.code languages lang inlanguage langid textlanguage",
        "kind": "kind type itemtype documenttype entrytype typeofreference contenttype publicationtype doctype "
        "publicationtypes "
        "pubtypelist.pubtype types.resourcetype types.bibtex types.resourcetypegeneral resourcetype.subtype "
        "resourcetype.type subtypedescription resourcetype.id definedtypename releasetype pubtype",
        "comment": "comment arxivcomment comments notes note remark",
        "hold": "hold",
        "hide": "hide",
        "lead": "lead",
        "section": "section",
        "editor_summary": "editorsummary editorssummary",
        "note": "editornote editorsnote",
        "formerly": "formerly formerids formerid previousids previousid",
        "announced": "announcetype announced",
    }
)
_LINK_NAMES = _split(
    {
        "abs": "abs absurl abstracturl arxivurl arxivlink urlabs paperurlabs",
        "pdf": "pdf pdfurl pdflink urlpdf paperurlpdf downloadurl filemain "
        "openaccesspdf.url primarylocation.pdfurl bestoalocation.urlforpdf bestoalocation.pdfurl openaccess.oaurl",
        "html": "html htmlurl",
        "code": "code codeurl urlcode repourl github githubrepo githuburl repo repository",
        "project": "project projectpage projecturl urlproject website homepage",
        "data": "data dataset dataseturl datasetlink urldataset",
        "demo": "demo demourl demolink",
        "video": "video videourl videolink urlvideo",
        "slides": "slides slidesurl slideslink urlslides",
        "poster": "poster posterurl posterlink urlposter",
        "page": "urlpublichtml url uri link paperurl paperlink urls primarylocation.landingpageurl landingpage "
        "fulltexturllist.fulltexturl ee doiurl fulltexturl pageurl websites linkout "
        "articleurl externalurl dimensionsurl paper href preprint publicationurl puburl eprinturl identifieruri",
    }
)
FIELD_NAMES = _with_translations(_FIELD_NAMES)
LINK_NAMES = _with_translations(_LINK_NAMES)
ENGLISH_NAMES = tuple(
    name
    for field, names in (*_FIELD_NAMES.items(), *_LINK_NAMES.items())
    for name in (plain_name(field), *names)
    if "." not in name
)
FIELD_OF_NAME: Mapping[str, str] = {
    name: field
    for field, names in reversed((*FIELD_NAMES.items(), *LINK_NAMES.items()))
    for name in (field, *names)
    if "." not in name
}
# BibTeX entry type → the names that programs use for it, normalised as above.
_KINDS: Mapping[str, str] = {
    "article": "article journal articlejournal journalarticle journalarticles journalpaper researcharticle "
    "originalresearch originalarticle originalpaper reviewpaper "
    "reviewarticle jour ejour ejou mgzn abst inpr articlemagazine articlenewspaper "
    "magazinearticle newspaperarticle scholarlyarticle electronicarticle review bookreview reviewbook letter "
    "lettersandcomments editorial news obituary "
    "casereport metaanalysis citation study clinicaltrial datapaper art journals magazines research publicationarticle",
    "inproceedings": "paperconference conferencepaper proceedingsarticle inproceedings cpaper conf conference "
    "conferenceproceedings conferenceobject conferencearticle conferenceandworkshoppapers workshoppaper "
    "proceedingspaper chapterconferencepaper meetingabstract abstract conferences comm publicationconferencepaper",
    "book": "book ebook edbook monograph editedbook editedwork electronicbook referencebook bookset bookseries "
    "booksandtheses editorship conferenceproceeding ouv publicationbook",
    "incollection": "chapter bookchapter booksection bookpart section chap echap incollection electronicbooksection "
    "partsinbooksorcollections referenceworks referenceentry encyclopedia encyclopediaarticle dictionary "
    "dictionaryentry entry entrydictionary entryencyclopedia encyc dict couv publicationsection",
    "phdthesis": "thesis dissertation thes phdthesis phd doctoralthesis doctoraldissertation habilitation "
    "habilitationthesis bachelorthesis bachelorsthesis these publicationthesis",
    "mastersthesis": "mastersthesis masterthesis mathesis diplomathesis",
    "techreport": "report techreport technicalreport rprt intechreport reportcomponent researchreport workingpaper "
    "publicationreport publicationtechnicalnote publicationworkingpaper discussionpaper whitepaper technicalnote "
    "deliverable projectdeliverable governmentdocument govdoc",
    "unpublished": "manuscript manscpt unpublished unpublishedwork unpb unpd",
    "preprint": "preprint postedcontent eprint publicationpreprint newresults confirmatoryresults contradictoryresults",
    "dataset": "dataset data datasets dataandartifacts database onlinedatabase aggregateddatabase dbase aggr corpus "
    "catalog",
    "software": "software softwaresourcecode softwareapplication softwarecode softwarecontainer softwareexecutable "
    "softwarevirtualmachine computersoftware computerprogram comp code computationalnotebook",
    "misc": "informalandotherpublications informalpublications",
}
KINDS: Mapping[str, str] = by_word(_KINDS)
THESES = ("thesis", "phdthesis")
_MASTERS = lazy_pattern(
    r"\b(?:master|magister|diplom|mathesis|tesi di laurea|m\.?\s?(?:sc|a|s|phil|eng)\b)", re.IGNORECASE
)


def kind_word(written: str, genre: str = "") -> str:
    """Return the BibTeX entry type for a kind of work, or an unknown kind unchanged.

    genre: the degree of a thesis, if stated: `Master's thesis`, `mathesis`.
    """
    kind = KINDS.get(plain_name(written.rpartition("/")[2]), written)
    return "mastersthesis" if kind in THESES and _MASTERS.search(genre) else kind


def first_kind(texts: Iterable[str]) -> str:
    """Return the BibTeX entry type of the first text that names a known kind of work, or ""."""
    return next((word for text in texts if (word := kind_word(text)) != text or text in KINDS), "")


# Placeholders that programs write for an empty value, and schedules for days without a paper; without punctuation.
_NOTHING = frozenset(
    {"", "n/a", "na", "n.a", "none", "null", "nil", "nan", "nat", "<na>", "tbd", "tba", "undefined", "unknown"}
    | {"#n/a", "#ref!", "#value!", "#name?", "#null!", "#div/0!", "not available", "no abstract", "no summary"}
    | {"no abstract available", "abstract not available", "no abstract provided", "abstract unavailable"}
    | {":unav", ":unkn", ":unal", ":unap", ":unas", ":none", ":null", ":tba"}  # DataCite's codes
    | {"no meeting", "no seminar", "no reading group", "no talk", "no class", "no paper", "cancelled", "canceled"}
    | {"entf\u00e4llt", "f\u00e4llt aus", "annul\u00e9", "cancelado", "\u53d6\u6d88", "\u6682\u505c"}
    | {"no description", "no description available", "no title", "no title available", "title not available"}
)
_AROUND_NOTHING = " \t\n.\u2026-\u2013\u2014[](){}\"'"
_LONGEST_NOTHING = 4 + max(map(len, _NOTHING))


def says_something(value: object) -> bool:
    """Return whether a value is not a placeholder such as `n/a`; values other than texts never are."""
    if type(value) is not str or len(value) >= _LONGEST_NOTHING:
        return True
    return value.strip(_AROUND_NOTHING).casefold() not in _NOTHING


def known_names(names: Iterable[str]) -> set[str]:
    """Return the fields and link kinds that any of the names may fill."""
    return {field for name in names for field in fields_of(plain_name(name))}


@lru_cache(maxsize=4096)
def fields_of(name: str) -> frozenset[str]:
    """Return the fields and link kinds that a plain name may fill, as the whole name or the first part of a path."""
    tables = (*FIELD_NAMES.items(), *LINK_NAMES.items())
    return frozenset(field for field, known in tables if any(each.partition(".")[0] == name for each in known))
