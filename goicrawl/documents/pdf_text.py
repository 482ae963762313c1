"""Characters to lines, and lines to paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from goicrawl.documents.document import Paragraph, RecognisedParagraph
from goicrawl.documents.pdf_geometry import Box, Glyph
from goicrawl.documents.word_runs import LOWERED, RAISED

_SAME_LINE: Final = 0.5
"""Baselines closer than this part of the size are one line: superscripts, mixed sizes."""
_SMALL: Final = 0.9
"""Characters no larger than this part of the line's are raised or lowered where they leave its base."""
_SHIFTED_LINE: Final = 0.75
_SHIFTED: Final = 0.12
_LITTLE_SMALLER: Final = 0.8
_FAR_SHIFTED: Final = 0.25
"""Characters that are hardly smaller must stand that far off."""
_WORD_GAP: Final = 0.3
_IDEOGRAPH_GAP: Final = 1.0
"""Ideographs are spread to fill a line; digits and letters are not."""
_PRINTED_GAP: Final = 0.1
_DOUBLE: Final = 0.15
"""The same character again so near is bold by printing twice."""
_INDENT: Final = 1.2
_LINE_FEED: Final = 2.6
"""Lines further apart than this many sizes are no paragraph."""
_NO_START: Final = "，。、；：？！）》〉」』】〕”’,.;:?!)%％"
_PAGE_MARK: Final = re.compile(
    r"(?:[—–\-－―·•~～]+\s*(\d{1,3})\s*[—–\-－―·•~～]+|第\s*(\d{1,3})\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    r"|(\d{1,3})\s*/\s*\d{1,3}|(\d{1,3}))"
)


class TextLine(NamedTuple):
    """A line of text: where it begins and ends, its baseline and the size of its characters."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    last: float = 0.0
    """How wide its first word is: what would have had to fit on the line above."""
    recognised: bool = False
    """Whether it was recognised in a picture."""


def lines_of(glyphs: Sequence[Glyph], walls: Sequence[Box] = ()) -> list[TextLine]:
    """Characters in lines from top to bottom; a wall (a table) between two characters parts them."""
    out: list[TextLine] = []
    for turn in sorted({glyph.turn for glyph in glyphs}):
        for run in _baselines([_upright(glyph) for glyph in glyphs if glyph.turn == turn]):
            for part in _parted(run, walls if turn == 0 else ()):
                line = _line(part)
                if line is not None:
                    out.append(line)
    return out


def _upright(glyph: Glyph) -> Glyph:
    """A character that runs in another direction than the page, as if the page were turned."""
    if glyph.turn == 0:
        return glyph
    corners = [_rotated(x, y, glyph.turn) for x in (glyph.x0, glyph.x1) for y in (glyph.y0, glyph.y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return glyph._replace(x0=min(xs), x1=max(xs), y0=min(ys), y1=max(ys))


def _rotated(x: float, y: float, turn: int) -> tuple[float, float]:
    if turn == 1:
        return -y, x
    return (-x, -y) if turn == 2 else (y, -x)


def _baselines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that stand on one line, left to right."""
    line: list[Glyph] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.y, one.x0)):
        larger = max(size, glyph.size)
        near = _SHIFTED_LINE if min(size, glyph.size) <= _SMALL * larger else _SAME_LINE
        if line and glyph.y - base > near * larger:
            yield sorted(line, key=lambda one: one.x0)
            line = []
        if not line:
            base, size = glyph.y, glyph.size
        size = max(size, glyph.size)
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda one: one.x0)


def _parted(run: list[Glyph], walls: Sequence[Box]) -> Iterator[list[Glyph]]:
    beside = [wall for wall in walls if wall.y0 <= run[0].y <= wall.y1 + run[0].size]
    part: list[Glyph] = []
    for glyph in run:
        if part and any(part[-1].x1 <= wall.x0 + 1 and wall.x1 - 1 <= glyph.x0 for wall in beside):
            yield part
            part = []
        part.append(glyph)
    yield part


