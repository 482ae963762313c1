"""Writes what the documentation takes from the code: `python docs/generate.py`. A test keeps it up to date.

docs/data-dictionary.md comes from the forms, the tables in docs/database.md from the models and migrations.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from sqlalchemy import Column
from sqlalchemy.dialects import postgresql

from goicrawl import forms
from goicrawl.database.models import Base
from goicrawl.extraction.stated_wordings import wordings
from goicrawl.forms import CellSpec, CorpusIdentity, Form, Identity

DOCS = Path(__file__).resolve().parent
DICTIONARY = DOCS / "data-dictionary.md"
DATABASE = DOCS / "database.md"
MIGRATIONS = DOCS.parent / "migrations" / "versions"

BEGIN = "<!-- tables: written by docs/generate.py -->\n"
END = "<!-- end of tables -->\n"

GROUPS = {
    "What the reports say": (
        "reports", "report_versions", "sections", "stated_facts", "findings", "bodies", "report_candidates",
    ),
    "What the corpus says of them": ("corpus_findings", "corpus_checks", "check_runs", "verdicts"),
    "Where it comes from": (
        "crawls", "visits", "captures", "report_sources", "version_captures", "followings",
        "followed_files", "version_followings", "rereadings",
    ),
    "Seeds and forms": (
        "regions", "organ_successions", "portals", "report_columns", "forms", "cell_addresses", "form_cells",
        "reference_data",
    ),
    "How the cells are kept": ("table_cells", "layouts", "layout_cells", "placements"),
}  # fmt: skip
"""Every table, in the order of the document. The last group is for goicrawl itself: use the view."""

VIEWS = {
    "findings": ("cells",),
    "corpus_findings": ("all_findings",),
    "corpus_checks": ("check_results",),
    "bodies": ("body_line", "body_successions", "body_codes", "shared_codes", "body_candidates"),
    "report_candidates": ("possible_bodies",),
}
"""The views, by the table that they follow in the document."""

HEAD = """\
# Data dictionary

Written by `python docs/generate.py` from `goicrawl/forms/`; do not edit it by hand.

Every cell of every form has one address, `table.row.column`. The same address stands in the database, in
the exports, in the JSON of `goicrawl parse` and in findings. A cell that two forms share has one address;
where their words differ, both are given. A blank cell is not zero: see
[reading-reports.md](reading-reports.md).

Types: `int` is a whole number from 0 up, `decimal` may have decimals, `signed_int` may be negative. The unit
is the one the form prints; a unit printed inside a cell goes before it. † marks a row label that was not
found word for word in a source: expect organs to print it otherwise.
"""


def main() -> None:
    """Write the dictionary, and the tables in their place in the document on the database."""
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
    DATABASE.write_text(with_tables(DATABASE.read_text(encoding="utf-8")), encoding="utf-8")


def dictionary() -> str:
    """The whole document."""
    parts = [HEAD, _forms(), *_tables(), _stated(), _identities(), _corpus_identities()]
    return "\n".join(parts)


def with_tables(document: str) -> str:
    """The document on the database with its tables as they are now."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{database_tables()}\n{END}{after}"


def database_tables() -> str:
    """Every table and view with the meaning of its columns."""
    parts = []
    for group, names in GROUPS.items():
        parts.append(f"### {group}\n")
        for name in names:
            table = Base.metadata.tables[name]
            parts += [f"#### `{name}`", "", f"{table.comment}.", ""]
            rows = [(f"`{column.name}`", _type(column), _meaning(column)) for column in table.columns]
            parts += [*_table(("column", "type", "meaning"), rows), ""]
            for view in VIEWS.get(name, ()):
                parts += _view(view)
    return "\n".join(parts)


def _view(view: str) -> list[str]:
    comments = _comments()[view]
    rows = [(f"`{name}`", _coded(words)) for name, words in comments.items() if name is not None]
    return [f"#### View `{view}`", "", f"{comments[None]}.", "", *_table(("column", "meaning"), rows), ""]


def _comments() -> dict[str, dict[str | None, str]]:
    """The comments of every view and its columns, by view; those of the view itself under None.

    The newest migration that makes a view has them.
    """
    views: dict[str, dict[str | None, str]] = {}
    for path in sorted(MIGRATIONS.glob("[0-9]*.py")):
        module = _migration(path.name)
        if hasattr(module, "CELLS_COMMENTS"):
            views["cells"] = module.CELLS_COMMENTS
        for name, (_, comments) in getattr(module, "VIEWS", {}).items():
            views[name] = comments
    return views


