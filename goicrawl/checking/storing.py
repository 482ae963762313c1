"""Writing results: a report's rows are replaced where they differ from what is stored, and only there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.engine import Connection

from goicrawl.checks.results import Result, StoredReport
from goicrawl.database.packing import clean

LOCK = 0x676F6963
"""Advisory lock: two runs at once take turns, batch by batch."""

CHECK_COLUMNS = (
    "report_id", "rule", "status", "reason", "places", "version_id", "other_version_id", "run_id",
)  # fmt: skip
FINDING_COLUMNS = (
    "report_id", "rule", "at", "severity", "status", "reason", "left_value", "right_value", "message",
    "digest", "version_id", "other_version_id", "operands", "run_id",
)  # fmt: skip
Row = tuple[Any, ...]


def write(
    connection: Connection,
    run_id: int,
    rules: Sequence[str],
    results: Mapping[int, tuple[StoredReport, Sequence[Result]]],
) -> int:
    """Make the stored results of these rules, for these reports, what `results` says; by report's key.

    Returns the number of reports for which anything was written. A report that was removed meanwhile is
    passed over.
    """
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    there = connection.scalars(
        sa.text("SELECT id FROM reports WHERE id = ANY(:ids) FOR KEY SHARE"), {"ids": list(results)}
    ).all()
    values = {"ids": list(there), "rules": list(rules)}
    checks = {key: check_rows(own, found) for key, (own, found) in results.items()}
    findings = {key: finding_rows(own, found) for key, (own, found) in results.items()}
    changed: set[int] = set()
    for table, columns, rows in (
        ("corpus_checks", CHECK_COLUMNS, checks),
        ("corpus_findings", FINDING_COLUMNS, findings),
    ):
        # The run is not compared: it says who wrote a row first. Operands follow from the other columns.
        compared = [name for name in columns if name not in ("run_id", "operands")]
        stored: dict[int, set[Row]] = defaultdict(set)
        query = (
            f"SELECT {', '.join(compared)} FROM {table} WHERE report_id = ANY(:ids) AND rule = ANY(:rules)"
        )
        for row in connection.execute(sa.text(query), values):
            stored[row.report_id].add(_comparable(row))
        differing = [
            key
            for key in there
            if stored.get(key, set()) != {_comparable(row[: len(compared)]) for row in rows[key]}
        ]
        connection.execute(
            sa.text(f"DELETE FROM {table} WHERE report_id = ANY(:ids) AND rule = ANY(:rules)"),
            {"ids": [key for key in differing if key in stored], "rules": list(rules)},
        )
        _copy(connection, table, columns, ((*row, run_id) for key in differing for row in rows[key]))
        changed.update(differing)
    return len(changed)


def check_rows(own: StoredReport, results: Iterable[Result]) -> list[Row]:
    """The rows of corpus_checks: one for each rule, status and reason."""
    places: dict[tuple[str, str, str], list[str]] = {}
    others: dict[tuple[str, str, str], int | None] = {}
    for one in results:
        key = (one.rule, one.status, one.reason or "")
        places.setdefault(key, []).append(one.at)
        others.setdefault(key, None if one.other is None else one.other.version_id)
    return [(own.report_id, *key, places[key], own.version_id, others[key]) for key in places]


def finding_rows(own: StoredReport, results: Iterable[Result]) -> list[Row]:
    """The rows of corpus_findings: the results that are noted."""
    return [
        (
            own.report_id, one.rule, one.at, one.severity, one.status, one.reason, one.left, one.right,
            clean(one.message), one.digest, own.version_id,
            None if one.other is None else one.other.version_id,
            clean(json.dumps([part.to_dict() for part in one.operands], ensure_ascii=False)),
        )
        for one in results
        if one.noted
    ]  # fmt: skip


def _comparable(row: Sequence[Any]) -> Row:
    return tuple(
        tuple(value) if isinstance(value, list) else bytes(value) if isinstance(value, memoryview) else value
        for value in row
    )


def _copy(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    pending = iter(rows)
    first = next(pending, None)
    if first is None:
        return
    cursor: Any = connection.connection.cursor()
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        put: Callable[[Row], None] = copy.write_row
        put(first)
        for row in pending:
            put(row)
