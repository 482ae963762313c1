"""The cells of stored versions, read back from the arrays of `table_cells` without the view's join.

A check reads a handful of a report's two hundred cells, so an answer is put together only when it is asked
for. Where a cell was printed (`at`) is left out: the view `cells` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goicrawl.database.packing import ABSENT, LETTERS, PRINTED
from goicrawl.extraction.report import Answer, Kind

_KINDS: dict[str, Kind] = {".": "number", "b": "blank", "s": "slash", "t": "text"}
if set(_KINDS.items()) != {(letter, kind) for kind, letter in LETTERS.items()}:
    raise AssertionError("the letters of the kinds are not those that are written")


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A row of `table_cells`, with its layout's addresses by place (from 1)."""

    places: Mapping[str, int]
    numbers: Sequence[int | None]
    exact: Mapping[str, str] | None
    kinds: str | None
    raws: Mapping[str, str] | None
    units: Mapping[str, str] | None

    def answer(self, place: int) -> Answer | None:
        """The cell at a place, None where the report does not have it."""
        number = self.numbers[place - 1]
        key = str(place)
        raw = None if self.raws is None else self.raws.get(key)
        unit = None if self.units is None else self.units.get(key)
        if number is not None:
            return Answer(str(number) if raw is None else raw, "number", number, unit)
        letter = "b" if self.kinds is None else self.kinds[place - 1]
        if self.exact is not None and key in self.exact:
            text = self.exact[key]
            value = Decimal(text) if "." in text else int(text)
            return Answer(text if raw is None else raw, "number", value, unit)
        if letter == ABSENT:
            return None
        kind = _KINDS[letter]
        return Answer(PRINTED.get(kind, "") if raw is None else raw, kind, None, unit)


class StoredCells(Mapping[str, Answer]):
    """A version's cells by address."""

    __slots__ = ("_tables",)

    def __init__(self, tables: Sequence[StoredTable] = ()) -> None:
        self._tables = tables

    def __getitem__(self, address: str) -> Answer:
        for table in self._tables:
            place = table.places.get(address)
            if place is not None:
                answer = table.answer(place)
                if answer is not None:
                    return answer
        raise KeyError(address)

    def get(self, address: str, default: Any = None) -> Any:
        """The answer at an address, `default` where there is none. (Mapping's own costs an exception.)"""
        for table in self._tables:
            place = table.places.get(address)
            if place is not None:
                answer = table.answer(place)
                if answer is not None:
                    return answer
        return default

    def __iter__(self) -> Iterator[str]:
        for table in self._tables:
            for address, place in table.places.items():
                if table.answer(place) is not None:
                    yield address

    def __len__(self) -> int:
        return sum(1 for _ in self)


class CellReader:
    """Reads cells of versions; remembers the layouts, which never change."""

    def __init__(self) -> None:
        self._layouts: dict[int, dict[str, int]] = {}

    def read(self, connection: Connection, version_ids: Sequence[int]) -> dict[int, StoredCells]:
        """The cells of these versions, in one query; a version without tables has none."""
        query = sa.text(
            "SELECT version_id, layout_id, numbers, exact, kinds, raws, units FROM table_cells "
            "WHERE version_id = ANY(:ids) ORDER BY version_id, layout_id"
        )
        rows = connection.execute(query, {"ids": list(version_ids)}).all()
        self._learn(connection, {row.layout_id for row in rows})
        tables: dict[int, list[StoredTable]] = {}
        for version_id, layout_id, numbers, exact, kinds, raws, units in rows:
            table = StoredTable(self._layouts[layout_id], numbers, exact, kinds, raws, units)
            tables.setdefault(version_id, []).append(table)
        return {version_id: StoredCells(tables.get(version_id, ())) for version_id in version_ids}

    def _learn(self, connection: Connection, layout_ids: set[int]) -> None:
        missing = sorted(layout_ids - self._layouts.keys())
        if not missing:
            return
        query = sa.text(
            "SELECT l.layout_id, l.place, a.address FROM layout_cells l "
            "JOIN cell_addresses a ON a.id = l.address_id WHERE l.layout_id = ANY(:ids) ORDER BY 1, 2"
        )
        for layout_id, place, address in connection.execute(query, {"ids": missing}):
            self._layouts.setdefault(layout_id, {})[address] = place
