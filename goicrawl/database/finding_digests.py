"""Digests of findings that were stored before findings had any: computed from the cells as they stand."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl.checks.in_report import operands_of
from goicrawl.checks.results import StoredReport, digest_of
from goicrawl.database.stored_cells import CellReader
from goicrawl.extraction.report import Finding

BATCH = 500

_NEXT = """
SELECT v.id, v.report_id, v.outcome, v.form, v.report_year, v.published_on
FROM report_versions v
WHERE v.id IN (SELECT DISTINCT version_id FROM findings WHERE digest IS NULL LIMIT :size)
"""
_FINDINGS = """
SELECT version_id, position, rule, severity, at, left_value, right_value, message
FROM findings WHERE version_id = ANY(:ids) AND digest IS NULL
"""


def fill(engine: Engine) -> int:
    """Give every finding that has none its digest, a batch in a transaction; returns how many got one."""
    reader, filled = CellReader(), 0
    while True:
        with engine.begin() as connection:
            versions = {row.id: row for row in connection.execute(sa.text(_NEXT), {"size": BATCH})}
            if not versions:
                return filled
            cells = reader.read(connection, list(versions))
            rows = connection.execute(sa.text(_FINDINGS), {"ids": list(versions)}).all()
            values = []
            for row in rows:
                version = versions[row.version_id]
                report = StoredReport(
                    version.report_id, version.id, cells[version.id], version.outcome, version.form,
                    version.report_year, published_on=version.published_on,
                )  # fmt: skip
                finding = Finding(
                    row.rule, row.severity, row.at, row.message, row.left_value, row.right_value
                )
                operands = operands_of(finding, report)
                digest = digest_of(row.rule, row.at, (one.identity() for one in operands))
                values.append({"version": row.version_id, "position": row.position, "digest": digest})
            connection.execute(
                sa.text(
                    "UPDATE findings SET digest = :digest "
                    "WHERE version_id = :version AND position = :position"
                ),
                values,
            )
            filled += len(values)
