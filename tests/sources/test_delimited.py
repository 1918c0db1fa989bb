"""CSV, TSV and semicolon-separated files, with column names as people write them."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, QuietDay, RawPaper
from site_builder.papers.authors import parse_authors
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.formats import delimited
from site_builder.sources.source import Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "bibliographies"


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.csv")
    assert delimited.READER.recognises(source)
    return [item for item in delimited.READER.read(source) if not isinstance(item, QuietDay)]


def records(text: str) -> list[RawPaper]:
    return [item for item in read(text) if isinstance(item, RawPaper)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_that_parts_the_header(separator):
    text = "Title |Author Names|Publication Year|DOI \nSheep|Example A.|2026|10.1000/x\n".replace("|", separator)
    (item,) = records(text)
    assert item.line == 2
    assert item.fields == {
        "title": "Sheep",
        "authors": "Example A.",
        "published": "2026",
        "doi": "10.1000/x",
    }


def test_quoted_cells_hold_separators_quotes_and_line_ends():
    text = 'title,abstract,year\n\n"Sheep, ""counted""","First\n\nlast",2026\nA 5" ruler,x,2025\n'
    first, second = records(text)
    assert (first.line, first.lines) == (3, 2)
    assert first.fields == {"title": 'Sheep, "counted"', "abstract": "First\n\nlast", "published": "2026"}
    assert (second.line, second.fields["title"]) == (6, 'A 5" ruler')


@pytest.mark.parametrize("again", ["title,authors,year", "authors,title,year", "Paper Title,DOI,Abstract"])
def test_the_header_of_a_table_behind_another_is_no_paper(again):
    row = {
        "title": "Goats",
        "authors": "Bo Roe",
        "year": "2021",
        "Paper Title": "Goats",
        "DOI": "10.1000/x",
        "Abstract": "All.",
    }
    behind = ",".join(row[name] for name in again.split(","))
    first, second = records(f"title,authors,year\nSheep,Jane Doe,2020\n{again}\n{behind}\n")
    assert (first.fields["title"], second.line, second.fields["title"]) == ("Sheep", 4, "Goats")
    assert second.fields.get("authors", "Bo Roe") == "Bo Roe"
    assert second.fields.get("doi", "10.1000/x") == "10.1000/x"


@pytest.mark.parametrize("row", ["Title,Jane Doe,2020", "Authors,Title and Co,2020", "Name,,"])
def test_a_paper_whose_title_is_the_name_of_a_column_is_one(row):
    (paper,) = records(f"title,authors,year\n{row}\n")
    assert paper.fields["title"] == row.partition(",")[0]


def test_lists_in_cells_of_double_columns_are_read():
    header = "title;first_authors;keywords;Keywords;type_of_reference"
    text = f"{header}\nOne;['Example, Ada', \"O'Neil, Bo\"];;a, b (c, d);JOUR\n"
    assert records(text)[0].fields == {
        "title": "One",
        "authors": ["Example, Ada", "O'Neil, Bo"],
        "keywords": ["a", "b (c, d)"],
        "kind": "article",
    }


def test_rows_of_a_wrong_length_are_reported():
    items = read("sep=;\ntitle;authors;year\nOne;A;2026;;surplus\nTwo;B;;;\nstray line\nThree\n")
    assert [(item.line, type(item)) for item in items] == [
        (3, Problem),
        (3, RawPaper),
        (4, RawPaper),
        (5, Problem),
        (6, Problem),
    ]
    assert [item.records for item in items if isinstance(item, Problem)] == [0, 1, 1]


def test_a_cell_that_is_never_closed_costs_one_row():
    items = read('title,year\nOne,2026\n"Two,2026\nThree,2026\nFour,2026\n')
    assert [item.fields["title"] for item in items if isinstance(item, RawPaper)] == ["One", "Three", "Four"]
    assert [(item.line, item.records) for item in items if isinstance(item, Problem)] == [(3, 1)]


def test_a_cell_may_be_longer_than_the_standard_limit():
    assert len(records(f"title,authors\nOne,{'A' * 200_000}\n")[0].fields["authors"]) == 200_000


@pytest.mark.parametrize(
    "text",
    [
        "A title, and more words\nthat are prose\n",
        "| title | authors |\n|---|---|\n",
        "name,age\nAda,36\n",
        "title\nOne\n",
        "# title, authors\n",
        "",
    ],
)
def test_other_texts_are_not_taken_for_tables(text):
    assert not delimited.READER.recognises(Source.from_text(text, "a.csv"))


