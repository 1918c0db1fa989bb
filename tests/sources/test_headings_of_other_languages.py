"""Tables in other languages: headings, separators, encodings and dates."""

from pathlib import Path

import pytest

from site_builder.model.raw_paper import RawPaper
from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list, read_sources
from site_builder.sources.fields.field_names import FIELD_NAMES, LINK_NAMES, plain_name
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats import curated_lists, delimited
from site_builder.sources.source import Source

TABLES = {
    "German": "Titel;Autoren;Erscheinungsdatum;Zeitschrift;Jahrgang;Heft;Seiten;Abstract;Schlüsselwörter;DOI;Link",
    "German, one author": "Titel;Autor/in;Datum;Zeitschrift;Band;Heft;Seiten;Kurzfassung;Stichworte;DOI;Verweis",
    "French": "Titre;Auteur(s);Date de publication;Revue;Volume;Numéro;Pages;Résumé;Mots-clés;DOI;Lien",
    "Spanish": "Título;Autores;Fecha de publicación;Revista;Volumen;Número;Páginas;Resumen;Palabras clave;DOI;Enlace",
    "Portuguese": "Título;Autores;Data de publicação;Revista;Volume;Número;Páginas;Resumo;Palavras-chave;DOI;URL",
    "Russian": "Название;Авторы;Дата публикации;Журнал;Том;Номер;Страницы;Аннотация;Ключевые слова;DOI;Ссылка",
    "Polish": "Tytuł;Autorzy;Data publikacji;Czasopismo;Tom;Numer;Strony;Streszczenie;Słowa kluczowe;DOI;Odnośnik",
    "Turkish": "Başlık;Yazarlar;Yayın tarihi;Dergi;Cilt;Sayı;Sayfalar;Özet;Anahtar kelimeler;DOI;Bağlantı",
    "Chinese, simplified": "标题;作者;发表日期;期刊;卷;期;页码;摘要;关键词;DOI;链接",
    "Chinese, traditional": "標題;作者;出版日期;期刊名稱;卷號;期號;頁碼;摘要;關鍵詞;DOI;連結",
    "Japanese": "題名;著者;発行日;雑誌名;巻;号;ページ;抄録;キーワード;ＤＯＩ;リンク",
}
ROW = "Weiden;Ada Example;05.01.2024;Blätter;12;3;1-9;Sie wachsen.;Bäume;10.1000/weiden;https://a.example/weiden"
FIELDS = {
    "title": "Weiden",
    "authors": "Ada Example",
    "published": "2024-01-05",
    "venue": "Blätter",
    "issue": "3",
    "pages": "1-9",
    "abstract": "Sie wachsen.",
    "keywords": ["Bäume"],
    "doi": "10.1000/weiden",
    "links": {"page": "https://a.example/weiden"},
}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("language", TABLES)
def test_a_table_is_read_in_its_language(language: str, separator: str) -> None:
    source = Source.from_text(f"{TABLES[language]}\n{ROW}\n".replace(";", separator), "papers/a.csv")
    assert delimited.READER.recognises(source)
    (item,) = delimited.READER.read(source)
    assert isinstance(item, RawPaper)
    assert {name: value for name, value in item.fields.items() if name != "volume"} == FIELDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_that_excel_writes_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("題名;著者\r\n柳の成長;例 花子\r\n".encode(encoding))
    problems = Problems()
    (record,) = read_sources(tmp_path, problems).records
    assert record.fields == {"title": "柳の成長", "authors": "例 花子"}
    assert list(problems) == []


def test_an_encoding_of_a_country_is_read_where_the_names_of_columns_leave_no_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("标题;作者\n柳树;例\n".encode("gb18030"))
    problems = Problems()
    (record,) = read_sources(tmp_path, problems).records
    assert record.fields == {"title": "柳树", "authors": "例"}
    assert list(problems) == []


def test_accents_may_be_signs_of_their_own() -> None:
    import unicodedata

    assert plain_name(unicodedata.normalize("NFD", "Título")) == plain_name("Título") == "titulo"


def test_no_name_means_two_fields() -> None:
    """If two fields had the same name, the order of the table would decide between them."""
    seen: dict[str, str] = {}
    for field, names in [*FIELD_NAMES.items(), *LINK_NAMES.items()]:
        for name in names:
            assert seen.setdefault(name, field) == field or name.isascii(), f"{name}: {seen[name]} and {field}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5. März 2024", "2024-03-05"),
        ("5 janvier 2024", "2024-01-05"),
        ("1er août 2024", "2024-08-01"),
        ("5 de enero de 2024", "2024-01-05"),
        ("Dez. 2023", "2023-12"),
        ("décembre 2023", "2023-12"),
        ("12 set. 2024", "2024-09-12"),
        ("05.01.2024", "2024-01-05"),
        ("5. 1. 2024", "2024-01-05"),
        ("2024年1月5日", "2024-01-05"),
        ("2024年1月", "2024-01"),
        ("2024年度", "2024"),
        ("2024.0", "2024"),
        ("2024.01.05", "2024-01-05"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("05/01/2024", "05/01/2024"),
        ("31.02.2024", "31.02.2024"),
        ("32/13/2024", "32/13/2024"),
        ("mai bien 2024 mots", "mai bien 2024 mots"),
    ],
)
def test_dates_are_read_where_they_are_certain_and_left_as_written_where_not(written: str, read: str) -> None:
    assert written_date(written) == read


@pytest.mark.parametrize(
    "heading",
    [
        *("publish_time", "Publish Date", "Published on", "Release Date", "Submitted", "publishTime", "submitted_date"),
        *("Submission Date", "Publication Date", "date"),
    ],
)
def test_a_column_of_dates_has_many_names(heading: str) -> None:
    source = Source.from_text(f'title,{heading},authors\nRow,2001-07-04,"Example, Ada"\n', "papers/a.csv")
    (item,) = delimited.READER.read(source)
    assert isinstance(item, RawPaper)
    assert item.fields["published"] == "2001-07-04"


@pytest.mark.parametrize(
    "header", ["Название | Авторы | Год", "Статья | Авторы | Год", "Tytuł | Autorzy | Rok", "论文 | 作者 | 年份"]
)
def test_a_markdown_table_is_read_in_its_language(header: str) -> None:
    source = Source.from_text(f"| {header} |\n|---|---|---|\n| Weiden | Ada Example | 2024 |\n", "papers/a.md")
    assert curated_lists.TABLE.recognises(source)
    (item,) = [item for item in curated_lists.TABLE.read(source) if isinstance(item, RawPaper)]
    assert item.fields == {"title": "Weiden", "authors": "Ada Example", "published": "2024"}


def test_language_and_full_text_have_columns_in_other_languages_too():
    text = "Titel;Autor;Sprache;Volltext\nSchafe zählen;Ada Beispiel;de;https://example.org/x.pdf\n"
    (record,) = read_list(Source.from_text(text, "a.csv"), FileReport("a.csv"), Problems())
    assert (record.fields["language"], record.fields["links"]) == ("de", {"pdf": "https://example.org/x.pdf"})
