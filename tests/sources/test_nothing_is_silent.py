"""No reader drops input silently: a file yields papers or a problem, and unread fields are named."""

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from site_builder.config.settings import Settings
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.fields.field_names import plain_name
from site_builder.sources.fields.unread import USELESS
from site_builder.sources.formats import READERS, recognise
from site_builder.sources.source import DecodeError, Source
from tests.test_accounting import SAMPLES, account_of, assert_adds_up

ABSTRACT = "We count sheep on three meadows in spring and say which of the fences held them and which did not."


def read(text, path="papers/a.json"):
    """Return the records, the report, and the texts of all problems."""
    problems, report = Problems(), FileReport(path)
    records = list(read_list(Source.from_text(text, path), report, problems))
    make_papers(Sources(tuple(records), {path: report}, (), (), ()), Settings(), problems)
    return records, report, [str(problem) for problem in problems]


def papers_of(text, path):
    """Return the papers of a list, and the texts of all problems."""
    problems, report = Problems(), FileReport(path)
    records = list(read_list(Source.from_text(text, path), report, problems))
    papers = make_papers(Sources(tuple(records), {path: report}, (), (), ()), Settings(), problems).papers
    return papers, [str(problem) for problem in problems]


@pytest.mark.parametrize("name", SAMPLES)
@settings(deadline=None)
@given(data=st.data())
def test_a_file_that_is_not_empty_yields_papers_or_reasons_or_problems(name, data):
    lines = SAMPLES[name].split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines)))
    text = "\n".join([*lines[: data.draw(st.integers(0, 4))], *kept])
    try:
        records, report, problems = read(text, "papers/list")
    except DecodeError:
        return
    assert records or report.skipped or problems or report.is_quiet


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"papers": []}',
        '{"messages": [{"status": "no posts found"}], "collection": []}',
        '{"hits": {"hits": [], "total": 0}}',
        '<rss version="2.0"><channel><title>Quiet</title><link>https://example.org</link></channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quiet</title></feed>',
        "title,authors,year\n",
        "papers: []\n",
        "<PubmedArticleSet></PubmedArticleSet>",
        "<records/>",
    ],
)
def test_a_list_that_says_it_is_empty_is_a_quiet_day(text):
    records, report, problems = read(text)
    assert (records, report.is_quiet, problems) == ([], True, [])


@pytest.mark.parametrize(
    "text",
    [
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://example.org/z#">'
        "<z:Article><z:title>Counting Sheep</z:title></z:Article></rdf:RDF>",
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListSets><set/></ListSets></OAI-PMH>',
        "| Title | Authors |\n|---|---|\n",
    ],
)
def test_what_is_recognised_and_holds_nothing_that_is_read_is_a_problem(text):
    records, report, problems = read(text, "papers/a")
    assert records == []
    assert not report.is_quiet
    assert len(problems) == 1


PAPER = {"title": "Counting Sheep", "abstract": ABSTRACT, "authors": ["Ada Example"], "date": "2026-05-14"}
OTHER = {"title": "Sparse Clouds", "abstract": ABSTRACT, "authors": ["Bo Sample"], "date": "2026-05-15"}
KEYS = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=5, max_size=12)


def wrapped(papers, path):
    return papers if not path else {path[0]: wrapped(papers, path[1:])}


@settings(deadline=None)
@given(st.lists(KEYS, max_size=4), st.dictionaries(KEYS, st.integers() | st.just("x") | st.just([1]), max_size=3))
def test_the_list_is_found_below_any_keys_and_beside_any_others(path, beside):
    inner = wrapped([PAPER, OTHER], path)
    value = {**beside, **inner} if isinstance(inner, dict) else inner
    records, _, problems = read(json.dumps(value, indent=1))
    assert [record.fields["title"] for record in records] == ["Counting Sheep", "Sparse Clouds"]
    assert problems == []


@pytest.mark.parametrize("key", ["articles", "picks", "papers", "this week"])
def test_a_container_with_a_title_is_a_list_and_its_date_is_the_lists(key):
    container = {
        "title": "My Digest",
        "description": "A list",
        "date": "2026-05-27",
        key: [PAPER | {"date": ""}, OTHER],
    }
    records, _, _ = read(json.dumps(container))
    assert [(each.fields["title"], each.fields.get("listed")) for each in records] == [
        ("Counting Sheep", "2026-05-27"),
        ("Sparse Clouds", "2026-05-27"),
    ]
    assert len(read(json.dumps([container, container]))[0]) == 4


