"""The official forms as data: what a form, a table, a row and a column are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

CellType = Literal["int", "decimal", "signed_int"]
RowKind = Literal["data", "group", "total"]
Layout = Literal["matrix", "one_row"]


@dataclass(frozen=True, slots=True)
class SectionSpec:
    number: int
    label: str
    english: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column's head. `patterns` are regular expressions for heads that carry a year."""

    id: str
    label: str
    english: str
    aliases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    unit: str | None = None
    type: CellType = "int"
    note: str | None = None
    optional: bool = False
    """Whether organs may print the table without this column, so that it is no gap."""

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        return re.compile("|".join(self.patterns)) if self.patterns else None


@dataclass(frozen=True, slots=True)
class Row:
    """A row's label. A `group` row holds no numbers unless `single_row_id` names what they are then."""

    id: str
    label: str
    english: str
    aliases: tuple[str, ...] = ()
    level: int = 0
    kind: RowKind = "data"
    unit: str | None = None
    type: CellType | None = None
    parent: str | None = None
    single_row_id: str | None = None
    evidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one set of column heads; `caption` is the line printed above them, if any."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A head that spans several columns."""

    label: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell of a form. `label` is Chinese, row label and column head joined by " / "."""

    address: str
    form: str
    table: str
    block: str
    row: str
    column: str
    label: str
    row_label: str
    column_label: str
    english: str
    unit: str | None
    type: CellType


@dataclass(frozen=True)
class Table:
    id: str
    english: str
    blocks: tuple[Block, ...]
    section: int | None = None
    section_label: str | None = None
    unit: str | None = None
    layout: Layout = "matrix"
    corner_note: str | None = None
    column_groups: tuple[ColumnGroup, ...] = ()
    note: str | None = None
    optional_rows: bool = False
    """Whether organs print only some of the rows, so that a missing one is no gap."""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns, each once, in printed order."""
        seen: dict[str, Column] = {}
        for block in self.blocks:
            for column in block.columns:
                seen.setdefault(column.id, column)
        return tuple(seen.values())

    @cached_property
    def one_row_groups(self) -> tuple[Row, ...]:
        """Groups that some organs print as a single row of numbers."""
        return tuple(row for row in self.rows if row.single_row_id is not None)

    def rows_of_group(self, group: Row) -> tuple[Row, ...]:
        """The rows with numbers that stand under a group: those of a deeper level, to the group's end."""
        block = next(block for block in self.blocks if group in block.rows)
        out: list[Row] = []
        for row in block.rows[block.rows.index(group) + 1 :]:
            if row.level <= group.level:
                break
            if row.kind != "group":
                out.append(row)
        return tuple(out)


@dataclass(frozen=True)
class Form:
    """A version of the report's form. `report_years` is (first, last); last is None while in use."""

    id: str
    name: str
    report_years: tuple[int, int | None]
    tables: tuple[Table, ...]
    sections: tuple[SectionSpec, ...] = ()
    note: str | None = None

    def table(self, table_id: str) -> Table | None:
        return next((table for table in self.tables if table.id == table_id), None)

    @cached_property
    def cells(self) -> tuple[CellSpec, ...]:
        """Every cell, in printed order."""
        out: list[CellSpec] = []
        for table in self.tables:
            for block in table.blocks:
                for row in block.rows:
                    if row.kind == "group":
                        continue
                    out.extend(_cell(self.id, table, block, row, row.id, column) for column in block.columns)
        return tuple(out)

    @cached_property
    def alternates(self) -> tuple[CellSpec, ...]:
        """Cells that stand in a form's place of others: a group printed as one row."""
        return tuple(
            _cell(self.id, table, block, row, row.single_row_id, column)
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            if row.single_row_id is not None
            for column in block.columns
        )

    @cached_property
    def printed_cells(self) -> tuple[CellSpec, ...]:
        """`cells` and `alternates` in printed order, a group's one row in the place of its head."""
        return tuple(
            _cell(self.id, table, block, row, row_id, column)
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            if (row_id := row.single_row_id if row.kind == "group" else row.id) is not None
            for column in block.columns
        )

    @cached_property
    def addresses(self) -> frozenset[str]:
        return frozenset(cell.address for cell in self.cells)


def _cell(form: str, table: Table, block: Block, row: Row, row_id: str, column: Column) -> CellSpec:
    kind: CellType = row.type if row.type is not None and column.type == "int" else column.type
    return CellSpec(
        address=f"{table.id}.{row_id}.{column.id}",
        form=form,
        table=table.id,
        block=block.id,
        row=row_id,
        column=column.id,
        label=f"{row.label} / {column.label}",
        row_label=row.label,
        column_label=column.label,
        english=f"{row.english}: {column.english}",
        unit=column.unit or row.unit or table.unit,
        type=kind,
    )
