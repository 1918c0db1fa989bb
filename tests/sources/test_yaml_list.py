"""YAML lists of papers."""

import pytest

from site_builder.model.raw_paper import Boilerplate, Item, QuietDay, RawPaper
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.formats import recognise, yaml_list
from site_builder.sources.source import Source


def read(text: str) -> list[Item]:
    return list(yaml_list.READER.read(Source.from_text(text, "papers/a.yaml")))


def fields(text: str) -> list[dict]:
    return [dict(item.fields) for item in read(text) if isinstance(item, RawPaper)]


def problems(text: str) -> list[str]:
    return [str(item) for item in read(text) if isinstance(item, Problem)]


LIST = """listed: 2026-05-27
tags: [weekly]
papers:
  - title: Sparse Clouds
    arxiv: 2605.01230
    tags: [weather]

  - title: Counting Sheep
    listed: 2026-05-28
    code: https://example.org/sheep
"""


def test_a_list_is_recognised_with_and_without_defaults():
    assert recognise(Source.from_text(LIST, "a")) is yaml_list.READER
    assert recognise(Source.from_text("- title: A\n- title: B\n", "a")) is yaml_list.READER
    assert recognise(Source.from_text("# ours\n\ntitle: A\n", "a")) is yaml_list.READER


def test_defaults_hold_for_papers_that_do_not_say_otherwise():
    first, second = fields(LIST)
    assert (first["listed"], second["listed"]) == ("2026-05-27", "2026-05-28")
    assert (first["tags"], second["tags"]) == (["weekly", "weather"], ["weekly"])


def test_an_id_stays_text():
    assert fields(LIST)[0]["arxiv"] == "2605.01230"


def test_a_link_key_becomes_a_link():
    assert fields(LIST)[1]["links"] == {"code": "https://example.org/sheep"}


def test_every_line_is_counted_once():
    assert sum(item.lines for item in read(LIST)) == sum(1 for line in LIST.split("\n") if line.strip())


def test_a_bare_title_is_a_paper():
    assert fields("papers:\n- Sparse Clouds\n") == [{"title": "Sparse Clouds"}]


def test_an_unknown_key_is_named_with_the_likeliest_one():
    (record,) = read("- title: A\n  abstrct: text\n")
    assert (record.unread, record.unread_lines) == ({"abstrct": "text"}, {"abstrct": 2})


def test_a_broken_paper_does_not_take_the_others_with_it():
    text = "papers:\n- title: Good\n- title: Bad: worse\n- title: Better\n"
    assert [paper["title"] for paper in fields(text)] == ["Good", "Better"]
    assert problems(text) == [
        'papers/a.yaml:3: broken YAML: a text that holds ": " must stand between quotes; this paper is left out; '
        "check the quotes, colons and indentation there"
    ]
    assert sum(item.lines for item in read(text)) == 4


def test_a_list_with_no_break_spaces_is_read_and_so_is_each_of_its_papers_when_one_is_broken():
    text = LIST.replace("  ", "\u00a0\u00a0").replace(": ", ":\u00a0")
    assert fields(text) == fields(LIST)
    broken = f"{text}\u00a0\u00a0- title: A: B\n"
    assert fields(broken) == fields(LIST)
    assert len(problems(broken)) == 1


def test_a_title_that_yaml_cuts_at_a_sign_is_told():
    told = 'papers/a.yaml:2: the title ends before "#1 of Many", which is a remark in YAML'
    assert problems("papers:\n- title: Rivers #1 of Many\n- title: Dams # to read\n")[0].startswith(told)
    assert problems("papers:\n- title: Dams # to read\n- title: 'Rivers #1'\n- title: C# in Schools\n") == []
    assert problems("papers:\n- title: Rivers #1 of Many\n- title: A: B\n")[0].startswith(told)


def test_a_default_that_makes_no_sense_for_a_list_is_reported():
    assert problems("doi: 10.1/x\npapers:\n- title: A\n")[0].startswith(
        'papers/a.yaml:1: "doi" cannot hold for a whole'
    )


def test_an_empty_list_is_no_error():
    assert read("papers:\n") == [QuietDay(), Boilerplate(1)]