DAYS = [{"date": "2026-05-27", "papers": [PAPER]}, {"date": "2026-05-28", "papers": [OTHER]}]


@pytest.mark.parametrize(
    "container",
    [
        {"title": "My Digest", "sections": [{"title": "Wool", "papers": [PAPER]}, {"title": "Sky", "papers": [OTHER]}]},
        {"title": "My Digest", "topics": {"wool": [PAPER], "sky": [OTHER]}},
        {"title": "My Digest", "author": "Jo Curator", "summary": "What we read", "papers": [PAPER, OTHER]},
        {"title": "My Digest", "doi": "10.1000/digest", "articles": [PAPER, OTHER]},
        [[PAPER], [OTHER]],
    ],
)
def test_a_container_of_papers_is_none_whatever_it_says_of_itself(container):
    assert [each.fields["title"] for each in read(json.dumps(container))[0]] == ["Counting Sheep", "Sparse Clouds"]


@pytest.mark.parametrize(
    "container",
    [
        DAYS,
        {"title": "May", "days": DAYS},
        {"month": "May", "weeks": [{"week": 22, "days": DAYS}]},
        {"2026": {"05": {"27": [PAPER], "28": [OTHER]}}},
    ],
)
def test_each_day_within_a_container_is_the_day_of_its_papers(container):
    papers = json.dumps(container).replace('"date": "2026-05-14", ', "").replace('"date": "2026-05-15"', '"year": 2026')
    assert [each.fields.get("listed") for each in read(papers.replace(', "date": "2026-05-14"', ""))[0]] == [
        "2026-05-27",
        "2026-05-28",
    ]


def test_what_a_paper_lists_makes_no_container_of_it():
    paper = PAPER | {"doi": "10.1000/x", "references": [OTHER, OTHER], "sections": [{"title": "Introduction"}]}
    (record,) = read(json.dumps(paper))[0]
    assert record.fields["title"] == "Counting Sheep"


def test_days_and_ids_lead_to_papers():
    days = {"2026-05-14": [PAPER], "2026-05-15": [OTHER]}
    assert [each.fields["listed"] for each in read(json.dumps({"days": days}))[0]] == ["2026-05-14", "2026-05-15"]
    ids = {"2605.01234": PAPER, "2605.01235": OTHER}
    assert [each.fields["arxiv"] for each in read(json.dumps(ids))[0]] == ["2605.01234", "2605.01235"]


def test_json_without_a_list_of_papers_names_what_it_lists():
    records, _, (problem,) = read(json.dumps(PAPER, indent=1) + "\n" + json.dumps({"rows": [{"a": 1}, {"a": 2}]}))
    assert len(records) == 1
    assert '"rows"' in problem


DATES = st.dates().map(str)
LINKS = KEYS.map("https://example.org/{}".format)
IDS = st.sampled_from(["10.1000/xyz", "2605.01234", "arXiv:2605.01234v2"])
TITLES = st.lists(KEYS, min_size=3, max_size=8).map(" ".join)
VALUES = DATES | LINKS | IDS | TITLES
UNKNOWN = KEYS.map("x-{}".format)