def _shifted(run: list[Glyph]) -> list[Glyph]:
    """The line with the digits that stand above or below it as such: 12² is not 122."""
    main = max(glyph.size for glyph in run)
    small = _SMALL * main
    if all(glyph.size > small for glyph in run):
        return run
    base = median(glyph.y for glyph in run if glyph.size > small)
    out: list[Glyph] = []
    for glyph in run:
        shift = glyph.y - base
        least = _SHIFTED if glyph.size <= _LITTLE_SMALLER * main else _FAR_SHIFTED
        if out and glyph.size <= small and abs(shift) > least * main:
            glyph = glyph._replace(text=glyph.text.translate(RAISED if shift < 0 else LOWERED))
        out.append(glyph)
    return out


def _line(run: list[Glyph]) -> TextLine | None:
    run = _shifted(run)
    parts: list[str] = []
    former: Glyph | None = None
    spaced = False
    first_end: float | None = None
    for glyph in run:
        if glyph.text == " ":
            spaced = True
            continue
        if former is not None:
            size = max(glyph.size, former.size)
            if glyph.text == former.text and abs(glyph.x0 - former.x0) < _DOUBLE * size:
                continue
            gap = (glyph.x0 - former.x1) / size
            wide = _is_wide(glyph.text) and _is_wide(former.text)
            if gap > (_IDEOGRAPH_GAP if wide else _WORD_GAP) or (spaced and gap > _PRINTED_GAP):
                parts.append(" ")
            breaks = parts[-1] == " " or _is_wide(glyph.text) or _is_wide(former.text)
            if first_end is None and breaks and glyph.text not in _NO_START:
                first_end = former.x1
        parts.append(glyph.text)
        former = glyph
        spaced = False
    if former is None:
        return None
    begin = next(glyph.x0 for glyph in run if glyph.text != " ")
    size = median(glyph.size for glyph in run)
    return TextLine("".join(parts), begin, former.x1, run[0].y, size, (first_end or former.x1) - begin)


def _is_wide(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in "WF"


def text_in_cell(lines: Sequence[TextLine], width: float) -> str:
    """The text of a cell: lines that the cell was too narrow for are joined, others stand apart."""
    out = ""
    for n, line in enumerate(lines):
        former = lines[n - 1] if n else None
        if former is not None:
            out += joint(former.text, line.text) if continues(former, line, width) else "\n"
        out += line.text
    return out


def continues(former: TextLine, line: TextLine, width: float) -> bool:
    """Whether a line of a cell goes on with the one before it: the cell had no room for more."""
    return former.x1 - former.x0 + line.last + 1.2 * line.size >= width


def joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a space between words of letters."""
    return " " if _is_letter(before[-1]) and _is_letter(after[0]) else ""


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def page_mark(line: TextLine) -> tuple[int, bool] | None:
    """The number in a running page number, and whether it is more than a bare number."""
    match = _PAGE_MARK.fullmatch(line.text.strip())
    if match is None:
        return None
    number = next(int(group) for group in match.groups() if group is not None)
    return number, match[4] is None


def right_margin(lines: Sequence[TextLine]) -> float:
    """Where full lines end: the place that most of the long lines reach."""
    ends = sorted(line.x1 for line in lines)
    return ends[int(len(ends) * 0.9)] if ends else 0.0


def left_margin(lines: Sequence[TextLine]) -> float:
    """Where lines that go on begin."""
    begins = sorted(line.x0 for line in lines if len(line.text) > 1)
    return begins[int(len(begins) * 0.1)] if begins else 0.0


def goes_on(former: TextLine, line: TextLine, left: float, right: float, *, new_page: bool) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    size = max(former.size, line.size)
    if abs(former.size - line.size) > 0.15 * size or line.x0 - left > _INDENT * size:
        return False
    if not new_page and not 0 < line.y - former.y <= _LINE_FEED * size:
        return False
    return former.x1 + line.last + size > right


def joined(lines: Sequence[TextLine]) -> Paragraph:
    """The lines of one paragraph as its text."""
    out = lines[0].text
    for former, line in pairwise(lines):
        out += joint(former.text, line.text) + line.text
    return RecognisedParagraph(out) if lines[0].recognised else Paragraph(out)
