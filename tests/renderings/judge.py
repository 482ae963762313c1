"""Compares what was read with what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from goicrawl.extraction.report import Answer, Report
from tests.renderings.model import Rendering

CLASSES = (
    "silently_wrong",
    "wrong_kind",
    "missed",
    "not_reported",
    "wrong_form",
    "wrong_year",
    "wrong_body",
    "wrong_metadata",
)


@dataclass(frozen=True)
class Problem:
    """`where` is an address or the name of a field."""

    kind: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} {self.where}: {self.detail}"


def compare(report: Report, rendering: Rendering) -> list[Problem]:
    """Every way in which the report departs from the page, worst first."""
    problems = [*_cells(report, rendering), *_silence(report, rendering), *_about(report, rendering)]
    return sorted(problems, key=lambda one: CLASSES.index(one.kind))


def _number(answer: Answer) -> Decimal | None:
    return None if answer.value is None else Decimal(answer.value)


def _cells(report: Report, rendering: Rendering) -> list[Problem]:
    problems: list[Problem] = []
    for address, answer in report.cells.items():
        value = _number(answer)
        if address not in rendering.truth:
            if value is not None:
                detail = f"read {value} from {answer.raw!r}, the page prints no such cell"
                problems.append(Problem("silently_wrong", address, detail))
            continue
        truth = rendering.truth[address]
        allowed = rendering.kinds[address]
        if value is not None and truth is not None and answer.unit == "元" and value == truth * 10000:
            continue
        if value is not None and value != truth:
            problems.append(Problem("silently_wrong", address, f"read {value} ({answer.raw!r}) for {truth}"))
        elif value is None and truth is not None and answer.kind in ("blank", "slash"):
            detail = f"{answer.kind} ({answer.raw!r}) for {truth}"
            problems.append(Problem("silently_wrong", address, detail))
        elif value is None and truth is None and answer.kind not in allowed:
            problems.append(
                Problem("wrong_kind", address, f"{answer.kind} ({answer.raw!r}) for {sorted(allowed)}")
            )
    for address in sorted(rendering.must_read):
        found = report.cells.get(address)
        truth = rendering.truth[address]
        if found is None:
            problems.append(Problem("missed", address, f"not read: {truth}"))
        elif truth is not None and found.value is None:
            problems.append(Problem("missed", address, f"{found.kind} {found.raw!r} for {truth}"))
    return problems


def _silence(report: Report, rendering: Rendering) -> list[Problem]:
    """What is left out must be said: an outcome that is not complete, with a reason."""
    told = report.outcome != "complete" and bool(report.reasons)
    if told:
        return []
    problems = [
        Problem(
            "not_reported",
            address,
            f"left out of a report that is {report.outcome}, reasons {report.reasons}",
        )
        for address in sorted(rendering.truth.keys() - report.cells.keys())
    ]
    if not report.reasons:
        problems += [Problem("not_reported", "page", what) for what in rendering.must_report]
    return problems


def squeezed(text: str) -> str:
    return "".join(text.split())


def _about(report: Report, rendering: Rendering) -> list[Problem]:
    problems: list[Problem] = []
    if rendering.form is not None and report.form != rendering.form:
        problems.append(Problem("wrong_form", "form", f"{report.form} for {rendering.form}"))
    if report.report_year != rendering.report_year:
        problems.append(
            Problem("wrong_year", "report_year", f"{report.report_year} for {rendering.report_year}")
        )
    if rendering.issuing_body is not None and report.issuing_body != rendering.issuing_body:
        detail = f"{report.issuing_body} for {rendering.issuing_body}"
        problems.append(Problem("wrong_body", "issuing_body", detail))
    if rendering.region_code is not None and report.region_code != rendering.region_code:
        detail = f"{report.region_code} for {rendering.region_code}"
        problems.append(Problem("wrong_metadata", "region_code", detail))
    if squeezed(report.title or "") != squeezed(rendering.title):
        problems.append(Problem("wrong_metadata", "title", f"{report.title!r} for {rendering.title!r}"))
    for name, expected in rendering.metadata.items():
        found = getattr(report.metadata, name)
        if found != expected:
            problems.append(Problem("wrong_metadata", name, f"{found!r} for {expected!r}"))
    return problems
