"""The data files: an index of all papers, and a part for each month that a client fetches once."""

from datetime import date, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from site_builder.config.settings import Settings
from site_builder.model.paper import Correction, Counts, Place
from site_builder.pages import plan_pages
from site_builder.pages.data import in_bounded_groups, max_record_bytes, paper_value, plan
from site_builder.render import RENDERERS
from tests.factories import TEMPLATES, catalogue, paper
from tests.factories import site as site_of

LISTS = """
-- site.yaml --
title: Small
base_url: https://small.example/digest
search: false
social_cards: false
-- papers/2026-04-30.yaml --
listed: 2026-04-30
papers:
- {title: Sparse Clouds, abstract: They rain.}
- {title: Dense Clouds}
-- papers/2026-05-04.yaml --
listed: 2026-05-04
papers:
- {title: Sparse Clouds}
- {title: Wet Clouds}
-- papers/undated.yaml --
- {title: Lost Clouds}
-- notes/2026-05-04.md --
Rain.
"""
LATER = """
-- papers/2026-05-05.yaml --
listed: 2026-05-05
papers:
- {title: Warm Clouds}
"""


class Client:
    """A program that walks the data as the documentation says, and keeps what it has fetched."""

    def __init__(self, site):
        self.site = site
        self.fetched = []

    def parts(self):
        """Yield every part of the index."""
        for part in self._get("https://small.example/digest/api/papers.json")["parts"]:
            yield self._get(part["url"])

    def _get(self, url):
        path = url.removeprefix("https://small.example/digest/")
        self.fetched.append(path)
        return self.site.json(path)


def test_a_client_that_walks_the_index_has_every_paper_once(build_site):
    client = Client(build_site(LISTS))
    parts = list(client.parts())
    assert client.fetched[1:] == ["api/papers/2026-05.json", "api/papers/2026-04.json", "api/papers/undated.json"]
    assert [[each["id"] for each in part["papers"]] for part in parts] == [
        ["wet-clouds"],
        ["dense-clouds", "sparse-clouds"],
        ["lost-clouds"],
    ]
    assert client.site.json("api/papers.json")["papers"] == 4


def test_a_part_has_the_days_of_its_month_in_the_order_of_their_pages(build_site):
    newest, older, undated = Client(build_site(LISTS)).parts()
    url = "https://small.example/digest/days/2026-05-04.html"
    assert newest["days"] == [
        {"date": "2026-05-04", "url": url, "note": "Rain.", "papers": ["sparse-clouds", "wet-clouds"]}
    ]
    assert [day["papers"] for day in older["days"]] == [["sparse-clouds", "dense-clouds"]]
    assert (undated["month"], undated["days"]) == (None, [])


def test_a_day_more_leaves_the_parts_of_earlier_months_to_the_byte(build_site):
    before = build_site(LISTS)
    kept = {path: before.text(path) for path in before.paths if path.startswith("api/papers/")}
    after = build_site(LATER)
    assert [path for path, text in kept.items() if after.text(path) != text] == ["api/papers/2026-05.json"]


def test_a_large_month_comes_in_parts_and_the_full_ones_stay():
    papers = [paper(f"Paper {n:03}", f"2026-05-{1 + n // 4:02}", abstract="Rain. " * n) for n in range(100)]
    groups = [list(group) for group in in_bounded_groups(papers, 50_000)]
    assert [each for group in groups for each in group] == papers
    assert len(groups) > 3
    fewer = [list(group) for group in in_bounded_groups(papers[:-4], 50_000)]
    assert groups[: len(fewer) - 1] == fewer[:-1]


def test_the_parts_of_a_large_month_are_numbered_and_a_day_is_in_the_one_that_holds_its_last_paper():
    papers = [paper(f"Paper {n:03}", f"2026-05-{1 + n // 90:02}", abstract="Rain. " * 900) for n in range(600)]
    pages = {page.path: page for page in plan(catalogue(*papers), Settings())}
    names = [path for path in pages if path.startswith("api/papers/2026-05")]
    values = [pages[name].data.make() for name in names]
    assert names[:2] == ["api/papers/2026-05.json", "api/papers/2026-05-2.json"]
    assert [each["id"] for value in values for each in value["papers"]] == [each.id for each in papers]
    for value in values:
        held = [each["id"] for each in value["papers"]]
        assert all(day["papers"][-1] in held for day in value["days"])
    days = [day["date"][-2:] for value in values for day in value["days"]]
    assert days == ["01", "02", "03", "04", "05", "06", "07"]


def test_a_day_more_in_a_large_month_leaves_its_full_parts_to_the_byte():
    papers = [paper(f"Paper {n:03}", f"2026-05-{1 + n // 90:02}", abstract="Rain. " * 900) for n in range(630)]
    before, after = (
        {page.path: page.data.make() for page in plan(catalogue(*held), Settings()) if "api/papers/" in page.path}
        for held in (papers[:540], papers)
    )
    assert [path for path in before if after[path] != before[path]] == [[*before][-1]]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(TEXT, TEXT, st.lists(TEXT, max_size=30), st.integers(0, 40))
def test_a_record_never_takes_more_bytes_than_is_foreseen(title, text, names, count):
    days = [date(2026, 5, 1) + timedelta(days=n) for n in range(count)]
    made = paper(
        title or "x",
        *map(str, days),
        id=title or "x",
        abstract=text,
        authors=tuple(names),
        author_ids=("orcid:0000-0002-1825-0097 openalex:A5023888391 dblp:65/9612 arxiv:warner_s_1",) * len(names),
        tags=tuple(names),
        aliases=tuple(names),
        links={f"kind{n}": f"https://example.org/{name}" for n, name in enumerate(names)},
        places=tuple(Place(f"papers/{n}.yaml", n) for n in range(1, 1 + count)),
        corrections=tuple(Correction(day, "title", text, title, Place("papers/a.yaml", 1)) for day in days),
        counts=tuple(Counts(day, 1, 2) for day in days),
    )
    written = orjson.dumps(paper_value(made, catalogue(made), Settings()))
    assert len(written) <= max_record_bytes(made)


@pytest.mark.parametrize("name", ["papers/2026-05", "papers"])
def test_data_are_json_that_ends_with_a_line(name):
    made = catalogue(paper("Rain", "2026-05-04"))
    whole = site_of(made, Settings(), plan_pages(made, Settings(), (TEMPLATES,)))
    written = RENDERERS["data"](whole.pages[f"api/{name}.json"], whole)
    assert written.endswith(b"}\n")
    orjson.loads(written)


def test_ids_of_authors_stand_beside_them_as_addresses_that_fit_the_schema(build_site):
    site = build_site(
        "-- site.yaml --\nbase_url: https://x.example\ncards: none\nrelated: none\n"
        "-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- title: Rain\n  authors:\n"
        "  - {name: Ada Example, orcid: 0000-0002-1825-0097}\n  - Bo Sample\n- {title: Snow, authors: Cy Third}\n"
    )
    rain, snow = site.papers["rain"], site.papers["snow"]
    assert rain["author_ids"] == [{"orcid": "https://orcid.org/0000-0002-1825-0097"}, {}]
    assert snow["author_ids"] == []
    part = site.json("api/papers/2026-11.json")
    assert list(Draft202012Validator(site.json("api/part.schema.json")).iter_errors(part)) == []
