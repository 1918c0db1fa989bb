"""The recipes of CONTRIBUTING.md work: each is carried out literally in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("site_builder", "templates")
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = re.split(r"^### ", re.split(r"^## ", TEXT.split("\n## Recipes\n")[1], flags=re.M)[0], flags=re.M)[1:]
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


def name_of(recipe: str) -> str:
    return recipe.partition("\n")[0]


def copy_tree(to: Path) -> None:
    for folder in COPIED:
        shutil.copytree(ROOT / folder, to / folder)
    program = to / "bin" / "broadsheet"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m site_builder "$@"\n')
    program.chmod(0o755)


def commands_of(recipe: str) -> list[str]:
    texts = (text for kind, _, text in FENCE.findall(recipe) if kind == "console")
    return [line.removeprefix("$ ") for text in texts for line in text.splitlines()]


def carry_out(recipe: str, tree: Path) -> None:
    """Write the files of a recipe and apply its diffs."""
    for kind, path, text in FENCE.findall(recipe):
        if kind == "console":
            continue
        file = tree / path
        if kind == "diff":
            file.write_text(patched(file.read_text(encoding="utf-8"), text), encoding="utf-8")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def patched(text: str, diff: str) -> str:
    """Apply a diff without line numbers to a text; the lines it changes are found by content."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"{text.count(before)} places are like:\n{before}"
    return text.replace(before, after)


def run(command: str, tree: Path) -> None:
    places = {"PATH": f"{tree / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(tree)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tree,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_there_is_a_recipe_for_each_way_to_grow():
    names = {
        "An input format",
        "A page kind",
        "An output format",
        "A place to publish to",
        "A setting",
        "A theme",
        "A language",
    }
    assert names <= {name_of(recipe) for recipe in RECIPES}
    assert all(len(commands_of(recipe)) > 1 for recipe in RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=name_of)
def test_a_recipe_works_as_it_is_written(recipe, tmp_path):
    copy_tree(tmp_path)
    carry_out(recipe, tmp_path)
    for command in commands_of(recipe):
        run(command, tmp_path)


def test_together_the_recipes_are_formatted_and_linted(tmp_path):
    copy_tree(tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for recipe in RECIPES:
        carry_out(recipe, tmp_path)
    for check in ("format --check", "check"):
        run(f'"{sys.executable}" -m ruff {check} --quiet site_builder', tmp_path)
