"""Stored reports as the checks take them: a line's at a time, current versions only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goicrawl.checking.lines import Lines
from goicrawl.checking.selection import Selection
from goicrawl.checks import narrative
from goicrawl.checks.results import StoredReport
from goicrawl.database.stored_cells import CellReader, StoredCells
from goicrawl.extraction.report import Section, StatedFact

BATCH = 400
"""Reports that are in memory at one time, or the reports of one line if it has more."""

_HEAD = """
SELECT r.id, v.id AS version_id, v.outcome, v.form, COALESCE(r.report_year, v.report_year) AS report_year,
    COALESCE(r.scope, v.scope) AS scope, COALESCE(b.name, v.issuing_body) AS body,
    COALESCE(r.region_code, v.region_code) AS region_code, v.published_on, r.body_id, c.url
FROM reports r
JOIN report_versions v ON v.report_id = r.id
JOIN captures c ON c.id = v.capture_id
LEFT JOIN bodies b ON b.id = r.body_id
"""
_CURRENT = f"{_HEAD} WHERE v.is_current AND v.outcome <> 'not_a_report'"
_FACTS = """
SELECT version_id, quantity, value, raw, sentence, unit, qualifier, period, period_raw, whose, part_of,
    section, place, start
FROM stated_facts
WHERE version_id = ANY(:ids) AND quantity = :quantity AND section = ANY(:numbers)
ORDER BY version_id, position
"""
_SECTIONS = """
SELECT version_id, number, CASE WHEN number = ANY(:numbers) THEN text ELSE '' END AS text
FROM sections WHERE version_id = ANY(:ids) ORDER BY version_id, position
"""
_CHOSEN = "(cardinality(CAST(:patterns AS text[])) = 0 OR r.region_code LIKE ANY (:patterns))"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report, the line of its body (None: the body is not known), and the page it was read from."""

    stored: StoredReport
    line: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Prose:
    """The chapters of a version and the numbers of requests that it states in them."""

    sections: tuple[Section, ...] = ()
    stated: tuple[StatedFact, ...] = ()


NO_PROSE = Prose()


class Loader:
    """Reads reports with their cells; keeps the layouts between batches."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._cells = CellReader()

    def of_bodies(self, connection: Connection, bodies: Sequence[int]) -> list[Loaded]:
        """Every report of some bodies."""
        return self._load(connection, f"{_CURRENT} AND r.body_id = ANY(:ids)", bodies)

    def of_reports(self, connection: Connection, report_ids: Sequence[int]) -> list[Loaded]:
        """These reports."""
        return self._load(connection, f"{_CURRENT} AND r.id = ANY(:ids)", report_ids)

    def earlier_versions(
        self, connection: Connection, report_ids: Sequence[int]
    ) -> dict[int, list[StoredReport]]:
        """What these reports said before their publishers changed them, by report, the newest first.

        Versions that only an older parser read otherwise are none of these.
        """
        query = (
            f"{_HEAD} JOIN report_versions now ON now.report_id = r.id AND now.is_current "
            "WHERE v.report_id = ANY(:ids) AND v.number < now.number AND now.cause <> 'reread' "
            "ORDER BY r.id, v.number DESC"
        )
        found: dict[int, list[StoredReport]] = defaultdict(list)
        for loaded in self._load(connection, query, report_ids):
            found[loaded.stored.report_id].append(loaded.stored)
        return dict(found)

    def _load(self, connection: Connection, query: str, ids: Sequence[int]) -> list[Loaded]:
        if not ids:
            return []
        rows = connection.execute(sa.text(query), {"ids": list(ids)}).all()
        cells = self._cells.read(connection, [row.version_id for row in rows])
        return [self._loaded(row, cells[row.version_id]) for row in rows]

    def _loaded(self, row: Any, cells: StoredCells) -> Loaded:
        stored = StoredReport(
            row.id, row.version_id, cells, row.outcome, row.form, row.report_year, row.scope, row.body,
            row.region_code, row.published_on,
        )  # fmt: skip
        return Loaded(stored, None if row.body_id is None else self.lines.line_of[row.body_id], row.url)


def count(connection: Connection, selection: Selection) -> int:
    """How many reports are in a selection."""
    query = (
        "SELECT count(*) FROM reports r JOIN report_versions v ON v.report_id = r.id AND v.is_current "
        f"WHERE v.outcome <> 'not_a_report' AND {_CHOSEN}"
    )
    return int(connection.scalar(sa.text(query), _values(selection)) or 0)


def batches(connection: Connection, selection: Selection, lines: Lines) -> list[list[int]]:
    """The lines that have reports in the selection, by region, in batches of some `BATCH` reports."""
    query = (
        "SELECT r.body_id, min(r.region_code) AS region, count(*) AS reports FROM reports r "
        f"WHERE r.body_id IS NOT NULL AND {_CHOSEN} GROUP BY r.body_id ORDER BY region, r.body_id"
    )
    sizes: dict[int, int] = {}
    for row in connection.execute(sa.text(query), _values(selection)):
        line = lines.line_of[row.body_id]
        sizes[line] = sizes.get(line, 0) + row.reports
    found: list[list[int]] = []
    size = BATCH
    for line, reports in sizes.items():
        if size + reports > BATCH:
            found.append([])
            size = 0
        found[-1].append(line)
        size += reports
    return found


def without_body(connection: Connection, selection: Selection) -> Iterator[list[int]]:
    """Reports of which the body is not known, in batches."""
    query = sa.text(
        f"SELECT r.id FROM reports r WHERE r.body_id IS NULL AND r.id > :after AND {_CHOSEN} "
        "ORDER BY r.id LIMIT :size"
    )
    after = 0
    while True:
        values = {**_values(selection), "after": after, "size": BATCH}
        found = list(connection.scalars(query, values))
        if not found:
            return
        yield found
        after = found[-1]


def prose_of(connection: Connection, version_ids: Sequence[int]) -> dict[int, Prose]:
    """The numbers of requests that versions state in prose; those that state none are not there.

    Of the chapters only those have their text in which a number that counts may stand.
    """
    values = {
        "ids": list(version_ids), "numbers": list(narrative.SECTIONS), "quantity": narrative.QUANTITY,
    }  # fmt: skip
    facts: dict[int, list[StatedFact]] = defaultdict(list)
    for row in connection.execute(sa.text(_FACTS), values):
        value = int(row.value) if row.value.as_tuple().exponent == 0 else row.value
        facts[row.version_id].append(
            StatedFact(
                row.quantity, value, row.raw, row.sentence, row.unit, row.qualifier, row.period,
                row.period_raw, row.whose, row.part_of, row.section, (row.place, row.start),
            )
        )  # fmt: skip
    sections: dict[int, list[Section]] = defaultdict(list)
    for row in connection.execute(sa.text(_SECTIONS), {**values, "ids": list(facts)}) if facts else ():
        sections[row.version_id].append(Section(row.number, "", row.text))
    return {key: Prose(tuple(sections[key]), tuple(found)) for key, found in facts.items()}


def _values(selection: Selection) -> dict[str, Any]:
    return {"patterns": list(selection.patterns)}