def test_each_document_of_a_file_has_its_own_day_and_no_default_that_only_a_paper_can_have(build_site):
    site = build_site("""
-- papers/a.yaml --
listed: 2026-05-27
date: 2026-05-01
papers:
- title: Of the First Day
---
listed: 2026-05-28
papers:
- title: Of the Second Day
---
""")
    assert [problem for problem in site.problems if '"date"' not in problem] == []
    told = {paper["title"]: (paper["days"], paper["published"]) for paper in site.papers.values()}
    assert told == {"Of the First Day": (["2026-05-27"], None), "Of the Second Day": (["2026-05-28"], None)}


def test_comments_and_directives_before_a_document_are_no_lists():
    for head in ("# mine", "%YAML 1.2", "# one\n# two"):
        text = f"{head}\n---\n- title: First\n- title: Second: broken\n"
        assert [told.split(":")[0] + told.split(":")[1] for told in problems(text)] == [
            f"papers/a.yaml{text.count(chr(10))}"
        ]


def test_a_paper_with_a_list_of_something_else_is_a_paper():
    assert [each["title"] for each in fields("title: One\nresources:\n- {name: video}\n")] == ["One"]


def test_front_matter_with_an_abstract_below_is_markdown_whatever_the_name():
    text = "---\ntitle: Sparse Clouds\n---\n\nThe abstract of it.\n"
    assert recognise(Source.from_text(text, "papers/a.yml")).name == "Markdown"
    assert recognise(Source.from_text("---\n- title: One\n---\n- title: Two\n", "papers/a.yml")) is yaml_list.READER


SHEEP, GOATS = "title: Counting Sheep", "title: Sparse Goats"


@pytest.mark.parametrize(
    "text",
    [
        f"title: My Digest\npicks:\n- {SHEEP}\n- {GOATS}\n",
        f"papers:\n- {SHEEP}\nmore:\n- {GOATS}\n",
        f"papers:\n  morning:\n  - {SHEEP}\n  evening:\n  - {GOATS}\n",
        f"- title: Animals of Wool\n  papers:\n  - {SHEEP}\n- title: Others\n  papers:\n  - {GOATS}\n",
        f"title: My Digest\nsections:\n- title: Wool\n  papers:\n  - {SHEEP}\n- title: Milk\n  papers:\n  - {GOATS}\n",
        f"title: My Digest\ndate: 2026-05-27\n---\n- {SHEEP}\n- {GOATS}\n",
    ],
)
def test_a_container_is_no_paper_and_its_papers_are_read(text):
    items = read(text)
    assert [each["title"] for each in fields(text)] == ["Counting Sheep", "Sparse Goats"]
    assert sum(item.lines for item in items) == sum(1 for line in text.split("\n") if line.strip())
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"2026-05-27:\n- {SHEEP}\n2026-05-28:\n- {GOATS}\n",
        f"days:\n- day: 2026-05-27\n  papers:\n  - {SHEEP}\n- day: 2026-05-28\n  papers:\n  - {GOATS}\n",
    ],
)
def test_days_lead_to_papers(text):
    assert [each["listed"] for each in fields(text)] == ["2026-05-27", "2026-05-28"]


def test_ids_lead_to_papers_and_tags_of_containers_add_up():
    text = f"tags: [weekly]\npicks:\n  2605.01234: {{{SHEEP}}}\n  10.1000/goats: {{{GOATS}, tags: [milk]}}\n"
    sheep, goats = fields(text)
    assert (sheep["arxiv"], goats["doi"], goats["tags"]) == ("2605.01234", "10.1000/goats", ["weekly", "milk"])


def test_papers_below_a_topic_of_a_digest_are_told_and_make_no_paper_of_it():
    text = f"title: My Digest\ntopics:\n  sheep:\n  - {SHEEP}\n  goats:\n  - {GOATS}\n"
    (problem,) = yaml_list.READER.read(Source.from_text(text, "papers/a.yaml"))
    assert (problem.what, problem.records) == ('papers stand deeper, below "topics"', 2)