# Reader → (part of its sample, the same with an unknown key). Readers of free text have no keys.
FREE_TEXT = {
    "PubMed search",
    "PubMed print",
    "PubMed page",
    "page cards",
    "Google Scholar alert",
    "NEP mail",
    "references",
    "identifiers",
    "titles",
    "page lines",
    "page dump",
    "Markdown bullets",
}
WITH_AN_UNKNOWN_KEY = {
    "Hugging Face daily papers": ('"summary": "Few."', '"summary": "Few.", {json}'),
    "arXiv API": ("<summary>Few.</summary>", "<summary>Few.</summary><{key}>{value}</{key}>"),
    "arXiv listing": ("<guid>", "<{key}>{value}</{key}><guid>"),
    "arXiv OAI-PMH": ("<abstract>", "<{key}>{value}</{key}><abstract>"),
    "arXiv snapshot": ('"abstract": "Few."', '"abstract": "Few.", {json}'),
    "PubMed XML": ("</Article>", "<{key}>{value}</{key}></Article>"),
    "EndNote XML": ("<titles>", "<{key}>{value}</{key}><titles>"),
    "EndNote text": ("%D 2026", "%D 2026\n%x {value}"),
    "Web of Science text": ("PY 2026", "PY 2026\nX9 {value}"),
    "XML papers": ("<year>", "<{key}>{value}</{key}><year>"),
    "DataCite XML": ("<titles>", "<{key}>{value}</{key}><titles>"),
    "JATS XML": ("<title-group>", "<{key}>{value}</{key}><title-group>"),
    "Zotero RDF": ("<dc:title>", "<z:{key}>{value}</z:{key}><dc:title>"),
    "arXiv page": ("</dd>", '<div class="list-{key}">{value}</div></dd>'),
    "web page": ("<script", '<meta name="citation_{key}" content="{value}"><script'),
    "paper feed": ("<description>", "<{key}>{value}</{key}><description>"),
    "Zotero JSON": ('"creators": []', '"creators": [], {json}'),
    "CSL-JSON": ('"title": "Sparse Clouds"', '"title": "Sparse Clouds", {json}'),
    "JSON-LD": ('"abstract": "Few."', '"abstract": "Few.", {json}'),
    "JSON lines": ('"abstract": "Few."', '"abstract": "Few.", {json}'),
    "JSON papers": ('"abstract": "Few."', '"abstract": "Few.", {json}'),
    "Zotero CSV": ('"Extra","Manual Tags"', '"{key}","Extra","Manual Tags"'),
    "CSV or TSV": ("Year", "{key},Year"),
    "CITATION.cff": ("  title: Sparse Clouds", "  title: Sparse Clouds\n  {key}: '{value}'"),
    "BibTeX": ("year = 2026", "year = 2026,\n {key} = {{{value}}}"),
    "RIS": ("PY  - 2026", "PY  - 2026\nX9  - {value}"),
    "PubMed text": ("FAU -", "XYZ - {value}\nFAU -"),
    "arXiv announcement": ("[1] arXiv:2605.01234 [pdf, other]\n", "\\\\\narXiv:2605.01234\nX-{key}: {value}\n"),
    "Markdown": ("- arxiv: 2605.01234", "- arxiv: 2605.01234\n- {key}: {value}"),
    "Markdown table": ("**Links** |\n| --- |", "**Links** | {key} |\n| --- | --- |"),
    "YAML list": ("tags: [weather]", "{key}: '{value}'"),
}  # fmt: skip
# Reader of tables → texts in its sample after which a cell is inserted.
ROW_ENDS = {
    "Markdown table": ["2605.01234) |"],
    "Zotero CSV": ['"Sparse Clouds",'],
    "CSV or TSV": ['Sample, Bo",', "Cy Third,"],
}
CELL = {"Markdown table": " {} |", "Zotero CSV": '"{}",', "CSV or TSV": "{},"}
FEED = {"version": "https://jsonfeed.org/version/1.1"}
ARTICLE = {"@type": "ScholarlyArticle", "name": "Counting Sheep"}
TOLD_AS = {
    **{"RIS": "X9", "PubMed text": "XYZ", "arXiv page": "list-{}", "web page": "citation_{}", "Zotero RDF": "z:{}"},
    "EndNote text": "%x",
    "Web of Science text": "X9",
    "arXiv announcement": "X-{}",
}


@pytest.mark.parametrize(
    "text",
    [
        '{"total": 25, "results": []}',
        '{"meta": {"count": 25}, "results": []}',
        '{"messages": [{"status": "ok", "total": "25"}], "collection": []}',
        '{"data": {"papers": {"totalCount": 25, "edges": []}}}',
        '{"hits": {"hits": [], "total": 25}}',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">'
        "<title>arXiv Query</title><id>http://arxiv.org/api/x</id><o:totalResults>25</o:totalResults></feed>",
        '<rss xmlns:o="http://a9.com/-/spec/opensearch/1.1/"><o:totalResults>25</o:totalResults><channel/></rss>',
    ],
)
def test_an_empty_list_that_says_it_has_papers_is_a_problem(text):
    records, report, problems = read(text)
    assert (records, report.is_quiet) == ([], False)
    assert [problem for problem in problems if "tells of 25 papers" in problem]


def test_one_thing_is_told_as_one():
    _, _, of_list = read('{"total": 1, "results": []}')
    assert "tells of 1 paper;" in of_list[0]
    _, _, of_day = read("# Papers\n## May 14\n- **A Paper** https://arxiv.org/abs/2605.01234\n", "papers/a.md")
    assert "1 heading of a day without its year" in of_day[0]


