"""Find identifiers and classify links in the text of a source; `papers/` checks and normalises them."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import chain
from urllib.parse import quote, unquote, urlsplit

from site_builder.lazy import lazy_pattern

# Four digits after the point until 2014, five since; a 2015+ number with four digits is a typing error.
ARXIV_ID = (
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-8]\d)(?:0[1-9]|1[0-2])\.\d{5})(?:v\d+)?(?!\d)"
    r"|[a-z]{1,10}(?:-[a-z]{1,5})?(?:\.[a-z]{2})?/\d{7}(?:v\d+)?"
)
CATEGORY = r"[a-z]+(?:-[a-z]+)*\.[A-Za-z-]{2,20}"  # an arXiv category below an archive
_ARCHIVES = (
    "astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|nlin|nucl-(?:ex|th)|physics|q-bio|q-fin"
    "|quant-ph|stat|acc-phys|adap-org|alg-geom|ao-sci|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|dg-ga|funct-an"
    "|mtrl-th|patt-sol|plasm-ph|q-alg|solv-int|supr-con"
)
_CATEGORY = lazy_pattern(rf"(?:{_ARCHIVES})(?:\.[A-Za-z-]{{2,20}})?")
VERSION = lazy_pattern(r"v?([1-9]\d{0,2})", re.IGNORECASE)  # of an arXiv paper; not an edition or release

_ARXIV = lazy_pattern(
    rf"(?:arxiv(?:\.org)?(?:\s+preprint)?[\s:./]*(?:(?:abs|pdf|html)/)?(?:arxiv[:.]\s*)?|\b(?:abs|papers)/)({ARXIV_ID})",
    re.IGNORECASE,
)
_BARE_ARXIV = lazy_pattern(rf"\s*({ARXIV_ID})\s*(?:\[[\w., -]+\]\s*)?", re.IGNORECASE)
SICI = r"<[\w-]{1,10}:[^\s\"<>{}]{0,40}>(?=\d)"  # part of the DOIs of articles before 2002
_DOI = lazy_pattern(
    r"10\.\d{4,9}/(?:[^\s\"<>{}]|<[^\s\"<>{}]*>(?=\d))+|(?<=doi\.org/)10/[a-z0-9]+|\A10/[a-z0-9]+\Z", re.IGNORECASE
)
# Path segments after a DOI in publishers' URLs.
_VIEWS = (
    "full|full-?text|abstract|short|long|extract|e?pdf|ampdf|pdfft|html?|xml|epub|meta|summary|references|figures|tables"
    "|citations?|metrics|supplementary-material|supplementary|supplemental|suppl|suppl_file|article-info|article-metrics"
    "|info-metrics|download|reader|files|sect|_article|_pdf|_html"
)
_AFTER_DOI = lazy_pattern(
    rf"(?:/(?:{_VIEWS})(?:[./+;].*)?|/v\d+/.*|\.(?:full|full-?text|abstract|short|long|pdf|html|supplementary-material"
    r"|article-info|article-metrics|citation)(?:\+[a-z]+)?|;jsessionid=.*)+$",
    re.IGNORECASE,
)
_VIEW = lazy_pattern(r"/(?:full|abstract|e?pdf|html|meta)(?:[./](?:pdf|html?))?$", re.IGNORECASE)  # also at doi.org
_RXIV = lazy_pattern(r"(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?:v\d|[./])", re.IGNORECASE)
_NUMBER_OF_ARTICLE = lazy_pattern(r"\d{4,12}")
_NUMBER_OF_PDF = lazy_pattern(r"\d{1,12}")  # before a file's name, in `article-pdf/doi/10.1162/tacl_a_1/1/tacl_a_1.pdf`
_QUERY = lazy_pattern(r"(10\.\d{4,9}(?:/|%2F)[^?#\s]+)[?#]\S*", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000  # characters
_SCHEMELESS = lazy_pattern(r"(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+){0,5}\.[a-z]{2,6}/)\S*", re.IGNORECASE)
_OTHER_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]{1,20}:/", re.IGNORECASE)
_TEX = lazy_pattern(
    r"\{?\\(?:string(?=[~_%#&])|(?P<sign>[_&%#$~])(?:\{\})?"
    r"|(?P<word>textless|textgreater|textasciitilde|textunderscore|slash)(?![a-z])(?:\{\}|\s)?)\}?"
    r"|\$(?P<formula>\\sim|\\less|\\greater|[<>~])\$"
)
_TEX_SIGNS = {
    **{"textless": "<", "textgreater": ">", "textasciitilde": "~", "textunderscore": "_", "slash": "/"},
    **{r"\sim": "~", r"\less": "<", r"\greater": ">"},
}
_WITH_SPACES = lazy_pattern(r"https?://[^\s<>\"]+(?: [^\s<>\"/:]+){1,9}\.(?:pdf|html?|ps)", re.IGNORECASE)
_LONGEST_DOI = 500  # characters; longer ones are not searched for a view
_HREF = lazy_pattern(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_URL = lazy_pattern(rf"https?://(?:[^\s<>\"{{}}]|{SICI})+", re.IGNORECASE)
_ONE_URL = lazy_pattern(r"https?://[^\s<>\"{};,|=)]+")  # without characters that may separate or end URLs
_IN_MARKDOWN = lazy_pattern(r"\]\(\s*(https?://[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*)")
_NEXT_URL = lazy_pattern(r"[;,|](?=https?://)", re.IGNORECASE)
_SICI = lazy_pattern(SICI)
_ARXIV_VENUE = lazy_pattern(
    r"\W*+(?:arxiv(?:\.org| \(cornell university\))?|corr)(?!\w)"
    r"[\s:.]*+(?:e-?prints?|preprints?)?[\s,:.]*+(?:arxiv)?[\s:.]*+"
    rf"(?:abs/)?(?:{ARXIV_ID})?(?:\W*\[[\w., -]++\])?+(?:\W*\d{{4}})?+\W*",
    re.IGNORECASE,
)
_LONGEST_ARXIV_VENUE = 60  # characters
# Services in which programs find papers, but no paper is published; letters and digits only.
_SERVICES = frozenset(
    "arxiv arxivorg biorxiv medrxiv hf huggingface huggingfacedailypapers dailypapers paperswithcode pwc alphaxiv "
    "openalex semanticscholar s2 s2orc crossref pubmed pmc pubmedcentral medline med ppr europepmc eupmc embase scopus "
    "wos webofscience webofsciencecorecollection googlescholar scholar dblp openreview inspire inspirehep ads "
    "nasaads core lens dimensions unpaywall datacite zenodo orcid mendeley zotero endnote ieee ieeexplore acm acmdl "
    "acmdigitallibrary springer springerlink sciencedirect elsevier proquest ebsco cochrane cinahl psycinfo eric "
    "jstor ssrn repec hal twitter x reddit hackernews hn rss feed api web manual user mds doi eartharxiv".split()
)

# Host (or its suffix) → the kind of its links.
_KIND_OF_HOST = {
    **dict.fromkeys(("github.com", "gitlab.com", "bitbucket.org", "codeberg.org"), "code"),
    **dict.fromkeys(("github.io", "gitlab.io"), "project"),
    **dict.fromkeys(("twitter.com", "x.com"), "tweet"),
    **dict.fromkeys(("youtube.com", "youtu.be"), "video"),
    **{"doi.org": "doi", "openreview.net": "review"},
}
# Hosts named in abstracts whose URLs show what they lead to.
_NAMED_IN_TEXT = lazy_pattern(
    r"(?<![\w.@/-])(?:https?://)?(?:www\.)?((?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co)"
    r"/[\w.~/-]{3,200})",
    re.IGNORECASE,
)
_AT_HUGGING_FACE = {"datasets": "data", "spaces": "demo"}
_NO_MODELS = frozenset(
    "api blog chat collections docs enterprise join learn login models organizations papers posts pricing settings "
    "tasks".split()
)
_OWNER_AND_NAME = 2  # path segments of a repository
_ARXIV_KINDS = ("abs", "pdf", "html")
PAPER_HOSTS = tuple(
    "arxiv.org alphaxiv.org doi.org openreview.net aclanthology.org aclweb.org biorxiv.org medrxiv.org "
    "chemrxiv.org ssrn.com hal.science semanticscholar.org pubmed.ncbi.nlm.nih.gov ncbi.nlm.nih.gov nature.com "
    "science.org sciencemag.org sciencedirect.com springer.com ieee.org acm.org wiley.com plos.org pnas.org "
    "cell.com mdpi.com frontiersin.org mlr.press jmlr.org neurips.cc nips.cc papers.nips.cc thecvf.com "
    "cv-foundation.org isca-speech.org ijcai.org aaai.org mitpressjournals.org direct.mit.edu tandfonline.com "
    "sagepub.com oup.com usenix.org citeseerx.ist.psu.edu".split()
)


def arxiv_in(text: str) -> str | None:
    """Return the arXiv id after `arXiv:`, in a URL, in `CoRR abs/…`, or forming the whole text; None if absent."""
    found = _BARE_ARXIV.fullmatch(text) or _ARXIV.search(text)
    return found[1] if found else None


def is_arxiv_category(text: str) -> bool:
    """Return whether a text is one of arXiv's categories: `cs.CL`, `hep-th`."""
    return _CATEGORY.fullmatch(text) is not None


