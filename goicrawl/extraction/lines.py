"""Rows of figures: which form's row each one is, and what stands behind its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goicrawl.documents.document import IMAGE, Cell
from goicrawl.extraction.label_index import RowEntry
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.row_labels import RowFinder, is_serial
from goicrawl.extraction.units import UNITS
from goicrawl.forms.labels import bare, read_label

_ORDINAL_WORDS = frozenset({"", "栏次", "甲", "乙", "丙", "丁", "戊", "甲乙", "列次", "序号"})
_SHORT_LABEL = 3
"""Labels of so few signs (其他, 总计, 规章) also stand for other things and count only at their place."""


@dataclass(slots=True)
class Line:
    """A row of figures: its label and its cells behind the label."""

    row: int
    label: str
    entry: RowEntry | None
    values: list[Cell]
    unit: str | None = None
    """What stands in the column of units."""
    numbered: bool = False
    """Whether a number that may be the row's own stands before the label."""
    nearly: bool = False
    disordered: bool = False
    """Whether a figure stands before the label, or the label out of its place: the row is surely not read."""
    undecided: bool = False
    """Whether the label names several rows and nothing above it says which."""


def read_line(cells: Sequence[Cell], r: int, finder: RowFinder, width: int, after: int) -> Line | None:
    """The label of a row and what stands behind it; None where the row holds nothing to read."""
    entry: RowEntry | None = None
    at = -1
    figures = 0
    first_figure = -1
    numbered = False
    for i, cell in enumerate(cells):
        text = cell.text
        if text == "":
            continue
        kind = read_answer(text).kind
        if kind == "number":
            figures += 1
            if entry is not None:
                break
            if not is_serial(text):
                first_figure = i if first_figure < 0 else first_figure
            else:
                numbered = True
            continue
        if kind == "text":
            found = finder.find(text, after)
            if found is not None:
                entry, at = found, i
            elif entry is None and is_serial(text):
                numbered = True
    if entry is not None:
        rest = list(cells[at + 1 :])
        deeper = _deeper_label(rest, width)
        if deeper is not None:
            return Line(r, rest[deeper].text, None, rest[deeper + 1 :])
        if entry.data_id is None:
            if any(read_answer(cell.text).kind == "number" for cell in rest):
                return Line(r, cells[at].text, None, rest)
            return None
        if entry.row.kind == "group" and all(is_blank(cell.text) for cell in rest) and len(rest) < width:
            return None
        if entry.row.kind == "group" and cells[at].rowspan > 1:
            # The group's name beside its rows: this row's own label is not there.
            return Line(r, "", None, rest)
        if first_figure >= 0 and first_figure < at:
            return Line(r, cells[at].text, None, rest, disordered=True)
        return Line(r, cells[at].text, entry, rest, numbered=numbered) if rest or numbered else None
    if figures == 0 and sum(1 for cell in cells if cell.text[:1].isdigit()) < min(width, 3):
        return None
    texts = [i for i, cell in enumerate(cells) if _is_wording(cell.text)]
    fitting = [i for i in texts if len(cells) - 1 - i >= width]
    fitting = [i for i in fitting if not cells[i].text[:1].isdigit()]
    label = fitting[-1] if fitting else texts[0] if texts else -1
    return Line(r, cells[label].text if label >= 0 else "", None, list(cells[label + 1 :]))


def _deeper_label(rest: Sequence[Cell], width: int) -> int | None:
    """Where behind a known group label another label stands that no form has exactly."""
    for i in range(len(rest) - width - 1, -1, -1):
        text = rest[i].text
        if text != "" and _is_wording(text) and len(bare(text)) > 1:
            return i
    return None


def _is_wording(text: str) -> bool:
    """Whether a cell may be a label: words, no figure, no unit, no picture."""
    if read_answer(text).kind != "text" or text.startswith(IMAGE):
        return False
    return bare(text) not in UNITS and not is_serial(text)


def counts_columns(line: Line) -> bool:
    """Whether a row below the head only numbers the columns: 甲 1 2 3."""
    numbers = [bare(cell.text) for cell in line.values if bare(cell.text) not in _ORDINAL_WORDS]
    if len(numbers) < 1 or bare(line.label) not in _ORDINAL_WORDS:
        return False
    if not all(number.isdecimal() for number in numbers):
        return False
    first = int(numbers[0])
    return first in (1, 2) and [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def find_nearly(lines: list[Line], finder: RowFinder) -> None:
    """Give rows with a slip in their label to the form's row that stands at their place."""
    _leave_out_of_place(lines, finder)
    taken = {line.entry.row.id for line in lines if line.entry is not None}
    rows = [e for e in finder.index.rows if e.data_id is not None]
    last = max((e.place for e in finder.index.rows), default=0) + 1
    for i, line in enumerate(lines):
        if line.entry is not None or line.disordered or bare(line.label) == "" or not line.values:
            continue
        before = next((finder.place(one.entry) for one in reversed(lines[:i]) if one.entry is not None), -1)
        behind = next(
            (
                finder.place(one.entry)
                for one in lines[i + 1 :]
                if one.entry is not None and finder.place(one.entry) >= 0
            ),
            last,
        )
        open_rows = [e for e in rows if before < e.place < behind and e.row.id not in taken]
        waiting = sum(
            1
            for one in lines
            if one.entry is None and one.label != "" and _between(one, lines, before, behind, finder)
        )
        found = finder.like(line.label, open_rows, only=len(open_rows) == 1 and waiting == 1)
        if found is None:
            # A piece of a table that a page break cut off, or rows in another order.
            others = [e for e in rows if e.row.id not in taken and e not in open_rows]
            wide = finder.like(line.label, [*open_rows, *others], only=False)
            found = wide
        if found is not None:
            line.entry, line.nearly = found[0], True
            taken.add(found[0].row.id)


def is_weak(label: str) -> bool:
    """Whether a label alone says little: 其他, 总计 without their numbers stand in many tables."""
    read = read_label(label)
    return read.number is None and len(read.key) <= _SHORT_LABEL


def _leave_out_of_place(lines: Sequence[Line], finder: RowFinder) -> None:
    """A short label before a row that the form has earlier is another one: 总计 of a group, 9.其他."""
    for i, line in enumerate(lines):
        if line.entry is None or len(read_label(line.label).key) > _SHORT_LABEL:
            continue
        place = finder.place(line.entry)
        if any(one.entry is not None and 0 <= finder.place(one.entry) < place for one in lines[i + 1 :]):
            line.entry, line.disordered = None, True


def _between(one: Line, lines: Sequence[Line], before: int, behind: int, finder: RowFinder) -> bool:
    at = next(i for i, line in enumerate(lines) if line is one)
    previous = next((finder.place(x.entry) for x in reversed(lines[:at]) if x.entry is not None), -1)
    return before <= previous < behind
