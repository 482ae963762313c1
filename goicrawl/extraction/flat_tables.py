"""Reads tables out of text that has lost them.

A row counts only where its label stands under known heads and exactly as many figures follow as there
are columns. One figure more or less, and the row is left out: nobody can say whose figure is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goicrawl import forms
from goicrawl.documents.document import Block, Cell, Grid
from goicrawl.extraction.doubtful_labels import settle
from goicrawl.extraction.flat_heads import HeadFinder, money_in
from goicrawl.extraction.flat_numbers import take_line_numbers
from goicrawl.extraction.flat_remedies import RemediesReader
from goicrawl.extraction.flat_text import Mark, Stream, Token
from goicrawl.extraction.flat_values import Figures, figures_of
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.label_index import RowEntry, TableIndex, rank_tables, telling_forms
from goicrawl.extraction.lines import Line, find_nearly
from goicrawl.extraction.numerals import read_answer
from goicrawl.extraction.row_labels import finder_of
from goicrawl.forms.labels import bare, read_label


@dataclass
class Region:
    """Rows under one set of heads, as they are found."""

    index: TableIndex
    columns: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    first: int = 0
    last: int = 0
    unit: str | None = None
    """A unit of money that the heads name."""
    groups: list[tuple[int, RowEntry, str]] = field(default_factory=list)
    """Groups without figures: (number of the line they stand before, row, label)."""
    numbered: bool = False
    """Whether the heads name a column of line numbers."""
    permuted: bool = False
    """Whether the heads stand in another order than the form's, with no group to say why."""


def read_flat(
    blocks: Sequence[Block],
    wanted: frozenset[str],
    gathering: Gathering,
    cut: int | None = None,
) -> set[int]:
    """Look for the `wanted` tables in the paragraphs.

    Args:
        cut: the last block, where the text may break off in it: a figure at its end may have lost digits.

    Returns:
        The blocks that the tables take up.
    """
    marks = Stream(blocks).marks()
    if len(marks) < 3:
        return set()
    best: dict[str, TableIndex] = {}
    ranked = rank_tables({mark.key for mark in marks})
    for hits, index in ranked:
        if hits >= 2 and index.table.id in wanted:
            best.setdefault(index.table.id, index)
    grid = sum(1 for block in blocks if isinstance(block, Grid))
    consumed: set[int] = set()
    for table, index in best.items():
        gathering.tables.setdefault(table, telling_forms(ranked, table))
        if index.table.layout == "one_row":
            consumed |= RemediesReader(index, grid, gathering, cut).read(marks)
            continue
        consumed |= _read_matrix(index, grid, gathering, cut, marks)
    return consumed


def _read_matrix(
    index: TableIndex, grid: int, gathering: Gathering, cut: int | None, marks: Sequence[Mark]
) -> set[int]:
    reader = _Reader(index, grid, gathering, cut, marks)
    consumed = reader.read(marks)
    if reader.found and index.table.optional_rows:
        _say_unread(reader, marks)
    if not reader.found and reader.headed and "total" not in index.order:
        gathering.say("cells_do_not_fit_heads", f"{index.table.id} in the text: no row was read")
    if not reader.found and "total" in index.order:
        rows = sum(
            1
            for mark in marks
            if len(figures_of(mark.tokens, 0).first) >= 5 and reader.finder.find(mark.label) is not None
        )
        if rows >= 2:
            gathering.say("column_heads_not_matched", f"{index.table.id} in the text")
    return consumed


def _say_unread(reader: _Reader, marks: Sequence[Mark]) -> None:
    """Name the rows that are printed with figures and were not read, where a missing row is no gap."""
    table = reader.index.table.id
    known = {address.rsplit(".", 1)[0] for address in (*reader.gathering.answers, *reader.gathering.left_out)}
    unread: dict[str, None] = {}
    for mark in marks:
        entry = reader.finder.find(mark.label)
        if entry is None or entry.data_id is None or f"{table}.{entry.data_id}" in known:
            continue
        if any(read_answer(token.text).kind == "number" for token in figures_of(mark.tokens, 1).first):
            unread[entry.data_id] = None
    if unread:
        reader.gathering.say("cells_missing", f"{table}: {', '.join(unread)}")


