"""The organs of one place over the years, and what is in doubt about them: `goicrawl bodies`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from sqlalchemy.engine import Connection

from goicrawl import registry as registries
from goicrawl.config import Config
from goicrawl.database import issuing_bodies, printing, server
from goicrawl.registry import Region, RegistryError
from goicrawl.registry.region_lines import key_of, lines_of

LINES = """
SELECT l.line_id, min(b.kind) AS kind, count(r.id) AS reports,
    array_agg(DISTINCT r.report_year) FILTER (WHERE r.report_year IS NOT NULL) AS years,
    max(l.joined_by) FILTER (WHERE l.joined_by = 'code') AS joined_by,
    (array_agg(b.name ORDER BY r.report_year DESC NULLS LAST, b.id DESC))[1] AS name,
    array_agg(DISTINCT b.name) AS names
FROM body_line l
JOIN bodies b ON b.id = l.body_id
LEFT JOIN reports r ON r.body_id = b.id
WHERE b.place = :place
GROUP BY l.line_id
ORDER BY min(b.kind), name
"""
SUCCESSIONS = """
SELECT p.name AS before, s.name AS after, y.kind, y.certainty, y.since, y.until
FROM body_successions y
JOIN bodies p ON p.id = y.predecessor_id
JOIN bodies s ON s.id = y.successor_id
WHERE p.place = :place OR s.place = :place
ORDER BY s.name, p.name, y.kind
"""
BODY_DOUBTS = """
SELECT b.name, c.organ, f.name AS known, c.why
FROM body_candidates c
JOIN bodies b ON b.id = c.body_id
LEFT JOIN bodies f ON f.id = c.candidate_id
WHERE b.place = :place
ORDER BY b.name, c.organ, f.name, c.why
"""
REPORT_DOUBTS = """
SELECT DISTINCT r.report_year, v.issuing_body, c.name, c.why, s.url
FROM report_candidates c
JOIN report_versions v ON v.id = c.version_id AND v.is_current
JOIN reports r ON r.id = v.report_id
JOIN LATERAL (SELECT min(url) AS url FROM report_sources WHERE report_id = r.id) s ON true
WHERE c.region_code = ANY (:codes) OR (c.region_code IS NULL AND r.region_code = ANY (:codes))
ORDER BY r.report_year, v.issuing_body, c.name, s.url
"""


def show(config: Config, console: Console, asked: str) -> None:
    """Print the organs of a region, given by code or full name, under whatever names they reported.

    Raises:
        RegistryError: no region, or several, have that code or name.
        DatabaseError: the database cannot be reached.
    """
    registry = registries.load()
    region = _region(asked)
    chain = lines_of(registry).of(region.code, region.name)
    values = {"place": key_of(chain), "codes": sorted({row.code for row in chain})}
    engine = server.connect(config)
    try:
        issuing_bodies.sync(engine)
        with engine.connect() as connection:
            _print(connection, console, values)
    finally:
        engine.dispose()


def _print(connection: Connection, console: Console, values: dict[str, Any]) -> None:
    def ask(query: str) -> Sequence[Any]:
        return connection.execute(sa.text(query), values).all()

    printing.print_table(
        console,
        "organs",
        ("organ", "kind", "years", "joined by", "other names", "reports"),
        [
            (
                row.name, row.kind, years_in_words(row.years or []), row.joined_by or "name",
                "、".join(sorted(set(row.names) - {row.name})), str(row.reports),
            )
            for row in ask(LINES)
        ],
    )  # fmt: skip
    printing.print_table(
        console,
        "followed by",
        ("before", "after", "kind", "certainty", "in the years"),
        [
            (row.before, row.after, row.kind, row.certainty, _span(row.since, row.until))
            for row in ask(SUCCESSIONS)
        ],
    )
    printing.print_table(
        console,
        "may be one organ",
        ("body", "may be", "known as", "why"),
        [(row.name, row.organ, row.known or "", row.why) for row in ask(BODY_DOUBTS)],
    )
    printing.print_table(
        console,
        "reports in doubt",
        ("year", "printed", "may be of", "why", "page"),
        [
            (str(row.report_year or ""), row.issuing_body or "", row.name, row.why, row.url or "")
            for row in ask(REPORT_DOUBTS)
        ],
    )


def years_in_words(years: Sequence[int]) -> str:
    """Years as spans: 2014-2016, 2019."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(_span(first, last) for first, last in spans)


def _span(first: int | None, last: int | None) -> str:
    if first is None or last is None or first == last:
        return str(first if first is not None else last or "")
    return f"{first}-{last}"


def _region(asked: str) -> Region:
    """The region of a code or of a full name; one of another time where none of today bears it."""
    registry = registries.load()
    found = registry.region(asked)
    if found is not None:
        return found
    named = registry.regions_named(asked)
    places = {key_of(lines_of(registry).of(row.code, row.name)): row for row in named}
    if len(places) == 1:
        return next(iter(places.values()))
    if places:
        which = "、".join(f"{row.code} {row.province}" for row in named)
        raise RegistryError(f"{asked} is the name of {len(places)} regions, give a code: {which}")
    raise RegistryError(f"no region {asked!r}")
