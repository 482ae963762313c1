"""The server killed with -9 in mid-load: nothing lost that was said to be stored, nothing twice."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from goicrawl import config as configuration
from goicrawl.config import Config
from goicrawl.database import server
from goicrawl.database.store import Store, StoreItem
from goicrawl.extraction.report import Answer
from tests.database.material import PAGE, TOTAL, capture, report, with_cell

BATCH = 5
PAGES = 40


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Config]:
    """A data folder of this test's own; its server flushes to disk like any other."""
    config = configuration.load({"GOICRAWL_DATA_DIR": str(tmp_path)})
    yield config
    server.stop(config)


def items(store: Store, round_: int) -> list[list[StoreItem]]:
    """Batches in which every report's total is the round's number."""
    made = []
    for page in range(PAGES):
        content = with_cell(
            report(report_year=None), TOTAL, Answer(str(round_), "number", round_, None, (1, 28, 9))
        )
        shown = capture(store, url=f"{PAGE}?{page}", body=b"%d %d" % (page, round_), days=round_)
        made.append(StoreItem(content, shown))
    return [made[begin : begin + BATCH] for begin in range(0, PAGES, BATCH)]


@pytest.mark.parametrize("killed_after", [1, 4])
def test_killed_in_mid_load(local: Config, killed_after: int) -> None:
    engine = server.connect(local)
    store = Store(engine)
    for batch in items(store, 0):
        store.store_reports(batch)
    batches = items(store, 1)
    said: list[tuple[int, int]] = []
    enough = threading.Event()

    def load() -> None:
        for batch in batches:
            try:
                results = store.store_reports(batch)
            except sa.exc.DBAPIError:
                return
            finally:
                if len(said) >= killed_after * BATCH:
                    enough.set()
            said.extend((result.report_id, result.version) for result in results)

    pid = server.embedded(local).status().pid
    assert pid is not None
    loader = threading.Thread(target=load)
    loader.start()
    assert enough.wait(60)
    os.kill(pid, signal.SIGKILL)
    loader.join(60)
    engine.dispose()

    engine = server.connect(local)
    store = Store(engine)
    with engine.connect() as connection:
        stored = {
            tuple(row) for row in connection.execute(sa.text("SELECT report_id, number FROM report_versions"))
        }
        whole = connection.scalar(
            sa.text(
                "SELECT count(*) FROM report_versions v WHERE 3 = "
                "(SELECT count(*) FROM table_cells t WHERE t.version_id = v.id)"
            )
        )
    assert len(said) >= killed_after * BATCH
    assert set(said) <= stored
    assert whole == len(stored)
    # The load goes on from the start: what was stored is noop, and in the end all is there once.
    outcomes = [result.outcome for batch in batches for result in store.store_reports(batch)]
    assert outcomes.count("noop") == len(stored) - PAGES
    assert outcomes.count("new_version") == 2 * PAGES - len(stored)
    with engine.connect() as connection:
        numbers = connection.execute(
            sa.text(
                "SELECT count(*), count(*) FILTER (WHERE is_current), max(number) FROM report_versions "
                "GROUP BY report_id"
            )
        ).all()
        totals = connection.execute(
            sa.text("SELECT DISTINCT value FROM cells WHERE address = :total AND is_current"),
            {"total": TOTAL},
        ).all()
    engine.dispose()
    assert [tuple(row) for row in numbers] == [(2, 1, 2)] * PAGES
    assert totals == [(1,)]


def test_a_lost_connection_costs_one_batch(store: Store) -> None:
    first = store.store_report(report(), capture(store))
    with store.engine.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    again = store.store_report(report(), capture(store))
    assert (again.outcome, again.report_id) == ("noop", first.report_id)


def test_two_loaders_at_once_on_the_same_reports(engine: sa.Engine) -> None:
    stores = [Store(engine), Store(engine)]
    batches = items(stores[0], 0)
    orders = [batches, batches[::-1]]
    outcomes: list[str] = []
    errors: list[Exception] = []

    def load(store: Store, order: list[list[StoreItem]]) -> None:
        try:
            for batch in order:
                outcomes.extend(result.outcome for result in store.store_reports(batch))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=load, args=pair) for pair in zip(stores, orders, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(outcomes) == ["insert"] * PAGES + ["noop"] * PAGES
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM report_versions")) == PAGES
