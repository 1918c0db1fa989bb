"""One work, one answer: what every form says of a work, read as its readers read it.

Zotero's translators cannot be installed as a package; the rules of theirs that decide are written down here, each under
the name of its translator.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from lxml import etree, html
from pybtex.database import parse_string as parse_pybtex

from site_builder.build import build
from site_builder.config.settings import Settings
from site_builder.names.person import split_name
from site_builder.papers import make_papers
from site_builder.papers.work_kind import WorkKind, is_kind
from site_builder.problems import Problems
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.source import Source
from tests.conftest import NOW, Site, write_content

CROWD = tuple(f"Ann Name{chr(97 + n)}" for n in range(25))


@dataclass(frozen=True)
class Work:
    """A work of a list, and what every form has to say of it."""

    page: str
    yaml: str
    kind: WorkKind
    date: str = "2026-11-18"
    arxiv: str = ""
    version: str = ""
    doi: str = ""
    authors: tuple[str, ...] = ("Ann Example",)

    @property
    def title(self) -> str:
        name = next(name for name, work in WORKS.items() if work is self)
        return f"{name[0].upper()}{name[1:]}"


WORKS = {
    "an arXiv preprint": Work(
        "2611.00001",
        "arxiv: 2611.00001v2, authors: [Jan Piet van der Berg, Kimi Team, Md Rahman], published: 2026-11-18",
        WorkKind.PREPRINT,
        arxiv="2611.00001",
        version="2",
        doi="10.48550/arXiv.2611.00001",
        authors=("Jan Piet van der Berg", "Kimi Team", "Md Rahman"),
    ),
    "a preprint by one person of a long name": Work(
        "2611.00002",
        "arxiv: 2611.00002, authors: [Jan Piet van der Berg], published: 2026-11-18",
        WorkKind.PREPRINT,
        arxiv="2611.00002",
        doi="10.48550/arXiv.2611.00002",
        authors=("Jan Piet van der Berg",),
    ),
    "a preprint by a crowd": Work(
        "2611.00003",
        f"arxiv: 2611.00003, authors: [{', '.join(CROWD)}], published: 2026-11",
        WorkKind.PREPRINT,
        date="2026-11",
        arxiv="2611.00003",
        doi="10.48550/arXiv.2611.00003",
        authors=CROWD,
    ),
    "a preprint without a date": Work(
        "2610.00004",
        "arxiv: 2610.00004, authors: Ann Example",
        WorkKind.PREPRINT,
        date="2026-10",
        arxiv="2610.00004",
        doi="10.48550/arXiv.2610.00004",
    ),
    "an old preprint without a date": Work(
        "astro-ph-0601001",
        "arxiv: astro-ph/0601001, authors: Ann Example",
        WorkKind.PREPRINT,
        date="2006-01",
        arxiv="astro-ph/0601001",
        doi="10.48550/arXiv.astro-ph/0601001",
    ),
    "a preprint with the DOI of a journal": Work(
        "2611.00005",
        "arxiv: 2611.00005, doi: 10.1234/jx.10, authors: Ann Example, published: 2026-11-18",
        WorkKind.PREPRINT,
        arxiv="2611.00005",
        doi="10.1234/jx.10",
    ),
    "a withdrawn preprint": Work(
        "2611.00006",
        "arxiv: 2611.00006v3, comment: withdrawn by the authors, authors: Ann Example, published: 2026-11-18",
        WorkKind.PREPRINT,
        arxiv="2611.00006",
        version="3",
        doi="10.48550/arXiv.2611.00006",
    ),
    "a preprint of bioRxiv": Work(
        "10.1101-2026.11.01.123456",
        "doi: 10.1101/2026.11.01.123456, authors: Ann Example",
        WorkKind.PREPRINT,
        date="2026-11",
        doi="10.1101/2026.11.01.123456",
    ),
    "a preprint known by its page at bioRxiv": Work(
        "10.1101-2026.11.01.123457",
        "url: 'https://www.biorxiv.org/content/10.1101/2026.11.01.123457v2.full', authors: Ann Example",
        WorkKind.PREPRINT,
        date="2026-11",
        doi="10.1101/2026.11.01.123457",
    ),
    "a preprint of medRxiv, named as its journal": Work(
        "10.1101-2026.11.01.26123456",
        "doi: 10.1101/2026.11.01.26123456, venue: medRxiv, authors: Ann Example, published: 2026-11-18",
        WorkKind.PREPRINT,
        doi="10.1101/2026.11.01.26123456",
    ),
    "an article with an arXiv number": Work(
        "2611.00007",
        "arxiv: 2611.00007v4, doi: 10.1234/jx.9, venue: Journal of Things, volume: 3, authors: Ann Example, "
        "published: 2026-11-18",
        WorkKind.ARTICLE,
        arxiv="2611.00007",
        version="4",
        doi="10.1234/jx.9",
    ),
    "a journal article": Work(
        "10.1234-jx.5",
        "doi: 10.1234/jx.5, venue: Journal of Things, volume: 3, pages: 1-9, authors: Ann Example, "
        "published: 2026-11-18",
        WorkKind.ARTICLE,
        doi="10.1234/jx.5",
    ),
    "a talk": Work(
        "10.1234-cx.5",
        "doi: 10.1234/cx.5, venue: Proceedings of the 5th Conference on Things, authors: Ann Example, "
        "published: 2026-11-18",
        WorkKind.CONFERENCE,
        doi="10.1234/cx.5",
    ),
    "a talk with an arXiv number alone": Work(
        "2611.00008",
        "arxiv: 2611.00008, venue: NeurIPS 2026, authors: Ann Example, published: 2026-11-18",
        WorkKind.CONFERENCE,
        arxiv="2611.00008",
        doi="10.48550/arXiv.2611.00008",
    ),
    "a chapter": Work(
        "10.1234-bx.5",
        "doi: 10.1234/bx.5, kind: incollection, venue: A Book of Things, publisher: Press, authors: Ann Example, "
        "published: 2026-11",
        WorkKind.CHAPTER,
        date="2026-11",
        doi="10.1234/bx.5",
    ),
    "a book": Work(
        "10.1234-bx.6",
        "doi: 10.1234/bx.6, kind: book, publisher: Press, authors: Ann Example, published: 2025",
        WorkKind.BOOK,
        date="2025",
        doi="10.1234/bx.6",
    ),
    "a thesis": Work(
        "a-thesis",
        "kind: phdthesis, publisher: University of Things, authors: Ann Example, published: 2025",
        WorkKind.THESIS,
        date="2025",
    ),
    "a thesis whose university is its venue": Work(
        "a-thesis-whose-university-is-its-venue",
        "kind: phdthesis, venue: University of Things, authors: Ann Example, published: 2025",
        WorkKind.THESIS,
        date="2025",
    ),
    "a report": Work(
        "a-report", "kind: techreport, authors: Ann Example, published: 2025-02", WorkKind.REPORT, date="2025-02"
    ),
    "a dataset": Work(
        "10.1234-dx.5",
        "doi: 10.1234/dx.5, kind: dataset, venue: Data Archive, authors: Ann Example, published: 2025",
        WorkKind.DATASET,
        date="2025",
        doi="10.1234/dx.5",
    ),
    "a program": Work(
        "a-program",
        "kind: Computer program, authors: Ann Example, published: 2025-02",
        WorkKind.SOFTWARE,
        date="2025-02",
    ),
    "a paper without a date": Work(
        "a-paper-without-a-date",
        "authors: Ann Example, links: {pdf: 'https://x.example/p.pdf'}",
        WorkKind.DOCUMENT,
        date="",
    ),
    "a title": Work("a-title", "abstract: ''", WorkKind.DOCUMENT, date="", authors=()),
}

# What a form calls each kind: DC.type and COinS (Zotero's names), JSON-LD, CSL, RIS, BibTeX.
NAMES: Mapping[WorkKind, tuple[str, str, str, str, str]] = {
    WorkKind.PREPRINT: ("preprint", "ScholarlyArticle", "article", "MANSCPT", "misc"),
    WorkKind.ARTICLE: ("journalArticle", "ScholarlyArticle", "article-journal", "JOUR", "article"),
    WorkKind.CONFERENCE: ("conferencePaper", "ScholarlyArticle", "paper-conference", "CPAPER", "inproceedings"),
    WorkKind.CHAPTER: ("bookSection", "Chapter", "chapter", "CHAP", "incollection"),
    WorkKind.BOOK: ("book", "Book", "book", "BOOK", "book"),
    WorkKind.THESIS: ("thesis", "Thesis", "thesis", "THES", "phdthesis"),
    WorkKind.REPORT: ("report", "Report", "report", "RPRT", "techreport"),
    WorkKind.DATASET: ("dataset", "Dataset", "dataset", "DATA", "dataset"),
    WorkKind.SOFTWARE: ("computerProgram", "SoftwareSourceCode", "software", "COMP", "software"),
    WorkKind.DOCUMENT: ("document", "ScholarlyArticle", "document", "GEN", "misc"),
}
Facts = dict[str, object]


def named(place: int, name: str) -> WorkKind:
    """Return the kind of work that a form calls by a name; of two the first, which a form tells apart by more."""
    return next(kind for kind, names in NAMES.items() if names[place] == name)


def plain_name(last: str, first: str = "") -> str:
    return f"{first} {last}".replace("\u00a0", " ").strip(" ,")


def in_zotero(name: str) -> str:
    """Part a name as `cleanAuthor` of Zotero's utilities does, and return it plain.

    A comma parts last and first name, and one at the end keeps the name whole; else the last word is the family's.
    """
    whole = name.strip(" ,")
    if "," in name:
        last, _, first = whole.partition(", ")
        return plain_name(last, first)
    parts = split_name(whole)
    assert " " not in parts.last, f"Zotero takes the last word of {name} for the family's name"
    return whole


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("works")
    papers = "".join(f'  - {{title: "{work.title}", {work.yaml}}}\n' for work in WORKS.values())
    write_content(
        folder / "content",
        "-- site.yaml --\nbase_url: https://d.example\nexports: [bib, ris, csl, md]\nrelated: tags\nsearch: false\n"
        f"-- papers/list.yaml --\nlisted: 2026-11-20\npapers:\n{papers}",
    )
    result = build(folder / "content", folder / "output", NOW)
    assert not list(result.problems)
    return Site(result, folder / "content", folder / "output")


def page_of(site: Site, work: Work) -> html.HtmlElement:
    return html.document_fromstring(site.text(f"papers/{work.page}.html"))


def embedded_metadata(site: Site, work: Work) -> Facts:
    """Read a page as Zotero's "Embedded Metadata" does.

    The kind is that of a tag for a journal, a conference, a book or an institution, else `DC.type`, which is one of
    Zotero's own names, else an article's; the date is `citation_publication_date`, else that of the first `<time>`
    with a `datetime`; a DOI stands in `citation_doi`, and a single name with a comma between words is two people.
    """
    page = page_of(site, work)
    tags: dict[str, list[str]] = {}
    for tag in page.iterfind(".//meta[@name]"):
        tags.setdefault(tag.get("name"), []).append(tag.get("content"))
    by_tag = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
        "citation_conference_title": "conferencePaper",
        "citation_inbook_title": "bookSection",
        "citation_dissertation_institution": "thesis",
    }
    kind = next((by_tag[name] for name in by_tag if name in tags), tags.get("DC.type", ["journalArticle"])[0])
    names = tags.get("citation_author", [])
    parts = names[0].split(",") if len(names) == 1 else []
    assert not (len(parts) > 1 and " " in parts[0] and " " in parts[1].strip())
    times = [time.get("datetime") for time in page.iterfind(".//time[@datetime]")]
    return {
        "kind": named(0, kind),
        "arxiv": tags.get("citation_arxiv_id", [""])[0],
        "doi": tags.get("citation_doi", [""])[0],
        "date": tags.get("citation_publication_date", [*times, ""])[0].replace("/", "-"),
        "authors": tuple(map(in_zotero, names)),
    }


def json_ld(site: Site, work: Work) -> Facts:
    """Read the block that search engines read."""
    made = orjson.loads(page_of(site, work).findtext(".//script[@type='application/ld+json']") or "")
    ids = dict(each.split(":", 1) for each in made.get("identifier", []))
    kind = WorkKind(made.get("genre", "document"))
    assert made["@type"] == NAMES[kind][1]
    return {
        "kind": kind,
        "arxiv": ids.get("arXiv", ""),
        "version": str(made.get("version", "")),
        "doi": ids.get("DOI", ""),
        "date": made.get("datePublished", ""),
        "authors": tuple(made.get("author", [])),
    }


def coins(site: Site, work: Work) -> Facts:
    """Read the span of a day's page as Zotero's "COinS" does.

    The genre tells a talk and a chapter from a book, `rft.type` is one of Zotero's names; a name in `rft.aulast`
    besides the same one in `rft.au` is a further person.
    """
    page = html.document_fromstring(site.text("days/2026-11-20.html"))
    card = next(
        each
        for each in page.iterfind(".//article")
        if (link := each.find(".//h3/a")) is not None and link.get("href").endswith(f"/{work.page}.html")
    )
    pairs = parse_qsl(card.find(".//span[@class='Z3988']").get("title"), strict_parsing=True)
    said = dict(pairs)
    genres = {"article": "journalArticle", "proceeding": "conferencePaper", "bookitem": "bookSection"}
    ids = [value for key, value in pairs if key == "rft_id"]
    number, _, version = next((each[11:] for each in ids if each.startswith("info:arxiv/")), "").partition("v")
    assert "rft.aulast" not in said
    return {
        "kind": named(0, genres.get(said.get("rft.genre", ""), said.get("rft.type", ""))),
        "arxiv": number,
        "version": version,
        "doi": next((each[9:] for each in ids if each.startswith("info:doi/")), ""),
        "date": said.get("rft.date", ""),
        "authors": tuple(in_zotero(value) for key, value in pairs if key == "rft.au"),
    }


def csl(site: Site, work: Work) -> Facts:
    """Read CSL-JSON as Zotero's "CSL JSON" does: `article` is a preprint, and a particle that stands apart is lost."""
    (item,) = site.json(f"papers/{work.page}.csl.json")
    assert not any("non-dropping-particle" in name for name in item.get("author", []))
    parts = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    return {
        "kind": named(2, item["type"]),
        "arxiv": item.get("number", "").removeprefix("arXiv:"),
        "version": item.get("version", ""),
        "doi": item.get("DOI", ""),
        "date": "-".join(f"{part:02}" for part in parts),
        "authors": tuple(
            each.get("literal") or plain_name(each["family"], each["given"]) for each in item.get("author", [])
        ),
    }


