"""Measure how often a card's deck says what the paper does; needs the folder `shared` beside the repository.

Two figures: against sentences that a reader marked in 92 abstracts (`deck_labels.json`: arXiv id → numbers of the
sentences that would do; half of them were not looked at while the rule was written), and how many words of a machine's
summary of the same paper the deck holds.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from site_builder.render.deck import BEGINNING_WORDS, WORDS, split_sentences, telling_sentence
from site_builder.render.text import excerpt, plain_text

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LABELS = Path(__file__).with_name("deck_labels.json")
DECKS: dict[str, Callable[[str], str]] = {
    "beginning": lambda abstract: excerpt(abstract, BEGINNING_WORDS),
    "first sentence": lambda abstract: sentences_of(abstract)[0],
    "telling sentence": lambda abstract: excerpt(telling_sentence(abstract) or abstract, WORDS),
}


def sentences_of(abstract: str) -> list[str]:
    return split_sentences(plain_text(abstract))


def abstracts() -> dict[str, str]:
    """Return the abstracts of both corpora by arXiv id."""
    found: dict[str, str] = {}
    with gzip.open(DATA / "papers_hf.jsonl.gz", "rt", encoding="utf-8") as lines:
        found |= {paper["id"]: paper["abstract"] for paper in map(json.loads, lines)}
    for file in sorted((DATA / "arxiv_jsonl").glob("*.jsonl")):
        papers = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        found |= {paper["id"]: paper["summary"] for paper in papers}
    return found


def summaries(value: Any) -> Iterator[tuple[str, str]]:
    """Yield abstract and machine's summary of each paper of an answer."""
    if isinstance(value, dict):
        if value.get("ai_summary") and value.get("summary"):
            yield value["summary"], value["ai_summary"]
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from summaries(item)


def shared_words(deck: str, summary: str) -> float:
    """Return the share of the summary's longer words that the deck has."""
    ours, theirs = (set(re.findall(r"[a-z][a-z0-9-]{3,}", text.lower())) for text in (deck, summary))
    return len(ours & theirs) / max(len(theirs), 1)


def main() -> None:
    texts = abstracts()
    print("| abstracts | marked | first sentence right | telling sentence right |\n|---|---|---|---|")
    for name, labels in json.loads(LABELS.read_text(encoding="utf-8")).items():
        held = {paper_id: marked for paper_id, marked in labels.items() if paper_id in texts}
        first = sum(0 in marked for marked in held.values())
        right = sum(
            telling_sentence(texts[paper_id]) in [sentences_of(texts[paper_id])[number] for number in marked]
            for paper_id, marked in held.items()
        )
        print(f"| {name} | {len(held)} | {first} | {right} |")
    found = mean(bool(telling_sentence(text)) for text in texts.values())
    print(f"\n{found:.1%} of {len(texts):,} abstracts have a telling sentence.\n")
    answers = (json.loads(file.read_text(encoding="utf-8")) for file in sorted((DATA / "hf_daily").glob("*.json")))
    pairs = sorted({pair for answer in answers for pair in summaries(answer)})
    print(f"Words of {len(pairs)} machine's summaries that a deck holds:\n\n| deck | % |\n|---|---|")
    for name, deck in DECKS.items():
        print(f"| {name} | {mean(shared_words(deck(text), summary) for text, summary in pairs):.1%} |")
    best = mean(max(shared_words(each, summary) for each in sentences_of(text)) for text, summary in pairs)
    print(f"| the best sentence, known afterwards | {best:.1%} |")


if __name__ == "__main__":
    main()
