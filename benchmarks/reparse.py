"""How fast an archive is read again, the database's writes included: `python -m benchmarks.reparse`.

The pages of `benchmarks.parse`, each made another body's report, are written to WARC and stored once. Then
they are read again, on one reader process and on two:

- changed: every report is made to look as if an older parser had read it otherwise, so each gets a new
  version (cells, sections and all) and the old one is superseded. The most there is to write.
- unchanged: every report says the same, and nothing is written but that it was read.

PostgreSQL, the readers and the process that drives them share the machine. The readers' start is counted.
Beside the time on the clock stands the processor time that a report takes of each of them.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from sqlalchemy.engine import Engine

from benchmarks._processor import Spent, spent
from benchmarks.parse import pages
from goicrawl import config as configuration
from goicrawl.archive.capture import Capture
from goicrawl.archive.writer import WarcArchive
from goicrawl.database import server
from goicrawl.database.store import Store, StoreItem
from goicrawl.reading import parse_report
from goicrawl.reading.limits import limits_of
from goicrawl.reading.version import parser_version
from goicrawl.reparsing.pages import Selection
from goicrawl.reparsing.progress import ReparseProgress
from goicrawl.reparsing.reparse import ReparseSummary, reparse

PAGES = 900
PROCESSES = (1, 2)
BATCH = 100
Run = tuple[ReparseSummary, Spent]


def main() -> None:
    """Measure, and print a line for each number of processes and each kind of result."""
    parser = argparse.ArgumentParser(description="Reports a second when an archive is read again.")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=2, help="how often each is run; the best counts")
    chosen = parser.parse_args()
    if chosen.pages < 1 or chosen.rounds < 1:
        parser.error("--pages, --rounds: at least 1")
    with tempfile.TemporaryDirectory(prefix="goicrawl-bench-") as name:
        config = configuration.load({"GOICRAWL_DATA_DIR": name})
        engine = server.connect(config)
        try:
            size = fill(engine, config.archive_dir, chosen.pages)
            print(f"{chosen.pages} reports of {size / 1000:.1f} kB", flush=True)
            for processes in PROCESSES:
                compare(engine, config.archive_dir, processes, chosen.rounds)
        finally:
            engine.dispose()
            server.stop(config)


def fill(engine: Engine, archive: Path, count: int) -> float:
    """Archive and store so many reports, each another body's; returns the mean size of a page in bytes."""
    store = Store(engine)
    items = []
    size = 0
    fetched_at = datetime(2026, 1, 1, tzinfo=UTC)
    with WarcArchive(archive) as writer:
        for number, page in enumerate(islice(cycle(pages()), count)):
            data = page.data.replace("宿迁市".encode(), f"示例县第{number}局".encode())
            url = f"http://www.example.gov.cn/nb/{number}.html"
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            capture = Capture(url, url, fetched_at + timedelta(minutes=number), 200, headers, data)
            key = store.add_capture(None, writer.write(capture))
            items.append(StoreItem(parse_report(data, media_type="text/html", url=url), key))
            size += len(data)
    for at in range(0, count, BATCH):
        store.store_reports(items[at : at + BATCH])
    return size / count


def compare(engine: Engine, archive: Path, processes: int, rounds: int) -> None:
    """Run both kinds, check that they were what they are said to be, and print the best of each."""
    changed: list[Run] = []
    unchanged: list[Run] = []
    for _ in range(rounds):
        _make_older(engine)
        changed.append(_run(engine, archive, processes))
        unchanged.append(_run(engine, archive, processes))
    if any(one.update != one.stored or one.superseded != one.stored for one, _ in changed):
        raise SystemExit("not every report was read otherwise")
    if any(one.noop != one.stored or one.refreshed for one, _ in unchanged):
        raise SystemExit("not every report was read as before")
    for name, runs in (("changed", changed), ("unchanged", unchanged)):
        best, cost = min(runs, key=lambda one: one[0].seconds)
        rate = best.stored / best.seconds
        print(f"{name:11}{processes} processes{rate:8.1f} reports/s, {best.seconds:.2f} s", flush=True)
        print(f"{'':11}{_shares(cost, best)}", flush=True)


def _shares(cost: Spent, run: ReparseSummary) -> str:
    """The processor time of one report, by who takes it."""
    each = 1000 / run.stored
    server = "" if cost.server is None else f", PostgreSQL {cost.server * each:.2f}"
    return (
        f"ms of processor time a report: {cost.total * each:.2f} "
        f"(readers {cost.readers * each:.2f}, driver {cost.driver * each:.2f}{server})"
    )


def _run(engine: Engine, archive: Path, processes: int) -> Run:
    selection = Selection(parser_version(), again=True)
    progress = ReparseProgress(Console(quiet=True))
    limits = limits_of(configuration.load({}))
    before = spent(archive.parent / "postgres")
    summary = reparse(engine, archive, selection, processes=processes, limits=limits, progress=progress)
    return summary, spent(archive.parent / "postgres").since(before)


def _make_older(engine: Engine) -> None:
    """Give the current versions another content, as far as the store can tell."""
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE report_versions SET content_digest = decode(md5(id::text), 'hex') WHERE is_current"
            )
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


if __name__ == "__main__":
    main()
