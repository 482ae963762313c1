"""Damage: cells lost, doubled, merged or changed about, so that a careless reader shifts the figures."""

from __future__ import annotations

from decimal import Decimal

from tests.renderings.layout import plain
from tests.renderings.model import WORD, Cell, Draft, Expected, Row
from tests.renderings.styles.columns import addresses, data_rows
from tests.renderings.styles.registry import EVERY, MODERN, Phase, style

BREAK = "\x02"
DAMAGE = "damage wrong-colspan wrong-rowspan columns trailing"


def victims(draft: Draft, least: int = 2) -> list[Row]:
    """One to three rows of figures, each with at least so many of them."""
    rows = [
        row
        for table in draft.tables()
        for row in data_rows(table)
        if sum(cell.role == "value" for cell in row) >= least
    ]
    return draft.rng.sample(rows, min(len(rows), draft.rng.choice((1, 1, 2, 3))))


def refuse_before(draft: Draft, row: Row) -> None:
    """In a text without rows, figures without a label run into those of the row before."""
    if draft.output != "text":
        return
    rows = [one for table in draft.tables() for one in table.rows]
    at = next(i for i, one in enumerate(rows) if one is row)
    draft.refuse(addresses(rows[at - 1]))


def value_places(row: Row) -> list[int]:
    return [at for at, cell in enumerate(row) if cell.role == "value"]


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=EVERY - {"f2014"}, mutates=True)
def cell_lost(draft: Draft) -> None:
    """A row has one cell too few."""
    for row in victims(draft):
        draft.refuse(addresses(row), "a row has a cell too few")
        at = draft.rng.choice(value_places(row))
        gone = row.pop(at).address or ""
        draft.expected.pop(gone, None)
        draft.may_refuse.discard(gone)
        draft.forbidden.add(gone)


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=EVERY - {"f2014"}, mutates=True)
def cell_doubled(draft: Draft) -> None:
    """A row has one cell too many: a figure is printed twice."""
    for row in victims(draft):
        draft.refuse(addresses(row), "a row has a cell too many")
        at = draft.rng.choice(value_places(row))
        row.insert(at, row[at].copy(address=None))


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=EVERY - {"f2014"}, mutates=True)
def cell_added(draft: Draft) -> None:
    """A row has one cell too many: a figure that belongs to nothing, or a blank."""
    for row in victims(draft):
        draft.refuse(addresses(row), "a row has a cell too many")
        at = draft.rng.choice(value_places(row))
        # Text shows no blank cell, so one too many of those is no fault there.
        words = ("17", "3") if draft.output == "text" else ("", "17", "3", "\xa0")
        row.insert(at, Cell(draft.rng.choice(words), "other"))


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=MODERN, mutates=True)
def label_swapped(draft: Draft) -> None:
    """A row's label and its first figure have changed places."""
    for row in victims(draft):
        at = value_places(row)[0]
        if at == 0:
            continue
        draft.refuse(addresses(row), "a label stands behind a figure")
        refuse_before(draft, row)
        row[at - 1], row[at] = row[at], row[at - 1]


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=MODERN, mutates=True)
def label_lost(draft: Draft) -> None:
    """A row's label is blank."""
    for row in victims(draft):
        labels = [cell for cell in row if cell.role == "label"]
        if labels:
            labels[-1].text = draft.rng.choice(("", "\xa0", "……"))
            labels[-1].html = None
            draft.refuse(addresses(row), "a row has no label")
            refuse_before(draft, row)


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=MODERN, mutates=True)
def figures_merged(draft: Draft) -> None:
    """One cell spans all figures of a row: 0, 无, a slash, a sentence."""
    for row in victims(draft, least=3):
        places = value_places(row)
        first = row[places[0]]
        words = draft.rng.choice(("0", "无", "/", "本年度无此类情形"))
        draft.refuse(addresses(row))
        for at in places:
            expected = Expected(Decimal(0)) if words == "0" else Expected(None, WORD)
            draft.expected[row[at].address or ""] = expected
        first.text, first.html = words, None
        first.colspan = sum(row[at].colspan for at in places)
        del row[places[0] + 1 : places[-1] + 1]


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=MODERN, mutates=True)
def some_merged(draft: Draft) -> None:
    """One cell spans two or three neighbouring figures and gives their sum."""
    for row in victims(draft, least=3):
        places = value_places(row)
        count = draft.rng.choice((2, 3))
        start = draft.rng.randrange(0, len(places) - count + 1)
        merged = [row[at] for at in places[start : start + count]]
        numbers = [draft.expected[cell.address or ""].value for cell in merged]
        draft.refuse(addresses(row), "one cell stands for several columns")
        for cell in merged:
            draft.expected.pop(cell.address or "", None)
            draft.may_refuse.discard(cell.address or "")
            draft.forbidden.add(cell.address or "")
        total = sum((number for number in numbers if number is not None), Decimal(0))
        merged[0].text, merged[0].html, merged[0].address = plain(total), None, None
        merged[0].colspan = sum(cell.colspan for cell in merged)
        del row[places[start] + 1 : places[start + count - 1] + 1]


@style(Phase.CELL, rank=9, groups=DAMAGE, forms=EVERY, mutates=True)
def two_numbers(draft: Draft) -> None:
    """Some cells hold two numbers; which of them answers is anybody's guess."""
    cells = [cell for cell, _ in draft.numbers()]
    for cell in draft.rng.sample(cells, min(len(cells), 4)):
        address = cell.address or ""
        other = draft.rng.randint(1, 50)
        joint = draft.rng.choice((" ", "/", "、", "\n", "；", "-"))
        cell.text, cell.html = f"{cell.text}{joint}{other}", None
        draft.expected[address] = Expected(None, frozenset({"text"}))
        draft.refuse([address])
        row = next(row for table in draft.tables() for row in table.rows if any(c is cell for c in row))
        if draft.output == "text":
            draft.refuse(addresses(row))


@style(Phase.BYTES, rank=9, groups="damage copies entities text", output="html", forms=EVERY, mutates=True)
def truncated(draft: Draft) -> None:
    """The page breaks off inside a table, perhaps inside a figure."""
    rows = [row for table in draft.tables() for row in data_rows(table)]
    at = draft.rng.randrange(1, len(rows))
    row = rows[at]
    cell = row[draft.rng.choice(value_places(row))]
    inner = cell.html if cell.html is not None else cell.text
    place = draft.rng.randrange(0, len(inner) + 1) if cell.html is None else 0
    cell.html = inner[:place] + BREAK + inner[place:]
    seen = False
    gone: set[str] = set()
    for one in (one for later in rows[at:] for one in later if one.address is not None):
        seen = seen or one is cell
        if seen:
            gone.add(one.address or "")
    for address in gone:
        draft.expected.pop(address, None)
        draft.may_refuse.discard(address)
    draft.forbidden |= gone
    draft.refuse([address for address in addresses(row) if address not in gone])
    draft.must_report.append("the page breaks off")
    draft.options["after"] = []
    draft.options.setdefault("rewrites", []).append(lambda page: page.split(BREAK)[0])
