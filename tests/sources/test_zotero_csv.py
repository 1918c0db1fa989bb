"""Zotero's CSV: rows that are no papers, the curator's notes, and the Extra column."""

from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import delimited, recognise, zotero_csv
from site_builder.sources.source import Source

HEADER = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date",'
    '"Date Added","Pages","Issue","Volume","Extra","Notes","File Attachments","Manual Tags","Automatic Tags"'
)


def row(**cells: str) -> str:
    names = [name.strip('"').replace(" ", "_") for name in HEADER.split(",")]
    return ",".join(f'"{cells.get(name, "")}"' for name in names)


PAPER = row(
    Key="ABCD2345",
    Item_Type="journalArticle",
    Publication_Year="2024",
    Author="Roe, Bo; van der Berg, Piet",
    Title="Growth of Salix",
    Publication_Title="Journal of Invented Growth",
    Url="https://a.example/willows",
    Date="2024-01-05",
    Date_Added="2025-02-01 10:00:00",
    Extra="DOI: 10.1000/growth.1\narXiv:2401.00001 [q-bio]\nCitation Key: roe2024",
    Notes="<p>my own words</p>",
    File_Attachments="/home/curator/willows.pdf",
    Manual_Tags="trees; leaves",
)


def read(*rows: str) -> list[Item]:
    source = Source.from_text("\n".join([HEADER, *rows, ""]), "papers/a.csv")
    assert recognise(source) is zotero_csv.READER
    return list(zotero_csv.READER.read(source))


def test_an_item_is_read_without_the_curators_notes_and_files() -> None:
    (item,) = read(PAPER)
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Growth of Salix",
        "authors": "Roe, Bo; van der Berg, Piet",
        "published": "2024-01-05",
        "doi": "10.1000/growth.1",
        "arxiv": "2401.00001",
        "venue": "Journal of Invented Growth",
        "tags": ["trees", "leaves"],
        "kind": "article",
        "key": "roe2024",
        "links": {"page": "https://a.example/willows"},
    }


def test_attachments_and_notes_are_set_aside_and_broken_rows_told() -> None:
    items = read(row(Item_Type="attachment", Title="PDF"), row(Item_Type="note", Notes="x"), "broken", PAPER)
    assert [type(item) for item in items] == [Skipped, Skipped, Problem, RawPaper]


def test_another_table_is_a_table() -> None:
    assert recognise(Source.from_text("Key,Item Type,Title,Year\n1,a,One,2024\n", "a.csv")) is delimited.READER
