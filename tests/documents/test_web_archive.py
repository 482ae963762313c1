"""Pages in a message, and pages under a Word file's name."""

from __future__ import annotations

import email.mime.multipart
import email.mime.text
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.documents.web_archive import page_in
from goicrawl.reading import parse_report
from tests.documents.office import draft
from tests.renderings import printing

HTML = printing.page(draft("suqian_2024", "f2021"))
WORD = "application/msword"


def message(html: str, charset: str, encoding: str) -> bytes:
    """As Word writes it: a multipart message whose first part is the page."""
    body = html.encode(charset)
    if encoding == "quoted-printable":
        body = quopri.encodestring(body)
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_NextPart_01"\r\n\r\n'
        "This document is a web page in one file.\r\n\r\n"
        "------=_NextPart_01\r\nContent-Location: file:///C:/report.htm\r\n"
        f'Content-Transfer-Encoding: {encoding}\r\nContent-Type: text/html; charset="{charset}"\r\n\r\n'
    )
    return head.encode() + body + b"\r\n------=_NextPart_01--\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit"])
def test_a_page_in_a_message_is_read_as_the_page(charset: str, encoding: str) -> None:
    html = HTML.replace('charset="utf-8"', f'charset="{charset}"')
    right = parse_report(HTML.encode())
    report = parse_report(message(html, charset, encoding), media_type=WORD)
    assert report.outcome == "complete"
    assert {address: answer.value for address, answer in report.cells.items()} == {
        address: answer.value for address, answer in right.cells.items()
    }


def test_a_message_of_base64() -> None:
    whole = email.mime.multipart.MIMEMultipart("related")
    whole.attach(email.mime.text.MIMEText(HTML, "html", "utf-8"))
    assert len(parse_report(whole.as_bytes()).cells) == 200


def test_a_page_under_the_name_of_a_word_file() -> None:
    names = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:word">'
    )
    html = HTML.replace("<html>", names).replace("</td>", "<o:p></o:p></td>")
    html = html.replace(
        "</head>",
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->"
        "</head>",
    )
    report = parse_report(html.encode(), media_type=WORD)
    assert (report.outcome, len(report.cells)) == ("complete", 200)


def test_what_is_no_message_is_left_as_it_is() -> None:
    assert page_in(HTML.encode()) is None
    assert page_in("标题：年度报告\n\n正文".encode()) is None
    assert page_in(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nno page") is None


@given(st.binary(max_size=200))
def test_noise_never_raises(noise: bytes) -> None:
    page_in(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n" + noise)
    page_in(b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=" + noise + b"\r\n\r\n" + noise)
