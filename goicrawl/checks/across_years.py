"""What one body's reports of two years in a row must have in common: C1, C2 and C3.

An identity is held to the later report, at the cell that should carry on what the year before left. The form
decides, never the year: a report in a form without the cells is not compared, and where the form changes
between the years only the cells that both have are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from goicrawl import forms
from goicrawl.checks.results import WHOLE_REPORT, Operand, Result, Status, StoredReport, fault_of, operand
from goicrawl.checks.words import exact_sum, plain, shown
from goicrawl.forms import CorpusIdentity

WORDS = {
    "no_predecessor": "no report of {year} by this body is stored",
    "body_unknown": "whose report it is is not known",
    "year_unknown": "the year it reports on is not known",
    "cell_not_in_form": "the form has no such cell",
    "cell_not_read": "a cell of it was not read",
    "no_number": "a cell of it prints no number",
    "another_unit": "a cell of it is printed in another unit",
    "partial_report": "one of the two reports was read in part",
    "scope_unknown": "whom one of the two reports counts is not known",
    "body_merged": "the body came from others, or was merged or divided, between the two years",
    "several_predecessors": "several reports of {year} by this body say different things",
    "amendments_as_issued": "amended documents counted as issued would explain it",
    "earlier_version_agrees": "with an earlier version of the changed report it holds",
}
"""What the reasons of a result that is neither pass nor fail say; `{year}` is the year before."""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A report of the year before.

    `doubt` is a reason's code where it is not sure that it is the same body's; `excuse` one that may explain
    why the two do not agree, though it is.
    """

    report: StoredReport
    doubt: str | None = None
    excuse: str | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a side: what it is called beside the others, of which year, added or taken off."""

    address: str
    english: str
    previous: bool
    sign: int


@dataclass(frozen=True, slots=True)
class _Place:
    """An identity written out for one column or row."""

    at: str
    english: str
    left: tuple[_Cell, ...]
    right: tuple[_Cell, ...]
    excused_by: tuple[str, ...]
    excuse: str | None


def assess(
    identity: CorpusIdentity,
    own: StoredReport,
    previous: Sequence[Predecessor],
    missing: str = "no_predecessor",
) -> list[Result]:
    """The identity at every place of the later report, in printed order.

    `previous` are the reports that may be the year before's; `missing` says why where there is none. A
    report whose form has no such cells gives one result, at the table.
    """
    places = _places(identity, own.form) if identity.holds_for(own.form) else ()
    if not places:
        return [_nothing(identity, own, identity.table or WHOLE_REPORT, "cell_not_in_form")]
    return [_at(identity, own, previous, place, missing) for place in places]


def reassess(
    identity: CorpusIdentity, result: Result, own: StoredReport, previous: StoredReport
) -> Result | None:
    """A failed result, uncertain where the identity holds with these (older) states of the reports.

    None where it does not hold with them either.
    """
    place = next(one for one in _places(identity, own.form) if one.at == result.at)
    if _compare(identity, own, Predecessor(previous), place).status != "pass":
        return None
    return _doubted(result, "earlier_version_agrees")


def _at(
    identity: CorpusIdentity,
    own: StoredReport,
    previous: Sequence[Predecessor],
    place: _Place,
    missing: str,
) -> Result:
    if not previous:
        return _nothing(identity, own, place.at, missing, (operand("own", own, place.at),))
    results = [_compare(identity, own, one, place) for one in previous]
    first = results[0]
    if len(results) == 1:
        return first
    if all((one.status, one.left, one.right) == (first.status, first.left, first.right) for one in results):
        return first
    own_part = [one for one in first.operands if one.role == "own"]
    others = [one for result in results for one in result.operands if one.role == "previous"]
    message = f"{place.english}: {_words('several_predecessors', own)}"
    return Result(
        identity.id, identity.severity, "uncertain", place.at, message, "several_predecessors",
        operands=(*own_part, *others), other=first.other, noted=any(one.noted for one in results),
    )  # fmt: skip


def _compare(identity: CorpusIdentity, own: StoredReport, previous: Predecessor, place: _Place) -> Result:
    before = previous.report
    known = forms.load()[before.form].addresses if before.form in forms.load() else frozenset()
    cells = (*place.left, *place.right)
    if not identity.holds_for(before.form) or any(c.previous and c.address not in known for c in cells):
        own_part = (operand("own", own, place.at),)
        return _nothing(identity, own, place.at, "cell_not_in_form", own_part, before)
    left_side, right_side = (
        [
            (operand("previous", before, c.address) if c.previous else operand("own", own, c.address), c)
            for c in side
        ]
        for side in (place.left, place.right)
    )
    operands = tuple(one for one, _ in (*left_side, *right_side))
    fault = fault_of(operands)
    if fault is not None:
        message = f"{place.english}: {_words(fault, own)}"
        return Result(
            identity.id,
            identity.severity,
            "uncertain",
            place.at,
            message,
            fault,
            None,
            None,
            operands,
            before,
        )
    left, right = _total(left_side), _total(right_side)
    status, reason = _judge(own, previous, place, left, right)
    message = f"{place.english}: {_side(left_side, left)}, {_side(right_side, right)}"
    if reason is not None:
        message = f"{message}; {_words(reason, own)}"
    return Result(
        identity.id, identity.severity, status, place.at, message, reason, left, right, operands, before,
        noted=left != right,
    )  # fmt: skip


def _judge(
    own: StoredReport,
    previous: Predecessor,
    place: _Place,
    left: int | Decimal,
    right: int | Decimal,
) -> tuple[Status, str | None]:
    if previous.doubt is not None:
        return "uncertain", previous.doubt
    if "partial" in (own.outcome, previous.report.outcome):
        return "uncertain", "partial_report"
    if left == right:
        return "pass", None
    if previous.excuse is not None:
        return "uncertain", previous.excuse
    if place.excused_by and left < right:
        excused = [own.cells.get(address) for address in place.excused_by]
        values = [one.value for one in excused if one is not None and one.value is not None]
        if len(values) == len(excused) and right - left <= exact_sum(values):
            return "uncertain", place.excuse
    return "fail", None


def _total(side: Sequence[tuple[Operand, _Cell]]) -> int | Decimal:
    return exact_sum([cell.sign * value for _, cell, value in _numbers(side)])


def _side(side: Sequence[tuple[Operand, _Cell]], total: int | Decimal) -> str:
    """A side in words: `carried over out (2023) 121`, `in force (2022) 698 + issued (2023) 77 = 775`."""
    text = ""
    numbers = _numbers(side)
    for one, cell, value in numbers:
        joint = (" + " if cell.sign > 0 else " - ") if text or cell.sign < 0 else ""
        text += f"{joint}{cell.english} ({one.report.report_year}) {shown(value)}"
    return text if len(numbers) == 1 else f"{text} = {shown(total)}"


def _numbers(side: Sequence[tuple[Operand, _Cell]]) -> list[tuple[Operand, _Cell, int | Decimal]]:
    return [
        (one, cell, one.answer.value)
        for one, cell in side
        if one.answer is not None and one.answer.value is not None
    ]


@cache
def _places(identity: CorpusIdentity, form_id: str | None) -> tuple[_Place, ...]:
    form = forms.load().get(form_id or "")
    table = None if form is None or identity.table is None else form.table(identity.table)
    if form is None or table is None or identity.at is None:
        return ()
    rows = {row.id: plain(row.english) for row in table.rows}
    columns = {column.id: plain(column.english) for column in table.columns}
    per_row = identity.per == "row"
    places = []
    for line in identity.rows if per_row else columns:
        stem, end = (f"{table.id}.{line}.", "") if per_row else (f"{table.id}.", f".{line}")
        names = columns if per_row else rows
        left, right = (
            tuple(_Cell(f"{stem}{t.name}{end}", names[t.name], t.previous, t.sign) for t in terms)
            for terms in (identity.left, identity.right)
        )
        excused_by = tuple(f"{stem}{name}{end}" for name in identity.excused_by)
        english = rows[line] if per_row else columns[line]
        at = f"{stem}{identity.at}{end}"
        places.append(_Place(at, english, left, right, excused_by, identity.excuse))
    return tuple(places)


def _nothing(
    identity: CorpusIdentity,
    own: StoredReport,
    at: str,
    reason: str,
    operands: tuple[Operand, ...] = (),
    other: StoredReport | None = None,
) -> Result:
    return Result(
        identity.id, identity.severity, "not_assessable", at, _words(reason, own), reason, None, None,
        operands, other,
    )  # fmt: skip


def _doubted(result: Result, reason: str) -> Result:
    return replace(result, status="uncertain", reason=reason, message=f"{result.message}; {WORDS[reason]}")


def _words(reason: str, own: StoredReport) -> str:
    year = "the year before" if own.report_year is None else str(own.report_year - 1)
    return WORDS[reason].format(year=year)
