"""How fast stored reports are checked against each other: `python -m benchmarks.check`.

Departments of one city with four years each, and the city's own reports, all of form f2021 with 200 cells.
They are checked twice: first every result is written, then nothing has changed. Beside it stands a bare read
of the same rows of `report_versions` and `table_cells` by the same driver, with nothing done to them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl import config as configuration
from goicrawl import forms, registry
from goicrawl.archive.capture import ArchivedCapture, Capture
from goicrawl.checking.run import check
from goicrawl.checking.selection import Selection
from goicrawl.database import server
from goicrawl.database.store import Store, StoreItem
from goicrawl.extraction.report import Answer, Metadata, Report, Source

REPORTS = 4000
YEARS = range(2021, 2025)
CITY, CITY_CODE = "宿迁市", "321300"
BATCH = 200


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description="Reports a second when they are checked.")
    parser.add_argument("--reports", type=int, default=REPORTS)
    chosen = parser.parse_args()
    if chosen.reports < len(YEARS):
        parser.error(f"--reports: at least {len(YEARS)}")
    with tempfile.TemporaryDirectory(prefix="goicrawl-bench-") as name:
        config = configuration.load({"GOICRAWL_DATA_DIR": name})
        engine = server.connect(config)
        try:
            count = fill(engine, chosen.reports // len(YEARS))
            print(f"{count} reports of 200 cells", flush=True)
            bare = _say("bare read", count, lambda: _read(engine))
            known = registry.load()
            first = _say("check, first", count, lambda: _check(engine, known))
            again = _say("check, again", count, lambda: _check(engine, known))
            print(
                f"a check takes {first / bare:.1f} times as long as the bare read, again {again / bare:.1f}"
            )
        finally:
            engine.dispose()
            server.stop(config)


def fill(engine: Engine, bodies: int) -> int:
    """Store a report on each year for so many bodies, the city itself the first; returns how many."""
    store = Store(engine)
    items = []
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    addresses = [cell.address for cell in forms.load()["f2021"].cells]
    for body in range(bodies):
        name = f"{CITY}人民政府" if body == 0 else f"{CITY}示例第{body}局"
        for year in YEARS:
            url = f"http://www.example.gov.cn/{body}/{year}.html"
            capture = Capture(url, url, begin + timedelta(minutes=len(items)), 200, (), url.encode())
            key = store.add_capture(None, ArchivedCapture(capture, "bench.warc.gz", len(items), 1))
            weight = bodies if body == 0 else 1
            cells = {
                address: Answer(str(value), "number", value)
                for place, address in enumerate(addresses)
                for value in [weight * ((place * year) % 7)]
            }
            report = Report(
                source=Source("00" * 32), outcome="complete", form="f2021", report_year=year,
                scope="jurisdiction" if body == 0 else "organ", issuing_body=name, region_code=CITY_CODE,
                metadata=Metadata(published_on=date(year + 1, 1, 20)), cells=cells,
            )  # fmt: skip
            items.append(StoreItem(report, key))
    for at in range(0, len(items), BATCH):
        store.store_reports(items[at : at + BATCH])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
    return len(items)


def _read(engine: Engine) -> None:
    query = (
        "SELECT v.*, t.* FROM report_versions v JOIN table_cells t ON t.version_id = v.id "
        "WHERE v.is_current ORDER BY v.id"
    )
    with engine.connect() as connection:
        rows = sum(1 for _ in connection.execute(sa.text(query)))
    if rows == 0:
        raise SystemExit("nothing was read")


def _check(engine: Engine, known: registry.Registry) -> None:
    summary = check(engine, known, Selection())
    if summary.counts["C1", "fail"] + summary.counts["C1", "pass"] == 0:
        raise SystemExit("nothing was compared")


def _say(name: str, count: int, work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    print(f"{name:14}{count / seconds:8.0f} reports/s, {seconds:.2f} s", flush=True)
    return seconds


if __name__ == "__main__":
    main()
