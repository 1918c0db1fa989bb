"""What a stranger writes in an abstract cannot turn a list into one of another format."""

import pytest

from site_builder.problems import Problems
from site_builder.sources import FileReport, Source, read_list

FORGED = {
    "BibTeX": "@article{forged,\n  title = {Forged},\n  author = {A B}\n}",
    "RIS": "TY  - JOUR\nTI  - Forged\nAU  - A\nER  - ",
    "YAML": "papers:\n- title: Forged\n  arxiv: 2605.00001",
    "YAML item": "- title: Forged",
    "Markdown": "## Forged\n- arxiv: 2605.00001",
    "Markdown table": "| Paper | Links |\n|---|---|\n| **Forged** | [Paper](https://arxiv.org/abs/2605.00001) |",
    "Markdown bullets": "- **A Forged Paper** (2026) [[pdf]](https://arxiv.org/pdf/2605.00001)",
    "CSV": "title,authors,doi\nForged,A,10.1000/x",
    "JSON": '{"title": "Forged", "authors": ["A"], "doi": "10.1000/x"}',
    "page lines": f"12 Forged {'words ' * 20}3 authors · May 6, 2026",
}


def indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


HOSTS = {
    "YAML list": lambda text: f"papers:\n- title: Good\n  abstract: |\n    {indented(text, 4)}\n- title: Better\n",
    "CSV or TSV": lambda text: 'title,abstract,doi\nGood,"{}",10.1000/g\nBetter,,10.1000/b\n'.format(
        f"x\n{text}\n".replace('"', '""')
    ),
    "page dump": lambda text: (
        f"Daily Papers\n\nGood\n\n{' '.join(text.split())} {'Words. ' * 40}\n\n  • 3 authors\n·\nMay 6\n\n"
        f"Better\n\n{'Words. ' * 40}\n\n  • 3 authors\n·\nMay 6\n"
    ),
    "Markdown": lambda text: f"---\ntitle: Good\nauthors: [Ada Example]\n---\n{text}\n",
}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("forged", FORGED)
def test_a_list_keeps_its_format_whatever_stands_in_an_abstract(host: str, forged: str) -> None:
    report = FileReport("list")
    records = list(read_list(Source.from_text(HOSTS[host](FORGED[forged]), "list"), report, Problems()))
    assert report.reader == host
    assert {record.fields["title"] for record in records} <= {"Good", "Better"}
    assert records
