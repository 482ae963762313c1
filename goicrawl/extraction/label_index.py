"""Finds the row or the column that a printed label names, in the tables of all forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from goicrawl import forms
from goicrawl.extraction.wording import likeness
from goicrawl.forms.labels import Label, read_label, squeeze
from goicrawl.forms.model import Column, Form, Row, Table

_BRACKET_ENDS = "）)]】"
_UNIT_BEHIND = re.compile(r"[（(\[](?:单位[:：]?)?(?:件|条|项|个|次|万元|元|人|篇|人次)[）)\]]$")


@dataclass(frozen=True, slots=True)
class RowEntry:
    """A row of a form's table; `place` is its place in the table, counted from 0."""

    row: Row
    place: int
    columns: tuple[Column, ...]
    labels: tuple[Label, ...]

    @property
    def data_id(self) -> str | None:
        """The row id that its numbers stand under; None for a group that holds none."""
        return self.row.single_row_id if self.row.kind == "group" else self.row.id


@dataclass
class TableIndex:
    """One table of one form, by label."""

    form: str
    table: Table
    rows: list[RowEntry] = field(default_factory=list)
    by_key: dict[str, list[RowEntry]] = field(default_factory=dict)
    column_keys: dict[str, str] = field(default_factory=dict)
    patterned: list[Column] = field(default_factory=list)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    memory: dict[object, object] = field(default_factory=dict)
    """What readers of this table have found out about texts; it may be cleared at any time."""
    leaves: dict[str, tuple[str | None, str] | None] = field(default_factory=dict)
    """The same of what single heads name, for `one_row_heads.leaf_of`."""
    _columns: dict[str, str | None] = field(default_factory=dict)
    _groups: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """The words of all heads, longest first."""
        return tuple(sorted(self.column_keys, key=lambda key: -len(key)))

    def column_of(self, text: str) -> str | None:
        """The column that a head names, or None. A head one sign off a long name still names it."""
        if len(text) > 60:
            return None
        if text in self._columns:
            return self._columns[text]
        if len(self._columns) > 4096:
            self._columns.clear()
        found = self._columns[text] = self._column_of(text)
        return found

    def _column_of(self, text: str) -> str | None:
        for variant in without_unit(text):
            found = self.column_keys.get(read_label(variant).key)
            if found is not None:
                return found
        key = read_label(text).key
        for column in self.patterned:
            pattern = column.pattern
            if pattern is not None and pattern.fullmatch(squeeze(text)) is not None:
                return column.id
        if len(key) >= 4 and not any(sign.isdigit() for sign in key):
            near = {c for k, c in self.column_keys.items() if len(k) >= 4 and _near(key, k, 1)}
            if len(near) == 1:
                return near.pop()
        return None

    def group_of(self, text: str) -> tuple[str, ...] | None:
        """The columns of the group that a head names, or None."""
        if len(text) > 60:
            return None
        if text in self._groups:
            return self._groups[text]
        if len(self._groups) > 4096:
            self._groups.clear()
        found = self._groups[text] = self._group_of(text)
        return found

    def _group_of(self, text: str) -> tuple[str, ...] | None:
        key = read_label(text).key
        found = self.groups.get(key)
        if found is None and len(key) >= 5:
            near = [v for k, v in self.groups.items() if _near(key, k, 1)]
            found = near[0] if len(near) == 1 else None
        return found


def similarity(key: str, entry: RowEntry, number: int | None) -> float:
    """0 to 1: how surely a label's words mean the row's; the same number counts a little."""
    best = 0.0
    for label in entry.labels:
        score = likeness(key, label.key)
        if score > 0 and number is not None and number == label.number:
            score += 0.08
        best = max(best, score)
    return min(best, 1.0)


def _near(one: str, other: str, distance: int) -> bool:
    return abs(len(one) - len(other)) <= distance and likeness(one, other) >= 1 - 0.05 * distance


def _index(form: Form, table: Table) -> TableIndex:
    index = TableIndex(form.id, table, order=tuple(column.id for column in table.columns))
    for block in table.blocks:
        for row in block.rows:
            labels = tuple(dict.fromkeys(read_label(text) for text in (row.label, *row.aliases)))
            entry = RowEntry(row, len(index.rows), block.columns, labels)
            index.rows.append(entry)
            for key in dict.fromkeys(label.key for label in labels):
                index.by_key.setdefault(key, []).append(entry)
        for column in block.columns:
            if column.patterns:
                index.patterned.append(column)
            for text in (column.label, *column.aliases):
                index.column_keys[read_label(text).key] = column.id
    for group in table.column_groups:
        index.groups[read_label(group.label).key] = group.columns
    return index


@cache
def indexes() -> tuple[TableIndex, ...]:
    """An index for every table of every form, forms in their order.

    A table knows the column heads of nearly the same table in other forms too: organs mix them.
    """
    found = tuple(_index(form, table) for form in forms.load().values() for table in form.tables)
    for one in found:
        for other in found:
            if are_akin(one, other):
                for key, column in other.column_keys.items():
                    one.column_keys.setdefault(key, column)
    return found


def are_akin(one: TableIndex, other: TableIndex) -> bool:
    """Whether two forms have nearly the same table: half of the rows of the smaller one at least."""
    if one is other or one.table.id != other.table.id:
        return False
    shared = one.by_key.keys() & other.by_key.keys()
    return 2 * len(shared) >= min(len(one.by_key), len(other.by_key))


def telling_forms(ranked: Sequence[tuple[int, TableIndex]], table_id: str) -> tuple[str, ...]:
    """The forms whose table of this name has more of the labels than any other's; several for a tie."""
    mine = [(hits, index.form) for hits, index in ranked if index.table.id == table_id]
    return tuple(form for hits, form in mine if hits == mine[0][0])


def without_unit(text: str) -> tuple[str, ...]:
    """The label, and the label without a unit that somebody put behind it: 规章（件）."""
    plain = squeeze(text).rstrip(":：")
    cut = _UNIT_BEHIND.sub("", plain)
    return (text,) if cut in (plain, "") else (text, cut)


@cache
def _telling_keys() -> dict[str, tuple[int, ...]]:
    """Label words of at least three signs -> the tables that have them."""
    found: dict[str, list[int]] = {}
    for number, index in enumerate(indexes()):
        keys = {label.key for entry in index.rows for label in entry.labels} | set(index.column_keys)
        for key in keys:
            if len(key) >= 3 or key == "规章":
                found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


@lru_cache(maxsize=8192)
def _tables_telling(text: str) -> tuple[int, ...]:
    """The tables that have this label, or have it without the unit behind it."""
    found = _telling_keys().get(read_label(text).key)
    if found is None and text[-1] in _BRACKET_ENDS:
        found = _telling_keys().get(read_label(without_unit(text)[-1]).key)
    return found or ()


def rank_tables(texts: Iterable[str]) -> list[tuple[int, TableIndex]]:
    """Which tables a set of cell texts speaks of: (number of labels found, index), best first.

    Tables with as many labels stand in the forms' order.
    """
    hits: dict[int, int] = {}
    for text in set(texts):
        if 1 < len(text) < 120:
            for number in _tables_telling(text):
                hits[number] = hits.get(number, 0) + 1
    every = indexes()
    ranked = sorted(hits.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(count, every[n]) for n, count in ranked]


@cache
def siblings(table_id: str) -> tuple[TableIndex, ...]:
    """Every form's table of this name."""
    return tuple(index for index in indexes() if index.table.id == table_id)
