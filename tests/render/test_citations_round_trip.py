"""What we write, our own readers and other libraries read back the same, whatever a paper is called."""

import re
from collections.abc import Callable
from datetime import date

import orjson
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pybtex.database import parse_string as parse_pybtex

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Day, Section
from site_builder.model.paper import Paper, PartialDate
from site_builder.names.person import split_name
from site_builder.pages.citations import Citation
from site_builder.papers import make_papers
from site_builder.papers.authors import parse_authors
from site_builder.papers.clean import clean_paragraphs, clean_text
from site_builder.papers.work_kind import BIBTEX_WORDS, WorkKind, kind_of
from site_builder.problems import Problems
from site_builder.render.citations.markdown_twin import write_day
from site_builder.render.citations.work import plain_line
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.source import Source
from tests.factories import cited, paper

DAY = date(2026, 5, 27)
# Marks of every format, and what may be taken for them.
_MARKS = [
    *'{}\\$%&#_~^@",=()[]<>|`*-+.: \n;',
    "$x^2$",
    "\\alpha",
    "BERT",
    " and ",
    "&amp;",
    "ER  - ",
    "## ",
    "- arxiv: x",
]
_MARKS += [
    "@article{a,",
    "\\textbf{",
    "}\n@misc{b,",
    "TY  - JOUR",
    "</script>",
    "](javascript:x)",
    "é",
    "中",
    "--",
    "---",
]
hostile = st.lists(st.sampled_from(_MARKS) | st.text(max_size=4) | st.sampled_from("abcXYZ019"), max_size=14).map(
    "".join
)
# What reads alike in every format: words of any script, TeX's special signs, a formula.
_WORDS = [
    "Deep",
    "BERT",
    "GPT-4",
    "naïve",
    "学习",
    "R&D",
    "100%",
    "C#",
    "a_b",
    "x~y",
    "$5",
    "(LoRA)",
    "$\\alpha_1$",
    "1/2",
]
sane = st.lists(st.sampled_from(_WORDS) | st.from_regex(r"[a-zA-Zéøß]{1,9}", fullmatch=True), min_size=1, max_size=9)
sane_names = st.lists(
    st.from_regex(
        r"[A-Z][a-zéø]{2,8}( [A-Z]\.)?( van| de la)? [A-Z][a-zöł]{2,8}(-[A-Z][a-z]{2,5})?( Jr\.)?", fullmatch=True
    )
    | st.sampled_from(["Kimi Team", "Gemini Team, Google", "Md Rahman", "王伟", "OpenAI"]),
    max_size=4,
    unique=True,
)


def written(made: Paper, form: str) -> str:
    citation = Citation("key2026word", made)
    if form == "md":
        return write_day(Day(DAY, (made,), (Section(None, (made,)),), None))
    if form == "json":
        return f"[\n{cited(citation, 'csl json')}\n]\n"
    return cited(citation, {"bib": "bibtex", "ris": "ris"}[form])


def read_back(text: str, form: str) -> tuple[list[Paper], list[str]]:
    """Return what our own readers make of a file, and their problems."""
    problems, report = Problems(), FileReport(f"list.{form}")
    records = tuple(read_list(Source.from_text(text, report.path), report, problems))
    papers = make_papers(Sources(records, {report.path: report}, (), (), ()), Settings(), problems).papers
    return list(papers), [str(problem) for problem in problems]


def facts(made: Paper) -> dict[str, object]:
    """Return what a citation tells of a paper, formulas as the reader of a citation sees them."""
    return {
        "title": plain_line(made.title),
        "abstract": plain_line(made.abstract),
        "authors": made.authors,
        "venue": plain_line(made.venue or ""),
        "published": made.published,
        "ids": (made.arxiv, made.version, made.doi),
        "kind": kind_of(made),
        "numbers": (made.volume, made.issue, (made.pages or "").replace("–", "-")),
        "links": {url for kind, url in made.web_links.items() if kind in ("abs", "doi")},
    }