def doi_in(text: str) -> str | None:
    """Return the first DOI in the text, including short ones (`10/fqd6hj`), without trailing punctuation, or None."""
    text = unescape(text) if "&" in text else text
    if not text.startswith("http"):
        text = without_tex(text)
    is_address = "://" in text
    if is_address and len(text) <= _LONGEST_ADDRESS:
        text = _without_number(_QUERY.sub(r"\1", text))
    found = _DOI.search(unquote(text) if is_address else text)
    doi = found[0].rstrip(".,;]/") if found else None
    if doi and len(doi) <= _LONGEST_DOI:
        doi = _without_view(doi, is_of_publisher=is_address and "doi.org/" not in text)
    while doi and doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;]")
    return doi


def without_tex(address: str) -> str:
    r"""Return a URL or DOI with plain signs in place of TeX's, such as `\_`, `\~{}`, `$<$` and `\textless{}`."""
    return _TEX.sub(_plain_sign, address) if "\\" in address or "$" in address else address


def _plain_sign(found: re.Match[str]) -> str:
    written = found["sign"] or found["word"] or found["formula"] or ""
    return _TEX_SIGNS.get(written, written)


def _without_number(address: str) -> str:
    """Remove the article number and title after a DOI in a URL: `article/doi/10.1162/tacl_a_1/115000/A-Title`."""
    before, marker, path = address.partition("/doi/")
    parts = path.split("/")
    number = _NUMBER_OF_PDF if "article-pdf" in before and parts[-1].endswith(".pdf") else _NUMBER_OF_ARTICLE
    for index in range(max(2, len(parts) - 2), len(parts)):
        if marker and "article" in before and number.fullmatch(parts[index]):
            return f"{before}{marker}{'/'.join(parts[:index])}"
    return address


