"""Reads the forms' files and refuses a broken one, naming the file and the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from goicrawl.forms.identities import Equation, Identity
from goicrawl.forms.labels import read_label
from goicrawl.forms.model import Block, Column, ColumnGroup, Form, Row, SectionSpec, Table

_ID = re.compile(r"[a-z][a-z0-9_]*")
_TYPES = ("int", "decimal", "signed_int")
_KEYS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # what: (must be there, may be there)
    "form": (frozenset({"id", "name", "report_years", "tables"}), frozenset({"sections", "note"})),
    "section": (frozenset({"number", "label", "english"}), frozenset({"aliases"})),
    "table": (
        frozenset({"id", "english", "blocks"}),
        frozenset(
            {
                "section",
                "section_label",
                "unit",
                "layout",
                "corner_note",
                "column_groups",
                "optional_rows",
                "note",
            }
        ),
    ),
    "column_group": (frozenset({"label", "columns"}), frozenset()),
    "block": (frozenset({"id", "columns", "rows"}), frozenset({"caption"})),
    "column": (
        frozenset({"id", "label", "english"}),
        frozenset({"aliases", "patterns", "unit", "type", "note"}),
    ),
    "row": (
        frozenset({"id", "label", "english"}),
        frozenset(
            {"aliases", "level", "kind", "unit", "type", "parent", "single_row_id", "evidence", "note"}
        ),
    ),
    "equation": (frozenset({"left", "right", "at"}), frozenset({"left_english", "right_english"})),
    "identity": (
        frozenset({"id", "severity", "forms", "check", "per", "statement"}),
        frozenset({"table", "row", "column", "equations", "counts", "first_year_of_two_deadlines", "note"}),
    ),
}


class FormError(ValueError):
    """A form's file is broken. The message begins with `file:line:`."""


