"""Unreadable files are reported with their kind and a remedy."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems import Problems
from site_builder.sources import read_sources
from site_builder.sources.file_kinds import kind_of, text_kind


def packed(*names: str, first: str = "") -> bytes:
    """Return a ZIP archive with files of these names. first: the text of a file `mimetype` before them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def old_office(part: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + part.encode("utf-16-le") + b"\x00" * 20


FILES = {
    "paper.txt": (b"%PDF-1.5\n%\xbf\xf7\n1 0 obj\n", "is a PDF"),
    "text.txt": (b"%PDF-1.4\n1 0 obj << /Title (A Paper) >> endobj\n%%EOF\n", "is a PDF"),
    "a.docx": (packed("[Content_Types].xml", "word/document.xml"), "is a Word document"),
    "a.xlsx": (packed("[Content_Types].xml", "xl/workbook.xml"), "is an Excel workbook"),
    "a.pptx": (packed("[Content_Types].xml", "ppt/presentation.xml"), "is a PowerPoint presentation"),
    "a.odt": (packed("content.xml", first="application/vnd.oasis.opendocument.text"), "is an OpenDocument text"),
    "a.ods": (
        packed("content.xml", first="application/vnd.oasis.opendocument.spreadsheet"),
        "is an OpenDocument spreadsheet",
    ),
    "a.epub": (packed("META-INF/container.xml", first="application/epub+zip"), "is an e-book (EPUB)"),
    "a.pages": (packed("Index/Document.iwa"), "is a Pages, Numbers or Keynote document"),
    "a.zip": (packed("refs.bib"), "is a ZIP archive"),
    "a.doc": (old_office("WordDocument"), "is a Word document"),
    "a.xls": (old_office("Workbook"), "is an Excel workbook"),
    "a.msg": (old_office("__substg1.0_0037001F"), "is an Outlook message"),
    "a.rtf": (rb"{\rtf1\ansi{\fonttbl}A Paper}", "is a rich-text document (RTF)"),
    "a.heic": (b"\x00\x00\x00\x18ftypheic\x00\x00", "is a picture"),
    "shot": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a picture"),
    "a.tiff": (b"II*\x00\x08\x00\x00\x00", "is a picture"),
    "talk.m4v": (b"\x00\x00\x00\x18ftypmp42\x00\x00", "is a sound or a film"),
    "zotero.db": (b"SQLite format 3\x00\x10\x00", "is an SQLite database"),
    "a.json.xz": (b"\xfd7zXZ\x00\x00\x04", "is packed with xz"),
    "a.json.bz2": (b"BZh91AY&SY\x00\x01", "is packed with bzip2"),
    "a.json.zst": (b"\x28\xb5\x2f\xfd\x04\x00", "is packed with Zstandard"),
    "a.7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "is a 7z archive"),
    "a.rar": (b"Rar!\x1a\x07\x01\x00", "is a RAR archive"),
    "a.tar": (b"refs.bib".ljust(257, b"\x00") + b"ustar\x0000", "is a tar archive"),
    "a.parquet": (b"PAR1\x15\x04\x15", "is a Parquet table"),
    "a.pkl": (b"\x80\x04\x95\x10\x00", "is a Python pickle"),
    "a.svg.txt": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is a picture"),
    "feeds.opml": (b'<?xml version="1.0"?>\n<opml version="2.0"><body/></opml>', "is an OPML list of feeds"),
    "a.xml": (b'<?xml version="1.0"?>\n<catalogue><book/></catalogue>', "is XML of a kind that is not read"),
    "mods.xml": (b'<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods/></modsCollection>', "is a MODS record"),
    "mods3.xml": (b'<?xml version="1.0"?>\n<m:mods xmlns:m="http://www.loc.gov/mods/v3"/>', "is a MODS record"),
    "marc.xml": (b'<collection xmlns="http://www.loc.gov/MARC21/slim"><record/></collection>', "is a MARC record"),
    "marc.txt": (b"=LDR  00714cam a2200205 a 4500\n=245  10$aCounting sheep\n", "is a MARC record"),
    "marc.mrc": (b"00714cam a2200205 a 4500001001300000245002500013\x1eCounting sheep\x1d", "is a MARC record"),
    "tei.xml": (b'<!-- by GROBID --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>', "is a TEI document"),
    "onix.xml": (b"<ONIXMessage><Product/></ONIXMessage>", "is an ONIX message"),
    "sources.xml": (
        b'<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"/>',
        "is a list of Word's sources",
    ),
    "paper.tex": (b"% A draft\n\\documentclass{article}\n\\begin{document}\n", "is a LaTeX document"),
    "ovid.cgi.txt": (
        b"<1>\nUnique Identifier\n  31234567\nTitle\n  Counting sheep.\nSource\n  J Wool. 12(3):1-20, 2026.\n"
        b"Authors\n  Example A; Sample B.\n",
        "is an export of Ovid",
    ),
    "ovid_from_12.txt": (b"<12>\nAuthor\n  Example, Ada\nTitle\n  Counting sheep.\n", "is an export of Ovid"),
    "ovid_plain.txt": (
        b"\nScore\n  *****\nAccession Number\n  00042637-1.\nAuthor\n  Doe, J.\n",
        "is an export of Ovid",
    ),
    "drawn.svg.txt": (
        b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
        "is a picture",
    ),
    "marked.txt": (b"\xef\xbb\xbf%PDF-1.4\n1 0 obj", "is a PDF"),
    "read.ipynb": (
        b'{\n "cells": [{"cell_type": "markdown", "source": ["# A"]}],\n "nbformat": 4}',
        "is a Jupyter notebook",
    ),
    "kept.json": (b"version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n", "is a pointer of Git LFS"),
    "daily.py": (b"#!/usr/bin/env python3\nimport json\n", "is a program"),
    "limit.json": (b'{"error": "rate limit exceeded", "code": 429}', "is the refusal of a service"),
    "gone.json": (b'{"message": "Not Found", "status": "404"}', "is the refusal of a service"),
    "list.eml.txt": (
        b"From: list@example.org\nSubject: New papers\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n1. On dams, =C3=89mile Doe, https://arxiv.org/abs/2601.00001\n"
        b"2. On dams, part 2, Jane Doe, https://arxiv.org/abs/2601=\n.00002\n",
        "is a mail as it is sent",
    ),
    "a.eml": (
        b"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\n",
        "is a mail as it is sent",
    ),
    "a.mdb": (b"\x00\x01\x00\x00Standard Jet DB\x00", "is an Access database"),
    "a.one": (bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3"), "is a OneNote notebook"),
    "a.lnk": (b"L\x00\x00\x00\x01\x14\x02\x00", "is a shortcut of Windows"),
    "a.enc": (b"Salted__\x80\x81\x82\x83", "is encrypted"),
    "a.ics": (b"BEGIN:VCALENDAR\nSUMMARY:A Talk\nEND:VCALENDAR\n", "is a calendar"),
    "a.vcf": (b"BEGIN:VCARD\nFN:Ada Example\nEND:VCARD\n", "is a file of contacts"),
    "a.gdoc": (b'{"url":"https://docs.google.com/open?id=1","doc_id":"1"}', "is a link to a Google document"),
    "a.desktop": (b"[Desktop Entry]\nType=Link\nURL=https://arxiv.org/abs/2605.01234\n", "is a link to a web page"),
    "a.mhtml": (b"From: <Saved by Blink>\nContent-Type: multipart/related;\n", "is a web page saved as one file"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_as_what_it_is_with_what_to_do(name: str, tmp_path: Path) -> None:
    data, told = FILES[name]
    (tmp_path / name).write_bytes(data)
    problems = Problems()
    assert not read_sources(tmp_path, problems).records
    (problem,) = problems
    assert problem.what.startswith(told)
    assert problem.what.endswith("no list of papers")
    assert problem.remedy
    assert "UTF-8;" not in str(problem)


@pytest.mark.parametrize(("name", "told"), [("a.pdf", "is a PDF"), ("a.png", "is a picture")])
def test_a_file_in_a_wrong_folder_is_told_as_what_it_is(name: str, told: str, tmp_path: Path) -> None:
    data = b"%PDF-1.4\n" if name.endswith("pdf") else b"\x89PNG\r\n\x1a\n"
    (tmp_path / name).write_bytes(data)
    problems = Problems()
    read_sources(tmp_path, problems)
    (problem,) = problems
    assert problem.what == f"{told}, no list of papers, and is not published"
    assert f"static/{name}" in problem.remedy


def test_a_packed_file_is_told_by_what_is_inside(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(FILES["a.tar"][0]))
    problems = Problems()
    read_sources(tmp_path, problems)
    assert [problem.what for problem in problems] == ["is a tar archive, no list of papers"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_no_list_of_words_is_taken_for_another_kind(text: str) -> None:
    assert kind_of(f"A list: {text}".encode()) is None


@given(st.text())
def test_every_text_is_judged(text: str) -> None:
    text_kind(text)
    text_kind(f"<?xml version='1.0'?>{text}")


def test_bytes_of_no_kind_are_told_as_no_text_rather_than_as_an_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(b"\x85\x01\x02\xff\xfe\x03" * 20)
    problems = Problems()
    assert not read_sources(tmp_path, problems).records
    (problem,) = problems
    assert problem.what.startswith("is no text file")
    assert "UTF-8" not in str(problem)


def test_the_lines_of_a_log_are_no_titles(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("2024-01-05 10:00:00 INFO started\n2024-01-05 10:00:01 INFO done now\n")
    problems = Problems()
    assert not read_sources(tmp_path, problems).records
    assert len(list(problems)) == 1
