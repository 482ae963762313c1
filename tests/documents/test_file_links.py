"""Which links of a page are files, and whether they stand in its article."""

from __future__ import annotations

import re

import pytest

from goicrawl.documents.document import Link
from goicrawl.documents.file_links import forms, is_surely_attachment, shown_file
from goicrawl.documents.html import read_html
from goicrawl.extraction.attachments import attachments_of
from goicrawl.extraction.report import Attachment

URL = "http://www.example.gov.cn/zwgk/2024/t1.html"


def links(body: str) -> tuple[Link, ...]:
    return read_html(f"<html><body>{body}</body></html>".encode()).links


def found(body: str) -> list[Attachment]:
    return list(attachments_of(read_html(f"<html><body>{body}</body></html>".encode()), URL))


SURE = [
    "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=7",
    "download.jsp?urltype=tree.DownloadAttachUrl&wbfileid=7",
    "/module/download/downfile.jsp?classid=0&filename=8f2",
    "./P020250120351234567890.pdf",
    "W020250120351234567890.docx",
    "/c100/2025/files/e9a132febe0b407c.docx",
    "/group6/M00/0A/1B/ab.pdf",
    "/api-gateway/front/document/download-file?fileUrl=ab",
    "/EWB/ReadAttachFile.aspx?attachGuid=1",
]


@pytest.mark.parametrize("address", SURE)
def test_attachments_by_the_form_of_their_address(address: str) -> None:
    assert is_surely_attachment(address)
    (one,) = found(f"<div id='other'>x</div><div id='zoom'>y</div><p><a href='{address}'>下载</a></p>")
    assert one.belongs


@pytest.mark.parametrize(
    "address", ["/download/app.html", "/a/list.html", "/pdf/index.html", "/files/", "P02.html"]
)
def test_pages_are_no_attachments(address: str) -> None:
    assert not is_surely_attachment(address)
    assert found(f"<div id='zoom'><a href='{address}'>x</a></div>") == []


VIEWERS = {
    "/js/pdfjs/web/viewer.html?file=%2Fa%2Fb.pdf": "/a/b.pdf",
    "viewer.html?x=1&file=/a/b.pdf#page=2": "/a/b.pdf",
    "https://view.officeapps.live.com/op/view.aspx?src=http%3A%2F%2Fa.gov.cn%2Fb.docx": "http://a.gov.cn/b.docx",
    "/a/b.html?file=/c.pdf": "/a/b.html?file=/c.pdf",
    "/viewer.html": "/viewer.html",
    "http://[bad/viewer.html?file=x": "http://[bad/viewer.html?file=x",
}


@pytest.mark.parametrize("address", VIEWERS)
def test_what_a_viewer_shows(address: str) -> None:
    assert shown_file(address) == VIEWERS[address]


def test_what_stands_around_the_article_is_not_its_own() -> None:
    body = (
        "<div class='top-nav'><a href='/a.pdf'>1</a></div>"
        "<div id='Zoom'><p><a href='/b.pdf'>2</a></p><div class='share'><a href='/c.pdf'>3</a></div></div>"
        "<div class='xgwj'><a href='/d.pdf'>4</a></div><aside><iframe src='/e.pdf'></iframe></aside>"
        "<p><a href='/f.pdf'>无障碍工具</a></p><p><a href='/g.pdf'>附件1：统计表</a></p>"
        "<p><a href='/h.pdf'>示例县2024年政府信息公开工作年度报告</a></p>"
        "<footer><a href='/P020250120351.pdf'>5</a></footer>"
        "<iframe src='/i.pdf'></iframe>"
    )
    assert [one.url[-5] for one in found(body) if one.belongs] == ["b", "g", "h", "i"]
    assert len(found(body)) == 10


def test_a_page_that_nothing_divides_is_one_article() -> None:
    assert [one.belongs for one in found("<p>年报</p><a href='a.doc'>下载</a>")] == [True]


def test_embedded_files_and_frames() -> None:
    body = (
        "<div id='zoom'><embed src='/a.pdf'><object data='b.pdf'></object><div data-value='/c.pdf'></div>"
        "<script>showVsbpdfIframe('/__local/d.pdf', '100%')</script><iframe src='report.htm'></iframe>"
        "<iframe src='http://map.example.com/'></iframe><iframe src='about:blank'></iframe></div>"
    )
    kinds = {one.url.rpartition("/")[2]: one.kind for one in found(body)}
    assert kinds == {
        "report.htm": "iframe",
        "a.pdf": "embed",
        "b.pdf": "object",
        "c.pdf": "data",
        "d.pdf": "script",
    }


def test_pictures_of_the_article_only_where_there_is_no_table() -> None:
    pictures = (
        "<div class='top'><img src='/logo.png'></div><div id='zoom'><img src='1.jpg'>"
        "<img src='2.png' width=800><img src='/icon/pdf.gif'><img src='3.jpg' height='20px'>"
        "<img src='data:image/png;base64,xx'><img></div>"
    )
    assert [one.url.rpartition("/")[2] for one in found(pictures)] == ["1.jpg", "2.png"]
    table = "<table>" + "<tr><td>甲<td>1</tr>" * 8 + "</table>"
    assert found(pictures + table) == []


def test_the_same_file_twice_is_one_and_belongs_if_either_does() -> None:
    body = "<div class='side'><a href='/a.pdf'>x</a></div><div id='zoom'><a href='/a.pdf'>正文</a></div>"
    (one,) = found(body)
    assert (one.title, one.belongs) == ("正文", True)


def test_the_data_are_sound() -> None:
    known = forms()
    assert all(
        word == word.lower() for word in known.article_ids | known.article_classes | known.furniture_words
    )
    assert not known.article_classes & known.furniture_words
    assert all(re.fullmatch(r"[a-z]+", word) for word in known.furniture_words | known.ornaments)


def test_the_base_that_a_page_names() -> None:
    page = "<base href='http://img.example.gov.cn/x/'><div id='zoom'><a href='a.pdf'>1</a><a href='http://[/b.pdf'>2</a>"
    assert [one.url for one in found(page)] == ["http://img.example.gov.cn/x/a.pdf", "http://[/b.pdf"]
