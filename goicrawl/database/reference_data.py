"""Filling the tables that mirror the seeds and the forms; nothing is written when those are unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl import forms
from goicrawl.database.digests import digest
from goicrawl.database.models import Base
from goicrawl.database.shared_rows import address_ids
from goicrawl.registry import Registry

Rows = Sequence[dict[str, Any]]
LOCK = 0x676F7264


def sync_registry(engine: Engine, registry: Registry) -> None:
    """Make regions, portals and report_columns what the registry says."""
    tables: dict[str, Rows] = {
        "regions": [
            {
                "code": r.code, "since": r.since, "until": r.until, "name": r.name, "level": r.level,
                "province": r.province, "prefecture": r.prefecture, "successors": list(r.successors),
                "pinyin": r.pinyin,
            }
            for r in registry.regions
        ],
        "portals": [
            {
                "line": p.line, "region_code": p.region_code, "region_name": p.region_name, "level": p.level,
                "province": p.province, "url": p.url, "hosts": list(p.hosts), "family_hint": p.family_hint,
                "reach": p.reach,
            }
            for p in registry.portals
        ],
        "report_columns": [
            {
                "line": c.line, "region_code": c.region_code, "url": c.url, "scope": c.scope,
                "evidence": c.evidence, "sample_report_url": c.sample_report_url, "note": c.note,
            }
            for c in registry.report_columns
        ],
    }  # fmt: skip
    fingerprint = digest([list(row.values()) for rows in tables.values() for row in rows]).hex()

    def fill(connection: Connection) -> None:
        for table, rows in tables.items():
            replace(connection, table, rows)

    sync(engine, "registry", fingerprint, fill)


def sync_forms(engine: Engine) -> None:
    """Enter the forms and their cells. Addresses are only ever added: stored cells refer to them."""
    known = forms.load().values()
    fingerprint = digest(
        [[form.id, form.name, form.report_years, repr(_cells(form))] for form in known]
    ).hex()

    def fill(connection: Connection) -> None:
        ids = address_ids(connection, list(forms.cell_index()))
        connection.execute(sa.text("DELETE FROM form_cells"))
        replace(
            connection,
            "forms",
            [
                {"id": f.id, "name": f.name, "first_year": f.report_years[0], "last_year": f.report_years[1]}
                for f in known
            ],
        )
        _insert(
            connection,
            "form_cells",
            [
                {
                    "form": form.id, "address_id": ids[cell.address], "position": position,
                    "row_label": cell.row_label, "column_label": cell.column_label, "english": cell.english,
                    "unit": cell.unit, "value_type": cell.type,
                }
                for form in known
                for position, cell in enumerate(_cells(form), start=1)
            ],
        )  # fmt: skip

    sync(engine, "forms", fingerprint, fill)


def _cells(form: forms.Form) -> Iterable[forms.CellSpec]:
    return (*form.cells, *form.alternates)


def sync(engine: Engine, name: str, fingerprint: str, fill: Callable[[Connection], None]) -> None:
    """Call `fill` in a transaction unless it was for this fingerprint before; one process at a time."""
    query = sa.text("SELECT fingerprint FROM reference_data WHERE name = :name")
    with engine.connect() as connection:
        if connection.scalar(query, {"name": name}) == fingerprint:
            return
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        if connection.scalar(query, {"name": name}) == fingerprint:
            return
        fill(connection)
        connection.execute(
            sa.text(
                "INSERT INTO reference_data (name, fingerprint) VALUES (:name, :fingerprint) "
                "ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, loaded_at = now()"
            ),
            {"name": name, "fingerprint": fingerprint},
        )


def replace(connection: Connection, table: str, rows: Rows) -> None:
    """Make these rows the whole of a table."""
    connection.execute(sa.delete(Base.metadata.tables[table]))
    _insert(connection, table, rows)


def _insert(connection: Connection, table: str, rows: Rows) -> None:
    if rows:
        connection.execute(sa.insert(Base.metadata.tables[table]), list(rows))
