"""The numbers behind a finding that was made when a report was read, and the finding's digest.

A verdict of a person is about the numbers, not about the words that a finding puts them in: a later reader
or checker that words it differently finds the verdict again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from goicrawl import forms
from goicrawl.checks import narrative
from goicrawl.checks.deadline import PLACE as PUBLISHED_ON
from goicrawl.checks.results import Operand, StoredReport, digest_of, operand
from goicrawl.checks.sums import Side, sums_of
from goicrawl.extraction.report import Answer, Finding, Report

STATED = "sections.stated"
"""In place of an address: the number of requests that the prose states."""
MESSAGE = "message"
"""In place of an address: what a note says, where it is about no cell."""


def digests(report: Report) -> list[bytes]:
    """The digests of a report's findings, in their order."""
    if not report.findings:
        return []
    stored = as_stored(report)
    return [
        digest_of(one.rule, one.at, (part.identity() for part in operands_of(one, stored)))
        for one in report.findings
    ]


def as_stored(report: Report, report_id: int = 0, version_id: int = 0) -> StoredReport:
    """A report as the checks over the corpus take it."""
    return StoredReport(
        report_id, version_id, report.cells, report.outcome, report.form, report.report_year, report.scope,
        report.issuing_body, report.region_code, report.metadata.published_on,
    )  # fmt: skip


def operands_of(finding: Finding, report: StoredReport) -> tuple[Operand, ...]:
    """The cells (or the day, or the words) that a finding was made from."""
    kind, addresses = _cells_of(finding.rule, finding.at, report.form)
    if kind == "deadline":
        return (published(report),)
    if kind == "narrative_count":
        return stated(report, addresses, finding.left)
    if kind in ("rules_row", "sum"):  # a group that is printed as one row, or not at all
        addresses = tuple(address for address in addresses if address in report.cells)
    if not addresses and finding.at in report.cells:
        addresses = (finding.at,)
    if not addresses:
        return (_text(report, MESSAGE, finding.message),)
    return tuple(operand("own", report, address) for address in addresses)


def published(report: StoredReport) -> Operand:
    """The day of publication as an operand."""
    day = report.published_on
    if day is None:
        return Operand("own", report, PUBLISHED_ON, None)
    return _text(report, PUBLISHED_ON, day.isoformat())


def stated(
    report: StoredReport, addresses: Sequence[str], number: int | Decimal | None
) -> tuple[Operand, ...]:
    """The number that the prose states (None: none, or several) and the cells it is compared with."""
    answer = None if number is None else Answer(str(number), "number", number)
    return (
        Operand("own", report, STATED, answer),
        *(operand("own", report, address) for address in addresses),
    )


def _text(report: StoredReport, address: str, text: str) -> Operand:
    return Operand("own", report, address, Answer(text, "text"))


@cache
def _cells_of(rule: str, at: str, form_id: str | None) -> tuple[str, tuple[str, ...]]:
    """The kind of a rule, and the cells that its finding at this place is about; ("", ()) for a note."""
    form = forms.load().get(form_id or "")
    identity = next((one for one in forms.identities() if one.id == rule), None)
    if identity is None:
        return "", ()
    if identity.check == "sum":
        sums = [one for one in sums_of(identity, form) if one.at == at]
        cells = {address: None for one in sums for side in (one.left, one.right) for address in _of(side)}
        return identity.check, tuple(cells)
    if identity.check == "rules_row" and form is not None:
        row = (identity.table, identity.row)
        return identity.check, tuple(c.address for c in form.cells if (c.table, c.row) == row)
    if identity.check == "narrative_count":
        counts = narrative.addresses_of(identity, form)
        return identity.check, tuple(dict.fromkeys(address for count in counts for address in count))
    return identity.check, ()


def _of(side: Side) -> Iterator[str]:
    yield from side.cells
    for group in side.groups:
        yield from (*group.members, group.single)
