"""Mixtures as an HTML5 parser sees them: each true figure is shown, in a row of its own kind."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.renderings import STYLES, printing
from tests.renderings.model import Draft
from tests.renderings.renderer import chosen_figures, finish, prepare
from tests.renderings.styles import combine
from tests.renderings.test_renderer import NO_CELLS, said, visible

NOT_SHOWN = (
    "script",
    "style",
    "template",
    "noscript",
    "sup",
    "[hidden]",
    '[style*="none" i]',
    "textarea[style]",
)
ROWS_DIFFER = {"nested_groups", "printed_twice", "printed_twice_differing", "row_twice"}


def mixture(seed: int) -> str:
    """A mixture whose page has table cells."""
    rng = random.Random(f"cells {seed}")
    while True:
        style = combine(rng, most=7)
        names = style.split("+")
        if not set(names) & set(NO_CELLS) and all(STYLES[name].output != "text" for name in names):
            return style


def parsed(draft: Draft) -> LexborHTMLParser:
    draft.options["mark_addresses"] = True
    tree = LexborHTMLParser(printing.page(draft))
    for selector in NOT_SHOWN:
        for element in tree.css(selector):
            element.decompose()
    return tree


@pytest.mark.parametrize("batch", range(5))
def test_a_mixture_shows_what_is_called_true(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        style = mixture(seed)
        figures = chosen_figures(style, seed)
        draft = prepare(figures, figures.form, style, seed)
        cells = parsed(draft).css("[data-address]")
        shown = {cell.attributes["data-address"]: said(visible(cell.text())) for cell in cells}
        rendering = finish(draft, "", seed)
        for address in rendering.must_read:
            assert shown[address] == rendering.truth[address], (style, seed, address)


def test_rows_of_a_mixture_stay_rows() -> None:
    for seed in range(40):
        style = mixture(seed)
        if ROWS_DIFFER & set(style.split("+")):
            continue
        figures = chosen_figures(style, seed)
        draft = prepare(figures, figures.form, style, seed)
        rows: dict[int, list[str | None]] = defaultdict(list)
        for cell in parsed(draft).css("[data-address]"):
            assert cell.parent is not None
            assert cell.parent.tag == "tr"
            rows[cell.parent.mem_id].append(cell.attributes["data-address"])
        planned = [[c.address for c in row if c.address] for table in draft.tables() for row in table.rows]
        assert sorted(map(str, rows.values())) == sorted(str(row) for row in planned if row)
