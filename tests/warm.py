"""Preloaded by the fork server of `tests/started.py`: all imports, and compiled templates."""

import pkgutil
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import site_builder
from site_builder.build import build
from tests.compiled import compile_once
from tests.conftest import NOW, write_content

for module in pkgutil.walk_packages(site_builder.__path__, "site_builder."):
    import_module(module.name)
compile_once(setattr)
with TemporaryDirectory() as folder:
    write_content(Path(folder) / "content", "-- papers/a.yaml --\n- {title: A, listed: 2026-05-27, abstract: B}\n")
    build(Path(folder) / "content", Path(folder) / "output", NOW)
