"""Visits of portals: the crawl's unit of work and what a killed crawl goes on from."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl.database.errors import StoreError
from goicrawl.database.models import VISIT_OUTCOMES, Visit
from goicrawl.database.packing import clean


def begin(engine: Engine, portal_url: str, region_code: str | None, crawl_id: str) -> int:
    """Enter a visit, and its crawl if this is its first; returns the visit's key."""
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO crawls (id) VALUES (:id) ON CONFLICT (id) DO NOTHING"), {"id": crawl_id}
        )
        made = connection.execute(
            sa.insert(Visit)
            .values(crawl_id=crawl_id, portal_url=portal_url, region_code=region_code)
            .returning(Visit.id)
        )
        return made.scalar_one()


def finish(engine: Engine, visit_id: int, outcome: str, detail: str, pages: int, reports: int) -> None:
    """Enter how a visit ended.

    Raises:
        StoreError: the outcome or the visit is unknown.
    """
    if outcome not in VISIT_OUTCOMES:
        raise StoreError(f"{outcome!r} is not an outcome of a visit: {', '.join(VISIT_OUTCOMES)}")
    with engine.begin() as connection:
        done = connection.execute(
            sa.update(Visit)
            .where(Visit.id == visit_id)
            .values(
                outcome=outcome,
                detail=clean(detail),
                pages=pages,
                reports=reports,
                finished_at=sa.func.clock_timestamp(),
            )
        )
        if done.rowcount == 0:
            raise StoreError(f"there is no visit {visit_id}")


def finished_portals(engine: Engine, crawl_id: str) -> set[str]:
    """The portals whose visit in this crawl has ended."""
    query = sa.select(Visit.portal_url).where(Visit.crawl_id == crawl_id, Visit.outcome.is_not(None))
    with engine.connect() as connection:
        return set(connection.scalars(query))
