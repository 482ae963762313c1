"""What the database holds, in figures: what `goicrawl status` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine


@dataclass(frozen=True, slots=True)
class LastCrawl:
    """The crawl whose visit began last. `open_visits` are under way, or were killed."""

    id: str
    started_at: datetime
    last_visit_at: datetime
    visits: int
    open_visits: int
    pages: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of one moment. Reports and findings are those of current versions.

    `visits` counts portals by the outcome of their last visit (None: under way or killed), `reports` by
    (report year or None, outcome), `findings` by (rule, severity).
    """

    portals: int
    portals_visited: int
    visits: tuple[tuple[str | None, int], ...]
    reports: tuple[tuple[int | None, str, int], ...]
    findings: tuple[tuple[str, str, int], ...]
    bodies: int
    versions: int
    captures: int
    last_crawl: LastCrawl | None

    @property
    def report_count(self) -> int:
        return sum(count for _, _, count in self.reports)


def summarise(engine: Engine) -> Summary:
    """Count everything, as of one moment."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        visits = _rows(
            connection,
            "SELECT outcome, count(*) FROM (SELECT DISTINCT ON (portal_url) outcome FROM visits "
            "ORDER BY portal_url, id DESC) AS last GROUP BY outcome ORDER BY 2 DESC, 1",
        )
        return Summary(
            portals=_count(connection, "portals WHERE url IS NOT NULL"),
            portals_visited=sum(row[1] for row in visits),
            visits=tuple((row[0], row[1]) for row in visits),
            reports=tuple(
                (row[0], row[1], row[2])
                for row in _rows(
                    connection,
                    "SELECT COALESCE(r.report_year, v.report_year), v.outcome, count(*) "
                    "FROM report_versions v JOIN reports r ON r.id = v.report_id WHERE v.is_current "
                    "GROUP BY 1, 2 ORDER BY 1, 2",
                )
            ),
            findings=tuple(
                (row[0], row[1], row[2])
                for row in _rows(
                    connection,
                    "SELECT f.rule, f.severity, count(*) FROM findings f JOIN report_versions v "
                    "ON v.id = f.version_id WHERE v.is_current GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
                )
            ),
            bodies=_count(connection, "bodies"),
            versions=_count(connection, "report_versions"),
            captures=_count(connection, "captures"),
            last_crawl=_last_crawl(connection),
        )


def _last_crawl(connection: Connection) -> LastCrawl | None:
    rows = _rows(
        connection,
        "SELECT c.id, c.started_at, max(GREATEST(v.started_at, v.finished_at)), count(*), "
        "count(*) FILTER (WHERE v.outcome IS NULL), sum(v.pages) "
        "FROM crawls c JOIN visits v ON v.crawl_id = c.id "
        "WHERE c.id = (SELECT crawl_id FROM visits ORDER BY id DESC LIMIT 1) GROUP BY c.id",
    )
    return LastCrawl(*rows[0]) if rows else None


def _rows(connection: Connection, query: str) -> Sequence[Sequence[Any]]:
    return connection.execute(sa.text(query)).all()


def _count(connection: Connection, table: str) -> int:
    return int(connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)
