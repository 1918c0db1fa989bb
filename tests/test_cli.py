"""The command line as a new user uses it."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from site_builder.cli import main, printable
from site_builder.problems import MAX_LISTED, Problems
from site_builder.report import problem_lines, summary
from tests.conftest import write_content


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run_it(*words):
        return CliRunner(env={"SOURCE_DATE_EPOCH": "1795262400"}).invoke(main, words)

    return run_it


def test_a_folder_of_lists_is_enough(run, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-05-27}\n")
    result = run("build")
    assert result.exit_code == 0
    line = result.output.strip().split("\n")[-1]
    pattern = (
        r"1 file read, 1 record, 1 paper, 0 merged, 0 undated, 0 problems, "
        r"\d+ pages, \d+ written, 0 unchanged, 0 removed, \d+\.\d s"
    )
    assert re.fullmatch(pattern, line)


def test_entries_alone_are_said_to_be_held_back_and_not_the_mail_that_waits_for_its_hour(build_site):
    past = "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-05-27}\n"
    result = build_site(past, datetime(2026, 11, 30, 1, tzinfo=UTC)).result
    assert result.next_change == datetime(2026, 11, 30, 6, tzinfo=UTC)
    assert "held back" not in summary(result)
    settings = "-- site.yaml --\nfeeds: {hour: 9}\n"
    today = f"{settings}-- b.yaml --\n- {{title: Wet Clouds, listed: 2026-11-30}}\n"
    result = build_site(past + today, datetime(2026, 11, 30, 1, tzinfo=UTC)).result
    assert summary(result).endswith("entries are held back until 2026-11-30 09:00+00:00")


def test_problems_are_shown_and_do_not_fail_a_build(run, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-02-30}\n")
    result = run("build")
    assert result.exit_code == 0
    assert 'a.yaml:1: listed "2026-02-30" is no date of the calendar' in result.output
    assert (tmp_path / "output" / "index.html").exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "is not set: feeds, mails and the sitemap lead to http://localhost:8000"),
        ("base_url:\n", "is not set: feeds, mails and the sitemap lead to http://localhost:8000"),
        (
            "base_url: http://127.0.0.1:9000\n",
            "is of this machine alone: feeds, mails and the sitemap lead to http://1",
        ),
        ("base_url: http://0.0.0.0\n", "is of this machine alone: feeds, mails and the sitemap lead to http://0"),
        ("base_url: https://digest.example.org\n", "is still the one of the sample: feeds, mails and the sitemap lead"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_an_address_where_no_reader_finds_the_site_is_told_before_the_last_line(run, tmp_path, written, told, command):
    write_content(tmp_path / "content", f"-- site.yaml --\n{written}-- a.yaml --\n- {{title: A, listed: 2026-05-27}}\n")
    first, again = run(command, "--strict"), run(command, "--strict")
    for result in (first, again):
        assert result.exit_code == 0
        assert result.output.splitlines()[-2].startswith(f"site.yaml: base_url {told}")


@pytest.mark.parametrize("option", [[], ["--base-url", "https://clouds.example"]])
def test_an_address_that_is_set_is_not_told(run, tmp_path, option):
    settings = "" if option else "-- site.yaml --\nbase_url: https://clouds.example\n"
    write_content(tmp_path / "content", f"{settings}-- a.yaml --\n- {{title: A, listed: 2026-05-27}}\n")
    assert "base_url" not in run("build", *option).output


def test_an_address_of_the_option_that_is_none_is_told_of_the_option(run, tmp_path):
    write_content(tmp_path / "content", "-- site.yaml --\ntitle: Clouds\nbase_url: https://clouds.example\n")
    result = run("build", "--base-url", "clouds")
    assert (result.exit_code, result.output) == (
        2,
        "--base-url 'clouds' is not an address like https://example.org/digest; nothing was written\n",
    )


def test_a_problem_of_many_files_is_told_of_the_first_and_the_others_are_counted(run, tmp_path):
    paper = '{"title": "A Paper", "authors": ["A B"], "shelf": "1", "arxiv": "2609.%05d"}\n'
    lists = [
        f"-- papers/2026-09-{day:02}.jsonl --\n" + "".join(paper % (day * 100 + n) for n in range(day))
        for day in range(1, 15)
    ]
    other = "-- papers/2026-09-20.yaml --\n- title: Other\n  shelv: 2\n"
    write_content(tmp_path / "content", "".join([*lists, other]))
    result = run("build", "--report", "report.json")
    told = [line for line in result.stderr.splitlines() if "shelf" in line]
    assert len(told) == 1
    assert told[0].startswith('papers/2026-09-01.jsonl:1: "shelf" is not read')
    assert told[0].endswith("(the same in 13 more files, which --report FILE names)")
    assert 'papers/2026-09-20.yaml:2: "shelv"' in result.stderr
    assert (tmp_path / "report.json").read_text().count('\\"shelf\\" is not read') == len(lists)


def test_problems_are_told_in_the_order_of_the_files_and_their_lines():
    problems = Problems()
    for line in range(1, MAX_LISTED + 3):
        problems.add("b.yaml", line, f"word {line} is wrong", "mend it")
    problems.add("a.yaml", 9, "is empty", "")
    lines = problem_lines(problems)
    assert lines[:2] == ["a.yaml:9: is empty", "b.yaml:1: word 1 is wrong; mend it"]
    assert lines[-1] == "b.yaml: 2 more problems; mend those reported first"


def test_strict_fails_when_there_are_problems(run, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-02-30}\n")
    assert run("build", "--strict").exit_code == 1
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-02-28}\n")
    assert run("build", "--strict").exit_code == 0


def test_what_stops_a_build_exits_with_2_and_writes_nothing(run, tmp_path):
    write_content(tmp_path / "content", "-- site.yaml --\ntitel: x\n")
    result = run("build")
    assert result.exit_code == 2
    assert 'unknown key "titel"; did you mean "title"?' in result.output
    assert not (tmp_path / "output").exists()


def test_settings_under_a_wrong_name_stop_the_build(run, tmp_path):
    write_content(tmp_path / "content", "-- site.yml --\ntitle: Clouds\n-- a.yaml --\n- {title: Sparse Clouds}\n")
    result = run("build")
    assert (result.exit_code, (tmp_path / "output").exists()) == (2, False)
    assert "site.yml: settings are read from site.yaml; rename the file" in result.output


@pytest.mark.parametrize("place", ["nowhere/account.json", "content"])
def test_a_report_that_cannot_be_written_stops_the_build_before_it_begins(run, tmp_path, place):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds}\n")
    result = run("build", "--report", place)
    assert (result.exit_code, (tmp_path / "output").exists()) == (2, False)
    assert f"the report {place} cannot be written: " in result.output


def test_a_report_is_no_list_of_the_next_build(run, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds}\n")
    result = run("build", "--report", "content/report.json")
    assert (result.exit_code, "would lie in the content folder" in result.output) == (2, True)
    assert not (tmp_path / "content" / "report.json").exists()


def test_a_report_that_no_disk_takes_in_the_end_is_one_line_and_the_site_is_there(run, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds}\n")
    result = run("build", "--report", "/dev/full")
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        1,
        "the report /dev/full cannot be written: No space left on device; all else is done",
    )
    assert (tmp_path / "output" / "index.html").is_file()


def test_help_shows_a_command_too(run):
    assert run("help", "send").output == run("send", "--help").output


def test_a_day_of_another_form_is_refused_in_plain_words(run):
    assert '"20.8.2026" is no day as YYYY-MM-DD' in run("fetch", "--date", "20.8.2026").output


def test_a_theme_lies_beside_the_content_whatever_folder_the_command_runs_in(run, tmp_path, monkeypatch):
    write_content(tmp_path / "content", "-- site.yaml --\ntheme: mine\n-- a.yaml --\n- {title: Sparse Clouds}\n")
    write_content(tmp_path, "-- templates/mine/partials/imprint.html --\n<p>Mine alone</p>\n")
    monkeypatch.chdir(tmp_path / "content")
    assert run("build", "--content", ".", "--output", "../output").exit_code == 0
    assert "Mine alone" in (tmp_path / "output" / "index.html").read_text()


def test_check_does_everything_but_write(run, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-05-27}\n")
    result = run("check")
    assert "nothing written" in result.output
    assert not (tmp_path / "output").exists()
    assert not (tmp_path / ".broadsheet-cache").exists()


def test_folders_and_address_can_be_named(run, tmp_path):
    write_content(tmp_path / "lists", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-05-27}\n")
    result = run("build", "--content", "lists", "--output", "site", "--base-url", "https://example.org/papers")
    assert result.exit_code == 0
    assert (
        "https://example.org/papers/papers/sparse-clouds.html"
        in (tmp_path / "site/api/papers/2026-05.json").read_text()
    )


def test_a_missing_folder_is_one_clear_line(run):
    result = run("build", "--content", "nowhere")
    assert (result.exit_code, result.output) == (2, "there is no content folder at nowhere; name it with --content\n")


def test_a_process_ends_with_the_words_and_the_exit_code_of_its_command(tmp_path):
    def run(*words):
        command = [sys.executable, "-m", "site_builder", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    refused = run("build", "--content", "nowhere")
    assert refused.returncode == 2
    assert refused.stderr == "there is no content folder at nowhere; name it with --content\n"
    helped = run("--help")
    assert helped.returncode == 0
    assert "Turn paper lists into a website" in helped.stdout


def test_words_that_the_terminal_cannot_show_stop_no_command():
    environment = {**os.environ, "PYTHONIOENCODING": "iso-8859-1"}
    command = [sys.executable, "-m", "site_builder", "help", "fetching"]
    ended = subprocess.run(command, capture_output=True, encoding="iso-8859-1", check=False, env=environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\u2026" in ended.stdout


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_build_with_closed_streams_ends_as_any_other(tmp_path, closed):
    write_content(tmp_path / "content", "-- papers/a.yaml --\n- {title: Clouds, listed: 2026-05-27}\n")
    command = f"'{sys.executable}' -m site_builder build --content {tmp_path}/content --output {tmp_path}/output"
    assert subprocess.run(["sh", "-c", f"{command} {closed}"], capture_output=True, check=False).returncode == 0
    assert (tmp_path / "output/index.html").is_file()


def test_a_message_cannot_steer_the_terminal():
    assert printable("a\x1b[31mb\u202ec\nd") == "a\\x1b[31mb\\u202ec\nd"


def test_the_documentation_is_read_by_topic(run):
    assert re.search(r"^settings +Every key of site.yaml", run("help").output, re.MULTILINE)
    assert "`base_url`" in run("help", "settings").output
    assert run("help", "Writing Lists").output == run("help", "writing-lists").output
    assert "(`broadsheet help publishing`)" in run("help", "settings").output
    missed = run("help", "setings")
    assert missed.exit_code == 2
    assert missed.output == 'no topic "setings": did you mean "settings"?\n'


def test_broken_settings_name_the_page_that_explains_them(run, tmp_path):
    write_content(tmp_path / "content", "-- site.yaml --\nlanguage: 7\n")
    assert "`broadsheet help settings`" in run("build").output


def test_windows_is_told_what_to_do_in_one_line():
    code = "import os; os.name = 'nt'; from site_builder.__main__ import run; run()"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Broadsheet runs on Linux and macOS")
    assert ended.stderr.count("\n") == 1
