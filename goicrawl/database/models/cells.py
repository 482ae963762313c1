"""How the cells of a report are kept: one row a printed table, its numbers in one array.

A report has some 200 cells. A row for each would take 20 kB a report with its index, and the corpus has
1.7 million reports. So a table is one row of `table_cells`, and what thousands of reports share stands
once:

- `layouts` and `layout_cells` say which address each place of the array has. A layout is never changed:
  a form that gains a row gets a new one, so old arrays keep their meaning.
- `placements` say where on the page each place of the array was printed.
- `numbers[i]` is the number, null where there is none. A cell that is printed as its number is, say "12",
  needs no more than that. The few numbers that are no 32-bit integers stand in `exact`, by place.
- `kinds`, null where every cell is a number or blank, has one letter a cell: "." number, "b" blank,
  "s" slash, "t" text, "-" not in the report at all. So a number that is not of kind `number`
  cannot be written down.
- `raws` has the printed text of those cells where it is not what the number and the kind already say
  ("" for blank, "/" for slash), by place; `units` the units printed inside cells.

The view `cells` puts it together again: one row a cell, exactly as it was read.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from goicrawl.database.models.base import Base, Code


class Layout(Base):
    __tablename__ = "layouts"
    __table_args__ = (
        UniqueConstraint("digest"),
        CheckConstraint("octet_length(digest) = 16", name="digest"),
        {"comment": "Ordered cells of one table, shared by the reports that print them; never changed"},
    )

    id: Mapped[int] = mapped_column(Integer, Identity(always=False), primary_key=True, comment="Key")
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of its addresses in order")
    table_name: Mapped[str] = mapped_column(comment="The table")
    size: Mapped[Code] = mapped_column(comment="How many cells")


class LayoutCell(Base):
    __tablename__ = "layout_cells"
    __table_args__ = (
        Index("ix_layout_cells_address_id", "address_id"),
        {"comment": "Which address each place of a layout has"},
    )

    layout_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("layouts.id"), primary_key=True, comment="The layout"
    )
    place: Mapped[Code] = mapped_column(primary_key=True, comment="Place in the arrays, from 1")
    address_id: Mapped[Code] = mapped_column(ForeignKey("cell_addresses.id"), comment="The cell")


class Placement(Base):
    __tablename__ = "placements"
    __table_args__ = (
        UniqueConstraint("digest"),
        CheckConstraint("octet_length(digest) = 16", name="digest"),
        CheckConstraint(
            "cardinality(grids) = cardinality(rows) AND cardinality(rows) = cardinality(columns)",
            name="sizes",
        ),
        {"comment": "Where the cells of a table were printed, shared by the reports that print them alike"},
    )

    id: Mapped[int] = mapped_column(Integer, Identity(always=False), primary_key=True, comment="Key")
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of its places in order")
    grids: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), comment="Grid of the document, from 0")
    rows: Mapped[list[int]] = mapped_column(ARRAY(Integer), comment="Row of the grid, from 0")
    columns: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), comment="Column of the grid, from 0")


class TableCells(Base):
    __tablename__ = "table_cells"
    __table_args__ = (
        CheckConstraint("kinds ~ '^[-.bst]+$' AND length(kinds) = cardinality(numbers)", name="kinds"),
        CheckConstraint("cardinality(numbers) > 0", name="numbers"),
        {"comment": "The cells of one printed table; the view cells shows them one by one"},
    )

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    layout_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("layouts.id"), primary_key=True, comment="Which cells these are"
    )
    placement_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("placements.id"), comment="Where on the page they stand"
    )
    numbers: Mapped[list[int | None]] = mapped_column(
        ARRAY(Integer), comment="The numbers, null where a cell has none or it stands in exact"
    )
    exact: Mapped[Any | None] = mapped_column(
        JSONB, comment="Numbers that are no 32-bit integers, exactly, by place"
    )
    kinds: Mapped[str | None] = mapped_column(
        comment="A letter a cell: . number, b blank, s slash, t text, - absent; null: only numbers and blanks"
    )
    raws: Mapped[Any | None] = mapped_column(
        JSONB, comment="Printed text by place, where number and kind do not already say it"
    )
    units: Mapped[Any | None] = mapped_column(JSONB, comment="Units printed inside cells, by place")
    capture_id: Mapped[int | None] = mapped_column(
        BigInteger,
        ForeignKey("captures.id"),
        comment="The file that this table was read from; null: the version's own capture",
    )


__all__ = ["Layout", "LayoutCell", "Placement", "TableCells"]
