"""The archive read again: what changes, what stays, what is left out, and what cannot be read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl.archive.reader import iterate
from goicrawl.database.store import Store
from goicrawl.pipelines.page_reader import read_page
from goicrawl.reading.pool import ReaderUnavailable
from goicrawl.reading.version import parser_version
from tests.renderings import sample
from tests.reparsing import readers
from tests.reparsing.material import (
    LIST,
    NOT_ONE_CURRENT,
    PORTAL,
    VERSIONS,
    Served,
    again,
    counts,
    crawled,
    rows,
    served,
)

CURRENT = """
SELECT r.report_year, v.number, v.capture_id FROM reports r JOIN report_versions v ON v.report_id = r.id
WHERE v.is_current ORDER BY 1
"""
SEVEN = range(3, 10)
"""Seven reports: of 2019 (f2019), 2020 (f2019), 2021, 2022 and 2024, all different ones."""


def test_what_this_parser_read_is_not_read_again_unless_asked_for(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    crawled(store, tmp_path, served(SEVEN), read_page)
    before = rows(engine, "SELECT xmin::text, * FROM report_versions ORDER BY id")
    done = again(engine, tmp_path)
    assert (counts(done), done.skipped, done.left) == ((0, 0, 0, 0), 7, 0)
    anyhow = again(engine, tmp_path, again=True)
    assert (counts(anyhow), anyhow.skipped, anyhow.refreshed) == ((0, 0, 7, 0), 0, 0)
    assert rows(engine, "SELECT xmin::text, * FROM report_versions ORDER BY id") == before
    assert {row[-2] for row in rows(engine, VERSIONS)} == {parser_version()}


def test_a_better_parser_makes_new_versions_and_keeps_the_old(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    crawled(store, tmp_path, served(SEVEN), readers.older)
    value = f"SELECT value FROM cells WHERE address = '{readers.CELL}' AND is_current"
    assert set(rows(engine, value)) == {(None,)}
    first = again(engine, tmp_path)
    assert counts(first) == (0, 7, 0, 7)
    assert rows(engine, NOT_ONE_CURRENT) == []
    found = rows(engine, VERSIONS)
    assert [row[2:6] for row in found] == [
        (1, False, "first", readers.OLDER),
        (2, True, "reread", parser_version()),
    ] * 7
    assert (None,) not in rows(engine, value)
    second = again(engine, tmp_path, again=True)
    assert counts(second) == (0, 0, 7, 0)
    assert rows(engine, VERSIONS) == found
    assert rows(engine, "SELECT DISTINCT portal_url, list_url FROM report_sources") == [(PORTAL, LIST)]


def test_a_changed_cell_in_the_database_is_read_anew(store: Store, engine: Engine, tmp_path: Path) -> None:
    crawled(store, tmp_path, served(SEVEN), read_page)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE report_versions SET parser_version = NULL, content_digest = '0123456789abcdef' "
                "WHERE id = (SELECT min(id) FROM report_versions)"
            )
        )
    done = again(engine, tmp_path)
    assert (counts(done), done.skipped) == ((0, 1, 0, 1), 6)


def test_what_stands_beside_the_printed_is_brought_up_to_date_in_place(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    crawled(store, tmp_path, served(SEVEN), readers.unchecked)
    done = again(engine, tmp_path)
    assert (counts(done), done.refreshed) == ((0, 0, 7, 0), 7)
    assert rows(engine, "SELECT DISTINCT number, parser_version, reasons FROM report_versions") == [
        (1, parser_version(), [])
    ]


def test_a_report_misread_as_another_years_becomes_the_right_one(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    crawled(store, tmp_path, served(SEVEN), readers.mistaken)
    wrong = rows(engine, "SELECT id, report_year FROM reports ORDER BY id")
    done = again(engine, tmp_path)
    assert rows(engine, "SELECT id, report_year FROM reports ORDER BY id") == [
        (key, year + 1) for key, year in wrong
    ]
    assert (counts(done), done.refreshed) == ((0, 0, 7, 0), 7)
    assert rows(engine, NOT_ONE_CURRENT) == []


def test_a_misread_report_joins_the_right_one_where_that_is_known(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    page, copy = served([9])[0], Served(sample("official", 9).data, f"{LIST}copy.html", 2)
    crawled(store, tmp_path, [page], read_page)
    crawled(store, tmp_path, [copy], readers.mistaken)
    assert len(rows(engine, "SELECT id FROM reports")) == 2
    again(engine, tmp_path)
    assert rows(engine, "SELECT report_year FROM reports") == [(2021,)]
    assert rows(engine, NOT_ONE_CURRENT) == []
    assert len(rows(engine, "SELECT id FROM report_sources")) == 2


def test_a_misread_version_leaves_a_report_that_has_others(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    """A fixed address showed the report of 2020, then that of 2021, which was taken for 2020's."""
    url = f"{LIST}newest.html"
    new = sample("official", 9).data
    old = new.replace(b"2021", b"2020").replace(b"2022", b"2021")
    crawled(store, tmp_path, [Served(old, url)], read_page)
    crawled(store, tmp_path, [Served(new, url, 365)], readers.mistaken)
    assert rows(engine, CURRENT) == [(2020, 2, 2)]
    done = again(engine, tmp_path)
    assert (counts(done), done.skipped) == ((0, 1, 0, 1), 1)
    assert rows(engine, CURRENT) == [(2020, 1, 1), (2021, 2, 2)]
    assert rows(engine, NOT_ONE_CURRENT) == []
    assert counts(again(engine, tmp_path, again=True)) == (0, 0, 2, 0)
    assert rows(engine, CURRENT) == [(2020, 1, 1), (2021, 2, 2)]