def test_every_reader_is_asked_for_an_unknown_key_or_reads_free_text():
    assert WITH_AN_UNKNOWN_KEY.keys() | FREE_TEXT == {reader.name for reader in READERS}


@pytest.mark.parametrize("name", WITH_AN_UNKNOWN_KEY)
@settings(deadline=None)
@given(UNKNOWN, VALUES)
def test_a_key_that_no_reader_knows_is_named_and_counted(name, key, value):
    old, new = WITH_AN_UNKNOWN_KEY[name]
    assume(name != "Markdown table" or value[:4] not in ("http", "10.1", "2605", "arXi"))
    text = SAMPLES[name].replace(old, new.format(key=key, value=value, json=json.dumps({key: value})[1:-1]), 1)
    for end in ROW_ENDS.get(name, ()):
        text = text.replace(end, end + CELL[name].format(value), 1)
    assert recognise(Source.from_text(text, "papers/list")).name == name
    _, report, problems = read(text, "papers/list")
    told = TOLD_AS.get(name, "{}").format(key)
    assert list(report.unread) == [told]
    assert sum(f'"{told}" is not read' in problem for problem in problems) == 1


def test_an_unread_key_is_told_once_a_file_with_the_nearest_name_and_counted():
    papers = [{**PAPER, "title": f"Sheep {number}", "datepublishd": "2026-05-14"} for number in range(30)]
    _, report, problems = read("\n".join(json.dumps(paper) for paper in papers))
    assert problems == [
        'papers/a.json:1: "datepublishd" is not read: a date, in 30 records; did you mean "datepublished"?'
    ]
    assert report.unread == {"datepublishd": 30}
    told, _ = account_of("\n".join(json.dumps(paper) for paper in papers))
    assert told["files"][0]["unread"] == {"datepublishd": 30}


JSON_READERS = [name for name, (_, new) in WITH_AN_UNKNOWN_KEY.items() if "{json}" in new]


@pytest.mark.parametrize("name", JSON_READERS)
def test_a_key_that_stands_twice_in_an_object_is_told_once_a_file(name):
    old, new = WITH_AN_UNKNOWN_KEY[name]
    text = SAMPLES[name].replace(old, new.format(json='"etag": {"a": "x", "etag": "x", "etag": "y"}, "etag": "z"'))
    assert read(text, "papers/list")[0]
    told = [problem for problem in read(text, "papers/list")[2] if "stands twice" in problem]
    assert len(told) == 1
    assert 'the key "etag" stands twice in one object' in told[0]


def test_a_key_that_stands_twice_is_told_at_its_place_wherever_it_stands():
    papers = [PAPER, {**OTHER, "authors": [{"name": "Bo Sample"}]}]
    text = json.dumps({"papers": papers}, indent=1).replace('"name"', '"name": "Ada Example",\n "name"')
    line = text[: text.index("Sparse")].count("\n")
    assert [problem for problem in read(text)[2] if "twice" in problem] == [
        f'papers/a.json:{line}: broken JSON: the key "name" stands twice in one object, and only one of them is read; '
        "mend the JSON; the rest is read"
    ]
    lists = json.dumps({"papers": papers})[:-1] + ", " + json.dumps({"papers": papers})[1:]
    items = lists.replace("papers", "items").replace("{", '{"version": "https://jsonfeed.org/version/1.1",', 1)
    page = SAMPLES["web page"].replace('"@type"', '"@id": "a", "@id": "b", "@type"', 1)
    for text, key in ((lists, "papers"), (items, "items"), (page, "@id")):
        assert sum(f'"{key}" stands twice' in problem for problem in read(text)[2]) == 1


def test_many_unread_keys_are_told_in_bounded_words_and_all_counted():
    papers = [PAPER | {f"x{number}y": "a text" for number in range(3_000)}]
    _, report, problems = read(json.dumps(papers))
    assert len(problems) == 21
    assert len(report.unread) == 1_001
    assert report.unread.total() == 3_000


@pytest.mark.parametrize("key", ["etag", "cursor", "citationCount", "createdDate", "is_oa"])
def test_what_is_of_no_use_is_not_told(key):
    assert read(json.dumps([PAPER | {key: "2026-05-14" if "D" in key else False}]))[2] == []


