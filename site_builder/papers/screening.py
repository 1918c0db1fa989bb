"""Filter fetched lists: leave out papers that their source in `site.yaml` does not ask for, and count them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from site_builder.config.fetch_source import FetchSource
from site_builder.config.settings import Settings
from site_builder.model.raw_paper import RawPaper
from site_builder.papers.identity import record_id
from site_builder.query import Matches, Text, any_of
from site_builder.sources import FileReport, Sources
from site_builder.sources.content.fetch_status import FETCHED
from site_builder.sources.list_name import list_name


def screen(sources: Sources, settings: Settings) -> Sources:
    """Return sources without the records that their source in `site.yaml` does not ask for."""
    sieves = {source.label: _Sieve.of(source) for source in settings.fetch}
    kept: list[RawPaper] = []
    left_out: dict[str, Counter[str]] = defaultdict(Counter)
    lines: Counter[str] = Counter()
    for record in sources.records:
        folder = record.path.removeprefix(f"{FETCHED}/") if record.path.startswith(f"{FETCHED}/") else ""
        sieve = sieves.get(folder.partition("/")[0])
        name = list_name(record.path)
        why = sieve.why_not(record.fields, name.day.isoformat() if name else record.path) if sieve else ""
        if why:
            left_out[record.path][why] += 1
            lines[record.path] += record.lines
        else:
            kept.append(record)
    if not left_out:
        return sources
    files = {path: _counted(file, left_out.get(path, Counter()), lines[path]) for path, file in sources.files.items()}
    return replace(sources, records=tuple(kept), files=files)


def left_out_of(source: FetchSource, day: date, rows: Iterable[Mapping[str, object]]) -> Counter[str]:
    """Return reason → number of papers in a list that a source does not ask for."""
    sieve = _Sieve.of(source)
    return Counter(filter(None, (sieve.why_not(fields, day.isoformat()) for fields in rows)))


def _counted(file: FileReport, left_out: Counter[str], lines: int) -> FileReport:
    if not left_out:
        return file
    return replace(
        file,
        kept=file.kept - left_out.total(),
        skipped=file.skipped + left_out,
        lines_in_papers=file.lines_in_papers - lines,
        lines_in_boilerplate=file.lines_in_boilerplate + lines,
    )


@dataclass(frozen=True, slots=True)
class _Sieve:
    """The filter of one source.

    decided: (day, paper id) → reason for leaving a paper out, "" if it is kept. numbers: day → papers kept.
    """

    source: FetchSource
    include: Matches
    exclude: Matches
    decided: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, source: FetchSource) -> "_Sieve":
        return cls(source, any_of(source.include), any_of(source.exclude))

    def why_not(self, fields: Mapping[str, object], day: str) -> str:
        """Return the reason for leaving out a paper of a day, "" if it is kept.

        The first decision about a paper holds for later lists of the day, which may have only its counts.
        """
        key = day, record_id(fields)
        if key not in self.decided:
            self.decided[key] = self._reason(fields, day)
            self.numbers[day] += not self.decided[key]
        return self.decided[key]

    def _reason(self, fields: Mapping[str, object], day: str) -> str:
        announced = str(fields.get("announced") or "").casefold().removesuffix("-cross")
        if announced and announced not in self.source.announce:
            return f"announced as {announced}, which the source does not ask for"
        text = Text.of(str(fields.get("title") or ""), str(fields.get("abstract") or ""))
        if self.exclude(text):
            return "has words of exclude"
        if self.source.include and not self.include(text):
            return "has no words of include"
        if self.source.max is not None and self.numbers[day] >= self.source.max:
            return f"is beyond the first {self.source.max}"
        return ""