def _without_view(doi: str, *, is_of_publisher: bool) -> str:
    """Remove from a DOI what its URL appends: the view (`/full`, `/pdf`) or the version of a preprint."""
    bare = _AFTER_DOI.sub("", re.sub(r"&.*", "", doi)) if is_of_publisher else _VIEW.sub("", doi)
    preprint = _RXIV.match(bare)
    bare = preprint[1] if preprint else bare
    return bare if _DOI.fullmatch(bare) else doi


def escaped(url: str) -> str:
    """Percent-encode the angle brackets of an old DOI (SICI) in a URL."""
    return _SICI.sub(lambda found: quote(found[0], safe=":"), url) if "<" in url else url


def address_in(text: str) -> str | None:
    """Return the URL in a text meant to be one, or None.

    `www.example.org` gets the scheme https; a text with another scheme is returned unchanged.
    """
    if url := url_in(text):
        return url
    if _SCHEMELESS.fullmatch(text.removeprefix("//")):
        return f"https://{text.removeprefix('//')}"
    return text if _OTHER_SCHEME.match(text) else None


def url_in(text: str) -> str | None:
    """Return the target of the first HTML link in the text, else its first http(s) URL, else None."""
    return next(iter(urls_in(text)), None)


def urls_in(text: str) -> list[str]:
    """Return the targets of the HTML or Markdown links in the text, else its http(s) URLs, without duplicates."""
    if "://" not in text and "href" not in text.lower():
        return []
    if _ONE_URL.fullmatch(text):
        return [text.rstrip(".,;")]
    if _WITH_SPACES.fullmatch(text):
        return [text.replace(" ", "%20")]
    found = (
        _HREF.findall(text)
        or ("](" in text and _IN_MARKDOWN.findall(text))
        or (_without_marks(url) for run in _URL.findall(text) for url in _NEXT_URL.split(run) if _URL.match(url))
    )
    return list(dict.fromkeys(found))