@pytest.mark.parametrize("nothing", ["NA", "N/A", "nan", "null", "-", "none", "10.1038/s41586-024-00001-1", {"a": 1}])
def test_of_several_keys_for_one_field_the_first_that_yields_a_value_counts(nothing):
    paper = {"title": "One", "published": nothing, "year": 2026, "doi": "nan", "externalIds": {"DOI": "10.1000/x"}}
    (record,), _, problems = read(json.dumps([paper]))
    assert (record.fields["published"], record.fields["doi"]) == ("2026", "10.1000/x")
    assert problems == []
    (record,), _, _ = read(json.dumps([{"title": "(:unav)", "paperTitle": "One", "date": {"published": "2026-05"}}]))
    assert (record.fields["title"], record.fields["published"]) == ("One", "2026-05")
    (record,), _, _ = read(json.dumps([{"title": "No Title", "paperTitle": "One", "doi": "10.1000/x"}]))
    assert record.fields["title"] == "One"
    (record,), _, _ = read(json.dumps([{"title": "One", "abstract": "N/A", "summary": ABSTRACT, "doi": "10.1000/x"}]))
    assert record.fields["abstract"] == ABSTRACT


@pytest.mark.parametrize("nothing", [False, [], [None, ""], [{"id": "1"}], {"a": 1}, "N/A"])
def test_authors_who_are_nobody_give_way_to_those_who_have_names(nothing):
    (record,), _, _ = read(json.dumps([PAPER | {"authors": nothing, "author_names": ["Bo Sample"]}]))
    assert record.fields["authors"] == ["Bo Sample"]


@pytest.mark.parametrize("nothing", [False, "No abstract", "[No abstract available]", "#N/A", "#REF!", "n.a."])
def test_what_programs_write_in_place_of_an_abstract_is_none_and_nothing_to_tell(nothing):
    records, _, problems = read(json.dumps([PAPER | {"abstract": nothing, "summary": ABSTRACT}]))
    assert (records[0].fields["abstract"], problems) == (ABSTRACT, [])


@pytest.mark.parametrize("date", ["0000-00-00", "9999-12-31"])
def test_a_date_of_no_year_gives_way_to_the_year(date):
    (record,), _, _ = read(json.dumps([{"title": "One", "doi": "10.1000/x", "published": date, "year": 2026}]))
    assert record.fields["published"] == "2026"


SAID_LATER = {
    "RIS": "TY  - JOUR\nTI  - N/A\nT1  - Counting Sheep\nAB  - N/A\nN2  - We count.\nER  - \n",
    "YAML list": "- title: Counting Sheep\n  abstract: N/A\n  summary: We count.\n",
    "paper feed": "<rss><channel><item><title/><dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>Counting Sheep"
    "</dc:title><description>N/A</description><content>We count.</content></item></channel></rss>",
    "CSV or TSV": "title,name,abstract,summary\nN/A,Counting Sheep,#N/A,We count.\n",
}


@pytest.mark.parametrize("name", SAID_LATER)
def test_in_every_format_what_says_nothing_gives_way_to_what_does(name):
    records, report, problems = read(SAID_LATER[name], "papers/list")
    assert report.reader == name
    made = make_papers(Sources(tuple(records), {report.path: report}, (), (), ()), Settings(), Problems()).papers
    assert [(each.title, each.abstract) for each in made] == [("Counting Sheep", "We count.")]
    assert problems == []


def test_a_paper_whose_list_has_nothing_to_say_has_no_abstract_author_or_venue():
    records, report, _ = read("- title: Counting Sheep\n  abstract: N/A\n  authors: n/a\n  venue: None\n", "papers/a")
    (paper,) = make_papers(Sources(tuple(records), {report.path: report}, (), (), ()), Settings(), Problems()).papers
    assert (paper.abstract, paper.authors, paper.venue) == ("", (), None)


def test_two_readers_that_know_a_list_are_named_and_the_one_that_reads_more_has_it():
    paper = {"title": "One", "author": "Example, Ada and van der Berg, Piet", "journal": "Meadow", "year": 2026}
    paper |= {"author_list": [{"family": "Example", "given": "Ada"}], "container-title": "", "doi": "10.1000/x"}
    _, report, _ = read(json.dumps([paper]))
    assert (report.reader, report.other_readers) == ("JSON papers", ["CSL-JSON"])
    told, _ = account_of(json.dumps([paper]))
    assert told["files"][0]["other_formats"] == ["CSL-JSON"]


