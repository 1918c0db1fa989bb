"""Find the parts of a record that are not read, and report their keys once per file, with the nearest known key.

The look of a value is what a report calls it: `text`, `a date`, `a link`, `another DOI`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import FIELDS, RawPaper, UnreadOfList
from site_builder.names.line import names_in
from site_builder.names.mappings import unknown_keys as of_people
from site_builder.names.mappings import without_numbers
from site_builder.problems import Problem, counted, right_word
from site_builder.sources.fields.field_names import (
    ENGLISH_NAMES,
    FIELD_NAMES,
    FIELD_OF_NAME,
    LINK_NAMES,
    fields_of,
    plain_name,
    says_something,
)
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, ids_in, is_for_programs, is_service
from site_builder.sources.fields.named_fields import NEVER_ZERO, PARTS_OF_TITLE, links_of
from site_builder.sources.fields.paper_fields import DESK_WORDS, LINK_KINDS, field_name, kept_back_by
from site_builder.sources.fields.text_languages import by_language, chosen_language
from site_builder.sources.fields.venue_names import may_be_one_venue
from site_builder.sources.fields.written_date import leaves_year, written_date
from site_builder.sources.syntax.xml_text import Children, bare_name, written_name
from site_builder.sources.syntax.yaml_text import LineDict

MAX_LISTED = 20  # keys of one file that get a problem each
MAX_COUNTED = 1_000  # different keys of one file
OTHERS = "others"  # name under which the keys beyond MAX_COUNTED are counted
LONGEST_NAME = 60

# Known keys that are of no use to a digest, as plain names.
USELESS = frozenset(
    (
        # API responses: positions, versions of records, timestamps of the service
        "etag cursor nextcursor offset score rank index position hash sha uid uuid createddate updateddate updated "
        "updatedat modified lastmodified modifieddate createdat created lastupdate lastupdated updatedate indexed "
        "deposited accessed accessdate dateadded datemodified status state revision schema schemaversion version "
        "versions locale country license licenses rights copyright selected "
        # how often a work is cited, read and scored
        "citationcount citedbycount citedby citations influentialcitationcount referencecount referencescount "
        "referencedworkscount isreferencedbycount timescited readcount views downloads cited citationsperyear fwci "
        "citationnormalizedpercentile citedbypercentileyear countsbyyear citationcountwithoutselfcitations "
        "citedbyapiurl stats metrics altmetric likescount "
        # what a work refers to
        "references reference refs relatedworks referencedworks relatedidentifiers relation relations relateditems "
        "datasets files grants funding funder funders awards awardscount supplementarydata figures assertion "
        "updateto crossreferences "
        # metadata of the register and the record
        "issn eissn issnl issntype isbn isbntype prefix member server subtype contentdomain resource "
        "shorttitle containertitleshort shortcontainertitle library apcpaid apclist openaccess bestoalocation "
        "locations locationscount indexedin hasfulltext primarytopic sustainabledevelopmentgoals "
        "institutionsdistinctcount countriesdistinctcount mesh correspondingauthorids correspondinginstitutionids "
        "contentpublishedids abstractinvertedindex corpusid s2fieldsofstudy embedding matchscore isopenaccess "
        "isretracted bibcode bibstem identifiers property database readers writers signatures nonreaders invitation "
        "invitations domain parentinvitations mdate tmdate ddate odate pmcid fulltextidlist haspdf hasbook "
        "hasreferences hastextminedterms inepmc inpmc authorcorresponding authorcorrespondinginstitution jatsxml "
        "originalfile affiliations affiliation alternateidentifiers contributors contenturl sizes formats "
        "geolocations rightslist sortdate printpubdate pmclivedate coverdisplaydate aggregationtype eid sourceid "
        "openaccessflag pii fa dataproviders outputs fulltext journalid timeline isbns numberofpages "
        "inspirecategories aff esources linksdata orcidpub orciduser orcidother pubraw firstauthornorm authornorm "
        "meshheadinglist pids lensid docid preprintauthorcorresponding preprintauthorcorrespondinginstitution "
        "preprintplatform registered partcount partofcount citationsovertime downloadsovertime viewsovertime "
        "included fundingreferences metadataversion isactive reason viewcount downloadcount clientid providerid "
        "agency accessright acquisitionsource authorshipsrawauthorname authorshipsauthorid month day collections "
        "externalsystemidentifiers acceleratorexperiments texkeys legacycreationdate legacyversion "
        "persistentidentifiers controlnumber firstauthor lastmodifiedat metadatalastmodifiedat contexts "
        "contextswithintent intents isinfluential journalabbrev numpages indexterms conceptrecid conceptdoi recid "
        "chapter city edition editors serieseditor readercount profileid groupid medium genre series usercontext "
        "putcode visibility displayindex typecrossref citationstyles numcitedby numciting citationvelocity ncitation "
        "linkedmodels linkeddatasets linkedspaces "
        "authoridlist datalinkstagslist publicationstatus pubmodel grantslist chemicallist subsetlist hassuppl hasdata "
        "hasdbcrossreferences haslabslinks hasevaluations authman epmcauthman nihauthman hastmaccessionnumbers "
        "dateofcreation firstindexdate fulltextreceiveddate dateofrevision commentcorrectionlist versionnumber "
        "versionlist lastauthor sorttitle nlmuniqueid essn recordstatus pubstatus history sortpubdate sortfirstauthor "
        "fulltextorigin relevancescore licenseid oastatus accesstype conferencelocation conferencedates "
        "publicationnumber isnumber citingpapercount citingpatentcount insertdate isbnformats suffix xml details "
        "paperhash codeofethics submissionguidelines anonymousurl noacknowledgementsection reciprocalreviewing "
        "pdfuploadcertification alternatebibcode bibgroup citereadboost classicfactor entrydate pagecount "
        "publicationvenueid urlprivateapi urlpublicapi urlprivatehtml definedtype freetoread freetoreadlabel fundacr "
        "srctype trashed incomplete readerid "
        "updatedparsed publishedparsed titledetail summarydetail authordetail arxivprimarycategory rawid guidislink "
        "owners submitted swh doiurl relationships attributes access bibtex data authorids venueid ids messagetype "
        "messageversion pid number no nr row unnamed0"
    ).split()
)

# Keys of the front matter that websites write for their own pages.
_OF_SITES = frozenset(
    "layout permalink collection math mathjax katex toc giscuscomments relatedpublications relatedposts bibliography "
    "csl format execute output creativecommons weight lastmod datemodified header banner view profile commentable "
    "highlight projects authornotes selected publicationshort imagepreview bibtexshow nav navorder sitemap "
    "redirectfrom redirectto jupyter linkcitations numbersections showdate showreadingtime".split()
)
_OFF = frozenset({"false", "no", "off", "0"})  # says nothing under a key that nobody knows
_USELESS_INSIDE = frozenset(
    "id type url website homepage issn model alternatenames avatar avatarurl isverified dblp mag acl pubmed "
    "pubmedcentral pmid openalex nlmid isoabbreviation place medlineabbreviation journalissueid "
    "dateofpublication monthofpublication yearofpublication printpublicationdate disclaimer general titlelong "
    "titleshort acronym dates session datetype titletype descriptiontype status license alternateurls format "
    "abbreviatedname h1 p citeproc ris schemaorg resourcetype identifier identifiertype "
    "publisheridentifier publisheridentifierscheme schemeuri".split()
)
_LOOKS = {
    "a link": lazy_pattern(r"https?://|www\."),
    "a date": lazy_pattern(r"\d{4}-\d{1,2}(?:-\d{1,2})?\b|\d{1,2}[./]\d{1,2}[./]\d{4}|(?:19|20)\d\d(?:\d{4})?\Z"),
    "a number": lazy_pattern(r"-?\d+(?:\.\d+)?\Z"),
}
_TWO_DAYS = lazy_pattern(r"\d{1,2}/\d{1,2}/\d{4}")
_DATES_OF_RECORDS = frozenset(
    "created createdat createddate creationdate added addedat dateadded updated updatedat updateddate updatedate "
    "modified lastmodified modifieddate datemodified accessed accessdate indexed deposited".split()
)
_DATED = frozenset({"published", "listed"})
ANOTHER = "another"  # begins the report of a second value
TEXTS = ("title", "abstract")  # fields of which a second value under another name is reported
# Fields that read only the first item of a list.
_ONCE = frozenset(
    "title subtitle venue organization publisher submitter volume issue pages section editor_summary note".split()
)
_ONE_TEXT = {name for name, each in FIELDS.items() if each.shape == "text"} - {"published", "id", "key"}
_LISTED = {"titles": "title", "abstracts": "abstract", "descriptions": "abstract"}  # keys of lists of objects
_TEXT_INSIDE = ("value", "description", "abstract", "text")  # keys of the text in such an object
_BETWEEN_DOIS = lazy_pattern(r"[\s,;|]+(?=(?:doi:\s*|https?://[^\s/]+/)?10\.\d{4})", re.IGNORECASE)
_PATH = lazy_pattern(r"\.{0,2}/?[\w%~-][\w.%~/-]{0,200}\.(?:pdf|html?)", re.IGNORECASE)  # of a file at a website
_COMPARED = 2_000  # leading characters of texts that are compared
_LONGEST_DOIS = 1_000  # characters
_DEEPEST_LOOK = 8  # levels of lists and objects within a value
_MOST_PEOPLE = 50  # of one record that are examined
_NAMES_INSIDE = frozenset({"name", "title", "displayname", "fullname"})


def _inside() -> dict[str, frozenset[str]]:
    """Return key of an object → the keys inside it that lead to fields; people are left to `names/`."""
    ways = [(field, *name.split(".")) for field, names in _TABLES for name in names if "." in name]
    firsts = {first for field, first, *_ in ways if field != "authors"}
    known = {first: _NAMES_INSIDE.union(way[2] for way in ways if way[1] == first) for first in firsts}
    return known | {"title": known["title"].union(*(map(plain_name, names) for names in PARTS_OF_TITLE))}


_TABLES = (*FIELD_NAMES.items(), *LINK_NAMES.items())
_INSIDE: Mapping[str, frozenset[str]] = _inside()
# Field of the tables → the fields of a record that it may become; its value counts as read if any of them is set.
_READ_AS: Mapping[str, frozenset[str]] = {
    "date": frozenset({"published", "listed"}),
    "subtitle": frozenset({"title"}),
    "tags": frozenset({"tags", "categories"}),
    "first_page": frozenset({"pages"}),
    "last_page": frozenset({"pages"}),
    "comments": frozenset({"comments", "comment"}),
    "comment": frozenset({"comments", "comment"}),
    **{kind: frozenset({"links"}) for kind in LINK_NAMES},
}
_OF_SOURCE = frozenset({"venue", "source"})
# Keys outside the tables → the fields that they may become.
_OUTSIDE_TABLES = {
    "links": frozenset({"links"}),
    "source": _OF_SOURCE,
    **dict.fromkeys(("collaboration", "collaborations"), frozenset({"authors"})),
}
_OTHER_NAMES = {plain_name(word): key for word, key in DESK_WORDS.items()}
_NAMES_ONLY = frozenset({"id", "key", "kind", "arxiv", "links"})  # machine-readable, so one value is enough


def unread_keys(
    values: Mapping[str, object], fields: Mapping[str, object], known: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return key → look (`text`, `a date`, …) of the values that are not, or only partly, read into a field.

    fields: those that were read. known: plain names that the reader handles in addition to the tables.
    """
    plan = _plan(tuple(values), known)
    unread = _without_field(values, fields, plan.candidates)
    if "an identifier" in unread.values():
        ids = {str(fields[name]).casefold() for name in ("doi", "arxiv") if fields.get(name)}
        unread = {
            key: look
            for key, look in unread.items()
            if look != "an identifier" or not fields_of(plain_name(key)) or not _has_id(str(values.get(key)), ids)
        }
    if plan.of_records and fields.keys().isdisjoint(_DATED):
        unread |= {key: "a date" for key in plan.of_records if look_of(values[key]) == "a date"}
    unread |= {key: look for key in plan.months if (look := look_of(values[key])) and leaves_year(values[key])}
    unread |= {key: "a date that may mean two days" for key in plan.dates if _may_mean_two_days(values[key])}
    for key, field in plan.crowded:
        if key not in unread and (look := look_left_out(field, values[key], fields)):
            unread[str(key)[:LONGEST_NAME]] = look
    for key, names in plan.with_fields_inside:
        value = values[key]
        if type(value) is dict and not by_language(value):  # multilingual texts are reported below
            unread |= {f"{key}.{inner}"[:LONGEST_NAME]: look for inner, look in _unread_inside(value, names)}
    for key, field in plan.looked_into:
        value = values[key]
        if type(value) is list or type(value) is dict:
            unread |= {
                f"{key}.{inner}"[:LONGEST_NAME]: look for inner, look in _unread_of(field, value, values, fields)
            }
    return unread


