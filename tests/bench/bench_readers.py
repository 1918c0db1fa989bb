"""How fast 10,000 papers are read and made, from JSON lines, from Hugging Face JSON and from YAML.

`python tests/bench/bench_readers.py [PAPERS]` draws them from the folder `shared` beside the repository, reads each
format in a process of its own three times, and prints the median of records per second with the peak memory.
"""

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

import yaml

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers_hf.jsonl.gz"
RUNS = 3


def papers(number):
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, number)]


def as_json_lines(rows):
    return "\n".join(json.dumps(row) for row in rows)


def as_hf_json(rows):
    return json.dumps(
        [
            {
                "paper": {
                    "id": row["id"],
                    "title": row["title"],
                    "summary": row["abstract"],
                    "authors": [{"name": name} for name in row["authors"]],
                    "publishedAt": row["published"],
                    "submittedOnDailyAt": f"{row['date']}T00:00:00.000Z",
                    "upvotes": row["upvotes"],
                },
                "numComments": row.get("num_comments") or 0,
            }
            for row in rows
        ]
    )


def as_yaml(rows):
    keys = ("title", "authors", "upvotes", "abstract")
    items = [{"arxiv": row["id"], "listed": row["date"], **{key: row[key] for key in keys}} for row in rows]
    return yaml.dump({"papers": items}, Dumper=yaml.CSafeDumper, allow_unicode=True)


FORMATS = {"JSON lines": as_json_lines, "Hugging Face JSON": as_hf_json, "YAML": as_yaml}


def measure(file):
    """Read one list and make its papers; print records, seconds of reading, seconds of both, and peak memory in MB."""
    from site_builder.config.settings import Settings
    from site_builder.papers import make_papers
    from site_builder.problems import Problems
    from site_builder.sources import FileReport, Sources, read_list
    from site_builder.sources.source import Source

    problems, report = Problems(), FileReport(file.name)
    begun = time.perf_counter()
    records = tuple(read_list(Source.from_file(file, file.name), report, problems))
    read = time.perf_counter() - begun
    made = make_papers(Sources(records, {file.name: report}, (), (), ()), Settings(), problems)
    both = time.perf_counter() - begun
    assert len(made.papers) + made.merged == len(records), "a record was lost"
    print(len(records), read, both, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main():
    rows = papers(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    print("| format | size, MB | records read a second | read and made a second | peak memory, MB |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            file = Path(folder) / "list"
            file.write_text(write(rows), encoding="utf-8")
            command = [sys.executable, __file__, "--measure", str(file)]
            runs = [
                [float(word) for word in subprocess.run(command, check=True, capture_output=True).stdout.split()]
                for _ in range(RUNS)
            ]
            number, read, both, memory = (median(column) for column in zip(*runs, strict=True))
            size = file.stat().st_size / 1e6
            print(f"| {name} | {size:.0f} | {number / read:,.0f} | {number / both:,.0f} | {memory:.0f} |")


if __name__ == "__main__":
    measure(Path(sys.argv[2])) if sys.argv[1:2] == ["--measure"] else main()
