"""Findings with the verdicts that people gave on them.

A verdict is about numbers: it holds for a report, a rule, a place and the values of all cells that the
finding was made from. It holds however often pages are read and checked again, in whatever version those
numbers stand; when one of them changes it is kept and does not hold, and when they are back it holds again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl.database.errors import DatabaseError
from goicrawl.database.keys import report_of
from goicrawl.database.packing import clean

_COLUMNS = """
    f.key, f.status, f.verdict, f.rule, f.severity, f.reason, r.region_code,
    COALESCE(b.name, v.issuing_body) AS body, COALESCE(r.report_year, v.report_year) AS report_year,
    COALESCE(r.scope, v.scope) AS scope, v.form, f.at, f.left_value, f.right_value, f.message, f.operands,
    f.note, f.person, f.given_at, f.report_id, f.version_id, f.digest, c.url
"""
_FROM = """
FROM all_findings f
JOIN reports r ON r.id = f.report_id
JOIN report_versions v ON v.id = f.version_id
JOIN captures c ON c.id = v.capture_id
LEFT JOIN bodies b ON b.id = r.body_id
"""
_LIST = f"""
SELECT {_COLUMNS} {_FROM}
WHERE (cardinality(CAST(:patterns AS text[])) = 0 OR r.region_code LIKE ANY (:patterns))
    AND (cardinality(CAST(:rules AS text[])) = 0 OR f.rule = ANY (:rules))
    AND (cardinality(CAST(:statuses AS text[])) = 0 OR f.status = ANY (:statuses))
    AND (cardinality(CAST(:severities AS text[])) = 0 OR f.severity = ANY (:severities))
    AND (cardinality(CAST(:verdicts AS text[])) = 0 OR COALESCE(f.verdict, 'none') = ANY (:verdicts))
ORDER BY r.region_code NULLS LAST, body NULLS LAST, report_year NULLS LAST, f.report_id, f.rule, f.at
"""
_ONE = f"SELECT {_COLUMNS} {_FROM} WHERE f.report_id = :report AND f.key = :key"
_GIVEN = """
SELECT verdict, note, person, given_at, message, digest FROM verdicts
WHERE report_id = :report AND rule = :rule AND at = :at ORDER BY id
"""
_CELLS = """
SELECT c.version_id, c.address, c.raw, c.at, p.url, r.report_year
FROM cells c
JOIN report_versions v ON v.id = c.version_id
JOIN reports r ON r.id = v.report_id
JOIN captures p ON p.id = v.capture_id
WHERE c.version_id = ANY (:versions) AND c.address = ANY (:addresses)
"""
_GIVE = """
INSERT INTO verdicts (report_id, rule, at, digest, verdict, note, person, message)
VALUES (:report_id, :rule, :at, :digest, :verdict, :note, :person, :message)
"""


class NoSuchFinding(DatabaseError):
    """No finding of a current version has that key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: empty means any. `verdicts` may hold "none" for findings that nobody judged."""

    patterns: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


def find(engine: Engine, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The findings by region, body, year and rule, one after the other: any number of them."""
    values = {name: list(getattr(wanted, name)) for name in Wanted.__slots__}
    with engine.connect().execution_options(stream_results=True, max_row_buffer=1000) as connection:
        for row in connection.execute(sa.text(_LIST), values).mappings():
            yield dict(row)


def get(engine: Engine, key: str) -> dict[str, Any]:
    """One finding.

    Raises:
        NoSuchFinding: there is none with that key, or it is no key.
    """
    with engine.connect() as connection:
        return _get(connection, key)


def history(engine: Engine, finding: dict[str, Any]) -> list[dict[str, Any]]:
    """Every verdict ever given on this report, rule and place, oldest first; `holds`: for these values."""
    values = {"report": finding["report_id"], "rule": finding["rule"], "at": finding["at"]}
    with engine.connect() as connection:
        rows = connection.execute(sa.text(_GIVEN), values).mappings().all()
    return [{**row, "holds": bytes(row["digest"]) == bytes(finding["digest"])} for row in rows]


def printed_cells(
    engine: Engine, version_ids: Sequence[int], addresses: Sequence[str]
) -> dict[tuple[int, str], dict[str, Any]]:
    """Cells as they are printed, with the page and the place on it, by version and address."""
    values = {"versions": list(version_ids), "addresses": list(addresses)}
    with engine.connect() as connection:
        rows = connection.execute(sa.text(_CELLS), values).mappings().all()
    return {(row["version_id"], row["address"]): dict(row) for row in rows}


def give(engine: Engine, key: str, verdict: str, note: str, person: str) -> dict[str, Any]:
    """Enter a verdict (`VERDICTS`) on a finding; returns the finding as it was judged.

    Raises:
        NoSuchFinding: there is none with that key.
    """
    with engine.begin() as connection:
        finding = _get(connection, key)
        values = {name: finding[name] for name in ("report_id", "rule", "at", "digest", "message")}
        connection.execute(
            sa.text(_GIVE), {**values, "verdict": verdict, "note": clean(note), "person": clean(person)}
        )
        return finding


def _get(connection: Connection, key: str) -> dict[str, Any]:
    report = report_of(key)
    rows = (
        []
        if report is None
        else connection.execute(sa.text(_ONE), {"report": report, "key": key.strip()}).mappings().all()
    )
    if len({bytes(row["digest"]) for row in rows}) != 1:
        why = "is no finding's key" if report is None else "is no finding of a current version"
        raise NoSuchFinding(f"{key} {why}; goicrawl findings list has the keys")
    return dict(rows[0])
