"""Reads the one-row table (复议 and 诉讼) out of text that has lost it."""

from __future__ import annotations

from collections.abc import Sequence

from goicrawl import forms
from goicrawl.extraction.flat_text import Mark, Token
from goicrawl.extraction.flat_values import figures_of
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.numerals import read_answer
from goicrawl.forms.labels import bare


def _adds_up(tokens: Sequence[Token], count: int) -> bool:
    """Whether the last figures are a whole group that bears its total out."""
    numbers = [value for token in tokens if (value := read_answer(token.text).value) is not None]
    return len(numbers) == count and sum(numbers[:-1]) == numbers[-1]


class RemediesReader:
    """Follows group names and heads until their figures come."""

    def __init__(self, index: TableIndex, grid: int, gathering: Gathering, cut: int | None = None) -> None:
        self.cut = cut
        self.index = index
        self.grid = grid
        self.gathering = gathering
        self.rows = {bare(row.label): row.id for row in index.table.rows}
        self.parents = {bare(row.parent) for row in index.table.rows if row.parent is not None}
        self.forget()

    def forget(self) -> None:
        self.group: str | None = None
        self.groups: list[str] = []
        self.pending: list[tuple[str | None, str]] = []
        self.heads: tuple[str, ...] = ()
        self.start: int | None = None

    def read(self, marks: Sequence[Mark]) -> set[int]:
        """Read every figure that surely has a head. Returns the blocks taken."""
        consumed: set[int] = set()
        order = self.index.order
        previous_group = False
        for mark in marks:
            row = self.rows.get(mark.key)
            column = self.index.column_keys.get(mark.key)
            if row is not None:
                self.group = row
                self.groups.append(row)
                if self.start is None:
                    self.start = mark.block
                previous_group = True
            elif column is not None and (self.start is not None or column != "total"):
                if self.start is None:
                    self.start = mark.block
                self.pending.append((self.group if previous_group else None, column))
                previous_group = False
            elif mark.key in self.parents:
                previous_group = False
                if self.start is None:
                    self.start = mark.block
            elif mark.key in forms.words().heads:
                if not self.pending:
                    continue
            else:
                self.forget()
                previous_group = False
                continue
            figures = figures_of(mark.tokens, len(self.pending) or len(order))
            if figures.empty:
                continue
            taken = self._take(figures.first) if figures.first else False
            if taken:
                last = figures.first[-1].block
                first = mark.block if self.start is None else self.start
                if last > first:
                    consumed.update(range(first, last + 1))
                self.start = last
                previous_group = False
                if figures.rest and not self._only_words(figures.rest):
                    self.forget()
            elif figures.first or figures.rest:
                if figures.first and len(self.pending) >= len(order):
                    self._refuse(len(figures.first), mark.block)
                self.forget()
                previous_group = False
        return consumed

    def _only_words(self, rest: Sequence[tuple[str, list[Token]]]) -> bool:
        return all(not tokens and len(words) <= 12 for words, tokens in rest)

    def _take(self, tokens: Sequence[Token]) -> bool:
        order = self.index.order
        path = self._path(len(tokens))
        if path is None:
            return False
        if tokens[-1].block == self.cut and not _adds_up(tokens[-len(order) :], len(order)):
            addresses = [f"{self.index.table.id}.{row}.{column}" for row, column in path]
            self.gathering.refuse(addresses, "page_truncated", "the text ends in these figures")
            return False
        for (row, column), token in zip(path, tokens, strict=True):
            address = f"{self.index.table.id}.{row}.{column}"
            self.gathering.put(address, token.text, (self.grid, token.block, token.place))
        if len(path) == len(order):
            self.heads = order
        self.pending = []
        self.groups = [self.group] if self.group is not None and len(path) == 1 else []
        return True

    def _path(self, count: int) -> list[tuple[str, str]] | None:
        order = self.index.order
        rows = [row.id for row in self.index.table.rows]
        columns = tuple(column for _, column in self.pending)
        if count == len(rows) * len(order) == len(columns):
            if all(group is not None for group, _ in self.pending):
                path = [(group, column) for group, column in self.pending if group is not None]
                return path if len(set(path)) == len(path) else None
            if columns == order * len(rows) and self.groups == rows:
                return [(row, column) for row in rows for column in order]
            return None
        if count == len(order) and self.group is not None:
            under_own = columns == order and len(set(self.groups)) <= 1
            under_common = columns == () and self.heads == order
            if under_own or under_common:
                return [(self.group, column) for column in order]
        if count == 1 and len(columns) == 1 and self.group is not None:
            return [(self.group, columns[0])]
        return None

    def _refuse(self, count: int, block: int) -> None:
        table = self.index.table.id
        addresses = [
            cell
            for row in self.index.table.rows
            for cell in (f"{table}.{row.id}.{c}" for c in self.index.order)
        ]
        addresses = [address for address in addresses if address not in self.gathering.answers]
        if addresses:
            detail = f"{count} figures under {len(self.pending)} heads at block {block}"
            self.gathering.refuse(addresses, "cells_do_not_fit_heads", detail)