BLANK = ' ,;\t"\n'  # rows of only these characters do not count
ROWS = st.lists(st.lists(st.text(alphabet='ab,;"\n é', max_size=8), min_size=3, max_size=3), max_size=8)


@settings(deadline=None)
@given(ROWS, st.sampled_from(",;\t"))
def test_as_many_records_come_out_as_went_in(rows, separator):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([["title", "authors", "abstract"], *rows])
    items = read(text.getvalue())
    assert [type(item) for item in items] == [RawPaper] * sum(any(cell.strip(BLANK) for cell in row) for row in rows)


@settings(deadline=None)
@given(st.text(alphabet='ab,"\n', max_size=60))
def test_every_line_that_is_not_blank_is_in_one_item(body):
    items = read(f"title,authors\n{body}")
    in_items = [item for item in items if isinstance(item, RawPaper) or item.records]
    lines = [line for line in body.split("\n") if line.strip()]
    assert len(in_items) <= len(lines)
    assert [item.line for item in items] == sorted(item.line for item in items)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real tables is not there")
@pytest.mark.parametrize(("name", "count"), [("embase", 6), ("generic_semicolon", 2), ("missing_values", 4)])
def test_real_tables_are_read_whole(name, count):
    path = SHARED / f"{name}.csv"
    source = Source.from_file(path, path.name)
    items = list(delimited.READER.read(source))
    assert delimited.READER.recognises(source)
    assert [type(item) for item in items] == [RawPaper] * count


def test_a_row_ends_at_line_ends_alone():
    (paper,) = records('title,abstract,authors,doi\nAlpha,Two columns\x0cpage\u2028two\x85end,"Doe, J.",10.1000/x\n')
    assert (paper.fields["authors"], paper.fields["doi"]) == ("Doe, J.", "10.1000/x")


def test_columns_of_one_name_are_all_read_where_a_field_holds_several():
    header = "title,url,url,author1,author2,keyword,keyword"
    row = "One,https://arxiv.org/abs/2605.01234,https://github.com/a/b,Ada Example,Bo Sample,sheep,clouds"
    assert records(f"{header}\n{row}\n")[0].fields == {
        "title": "One",
        "arxiv": "2605.01234",
        "authors": ["Ada Example", "Bo Sample"],
        "keywords": ["sheep", "clouds"],
        "links": {"abs": "https://arxiv.org/abs/2605.01234", "code": "https://github.com/a/b"},
    }


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("title,year,title", "One,2026,Other", "title (again)"),
        ("title,doi,DOI", "One,10.1000/x,10.1000/y", "doi"),
        ("title,url,url", "One,https://example.org/a,https://example.org/b", "url"),
    ],
)
def test_what_a_second_column_of_one_name_says_is_told_where_a_field_holds_one(header, row, told):
    (item,) = records(f"{header}\n{row}\n")
    assert list(item.unread) == [told]
    assert [item.unread for item in records(f"{header}\nOne,,\n")] == [{}]


def test_full_names_count_before_short_ones_and_a_day_without_its_year_is_completed():
    (item,) = records(
        "Authors,Author Full Names,Article Title,Publication Date,Publication Year,Publication\n"
        '"Example, A","Example, Ada",Counting Sheep,MAY 14,2026,Meadow\n'
    )
    assert item.fields["authors"] == "Example, Ada"
    assert (item.fields["published"], item.fields["venue"]) == ("2026-05-14", "Meadow")


@pytest.mark.parametrize(
    "text",
    [
        'title,authors\n"=HYPERLINK(""https://arxiv.org/abs/2605.01234"",""Counting """"Sheep"""""")",Ada Example\n',
        'title\tauthors\n=HYPERLINK("https://arxiv.org/abs/2605.01234";"Counting ""Sheep""")\tAda Example\n',
        'title;authors;pdf\n"Counting ""Sheep""";Ada Example;"=lien_hypertexte(""https://arxiv.org/abs/2605.01234"")"\n',
        'title\turl\tauthors\nCounting ""Sheep""\t=HYPERLINK("https://arxiv.org/abs/2605.01234", "x")\tAda Example\n',
    ],
)
def test_a_formula_for_a_link_gives_title_and_address(text):
    (item,) = delimited.READER.read(Source.from_text(text, "papers/a.csv"))
    assert isinstance(item, RawPaper)
    assert item.fields["title"].replace('""', '"') == 'Counting "Sheep"'
    assert (item.fields["arxiv"], item.fields["authors"], item.unread) == ("2605.01234", "Ada Example", {})