def _without_marks(url: str) -> str:
    """Return a URL without the marks of the sentence that it stands in: `(https://example.org/a).`"""
    url = url.rstrip(".,;")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;")
    return url


def ids_in(text: str) -> dict[str, str]:
    """Return the arXiv number and the DOI in a text, as fields of a paper."""
    return {name: found for name, find in (("arxiv", arxiv_in), ("doi", doi_in)) if (found := find(text))}


def is_arxiv_venue(text: str) -> bool:
    """Return whether the name of a journal states only that the work is on arXiv."""
    return len(text) <= _LONGEST_ARXIV_VENUE and _ARXIV_VENUE.fullmatch(text) is not None


def is_service(text: str) -> bool:
    """Return whether a text names a service such as arXiv or Scopus, not a journal."""
    return is_arxiv_venue(text) or "".join(filter(str.isalnum, text[:60].casefold())) in _SERVICES


def is_for_programs(url: str) -> bool:
    """Return whether a URL belongs to an API, which is of no use to readers."""
    parts = _split(url) if "api." in url.casefold() else None
    return parts is not None and parts[0].startswith("api.")


def link_kind(url: str) -> str:
    """Classify a URL: abs, pdf, html, code, project, doi, tweet, video, review, model, data, demo, or page."""
    parts = _split(url)
    if parts is None:
        return "page"
    host, path = parts
    if _is_at(host, "arxiv.org"):
        kind = path.lstrip("/").partition("/")[0]
        return kind if kind in _ARXIV_KINDS else "page"
    if path.lower().endswith(".pdf"):
        return "pdf"
    if host == "huggingface.co":
        return _kind_at_hugging_face(path.strip("/").split("/"))
    return next((kind for end, kind in _KIND_OF_HOST.items() if _is_at(host, end)), "page")


def links_of_urls(urls: Sequence[str]) -> dict[str, str]:
    """Return kind → URL, the first of each kind; DOIs are left out, as they have a field of their own."""
    return {link_kind(url): url for url in reversed(urls) if link_kind(url) != "doi"}


def add_link(links: dict[str, str], kind: str, url: str) -> None:
    """Add a link under its kind, or under the kind of its URL if the given one is `page` or taken."""
    links.setdefault(link_kind(url) if kind == "page" or kind in links else kind, url)


def _kind_at_hugging_face(steps: list[str]) -> str:
    if steps[0] in _AT_HUGGING_FACE:
        return _AT_HUGGING_FACE[steps[0]] if len(steps) > _OWNER_AND_NAME else "page"
    return "model" if len(steps) == _OWNER_AND_NAME and steps[0] not in _NO_MODELS else "page"


def links_in(text: str) -> dict[str, str]:
    """Return the code, model, data and demo links in a text by kind, only for kinds with exactly one URL."""
    found: dict[str, dict[str, None]] = {}
    words = (word for word in text.split() if "/" in word) if "/" in text else ()  # faster than one search of it all
    for match in chain.from_iterable(map(_NAMED_IN_TEXT.finditer, words)):
        url = f"https://{match[1].rstrip('./-').removesuffix('.git')}"
        kind = link_kind(url)
        if kind in ("model", "data", "demo") or (kind == "code" and url.count("/") > _OWNER_AND_NAME + 1):
            found.setdefault(kind, {})[url] = None
    return {kind: next(iter(urls)) for kind, urls in found.items() if len(urls) == 1}


def leads_to_paper(url: str) -> bool:
    """Return whether a URL leads to a paper: a PDF, or a page at a host of papers such as arxiv.org or doi.org."""
    parts = _split(url)
    if parts is None:
        return False
    host, path = parts
    if host == "huggingface.co" or host.endswith("github.com"):
        return path.startswith("/papers/") or path.lower().endswith(".pdf")
    has_page = len(path.strip("/")) > 0
    is_pdf = path.lower().endswith(".pdf") or "/pdf/" in path
    return is_pdf or (has_page and any(_is_at(host, end) for end in PAPER_HOSTS))


def _split(url: str) -> tuple[str, str] | None:
    """Return the host and path of an http(s) URL, or None for anything else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    return parts.netloc.lower().rpartition("@")[2].partition(":")[0], parts.path


def _is_at(host: str, end: str) -> bool:
    return host == end or host.endswith(f".{end}")
