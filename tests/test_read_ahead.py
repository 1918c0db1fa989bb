"""Lists read in several processes before the build: same site, same problems, each list read once."""

import pytest

from site_builder.build import build
from site_builder.config.settings import read_settings
from site_builder.volumes import read_ahead
from site_builder.volumes.cache import Cache, NoCache
from site_builder.volumes.read_ahead import LEAST_BYTES
from tests.conftest import NOW, write_content

forks = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

# Lists that affect each other: a work in two of them, a title that splits another list's text, a missing year.
CONTENT = """
-- site.yaml --
title: Clouds
base_url: https://clouds.example
search: false
cards: none
-- tags.yaml --
- name: Vision
  patterns: [vision, clouds]
-- papers/2026-05-01.yaml --
listed: 2026-05-01
papers:
- {title: Sparse Clouds, arxiv: "2605.00001", published: 2024-05-06, abstract: A vision of $x^2$ clouds., upvotes: many}
- {title: Dense Clouds, arxiv: "2605.00002"}
-- papers/2026-05-04.yaml --
listed: 2026-05-04
papers:
- {title: Sparse clouds, arxiv: "2605.00001", upvotes: 9, tags: [Rain]}
- {abstract: of no title}
-- papers/broken.json --
[{"title": "Half of
-- papers/dump.txt --
4Sparse Clouds We present a method for clouds.3 authors · May 6
12Fog of June This paper studies rain.2 authors · Jun 3, 2023
"""
KEY = b"k" * 32


def told(made):
    return [str(problem) for problem in made.problems]


def texts_of(folder):
    files = (file for file in folder.rglob("*") if file.is_file() and ".broadsheet" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@forks
def test_lists_read_ahead_make_the_same_site_and_the_same_problems(tmp_path):
    write_content(tmp_path / "content", CONTENT)
    alone = build(tmp_path / "content", tmp_path / "alone", NOW)
    ahead = build(tmp_path / "content", tmp_path / "ahead", NOW, jobs=2, cache=Cache(tmp_path / "cache", KEY))
    assert told(ahead) == told(alone)
    assert len(told(alone)) >= 4
    assert texts_of(tmp_path / "ahead") == texts_of(tmp_path / "alone")


@forks
def test_the_build_recalls_what_was_read_ahead(tmp_path, monkeypatch):
    write_content(tmp_path / "content", CONTENT)
    alone = build(tmp_path / "content", tmp_path / "alone", NOW)
    cache = Cache(tmp_path / "cache", KEY)
    read_ahead.read_ahead(tmp_path / "content", read_settings(tmp_path / "content", ""), cache, jobs=2)
    monkeypatch.setattr("site_builder.sources.read_list", None)
    made = build(tmp_path / "content", tmp_path / "output", NOW, cache=cache)
    assert made.papers == alone.papers
    assert len(made.papers.papers) > 1


def test_small_lists_are_read_in_one_process(tmp_path, monkeypatch):
    monkeypatch.setattr(read_ahead, "spread_over", None)
    write_content(tmp_path / "content", CONTENT)
    settings = read_settings(tmp_path / "content", "")
    read_ahead.read_ahead(tmp_path / "content", settings, Cache(tmp_path / "cache", KEY), jobs=0)
    assert len(CONTENT) < LEAST_BYTES


def test_nothing_is_read_ahead_that_could_not_be_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(read_ahead, "spread_over", None)
    write_content(tmp_path / "content", CONTENT)
    settings = read_settings(tmp_path / "content", "")
    with pytest.raises(TypeError):
        read_ahead.read_ahead(tmp_path / "content", settings, Cache(tmp_path / "cache", KEY), jobs=2)
    read_ahead.read_ahead(tmp_path / "content", settings, NoCache(), jobs=2)
