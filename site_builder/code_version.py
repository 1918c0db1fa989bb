"""Which program this is: what a cache made by another one cannot be trusted for."""

import sys
import sysconfig
from functools import cache
from hashlib import blake2b
from pathlib import Path

from site_builder.fingerprint import fingerprint_of

PACKAGE = Path(__file__).resolve().parent


@cache
def code_version() -> str:
    """Return a fingerprint of our own files, of the installed libraries' names and versions, and of Python."""
    digest = blake2b(f"{sys.version}\0{sys.platform}\0".encode(), digest_size=16)
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            digest.update(f"{file.relative_to(PACKAGE).as_posix()}\0".encode())
            digest.update(fingerprint_of(file).encode())
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        if Path(folder).is_dir():
            names = (entry.name for entry in Path(folder).iterdir())
            digest.update("\0".join(sorted(name for name in names if name.endswith(".dist-info"))).encode())
    return digest.hexdigest()
