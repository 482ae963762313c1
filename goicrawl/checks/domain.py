"""What numbers a cell may hold: counts are whole and not negative."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from goicrawl import forms
from goicrawl.checks.words import plain, shown
from goicrawl.extraction.report import Finding, Report
from goicrawl.forms import CellSpec, Form, Identity
from goicrawl.registry import Registry


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]]:
    """The check of every cell; a cell of another form is held to that form's type."""
    specs = {} if form is None else {cell.address: cell for cell in form.printed_cells}
    for address, cell in forms.cell_index().items():
        specs.setdefault(address, cell)
    places = {address: place for place, address in enumerate(specs)}

    def check(report: Report, registry: Registry) -> list[Finding]:
        found = []
        for address, answer in report.cells.items():
            value = answer.value
            if value is None or (type(value) is int and value >= 0):
                continue
            spec = specs.get(address)
            wrong = None if spec is None else _wrong(spec, value)
            if spec is not None and wrong is not None:
                message = f"{plain(spec.english)}: {wrong}"
                found.append(Finding(identity.id, identity.severity, address, message))
        return sorted(found, key=lambda finding: places[finding.at]) if len(found) > 1 else found

    return check


def _wrong(spec: CellSpec, value: int | Decimal) -> str | None:
    """What a cell of this type may not be, in English, or None."""
    faults = []
    if value < 0 and spec.type != "signed_int":
        faults.append("cannot be negative")
    if spec.type != "decimal" and isinstance(value, Decimal) and value != value.to_integral_value():
        faults.append("must be a whole number")
    if not faults:
        return None
    what = "an amount" if spec.type == "decimal" else "a change" if spec.type == "signed_int" else "a count"
    return f"{shown(value)} is printed, but {what} {' and '.join(faults)}"
