"""Values of every wrong type, number and date in every place of every JSON format: problems, and never a crash.

`BROADSHEET_TORTURE=1` puts every value in every place; else each place gets a quarter of the values, and every value a
quarter of the places.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from site_builder.config.settings import Settings
from site_builder.model.raw_paper import FIELDS, RawPaper
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.sources import FileReport, Source, Sources, read_list
from tests.conftest import IS_TORTURE, Site
from tests.hostile.lists import FORMATS
from tests.hostile.taking import taking

STRANGE: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**30, 1e308, "", " ", "0", "-", "\ud800", "\0", "\u202e", "x" * 10_000),
    *([], {}, [[]], [None], [{}], [[["x"]]], {"a": {"b": [1]}}, ["x", 5, None, {"name": 7}], {"": ""}, {"name": []}),
    *("9999-12-31", "0001-01-01", "2026-02-30", "2026-13-01", "99999", "May 99", "10000-01-01", "2026-W99", "1e9"),
    *(
        "Thu, 99 Foo 2026 99:99:99 +9999",
        "2026-05-27T25:61:61Z",
        "https://[::1",
        "http://",
        "10.1000/",
        "10.1000/\ud800",
    ),
)
OF_PYTHON = re.compile(r"""["'][\[{]["'\[{\]}]""")  # a text that begins as a list or an object of Python does
STEP = 1 if IS_TORTURE else 4


def papers_of(records: list[RawPaper], problems: Problems) -> tuple[Any, ...]:
    reports = {record.path: FileReport(record.path) for record in records}
    return make_papers(Sources(tuple(records), reports, (), (), ()), Settings(), problems).papers


@pytest.mark.parametrize(
    "name", ["papers.json", "2026-05-27.json", "feed.json", "csl.json", "lines.jsonl", "snapshot.json"]
)
def test_no_value_in_any_place_of_a_json_list_stops_the_reading(name: str) -> None:
    numbers = range(1, 3 if name == "2026-05-27.json" else 2)  # of which that one lists the second alone
    text = FORMATS[name](taking(["words", "2026-05-27", "https://a.example/x"]), numbers)
    is_lines = name in ("lines.jsonl", "snapshot.json")
    documents = [json.loads(line) for line in text.split("\n")] if is_lines else [json.loads(text)]
    count = 0
    for number, place in enumerate(_places(documents)):
        for value in STRANGE[number % STEP :: STEP]:
            changed = _with(documents, place, value)
            written = "\n".join(map(json.dumps, changed))
            problems = Problems()
            papers = papers_of(list(read_list(Source.from_text(written, name), FileReport(name), problems)), problems)
            assert not OF_PYTHON.search(repr(papers)), (place, value)
            count += 1
    assert count > 500 // STEP


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_of_any_field_stops_the_checking(field: str) -> None:
    for value in STRANGE:
        fields = {"title": "A Title", **{field: value}}
        for each in papers_of([RawPaper(fields, "a.json", 1), RawPaper({"title": "B"}, "a.json", 2)], Problems()):
            assert each.title


def test_dates_at_the_ends_of_the_calendar_leave_a_site(build_site: Callable[..., Site]) -> None:
    days = ("9999-12-31", "0001-01-01", "9999-12-27", "1400-01-01", "2199-12-31")
    papers = "".join(f"- {{title: L{day}, listed: {day}}}\n- {{title: P{day}, published: {day}}}\n" for day in days)
    notes = "".join(f"-- notes/{day}.md --\nA note.\n" for day in days)
    content = f"-- papers/a.yaml --\n{papers}\n{notes}"
    assert len(build_site(content, is_draft=True).papers) == 2 * len(days)
    site = build_site(content)
    assert len(site.papers) == 2 * len(days) - 2  # those of 2199 are to come
    assert sum("of the years 1400 to 2199" in problem for problem in site.problems) == 2
    assert sum("what programs write for no date" in problem for problem in site.problems) == 4


@pytest.mark.parametrize(
    "day", ["2026-00-00", "2026-13-45", "0000-00-00", "9999-12-31", "2026-W00", "May 99", "2026/0/0"]
)
def test_a_heading_that_names_no_day_of_the_calendar_stops_nothing(day: str) -> None:
    text = f"## {day}\n- **A Bold Title Here** (2026) [[pdf]](https://arxiv.org/pdf/2605.00001)\n"
    problems = Problems()
    records = list(read_list(Source.from_text(text, "list.md"), FileReport("list.md"), problems))
    assert len(papers_of(records, problems)) == 1


def test_papers_whose_ids_have_one_address_are_all_published(build_site: Callable[..., Site]) -> None:
    ids = ("10.1000/a:b", "10.1000/a;b", "10.1000/a_b", "10.1000-a-b")
    papers = "".join(
        f'- {{title: "Paper {n} of its own kind", doi: "{doi}", id: "{doi}"}}\n' for n, doi in enumerate(ids)
    )
    site = build_site(f"-- papers/2026-05-27.yaml --\n{papers}")
    assert len(site.papers) == len(ids)
    assert len([path for path in site.paths if path.startswith("papers/") and path.endswith(".html")]) == len(ids)


@pytest.mark.parametrize("name", ["index", "Index", "index.html", "a.html", "CON", "..", ".", "/", "filters", "404"])
def test_no_name_of_a_tag_an_organisation_or_an_id_takes_the_address_of_another_page(
    name: str, build_site: Callable[..., Site]
) -> None:
    papers = "".join(
        f"- {{title: 'T{n} {name}', tags: ['{name}', '{name}.html', a], organization: '{name}', id: '{name}'}}\n"
        for n in range(3)
    )
    site = build_site(f"-- site.yaml --\npage_size: 5\n-- papers/2026-05-27.yaml --\n{papers}- title: '{name}'\n")
    assert len(site.papers) >= 1
    assert "tags/index.html" in site.paths
    assert "<h1>Tags</h1>" in site.text("tags/index.html")


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value inside of a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*place, key)
        yield from _places(each, (*place, key))


def _with(documents: list[Any], place: tuple[Any, ...], value: Any) -> list[Any]:
    changed: Any = copy.deepcopy(documents)
    target = changed
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    return changed
