"""A report as a Word file (DOCX), for portals that print it in no page: parts of XML in a ZIP package."""

from __future__ import annotations

import io
import zipfile
from html import escape

from goicrawl import forms
from goicrawl.demo.figures import Figures
from goicrawl.demo.reports import MARK, opening
from goicrawl.demo.tables import STYLES, Rows, parts
from goicrawl.documents.document import GridBuilder

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_WHEN = (2025, 1, 1, 0, 0, 0)
"""The time that the parts bear: the same bytes in every run."""


def word_file(figures: Figures) -> bytes:
    """The report with its chapters and tables; the same bytes for the same figures."""
    form = forms.load()[figures.form]
    tables = {table.section: table for table in form.tables}
    blocks = [_paragraph(figures.title), *map(_paragraph, opening(figures))]
    for section in form.sections:
        blocks.append(_paragraph(section.label))
        table = tables.get(section.number)
        if table is None:
            blocks.append(_paragraph(MARK))
        else:
            blocks += [_table(rows) for rows in parts(figures, table, STYLES["plain"])]
    document = f'{_XML}<w:document xmlns:w="{_W}"><w:body>{"".join(blocks)}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, _WHEN), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: Rows) -> str:
    """A table; a cell that spans rows is continued in each of them, as Word does it."""
    builder = GridBuilder()
    for row in rows:
        builder.row([(cell.text, cell.rows, cell.columns) for cell in row])
    grid = builder.grid()
    lines = []
    for number, line in enumerate(grid.expanded):
        cells = []
        column = 0
        while column < grid.width:
            cell = line[column]
            if cell is None:
                cells.append("<w:tc><w:p/></w:tc>")
                column += 1
                continue
            merged = "" if cell.rowspan == 1 else '<w:vMerge w:val="restart"/>'
            text = cell.text
            if number > cell.row:
                merged, text = "<w:vMerge/>", ""
            properties = f'<w:gridSpan w:val="{cell.colspan}"/>{merged}'
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text)}</w:tc>")
            column += cell.colspan
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = "<w:gridCol/>" * grid.width
    head = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl>{head}{''.join(lines)}</w:tbl>"