@pytest.mark.parametrize("form", ["bib", "ris", "json", "md"])
@pytest.mark.parametrize("kind", BIBTEX_WORDS)
def test_every_kind_of_work_is_read_back_as_what_it_is(kind: WorkKind, form: str) -> None:
    made = paper(
        "On Sheep",
        authors=("Ada Example",),
        kind=BIBTEX_WORDS[kind],
        venue="The Meadow" if kind in (WorkKind.ARTICLE, WorkKind.CONFERENCE, WorkKind.CHAPTER) else None,
        publisher="Hill Press" if kind is not WorkKind.PREPRINT else None,
        published=PartialDate(2026, 5, 6),
        doi="10.1234/sheep",
    )
    read, problems = read_back(written(made, form), form)
    assert problems == []
    assert [kind_of(each) for each in read] == [kind]
    said = [(each.title, each.venue, each.publisher, str(each.published), each.doi) for each in read]
    assert said == [("On Sheep", made.venue, made.publisher, "2026-05-06", "10.1234/sheep")]


@pytest.mark.parametrize("form", ["bib", "ris", "json", "md"])
@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sane, sane, sane_names, st.sampled_from(["", "ICLR 2026", "Journal of Deep & Wide R_D"]), st.booleans())
def test_our_own_readers_read_what_we_write(
    form: str, title: list[str], abstract: list[str], names: list[str], venue: str, is_arxiv: bool
) -> None:
    names = [name for name in names if form in ("bib", "md") or form == "json" or "," not in name]
    made = paper(
        clean_text(" ".join(title)),
        abstract=clean_text(" ".join(abstract)),
        authors=tuple(names),
        venue=venue or None,
        published=PartialDate(2026, 5, 6),
        arxiv="2605.01234" if is_arxiv else None,
        version=2 if is_arxiv else None,
        doi=None if is_arxiv else "10.1234/abc_(d)1",
        volume="12" if venue else None,
        issue="3" if venue else None,
        pages="101-109" if venue else None,
    )
    read, problems = read_back(written(made, form), form)
    is_hardly_a_title = re.compile("begins as markup does|ends in the middle")
    assert [each for each in problems if not is_hardly_a_title.search(each)] == []
    assert [facts(each) for each in read] == [facts(made)]


@pytest.mark.parametrize("form", ["bib", "ris", "json", "md"])
@examples(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile, hostile, st.lists(hostile, max_size=3), hostile)
def test_no_text_breaks_out_of_its_field(form: str, title: str, abstract: str, names: list[str], venue: str) -> None:
    title = clean_text(title)
    assume(any(map(str.isalnum, title)))
    made = paper(
        title,
        "2026-05-27",
        abstract=clean_paragraphs(abstract),
        authors=parse_authors(names).names,
        venue=clean_text(venue) or None,
        published=PartialDate(2026, 5),
        arxiv="2605.01234",
    )
    read, problems = read_back(written(made, form), form)
    is_hardly_a_title = re.compile("begins as markup does|ends in the middle")
    assert [each for each in problems if not is_hardly_a_title.search(each)] == []
    assert [(each.arxiv, each.published) for each in read] == [(made.arxiv, made.published)]


def bibtexparser_fields(text: str) -> list[dict[str, str]]:
    library = parse_bibtex(text, parse_stack=[])
    assert not library.failed_blocks
    return [{field.key: str(field.value).strip("{}") for field in entry.fields} for entry in library.entries]


def pybtex_fields(text: str) -> list[dict[str, str]]:
    entries = parse_pybtex(text, "bibtex").entries
    return [{**entry.fields, "key": entry.key} for entry in entries.values()]


