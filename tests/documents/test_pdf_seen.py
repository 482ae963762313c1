"""What of a PDF's text is seen: covered, cut off, white, raised, struck out, answers of forms, watermarks."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from goicrawl.documents.document import Document
from goicrawl.documents.pdf import read_pdf
from goicrawl.documents.pdf_fonts import box_font
from tests.documents.test_pdf import FONT, SMALL, drawn, small_table


def read(write: Callable[[Canvas], object]) -> Document:
    """A page with the small table and whatever else is drawn."""

    def both(canvas: Canvas) -> None:
        small_table(canvas)
        write(canvas)

    return read_pdf(drawn(both))


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[0].rows]


def codes(document: Document) -> list[str]:
    return [problem.partition(":")[0] for problem in document.problems]


def small(canvas: Canvas, x: float, y: float, text: str, size: float = 6) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


def test_raised_and_lowered_digits_are_no_part_of_a_number() -> None:
    assert rows(read(lambda canvas: small(canvas, 272, 674, "2"))) == [["规章", "12²"], SMALL[1]]
    assert rows(read(lambda canvas: small(canvas, 267, 617, "2"))) == [SMALL[0], ["行政许可", "3₂"]]
    # A footnote's mark in a browser's print has five sixths of the text's size.
    assert rows(read(lambda canvas: small(canvas, 272, 674, "2", 8.3))) == [["规章", "12²"], SMALL[1]]


def test_bold_by_printing_twice_is_one_text() -> None:
    document = read(lambda canvas: (canvas.drawString(260.3, 670, "12"), canvas.drawString(260, 620.3, "3")))
    assert rows(document) == SMALL and document.problems == ()


def test_text_on_top_of_other_text_is_unreadable_and_told() -> None:
    document = read(lambda canvas: canvas.drawString(261.5, 670, "45"))
    assert not any(sign.isdigit() for sign in rows(document)[0][1])
    assert codes(document) == ["overprinted_text"]


def test_text_under_a_white_rectangle_is_not_read_and_told() -> None:
    def write(canvas: Canvas) -> None:
        canvas.drawString(300, 670, "99")
        canvas.setFillGray(1)
        canvas.rect(295, 665, 40, 20, stroke=0, fill=1)

    document = read(write)
    assert rows(document) == SMALL and codes(document) == ["invisible_text"]


def test_white_text_shows_on_a_dark_ground_alone() -> None:
    def white(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.drawString(300, 670, "99")

    document = read(white)
    assert rows(document) == SMALL and codes(document) == ["invisible_text"]

    def on_dark(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(290, 660, 60, 30, stroke=0, fill=1)
        white(canvas)

    document = read(on_dark)
    assert rows(document)[0][1] == "12 99" and document.problems == ()


def clipped(canvas: Canvas, x: float, width: float, text: str) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, 660, width, 30)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(300, 670, text)
    canvas.restoreState()


def test_what_is_cut_off_is_no_text() -> None:
    document = read(lambda canvas: clipped(canvas, 120, 20, "99"))
    assert rows(document) == SMALL and document.problems == ()


def test_a_number_that_lost_digits_is_unreadable_and_told() -> None:
    document = read(lambda canvas: clipped(canvas, 299, 11, "98765"))
    assert rows(document)[0][1].startswith("12 \ufffd")
    assert codes(document)[0] == "text_cut_off"


def test_what_stands_beside_the_page_is_no_text() -> None:
    document = read(lambda canvas: canvas.drawString(-200, 670, "99"))
    assert rows(document) == SMALL and document.paragraphs == ()


@pytest.mark.parametrize("angle", [0, 30, 45])
def test_a_watermark_is_in_no_cell(angle: int) -> None:
    def write(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.setFont(FONT, 60)
        canvas.translate(120, 630)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "样本")

    assert rows(read(write)) == SMALL


def field(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="n", x=300, y=660, width=60, height=20, value="77", borderWidth=0)


def test_answers_of_a_form_are_printed() -> None:
    document = read(field)
    assert rows(document) == [["规章", "12 77"], SMALL[1]] and document.problems == ()


def test_answers_that_the_file_does_not_draw_are_told() -> None:
    def both(canvas: Canvas) -> None:
        small_table(canvas)
        field(canvas)

    undrawn = re.sub(rb"/AP\s*<<.*?>>", b"", drawn(both), flags=re.DOTALL)
    document = read_pdf(undrawn)
    assert rows(document) == SMALL
    assert "form_not_drawn" in codes(document)


def test_struck_out_figures_are_not_read_and_told() -> None:
    def write(canvas: Canvas) -> None:
        canvas.drawString(300, 670, "99")
        canvas.line(300, 673.5, 309.5, 673.5)

    document = read(write)
    assert rows(document) == SMALL and codes(document) == ["struck_out_text"]


def test_a_line_under_a_figure_is_no_border() -> None:
    document = read(lambda canvas: canvas.line(260, 669, 269.5, 669))
    assert rows(document) == SMALL and document.problems == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_a_flag_turns(turn: int) -> None:
    whole = pypdfium2.PdfDocument(drawn(small_table))
    whole[0].set_rotation(turn)
    file = io.BytesIO()
    whole.save(file)
    assert rows(read_pdf(file.getvalue())) == SMALL


def test_tables_side_by_side_are_two() -> None:
    def write(canvas: Canvas) -> None:
        canvas.translate(-80, 0)
        small_table(canvas)
        canvas.translate(310, 0)
        small_table(canvas)

    assert [[[cell.text for cell in row] for row in grid.rows] for grid in read_pdf(drawn(write)).grids] == [
        SMALL,
        SMALL,
    ]


def test_dashes_and_pieces_are_lines() -> None:
    def write(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        canvas.setDash(2, 2)
        for y in (700, 650, 600):
            canvas.line(100, y, 400, y)
        canvas.setDash()
        for x in (100, 250, 400):
            for y in range(600, 700, 10):
                canvas.line(x, y, x, y + 8.5)
        for x, y, text in ((110, 670, "规章"), (260, 670, "12"), (110, 620, "行政许可"), (260, 620, "3")):
            canvas.drawString(x, y, text)

    assert rows(read_pdf(drawn(write))) == SMALL


def test_a_lone_character_needs_no_font_of_the_machine() -> None:
    def write(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for n, sign in enumerate("规章0123456789", 1):
            canvas.drawString(40 * n, 700, sign)

    document = read_pdf(drawn(write))
    assert "".join(paragraph.text for paragraph in document.paragraphs).replace(" ", "") == "规章0123456789"
    assert box_font()[:4] == b"\0\1\0\0"


def test_running_lines_and_page_numbers_do_not_part_a_table() -> None:
    def write(canvas: Canvas) -> None:
        for number in (1, 2, 3):
            canvas.setFont(FONT, 10)
            canvas.drawString(100, 810, "某县年度报告")
            canvas.drawString(280, 30, f"- {number} -")
            small_table(canvas)
            canvas.showPage()

    document = read_pdf(drawn(write))
    assert [paragraph.text for paragraph in document.paragraphs] == ["某县年度报告"]
    assert len(document.grids) == 3


def many_paths(canvas: Canvas) -> None:
    canvas.drawString(100, 800, "规章")
    for n in range(500):
        path = canvas.beginPath()
        path.moveTo(50, 50 + n)
        for step in range(200):
            path.lineTo(50 + step * 2, 50 + n + step % 7)
        canvas.drawPath(path)


def many_fills(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 4)
    for y in range(0, 800, 8):
        canvas.drawString(5, y, "1234567890 " * 25)
    canvas.setFillGray(0.5)
    for n in range(5000):
        canvas.rect(n * 7 % 500, n * 13 % 800, 3, 3, stroke=0, fill=1)


def many_white_lines(canvas: Canvas) -> None:
    canvas.drawString(100, 800, "规章")
    for grey, height in ((1.0, 0.5), (0.5, 20)):
        canvas.setFillGray(grey)
        for n in range(10000):
            canvas.rect(n * 7 % 500, n * 13 % 800, 20, height, stroke=0, fill=1)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("write", [many_paths, many_fills, many_white_lines])
def test_pages_of_very_many_shapes_come_to_an_end(write: Callable[[Canvas], None]) -> None:
    def with_font(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        write(canvas)

    assert isinstance(read_pdf(drawn(with_font)), Document)