@pytest.mark.parametrize("count", [1_000, 20_000])
def test_a_list_is_recognised_however_long_its_first_paper_is(count):
    first = PAPER | {"authors": [f"Ada Example{number}" for number in range(count)]}
    for papers in ([first, OTHER], {"collection": [first, OTHER]}):
        assert len(read(json.dumps(papers, indent=1))[0]) == 2
    assert read(json.dumps(first) + "\n" + json.dumps(OTHER))[1].reader == "JSON lines"


def test_every_reader_has_a_sample():
    assert set(SAMPLES) == {reader.name for reader in READERS}


@pytest.mark.parametrize(
    "text", ['{"papers": [{"title": "One"}, {"title": ]}', '{"picks": [\n{"title": "One", "doi": "x"},\n{"ti']
)
def test_a_damaged_list_below_a_key_keeps_its_sound_papers(text):
    told, _ = account_of(text)
    assert_adds_up(told)
    assert told["problems"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("papers:\n- title: One\n  publishd: 2026-05-14\n- title: Two\n  publishd: 2026-05-14\n", {"publishd": 2}),
        ("publishd: 2026-05-14\npapers:\n- title: One\n", {"publishd": 1}),
        ("---\npublishd: 2026-05-14\n---\n## One\n- arxiv: 2605.01234\n- venu: Meadow\n", {"publishd": 1, "venu": 1}),
        (json.dumps([PAPER | {"journal": {"name": "Meadow", "vol": "12"}}]), {"journal.vol": 1}),
        (json.dumps([{"paper": PAPER | {"publishd": "2026-05-14"}}]), {"publishd": 1}),
        (json.dumps({"venu": "Meadow", "seenOn": "2026-05-14", "papers": [PAPER]}), {"venu": 1, "seenOn": 1}),
        (json.dumps(FEED | {"items": [{"title": "One", "venu": "x"}]}), {"venu": 1}),
        (f'<html><script type="application/ld+json">{json.dumps(ARTICLE | {"venu": "x"})}</script>', {"venu": 1}),
    ],
)  # fmt: skip
def test_unknown_keys_are_counted_and_told_once_wherever_they_stand(text, told):
    _, report, problems = read(text, "papers/list")
    assert report.unread == told
    assert all(sum(f'"{key}" is not read' in problem for problem in problems) == 1 for key in told)


def test_what_a_container_says_for_all_of_its_papers_holds_for_them():
    container = {"venue": "Meadow", "tags": ["weekly"], "data": {"papers": [PAPER | {"tags": "farm"}, OTHER]}}
    first, second = (record.fields for record in read(json.dumps(container))[0])
    assert (first["venue"], first["tags"], second["tags"]) == ("Meadow", ["weekly", "farm"], ["weekly"])


def test_a_day_that_leads_to_a_list_is_the_day_of_the_list():
    days = {"days": {"2026-05-14": {"papers": [PAPER | {"date": ""}]}, "2026-05-15": {"papers": [OTHER]}}}
    assert [each.fields["listed"] for each in read(json.dumps(days))[0]] == ["2026-05-14", "2026-05-15"]


def test_what_is_of_no_use_is_named_as_names_are_compared():
    assert [name for name in USELESS if plain_name(name) != name] == []


LONG_BEGINNINGS = {
    "YAML list": "- authors:\n" + "  - Ada Example\n" * 6_000 + "  title: Counting Sheep\n  arxiv: '2605.01234'\n",
    "BibTeX": "% of a reference manager\n" * 4_000 + "@article{a,\n title = {Counting Sheep},\n year = 2026\n}\n",
    "references": f"# Awesome\n\n{'We list what we like. ' * 5_000}\n\n"
    "- [Counting Sheep](https://arxiv.org/abs/2605.01234)\n",
}


@pytest.mark.parametrize("name", LONG_BEGINNINGS)
def test_a_list_is_recognised_however_long_what_stands_before_its_first_sign_is(name):
    records, _, _ = read(LONG_BEGINNINGS[name], "papers/list")
    assert [record.fields["title"] for record in records] == ["Counting Sheep"]


