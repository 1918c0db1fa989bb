"""Volumes: a month is kept from the last build if its papers, days and neighbours are unchanged."""

import shutil

import orjson
import pytest

from site_builder import build as line
from site_builder.build import build
from site_builder.model.page import KEPT
from site_builder.write import write_files
from site_builder.write.manifest import ManifestEntry
from site_builder.write.staging import OutdatedError
from tests.conftest import NOW, write_content
from tests.factories import Ready
from tests.test_incremental_builds import texts_of

SITE = """
-- site.yaml --
title: Clouds
base_url: https://clouds.example
search: false
related: none
social_cards: false
-- tags.yaml --
tags:
- name: Vision
- name: Rain
-- papers/2026-02-03.yaml --
listed: 2026-02-03
papers:
- {title: February clouds, arxiv: "2602.00001", tags: [Vision], upvotes: 2}
- {title: February fog, arxiv: "2602.00002", tags: [Rain]}
- {title: February snow, arxiv: "2602.00003"}
-- papers/2026-03-31.yaml --
listed: 2026-03-31
papers:
- {title: March clouds, arxiv: "2603.00001", tags: [Vision], upvotes: 2}
- {title: March fog, arxiv: "2603.00002", tags: [Vision]}
-- papers/2026-04-01.yaml --
listed: 2026-04-01
papers:
- {title: April clouds, arxiv: "2604.00001", tags: [Rain]}
-- papers/2026-05-05.yaml --
listed: 2026-05-05
papers:
- {title: May clouds, arxiv: "2605.00001", tags: [Rain]}
-- papers/2026-06-02.yaml --
listed: 2026-06-02
papers:
- {title: June clouds, arxiv: "2606.00001", tags: [Rain]}
-- papers/old.yaml --
- {title: Old clouds}
-- notes/2026-04-01.md --
A quiet day.
"""
ALL = {"2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "undated"}


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    root = tmp_path_factory.mktemp("volumes")
    write_content(root / "content", SITE)
    build(root / "content", root / "output", NOW)
    return root


@pytest.fixture
def again(tmp_path, start):
    """Return a function that rebuilds, compares the site with a clean build, and returns the kept volumes."""
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)

    def build_again():
        result = build(tmp_path / "content", tmp_path / "output", NOW)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        build(tmp_path / "content", tmp_path / "clean", NOW)
        assert texts_of(tmp_path / "output") == texts_of(tmp_path / "clean")
        return {page.volume.split(" ")[0] for page in result.site.pages.values() if page.renderer == KEPT}

    return build_again


def add_list(root, day, *papers):
    lines = "".join(f"- {paper}\n" for paper in papers)
    (root / f"content/papers/{day}.yaml").write_text(f"listed: {day}\npapers:\n{lines}")


def edit(file, before, after):
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def test_all_volumes_are_kept_when_nothing_changed(again):
    assert again() == ALL


def test_a_day_more_opens_its_month_alone(tmp_path, again):
    add_list(tmp_path, "2026-06-03", "{title: June rain, tags: [Rain]}")
    assert again() == ALL - {"2026-06"}


def test_a_new_month_opens_the_one_before(tmp_path, again):
    add_list(tmp_path, "2026-07-03", "{title: July rain, tags: [Rain]}")
    assert again() == ALL - {"2026-06"}
    assert again() == ALL | {"2026-07"}


def test_a_week_that_crosses_two_months_shows_what_changed_in_the_first(tmp_path, again):
    edit(tmp_path / "content/papers/2026-03-31.yaml", "March fog", "March mist")
    assert again() & {"2026-03", "2026-04"} == set()
    assert "March mist" in (tmp_path / "output/weeks/2026-W14.html").read_text()


def test_a_corrected_title_of_an_old_paper_is_shown(tmp_path, again):
    edit(tmp_path / "content/papers/2026-02-03.yaml", "February snow", "February sleet")
    assert again() >= {"2026-05", "2026-06"}
    assert "February sleet" in (tmp_path / "output/papers/2602.00003.html").read_text()


def test_a_corrected_title_is_shown_wherever_the_paper_is_related_to_another(tmp_path, again):
    edit(tmp_path / "content/site.yaml", "related: none", "related: tags")
    assert again() == set()
    edit(tmp_path / "content/papers/2026-02-03.yaml", "February fog", "February mist")
    assert not again() & {"2026-02", "2026-04"}
    assert "February mist" in (tmp_path / "output/papers/2604.00001.html").read_text()


