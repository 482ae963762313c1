"""Writing a batch: what changed in the reports' states, table by table, with COPY.

A dozen round trips for a batch of any size; none at all for a batch in which nothing changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.engine import Connection

from goicrawl.database.issuing_bodies import code_in, organ_in
from goicrawl.database.packing import PackedTable, array_of_texts, clean, clean_or_none
from goicrawl.database.prepared import files_of, findings_of, parser_of, tables_of
from goicrawl.database.shared_rows import SharedRows
from goicrawl.database.versioning import ReportState, Source, Version
from goicrawl.extraction.report import Report, StatedFact

VERSION_COLUMNS = (
    "id", "report_id", "number", "is_current", "cause", "capture_id", "content_digest", "reading_digest",
    "outcome", "reasons", "form", "title", "issuing_body", "region_code", "report_year", "scope",
    "period_from", "period_to", "index_number", "subject_category", "issuing_body_printed",
    "document_number", "validity", "written_on", "published_on", "media_type", "encoding", "attachments",
    "parser_version", "listed_on", "organisation_code", "following_id", "attachment_capture_id",
)  # fmt: skip

STATED_COLUMNS = (
    "version_id", "position", "quantity", "value", "raw", "unit", "qualifier", "period", "period_raw",
    "whose", "part_of", "section", "sentence", "place", "start",
)  # fmt: skip


@dataclass(slots=True)
class Snapshot:
    """The states of a batch's reports before its items were entered."""

    current: set[int] = field(default_factory=set)
    captures: dict[int, frozenset[int]] = field(default_factory=dict)
    followings: dict[int, frozenset[int]] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Version -> its report and its number there."""


def snapshot(states: Iterable[ReportState]) -> Snapshot:
    """What is stored now, to tell later what has changed."""
    before = Snapshot()
    for state in states:
        for version in state.versions:
            before.captures[version.id] = frozenset(version.captures)
            before.followings[version.id] = frozenset(version.followings)
            before.places[version.id] = (state.id, version.number)
            if version.is_current:
                before.current.add(version.id)
    return before


def write(
    connection: Connection, shared: SharedRows, states: Sequence[ReportState], before: Snapshot
) -> None:
    """Write what `before` and `states` differ in, and give new rows their keys."""
    stored = {version.id for state in states for version in state.versions if version.id in before.captures}
    versions = [(state, v) for state in states for v in state.versions if v.report is not None]
    packed = [(version, tables_of(version.report)) for _, version in versions if version.report is not None]
    shared.ensure(table for _, tables in packed for table in tables)
    _write_reports(connection, states)
    lost = [
        v.id
        for s in states
        for v in s.versions
        if v.id in stored and not v.is_current and v.id in before.current
    ]
    gained = [
        v.id
        for s in states
        for v in s.versions
        if v.id in stored and v.is_current and v.id not in before.current
    ]
    refreshed = [version.id for _, version in versions if version.id in stored]
    _set_current(connection, lost, False)
    _move_versions(connection, states, before)
    for state in states:
        if state.absorbed:
            _merge(connection, state)
    _remove_readings(connection, refreshed)
    fresh = [(state, version) for state, version in versions if version.id not in stored]
    _number(connection, "report_versions", [version for _, version in fresh])
    _copy(
        connection,
        "report_versions",
        VERSION_COLUMNS,
        (_version_row(state, version) for state, version in fresh),
    )
    _update_readings(connection, [(state, version) for state, version in versions if version.id in refreshed])
    _set_current(connection, gained, True)
    _write_contents(connection, shared, packed)
    _write_sources(connection, [(state, source) for state in states for source in state.sources.values()])
    _copy(
        connection,
        "version_captures",
        ("version_id", "capture_id"),
        (
            (version.id, capture)
            for state in states
            for version in state.versions
            for capture in sorted(version.captures - before.captures.get(version.id, frozenset()))
        ),
    )
    _copy(
        connection,
        "version_followings",
        ("version_id", "following_id"),
        (
            (version.id, following)
            for state in states
            for version in state.versions
            for following in sorted(version.followings - before.followings.get(version.id, frozenset()))
        ),
    )


def _write_reports(connection: Connection, states: Sequence[ReportState]) -> None:
    _number(connection, "reports", [state for state in states if state.is_new])
    columns = ("id", "body_id", "report_year", "scope", "url", "region_code")
    _copy(
        connection,
        "reports",
        columns,
        (
            (s.id, s.body_id, s.report_year, s.scope, clean_or_none(s.url), s.region_code)
            for s in states
            if s.is_new
        ),
    )
    known = [s for s in states if not s.is_new and s.changed]
    if known:
        connection.execute(
            sa.text(
                "UPDATE reports SET body_id = :body_id, report_year = :report_year, scope = :scope, "
                "url = :url, region_code = :region_code WHERE id = :id"
            ),
            [{name: getattr(state, name) for name in columns} for state in known],
        )


def _move_versions(connection: Connection, states: Sequence[ReportState], before: Snapshot) -> None:
    """Hand over stored versions that belong to another report now."""
    moved = [
        {"report": state.id, "number": version.number, "id": version.id}
        for state in states
        for version in state.versions
        if before.places.get(version.id, (state.id, version.number)) != (state.id, version.number)
    ]
    if moved:
        connection.execute(
            sa.text("UPDATE report_versions SET report_id = :report, number = :number WHERE id = :id"), moved
        )


def _merge(connection: Connection, state: ReportState) -> None:
    """Hand the pages of absorbed reports over, but for those of which none of it is left; remove them."""
    kept = [source.id for source in state.sources.values() if not source.is_new]
    values = {"report": state.id, "absorbed": state.absorbed, "kept": kept}
    connection.execute(
        sa.text("DELETE FROM report_sources WHERE report_id = ANY(:absorbed) AND NOT id = ANY(:kept)"), values
    )
    for table in ("report_sources", "verdicts"):
        moving = f"UPDATE {table} SET report_id = :report WHERE report_id = ANY(:absorbed)"
        connection.execute(sa.text(moving), values)
    connection.execute(sa.text("DELETE FROM reports WHERE id = ANY(:absorbed)"), values)


def _version_row(state: ReportState, version: Version) -> tuple[Any, ...]:
    report = _report(version)
    head = report.metadata
    begin, end = (None, None) if report.period is None else report.period
    links = [link.to_dict() for link in report.attachments]
    return (
        version.id, state.id, version.number, version.is_current, version.cause, version.capture_id,
        version.content_digest, version.reading_digest, report.outcome, array_of_texts(report.reasons),
        report.form, clean_or_none(report.title), clean_or_none(report.issuing_body), report.region_code,
        report.report_year, report.scope, begin, end, clean_or_none(head.index_number),
        clean_or_none(head.subject_category), clean_or_none(head.issuing_body),
        clean_or_none(head.document_number), clean_or_none(head.validity), head.written_on, head.published_on,
        report.source.media_type, report.source.encoding,
        clean(json.dumps(links, ensure_ascii=False)).replace("\\u0000", "\ufffd") if links else None,
        parser_of(report), version.listed_on, code_in(report), version.following_id,
        version.origin.capture_of(files_of(report)[1]),
    )  # fmt: skip


def _update_readings(connection: Connection, versions: Sequence[tuple[ReportState, Version]]) -> None:
    """Bring stored versions up to date whose bytes were read anew with the same content."""
    kept = ("id", "report_id", "number", "is_current", "cause", "capture_id")
    names = [name for name in VERSION_COLUMNS if name not in kept]
    if versions:
        casts = {"reasons": "CAST(:reasons AS text[])", "attachments": "CAST(:attachments AS jsonb)"}
        setting = ", ".join(f"{name} = {casts.get(name, ':' + name)}" for name in names)
        rows = [dict(zip(VERSION_COLUMNS, _version_row(s, v), strict=True)) for s, v in versions]
        connection.execute(sa.text(f"UPDATE report_versions SET {setting} WHERE id = :id"), rows)


def _remove_readings(connection: Connection, version_ids: Sequence[int]) -> None:
    if version_ids:
        for table in ("sections", "stated_facts", "findings", "table_cells", "report_candidates"):
            connection.execute(
                sa.text(f"DELETE FROM {table} WHERE version_id = ANY(:ids)"), {"ids": version_ids}
            )


def _write_contents(
    connection: Connection, shared: SharedRows, packed: Sequence[tuple[Version, Sequence[PackedTable]]]
) -> None:
    _copy(
        connection,
        "sections",
        ("version_id", "position", "number", "heading", "text"),
        (
            (version.id, position, section.number, clean(section.heading), clean(section.text))
            for version, _ in packed
            for position, section in enumerate(_report(version).sections, start=1)
        ),
    )
    _copy(
        connection,
        "stated_facts",
        STATED_COLUMNS,
        (
            _stated_row(version.id, position, fact)
            for version, _ in packed
            for position, fact in enumerate(_report(version).stated, start=1)
        ),
    )
    _copy(
        connection,
        "table_cells",
        (
            "version_id", "layout_id", "placement_id", "numbers", "exact", "kinds", "raws", "units",
            "capture_id",
        ),
        (
            (version.id, shared.layout(t), shared.placement(t), t.numbers, t.exact, t.kinds, t.raws, t.units,
             version.origin.capture_of(files.get(t.layout.table)))
            for version, tables in packed
            for files in (dict(files_of(_report(version))[0]),)
            for t in tables
        ),
    )  # fmt: skip
    _copy(
        connection,
        "findings",
        (
            "version_id",
            "position",
            "rule",
            "severity",
            "at",
            "left_value",
            "right_value",
            "message",
            "digest",
        ),
        (
            (version.id, position, f.rule, f.severity, clean(f.at), f.left, f.right, clean(f.message), digest)
            for version, _ in packed
            for position, (f, digest) in enumerate(findings_of(_report(version)), start=1)
        ),
    )
    _copy(
        connection,
        "report_candidates",
        ("version_id", "position", "region_code", "name", "organ", "why"),
        (
            (version.id, position, c.region_code, clean(c.name), clean(organ_in(c)), c.why)
            for version, _ in packed
            for position, c in enumerate(_report(version).candidates, start=1)
        ),
    )


def _stated_row(version_id: int, position: int, fact: StatedFact) -> tuple[Any, ...]:
    return (
        version_id, position, fact.quantity, fact.value, clean(fact.raw), fact.unit, fact.qualifier,
        fact.period, clean_or_none(fact.period_raw), clean_or_none(fact.whose), fact.part_of, fact.section,
        clean(fact.sentence), *fact.at,
    )  # fmt: skip


def _write_sources(connection: Connection, sources: Sequence[tuple[ReportState, Source]]) -> None:
    fresh = [(state, source) for state, source in sources if source.is_new]
    _number(connection, "report_sources", [source for _, source in fresh])
    _copy(
        connection,
        "report_sources",
        ("id", "report_id", "url", "version_id", "portal_url", "list_url"),
        ((source.id, state.id, clean(source.url), source.version.id, source.portal_url, source.list_url)
         for state, source in fresh),
    )  # fmt: skip
    moved = [{"id": s.id, "version": s.version.id} for _, s in sources if s.moved and not s.is_new]
    if moved:
        connection.execute(sa.text("UPDATE report_sources SET version_id = :version WHERE id = :id"), moved)


def _set_current(connection: Connection, version_ids: Sequence[int], value: bool) -> None:
    if version_ids:
        connection.execute(
            sa.text("UPDATE report_versions SET is_current = :value WHERE id = ANY(:ids)"),
            {"value": value, "ids": version_ids},
        )


def _number(connection: Connection, table: str, rows: Sequence[ReportState | Version | Source]) -> None:
    """Give new rows the next keys of their table, in order."""
    if rows:
        query = sa.text(
            "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"
        )
        keys = sorted(connection.scalars(query, {"table": table, "count": len(rows)}))
        for row, key in zip(rows, keys, strict=True):
            row.id = key


def _copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    pending = iter(rows)
    first = next(pending, None)
    if first is None:
        return
    cursor: Any = connection.connection.cursor()
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        put: Callable[[tuple[Any, ...]], None] = copy.write_row
        put(first)
        for row in pending:
            put(row)


def _report(version: Version) -> Report:
    if version.report is None:
        raise LookupError("a version without its report cannot be written")
    return version.report
