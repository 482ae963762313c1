"""The number of requests that the prose states, beside the table's.

Only an exact number of requests received in the report's year counts, said of the bodies that the report
counts: no part of them, no share, no sum over years. Several different numbers are no statement at all.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from goicrawl.checks.words import plain, shown
from goicrawl.extraction.report import Answer, Finding, Report, StatedFact
from goicrawl.extraction.stated_subjects import kinds_in
from goicrawl.forms import Form, Identity
from goicrawl.forms.labels import squeeze
from goicrawl.registry import Registry

# The overview, and the chapter on requests.
SECTIONS = (1, 3)
QUANTITY = "requests_received"
UNITS = frozenset({None, "件", "份", "宗", "条", "例", "起", "笔"})
"""件次 counts how often, not how many; 万件 is no count to compare with."""
_CLAUSE_ENDS = "，,；;。：:、（(）)！!？?"


class Statement(NamedTuple):
    """A number of requests received, and the words that state it."""

    number: int
    words: str


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]] | None:
    """The check of the prose against the sums of cells that `counts` names, the plain count first."""
    names = {} if form is None else {cell.address: plain(cell.english) for cell in form.cells}
    sums = [tuple(f"{identity.table}.{row}.{identity.column}" for row in rows) for rows in identity.counts]
    if not sums or any(address not in names for addresses in sums for address in addresses):
        return None
    at = sums[0][0]

    def check(report: Report, registry: Registry) -> list[Finding]:
        totals = [_total(addresses, report.cells) for addresses in sums]
        if totals[0] is None or None in totals:
            return []
        stated = stated_count(report)
        if stated is None or stated.number in totals:
            return []
        others = "".join(
            f", {shown(total)} with {' and '.join(names[address] for address in addresses[1:])}"
            for addresses, total in zip(sums[1:], totals[1:], strict=True)
            if total is not None and total != totals[0]
        )
        text = f"the text states {stated.number} requests ({stated.words})"
        message = f"{text}, {names[at]} says {shown(totals[0])}{others}"
        return [Finding(identity.id, identity.severity, at, message, stated.number, totals[0])]

    return check


def stated_count(report: Report) -> Statement | None:
    """The one number of requests that the report's prose says it received in its year, or None."""
    found: dict[int, Statement] = {}
    for fact in report.stated:
        if (
            fact.quantity == QUANTITY
            and fact.section in SECTIONS
            and isinstance(fact.value, int)
            and fact.unit in UNITS
            and fact.qualifier is None
            and fact.part_of is None
            and _of_this_year(fact, report.report_year)
            and _of_this_report(fact, report)
        ):
            found.setdefault(fact.value, Statement(fact.value, _clause(fact, report)))
    return next(iter(found.values())) if len(found) == 1 else None


def _of_this_year(fact: StatedFact, report_year: int | None) -> bool:
    """The year itself, or its end without 累计: 截至2021年12月31日."""
    if fact.period == "year":
        return True
    return fact.period is None and report_year is not None and (fact.period_raw or "").startswith("截")


def _of_this_report(fact: StatedFact, report: Report) -> bool:
    """Whether those that the fact is said of can be the bodies that the report counts."""
    if fact.whose is None:
        return True
    kinds = kinds_in(fact.whose)
    if not kinds:
        body = squeeze(report.issuing_body or "")
        return body != "" and (squeeze(fact.whose) in body or squeeze(fact.whose)[1:] in body)
    if report.scope in ("level", "jurisdiction"):
        return kinds.isdisjoint({"own", "one"}) and ("area" in kinds or "others" not in kinds)
    return kinds.isdisjoint({"area", "others"})


def _clause(fact: StatedFact, report: Report) -> str:
    """The words around a number, from comma to comma."""
    text = report.sections[fact.at[0]].text if fact.at[0] < len(report.sections) else fact.sentence
    start, end = fact.at[1], fact.at[1] + len(fact.raw)
    while start > 0 and text[start - 1] not in _CLAUSE_ENDS and text[start - 1] != "\n":
        start -= 1
    while end < len(text) and text[end] not in _CLAUSE_ENDS and text[end] != "\n":
        end += 1
    return squeeze(text[start:end])


def _total(addresses: tuple[str, ...], cells: dict[str, Answer]) -> int | Decimal | None:
    total: int | Decimal = 0
    for address in addresses:
        answer = cells.get(address)
        if answer is None or answer.value is None:
            return None
        total += answer.value
    return total
