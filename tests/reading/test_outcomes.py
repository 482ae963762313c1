"""No outcome is nothing: each page ends in a named one, with its reasons."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO

import pytest

from goicrawl.extraction.report import REPORT_OUTCOMES, Report
from goicrawl.reading import parse_report
from tests.extraction.pages import TITLE, cell_of, codes, official, page, report_of

PROSE = "<p>一年来，本机关把公开当作日常工作，热线接听电话一千余次，栏目更新及时，留言件件有回音。</p>"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def read(body: str, title: str = TITLE) -> Report:
    return parse_report(
        page(body, title=title), media_type="text/html", url="http://www.xuxian.gov.cn/a/1.html"
    )


def test_complete() -> None:
    report = report_of(official())
    assert (report.outcome, report.reasons) == ("complete", ())
    assert len(report.cells) == 200


def test_partial() -> None:
    draft = official()
    cell_of(draft, "requests.granted.total").colspan = 2
    next(draft.tables("remedies")).rows.clear()
    report = report_of(draft)
    assert report.outcome == "partial"
    assert codes(report) == {"table_missing"}


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/files/2023/report.pdf">2022年度报告.pdf</a>',
        '<a href="report.docx">附件</a>',
        '<iframe src="/files/report.pdf"></iframe>',
        '<div class="pdfshow" data-value="/files/report.pdf"></div>',
    ],
)
def test_attachment_only(link: str) -> None:
    report = read(f"<p>报告全文见附件。</p>{link}")
    assert (report.outcome, report.cells) == ("attachment_only", {})
    assert len(report.attachments) == 1
    assert report.attachments[0].url.startswith("http://www.xuxian.gov.cn/")
    assert "no_table" in codes(report)


def test_image_only() -> None:
    report = read('<p>一图读懂</p><p><img src="1.jpg"></p><p><img src="2.jpg"></p>')
    assert (report.outcome, report.cells) == ("image_only", {})


def test_free_text() -> None:
    report = read("<p>一、总体情况</p>" + PROSE * 12)
    assert (report.outcome, report.cells) == ("free_text", {})


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("虚构县人民政府关于印发2022年工作要点的通知", PROSE * 12),
        ("2022年政府网站工作年度报表", "<table><tr><td>访问量</td><td>5</td></tr></table>"),
        ("政府信息公开年报", '<ul><li><a href="1.html">2021</a></li><li><a href="2.html">2022</a></li></ul>'),
        ("404", "<p>页面不存在</p>"),
    ],
)
def test_not_a_report(title: str, body: str) -> None:
    report = read(body, title)
    assert (report.outcome, report.cells) == ("not_a_report", {})
    assert report.reasons


def test_a_page_of_a_report_whose_form_is_blank_prints_no_number() -> None:
    draft = official()
    for cell, _ in list(draft.values()):
        cell.text = ""
    report = report_of(draft)
    assert {answer.kind for answer in report.cells.values()} <= {"blank"}
    assert all(answer.value is None for answer in report.cells.values())


def test_a_form_without_a_single_answer_is_not_complete() -> None:
    draft = official()
    for cell, _ in list(draft.values()):
        cell.text = ""
    report = report_of(draft)
    assert report.outcome != "complete"
    assert report.reasons


def test_a_report_that_a_script_shows_later_is_read() -> None:
    shown = parse_report(
        page('<div style="display:none">', [["信息内容", "本年制发件数"], ["规章", 5]], "</div>")
    )
    assert shown.cells["disclosure.rules.issued"].value == 5


def zipped(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "0" * 100)
    return out.getvalue()


OTHER_FORMATS = {
    "nothing": b"",
    "spaces": b" \r\n\t\x00",
    "zeros": b"\0" * 1000,
    "noise": bytes(range(256)) * 40,
    "broken pdf": b"%PDF-1.4\n1 0 obj",
    "empty zip": zipped("a.txt"),
    "broken word": zipped("word/document.xml"),
    "broken sheet": zipped("xl/workbook.xml"),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "picture": PNG,
    "compressed": b"\x1f\x8b\x08\x00" + b"x" * 50,
}


@pytest.mark.parametrize("data", OTHER_FORMATS.values(), ids=OTHER_FORMATS)
def test_anything_has_an_outcome_and_a_reason(data: bytes) -> None:
    report = parse_report(data)
    assert report.outcome in REPORT_OUTCOMES
    assert report.outcome not in ("complete", "partial")
    assert report.reasons
    assert report.cells == {}
