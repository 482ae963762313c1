"""What was recognised in a picture is kept only where the form's own sums bear it out.

A misread digit looks like any other. So a row of recognised cells stays only if each of its cells is part of
a sum that holds over what was read: the row's own, or its columns'. A row that no sum covers is left out,
however clear it looks; what was read of it stands in the reason. Which sums there are, the identities in
forms/ say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from goicrawl import forms
from goicrawl.checks.sums import Side, Sum, sums_of
from goicrawl.documents.document import Document, Grid, Paragraph
from goicrawl.extraction.report import Answer
from goicrawl.extraction.tables import Tables

_SHOWN: Final = 60
"""Rows that a reason names; no form has more with sums."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sum over what was read: its cells, and whether it holds; None where a part is no number."""

    rule: str
    at: str
    cells: frozenset[str]
    holds: bool | None
    said: str


def bear_out(document: Document, tables: Tables) -> Tables:
    """The tables without recognised rows that no sum bears out, and a reason for each of them."""
    recognised = _recognised(document, tables.cells)
    if not recognised:
        return tables
    judged = list(_judged(tables))
    covered = {address for one in judged for address in one.cells}
    borne = {address for one in judged if one.holds is True for address in one.cells}
    rows: dict[str, list[str]] = {}
    for address in tables.cells:
        if address not in recognised:
            continue
        rows.setdefault(address.rsplit(".", 1)[0], []).append(address)
    dropped: set[str] = set()
    uncovered: list[str] = []
    refuted: list[str] = []
    for row, addresses in rows.items():
        if all(address in borne for address in addresses):
            continue
        dropped.update(addresses)
        told = _told(row, addresses, tables.cells)
        if covered.isdisjoint(addresses):
            uncovered.append(told)
        else:
            refuted.append(f"{told} {_why(set(addresses), judged)}")
    cells = {address: answer for address, answer in tables.cells.items() if address not in dropped}
    reasons = list(tables.reasons)
    if refuted:
        reasons.append(f"row_not_borne_out: {_listed(refuted)}")
    if uncovered:
        reasons.append(f"row_without_sum: {_listed(uncovered)}")
    failing = [
        f"{one.rule} at {one.at}: {one.said}"
        for one in judged
        if one.holds is False and not recognised.isdisjoint(one.cells) and not one.cells <= dropped
    ]
    if failing:
        reasons.append(f"recognised_sum_fails: {_listed(failing)}")
    return replace(tables, cells=cells, reasons=tuple(reasons))


def doubts_on(document: Document) -> tuple[str, ...]:
    """What to say of text that was recognised and that nothing can bear out."""
    lines = sum(1 for block in document.paragraphs if block.recognised)
    if lines == 0:
        return ()
    return (f"recognised_text: {lines} paragraphs were recognised in a picture; a character may be misread",)


def _recognised(document: Document, cells: Mapping[str, Answer]) -> frozenset[str]:
    """The addresses of cells that come from a picture."""
    grids = document.grids
    if not any(grid.recognised for grid in grids) and not any(p.recognised for p in document.paragraphs):
        return frozenset()
    return frozenset(address for address, answer in cells.items() if _from_picture(answer, document, grids))


def _from_picture(answer: Answer, document: Document, grids: tuple[Grid, ...]) -> bool:
    grid, place, _ = answer.at
    if grid < len(grids):
        return grids[grid].recognised
    # A cell of a flattened table: the second number counts the document's blocks.
    block = document.blocks[place] if place < len(document.blocks) else None
    return not isinstance(block, Paragraph) or block.recognised


def _judged(tables: Tables) -> Iterator[_Judged]:
    form = None if tables.form is None else forms.load().get(tables.form)
    for identity in forms.identities():
        if identity.check != "sum" or not identity.holds_for(tables.form):
            continue
        for one in sums_of(identity, form):
            left, right = one.left.total(tables.cells), one.right.total(tables.cells)
            holds = None if left is None or right is None else left == right
            said = "" if left is None or right is None else f"{one.left.says(left)}, {one.right.says(right)}"
            yield _Judged(identity.id, one.at, _cells_of(one, tables.cells), holds, said)


def _cells_of(one: Sum, cells: Mapping[str, Answer]) -> frozenset[str]:
    return frozenset(address for side in (one.left, one.right) for address in _of_side(side, cells))


def _of_side(side: Side, cells: Mapping[str, Answer]) -> Iterator[str]:
    yield from side.cells
    for group in side.groups:
        if group.single in cells:
            yield group.single
        yield from (member for member in group.members if member in cells or group.single not in cells)


def _told(row: str, addresses: list[str], cells: Mapping[str, Answer]) -> str:
    first = cells[addresses[0]]
    shown = ", ".join(_shown(cells[address]) for address in addresses)
    return f"{row} at {list(first.at[:2])}, read {shown}"


def _shown(answer: Answer) -> str:
    return "(blank)" if answer.kind == "blank" else " ".join(answer.raw.split())[:40]


def _why(addresses: set[str], judged: list[_Judged]) -> str:
    """In brackets: the sum of this row that fails, or that none can be reckoned."""
    rows = {address.rsplit(".", 1)[0] for address in addresses}
    for one in judged:
        own = {address.rsplit(".", 1)[0] for address in one.cells} <= rows
        if own and one.holds is False:
            return f"({one.rule}: {one.said})"
    if any(one.holds is False and addresses & one.cells for one in judged):
        return "(its sums do not hold)"
    return "(a part of its sum is no number)"


def _listed(items: list[str]) -> str:
    more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return "; ".join(items[:_SHOWN]) + more
