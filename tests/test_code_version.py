"""The version of the code: what another version has made is not reused."""

from pathlib import Path

import pytest

import site_builder
from site_builder.volumes import code_version as module
from site_builder.volumes.code_version import code_version


@pytest.fixture
def version(tmp_path, monkeypatch):
    """Return a function that computes the version of a program and libraries in two temporary folders."""
    program, libraries = tmp_path / "program", tmp_path / "libraries"
    (program / "pages").mkdir(parents=True)
    (program / "pages" / "day.py").write_text("ONE = 1")
    (libraries / "jinja2-3.1.6.dist-info").mkdir(parents=True)
    monkeypatch.setattr(module, "PACKAGE", program)
    monkeypatch.setattr(module.sysconfig, "get_path", lambda name: str(libraries))
    return code_version.__wrapped__


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "program/pages/day.py").write_text("ONE = 2"),
        lambda root: (root / "program/pages/day.py").rename(root / "program/pages/week.py"),
        lambda root: (root / "program/weights.json").write_text("{}"),
        lambda root: (root / "libraries/jinja2-3.1.6.dist-info").rename(root / "libraries/jinja2-3.1.7.dist-info"),
    ],
    ids=["code", "name", "data", "library"],
)
def test_another_program_or_library_is_another_version(tmp_path, version, change):
    before = version()
    assert version() == before
    change(tmp_path)
    assert version() != before


def test_what_python_compiled_is_no_other_version(tmp_path, version):
    before = version()
    (tmp_path / "program" / "day.cpython-311.pyc").write_bytes(b"compiled")
    assert version() == before


def test_another_python_is_another_version(version, monkeypatch):
    before = version()
    monkeypatch.setattr(module.sys, "version", "4.0.0")
    assert version() != before


def test_the_program_is_all_of_it():
    assert Path(site_builder.__file__).parent == module.PACKAGE
