"""The demonstration's reports as PDF files, tables drawn with lines."""

from __future__ import annotations

import io
from html import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from goicrawl import forms
from goicrawl.demo.figures import Figures
from goicrawl.demo.reports import opening
from goicrawl.demo.tables import STYLES, Rows, parts
from goicrawl.documents.document import GridBuilder

FONT = "STSong-Light"


def pdf_of(figures: Figures) -> bytes:
    """A report in its chapters, each table on pages as it comes; the same bytes in every run."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("text", fontName=FONT, fontSize=8, leading=11, wordWrap="CJK")
    form = forms.load()[figures.form]
    tables = {table.section: table for table in form.tables}
    story = [Paragraph(escape(text), style) for text in (figures.title, *opening(figures))]
    for section in form.sections:
        story.append(Paragraph(escape(section.label), style))
        if section.number in tables:
            laid_out = parts(figures, tables[section.number], STYLES["plain"])
            story.extend(_table(rows, style) for rows in laid_out)
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A3), invariant=1).build(story)
    return out.getvalue()


def _table(rows: Rows, style: ParagraphStyle) -> Table:
    builder = GridBuilder()
    for row in rows:
        builder.row([(cell.text, cell.rows, cell.columns) for cell in row])
    grid = builder.grid()
    spans = []
    for cell in grid.cells:
        if cell.rowspan > 1 or cell.colspan > 1:
            last = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
            spans.append(("SPAN", (cell.column, cell.row), last))
    content = [
        [
            Paragraph(escape(cell.text), style)
            if cell is not None and (cell.row, cell.column) == (r, c)
            else ""
            for c, cell in enumerate(line)
        ]
        for r, line in enumerate(grid.expanded)
    ]
    width = 1000 / grid.width
    return Table(content, colWidths=[width] * grid.width,
                 style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]))  # fmt: skip