def ris(site: Site, work: Work) -> Facts:
    """Read RIS with rispy, which Zotero's "RIS" agrees with: AU in the order of the file, the fullest date, DO, AN."""
    (item,) = rispy.loads(site.text(f"papers/{work.page}.ris"))
    kind = named(3, item["type_of_reference"])
    assert (item.get("type_of_work") == "Preprint") == (kind is WorkKind.PREPRINT)
    date = item.get("date", item.get("year", "")).rstrip("/").replace("/", "-")
    assert date[:4] == item.get("year", "")
    return {
        "kind": kind,
        "arxiv": item.get("accession_number", "").removeprefix("arXiv:"),
        "version": item.get("edition", ""),
        "doi": item.get("doi", ""),
        "date": date,
        "authors": tuple(map(in_zotero, item.get("authors", []))),
    }


def bibtex(site: Site, work: Work) -> Facts:
    """Read BibTeX with pybtex, as Zotero's "BibTeX" does: a DOI in `doi` alone, a number of arXiv by `eprinttype`."""
    text = site.text(f"papers/{work.page}.bib")
    (key, entry), *others = parse_pybtex(text, "bibtex").entries.items()
    assert not others
    fields = entry.fields
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    month = re.search(r"month = (\w{3})", text)
    date = [fields.get("year", ""), f"{months.index(month[1]) + 1:02}" if month else "", fields.get("day", "").zfill(2)]
    is_preprint = fields.get("pubstate") == "prepublished"
    assert (fields.get("eprinttype"), fields.get("archiveprefix")) in [("arxiv", "arXiv"), (None, None)]
    assert re.findall(r"\d{4}", key) == [fields["year"]] if "year" in fields else not re.search(r"\d", key)
    return {
        "kind": named(4, entry.type) if is_preprint or entry.type != "misc" else WorkKind.DOCUMENT,
        "arxiv": fields.get("eprint", ""),
        "version": fields.get("version", ""),
        "doi": fields.get("doi", ""),
        "date": "-".join(part for part in date if part.strip("0")),
        "authors": tuple(str_of(each) for each in entry.persons.get("author", [])),
    }