class _File:
    """One TOML file, and the means to say where in it something stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise FormError(f"{path.name}:1: cannot be read: {error}") from error
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise FormError(f"{path.name}:{line.group(1) if line else 1}: {error}") from error

    def line_of(self, identifier: object, nth: int = 0) -> int:
        lines = self.text.splitlines()
        pattern = re.compile(rf"\b(?:id|number)\s*=\s*\"?{re.escape(str(identifier))}\"?(?![\w])")
        found = [number for number, line in enumerate(lines, 1) if pattern.search(line)]
        return found[min(nth, len(found) - 1)] if found else 1

    def fail(self, what: object, message: str, nth: int = 0) -> NoReturn:
        raise FormError(f"{self.path.name}:{self.line_of(what, nth)}: {message}")

    def check(self, kind: str, data: Any, name: object) -> dict[str, Any]:
        must, may = _KEYS[kind]
        if not isinstance(data, dict):
            self.fail(name, f"a {kind} must be a table, not {type(data).__name__}")
        missing = must - data.keys()
        if missing:
            self.fail(
                data.get("id", name), f"{kind} {data.get('id', name)!r} lacks {', '.join(sorted(missing))}"
            )
        unknown = data.keys() - must - may
        if unknown:
            self.fail(
                data.get("id", name),
                f"{kind} {data.get('id', name)!r} has unknown {', '.join(sorted(unknown))}",
            )
        identifier = data.get("id")
        if (
            kind != "identity"
            and identifier is not None
            and not (isinstance(identifier, str) and _ID.fullmatch(identifier))
        ):
            self.fail(identifier, f"{kind} id {identifier!r} is not lower-case words joined by _")
        for key in ("label", "english", "name", "statement"):
            if key in data and (not isinstance(data[key], str) or data[key].strip() == ""):
                self.fail(
                    identifier if identifier is not None else name,
                    f"{kind} {identifier!r}: {key} must be text",
                )
        for key in ("aliases", "patterns"):
            values = data.get(key, [])
            if not isinstance(values, list) or not all(
                isinstance(v, str) and v.strip() != "" for v in values
            ):
                self.fail(identifier, f"{kind} {identifier!r}: {key} must be a list of texts")
        for pattern in data.get("patterns", []):
            try:
                re.compile(pattern)
            except re.error as error:
                self.fail(identifier, f"{kind} {identifier!r}: pattern {pattern!r}: {error}")
        if data.get("type", "int") not in _TYPES:
            self.fail(
                identifier, f"{kind} {identifier!r}: type {data['type']!r} is none of {', '.join(_TYPES)}"
            )
        return data

    def unique(self, what: str, identifiers: Iterable[Any]) -> None:
        seen: dict[Any, int] = {}
        for identifier in identifiers:
            if identifier in seen:
                self.fail(identifier, f"{what} {identifier!r} stands twice", nth=seen[identifier])
            seen[identifier] = seen.get(identifier, 0) + 1


def load_form(path: Path) -> Form:
    """Read one form.

    Raises:
        FormError: the file cannot be read, has unknown or missing keys, ids that recur, or labels that
            two rows of one block share.
    """
    file = _File(path)
    data = file.check("form", file.data, path.stem)
    if data["id"] != path.stem:
        file.fail(data["id"], f"form id {data['id']!r} is not the file's name")
    years = data["report_years"]
    if not isinstance(years, list) or len(years) not in (1, 2) or not all(isinstance(y, int) for y in years):
        raise FormError(
            f"{path.name}:{_line(file.text, 'report_years')}: report_years must be [first] or [first, last]"
        )
    sections = [file.check("section", section, "sections") for section in data.get("sections", [])]
    file.unique("section", [section["number"] for section in sections])
    tables = [_table(file, table) for table in data["tables"]]
    file.unique("table", [table.id for table in tables])
    return Form(
        id=data["id"],
        name=data["name"],
        report_years=(years[0], years[1] if len(years) == 2 else None),
        tables=tuple(tables),
        sections=tuple(
            SectionSpec(s["number"], s["label"], s["english"], tuple(s.get("aliases", ()))) for s in sections
        ),
        note=data.get("note"),
    )


def _table(file: _File, data: Any) -> Table:
    data = file.check("table", data, "tables")
    if data.get("layout", "matrix") not in ("matrix", "one_row"):
        file.fail(
            data["id"], f"table {data['id']!r}: layout {data['layout']!r} is neither matrix nor one_row"
        )
    blocks = [_block(file, block) for block in data["blocks"]]
    file.unique("block", [block.id for block in blocks])
    rows = [row for block in blocks for row in block.rows]
    file.unique("row", [row.id for row in rows])
    columns = {column.id for block in blocks for column in block.columns}
    groups = []
    for group in data.get("column_groups", []):
        file.check("column_group", group, data["id"])
        unknown = set(group["columns"]) - columns
        if unknown:
            file.fail(
                data["id"], f"column group {group['label']!r} names unknown {', '.join(sorted(unknown))}"
            )
        groups.append(ColumnGroup(group["label"], tuple(group["columns"])))
    return Table(
        id=data["id"],
        english=data["english"],
        blocks=tuple(blocks),
        section=data.get("section"),
        section_label=data.get("section_label"),
        unit=data.get("unit"),
        layout=data.get("layout", "matrix"),
        corner_note=data.get("corner_note"),
        column_groups=tuple(groups),
        note=data.get("note"),
        optional_rows=data.get("optional_rows", False) is True,
    )


def _block(file: _File, data: Any) -> Block:
    data = file.check("block", data, "blocks")
    columns = [_take(Column, file.check("column", column, data["id"])) for column in data["columns"]]
    rows = [_take(Row, file.check("row", row, data["id"])) for row in data["rows"]]
    file.unique("column", [column.id for column in columns])
    for row in rows:
        if row.kind not in ("data", "group", "total"):
            file.fail(row.id, f"row {row.id!r}: kind {row.kind!r} is none of data, group, total")
        if row.single_row_id is not None and row.kind != "group":
            file.fail(row.id, f"row {row.id!r}: only a group may have a single_row_id")
    labels: dict[tuple[int | None, int | None, str], str] = {}
    last_group = 0
    for position, row in enumerate(rows):
        if row.level == 0 or row.kind == "group":
            last_group = position
            labels = {} if row.level == 0 else labels
        for text in (row.label, *row.aliases):
            label = read_label(text)
            other = labels.setdefault((label.level, label.number, label.key), row.id)
            if other != row.id and last_group <= position:
                file.fail(row.id, f"row {row.id!r} has the label of row {other!r}: {text}")
    return Block(data["id"], tuple(columns), tuple(rows), data.get("caption"))


def _take(make: Callable[..., Any], data: dict[str, Any]) -> Any:
    return make(**{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})


def _line(text: str, key: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if line.startswith(key)), 1)


def load_identities(path: Path, forms: dict[str, Form]) -> tuple[Identity, ...]:
    """Read the identities and check every name in them against the forms.

    Raises:
        FormError: a broken file, or a rule that names a form, table or row that no form has.
    """
    file = _File(path)
    out: list[Identity] = []
    for data in file.data.get("identities", []):
        file.check("identity", data, "identities")
        equations = tuple(
            _take(Equation, file.check("equation", e, data["id"])) for e in data.get("equations", [])
        )
        values = {**data, "equations": equations, "forms": tuple(data["forms"])}
        values["counts"] = tuple(tuple(count) for count in data.get("counts", []))
        identity = Identity(**values)
        for name in identity.forms:
            if name != "all" and name not in forms:
                file.fail(identity.id, f"identity {identity.id}: no form {name!r}")
            _check_names(file, identity, [forms[name]] if name != "all" else list(forms.values()))
        out.append(identity)
    file.unique("identity", [identity.id for identity in out])
    return tuple(out)


def _check_names(file: _File, identity: Identity, forms: list[Form]) -> None:
    for form in forms:
        table = None if identity.table is None else form.table(identity.table)
        if table is None:
            if identity.table is not None and identity.forms != ("all",):
                file.fail(
                    identity.id, f"identity {identity.id}: form {form.id} has no table {identity.table!r}"
                )
            continue
        rows = {row.id for row in table.rows} | {r.single_row_id for r in table.one_row_groups}
        names = rows if identity.per == "column" else {column.id for column in table.columns}
        for equation in identity.equations:
            for name in (*equation.left, *equation.right, equation.at):
                prefix = name[:-1] if name.endswith("*") else None
                known = name in names if prefix is None else any(n and n.startswith(prefix) for n in names)
                if not known:
                    file.fail(identity.id, f"identity {identity.id}: form {form.id} has no {name!r}")
