"""Infer the year of lists that write dates without one.

A daily-papers page writes the year of a date only if it is not the page's own year. So the page's year is one after
the newest year that it names; the same paper with a full date in another list confirms or corrects this. If all papers
of a page have full dates, the page's own day and month are taken to be the first that are not before any of them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from site_builder.config.settings import ListDefaults
from site_builder.model.raw_paper import RawPaper
from site_builder.papers.dates import lacks_year, month_and_day, year_of
from site_builder.problems import Problems

TitleKey = Callable[[RawPaper], str]


def years_of_lists(
    records: Sequence[RawPaper],
    title_key: TitleKey,
    defaults_for: Callable[[str], ListDefaults],
    problems: Problems,
) -> Mapping[str, int]:
    """Return path → year of each list that has dates without one; report lists whose year cannot be inferred."""
    lists: dict[str, list[RawPaper]] = defaultdict(list)
    for record in records:
        if lacks_year(record.fields.get("published")) or lacks_year(record.fields.get("listed")):
            lists[record.path] = []
    for record in records:
        if record.path in lists:
            lists[record.path].append(record)
    dated = _dated_in_full(records, title_key) if lists else {}
    years: dict[str, int] = {}
    for path, listed in lists.items():
        year = _year_of_list(path, listed, title_key, dated, defaults_for(path), problems)
        if year:
            years[path] = year
    return years


def _year_of_list(
    path: str,
    records: Sequence[RawPaper],
    title_key: TitleKey,
    dated: Mapping[tuple[str, tuple[int, int]], int],
    defaults: ListDefaults,
    problems: Problems,
) -> int | None:
    """Return the year of one list: as configured, else as other lists confirm, else as its own dates imply."""
    if defaults.year or defaults.listed:
        return defaults.year or (defaults.listed.year if defaults.listed else None)
    bare = [record for record in records if lacks_year(record.fields.get("published"))]
    named = {year for record in records if (year := year_of(record.fields))}
    implied = (max(named) + 1 if bare else _year_of_page(records)) if named else None
    days = [(title_key(record), month_and_day(record.fields["published"])) for record in bare]
    votes = Counter(dated[key, day] for key, day in days if day and (key, day) in dated)
    confirmed = max(votes, key=lambda year: (votes[year], year)) if votes else None
    if confirmed and implied and confirmed != implied:
        what = f"its dates imply the year {implied}, but other lists date the same papers {confirmed}"
        remedy = f'{confirmed} is taken; settle it with `year:` for "{path}" under lists: in site.yaml'
        problems.add(path, None, what, remedy)
    if not confirmed and not implied and not all(lacks_year(record.fields.get("listed")) for record in records):
        remedy = f'write `lists: [{{path: "{path}", year: YYYY}}]` in site.yaml; they are left out'
        problems.add(path, None, "its dates have no year", remedy)
    return confirmed or implied


def _year_of_page(records: Sequence[RawPaper]) -> int | None:
    """Return the year of a page whose papers all have full dates: its own day is the first one not before any."""
    pages = {day for record in records if (day := month_and_day(record.fields.get("listed")))}
    dated = ((year_of(record.fields) or 0, month_and_day(record.fields.get("published"))) for record in records)
    papers = [(year, *day) for year, day in dated if day]
    newest = max(papers, default=None)
    if newest is None or not pages:
        return None
    return newest[0] + (min(pages) < newest[1:])


def _dated_in_full(records: Sequence[RawPaper], title_key: TitleKey) -> dict[tuple[str, tuple[int, int]], int]:
    """Return (title key, (month, day)) → year, for every paper that some list dates in full."""
    found: dict[tuple[str, tuple[int, int]], int] = {}
    for record in records:
        published = record.fields.get("published")
        if published and not lacks_year(published):
            year, day = year_of(record.fields), month_and_day(published)
            if year and day:
                found[title_key(record), day] = year
    return found
