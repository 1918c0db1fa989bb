"""Defects found in input, as values, and the error that stops a build."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

NEAR = 0.75  # similarity from which a known key is suggested
EVERY = "*"
SHOWN = 60  # characters of a quoted text in a message
MAX_LISTED = 1_000  # problems listed per file; the others are only counted, unless mails wait for them


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of an input: where it is, what is wrong, and how to fix it.

    path: file below the content folder, with `/`. line: 1-based, None for the whole file.
    lines: how many non-blank lines of the file were lost (0 when a record was kept).
    records: how many records of the file were lost (0 when they were kept).
    stops: which mails wait until it is fixed: EVERY, those with the papers of a day (`2026-05-27`), or those of an
    edition or series of that name; "" for none.
    """

    path: str
    line: int | None
    what: str
    remedy: str
    lines: int = 0
    records: int = 0
    stops: str = ""

    def __str__(self) -> str:
        location = self.path if self.line is None else f"{self.path}:{self.line}"
        text = f"{location}: {self.what}; {self.remedy}" if self.remedy else f"{location}: {self.what}"
        return text.replace("\n", " ")


def right_word(key: str, known: Iterable[str], meant: Mapping[str, str] = {}, or_else: str = "") -> str:
    """Return the remedy for an unknown key: a known key that is meant or similar, else the list of known keys.

    meant: synonym → known key. or_else: what to say instead of the list.
    """
    names = list(dict.fromkeys(known))
    if near := near_word(key, names, meant):
        return f'write "{near}"' if plain_word(key) in meant else f'did you mean "{near}"?'
    return or_else or f"known keys are {', '.join(names)}"


def near_word(key: str, known: Iterable[str], meant: Mapping[str, str] = {}) -> str:
    """Return the known key that an unknown one means or is near to; "" for none."""
    plain = plain_word(key)
    close = [plain] if plain in meant else get_close_matches(plain, [*known, *meant], 1, NEAR)
    return meant.get(close[0], close[0]) if close else ""


def plain_word(key: str) -> str:
    """Return a key as keys are compared: in lower case, with `_` for blanks and hyphens."""
    return key.strip().casefold().replace("-", "_").replace(" ", "_")


def shortened(value: object) -> str:
    """Return a value as a message quotes it: at most 60 characters, followed by "…" if it is longer."""
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def first_of(names: Sequence[str], most: int, joint: str = ", ") -> str:
    """Join the first `most` names, followed by "…" if there are more."""
    return joint.join([*names[:most], *(["…"] if len(names) > most else [])])


def first_and_more(names: Sequence[str], most: int) -> str:
    """Join the first `most` names, followed by the number of the others."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def counted(number: int, noun: str) -> str:
    """Return `1 paper` or `1,234 papers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Problems:
    """The distinct problems of one build; all steps add to the same object."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}
        self._counts: Counter[str] = Counter()
        self._listed: Counter[str] = Counter()
        self._only_counted: dict[str, tuple[int, int]] = {}  # path → lines and records lost by problems not listed
        self._hashes: set[int] = set()  # of those not listed, which may be millions
        self._stops: set[tuple[str, str]] = set()  # path and `stops` of those listed

    def add(self, path: str, line: int | None, what: str, remedy: str, lines: int = 0, records: int = 0) -> None:
        self.extend([Problem(path, line, what, remedy, lines, records)])

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem in self._problems or hash(problem) in self._hashes:
                continue
            self._counts[problem.path] += 1
            if self._is_listed(problem):
                self._problems[problem] = None
                self._listed[problem.path] += 1
                self._stops.add((problem.path, problem.stops))
            else:
                self._hashes.add(hash(problem))
                lines, records = self._only_counted.get(problem.path, (0, 0))
                self._only_counted[problem.path] = (lines + problem.lines, records + problem.records)

    def _is_listed(self, problem: Problem) -> bool:
        """Return whether a new problem is listed: past the limit, the first of a file that stops certain mails."""
        stops_others = problem.stops and (problem.path, problem.stops) not in self._stops
        return bool(stops_others) or self._listed[problem.path] < MAX_LISTED

    def stopping(self, mails: str = EVERY) -> "Problems":
        """Return a view that adds problems to these as ones that stop mails. mails: see `Problem.stops`."""
        return _StoppingProblems(self, mails)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems by path and line; the last one of a file says how many more there are."""
        ordered = sorted(self._problems, key=lambda p: (p.path, p.line or 0, p.what, p.remedy))
        for path, problems in groupby(ordered, key=lambda problem: problem.path):
            yield from problems
            if path in self._only_counted:
                what = counted(self._counts[path] - self._listed[path], "more problem")
                yield Problem(path, None, what, "mend those reported first", *self._only_counted[path])

    def __len__(self) -> int:
        return self._counts.total()


class NotedProblems(Problems):
    """Problems of one file that are also noted in order, to be reported again when the file comes from the cache."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[Problem] = []

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.noted += [problem] if len(self.noted) <= MAX_LISTED else []
            super().extend([problem])

    @property
    def is_whole(self) -> bool:
        """Whether all problems are noted."""
        return len(self.noted) <= MAX_LISTED


class _StoppingProblems(Problems):
    """A view that marks problems as stopping mails and adds them to another Problems object."""

    def __init__(self, into: Problems, mails: str) -> None:
        super().__init__()
        self._into = into
        self._mails = mails

    def extend(self, problems: Iterable[Problem]) -> None:
        self._into.extend(replace(problem, stops=self._mails) for problem in problems)


class BuildError(Exception):
    """A defect that stops the build before anything is written: settings, template or URL clash."""

    def __init__(self, what: str, problems: Iterable[Problem] = (), exit_code: int = 2) -> None:
        self.exit_code = exit_code
        self.problems = tuple(problems)
        super().__init__("\n".join([what, *(f"  {problem}" for problem in self.problems)]))


def no_content_folder(content: Path) -> BuildError:
    """Return the error for a content folder that does not exist."""
    return BuildError(f"there is no content folder at {content}; name it with --content")
