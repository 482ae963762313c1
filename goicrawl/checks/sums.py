"""Sums: both sides of an identity add up to the same.

A side counts only where every part of it is a printed number: a blank, a stroke, words and a cell that
is not there are not zero, so the identity cannot be assessed then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goicrawl.checks.words import exact_sum, plain, shown
from goicrawl.extraction.report import Answer, Finding, Report
from goicrawl.forms import Equation, Form, Identity, Table
from goicrawl.registry import Registry

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Cells of one group of rows, and the cell that stands for them where the group is printed as one row."""

    members: tuple[str, ...]
    single: str

    def total(self, cells: Mapping[str, Answer]) -> Number | None:
        """The group's sum, None where it is not known.

        The one row stands for the group where none of the group's own rows is there. Where both are
        there, either could be the one that was meant, so they count only if they say the same.
        """
        one = cells.get(self.single)
        if one is None:
            return _total(self.members, cells)
        if not any(member in cells for member in self.members):
            return one.value
        members = _total(self.members, cells)
        return members if members is not None and members == one.value else None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sum: cells, groups that may be printed as one row, and its name in English."""

    cells: tuple[str, ...]
    groups: tuple[Group, ...]
    name: str

    def total(self, cells: Mapping[str, Answer]) -> Number | None:
        """The sum of the side, None where a part is missing or is no number."""
        total = _total(self.cells, cells)
        if total is None or not self.groups:
            return total
        parts = [total]
        for group in self.groups:
            part = group.total(cells)
            if part is None:
                return None
            parts.append(part)
        return exact_sum(parts)

    def says(self, total: Number) -> str:
        verb = "says" if len(self.cells) == 1 and not self.groups else "add up to"
        return f"{self.name} {verb} {shown(total)}"


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation for one column, row or report: the two sides, and the cell a finding is put at."""

    left: Side
    right: Side
    at: str
    subject: str | None


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]] | None:
    """The check of one identity, or None where the form has nothing it could be held to."""
    prepared = sums_of(identity, form)
    if not prepared:
        return None

    def check(report: Report, registry: Registry) -> list[Finding]:
        found = []
        cells = report.cells
        for one in prepared:
            left = one.left.total(cells)
            if left is None:
                continue
            right = one.right.total(cells)
            if right is None or left == right:
                continue
            message = f"{one.left.says(left)}, {one.right.says(right)}"
            if one.subject is not None:
                message = f"{one.subject}: {message}"
            found.append(Finding(identity.id, identity.severity, one.at, message, left, right))
        return found

    return check


def sums_of(identity: Identity, form: Form | None) -> tuple[Sum, ...]:
    """The identity's equations for every column, row or report of the form, in printed order."""
    if form is None or identity.table is None:
        return ()
    table = form.table(identity.table)
    if table is None:
        return ()
    lines = _Lines(form, table)
    every = {
        "column": lines.of_columns, "row": lines.of_rows, "report": lines.of_report, "cell": lines.of_nothing,
    }[identity.per]  # fmt: skip
    found = [one for equation in identity.equations for one in every(equation)]
    return tuple(sorted(found, key=lambda one: lines.places[one.at]))


class _Lines:
    """A table's cells by row and column, from which equations are written out."""

    def __init__(self, form: Form, table: Table) -> None:
        self.table = table
        self.rows = {
            name: row.english
            for row in table.rows
            if (name := row.single_row_id if row.kind == "group" else row.id) is not None
        }
        self.columns = {column.id: column.english for column in table.columns}
        self.places = {cell.address: place for place, cell in enumerate(form.printed_cells)}
        self.groups = {
            row.single_row_id: tuple(member.id for member in table.rows_of_group(row))
            for row in table.one_row_groups
        }

    def of_nothing(self, equation: Equation) -> Iterator[Sum]:
        """A single cell has no sum."""
        return iter(())

    def of_columns(self, equation: Equation) -> Iterator[Sum]:
        for column, english in self.columns.items():
            names = [[f"{name}.{column}" for name in side] for side in (equation.left, equation.right)]
            subject = english if len(self.columns) > 1 else None
            yield from self._sum(equation, names, f"{equation.at}.{column}", subject)

    def of_rows(self, equation: Equation) -> Iterator[Sum]:
        for row, english in self.rows.items():
            names = [[f"{row}.{name}" for name in side] for side in (equation.left, equation.right)]
            yield from self._sum(equation, names, f"{row}.{equation.at}", english)

    def of_report(self, equation: Equation) -> Iterator[Sum]:
        yield from self._sum(equation, [equation.left, equation.right], equation.at, None)

    def _sum(
        self, equation: Equation, names: Sequence[Sequence[str]], at: str, subject: str | None
    ) -> Iterator[Sum]:
        left = self._side(names[0], equation.left_english or self._name(equation.left))
        right = self._side(names[1], equation.right_english or self._name(equation.right))
        at = f"{self.table.id}.{at}"
        # A column that only some blocks have makes no sum for the rows of the others.
        if left is not None and right is not None and at in self.places:
            yield Sum(left, right, at, None if subject is None else plain(subject))

    def _side(self, names: Sequence[str], english: str) -> Side | None:
        """A side from names `row.column`, with or without *; None where the form lacks a cell."""
        addresses: dict[str, None] = {}
        for name in names:
            row, _, column = name.partition(".")
            for one in self._matching(row, self.rows):
                for other in self._matching(column, self.columns):
                    if row.endswith("*") and one in self.groups:
                        continue  # stands for rows that have their own addresses
                    addresses[f"{self.table.id}.{one}.{other}"] = None
        if not addresses or any(address not in self.places for address in addresses):
            return None
        groups = []
        for single, members in self.groups.items():
            for column in self.columns:
                own = tuple(f"{self.table.id}.{member}.{column}" for member in members)
                if all(address in addresses for address in own):
                    groups.append(Group(own, f"{self.table.id}.{single}.{column}"))
                    for address in own:
                        del addresses[address]
        return Side(tuple(addresses), tuple(groups), plain(english))

    def _matching(self, name: str, known: Mapping[str, str]) -> list[str]:
        if not name.endswith("*"):
            return [name]
        return [one for one in known if one.startswith(name[:-1])]

    def _name(self, names: Sequence[str]) -> str:
        """A side in English from the English of its rows or columns."""
        english = {row.id: row.english for row in self.table.rows} | self.columns | self.rows
        parts = []
        for name in names:
            words = []
            for part in name.split("."):
                head = english.get(part.removesuffix("*").rstrip("_"), part)
                words.append(f"the parts of {head}" if part.endswith("*") else english.get(part, part))
            parts.append(": ".join(words))
        return " + ".join(parts)


def _total(addresses: Sequence[str], cells: Mapping[str, Answer]) -> Number | None:
    values: list[Number] = []
    for answer in map(cells.get, addresses):
        if answer is None or (value := answer.value) is None:
            return None
        values.append(value)
    return exact_sum(values)