def str_of(person: Any) -> str:
    parts = [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names]
    return " ".join(parts).replace("{", "").replace("}", "")


def twin(site: Site, work: Work) -> Facts:
    """Read the Markdown twin of the day with our own reader."""
    problems, report = Problems(), FileReport("twin.md")
    records = tuple(read_list(Source.from_text(site.text("days/2026-11-20.md"), "twin.md"), report, problems))
    made = make_papers(Sources(records, {"twin.md": report}, (), (), ()), Settings(), problems).papers
    assert not list(problems)
    record = next(each for each in records if str(each.fields["title"]).casefold() == work.title.casefold())
    words = [
        "preprint",
        "article",
        "inproceedings",
        "incollection",
        "book",
        "phdthesis",
        "techreport",
        "dataset",
        "software",
        "",
    ]
    paper = next(each for each in made if each.title == work.title)
    return {
        "kind": list(NAMES)[words.index(str(record.fields.get("kind", "")))],
        "arxiv": paper.arxiv or "",
        "version": str(paper.version or ""),
        "doi": str(record.fields.get("doi", "")),
        "date": str(record.fields.get("published", "")),
        "authors": paper.authors,
    }


def api(site: Site, work: Work) -> Facts:
    """Read the data files."""
    item = next(each for each in site.papers.values() if each["title"] == work.title)
    return {
        "kind": WorkKind(item["kind"]),
        "arxiv": item["arxiv"] or "",
        "version": str(item["version"] or ""),
        "doi": item["doi"] or "",
        "date": item["published"] or "",
        "authors": tuple(item["authors"]),
    }


