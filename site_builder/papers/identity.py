"""Find the identifiers of a paper in the fields of a record: arXiv id, DOI, the curator's own id."""

import re
from collections.abc import Iterable, Iterator, Mapping

from site_builder.lazy import lazy_pattern
from site_builder.papers.clean import strip_controls
from site_builder.sources.fields.identifiers import ARXIV_ID, arxiv_in, doi_in
from site_builder.urls import slugify

_ARXIV_DOI = "10.48550/arxiv."
_VERSION_END = lazy_pattern(r"v(\d+)\Z", re.IGNORECASE)
# DOIs of one version of a work: `.v2` of figshare, Preprints.org and others, `_v2` of OSF, `/v2` of Research Square,
# `-v2` of ChemRxiv, and the bare numbers of F1000's journals, eLife and Mendeley Data.
_VERSION_OF_DOI = lazy_pattern(
    r"(?P<work>10\.\d{4,9}/.{4,200})[._/-]v(?P<version>[1-9]\d?)"
    r"|(?P<of_journal>10\.(?:12688/[a-z0-9]+\.\d+|7554/elife\.\d+|17632/[a-z0-9]+))\.(?P<number>[1-9]\d?)"
)
_PLAIN_ID = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")
# Kinds of link that lead to the paper itself; other links may contain ids of other papers.
_OWN_LINKS = ("abs", "pdf", "html", "page", "doi", "arxiv", "paper", "preprint")
_NAMES_DOI = lazy_pattern(r"doi\.org/|//(?:www\.)?(?:bio|med)rxiv\.org/content/10\.")  # URLs of the paper itself
# Words in a remark that announce the id of another paper.
_ON_ANOTHER = lazy_pattern(
    r"\b(?:comments?|reply|response|erratum|extend(?:s|ed)|versions?|overlaps?|see|supersedes|replaces|companion|follows|"
    r"builds|based|corrects)\b[^.;]*arxiv",
    re.IGNORECASE,
)


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id in a text without its version: `2605.01234`, `astro-ph/0601001`; None if there is none."""
    found = arxiv_in(text)
    return _VERSION_END.sub("", found.casefold()).replace("math.gt/", "math/") if found else None


def doi_of(text: str) -> str | None:
    """Return the DOI in a text in lower case, since DOIs are case-insensitive (DOI Handbook §2.4); None if none."""
    found = doi_in(text)
    return strip_controls(found).casefold() if found else None


def parted_doi(doi: str) -> tuple[str, int]:
    """Split a DOI into the DOI without its version suffix, and the version; 0 if it has no such suffix."""
    found = _VERSION_OF_DOI.fullmatch(doi) if doi[-1:].isdigit() else None
    if found is None:
        return doi, 0
    return found["work"] or found["of_journal"], int(found["version"] or found["number"])


def identify(fields: Mapping[str, object]) -> tuple[str | None, str | None, str | None]:
    """Return (arXiv id, DOI, the curator's own id) from all fields that may have one, each None if absent."""
    arxiv = _first(map(arxiv_id, _texts(fields, ("arxiv", "id", "doi"))))
    doi = _first(map(doi_of, _texts(fields, ("doi", "id"))))
    links = fields.get("links")
    if isinstance(links, Mapping):
        own = [str(url) for kind, url in links.items() if str(kind).casefold() in _OWN_LINKS]
        arxiv = arxiv or _first(map(arxiv_id, own))
        doi = doi or _first(doi_of(url) for url in own if _NAMES_DOI.search(url))
    remarks = (text for text in _texts(fields, ("venue", "comment")) if "arxiv" in text.casefold())
    arxiv = arxiv or _first(arxiv_id(text) for text in remarks if not _ON_ANOTHER.search(text))
    if doi and doi.startswith(_ARXIV_DOI):
        arxiv, doi = arxiv or arxiv_id(f"arXiv:{doi.removeprefix(_ARXIV_DOI)}"), None
    own_id = str(fields.get("id") or "").strip()
    is_own = not arxiv_id(own_id) and not doi_of(own_id) and "://" not in own_id
    return arxiv, doi, own_id if is_own and _PLAIN_ID.fullmatch(own_id) else None


def former_ids(value: object) -> tuple[str, ...]:
    """Return the ids in a `formerly` field, which may have ids, page addresses, or titles from which ids were made."""
    written = value if isinstance(value, list | tuple) else re.split(r"[,;|]", str(value or ""))
    return tuple(dict.fromkeys(filter(None, map(_former_id, map(str, written)))))


def _former_id(text: str) -> str:
    bare = text.strip().removesuffix(".html")
    own = bare.rpartition("papers/")[2] if bare.rpartition("papers/")[0] or bare.startswith("papers/") else bare
    known = arxiv_id(own) or doi_of(own)
    if known or not own or "://" in own:
        return known or ""
    return own if _PLAIN_ID.fullmatch(own) else slugify(own)


def record_id(fields: Mapping[str, object]) -> str:
    """Return the id that the paper of a record will get: arXiv id, else DOI, else the curator's id, else a slug."""
    arxiv, doi, own = identify(fields)
    return arxiv or doi or own or slugify(str(fields.get("title") or ""))


def version_in(fields: Mapping[str, object], arxiv: str) -> int | None:
    """Return the latest version of an arXiv paper in its ids and own links, 2 for `2605.01234v2`; None if none."""
    links = fields.get("links")
    own = [str(links.get(kind, "")) for kind in _OWN_LINKS] if isinstance(links, Mapping) else []
    named = filter(None, map(arxiv_in, (*_texts(fields, ("arxiv", "id", "doi")), *own)))
    ends = ((found, _VERSION_END.search(found)) for found in named)
    return max((int(end[1]) for found, end in ends if end and arxiv_id(found) == arxiv), default=None)


def is_arxiv_id(text: str) -> bool:
    return bool(re.fullmatch(ARXIV_ID, text))


def _texts(fields: Mapping[str, object], names: tuple[str, ...]) -> Iterator[str]:
    return (str(fields[name]).strip() for name in names if fields.get(name))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
