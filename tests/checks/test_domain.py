"""Counts are whole and not negative; amounts may have decimals, a change may be negative."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl import forms, registry
from goicrawl.checks import check
from goicrawl.extraction.report import Finding
from tests.checks.reports import Figure, report

REGISTRY = registry.load()
FEES = "disclosure.administrative_fees.amount_wan_yuan"
CHANGE = "disclosure.licensing.items_change"
COUNT = "requests.granted.natural_person"


def domain(cells: dict[str, Figure], form: str | None = "f2019") -> list[Finding]:
    return [one for one in check(report(cells, form=form), REGISTRY) if one.rule == "D1"]


@pytest.mark.parametrize(
    ("address", "form", "figure", "fault"),
    [
        (COUNT, "f2021", -1, "cannot be negative"),
        (COUNT, "f2021", Decimal("2.5"), "must be a whole number"),
        (COUNT, "f2021", Decimal("-2.5"), "cannot be negative and must be a whole number"),
        (FEES, "f2021", Decimal("-0.5"), "an amount cannot be negative"),
        (CHANGE, "f2019", Decimal("1.5"), "a change must be a whole number"),
        ("requests.other_handling.total", "f2021", -2, "cannot be negative"),
        ("statistics.budget_wan_yuan.value", "f2014", -1, "an amount cannot be negative"),
    ],
)
def test_what_a_cell_may_not_hold(address: str, form: str, figure: Figure, fault: str) -> None:
    (one,) = domain({address: figure}, form)
    assert (one.at, one.severity, one.left, one.right) == (address, "error", None, None)
    assert fault in one.message and f"{figure} is printed" in one.message


@pytest.mark.parametrize(
    ("address", "figure"),
    [
        (COUNT, 0), (COUNT, 10**15), (COUNT, Decimal("3.0")), (COUNT, None), (COUNT, "/"), (COUNT, "约3"),
        (FEES, Decimal("52.15")), (FEES, 0), (CHANGE, -8), (CHANGE, 0),
    ],
)  # fmt: skip
def test_what_a_cell_may_hold(address: str, figure: Figure) -> None:
    assert domain({address: figure}) == []


def test_findings_in_printed_order_whatever_the_order_of_the_cells() -> None:
    form = forms.load()["f2021"]
    wrong: dict[str, Figure] = {cell.address: -1 for cell in reversed(form.printed_cells)}
    assert [one.at for one in domain(wrong, "f2021")] == [cell.address for cell in form.printed_cells]
    assert [one.at for one in domain(wrong, None)] != []


def test_a_cell_of_another_form_has_that_forms_type() -> None:
    assert domain({CHANGE: -3}, "f2021") == []
    assert [one.at for one in domain({CHANGE: Decimal("0.5"), COUNT: -1}, "f2021")] == [COUNT, CHANGE]
    assert domain({"some.unknown.cell": -3}, "f2021") == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_finding_for_each_wrong_cell_and_no_other(data: st.DataObject) -> None:
    form = forms.load()[data.draw(st.sampled_from(["f2021", "f2019", "f2014", "fujian2008"]))]
    figures = st.integers(-3, 3) | st.decimals(-3, 3, places=1) | st.none()
    cells: dict[str, Figure] = {
        spec.address: data.draw(figures)
        for spec in data.draw(st.lists(st.sampled_from(form.cells), unique_by=lambda spec: spec.address))
    }
    wrong = set()
    for spec in form.cells:
        figure = cells.get(spec.address)
        if figure is None or isinstance(figure, str):
            continue
        if (figure < 0 and spec.type != "signed_int") or (figure % 1 != 0 and spec.type != "decimal"):
            wrong.add(spec.address)
    found = domain(cells, form.id)
    assert {one.at for one in found} == wrong and len(found) == len(wrong)
