"""Column heads in running text: which run of labels heads figures, and in what order they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goicrawl import forms
from goicrawl.extraction.flat_text import Mark
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.row_labels import RowFinder
from goicrawl.forms.labels import bare

_CUT = "~"
"""Stands before a head that was printed only in part."""
_MONEY = re.compile(r"[万千亿]?元")


class HeadFinder:
    """Finds runs of a table's column heads.

    `start` is the mark that the last one found begins with, `completed` what its heads that are printed only
    in part (a copy that keeps the first line of each cell) were taken for: column -> words printed.
    """

    def __init__(self, index: TableIndex, finder: RowFinder) -> None:
        self.index = index
        self.finder = finder
        self.start = 0
        self.completed: dict[str, str] = {}

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
                if all(self._begins_head(token.text) for token in between):
                    top.extend(_CUT + bare(token.text) for token in between)
                    continue
                break
        printed = top
        if any(one.startswith(_CUT) for one in top):
            top = self._complete(top)
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
        self.completed = {
            column: one.removeprefix(_CUT)
            for column, one in zip(columns, printed, strict=False)
            if one.startswith(_CUT)
        }
        return columns, n

    def _begins_head(self, text: str) -> bool:
        """Whether a word is the beginning of a head and not the whole of one."""
        key = bare(text)
        return len(key) >= 3 and any(one.startswith(key) and one != key for one in self.index.column_keys)

    def _complete(self, top: Sequence[str]) -> list[str]:
        """Heads cut short, completed where one block of the form alone has such heads in this order."""
        fitting = {
            ids
            for index in (self.index, *self.finder.akin)
            for block in index.table.blocks
            if len(ids := tuple(column.id for column in block.columns)) == len(top)
            and all(self._is_or_begins(one, column) for one, column in zip(top, ids, strict=True))
        }
        return list(fitting.pop()) if len(fitting) == 1 else []

    def _is_or_begins(self, printed: str, column: str) -> bool:
        if not printed.startswith(_CUT):
            return printed == column
        words = printed.removeprefix(_CUT)
        return any(key.startswith(words) for key, one in self.index.column_keys.items() if one == column)

    def _enough(self, top: Sequence[str], at: int, marks: Sequence[Mark]) -> bool:
        """One head alone is a head only where it is no row's label as well, and rows follow."""
        known = {column for one in (self.index, *self.finder.akin) for column in one.order}
        columns = [one for one in top if one in known]
        blocks = {tuple(column.id for column in block.columns) for block in self.index.table.blocks}
        due = [column.id for column in self.index.table.columns if not column.optional]
        if len(columns) == 1:
            return (
                due == columns
                or len(self.index.order) == 1
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
        if key in forms.words().heads:
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
