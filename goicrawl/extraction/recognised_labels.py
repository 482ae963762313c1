"""Column heads of recognised tables that differ from a form's by a misread character.

Rows with a slip in their label are found by their place (`lines.find_nearly`); heads have to be exact, which
a printed page's are and a recognised one's may not be. A head is taken for the only one of any form that is
as close, and that is noted.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from goicrawl import forms
from goicrawl.documents.document import Block, Cell, Document, Grid
from goicrawl.extraction.numerals import read_answer
from goicrawl.extraction.report import Finding
from goicrawl.forms.labels import bare

_SHORTEST: Final = 3
"""Shorter heads have neighbours in every text."""
_LONG: Final = 8
"""From this length two characters may be misread."""


def with_known_heads(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    """The document with the heads of its recognised tables as the forms print them, and a note of each."""
    if not any(grid.recognised for grid in document.grids):
        return document, ()
    notes: dict[str, Finding] = {}
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.recognised:
            cells = tuple(_settled(cell, notes) for cell in block.cells)
            block = replace(block, cells=cells)
        blocks.append(block)
    return replace(document, blocks=tuple(blocks)), tuple(notes.values())


def _settled(cell: Cell, notes: dict[str, Finding]) -> Cell:
    if len(cell.text) < _SHORTEST or read_answer(cell.text).kind != "text":
        return cell
    found = _closest(bare(cell.text))
    if found is None:
        return cell
    label, table = found
    notes.setdefault(cell.text, Finding("L1", "info", table, f"label {cell.text!r} was read as {label!r}"))
    return cell._replace(text=label)


def _closest(text: str) -> tuple[str, str] | None:
    """(label, table) of the one head that a text is a slip of; None where it is a label or none is near."""
    heads, others = _vocabulary()
    if len(text) < _SHORTEST or text in heads or text in others:
        return None
    allowed = 2 if len(text) >= _LONG else 1
    best = allowed + 1
    found: list[tuple[str, str]] = []
    for key, named in heads.items():
        if abs(len(key) - len(text)) > allowed or len(key) < _SHORTEST:
            continue
        distance = Levenshtein.distance(text, key, score_cutoff=allowed)
        if distance < best:
            best, found = distance, [named]
        elif distance == best and distance <= allowed:
            found.append(named)
    if best > allowed or len({label for label, _ in found}) != 1:
        return None
    if any(Levenshtein.distance(text, other, score_cutoff=best) <= best for other in others):
        return None
    return found[0]


@cache
def _vocabulary() -> tuple[dict[str, tuple[str, str]], frozenset[str]]:
    """Heads by their bare text, and the labels of rows, which are no heads."""
    heads: dict[str, tuple[str, str]] = {}
    rows: set[str] = set()
    for form in forms.load().values():
        for table in form.tables:
            labels = [group.label for group in table.column_groups]
            for column in table.columns:
                labels += [column.label, *column.aliases]
            for row in table.rows:
                own = [row.label, *row.aliases]
                if table.layout == "one_row":
                    labels += [*own, *([row.parent] if row.parent is not None else [])]
                else:
                    rows.update(bare(label) for label in own)
            for label in labels:
                heads.setdefault(bare(label), (label, table.id))
    return heads, frozenset(rows - heads.keys())
