"""A test without its program is skipped on a developer's machine, and fails where every test must run."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from tests.browser import programs


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "browser"
    monkeypatch.setitem(programs.REMEDIES, program, "apt-get install browser")
    return program


def test_a_missing_program_skips_the_test_and_tells_how_to_get_it(gone, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no .*browser: apt-get install browser"):
        programs.need(Path(__file__), gone)


def test_where_ci_is_set_a_missing_program_fails_the_test(gone, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"no .*browser: apt-get install browser"):
        programs.need(Path(__file__), gone)


def test_a_program_that_is_there_lets_the_test_run(monkeypatch):
    monkeypatch.setenv("CI", "true")
    programs.need(Path(__file__))


def test_every_program_has_a_remedy():
    known = {value for name, value in vars(programs).items() if name.isupper() and isinstance(value, Path)}
    assert known - {programs._MODULES} == set(programs.REMEDIES)


def test_where_nothing_may_be_installed_make_test_names_what_is_missing_and_goes_on(tmp_path):
    (tmp_path / "id").symlink_to(which("id"))  # all that the script calls besides the programs it looks for
    script = Path(__file__).resolve().parents[1] / "outside_programs.sh"
    told = subprocess.run(
        ["/bin/sh", script], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True, timeout=20
    )
    assert (
        "apt-get install chromium fonts-noto-core newsboat openssl git spamassassin rsync default-jre-headless nodejs "
        "npm" in told.stdout
    )
    assert told.stderr == ""
