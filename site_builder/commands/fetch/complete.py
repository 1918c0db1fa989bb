"""Complete papers that lists give by id only, from arXiv, Crossref, PubMed, PubMed Central and OpenReview."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import orjson

from site_builder.commands.fetch.fetch_error import FetchError
from site_builder.commands.fetch.http import Access, Client
from site_builder.commands.fetch.list_text import BadAnswerError, is_json, parse_xml
from site_builder.commands.fetch.lists import save
from site_builder.commands.fetch.parsed_response import read_answer
from site_builder.model.raw_paper import Item, RawPaper
from site_builder.papers.completion import id_alone
from site_builder.papers.identity import identify
from site_builder.problems import Problems, counted
from site_builder.sources import read_sources
from site_builder.sources.content.completions import COMPLETED, Completion, Completions
from site_builder.sources.formats import csl_json, jats_xml, json_papers, pubmed_xml
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import JsonError, load_json
from site_builder.written_file import indented_json

ASK_AGAIN = timedelta(days=7)  # before an unknown id is looked up again
Found = Iterable[tuple[str, Mapping[str, object]]]
Read = Callable[[Source], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that completes ids with a prefix: its address, ids per request, and the parser of its responses."""

    name: str
    prefix: str
    address: str
    batch_size: int
    read: Callable[[bytes], Found]
    joint: str = ","
    access: Access = field(default_factory=Access)

    def url(self, keys: Sequence[str]) -> str:
        names = [quote(key.removeprefix(self.prefix), safe="/:.") for key in keys]
        return self.address.replace("{ids}", self.joint.join(names)).replace("{count}", str(len(names)))


def complete_papers(
    content: Path, client: Client, today: date, tell: Callable[[str], None], services: Sequence[Service]
) -> tuple[int, bool]:
    """Complete papers given by id only; return how many there are, and whether all services answered."""
    sources = read_sources(content, Problems())
    known = dict(sources.completions.papers)
    ids = [key for record in sources.records if (key := id_alone(record))]
    wanted = [key for key in ids if _is_wanting(known.get(key), today)]
    all_answered = True
    for number, service in enumerate(services, 1):
        is_last = all(other.prefix != service.prefix for other in services[number:])
        keys = [
            key for key in dict.fromkeys(wanted) if key.startswith(service.prefix) and not _is_filled(known.get(key))
        ]
        for start in range(0, len(keys), service.batch_size):
            batch = keys[start : start + service.batch_size]
            try:
                found = _ask(service, batch, client)
            except FetchError as error:
                tell(f"{service.name}: {error}")
                all_answered = False
                break
            known |= {key: Completion(asked=today, fields=found.get(key, {})) for key in batch}
            value = Completions(papers=dict(sorted(known.items()))).model_dump(mode="json")
            save(content / COMPLETED, indented_json(value))
            missing = [key for key in batch if key not in found]
            lost = f"; not found: {', '.join(missing)}" if missing and is_last else ""
            tell(f"{service.name}: {counted(len(batch) - len(missing), 'paper')} completed{lost}")
    others = [key for key in dict.fromkeys(wanted) if not key.startswith(tuple(service.prefix for service in services))]
    if others:
        tell(f"nobody to complete {', '.join(others[:10])}{' …' if others[10:] else ''}; write their titles")
    return len(ids), all_answered


def _is_filled(known: Completion | None) -> bool:
    return known is not None and bool(known.fields)


def _is_wanting(known: Completion | None, today: date) -> bool:
    return known is None or (not known.fields and today - known.asked >= ASK_AGAIN)


def _ask(service: Service, keys: Sequence[str], client: Client) -> dict[str, Mapping[str, object]]:
    """Return the fields of each id that a service knows. Raises FetchError for an unusable response."""
    url = service.url(keys)
    response = client.get(url, service.access, {}, is_paced=True)
    if response.status != HTTPStatus.OK:  # 404 or 410
        if service.batch_size == 1:
            return {}
        raise FetchError(url, f"there is nothing ({response.status})", "try again later")
    try:
        found = {key.casefold(): fields for key, fields in service.read(response.body) if fields.get("title")}
    except BadAnswerError as error:
        raise FetchError(url, str(error), "try again later") from None
    return {key: found[key.casefold()] for key in keys if key.casefold() in found}


def _read_arxiv(body: bytes) -> Found:
    response = read_answer(body, "ids.xml", frozenset({"arXiv API"}))
    return zip((f"arxiv:{paper}" for paper in response.ids), response.rows, strict=True)


def _read_crossref(body: bytes) -> Found:
    try:
        items = load_json(body.decode("utf-8", "replace"))["message"]["items"]
    except (JsonError, KeyError, TypeError):
        raise BadAnswerError("the answer is no list of works") from None
    papers = _fields_in(csl_json.read, orjson.dumps(items).decode())
    return ((f"doi:{identify(fields)[1]}", fields) for fields in papers)


def _read_openreview(body: bytes) -> Found:
    text = body.decode("utf-8", "replace")
    if not is_json(text):
        raise BadAnswerError("the answer is no list of notes")
    return _by_key("openreview:", json_papers.read_array, text)


def _xml_text(body: bytes) -> str:
    """Return the text of an XML response. Raises BadAnswerError for any other."""
    text = body.decode("utf-8", "replace")
    parse_xml(text)
    return text


def _by_key(prefix: str, read: Read, text: str) -> Found:
    return ((f"{prefix}{fields['key']}", fields) for fields in _fields_in(read, text) if "key" in fields)


def _fields_in(read: Read, text: str) -> Iterator[Mapping[str, object]]:
    """Yield the fields of each paper that a reader finds in a text."""
    return (item.fields for item in read(Source.from_text(text, "-")) if isinstance(item, RawPaper))


SERVICES: tuple[Service, ...] = (
    Service(
        "arXiv", "arxiv:", "https://export.arxiv.org/api/query?id_list={ids}&max_results={count}", 100, _read_arxiv
    ),
    Service(
        "Crossref", "doi:", "https://api.crossref.org/works?rows={count}&filter=doi:{ids}", 20, _read_crossref, ",doi:"
    ),
    Service(
        "PubMed",
        "pmid:",
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&tool=broadsheet&id={ids}",
        100,
        lambda body: _by_key("pmid:", pubmed_xml.read, _xml_text(body)),
    ),
    Service(
        "PubMed Central",
        "PMC",
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pmc&retmode=xml&tool=broadsheet&id={ids}",
        20,
        lambda body: _by_key("", jats_xml.read, _xml_text(body)),
    ),
    Service("OpenReview", "openreview:", "https://api2.openreview.net/notes?id={ids}", 1, _read_openreview),
    Service("OpenReview to 2023", "openreview:", "https://api.openreview.net/notes?id={ids}", 1, _read_openreview),
)
