"""Count in how many papers of a large collection each term is, which is what related papers are weighed by.

Run `python tests/bench/measure_term_frequencies.py` from the repository's root; it reads the papers of the folder
`shared` beside the repository and the vocabulary in `content/tags.yaml`, and writes
`site_builder/catalogue/term_frequencies.json`, the same bytes each time. `related_quality.py` says what the table is
worth.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from papers import SHARED

from site_builder.catalogue.phrases import phrases
from site_builder.catalogue.tagging import Tagger
from site_builder.catalogue.term_weights import FEWEST, FREQUENCIES, tag_key
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "content" / "tags.yaml"
TABLE = ROOT / "site_builder" / "catalogue" / FREQUENCIES


def terms_of(paper: dict[str, Any]) -> set[str]:
    """Return the keys of all words, phrases and tags of a paper."""
    title, abstract = (" ".join(paper[name].split()) for name in ("title", "abstract"))
    tags = _tagger().tags_of(title, abstract, paper["tags"])
    return {key for text in (title, abstract) for key, _ in phrases(text)} | set(map(tag_key, tags))


@cache
def _tagger() -> Tagger:
    return Tagger(read_vocabulary(VOCABULARY.read_text(encoding="utf-8"), VOCABULARY.name, Problems()))


def table_of(papers: Iterable[set[str]]) -> dict[str, Any]:
    """Return what is shipped: how many papers there are, and how many have each term that is in no fewer than a few."""
    count = 0
    held: Counter[str] = Counter()
    for terms in papers:
        count += 1
        held.update(terms)
    frequencies = {term: held[term] for term in sorted(held) if held[term] >= FEWEST}
    return {"papers": count, "frequencies": frequencies}


def main() -> None:
    """Write the table."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as stream:
        table = table_of(map(terms_of, map(json.loads, stream)))
    text = json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":"))
    TABLE.write_text(f"{text}\n", encoding="utf-8")
    print(f"{TABLE.relative_to(ROOT)}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
