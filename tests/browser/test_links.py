"""Every link of the whole sample site leads to a file and to a place in it; lychee follows them without a network."""

import json
import subprocess

from site_builder.config.settings import read_settings
from tests.browser.conftest import CONTENT
from tests.browser.programs import LYCHEE, need


def follow(site) -> dict:
    """Return lychee's answer; addresses of the published site are those of the folder."""
    command = [
        LYCHEE,
        "--offline",
        "--include-fragments=anchor-only",
        "--index-files=index.html",
        f"--root-dir={site}",
        f"--remap={read_settings(CONTENT).base_url}/ file://{site}/",
        "--extensions=html",
        "--no-progress",
        "--format=json",
        site,
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert answer.returncode in (0, 2), answer.stderr  # 2: dead links were found
    return json.loads(answer.stdout)


def dead(told: dict) -> set[str]:
    return {link["url"] for links in told["error_map"].values() for link in links}


def test_no_link_of_the_sample_site_is_dead(sample):
    need(LYCHEE)
    told = follow(sample)
    assert told["total"] > 10_000
    assert dead(told) == set()


def test_a_missing_page_a_missing_anchor_and_a_missing_permalink_are_found(tmp_path):
    need(LYCHEE)
    base = read_settings(CONTENT).base_url
    (tmp_path / "there.html").write_text('<p id="here">')
    links = ("there.html#here", "there.html#gone", "gone.html", f"{base}/x.html")
    (tmp_path / "index.html").write_text("".join(f'<a href="{link}">a</a>' for link in links))
    ends = {url.rpartition("/")[2] for url in dead(follow(tmp_path))}
    assert ends == {"there.html#gone", "gone.html", "x.html"}
