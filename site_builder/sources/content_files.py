"""Which files of the content folder are read."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.problems import Problems
from site_builder.sources.static_files import STATIC

# Controls, ends of lines, explicit bidirectional controls, and bytes that are no UTF-8 (as Python names them).
_UNFIT_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What systems, editors and git leave behind; everything else that is hidden may be meant for a web host.
_LITTER = re.compile(r"\.DS_Store|\._.*|\..*\.sw[a-p]|\.git(ignore|keep|attributes|modules)?|\.hg|\.svn|.*~")
BACKUP = "a backup of an editor"
# Names of files that nobody means as lists → whose they are.
_PASSED_OVER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (r"\.~lock\..*#|~\$.*|~.*\.tmp", "a lock of an office program"),
        (r"\.#.*|#.*#|.*~|.*\.(?:bak\d*|orig|rej|sav|save|sw[a-p]|tmp|old|kate-swp|autosave)", BACKUP),
        (r"\.DS_Store|\._.*|(?:eh)?Thumbs\.db|desktop\.ini|\.localized|\.directory", "a file of the operating system"),
        (r"\..*", "a hidden file"),
    )
)
_CONFLICT = re.compile(
    r"\((?:[^()]*\W)?(?:conflicted copy|case conflict|copie en conflit|copia en conflicto|in Konflikt stehende Kopie)\b"
    r"|\.sync-conflict-\d{8}-\d{6}",
    re.IGNORECASE,
)


def content_files(content: Path, problems: Problems, passed_over: dict[str, str] | None = None) -> Iterator[str]:
    """Yield the path of every file below a folder, sorted; nothing that leads out of it.

    Hidden ones and editors' backups are not read, except below `static/`, where web hosts look for some
    (`.well-known/`). passed_over: is told of each of them, path → whose it is.
    """
    home = content.resolve()
    found: list[str] = []

    def unreadable(error: OSError) -> None:
        path = Path(error.filename).relative_to(content).as_posix()
        problems.add(path, None, f"the folder cannot be read ({error.strerror})", "make it readable")

    for folder, folders, names in os.walk(content, onerror=unreadable):
        is_static = (Path(folder) / "-").relative_to(content).parts[0] == STATIC
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        unread = {name: why for name in (*names, *folders) if (why := _why_passed_over(name, is_static=is_static))}
        folders[:] = [name for name in folders if name not in unread]
        visible = (name for name in (*names, *linked) if name not in unread)
        found += [(Path(folder) / name).relative_to(content).as_posix() for name in visible]
        if passed_over is not None:
            paths = {(Path(folder) / name).relative_to(content).as_posix(): why for name, why in unread.items()}
            passed_over.update(paths)
    for path in sorted(found):
        if fault := _why_not_read(content / path, path, home):
            problems.add(path, None, *fault)
            continue
        if _CONFLICT.search(path):
            what = "is named as a copy that a sync program made of two versions"
            problems.add(path, None, what, "compare it with the other and keep one; both are read")
        yield path


def _why_passed_over(name: str, *, is_static: bool) -> str:
    """Return whose a file or folder is that nobody means as a list, "" for one that is read."""
    if is_static and not _LITTER.fullmatch(name):
        return ""
    return next((why for pattern, why in _PASSED_OVER if pattern.fullmatch(name)), "")


def _why_not_read(file: Path, path: str, home: Path) -> tuple[str, str] | None:
    """Return what is wrong with a path below the content folder, and the remedy; None for a file to read."""
    if _UNFIT_NAME.search(path):
        return "the name holds bytes or signs that no text may hold", "rename it; it is not read"
    if file.is_symlink() and (file.is_dir() or not Path(os.path.realpath(file)).is_relative_to(home)):
        what = "to a folder" if file.is_dir() else "that leads out of the content folder"
        return f"is a link {what}", "put the files themselves here; it is not followed"
    if file.exists() and not file.is_file():
        return "is no file but a device or a pipe", "remove it; it is not read"
    return None
