"""The number of requests that the prose states, beside the table's.

Only an exact number of requests received in the report's year counts, said of the bodies that the report
counts: no part of them, no share, no sum over years. Several different numbers are no statement at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from goicrawl.checks.results import Status
from goicrawl.checks.words import plain, shown
from goicrawl.extraction.report import Answer, Finding, Report, StatedFact
from goicrawl.extraction.stated_subjects import kinds_in
from goicrawl.forms import Form, Identity, cell_index
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


WORDS = {
    "cell_not_in_form": "the form has no such cell",
    "no_statement": "the text states no number of requests",
    "several_statements": "the text states several different numbers of requests",
    "no_number": "the table's cell was not read, or prints no number",
    "partial_report": "the report was read in part",
}


class Comparison(NamedTuple):
    """The prose beside the table. `reason` is a code where the status is neither pass nor fail."""

    status: Status
    reason: str | None
    message: str
    stated: int | None = None
    table: int | Decimal | None = None


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]] | None:
    """The check of the prose against the sums of cells that `counts` names, the plain count first."""
    sums = addresses_of(identity, form)
    if not sums:
        return None
    at = sums[0][0]

    def check(report: Report, registry: Registry) -> list[Finding]:
        totals = [_total(addresses, report.cells) for addresses in sums]
        if totals[0] is None or None in totals:
            return []
        stated = stated_count(report)
        if stated is None or stated.number in totals:
            return []
        message = _differing(stated, sums, totals)
        return [Finding(identity.id, identity.severity, at, message, stated.number, totals[0])]

    return check


def addresses_of(identity: Identity, form: Form | None) -> list[tuple[str, ...]]:
    """The cells whose sums the prose may state, the plain count first; empty where the form lacks one."""
    sums = [tuple(f"{identity.table}.{row}.{identity.column}" for row in rows) for rows in identity.counts]
    known = frozenset[str]() if form is None else form.addresses
    return sums if all(address in known for addresses in sums for address in addresses) else []


def assess(identity: Identity, form: Form | None, report: Report) -> Comparison:
    """Whether the number of requests that the prose states is the table's."""
    sums = addresses_of(identity, form) if identity.holds_for(report.form) else []
    if not sums:
        return Comparison("not_assessable", "cell_not_in_form", WORDS["cell_not_in_form"])
    found = stated_counts(report)
    if len(found) != 1:
        status: Status = "uncertain" if found else "not_assessable"
        reason = "several_statements" if found else "no_statement"
        numbers = ": " + ", ".join(str(one.number) for one in found) if found else ""
        return Comparison(status, reason, f"{WORDS[reason]}{numbers}")
    totals = [_total(addresses, report.cells) for addresses in sums]
    stated = found[0]
    if stated.number in totals:
        message = f"the text states {stated.number} requests, and so does the table"
        return Comparison("pass", None, message, stated.number, stated.number)
    if totals[0] is None or None in totals:
        return Comparison("uncertain", "no_number", WORDS["no_number"], stated.number, totals[0])
    message = _differing(stated, sums, totals)
    if report.outcome == "partial":
        reason = "partial_report"
        return Comparison("uncertain", reason, f"{message}; {WORDS[reason]}", stated.number, totals[0])
    return Comparison("fail", None, message, stated.number, totals[0])


def _differing(stated: Statement, sums: list[tuple[str, ...]], totals: Sequence[int | Decimal | None]) -> str:
    names = {address: plain(cell_index()[address].english) for addresses in sums for address in addresses}
    others = "".join(
        f", {shown(total)} with {' and '.join(names[address] for address in addresses[1:])}"
        for addresses, total in zip(sums[1:], totals[1:], strict=True)
        if total is not None and total != totals[0]
    )
    text = f"the text states {stated.number} requests ({stated.words})"
    table = "" if totals[0] is None else shown(totals[0])
    return f"{text}, {names[sums[0][0]]} says {table}{others}"


def stated_count(report: Report) -> Statement | None:
    """The one number of requests that the report's prose says it received in its year, or None."""
    found = stated_counts(report)
    return found[0] if len(found) == 1 else None


def stated_counts(report: Report) -> list[Statement]:
    """Every number of requests that the prose says were received in the report's year, each once."""
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
    return list(found.values())


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
