"""Cells whose figure is shown by other means than plain text, and amounts in another unit than the form's."""

from __future__ import annotations

import html
from collections.abc import Callable
from decimal import Decimal

from tests.renderings.layout import plain
from tests.renderings.model import Draft, Expected
from tests.renderings.styles.registry import MODERN, Phase, style


def some(draft: Draft, share: float, change: Callable[[str], str]) -> list[str]:
    """Give some figures other markup; their addresses may then be refused."""
    touched = []
    for cell, _ in list(draft.numbers()):
        if draft.rng.random() < share:
            cell.html = change(cell.text)
            touched.append(cell.address or "")
    draft.refuse(touched)
    return touched


@style(Phase.CELL, rank=6, groups="inner text", output="html")
def inputs(draft: Draft) -> None:
    """Some figures stand in form fields; to call such a cell blank is wrong."""
    form = draft.rng.choice(
        ("<input type='text' value='{}' readonly>", '<input value="{}"/>', "<textarea>{}</textarea>")
    )
    some(draft, 0.15, lambda text: form.format(html.escape(text, quote=True)))


@style(Phase.CELL, rank=6, groups="inner text", output="html")
def images(draft: Draft) -> None:
    """Some figures are pictures; nobody can call such a cell blank, or 0."""
    for address in some(draft, 0.1, lambda text: "<img src='W020220131.png' width='20'>"):
        draft.expected[address] = Expected(None, frozenset({"text"}))


@style(Phase.CELL, rank=6, groups="inner text", output="html")
def struck_out(draft: Draft) -> None:
    """A struck-out figure stands before some figures: <del>5</del>6."""
    rng = draft.rng
    forms = (
        "<del>{}</del>",
        "<s>{}</s>",
        "<strike>{}</strike>",
        "<span style='text-decoration:line-through'>{}</span>",
    )
    some(draft, 0.15, lambda text: rng.choice(forms).format(rng.randint(1, 60)) + html.escape(text))


@style(Phase.CELL, rank=6, groups="inner text padding unit", output="html")
def broken_numbers(draft: Draft) -> None:
    """Narrow columns break long figures over two lines or paragraphs."""
    rng = draft.rng
    joints = ("<br>", "<br/>\n", "</p><p>")
    touched = []
    for cell, _ in list(draft.numbers()):
        if len(cell.text) > 3 and rng.random() < 0.6:
            at = rng.randrange(1, len(cell.text) - 1)
            joint = rng.choice(joints)
            start, end = ("<p>", "</p>") if "p>" in joint else ("", "")
            cell.html = f"{start}{html.escape(cell.text[:at])}{joint}{html.escape(cell.text[at:])}{end}"
            touched.append(cell.address or "")
    draft.refuse(touched)


@style(Phase.CELL, rank=1, groups="separator unit", forms=frozenset({"f2021"}))
def fee_in_yuan(draft: Draft) -> None:
    """收费金额 is given in 元, as the head or the cell says; taken for 万元 it is wrong."""
    address = "disclosure.administrative_fees.amount_wan_yuan"
    in_head = draft.rng.random() < 0.5
    for cell, value in list(draft.numbers()):
        if cell.address == address and value:
            cell.text = plain((value * 10000).normalize() + Decimal(0)) + ("" if in_head else "元")
            draft.refuse([address])
            if in_head:
                for head in draft.cells("header"):
                    if head.key == "amount_wan_yuan":
                        head.text = draft.rng.choice(("本年收费金额（单位：元）", "本年收费金额（元）"))


@style(Phase.TABLE, rank=3, groups="table-missing", forms=MODERN, mutates=True)
def table_missing(draft: Draft) -> None:
    """One of the tables is a picture, or not there."""
    which = draft.rng.choice(("disclosure", "requests", "remedies"))
    gone = [address for address in draft.expected if address.startswith(which)]
    for table in list(draft.tables(which)):
        draft.blocks = [block for block in draft.blocks if block is not table]
    for address in gone:
        del draft.expected[address]
        draft.may_refuse.discard(address)
    draft.forbidden.update(gone)
    draft.must_report.append(f"the table {which} is not there")
    if which == "disclosure" and any(".other_handling." in address for address in draft.figures.cells):
        draft.options["form_uncertain"] = True
