"""Jurisdictions and the stored reports of the bodies in them: which there are, for A1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goicrawl.checking.lines import Lines
from goicrawl.checking.selection import Selection
from goicrawl.checks.aggregation import Part, parts_of
from goicrawl.registry import Registry

_PARTS = """
SELECT r.id, r.body_id, r.region_code, r.report_year, r.scope, b.kind, b.name
FROM reports r
JOIN bodies b ON b.id = r.body_id
JOIN report_versions v ON v.report_id = r.id AND v.is_current AND v.form IS NOT NULL
WHERE r.url IS NULL AND r.region_code LIKE :pattern
ORDER BY r.id
"""


def wholes(
    connection: Connection, selection: Selection, lines: Lines, registry: Registry
) -> Iterator[tuple[int, list[int]]]:
    """Each jurisdiction's report in the selection, with the reports it contains (keys of both).

    Of a province's reports no more than the keys are in memory at one time.
    """
    for pattern in _trees(connection, selection):
        known: dict[tuple[str, int], list[Part]] = defaultdict(list)
        for row in connection.execute(sa.text(_PARTS), {"pattern": pattern}):
            known[row.region_code, row.report_year].append(
                Part(
                    row.id, lines.line_of[row.body_id], row.region_code, row.report_year, row.scope, row.kind,
                    row.name,
                )
            )  # fmt: skip
        for parts in list(known.values()):
            for whole in parts:
                if whole.scope == "jurisdiction" and _chosen(whole.region_code, selection):
                    yield whole.report_id, [part.report_id for part in parts_of(whole, known, registry)]


def _trees(connection: Connection, selection: Selection) -> list[str]:
    """Patterns of region codes that hold the chosen regions with all below them, each region in one."""
    if selection.everything:
        query = sa.text(
            "SELECT DISTINCT left(region_code, 2) AS province FROM reports "
            "WHERE region_code IS NOT NULL ORDER BY 1"
        )
        return [f"{province}%" for province in connection.scalars(query)]
    found: list[str] = []
    for pattern in sorted(selection.patterns, key=len):
        if not any(pattern.startswith(one.removesuffix("%")) for one in found):
            found.append(pattern)
    return found


def _chosen(code: str, selection: Selection) -> bool:
    return selection.everything or any(
        code.startswith(one[:-1]) if one.endswith("%") else code == one for one in selection.patterns
    )
