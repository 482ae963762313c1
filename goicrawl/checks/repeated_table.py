"""A table that repeats the one of the year before cell for cell: a report copied forward (C4)."""

from __future__ import annotations

from collections.abc import Sequence

from goicrawl import forms
from goicrawl.checks.across_years import WORDS as YEARS_WORDS
from goicrawl.checks.across_years import Predecessor
from goicrawl.checks.results import WHOLE_REPORT, Operand, Result, Status, StoredReport, operand
from goicrawl.forms import CorpusIdentity

WORDS = {
    "nothing_in_it": "there is nothing but zeros and blanks in it",
    "few_numbers": "so few different numbers may be the same by chance",
    "another_form": "the two reports are in different forms",
    "table_not_read": "the table was not read in one of the two reports",
}


def assess(
    identity: CorpusIdentity,
    own: StoredReport,
    previous: Sequence[Predecessor],
    missing: str = "no_predecessor",
) -> list[Result]:
    """One result for each table of the report's form, in printed order.

    Where several reports may be the year before's, the table is held to each; it repeats if it repeats one.
    """
    form = forms.load().get(own.form or "")
    if form is None or not identity.holds_for(own.form):
        return [_result(identity, own, WHOLE_REPORT, "not_assessable", "cell_not_in_form")]
    found = []
    for table in form.tables:
        addresses = tuple(cell.address for cell in form.printed_cells if cell.table == table.id)
        if not previous:
            found.append(_result(identity, own, table.id, "not_assessable", missing))
            continue
        results = [_compare(identity, own, one, table.id, addresses) for one in previous]
        found.append(
            max(results, key=lambda one: ("not_assessable", "pass", "uncertain", "fail").index(one.status))
        )
    return found


def _compare(
    identity: CorpusIdentity,
    own: StoredReport,
    previous: Predecessor,
    table: str,
    addresses: Sequence[str],
) -> Result:
    before = previous.report
    if before.form != own.form:
        return _result(identity, own, table, "not_assessable", "another_form", before)
    for address in addresses:  # nearly every table differs soon
        now, then = own.cells.get(address), before.cells.get(address)
        if now is not None and then is not None and (now.kind, now.value) != (then.kind, then.value):
            return _result(identity, own, table, "pass", None, before)
    pairs = [(address, own.cells.get(address), before.cells.get(address)) for address in addresses]
    pairs = [pair for pair in pairs if pair[1] is not None or pair[2] is not None]
    both = [(address, one, two) for address, one, two in pairs if one is not None and two is not None]
    if not both:
        return _result(identity, own, table, "not_assessable", "table_not_read", before)
    numbers = [(address, one.value) for address, one, _ in both if one.value is not None and one.value != 0]
    if not numbers:
        return _result(identity, own, table, "not_assessable", "nothing_in_it", before)
    operands = tuple(
        part
        for address, _ in numbers
        for part in (operand("own", own, address), operand("previous", before, address))
    )
    status: Status = "uncertain"
    if previous.doubt is not None:
        reason: str | None = previous.doubt
    elif len(both) < len(pairs) or "partial" in (own.outcome, before.outcome):
        reason = "partial_report"
    elif len({value for _, value in numbers}) < identity.least_numbers:
        reason = "few_numbers"
    else:
        status, reason = "fail", None
    return _result(identity, own, table, status, reason, before, operands)


def _result(
    identity: CorpusIdentity,
    own: StoredReport,
    table: str,
    status: Status,
    reason: str | None,
    before: StoredReport | None = None,
    operands: tuple[Operand, ...] = (),
) -> Result:
    year = "the year before" if own.report_year is None else str(own.report_year - 1)
    if status == "pass":
        message = f"the table differs from that of {year}"
    elif operands:
        cells = len(operands) // 2
        message = f"the table repeats that of {year} cell for cell, {cells} numbers that are not 0 among them"
        if reason is not None:
            message = f"{message}; {_words(reason, year)}"
    else:
        message = _words(reason or "", year)
    return Result(
        identity.id, identity.severity, status, table, message, reason,
        operands=operands, other=before, noted=status == "fail" or reason == "few_numbers",
    )  # fmt: skip


def _words(reason: str, year: str) -> str:
    return (WORDS.get(reason) or YEARS_WORDS[reason]).format(year=year)
