"""A region's reports as CSV files: the reports, their cells, what they state in prose, what does not hold.

Only current versions are exported, all as of one moment. A region without reports gets files with a
header line alone, so that whoever reads them finds them; the caller is told so in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl.exports.csv_files import field, harmless, safe_name, write_csv
from goicrawl.exports.names import CellName, Language, cell_name, columns, headers, quantity_name, word

FILES = ("reports", "cells", "stated", "findings")

_HEAD = """
    r.id AS report_id, v.id AS version_id, r.region_code, COALESCE(b.name, v.issuing_body) AS issuing_body,
    COALESCE(r.report_year, v.report_year) AS report_year, COALESCE(r.scope, v.scope) AS scope, v.form, c.url
"""
_FROM = """
FROM reports r
JOIN report_versions v ON v.report_id = r.id AND v.is_current
JOIN captures c ON c.id = v.capture_id
LEFT JOIN bodies b ON b.id = r.body_id
"""
_WHERE = "WHERE r.region_code = :region"
_ORDER = "ORDER BY issuing_body NULLS LAST, report_year NULLS LAST, scope NULLS LAST, report_id"

REPORTS = f"""
SELECT {_HEAD}, b.kind AS body_kind, v.outcome, v.reasons, v.title, v.period_from, v.period_to,
    v.index_number, v.subject_category, v.issuing_body_printed, v.document_number, v.validity,
    v.written_on, v.published_on,
    v.number AS version, encode(c.sha256, 'hex') AS sha256, c.fetched_at,
    (SELECT count(*) FROM report_versions o WHERE o.report_id = r.id) AS versions,
    (SELECT count(*) FROM cells x WHERE x.version_id = v.id) AS cells,
    (SELECT count(*) FROM findings f WHERE f.version_id = v.id AND f.severity = 'error') AS errors,
    (SELECT count(*) FROM findings f WHERE f.version_id = v.id AND f.severity = 'warning') AS warnings
{_FROM} {_WHERE} {_ORDER}
"""
CELLS = (
    "SELECT version_id, address, raw, kind, value::text, unit FROM cells WHERE version_id = ANY(:versions)"
)
FLAGS = """
SELECT version_id, at, string_agg(DISTINCT rule, ' ' ORDER BY rule) AS rules
FROM findings WHERE version_id = ANY(:versions) GROUP BY version_id, at
"""
STATED = f"""
SELECT {_HEAD}, s.quantity, s.value, s.unit, s.qualifier, s.raw, s.period, s.period_raw, s.whose, s.part_of,
    s.section, s.sentence
{_FROM} JOIN stated_facts s ON s.version_id = v.id {_WHERE} {_ORDER}, s.position
"""
FINDINGS = f"""
SELECT {_HEAD}, f.rule, f.severity, f.status, f.at, f.left_value AS left, f.right_value AS right, f.message,
    f.verdict, f.note, f.person
{_FROM} JOIN all_findings f ON f.report_id = r.id AND f.version_id = v.id {_WHERE} {_ORDER}, f.rule, f.at
"""
BATCH = 50
"""Reports whose cells are in memory at one time."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for one region: (file, rows) in the order of `FILES`."""

    region_code: str
    files: tuple[tuple[Path, int], ...]

    @property
    def reports(self) -> int:
        return self.files[0][1]


def write_region(engine: Engine, code: str, name: str, folder: Path, language: Language) -> Written:
    """Write a region's files into `folder`; they are named by its code and name.

    Raises:
        ExportError: a file cannot be written.
    """
    stem = safe_name(f"{code}_{name}")
    rows = {"reports": _reports, "cells": _cells, "stated": _stated, "findings": _findings}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        found = connection.execute(sa.text(REPORTS), {"region": code}).mappings().all()
        reports = [{**row, "region_name": name} for row in found]
        files = []
        for file in FILES:
            path = folder / f"{stem}_{file}.csv"
            count = write_csv(path, headers(file, language), rows[file](connection, code, reports, language))
            files.append((path, count))
    return Written(code, tuple(files))


def regions_with_reports(engine: Engine) -> list[str]:
    """Codes of the regions that have reports, in order."""
    query = sa.text("SELECT DISTINCT region_code FROM reports WHERE region_code IS NOT NULL ORDER BY 1")
    with engine.connect() as connection:
        return list(connection.scalars(query))


def _reports(
    _connection: Connection, _code: str, reports: list[dict[str, Any]], language: Language
) -> Iterator[list[str]]:
    for report in reports:
        yield _line("reports", {**report, "reasons": "; ".join(report["reasons"])}, language)


def _cells(
    connection: Connection, _code: str, reports: list[dict[str, Any]], language: Language
) -> Iterator[list[str]]:
    """The cells, in the columns' order: what the report, the cell's name and the cell add to a line."""
    order = columns("cells")
    kinds = {kind: field(word("kind", kind, language)) for kind in ("number", "blank", "slash", "text")}
    for begin in range(0, len(reports), BATCH):
        batch = reports[begin : begin + BATCH]
        versions = {"versions": [report["version_id"] for report in batch]}
        flags = {(row.version_id, row.at): row.rules for row in connection.execute(sa.text(FLAGS), versions)}
        cells: dict[int, list[Any]] = {}
        for row in connection.execute(sa.text(CELLS), versions).all():
            cells.setdefault(row[0], []).append(row)
        for report in batch:
            version, form = report["version_id"], report["form"]
            line = _texts({name: report[name] for name in order if name in report}, language)
            named = [(cell_name(form, row[1], language), row) for row in cells.get(version, [])]
            for name, (_, address, raw, kind, value, unit) in sorted(named, key=_printed_order):
                line["address"] = field(address)
                line["table"], line["row"], line["column"] = name.table, name.row, name.column
                line["value"] = "" if value is None else value
                line["unit"] = field(name.unit if unit is None else unit)
                line["raw"], line["kind"] = harmless(raw), kinds[kind]
                line["flagged"] = field(flags.get((version, address)))
                yield [line[column] for column in order]


def _printed_order(named: tuple[CellName, Any]) -> tuple[int, str]:
    return named[0].place, named[1][1]


def _stated(
    connection: Connection, code: str, _reports: list[dict[str, Any]], language: Language
) -> Iterator[list[str]]:
    for row in connection.execute(sa.text(STATED), {"region": code}).mappings():
        label, part = (quantity_name(row[column], language) for column in ("quantity", "part_of"))
        yield _line("stated", {**row, "label": label, "part_of": part}, language)


def _findings(
    connection: Connection, code: str, _reports: list[dict[str, Any]], language: Language
) -> Iterator[list[str]]:
    for row in connection.execute(sa.text(FINDINGS), {"region": code}).mappings():
        label = None
        if row["at"].count(".") == 2:
            name = cell_name(row["form"], row["at"], language)
            label = f"{name.row} / {name.column}"
        yield _line("findings", {**row, "label": label}, language)


def _line(file: str, values: dict[str, Any], language: Language) -> list[str]:
    return list(_texts({column: values[column] for column in columns(file)}, language).values())


def _texts(values: dict[str, Any], language: Language) -> dict[str, str]:
    return {
        column: field(word(column, value, language) if isinstance(value, str) else value)
        for column, value in values.items()
    }
