"""Which report a page belongs to, and what happens when several pages hold the same report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from goicrawl.database.store import Store, StoreItem
from goicrawl.extraction.report import Answer, Report
from tests.database.material import PAGE, TOTAL, capture, report, with_cell

COPY = "http://www.prefecture.example.gov.cn/copy.html"
OTHERWISE = with_cell(report(), TOTAL, Answer("5", "number", 5))


def query(store: Store, text: str) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(sa.text(text)).all())


def versions(store: Store) -> list[tuple[int, bool, str]]:
    return query(store, "SELECT number, is_current, cause FROM report_versions ORDER BY report_id, number")


def test_the_same_content_on_another_page_adds_a_capture(store: Store) -> None:
    first = store.store_report(report(), capture(store))
    again = store.store_report(report(), capture(store, url=COPY, days=1), list_url="http://list/")
    assert (again.outcome, again.report_id, again.version) == ("noop", first.report_id, 1)
    assert query(store, "SELECT url FROM report_sources ORDER BY id") == [(PAGE,), (COPY,)]
    assert len(query(store, "SELECT * FROM version_captures")) == 1


def test_two_pages_that_differ_do_not_fight(store: Store) -> None:
    own, copy = capture(store), capture(store, url=COPY)
    assert store.store_report(report(), own).outcome == "insert"
    assert store.store_report(OTHERWISE, copy).outcome == "new_version"
    expected = [(1, True, "first"), (2, False, "source")]
    assert versions(store) == expected
    for day in range(1, 4):
        again = [
            StoreItem(OTHERWISE, capture(store, url=COPY, body=b"%d" % day, days=day)),
            StoreItem(report(), capture(store, body=b"%d" % day, days=day)),
        ]
        assert [result.outcome for result in store.store_reports(again)] == ["noop", "noop"]
        assert versions(store) == expected


def test_the_page_found_first_stays_the_current_one_when_it_changes(store: Store) -> None:
    store.store_report(report(), capture(store))
    store.store_report(OTHERWISE, capture(store, url=COPY))
    later = with_cell(report(), TOTAL, Answer("6", "number", 6))
    assert store.store_report(later, capture(store, body=b"6", days=1)).version == 3
    assert versions(store) == [(1, False, "first"), (2, False, "source"), (3, True, "published")]
    # It comes round to what the copy says: one version, shown by both.
    result = store.store_report(OTHERWISE, capture(store, body=b"5", days=2))
    assert (result.outcome, result.version) == ("noop", 2)
    assert [number for number, current, _ in versions(store) if current] == [2]


def test_a_page_changed_back_has_changed(store: Store) -> None:
    for day, content in enumerate((report(), OTHERWISE, report())):
        store.store_report(content, capture(store, body=b"%d" % day, days=day))
    assert versions(store) == [(1, False, "first"), (2, False, "published"), (3, True, "published")]


def test_a_page_without_tables_and_its_attachment_are_one_report(store: Store) -> None:
    page = report(outcome="attachment_only", cells={}, form=None, findings=())
    store.store_report(page, capture(store))
    attachment = capture(store, url="http://www.example.gov.cn/a.pdf", body=b"%PDF")
    result = store.store_report(report(), attachment)
    assert (result.outcome, result.version) == ("new_version", 2)
    assert [number for number, current, _ in versions(store) if current] == [2]
    # The page, crawled again, does not take its place.
    assert store.store_report(page, capture(store, body=b"again", days=1)).outcome == "noop"
    assert [number for number, current, _ in versions(store) if current] == [2]


def test_an_attachment_that_does_not_say_whose_it_is_belongs_to_its_page(store: Store) -> None:
    first = store.store_report(report(outcome="attachment_only", cells={}, form=None), capture(store))
    bare = report(issuing_body=None, region_code=None, report_year=None, scope=None)
    attachment = capture(store, url="http://www.example.gov.cn/a.pdf", body=b"%PDF")
    (result,) = store.store_reports([StoreItem(bare, attachment, page_url=PAGE)])
    assert result.report_id == first.report_id


def test_reading_older_captures_again_makes_nothing_current(store: Store) -> None:
    """A better reader goes over the archive: each capture's version is renewed, the newest stays current."""
    old, new = capture(store), capture(store, body=b"new", days=9)
    store.store_report(report(), old)
    store.store_report(OTHERWISE, new)

    def better(base: Report) -> Report:
        return with_cell(base, "requests.granted.total", Answer("3", "number", 3))

    for _ in range(2):
        store.store_report(better(report()), old)
        store.store_report(better(OTHERWISE), new)
        assert versions(store) == [
            (1, False, "first"), (2, False, "published"), (3, False, "reread"), (4, True, "reread"),
        ]  # fmt: skip


