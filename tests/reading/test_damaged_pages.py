"""The official page, damaged at random, one damage a row: what is read is what stood there, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goicrawl.reading import parse_report
from tests.extraction.pages import official, wrong
from tests.renderings import printing
from tests.renderings.model import Cell, Draft, Row

Damage = Callable[[Random, Row], None]
NOT_A_FIGURE = "31415926"


def values(row: Row) -> list[int]:
    return [n for n, cell in enumerate(row) if cell.role == "value"]


def lose(rng: Random, row: Row) -> None:
    """A cell of figures is not there."""
    del row[rng.choice(values(row))]


def merge(rng: Random, row: Row) -> None:
    """Two or three cells are one, with the first one's figure."""
    places = values(row)
    if len(places) > 1:
        first = rng.randrange(len(places) - 1)
        last = min(first + rng.randint(1, 2), len(places) - 1)
        row[places[first]].colspan += sum(row[n].colspan for n in places[first + 1 : last + 1])
        del row[places[first] + 1 : places[last] + 1]


def add(rng: Random, row: Row) -> None:
    """A cell that nobody asked for, blank or not."""
    at = rng.choice(values(row)) + rng.randint(0, 1)
    row.insert(at, Cell(rng.choice(("", "0", NOT_A_FIGURE, "件", "/")), "filler"))


def silence(_: Random, row: Row) -> None:
    """The row's own label is blank."""
    for cell in row:
        if cell.role == "label":
            cell.text = ""


def misname(rng: Random, row: Row) -> None:
    """The row's label has lost a sign or has another one."""
    for cell in row:
        if cell.role == "label" and len(cell.text) > 6:
            at = rng.randrange(len(cell.text))
            cell.text = cell.text[:at] + rng.choice(("", "之", "0")) + cell.text[at + 1 :]


def blank(rng: Random, row: Row) -> None:
    """Some figures are blank."""
    for n in rng.sample(values(row), rng.randint(1, len(values(row)))):
        row[n].text = ""


def double(rng: Random, row: Row) -> None:
    """Two figures stand in one cell."""
    cell = row[rng.choice(values(row))]
    cell.text = f"{cell.text}{rng.choice((' ', chr(10), '、', '（'))}{NOT_A_FIGURE}"


def swap(_: Random, row: Row) -> None:
    """The label stands behind its figures."""
    labels = [cell for cell in row if cell.role == "label"]
    row[:] = [cell for cell in row if cell.role != "label"] + labels


DAMAGES: dict[str, Damage] = {
    one.__name__: one for one in (lose, merge, add, silence, misname, blank, double, swap)
}
NAMES = ("invented_distinct_f2021", "invented_distinct_f2019", "invented_distinct_fujian2008")


def rows_of(draft: Draft) -> list[Row]:
    return [row for table in draft.tables() for row in table.rows if values(row)]


def read_wrongly(draft: Draft) -> list[str]:
    report = parse_report(printing.page(draft).encode(), media_type="text/html")
    assert report.outcome == "complete" or report.reasons
    return wrong(report, draft)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_one_damaged_row(damage: str, name: str) -> None:
    for seed in range(12):
        rng = Random(f"{damage} {name} {seed}")
        draft = official(name)
        DAMAGES[damage](rng, rng.choice(rows_of(draft)))
        assert read_wrongly(draft) == [], seed


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(NAMES), st.integers(2, 12))
def test_many_damaged_rows(seed: int, name: str, count: int) -> None:
    rng = Random(seed)
    draft = official(name)
    rows = rows_of(draft)
    for row in rng.sample(rows, min(count, len(rows))):
        DAMAGES[rng.choice(list(DAMAGES))](rng, row)
    assert read_wrongly(draft) == []
