"""Bodies in the database: found or made for a batch of reports, and kept in step with the seeds.

What makes a body one organ with another (its place and its organ's name) is computed from its region code
and name alone when it is made, and again for all of them when the seeds, the renames or the rules change. So
it is the same in whatever order reports were stored.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl import registry as registries
from goicrawl.database import reference_data
from goicrawl.database.packing import clean
from goicrawl.extraction.report import Report
from goicrawl.reading.version import digest_of
from goicrawl.registry import bodies, organ_successions, organs
from goicrawl.registry.body_candidates import Candidate
from goicrawl.registry.organisation_codes import organisation_code
from goicrawl.registry.seed_files import seeds_folder

BodyKey = tuple[str, str]
CHUNK = 10_000


def key_of(report: Report) -> BodyKey | None:
    """(region code, name) of the body; None where either is unknown: many bodies are called 教育局."""
    if report.issuing_body is None or report.region_code is None:
        return None
    return (report.region_code, clean(report.issuing_body))


def ids_of(engine: Engine, connection: Connection, reports: Sequence[Report]) -> dict[BodyKey | None, int]:
    """Keys of the bodies of a batch. New ones are made in a transaction of their own."""
    wanted = {key: report for report in reports if (key := key_of(report)) is not None}
    known: dict[BodyKey | None, int] = _known(connection, wanted)
    missing = sorted(wanted.keys() - known.keys())
    if missing:
        registry = registries.load()
        rows = []
        for region_code, name in missing:
            year = wanted[region_code, name].report_year
            region = registry.region(region_code, year)
            kind = bodies.normalise_body(name, region=region, registry=registry, year=year).kind
            organ = _columns(region_code, name)
            rows.append({"region_code": region_code, "name": name, "kind": kind, **organ})
        with engine.begin() as other:
            other.execute(
                sa.text(
                    "INSERT INTO bodies "
                    "(region_code, name, kind, place, organ, line_organ, subject, level, stands_for) VALUES "
                    "(:region_code, :name, :kind, :place, :organ, :line_organ, :subject, :level, "
                    "CAST(:stands_for AS text[])) "
                    "ON CONFLICT (region_code, name) DO NOTHING"
                ),
                rows,
            )
        known = _known(connection, wanted)
    return known


def code_in(report: Report) -> str | None:
    """The organisation code that a report's index number begins with, where its check character holds."""
    printed = report.metadata.index_number
    return None if printed is None else organisation_code(printed, registries.load().region_codes)


def organ_in(candidate: Candidate) -> str:
    """The organ that a candidate is: its name without the place, as `bodies.organ` has it."""
    if candidate.region_code is None:
        return organs.organ_name(candidate.name)
    return organs.organ_of(candidate.region_code, candidate.name, registries.load()).name


def sync(engine: Engine) -> None:
    """Bring organs, renames and organisation codes in step with the seeds and rules; cheap when they are."""

    def fill(connection: Connection) -> None:
        _fill_successions(connection)
        _fill_bodies(connection)
        _fill_codes(connection)

    reference_data.sync(engine, "bodies", _fingerprint(), fill)


def _columns(region_code: str, name: str) -> dict[str, str | list[str] | None]:
    organ = organs.organ_of(region_code, name, registries.load())
    return {
        "place": organ.place,
        "organ": organ.name,
        "line_organ": organ.line_name,
        "subject": organ.subject,
        "level": organ.level,
        "stands_for": list(organ.stands_for),
    }


def _fingerprint() -> str:
    """Of everything that decides on organs: the regions, the word lists and the rules themselves."""
    return digest_of([Path(organs.__file__).parent, seeds_folder()], [])


def _fill_successions(connection: Connection) -> None:
    rows = [
        {
            "line": row.line, "predecessor": organs.organ_name(row.predecessor),
            "successor": organs.organ_name(row.successor), "predecessor_name": row.predecessor,
            "successor_name": row.successor, "kind": row.kind, "certainty": row.certainty,
            "levels": list(row.levels), "since": row.since, "until": row.until, "note": row.note,
        }
        for row in organ_successions.load()
    ]  # fmt: skip
    reference_data.replace(connection, "organ_successions", rows)


def _fill_bodies(connection: Connection) -> None:
    last = 0
    query = sa.text(
        "SELECT id, region_code, name, place, organ, line_organ, subject, level, stands_for "
        "FROM bodies "
        "WHERE id > :last ORDER BY id LIMIT :chunk"
    )
    while rows := connection.execute(query, {"last": last, "chunk": CHUNK}).all():
        last = rows[-1].id
        changed = []
        for row in rows:
            now = _columns(row.region_code, row.name)
            if now != {name: getattr(row, name) for name in now}:
                changed.append({"id": row.id, **now})
        if changed:
            connection.execute(
                sa.text(
                    "UPDATE bodies b SET place = x.place, organ = x.organ, line_organ = x.line_organ, "
                    "subject = x.subject, level = x.level, stands_for = x.stands_for "
                    "FROM jsonb_to_recordset(CAST(:changed AS jsonb)) AS x (id int, place text, organ text, "
                    "line_organ text, subject text, level text, stands_for text[]) WHERE b.id = x.id"
                ),
                {"changed": json.dumps(changed, ensure_ascii=False)},
            )


def _fill_codes(connection: Connection) -> None:
    """Read the index numbers of stored versions again: each printed one once."""
    regions = registries.load().region_codes
    printed = connection.execute(
        sa.text(
            "SELECT DISTINCT index_number, organisation_code FROM report_versions "
            "WHERE index_number IS NOT NULL"
        )
    ).all()
    changed = [
        {"printed": row.index_number, "code": code}
        for row in printed
        if (code := organisation_code(row.index_number, regions)) != row.organisation_code
    ]
    for at in range(0, len(changed), CHUNK):
        part = changed[at : at + CHUNK]
        connection.execute(
            sa.text(
                "UPDATE report_versions v SET organisation_code = x.code "
                "FROM unnest(CAST(:printed AS text[]), CAST(:codes AS text[])) AS x (printed, code) "
                "WHERE v.index_number = x.printed"
            ),
            {"printed": [one["printed"] for one in part], "codes": [one["code"] for one in part]},
        )


def _known(connection: Connection, keys: dict[BodyKey, Report]) -> dict[BodyKey | None, int]:
    if not keys:
        return {}
    found = connection.execute(
        sa.text(
            "SELECT id, region_code, name FROM bodies "
            "JOIN unnest(CAST(:regions AS text[]), CAST(:names AS text[])) AS wanted (region_code, name) "
            "USING (region_code, name)"
        ),
        {"regions": [key[0] for key in keys], "names": [key[1] for key in keys]},
    )
    return {(row.region_code, row.name): row.id for row in found}