def test_a_paper_whose_venue_has_a_title_is_a_paper():
    assert [each["title"] for each in fields("title: One\nconference:\n  title: Meadow\n")] == ["One"]


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [
        ("published: 2019-05-02, year: 2019", False),
        ("year: 2019, published: 2019-05-02", False),
        ("published: 'May 2, 2019', year: 2019", False),
        ("year: '2019', date: 2 May 2019", False),
        ("published: 'May 2, 2019', year: 2020", True),
        ("published: 2019-05-02, year: 2020", True),
        ("date: 2019-05-03, published: 2019-05-02", True),
        ("published: 2019-05, date: 2019-06-01", True),
    ],
)
def test_two_dates_of_one_paper_that_contradict_each_other_are_told(keys, is_told):
    told = [
        problem for problem in problems(f"- {{title: One, listed: 2020-01-01, {keys}}}\n") if "another date" in problem
    ]
    assert len(told) == is_told


def test_a_title_in_several_languages_or_parts_is_read_and_what_is_left_is_told():
    text = """\
- title: {en: Sheep, de: Schafe}
- title: {main: Goats, sub: A Story}
- title: [Cows, Vaches]
  abstract: [{lang: de, value: Wir.}, {lang: en, value: We.}]
"""
    items = [
        item for item in yaml_list.READER.read(Source.from_text(text, "papers/a.yaml")) if isinstance(item, RawPaper)
    ]
    assert [item.fields["title"] for item in items] == ["Sheep", "Goats: A Story", "Cows"]
    assert items[2].fields["abstract"] == "We."
    assert [list(item.unread) for item in items] == [["title.de"], [], ["title.2", "abstract.de"]]


@pytest.mark.parametrize(
    "text",
    [
        "- Titel: Sparse Clouds\n  Autoren: [Ada Example]\n",
        "- 标题: Sparse Clouds\n  作者: [Ada Example]\n",
        "# ours\n2605.01234:\n  title: Sparse Clouds\n  authors: [Ada Example]\n10.1000/sheep:\n  title: B\n",
    ],
)
def test_a_file_of_yaml_is_read_as_such_whatever_language_its_keys_are_in(text: str) -> None:
    assert recognise(Source.from_text(text, "papers/a.yaml")) is yaml_list.READER
    first = fields(text)[0]
    assert (first["title"], first["authors"]) == ("Sparse Clouds", ["Ada Example"])


@pytest.mark.parametrize(
    "dated",
    [
        "published: {year: 2026, month: May, day: 14}",
        "issued:\n  - year: 2026\n    month: 5\n    day: 14",
        "issued: {date-parts: [[2026, 5, 14]]}",
    ],
)
def test_a_date_in_parts_is_read(dated: str) -> None:
    assert (
        fields(f"- title: Sparse Clouds\n  {dated.replace(chr(10), chr(10) + '  ')}\n")[0]["published"] == "2026-05-14"
    )


def test_a_month_beside_a_year_is_read() -> None:
    (item,) = read("- title: Sparse Clouds\n  year: 2026\n  month: 5\n")
    assert isinstance(item, RawPaper)
    assert (item.fields["published"], dict(item.unread)) == ("2026-05", {})


@pytest.mark.parametrize(
    "text",
    [
        "main:\n- {0}: Counting Sheep\n  authors: A. Example\n  conference_short: MEA\n  conference: Meadow 2026\n",
        "- year: 2026\n  papers:\n  - {0}: Counting Sheep\n    authors: [A. Example]\n    venue: Meadow\n",
        "cv:\n  sections:\n    publications:\n    - {0}: Counting Sheep\n      authors: [A. B]\n      date: 2026\n",
    ],
)
@pytest.mark.parametrize("name", ["title", "name"])
def test_papers_of_a_data_file_are_read_below_keys_of_its_own(text: str, name: str) -> None:
    source = Source.from_text(text.format(name), "papers/a.yml")
    assert recognise(source) is yaml_list.READER
    (record,) = [item for item in yaml_list.READER.read(source) if isinstance(item, RawPaper)]
    assert (record.fields["title"], "abstract" in record.fields) == ("Counting Sheep", False)


