"""What a check over the corpus says of one place of one report, with the numbers it was said from.

Four statuses, never three: where an identity does not hold, but something that is known to happen explains
it, or where a part of it is no printed number, a person has to look (`uncertain`); where there is nothing to
compare with, nothing is said (`not_assessable`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Literal

from goicrawl.checks.words import shown
from goicrawl.extraction.report import Answer, Severity
from goicrawl.extraction.units import MONEY, UNITS

Status = Literal["pass", "fail", "uncertain", "not_assessable"]
STATUSES: tuple[Status, ...] = ("pass", "fail", "uncertain", "not_assessable")
Role = Literal["own", "previous", "part"]
"""own: of the report the result is about; previous: of the year before; part: of a body it contains."""

DIGEST_SIZE = 16
WHOLE_REPORT = "report"
"""In place of a cell: the report as a whole."""

# What counts are counted in. Another unit (万件, 元) would have to be converted, and nothing is.
COUNTED_IN = UNITS - MONEY


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the checks over the corpus need it. `cells` may be any mapping of addresses to answers."""

    report_id: int
    version_id: int
    cells: Mapping[str, Answer]
    outcome: str
    form: str | None = None
    report_year: int | None = None
    scope: str | None = None
    body: str | None = None
    region_code: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Operand:
    """One cell (or field) that a result was said from, as printed. `answer` is None where it was not read."""

    role: Role
    report: StoredReport
    address: str
    answer: Answer | None

    @property
    def value(self) -> int | Decimal | None:
        """Its number; None where it has none."""
        return None if self.answer is None else self.answer.value

    def to_dict(self) -> dict[str, Any]:
        """Its report, year, body, address, printed text, kind and exact number (as text), for JSON."""
        answer = self.answer
        return {
            "role": self.role,
            "report_id": self.report.report_id,
            "version_id": self.report.version_id,
            "report_year": self.report.report_year,
            "body": self.report.body,
            "address": self.address,
            "raw": None if answer is None else answer.raw,
            "kind": None if answer is None else answer.kind,
            "value": None if self.value is None else plain_number(self.value),
        }

    def identity(self) -> list[Any]:
        """What decides whether it is the same as before: its number, else what is printed."""
        answer = self.answer
        said: list[Any] = [None] if answer is None else _said(answer)
        body = self.report.body if self.role == "part" else None
        return [self.role, body, self.address, *said]


@dataclass(frozen=True, slots=True)
class Result:
    """One identity at one place of one report.

    `at` is a cell's address, a table or a field; `left` and `right` are the two sides, None where they are
    not known; `reason` is a code, None for `pass` and `fail`. `other` is the report of the year before, if
    one was compared. A result that is `noted` is a finding: the sides are known and do not agree.
    """

    rule: str
    severity: Severity
    status: Status
    at: str
    message: str
    reason: str | None = None
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    operands: tuple[Operand, ...] = ()
    other: StoredReport | None = None
    noted: bool = False

    @property
    def digest(self) -> bytes:
        """Of rule, place and the operands' values: what a person's verdict is about."""
        return digest_of(self.rule, self.at, (operand.identity() for operand in self.operands))


def digest_of(rule: str, at: str, operands: Iterable[Sequence[Any]]) -> bytes:
    """The digest of a finding: the same as long as the numbers are, in whatever version they stand."""
    text = json.dumps([rule, at, list(operands)], ensure_ascii=False, separators=(",", ":"), default=str)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


def plain_number(value: int | Decimal) -> str:
    """A number's one text: 1646.5 for 1646.50."""
    text = shown(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def fault_of(operands: Iterable[Operand]) -> str | None:
    """Why these cannot be added up, as a reason's code; None where each is a printed number."""
    for one in operands:
        answer = one.answer
        if answer is None:
            return "cell_not_read"
        if answer.value is None:
            return "no_number"
        if answer.unit is not None and answer.unit not in COUNTED_IN:
            return "another_unit"
    return None


def operand(role: Role, report: StoredReport, address: str) -> Operand:
    """The cell of a report as an operand."""
    return Operand(role, report, address, report.cells.get(address))


def _said(answer: Answer) -> list[Any]:
    if answer.value is not None:
        return [plain_number(answer.value), answer.unit]
    return [answer.kind, answer.raw if answer.kind == "text" else ""]
