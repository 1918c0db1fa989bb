"""Decoding files, from whatever editor or machine."""

import gc
import gzip
import io

import pytest

from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources import source as source_module
from site_builder.sources.source import DecodeError, Source


def source(data: bytes) -> Source:
    return Source("papers/a.txt", lambda: io.BytesIO(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_arrives_from_every_common_encoding(encoding):
    assert source("Köln\r\nÅrhus, Łódź\rend".encode(encoding)).text() == "Köln\nÅrhus, Łódź\nend"


def test_the_marks_of_files_that_were_put_one_behind_the_other_are_no_text():
    joined = source("one\n".encode("utf-8-sig") + "two\nthree \ufeffx\n".encode("utf-8-sig"))
    assert joined.text() == "one\ntwo\nthree \ufeffx\n"
    assert [line for _, line in joined.lines()] == ["one", "two", "three \ufeffx"]


def test_an_xml_declaration_names_an_older_encoding():
    declared = "<?xml version='1.0' encoding='ISO-8859-1'?><a>Köln</a>"
    assert source(declared.encode("latin-1")).text() == declared


def test_a_packed_file_is_unpacked():
    assert list(source(gzip.compress(b"one\ntwo\n")).lines()) == [(1, "one"), (2, "two")]


def test_a_packed_file_is_closed_after_reading(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one\n"))
    source = Source.from_file(tmp_path / "a.gz", "a.gz")
    assert list(source.lines()) == [(1, "one")]
    gc.collect()


def test_bytes_that_are_no_text_are_named_with_their_line():
    with pytest.raises(
        DecodeError, match="holds bytes that are no UTF-8; it seems to be Windows-1252: save it as UTF-8"
    ) as caught:
        source(b"one\ntwo\n\xff\xfe\xfa three")
    assert caught.value.line == 3


def test_a_file_with_nul_characters_is_no_text():
    with pytest.raises(DecodeError, match="NUL") as caught:
        source(b"one\n\x00\x01 two three four five six")
    assert caught.value.line == 2


def test_a_long_file_with_a_stray_nul_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(source_module, "HEAD_CHARACTERS", 3000)
    text = "\x00" + "x" * 2999 + "end"
    assert source(text.encode()).text() == text[1:]
    assert list(source(text.encode()).lines()) == [(1, text[1:])]


def test_a_damaged_archive_is_named_as_such():
    with pytest.raises(DecodeError, match="damaged gzip data"):
        source(gzip.compress(b"some text" * 100)[:-9])


def test_a_missing_file_is_named_as_such(tmp_path):
    with pytest.raises(DecodeError, match=r"cannot be read \(No such file or directory\)"):
        Source.from_file(tmp_path / "gone", "gone")


def test_a_text_past_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(source_module, "MAX_TEXT", 100_000)
    with pytest.raises(DecodeError, match="holds more than 100,000 characters; split it"):
        source(b"x" * 100_001).text()


def test_a_line_past_the_bound_is_refused_and_the_lines_before_it_are_read(monkeypatch):
    monkeypatch.setattr(source_module, "MAX_LINE", 1000)
    lines = source(b"short\n" + b"x" * 1001).lines()
    assert next(lines) == (1, "short")
    with pytest.raises(DecodeError, match="the line is longer than 1,000 characters") as caught:
        next(lines)
    assert caught.value.line == 2


def test_an_archive_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(source_module, "MAX_UNPACKED", 1_000_000)
    bomb = source(gzip.compress(b"0123456789\n" * 200_000))
    with pytest.raises(DecodeError, match="unpacks to more than 1,000,000 bytes"):
        list(bomb.lines())


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("Cp1252", "cp1252"),
        ("ISO8859_1", "latin-1"),
        ("ISO-8859-2", "iso8859-2"),
        ("GBK", "gbk"),
    ],
)
def test_a_comment_in_the_first_line_names_an_older_encoding(name, encoding):
    written = "米" if encoding == "gbk" else "Müller"
    data = f"% Encoding: {name}\n\n@misc{{a, author = {{{written}}}}}\n".encode(encoding)
    assert written in Source("papers/a.bib", lambda: io.BytesIO(data)).text()


def test_what_is_utf_8_stays_so_whatever_its_first_line_says():
    data = "% Encoding: windows-1252\nMüller\n".encode()
    assert "Müller" in Source("papers/a.bib", lambda: io.BytesIO(data)).text()


@pytest.mark.parametrize("name", ["rot13", "UTF-8", "nonsense", "zlib"])
def test_a_comment_that_names_no_encoding_of_text_changes_nothing(name):
    data = f"% Encoding: {name}\n".encode() + b"M\xfcller\n"
    with pytest.raises(DecodeError, match="no UTF-8"):
        Source("papers/a.bib", lambda: io.BytesIO(data)).text()


@pytest.mark.parametrize(
    "read",
    [
        Source.text,
        lambda source: "\n".join(line for _, line in source.lines()),
        lambda source: source.beginning(30_000)[0],
        lambda source: source.head if source.widen() else "",
    ],
)
def test_an_older_encoding_is_read_also_far_down_in_the_file(monkeypatch, read):
    monkeypatch.setattr(source_module, "HEAD_CHARACTERS", 40)
    data = b"% Encoding: windows-1252\n" + b"a" * 20_000 + b"M\xfcller\n"  # beyond what is decoded at once
    assert "Müller" in read(Source("papers/a.bib", lambda: io.BytesIO(data)))


TABLES = {
    "gb18030": "标题,作者,年份\n稀疏的云一二三,张三; 李四,2026\n",
    "cp932": "タイトル,著者,年\n羊を数える研究,山田太郎,2026\n",
    "cp949": "제목,저자,연도\n양을 세는 연구,김철수,2026\n",
    "big5": "標題,作者,年份\n數羊的研究,張三,2026\n",
    "cp1251": "Название;Авторы;Год\nО счёте овец;Иванов И. И.;2026\n",
    "cp1250": "Název;Autoři;Rok\nPočítání oveček;Řehoř Novák;2026\n",
    "cp1252": "Titre,Auteurs,Année\nÉtude des moutons,Zoé Exemple,2026\n",
}
NAMES = {
    "gb18030": "GB18030",
    "cp932": "Shift_JIS",
    "cp949": "EUC-KR",
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
}


@pytest.mark.parametrize("encoding", TABLES)
def test_an_older_encoding_is_read_where_the_columns_of_a_table_make_it_certain(tmp_path, encoding):
    (tmp_path / "a.csv").write_bytes(TABLES[encoding].encode(encoding))
    assert Source.from_file(tmp_path / "a.csv", "a.csv").text() == TABLES[encoding]


@pytest.mark.parametrize("encoding", NAMES)
def test_an_older_encoding_that_is_not_certain_is_named(tmp_path, encoding):
    text = f"title,authors,year\n{TABLES[encoding].partition(chr(10))[2]}"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    with pytest.raises(DecodeError, match=f"it seems to be {NAMES[encoding]}") as caught:
        Source.from_file(tmp_path / "a.csv", "a.csv")
    assert caught.value.line == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", TABLES)
def test_utf_16_without_a_mark_is_read_in_every_script(tmp_path, encoding, name):
    (tmp_path / "a.csv").write_bytes(TABLES[name].encode(encoding))
    assert Source.from_file(tmp_path / "a.csv", "a.csv").text() == TABLES[name]


@pytest.mark.parametrize(
    "first_line",
    [
        "This file was created with JabRef 2.10.\nEncoding: ISO8859_1\n",
        "% !TEX encoding = IsoLatin",
        "%% Saved with string encoding Western (ISO Latin 1)",
        "% -*- coding: latin-1 -*-",
        'Provider: Meadow\nContent: text/plain; charset="windows-1252"\n',
    ],
)
def test_an_encoding_that_the_first_lines_name_is_that_of_the_file(first_line):
    data = f"{first_line}\n@misc{{a, title = {{Sheep in Zürich}}}}\n".encode("latin-1")
    assert "Zürich" in Source("papers/a.bib", lambda: io.BytesIO(data)).text()


def test_an_umlaut_within_a_word_is_not_taken_for_chinese():
    data = "TY  - JOUR\nTI  - Die Kühe von Müller\nER  - \n".encode("cp1252")
    with pytest.raises(DecodeError) as raised:
        Source("papers/a.ris", lambda: io.BytesIO(data)).text()
    assert "Windows-1252" in str(raised.value.remedy)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("> - [On Dams](https://arxiv.org/abs/2605.01234)\n>\n> Jane\n", ["On Dams"]),
        ("> > TY  - JOUR\n> > TI  - On Dams\n> > ER  -\n", ["On Dams"]),
        (
            "On Mon, 5 Jan 2026 Jane Doe <jane@meadow.example> wrote:\n"
            "> Doe, J., & Roe, B. (2017). On dams of rivers. Journal of Dams, 12(3), 1-9.\n"
            "> Roe, B., & Doe, J. (2015). On weirs of rivers. Journal of Dams, 12(3), 1-9.\n",
            ["On dams of rivers", "On weirs of rivers"],
        ),
        ("Look at these.\n\n> On Dams of Rivers\n> On Weirs of Rivers\n> On Seas and Rivers\n", None),
        ("> A thought on rivers.\n\n- [On Dams](https://arxiv.org/abs/2605.01234)\n", ["On Dams"]),
    ],
)
def test_a_list_that_a_mail_quotes_is_read_without_the_marks(text, titles):
    problems, report = Problems(), FileReport("papers/a.txt")
    records = list(read_list(Source.from_text(text, "papers/a.txt"), report, problems))
    assert titles is None or [record.fields["title"] for record in records] == titles
    assert records or list(problems)