def _migration(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("migration", MIGRATIONS / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _type(column: Column[object]) -> str:
    name = str(column.type.compile(dialect=postgresql.dialect())).lower()  # type: ignore[no-untyped-call]
    return {"timestamp with time zone": "timestamptz"}.get(name, name)


def _meaning(column: Column[object]) -> str:
    words = _coded(column.comment or "")
    targets = [key.target_fullname for key in column.foreign_keys]
    if column.primary_key and "Key" not in words:
        words += " (part of the key)" if len(column.table.primary_key.columns) > 1 else " (the key)"
    return words + "".join(f"; refers to `{target}`" for target in targets)


def _coded(words: str) -> str:
    return re.sub(r"\b([a-z]+_[a-z_]+)\b", r"`\1`", words)


def _forms() -> str:
    lines = [
        "## Forms",
        "",
        "A report's form is chosen from its tables, never from its year: some organs still use an old form.",
        "",
    ]
    rows = []
    for form in forms.load().values():
        first, last = form.report_years
        years = f"{first} to {'now' if last is None else last}"
        rows.append((f"`{form.id}`", form.name, years, str(len(form.cells)), form.note or ""))
    return "\n".join([*lines, *_table(("form", "set by", "report years", "cells", "note"), rows), ""])


def _tables() -> Iterator[str]:
    for name, english in _table_names().items():
        cells = [cell for cell in forms.cell_index().values() if cell.table == name]
        rows = [
            (
                f"`{cell.address}`",
                ", ".join(form.id for form, _ in _uses(cell)),
                _words(cell, "row_label"),
                _words(cell, "column_label"),
                _words(cell, "english"),
                _words(cell, "unit"),
                f"`{cell.type}`",
            )
            for cell in cells
        ]
        heads = ("address", "forms", "row", "column", "English", "unit", "type")
        title = f"## Table `{name}`: {english}"
        yield "\n".join([title, "", f"{len(cells)} cells.", "", *_table(heads, rows), ""])


def _stated() -> str:
    lines = [
        "## Stated quantities",
        "",
        "What numbers in prose may count, see [reading-reports.md](reading-reports.md#stated-facts), and the",
        "cells of forms that count the same. A stated fact is never a cell, and its unit is as printed.",
        "",
    ]
    rows = [
        (
            f"`{one.id}`",
            one.label,
            one.english,
            ", ".join(sorted(one.units)),
            "<br>".join(f"`{cell}`" for cell in one.cells),
        )
        for one in wordings().quantities.values()
    ]
    heads = ("quantity", "Chinese", "English", "counted in", "the same as")
    return "\n".join([*lines, *_table(heads, rows), ""])


def _identities() -> str:
    lines = [
        "## Identities",
        "",
        "What must hold between the cells of one report. Where it does not, the report gets a finding and",
        "stays as it was printed. Where a part of an identity is missing or no number, it is not assessed.",
        "",
    ]
    rows = [
        (f"`{one.id}`", one.severity, _forms_of(one), one.statement + (f" ({one.note})" if one.note else ""))
        for one in forms.identities()
    ]
    return "\n".join([*lines, *_table(("rule", "severity", "forms", "statement"), rows)]) + "\n"


def _corpus_identities() -> str:
    lines = [
        "",
        "## Identities between reports",
        "",
        "What must hold between the reports of one body in two years, and between a region's and those of",
        "the bodies in it: [corpus-checks.md](corpus-checks.md) tells how they are checked.",
        "",
    ]
    rows = [
        (f"`{one.id}`", one.severity, _forms_of(one), one.statement + (f" ({one.note})" if one.note else ""))
        for one in forms.corpus_identities()
    ]
    return "\n".join([*lines, *_table(("rule", "severity", "forms", "statement"), rows)]) + "\n"


def _forms_of(identity: Identity | CorpusIdentity) -> str:
    return "all" if identity.forms == ("all",) else ", ".join(identity.forms)


def _table_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for form in forms.load().values():
        for table in form.tables:
            names.setdefault(table.id, table.english)
    return names


def _uses(cell: CellSpec) -> list[tuple[Form, CellSpec]]:
    """The forms that have a cell at this address, each with its own words for it."""
    return [
        (form, own)
        for form in forms.load().values()
        for own in (*form.cells, *form.alternates)
        if own.address == cell.address
    ]


def _words(cell: CellSpec, field: str) -> str:
    """What the forms say, once where they agree."""
    said: dict[str, list[str]] = {}
    for form, own in _uses(cell):
        words = getattr(own, field) or ""
        if field == "row_label" and (form.id, own.table, own.row) in _unverified():
            words += " †"
        said.setdefault(words, []).append(form.id)
    if len(said) == 1:
        return next(iter(said))
    return "<br>".join(f"{', '.join(ids)}: {words or '-'}" for words, ids in said.items())


@cache
def _unverified() -> frozenset[tuple[str, str, str]]:
    """(form, table, row) of the labels whose evidence is memory alone, "M"."""
    return frozenset(
        (form.id, table.id, row.id)
        for form in forms.load().values()
        for table in form.tables
        for row in table.rows
        if row.evidence == "M"
    )


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    escaped = [[text.replace("|", "\\|") for text in row] for row in rows]
    return [
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        *(f"| {' | '.join(row)} |" for row in escaped),
    ]


if __name__ == "__main__":
    main()
