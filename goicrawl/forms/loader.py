"""Reads the forms' files and refuses a broken one, naming the file and the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from goicrawl.forms.labels import read_label
from goicrawl.forms.model import Block, Column, ColumnGroup, Form, Row, SectionSpec, Table
from goicrawl.forms.toml_file import FormError, TomlFile

__all__ = ["FormError", "load_form"]


def load_form(path: Path) -> Form:
    """Read one form.

    Raises:
        FormError: the file cannot be read, has unknown or missing keys or values of the wrong kind, ids
            that recur, or rows or columns that a reader could not tell apart by their labels.
    """
    file = TomlFile(path)
    data = file.check("form", file.data)
    if data["id"] != path.stem:
        file.fail(data, f"form id {data['id']!r} is not the file's name", "id")
    years = data["report_years"]
    sections = [file.check("section", section) for section in data.get("sections", [])]
    file.unique("section", sections, "number")
    _labels_differ(file, "section", sections, lambda section: section["number"])
    tables = [_table(file, table) for table in data["tables"]]
    file.unique("table", data["tables"])
    return Form(
        id=data["id"],
        name=data["name"],
        report_years=(years[0], years[1] if len(years) == 2 else None),
        tables=tuple(tables),
        sections=tuple(_take(SectionSpec, section) for section in sections),
        note=data.get("note"),
    )


def _table(file: TomlFile, data: dict[str, Any]) -> Table:
    file.check("table", data)
    blocks = [_block(file, block) for block in data["blocks"]]
    file.unique("block", data["blocks"])
    rows = [row for block in data["blocks"] for row in block["rows"]]
    file.unique("row", rows)
    _single_rows_differ(file, rows)
    columns = [column for block in data["blocks"] for column in block["columns"]]
    _labels_differ(file, "column", columns, lambda column: column["id"])
    known = {column["id"] for column in columns}
    for group in data.get("column_groups", []):
        file.check("column_group", group)
        unknown = [name for name in group["columns"] if name not in known]
        if unknown:
            file.fail(group, f"column group {group['label']!r} names unknown {', '.join(unknown)}")
    groups = [_take(ColumnGroup, group) for group in data.get("column_groups", [])]
    return _take(Table, data | {"blocks": blocks, "column_groups": groups})  # type: ignore[no-any-return]


def _block(file: TomlFile, data: dict[str, Any]) -> Block:
    file.check("block", data)
    columns = [_take(Column, file.check("column", column)) for column in data["columns"]]
    rows = [_take(Row, file.check("row", row)) for row in data["rows"]]
    file.unique("column", data["columns"])
    _rows_differ(file, data["rows"])
    return Block(data["id"], tuple(columns), tuple(rows), data.get("caption"))


def _rows_differ(file: TomlFile, rows: list[dict[str, Any]]) -> None:
    """Rows of level 0 must be told apart by their labels; so must the rows under each of these."""
    heads = [row for row in rows if row.get("level", 0) == 0]
    _labels_differ(file, "row", heads, lambda row: row["id"])
    under: list[dict[str, Any]] = []
    for row in rows:
        if row.get("level", 0) == 0:
            under = []
        else:
            under.append(row)
            _labels_differ(file, "row", under, lambda row: row["id"])


def _labels_differ(
    file: TomlFile, kind: str, tables: Iterable[dict[str, Any]], identify: Callable[[dict[str, Any]], Any]
) -> None:
    """Refuse a label or alias, number included, that two tables of different ids have."""
    owners: dict[Any, Any] = {}
    for table in tables:
        for text in (table["label"], *table.get("aliases", [])):
            owner = owners.setdefault(read_label(text), identify(table))
            if owner != identify(table):
                file.fail(table, f"{kind} {identify(table)!r} has the label of {kind} {owner!r}: {text}")


def _single_rows_differ(file: TomlFile, rows: list[dict[str, Any]]) -> None:
    """The row that a group is printed as is the group's own, and no other's."""
    ids = {row["id"] for row in rows}
    for row in rows:
        single = row.get("single_row_id")
        if single is None:
            continue
        if row.get("kind") != "group":
            file.fail(row, f"row {row['id']!r}: only a group may have a single_row_id", "single_row_id")
        if single in ids:
            file.fail(
                row, f"row {row['id']!r}: single_row_id {single!r} is the id of another row", "single_row_id"
            )
        ids.add(single)


def _take(make: Callable[..., Any], data: dict[str, Any]) -> Any:
    return make(**{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})
