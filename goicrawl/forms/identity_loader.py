"""Reads the identities and holds every name in them against the forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from goicrawl.forms.identities import Equation, Identity
from goicrawl.forms.model import Form, Table
from goicrawl.forms.toml_file import TomlFile

# The keys that a kind of check needs beside those that every identity has.
_NEEDS = {
    "sum": ("table", "equations"),
    "domain": (),
    "rules_row": ("table", "row"),
    "narrative_count": ("table", "column", "counts"),
    "deadline": ("first_year_of_two_deadlines",),
}


def load_identities(path: Path, forms: Mapping[str, Form]) -> tuple[Identity, ...]:
    """Read the identities.

    Raises:
        FormError: a broken file, or a rule that names a form, table, row or column that is not there.
    """
    file = TomlFile(path)
    tables = file.check("identities", file.data)["identities"]
    for data in tables:
        file.check("identity", data)
        for equation in data.get("equations", []):
            file.check("equation", equation)
    file.unique("identity", tables)
    out = []
    for data in tables:
        lacking = [key for key in _NEEDS[data["check"]] if key not in data]
        if lacking:
            file.fail(data, f"identity {data['id']!r}: a check {data['check']!r} needs {', '.join(lacking)}")
        if data["check"] == "sum" and data["per"] == "cell":
            file.fail(data, f"identity {data['id']!r}: a sum is per column, row or report", "per")
        for table in _tables(file, data, forms):
            _check_names(file, data, table)
        out.append(_identity(data))
    return tuple(out)


def _identity(data: dict[str, Any]) -> Identity:
    equations = tuple(
        Equation(
            tuple(equation["left"]), tuple(equation["right"]), equation["at"],
            equation.get("left_english"), equation.get("right_english"),
        )
        for equation in data.get("equations", [])
    )  # fmt: skip
    counts = tuple(tuple(count) for count in data.get("counts", []))
    return Identity(**{**data, "forms": tuple(data["forms"]), "equations": equations, "counts": counts})


def _tables(file: TomlFile, data: dict[str, Any], forms: Mapping[str, Form]) -> list[Table]:
    """The table that the identity names, in each of its forms."""
    named = list(forms) if data["forms"] == ["all"] else data["forms"]
    unknown = [name for name in named if name not in forms]
    if unknown:
        file.fail(data, f"identity {data['id']!r}: no form {unknown[0]!r}", "forms")
    if "table" not in data:
        return []
    found = {name: forms[name].table(data["table"]) for name in named}
    lacking = [name for name, table in found.items() if table is None]
    if lacking and (data["forms"] != ["all"] or len(lacking) == len(found)):
        file.fail(data, f"identity {data['id']!r}: form {lacking[0]} has no table {data['table']!r}", "table")
    return [table for table in found.values() if table is not None]


def _check_names(file: TomlFile, data: dict[str, Any], table: Table) -> None:
    singles = {row.single_row_id for row in table.one_row_groups if row.single_row_id is not None}
    rows = {row.id for row in table.rows if row.kind != "group"} | singles
    columns = {column.id for column in table.columns}
    named = [(data, "row", name) for name in [data["row"]] if name not in rows] if "row" in data else []
    if "column" in data and data["column"] not in columns:
        named.append((data, "column", data["column"]))
    named += [(data, "row", name) for count in data.get("counts", []) for name in count if name not in rows]
    for equation in data.get("equations", []):
        for name in (*equation["left"], *equation["right"], equation["at"]):
            kinds = {"column": [(rows, "row")], "row": [(columns, "column")]}.get(
                data["per"], [(rows, "row"), (columns, "column")]
            )
            named += [(equation, kind, part) for part, kind in _unknown(name, kinds)]
        if equation["at"].endswith("*"):
            file.fail(equation, f"identity {data['id']!r}: at {equation['at']!r} is not one cell")
    for where, kind, name in named:
        file.fail(where, f"identity {data['id']!r}: table {table.id!r} has no {kind} {name!r}")


def _unknown(name: str, kinds: list[tuple[set[str], str]]) -> Iterable[tuple[str, str]]:
    """The parts of a name, row or column or row.column, that nothing in the table bears."""
    parts = name.split(".")
    if len(parts) != len(kinds):
        return [(name, ".".join(kind for _, kind in kinds))]
    return [
        (part, kind)
        for part, (known, kind) in zip(parts, kinds, strict=True)
        if not any(one.startswith(part[:-1]) if part.endswith("*") else one == part for one in known)
    ]
