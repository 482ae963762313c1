"""Collects the cells of a report; an address that is printed twice with different answers is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goicrawl import forms
from goicrawl.documents.document import Cell
from goicrawl.extraction.doubtful_labels import Above
from goicrawl.extraction.numerals import read_answer
from goicrawl.extraction.report import Answer, Finding
from goicrawl.extraction.units import MONEY
from goicrawl.forms import CellSpec

Place = tuple[int, int, int]
Units = Mapping[str | None, str | None]
"""Columns whose heads or rows name a unit of money -> the unit."""


@dataclass
class Gathering:
    """What has been read so far, and why something was not."""

    specs: dict[str, CellSpec] = field(default_factory=forms.cell_index)
    blanks_are_usual: bool = True
    """Whether blanks among figures are answers, in sources where they might be what a merged cell left."""
    answers: dict[str, Answer] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    """Addresses that stand on the page but could not be read surely, with the reason's code."""
    reasons: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """table id -> the forms that have more of the table's labels than any other."""
    above: dict[str, Above] = field(default_factory=dict)
    """table id -> the rows that its last piece printed."""

    def put(self, address: str, raw: str, at: Place, head_unit: str | None = None) -> None:
        """Take one printed cell; `head_unit` is a unit of money that its column's head names."""
        spec = self.specs.get(address)
        if spec is None:
            self.say("no_such_cell", f"{address} at {list(at)}")
            return
        if address in self.left_out:
            return
        kind, value, unit = read_answer(raw)
        if (
            unit is None
            and kind == "number"
            and head_unit is not None
            and spec.unit in MONEY
            and head_unit != spec.unit
        ):
            unit = head_unit
        answer = Answer(raw, kind, value, unit, at)
        known = self.answers.get(address)
        if known is not None:
            if (known.kind, known.value) != (kind, value) or (kind == "text" and known.raw != raw):
                self.refuse([address], "printed_twice", f"{known.raw!r} and {raw!r}")
            return
        self.answers[address] = answer

    def put_row(
        self, prefix: str, cells: Sequence[tuple[str | None, Cell]], grid: int, row: int, units: Units
    ) -> None:
        """Take a row of printed cells: (column or None, cell) pairs."""
        answers, left_out, specs = self.answers, self.left_out, self.specs
        for column, cell in cells:
            if column is None:
                continue
            address = prefix + column
            if units or address in answers or address in left_out or address not in specs:
                self.put(address, cell.text, (grid, row, cell.column), units.get(column))
            else:
                # What put does, without a call for each of a report's two hundred cells.
                kind, value, unit = read_answer(cell.text)
                answers[address] = Answer(cell.text, kind, value, unit, (grid, row, cell.column))

    def refuse(self, addresses: list[str], code: str, detail: str) -> None:
        """Leave addresses out for good and say why."""
        for address in addresses:
            self.answers.pop(address, None)
            self.left_out[address] = code
        named = addresses[0].rsplit(".", 1)[0] if len(addresses) > 1 else "".join(addresses)
        self.say(code, f"{named}: {detail}" if named else detail)

    def say(self, code: str, detail: str) -> None:
        details = self.reasons.setdefault(code, [])
        if detail not in details:
            details.append(detail)

    def note(self, rule: str, at: str, message: str) -> None:
        self.findings.append(Finding(rule, "info", at, message))

    def told(self) -> list[str]:
        """The reasons as `code: details`, long lists cut."""
        out = []
        for code, details in self.reasons.items():
            shown = "; ".join(details[:8])
            more = f"; and {len(details) - 8} more" if len(details) > 8 else ""
            out.append(f"{code}: {shown}{more}")
        return out