READERS: Mapping[str, Callable[[Site, Work], Facts]] = {
    "page, meta tags": embedded_metadata,
    "page, JSON-LD": json_ld,
    "day, COinS": coins,
    "CSL-JSON": csl,
    "RIS": ris,
    "BibTeX": bibtex,
    "Markdown": twin,
    "data files": api,
}


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("name", WORKS)
def test_every_form_says_the_same_of_a_work(site: Site, name: str, form: str) -> None:
    said = READERS[form](site, WORKS[name])
    assert said == {fact: getattr(WORKS[name], fact) for fact in said}
    assert {"kind", "arxiv", "doi", "date", "authors"} <= said.keys()


@pytest.mark.parametrize("name", WORKS)
def test_a_citation_in_words_says_the_same(site: Site, name: str) -> None:
    work = WORKS[name]
    text = page_of(site, work).findtext(".//p[@class='citation']") or ""
    assert f"({work.date[:4] or 'n.d.'})." in text
    assert ("[Preprint]" in text) == (work.kind is WorkKind.PREPRINT)
    version = f"v{work.version}" if work.version else ""
    assert (f" arXiv:{work.arxiv}{version}." in text) == bool(work.arxiv)
    assert text.endswith(f" https://doi.org/{work.doi}") if work.doi else "doi.org" not in text
    assert all(split_name(author).last in text for author in work.authors[:19])