def test_the_link_of_a_formula_stands_beside_that_of_a_column():
    text = 'title\turl\n=HYPERLINK("https://arxiv.org/abs/2605.01234","Counting Sheep")\thttps://github.com/a/sheep\n'
    (item,) = delimited.READER.read(Source.from_text(text, "papers/a.csv"))
    assert sorted(item.fields["links"]) == ["abs", "code"]


@pytest.mark.parametrize(
    "text",
    [
        "# exported on 2026-01-05\n#\n\ntitle,authors\nOn Dams,Jane Doe\n",
        "#exported\ntitle;authors\nOn Dams;Jane Doe\n",
        "#title\tauthors\nOn Dams\tJane Doe\n",
        "sep=;\n# exported\ntitle;authors\nOn Dams;Jane Doe\n",
    ],
)
def test_a_header_may_stand_below_comments_or_be_written_as_one(text):
    source = Source.from_text(text, "papers/a.csv")
    assert delimited.recognises(source)
    (record,) = delimited.read(source)
    assert isinstance(record, RawPaper)
    assert (record.fields["title"], record.fields["authors"]) == ("On Dams", "Jane Doe")
    assert record.line == text.count("\n")


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Titolo;Autori;Data;Fascicolo", "Pecore;Ada Example;2026-05-14;3", {"published": "2026-05-14", "issue": "3"}),
        (
            "Título;Autores;Vol.;Núm.;Págs.",
            "Ovejas;Ada Example;12;3;1-9",
            {"volume": "12", "issue": "3", "pages": "1-9"},
        ),
        (
            "제목;저자;발행연도;권;호;페이지",
            "양;김철수;2026;12;3;1-9",
            {"published": "2026", "volume": "12", "issue": "3"},
        ),
        ("Titel;Autoren;Jg.;Nr.", "Schafe;Ada Example;12;3", {"volume": "12", "issue": "3"}),
        ("No.;Title;Volume;Authors", "1;Sheep;12;Ada Example", {"volume": "12"}),
        ("titles;summaries;terms", "Sheep;We count.;['cs.CV']", {"abstract": "We count.", "categories": ["cs.CV"]}),
    ],
)
def test_columns_in_other_languages_and_their_numbers_are_read(header: str, row: str, expected: dict) -> None:
    (item,) = records(f"{header}\n{row}\n")
    assert {name: item.fields.get(name) for name in expected} == expected
    assert item.fields.get("issue") == expected.get("issue")
    assert dict(item.unread) == {}


