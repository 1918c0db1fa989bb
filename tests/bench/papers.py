"""Papers to measure with: those of the shared list, multiplied, each with an id, a title and a text of its own."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers_hf.jsonl.gz"
FIRST_DAY = date(2016, 1, 1)
A_DAY = 30  # papers
TAGS = 60
TAGS_OF_PAPER = 3

Paper = dict[str, Any]


def make_papers(count: int, source: Path = SHARED) -> list[Paper]:
    """Return so many papers, 30 a day from the first day on; the same for the same count."""
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        originals = [json.loads(line) for line in islice(stream, count)]
    return [_variant(originals[number % len(originals)], number, number // len(originals)) for number in range(count)]


def write_content(papers: list[Paper], content: Path, site: str) -> None:
    """Write a list for each day, the vocabulary of tags and the settings."""
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text(site, encoding="utf-8")
    names = "".join(f"  - name: {_tag(number)}\n    patterns: [{_tag(number)}]\n" for number in range(TAGS))
    (content / "tags.yaml").write_text(f"tags:\n{names}", encoding="utf-8")
    for start in range(0, len(papers), A_DAY):
        write_day(papers[start : start + A_DAY], content)


def write_day(papers: list[Paper], content: Path) -> None:
    """Write the list of one day."""
    written = ({name: value for name, value in paper.items() if name != "day"} for paper in papers)
    lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in written)
    (content / "papers" / f"{papers[0]['day']}.jsonl").write_text(lines, encoding="utf-8")


def _variant(original: Paper, number: int, turn: int) -> Paper:
    day = FIRST_DAY + timedelta(days=number // A_DAY)
    chance = random.Random(number)  # noqa: S311 - the same every time
    sentences = list(_sentences(original["abstract"]))
    chance.shuffle(sentences)
    return {
        "id": f"{day:%y%m}.{number % 100_000:05}",
        "title": f"{original['title']}, part {turn + 1}" if turn else original["title"],
        "abstract": f"{' '.join(sentences)} This is text {number}.",
        "authors": original["authors"],
        "published": day.isoformat(),
        "day": day.isoformat(),
        "tags": sorted({_tag(int(TAGS * chance.random() ** 2)) for _ in range(TAGS_OF_PAPER)}),
        "upvotes": original["upvotes"],
        "organization": original.get("organization") or "",
    }


def _sentences(text: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.!?]) ", " ".join(text.split()))


def _tag(number: int) -> str:
    return f"Subject {number + 1}"