@pytest.mark.parametrize("name", WORKS)
def test_bibtexparser_finds_the_fields_that_pybtex_finds(site: Site, name: str) -> None:
    text = site.text(f"papers/{WORKS[name].page}.bib")
    (entry,) = parse_bibtex(text, parse_stack=[]).entries
    (other,) = parse_pybtex(text, "bibtex").entries.values()
    assert {each.key for each in entry.fields} - {"author"} == set(other.fields)


@pytest.mark.parametrize("name", WORKS)
def test_the_first_time_on_a_page_is_the_works_own_date_and_never_the_day_of_a_list(site: Site, name: str) -> None:
    """Zotero's "Embedded Metadata", and others, take it where no tag says a date."""
    own = [time.get("datetime") for time in page_of(site, WORKS[name]).iterfind(".//time[@datetime]")]
    assert set(own) <= {WORKS[name].date}


def test_feeds_name_the_same_authors_under_the_same_title(site: Site) -> None:
    entries = {each["title"]: each for each in site.json("feeds/papers.json")["items"]}
    atom = etree.fromstring(site.text("feeds/papers.atom").encode())
    names = {
        each.findtext("{*}title"): tuple(author.text for author in each.iterfind("{*}author/{*}name"))
        for each in atom.iterfind("{*}entry")
    }
    for work in WORKS.values():
        title = work.title
        if work.authors:
            assert tuple(each["name"] for each in entries[title]["authors"]) == work.authors
            assert names[title] == work.authors


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *(("Dataset", "dataset"), ("data set", "dataset"), ("Computer Program", "software"), ("Software", "software")),
        *(("Journal Article", "article"), ("conference-paper", "inproceedings"), ("Dissertation", "phdthesis")),
        *(("poster", "poster"), ("misc", "misc"), ("Patent", "patent"), ("post-weblog", "postweblog")),
        *(("doctoralThesis", "phdthesis"), ("Master Thesis", "mastersthesis"), ("Technical Report", "techreport")),
        *(("working paper", "techreport"), ("info:eu-repo/semantics/conferenceObject", "inproceedings")),
        *(("database", "dataset"), ("ComputationalNotebook", "software"), ("edited-book", "book")),
        *(("reference-entry", "incollection"), ("Research Article", "article"), ("eprint", "preprint")),
    ],
)
def test_a_kind_is_known_however_programs_call_it(build_site: Callable[..., Site], written: str, kind: str) -> None:
    site = build_site(f"-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- {{title: On tides, kind: {written}}}\n")
    assert not list(site.problems)
    assert site.result.papers.papers[0].kind == kind


@pytest.mark.parametrize(
    "kind",
    "article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection suppcollection "
    "dataset manual misc online patent periodical suppperiodical proceedings mvproceedings inproceedings reference "
    "mvreference inreference report software thesis unpublished conference electronic mastersthesis phdthesis "
    "techreport www".split(),
)
def test_every_kind_of_bibtex_and_biblatex_is_known(kind: str) -> None:
    assert is_kind(kind)


def test_a_kind_that_no_citation_knows_is_told(build_site: Callable[..., Site]) -> None:
    site = build_site("-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- {title: On tides, kind: Dataste}\n")
    assert site.problems == [
        'papers/a.yaml:3: kind "Dataste" is not known; write one of preprint, article, inproceedings, incollection, '
        "book, phdthesis, mastersthesis, techreport, dataset, software; it is cited as a document"
    ]