def test_keys_of_the_websites_of_researchers_lead_to_links():
    text = """\
- title: Counting Sheep
  paper: https://arxiv.org/abs/2605.01234
  page: https://meadow.example/sheep
  url: https://meadow.example/1
  url_slides: https://meadow.example/s.pdf
  dataset: https://meadow.example/data
  pdf: /files/sheep.pdf
  link: {url: ./a.pdf}
"""
    (record,) = read_list(Source.from_text(text, "papers/a.yaml"), FileReport("papers/a.yaml"), Problems())
    assert (dict(record.unread), "pages" in record.fields) == ({}, False)
    assert record.fields["links"] == {
        "paper": "https://arxiv.org/abs/2605.01234",
        "page": "https://meadow.example/sheep",
        "url": "https://meadow.example/1",
        "slides": "https://meadow.example/s.pdf",
        "data": "https://meadow.example/data",
        "pdf": "/files/sheep.pdf",  # as written, for `papers/` to report
        "link": "./a.pdf",
    }


def test_the_text_of_a_link_says_where_a_paper_appeared():
    text = "- {title: A, link: {url: https://e.org/1, display: 'Meadow Letters 120, 17 (2018), arXiv:1605.09689'}}\n"
    (sheep,) = fields(text)
    assert {name: sheep[name] for name in ("venue", "volume", "pages", "published")} == {
        "venue": "Meadow Letters",
        "volume": "120",
        "pages": "17",
        "published": "2018",
    }


def test_a_time_of_the_day_makes_no_date_fuller_than_another_day():
    text = "- {title: A, published: 2026-05-14, pubdate: '2026-06-02T10:00:00Z', year: 2026}\n"
    assert [each["published"] for each in fields(text)] == ["2026-05-14"]


def test_the_day_on_which_a_page_is_published_is_none_of_the_paper_where_that_has_a_date():
    text = "- {title: A, publishDate: '2026-06-02T10:00:00Z', date: 2026-05-14}\n- {title: B, publishDate: 2026-06-02}"
    assert [each["published"] for each in fields(text)] == ["2026-05-14", "2026-06-02"]
    assert problems(text) == []


def test_a_year_that_stands_above_papers_is_theirs_and_no_day_of_the_list():
    text = f"2026:\n- {SHEEP}\n2025:\n- {{{GOATS}, date: 2024-12-31}}\n"
    assert [each["published"] for each in fields(text)] == ["2026", "2024-12-31"]
    text = f"- year: 2026\n  papers:\n  - {SHEEP}\n"
    assert [(each["published"], each.get("listed")) for each in fields(text)] == [("2026", None)]
    assert problems(text) == []


def test_keys_that_lead_to_the_fields_of_papers_are_their_titles():
    text = "Counting Sheep at Night:\n  authors: [Ada Example]\nSparse Clouds of May:\n  year: 2026\n"
    source = Source.from_text(text, "papers/a.yaml")
    assert recognise(source) is yaml_list.READER
    found = [(item.fields["title"], item.line) for item in yaml_list.READER.read(source) if isinstance(item, RawPaper)]
    assert found == [("Counting Sheep at Night", 1), ("Sparse Clouds of May", 3)]


def test_ids_in_a_list_of_titles_are_ids():
    source = Source.from_text("papers:\n- 2605.01234\n- https://doi.org/10.1000/a\n- Counting Sheep\n", "papers/a.yaml")
    assert [dict(item.fields) for item in yaml_list.READER.read(source) if isinstance(item, RawPaper)] == [
        {"arxiv": "2605.01234"},
        {"doi": "10.1000/a"},
        {"title": "Counting Sheep"},
    ]


