"""What is too large, too deep or too many is refused or cut with a problem, in bounded memory; the rest is kept."""

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from site_builder import problems as told
from site_builder.catalogue import tag_bounds
from site_builder.config.settings import Settings
from site_builder.papers import bounds, make_papers
from site_builder.problems import Problems
from site_builder.render.text import bounds as text_bounds
from site_builder.render.text import markdown_bounds, markdown_html
from site_builder.sources import FileReport, RawPaper, Source, Sources, read_list, source
from site_builder.sources.formats import bibtex_value
from site_builder.sources.syntax import xml_text, yaml_text
from tests.conftest import IS_TORTURE, Site

ROOT = Path(__file__).resolve().parents[2]


def read_all(text: str | bytes, path: str) -> tuple[list[RawPaper], list[str]]:
    """Return the records of a list and its problems."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    found = Problems()
    records: list[RawPaper] = []
    try:
        records += read_list(Source(path, lambda: io.BytesIO(content)), FileReport(path), found)
    except source.DecodeError as error:
        found.add(path, error.line, error.what, error.remedy)
    return records, [str(problem) for problem in found]


def made(**fields: Any) -> tuple[Any, list[str]]:
    """Return the paper of a record, and the problems it made."""
    record = RawPaper({"title": "A Title", **fields}, "list.yaml", 1)
    found = Problems()
    read = Sources((record,), {"list.yaml": FileReport("list.yaml")}, (), (), ())
    (paper,) = make_papers(read, Settings(), found).papers
    return paper, [str(problem) for problem in found]


# YAML


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [1]\nb: *a\n",
        "a: &a {b: *a}\n",
        "a: &a {k: v}\nb: {<<: *a, <<: *a}\n",
        "papers:\n- &p {title: A}\n- *p\n",
        "[" * 100_000,
        "{a: " * 100_000,
        "".join(f"{' ' * n}- \n" for n in range(300)),
        "- " * 100_000,
        "? " * 100_000,
        "!!python/object/apply:os.system [id]",
        "a: !!binary x\nb: &b !!set {x}\nc: *b\n",
    ],
    ids=lambda bomb: bomb[:12],
)
def test_yaml_that_grows_or_nests_without_end_is_refused(bomb: str) -> None:
    try:
        yaml_text.load_yaml(bomb)
    except yaml_text.YamlError as error:
        assert error.message
    assert all("title" in record.fields for record in read_all(f"papers:\n- title: A\n{bomb}", "a.yaml")[0])


def test_yaml_holds_so_many_values_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MAX_VALUES", 100)
    assert len(yaml_text.load_yaml("- a\n" * 99)) == 99
    with pytest.raises(yaml_text.YamlError, match="more than 100 values"):
        yaml_text.load_yaml("- a\n" * 100)


# XML


@pytest.mark.parametrize(
    "declarations",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
        '<!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;',
        '<!ATTLIST item title CDATA "forged">',
    ],
)
def test_xml_with_declarations_is_refused(declarations: str) -> None:
    text = f"<!DOCTYPE rss [{declarations}]><rss><channel><item><title>&c;</title></item></channel></rss>"
    records, found = read_all(text, "feed.xml")
    assert records == []
    assert found == ["feed.xml:1: damaged XML: a DOCTYPE with declarations is refused; " + _XML_REMEDY]


def test_xml_nested_too_deep_loses_that_entry_alone() -> None:
    deep = f"<item><title>Deep</title>{'<b>' * 100_000}{'</b>' * 100_000}</item>"
    text = f"<rss><channel>{deep}<item><title>Good</title></item></channel></rss>"
    records, found = read_all(text, "feed.xml")
    assert [record.fields["title"] for record in records] == ["Good"]
    assert len(found) == 1


def test_an_entry_larger_than_the_bound_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_text, "MAX_CHARACTERS", 1000)
    text = f"<rss><channel>\n<item><title>{'a' * 2000}</title></item>\n<item><title>Good</title></item></channel></rss>"
    records, found = read_all(text, "feed.xml")
    assert [record.fields["title"] for record in records] == ["Good"]
    assert "more than 1,000 characters" in found[0]


_XML_REMEDY = "fetch the file again, or mend or remove the entry"


@pytest.mark.parametrize("quote", ['"x"', "'>'", '"&lt;"'])
@pytest.mark.parametrize("name", ["a", "xmlns:a"])
def test_a_tag_of_too_many_attributes_loses_that_entry_alone(name: str, quote: str) -> None:
    """The parser compares each attribute with each: 200,000 of them once took more than five minutes."""
    item = f"<item {' '.join(f'{name}{number}={quote}' for number in range(100_000))}><title>Wide</title></item>"
    text = f"<rss><channel>{item}<item><title>Good</title></item></channel></rss>"
    records, found = read_all(text, "feed.xml")
    assert [record.fields["title"] for record in records] == ["Good"]
    assert "a tag has more than 1,000 attributes" in found[0]
    assert read_all(f"<rss {item[6:]}</rss>", "feed.xml")[0] == []


# BibTeX


def test_macros_that_stand_for_macros_do_not_grow_without_end() -> None:
    """Twenty lines of `b = a # a # a …` once took eighteen gigabytes."""
    names = [f"m{number}" for number in range(30)]
    macros = "".join(f"@string{{{b} = {' # '.join([a] * 10)}}}\n" for a, b in pairwise(names))
    text = (
        f'@string{{m0 = "{"x" * 500}"}}\n{macros}@article{{k, title = {{T}}, journal = {" # ".join(["m29"] * 2_000)}}}'
    )
    (record,), found = read_all(text, "refs.bib")
    assert len(record.fields["venue"]) <= bibtex_value.MAX_GROWTH * len(text) + bibtex_value.MAX_MACRO
    assert 'the @string "m1" stands for more than 1,000 characters' in found[0]


def test_what_macros_bring_beyond_a_multiple_of_what_is_written_is_cut_and_reported() -> None:
    text = f'@string{{m = "{"x" * 900}"}}\n@article{{k, title = {{T}}, journal = {" # ".join(["m"] * 300)}}}'
    (record,), found = read_all(text, "refs.bib")
    assert len(record.fields["venue"]) < 20 * len(text)
    assert 'refs.bib:2: the macros of the field "journal" stand for far more than is written and are cut' in found[0]


def test_an_entry_of_too_many_fields_keeps_the_first_of_them() -> None:
    fields = ", ".join(f"f{number} = m" for number in range(10_000))
    (record,), found = read_all(f'@string{{m = "x"}}\n@article{{k, title = {{T}}, {fields}}}', "refs.bib")
    assert record.fields["title"] == "T"
    told = [problem for problem in found if "not read" not in problem]
    assert told == ['refs.bib:2: "k" has more than 500 fields; the first of them are read']


# JSON


@pytest.mark.parametrize("opening", ["[", '{"a": ', '[{"title": "A", "authors": ['])
def test_json_nested_too_deep_is_a_problem(opening: str) -> None:
    good = '{"title": "Good", "authors": ["A B"], "doi": "10.1000/x"}'
    records, found = read_all(f"{good}\n" + '{"title": "T", "authors": ' + opening * 50_000 + "\n" + good, "a.jsonl")
    assert [record.fields["title"] for record in records] == ["Good", "Good"]
    assert len(found) == 1


def test_numbers_of_thousands_of_digits_are_no_counts() -> None:
    text = json.dumps({"title": "T", "authors": ["A"], "upvotes": 0}).replace("0", "9" * 10_000)
    (record,), _ = read_all(text, "a.jsonl")
    paper, found = made(**record.fields)
    assert paper.upvotes is None
    assert "is no count" in found[0]


# Markdown


@pytest.mark.parametrize(
    "text",
    [
        "[" * 12_000,
        "![" * 12_000,
        "".join(f"{'  ' * n}- a\n" for n in range(1500)),
        "> " * 5_000,
        "*a " * 20_000,
        "`a" * 30_000,
        "<" * 50_000,
        "a\n===\n" * 9_000,
        "| a " * 15_000,
        "[^a]" * 15_000,
        "&#" * 30_000,
        "**a" * 20_000,
        "a" + "\n" * 80 + "b",
        "a" + "\n \t" * 300 + "b",
        ("a" + "\n \t" * 300) * 200,
        "[a]:\n" * 11_000,
        "[a]: b\n 'c\n" * 5_000,
        "> [a]:\n" * 8_000,
        "1\n" * 29_000,
        ">\n\n" * 19_000,
    ],
    ids=lambda text: text[:8],
)
def test_markdown_that_would_take_minutes_is_shown_in_seconds(text: str) -> None:
    assert str(markdown_html(text))


ROWS = 640


@pytest.mark.parametrize(
    "text",
    [
        "|a" * ROWS + "|\n" + "|-" * ROWS + "|\n" + "|\n" * ROWS,
        "[x]: http://a.co/" + "y" * 3_200 + "\n\n" + "[x] " * ROWS,
        '[x]: http://a.co/\n  "' + "y" * 3_200 + '"\n\n' + "[x] " * ROWS,
        '<b title="x">' * 600 + "<p>x" * 600,
        "[^a] " * ROWS + "\n\n[^a]: x",
        "[TOC]\n\n" * 5 + "".join(f"# {'h' * 50}{number}\n\n" for number in range(100)),
        "a" + "\n" * 59_000 + "b",
        "a" + " \n" * 29_000 + "b",
    ],
    ids=["cells", "addresses", "titles", "tags", "footnotes", "contents", "empty lines", "lines of spaces"],
)
def test_markdown_that_would_grow_a_hundredfold_is_shown_as_it_was_written(text: str) -> None:
    assert str(markdown_html(text, allow_html=True)).startswith("<pre>")


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 900,
        "[x]: http://a.co/\n\n" + "[x] " * ROWS,
        "<b>a</b> " * 600,
        "[^a] " * 300 + "\n\n[^a]: x",
        "".join(f"[{number}] " for number in range(300))
        + "".join(f"\n[{number}]: http://a.co/" for number in range(300)),
        "[TOC]\n\n" + "".join(f"# {'h' * 50}{number}\n\n" for number in range(100)),
        "a" + "\n" * 300 + "b",
    ],
    ids=["cells", "addresses", "tags", "footnotes", "definitions", "contents", "empty lines"],
)
def test_long_markdown_that_grows_as_it_should_is_read(text: str) -> None:
    assert not str(markdown_html(text, allow_html=True)).startswith("<pre>")


def test_markdown_beyond_the_bound_is_shown_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    assert text_bounds.MAX_MARKDOWN == 60_000
    monkeypatch.setattr(markdown_bounds, "MAX_MARKDOWN", 10)
    assert str(markdown_html("**a** <b> & more")) == "<pre>**a** &lt;b&gt; &amp; more</pre>"


# Files


_CHILD = """
import io, re, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from site_builder.problems import Problems
from site_builder.sources import FileReport, Source, read_list
from site_builder.sources.source import DecodeError
from tests.hostile.test_bounds import Endless, bomb
kind, start = sys.argv[1:]
found = Problems()
make = lambda: Endless(start.encode(), 500_000_000) if kind == "line" else io.BytesIO(bomb(start.encode()))
try:
    kept = sum(1 for _ in read_list(Source("list", make), FileReport("list"), found))