@pytest.mark.parametrize(("key", "inside"), [("descriptions", "description"), ("abstracts", "value")])
def test_further_abstracts_of_a_list_are_told(key, inside):
    texts = [ABSTRACT, "Wir zählen Schafe auf drei Wiesen und sagen, welcher Zaun sie hielt.", ABSTRACT]
    paper = {
        "title": "Counting Sheep on Three Meadows",
        "doi": "10.1000/sheep",
        key: [{inside: text} for text in texts],
    }
    records, _, problems = read(json.dumps([paper]))
    assert records[0].fields["abstract"] == ABSTRACT
    assert problems == [
        f'papers/a.json:1: "{key}.2" is not read: another text, in 1 record; a paper has one; it is left out'
    ]


# Lists of three papers; § stands for what programs write for no value.
NOTHING_SAID = {
    "papers/a.json": """[{"title": "Sheep", "authors": ["Jo Doe"]},
{"title": "Counting Sheep", "authors": ["Jo Doe", "§"], "venue": "§", "doi": "§", "year": "§", "url": "§",
 "tags": ["§"], "abstract": "§", "keywords": "§"}, {"title": "§", "authors": ["Jo Doe"], "year": 2026}]""",
    "papers/a.csv": """title,author1,author2,venue,doi,year,url,tags,abstract
Sheep,Jo Doe
Counting Sheep,Jo Doe,§,§,§,§,§,§,§
§,Jo Doe,§,§,§,2026""",
    "papers/a.yaml": """- {title: Sheep, authors: [Jo Doe]}
- {title: Counting Sheep, authors: [Jo Doe, '§'], venue: '§', doi: '§', year: '§', pdf: '§', tags: ['§']}
- {title: '§', authors: Jo Doe, year: 2026}""",
    "papers/a.bib": """@article{a, title={Sheep}, author={Jo Doe}}
@article{b, title={Counting Sheep}, author={Jo Doe}, journal={§}, doi={§}, url={§}, abstract={§}, year={§}}
@article{c, title={§}, author={Jo Doe}, year={2026}}""",
    "papers/a.ris": """TY  - JOUR
TI  - Sheep
AU  - Doe, Jo
ER  -
TY  - JOUR
TI  - Counting Sheep
AU  - Doe, Jo
AU  - §
DO  - §
PY  - §
UR  - §
AB  - §
KW  - §
ER  -
TY  - JOUR
TI  - §
AU  - Doe, Jo
PY  - 2026
ER  -""",
    "papers/a.md": """| Title | Authors | Venue | Year | DOI |
|---|---|---|---|---|
| Sheep | Jo Doe | | | |
| Counting Sheep | Jo Doe; § | § | § | § |
| § | Jo Doe | § | 2026 | § |""",
}


@pytest.mark.parametrize("word", ["nan", "NaN", "N/A", "None", "null", "(none)", "n.a."])
@pytest.mark.parametrize("path", NOTHING_SAID)
def test_what_programs_write_for_nothing_is_nothing_in_every_field(path, word):
    papers, problems = papers_of(NOTHING_SAID[path].replace("§", word), path)
    assert [paper.title for paper in papers] == ["Sheep", "Counting Sheep"]
    sheep, counted = papers
    assert replace(counted, id="", title="", places=(), kind=None) == replace(
        sheep, id="", title="", places=(), kind=None
    )
    assert [problem for problem in problems if "a paper without a title" in problem] == problems
    assert len(problems) == 1


def test_a_paper_whose_title_says_nothing_is_known_by_its_id():
    papers, problems = papers_of("title,authors,doi\nNaN,Jo Doe,10.1000/a\n", "papers/a.csv")
    assert (papers[0].title, papers[0].doi) == ("doi:10.1000/a", "10.1000/a")
    assert "is named by its id alone" in problems[0]


@pytest.mark.parametrize("name", ["Na Li", "Nan Doe", "Null Results in Sheep", "None of the Sheep", "A", "N. A. Li"])
def test_words_that_begin_as_nothing_does_are_kept(name):
    papers, problems = papers_of(
        json.dumps([{"title": name, "authors": [f"{name} Roe"], "year": 2026}]), "papers/a.json"
    )
    assert (papers[0].title, papers[0].authors, problems) == (name, (f"{name} Roe",), [])


def test_an_id_of_the_curators_own_may_be_any_word():
    papers, problems = papers_of("- {title: Sheep, id: none}\n- {title: Cows, id: nil}\n", "papers/a.yaml")
    assert ([paper.id for paper in papers], problems) == (["none", "nil"], [])
