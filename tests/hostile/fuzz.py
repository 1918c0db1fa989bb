"""Coverage-guided fuzzing of everything that reads a list: `python -m tests.hostile.fuzz CORPUS [-runs=N]` (libFuzzer).

Whatever the bytes are, reading them must end in records and problems, and what is made of the records must be safe.
Nor may it take longer, or become more, than its length allows: what doubles with each bracket is found while short.
"""

import io
import logging
import sys
import time

import atheris

with atheris.instrument_imports(include=["site_builder"]):
    from site_builder.config.settings import Settings
    from site_builder.model.paper import Paper
    from site_builder.papers import make_papers
    from site_builder.problems import Problems
    from site_builder.render.citations import FORMATS
    from site_builder.render.citations.work import work_of
    from site_builder.render.scholar import json_ld, scholarly_article
    from site_builder.render.text import (
        abstract_html,
        excerpt,
        headline_html,
        markdown_html,
        plain_html,
        plain_text,
        title_html,
    )
    from site_builder.sources import FileReport, Source, Sources, read_list
    from site_builder.sources.content.notes import read_free_page
    from site_builder.sources.content.vocabulary import TAGS, read_vocabulary
    from site_builder.sources.source import DecodeError
    from site_builder.terminal import printable

from tests.hostile.outputs import (
    FORBIDDEN,
    faults_of_bibtex,
    faults_of_elements,
    faults_of_json,
    faults_of_ris,
    parsed_html,
)

PATH = "list"
SECONDS, SECONDS_A_BYTE = 2.0, 0.002  # instrumented code takes ten times as long as plain
BYTES, BYTES_A_BYTE = 200_000, 300  # of all that is made of one input: five papers, each in eight forms


def fuzz_one(content: bytes) -> None:
    """Read bytes as a list, as a free page and as a vocabulary; raise for anything unsafe, slow or large."""
    start = time.process_time()
    made = _read_and_render(content)
    seconds = time.process_time() - start
    assert seconds <= SECONDS + SECONDS_A_BYTE * len(content), f"{len(content)} bytes took {seconds:.1f} s"
    assert made <= BYTES + BYTES_A_BYTE * len(content), f"{len(content)} bytes became {made:,}"


def _read_and_render(content: bytes) -> int:
    """Return how much was made of the bytes, in characters."""
    made = 0
    found = Problems()
    report = FileReport(PATH)
    records = []
    try:
        source = Source(PATH, lambda: io.BytesIO(content))
        records += read_list(source, report, found)
        page = read_free_page(source, found)
        read_vocabulary(source.text(), TAGS, found)
        note = str(markdown_html(page.markdown))
        _expect_safe(note)
        made += len(note)
    except DecodeError as error:
        found.add(PATH, error.line, error.what, error.remedy)
    papers = make_papers(Sources(tuple(records), {PATH: report}, (), (), ()), Settings(), found).papers
    for paper in papers[:5]:
        made += _expect_safe_paper(paper)
    for problem in found:
        assert printable(str(problem)).isprintable()
    return made


def _expect_safe_paper(paper: Paper) -> int:
    """Return how much was made of a paper."""
    written = [
        str(html)
        for html in (
            title_html(paper.title),
            headline_html(paper.title),
            abstract_html(paper.abstract),
            plain_html(paper.abstract),
        )
    ]
    for html in written:
        _expect_safe(html)
    for text in (plain_text(paper.title), excerpt(paper.abstract), *paper.authors, *paper.tags, paper.id):
        assert not FORBIDDEN.search(text), text
    work = work_of(paper)
    bib, ris, csl = (add(write("key", work), paper).encode() for write, add in FORMATS.values())
    faults = [
        *faults_of_bibtex(bib, "a.bib"),
        *faults_of_ris(ris, "a.ris"),
        *faults_of_json(csl, "a.json"),
    ]
    assert not faults, faults
    assert "<" not in str(json_ld(scholarly_article(work)))
    return sum(map(len, (*written, bib, ris, csl, plain_text(paper.abstract))))


def _expect_safe(html: str) -> None:
    assert not FORBIDDEN.search(html), html
    faults = list(faults_of_elements(parsed_html(html)[0]))
    assert not faults, (faults, html)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()
