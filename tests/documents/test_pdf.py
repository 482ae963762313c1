"""PDF files: real ones, the renderings' reports as PDF, and what is no PDF."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, SimpleDocTemplate
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as PrintedTable

from goicrawl.documents.document import Document
from goicrawl.documents.pdf import read_pdf
from goicrawl.documents.pdf_damage import damaged_parts
from goicrawl.reading import parse_report
from tests.documents.office import EVERY, blocks, draft, problems_of
from tests.renderings.figures import load
from tests.renderings.grid import anchors, places
from tests.renderings.judge import Problem
from tests.renderings.model import Draft, Table
from tests.renderings.renderer import prepare

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
STYLE = ParagraphStyle("cell", fontName=FONT, fontSize=6, leading=7.5, wordWrap="CJK")
SMALL = [["规章", "12"], ["行政许可", "3"]]
RULED = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)


def printed(table: Table) -> PrintedTable:
    """The table with its cells merged as in the official form."""
    seats = places(table.rows)
    starts = anchors(table.rows)
    height = 1 + max(row for row, _ in seats)
    width = 1 + max(column for _, column in seats)
    lines: list[list[object]] = [["" for _ in range(width)] for _ in range(height)]
    style = [RULED]
    for row in table.rows:
        for cell in row:
            r, c = starts[id(cell)]
            lines[r][c] = Words(cell.text, STYLE)
            below = min(r + cell.rowspan, height) - 1
            right = min(c + cell.colspan, width) - 1
            if (below, right) != (r, c):
                style.append(("SPAN", (c, r), (right, below)))  # type: ignore[arg-type]
    return PrintedTable(lines, colWidths=[520 / width] * width, style=style, splitInRow=0)


def pdf(of: Draft, *, breaks: bool = False, **more: object) -> bytes:
    """A PDF; `breaks`: a new page between two tables that nothing stands between."""
    out = io.BytesIO()
    template = SimpleDocTemplate(out, pagesize=A4, leftMargin=36, rightMargin=36, **more)
    story: list[object] = []
    for block in blocks(of):
        if breaks and isinstance(block, Table) and story and isinstance(story[-1], PrintedTable):
            story.append(PageBreak())
        story.append(printed(block) if isinstance(block, Table) else Words(block.text, STYLE))
    template.build(story)
    return out.getvalue()


def wrong(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.kind in ("silently_wrong", "wrong_kind", "missed")]


@pytest.mark.parametrize(("name", "cells"), [("huaian_2024", 200), ("hongze_2024", 186)])
def test_real_files(corpus: Path, name: str, cells: int) -> None:
    report = parse_report((corpus / f"{name}.pdf").read_bytes())
    truth = json.loads((corpus / f"{name}.truth.json").read_text(), parse_float=Decimal)
    assert {address: answer.value for address, answer in report.cells.items()} == truth["cells"]
    assert (len(report.cells), report.form, report.report_year) == (cells, "f2021", 2024)
    assert report.outcome == "complete"


@pytest.mark.parametrize(("name", "form"), EVERY[::2])
def test_every_cell_of_a_report_over_several_pages(name: str, form: str) -> None:
    problems, report = problems_of(pdf(draft(name, form)), draft(name, form))
    assert [
        problem for problem in problems if problem.kind in ("silently_wrong", "wrong_kind", "missed")
    ] == []
    assert report.form == form


@pytest.mark.parametrize("seed", range(4))
def test_a_row_group_that_a_page_break_cuts(seed: int) -> None:
    of = prepare(load("suqian_2024"), "f2021", "cut_in_two", seed)
    problems, _ = problems_of(pdf(of, breaks=True), of)
    assert wrong(problems) == []


def test_a_page_that_is_turned() -> None:
    def write(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.translate(0, -200)
        small_table(canvas)

    grid = read_pdf(drawn(write)).grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == SMALL


def test_the_words_in_cells_are_those_that_another_reader_finds() -> None:
    data = pdf(draft("huaian_2024", "f2021"))
    mine = Counter(
        "".join(cell.text.split()) for grid in read_pdf(data).grids for cell in grid.cells if cell.text != ""
    )
    with pdfplumber.open(io.BytesIO(data)) as opened:
        theirs = Counter(
            "".join(text.split())
            for page in opened.pages
            for table in page.extract_tables()
            for row in table
            for text in row
            if text
        )
    assert mine == theirs


def drawn(write: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    write(canvas)  # type: ignore[operator]
    canvas.save()
    return out.getvalue()


def small_table(canvas: Canvas) -> None:
    """Two rows and two columns, ruled by thin rectangles."""
    canvas.setFont(FONT, 10)
    for x in (100, 250, 400):
        canvas.rect(x, 600, 0.6, 100, stroke=0, fill=1)
    for y in (600, 650, 700):
        canvas.rect(100, y, 300.6, 0.6, stroke=0, fill=1)
    for x, y, text in ((110, 670, "规章"), (260, 670, "12"), (110, 620, "行政许可"), (260, 620, "3")):
        canvas.drawString(x, y, text)


def test_thin_rectangles_are_lines() -> None:
    grid = read_pdf(drawn(small_table)).grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == SMALL


def test_text_beside_tables_is_read_in_order() -> None:
    def write(canvas: Canvas) -> None:
        small_table(canvas)
        canvas.drawString(100, 750, "二、主动公开政府信息情况")
        canvas.drawString(100, 560, "三、收到和处理政府信息公开申请情况")

    found = read_pdf(drawn(write)).blocks
    assert [type(block).__name__ for block in found] == ["Paragraph", "Grid", "Paragraph"]


def test_a_page_without_text_is_a_picture() -> None:
    document = read_pdf(drawn(lambda canvas: canvas.rect(50, 50, 400, 600, fill=1)))
    assert document.blocks == () and document.images > 0


def test_the_hidden_text_of_a_scan_is_not_read() -> None:
    def write(canvas: Canvas) -> None:
        canvas.rect(50, 50, 400, 600, fill=1)
        layer = canvas.beginText(100, 500)
        layer.setFont(FONT, 10)
        layer.setTextRenderMode(3)
        layer.textLine("规章 12")
        canvas.drawText(layer)

    report = parse_report(drawn(write))
    assert report.outcome == "image_only"
    assert [reason.partition(":")[0] for reason in report.reasons] == ["invisible_text", "image_not_read"]


def test_a_number_across_a_line_is_told() -> None:
    def write(canvas: Canvas) -> None:
        small_table(canvas)
        canvas.drawString(240, 685, "12345")

    (problem,) = read_pdf(drawn(write)).problems
    assert problem.startswith("text_across_line") and "12345" in problem


def test_inner_lines_alone_make_a_table() -> None:
    def write(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        canvas.line(250, 600, 250, 700)
        canvas.line(100, 650, 400, 650)
        for x, y, text in ((110, 670, "规章"), (260, 670, "12"), (110, 620, "行政许可"), (260, 620, "3")):
            canvas.drawString(x, y, text)

    grid = read_pdf(drawn(write)).grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == SMALL


def test_a_locked_file_says_so() -> None:
    locked = pdf(draft("suqian_2024", "f2021"), encrypt=pdfencrypt.StandardEncryption("secret", "owner"))
    report = parse_report(locked)
    assert report.cells == {}
    assert report.reasons[0].startswith("encrypted")


def test_a_file_that_breaks_off_says_so_or_gives_nothing() -> None:
    whole = pdf(draft("suqian_2024", "f2021"))
    right = parse_report(whole).cells
    for length in range(1000, len(whole) - 40, len(whole) // 12):
        report = parse_report(whole[:length])
        assert report.reasons
        assert all(right[address].value == answer.value for address, answer in report.cells.items())


def test_a_title_that_is_no_text_is_none() -> None:
    def write(canvas: Canvas) -> None:
        canvas.setTitle("abcd")
        small_table(canvas)

    whole = drawn(write)
    assert read_pdf(whole).title == "abcd"
    spoilt = read_pdf(whole.replace(b"(abcd)", b"(\xfe\xff\xd8A)"))
    assert spoilt.title is None
    assert len(spoilt.grids) == 1


def test_a_damaged_part_of_a_real_file_is_told(corpus: Path) -> None:
    whole = (corpus / "hongze_2024.pdf").read_bytes()
    right = parse_report(whole).cells
    assert read_pdf(whole).problems == ()
    starts = [match.end() for match in re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n", whole)]
    assert len(starts) > 5
    for start in starts:
        spoilt = bytearray(whole)
        spoilt[start + 40] ^= 0x55
        report = parse_report(bytes(spoilt))
        assert report.outcome != "complete"
        assert any(reason.startswith("damaged_file") for reason in report.reasons)
        assert report.cells.keys() <= right.keys()


def test_a_damaged_part_is_told() -> None:
    page = zlib.compress(b"BT /F1 10 Tf (12) Tj ET" * 40)
    whole = b"1 0 obj <</Filter /FlateDecode /Length %d>> stream\n%s\nendstream" % (len(page), page)
    assert damaged_parts(whole * 3) == 0
    assert damaged_parts(whole + whole.replace(page, page[:-6] + b"abcdef")) == 1
    assert damaged_parts(whole[: -len(page) // 2 - 10]) == 1
    assert damaged_parts(whole.replace(b"/FlateDecode", b"/DCTDecode")) == 0


@given(st.binary(max_size=400))
def test_what_is_no_pdf_never_raises(noise: bytes) -> None:
    assert isinstance(read_pdf(b"%PDF-1.7\n" + noise), Document)
    assert isinstance(read_pdf(noise), Document)
