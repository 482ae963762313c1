"""Two years of one body: every status of the rules between years, and what they are said from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl.checks.across_years import WORDS
from goicrawl.database.store import Store
from goicrawl.extraction.report import Answer
from goicrawl.forms import corpus_identities
from tests.checking.material import (
    BLANK,
    IN,
    ISSUED,
    NEW,
    OUT,
    REPEALED,
    STOCK,
    number,
    put,
    report,
    run,
    said,
)

LICENSING = "disclosure.licensing."


def test_what_one_year_hands_on_the_next_takes_over(store: Store) -> None:
    put(store, report(2023, {OUT: 121}), report(2024, {IN: 121}))
    _, found = run(store.engine, rules=["C1"])
    later = [result for one, result in found if one.report.report_year == 2024]
    assert [result.status for result in later] == ["pass"] * 7
    total = next(result for result in later if result.at == IN)
    assert (total.left, total.right, total.noted) == (121, 121, False)
    assert [
        (part.role, part.report.report_year, part.address, part.answer and part.answer.raw)
        for part in total.operands
    ] == [("own", 2024, IN, "121"), ("previous", 2023, OUT, "121")]


def test_a_break_carries_the_cells_of_both_years_into_the_database(store: Store) -> None:
    before, after = put(store, report(2023, {OUT: 5}), report(2024, {IN: number(3)}))
    run(store.engine)
    with store.engine.connect() as connection:
        (row,) = connection.execute(sa.text("SELECT * FROM corpus_findings WHERE rule = 'C1'")).all()
        current = dict(
            connection.execute(sa.text("SELECT report_id, id FROM report_versions WHERE is_current")).all()
        )
    assert (row.report_id, row.status, row.at, row.left_value, row.right_value) == (after, "fail", IN, 3, 5)
    assert (row.version_id, row.other_version_id) == (current[after], current[before])
    assert [
        (one["role"], one["report_id"], one["version_id"], one["address"], one["raw"], one["value"])
        for one in row.operands
    ] == [
        ("own", after, current[after], IN, "3", "3"),
        ("previous", before, current[before], OUT, "5", "5"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "status", "reason"),
    [
        ({"outcome": "partial"}, {}, "uncertain", "partial_report"),
        ({}, {"outcome": "partial"}, "uncertain", "partial_report"),
        ({"numbers": {OUT: BLANK}}, {}, "uncertain", "no_number"),
        ({}, {"numbers": {IN: Answer("/", "slash")}}, "uncertain", "no_number"),
        ({}, {"numbers": {IN: Answer("无", "text")}}, "uncertain", "no_number"),
        ({"numbers": {OUT: None}, "outcome": "partial"}, {}, "uncertain", "cell_not_read"),
        ({"numbers": {OUT: number(0, "万件")}}, {}, "uncertain", "another_unit"),
        ({"numbers": {OUT: number(0, "件")}}, {}, "pass", None),
        ({"scope": None}, {}, "uncertain", "scope_unknown"),
        ({"scope": "jurisdiction"}, {}, "not_assessable", "no_predecessor"),
        ({"year": 2022}, {}, "not_assessable", "no_predecessor"),
        ({"form": "f2019"}, {}, "pass", None),
        ({"form": "f2014"}, {}, "not_assessable", "cell_not_in_form"),
        ({"form": None, "outcome": "free_text"}, {}, "not_assessable", "cell_not_in_form"),
        ({}, {"issuing_body": None}, "not_assessable", "body_unknown"),
    ],
)
def test_carry_over_is_said_of_numbers_alone(
    store: Store, before: dict[str, Any], after: dict[str, Any], status: str, reason: str | None
) -> None:
    put(store, report(before.pop("year", 2023), **before), report(2024, **after))
    assert said(store.engine, "C1", IN, 2024) == (status, reason)


def test_a_year_that_is_missing_between_is_never_passed_over(store: Store) -> None:
    put(store, report(2021, {OUT: 4}), report(2023, {IN: 4}))
    _, found = run(store.engine)
    assert {
        r.reason for one, r in found if r.rule in ("C1", "C2", "C4") and r.reason != "cell_not_in_form"
    } == {"no_predecessor"}
    assert "pass" not in {r.status for _, r in found if r.rule in ("C1", "C2", "C4")}


def test_across_the_change_of_form_requests_carry_on_and_stocks_do_not(store: Store) -> None:
    put(store, report(2020, {OUT: 2}, form="f2019"), report(2021, {IN: 2, STOCK: 40}))
    assert said(store.engine, "C1", IN, 2021) == ("pass", None)
    assert said(store.engine, "C2", STOCK, 2021) == ("not_assessable", "cell_not_in_form")
    assert said(store.engine, "C4", "requests", 2021) == ("not_assessable", "another_form")


@pytest.mark.parametrize(
    ("printed", "status", "reason"),
    [
        (420, "pass", None),
        (421, "fail", None),
        (370, "uncertain", "amendments_as_issued"),
        (369, "fail", None),
    ],
)
def test_the_stock_of_documents(store: Store, printed: int, status: str, reason: str | None) -> None:
    """597 + 50 - 227 = 420; short by no more than what was issued, amendments may explain it."""
    put(store, report(2023, {STOCK: 597}), report(2024, {STOCK: printed, ISSUED: 50, REPEALED: 227}))
    assert said(store.engine, "C2", STOCK, 2024) == (status, reason)


@pytest.mark.parametrize(("printed", "status"), [(12, "pass"), (13, "fail")])
def test_the_items_of_the_form_of_2019(store: Store, printed: int, status: str) -> None:
    previous = {f"{LICENSING}items_previous_year": 14, f"{LICENSING}items_change": number(Decimal(-2))}
    put(
        store,
        report(2019, previous, form="f2019"),
        report(2020, {f"{LICENSING}items_previous_year": printed}, form="f2019"),
    )
    assert said(store.engine, "C3", f"{LICENSING}items_previous_year", 2020) == (status, None)


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({}, "fail", None),
        ({"requests.granted.total": 9}, "pass", None),
        ({"requests.granted.total": BLANK}, "pass", None),
        ({"requests.granted.total": None}, "uncertain", "partial_report"),
    ],
)
def test_a_table_that_is_copied_forward(
    store: Store, changes: dict[str, Any], status: str, reason: str | None
) -> None:
    numbers = {NEW: 31, "requests.granted.total": 20, "requests.unable_not_held.total": 11}
    put(store, report(2022, numbers), report(2023, {**numbers, **changes}))
    assert said(store.engine, "C4", "requests", 2023) == (status, reason)


def test_a_table_of_few_numbers_may_repeat_by_chance_and_zeros_say_nothing(store: Store) -> None:
    put(store, report(2022, {STOCK: 21}), report(2023, {STOCK: 21}))
    assert said(store.engine, "C4", "disclosure", 2023) == ("uncertain", "few_numbers")
    assert said(store.engine, "C4", "requests", 2023) == ("not_assessable", "nothing_in_it")


def test_several_reports_of_the_year_before_that_disagree(store: Store) -> None:
    put(store, report(2023, {OUT: 5}, scope=None), report(2023, {OUT: 6}, scope=None), report(2024, {IN: 5}))
    assert said(store.engine, "C1", IN, 2024) == ("uncertain", "several_predecessors")


def test_a_report_that_was_corrected_holds_with_what_it_said_first(store: Store) -> None:
    page = "http://www.example.gov.cn/corrected.html"
    put(store, report(2023, {OUT: 5}), page=page)
    put(store, report(2023, {OUT: 6}), page=page, days=9)
    put(store, report(2024, {IN: 5}))
    assert said(store.engine, "C1", IN, 2024) == ("uncertain", "earlier_version_agrees")


def test_renamed_is_the_same_body_and_merged_may_be(store: Store) -> None:
    county = "宽城满族自治县"
    put(store, report(2018, {OUT: 7}, form="f2019", issuing_body=f"{county}卫生和计划生育局"))
    put(store, report(2019, {IN: 7}, form="f2019", issuing_body=f"{county}卫生健康局"))
    assert said(store.engine, "C1", IN, 2019) == ("pass", None)


def test_a_body_that_came_from_others_is_compared_with_doubt(store: Store) -> None:
    county = "宽城满族自治县"
    put(store, report(2018, {OUT: 7}, form="f2019", issuing_body=f"{county}工商行政管理局"))
    put(store, report(2019, {IN: 7}, form="f2019", issuing_body=f"{county}市场监督管理局"))
    assert said(store.engine, "C1", IN, 2019) == ("uncertain", "body_merged")


def test_every_reason_has_its_words() -> None:
    excuses = {identity.excuse for identity in corpus_identities() if identity.excuse is not None}
    assert excuses <= set(WORDS)


def test_a_result_is_shown_only_while_the_versions_it_compares_are_current(engine: Engine) -> None:
    store = Store(engine)
    page = "http://www.example.gov.cn/changed.html"
    put(store, report(2023, {OUT: 5}))
    put(store, report(2024, {IN: 9}), page=page)
    query = sa.text("SELECT status FROM check_results WHERE rule = 'C1' AND at = :at AND reason IS NULL")

    def shown() -> list[str]:
        with engine.connect() as connection:
            return list(connection.scalars(query, {"at": IN}))

    run(engine)
    assert shown() == ["fail"]
    put(store, report(2024, {IN: 5}), page=page, days=3)
    assert shown() == []
    run(engine)
    assert shown() == ["pass"]
