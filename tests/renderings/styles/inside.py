"""What stands inside a figure's cell beside the figure: markup, comments, marks, things not shown."""

from __future__ import annotations

import html

from tests.renderings.model import Draft
from tests.renderings.styles.registry import Phase, style


def refuse_cell(draft: Draft, address: str) -> None:
    """This figure may be refused; in a text, where a row's figures hang together, the whole row."""
    row = address.rsplit(".", 1)[0] + "."
    if draft.output == "text" and address.startswith("remedies."):
        row = "remedies."
    whole = draft.output == "text"
    draft.refuse([one for one in draft.expected if one == address or (whole and one.startswith(row))])


@style(Phase.CELL, rank=5, groups="inner", output="html")
def split_numbers(draft: Draft) -> None:
    """Figures are split by markup: 1<span>2</span>."""
    for cell, _ in draft.numbers():
        if len(cell.text) > 1 and draft.rng.random() < 0.7:
            at = draft.rng.randrange(1, len(cell.text))
            left, right = html.escape(cell.text[:at]), html.escape(cell.text[at:])
            cell.html = draft.rng.choice(
                (
                    f"{left}<span>{right}</span>",
                    f"<span>{left}</span><span lang='EN-US'>{right}</span>",
                    f"<b>{left}</b>{right}",
                    f"<font size='3'>{left}<font>{right}</font></font>",
                    f"<a name='x'></a>{left}<em>{right}</em>",
                )
            )


@style(Phase.CELL, rank=5, groups="inner", output="html")
def commented_numbers(draft: Draft) -> None:
    """Comments stand inside or beside figures, some of them with other figures."""
    for cell, _ in draft.numbers():
        text = html.escape(cell.text)
        at = draft.rng.randrange(0, len(text) + 1) if "&" not in text else 0
        other = draft.rng.randint(0, 99)
        comment = draft.rng.choice((f"<!--{other}-->", "<!-- -->", f"<!-- <td>{other}</td> -->"))
        cell.html = text[:at] + comment + text[at:]


@style(Phase.CELL, rank=5, groups="inner")
def zero_width(draft: Draft) -> None:
    """Zero-width characters and soft hyphens lie between the digits."""
    for cell, _ in draft.numbers():
        at = draft.rng.randrange(0, len(cell.text) + 1)
        mark = draft.rng.choice(("\u200b", "\ufeff", "\u200c", "\u2060", "\xad", "\u200e"))
        cell.text = cell.text[:at] + mark + cell.text[at:]


@style(Phase.CELL, rank=5, groups="inner", output="html")
def footnotes(draft: Draft) -> None:
    """Some figures carry a raised footnote mark; a bare raised digit may be refused."""
    for cell, _ in draft.numbers():
        if draft.rng.random() < 0.2:
            mark = draft.rng.choice(("①", "[1]", "注1", "*", "（2）", "1", "2"))
            cell.html = f"{html.escape(cell.text)}<sup>{mark}</sup>"
            if mark.isdecimal():
                draft.refuse([cell.address or ""])


@style(Phase.CELL, rank=5, groups="inner")
def footnote_text(draft: Draft) -> None:
    """Some figures carry a footnote mark in plain text; they may be refused, never be read as longer."""
    for cell, _ in draft.numbers():
        if draft.rng.random() < 0.15:
            cell.text += draft.rng.choice(("①", "*", "②", "[1]", "（注1）", "¹", "注2", "※"))
            refuse_cell(draft, cell.address or "")


@style(Phase.CELL, rank=5, groups="inner", output="html")
def hidden_numbers(draft: Draft) -> None:
    """Something that is not shown lies beside some figures: display:none, a hidden input, a script."""
    for cell, _ in draft.numbers():
        if draft.rng.random() < 0.4:
            other = draft.rng.randint(1, 99)
            hidden = draft.rng.choice(
                (
                    f"<span style='display:none'>{other}</span>",
                    f'<span style="DISPLAY: none;">{other}</span>',
                    f"<span hidden>{other}</span>",
                    f"<input type='hidden' value='{other}'>",
                    f"<script>var n={other};</script>",
                    f"<style>.a{other}{{width:{other}px}}</style>",
                    f"<template>{other}</template>",
                )
            )
            parts = [html.escape(cell.text), hidden]
            draft.rng.shuffle(parts)
            cell.html = "".join(parts)


@style(Phase.CELL, rank=5, groups="inner separator unit")
def doubtful_digits(draft: Draft) -> None:
    """Some figures are written so that one may doubt them: 3.98万, l2, 1 234, 十二, 约20, O."""
    for cell, value in list(draft.numbers()):
        if draft.rng.random() > 0.15:
            continue
        whole = value == int(value) and value >= 0
        number = int(value)
        forms: list[str] = [f"约{cell.text}", f"{cell.text}?", f"{cell.text}余", f"（{cell.text}）"]
        if whole and number >= 10000 and number % 100 == 0:
            forms = [f"{value / 10000:f}".rstrip("0").rstrip(".") + "万"]
        elif whole and number >= 1000:
            forms += [f"{number:,}".replace(",", "'")]
            if draft.output == "html":
                forms += [f"{number:,}".replace(",", gap) for gap in (" ", "\xa0")]
        elif whole and 10 < number < 20:
            forms += ["十" + "零一二三四五六七八九"[number - 10], cell.text.replace("1", "l")]
        elif number == 0:
            forms = ["O", "o", "零", "〇", "Ｏ"]
        cell.text = draft.rng.choice(forms)
        refuse_cell(draft, cell.address or "")


@style(Phase.CELL, rank=1, groups="separator")
def trailing_zeros(draft: Draft) -> None:
    """Amounts carry trailing zeros: 1646.50, 12.00."""
    kinds = draft.form.types()
    for cell, value in draft.numbers():
        address = cell.address or ""
        if kinds.get(address) == "decimal" or address.endswith("wan_yuan"):
            cell.text = f"{value:f}" + ("00" if "." in f"{value:f}" else ".00")
