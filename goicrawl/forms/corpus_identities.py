"""The identities between reports, as data: one body over the years, and a region with the bodies in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from goicrawl.forms.model import Form, Table
from goicrawl.forms.toml_file import TomlFile

CorpusCheck = Literal["across_years", "repeated_table", "aggregation"]

PREVIOUS = "previous."

# The keys that a kind of check needs beside those that every identity has, and what it may be held per.
_NEEDS = {
    "across_years": (("table", "left", "right", "at"), ("column", "row")),
    "repeated_table": (("least_numbers",), ("table",)),
    "aggregation": (("cells",), ("cell",)),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A part of one side: a row or column, of which of the two years, and whether it is taken off."""

    name: str
    previous: bool
    sign: int


@dataclass(frozen=True, slots=True)
class CorpusIdentity:
    """One rule between reports. `forms` names the forms it holds for; ("all",) means every form.

    `rows` are the rows of an identity that holds per row. A left side that is short by no more than the
    sum of `excused_by` (of the later report) may be explained by `excuse`.
    """

    id: str
    severity: Literal["error", "warning", "info"]
    forms: tuple[str, ...]
    check: CorpusCheck
    per: Literal["column", "row", "table", "cell"]
    statement: str
    table: str | None = None
    rows: tuple[str, ...] = ()
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()
    at: str | None = None
    excused_by: tuple[str, ...] = ()
    excuse: str | None = None
    least_numbers: int = 0
    cells: tuple[str, ...] = ()
    note: str | None = None

    def holds_for(self, form: str | None) -> bool:
        return form is not None and (form in self.forms or self.forms == ("all",))


def load_corpus_identities(path: Path, forms: Mapping[str, Form]) -> tuple[CorpusIdentity, ...]:
    """Read the identities between reports.

    Raises:
        FormError: a broken file, or a rule that names a form, table, row, column or cell that is not there.
    """
    file = TomlFile(path)
    tables = file.check("identities", file.data)["identities"]
    for data in tables:
        file.check("corpus_identity", data)
    file.unique("identity", tables)
    return tuple(_identity(file, data, forms) for data in tables)


def _identity(file: TomlFile, data: dict[str, Any], forms: Mapping[str, Form]) -> CorpusIdentity:
    needs, per = _NEEDS[data["check"]]
    lacking = [key for key in needs if key not in data]
    if data.get("per") == "row" and "rows" not in data:
        lacking.append("rows")
    if lacking:
        file.fail(data, f"identity {data['id']!r}: a check {data['check']!r} needs {', '.join(lacking)}")
    if data["per"] not in per:
        file.fail(
            data, f"identity {data['id']!r}: a check {data['check']!r} is per {' or '.join(per)}", "per"
        )
    named = list(forms) if data["forms"] == ["all"] else data["forms"]
    for name in named:
        if name not in forms:
            file.fail(data, f"identity {data['id']!r}: no form {name!r}", "forms")
        for fault in _faults(data, forms[name]):
            file.fail(data, f"identity {data['id']!r}: form {name} has no {fault}")
    sides = {side: tuple(map(_term, data.get(side, []))) for side in ("left", "right")}
    lists = {key: tuple(data.get(key, [])) for key in ("forms", "rows", "excused_by", "cells")}
    return CorpusIdentity(**{**data, **lists, **sides})


def _faults(data: dict[str, Any], form: Form) -> Iterable[str]:
    """What an identity names and a form does not have."""
    for pattern in data.get("cells", []):
        if not any(matches(pattern, address) for address in form.addresses):
            yield f"cell {pattern!r}"
    if "table" not in data:
        return
    table = form.table(data["table"])
    if table is None:
        yield f"table {data['table']!r}"
        return
    terms = [*map(_term, data.get("left", [])), *map(_term, data.get("right", []))]
    names = [term.name for term in terms] + [data["at"], *data.get("excused_by", [])]
    rows = data.get("rows", [])
    for name in names:
        pairs = (
            [(row, name) for row in rows] if data["per"] == "row" else [(name, c) for c in _columns(table)]
        )
        for row, column in pairs:
            if f"{table.id}.{row}.{column}" not in form.addresses:
                yield f"cell '{table.id}.{row}.{column}'"


def _columns(table: Table) -> list[str]:
    return [column.id for column in table.columns]


def _term(text: str) -> Term:
    sign, name = (-1, text[1:]) if text.startswith("-") else (1, text)
    return Term(name.removeprefix(PREVIOUS), name.startswith(PREVIOUS), sign)


def matches(pattern: str, address: str) -> bool:
    """Whether an address fits a pattern `table.row.column`, of which any part may be *."""
    wanted, parts = pattern.split("."), address.split(".")
    return len(wanted) == len(parts) and all(
        one in ("*", part) for one, part in zip(wanted, parts, strict=True)
    )
