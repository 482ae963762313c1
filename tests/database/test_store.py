"""Storing: insert, noop, new version; what a noop writes (nothing); which version is current."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from goicrawl import forms
from goicrawl.database.errors import StoreError
from goicrawl.database.store import Store, StoreItem, StoreResult
from goicrawl.database.writing import STATED_COLUMNS
from goicrawl.extraction.report import Answer, Finding, Report, Section, StatedFact
from tests.database.material import PAGE, TOTAL, answers, capture, report, with_cell


def rows(engine: Engine, query: str, **values: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text(query), values).all())


def one(engine: Engine, query: str, **values: Any) -> Any:
    (row,) = rows(engine, query, **values)
    return row[0]


def stored_cells(engine: Engine, report_id: int, version: int = 1) -> dict[str, Answer]:
    found = rows(
        engine,
        "SELECT c.address, c.raw, c.kind, c.value, c.unit, c.at FROM cells c JOIN report_versions v "
        "ON v.id = c.version_id WHERE v.report_id = :report AND v.number = :version",
        report=report_id,
        version=version,
    )
    return {row.address: Answer(row.raw, row.kind, row.value, row.unit, tuple(row.at)) for row in found}


def as_stated(row: Any) -> StatedFact:
    values = row._asdict()
    at = (values.pop("place"), values.pop("start"))
    return StatedFact(**values, at=at)


def state(engine: Engine) -> dict[str, Any]:
    """Every row of every table with the transaction that wrote it, and every sequence."""
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        seen: dict[str, Any] = {
            table: connection.execute(
                sa.text(f"SELECT ctid::text, xmin::text, xmax::text FROM {table} ORDER BY ctid")
            ).all()
            for table in tables
        }
        seen["sequences"] = connection.execute(
            sa.text("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        ).all()
        seen["next transaction"] = connection.scalar(
            sa.text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        )
        return seen


def test_a_report_is_inserted_and_every_cell_comes_back_as_it_was(store: Store) -> None:
    made = report()
    result = store.store_report(made, capture(store))
    assert (result.outcome, result.version) == ("insert", 1)
    assert stored_cells(store.engine, result.report_id) == made.cells
    exact = one(
        store.engine,
        "SELECT value::text FROM cells WHERE address = 'disclosure.administrative_fees.amount_wan_yuan'",
    )
    assert exact == "1646.50"


def test_everything_else_of_a_report_comes_back(store: Store) -> None:
    made = report()
    result = store.store_report(
        made,
        capture(store),
        portal_url="http://www.example.gov.cn/",
        list_url="http://www.example.gov.cn/nb/",
    )
    version = rows(store.engine, "SELECT * FROM report_versions")[0]
    head = made.metadata
    assert version.report_id == result.report_id
    assert (version.is_current, version.cause, version.outcome, version.form) == (
        True,
        "first",
        "complete",
        "f2021",
    )
    assert (version.index_number, version.subject_category) == (head.index_number, head.subject_category)
    assert (version.issuing_body_printed, version.validity) == (head.issuing_body, head.validity)
    assert version.document_number is None
    assert (version.written_on, version.published_on) == (head.written_on, head.published_on)
    assert (version.period_from, version.period_to) == made.period
    assert version.attachments == [link.to_dict() for link in made.attachments]
    assert (version.title, version.reasons, version.encoding) == (made.title, [], "utf-8")
    sections = rows(store.engine, "SELECT number, heading, text FROM sections ORDER BY position")
    assert [Section(*row) for row in sections] == list(made.sections)
    stated = rows(store.engine, f"SELECT {', '.join(STATED_COLUMNS[2:])} FROM stated_facts ORDER BY position")
    assert [as_stated(row) for row in stated] == list(made.stated)
    findings = rows(
        store.engine,
        "SELECT rule, severity, at, message, left_value, right_value FROM findings ORDER BY position",
    )
    assert [Finding(*row) for row in findings] == list(made.findings)
    body = rows(store.engine, "SELECT * FROM bodies")[0]
    assert (body.name, body.region_code, body.kind) == (made.issuing_body, "130827", "office")
    row = rows(store.engine, "SELECT * FROM reports")[0]
    assert (row.body_id, row.report_year, row.scope, row.url) == (body.id, 2021, "organ", None)
    source = rows(store.engine, "SELECT * FROM report_sources")[0]
    assert (source.url, source.portal_url, source.list_url) == (
        PAGE, "http://www.example.gov.cn/", "http://www.example.gov.cn/nb/",
    )  # fmt: skip


def test_storing_again_is_noop_and_writes_nothing(store: Store) -> None:
    shown = capture(store)
    first = store.store_report(report(), shown)
    before = state(store.engine)
    again = store.store_report(report(), shown)
    assert again == StoreResult("noop", first.report_id, first.version)
    fresh_store = Store(store.engine)
    assert fresh_store.store_report(report(), shown).outcome == "noop"
    assert fresh_store.known_capture(PAGE, "ab" * 32) is None
    assert state(store.engine) == before


def test_a_changed_cell_makes_a_new_version_and_keeps_the_old(store: Store) -> None:
    first = store.store_report(report(), capture(store))
    changed = with_cell(report(), TOTAL, Answer("5", "number", 5, None, (1, 28, 9)))
    second = store.store_report(changed, capture(store, body=b"<html>5", days=1))
    assert second == StoreResult("new_version", first.report_id, 2, superseded=1)
    assert rows(store.engine, "SELECT number, is_current, cause FROM report_versions ORDER BY number") == [
        (1, False, "first"),
        (2, True, "published"),
    ]
    assert stored_cells(store.engine, first.report_id, 1) == report().cells
    assert stored_cells(store.engine, first.report_id, 2) == changed.cells


@pytest.mark.parametrize(
    "changed",
    [
        with_cell(report(), TOTAL, Answer("4件", "number", 4, None, (1, 28, 9))),
        with_cell(report(), TOTAL, Answer("", "blank", None, None, (1, 28, 9))),
        replace(report(), sections=(Section(1, "一、总体情况", "本年度收到申请5件。"), report().sections[1])),
        replace(report(), metadata=replace(report().metadata, validity="失效")),
        replace(report(), outcome="partial"),
        replace(report(), form="f2019"),
        replace(report(), cells={a: c for a, c in report().cells.items() if a != TOTAL}),
    ],
    ids=["raw", "blank", "sentence", "metadata", "outcome", "form", "missing cell"],
)
def test_what_is_content(store: Store, changed: Report) -> None:
    store.store_report(report(), capture(store))
    result = store.store_report(changed, capture(store, body=b"<html>2", days=1))
    assert (result.outcome, result.version) == ("new_version", 2)
    assert stored_cells(store.engine, result.report_id, 2) == changed.cells


@pytest.mark.parametrize(
    "same",
    [
        report(),
        replace(report(), cells={a: replace(c, at=(9, 9, 9)) for a, c in report().cells.items()}),
        replace(
            report(), sections=(Section(1, "一、 总体情况", "本年度 收到申请4件。\n"), report().sections[1])
        ),
        replace(report(), cells=dict(reversed(report().cells.items()))),
    ],
    ids=["view counter", "other place", "white space", "other order"],
)
def test_a_regenerated_page_is_no_new_version(store: Store, same: Report) -> None:
    store.store_report(report(), capture(store))
    result = store.store_report(same, capture(store, body=b"<html>viewed 8 times", days=1))
    assert (result.outcome, result.version) == ("noop", 1)
    assert one(store.engine, "SELECT count(*) FROM report_versions") == 1
    assert one(store.engine, "SELECT count(*) FROM version_captures") == 1
    assert stored_cells(store.engine, result.report_id) == report().cells


def test_the_same_bytes_read_better_bring_findings_and_places_up_to_date(store: Store) -> None:
    shown = capture(store)
    first = store.store_report(report(), shown)
    better = replace(
        report(findings=(Finding("D1", "warning", TOTAL, "other"),), title="T"),
        cells={a: replace(c, at=(3, 2, 1)) for a, c in report().cells.items()},
    )
    assert store.store_report(better, shown) == StoreResult("noop", first.report_id, 1, refreshed=True)
    assert stored_cells(store.engine, first.report_id) == better.cells
    assert rows(store.engine, "SELECT rule FROM findings") == [("D1",)]
    assert one(store.engine, "SELECT title FROM report_versions") == "T"
    before = state(store.engine)
    assert store.store_report(better, shown).outcome == "noop"
    assert state(store.engine) == before


def test_the_same_bytes_read_otherwise_are_a_version_that_says_so(store: Store) -> None:
    shown = capture(store)
    store.store_report(report(), shown)
    store.store_report(with_cell(report(), TOTAL, Answer("40", "number", 40)), shown)
    assert rows(store.engine, "SELECT number, is_current, cause FROM report_versions ORDER BY number") == [
        (1, False, "first"),
        (2, True, "reread"),
    ]


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    shown = capture(store)
    broken = with_cell(report(report_year=2022), TOTAL, Answer("x", "text", 4))
    with pytest.raises(StoreError, match=TOTAL):
        store.store_reports([StoreItem(report(), shown), StoreItem(broken, shown)])
    with pytest.raises(StoreError, match="no capture 99"):
        store.store_reports([StoreItem(report(), shown), StoreItem(report(), 99)])
    assert one(store.engine, "SELECT count(*) FROM reports") == 0
    assert one(store.engine, "SELECT count(*) FROM report_versions") == 0
    assert store.store_reports([]) == []


def test_a_cell_that_breaks_the_rules_is_refused_by_name(store: Store) -> None:
    for answer in (
        Answer("", "blank", 0),
        Answer("3", "number", None),
        Answer("NaN", "number", Decimal("NaN")),
        Answer("3", "figure", 3),  # type: ignore[arg-type]
        Answer("3", "number", 3, None, (0, -1, 0)),
    ):
        with pytest.raises(StoreError, match=TOTAL):
            store.store_report(with_cell(report(), TOTAL, answer), capture(store))


def test_two_items_of_one_batch_may_be_the_same_report(store: Store) -> None:
    first, second = capture(store), capture(store, body=b"2", days=1)
    changed = with_cell(report(), TOTAL, Answer("5", "number", 5))
    results = store.store_reports(
        [StoreItem(report(), first), StoreItem(report(), first), StoreItem(changed, second)]
    )
    assert [result.outcome for result in results] == ["insert", "noop", "new_version"]
    assert rows(store.engine, "SELECT number, is_current FROM report_versions ORDER BY number") == [
        (1, False),
        (2, True),
    ]


def test_two_stores_at_once_make_one_report(engine: Engine) -> None:
    stores = [Store(engine) for _ in range(4)]
    shown = [capture(store, url=f"{PAGE}?{n}") for n, store in enumerate(stores)]
    start = threading.Barrier(len(stores))
    results: list[StoreResult] = []

    def work(store: Store, capture_id: int) -> None:
        start.wait()
        results.append(store.store_report(report(), capture_id))

    threads = [threading.Thread(target=work, args=pair) for pair in zip(stores, shown, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.outcome for result in results) == ["insert", "noop", "noop", "noop"]
    assert one(engine, "SELECT count(*) FROM reports") == 1
    assert one(engine, "SELECT count(*) FROM report_versions WHERE is_current") == 1
    assert one(engine, "SELECT count(*) FROM report_sources") == 4


def test_a_cell_of_no_form_is_kept(store: Store) -> None:
    strange = report(form=None, cells={"local.new_row.value": Answer("7", "number", 7)})
    result = store.store_report(strange, capture(store))
    assert stored_cells(store.engine, result.report_id) == strange.cells


def test_a_group_printed_as_one_row_is_kept_beside_the_forms_own_cells(store: Store) -> None:
    single = next(cell.address for cell in forms.load()["f2021"].alternates)
    made = report(cells=answers(**{single: Answer("2", "number", 2, None, (1, 1, 1))}))
    result = store.store_report(made, capture(store))
    assert stored_cells(store.engine, result.report_id) == made.cells


def test_what_postgres_cannot_hold_is_replaced_and_not_fatal(store: Store) -> None:
    made = report(
        title="a\x00b\ud800c", sections=(Section(1, "一\x00", "\udfff"),),
        cells={TOTAL: Answer("4\x00", "number", 4)},
    )  # fmt: skip
    result = store.store_report(made, capture(store))
    assert one(store.engine, "SELECT title FROM report_versions") == "a\ufffdb\ufffdc"
    assert stored_cells(store.engine, result.report_id)[TOTAL].raw == "4\ufffd"


_texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=12)
_numbers = st.one_of(
    st.integers(-(10**18), 10**18),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12),
    st.sampled_from([Decimal("-0"), Decimal("1E+3"), Decimal("0.000001")]),
)
_places = st.tuples(st.integers(0, 200), st.integers(0, 100_000), st.integers(0, 1000))
_answers = st.one_of(
    st.builds(lambda n, at: Answer(str(n), "number", n, None, at), _numbers, _places),
    st.builds(lambda raw, n, unit, at: Answer(raw, "number", n, unit, at), _texts, _numbers, _texts, _places),
    st.builds(
        lambda raw, kind, at: Answer(raw, kind, None, None, at),
        st.one_of(_texts, st.sampled_from(["", "/", "-", "—", "NULL", "{}"])),
        st.sampled_from(["blank", "slash", "text"]),
        _places,
    ),
)  # fmt: skip
_cells = st.dictionaries(st.sampled_from(sorted(forms.cell_index())), _answers, min_size=1, max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=_cells, form=st.sampled_from(["f2021", "f2019", "f2014", "fujian2008", None]))
def test_any_cells_come_back_as_they_were(store: Store, cells: dict[str, Answer], form: str | None) -> None:
    made = report(cells=cells, form=form, findings=())
    key = f"{PAGE}?{one(store.engine, 'SELECT count(*) FROM captures')}"
    result = store.store_report(replace(made, issuing_body=None), capture(store, url=key))
    got = stored_cells(store.engine, result.report_id)
    assert got == made.cells
    assert {a: type(c.value) for a, c in got.items() if c.value is None} == {
        a: type(None) for a, c in cells.items() if c.value is None
    }
