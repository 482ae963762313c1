"""A reparse that is killed or interrupted: what is written is whole, and the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from goicrawl.database.store import Store
from goicrawl.reading.version import parser_version
from tests.reparsing import readers
from tests.reparsing.material import NOT_ONE_CURRENT, VERSIONS, again, crawled, rows, served

# Pages with the cell that the older parser does not read, so that each is read otherwise now.
PAGES = [1, *range(3, 10), 11, 12, 13]
ROOT = Path(__file__).resolve().parents[2]
TO_BE_KILLED = [sys.executable, "-m", "tests.reparsing.reparse_to_be_killed"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_it_goes_on_where_it_ended(how: signal.Signals, store: Store, engine: Engine, tmp_path: Path) -> None:
    keys = crawled(store, tmp_path, served(PAGES), readers.older)
    was = len(rows(engine, "SELECT id FROM report_versions"))
    environment = {**os.environ, "GOICRAWL_DATABASE_URL": engine.url.render_as_string(hide_password=False)}
    process = subprocess.Popen(
        [*TO_BE_KILLED, str(tmp_path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while len(rows(engine, "SELECT capture_id FROM rereadings")) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(how)
    printed, _ = process.communicate(timeout=60)
    marked = [key for (key,) in rows(engine, "SELECT capture_id FROM rereadings ORDER BY 1")]
    assert 2 <= len(marked) < len(PAGES)
    assert marked == keys[: len(marked)]
    assert rows(engine, NOT_ONE_CURRENT) == []
    new = len(rows(engine, "SELECT id FROM report_versions")) - was
    if how == signal.SIGINT:
        assert process.returncode == 0
        assert f"{len(PAGES) - len(marked)} pages are left: the same command goes on" in printed
        assert f"skipped     {0}\nreparse: {len(marked)} pages" in printed
    else:
        assert process.returncode == -signal.SIGKILL
    # What a killed batch stored before it was marked counts as read as well: its version says so.
    rest = again(engine, tmp_path)
    assert rest.skipped >= len(marked)
    assert rest.skipped + rest.stored == len(PAGES)
    assert new + rest.update == len(rows(engine, "SELECT id FROM report_versions")) - was
    assert rows(engine, NOT_ONE_CURRENT) == []
    assert {row[5] for row in rows(engine, VERSIONS) if row[3]} == {parser_version()}
    assert again(engine, tmp_path).skipped == len(PAGES)
