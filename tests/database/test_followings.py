"""Versions of reports that were read from a page and its files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl.database.followings import FollowedFile
from goicrawl.database.prepared import prepare
from goicrawl.database.store import Store, StoreItem, StoreResult
from goicrawl.extraction.report import Answer, Report
from goicrawl.reading.joined import PageFile, join
from tests.database.material import PAGE, TOTAL, capture, report, with_cell

FILE, OTHER = "http://www.example.gov.cn/a.docx", "http://www.example.gov.cn/b.pdf"
EMPTY = report(outcome="attachment_only", form=None, cells={}, findings=(), sections=(), attachments=())


def stored(store: Store, page: int, *files: tuple[str, int | None, Report | str], **more: Any) -> StoreResult:
    """Store the page with these files: (address, capture, what was read from it or why there is none)."""
    read = [
        PageFile(url, *((what, None) if isinstance(what, Report) else (None, what))) for url, _, what in files
    ]
    followed = tuple(FollowedFile(url, key, None if key else str(what)) for url, key, what in files)
    joined = join(replace(EMPTY, **more), read)
    return store.store_reports([StoreItem(prepare(joined), page, files=followed)])[0]


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


CURRENT = "SELECT number, cause, capture_id, attachment_capture_id FROM report_versions WHERE is_current"
CHANGED = with_cell(report(), TOTAL, Answer("5", "number", 5))


def test_the_same_page_and_file_write_nothing(store: Store, engine: Engine) -> None:
    page, file = capture(store), capture(store, FILE)
    assert stored(store, page, (FILE, file, report())).outcome == "insert"
    before = rows(engine, "SELECT xmin::text, * FROM report_versions")
    again = stored(store, page, (FILE, file, report()))
    assert (again.outcome, again.refreshed) == ("noop", False)
    assert rows(engine, "SELECT xmin::text, * FROM report_versions") == before
    assert rows(engine, CURRENT) == [(1, "first", page, file)]
    assert rows(engine, "SELECT DISTINCT capture_id FROM cells") == [(file,)]
    assert len(rows(engine, "SELECT id FROM followings")) == 1


def test_a_changed_file_is_the_newer_although_its_page_is_not(store: Store, engine: Engine) -> None:
    page = capture(store)
    old, new = capture(store, FILE), capture(store, FILE, b"new", days=30)
    stored(store, page, (FILE, old, report()))
    assert stored(store, page, (FILE, new, CHANGED)).outcome == "new_version"
    assert rows(engine, CURRENT) == [(2, "published", page, new)]
    # The past, read again, stays the past.
    assert stored(store, page, (FILE, old, report())).outcome == "noop"
    assert rows(engine, CURRENT) == [(2, "published", page, new)]
    reread = with_cell(report(), TOTAL, Answer("7", "number", 7))
    assert stored(store, page, (FILE, old, reread)).outcome == "new_version"
    assert rows(engine, CURRENT) == [(2, "published", page, new)]
    assert rows(engine, "SELECT cause FROM report_versions ORDER BY number") == [
        ("first",), ("published",), ("reread",),
    ]  # fmt: skip


def test_a_file_that_comes_after_all_is_no_rereading(store: Store, engine: Engine) -> None:
    page, file = capture(store), capture(store, FILE, days=1)
    stored(store, page, (FILE, None, "blocked: HTTP 403"))
    assert rows(engine, "SELECT outcome, reasons FROM report_versions") == [
        ("attachment_only", [f"attachment_not_fetched: {FILE}: blocked: HTTP 403"])
    ]
    refreshed = stored(store, page, (FILE, None, "timeout: none"))
    assert (refreshed.outcome, refreshed.refreshed) == ("noop", True)
    assert rows(engine, "SELECT failure FROM followed_files") == [("timeout: none",)]
    assert stored(store, page, (FILE, file, report())).outcome == "new_version"
    assert rows(engine, CURRENT) == [(2, "published", page, file)]


def test_what_was_read_before_files_were_followed_gets_its_files(store: Store, engine: Engine) -> None:
    page = capture(store)
    store.store_report(EMPTY, page)
    assert stored(store, page, (FILE, None, "gone: HTTP 404")).outcome == "noop"
    query = "SELECT v.number, f.failure FROM report_versions v JOIN followed_files f USING (following_id)"
    assert rows(engine, query) == [(1, "gone: HTTP 404")]


def test_one_address_for_each_years_file_makes_two_reports(store: Store, engine: Engine) -> None:
    """A page that states no year, unchanged, and the newest report's file behind its link."""
    page = capture(store)
    old, new = capture(store, FILE), capture(store, FILE, b"new", days=365)
    page_says = {"report_year": None, "period": None, "title": None}
    stored(store, page, (FILE, old, report()), **page_says)
    next_year = report(report_year=2022, period=None, title="宽城县政府办2022年政府信息公开工作年度报告")
    assert stored(store, page, (FILE, new, next_year), **page_says).outcome == "insert"
    assert rows(engine, "SELECT report_year FROM reports ORDER BY 1") == [(2021,), (2022,)]


def test_bytes_read_as_another_year_take_their_report_along(store: Store, engine: Engine) -> None:
    page, file = capture(store), capture(store, FILE)
    page_says = {"report_year": None, "period": None, "title": None}
    stored(store, page, (FILE, file, report(report_year=2020, period=None)), **page_says)
    stored(store, page, (FILE, file, report()), **page_says)
    assert rows(engine, "SELECT report_year FROM reports") == [(2021,)]


def test_tables_of_several_files_keep_their_origin(store: Store, engine: Engine) -> None:
    cells = report().cells
    parts = [
        report(outcome="partial", cells={at: one for at, one in cells.items() if at.startswith(name)})
        for name in ("disclosure.", "re")
    ]
    page, one, two = capture(store), capture(store, FILE), capture(store, OTHER)
    stored(store, page, (FILE, one, parts[0]), (OTHER, two, parts[1]))
    assert rows(engine, "SELECT DISTINCT split_part(address, '.', 1), capture_id FROM cells ORDER BY 1") == [
        ("disclosure", one), ("remedies", two), ("requests", two),
    ]  # fmt: skip


def test_known_files_are_the_newest_of_their_page(store: Store) -> None:
    page, other = capture(store), capture(store, f"{PAGE}2")
    old, new = capture(store, FILE), capture(store, FILE, b"new", days=30)
    stored(store, page, (FILE, old, report()))
    stored(store, page, (FILE, new, CHANGED), (OTHER, None, "gone: HTTP 404"))
    (known,) = store.known_files(PAGE, [FILE, OTHER])
    assert (known.url, known.capture_id) == (FILE, new)
    assert store.known_files(f"{PAGE}2", [FILE]) == []
    assert other != page


def test_bytes_are_known_where_their_address_showed_them_last(store: Store, engine: Engine) -> None:
    first = capture(store, body=b"a")
    sha = {name: rows(engine, f"SELECT encode(sha256('{name}'::bytea), 'hex')")[0][0] for name in "ab"}
    assert store.known_capture(PAGE, sha["a"]) == first
    second = capture(store, body=b"b", days=1)
    assert (store.known_capture(PAGE, sha["a"]), store.known_capture(PAGE, sha["b"])) == (None, second)
    assert store.known_captures([(PAGE, sha["b"]), (f"{PAGE}x", sha["b"])]) == [second, None]
