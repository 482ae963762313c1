"""The replica tables, in every style, hold the figures in the right places: pandas is the referee."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pandas as pd
import pytest

from goicrawl import forms
from goicrawl.demo.figures import Figures, load
from goicrawl.demo.reports import report_body
from goicrawl.demo.tables import STYLES, render


def grids(html: str) -> list[list[list[str]]]:
    frames = pd.read_html(io.StringIO(html), header=None, keep_default_na=False, converters=None)
    return [[[str(cell) for cell in row] for row in frame.astype(str).values.tolist()] for frame in frames]


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[,\s\xa0件万元]", "", text))


def tables_of(figures: Figures) -> dict[str, forms.Table]:
    return {table.id: table for table in forms.load()[figures.form].tables}


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("name", ["pingtan_2019", "huaian_2024", "hongze_2024"])
def test_requests_table(name: str, style: str) -> None:
    figures = load()[name]
    table = tables_of(figures)["requests"]
    html = render(figures, table, style)
    parts = grids(html)
    if STYLES[style].nested:
        parts = parts[1:]
    assert len(parts) == (2 if STYLES[style].broken else 1)
    rows = [row for part in parts for row in part if re.fullmatch(r"[\d,\xa0 ]+", row[-1])]
    expected = {}
    for row in table.blocks[0].rows:
        key = row.single_row_id if row.kind == "group" else row.id
        if key is not None and f"requests.{key}.total" in figures.cells:
            expected[row.label] = [figures.cells[f"requests.{key}.{c.id}"] for c in table.blocks[0].columns]
    printed = {row[2]: [number(cell) for cell in row[3:]] for row in rows}
    assert printed == expected


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("name", ["pingtan_2019", "suqian_2023"])
def test_disclosure_and_remedies(name: str, style: str) -> None:
    figures = load()[name]
    for table in (tables_of(figures)["disclosure"], tables_of(figures)["remedies"]):
        numbers = re.findall(r">(?:&nbsp;)?([\d,.]+)(?:件|万元)?<", render(figures, table, style))
        addresses = [
            f"{table.id}.{row.id}.{column.id}"
            for block in table.blocks
            for row in block.rows
            for column in block.columns
        ]
        assert [number(text) for text in numbers] == [figures.cells[address] for address in addresses]


def test_crossed_heads_disagree_with_their_data() -> None:
    figures = load()["pingtan_2019"]
    html = render(figures, tables_of(figures)["disclosure"], "upper")
    heads = re.search(
        r"<TR><TD VALIGN=center>[^/]*信息内容.*上一年项目数量.*</TR>", html.replace("valign", "VALIGN")
    )
    assert heads is not None
    assert re.findall(r"colspan=(\d)", heads[0]) == ["2"]
    data = re.search(r"<TR>.*行政许可.*</TR>", html)
    assert data is not None
    assert heads[0].index("colspan") > heads[0].index("上一年项目数量")
    assert data[0].index("colspan") < data[0].index("行政许可") + 60


@pytest.mark.parametrize("name", ["pingtan_2011", "pingtan_2014", "pingtan_2018"])
def test_annex(name: str) -> None:
    figures = load()[name]
    (grid,) = grids(render(figures, tables_of(figures)["statistics"], "plain"))
    assert grid[0] == ["指标名称", "计量单位", f"{figures.report_year}年度", "历年累计"]
    values = [int(cell) for row in grid[1:] for cell in row[2:]]
    addresses = [cell.address for cell in forms.load()["fujian2008"].cells if cell.address in figures.cells]
    assert values == [figures.cells[address] for address in addresses]
    assert len(values) == len(figures.cells)


def test_a_body_says_its_period_and_that_its_words_are_not_real() -> None:
    for figures in load().values():
        body = report_body(figures, "plain")
        year = figures.report_year
        assert f"自{year}年1月1日起至{year}年12月31日止" in body
        assert "演示文本" in body
