"""A run as a whole: jurisdictions, single reports, regions, what is written, and once more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl import registry
from goicrawl.checking.selection import select
from goicrawl.database.store import Store
from goicrawl.extraction.report import Metadata
from goicrawl.registry import RegistryError
from tests.checking.material import BLANK, IN, NEW, OUT, put, report, run, said, stated

CITY, CITY_CODE = "承德市人民政府", "130800"
COUNTY, COUNTY_CODE = "宽城满族自治县人民政府", "130827"
TABLES = ("corpus_checks", "corpus_findings")


def city(new: Any, year: int = 2023, **changes: Any) -> Any:
    return report(year, {NEW: new}, issuing_body=CITY, region_code=CITY_CODE, scope="jurisdiction", **changes)


def county(new: Any, **changes: Any) -> Any:
    return report(
        2023, {NEW: new}, issuing_body=COUNTY, region_code=COUNTY_CODE, scope="jurisdiction", **changes
    )


def organ(new: Any, name: str, code: str = CITY_CODE, **changes: Any) -> Any:
    return report(2023, {NEW: new}, issuing_body=name, region_code=code, **changes)


@pytest.mark.parametrize(
    ("whole", "parts", "status", "reason"),
    [
        (10, [county(4), organ(6, "承德市财政局")], "pass", None),
        (9, [county(4), organ(6, "承德市财政局")], "fail", None),
        (9, [county(4), organ(6, "承德市财政局", outcome="partial")], "uncertain", "partial_report"),
        (BLANK, [county(4)], "uncertain", "no_number"),
        (4, [county(4), organ(BLANK, "承德市财政局")], "pass", None),
        (4, [], "not_assessable", "no_parts"),
        # The county's own report stands for its organs, which would count twice.
        (4, [county(4), organ(3, "宽城满族自治县财政局", COUNTY_CODE)], "pass", None),
        # Without it its organs do, and a tax office reports to nobody here.
        (2, [organ(3, "宽城满族自治县财政局", COUNTY_CODE)], "fail", None),
        (2, [organ(3, "国家税务总局宽城满族自治县税务局", COUNTY_CODE)], "not_assessable", "no_parts"),
        # A level's report holds its departments.
        (
            5,
            [report(2023, {NEW: 5}, issuing_body=CITY, region_code=CITY_CODE, scope="level"),
             organ(3, "承德市财政局")],
            "pass",
            None,
        ),
    ],
)  # fmt: skip
def test_a_jurisdiction_is_at_least_its_parts(
    store: Store, whole: Any, parts: list[Any], status: str, reason: str | None
) -> None:
    put(store, city(whole), *parts)
    _, found = run(store.engine, "1308", rules=["A1"])
    (result,) = [r for one, r in found if one.report.body == CITY and one.report.scope == "jurisdiction"
                 and r.at == NEW]  # fmt: skip
    assert (result.status, result.reason) == (status, reason)


def test_what_a_jurisdiction_falls_short_of_is_named_with_every_part(store: Store) -> None:
    put(store, city(9), county(4), organ(6, "承德市财政局"), organ(0, "承德市教育局"))
    run(store.engine)
    with store.engine.connect() as connection:
        (row,) = connection.execute(sa.text("SELECT * FROM corpus_findings WHERE rule = 'A1'")).all()
    assert (row.left_value, row.right_value) == (9, 10)
    assert [(one["role"], one["body"], one["value"]) for one in row.operands] == [
        ("own", CITY, "9"),
        ("part", "承德市财政局", "6"),
        ("part", COUNTY, "4"),
    ]


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        (stated(31), "pass", None),
        (stated(33), "pass", None),
        (stated(30), "fail", None),
        (stated(30, whose="全县"), "not_assessable", "no_statement"),
        ({}, "not_assessable", "no_statement"),
        ({**stated(30), "outcome": "partial"}, "uncertain", "partial_report"),
        ({**stated(31), "stated": (*stated(31)["stated"], *stated(32)["stated"])}, "uncertain",
         "several_statements"),
    ],
)  # fmt: skip
def test_the_prose_beside_the_table(
    store: Store, changes: dict[str, Any], status: str, reason: str | None
) -> None:
    put(store, report(2023, {NEW: 31, IN: 2}, **changes))
    assert said(store.engine, "N1", NEW, 2023) == (status, reason)


def test_prose_without_a_number_in_the_table_and_a_form_without_the_cell(store: Store) -> None:
    put(store, report(2023, {NEW: BLANK}, **stated(31)), report(2016, form="f2014", **stated(31)))
    assert said(store.engine, "N1", NEW, 2023) == ("uncertain", "no_number")
    _, found = run(store.engine, rules=["N1"])
    assert ("not_assessable", "cell_not_in_form") in {(r.status, r.reason) for _, r in found}


@pytest.mark.parametrize(
    ("body", "published", "status", "reason"),
    [
        ("宽城满族自治县财政局", date(2024, 1, 31), "pass", None),
        ("宽城满族自治县财政局", date(2024, 2, 1), "fail", None),
        (COUNTY, date(2024, 3, 31), "pass", None),
        (COUNTY, date(2024, 4, 1), "fail", None),
        ("宽城满族自治县板城镇人民政府", date(2024, 2, 9), "uncertain", "deadline_by_practice"),
        ("宽城满族自治县板城镇人民政府", date(2024, 4, 1), "fail", None),
        ("宽城满族自治县财政局", None, "not_assessable", "no_date"),
        ("宽城满族自治县某某中心小组", date(2024, 5, 1), "not_assessable", "kind_of_body_unknown"),
    ],
)
def test_the_day_of_publication(
    store: Store, body: str, published: date | None, status: str, reason: str | None
) -> None:
    put(store, report(2023, issuing_body=body, metadata=Metadata(published_on=published)))
    assert said(store.engine, "T1", "metadata.published_on", 2023) == (status, reason)


def rows(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table: connection.execute(
                sa.text(f"SELECT xmin::text, * FROM {table} ORDER BY rule, report_id")
            ).all()
            for table in TABLES
        }  # type: ignore[misc]


def test_a_second_run_writes_nothing_and_says_the_same(store: Store) -> None:
    put(store, city(9), county(4), organ(6, "承德市财政局"), report(2023, {OUT: 1}), report(2024, {IN: 2}))
    first, said_first = run(store.engine)
    before = rows(store.engine)
    second, said_second = run(store.engine)
    assert rows(store.engine) == before
    # The county's carry-over, and two jurisdictions that say less than their parts.
    assert [row.rule for row in before["corpus_findings"]] == ["A1", "A1", "C1"]
    assert (first.counts, second.changed) == (second.counts, 0)
    assert [r for _, r in said_first] == [r for _, r in said_second]
    assert first.changed > 0


def test_a_finding_that_is_no_more_is_removed_and_others_stay(store: Store) -> None:
    page = "http://www.example.gov.cn/a.html"
    put(store, report(2023, {OUT: 1}), report(2023, {OUT: 4}, issuing_body=COUNTY))
    put(store, report(2024, {IN: 2}), page=page)
    put(store, report(2024, {IN: 5}, issuing_body=COUNTY))
    run(store.engine)
    assert len(rows(store.engine)["corpus_findings"]) == 2
    put(store, report(2024, {IN: 1}), page=page, days=2)
    summary, _ = run(store.engine)
    (left,) = rows(store.engine)["corpus_findings"]
    assert left.left_value == 5
    assert summary.changed == 1


@pytest.mark.parametrize(
    ("codes", "bodies"),
    [
        (["130827"], {COUNTY}),
        (["宽城满族自治县"], {COUNTY}),
        (["1308"], {COUNTY, CITY}),
        (["130800"], {COUNTY, CITY}),
        (["承德市"], {COUNTY, CITY}),
        (["河北省"], {COUNTY, CITY}),
        (["13"], {COUNTY, CITY}),
        (["350128"], {"平潭县财政局"}),
        ([], {COUNTY, CITY, "平潭县财政局", None}),
    ],
)
def test_a_region_means_all_below_it(store: Store, codes: list[str], bodies: set[str | None]) -> None:
    put(
        store,
        city(3),
        county(2),
        report(2023, issuing_body="平潭县财政局", region_code="350128"),
        report(2023, issuing_body=None, region_code=None),
    )
    _, found = run(store.engine, *codes)
    assert {one.report.body for one, _ in found} == bodies


@pytest.mark.parametrize("code", ["999999", "99", "无此县", "鼓楼区"])
def test_a_region_that_is_not_one_is_refused(code: str) -> None:
    with pytest.raises(RegistryError, match=code):
        select([code], None, registry.load())


def test_reports_without_body_are_checked_too_and_pages_that_are_none_are_not(store: Store) -> None:
    put(store, report(2023, issuing_body=None), report(2022, form=None, outcome="not_a_report"))
    summary, found = run(store.engine)
    assert summary.reports == 1
    assert {(r.status, r.reason) for _, r in found if r.rule == "C1"} == {("not_assessable", "body_unknown")}
    assert {r.rule for _, r in found} == {"C1", "C2", "C3", "C4", "N1", "T1"}


def test_a_run_says_what_it_checked(store: Store) -> None:
    put(store, county(2))
    run(store.engine, "130827", rules=["C1", "T1"])
    with store.engine.connect() as connection:
        (row,) = connection.execute(sa.text("SELECT * FROM check_runs")).all()
        checked = set(connection.scalars(sa.text("SELECT DISTINCT rule FROM corpus_checks")))
    assert (row.regions, row.rules, row.reports) == (["130827"], ["C1", "T1"], 1)
    assert row.finished_at is not None
    assert checked == {"C1", "T1"}
