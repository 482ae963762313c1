"""Rows that many reports share: addresses, layouts and placements; looked up or made, and remembered.

They are made in transactions of their own, before the reports that use them: two loaders that need the
same new layout do not wait for one another's batch, and a batch that fails leaves nothing wrong behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl.database.digests import digest
from goicrawl.database.packing import LayoutKey, PackedTable

MOST_REMEMBERED = 50_000
"""Placements differ from site to site; beyond this many the memory starts afresh."""


class SharedRows:
    """Keys of shared rows. One for each `Store`; not for use by two threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._layouts: dict[LayoutKey, int] = {}
        self._placements: dict[tuple[tuple[int, int, int], ...], int] = {}

    def ensure(self, tables: Iterable[PackedTable]) -> None:
        """Look up or make every layout and placement that these tables need."""
        if len(self._placements) > MOST_REMEMBERED:
            self._placements.clear()
        layouts, places = {}, {}
        for table in tables:
            if table.layout not in self._layouts:
                layouts[table.layout.digest] = table.layout
            if table.places not in self._placements:
                places[digest(table.places)] = table.places
        if not layouts and not places:
            return
        with self._engine.begin() as connection:
            # Sorted, so that two loaders that make the same rows never wait for each other in a circle.
            for key in sorted(layouts):
                self._layouts[layouts[key]] = _layout(connection, key, layouts[key])
            for key in sorted(places):
                self._placements[places[key]] = _placement(connection, key, places[key])

    def layout(self, table: PackedTable) -> int:
        """Key of a table's layout, after `ensure`."""
        return self._layouts[table.layout]

    def placement(self, table: PackedTable) -> int:
        """Key of a table's placement, after `ensure`."""
        return self._placements[table.places]


def address_ids(connection: Connection, addresses: Iterable[str]) -> dict[str, int]:
    """Keys of addresses; those that are new get one."""
    wanted = sorted(set(addresses))
    ids = _known_addresses(connection, wanted)
    missing = [address for address in wanted if address not in ids]
    if missing:
        connection.execute(
            sa.text(
                "INSERT INTO cell_addresses (address, table_name, row_name, column_name) "
                "SELECT a, split_part(a, '.', 1), split_part(a, '.', 2), split_part(a, '.', 3) "
                "FROM unnest(CAST(:addresses AS text[])) WITH ORDINALITY AS t (a, n) ORDER BY n "
                "ON CONFLICT (address) DO NOTHING"
            ),
            {"addresses": missing},
        )
        ids = _known_addresses(connection, wanted)
    return ids


def _known_addresses(connection: Connection, addresses: list[str]) -> dict[str, int]:
    query = sa.text("SELECT address, id FROM cell_addresses WHERE address = ANY(:addresses)")
    return {row.address: row.id for row in connection.execute(query, {"addresses": addresses})}


def _layout(connection: Connection, key: bytes, layout: LayoutKey) -> int:
    known = _get(connection, "layouts", key)
    if known is not None:
        return known
    ids = address_ids(connection, layout.addresses)
    made = connection.scalar(
        sa.text(
            "INSERT INTO layouts (digest, table_name, size) VALUES (:digest, :table, :size) "
            "ON CONFLICT (digest) DO NOTHING RETURNING id"
        ),
        {"digest": key, "table": layout.table, "size": len(layout.addresses)},
    )
    if made is None:
        return _must(_get(connection, "layouts", key))
    connection.execute(
        sa.text(
            "INSERT INTO layout_cells (layout_id, place, address_id) "
            "SELECT :layout, n, a FROM unnest(CAST(:ids AS smallint[])) WITH ORDINALITY AS t (a, n)"
        ),
        {"layout": made, "ids": [ids[address] for address in layout.addresses]},
    )
    return int(made)


def _placement(connection: Connection, key: bytes, places: tuple[tuple[int, int, int], ...]) -> int:
    known = _get(connection, "placements", key)
    if known is not None:
        return known
    made = connection.scalar(
        sa.text(
            "INSERT INTO placements (digest, grids, rows, columns) VALUES (:digest, "
            "CAST(:grids AS smallint[]), CAST(:rows AS integer[]), CAST(:columns AS smallint[])) "
            "ON CONFLICT (digest) DO NOTHING RETURNING id"
        ),
        {
            "digest": key,
            "grids": [at[0] for at in places],
            "rows": [at[1] for at in places],
            "columns": [at[2] for at in places],
        },
    )
    return int(made) if made is not None else _must(_get(connection, "placements", key))


def _get(connection: Connection, table: str, key: bytes) -> int | None:
    found: Any = connection.scalar(sa.text(f"SELECT id FROM {table} WHERE digest = :key"), {"key": key})
    return None if found is None else int(found)


def _must(found: int | None) -> int:
    if found is None:
        raise LookupError("a row that another transaction made has vanished")
    return found
