"""What things are called in the exported files: columns.toml, and the forms for the cells."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from goicrawl import forms
from goicrawl.exports.csv_files import harmless
from goicrawl.extraction.stated_wordings import wordings

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FILE = Path(__file__).parent / "columns.toml"


@dataclass(frozen=True, slots=True)
class CellName:
    """The names of a cell in one language, fit for a CSV file, and the unit its form gives it.

    `place` is its printed order.
    """

    table: str
    row: str
    column: str
    unit: str | None
    place: int


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def columns(file: str) -> list[str]:
    """The ids of a file's columns (file is reports, cells, stated or findings), in order."""
    return list(_words()[file])


def headers(file: str, language: Language) -> list[str]:
    """A file's header line."""
    return [names[LANGUAGES.index(language)] for names in _words()[file].values()]


def word(column: str, value: str | None, language: Language) -> str | None:
    """A word of the database as people read it; in English it stays as it is."""
    if value is None or language == "en":
        return value
    known: dict[str, str] = _words()["words"].get(column, {})
    return known.get(value, value)


def cell_name(form: str | None, address: str, language: Language) -> CellName:
    """What a form calls a cell; where the form has no such cell, what the first form that has it does."""
    names = _cell_names(language)
    known = names.get((form, address)) or names.get((None, address))
    if known is not None:
        return known
    table, row, column = address.split(".")
    return CellName(harmless(table), harmless(row), harmless(column), None, len(names))


def quantity_name(quantity: str | None, language: Language) -> str | None:
    """What a stated quantity is called; its id where it is not known any more."""
    known = wordings().quantities.get(quantity or "")
    if known is None:
        return quantity
    return known.english if language == "en" else known.label


@cache
def _cell_names(language: Language) -> dict[tuple[str | None, str], CellName]:
    english = language == "en"
    names: dict[tuple[str | None, str], CellName] = {}
    for form in forms.load().values():
        tables = {table.id: table.english if english else table.section_label for table in form.tables}
        columns_in_english = {
            (table.id, block.id, column.id): column.english
            for table in form.tables
            for block in table.blocks
            for column in block.columns
        }
        for place, cell in enumerate((*form.cells, *form.alternates)):
            row, column = cell.row_label, cell.column_label
            if english:
                column = columns_in_english[cell.table, cell.block, cell.column]
                row = cell.english.removesuffix(f": {column}")
            table = tables[cell.table] or _words()["words"]["table"].get(cell.table, cell.table)
            name = CellName(harmless(table), harmless(row), harmless(column), cell.unit, place)
            names[form.id, cell.address] = name
            names.setdefault((None, cell.address), name)
    return names
