"""Pages whose bytes are not what they say."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.documents.encodings import as_utf8, decode
from goicrawl.documents.html import read_html
from tests.documents.pages import outline

TEXT = "政府信息公开工作年度报告"
PAGE = "<html><head><meta charset={}></head><body><p>" + TEXT + "</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gbk", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("gbk", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gbk", "gb18030"),
        ("x-unknown", "gbk", "gb18030"),
        ("big5", "big5", "big5"),
    ],
)
def test_what_the_bytes_are_counts_for_more_than_what_is_declared(
    declared: str, encoding: str, found: str
) -> None:
    page = PAGE.format(declared).replace(TEXT, TEXT if encoding != "big5" else "政府資訊公開")
    text, name, whole = decode(page.encode(encoding))
    assert (text, name, whole) == (page, found, True)


def test_gbk_undeclared() -> None:
    page = f"<p>{TEXT}㳇</p>"
    assert decode(page.encode("gb18030")) == (page, "gb18030", True)


def test_characters_outside_gb2312_in_a_page_declared_as_gb2312() -> None:
    page = PAGE.format("gb2312").replace(TEXT, "朱镕基㳇𠮷")
    assert decode(page.encode("gb18030")) == (page, "gb18030", True)


def test_the_header_is_asked_before_the_page() -> None:
    page = PAGE.format("big5").encode("gbk")
    assert decode(page, "text/html; charset=GBK")[1] == "gb18030"
    assert decode("資訊".encode("big5"), 'text/html; charset="Big5"') == ("資訊", "big5", True)


@pytest.mark.parametrize("declared", ["base64", "rot13", "hex", "zlib", "nonsense", ""])
def test_a_header_that_names_no_encoding_is_passed_over(declared: str) -> None:
    assert decode(TEXT.encode("gbk"), f"text/html; charset={declared}") == (TEXT, "gb18030", True)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_byte_order_marks(mark: bytes, codec: str) -> None:
    data = mark + PAGE.format("gbk").encode(codec)
    assert decode(data, "text/html; charset=gbk") == (PAGE.format("gbk"), codec, True)
    document = read_html(data)
    assert document.encoding == codec
    assert outline(document) == [TEXT]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_last_character_that_was_cut_is_dropped(cut: int) -> None:
    data = TEXT.encode()[:-cut]
    assert decode(data) == (TEXT[:-1], "utf-8", True)


def test_a_broken_character_inside_is_reported() -> None:
    data = f"<meta charset=utf-8>{TEXT}".encode() + b"\xe6\xff" + TEXT.encode()
    text, name, whole = decode(data)
    assert name == "utf-8"
    assert not whole
    assert TEXT in text


def test_an_odd_byte_at_the_end_of_utf_16_is_reported() -> None:
    text, name, whole = decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00")
    assert text.startswith(TEXT)
    assert (name, whole) == ("utf-16-le", False)


def test_the_encoding_that_loses_least_is_taken() -> None:
    data = (TEXT * 20).encode("gb18030") + b"\xff"
    text, name, whole = decode(data, "text/html; charset=utf-8")
    assert (name, whole) == ("gb18030", False)
    assert text.startswith(TEXT * 20)


def test_nothing() -> None:
    assert decode(b"") == ("", "utf-8", True)


@given(
    st.binary(max_size=60) | st.text(max_size=20).map(str.encode),
    st.sampled_from([None, "text/html; charset=gbk"]),
)
def test_as_utf8_is_decode_encoded(data: bytes, media_type: str | None) -> None:
    text, name, whole = decode(data, media_type)
    assert as_utf8(data, media_type) == (text.encode("utf-8", "replace"), name, whole)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_text_in_utf_8_comes_back(text: str) -> None:
    data = text.encode()
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(data, "text/html; charset=gb2312") == (text, "utf-8", True)
