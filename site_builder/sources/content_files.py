"""Select the files of the content folder to read: ignore backups, locks and hidden files, report copies and links."""

import os
import re
from collections.abc import Container, Iterator
from pathlib import Path

from site_builder.lazy import lazy_pattern
from site_builder.problems import Problems
from site_builder.sources.content.static_files import STATIC

# Control characters, line separators, bidirectional controls, non-characters, and bytes that are not valid UTF-8
# (which Python decodes as surrogates).
_UNFIT_NAME = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Hidden files of systems, editors and git; any other hidden file in `static/` may be meant for a web host.
_LITTER = lazy_pattern(r"\.DS_Store|\._.*|\..*\.sw[a-p]|\.git(ignore|keep|attributes|modules)?|\.hg|\.svn|.*~")
BACKUP = "a backup of an editor"
_DAY_AFTER = r"(?:19|20)\d\d-?[01]\d-?[0-3]\d[T_-]?[\d:.-]{0,12}"
_SUFFIXES = "ya?ml|jsonl?|bib|ris|csv|tsv|xml|md|txt|html?|enw|nbib"
# Names of files that are ignored → what such a file is.
_IGNORED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (lazy_pattern(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (r"\.~lock\..*#|~\$.*|~.*\.tmp", "a lock of an office program"),
        (r".*\.(?:part|partial|crdownload|download|filepart|opdownload|aria2)", "a download that is not finished"),
        (r".*\.(?:lock|lck|pid)", "a lock of a program"),
        (r"\.#.*|#.*#|.*~|.*\.(?:bak\d*|orig|rej|sav|save|sw[a-p]|tmp|old|kate-swp|autosave|bkp|backup)", BACKUP),
        (
            rf".*\.(?:{_SUFFIXES})(?:[-_#]|,v|\.(?:\d{{1,3}}|{_DAY_AFTER}|disabled|dist|mine|theirs|yours|r\d+|off|prev"
            r"|previous|copy|original|new|asd|wbk|save\.\d{1,3}|icloud|(?:dpkg|rpm|ucf)-?\w{1,9}))",
            BACKUP,
        ),
        (r".*[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+(?:\.\w+)?", "a file of an unfinished merge"),
        (r"\.DS_Store|\._.*|(?:eh)?Thumbs\.db|desktop\.ini|\.localized|\.directory", "a file of the operating system"),
        (r"\..*", "a hidden file"),
    )
)
# Names that contain a word for a backup; in the name of a page or a picture the word may be its subject.
_NAMED_BACKUP = lazy_pattern(
    r".*[._ -](?:bak|backup|bkp|autosave|orig)(?:[._ -]?\d{1,8})?(?:\.[a-z]{1,8}(?:\.gz)?)?"
    r"|(?:backup|sicherungskopie|copia de seguridad) (?:of|von|de) .*|backups?|autosaves?",
    re.IGNORECASE,
)
_NAMED_FOR_READERS = frozenset({"pages", "images", "files"})
_CONFLICT = lazy_pattern(
    r"\((?:[^()]*\W)?(?:conflicted copy|case conflict|copie en conflit|copia en conflicto|in Konflikt stehende Kopie)\b"
    r"|\.sync-conflict-\d{8}-\d{6}",
    re.IGNORECASE,
)


_COPY = lazy_pattern(
    r"(?:(?:copy|kopie|copie|copia|cópia) (?:\(\d+\) )?(?:of|von|de|di) |(?:bak|bck|bkp|backup|old)[ ._-])(?P<of>.+)"
    r"|(?P<stem>.+?)(?: ?[-\u2013_.]? ?\(?(?:copy|kopie|copie|copia|cópia|の?コピー|副本|old|local|remote|base)\)?"
    r"(?: ?\(?\d{1,3}\)?)?| ?[(\uff08]\d{1,3}[)\uff09]| \d)"
    r"(?P<end>(?:\.\w{1,8}){0,2})",
    re.IGNORECASE,
)


# Files at the top of the content folder → names that people give them by mistake.
_MISNAMES = {
    "site.yaml": ("site", "config", "settings"),
    "tags.yaml": ("tags", "tag"),
    "organizations.yaml": ("organizations", "organization", "organisations", "organisation"),
    "people.yaml": ("people", "person", "persons", "authors"),
    "desk.yaml": ("desk",),
}
_MEANT_FILE = {word: name for name, words in _MISNAMES.items() for word in words}
_SETTINGS_FILE = lazy_pattern(r"_?(?P<stem>[^.]+)\.(?:ya?ml|json|toml)(?:\.txt)?", re.IGNORECASE)