def test_a_renamed_tag_opens_the_volumes_that_show_it(tmp_path, again):
    (tmp_path / "content/tags.yaml").write_text(
        "tags:\n- name: Seeing\n  formerly: [vision]\n  aliases: [Vision]\n- name: Rain\n"
    )
    kept = again()
    assert not kept & {"2026-02", "2026-03"}
    assert kept >= {"2026-06", "undated"}


def test_votes_on_an_old_paper_open_its_month(tmp_path, again):
    edit(tmp_path / "content/papers/2026-02-03.yaml", "upvotes: 2", "upvotes: 20")
    assert again() >= {"2026-05", "2026-06"}


def test_a_deleted_list_takes_its_pages_away(tmp_path, again):
    (tmp_path / "content/papers/2026-02-03.yaml").unlink()
    assert again() >= {"2026-05", "2026-06"}
    assert not (tmp_path / "output/papers/2602.00001.html").exists()
    assert not (tmp_path / "output/months/2026-02.html").exists()


def test_a_paper_that_is_listed_again_moves_to_the_later_volume(tmp_path, again):
    add_list(tmp_path, "2026-05-06", '{title: February clouds, arxiv: "2602.00001"}')
    kept = again()
    assert not kept & {"2026-02", "2026-05"}
    assert (tmp_path / "output/papers/2602.00001.html").exists()
    (tmp_path / "content/papers/2026-05-06.yaml").unlink()
    assert not again() & {"2026-02", "2026-05"}


def test_a_note_of_an_old_day_opens_its_month(tmp_path, again):
    (tmp_path / "content/notes/2026-02-03.md").write_text("Not so quiet.")
    assert again() >= {"2026-05", "2026-06"}
    assert "Not so quiet" in (tmp_path / "output/days/2026-02-03.html").read_text()


def test_a_file_of_a_volume_that_was_damaged_or_removed_is_made_anew(tmp_path, again):
    (tmp_path / "output/papers/2602.00001.html").write_text("damaged")
    (tmp_path / "output/days/2026-05-05.html").unlink()
    assert again() == ALL - {"2026-02", "2026-05"}


def change_ledger(root, change):
    file = root / "output/.broadsheet/ledger.json"
    file.write_bytes(
        orjson.dumps({path: change(path, entry) for path, entry in orjson.loads(file.read_bytes()).items()})
    )


def test_a_ledger_of_an_earlier_release_knows_no_volumes(tmp_path, again):
    change_ledger(tmp_path, lambda path, entry: entry[:4])
    assert again() == set()
    assert again() == ALL


def test_a_volume_of_which_a_killed_build_left_a_part_is_made_anew(tmp_path, again):
    change_ledger(tmp_path, lambda path, entry: entry[:4] if path == "papers/2602.00001.html" else entry)
    assert again() == ALL - {"2026-02"}


def test_a_theme_that_asks_for_a_paper_keeps_no_volume(tmp_path, again):
    file = tmp_path / "templates/default/pages/day.html"
    file.parent.mkdir(parents=True)
    shutil.copy("templates/default/pages/day.html", file)
    file.write_text(file.read_text() + "{{ exists('papers/2606.00009.html') }}")
    again()
    assert again() == set()


def test_files_that_another_build_has_written_meanwhile_are_not_kept(tmp_path):
    write_files([Ready("a.html", b"one")], tmp_path)
    with pytest.raises(OutdatedError):
        write_files([], tmp_path, kept={"a.html": ManifestEntry("other", 3, 0)})
    assert (tmp_path / "a.html").read_bytes() == b"one"


def test_a_build_that_another_one_overtook_makes_all_pages(tmp_path, again, monkeypatch):
    class Overtaken(line.WrittenVolumes):
        def keep(self, name, key):
            paths = super().keep(name, key)
            self.kept.update({path: entry._replace(mtime=0) for path, entry in self.kept.items()})
            return paths

    monkeypatch.setattr(line, "WrittenVolumes", Overtaken)
    add_list(tmp_path, "2026-06-03", "{title: June rain, tags: [Rain]}")
    assert again() == set()


def test_where_the_ledger_is_damaged_every_volume_is_made_anew_and_a_problem_says_so(tmp_path, again):
    ledger = tmp_path / "output/.broadsheet/ledger.json"
    ledger.write_bytes(ledger.read_bytes()[:-9])
    add_list(tmp_path, "2026-06-03", "{title: June rain, tags: [Rain]}")
    assert again() == set()
    assert again() == ALL
    ledger.write_text("null")
    told = [str(problem) for problem in build(tmp_path / "content", tmp_path / "output", NOW).problems]
    assert any("ledger.json: it was damaged, so all files of the site were made anew" in each for each in told)
