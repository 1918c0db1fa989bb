"""Looking at the next mail before it goes out."""

from pathlib import Path

from click.testing import CliRunner

from site_builder.cli import main
from tests.conftest import write_content

CONTENT = """
-- site.yaml --
title: Morning papers
base_url: https://digest.example.org
author: {email: ed@example.org}
publish: {readers: readers.csv}
newsletter: {unsubscribe_mail: leave@example.org}
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27}
- {title: Dense Rain, listed: 2026-05-27}
"""


def preview(folder: Path, moment: str = "1779947999") -> str:
    result = CliRunner(env={"SOURCE_DATE_EPOCH": moment}).invoke(
        main, ["preview", "--no-open", "--content", str(folder / "content")]
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_it_writes_what_would_go_out_and_says_to_how_many_and_keeps_nothing(tmp_path: Path) -> None:
    write_content(tmp_path / "content", CONTENT)
    (tmp_path / "readers.csv").write_text("one@example.org\ntwo@example.org\n")
    told = preview(tmp_path)
    assert told.startswith("2026-05-27: “Papers of 27 May 2026”, 2 papers, now, to 2 readers\n")
    files = {file.relative_to(tmp_path).as_posix() for file in (tmp_path / ".broadsheet").rglob("*") if file.is_file()}
    assert files == {".broadsheet/preview/daily-2026-05-27.html", ".broadsheet/preview/daily-2026-05-27.txt"}
    assert not (tmp_path / "content" / "published").exists()
    assert "Sparse Clouds" in (tmp_path / ".broadsheet/preview/daily-2026-05-27.txt").read_text()


def test_nothing_is_next_before_a_day_has_come(tmp_path: Path) -> None:
    write_content(tmp_path / "content", CONTENT)
    assert preview(tmp_path, "1779800000").startswith("nothing would go out: ")


def test_a_slip_that_keeps_the_mail_back_is_told(tmp_path: Path) -> None:
    write_content(tmp_path / "content", f"{CONTENT}-- desk.yaml --\npapers: {{fogg: {{lead: 1}}}}\n")
    told = preview(tmp_path)
    assert told.startswith('2026-05-27 waits until this is mended: desk.yaml:1: "fogg" is no paper of the site')


def test_an_hour_that_is_still_to_come_and_a_list_that_is_missing_are_told(tmp_path: Path) -> None:
    write_content(tmp_path / "content", CONTENT)
    assert "from 2026-05-27 06:00 on, to an unknown number: the list" in preview(tmp_path, "1779840000")


def test_an_edition_that_is_on_its_way_is_told_too(tmp_path: Path) -> None:
    write_content(tmp_path / "content", CONTENT)
    (tmp_path / "readers.csv").write_text("one@example.org\n")
    folders = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
    environment = {"SOURCE_DATE_EPOCH": "1779947999", "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:1"}
    for command, code in (("build", 0), ("announce", 1)):
        assert CliRunner(env=environment).invoke(main, [command, *folders]).exit_code == code
    told = preview(tmp_path)
    assert told.startswith("2026-05-27: “Papers of 27 May 2026”, 2 papers, now, to 1 reader at most: the edition is on")