def test_a_report_of_which_every_version_was_misread_goes(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    url = f"{LIST}9.html"
    first = sample("official", 9).data
    second = re.sub(rb"</body>", "<p>七、补充说明。</p></body>".encode(), first, count=1)
    crawled(store, tmp_path, [Served(first, url), Served(second, url, 30)], readers.mistaken)
    assert rows(engine, "SELECT report_year FROM reports") == [(2020,)]
    again(engine, tmp_path)
    assert rows(engine, "SELECT report_year FROM reports") == [(2021,)]
    assert rows(engine, NOT_ONE_CURRENT) == []
    assert rows(engine, CURRENT)[0][2] == 2
    assert len(rows(engine, "SELECT id FROM report_sources")) == 1


def test_the_past_of_a_page_stays_the_past(store: Store, engine: Engine, tmp_path: Path) -> None:
    old, new = sample("official", 9).data, sample("official", 9).data.replace("宽城".encode(), b"", 1)
    changed = re.sub(rb"</body>", "<p>七、补充说明。</p></body>".encode(), new, count=1)
    url = f"{LIST}9.html"
    keys = crawled(store, tmp_path, [Served(old, url), Served(changed, url, 30)], readers.older)
    again(engine, tmp_path)
    current = rows(engine, "SELECT capture_id, parser_version FROM report_versions WHERE is_current")
    assert current == [(keys[1], parser_version())]


def test_since_and_form_select(store: Store, engine: Engine, tmp_path: Path) -> None:
    crawled(store, tmp_path, served(SEVEN), readers.older)
    by_form = dict(rows(engine, "SELECT form, count(*) FROM report_versions GROUP BY form"))
    assert by_form["f2019"] > 1
    assert again(engine, tmp_path, form="none").stored == 0
    assert again(engine, tmp_path, form="f2019").update == by_form["f2019"]
    # Page 8 was fetched on 9 March at noon, UTC; it is one of f2019.
    late = again(engine, tmp_path, since=date(2026, 3, 9))
    assert (late.update, late.skipped) == (1, 1)
    assert again(engine, tmp_path).update == 7 - by_form["f2019"] - 1


def test_the_date_of_the_list_is_told_again(store: Store, engine: Engine, tmp_path: Path) -> None:
    yearless = re.sub(rb"20\d\d", b"", sample("official", 9).data)
    page = Served(yearless, f"{LIST}yearless.html", listed_on=date(2022, 1, 31))
    crawled(store, tmp_path, [page], read_page)
    assert rows(engine, "SELECT report_year, listed_on FROM report_versions") == [(2021, page.listed_on)]
    done = again(engine, tmp_path, again=True)
    assert (counts(done), done.refreshed) == ((0, 0, 1, 0), 0)


def test_a_record_that_is_not_there_is_named_and_the_rest_is_read(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    crawled(store, tmp_path, served([3]), readers.older)
    (gone,) = tmp_path.glob("*.warc.gz")
    gone.unlink()
    crawled(store, tmp_path, served([4, 5, 6]), readers.older)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE captures SET warc_offset = "
                "(SELECT warc_offset FROM captures WHERE url LIKE '%/5.html') WHERE url LIKE '%/4.html'"
            )
        )
    before = rows(engine, VERSIONS)
    done = again(engine, tmp_path)
    assert counts(done) == (0, 2, 0, 2)
    assert [line.partition(": ")[0] for line in done.missing] == [f"{LIST}3.html", f"{LIST}4.html"]
    assert gone.name in done.missing[0]
    assert "another page's record" in done.missing[1]
    assert set(before[:2]) <= set(rows(engine, VERSIONS))
    assert len(again(engine, tmp_path).missing) == 2


