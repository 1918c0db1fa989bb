"""Defects found in input, as values, and the error that stops a build."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of an input: where it is, what is wrong, and what to do about it.

    path: file below the content folder, with `/`; line: 1-based, None when the whole file is meant.
    lines: how many non-blank lines of the file were lost to it (0 when a record was kept).
    records: how many records of the file were lost to it (0 when they were kept).
    """

    path: str
    line: int | None
    what: str
    remedy: str
    lines: int = 0
    records: int = 0

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.what}; {self.remedy}" if self.remedy else f"{place}: {self.what}"


class Problems:
    """The problems of one build; every step adds to the same list."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, path: str, line: int | None, what: str, remedy: str, lines: int = 0, records: int = 0) -> None:
        self._problems.append(Problem(path, line, what, remedy, lines, records))

    def extend(self, problems: Iterable[Problem]) -> None:
        self._problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems by path and line, each once."""
        return iter(sorted(dict.fromkeys(self._problems), key=lambda p: (p.path, p.line or 0, p.what, p.remedy)))

    def __len__(self) -> int:
        return len(dict.fromkeys(self._problems))


class BuildError(Exception):
    """A defect that stops the build before anything is written: settings, template or URL clash."""

    exit_code = 2

    def __init__(self, what: str, problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([what, *(f"  {problem}" for problem in self.problems)]))