def _may_mean_two_days(value: object) -> bool:
    return type(value) is str and _TWO_DAYS.fullmatch(value) is not None and written_date(value) == value


def _unread_of(
    field: str, value: list[object] | dict[str, object], values: Mapping[str, object], fields: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the unread parts of a multilingual text, of a list of titles or abstracts, or of authors."""
    if field == "authors":
        yield from ((key, "a name") for key in _unread_of_people(without_numbers(value)))
        return
    texts = by_language(value)
    yield from ((language, "text") for language in languages_left_out(texts, values.get("language")))
    if field in _ONCE and not texts:
        yield from ((index, "text") for index in _other_texts(value))
    if field == "abstract" and not texts and fields.get(field):
        yield from ((index, f"{ANOTHER} text") for index in _other_abstracts(value, _letters(fields.get("abstract"))))


class _Plan(NamedTuple):
    """The keys of a record to check, by the kind of check.

    candidates: keys with the fields they may become. crowded: keys that compete for one field, with the field.
    with_fields_inside: keys of objects that may contain fields, with the plain names of these. looked_into: keys whose
    values may have several parts of which one is read, with the field. of_records: dates of the record itself, such as
    its creation. months: keys of a month without the year. dates: publication dates, if there are several.
    """

    candidates: list[tuple[str, frozenset[str]]]
    crowded: list[tuple[str, str]]
    with_fields_inside: list[tuple[str, frozenset[str]]]
    looked_into: list[tuple[str, str]]
    of_records: list[str]
    months: list[str]
    dates: list[str]


@lru_cache(maxsize=256)  # the objects of one program have the same keys
def _plan(keys: tuple[str, ...], known: frozenset[str]) -> _Plan:
    named = [(key, plain_name(str(key))) for key in keys]
    fields = ((key, _LISTED.get(name) or FIELD_OF_NAME.get(name, "")) for key, name in named)
    dates = [key for key, name in named if FIELD_OF_NAME.get(name) in ("published", "date")]
    return _Plan(
        candidates=_candidates(keys, known),
        crowded=_crowded(keys, known),
        with_fields_inside=[(key, _INSIDE[name]) for key, name in named if name in _INSIDE and name not in known],
        looked_into=[(key, field) for key, field in fields if field in (*TEXTS, *_ONCE, "authors")],
        of_records=[key for key, name in named if name in _DATES_OF_RECORDS],
        months=[key for key, name in named if name == "month"],
        dates=dates if len(dates) > 1 else [],
    )


def keys_without_field(values: Mapping[str, object], fields: Collection[str]) -> dict[str, str]:
    """Return key → look of the values whose fields were not read."""
    return _without_field(values, fields, _candidates(tuple(values), frozenset()))


def _without_field(
    values: Mapping[str, object], fields: Collection[str], candidates: Iterable[tuple[str, frozenset[str]]]
) -> dict[str, str]:
    return {
        str(key)[:LONGEST_NAME]: look
        for key, targets in candidates
        if targets.isdisjoint(fields) and (look := look_of(_of_fields(key, values[key], targets)))
    }


def _of_fields(key: object, value: object, targets: Collection[str]) -> object:
    """Return the part of a value that could become one of its key's fields, or an empty value."""
    inside = _INSIDE.get(plain_name(str(key))) if type(value) is dict else None
    if inside and isinstance(value, dict):
        value = {name: each for name, each in value.items() if plain_name(str(name)) in inside}
    if targets == _OF_SOURCE and (str(value).islower() or links_of(value)):  # an internal name, or read as a link
        return ""
    if value in (0, "0") and not NEVER_ZERO.isdisjoint(targets):
        return ""
    if "venue" in targets:
        texts = list(value.values()) if isinstance(value, dict) else [value]
        return [] if any(isinstance(text, str) and is_service(text) for text in texts) else texts
    return value


def look_left_out(field: str, value: Any, fields: Mapping[str, Any]) -> str:
    """Return the look of the part of a value that is missing from its field, or "" if all of it was read.

    field: one of TEXTS, `venue`, `doi`, or `links`.
    """
    if field == "venue":
        return f"{ANOTHER} text" if _is_other_venue(value, str(fields.get(field) or "")) else ""
    if not says_something(value):
        return ""
    if value == fields.get(field) or (type(value) is str and value in fields.get("links", {}).values()):
        return ""  # fast path for nearly all values, ten times as fast
    if field in TEXTS:
        text, read = _letters(value), _letters(fields.get(field))
        return f"{ANOTHER} text" if text not in read and not (read and read in text) else ""
    if field == "doi":
        known = {doi.casefold() for doi in _dois_in(fields.get("doi"))}
        return "" if known.issuperset(doi.casefold() for doi in _dois_in(value)) else f"{ANOTHER} DOI"
    return _links_left_out(value, fields)


def _links_left_out(value: object, fields: Mapping[str, Any]) -> str:
    """Return what links look like that are none of the paper's, "" where all of them are."""
    links = {str(url).rstrip(".,;/") for url in fields.get("links", {}).values()}
    if type(value) is str and _PATH.fullmatch(value.strip()) and not any(url.endswith(value.strip()) for url in links):
        return "no web address"
    others = [url for url in links_of(value) if not is_for_programs(url) and url.rstrip(".,;/") not in links]
    names = [str(fields[name]) for name in ("doi", "arxiv", "id") if fields.get(name)] if others else []
    ids = {found.casefold() for name in names for found in ids_in(name).values()}
    return "" if all(_has_id(url, ids) for url in others) else f"{ANOTHER} link"


def _is_other_venue(value: object, read: str) -> bool:
    """Return whether a value names a venue other than the one read, and not a service such as arXiv."""
    if isinstance(value, dict):
        value = next((value[name] for name in ("name", "title", "displayname") if name in value), "")
    is_named = isinstance(value, str) and bool(value) and bool(read)
    return is_named and value != read and _are_two_venues(str(value), read)


@lru_cache(maxsize=1_024)  # the papers of a list share few venues
def _are_two_venues(value: str, read: str) -> bool:
    if read.startswith(f"{value}:") or is_service(value) or look_of(value) != "text":
        return False
    short, long = sorted((value.casefold(), read.casefold()), key=len)
    letters = iter(long)
    is_acronym = " " not in short and all(letter in letters for letter in short)
    return not (is_acronym or may_be_one_venue(value, read))


def repeated_names(values: Mapping[str, Sequence[str]], names: Iterable[str]) -> dict[str, str]:
    """Return a look for each of the single-valued names for which a record has different texts."""
    return {name: f"{ANOTHER} text" for name in names if len(set(filter(None, values.get(name, ())))) > 1}


def _dois_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return []
    texts = value if isinstance(value, list) else _BETWEEN_DOIS.split(str(value)[:_LONGEST_DOIS])
    return [doi for text in texts if isinstance(text, str) and (doi := doi_in(text))]


def _has_id(url: str, ids: Collection[str]) -> bool:
    """Return whether a URL or text contains one of the given ids (DOI or arXiv number)."""
    return any(found.casefold() in ids for found in ids_in(url).values())


def _letters(value: object) -> str:
    """Return the lower-case letters and digits of a text's beginning, for comparison."""
    text = value if isinstance(value, str) else ""
    return "".join(filter(str.isalnum, text[:_COMPARED].casefold()))


def _unread_inside(value: Mapping[str, object], known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a nested object that lead to no field, with the looks of their values."""
    for key, inner in value.items():
        name = plain_name(str(key))
        if name not in known and name not in USELESS and name not in _USELESS_INSIDE and (look := look_of(inner)):
            yield str(key), look


def languages_left_out(texts: Mapping[str, object], own: object) -> list[str]:
    """Return the languages of a multilingual text that are not read."""
    return [language for language in texts if language != chosen_language(texts, own)]


def _other_texts(value: object) -> list[str]:
    """Return the positions (from 1) of texts in a list that differ from the first, which is the one read."""
    items = value if isinstance(value, list) else []
    texts = [each.get("title") if isinstance(each, dict) and not _is_subtitle(each) else each for each in items]
    first = _letters(texts[0]) if texts else ""
    others = [(index, text) for index, text in enumerate(texts[1:], 2) if isinstance(text, str)]
    return [str(index) for index, text in others if look_of(text) and _letters(text) != first]


def _other_abstracts(value: object, read: str) -> list[str]:
    """Return the positions (from 1) of objects in a list whose text is missing from the abstract read.

    read: the abstract as `_letters` returns it.
    """
    items = enumerate(value, 1) if type(value) is list else ()
    objects = [(index, each) for index, each in items if type(each) is dict]
    texts = ((index, next(filter(None, map(each.get, _TEXT_INSIDE)), "")) for index, each in objects)
    return [str(index) for index, text in texts if isinstance(text, str) and _letters(text) not in read]


def _is_subtitle(title: Mapping[str, object]) -> bool:
    return str(title.get("titleType")).casefold() == "subtitle"


def _unread_of_people(value: object) -> Iterator[str]:
    """Yield the unread keys of author objects whose values may be further names."""
    people = [person for person in (value[:_MOST_PEOPLE] if type(value) is list else [value]) if type(person) is dict]
    if not of_people(tuple(dict.fromkeys(chain.from_iterable(people)))):
        return
    for person in people:
        for key in of_people(tuple(person)):
            texts = person.get(key)
            for text in texts if isinstance(texts, list) else [texts]:
                if isinstance(text, str) and " " in text.strip() and names_in(text, is_single_known=True):
                    yield key


def unknown_keys(values: LineDict) -> tuple[dict[str, str], dict[str, int]]:
    """Return key → look, and key → line, of a curator's keys that are unknown or only partly read."""
    names = [
        key
        for key in values
        if field_name(key) is None
        and kept_back_by(key, values[key]) is None
        and plain_name(key) not in _OF_SITES
        and str(values[key]).casefold() not in _OFF
        and (plain_name(key) != "month" or leaves_year(values[key]))
    ]
    unknown = {key: look for key in names if (look := look_of(values[key]))}
    looks = {key[:LONGEST_NAME]: look for key, look in unknown.items()}
    lines = {key[:LONGEST_NAME]: values.lines[key] for key in unknown}
    for key, value in values.items():
        others = {} if isinstance(value, str) else _unread_parts(key, value, values.get("language"))
        looks |= {f"{key}.{other}"[:LONGEST_NAME]: look for other, look in others.items()}
        lines |= {f"{key}.{other}"[:LONGEST_NAME]: values.lines[key] for other in others}
    return looks, lines


def _unread_parts(key: str, value: object, language: object) -> dict[str, str]:
    """Return name or position → look of the unread parts of a list or a mapping where one text is expected."""
    name = field_name(key)
    if name in LINK_KINDS:
        return dict.fromkeys(_other_texts(value), "a link")
    if name not in _ONE_TEXT:
        return {}
    others = dict.fromkeys(languages_left_out(by_language(value), language), "text")
    others |= dict.fromkeys(_other_texts(value), "text")
    if isinstance(value, dict) and not by_language(value):
        others |= dict(_unread_inside(value, _INSIDE.get(plain_name(key), _NAMES_INSIDE)))
    return others


def unread_elements(named: Children, known: Collection[str]) -> dict[str, str]:
    """Return name as written → look of the children of an XML entry that are not read."""
    unread = {}
    for name, elements in named.items():
        if name in known or plain_name(bare_name(name)) in USELESS:
            continue
        texts = (text for element in elements for text in (*element.itertext(), *element.attrib.values()))
        if look := next((look for text in texts if (look := look_of(text))), ""):
            unread[written_name(name, elements[0])] = look
    return unread


@lru_cache(maxsize=256)  # the objects of one program have the same keys
def _candidates(keys: tuple[str, ...], known: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """Return the keys that are not useless or otherwise handled, with the fields they may become."""
    candidates = []
    for key in keys:
        plain = plain_name(str(key))
        targets = fields_of(plain) or _OUTSIDE_TABLES.get(plain, frozenset())
        if plain in known or targets & _NAMES_ONLY or (not targets and plain in USELESS) or not plain:
            continue
        candidates.append((key, frozenset().union(*(_READ_AS.get(field, frozenset({field})) for field in targets))))
    return candidates


def _crowded(keys: tuple[str, ...], known: frozenset[str]) -> list[tuple[str, str]]:
    """Return the keys of which something may be left out, with their fields: rival texts, DOIs and links."""
    of_field: dict[str, list[str]] = {}
    for key in keys:
        plain = plain_name(str(key))
        for field in () if plain in known else fields_of(plain):
            of_field.setdefault("links" if field in LINK_NAMES else field, []).append(key)
    fields = (field for field in (*TEXTS, "venue") if len(of_field.get(field, ())) > 1)
    rivals = [(key, field) for field in fields for key in of_field[field]]
    return rivals + [(key, field) for field in ("doi", "links") for key in of_field.get(field, [])]


def look_of(value: object, level: int = 0) -> str:
    """Return the kind of a value for a report (`a link`, `a date`, `text`, …), or "" for an empty one."""
    if isinstance(value, list | tuple | dict):
        inner = list(value.values() if isinstance(value, dict) else value)[:5]
        return "" if level > _DEEPEST_LOOK else next((look for each in inner if (look := look_of(each, level + 1))), "")
    text = "" if value is None or isinstance(value, bool) else str(value).strip()[:300]
    if not says_something(text):
        return ""
    if doi_in(text) or arxiv_in(text):
        return "an identifier"
    return next((look for look, pattern in _LOOKS.items() if pattern.match(text)), "text")


class UnreadKeys:
    """The unread keys of one file: their counts, first lines and looks."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._first: dict[str, tuple[int, str]] = {}
        self._of_lists: set[str] = set()

    def add(self, item: RawPaper | UnreadOfList) -> None:
        """Count the unread keys of one record or list."""
        for key, look in item.unread.items():
            name = key if key in self.counts or len(self.counts) < MAX_COUNTED else OTHERS
            self.counts[name] += 1
            self._first.setdefault(name, (item.unread_lines.get(key, item.line), look))
            if isinstance(item, UnreadOfList):
                self._of_lists.add(name)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield a problem for each of the MAX_LISTED most frequent keys, and one for all others."""
        for name, count in self.counts.most_common(MAX_LISTED):
            line, look = self._first[name]
            where = "said of the list" if name in self._of_lists else f"in {counted(count, 'record')}"
            yield Problem(path, line, f'"{name}" is not read: {look}, {where}', _remedy(name, look))
        if len(self.counts) > MAX_LISTED:
            what = f"{counted(len(self.counts) - MAX_LISTED, 'more key')} not read"
            yield Problem(path, None, what, "`--report` names them")


@lru_cache(maxsize=1024)  # the lists of a folder share their keys
def _remedy(name: str, look: str) -> str:
    if look.startswith(ANOTHER):
        return "a paper has one; it is left out"
    plain = plain_name(name.rpartition(".")[2])
    or_else = "see the page on writing lists for the known names; it is left out"
    if plain in FIELD_OF_NAME:
        return or_else
    remedy = right_word(plain, ENGLISH_NAMES, _OTHER_NAMES, or_else)
    return remedy if remedy != or_else else right_word(plain, FIELD_OF_NAME, or_else=or_else)
