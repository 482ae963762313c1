"""What a server says a file is, in the ways in which portals say it."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from goicrawl.documents.served_types import TYPES, file_name, served_type

NAME = "2024年年报.docx"
UTF8, GBK = NAME.encode(), NAME.encode("gb18030")


@pytest.mark.parametrize(
    "header",
    [
        f"attachment; filename*=UTF-8''{quote(NAME)}",
        f"attachment; filename*=gbk''{quote(GBK)}; filename=x.bin",
        f'attachment;filename="{quote(NAME)}"',
        f'attachment; filename="{UTF8.decode("latin-1")}"',
        f"attachment; filename={GBK.decode('latin-1')}",
        "attachment; filename==?utf-8?B?MjAyNOW5tOW5tOaKpS5kb2N4?=",
        f'inline; FileName = "{quote(GBK)}"',
    ],
)
def test_a_name_in_whatever_encoding(header: str) -> None:
    assert file_name(header) == NAME
    headers = [("Content-Type", "application/octet-stream"), ("Content-Disposition", header)]
    assert served_type(headers, "http://a.gov.cn/download.jsp?id=1") == TYPES["docx"]


def test_no_name() -> None:
    assert file_name("attachment") is None
    assert served_type([("content-disposition", "attachment")]) is None


def test_what_counts_first() -> None:
    html, named = (
        ("Content-Type", "text/html;charset=gbk"),
        ("Content-Disposition", "attachment;filename=a.pdf"),
    )
    assert served_type([html], "http://a.gov.cn/a.pdf") == "text/html;charset=gbk"
    assert served_type([html, named]) == "application/pdf"
    assert served_type([("Content-Type", "application/msword"), named]) == "application/msword"
    assert served_type([("Content-Type", "application/x-download")], "http://a/b.xls?x=1") == TYPES["xls"]
    assert served_type([("Content-Type", "application/octet-stream")]) == "application/octet-stream"
    assert served_type([]) is None


def test_broken_headers_never_raise() -> None:
    for text in (
        "attachment; filename*=x-none''%FF%FE",
        'filename="',
        "filename*=''",
        "filename=%",
        "\xff=?a?b?",
    ):
        served_type([("Content-Disposition", text)])
    assert file_name("attachment; filename*=utf-8''%B1%A8.pdf") == "报.pdf"
