"""Column heads in running text: which run of labels heads figures, and in what order they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goicrawl.extraction.flat_text import HEAD_WORDS, Mark
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.row_labels import RowFinder
from goicrawl.forms.labels import bare

_MONEY = re.compile(r"[万千亿]?元")


class HeadFinder:
    """Finds runs of a table's column heads; `start` is the mark that the last one found begins with."""

    def __init__(self, index: TableIndex, finder: RowFinder) -> None:
        self.index = index
        self.finder = finder
        self.start = 0

    def find(self, marks: Sequence[Mark], at: int) -> tuple[tuple[str, ...], int] | None:
        """A run of column heads from `at`: (columns in the order of the figures, the mark behind them)."""
        top: list[str] = []
        grouped: dict[str, tuple[str, ...]] = {}
        n = at
        named = 0
        while n < len(marks):
            mark = marks[n]
            column = self.index.column_keys.get(mark.key)
            group = None if column is not None else self.index.groups.get(mark.key)
            if column is not None:
                if column in top:
                    break
                top.append(column)
                named += 1
            elif group is not None:
                if len(group) < len(self.index.order):
                    grouped[mark.key] = group
                    top.append(mark.key)
            elif not self._is_noise(mark.key):
                break
            n += 1
            between = [token for token in mark.tokens if bare(token.text) not in ("", "件", "万元", "单位")]
            if between:
                patterned = [self.index.column_of(token.text) for token in between]
                if all(one is not None for one in patterned) and len(set(patterned) | set(top)) == len(
                    patterned
                ) + len(top):
                    top.extend(one for one in patterned if one is not None)
                    continue
                break
        if named == 0 or not self._enough(top, at, marks):
            return None
        columns = _ordered(top, grouped)
        if columns is None:
            return None
        if self.index.patterned and columns[0] not in {c.id for c in self.index.patterned} and at > 0:
            before = [self.index.column_of(t.text) for t in marks[at - 1].tokens[-1:]]
            if before and before[0] is not None and before[0] not in columns:
                columns = (before[0], *columns)
        self.start = at
        return columns, n

    def _enough(self, top: Sequence[str], at: int, marks: Sequence[Mark]) -> bool:
        """One head alone is a head only where it is no row's label as well, and rows follow."""
        columns = [one for one in top if one in self.index.order]
        blocks = {tuple(column.id for column in block.columns) for block in self.index.table.blocks}
        if len(columns) == 1:
            return (
                len(self.index.order) == 1
                or any(len(block) == 1 and block[0] in columns for block in blocks)
                or self._only_block(columns)
            ) and self.finder.find(marks[at].key) is None
        return len(columns) >= 2

    def _only_block(self, columns: Sequence[str]) -> bool:
        return any(
            len(block.columns) == 1 and block.columns[0].id in columns
            for akin in self.finder.akin
            for block in akin.table.blocks
        )

    def _is_noise(self, key: str) -> bool:
        if key in HEAD_WORDS:
            return True
        note = self.index.table.corner_note
        return note is not None and bare(note) == key


def money_in(heads: Sequence[Mark]) -> str | None:
    words = "".join(mark.key + "".join(token.text for token in mark.tokens[:2]) for mark in heads)
    match = _MONEY.search(words)
    return None if match is None else match.group()


def _ordered(top: Sequence[str], grouped: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Heads as printed line by line -> columns from left to right: a group gives way to its members."""
    members = {column for group in grouped.values() for column in group}
    out: list[str] = []
    for one in top:
        if one in grouped:
            inner = [column for column in top if column in grouped[one]]
            if not inner:
                return None
            out.extend(inner)
        elif one not in members:
            out.append(one)
    return tuple(out) if len(set(out)) == len(out) and out else None
