"""A report's cells in the form in which `table_cells` keeps them, and texts as PostgreSQL takes them.

`goicrawl.database.models.cells` says what the columns mean.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from goicrawl import forms
from goicrawl.database.digests import digest
from goicrawl.database.errors import StoreError
from goicrawl.extraction.report import Answer, Report

LETTERS = {"number": ".", "blank": "b", "slash": "s", "text": "t"}
ABSENT = "-"
PRINTED = {"blank": "", "slash": "/"}
"""What a cell of a kind without number usually prints; anything else is kept in `raws`."""

NOWHERE = (-1, -1, -1)
MOST_GRIDS = MOST_COLUMNS = 2**15 - 1
MOST_ROWS = 2**31 - 1
SMALLEST, LARGEST = -(2**31), 2**31 - 1


@dataclass(frozen=True, slots=True)
class LayoutKey:
    """The addresses of one table, in the order of its arrays."""

    table: str
    addresses: tuple[str, ...]

    @property
    def digest(self) -> bytes:
        return digest([self.table, self.addresses])


@dataclass(frozen=True, slots=True)
class PackedTable:
    """One printed table. `numbers` is an array literal; `exact`, `raws` and `units` are JSON or None."""

    layout: LayoutKey
    places: tuple[tuple[int, int, int], ...]
    numbers: str
    exact: str | None
    kinds: str | None
    raws: str | None
    units: str | None


def pack(report: Report) -> list[PackedTable]:
    """The tables of a report, by name.

    Raises:
        StoreError: a cell breaks the rules of `Answer`; it is named.
    """
    return [_pack_table(report.cells, layout) for layout in _layouts(report.form, tuple(report.cells))]


@lru_cache(maxsize=256)
def _layouts(form: str | None, addresses: tuple[str, ...]) -> tuple[LayoutKey, ...]:
    """The layouts of a report's tables, by name; most reports have the same cells."""
    tables: dict[str, list[str]] = {}
    known = forms.cell_index()
    for address in addresses:
        cell = known.get(address)
        tables.setdefault(table_of(address) if cell is None else cell.table, []).append(address)
    return tuple(choose_layout(form, table, frozenset(tables[table])) for table in sorted(tables))


def table_of(address: str) -> str:
    """The table of an address `table.row.column`.

    Raises:
        StoreError: it is no such address.
    """
    parts = address.split(".")
    if len(parts) != 3 or not all(parts):
        raise StoreError(f"{address!r} is not a cell's address (table.row.column)")
    return parts[0]


@cache
def choose_layout(form: str | None, table: str, present: frozenset[str]) -> LayoutKey:
    """The form's own cells where they hold all that is present, else just those present, in stable order."""
    index = forms.cell_index()
    for candidate in forms.load().values():
        if candidate.id == form:
            cells = tuple(cell.address for cell in candidate.cells if cell.table == table)
            if present.issubset(cells):
                return LayoutKey(table, cells)
    order = {address: place for place, address in enumerate(index)}
    return LayoutKey(table, tuple(sorted(present, key=lambda a: (order.get(a, len(order)), a))))


def _pack_table(cells: Mapping[str, Answer], layout: LayoutKey) -> PackedTable:
    numbers: list[str] = []
    letters: list[str] = []
    exact: dict[int, str] = {}
    raws: dict[int, str] = {}
    units: dict[int, str] = {}
    places: list[tuple[int, int, int]] = []
    for place, address in enumerate(layout.addresses, start=1):
        answer = cells.get(address)
        if answer is None:
            numbers.append("NULL")
            letters.append(ABSENT)
            places.append(NOWHERE)
            continue
        value = answer.value
        if type(value) is int and answer.kind == "number" and SMALLEST <= value <= LARGEST:
            letter = "."
            text = str(value)
            usual: str | None = text
            numbers.append(text)
        else:
            letter, number = _letter(address, answer), _number(address, answer)
            numbers.append("NULL")
            if number is not None:
                exact[place] = number
            usual = PRINTED.get(answer.kind, number)
        letters.append(letter)
        if answer.raw != usual:
            raws[place] = clean(answer.raw)
        if answer.unit is not None:
            units[place] = clean(answer.unit)
        grid, row, column = answer.at
        if not (0 <= grid <= MOST_GRIDS and 0 <= row <= MOST_ROWS and 0 <= column <= MOST_COLUMNS):
            raise StoreError(f"{address}: {answer.at!r} is not a place (grid, row, column)")
        places.append(answer.at)
    kinds = "".join(letters)
    return PackedTable(
        layout=layout,
        places=tuple(places),
        numbers="{" + ",".join(numbers) + "}",
        exact=_json(exact),
        kinds=kinds if kinds.strip(".b") else None,
        raws=_json(raws),
        units=_json(units),
    )


def _letter(address: str, answer: Answer) -> str:
    letter = LETTERS.get(answer.kind)
    if letter is None:
        raise StoreError(f"{address}: kind {answer.kind!r} is not one of {', '.join(LETTERS)}")
    if (letter == ".") != (answer.value is not None):
        raise StoreError(f"{address}: kind {answer.kind} with value {answer.value!r}")
    return letter


def _number(address: str, answer: Answer) -> str | None:
    value = answer.value
    if value is None:
        return None
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise StoreError(f"{address}: {value} is not a number")
        return format(value if value else abs(value), "f")
    return str(int(value))


def _json(texts: dict[int, str]) -> str | None:
    return json.dumps(texts, ensure_ascii=False) if texts else None


def array_of_texts(texts: Sequence[str]) -> str:
    """A PostgreSQL array literal of texts."""
    return "{" + ",".join('"' + clean(t).replace("\\", "\\\\").replace('"', '\\"') + '"' for t in texts) + "}"


def clean(text: str) -> str:
    """A text as PostgreSQL can hold it: NUL and lone surrogates become U+FFFD (the archive has the bytes)."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def clean_or_none(text: str | None) -> str | None:
    """`clean` for what may be missing."""
    return None if text is None else clean(text)
