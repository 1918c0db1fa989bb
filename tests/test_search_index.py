"""The search index: its files, equal bytes for equal papers, and old parts that stay unchanged."""

import gzip
import shutil
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config.settings import Settings
from site_builder.model.paper import PartialDate
from site_builder.pages import search
from site_builder.render import search_index
from site_builder.render.search_index import DIGITS, day_of, identifiers
from site_builder.volumes.cache import open_cache
from tests.factories import TEMPLATES, catalogue, paper, site


def planned(made, settings=None):
    return list(search.plan(made, settings or Settings()))


def files_of(made, **settings):
    pages = planned(made, Settings(**settings))
    whole = site(made, Settings(**settings), pages)
    return {page.path: search_index.render(page, whole) for page in pages if page.renderer == "search index"}


def read(files, part):
    """Return a part's words → (papers, titles, authors), its records, and its columns with tags."""
    read = {path: orjson.loads(text) for path, text in files.items() if path.startswith(f"search/{part}/")}
    table = read[f"search/{part}/table.json"]
    words, records = {}, []
    for path, content in sorted(
        read.items(),
        key=lambda item: int(item[0].rpartition("-")[2].split(".")[0] or 0) if "-" in item[0].rpartition("/")[2] else 0,
    ):
        assert content["version"] == table["version"]
        if "/words-" in path:
            words |= dict(zip(content["words"], content["numbers"], strict=True))
        if "/records-" in path:
            records += content["papers"]
    columns = read[f"search/{part}/columns.json"] | read[f"search/{part}/tags.json"]
    return {word: lists_of(numbers) for word, numbers in words.items()}, records, columns


def numbers_of(text):
    """Decode numbers as the search page does."""
    numbers, number, scale = [], 0, 1
    for digit in text:
        value = DIGITS.index(digit)
        number, scale = number + value % 32 * scale, scale * 32
        if value < 32:
            numbers.append(number)
            number, scale = 0, 1
    return numbers


