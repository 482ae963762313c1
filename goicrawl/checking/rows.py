"""Results and findings as lines of a table, of CSV or of JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from goicrawl import forms

Format = Literal["table", "json", "csv"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv")

STYLES = {"fail": "red", "uncertain": "yellow", "pass": "green", "not_assessable": "dim"}


def label(form: str | None, at: str) -> str:
    """What the form calls a cell: row and column in Chinese; anything else as it is."""
    own = forms.load().get(form or "")
    specs = () if own is None else own.printed_cells
    spec = next((one for one in specs if one.address == at), None) or forms.cell_index().get(at)
    return at if spec is None else f"{spec.row_label} / {spec.column_label}"


def plain(console: Console, text: str) -> None:
    """A text as it is: not wrapped, no markup, no colours."""
    console.print(text, soft_wrap=True, markup=False, highlight=False, emoji=False)


def table(console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere aligned lines. A Chinese character is two columns wide."""
    if console.is_terminal:
        drawn = Table(box=None, pad_edge=False, header_style="bold")
        for head in heads:
            drawn.add_column(head, overflow="fold")
        for row in rows:
            drawn.add_row(*(Text(value, style=STYLES.get(value, "")) for value in row))
        console.print(drawn)
        return
    lines = [heads, *rows]
    widths = [max(cell_len(value) for value in column) for column in zip(*lines, strict=True)]
    for row in lines:
        cells = (value + " " * (width - cell_len(value)) for value, width in zip(row, widths, strict=True))
        plain(console, "  ".join(cells).rstrip())


def json_line(values: Mapping[str, Any]) -> str:
    """One JSON object on one line; a number that is no whole one keeps its decimals."""
    return json.dumps(values, ensure_ascii=False, default=_number)


def csv_line(values: Iterable[Any]) -> str:
    """One line of CSV; what is missing is an empty field."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(["" if value is None else _flat(value) for value in values])
    return text.getvalue()


def number(value: Any) -> Any:
    """A Decimal as JSON has it: whole ones as whole numbers."""
    return _number(value) if isinstance(value, Decimal) else value


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _flat(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        return "; ".join(map(operand_words, value))
    text = str(value)
    # A spreadsheet would run it as a formula.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def operand_words(operand: Mapping[str, Any]) -> str:
    """An operand in short: `2023 requests.carried_over_out.total=121`."""
    year = "" if operand["report_year"] is None else f"{operand['report_year']} "
    who = f"{operand['body']} " if operand["role"] == "part" else ""
    said = "not read" if operand["raw"] is None else operand["raw"]
    return f"{who}{year}{operand['address']}={said}"
