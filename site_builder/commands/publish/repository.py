"""A temporary bare git repository for one publication, and the remote branch that it pushes to."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.program import complaint, run
from site_builder.problems import BuildError

FILE = "100644"  # git's mode of a plain file
NO_BLOB = "0" * 40
_LOCAL = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"})
_NOISE = ("To ", "hint:", "Please make sure", "and the repository")
_USER = re.compile(r"(?<=://)[^/@]*@")
_ELSEWHERE = re.compile(r"[^/]*:")  # git's rule for a remote: a colon before any slash


@dataclass(frozen=True, slots=True)
class Remote:
    """A branch of a remote repository."""

    url: str
    branch: str

    @property
    def address(self) -> str:
        return self.url if _ELSEWHERE.match(self.url) else str(Path(self.url).expanduser().resolve())

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.branch}"

    @property
    def name(self) -> str:
        """The name in messages, without user name and password."""
        return f"git+{_USER.sub('', self.url)}#{self.branch}"


@dataclass(frozen=True, slots=True)
class Repository:
    """The bare repository. Every method raises BuildError when git fails; nothing is changed before `push`."""

    program: str
    folder: Path
    remote: Remote

    def fetch(self) -> str:
        """Fetch the newest commit of the branch and return its id, "" if the branch does not exist."""
        self._git("init", "--quiet", "--bare", "--template=", str(self.folder))
        if not self._git("ls-remote", "--heads", "--", self.remote.address, self.remote.ref):
            return ""
        self._git("fetch", "--quiet", "--depth=1", "--no-tags", "--", self.remote.address, self.remote.ref)
        return self._git("rev-parse", "FETCH_HEAD").decode().strip()

    def files(self, commit: str) -> dict[str, str]:
        """Return path → blob id of the files of a commit; none for ""."""
        rows = self._git("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "replace") if commit else ""
        named = (row.split("\t", 1) for row in rows.split("\0") if row)
        return {path: about.split(" ")[2] for about, path in named}

    def has_history(self, commit: str) -> bool:
        """Return whether a commit has a parent, which need not be fetched."""
        head = self._git("cat-file", "commit", commit).split(b"\n\n", 1)[0] if commit else b""
        return b"\nparent " in head

    def size(self, commit: str, parent: str = "") -> int:
        """Return the packed size, in bytes, of the objects of a commit that its parent does not have."""
        named = self._git("rev-list", "--objects", commit, *([f"^{parent}"] if parent else [])).splitlines()
        ids = b"\n".join(line.split(b" ", 1)[0] for line in named)
        return sum(map(int, self._git("cat-file", "--batch-check=%(objectsize:disk)", text=ids).split()))

    def read(self, blob: str) -> bytes:
        return self._git("cat-file", "blob", blob)

    def store(self, site: BuiltSite) -> dict[str, str]:
        """Store the files of the site and return path → blob id."""
        names = "".join(f"{site.folder.resolve() / path}\n" for path in site.files)
        blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", text=names.encode())
        return dict(zip(site.files, blobs.decode().split(), strict=True))

    def store_text(self, content: bytes) -> str:
        return self._git("hash-object", "-w", "--stdin", text=content).decode().strip()

    def commit(
        self,
        parent: str,
        files: Mapping[str, str],
        removed: Iterable[str],
        message: str,
        author: Mapping[str, str],
        *,
        follows: bool,
    ) -> str:
        """Create a commit and return its id: the files of the parent, with some replaced, added or removed.

        author: environment with author and time. follows: whether it succeeds its parent or replaces it.
        """
        if parent:
            self._git("read-tree", parent)
        rows = [f"0 {NO_BLOB}\t{path}\0" for path in removed]
        rows += [f"{FILE} {blob}\t{path}\0" for path, blob in files.items()]
        self._git("update-index", "-z", "--index-info", text="".join(rows).encode())
        tree = self._git("write-tree").decode().strip()
        words = ["commit-tree", tree, *(["-p", parent] if parent and follows else [])]
        return self._git(*words, text=message.encode(), further=author).decode().strip()

    def push(self, parent: str, commit: str) -> None:
        """Set the remote branch to a commit, unless somebody else has pushed meanwhile."""
        lease = f"--force-with-lease={self.remote.ref}:{parent}"
        self._git("push", "--quiet", lease, "--", self.remote.address, f"{commit}:{self.remote.ref}")

    def _git(self, *words: str, text: bytes = b"", further: Mapping[str, str] | None = None) -> bytes:
        inherited = {name: value for name, value in os.environ.items() if name not in _LOCAL}
        own = {"GIT_DIR": str(self.folder), "GIT_INDEX_FILE": str(self.folder / "index"), "LC_ALL": "C"}
        done = run([self.program, *words], text, {**inherited, **own, **(further or {})}, self.folder)
        if done.returncode:
            error = _USER.sub("", complaint(done, lines=4, noise=_NOISE))
            remedy = "check the address, your rights there, and that git alone can push"
            raise BuildError(f"git cannot publish to {self.remote.name}: {error}; {remedy}; nothing was changed")
        return done.stdout