except DecodeError as error:
    found.add("list", error.line, error.what, error.remedy)
most = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())  # getrusage counts the parent's memory, too
print(int(most[1]) // 1024, *found)
"""


class Endless(io.RawIOBase):
    """A file that begins as told and goes on with one line of so many bytes."""

    def __init__(self, start: bytes, size: int) -> None:
        self._start = start
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start[: len(buffer)] or b"a" * min(len(buffer), self._left)
        self._left -= 0 if self._start else len(data)
        self._start = self._start[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def bomb(start: bytes) -> bytes:
    """Return 2 GB of lines in 2 MB of gzip."""
    return gzip.compress(start) + gzip.compress((b"a b " * 100 + b"\n") * 2500, 9) * 2000


STARTS = {
    "nothing": "",
    "YAML": "papers:\n- title: A\n- title: ",
    "JSON lines": '{"title": "A", "authors": ["B"], "doi": "10.1000/x"}\n{"title": "',
    "JSON": '{"data": [{"title": "A", "abstract": "B", "doi": "10.1000/x"}, {"title": "',
    "feed": "<rss><channel><item><title>A</title></item><item><title>",
    "BibTeX": "@article{k, title = {A}}\n@article{l, title = {",
    "RIS": "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - ",
    "CSV": "title,authors,doi\nA,B,10.1000/x\n",
    "Markdown": "## A\n- arxiv: 2605.00001\n\n",
    "page": "Daily Papers\n\nA\n\n",
}


@pytest.mark.parametrize(
    ("kind", "start"),
    product(["line", "bomb"], STARTS.values()) if IS_TORTURE else [("line", STARTS["JSON lines"]), ("bomb", "")],
)
def test_a_line_of_500_megabytes_and_a_gzip_bomb_take_little_memory(kind: str, start: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, kind, start], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    megabytes, _, found = done.stdout.partition(" ")
    assert int(megabytes) < 700
    assert "list" in found


def test_a_gzip_file_within_the_bounds_is_read_and_one_beyond_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(
        json.dumps({"title": f"T {n}", "authors": ["A B"], "doi": f"10.1000/{n}"}) + "\n" for n in range(500)
    )
    packed = gzip.compress(lines.encode())
    assert len(read_all(packed, "a.jsonl.gz")[0]) == 500
    monkeypatch.setattr(source, "MAX_UNPACKED", len(lines) // 2)
    monkeypatch.setattr(source, "HEAD_CHARACTERS", 1000)
    records, found = read_all(packed, "a.jsonl.gz")
    assert len(records) < 500
    assert "unpacks to more than" in found[0]


def test_a_text_longer_than_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "HEAD_CHARACTERS", 100)
    monkeypatch.setattr(source, "MAX_TEXT", 1000)
    _, found = read_all("papers:\n" + "- title: A\n" * 200, "a.yaml")
    assert "holds more than 1,000 characters" in found[0]


def test_a_line_longer_than_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_LINE", 1000)
    good = '{"title": "Good", "authors": ["A B"], "doi": "10.1000/x"}'
    records, found = read_all(f'{good}\n{{"title": "{"a" * 2000}"}}\n', "a.jsonl")
    assert len(records) == 1
    assert "the line is longer than 1,000 characters" in found[0]


def test_a_nul_in_one_paper_does_not_take_the_others_with_it() -> None:
    lines = [json.dumps({"title": f"T {n}", "abstract": "word " * 100, "doi": f"10.1000/{n}"}) for n in range(20)]
    lines[3] = lines[3].replace("word", "wo\0rd", 1)
    records, found = read_all("\n".join(lines), "a.jsonl")
    assert len(records) == 20
    assert found == []


# Papers


@pytest.mark.parametrize(
    ("field", "value", "of"),
    [
        ("title", "a " * 500_000, lambda paper: paper.title),
        ("abstract", "word " * 200_000, lambda paper: paper.abstract),
        ("ai_summary", "word " * 200_000, lambda paper: paper.ai_summary),
        ("authors", ["a" * 1_000_000], lambda paper: paper.authors[0]),
        ("authors", "Ada L" + "o" * 1_000_000, lambda paper: paper.authors[0]),
        ("tags", ["t" * 1_000_000], lambda paper: paper.tags[0]),
        ("keywords", "k" * 1_000_000, lambda paper: paper.keywords[0]),
        ("organization", "o" * 1_000_000, lambda paper: paper.organization),
        ("venue", "v" * 1_000_000, lambda paper: paper.venue),
        ("comment", "c " * 500_000, lambda paper: paper.comment),
    ],
)
def test_a_text_of_a_million_characters_is_cut_and_told(field: str, value: Any, of: Callable[[Any], str]) -> None:
    paper, found = made(**{field: value})
    assert len(of(paper)) <= bounds.MAX_ABSTRACT + 1
    assert len(found) == 1
    assert "it is cut at" in found[0]


@pytest.mark.parametrize("field", ["id", "doi", "arxiv", "published", "listed", "upvotes", "image", "pages", "kind"])
def test_a_million_characters_elsewhere_leave_a_paper(field: str) -> None:
    paper, found = made(**{field: "1" * 1_000_000})
    assert paper.title == "A Title"
    assert found
    assert max(map(len, found)) < 1000


@pytest.mark.parametrize(
    ("field", "items", "kept"),
    [
        ("tags", 100_000, bounds.MAX_TERMS),
        ("keywords", 100_000, bounds.MAX_TERMS),
        ("categories", 100_000, bounds.MAX_TERMS),
        ("authors", 10_000, bounds.MAX_AUTHORS),
        ("links", 10_000, bounds.MAX_TERMS),
    ],
)
def test_more_items_than_the_bound_are_cut_and_told(field: str, items: int, kept: int) -> None:
    letters = str.maketrans("01", "ab")
    own = [f"cs.{number:020b}".translate(letters) for number in range(items)]  # as arXiv's categories look
    names = own if field == "categories" else [f"name{number}" for number in range(items)]
    value = {name: f"https://a.example/{name}" for name in names} if field == "links" else names
    paper, found = made(**{field: value})
    assert len(getattr(paper, field)) == kept
    assert any(f"{items:,} items" in problem for problem in found)


def test_a_paper_listed_on_fifty_thousand_days_makes_a_hundred() -> None:
    """Every day has pages, feeds and a mail: they once took minutes and gigabytes."""
    days = [f"{1500 + number % 600}-{1 + number % 12:02}-{1 + number % 28:02}" for number in range(50_000)]
    paper, found = made(listed=days)
    assert 1 < len(paper.listed) <= bounds.MAX_TERMS
    assert "listed holds 50,000 items; the first 100 are kept" in found[0]


def test_of_too_many_tags_those_with_most_papers_are_kept(
    monkeypatch: pytest.MonkeyPatch, build_site: Callable[..., Site]
) -> None:
    monkeypatch.setattr(tag_bounds, "MAX_TAGS", 2)
    site = build_site("-- papers/2026-05-27.yaml --\n- {title: A, tags: [x, y, z]}\n- {title: B, tags: [y, z, w]}\n")
    assert [tag["slug"] for tag in site.json("api/tags.json")] == ["y", "z"]
    assert any("the lists name 4 tags; the 2 with most papers are kept" in problem for problem in site.problems)


def test_a_file_of_a_million_faults_tells_a_thousand_and_counts_the_others() -> None:
    _, found = read_all('{"title": "A", "doi": "10.1000/x"}\n' + "{\n" * 5000, "a.jsonl")
    assert len(found) == told.MAX_LISTED + 1
    assert found[-1] == "a.jsonl: 4,000 more problems; mend those reported first"


def test_a_large_site_of_long_texts_is_built(build_site: Callable[..., Site]) -> None:
    """10,000 authors, a title, a tag and an abstract of a million characters, and papers beside them."""
    big = {
        "title": "a" * 1_000_000,
        "abstract": "b " * 500_000,
        "authors": [f"Author Number{number}" for number in range(10_000)],
        "tags": [f"tag{number}" for number in range(1_000)],
        "arxiv": "2605.00001",
    }
    site = build_site(f"-- papers/2026-05-27.yaml --\n- {json.dumps(big)}\n- title: Good\n")
    assert set(site.papers) == {"2605.00001", "good"}
    assert site.papers["2605.00001"]["author_count"] == 10_000
    told = " ".join(site.problems)
    assert all(what in told for what in ("1,000,000 characters", "abstract has", "10,000 items", "1,000 items"))
    assert max(map(len, _files(site))) < 5_000_000


def _files(site: Site) -> Iterator[bytes]:
    return (file.read_bytes() for file in site.output.rglob("*") if file.is_file())


@pytest.mark.skipif(not IS_TORTURE, reason="takes minutes; set BROADSHEET_TORTURE=1")
def test_a_day_of_five_thousand_papers_is_built(build_site: Callable[..., Site]) -> None:
    papers = "".join(f"- title: Paper Number {number}\n  abstract: {'words ' * 100}\n" for number in range(5_000))
    site = build_site(f"-- papers/2026-05-27.yaml --\n{papers}")
    assert len(site.papers) == 5_000
    assert len((site.output / "mail/2026-05-27/mail.html").read_bytes()) < 102_000
