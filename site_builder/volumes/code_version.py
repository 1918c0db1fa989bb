"""The version of the code, so that a cache written by another version is ignored."""

import sys
import sysconfig
from functools import cache
from pathlib import Path

from site_builder.fingerprint import fingerprint_of_all, fingerprint_of_file

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def code_version() -> str:
    """Return a fingerprint of this package's files, the names and versions of installed libraries, and Python."""
    parts = [sys.version, sys.platform]
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            parts += [file.relative_to(PACKAGE).as_posix(), fingerprint_of_file(file)]
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        if Path(folder).is_dir():
            names = (entry.name for entry in Path(folder).iterdir())
            parts += sorted(name for name in names if name.endswith(".dist-info"))
    return fingerprint_of_all(parts)