def test_unknown_captures_of_one_content_read_better_make_one_version(store: Store) -> None:
    shown = [capture(store, body=b"%d" % day, days=day) for day in range(3)]
    for key in shown:
        store.store_report(report(), key)
    assert [store.store_report(OTHERWISE, key).outcome for key in shown] == ["new_version", "noop", "noop"]
    assert versions(store) == [(1, False, "first"), (2, True, "reread")]


def test_without_body_year_or_scope_the_page_is_the_report(store: Store) -> None:
    for changes in ({"issuing_body": None}, {"region_code": None}, {"report_year": None}, {"scope": None}):
        unknown = report(**changes)
        url = f"{PAGE}?{next(iter(changes))}"
        first = store.store_report(unknown, capture(store, url=url))
        assert first.outcome == "insert"
        assert store.store_report(unknown, capture(store, url=url, body=b"2", days=1)).outcome == "noop"
    assert len(query(store, "SELECT * FROM reports WHERE url IS NOT NULL")) == 4


def test_bodies_of_one_short_name_in_two_counties_are_two(store: Store) -> None:
    one = store.store_report(report(issuing_body="教育局"), capture(store))
    two = store.store_report(report(issuing_body="教育局", region_code="130828"), capture(store, url=COPY))
    nobody = store.store_report(
        report(issuing_body="教育局", region_code=None), capture(store, url=COPY + "2")
    )
    assert len({one.report_id, two.report_id, nobody.report_id}) == 3


def test_a_report_whose_body_becomes_known_keeps_its_past(store: Store) -> None:
    unknown = report(scope=None)
    first = store.store_report(unknown, capture(store))
    shown = capture(store, body=b"2", days=1)
    second = store.store_report(report(), shown)
    assert (second.outcome, second.report_id) == ("noop", first.report_id)
    assert query(store, "SELECT url, scope FROM reports") == [(None, "organ")]
    # And the other way round: a page that no longer says so is still that report.
    third = store.store_report(replace(unknown, cells=OTHERWISE.cells), capture(store, body=b"3", days=2))
    assert (third.outcome, third.report_id) == ("new_version", first.report_id)


def test_a_report_that_turns_out_to_be_another_known_one_joins_it(store: Store) -> None:
    vague = replace(OTHERWISE, scope=None)
    alone = store.store_report(vague, capture(store, url=COPY))
    known = store.store_report(report(), capture(store))
    assert alone.report_id != known.report_id
    joined = store.store_report(OTHERWISE, capture(store, url=COPY, body=b"2", days=1))
    assert (joined.outcome, joined.report_id, joined.version) == ("noop", known.report_id, 2)
    assert query(store, "SELECT id FROM reports") == [(known.report_id,)]
    # The page of the older source row, which was found first, is the one to believe.
    assert versions(store) == [(1, False, "first"), (2, True, "first")]
    assert query(store, "SELECT url FROM report_sources ORDER BY id") == [(COPY,), (PAGE,)]


def test_the_same_within_one_batch(store: Store) -> None:
    vague = replace(OTHERWISE, scope=None)
    results = store.store_reports(
        [
            StoreItem(vague, capture(store, url=COPY)),
            StoreItem(report(), capture(store)),
            StoreItem(OTHERWISE, capture(store, url=COPY, body=b"2", days=1)),
        ]
    )
    assert [result.outcome for result in results] == ["insert", "insert", "noop"]
    assert len({result.report_id for result in results}) == 1
    assert len(query(store, "SELECT * FROM reports")) == 1
    assert sum(current for _, current, _ in versions(store)) == 1


def test_an_address_for_the_newest_report_shows_another_report_each_year(store: Store) -> None:
    first = store.store_report(report(), capture(store))
    second = store.store_report(report(report_year=2022), capture(store, body=b"2022", days=365))
    assert second.outcome == "insert"
    assert second.report_id != first.report_id
    assert [current for _, current, _ in versions(store)] == [True, True]
    for year in (2023, 2024):
        unknown = report(report_year=year, scope=None)
        result = store.store_report(unknown, capture(store, body=b"%d" % year, days=year))
        assert result.outcome == "insert"


def test_the_region_of_the_portal_stands_in_for_an_unknown_one(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO portals (line, region_code, region_name, level, province, url, hosts) "
                "VALUES (2, '130827', '宽城', 'county', '河北省', 'http://portal/', '{}')"
            )
        )
    store.store_report(report(region_code=None), capture(store), portal_url="http://portal/")
    assert query(store, "SELECT region_code, body_id FROM reports") == [("130827", None)]