@pytest.mark.parametrize(
    ("field", "written", "read_as", "left_out"),
    [
        ("organization", "[MIT, CMU]", "MIT", ["organization.2"]),
        ("organization", "{name: MIT, country: US}", "MIT", []),
        ("venue", "{name: NeurIPS, year: 2020}", "NeurIPS", ["venue.year"]),
        ("venue", "{title: Meadow, issn: 1234-5678}", "Meadow", []),
        ("venue", "{en: Meadow, de: Wiese}", "Meadow", ["venue.de"]),
        ("doi", "[10.1000/b.1]", "10.1000/b.1", []),
        ("doi", "[10.1000/b.1, 10.1000/b.2]", "10.1000/b.1", ["doi.2"]),
        ("arxiv", '["2608.00001"]', "2608.00001", []),
        ("submitter", "{nick: Jo}", None, ["submitter.nick"]),
        ("upvotes", "[3]", "3", []),
        ("listed", "{date: 2020-02-03}", "2020-02-03", []),
        ("tags", "[{name: a}, [b], c]", ["a", "b", "c"], []),
        ("links", "{pdf: [https://e.org/a.pdf]}", {"pdf": "https://e.org/a.pdf"}, []),
    ],
)
@pytest.mark.parametrize("form", ["- title: Rivers\n  {}: {}\n", "---\ntitle: Rivers\n{}: {}\n---\nAn abstract.\n"])
def test_a_list_or_a_mapping_is_read_as_what_its_field_is_and_the_rest_is_told(field, written, read_as, left_out, form):
    source = Source.from_text(form.format(field, written), "papers/a.yaml" if form[0] == "-" else "papers/a.md")
    (record,) = read_list(source, FileReport(source.path), Problems())
    assert record.fields.get(field) == read_as
    assert list(record.unread) == left_out


def test_a_list_of_links_stays_next_to_a_link_with_a_key_of_its_own():
    text = "- {title: A, links: [https://e.org/1], code: https://e.org/c}\n"
    (record,) = read_list(Source.from_text(text, "papers/a.yaml"), FileReport("papers/a.yaml"), Problems())
    assert record.fields["links"] == {"page": "https://e.org/1", "code": "https://e.org/c"}


@pytest.mark.parametrize(
    ("tags", "read"),
    [
        ("[vision: 3D, b]", ["vision: 3D", "b"]),
        ("{vision: 3D, b: }", ["vision: 3D", "b"]),
        ("{area: [vision, 3D], way: [b]}", ["vision", "3D", "b"]),
        ("[{name: vision}, b]", ["vision", "b"]),
    ],
)
@pytest.mark.parametrize("form", ["papers:\n- title: On Dams\n  tags: {}\n", "tags: {}\npapers:\n- title: On Dams\n"])
def test_a_tag_with_a_colon_is_read_as_it_is_written(form, tags, read):
    source = Source.from_text(form.format(tags), "papers/a.yaml")
    (paper,) = read_list(source, FileReport("papers/a.yaml"), Problems())
    assert paper.fields["tags"] == read


@pytest.mark.parametrize(
    "links",
    [
        '[{"pdf": "https://a.example/x.pdf"}, {"code": "https://github.com/a/b"}]',
        '[{"pdf": "https://a.example/x.pdf"}, "https://github.com/a/b"]',
        '[{"url": "https://a.example/x.pdf"}, {"url": "https://github.com/a/b"}]',
    ],
)
@pytest.mark.parametrize(
    "form",
    ["papers:\n- title: On Dams\n  links: {}\n", '[{{"title": "On Dams", "doi": "10.1000/x", "links": {}}}]'],
)
def test_the_kinds_of_links_may_be_keys_in_a_list(form, links):
    source = Source.from_text(form.format(links), f"papers/a.{'json' if form[0] == '[' else 'yaml'}")
    (paper,) = read_list(source, FileReport(source.path), Problems())
    assert paper.fields["links"] == {"pdf": "https://a.example/x.pdf", "code": "https://github.com/a/b"}


@pytest.mark.parametrize(
    ("day", "dates"),
    [("5", {"published": "2024-05-05"}), ("2026-05-27", {"published": "2024-05", "listed": "2026-05-27"})],
)
def test_a_number_next_to_year_and_month_is_the_day_of_the_paper_and_not_of_the_list(day, dates):
    (paper,) = fields(f"papers:\n- title: On Dams\n  year: 2024\n  month: May\n  day: {day}\n")
    assert paper == {"title": "On Dams", **dates}


@pytest.mark.parametrize("key", ["url", "pdf", "code"])
def test_a_second_address_in_a_list_of_one_key_is_told(build_site, key):
    site = build_site(
        f"-- papers/a.yaml --\n- title: Rivers\n  {key}: [https://example.org/1.pdf, https://example.org/2.pdf]\n"
    )
    assert [problem for problem in site.problems if f'"{key}.2" is not read: a link' in problem] != []
