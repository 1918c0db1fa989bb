"""Measure the tag vocabulary: how many papers get a tag, how many tags they get, and which.

    python tests/bench/measure_tags.py [SHARED] [TAGS]

SHARED holds `seeds/` (page dumps), `data/papers_hf.jsonl.gz` and `data/hf_daily/`; TAGS is a vocabulary.
Coverage is counted here; whether a tag is right is for a reader to judge: `--sample N` prints every N-th
paper with its tags.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from site_builder.catalogue.tagging import Tagger
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import TermDefinition, read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
TITLE_WORDS = 11  # taken as the title where a dump runs title and abstract together
STEP = 5  # every fifth of the corpus
SAMPLE = 2000

Paper = tuple[str, str]  # title, abstract


def papers_of_dumps(folder: Path) -> list[Paper]:
    """Return the distinct papers of the page dumps, parted simply: this is for counting words only."""
    blocks: dict[str, Paper] = {}
    lines: dict[str, Paper] = {}
    for file in sorted(folder.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        if re.search(r"^[A-Z][a-z]{2} \d+$", text, re.MULTILINE):
            for title, abstract in _paired_blocks(text):
                blocks.setdefault(title.casefold(), (title, abstract))
        else:
            for line in filter(None, map(str.strip, text.splitlines())):
                joined = re.sub(r"\s*\d+ authors?\s*·.*$", "", re.sub(r"^(-|\d+)\s+", "", line))
                words = joined.split()
                paper = " ".join(words[:TITLE_WORDS]), " ".join(words[TITLE_WORDS:])
                lines.setdefault(joined[:60].casefold(), paper)
    known = tuple(blocks)
    alone = [paper for paper in lines.values() if not " ".join(paper).casefold().startswith(known)]
    return [*blocks.values(), *alone]


def _paired_blocks(text: str) -> Iterator[Paper]:
    """Yield title and abstract of the blocks that follow the page's date, without metadata blocks."""
    page = re.split(r"^[A-Z][a-z]{2} \d+$", text, maxsplit=1, flags=re.MULTILINE)[1]
    blocks = [block.strip() for block in re.split(r"\n\s*\n", page)]
    texts = [block for block in blocks if block and not block.startswith("•") and "\n·" not in block]
    yield from zip(texts[::2], texts[1::2], strict=True)


def papers_of_corpus(file: Path) -> list[Paper]:
    """Return the sample of the corpus, one JSON object a line."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, islice(lines, 0, None, STEP))
        return [(row["title"], row["abstract"]) for row in islice(rows, SAMPLE)]


def papers_of_days(folder: Path) -> list[Paper]:
    """Return the papers of the daily lists of 2025 and later that are plain JSON objects."""
    papers = []
    for file in sorted(folder.glob("202[5-9]-*.json")):
        answer = json.loads(file.read_bytes())
        rows = answer["data"] if isinstance(answer, dict) else answer
        papers += [(row["paper"]["title"], row["paper"]["summary"]) for row in rows if isinstance(row, dict)]
    return papers


def report(name: str, papers: Sequence[Paper], vocabulary: Sequence[TermDefinition], every: int) -> None:
    """Print the figures of one set of papers."""
    tagger = Tagger(vocabulary)
    began = time.process_time()
    tags = [tagger.tags_of(title, abstract) for title, abstract in papers]
    spent = (time.process_time() - began) / len(papers) * 1000
    tagged = sum(map(bool, tags))
    numbers = Counter(map(len, tags))
    print(f"{name}: {len(papers)} papers, {tagged} tagged ({tagged / len(papers):.2%}), {spent:.3f} ms a paper")
    print("  papers by number of tags:", ", ".join(f"{number}: {numbers[number]}" for number in sorted(numbers)))
    counts = Counter(slug for each in tags for slug in each)
    print("  papers by tag:", ", ".join(f"{tag.slug} {counts[tag.slug]}" for tag in vocabulary))
    for (title, _), each in zip(papers, tags, strict=True):
        if not each:
            print("  without a tag:", " ".join(title.split()))
    for (title, _), each in islice(zip(papers, tags, strict=True), 0, None if every else 0, every or 1):
        print("  *", " ".join(title.split()), "→", ", ".join(each))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the tag vocabulary.")
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("tags", nargs="?", type=Path, default=ROOT / "content" / "tags.yaml")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print every N-th paper with its tags")
    options = parser.parse_args()
    problems = Problems()
    vocabulary = read_vocabulary(options.tags.read_text(encoding="utf-8"), options.tags.name, problems)
    for problem in problems:
        print(problem)
    patterns = sum(len(tag.patterns) for tag in vocabulary)
    print(f"{options.tags}: {len(vocabulary)} tags, {patterns} patterns")
    report("five dumps", papers_of_dumps(options.shared / "seeds"), vocabulary, options.sample)
    report("corpus", papers_of_corpus(options.shared / "data" / "papers_hf.jsonl.gz"), vocabulary, options.sample)
    report("daily lists", papers_of_days(options.shared / "data" / "hf_daily"), vocabulary, options.sample)


if __name__ == "__main__":
    main()
