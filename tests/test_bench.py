"""The benchmarks build the sites that they compare."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, write_content

BENCH = ROOT / "tests" / "bench"
CONTENT = """
-- site.yaml --
{title: Bench, theme: bench, base_url: "https://bench.example", related: none, search: false, cards: none, page_size: 5}
-- papers/2026-04-14.jsonl --
{"id": "2604.00001", "title": "Rain 1 on a dam", "abstract": "We wait.", "tags": ["Dams"]}
{"id": "2604.00002", "title": "Rain 2 on a dam", "abstract": "We wait.", "tags": ["Dams"]}
{"id": "2604.00003", "title": "Rain 3 on a dam", "abstract": "We wait.", "tags": ["Dams"]}
{"id": "2604.00004", "title": "Rain 4 on a dam", "abstract": "We wait.", "tags": ["Dams"]}
{"id": "2604.00005", "title": "Rain 5 on a dam", "abstract": "We wait.", "tags": ["Dams"]}
{"id": "2604.00006", "title": "Rain 6 on a dam", "abstract": "We wait.", "tags": ["Dams"]}
-- papers/2026-05-14.jsonl --
{"id": "2605.00001", "title": "Sheep on a dam", "abstract": "We count.", "upvotes": 2, "tags": ["Dams"]}
{"id": "2605.00002", "title": "Goats on a dam", "abstract": "We weigh.", "authors": ["Ada Example"], "upvotes": 1}
"""


def test_the_small_site_is_built_with_the_markup_of_the_peer(tmp_path: Path) -> None:
    write_content(tmp_path / "content", CONTENT)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "bench").symlink_to(BENCH / "theme")
    command = [sys.executable, BENCH / "small_site.py", tmp_path / "content", tmp_path / "output"]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    assert "Goats on a dam" in (tmp_path / "output" / "papers" / "2605.00001.html").read_text(encoding="utf-8")
    assert "Sheep on a dam" in (tmp_path / "output" / "index.html").read_text(encoding="utf-8")
    assert "tags/dams/2026-04.html" in (tmp_path / "output" / "tags" / "dams.html").read_text(encoding="utf-8")
