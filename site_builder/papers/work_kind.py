"""The kind of work a paper is, the server of a preprint, and the DOI used in every citation format."""

import re
from collections.abc import Mapping
from enum import StrEnum

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Paper
from site_builder.sources.fields.field_names import KINDS, plain_name


class WorkKind(StrEnum):
    """The kinds of work that citation formats distinguish."""

    PREPRINT = "preprint"
    ARTICLE = "journal article"
    CONFERENCE = "conference paper"
    CHAPTER = "book chapter"
    BOOK = "book"
    THESIS = "thesis"
    MASTERS_THESIS = "master's thesis"
    REPORT = "report"
    DATASET = "dataset"
    SOFTWARE = "software"
    DOCUMENT = "document"  # kind unknown


# Entry types of BibTeX and BibLaTeX that settle the kind of a work, whatever else is known of it.
_CERTAIN: Mapping[str, WorkKind] = {
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"), WorkKind.BOOK),
    **dict.fromkeys(("reference", "mvreference", "periodical"), WorkKind.BOOK),
    **dict.fromkeys(("incollection", "inbook", "inreference", "bookinbook"), WorkKind.CHAPTER),
    **dict.fromkeys(("suppbook", "suppcollection"), WorkKind.CHAPTER),
    **dict.fromkeys(("techreport", "report"), WorkKind.REPORT),
    **dict.fromkeys(("phdthesis", "thesis"), WorkKind.THESIS),
    "mastersthesis": WorkKind.MASTERS_THESIS,
    "dataset": WorkKind.DATASET,
    "software": WorkKind.SOFTWARE,
}
# Entry types that need a venue or a publisher's DOI as confirmation: files of preprints say `@article`, too.
_LIKELY: Mapping[str, WorkKind] = {
    **dict.fromkeys(("article", "suppperiodical"), WorkKind.ARTICLE),
    **dict.fromkeys(("inproceedings", "conference"), WorkKind.CONFERENCE),
}
_UNPUBLISHED = frozenset({"preprint", "unpublished"})
# Words for works that are never papers, and words that say nothing about the kind of a work.
_NO_PAPERS = frozenset(
    "patent pat standard stand webpage website blog blogpost postweblog post podcast interview image audio video movie "
    "motionpicture artwork art artifact performance music song sound map figure presentation slides slide talk lecture "
    "speech legislation legal legalcase legalrule jurisdiction statute hearing bill case treaty regulation email "
    "instantmessage forumpost icomm personalcommunication radiobroadcast tvbroadcast broadcast videorecording "
    "audiorecording soundrecording filmbroadcast audiovisual advs mpct multi multimedia hardware physicalobject "
    "instrument".split()
)
_OPEN = frozenset(
    "misc document other generic gen manual booklet online electronic www elec web letter newsarticle newsletter note "
    "set bibnote commentary table text collection model workflow interactiveresource event service grant award project "
    "outputmanagementplan studyregistration paratext libguides erratum correction corrigendum retraction peerreview "
    "component supplementarymaterials journal journalissue journalvolume proceedingsseries reportseries serial "
    "ancient chart clswk ctlg catalogue equa jfull pamp pamphlet pcomm ser stat bibliography classicalwork "
    "historicalwork journalfull periodicalarticle circular proposal pressrelease poster oral spotlight paper "
    "publication work scholarlywork dois shortpaper fullpaper "
    "informalandotherpublications informalpublications".split()
)
_KNOWN = frozenset({"", *_CERTAIN, *_LIKELY, *_UNPUBLISHED, *_NO_PAPERS, *_OPEN})
_CONFERENCE = lazy_pattern(
    r"\b(?:proc\b|proceedings|conference|workshop|symposium|advances in neural|findings of)", re.IGNORECASE
)
_ACRONYM = lazy_pattern(r"[A-Z][A-Za-z-]*[A-Z]\w*(?:\s*'?\d{2,4})?")  # ICLR, NeurIPS 2024, not Nature
# arXiv.org, bioRxiv (Cold Spring Harbor Laboratory), CoRR abs/…, SSRN Electronic Journal.
_SERVER = lazy_pattern(
    r"\W*(?:(?P<arxiv>arxiv|corr(?!\.))|\w{2,12}rxiv|ssrn|research square|preprints\.org|osf preprints|authorea"
    r"|cryptology eprint archive)\b",
    re.IGNORECASE,
)
# Prefix of a preprint server's DOIs → its name; the DOIs of bioRxiv end in six digits, those of medRxiv in eight.
_SERVER_OF_DOI: Mapping[re.Pattern[str], str] = {
    lazy_pattern(r"10\.(?:1101|64898)/(?:20\d\d\.\d\d\.\d\d\.)?\d{6}\Z"): "bioRxiv",
    lazy_pattern(r"10\.(?:1101|64898)/(?:20\d\d\.\d\d\.\d\d\.)?\d{8}\Z"): "medRxiv",
    lazy_pattern(r"10\.26434/chemrxiv"): "ChemRxiv",
    lazy_pattern(r"10\.36227/techrxiv"): "TechRxiv",
    lazy_pattern(r"10\.2139/ssrn\."): "SSRN",
    lazy_pattern(r"10\.21203/rs\."): "Research Square",
    lazy_pattern(r"10\.20944/preprints"): "Preprints.org",
    lazy_pattern(r"10\.22541/au\."): "Authorea",
    lazy_pattern(r"10\.31219/osf\.io/"): "OSF Preprints",
    lazy_pattern(r"10\.31234/osf\.io/"): "PsyArXiv",
    lazy_pattern(r"10\.31235/osf\.io/"): "SocArXiv",
}


