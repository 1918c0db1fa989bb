"""The installed package: its command and its templates."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import write_content

ROOT = Path(__file__).resolve().parent.parent


def files_below(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the contents of the wheel that is built from the source archive."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "site_builder", "templates", "content"):
        (copy / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, copy]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    assert len(list(folder.glob("*.tar.gz"))) == 1
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def run_installed(installed, folder, *words):
    environment = {"PYTHONPATH": str(installed), "PATH": os.environ["PATH"]}
    program = "from site_builder.__main__ import run; import site_builder; print(site_builder.__file__); run()"
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def test_the_package_builds_a_site_far_from_the_repository(installed, tmp_path):
    write_content(tmp_path / "content", "-- a.yaml --\n- {title: Sparse Clouds, listed: 2026-05-27}\n")
    assert run_installed(installed, tmp_path, "build").startswith(str(installed))
    assert (tmp_path / "output" / "papers" / "sparse-clouds.html").is_file()


def test_the_package_holds_every_template_and_names_the_command(installed):
    assert files_below(ROOT / "templates") == files_below(installed / "site_builder" / "templates")
    (entry_points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "broadsheet = site_builder.__main__:run" in entry_points.read_text()
    assert (installed / "site_builder" / "py.typed").is_file()


def test_the_package_holds_the_documentation(installed, tmp_path):
    told = run_installed(installed, tmp_path, "help")
    names = {file.stem for file in (ROOT / "content" / "pages").glob("*.md")} - {"about"}
    assert names
    assert all(f"\n{name} " in told for name in names)
    assert "content/desk.yaml" in run_installed(installed, tmp_path, "help", "desk")
