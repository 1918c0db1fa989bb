"""How good the related papers are: what they have in common that was not compared, and how firmly they stand.

`python tests/bench/related_quality.py [--way tags] [--held-out] [--save FILE] [--against FILE]` takes the newest 1,000,
4,000 and all papers of the folder `shared` beside the repository, tagged by the vocabulary of `content/tags.yaml`,
and prints how many of the pairs found have an author, a keyword of their lists or the first category in common. None of
these is looked at in finding them. The last columns say how many lists a day of 30 papers more changes, and how many of
these name none of the 30. `--held-out` weighs terms by the papers that are not measured, `--save` keeps the lists for a
later `--against`, which prints how far both agree.
"""

import argparse
import gzip
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from papers import A_DAY, SHARED

from site_builder.catalogue import make_catalogue
from site_builder.catalogue.related import relate
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.sources import read_sources

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 4_000, 0)  # 0: all

Lists = dict[str, list[str]]  # id of a paper → ids of those related to it
Record = dict[str, Any]


def newest(count: int, skipped: int = 0) -> list[Record]:
    """Return the newest papers of the shared list, newest first, without so many of them."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as stream:
        records = sorted(map(json.loads, stream), key=lambda record: (record["date"], record["id"]), reverse=True)
    return records[skipped : skipped + count if count else None]


def catalogue_of(records: Sequence[Record]) -> Catalogue:
    """Return what a build makes of the papers, without their keywords."""
    with tempfile.TemporaryDirectory() as name:
        content = Path(name)
        (content / "papers").mkdir()
        shutil.copy(ROOT / "content" / "tags.yaml", content)
        lines = "".join(f"{json.dumps({**record, 'tags': []})}\n" for record in records)
        (content / "papers" / "list.jsonl").write_text(lines, encoding="utf-8")
        problems = Problems()
        sources = read_sources(content, problems)
        return make_catalogue(make_papers(sources, Settings(), problems), sources, Settings(related="none"), problems)


def related_in(catalogue: Catalogue, ids: set[str], way: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the related papers of some papers among each other, with the reasons."""
    papers = [paper for paper in catalogue.papers if paper.id in ids]
    found = relate(papers, catalogue.tags_of, Settings(related=way))
    return {id: [(each.paper.id, each.shared) for each in group] for id, group in found.items()}


def has_in_common(one: Record, other: Record, name: str) -> bool | None:
    """Tell whether two papers have one of the values in common; None where one of them has none."""
    ours, theirs = (record.get(name) or () for record in (one, other))
    if not (ours and theirs):
        return None
    if name == "categories":
        return bool(ours[0] == theirs[0])
    return not {value.casefold() for value in ours}.isdisjoint(value.casefold() for value in theirs)


def share(pairs: Sequence[tuple[Record, Record]], name: str) -> str:
    """Return how many of the pairs that both have values have one in common, in per cent."""
    told = [is_so for one, other in pairs if (is_so := has_in_common(one, other, name)) is not None]
    return f"{100 * sum(told) / max(len(told), 1):.1f}"


def agreement(lists: Mapping[str, Sequence[str]], others: Mapping[str, Sequence[str]]) -> str:
    """Return how much of a list is in the other one of the same paper, on average, in per cent."""
    parts = [len({*lists[id]} & {*others[id]}) / max(len(lists[id]), len(others[id]), 1) for id in lists]
    empty = sum(not lists[id] and not others[id] for id in lists)
    return f"{100 * (sum(parts) + empty) / len(lists):.0f}"


def weigh_by(records: Sequence[Record]) -> None:
    """Weigh terms by other papers than those of the shipped table."""
    from measure_term_frequencies import table_of, terms_of  # the code of which this measures another may lack them

    from site_builder.catalogue import related, term_vectors
    from site_builder.catalogue.term_weights import TermWeights

    weights = TermWeights(**table_of(map(terms_of, records)))
    related.shipped_weights = term_vectors.shipped_weights = lambda: weights


def row_of(size: int, options: argparse.Namespace, earlier: Mapping[str, Lists]) -> tuple[str, Lists]:
    """Return a row of the table, and the lists."""
    if options.held_out:
        weigh_by(newest(0, size + A_DAY))
    records = {record["id"]: record for record in newest(size + A_DAY if size else 0)}
    catalogue = catalogue_of(list(records.values()))
    ids = {paper.id for paper in catalogue.papers}
    added = set(list(records)[:A_DAY])
    before = related_in(catalogue, ids - added, options.way)
    after = related_in(catalogue, ids, options.way)
    changed = [id for id, group in before.items() if group != after[id]]
    without_cause = sum(added.isdisjoint(other for other, _ in after[id]) for id in changed)
    lists = {id: [other for other, _ in group] for id, group in before.items()}
    pairs = [(records[id], records[other]) for id, group in lists.items() for other in group]
    values = [
        f"{len(lists):,}",
        f"{len(pairs) / len(lists):.2f}",
        f"{100 * sum(not group for group in lists.values()) / len(lists):.1f}",
        *(share(pairs, name) for name in ("authors", "tags", "categories")),
        agreement(lists, earlier[str(size)]) if earlier else "",
        str(len(changed)),
        str(without_cause),
    ]
    return f"| {' | '.join(values)} |", lists


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--way", choices=("words", "tags"), default="words")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    earlier = json.loads(options.against.read_text()) if options.against else {}
    print(
        "| papers | related | none, % | author, % | keyword, % | category, % | as before, % | changed | without cause |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    kept: dict[str, Lists] = {}
    for size in SIZES[:2] if options.held_out else SIZES:
        row, kept[str(size)] = row_of(size, options, earlier)
        print(row, flush=True)
    if options.save:
        options.save.write_text(json.dumps(kept))


if __name__ == "__main__":
    main()
