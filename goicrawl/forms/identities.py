"""The identities that hold between a report's cells, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal["sum", "domain", "rules_row", "narrative_count", "deadline"]
Per = Literal["column", "row", "cell", "report"]


@dataclass(frozen=True, slots=True)
class Equation:
    """The sum of `left` equals the sum of `right`; a finding is put at `at`.

    Names are rows where the identity holds per column, columns where it holds per row, and `row.column`
    where it holds once for the report; in `left` and `right` they may end in `*`. `left_english` and
    `right_english` are what a finding calls the sides; without them it strings their labels together.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    at: str
    left_english: str | None = None
    right_english: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """One rule. `forms` names the forms it holds for; ("all",) means every form."""

    id: str
    severity: Literal["error", "warning", "info"]
    forms: tuple[str, ...]
    check: Check
    per: Per
    statement: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    equations: tuple[Equation, ...] = ()
    counts: tuple[tuple[str, ...], ...] = ()
    first_year_of_two_deadlines: int | None = None
    note: str | None = None

    def holds_for(self, form: str | None) -> bool:
        return form is not None and (form in self.forms or self.forms == ("all",))