class _Reader:
    def __init__(
        self, index: TableIndex, grid: int, gathering: Gathering, cut: int | None, marks: Sequence[Mark]
    ) -> None:
        self.index = index
        self.cut = cut
        self.last = marks[-1].tokens[-1:] if marks else ()
        self.finder = finder_of(index)
        self.heads = HeadFinder(index, self.finder)
        self.grid = grid
        self.gathering = gathering
        self.found = 0
        self.headed = False
        """Whether two heads or more of the table stand in the text."""
        self.consumed: set[int] = set()

    def read(self, marks: Sequence[Mark]) -> set[int]:
        at = 0
        region: Region | None = None
        while at < len(marks):
            heads = self.heads.find(marks, at)
            if heads is not None:
                self._close(region)
                columns, at = heads
                self.headed = self.headed or len(columns) > 1
                region = Region(self.index, columns, first=marks[at - 1].block, last=marks[at - 1].block)
                region.first = marks[self.heads.start].block
                run = marks[self.heads.start : at]
                region.unit = money_in(run)
                region.numbered = any(mark.key in forms.words().number_heads for mark in run)
                region.permuted = columns != self.index.order and set(columns) == set(self.index.order)
                for column, words in self.heads.completed.items():
                    detail = f"head {words!r} is cut short; read as the form's next head that begins so"
                    self.gathering.note("L1", f"{self.index.table.id}.{column}", detail)
                self._behind_heads(region, marks[at - 1])
                continue
            if region is not None and not self._row(region, marks[at]):
                self._close(region)
                region = None
            at += 1
        self._close(region)
        return self.consumed

    def _behind_heads(self, region: Region, mark: Mark) -> None:
        """Figures right behind the heads, under a label that no form has exactly."""
        figures = figures_of(mark.tokens, len(region.columns))
        if figures.first == [] and figures.rest and not set(figures.rest[0][0]) <= set("甲乙丙丁戊"):
            self._labelled(region, figures.rest)

    def _row(self, region: Region, mark: Mark) -> bool:
        """Take a mark as a row of the region; False where the region has ended."""
        after = max(
            (self.finder.place(line.entry) for line in region.lines if line.entry is not None), default=-1
        )
        entry = self.finder.find(mark.label, after)
        if entry is None:
            key_only = self.finder.find(mark.key, after)
            entry = key_only
        if entry is None:
            noise = self._is_caption(mark.key) or read_label(mark.key).key in ("续表", "单位")
            return noise and figures_of(mark.tokens, len(region.columns)).empty
        figures = figures_of(mark.tokens, len(region.columns))
        if entry.data_id is None or (entry.row.kind == "group" and not figures.first):
            region.last = mark.block
            region.groups.append((len(region.lines), entry, mark.label))
            if figures.first and any(read_answer(token.text).kind == "number" for token in figures.first):
                region.lines.append(Line(mark.block, mark.label, None, _cells(figures.first)))
            return figures.empty or self._labelled(region, figures.rest) or bool(figures.first)
        values = _cells(figures.first)
        known = any(line.entry is not None and line.entry.row.id == entry.row.id for line in region.lines)
        if known and len(values) != len(region.columns):
            # Prose behind the table names its rows again.
            return False
        if mark.glued and len(values) == len(region.columns) and not _adds_up(values, region.columns):
            values = values[:0]
        region.lines.append(Line(mark.block, mark.label, entry, values))
        region.last = max([mark.block, *(token.block for token in figures.first)])
        if figures.rest:
            return self._labelled(region, figures.rest)
        return True

    def _labelled(self, region: Region, rest: Sequence[tuple[str, list[Token]]]) -> bool:
        """Rows under labels that no form has exactly: (label, figures) pairs behind a known row."""
        count = len(region.columns)
        for label, tokens in rest:
            if len(tokens) != count or (count == 1 and len(label) > 40):
                if tokens and all(read_answer(token.text).kind == "slash" for token in tokens):
                    # A group's name that no form has: dashes say that it carries no figures.
                    continue
                if len(label) > (60 if count > 2 else 20):
                    return False
                if tokens:
                    detail = (
                        f"{label[:60]!r} in {self.index.table.id}: {len(tokens)} figures under {count} heads"
                    )
                    self.gathering.say("unknown_row", detail)
                continue
            region.lines.append(Line(tokens[0].block, label, None, _cells(tokens)))
            region.last = tokens[-1].block
        return True

    def ends_with(self, cell: Cell) -> bool:
        """Whether a figure is the last thing that the text has."""
        return any((token.block, token.place) == (cell.row, cell.column) for token in self.last)

    def _is_caption(self, key: str) -> bool:
        return any(
            block.caption is not None and bare(block.caption) == key
            for one in (self.index, *self.finder.akin)
            for block in one.table.blocks
        )

    def _close(self, region: Region | None) -> None:
        if region is None or not region.lines:
            return
        count = len(region.columns)
        if count < 5:
            take_line_numbers(region.lines, count, named=region.numbered)
        find_nearly(region.lines, self.finder)
        settle(region.lines, self.finder, region.groups)
        table = self.index.table.id
        whole = sum(1 for line in region.lines if len(line.values) == count)
        if whole == 0 and len(region.lines) < 5:
            return
        doubtful = whole < len(region.lines) or region.permuted
        for n, line in enumerate(region.lines):
            if line.entry is None or line.entry.data_id is None:
                if len(line.values) == count:
                    code = "row_not_told_apart" if line.undecided else "unknown_row"
                    self.gathering.say(code, f"{line.label[:60]!r} in {table} at block {line.row}")
                continue
            row = line.entry.data_id
            addresses = [f"{table}.{row}.{column}" for column in region.columns]
            if len(line.values) != count or (doubtful and not _adds_up(line.values, region.columns)):
                detail = f"{len(line.values)} figures under {count} heads at block {line.row}"
                self.gathering.refuse(addresses, "cells_do_not_fit_heads", detail)
                continue
            at_end = n == len(region.lines) - 1 and line.values[-1].row == self.cut
            sure = "total" in region.columns and _adds_up(line.values, region.columns)
            if at_end and self.ends_with(line.values[-1]) and not sure:
                self.gathering.refuse(addresses, "page_truncated", "the text ends in this row")
                continue
            if line.nearly:
                self.gathering.note(
                    "L1", f"{table}.{row}", f"label {line.label!r} was read as {line.entry.row.label!r}"
                )
            for address, cell in zip(addresses, line.values, strict=True):
                self.gathering.put(address, cell.text, (self.grid, cell.row, cell.column), region.unit)
            self.found += 1
        if region.last > region.first:
            self.consumed.update(range(region.first, region.last + 1))


def _adds_up(values: Sequence[Cell], columns: Sequence[str]) -> bool:
    """Whether the figures of a row bear their total out, so that none is lost, added or wrongly begun."""
    if "total" not in columns or len(columns) < 3:
        return True
    numbers = [read_answer(cell.text).value for cell in values]
    total = numbers[columns.index("total")]
    known = [number for number in numbers if number is not None]
    return total is None or len(known) < len(numbers) or sum(known) == 2 * total


def _cells(tokens: Sequence[Token]) -> list[Cell]:
    return [Cell(token.text, token.block, token.place) for token in tokens]


__all__ = ["Figures", "read_flat"]