def meant_file(path: str) -> str:
    """Return the file that a misnamed file, or a copy, at the top of the content folder stands for; "" for none.

    `config.yml` → `site.yaml`, `tags (1).yaml` → `tags.yaml`.
    """
    if "/" in path or path in _MISNAMES:
        return ""
    copy = _COPY.fullmatch(path)
    name = copy["of"] or f"{copy['stem']}{copy['end']}" if copy else path
    found = _SETTINGS_FILE.fullmatch(name)
    return _MEANT_FILE.get(found["stem"].casefold(), "") if found else ""


def content_files(content: Path, problems: Problems, passed_over: dict[str, str] | None = None) -> Iterator[str]:
    """Yield the paths of all files to read below a folder, sorted; no link that leads out of it is followed.

    Hidden files and editors' backups are ignored, except below `static/`: web hosts need some (`.well-known/`).
    passed_over: receives the path of each ignored file or folder → what it is.
    """
    home = content.resolve()
    found: list[str] = []

    def unreadable(error: OSError) -> None:
        path = Path(error.filename).relative_to(content).as_posix()
        problems.add(path, None, f"the folder cannot be read ({error.strerror})", "make it readable")

    for folder, folders, names in os.walk(content, onerror=unreadable):
        top = (Path(folder) / "-").relative_to(content).parts[0]
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        unread = {name: why for name in (*names, *folders) if (why := _why_ignored(name, top))}
        folders[:] = [name for name in folders if name not in unread]
        visible = (name for name in (*names, *linked) if name not in unread)
        found += [(Path(folder) / name).relative_to(content).as_posix() for name in visible]
        if passed_over is not None:
            paths = {(Path(folder) / name).relative_to(content).as_posix(): why for name, why in unread.items()}
            passed_over.update(paths)
    known = frozenset(found)
    for path in sorted(known):
        if fault := _fault_of(content / path, path, home):
            problems.add(path, None, *fault)
            continue
        if _CONFLICT.search(path):
            what = "is named as a copy that a sync program made of two versions"
            problems.add(path, None, what, "compare it with the other and keep one; both are read")
        elif (original := _original_of(path, known)) and not meant_file(path):
            what = f'is named as a copy of "{original}", which lies next to it'
            problems.add(path, None, what, "compare the two and remove one; both are read")
        yield path


def _original_of(path: str, paths: Container[str]) -> str:
    """Return the name of the original in the same folder, if a file is named as a copy of it; "" otherwise."""
    folder, slash, name = path.rpartition("/")
    copy = _COPY.fullmatch(name)
    original = (copy["of"] or f"{copy['stem']}{copy['end']}") if copy else ""
    return original if original and f"{folder}{slash}{original}" in paths else ""


def _why_ignored(name: str, top: str) -> str:
    """Return what an ignored file or folder is, "" if it is to be read.

    top: the folder at the top of the content folder that contains it.
    """
    if top == STATIC and not _LITTER.fullmatch(name):
        return ""
    if top not in _NAMED_FOR_READERS and _NAMED_BACKUP.fullmatch(name):
        return BACKUP
    return next((why for pattern, why in _IGNORED if pattern.fullmatch(name)), "")


def _fault_of(file: Path, path: str, home: Path) -> tuple[str, str] | None:
    """Return why a path below the content folder cannot be read, and the remedy; None if it can."""
    if _UNFIT_NAME.search(path):
        return "the name holds bytes or signs that no text may hold", "rename it; it is not read"
    if file.is_symlink() and (file.is_dir() or not Path(os.path.realpath(file)).is_relative_to(home)):
        what = "to a folder" if file.is_dir() else "that leads out of the content folder"
        return f"is a link {what}", "put the files themselves here; it is not followed"
    if file.is_symlink() and not file.exists():
        return "is a link to nothing", "put the file itself here, or remove the link; it is not read"
    if file.exists() and not file.is_file():
        return "is no file but a device or a pipe", "remove it; it is not read"
    return None