def lists_of(text):
    texts, titles, authors = (*text.split(" "), "", "")[:3]
    steps = numbers_of(texts)
    return (
        [sum(steps[: place + 1]) for place in range(len(steps))],
        pairs_of(titles),
        [(number, author // 8, author % 8 + 1) for number, author in pairs_of(authors)],
    )


def pairs_of(text):
    numbers = numbers_of(text)
    return [(sum(numbers[: place + 1 : 2]), numbers[place + 1]) for place in range(0, len(numbers), 2)]


def test_there_is_no_search_page_when_it_is_switched_off_or_nothing_is_to_be_found():
    assert planned(catalogue(paper()))[0].path == "search.html"
    assert planned(catalogue(paper()), Settings(search=False)) == []
    assert planned(catalogue()) == []


def test_every_file_of_the_index_is_a_planned_page():
    made = catalogue(paper("A", "2026-05-27"))
    assert [page.path for page in planned(made)] == [
        "search.html",
        "search/parts.json",
        *(
            f"search/2026-05/{name}.json"
            for name in ("table", "columns", "tags", "words-0", "following-0", "records-0")
        ),
    ]


def test_the_page_offers_the_tags_organisations_and_venues_with_most_papers():
    crowd = [paper(f"P{n}", "2025-01-01", tags=(f"tag {n:03}",)) for n in range(search.CHOICES + 5)]
    known = [paper(f"Q{n}", "2026-01-01", tags=("zebra",), organization="Acme", venue="Clouds") for n in range(2)]
    data = planned(catalogue(*crowd, *known))[0].data
    assert data.organization_choices == [("acme", "Acme", 2)]
    assert data.venue_choices == [("Clouds", "Clouds", 2)]
    assert len(data.tag_choices) == search.CHOICES
    assert data.tag_choices[-1] == ("zebra", "zebra", 2)


def test_the_day_of_a_paper_is_its_newest_or_what_is_known_of_its_publication():
    assert day_of(paper("A", "2025-12-31", "2026-01-01")) == "2026-01-01"
    assert day_of(paper("A", published=PartialDate(2019, 5))) == "2019-05"
    assert day_of(paper("A")) == ""


def test_words_name_the_papers_and_where_they_stand():
    made = catalogue(
        paper("Deep clouds", "2026-05-28", abstract="Clouds of rain.", authors=("Ada Lovelace", "Grace Ada Hopper")),
        paper("Rain", "2026-05-27", abstract="Rain on a deep sea.", keywords=("sea-level",), venue="Deep 2026"),
    )
    words, _, _ = read(files_of(made), "2026-05")
    assert words["clouds"] == ([0], [(0, 1)], [])
    assert words["rain"] == ([0, 1], [(1, 0)], [])
    assert words["deep"] == ([1], [(0, 0)], [])
    assert words["ada"] == ([], [], [(0, 0, 2), (0, 1, 3)])
    assert words["sealevel"] == ([1], [], [])
    assert "of" not in words
    assert "on" not in words


@given(st.lists(st.integers(0, 3_000_000)))
def test_numbers_are_read_as_they_were_written(numbers):
    assert numbers_of("".join(map(search_index._digits, numbers))) == numbers


def test_the_following_words_stand_in_the_order_of_the_words_one_entry_for_each_paper():
    made = catalogue(*(paper(f"P{n}", "2026-05-27", abstract=f"alpha beta{n} alpha gamma.") for n in range(5)))
    files = files_of(made)
    words = orjson.loads(files["search/2026-05/words-0.json"])["words"]
    following = orjson.loads(files["search/2026-05/following-0.json"])["following"][0]
    assert len(following) == len(words)
    entries = following[words.index("alpha")]
    assert sum(DIGITS.index(digit) < 32 for digit in entries) == 5
    assert len(entries) in (9, 10)  # two words follow, and two words may share a number


def test_a_paper_is_known_by_its_numbers_and_the_addresses_that_lead_to_it():
    known = paper(
        "Rain",
        id="2605.01234",
        arxiv="2605.01234",
        doi="10.1000/rain.7",
        aliases=("old-id-3",),
        links={"abs": "https://www.clouds.example/papers/7", "code": "https://code.example/x"},
    )
    assert set(identifiers(known)) == {"260501234", "101000rain7", "oldid3", "cloudsexamplepapers7"}
    assert identifiers(paper("Rain on seas")) == {}


def test_a_record_holds_what_is_known_and_nothing_else():
    full = paper(
        "Bounds of $O(n^2)$",
        "2026-05-26",
        "2026-05-27",
        authors=("Ada Lovelace", "Charles Babbage"),
        author_count=9,
        organization="Acme",
        upvotes=0,
        tags=("agents",),
        abstract="One.\n\nTwo.",
        arxiv="2605.01234",
        venue="Clouds",
    )
    _, records, _ = read(files_of(catalogue(full, paper("Bare", "2026-05-01", id="bare"))), "2026-05")
    assert records == [
        {
            "path": "papers/bounds-of-o-n-2.html",
            "title": "Bounds of O(n²)",
            "authors": ["Ada Lovelace", "Charles Babbage"],
            "others": "7\u00a0others",
            "organization": "Acme",
            "day": "2026-05-27",
            "listed": "2026-05-26",
            "upvotes": 0,
            "tags": "agents",
            "excerpt": "One. Two.",
            "venue": "Clouds",
            "pdf": "https://arxiv.org/pdf/2605.01234",
        },
        {"path": "papers/bare.html", "title": "Bare", "day": "2026-05-01"},
    ]


def test_the_columns_for_filters_and_order_are_newest_first():
    made = catalogue(
        paper("Old", "2026-01-01", tags=("agents", "vision"), organization="Acme", upvotes=5),
        paper("New", "2026-01-02", tags=("vision",), venue="Clouds"),
    )
    _, records, columns = read(files_of(made), "2026-01")
    assert [record["title"] for record in records] == ["New", "Old"]
    assert columns["days"] == ["2026-01-02", "2026-01-01"]
    assert columns["upvotes"] == [0, 5]
    assert [[columns["tags"][tag] for tag in tags] for tags in columns["tagsOf"]] == [["vision"], ["agents", "vision"]]
    assert columns["organizationOf"] == [-1, 0]
    assert columns["venueOf"] == [0, -1]


def test_a_result_shows_no_more_tags_than_a_card():
    _, records, _ = read(files_of(catalogue(paper("A", "2026-05-27", tags=tuple("abcdefgh")))), "2026-05")
    assert records[0]["tags"] == "a, b, c, d, e"


def test_a_paper_whose_title_is_signs_alone_is_in_the_index():
    words, records, _ = read(files_of(catalogue(paper("???", "2026-05-27", id="2605.01234"))), "2026-05")
    assert words["260501234"] == ([0], [], [])
    assert records[0]["title"] == "???"


def months(*keys, papers=2):
    return [paper(f"Paper {n} of {key}", f"{key}-{n + 10}") for key in keys for n in range(papers)]


def planned_index(papers):
    """Return (name, size) of each part, and (part, file) published so far of the next merged part."""
    parts, coming = search.index_parts(catalogue(*papers).papers)
    return [(part.name, len(part.papers)) for part in parts], [(part.name, name) for part, name in coming]


def parts(papers):
    return planned_index(papers)[0]


def test_the_newest_month_is_a_part_and_those_before_it_are_one_until_it_is_full(monkeypatch):
    monkeypatch.setattr(search, "PART", 4)
    assert parts(months("2026-01")) == [("2026-01", 2)]
    assert parts(months("2026-01", "2026-02")) == [("2026-02", 2), ("2026-01_2026-01", 2)]
    assert parts(months("2026-01", "2026-02", "2026-03")) == [("2026-03", 2), ("2026-01_2026-02", 4)]
    assert parts(months("2026-01", "2026-02", "2026-03", "2026-04")) == [
        ("2026-04", 2),
        ("2026-03_2026-03", 2),
        ("2026-01_2026-02", 4),
    ]


def test_the_halves_of_a_newest_month_of_many_papers_are_parts_and_a_new_day_leaves_the_first_as_it_is(monkeypatch):
    monkeypatch.setattr(search, "HALVED", 6)
    first, second = months("2026-04", papers=6), [paper(f"Later {n}", f"2026-04-{n + 16}") for n in range(2)]
    assert parts(first) == [("2026-04", 6)]
    assert parts([*first, *second]) == [("2026-04-16", 2), ("2026-04", 6)]
    assert parts([*first, *second, *months("2026-05")]) == [("2026-05", 2), ("2026-04_2026-04", 8)]
    assert parts(months("2026-03")[:1] + [paper(f"Late {n}", "2026-04-30") for n in range(6)]) == [
        ("2026-04-16", 6),
        ("2026-03", 1),
    ]
    before = files_of(catalogue(*first, *second))
    after = files_of(catalogue(*first, *second, paper("New", "2026-04-28", abstract="Words nobody had.")))
    differing = {path.split("/")[1] for path in before | after if before.get(path) != after.get(path)}
    assert differing == {"2026-04-16"}


def test_a_month_that_is_over_is_taken_in_over_several_days_and_until_then_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(search, "HALVED", 6)
    monkeypatch.setattr(search, "FILES_A_DAY", 4)
    over = [*months("2026-02", "2026-03"), *months("2026-04", papers=6), paper("Late", "2026-04-28")]
    halves, month, before = [("2026-04-16", 1), ("2026-04", 6)], [("2026-04_2026-04", 7)], [("2026-02_2026-03", 4)]
    names = ["table", "columns", "tags", "words-0", "following-0", "records-0"]
    for days, standing, coming in (
        (1, [*halves, *before], []),
        (2, [*halves, *before], [("2026-04_2026-04", name) for name in names[:4]]),
        (3, [*month, *before], [("2026-02_2026-04", name) for name in names[:2]]),
        (4, [("2026-02_2026-04", 11)], []),
    ):
        newest = months("2026-05", papers=days)
        assert planned_index([*over, *newest]) == ([("2026-05", days), *standing], coming)
    before, after = files_of(catalogue(*over)), files_of(catalogue(*over, *months("2026-05", papers=2)))
    assert {path: after[path] for path in before if "/2026-04" in path} == {
        path: content for path, content in before.items() if "/2026-04" in path
    }


def test_the_files_of_a_part_that_comes_over_several_days_are_made_once(monkeypatch, tmp_path):
    monkeypatch.setattr(search, "FILES_A_DAY", 2)
    cache = open_cache(tmp_path / "content")
    made, make = [], search_index._files
    monkeypatch.setattr(search_index, "_files", lambda part, site: made.append(part.name) or make(part, site))
    for days in (2, 3):
        made_of = catalogue(*months("2026-04"), *months("2026-05", papers=days))
        whole = replace(site(made_of, pages=planned(made_of)), cache=cache)
        coming = [page for page in whole.pages.values() if "/2026-04_" in page.path]
        assert len(coming) == 2 * (days - 1)
        assert all(search_index.render(page, whole) for page in coming)
    assert made == ["2026-04_2026-04"]


def test_papers_without_a_day_belong_to_the_oldest_part():
    assert parts([paper("No day"), *months("2026-01", "2026-02")]) == [("2026-02", 2), ("undated_2026-01", 3)]
    assert parts([paper("No day")]) == [("undated", 1)]


def test_a_new_day_leaves_the_files_of_older_months_as_they_are():
    old = months("2025-11", "2025-12", "2026-01")
    before = files_of(catalogue(*old))
    after = files_of(catalogue(*old, paper("New", "2026-01-28", abstract="Words nobody had.")))
    differing = {path.split("/")[1] for path in before | after if before.get(path) != after.get(path)}
    assert differing == {"2026-01"}


def test_the_words_of_a_part_are_in_as_many_files_as_planned_and_in_order(monkeypatch):
    monkeypatch.setattr(search, "NEWEST_WORDS", 40)
    made = catalogue(*(paper(f"Paper {n} word{n * 7}", "2026-05-27", abstract="common 数学 🜁 zeta") for n in range(30)))
    files = files_of(made)
    bundles = [orjson.loads(content)["words"] for path, content in files.items() if "/words-" in path]
    assert len(bundles) > 5
    words = [word for bundle in bundles for word in bundle]
    assert words == sorted(words, key=lambda word: word.encode("utf-16-be"))
    assert orjson.loads(files["search/2026-05/table.json"])["words"] == [bundle[0] for bundle in bundles if bundle]


def test_the_forms_of_a_word_stand_in_one_file(monkeypatch):
    monkeypatch.setattr(search, "NEWEST_WORDS", 1000)
    stems = [f"{first}{second}ther" for first in "bcdfghklmn" for second in "aeiou"]
    text = " ".join(f"{stem} {stem}ed {stem}s" for stem in stems)
    files = files_of(catalogue(*(paper("Paper", "2026-05-27", id=f"p{n}", abstract=text) for n in range(10))))
    bundles = [orjson.loads(content)["words"] for path, content in files.items() if "/words-" in path]
    file_of = {word: number for number, words in enumerate(bundles) for word in words}
    assert len(bundles) > 9
    assert [stem for stem in stems if len({file_of[f"{stem}{ending}"] for ending in ("", "ed", "s")}) > 1] == []


def test_more_files_than_words_leave_the_last_ones_empty(monkeypatch):
    monkeypatch.setattr(search, "NEWEST_WORDS", 4)
    files = files_of(catalogue(paper("Rain", "2026-05-27", abstract="Rain rain rain rain rain.")))
    bundles = [orjson.loads(content)["words"] for path, content in files.items() if "/words-" in path]
    assert len(bundles) > 2
    assert [word for bundle in bundles for word in bundle] == ["rain"]
    assert orjson.loads(files["search/2026-05/table.json"])["words"] == ["rain"]


def test_equal_papers_make_equal_bytes_and_a_vote_changes_the_columns_and_one_file_of_records():
    made = catalogue(*months("2026-05"))
    first = files_of(made)
    assert first == files_of(catalogue(*reversed(made.papers)))
    voted = catalogue(*made.papers[:-1], replace(made.papers[-1], upvotes=2))
    other = files_of(voted)
    same = [path for path in first if first[path] == other[path]]
    assert {path.rpartition("/")[2] for path in first.keys() - same} == {"columns.json", "records-0.json"}


def test_the_scripts_of_the_search_page_weigh_less_than_16_kb():
    names = ("search-words.js", "search-index.js", "search.js")
    assert sum(len(gzip.compress((TEMPLATES / "assets" / name).read_bytes())) for name in names) < 15_600


@pytest.mark.parametrize("addresses", ["with_html", "without_html"])
def test_records_lead_where_the_sites_links_lead(addresses):
    _, records, _ = read(files_of(catalogue(paper("Rain", "2026-05-27")), addresses=addresses), "2026-05")
    assert records[0]["path"] == ("papers/rain.html" if addresses == "with_html" else "papers/rain")


def test_a_build_after_a_new_day_equals_a_clean_one_and_writes_no_file_of_older_months(build_site, tmp_path):
    settings = "-- site.yaml --\nrelated: none\nsocial_cards: false\n"
    lists = "-- papers/{0}.yaml --\n- {{title: Rain of {0}, listed: {0}, tags: [{1}]}}\n"
    days = ("2026-04-03", "Rain"), ("2026-05-02", "Fog"), ("2026-05-03", "Fog")
    old = settings + "".join(lists.format(*day) for day in days)
    build_site(old)
    new = old + lists.format("2026-05-04", "Rain")
    before = {path: (tmp_path / "output" / path).stat().st_mtime_ns for path in index_of(tmp_path)}
    again = build_site(new)
    after = {path: (tmp_path / "output" / path).stat().st_mtime_ns for path in index_of(tmp_path)}
    built = {path: again.text(path) for path in after}
    shutil.rmtree(tmp_path / "output")
    clean = build_site(new)
    assert built == {path: clean.text(path) for path in index_of(tmp_path)}
    assert {path.split("/")[1] for path in after if after[path] != before.get(path)} == {"2026-05", "parts.json"}


def index_of(folder):
    output = folder / "output"
    return [file.relative_to(output).as_posix() for file in (output / "search").rglob("*.json")]


def test_a_vote_that_changes_the_order_of_a_day_changes_no_words(build_site):
    settings = "-- site.yaml --\nrelated: none\ncards: none\n"
    rows = "-- papers/a.yaml --\nlisted: 2026-05-03\npapers:\n"
    rows += "- {{title: Rain, upvotes: {0}}}\n- {{title: Fog, upvotes: 5}}\n"
    before = build_site(settings + rows.format(1))
    known = {path: before.text(path) for path in before.paths if path.startswith("search/")}
    after = build_site(settings + rows.format(9))
    changed = {path.rpartition("/")[2] for path, text in known.items() if after.text(path) != text}
    assert changed == {"columns.json", "records-0.json"}
