"""Which form a set of cells belongs to, and which of the form's cells are not there."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from goicrawl import forms
from goicrawl.extraction.gathering import Gathering
from goicrawl.forms.model import Form


def form_of(gathering: Gathering) -> str | None:
    """The form whose cells these are: from the tables, never from the year.

    Where two forms have as many of the cells and labels, the one of which less is missing; where nothing is
    between them, the first, and that is said.
    """
    addresses = set(gathering.answers) | set(gathering.left_out)
    scores: dict[str, float] = {}
    for form in forms.load().values() if addresses else ():
        own = len(addresses & form.addresses)
        instead = len(addresses & _alternates(form.id))
        labels = sum(1 for told in gathering.tables.values() if form.id in told)
        foreign = len(addresses) - own - instead
        if own + instead:
            scores[form.id] = own + 0.5 * instead - foreign + 4 * labels
    if not scores:
        return None
    fitting = [form for form, score in scores.items() if score == max(scores.values())]
    if len(fitting) > 1:
        missing = {form: _missing(forms.load()[form], addresses) for form in fitting}
        fitting = [form for form in fitting if missing[form] == min(missing.values())]
    if len(fitting) > 1:
        gathering.say("form_ambiguous", f"the tables fit {' and '.join(fitting)} alike; read as {fitting[0]}")
    return fitting[0]


def _missing(form: Form, addresses: Set[str]) -> int:
    """How many cells of the form are not there, without the tables of which organs print only some rows."""
    spare = {table.id for table in form.tables if table.optional_rows}
    return sum(1 for address in _due(form.id, addresses) - addresses if address.split(".")[0] not in spare)


def _due(form: str, addresses: Set[str]) -> frozenset[str]:
    """The form's cells without the columns that it may lack and that nothing stands in."""
    optional = _optional_columns(form)
    if not optional:
        return forms.load()[form].addresses
    spare = optional - {(table, column) for table, _, column in (one.split(".") for one in addresses)}
    return frozenset(
        cell.address for cell in forms.load()[form].cells if (cell.table, cell.column) not in spare
    )


@cache
def _optional_columns(form: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (table.id, column.id)
        for table in forms.load()[form].tables
        for column in table.columns
        if column.optional
    )


@cache
def _alternates(form: str) -> frozenset[str]:
    return frozenset(cell.address for cell in forms.load()[form].alternates)


@cache
def _groups(form: str) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """(group, addresses of its rows, addresses of the one row printed instead) where a form allows that."""
    out = []
    for table in forms.load()[form].tables:
        for block in table.blocks:
            for at, row in enumerate(block.rows):
                if row.single_row_id is None:
                    continue
                members: set[str] = set()
                for later in block.rows[at + 1 :]:
                    if later.level <= row.level:
                        break
                    members.update(f"{table.id}.{later.id}.{column.id}" for column in block.columns)
                single = {f"{table.id}.{row.single_row_id}.{column.id}" for column in block.columns}
                out.append((row.id, frozenset(members), frozenset(single)))
    return tuple(out)


def what_is_missing(form: Form, gathering: Gathering) -> None:
    """Say which of the form's cells the document does not have."""
    for group, members, single in _groups(form.id):
        both = single & gathering.answers.keys()
        if both and members & (gathering.answers.keys() | gathering.left_out.keys()):
            gathering.refuse(sorted(both), "group_and_rows", f"figures beside {group} and beside its rows")
    have = set(gathering.answers) | set(gathering.left_out)
    expected = set(_due(form.id, have))
    for _, members, single in _groups(form.id):
        if have & single and not have & members:
            expected = (expected - members) | single
        elif have & single:
            expected |= single
    for address in sorted(have - expected):
        if address in gathering.answers:
            gathering.say("cell_of_another_form", address)
    missing = expected - have
    if not missing:
        return
    for table in form.tables:
        if table.optional_rows and any(address.startswith(f"{table.id}.") for address in have):
            continue
        rows: dict[str, int] = {}
        for cell in form.cells:
            if cell.table == table.id and cell.address in missing:
                rows[cell.row] = rows.get(cell.row, 0) + 1
        if not rows:
            continue
        if not any(address.startswith(f"{table.id}.") for address in have):
            gathering.say("table_missing", table.id)
        else:
            gathering.say("cells_missing", f"{table.id}: {', '.join(rows)}")
