"""A test without its program is skipped on a developer's machine, and fails where every test must run."""

from pathlib import Path

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
