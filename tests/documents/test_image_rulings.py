"""Ruling lines in drawn tables: every cell with its spans, and no table where there is only text."""

from __future__ import annotations

from typing import Any

import pytest

from goicrawl.demo.figures import load
from goicrawl.documents.document import Grid, Paragraph
from goicrawl.documents.ocr_engine import missing
from tests.documents.pictures import Look, blocks_of, degraded, draw

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))

LOOKS = {
    "plain": (Look(), {}),
    "thin grey rules": (Look(line=1, rule=170), {}),
    "thick rules": (Look(line=5), {}),
    "grey paper": (Look(), {"paper": 205}),
    "noise": (Look(line=1), {"noise": 12}),
    "coarse": (Look(), {"scale": 0.6}),
    "soft": (Look(), {"blur": 1.5}),
}


def places(grid: Any) -> list[tuple[int, int, int, int]]:
    return sorted((cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells)


def tables_of(picture: Any, size: float) -> list[list[tuple[int, int, int, int]]]:
    import numpy

    from goicrawl.documents.image_pose import lightened
    from goicrawl.documents.image_rulings import find_tables

    found = find_tables(lightened(numpy.asarray(picture)), size).lattices
    return [
        sorted((r.top, r.left, r.bottom - r.top, r.right - r.left) for r in lattice.regions)
        for lattice in sorted(found, key=lambda one: one.ys[0])
    ]


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("report", ["suqian_2024", "pingtan_2019", "pingtan_2018"])
def test_every_cell_with_its_spans(report: str, name: str) -> None:
    look, how = LOOKS[name]
    blocks = blocks_of(load()[report])
    picture = degraded(draw(blocks, look), **how)
    size = look.size * 0.85 * how.get("scale", 1)
    assert tables_of(picture, size) == [places(block) for block in blocks if isinstance(block, Grid)]


def test_text_alone_is_no_table() -> None:
    text = "第一二三四五十田国目由甲申王三工土士干于千平" * 20
    picture = draw(
        [Paragraph(text, 1), Paragraph(text), Paragraph("———————— 口口口口 二二二二 III")], Look(size=40)
    )
    assert tables_of(picture, 34) == []
