"""Statistical annexes as organs print them: a form's labels under its heads, with figures of no report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goicrawl import forms
from goicrawl.extraction.report import Report
from goicrawl.forms import Row
from tests.extraction.pages import Printed

CODED: list[Printed] = ["指标名称", "计量单位", "代码", "年度累计"]
MONTHLY: list[Printed] = ["指标名称", "计算单位", "代码", "本月累计", "年度累计"]


def rows_of(form: str) -> tuple[Row, ...]:
    """The rows of a form's annex that hold figures."""
    (table,) = forms.load()[form].tables
    return tuple(row for row in table.rows if row.kind != "group")


def figure(place: int) -> int:
    """The figure of the row at a place: no two rows share one, and none is a line number."""
    return 1000 + 37 * place


def coded(form: str, values: int = 1) -> list[list[Printed]]:
    """Every row of a form as label, unit, line number and `values` figures, ten times as large each."""
    return [
        [row.label, row.unit or "", f"{n:02d}", *(figure(n) * 10**k for k in range(values))]
        for n, row in enumerate(rows_of(form), 1)
    ]


def plain(form: str) -> list[list[Printed]]:
    """Every row of a form, groups too, as label, unit and one figure."""
    (table,) = forms.load()[form].tables
    at = {row.id: n for n, row in enumerate(rows_of(form), 1)}
    return [
        [row.label, "——", "——"] if row.kind == "group" else [row.label, row.unit or "", figure(at[row.id])]
        for row in table.rows
    ]


def truth(form: str, column: str = "value", times: int = 1) -> dict[str, int]:
    """Address -> figure of every row in a column."""
    return {f"statistics.{row.id}.{column}": figure(n) * times for n, row in enumerate(rows_of(form), 1)}


def without(rows: list[list[Printed]], *words: str) -> list[list[Printed]]:
    """The rows whose label holds none of the words."""
    return [row for row in rows if not any(word in str(row[0]) for word in words)]


def changed(
    rows: list[list[Printed]], word: str, change: Callable[[list[Printed]], list[Printed]]
) -> list[list[Printed]]:
    """The rows, the ones whose label holds the word changed."""
    return [change(list(row)) if word in str(row[0]) else row for row in rows]


def numbers(report: Report) -> dict[str, int]:
    """Address -> number of every cell that has one."""
    return {address: int(one.value) for address, one in report.cells.items() if one.value is not None}


def wrong(report: Report, true: Sequence[dict[str, int]]) -> dict[str, int]:
    """Cells that were read as a number that the page does not print for them."""
    right = {address: value for part in true for address, value in part.items()}
    return {address: value for address, value in numbers(report).items() if right.get(address) != value}
