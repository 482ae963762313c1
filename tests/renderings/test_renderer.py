"""The renderer's own tests: what it calls true is what it prints."""

from __future__ import annotations

import random
from decimal import Decimal

import lxml.html
import pytest

from tests.renderings import STYLES, Rendering, render, sample
from tests.renderings.figures import load, names
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
    printed = [value for line in numbers(rendering) for value in line]
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
    for seed in range(300):
        style = combine(random.Random(seed), most=7)
        assert compatible(tuple(style.split("+")))
        assert sample(style, seed).truth


def test_styles_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        render(load("suqian_2023"), "f2021", "text_lines+text_pipes", 0)
    with pytest.raises(ValueError, match="no style"):
        render(load("suqian_2023"), "f2021", "no_such_style", 0)