# Kind → the BibTeX entry type by which sources name it.
BIBTEX_WORDS: Mapping[WorkKind, str] = {
    WorkKind.PREPRINT: "preprint",
    WorkKind.ARTICLE: "article",
    WorkKind.CONFERENCE: "inproceedings",
    WorkKind.CHAPTER: "incollection",
    WorkKind.BOOK: "book",
    WorkKind.THESIS: "phdthesis",
    WorkKind.MASTERS_THESIS: "mastersthesis",
    WorkKind.REPORT: "techreport",
    WorkKind.DATASET: "dataset",
    WorkKind.SOFTWARE: "software",
}


def kind_of(paper: Paper) -> WorkKind:
    """Return the kind of work: as its record says, if certain or confirmed by a venue or DOI; else from the venue."""
    written = word_of(paper.kind or "")
    if written in _CERTAIN or written in _NO_PAPERS:
        return _CERTAIN.get(written, WorkKind.DOCUMENT)
    if not paper.venue or _SERVER.match(paper.venue):
        return WorkKind.PREPRINT if _is_preprint(paper, written) else _LIKELY.get(written, WorkKind.DOCUMENT)
    if written in _LIKELY:
        return _LIKELY[written]
    is_conference = not paper.volume and (_CONFERENCE.search(paper.venue) or _ACRONYM.fullmatch(paper.venue))
    return WorkKind.CONFERENCE if is_conference else WorkKind.ARTICLE


def word_of(written: str) -> str:
    """Return the BibTeX entry type for a kind as programs write it (`Data set` → `dataset`); an unknown kind as is."""
    folded = written.casefold()
    if folded in _KNOWN:
        return folded
    plain = plain_name(folded.rpartition("/")[2])
    return plain if plain in _NO_PAPERS else "misc" if plain in _OPEN else KINDS.get(plain, written)


def is_kind(written: str) -> bool:
    """Return whether a word names a known kind of work."""
    return word_of(written) in _KNOWN


def server_of(paper: Paper) -> str:
    """Return the name of a preprint's server, "" if not known."""
    named = _SERVER.match(paper.venue or "")
    if named and not named["arxiv"]:
        return paper.venue or ""
    return "arXiv" if paper.arxiv or named else _server_of_doi(paper.doi or "")


def citable_doi(paper: Paper) -> str:
    """Return the paper's DOI, else the one that arXiv registers with DataCite (`10.48550/arXiv.<id>`), else ""."""
    return paper.doi or (f"10.48550/arXiv.{paper.arxiv}" if paper.arxiv else "")


def _is_preprint(paper: Paper, written: str) -> bool:
    """Return whether a paper whose venue is missing or a preprint server is a preprint."""
    if paper.venue or written in _UNPUBLISHED or _server_of_doi(paper.doi or ""):
        return True
    is_published = bool(paper.doi) and written in _LIKELY
    return paper.arxiv is not None and not is_published


def _server_of_doi(doi: str) -> str:
    return next((name for pattern, name in _SERVER_OF_DOI.items() if pattern.match(doi)), "") if doi else ""
