"""A jurisdiction's numbers beside those of the bodies in it (A1).

The set of stored reports is hardly ever whole, so the sum of the parts is only a lower bound: the
jurisdiction must not say less. A part without a number adds nothing. Which reports are parts, and none of
them twice, is decided by `parts_of`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from goicrawl import forms
from goicrawl.checks.results import WHOLE_REPORT, Operand, Result, Status, StoredReport, fault_of, operand
from goicrawl.checks.words import exact_sum, shown
from goicrawl.forms import CorpusIdentity
from goicrawl.forms.corpus_identities import matches
from goicrawl.registry import Registry
from goicrawl.registry.body_words import load as body_words

WORDS = {
    "cell_not_in_form": "the form has no such cell",
    "no_parts": "no report of a body in it is stored that prints this number",
    "cell_not_read": "the jurisdiction's cell was not read",
    "no_number": "the jurisdiction's cell prints no number",
    "another_unit": "the jurisdiction's cell is printed in another unit",
    "partial_report": "one of these reports was read in part",
}
ORGANS = ("office", "department", "township", "subdistrict")
_TOWNS = ("township", "subdistrict")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Part:
    """What must be known of a report to decide whether it counts. `line` is one organ over its names."""

    report_id: int
    line: int
    region_code: str
    report_year: int
    scope: str
    kind: str
    body: str


def parts_of(whole: Part, known: Mapping[tuple[str, int], Sequence[Part]], registry: Registry) -> list[Part]:
    """The reports that a jurisdiction's report contains, each body once.

    `known` has the reports by region and year. A region below counts by its own government's report on its
    whole jurisdiction; without one, by its government's and departments' (`level`) and those of what lies
    below, or by all its organs'. Central administrations' offices report elsewhere and are left out.
    """
    found = _within(whole.region_code, whole.report_year, known, registry, {whole.region_code})
    return sorted(found, key=lambda part: (part.region_code, part.body, part.report_id))


def _within(
    code: str,
    year: int,
    known: Mapping[tuple[str, int], Sequence[Part]],
    registry: Registry,
    seen: set[str],
) -> list[Part]:
    here = [part for part in known.get((code, year), ()) if not _is_central(part.body)]
    level = _one([part for part in here if part.scope == "level"])
    kinds = _TOWNS if level is not None else ORGANS
    organs = {part.line: part for part in here if part.scope == "organ" and part.kind in kinds}
    found = [*organs.values(), *([] if level is None else [level])]
    for child in registry.children(code, year):
        if child.code in seen:
            continue
        seen.add(child.code)
        below = _one([part for part in known.get((child.code, year), ()) if part.scope == "jurisdiction"])
        if below is not None:
            found.append(below)
        else:
            found += _within(child.code, year, known, registry, seen)
    return found


def _one(parts: Sequence[Part]) -> Part | None:
    """The one report, or the one of a government among several; None where it is not clear which counts."""
    if len(parts) == 1:
        return parts[0]
    governments = [part for part in parts if part.kind == "government"]
    return governments[0] if len(governments) == 1 else None


def _is_central(body: str) -> bool:
    words = body_words()
    return body.startswith(words.whole_prefixes) or any(word in body for word in words.central_offices)


def assess(identity: CorpusIdentity, whole: StoredReport, parts: Sequence[StoredReport]) -> list[Result]:
    """One result for each cell that the identity names and the form has, in printed order."""
    addresses = _addresses(identity, whole.form) if identity.holds_for(whole.form) else ()
    if not addresses:
        return [_result(identity, WHOLE_REPORT, "not_assessable", "cell_not_in_form")]
    return [_at(identity, whole, parts, address) for address in addresses]


def _at(
    identity: CorpusIdentity,
    whole: StoredReport,
    parts: Sequence[StoredReport],
    address: str,
) -> Result:
    own = operand("own", whole, address)
    counted = _counted(parts, address)
    if not counted:
        return _result(identity, address, "not_assessable", "no_parts", (own,))
    if own.answer is None:
        return _result(identity, address, "not_assessable", "cell_not_read", (own,))
    fault = fault_of([own])
    if fault is not None or own.value is None:
        return _result(identity, address, "uncertain", fault or "no_number", (own,))
    total = exact_sum([value for _, value in counted])
    noted = own.value < total
    largest = sorted((pair for pair in counted if pair[1] != 0), key=lambda pair: -pair[1])
    operands = (own, *(one for one, _ in largest))
    status: Status = "fail" if noted else "pass"
    reason = None
    if noted and any(one.report.outcome == "partial" for one in operands):
        status, reason = "uncertain", "partial_report"
    message = f"the jurisdiction says {shown(own.value)}, the bodies in it add up to {shown(total)}"
    if largest:
        names = ", ".join(f"{one.report.body} {shown(value)}" for one, value in largest[:_SHOWN])
        more = f" and {len(largest) - _SHOWN} more" if len(largest) > _SHOWN else ""
        message = f"{message} ({names}{more})"
    if reason is not None:
        message = f"{message}; {WORDS[reason]}"
    return Result(
        identity.id, identity.severity, status, address, message, reason, own.value, total, operands,
        noted=noted,
    )  # fmt: skip


def _counted(parts: Sequence[StoredReport], address: str) -> list[tuple[Operand, int | Decimal]]:
    """The parts that print a number there, and the numbers."""
    found = []
    for part in parts:
        one = operand("part", part, address)
        if one.value is not None and fault_of([one]) is None:
            found.append((one, one.value))
    return found


def _result(
    identity: CorpusIdentity, at: str, status: Status, reason: str, operands: tuple[Operand, ...] = ()
) -> Result:
    return Result(identity.id, identity.severity, status, at, WORDS[reason], reason, operands=operands)


@cache
def _addresses(identity: CorpusIdentity, form_id: str | None) -> tuple[str, ...]:
    form = forms.load().get(form_id or "")
    if form is None:
        return ()
    return tuple(
        cell.address
        for cell in form.printed_cells
        if any(matches(pattern, cell.address) for pattern in identity.cells)
    )