@pytest.mark.parametrize("parse", [bibtexparser_fields, pybtex_fields])
@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile, hostile, st.lists(hostile, max_size=3))
def test_bibtex_libraries_find_each_field_where_we_ended_it(
    parse: Callable[[str], list[dict[str, str]]], title: str, abstract: str, names: list[str]
) -> None:
    made = paper(
        clean_text(title) or "x", abstract=clean_paragraphs(abstract), authors=parse_authors(names).names, arxiv="1"
    )
    text = written(made, "bib")
    lines = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", text, re.MULTILINE))
    for fields in parse(f"{text}\n{text.replace('key2026word', 'another')}"):
        assert {"title", "eprint", "archiveprefix", "url"} <= fields.keys()
        for name in fields.keys() - {"key", "author"}:
            assert fields[name].strip("{}") == lines[name].strip("{}").strip()


@examples(max_examples=80, deadline=None)
@given(sane_names)
def test_pybtex_parts_names_as_we_do(names: list[str]) -> None:
    text = written(paper("x", authors=tuple(names)), "bib")
    read = parse_pybtex(text, "bibtex").entries["key2026word"].persons.get("author", [])
    expected = [split_name(name) for name in names]
    assert [" ".join(each.prelast_names + each.last_names).strip("{}") for each in read] == [p.last for p in expected]
    assert [" ".join(each.first_names + each.middle_names) for each in read] == [parts.given for parts in expected]


@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile, hostile, st.lists(hostile, max_size=3), st.lists(hostile.map(clean_text).filter(bool), max_size=2))
def test_rispy_reads_the_values_we_wrote(title: str, abstract: str, names: list[str], keywords: list[str]) -> None:
    made = paper(clean_text(title) or "x", abstract=clean_paragraphs(abstract), authors=parse_authors(names).names)
    text = written(paper(made.title, abstract=made.abstract, authors=made.authors, keywords=tuple(keywords)), "ris")
    read = rispy.loads(f"{text}\r\n{text}")
    assert len(read) == 2
    assert read[0]["title"] == plain_line(made.title)
    assert read[0].get("abstract", "") == plain_line(made.abstract)
    assert len(read[0].get("authors", [])) == len(made.authors)
    assert read[0].get("keywords", []) == [word for each in keywords if (word := plain_line(each))]


# The essentials of CSL's schema of input data.
_NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "literal", "suffix")},
    "additionalProperties": False,
    "anyOf": [{"required": ["literal"]}, {"required": ["family", "given"]}],
}
_TEXTS = (
    "id citation-key title container-title volume issue page publisher number version DOI URL keyword abstract".split()
)
CSL_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **{name: {"type": "string", "minLength": 1} for name in _TEXTS},
            "type": {"enum": "article article-journal paper-conference book chapter report thesis document".split()},
            "author": {"type": "array", "items": _NAME},
            "issued": {
                "type": "object",
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
                        "minItems": 1,
                        "maxItems": 2,
                    }
                },
                "required": ["date-parts"],
                "additionalProperties": False,
            },
        },
        "required": ["id", "type", "title"],
        "additionalProperties": False,
    },
}


@examples(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile, hostile, st.lists(hostile, max_size=3), st.sampled_from([None, "article", "book", "phdthesis", "odd"]))
def test_csl_json_fits_its_schema(title: str, abstract: str, names: list[str], kind: str | None) -> None:
    made = paper(
        clean_text(title) or "x",
        abstract=clean_paragraphs(abstract),
        authors=parse_authors(names).names,
        kind=kind,
        published=PartialDate(2026, 5),
    )
    items = orjson.loads(written(made, "json"))
    assert list(Draft202012Validator(CSL_SCHEMA).iter_errors(items)) == []


@pytest.mark.parametrize("form", ["bib", "ris", "json", "md"])
@pytest.mark.parametrize("language", ["de", "de-AT", "en", "en-US", "pt-BR", "zh-Hans", "ja"])
def test_a_language_that_a_list_says_is_read_back(form: str, language: str) -> None:
    made = paper("Of Clouds", authors=("Ada Example",), language=language, kind="book", published=PartialDate(2026))
    (read,), problems = read_back(written(made, form), form)
    assert read.language == language
    assert problems == []
