"""The rules of the house that can be checked: direction of imports, and forbidden constructs."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from site_builder.config.settings import SECTIONS, Settings
from site_builder.pages import PAGE_KINDS
from site_builder.render import RENDERERS
from site_builder.sources.formats import READERS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "site_builder"
MODULES = sorted(PACKAGE.rglob("*.py"))
LINE = ["sources", "papers", "catalogue", "pages", "render", "write", "build", "cli"]
ALWAYS_ALLOWED = {"urls", "config", "problems", "themes"}
MAX_FUNCTION = 60


def name_of(module):
    return module.relative_to(ROOT).as_posix()


@cache
def tree_of(module):
    return ast.parse(module.read_text(encoding="utf-8"))


def imports_of(module):
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def room_of(name):
    """Return the room of a module, given its dotted name or path."""
    return re.split(r"[./]", name.removeprefix("site_builder").strip("./"))[0].removesuffix(".py")


def test_a_function_fits_on_one_screen():
    long = [
        f"{name_of(module)}:{node.lineno} {node.name}"
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= MAX_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("room", LINE)
def test_imports_follow_the_line(room):
    modules = [module for module in MODULES if room_of(name_of(module)) == room]
    later = LINE[LINE.index(room) + 1 :]
    inner = [
        (name_of(module), name)
        for module in modules
        for name in imports_of(module)
        if name.startswith("site_builder.") and room_of(name) in later
    ]
    assert modules
    assert inner == []


SOURCE_LAYERS = ["syntax", "fields", "formats"]


@pytest.mark.parametrize("layer", SOURCE_LAYERS)
def test_a_layer_of_the_sources_imports_none_above_it(layer):
    above = {f"site_builder.sources.{each}" for each in SOURCE_LAYERS[SOURCE_LAYERS.index(layer) + 1 :]}
    modules = list((PACKAGE / "sources" / layer).glob("*.py"))
    assert len(modules) > 1
    names = [name for module in modules for name in imports_of(module)]
    assert [name for name in names if ".".join(name.split(".")[:3]) in above | {"site_builder.sources.content"}] == []


def test_feedgen_is_imported_in_one_folder_only():
    users = {module.parent for module in MODULES if any(name.startswith("feedgen") for name in imports_of(module))}
    assert users == {PACKAGE / "render" / "feeds"}


def test_nothing_below_the_command_line_reads_the_clock():
    clock = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time|strftime\(|localtime)\b")
    users = {name_of(module) for module in MODULES if clock.search(module.read_text(encoding="utf-8"))}
    assert users == {"site_builder/clock.py"}


def test_a_build_loads_nothing_that_talks_to_the_world():
    code = "import sys, site_builder.build; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"http.client", "ssl", "urllib.request"}.intersection(loaded)
    assert not [name for name in loaded if name.startswith("site_builder.commands")]


@pytest.mark.parametrize("room", ["sources", "papers", "names"])
def test_patterns_that_few_builds_need_are_compiled_when_they_are_used(room):
    modules = [module for module in MODULES if room_of(name_of(module)) == room]
    statements = [(name_of(module), each) for module in modules for each in tree_of(module).body]
    values = [(name, each) for name, each in statements if isinstance(each, ast.Assign | ast.AnnAssign)]
    assert modules
    assert [f"{name}:{each.lineno}" for name, each in values if "re.compile" in ast.unparse(each)] == []


WRITING = set("hardlink_to mkdir rename rmdir symlink_to touch unlink write_bytes write_text".split())
WRITING_OS = set("link makedirs mkdir remove rename replace rmdir symlink unlink".split())


def writes(node):
    """Return whether a call changes a file or a folder."""
    if isinstance(node.func, ast.Name):
        modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
        return node.func.id == "open" and opens_to_write(modes)
    if not isinstance(node.func, ast.Attribute):
        return False
    name, owner = node.func.attr, node.func.value
    if isinstance(owner, ast.Name) and owner.id in {"os", "shutil"}:
        return owner.id == "shutil" or name in WRITING_OS
    modes = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    is_path_replace = name == "replace" and len(node.args) == 1 and not node.keywords
    return name in WRITING or is_path_replace or (name == "open" and opens_to_write(modes))


def opens_to_write(modes):
    return any(isinstance(mode, ast.Constant) and re.match("[wax]|r.?[+]", str(mode.value)) for mode in modes)


@pytest.mark.parametrize(
    "code", ["a.write_text('')", "open(a, 'w')", "a.open('xb')", "a.open(mode='a')", "os.link(a, b)", "a.replace(b)"]
)
def test_what_writes_a_file_is_known(code):
    assert writes(ast.parse(code).body[0].value)


@pytest.mark.parametrize("code", ["a.replace('a', 'b')", "day.replace(day=1)", "open(a)", "a.open('rb')", "os.stat(a)"])
def test_what_only_reads_is_no_writing(code):
    assert not writes(ast.parse(code).body[0].value)


def test_only_the_last_step_writes_files():
    steps = [module for module in MODULES if room_of(name_of(module)) in LINE[: LINE.index("write")]]
    assert len(steps) > len(LINE)
    calls = {module: [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)] for module in steps}
    assert [name_of(module) for module in steps if any(writes(call) for call in calls[module])] == []


def test_no_template_marks_text_as_safe_by_itself():
    files = [file for file in (ROOT / "templates").rglob("*") if file.suffix in {".html", ".xml", ".txt"}]
    assert files
    assert [name_of(file) for file in files if re.search(r"\|\s*safe\b", file.read_text(encoding="utf-8"))] == []


def test_no_file_is_named_for_nothing():
    assert not {"utils.py", "helpers.py", "manager.py", "common.py", "misc.py"} & {module.name for module in MODULES}


def test_no_two_classes_have_one_name():
    """Names that differ only by a leading underscore count as equal."""
    nodes = [node for module in MODULES for node in ast.walk(tree_of(module))]
    names = [node.name.lstrip("_") for node in nodes if isinstance(node, ast.ClassDef)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_module_and_public_class_is_described():
    modules = [module for module in MODULES if module.name != "__main__.py"]
    assert [name_of(module) for module in modules if not ast.get_docstring(tree_of(module))] == []
    classes = [(name_of(module), node) for module in modules for node in tree_of(module).body]
    public = [(module, node) for module, node in classes if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
    assert [(module, node.name) for module, node in public if not ast.get_docstring(node)] == []


def test_every_setting_is_described_and_documented():
    text = (ROOT / "content" / "pages" / "settings.md").read_text(encoding="utf-8")
    for section in (Settings, *SECTIONS.values()):
        for name, field in section.model_fields.items():
            assert field.description, name
            name = field.alias or name  # noqa: PLW2901
            assert re.search(rf"`{name}:?`|^\s*{name}:", text, re.MULTILINE), f"settings.md does not name {name}"


def test_every_command_and_option_is_documented():
    from site_builder.cli import main

    text = (ROOT / "content" / "pages" / "commands.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"broadsheet {name}" in text
        for parameter in command.params:
            for option in getattr(parameter, "opts", []):
                assert not option.startswith("--") or option in text, f"commands.md does not name {name} {option}"


def test_the_tables_hold_no_name_twice_and_every_reader_shows_an_example():
    names = [reader.name for reader in READERS]
    assert len(names) == len(set(names))
    assert all(reader.about and reader.example for reader in READERS)
    assert PAGE_KINDS
    assert RENDERERS


def test_every_package_is_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {init.parent.relative_to(ROOT).as_posix().replace("/", ".") for init in PACKAGE.rglob("__init__.py")}
    assert packages | {"site_builder.templates", "site_builder.manual_pages"} == set(
        project["tool"]["setuptools"]["packages"]
    )


def test_every_reader_has_a_place_in_the_order_of_sources():
    from site_builder.papers.merge import SOURCE_ORDER

    assert {reader.name for reader in READERS} == set(SOURCE_ORDER)
