"""Which characters of a page can be seen: those that nothing cuts off, covers or hides by its colour.

What another character overprints cannot be read by anybody; it is told apart from what is printed twice on
top of itself, which is bold.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goicrawl.documents.pdf_geometry import Box, Glyph

UNKNOWN: Final = "\ufffd"
"""Stands for a character that cannot be read."""
MOST_FILLS: Final = 2000
"""Filled shapes that are looked at, the largest first; a report's page has some dozens."""
_BAND: Final = 20.0
_MOST_BANDS: Final = 1000
_MOST_LOOKS: Final = 5_000_000
"""Pairs of a character and a fill in its strip; a report's page has some thousand."""
_EDGE: Final = 2.0
_DOUBLE: Final = 0.15
"""The same character again so near (parts of its size) is bold by printing twice."""
_OVERPRINTED: Final = 0.4
"""Another character's centre so near (parts of the narrower one's width) is printed over it."""


class Fill(NamedTuple):
    """A filled shape: where and when it is drawn, whether nothing shows through, and whether it is white."""

    box: Box
    order: int
    opaque: bool
    pale: bool


class Drawn(NamedTuple):
    """A piece of text: when it is drawn, what it is cut off to, and whether it is white."""

    order: int
    clip: Box | None
    pale: bool


@dataclass
class Seen:
    """The characters that are seen, how many are not, and how many cannot be read for others above them."""

    glyphs: list[Glyph] = field(default_factory=list)
    hidden: int = 0
    overprinted: int = 0
    cut: bool = False
    """Whether there are more filled shapes than were looked at."""
    cut_off: int = 0
    """Numbers that lost digits at the edge of what is shown."""


def seen(glyphs: Sequence[Glyph], drawn: Mapping[int, Drawn], fills: Sequence[Fill], page: Box) -> Seen:
    """Sort out what cannot be seen. What lies outside of the page or is cut off is no text at all."""
    out = Seen()
    bands = _bands(fills)
    left = _MOST_LOOKS
    beside_cut: set[int] = set()
    cut_text = 0
    for glyph in glyphs:
        x, y = glyph.middle
        own = drawn.get(glyph.owner)
        clip = None if own is None or own.clip is None else _inside(own.clip, page)
        # A text that runs over the edge of the page is known as a whole; one beyond it was never printed.
        begun = bool(out.glyphs) and out.glyphs[-1].owner == glyph.owner
        if not (begun or _holds(page, x, y)) or not (clip is None or _holds(clip, x, y)):
            cut_text = glyph.owner
            if begun:
                beside_cut.add(len(out.glyphs) - 1)
            continue
        if cut_text == glyph.owner:
            beside_cut.add(len(out.glyphs))
        cut_text = 0
        around = bands.get(int(y // _BAND), ())
        left -= len(around)
        if left <= 0:
            out.cut = True
        elif own is not None and _is_hidden(own, [fill for fill in around if _holds(fill.box, x, y)]):
            out.hidden += glyph.text != " "
            continue
        out.glyphs.append(glyph)
    out.cut_off = _spoil_numbers(out.glyphs, beside_cut)
    _tell_apart(out)
    return out


def _spoil_numbers(glyphs: list[Glyph], beside_cut: set[int]) -> int:
    """Make unreadable the numbers that lost digits where a text was cut off; how many there are."""
    spoilt = 0
    for at in beside_cut:
        first = last = at
        while first > 0 and _is_one_number(glyphs[first - 1], glyphs[at]):
            first -= 1
        while last + 1 < len(glyphs) and _is_one_number(glyphs[last + 1], glyphs[at]):
            last += 1
        if glyphs[at].text.isdigit():
            spoilt += 1
            glyphs[first : last + 1] = [one._replace(text=UNKNOWN) for one in glyphs[first : last + 1]]
    return spoilt


def _is_one_number(one: Glyph, other: Glyph) -> bool:
    return one.owner == other.owner and one.text.isdigit() and other.text.isdigit()


def _is_hidden(own: Drawn, fills: Sequence[Fill]) -> bool:
    """Whether a fill at the place covers a text, or none makes white text show."""
    return any(fill.opaque and fill.order > own.order for fill in fills) or (
        own.pale and not any(not fill.pale and fill.order < own.order for fill in fills)
    )


def _bands(fills: Sequence[Fill]) -> dict[int, list[Fill]]:
    """The largest fills by the strips of the page that they reach into."""
    out: dict[int, list[Fill]] = {}
    for fill in sorted(fills, key=lambda fill: -_area(fill.box))[:MOST_FILLS]:
        first, last = int(fill.box.y0 // _BAND), int(fill.box.y1 // _BAND)
        for band in range(max(first, -_MOST_BANDS), min(last, _MOST_BANDS) + 1):
            out.setdefault(band, []).append(fill)
    return out


def _inside(clip: Box, page: Box) -> Box:
    """A clip without the edges that are only the page's."""
    return Box(
        clip.x0 if clip.x0 > page.x0 + _EDGE else -math.inf,
        clip.y0 if clip.y0 > page.y0 + _EDGE else -math.inf,
        clip.x1 if clip.x1 < page.x1 - _EDGE else math.inf,
        clip.y1 if clip.y1 < page.y1 - _EDGE else math.inf,
    )


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _tell_apart(out: Seen) -> None:
    """Take out what is printed twice, and mark what is printed over something else."""
    rows: dict[int, list[int]] = {}
    glyphs = out.glyphs
    gone: set[int] = set()
    spoilt: set[int] = set()
    for n in sorted(range(len(glyphs)), key=lambda n: glyphs[n].x0):
        glyph = glyphs[n]
        if glyph.text == " " or glyph.turn != 0:
            continue
        bucket = round(glyph.y)
        for near in (bucket - 1, bucket, bucket + 1):
            row = rows.get(near, [])
            for other in reversed(row[-4:]):
                kind = _overlap(glyphs[other], glyph)
                if kind == "twice":
                    gone.add(n)
                elif kind == "over":
                    spoilt.update((other, n))
        if n not in gone:
            rows.setdefault(bucket, []).append(n)
    spoilt -= gone
    out.overprinted = len(spoilt)
    out.glyphs = [
        glyph._replace(text=UNKNOWN) if n in spoilt else glyph
        for n, glyph in enumerate(glyphs)
        if n not in gone
    ]


def _overlap(one: Glyph, other: Glyph) -> str:
    size = max(one.size, other.size)
    if abs(one.y - other.y) > _DOUBLE * size:
        return ""
    if one.text == other.text:
        return "twice" if abs(one.x0 - other.x0) < _DOUBLE * size else ""
    width = min(one.x1 - one.x0, other.x1 - other.x0)
    apart = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    is_text = all(unicodedata.category(sign.text[0])[0] in "LN" for sign in (one, other))
    return "over" if is_text and apart < _OVERPRINTED * width else ""