def test_a_table_of_web_of_science_is_read_by_its_tags() -> None:
    columns = {"PT": "J", "AU": "Example, A", "AF": "Example, Ada", "TI": "Sheep", "SO": "MEADOW", "DE": "sheep; goats"}
    columns |= {"PD": "MAY 14", "PY": "2026", "VL": "12", "IS": "3", "BP": "1", "EP": "9", "PM": "123", "TC": "5"}
    columns |= {"CA": "ATLAS", "DI": "10.1000/sheep", "UT": "WOS:1"}
    (item,) = records("\t".join(columns) + "\n" + "\t".join(columns.values()) + "\n")
    assert item.fields == {
        "title": "Sheep",
        "authors": "Example, Ada; ATLAS Collaboration",
        "published": "2026-05-14",
        "venue": "MEADOW",
        "volume": "12",
        "issue": "3",
        "pages": "1-9",
        "doi": "10.1000/sheep",
        "keywords": ["sheep", "goats"],
        "links": {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/123/"},
    }
    assert dict(item.unread) == {}


def test_a_table_of_springer_is_read_though_nothing_stands_between_its_authors() -> None:
    header = (
        "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Publication Year"
    )
    authors = "Ada B. ExampleBo McSampleXiaoMing LiWu 王五Cy Le Roe"
    row = f"On sheep,Meadow,,12,3,10.1000/sheep,{authors},2026"
    (item,) = records(f"{header},URL,Content Type\n{row},http://link.example.org/sheep,Article\n")
    assert item.fields == {
        "title": "On sheep",
        "authors": ["Ada B. Example", "Bo McSample", "XiaoMing Li", "Wu 王五", "Cy Le Roe"],
        "published": "2026",
        "venue": "Meadow",
        "volume": "12",
        "issue": "3",
        "doi": "10.1000/sheep",
        "kind": "article",
        "links": {"page": "http://link.example.org/sheep"},
    }


def test_a_column_named_display_name_holds_the_titles_of_a_table_of_papers() -> None:
    header = "id,authorships.author.display_name,display_name,doi,primary_location.source.display_name,publication_date"
    row = "https://openalex.org/W1,Ada Example|Bo Sample,On sheep,https://doi.org/10.1000/sheep,Meadow,2026-05-14"
    (item,) = records(f"{header}\n{row}\n")
    names = ("title", "authors", "venue", "published")
    assert [item.fields[name] for name in names] == [
        *("On sheep", "Ada Example|Bo Sample", "Meadow", "2026-05-14"),
    ]


def test_a_date_that_may_mean_two_days_is_told_next_to_a_year() -> None:
    text = "Title,Authors,Year,Publication Date\nOn sheep,A. Example,2026,{}\n"
    (item,) = records(text.format("05/06/2026"))
    assert (item.fields["published"], dict(item.unread)) == (
        "2026",
        {"Publication Date": "a date that may mean two days"},
    )
    (item,) = records(text.format("25/06/2026"))
    assert (item.fields["published"], dict(item.unread)) == ("2026-06-25", {})


def test_a_zero_is_no_volume_and_no_page() -> None:
    (item,) = records("Authors,Title,Year,Volume,Issue,StartPage,EndPage\nA. Example,On sheep,2026,0,0,0,0\n")
    assert item.fields == {"authors": "A. Example", "title": "On sheep", "published": "2026"}
    assert dict(item.unread) == {}


def test_a_table_of_pubmed_says_the_day_and_the_pages_in_its_citation() -> None:
    header = "PMID,Title,Authors,Citation,Journal/Book,Publication Year,Create Date,DOI"
    row = '123,"On sheep.","Example A, Roe B.","Meadow. 2026 May 14;12(3):1-9.",Meadow,2026,2026/05/15,10.1000/a'
    (item,) = records(f"{header}\n{row}\n")
    names = ("title", "venue", "published", "volume", "issue", "pages", "links")
    assert {name: item.fields[name] for name in names} == {
        "title": "On sheep",
        "venue": "Meadow",
        "published": "2026-05-14",
        "volume": "12",
        "issue": "3",
        "pages": "1-9",
        "links": {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/123/"},
    }
    assert dict(item.unread) == {}


def test_a_line_about_the_data_above_the_header_is_passed_over() -> None:
    (item,) = records('"About the data: exported on May 14, 2026"\nTitle,Authors,Pagination\nSheep,Ada Example,1-9\n')
    assert (item.fields["title"], item.fields["pages"]) == ("Sheep", "1-9")


@pytest.mark.parametrize(
    "written",
    [
        "[arxiv.Result.Author('Ada Example'), arxiv.Result.Author('Bo Sample')]",
        "[Author(name='Ada Example'), Author(name='Bo Sample')]",
        "array(['Ada Example', 'Bo Sample'], dtype=object)",
        "['Ada Example' 'Bo Sample']",
    ],
)
def test_lists_as_python_s_libraries_write_them_are_read(written: str) -> None:
    (item,) = records(f'title,authors,year\nSheep,"{written}",2026\n')
    assert item.fields["authors"] == ["Ada Example", "Bo Sample"]


def test_escapes_in_a_list_stand_for_their_characters() -> None:
    (item,) = records("title,authors,year\nSheep,\"['\\ud842\\udfb7\\u91ce Example', 'Bo\\nSample']\",2026\n")
    assert item.fields["authors"] == ["𠮷野 Example", "Bo\nSample"]


@pytest.mark.parametrize("written", ["水坝；河流", "水坝、河流", "水坝，河流", "水坝; 河流"])
def test_keywords_are_cut_at_the_signs_of_chinese_and_japanese(written):
    (record,) = records(f'标题,作者,关键词\n大坝上的羊,张三,"{written}"\n')
    assert record.fields["keywords"] == ["水坝", "河流"]


def test_objects_that_a_program_wrote_into_cells_are_read_as_objects():
    text = (
        "paperId,title,authors,year,externalIds,journal,openAccessPdf\n"
        """x,Rivers,"[{'name': ""Bo O'Roe""}]",2020,"{'ArXiv': '2001.10000', 'DOI': '10.1000/s.1', 'CorpusId': 3}","""
        """"{'name': 'Journal of Rivers', 'volume': '3'}","{'url': 'https://e.org/a.pdf', 'status': None}"\n"""
        """y,Lakes,,2021,"{""ArXiv"": ""2001.10010""}",,\n"""
    )
    first, second = read(text)
    assert (first.fields["arxiv"], first.fields["doi"]) == ("2001.10000", "10.1000/s.1")
    assert (first.fields["venue"], first.fields["volume"]) == ("Journal of Rivers", "3")
    assert first.fields["links"] == {"pdf": "https://e.org/a.pdf"}
    assert second.fields["arxiv"] == "2001.10010"
    assert not {**first.unread, **second.unread}


def test_a_key_of_an_object_in_a_cell_that_is_not_read_is_told():
    (record,) = read("""title,year,venue\nRivers,2020,"{'name': 'NeurIPS', 'track': 'Main'}"\n""")
    assert (record.fields["venue"], dict(record.unread)) == ("NeurIPS", {"venue.track": "text"})


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("['Deep Rivers']", "Deep Rivers"),
        ("{BERT} of Rivers", "{BERT} of Rivers"),
        ("[Of Rivers]", "[Of Rivers]"),
        ("{'Rivers': ", "{'Rivers':"),
        ("{'Rivers'}", "{'Rivers'}"),
    ],
)
def test_a_title_in_brackets_is_a_list_only_where_a_program_wrote_one(cell, title):
    (record,) = read(f'title,year\n"{cell}",2020\n')
    assert record.fields["title"] == title


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Date,Speaker,Paper,Link", "2024-01-05,Jo Doe,Rivers of Sand,https://arxiv.org/abs/2401.00001"),
        ("Name,URL,Tags,Status", 'Rivers of Sand,https://openreview.net/forum?id=abcd1234,"a, b",Done'),  # Notion
        ("Name,Authors,Year", "Rivers of Sand,Jo Doe,2020"),
        ("Article,Venue,Year", "Rivers of Sand,Nature,2020"),
        ("Publication,Authors,Work", "Nature,Jo Doe,Rivers of Sand"),
        ("论文,链接", "Rivers of Sand,https://arxiv.org/abs/2401.00001"),
    ],
)
def test_a_column_of_papers_holds_titles_where_none_is_called_so(header, row):
    (record,) = records(f"{header}\n{row}\n")
    assert record.fields["title"] == "Rivers of Sand"


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email,Affiliation\nJo Doe,jo@example.org,MIT\n",
        "Name,URL\nJo Doe,https://jo.example.org\n",
        "Name,Venue,Date\nSpring Concert,Town Hall,2024-01-02\n",
        "Article,Price,Date\nApple,3,2024-01-02\n",
        "Paper,Link\nhttps://arxiv.org/abs/2401.00001,https://example.org\n",
    ],
)
def test_a_table_of_things_with_names_is_no_table_of_papers(text):
    assert not delimited.READER.recognises(Source.from_text(text, "papers/a.csv"))


