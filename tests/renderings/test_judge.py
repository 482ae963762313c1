"""The judge's own tests: a true report passes, and each kind of departure is named."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from goicrawl.extraction.report import Answer, Kind, Metadata, Report, Source
from tests.renderings import STYLES, Rendering, compare, render, sample
from tests.renderings.figures import load
from tests.renderings.styles import combine


def true_report(rendering: Rendering) -> Report:
    """What a careful reader makes of a rendering, from its truth; what may be refused is refused."""
    cells = {}
    for address, value in rendering.truth.items():
        if address in rendering.may_refuse:
            continue
        kinds: list[Kind] = [kind for kind in ("blank", "slash", "text") if kind in rendering.kinds[address]]
        cells[address] = Answer(str(value), "number", value) if value is not None else Answer("", kinds[0])
    refused = bool(rendering.may_refuse or rendering.must_report)
    known: dict[str, Any] = rendering.metadata
    return Report(
        source=Source(sha256=""),
        outcome="partial" if refused else "complete",
        reasons=("left out",) if refused else (),
        form=rendering.form,
        report_year=rendering.report_year,
        title=rendering.title,
        issuing_body=rendering.issuing_body,
        region_code=rendering.region_code,
        metadata=Metadata(**known),
        cells=cells,
    )


def kinds_of(report: Report, rendering: Rendering) -> set[str]:
    return {problem.kind for problem in compare(report, rendering)}


@pytest.fixture
def rendering() -> Rendering:
    figures = load("suqian_2023")
    return render(figures, "f2021", "some_blank_zeros", 1)


@pytest.mark.parametrize("style", ["official", *STYLES])
def test_a_true_report_has_no_problem(style: str) -> None:
    for seed in range(2):
        one = sample(style, seed)
        assert compare(true_report(one), one) == []


def test_a_true_report_of_a_mixture_has_no_problem() -> None:
    for seed in range(60):
        one = sample(combine(random.Random(seed)), seed)
        assert compare(true_report(one), one) == []


def test_a_wrong_figure_is_silently_wrong_whatever_the_outcome(rendering: Rendering) -> None:
    address = "requests.granted.total"
    true = true_report(rendering)
    wrong = replace(true, cells={**true.cells, address: Answer("7", "number", 7)})
    assert kinds_of(wrong, rendering) == {"silently_wrong"}
    flagged = replace(wrong, outcome="partial", reasons=("doubtful",))
    assert kinds_of(flagged, rendering) == {"silently_wrong"}


def test_a_figure_that_the_page_does_not_print_is_silently_wrong(rendering: Rendering) -> None:
    true = true_report(rendering)
    more = replace(true, cells={**true.cells, "requests.other_handling.total": Answer("7", "number", 7)})
    assert kinds_of(more, rendering) == {"silently_wrong"}


def test_a_blank_is_not_zero_and_a_figure_is_not_blank(rendering: Rendering) -> None:
    true = true_report(rendering)
    blank = next(address for address, value in rendering.truth.items() if value is None)
    zero = replace(true, cells={**true.cells, blank: Answer("", "number", 0)})
    assert kinds_of(zero, rendering) == {"silently_wrong"}
    slash = replace(true, cells={**true.cells, blank: Answer("/", "slash")})
    assert kinds_of(slash, rendering) == {"wrong_kind"}
    emptied = replace(true, cells={**true.cells, "requests.granted.total": Answer("", "blank")})
    assert kinds_of(emptied, rendering) == {"silently_wrong", "missed"}


def test_what_is_left_out_is_missed_and_must_be_told(rendering: Rendering) -> None:
    true = true_report(rendering)
    cells = {address: answer for address, answer in true.cells.items() if not address.startswith("remedies")}
    assert kinds_of(replace(true, cells=cells), rendering) == {"missed", "not_reported"}
    told = replace(true, cells=cells, outcome="partial", reasons=("no remedies",))
    assert kinds_of(told, rendering) == {"missed"}


def test_an_unknown_row_must_be_told() -> None:
    one = render(load("pingtan_2019"), "f2019", "local_disclosure_row", 1)
    silent = replace(true_report(one), outcome="complete", reasons=())
    assert kinds_of(silent, one) == {"not_reported"}


def test_what_may_be_refused_may_be_read_right_but_not_wrong() -> None:
    one = render(load("invented_distinct_f2021"), "f2021", "cell_lost", 1)
    true = true_report(one)
    address = sorted(one.may_refuse)[0]
    right = replace(true, cells={**true.cells, address: Answer("", "number", one.truth[address])})
    assert compare(right, one) == []
    wrong = replace(true, cells={**true.cells, address: Answer("", "number", Decimal(1))})
    assert kinds_of(wrong, one) == {"silently_wrong"}
    lost = replace(true, cells={**true.cells, sorted(one.forbidden)[0]: Answer("", "number", 5)})
    assert kinds_of(lost, one) == {"silently_wrong"}


def test_a_fee_in_yuan_may_be_given_with_its_unit_only() -> None:
    address = "disclosure.administrative_fees.amount_wan_yuan"
    one = render(load("suqian_2023"), "f2021", "fee_in_yuan", 1)
    value = one.truth[address]
    assert value is not None
    true = true_report(one)
    in_yuan = value * 10000
    with_unit = replace(true, cells={**true.cells, address: Answer("", "number", in_yuan, unit="元")})
    assert compare(with_unit, one) == []
    without = replace(true, cells={**true.cells, address: Answer("", "number", in_yuan)})
    assert kinds_of(without, one) == {"silently_wrong"}


def test_form_year_body_and_head_are_compared(rendering: Rendering) -> None:
    true = true_report(rendering)
    assert kinds_of(replace(true, form="f2019"), rendering) == {"wrong_form"}
    assert kinds_of(replace(true, report_year=1999), rendering) == {"wrong_year"}
    assert kinds_of(replace(true, issuing_body="某县"), rendering) == {"wrong_body"}
    assert kinds_of(replace(true, title="某县"), rendering) == {"wrong_metadata"}
    headed = sample("head_lines", 3)
    other = replace(true_report(headed), metadata=Metadata(index_number="1"))
    assert kinds_of(other, headed) == {"wrong_metadata"}
