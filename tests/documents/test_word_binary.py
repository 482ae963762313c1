"""DOC files written from nothing: no program that writes the format is needed, and none is the referee.

Where LibreOffice is installed, files that it writes are read too.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.documents.document import IMAGE, Document
from goicrawl.documents.formats import sniff
from goicrawl.documents.word_binary import read_doc, read_wps
from goicrawl.reading import parse_report
from tests.documents.containers import IN_TABLE, ROW_END, Doc, compound, depth, doc_of, shape
from tests.documents.office import EVERY, draft, problems_of, texts, word


@pytest.mark.parametrize("shapes", [True, False])
@pytest.mark.parametrize(("name", "form"), EVERY)
def test_every_figure_of_a_report_is_read(name: str, form: str, shapes: bool) -> None:
    data = doc_of(draft(name, form), shapes=shapes).save(pieces=3)
    problems, report = problems_of(data, draft(name, form))
    assert problems == []
    assert (report.outcome, report.reasons) == ("complete", ())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_file_that_another_program_wrote(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(word(draft("suqian_2024", "f2021")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, timeout=120)
    data = (tmp_path / "report.doc").read_bytes()
    assert problems_of(data, draft("suqian_2024", "f2021"))[0] == []


def read(doc: Doc, *, pieces: int = 1, compressed: bool = False) -> Document:
    document = read_doc(doc.save(pieces=pieces, compressed=compressed))
    assert document.problems == ()
    return document


def test_text_in_pieces_of_both_kinds() -> None:
    doc = Doc()
    doc.add("abc")
    doc.add("def")
    assert texts(read(doc, compressed=True, pieces=2)) == ["abc", "def"]
    doc.add("甲\U00020000乙\x0b丙")
    assert texts(read(doc, pieces=2))[-2:] == ["甲\U00020000乙", "丙"]


def test_headings() -> None:
    doc = Doc()
    for style in (0, 1, 3, 9, 10):
        doc.add("x", style=style)
    assert [block.level for block in read(doc).paragraphs] == [None, 1, 3, 6, None]


def test_spans() -> None:
    doc = Doc()
    doc.row(["甲", "乙"], shape([0, 700, 2100], [3, 0]))
    doc.row(["", "1", "2"], shape([5, 705, 1405, 2105], [1, 0, 0]))
    doc.row(["丙", "", "3"], shape([0, 700, 1400, 2100], across=[2, 1, 0]))
    doc.row(["丁", "4"], shape([700, 1400, 2100]))
    (grid,) = read(doc).grids
    found = [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]
    assert found == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("丙", 2, 0, 1, 2),
        ("3", 2, 2, 1, 1),
        ("", 3, 0, 1, 1),
        ("丁", 3, 1, 1, 1),
        ("4", 3, 2, 1, 1),
    ]


def test_merging_said_after_the_definition() -> None:
    doc = Doc()
    for text, kind in (("甲", 3), ("", 1)):
        doc.row([text, "1"], shape([0, 700, 1400]) + struct.pack("<HBBB", 0xD62B, 2, 0, kind))
    (grid,) = read(doc).grids
    assert [(cell.text, cell.rowspan) for cell in grid.cells] == [("甲", 2), ("1", 1), ("1", 1)]


def test_an_empty_last_cell_is_no_end_of_a_row() -> None:
    doc = Doc()
    doc.row(["a", ""])
    doc.row(["", "2"])
    (grid,) = read(doc).grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", ""], ["", "2"]]
    assert not grid.spans


def test_a_large_definition_stands_in_the_data() -> None:
    doc = Doc(data=b"\0" * 10)
    own = IN_TABLE + ROW_END + shape(range(0, 1500, 100), [0] * 14)
    doc.data += struct.pack("<H", len(own)) + own
    for n in range(14):
        doc.add(str(n), IN_TABLE, end="\x07")
    doc.add("", struct.pack("<HI", 0x6646, 10), end="\x07")
    (grid,) = read(doc).grids
    assert (grid.height, grid.width, grid.spans) == (1, 14, True)


def test_a_table_in_a_table() -> None:
    doc = Doc()
    doc.add("上", IN_TABLE)
    for text in ("a", "1"):
        doc.add(text, depth(2) + struct.pack("<HB", 0x244B, 1))
    doc.add("", depth(2) + struct.pack("<HBHB", 0x244B, 1, 0x244C, 1))
    doc.add("下", IN_TABLE, end="\x07")
    doc.add("", IN_TABLE + ROW_END, end="\x07")
    doc.add("后")
    assert texts(read(doc)) == ["上", [["a", "1"]], "下", "后"]


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        (struct.pack("<HB", 0x0800, 1), ""),
        (struct.pack("<HB", 0x083C, 1), ""),
        (struct.pack("<HB", 0x0837, 1), ""),
        (struct.pack("<HB", 0x083C, 0), "12"),
        (struct.pack("<HB", 0x2A48, 1), "¹²"),
        (struct.pack("<HB", 0x2A48, 2), "₁₂"),
        (struct.pack("<HB", 0x0835, 1), "12"),
    ],
)
def test_how_characters_stand(properties: bytes, shown: str) -> None:
    doc = Doc()
    doc.add("a", IN_TABLE, end="\x07")
    doc.add("12", IN_TABLE, end="\x07", run=properties)
    doc.add("", IN_TABLE + ROW_END, end="\x07")
    (grid,) = read(doc).grids
    assert [cell.text for cell in grid.cells] == ["a", shown]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5\x02", "5¹"),
        ("\x13 =SUM(LEFT) \x145\x15", "5"),
        ("\x13 PAGE \x13 x \x147\x15 \x145\x15", "5"),
        ("\x13 PAGE 5\x15", ""),
        ("\x01", IMAGE),
        ("5\x1e6\x1f7", "5-67"),
        ("5\x0b6", "5\n6"),
        ("　", ""),
    ],
)
def test_what_a_cell_shows(text: str, shown: str) -> None:
    doc = Doc()
    doc.row(["a", text])
    (grid,) = read(doc).grids
    assert grid.cells[1].text == shown


def test_notes_and_text_boxes_follow_and_headers_do_not() -> None:
    doc = Doc()
    for text in ("正文\x02", "\x02注", "页眉", "批注", "尾注", "框"):
        doc.add(text)
    doc.parts = (3, 3, 0, 3, 3, 2)
    assert texts(read(doc)) == ["正文¹", "²注", "尾注", "框"]


def codes(document: Document) -> list[str]:
    return [problem.partition(":")[0] for problem in document.problems]


def test_what_cannot_be_read_has_a_code() -> None:
    doc = Doc()
    doc.add("a")
    assert codes(read_doc(doc.save(flags=0x100))) == ["encrypted"]
    assert codes(read_doc(compound({"WordDocument": struct.pack("<HH", 0xA5DC, 0x68)}))) == [
        "format_not_read"
    ]
    assert codes(read_doc(compound({"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1)}))) == ["damaged_file"]
    assert codes(read_doc(compound({"Other": b"x"}))) == ["damaged_file"]
    assert codes(read_doc(b"x")) == ["damaged_file"]
    report = parse_report(doc.save(flags=0x100))
    assert (report.outcome, report.reasons) == (
        "attachment_only",
        ("encrypted: the document is protected by a password",),
    )


def test_what_a_container_holds() -> None:
    doc = Doc()
    doc.add("a")
    data = doc.save()
    assert sniff(data) == "doc"
    assert sniff(data, "application/kswps") == "wps"
    assert read_wps(data).media_type == "application/kswps"
    assert sniff(compound({"Workbook": b"x"})) == "xls"
    assert sniff(compound({"Workbook": b"x"}), "application/kset") == "et"
    assert sniff(compound({"EncryptedPackage": b"x"})) == "docx"
    assert sniff(compound({"PowerPoint Document": b"x"})) == "binary"
    assert codes(read_doc(compound({"EncryptedPackage": b"x"}))) == ["damaged_file"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_after_the_signature_never_raise(data: bytes) -> None:
    whole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data
    assert codes(read_doc(whole)) == ["damaged_file"]
    assert parse_report(whole).reasons != ()


_SAVED = doc_of(draft("pingtan_2018", "fujian2008")).save(pieces=2)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(_SAVED) - 1), st.binary(min_size=1, max_size=40), st.booleans())
def test_damaged_files_never_raise(at: int, noise: bytes, cut: bool) -> None:
    read_doc(_SAVED[:at] + noise + (b"" if cut else _SAVED[at + len(noise) :]))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 0x1AA), st.binary(min_size=1, max_size=8))
def test_damaged_heads_never_raise(at: int, noise: bytes) -> None:
    place = 512 + at
    read_doc(_SAVED[:place] + noise + _SAVED[place + len(noise) :])
