"""The day by which a report must be published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.checks import check
from goicrawl.extraction.report import Finding, Metadata
from tests.checks.reports import report

REGISTRY = registry.load()
OFFICE = "宽城满族自治县人民政府办公室"
COUNTY = "宽城满族自治县人民政府"


def late(day: date | None, body: str | None, year: int | None = 2021, **fields: Any) -> list[Finding]:
    one = report(
        {},
        report_year=year,
        issuing_body=body,
        metadata=Metadata(published_on=day),
        **({"form": None} | fields),
    )
    return list(check(one, REGISTRY))


@pytest.mark.parametrize(
    ("body", "scope", "last"),
    [
        (OFFICE, "organ", date(2022, 1, 31)),
        (OFFICE, None, date(2022, 1, 31)),
        (OFFICE, "jurisdiction", date(2022, 3, 31)),
        (OFFICE, "level", date(2022, 3, 31)),
        (COUNTY, "jurisdiction", date(2022, 3, 31)),
        (COUNTY, None, date(2022, 3, 31)),
        ("淮安市财政局", "organ", date(2022, 1, 31)),
        ("淮安市财政局", "level", date(2022, 1, 31)),
        ("会昌县中村乡人民政府", "organ", date(2022, 1, 31)),
        ("宿迁市宿城区古城街道办事处", "organ", date(2022, 1, 31)),
        ("国家发展和改革委员会", "organ", date(2022, 1, 31)),
    ],
)
def test_the_last_day_and_the_day_after(body: str, scope: str | None, last: date) -> None:
    assert late(last, body, scope=scope) == []
    (one,) = late(last + timedelta(days=1), body, scope=scope)
    assert (one.rule, one.severity, one.at, one.left, one.right) == (
        "T1", "warning", "metadata.published_on", None, None
    )  # fmt: skip
    assert f"1 day after {last.isoformat()}" in one.message
    (one,) = late(last + timedelta(days=40), body, scope=scope)
    assert f"40 days after {last.isoformat()}" in one.message


@pytest.mark.parametrize("body", [None, "测试市", "平潭综合实验区管理委员会", "某某大学"])
def test_an_unknown_body_has_no_known_day(body: str | None) -> None:
    assert late(date(2023, 6, 1), body) == []


def test_before_2019_one_day_counts_for_all() -> None:
    assert late(date(2019, 3, 31), OFFICE, 2018) == []
    (one,) = late(date(2019, 4, 2), OFFICE, 2018)
    assert "2 days after 2019-03-31, the day for reports of that year" in one.message
    assert late(date(2019, 4, 2), None, 2018) != []
    (first,) = late(date(2020, 2, 1), OFFICE, 2019)
    assert "1 day after 2020-01-31" in first.message


def test_what_is_missing_is_not_late() -> None:
    assert late(None, OFFICE) == []
    assert late(date(2023, 1, 1), OFFICE, None) == []
    assert late(date(2022, 2, 5), OFFICE, 9999) == []
    assert late(date(2022, 2, 5), OFFICE, 0) == []


def test_the_date_of_writing_is_not_looked_at() -> None:
    one = report({}, issuing_body=OFFICE, metadata=Metadata(written_on=date(2022, 5, 1)))
    assert check(one, REGISTRY) == ()


@settings(max_examples=60, deadline=None)
@given(day=st.dates(date(2008, 1, 1), date(2030, 1, 1)), year=st.integers(2008, 2028))
def test_a_government_never_has_less_time_than_its_office(day: date, year: int) -> None:
    assert len(late(day, COUNTY, year)) <= len(late(day, OFFICE, year))
    if day <= date(year + 1, 1, 31):
        assert late(day, OFFICE, year) == []


def test_every_form_and_none_has_a_deadline() -> None:
    for form in ("f2021", "f2019", "f2014", "fujian2008", None):
        assert [one.rule for one in late(date(2022, 2, 1), OFFICE, form=form)] == ["T1"]
