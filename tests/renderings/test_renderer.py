"""The renderer's own tests: what it calls true is what it prints."""

from __future__ import annotations

import random
import re
import unicodedata
from decimal import Decimal

import lxml.html
import pytest

from tests.renderings import STYLES, Rendering, layout, printing, render, sample
from tests.renderings.figures import load, names
from tests.renderings.layout import NUMBERED
from tests.renderings.renderer import chosen_figures, finish, prepare
from tests.renderings.styles import combine, compatible


def cells(row: lxml.html.HtmlElement) -> list[str]:
    return [" ".join(cell.itertext()).strip() for cell in row.xpath("./td|./th")]


def numbers(rendering: Rendering) -> list[list[Decimal]]:
    """Row by row the figures of a page, by a reading that only knows tables and trailing numbers."""
    out = []
    for row in lxml.html.fromstring(rendering.data.decode()).iter("tr"):
        line: list[Decimal] = []
        for text in reversed(cells(row)):
            if not text.replace(".", "").replace("-", "").isdecimal():
                break
            line.insert(0, Decimal(text))
        if line:
            out.append(line)
    return out


@pytest.mark.parametrize("name", names())
def test_the_official_page_prints_each_figure_once_and_in_order(name: str) -> None:
    figures = load(name)
    rendering = render(figures, figures.form, "official", 0)
    before = 1 if figures.form in NUMBERED else 0
    printed = [value for line in numbers(rendering) for value in line[before:]]
    assert printed == list(rendering.truth.values())
    assert rendering.truth == figures.cells
    assert rendering.must_read == figures.cells.keys()


@pytest.mark.parametrize("style", ["official", *STYLES])
def test_a_rendering_is_the_same_every_time(style: str) -> None:
    assert sample(style, 3) == sample(style, 3)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_address_is_either_to_be_read_or_refusable(style: str) -> None:
    for seed in range(4):
        rendering = sample(style, seed)
        assert rendering.must_read | rendering.may_refuse == rendering.truth.keys()
        assert not rendering.must_read & rendering.may_refuse
        assert not rendering.forbidden & rendering.truth.keys()
        assert rendering.data


def test_mixtures_are_compatible_and_printable() -> None:
    for seed in range(150):
        style = combine(random.Random(seed), most=7)
        assert compatible(tuple(style.split("+")))
        assert sample(style, seed).truth


def test_styles_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        render(load("suqian_2023"), "f2021", "text_lines+text_pipes", 0)
    with pytest.raises(ValueError, match="no style"):
        render(load("suqian_2023"), "f2021", "no_such_style", 0)


HIDDEN = "//comment()|//script|//style|//template|//noscript|//sup|//*[@hidden]|//*[contains(@style, 'none')]"


def visible(text: str) -> str:
    """What a reader sees of a cell's text, all blanks and zero-width marks taken out."""
    letters = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in letters if unicodedata.category(letter) not in ("Cf", "Zs", "Cc"))


def said(text: str) -> Decimal | None:
    """The number at the head of a cell's text, None where there is none."""
    match = re.match(r"(增加?|减少?|[-+−])?([\d,]+(?:\.\d+)?)", text)
    if match is None:
        return None
    number = Decimal(match[2].replace(",", ""))
    return -number if match[1] in ("减", "减少", "-", "−") else number


NO_CELLS = ("cells_as_paragraphs", "preformatted", "truncated")
WITH_CELLS = [name for name, one in STYLES.items() if one.output != "text" and name not in NO_CELLS]


@pytest.mark.parametrize("style", ["official", *WITH_CELLS])
def test_what_is_called_true_is_what_the_cell_shows(style: str) -> None:
    for seed in range(3):
        figures = chosen_figures(style, seed)
        draft = prepare(figures, figures.form, style, seed)
        draft.options["mark_addresses"] = True
        page = lxml.html.fromstring(printing.page(draft))
        for element in page.xpath(HIDDEN):
            element.drop_tree()
        found = {
            cell.get("data-address"): visible("".join(cell.itertext()))
            for cell in page.xpath("//*[@data-address]")
        }
        rendering = finish(draft, "", seed)
        for address in rendering.must_read:
            truth = rendering.truth[address]
            if truth is None:
                assert said(found[address]) is None, (address, found[address])
            else:
                assert said(found[address]) == truth, (address, found[address])


@pytest.mark.parametrize("style", ["official", *(n for n, s in STYLES.items() if not s.mutates)])
def test_each_figure_stands_beside_its_label_in_the_order_of_the_head(style: str) -> None:
    for seed in range(4):
        figures = chosen_figures(style, seed)
        draft = prepare(figures, figures.form, style, seed)
        heads: list[str] = []
        for table in draft.tables("requests", "disclosure", "statistics"):
            for row in table.rows:
                values = [cell.address or "" for cell in row if cell.role == "value"]
                named = [cell.key for cell in row if cell.role == "header" and cell.key]
                if named:
                    heads = [key for key in named if key not in ("unit",)]
                if not values or values[0].startswith("remedies"):
                    continue
                assert {value.split(".")[1] for value in values} == {c.key for c in row if c.role == "label"}
                columns = [value.split(".")[2] for value in values]
                asked = values[0].startswith("requests")
                assert columns == (layout.request_columns(draft) if asked else heads)
