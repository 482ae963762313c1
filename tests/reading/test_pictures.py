"""Reports drawn as pictures, read from the bytes: nothing kept is wrong, and what sums bear out is kept."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest

from goicrawl.demo.figures import Figures, load
from goicrawl.documents import ocr_engine
from goicrawl.documents.document import Grid, Paragraph
from goicrawl.extraction.report import Report
from goicrawl.reading import parse_report
from tests.documents.pictures import Look, blocks_of, degraded, draw, encoded

pytestmark = pytest.mark.skipif(ocr_engine.missing() is not None, reason=str(ocr_engine.missing()))

REMEDIES = 15


@cache
def small(name: str = "suqian_2024") -> Any:
    """A page with the title, the period and the table of remedies."""
    blocks = blocks_of(load()[name], tables=("remedies",))
    return draw(
        [*blocks[:3], *(block for block in blocks if isinstance(block, Grid))], Look(size=24, width=1400)
    )


def wrong(report: Report, figures: Figures) -> dict[str, str]:
    return {
        address: answer.raw
        for address, answer in report.cells.items()
        if answer.value != figures.cells.get(address, "no such cell")
    }


def codes(report: Report) -> set[str]:
    return {reason.partition(":")[0] for reason in report.reasons}


def test_a_whole_report() -> None:
    figures = load()["suqian_2024"]
    report = parse_report(encoded(draw(blocks_of(figures))))
    assert wrong(report, figures) == {}
    assert len(report.cells) == 190
    assert (report.outcome, report.form, report.report_year) == ("partial", "f2021", 2024)
    assert (report.issuing_body, report.source.media_type) == ("宿迁市人民政府", "image/png")
    assert report.title == figures.title
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert codes(report) == {"row_without_sum", "recognised_text"}
    assert any("disclosure.licensing at [0, 6], read 1573179" in reason for reason in report.reasons)


BAD = {
    "jpeg": ({}, {"kind": "JPEG", "quality": 35}),
    "skew": ({"skew": 1.5, "paper": 225}, {}),
    "other way, noisy": ({"skew": -2, "noise": 10}, {"kind": "JPEG", "quality": 60}),
    "coarse": ({"scale": 0.45}, {}),
    "blurred": ({"blur": 1.0, "scale": 0.8, "noise": 4}, {"kind": "WEBP", "quality": 60}),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_copy(name: str) -> None:
    how, file = BAD[name]
    report = parse_report(encoded(degraded(small(), **how), **file))
    assert wrong(report, load()["suqian_2024"]) == {}
    assert len(report.cells) == REMEDIES
    assert report.report_year == 2024


@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_on_its_side(turn: int) -> None:
    report = parse_report(encoded(small().rotate(turn, expand=True, fillcolor=255), "BMP"))
    assert wrong(report, load()["suqian_2024"]) == {}
    assert len(report.cells) == REMEDIES


@pytest.mark.parametrize("at", [3, 8])
def test_a_changed_digit_does_not_pass(at: int) -> None:
    """The picture prints another figure than the sum allows: the row is left out and named."""
    blocks = list(blocks_of(load()["suqian_2024"], tables=("remedies",))[:3])
    (grid,) = [b for b in blocks_of(load()["suqian_2024"], tables=("remedies",)) if isinstance(b, Grid)]
    cells = [cell._replace(text="9") if (cell.row, cell.column) == (3, at) else cell for cell in grid.cells]
    blocks.append(Grid(tuple(cells), grid.height, grid.width))
    report = parse_report(encoded(draw(blocks, Look(size=24, width=1400))))
    row = "reconsideration" if at < 5 else "direct_litigation"
    assert not any(address.startswith(f"remedies.{row}.") for address in report.cells)
    assert len(report.cells) == 10
    (told,) = [reason for reason in report.reasons if reason.startswith("row_not_borne_out: ")]
    assert "remedies." in told
    assert "M1: " in told


def test_a_scanned_page_among_pages_of_text() -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    pen = canvas.Canvas(out, pagesize=(595, 842))
    pen.drawString(80, 700, "A page of text before the scan, long enough to be one.")
    pen.showPage()
    picture = small()
    pen.drawImage(ImageReader(picture), 20, 500, 555, 555 * picture.height / picture.width)
    pen.showPage()
    pen.save()
    report = parse_report(out.getvalue())
    assert wrong(report, load()["suqian_2024"]) == {}
    assert len(report.cells) == REMEDIES
    assert "scanned_page" not in codes(report)


def test_a_picture_in_a_word_document() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("宿迁市2024年政府信息公开工作年度报告")
    document.add_picture(io.BytesIO(encoded(small(), "JPEG", quality=80)))
    out = io.BytesIO()
    document.save(out)
    report = parse_report(out.getvalue())
    assert wrong(report, load()["suqian_2024"]) == {}
    assert (len(report.cells), report.report_year) == (REMEDIES, 2024)


def test_pages_of_a_tiff_are_one_report() -> None:
    blocks = blocks_of(load()["suqian_2024"], tables=("remedies",))
    head = draw([block for block in blocks[:2] if isinstance(block, Paragraph)], Look(size=24, width=1000))
    grids = [block for block in blocks if isinstance(block, Grid)]
    table = draw([*grids], Look(size=24, width=1400))
    report = parse_report(encoded(head, "TIFF", save_all=True, append_images=[table]))
    assert (len(report.cells), report.report_year) == (REMEDIES, 2024)
    assert report.source.media_type == "image/tiff"
