"""What some bytes are, whatever their name says."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.documents.formats import MEDIA_TYPES, sniff


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x00" * 100, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "doc"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (zipped("word/a.docx", "xl/b.xlsx"), "archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"GIF89a", "image"),
        (b"II*\x00\x08\0\0\0", "image"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (gzip.compress(b"<html>", mtime=0), "archive"),
        (zipped("word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("a.txt"), "archive"),
        (random.Random(1).randbytes(4096), "binary"),
        (b"MZ\x90" + bytes(range(32)) * 20, "binary"),
        ("<!DOCTYPE html><p>甲".encode(), "html"),
        ("\ufeff<HTML><BODY>甲".encode(), "html"),
        ("<P>甲".encode("gbk"), "html"),
        ("<table><tr><td>甲".encode("utf-16"), "html"),
        ("甲<br>乙".encode(), "html"),
        ("甲，1<2 且 3>2".encode(), "text"),
        ("| 甲 | 1 |\n".encode(), "text"),
        ("政府信息公开".encode("gbk"), "text"),
        ("政府信息公开".encode("utf-16"), "text"),
        ("甲\x0c乙\x00丙".encode() * 2 + b" " * 40, "text"),
    ],
)
def test_by_the_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_a_media_type_says_what_text_is() -> None:
    data = "甲 1".encode()
    assert sniff(data, "text/html; charset=utf-8") == "html"
    assert sniff(data, "Application/XHTML+XML") == "html"
    assert sniff(data, "text/plain") == "text"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b""])
def test_a_signature_counts_for_more_than_a_media_type(data: bytes) -> None:
    assert sniff(data, "text/html") == sniff(data)


@given(st.binary(max_size=300), st.none() | st.text(max_size=30))
def test_any_bytes_are_something(data: bytes, media_type: str | None) -> None:
    kind = sniff(data, media_type)
    assert kind in MEDIA_TYPES or kind == "empty"
