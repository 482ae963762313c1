"""Prints a draft as the plain text that people paste and tools keep: cells a line, runs, tabs, pipes."""

from __future__ import annotations

import re

from tests.renderings import grid
from tests.renderings.model import Cell, Draft, Para, Row, Table

KEEPS_BLANKS = ("pipes", "tabs", "bars")


def text(draft: Draft) -> str:
    """The page as text in the manner of `options["text_as"]`.

    Where a manner loses blank cells, every figure of such a line may be refused: nobody can say which of the
    columns was blank.
    """
    manner = draft.options.get("text_as", "lines")
    lines: list[str] = []
    for block in [
        *draft.options.get("before", ()),
        *draft.head,
        *draft.blocks,
        *draft.options.get("after", ()),
    ]:
        if isinstance(block, Table):
            if manner not in KEEPS_BLANKS:
                lose_blanks(draft, block)
            lines += table_lines(draft, block, manner)
        elif isinstance(block, Para) or block.text:
            lines += paragraph_lines(draft, block.text, getattr(block, "level", None), manner)
    if manner == "one_line":
        return " ".join(re.sub(r"\s+", " ", line).strip() for line in lines if line.strip())
    line_end: str = draft.options.get("line_end", "\n")
    return line_end.join(lines) + line_end


def lose_blanks(draft: Draft, table: Table) -> None:
    for row in table.rows:
        cells = [cell for cell in row if cell.role == "value"]
        if any(not cell.text.strip() for cell in cells):
            draft.refuse([cell.address for cell in cells if cell.address])


def paragraph_lines(draft: Draft, words: str, level: int | None, manner: str) -> list[str]:
    if manner == "pipes" and level is not None:
        return ["", f"{'#' * level} {words}", ""]
    if manner == "one_line" or not draft.options.get("blank_lines", False):
        return [words]
    return [words, ""]


def table_lines(draft: Draft, table: Table, manner: str) -> list[str]:
    if manner == "pipes":
        return pipes(table)
    if manner == "tabs":
        return ["\t".join(flat(cell) for cell in row) for row in expanded(table)]
    if manner == "bars":
        rows = ["│" + "│".join(flat(cell) for cell in row) + "│" for row in expanded(table)]
        rule = "├" + "─" * 40 + "┤"
        return [line for row in rows for line in (rule, row)] + [rule]
    if manner == "columns":
        return columns(table)
    if manner in ("glued", "together"):
        return [glued(draft, row, manner) for row in table.rows]
    if manner in ("spaces", "one_line"):
        gap = draft.options.get("gap", " ")
        keep = manner == "spaces" and draft.options.get("keep_breaks", False)
        runs = [gap.join(flat(cell, keep) for cell in row if flat(cell).strip()) for row in table.rows]
        return "\n".join(runs).split("\n")
    lines: list[str] = []
    for row in table.rows:
        for cell in row:
            parts = [part for part in cell.text.split("\n") if part.strip()]
            for part in parts:
                lines.append(part)
                if draft.options.get("blank_lines", False):
                    lines.append("")
    return lines


def columns(table: Table) -> list[str]:
    """Columns padded to a common width, two spaces apart, as a terminal's table has them."""
    rows = [[flat(cell) for cell in row] for row in expanded(table)]
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    return ["".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows]


def glued(draft: Draft, row: Row, manner: str) -> str:
    """A row whose first figure sticks to its label, or all of whose cells stick together.

    Stuck together, several figures are one string of digits that nobody can take apart surely.
    """
    words = [cell for cell in row if flat(cell).strip()]
    values = [cell for cell in words if cell.role == "value"]
    if manner == "together":
        if len(values) > 1:
            draft.refuse([cell.address for cell in values if cell.address])
        return "".join(flat(cell).strip() for cell in words)
    first = next((at for at, cell in enumerate(words) if cell.role == "value"), len(words))
    if any(cell.role != "value" and cell.role != "other" for cell in words[first:]):
        return " ".join(flat(cell).strip() for cell in words)
    before = " ".join(flat(cell) for cell in words if cell.role != "value")
    return before + " ".join(flat(cell).strip() for cell in values)


def flat(cell: Cell, keep_breaks: bool = False) -> str:
    text = cell.text if keep_breaks else cell.text.replace("\n", "")
    return text.replace("|", "／").replace("\t", " ")


def expanded(table: Table) -> list[Row]:
    """The rows with spans written out: a spanning cell's text in its first place, blanks in the others."""
    seats = grid.places(table.rows)
    starts = grid.anchors(table.rows)
    width = max(column for _, column in seats) + 1
    out: list[Row] = []
    for r in range(len(table.rows)):
        line: Row = []
        for column in range(width):
            cell = seats.get((r, column))
            first = cell is not None and starts[id(cell)] == (r, column)
            line.append(cell if cell is not None and first else Cell("", "filler"))
        out.append(line)
    return out


def pipes(table: Table) -> list[str]:
    rows = expanded(table)
    lines = ["| " + " | ".join(flat(cell) for cell in row) + " |" for row in rows]
    rule = "|" + "---|" * len(rows[0])
    return ["", lines[0], rule, *lines[1:], ""]
