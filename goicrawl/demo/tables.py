"""The official tables with a report's figures in them, in the markup styles of real portals.

A table is first laid out as rows of `TableCell`s, labels from `goicrawl.forms`; a `Style` then decides how
they are written: clean rowspans, Word's paragraphs and spans, upper-case tags, filler cells, a page break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from goicrawl import forms
from goicrawl.demo.figures import Figures
from goicrawl.demo.markup import escape, upper_case, word_cell

_CORNER_SPLIT = 3  # label columns left of the applicants' columns


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell to print; `rows` and `columns` are its spans."""

    text: str
    rows: int = 1
    columns: int = 1
    is_number: bool = False


Rows = list[list[TableCell]]


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written.

    `fillers`: empty cells stand where a head cell's rowspan would reach. `broken`: a page break cuts the
    table of requests in two and repeats the group labels. `crossed`: heads and data of the disclosure table
    disagree about which column is the wide one. `units`: the unit follows the number. `nbsp`: a
    no-break space precedes the number. `thousands`: 1,234,567. `repeated_group`: every row of the
    outcomes repeats the outermost group label instead of one spanning cell.
    """

    markup: Literal["plain", "word", "upper"] = "plain"
    fillers: bool = False
    broken: bool = False
    crossed: bool = False
    units: bool = False
    nbsp: bool = False
    thousands: bool = False
    repeated_group: bool = False
    nested: bool = False


STYLES: dict[str, Style] = {
    "plain": Style(),
    "word": Style(markup="word", nbsp=True),
    "word-broken": Style(markup="word", broken=True),
    "upper": Style(markup="upper", crossed=True),
    "fillers": Style(fillers=True, thousands=True),
    "units": Style(units=True, nested=True),
    "repeated": Style(repeated_group=True, nbsp=True),
    "nested": Style(nested=True),
}


def render(figures: Figures, table: forms.Table, style_name: str) -> str:
    """One table of the report as HTML.

    Raises:
        KeyError: the style is not known, or the figures lack a cell that the table must print.
    """
    style = STYLES[style_name]
    breaks = '\n<p class="page-break">&nbsp;</p>\n'
    html = breaks.join(_write(rows, style) for rows in parts(figures, table, style))
    if style.nested:
        html = f'<table class="layout" width="100%"><tr><td>\n{html}\n</td></tr></table>'
    return html


def parts(figures: Figures, table: forms.Table, style: Style) -> list[Rows]:
    """One table of the report laid out: its rows, in two parts where the style has a page break.

    Raises:
        KeyError: the figures lack a cell that the table must print.
    """
    if table.id == "disclosure":
        return [_disclosure(figures, table, style)]
    if table.id == "requests":
        return _requests(figures, table, style)
    if table.layout == "one_row":
        return [_one_row(figures, table, style)]
    return [_annex(figures, table, style)]


def _number(
    figures: Figures, address: str, style: Style, columns: int = 1, unit: str | None = None
) -> TableCell:
    value = figures.cells[address]
    text = f"{value:,}" if style.thousands else _digits(value)
    if style.units and unit in ("件", "万元"):
        text += unit
    if style.nbsp:
        text = "\xa0" + text
    return TableCell(text, columns=columns, is_number=True)


def _digits(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"


def _label(figures: Figures, row: forms.Row) -> str:
    return figures.labels.get(row.id, row.label)


def _disclosure(figures: Figures, table: forms.Table, style: Style) -> Rows:
    """Blocks below each other, each with its caption and its own heads, stretched to one width."""
    width = 4 if style.crossed else max(len(block.columns) for block in table.blocks)
    rows: Rows = []
    for block in table.blocks:
        count = len(block.columns)
        spans = _spread(width, count)
        data_spans = spans
        if style.crossed and count == 3 and block.columns[-1].id == "decisions":
            spans, data_spans = [1, 2, 1], [2, 1, 1]
        if block.caption is not None:
            rows.append([TableCell(block.caption, columns=width + 1)])
        heads = [
            TableCell(column.label, columns=span) for column, span in zip(block.columns, spans, strict=True)
        ]
        rows.append([TableCell("信息内容"), *heads])
        for row in block.rows:
            cells = [TableCell(_label(figures, row))]
            for column, span in zip(block.columns, data_spans, strict=True):
                unit = column.unit or row.unit or table.unit
                cells.append(_number(figures, f"{table.id}.{row.id}.{column.id}", style, span, unit))
            rows.append(cells)
    return rows


def _spread(width: int, count: int) -> list[int]:
    """Spans of `count` cells that fill `width` columns, the first ones wider: 4 over 3 is 2, 1, 1."""
    base, extra = divmod(width, count)
    return [base + (index < extra) for index in range(count)]


def _requests(figures: Figures, table: forms.Table, style: Style) -> list[Rows]:
    """Three head rows, three label columns; cut inside （四） where the style has a page break."""
    block = table.blocks[0]
    heads = _requests_heads(table, style)
    body: Rows = []
    cut = 0
    for index, row in enumerate(block.rows):
        if row.kind == "group" and row.level == 0:
            outermost = row
            continue
        numbers_of = row.id
        if row.kind == "group":
            if row.single_row_id is None or f"{table.id}.{row.single_row_id}.total" not in figures.cells:
                continue
            numbers_of = row.single_row_id
        elif f"{table.id}.{row.id}.total" not in figures.cells:
            continue  # a member of a group that this report prints as one row
        labels = _requests_labels(figures, block.rows, index, outermost.label if row.level else "", style)
        if style.broken and row.id == "unable_needs_creation":
            cut = len(body)
        numbers = [
            _number(figures, f"{table.id}.{numbers_of}.{column.id}", style) for column in block.columns
        ]
        body.append([*labels, *numbers])
    if not style.broken:
        return [heads + _merge_labels(body, style)]
    return [heads + _merge_labels(body[:cut], style), _merge_labels(body[cut:], style)]


def _requests_heads(table: forms.Table, style: Style) -> Rows:
    columns = table.blocks[0].columns
    all_label, some_label = (group.label for group in table.column_groups)
    members = table.column_groups[1].columns
    first = [
        TableCell(table.corner_note or "", rows=3, columns=_CORNER_SPLIT),
        TableCell(all_label, columns=len(columns)),
    ]
    second, third = [], []
    for column in columns:
        if column.id in members:
            if column.id == members[0]:
                second.append(TableCell(some_label, columns=len(members)))
            third.append(TableCell(column.label))
        elif style.fillers:
            second.append(TableCell(column.label))
            third.append(TableCell(""))
        else:
            second.append(TableCell(column.label, rows=2))
    return [first, second, third]


def _requests_labels(
    figures: Figures, rows: Sequence[forms.Row], index: int, outermost: str, style: Style
) -> list[TableCell]:
    """The label cells of one row: one, two or three, filling three columns; spans down are merged later."""
    del style
    row = rows[index]
    if row.level == 0:
        return [TableCell(_label(figures, row), columns=3)]
    if row.level == 1:
        return [TableCell(outermost), TableCell(_label(figures, row), columns=2)]
    parent = next(other for other in reversed(rows[:index]) if other.level == 1)
    return [TableCell(outermost), TableCell(_label(figures, parent)), TableCell(_label(figures, row))]


def _merge_labels(rows: Rows, style: Style) -> Rows:
    """Equal group labels below each other become one cell that spans them."""
    merged: Rows = []
    for position in (0, 1):
        start = 0
        while start < len(rows):
            cell = rows[start][position]
            end = start + 1
            if not cell.is_number and cell.columns == 1:
                while end < len(rows) and rows[end][position] == cell:
                    end += 1
            keep_each = position == 0 and style.repeated_group
            for at in range(start, end):
                span = 1 if keep_each else end - start
                rows[at][position] = replace(cell, rows=span if at == start or keep_each else 0)
            start = end
    for row in rows:
        merged.append([cell for cell in row if cell.rows > 0])
    return merged


def _one_row(figures: Figures, table: forms.Table, style: Style) -> Rows:
    """Three groups of five heads over one row of numbers, the last two groups under a common head."""
    block = table.blocks[0]
    width = len(block.columns)
    first: list[TableCell] = []
    second: list[TableCell] = []
    third: list[TableCell] = []
    parents = [row.parent for row in block.rows]
    for row in block.rows:
        if row.parent is None:
            first.append(TableCell(row.label, columns=width))
            second.extend(TableCell(column.label, rows=1 if style.fillers else 2) for column in block.columns)
            third.extend(TableCell("") for _ in block.columns if style.fillers)
            continue
        if all(cell.text != row.parent for cell in first):
            first.append(TableCell(row.parent, columns=width * parents.count(row.parent)))
        second.append(TableCell(row.label, columns=width))
        third.extend(TableCell(column.label) for column in block.columns)
    numbers = [
        _number(figures, f"{table.id}.{row.id}.{column.id}", style)
        for row in block.rows
        for column in block.columns
    ]
    return [first, second, third, numbers]


def _annex(figures: Figures, table: forms.Table, style: Style) -> Rows:
    """The statistical annex: label, unit, one column of numbers or two; only the rows that have figures."""
    block = table.blocks[0]
    heads = [column.label.replace("YYYY", str(figures.report_year)) for column in block.columns]
    rows: Rows = [[TableCell("指标名称"), TableCell("计量单位"), *(TableCell(head) for head in heads)]]
    for row in block.rows:
        addresses = [f"{table.id}.{row.id}.{column.id}" for column in block.columns]
        if addresses[0] in figures.cells:
            numbers = [_number(figures, address, style) for address in addresses]
            unit = (row.unit or "").partition("/")[0]
            rows.append([TableCell(_label(figures, row)), TableCell(unit), *numbers])
    return rows


def _write(rows: Rows, style: Style) -> str:
    lines = ['<table class="report" border="1" cellspacing="0" cellpadding="4">', "<tbody>"]
    for row in rows:
        cells = "".join(_write_cell(cell, style) for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    lines += ["</tbody>", "</table>"]
    html = "\n".join(lines)
    return upper_case(html) if style.markup == "upper" else html


def _write_cell(cell: TableCell, style: Style) -> str:
    spans = "".join(_spans(cell))
    inner = escape(cell.text).replace("\xa0", "&nbsp;")
    if style.markup == "word":
        return word_cell(inner, spans)
    if style.markup == "upper":
        return f'<td valign="center"{spans}><p align="center"><span>{inner}</span></p></td>'
    return f"<td{spans}>{inner}</td>"


def _spans(cell: TableCell) -> Iterator[str]:
    if cell.rows > 1:
        yield f' rowspan="{cell.rows}"'
    if cell.columns > 1:
        yield f' colspan="{cell.columns}"'
