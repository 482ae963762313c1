"""How a figure is written inside its cell: blanks, widths, separators, units."""

from __future__ import annotations

from decimal import Decimal

from tests.renderings.layout import plain
from tests.renderings.model import BLANK, DASH, SLASH, WORD, Draft, Expected
from tests.renderings.styles.registry import Phase, style

FULL = str.maketrans("0123456789.,-+()", "０１２３４５６７８９．，－＋（）")


def zeros_as(draft: Draft, marks: tuple[str, ...], kinds: frozenset[str], share: float) -> None:
    """Print zero cells as one of these marks; what was 0 is then no number."""
    for cell, value in list(draft.numbers()):
        if value == 0 and draft.rng.random() < share:
            cell.text = draft.rng.choice(marks)
            draft.expected[cell.address or ""] = Expected(None, kinds)


@style(Phase.CELL, rank=0, groups="zero")
def blank_zeros(draft: Draft) -> None:
    """All zero cells are printed blank: nothing, a no-break space or an ideographic space."""
    mark = draft.rng.choice(("", "\xa0", "\u3000", "\u3000\u3000", " "))
    zeros_as(draft, (mark,), BLANK, 1.0)


@style(Phase.CELL, rank=0, groups="zero")
def some_blank_zeros(draft: Draft) -> None:
    """Some zero cells are blank, others print their 0."""
    zeros_as(draft, ("", "\xa0", "\u3000"), BLANK, 0.4)


@style(Phase.CELL, rank=0, groups="zero")
def slash_zeros(draft: Draft) -> None:
    """Zero cells print a slash."""
    zeros_as(draft, (draft.rng.choice(("/", "／", "//")),), SLASH | {"text"}, draft.rng.choice((1.0, 0.5)))


@style(Phase.CELL, rank=0, groups="zero")
def dash_zeros(draft: Draft) -> None:
    """Zero cells print a dash of one kind or another."""
    mark = draft.rng.choice(("—", "-", "——", "－", "–", "--", "―"))
    zeros_as(draft, (mark,), DASH, draft.rng.choice((1.0, 0.5)))


@style(Phase.CELL, rank=0, groups="zero")
def word_zeros(draft: Draft) -> None:
    """Zero cells say 无 or 没有."""
    zeros_as(draft, (draft.rng.choice(("无", "没有", "暂无")),), WORD, draft.rng.choice((1.0, 0.4)))


@style(Phase.CELL, rank=1, groups="separator")
def thousands(draft: Draft) -> None:
    """Thousands are set off by commas, half or full width."""
    comma = draft.rng.choice((",", ",", "，"))
    for cell, value in draft.numbers():
        if abs(value) >= 1000:
            cell.text = format(value, ",f").replace(",", comma)


@style(Phase.CELL, rank=3)
def full_width(draft: Draft) -> None:
    """Figures in full-width digits."""
    share = draft.rng.choice((1.0, 0.5))
    for cell, _ in draft.numbers():
        if draft.rng.random() < share:
            cell.text = cell.text.translate(FULL)


@style(Phase.CELL, rank=2, groups="unit")
def units_inside(draft: Draft) -> None:
    """The unit is written behind the figure: 2笔, 251000元, 1646.5万元, 3件."""
    kinds = draft.form.types()
    share = draft.rng.choice((1.0, 0.5))
    for cell, _ in draft.numbers():
        if draft.rng.random() >= share:
            continue
        address = cell.address or ""
        unit = draft.rng.choice(("件", "宗")) if address.startswith(("requests", "remedies")) else "件"
        if address.endswith("projects"):
            unit = draft.rng.choice(("笔", "个", "项"))
        elif address.endswith(("wan_yuan",)):
            unit = "万元"
        elif address.endswith("amount"):
            unit = draft.rng.choice(("元", "万元"))
        elif address.startswith("statistics"):
            unit = draft.rng.choice(("条", "件", "次"))
        elif ".items_" in address or kinds.get(address) == "signed_int":
            unit = "项"
        cell.text += draft.rng.choice(("", " ")) + unit


@style(Phase.CELL, rank=2, groups="unit", forms=frozenset({"f2021", "f2019"}))
def remark_inside(draft: Draft) -> None:
    """A remark in brackets stands behind some figures: 22（其中修订16件）."""
    for cell, value in draft.numbers():
        if (cell.address or "").startswith("disclosure.") and value > 1 and value == int(value):
            part = draft.rng.randint(1, int(value))
            cell.text += draft.rng.choice(
                (f"（其中修订{part}件）", f"(含修订{part}件)", f"（其中：当年新增{part}）", "（含垂管单位）")
            )


@style(Phase.CELL, rank=4, groups="padding")
def padded(draft: Draft) -> None:
    """Figures are padded with no-break, ideographic and plain spaces and line ends."""
    pads = ("", "\xa0", " ", "\u3000", "\xa0\xa0", " \xa0 ", "\t")
    for cell, _ in draft.numbers():
        cell.text = draft.rng.choice(pads) + cell.text + draft.rng.choice(pads)


@style(Phase.CELL, rank=1, groups="separator", forms=frozenset({"f2019"}))
def signed_change(draft: Draft) -> None:
    """本年增/减 carries its sign: +2, -8, －8, 增2, 减4."""
    for cell, value in draft.numbers():
        address = cell.address or ""
        if address.endswith("items_change"):
            changed = value if value else Decimal(draft.rng.choice((-8, 2, -4, 12, 0)))
            draft.expected[address] = Expected(changed)
            words = plain(abs(changed))
            if changed == 0:
                cell.text = words
                continue
            sign = ("+", "＋", "增", "增加") if changed > 0 else ("-", "－", "减", "减少", "−")
            mark = draft.rng.choice(sign)
            cell.text = mark + words
            if mark in ("增", "增加", "减", "减少"):
                draft.refuse([address])
