"""Draws documents as pictures: text and ruled tables, clean or as a bad scan would have them.

The figures come from the demonstration's reports, through the HTML reader's blocks, so a picture has the same
cells as the page it was drawn from.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from goicrawl.demo.figures import Figures
from goicrawl.demo.reports import report_body
from goicrawl.documents.document import Block, Grid, Paragraph
from goicrawl.documents.html import read_html

FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    Path("/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"),
)


def font_file() -> Path:
    """A font with Chinese characters; skips the test where the machine has none."""
    for path in FONTS:
        if path.is_file():
            return path
    pytest.skip("no font with Chinese characters: install fonts-wqy-zenhei")


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(font_file()), size)


@dataclass(frozen=True)
class Look:
    """How a page is drawn: `size` is its characters' height in pixels, `line` the rulings' thickness."""

    size: int = 26
    width: int = 1650
    line: int = 2
    ink: int = 0
    rule: int = 0
    paper: int = 255


def blocks_of(figures: Figures, style: str = "plain", tables: tuple[str, ...] = ()) -> list[Block]:
    """The blocks of a report's page, with its title; `tables` names those wanted, all if empty."""
    html = f"<h1>{figures.title}</h1>{report_body(figures, style)}"
    blocks = list(read_html(html.encode(), "text/html; charset=utf-8").blocks)
    if not tables:
        return blocks
    order = ("disclosure", "requests", "remedies")
    grids = [block for block in blocks if isinstance(block, Grid)]
    kept = [grid for name, grid in zip(order, grids, strict=True) if name in tables]
    return [block for block in blocks if not isinstance(block, Grid) or block in kept]


def draw(blocks: list[Block], look: Look | None = None) -> Any:
    """A picture (mode L) of the blocks, one below the other."""
    from PIL import Image, ImageDraw

    look = look or Look()
    image = Image.new("L", (look.width, look.size * 900), look.paper)
    pen = ImageDraw.Draw(image)
    margin = look.width // 14
    y = margin
    for block in blocks:
        if isinstance(block, Paragraph):
            y = _paragraph(pen, block, margin, y, look)
        else:
            y = _table(pen, block, margin, y, look) + look.size
    return image.crop((0, 0, look.width, y + margin))


def _paragraph(pen: Any, block: Paragraph, left: int, y: int, look: Look) -> int:
    size = look.size * 3 // 2 if block.level == 1 else look.size
    font = _font(size)
    indent = "" if block.level is not None or block.text[1:2] == "、" else "　　"
    for line in _wrapped(indent + block.text, font, look.width - 2 * left):
        pen.text((left, y), line, font=font, fill=look.ink)
        y += size * 8 // 5
    return y + size // 3


def _table(pen: Any, grid: Grid, left: int, top: int, look: Look) -> int:
    font, small = _font(look.size), _font(max(look.size * 4 // 5, 8))
    inner = look.width - 2 * left
    widths = _widths(grid, inner, look)
    xs = [left]
    for width in widths:
        xs.append(xs[-1] + width)
    pad = look.size // 4
    texts = {}
    heights = [look.size * 8 // 5] * grid.height
    for cell in grid.cells:
        width = xs[min(cell.column + cell.colspan, grid.width)] - xs[cell.column] - 2 * pad
        digits = cell.text.replace(",", "").replace(".", "").isdigit()
        chosen = font if digits and font.getlength(cell.text) <= width else small
        texts[cell] = (chosen, _wrapped(cell.text, chosen, width))
        need = len(texts[cell][1]) * (chosen.size * 5 // 4) + 2 * pad
        if cell.rowspan == 1:
            heights[cell.row] = max(heights[cell.row], need)
    for cell in sorted(grid.cells, key=lambda one: one.rowspan):
        rows = range(cell.row, min(cell.row + cell.rowspan, grid.height))
        need = len(texts[cell][1]) * (texts[cell][0].size * 5 // 4) + 2 * pad
        lacking = need - sum(heights[r] for r in rows)
        if lacking > 0:
            heights[rows[-1]] += lacking
    ys = [top]
    for height in heights:
        ys.append(ys[-1] + height)
    for cell in grid.cells:
        x0, y0 = xs[cell.column], ys[cell.row]
        x1 = xs[min(cell.column + cell.colspan, grid.width)]
        y1 = ys[min(cell.row + cell.rowspan, grid.height)]
        pen.rectangle((x0, y0, x1 + look.line - 1, y1 + look.line - 1), outline=look.rule, width=look.line)
        chosen, lines = texts[cell]
        y = y0 + (y1 - y0 - len(lines) * (chosen.size * 5 // 4)) // 2 + 1
        for line in lines:
            length = chosen.getlength(line)
            x = x0 + (x1 - x0 - length) / 2 if len(lines) == 1 else x0 + pad
            pen.text((x, y), line, font=chosen, fill=look.ink)
            y += chosen.size * 5 // 4
    return ys[-1]


def _widths(grid: Grid, inner: int, look: Look) -> list[int]:
    """Columns that hold figures are as wide as their longest figure; the others share the rest."""
    font = _font(look.size)
    least = [look.size * 2] * grid.width
    labels = set(range(grid.width))
    for cell in grid.cells:
        if cell.colspan == 1 and cell.text.replace(",", "").replace(".", "").isdigit():
            least[cell.column] = max(least[cell.column], int(font.getlength(cell.text)) + look.size)
            labels.discard(cell.column)
    spare = inner - sum(least)
    wide = sorted(labels) if labels else list(range(grid.width))
    for column in wide:
        least[column] += max(spare, 0) // len(wide)
    return least


def _wrapped(text: str, font: Any, width: float) -> list[str]:
    lines = [""]
    for sign in text:
        if sign == "\n":
            lines.append("")
        elif lines[-1] != "" and font.getlength(lines[-1] + sign) > width:
            lines.append(sign)
        else:
            lines[-1] += sign
    return lines


def encoded(image: Any, kind: str = "PNG", **options: Any) -> bytes:
    """The bytes of a picture file; `kind` is Pillow's name of the format."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def degraded(
    image: Any,
    *,
    noise: float = 0,
    blur: float = 0,
    skew: float = 0,
    scale: float = 1,
    paper: int = 255,
    seed: int = 1,
) -> Any:
    """A picture as a scanner would have it: grey paper, noise, a slant in degrees, another resolution."""
    import numpy
    from PIL import Image, ImageFilter

    if paper != 255:
        image = image.point([min(255, level * paper // 255) for level in range(256)])
    if skew:
        image = image.rotate(skew, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=paper)
    if scale != 1:
        size = (int(image.width * scale), int(image.height * scale))
        image = image.resize(size, Image.Resampling.BICUBIC)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        pixels = numpy.asarray(image, dtype=numpy.float32)
        dirt = numpy.random.default_rng(seed).normal(0, noise, pixels.shape)
        image = Image.fromarray(numpy.clip(pixels + dirt, 0, 255).astype(numpy.uint8))
    return image
