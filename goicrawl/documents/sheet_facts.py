"""What a workbook says about its cells beyond their values, for both kinds of Excel files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from goicrawl.documents.document import MAX_PLACES

NOT_COMPUTED = "[formula]"
"""Stands for the result of a formula that the file does not hold."""
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
          0x2A: "#N/A"}  # fmt: skip
_FIXED = re.compile(r"(?:#,##)?0(\.(0+))?(%)?(?:_[ )])?")
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}


@dataclass
class SheetFacts:
    """Of one sheet: `shown` are texts by (row, column) that count for more than a value.

    `rows` and `columns` reach as far as any cell with content, counted from 1.
    """

    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    uncomputed: int = 0

    @property
    def too_large(self) -> bool:
        """Whether a reader that lays out every place would need more than a document may."""
        return self.rows * self.columns > MAX_PLACES

    def reach(self, row: int, column: int) -> None:
        """A cell with content stands here."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)


def format_code(number: int, own: dict[int, str]) -> str | None:
    """A format's code where it prints a fixed number of decimals, or a percentage."""
    code = own.get(number, _BUILT_IN.get(number))
    if code is None:
        return None
    code = code.split(";")[0]
    return code if _FIXED.fullmatch(code) is not None else None


def formatted(value: Decimal, code: str) -> str | None:
    """A number as its format prints it, without the commas; None for a format that is not fixed."""
    match = _FIXED.fullmatch(code)
    if match is None or abs(value) >= 10**15:
        return None
    percent = match[3] is not None
    value = value * 100 if percent else value
    step = Decimal(1).scaleb(-len(match[2] or ""))
    text = format(value.quantize(step, ROUND_HALF_UP) + 0, "f")
    return f"{text}%" if percent else text
