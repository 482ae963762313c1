"""Rowspans and colspans: right, wrong, missing."""

from __future__ import annotations

from tests.renderings import grid
from tests.renderings.model import Cell, Draft
from tests.renderings.styles.registry import MODERN, Phase, style

REQUESTS = ("requests",)


@style(Phase.TABLE, rank=1, groups="header-spans", forms=MODERN, output="html")
def filler_header(draft: Draft) -> None:
    """Empty filler cells in the head of tables where the form has rowspans."""
    for table in draft.tables("requests", "remedies"):
        if table.header > 1:
            grid.unspan(table, range(1, table.header), repeat=False)


@style(Phase.TABLE, rank=1, groups="body-spans", forms=MODERN)
def filler_body(draft: Draft) -> None:
    """Empty filler cells below the group labels instead of rowspans."""
    for table in draft.tables(*REQUESTS):
        grid.unspan(table, range(table.header, len(table.rows)), repeat=False)


@style(Phase.TABLE, rank=1, groups="body-spans", forms=MODERN)
def repeated_groups(draft: Draft) -> None:
    """The group label is repeated on each row of its group."""
    for table in draft.tables(*REQUESTS):
        grid.unspan(table, range(table.header, len(table.rows)), repeat=True)


@style(Phase.TABLE, rank=5, groups="wrong-rowspan", forms=MODERN, output="html")
def rowspan_too_large(draft: Draft) -> None:
    """A group's rowspan reaches past its last row: 22 over 20 rows."""
    for table in draft.tables(*REQUESTS):
        groups = [c for row in table.rows[table.header :] for c in row if c.role == "group" and c.rowspan > 1]
        for cell in draft.rng.sample(groups, min(len(groups), draft.rng.choice((1, 1, 2, 5)))):
            cell.rowspan += draft.rng.choice((1, 1, 2, 3))


@style(Phase.TABLE, rank=5, groups="wrong-rowspan", forms=MODERN, output="html")
def rowspan_too_small(draft: Draft) -> None:
    """A group's rowspan ends too early; the rows below it begin one column to the left."""
    for table in draft.tables(*REQUESTS):
        groups = [c for row in table.rows[table.header :] for c in row if c.role == "group" and c.rowspan > 1]
        for cell in draft.rng.sample(groups, min(len(groups), draft.rng.choice((1, 1, 2)))):
            cell.rowspan -= draft.rng.randint(1, cell.rowspan - 1)


@style(Phase.TABLE, rank=6, groups="wrong-colspan", output="html")
def colspan_too_large(draft: Draft) -> None:
    """Labels and captions span more columns than there are."""
    for table in draft.tables():
        for row in table.rows[table.header :]:
            for cell in row:
                if cell.role in ("label", "caption", "group") and draft.rng.random() < 0.15:
                    cell.colspan += draft.rng.choice((1, 2, 7))


@style(Phase.TABLE, rank=6, groups="wrong-colspan", output="html")
def value_colspans(draft: Draft) -> None:
    """Some figures span two or three columns; their number and order stay right."""
    for table in draft.tables():
        for row in table.rows:
            if draft.rng.random() < 0.3:
                for cell in row:
                    if cell.role == "value" and draft.rng.random() < 0.5:
                        cell.colspan += draft.rng.choice((1, 1, 2))


@style(Phase.TABLE, rank=2, groups="disagree", forms=MODERN, output="html")
def spans_disagree(draft: Draft) -> None:
    """Head and figures of one block share the width differently: 1,1,2,1 over 1,2,1,1."""
    for table in draft.tables("disclosure"):
        for row in table.rows:
            cells: list[Cell] = [cell for cell in row if cell.role in ("header", "value")]
            spans = [cell.colspan for cell in cells]
            draft.rng.shuffle(spans)
            if len(cells) == 3 and set(spans) == {1}:
                spans = draft.rng.choice(([2, 1, 1], [1, 2, 1], [1, 1, 2]))
            for cell, span in zip(cells, spans, strict=True):
                cell.colspan = span
