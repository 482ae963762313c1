"""Reads the text of a table's cells in a picture: words once, each figure twice and from different crops.

A cell whose ink gives no sure text is read as `[image]` and what it may say: it is never blank and never a
guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from goicrawl.documents.document import IMAGE
from goicrawl.documents.image_ink import Bounds, crop_of, ink_by_region, is_speck, lines_of, shaded
from goicrawl.documents.ocr_engine import Engine, Reading
from goicrawl.documents.pdf_lines import Lattice

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

_FIGURE: Final = 16
"""No figure is longer, with its unit and its note."""
_SURE: Final = 0.6
_SURER: Final = 0.9
"""The least probability of two readings that agree, and of two where a third differs."""
_FIRST: Final = 0.22
_AGAIN: Final = (0.5, 0.08)
"""How much of its height is left around a line when it is read first, again, and once more in doubt."""
_CLEAR: Final = 0.9
"""Words less sure than this are read once more, and the surer reading counts."""
_STRIP: Final = 24
"""The lines of a cell are read as one, up to so many characters: a word may be broken anywhere."""
MAX_LINES: Final = 6000
"""Lines of text in the cells of one page; a report's page has three hundred."""


@dataclass(eq=False)
class _Strip:
    """One or more lines of a cell, read as one, and what was read."""

    cell: tuple[int, int]
    boxes: list[Bounds]
    first: Reading = field(default_factory=lambda: Reading("", 0.0))
    others: list[Reading] = field(default_factory=list)

    @property
    def readings(self) -> list[Reading]:
        return [self.first, *self.others]


def read_cells(
    light: Gray, found: Sequence[Lattice], mask: Gray, size: float, engine: Engine
) -> list[dict[int, str]]:
    """By lattice: the text of each region that is not blank; `mask` is where the page's rulings run."""
    clean = light.copy()
    clean[mask != 0] = 255
    strips: list[_Strip] = []
    doubtful: set[tuple[int, int]] = set()
    for n, lattice in enumerate(found):
        for m, pieces in ink_by_region(clean, lattice, size).items():
            solid = [one for one in pieces if not is_speck(one, size)]
            if solid:
                strips += [_Strip((n, m), boxes) for boxes in _strips(lines_of(solid, pieces, size))]
            elif any(one.area >= 3 for one in pieces):
                doubtful.add((n, m))
        have = {strip.cell for strip in strips}
        doubtful.update((n, m) for m in shaded(clean, lattice, size) if (n, m) not in have)
    doubtful.update(strip.cell for strip in strips[MAX_LINES:])
    strips = strips[:MAX_LINES]
    _read(strips, clean, engine)
    strips = _parted(strips, clean, engine)
    _read_again(strips, clean, engine)
    return _settled(strips, doubtful, len(found))


def _strips(lines: list[Bounds]) -> list[list[Bounds]]:
    out: list[list[Bounds]] = []
    length = 0.0
    for box in lines:
        own = (box[2] - box[0]) / max(box[3] - box[1], 1)
        if out and length + own <= _STRIP:
            out[-1].append(box)
            length += own
        else:
            out.append([box])
            length = own
    return out


def _read(strips: Sequence[_Strip], clean: Gray, engine: Engine) -> None:
    readings = engine.read([_picture(strip, clean, _FIRST) for strip in strips])
    for strip, reading in zip(strips, readings, strict=True):
        strip.first = reading


def _picture(strip: _Strip, clean: Gray, padding: float) -> Gray:
    """The lines of a strip side by side, as high as the highest."""
    import cv2
    import numpy

    parts = [crop_of(clean, box, padding) for box in strip.boxes]
    if len(parts) == 1:
        return parts[0]
    height = max(part.shape[0] for part in parts)
    level = []
    for part in parts:
        above = (height - part.shape[0]) // 2
        below = height - part.shape[0] - above
        level.append(cv2.copyMakeBorder(part, above, below, 0, 0, cv2.BORDER_CONSTANT, value=255))
    return numpy.hstack(level)


def _parted(strips: Sequence[_Strip], clean: Gray, engine: Engine) -> list[_Strip]:
    """Figures on several lines of a cell are no one figure: each line is read by itself then."""
    out: list[_Strip] = []
    alone: list[_Strip] = []
    for strip in strips:
        if len(strip.boxes) > 1 and _may_be_figure(strip.first.text):
            parts = [_Strip(strip.cell, [box]) for box in strip.boxes]
            alone += parts
            out += parts
        else:
            out.append(strip)
    _read(alone, clean, engine)
    return out


def _read_again(strips: Sequence[_Strip], clean: Gray, engine: Engine) -> None:
    figures = [strip for strip in strips if _may_be_figure(strip.first.text)]
    _vote(figures, clean, _AGAIN[0], engine)
    _vote([strip for strip in figures if _agreed(strip) is None], clean, _AGAIN[1], engine)
    words = [strip for strip in strips if not strip.others and strip.first.score < _CLEAR]
    _vote(words, clean, (_FIRST + _AGAIN[1]) / 2, engine)


def _vote(strips: Sequence[_Strip], clean: Gray, padding: float, engine: Engine) -> None:
    readings = engine.read([_picture(strip, clean, padding) for strip in strips])
    for strip, reading in zip(strips, readings, strict=True):
        strip.others.append(reading)


def _may_be_figure(text: str) -> bool:
    """Whether a text is no label for sure: figures with a unit at most, or a sign that may be anything."""
    digits = sum(sign.isdigit() for sign in text)
    words = sum(sign.isalpha() for sign in text)
    return len(text) <= _FIGURE and (words <= 1 or words <= digits)


def _settled(strips: Sequence[_Strip], doubtful: set[tuple[int, int]], count: int) -> list[dict[int, str]]:
    by_cell: dict[tuple[int, int], list[_Strip]] = {cell: [] for cell in sorted(doubtful)}
    for strip in strips:
        by_cell.setdefault(strip.cell, []).append(strip)
    out: list[dict[int, str]] = [{} for _ in range(count)]
    for (n, m), own in by_cell.items():
        texts = [_text(strip) for strip in own]
        if (n, m) in doubtful or any(text is None for text in texts):
            said = "; ".join(" or ".join(dict.fromkeys(one.text for one in strip.readings)) for strip in own)
            out[n][m] = f"{IMAGE} {said}".strip()[:80]
        else:
            figures = any(_may_be_figure(strip.first.text) for strip in own)
            out[n][m] = ("\n" if figures else "").join(text for text in texts if text is not None)
    return out


def _text(strip: _Strip) -> str | None:
    """What a strip says; None for a figure of which two readings do not say the same."""
    if _may_be_figure(strip.first.text) and any(_has_digit(one.text) for one in strip.readings):
        return _agreed(strip)
    surest = max(strip.readings, key=lambda one: one.score)
    return surest.text if surest.text != "" else None


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _agreed(strip: _Strip) -> str | None:
    """What two readings of a figure say, both surely; more surely where a third differs."""
    votes: dict[str, list[float]] = {}
    for one in strip.readings:
        votes.setdefault(one.text.replace(" ", ""), []).append(one.score)
    text, scores = max(votes.items(), key=lambda item: len(item[1]))
    if text == "" or len(scores) < 2:
        return None
    least = _SURE if len(votes) == 1 else _SURER
    return text if sorted(scores)[-2] >= least else None
