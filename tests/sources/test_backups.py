"""Editor backups, lock files and hidden files are skipped and counted; nothing in them is published."""

import json
from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.problems import Problems
from site_builder.report import summary, write_account
from site_builder.sources import read_sources
from tests.conftest import NOW, write_content

LIST = "- title: A Paper That Was Taken Out\n"
BACKUPS = [
    *("a.yaml~", "a.yaml.~1~", "#a.yaml#", ".#a.yaml", "a.bib.bak", "a.yaml.bak2", "a.bib.sav", "a.yaml.orig"),
    *("a.yaml.swp", ".a.yaml.swp", ".a.yaml.swo", "a.yaml.save", "a.yaml.old", "A.YAML.BAK", "a.yaml.tmp"),
    *(
        "a_backup.yaml",
        "a-backup.yaml",
        "a.backup.yaml",
        "a.bak.yaml",
        "a_bak2.json.gz",
        "a.yaml.backup",
        "a_autosave.yaml",
    ),
    *("a.yaml_", "a.yaml,v", "a.yaml.20260527", "a.bib.2026-05-27", "a.csv.dpkg-old", "a.yaml.original", "a.yaml.new"),
    *("a.yaml.1", "a.yaml-", "a.yaml.disabled", "a.bib.mine", "a.bib.r12", "a.csv.dist"),
    *("a.yaml_bak", "a backup 2.yaml", "a_backup_20260527.yaml", "Backup of a.yaml", "a.orig.yaml"),
]
OTHERS = [
    *("a.yaml.part", "a.csv.crdownload", "a.json.partial", "a.bib.download", "a.yaml.lock", "a.lck"),
    *("a_BACKUP_1234.yaml", "a.LOCAL.1234.yaml", "a_REMOTE_99.yaml"),
    *(".DS_Store", "._a.yaml", "Thumbs.db", "desktop.ini", "~$a.docx", ".~lock.a.csv#", ".a.yaml", ".git/a.yaml"),
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_content(tmp_path / "content", "-- papers/a.yaml --\n- title: A Paper That Stays\n")
    return tmp_path / "content"


@pytest.mark.parametrize("name", [*BACKUPS, *OTHERS])
def test_a_file_that_nobody_means_as_a_list_is_passed_over_and_named_in_the_account(content: Path, name: str) -> None:
    file = content / "papers" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(LIST)
    problems = Problems()
    sources = read_sources(content, problems)
    assert [record.fields["title"] for record in sources.records] == ["A Paper That Stays"]
    assert list(problems) == []
    assert [path.removeprefix("papers/") for path in sources.passed_over] == [name.partition("/")[0]]


def test_backups_are_counted_in_the_last_line_and_in_the_report(content: Path, tmp_path: Path) -> None:
    for name in ("a.yaml~", "#a.yaml#", ".DS_Store"):
        (content / "papers" / name).write_text(LIST)
    result = build(content, tmp_path / "output", NOW)
    assert "2 backups passed over" in summary(result)
    write_account(result, tmp_path / "account.json")
    assert json.loads((tmp_path / "account.json").read_text())["passed_over"] == {
        "papers/#a.yaml#": "a backup of an editor",
        "papers/.DS_Store": "a file of the operating system",
        "papers/a.yaml~": "a backup of an editor",
    }


@pytest.mark.parametrize(
    "name",
    [
        "a (conflicted copy).yaml",
        "a (Ada's conflicted copy 2024-01-05).yaml",
        "a.sync-conflict-20240105-120000-AB.yaml",
    ],
)
def test_a_conflicted_copy_is_no_backup_but_read_and_told(content: Path, name: str) -> None:
    (content / "papers" / name).write_text("- title: A Paper of the Other Version\n")
    problems = Problems()
    titles = {record.fields["title"] for record in read_sources(content, problems).records}
    assert titles == {"A Paper That Stays", "A Paper of the Other Version"}
    assert ["named as a copy that a sync program made" in problem.what for problem in problems] == [True]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Copy of a.yaml",
            "bck-a.yaml",
            "old_a.yaml",
            "a - Copy.yaml",
            "a copy.yaml",
            "a copy 2.yaml",
            "a_copy.yaml",
            "a (1).yaml",
            "a(2).yaml",
        ),
        *(
            "a - Kopie.yaml",
            "Kopie von a.yaml",
            "Copie de a.yaml",
            "a – copia.yaml",
            "a - Copy (2).yaml",
            "a - コピー.yaml",
            "a のコピー.yaml",
            "a（1）.yaml",
            "a 2.yaml",
            "a (copy).yaml",
            "a.old.yaml",
            "a.LOCAL.yaml",
        ),
    ],
)
def test_a_copy_next_to_its_original_is_read_and_told(content: Path, name: str) -> None:
    (content / "papers" / name).write_text("- title: A Paper of the Copy\n")
    problems = Problems()
    titles = {record.fields["title"] for record in read_sources(content, problems).records}
    assert titles == {"A Paper That Stays", "A Paper of the Copy"}
    assert ['is named as a copy of "a.yaml"' in problem.what for problem in problems] == [True]


@pytest.mark.parametrize(
    "name",
    [
        *("b (1).yaml", "bak.yaml", "old.bib.txt", "a.backup-of-list.yaml", "sample.save.yaml", "backups.yaml"),
        *("Copy of b.yaml", "copy.yaml", "a.parts.yaml", "hard copy.yaml", "local.yaml"),
    ],
)
def test_names_that_only_remind_of_a_backup_are_lists(content: Path, name: str) -> None:
    (content / "papers" / name).write_text(LIST)
    problems = Problems()
    assert len(read_sources(content, problems).records) == 2
    assert list(problems) == []