def test_a_column_of_titles_goes_before_one_called_paper():
    (record,) = records("Paper,Title,Year\n1,Rivers of Sand,2020\n")
    assert record.fields["title"] == "Rivers of Sand"


def test_a_row_of_a_schedule_without_a_paper_has_no_title():
    text = "Date,Paper,DOI\n2026-05-27,Dense Clouds,10.1000/182\n2026-06-03,No meeting,\n2026-06-10,entfällt,\n"
    found = read_list(Source.from_text(text, "a.csv"), FileReport("a.csv"), Problems())
    assert [record.fields.get("title") for record in found] == ["Dense Clouds", None, None]


def test_columns_of_dspace_are_read_whatever_language_they_name() -> None:
    text = (
        "id,dc.title[en_US],dc.contributor.author[],dc.date.issued,dc.subject[en_US],dc.identifier.uri\n"
        'x,Counting Sheep,"Example, Ada||Sample, Bo",2026-05-14,sheep||wool,https://e.org/1\n'
    )
    (record,) = read_list(Source.from_text(text, "a.csv"), FileReport("a.csv"), Problems())
    found = {name: record.fields[name] for name in ("title", "published", "keywords", "links")}
    assert found == {
        "title": "Counting Sheep",
        "published": "2026-05-14",
        "keywords": ["sheep", "wool"],
        "links": {"page": "https://e.org/1"},
    }
    assert parse_authors(record.fields["authors"]).names == ("Ada Example", "Bo Sample")