@pytest.mark.parametrize("function", ["deadly", "broken"])
def test_a_page_that_cannot_be_read_or_stored_costs_only_itself(
    function: str, store: Store, engine: Engine, tmp_path: Path
) -> None:
    numbers = [1, *SEVEN]
    crawled(store, tmp_path, served(numbers), readers.older)
    done = again(engine, tmp_path, function=f"tests.reparsing.readers:{function}", processes=2)
    assert [line.partition(": ")[0] for line in done.unread] == [f"{LIST}1.html"]
    assert done.update == 7
    # It was not read, so it is tried again.
    assert counts(again(engine, tmp_path)) == (0, 1, 0, 1)


def test_without_a_reader_nothing_is_done(store: Store, engine: Engine, tmp_path: Path) -> None:
    crawled(store, tmp_path, served([3]), readers.older)
    with pytest.raises(ReaderUnavailable):
        again(engine, tmp_path, function="tests.reparsing.nowhere:read")
    assert rows(engine, "SELECT capture_id FROM rereadings") == []


def test_list_pages_are_not_read(store: Store, engine: Engine, tmp_path: Path) -> None:
    crawled(store, tmp_path, served([3]), readers.older)
    (archived,) = iterate(tmp_path)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO captures (url, fetched_at, status, headers, sha256, size, warc_file, "
                "warc_offset, warc_length) SELECT 'http://list/', fetched_at, status, headers, sha256, size, "
                "warc_file, warc_offset, warc_length FROM captures"
            )
        )
    assert archived.capture.url == f"{LIST}3.html"
    assert again(engine, tmp_path).stored == 1


def test_the_number_of_processes_makes_no_difference(store: Store, engine: Engine, tmp_path: Path) -> None:
    crawled(store, tmp_path, served(range(12)), readers.older)
    found = []
    for processes in (1, 2):
        with engine.connect() as connection, connection.begin() as transaction:
            tables = ("report_versions", "reports", "report_sources", "version_captures", "rereadings")
            for table in tables:
                connection.execute(sa.text(f"CREATE TABLE IF NOT EXISTS kept_{table} AS TABLE {table}"))
            transaction.commit()
        summary = again(engine, tmp_path, processes=processes)
        found.append((counts(summary), rows(engine, VERSIONS)))
        with engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE report_versions, rereadings CASCADE"))
            connection.execute(sa.text("DELETE FROM reports"))
            for table in ("reports", "report_versions", "report_sources", "version_captures"):
                connection.execute(
                    sa.text(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")
                )
    assert found[0] == found[1]
    assert found[0][0][1] > 8
