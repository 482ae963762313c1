"""Line numbers among the figures of a table that has become running text: 主动公开信息数 条 01 1450."""

from __future__ import annotations

from collections.abc import Sequence

from goicrawl.extraction.line_numbers import FEWEST, counts_up, line_number
from goicrawl.extraction.lines import Line


def take_line_numbers(lines: Sequence[Line], count: int, *, named: bool) -> None:
    """Take the line numbers out of the figures; a row in which they cannot be told apart loses its figures.

    Args:
        count: how many figures a row has.
        named: whether the heads name a column of line numbers.
    """
    filled = [line for line in lines if line.values]
    if len(filled) < (2 if named else FEWEST):
        if named:
            _forget(filled)
        return
    leads = counts_up([line_number(line.values[0].text) for line in filled])
    # A number printed before its label stands behind the figures of the row above; the last row has none.
    trails = counts_up([line_number(line.values[-1].text) for line in filled[:-1]])
    if leads and (named or not trails):
        for line in filled:
            line.values = line.values[1:] if len(line.values) == count + 1 else []
    elif trails:
        for line in filled[:-1]:
            line.values = line.values[:-1] if len(line.values) == count + 1 else []
        if len(filled[-1].values) != count or line_number(filled[-1].values[-1].text) is not None:
            _forget(filled[-1:])
    elif named:
        _forget(filled)


def _forget(lines: Sequence[Line]) -> None:
    for line in lines:
        line.values = []
