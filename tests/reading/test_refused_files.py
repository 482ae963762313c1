"""Files that are refused: an outcome, and a reason that a person can act on."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from goicrawl.documents.packages import MAX_PART, Package
from goicrawl.extraction.report import Report
from goicrawl.reading import parse_report
from tests.documents.containers import compound, record, xls
from tests.documents.office import draft, word, zipped

REPORT = "2021年政府信息公开工作年度报告.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def refused(report: Report, outcome: str, reason: str) -> None:
    assert (report.outcome, report.cells, report.reasons) == (outcome, {}, (reason,))


def test_a_report_in_an_archive_is_refused_by_name() -> None:
    """Even where it is alone in it: what an archive holds is for a person to say."""
    wrapped = zipped({REPORT: word(draft("suqian_2024", "f2021"))})
    report = parse_report(wrapped, media_type="application/octet-stream")
    refused(report, "attachment_only", f"wrapped_file: a ZIP archive of one file: {REPORT}")
    assert report.source.media_type == "application/zip"


def test_a_package_is_no_archive() -> None:
    assert parse_report(word(draft("suqian_2024", "f2021")), media_type="application/zip").cells != {}


def test_an_ofd_file_is_named() -> None:
    report = parse_report(zipped({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"}))
    refused(report, "attachment_only", "format_not_read: OFD files are not read")


@pytest.mark.parametrize("media_type", [DOCX, XLSX, None])
def test_a_locked_package(media_type: str | None) -> None:
    locked = compound({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": b"x" * 5000})
    report = parse_report(locked, media_type=media_type)
    refused(report, "attachment_only", "encrypted: the document is protected by a password")


def test_a_locked_workbook() -> None:
    locked = xls({"表": b""}, head=record(0x2F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48))
    report = parse_report(locked)
    refused(report, "attachment_only", "encrypted: the workbook is protected by a password")


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<html><title>用户登录</title><form>帐号<input></form></html>", ", which says: 用户登录"),
        ("<html><body><p>您访问的文件不存在</p></html>", ", which says: 您访问的文件不存在"),
        ("<html><body></body></html>", ""),
        ("File not found.", ", which says: File not found."),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("media_type", "url", "file"),
    [
        ("application/pdf", None, "PDF"),
        (None, "http://www.example.gov.cn/P02022013100000.pdf?v=1", "PDF"),
        ("text/html; charset=utf-8", "http://www.example.gov.cn/a/2021.XLSX", "spreadsheet"),
        ("application/msword", "http://www.example.gov.cn/download.jsp?id=3", "Word file"),
    ],
)
def test_a_page_in_the_place_of_a_file(
    page: str, says: str, media_type: str | None, url: str | None, file: str
) -> None:
    report = parse_report(page.encode(), media_type=media_type, url=url)
    refused(report, "not_a_report", f"page_instead_of_file: a page in the place of a {file}{says}")


def test_a_report_called_a_word_file_is_read_and_a_page_is_a_page() -> None:
    page = "<html><title>用户登录</title></html>".encode()
    assert parse_report(page, url="http://www.example.gov.cn/a.html").reasons[0].startswith("no_table")
    assert parse_report(page, url="http://[bad/a.pdf").reasons[0].startswith("no_table")
    table = "<table><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>1</td></tr></table>"
    assert parse_report(table.encode(), media_type="application/msword").cells != {}


def test_a_part_that_says_it_is_small_is_no_larger() -> None:
    """A directory that lies about a size does not make more be unpacked than it says."""
    data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 2_000_000}))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(sign) + at, 1000)
    package = Package(bytes(data))
    assert package.read("word/document.xml") is None
    assert package.problems[0].startswith("damaged_file")


def test_many_parts_together_are_bounded_too() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("word/document.xml", "<a/>")
        for number in range(3):
            # Noise in it keeps the ratio below what a bomb has.
            block = bytes(range(256)) * 8 + b"\0" * 60_000
            out.writestr(f"word/part{number}.xml", block * (50 * 2**20 // len(block)))
    package = Package(file.getvalue())
    sizes = [len(package.read(f"word/part{number}.xml") or b"") for number in range(3)]
    assert (sizes[0] > 2**25, sizes[1] > 2**25, sizes[2]) == (True, True, 0)
    assert sum(sizes) <= 2 * MAX_PART
    assert package.problems[0].startswith("zip_bomb: word/part2.xml")
