"""Sets a picture of a page upright: light paper, text that runs right, lines that do not slant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from goicrawl.documents.ocr_engine import Engine, TextBox

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

_SAMPLE: Final = 960
"""Side of the piece of a page by which its direction is judged."""
_SAMPLE_SIZE: Final = 14.0
"""Height of characters, in pixels, at which the finder works well and fast."""
_STEEPEST: Final = 12.0
"""Degrees; a page that slants more is not set straight."""
_LEAST: Final = 0.04
_LONG: Final = 4.0
"""A line of text so many times as long as high tells its direction."""
_VOTES: Final = 12
USUAL_SIZE: Final = 24.0
_SMALL, _LARGE = 15.0, 90.0
"""Characters smaller or larger than this are brought to the usual height."""


@dataclass
class Upright:
    """A page set upright. `size` is the height of its characters in pixels; `turned` in quarter turns."""

    pixels: Gray
    size: float
    turned: int = 0
    slant: float = 0.0


def set_upright(pixels: Gray, engine: Engine) -> Upright | None:
    """Bring a page to light paper, upright text and a usual size; None where it holds no text at all."""
    light = lightened(pixels)
    size = character_size(light)
    if size is None:
        return None
    light, size = _resized(light, size)
    boxes, sample = _sample(light, size, engine)
    turned = 0
    if _sideways(boxes):
        light, turned = _quarter_turns(light, 1), 1
        boxes, sample = _sample(light, size, engine)
    lines = [box for box in boxes if box.x1 - box.x0 > _LONG * (box.y1 - box.y0)]
    lines = sorted(lines, key=lambda box: box.x0 - box.x1)[:_VOTES]
    crops = [sample[box.y0 : box.y1, box.x0 : box.x1] for box in lines]
    if crops and engine.upside_down(crops) > 0.5:
        light, turned = _quarter_turns(light, 2), turned + 2
    slant = _slant(light, size, boxes)
    if abs(slant) > _LEAST:
        light = _rotated(light, slant)
    return Upright(light, size, turned % 4, slant)


def lightened(pixels: Gray) -> Gray:
    """The page on white paper, whatever the paper's colour and its shadows; light on dark is inverted."""
    import cv2
    import numpy

    if float(numpy.median(pixels[::7, ::7])) < 100:
        pixels = cast("Gray", cv2.bitwise_not(pixels))
    height, width = pixels.shape
    step = max(min(height, width) // 300, 1)
    small = cv2.resize(pixels, (max(width // step, 1), max(height // step, 1)), interpolation=cv2.INTER_AREA)
    side = 2 * (max(min(small.shape) // 40, 3)) + 1
    paper = cv2.dilate(small, numpy.ones((side, side), numpy.uint8))
    paper = cv2.medianBlur(paper, min(side | 1, 255))
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cast("Gray", cv2.divide(pixels, numpy.maximum(paper, 60), scale=255))


def character_size(light: Gray) -> float | None:
    """The usual height of characters, from the pieces of ink: half of them are digits or whole ideographs."""
    import cv2
    import numpy

    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = (light < min(max(level, 100), 200)).astype(numpy.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return None
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    longer = numpy.maximum(wide, high)
    fits = (longer >= 5) & (longer <= 150) & (numpy.minimum(wide, high) >= 3)
    longer = numpy.sort(longer[fits])
    # Grains of noise are many and small: those that together hold little ink do not count.
    weight = numpy.cumsum(longer.astype(numpy.float64) ** 2)
    longer = longer[weight >= weight[-1] * 0.03] if len(longer) else longer
    if len(longer) < 3:
        return None
    # Strokes of an ideograph that do not touch are pieces of their own: the upper part are whole characters.
    return float(numpy.percentile(longer, 75)) * 1.1


def _resized(light: Gray, size: float) -> tuple[Gray, float]:
    import cv2

    if _SMALL <= size <= _LARGE:
        return light, size
    factor = min(USUAL_SIZE / size, 3.0)
    if light.size * factor * factor > 80_000_000:
        factor = (80_000_000 / light.size) ** 0.5
    kind = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cast("Gray", cv2.resize(light, None, fx=factor, fy=factor, interpolation=kind)), size * factor


def _sample(light: Gray, size: float, engine: Engine) -> tuple[list[TextBox], Gray]:
    """The lines of text in the piece of the page that has most ink."""
    import cv2

    factor = min(_SAMPLE_SIZE / size, 1.0)
    small = cast("Gray", cv2.resize(light, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    height, width = small.shape
    best, most = (0, 0), -1
    for y in range(0, max(height - _SAMPLE, 0) + 1, _SAMPLE // 2):
        for x in range(0, max(width - _SAMPLE, 0) + 1, _SAMPLE // 2):
            ink = int((small[y : y + _SAMPLE, x : x + _SAMPLE] < 150).sum())
            if ink > most:
                best, most = (y, x), ink
    piece = small[best[0] : best[0] + _SAMPLE, best[1] : best[1] + _SAMPLE]
    return engine.find(piece), piece


def _sideways(boxes: list[TextBox]) -> bool:
    """Whether most of the text that is surely longer than high stands on end."""
    lying = sum(box.x1 - box.x0 for box in boxes if box.x1 - box.x0 > 2 * (box.y1 - box.y0))
    standing = sum(box.y1 - box.y0 for box in boxes if box.y1 - box.y0 > 2 * (box.x1 - box.x0))
    return standing > lying


def _quarter_turns(light: Gray, turns: int) -> Gray:
    """Turned clockwise."""
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(light, -turns))


def _slant(light: Gray, size: float, boxes: list[TextBox]) -> float:
    """Degrees by which the page's lines fall to the right: from its rulings, else from its text."""
    import cv2
    import numpy

    factor = min(1.0, 2200 / max(light.shape))
    small = (
        light
        if factor == 1.0
        else cv2.resize(light, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    )
    ink = (small < 190).astype(numpy.uint8) * 255
    least = max(12 * size * factor, 80.0)
    found: Any = cv2.HoughLinesP(
        ink, 1, numpy.pi / 1800, int(least * 0.6), minLineLength=least, maxLineGap=max(size * factor / 6, 2)
    )
    angles: list[tuple[float, float]] = []
    for x0, y0, x1, y1 in () if found is None else found.reshape(-1, 4).tolist():
        if abs(x1 - x0) > 5 * abs(y1 - y0):
            angle = float(numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0)))
            if abs(angle) <= _STEEPEST:
                angles.append((angle, float(numpy.hypot(x1 - x0, y1 - y0))))
    if sum(length for _, length in angles) < light.shape[1] * factor:
        angles = [
            (box.slant, float(box.x1 - box.x0))
            for box in boxes
            if box.x1 - box.x0 > _LONG * (box.y1 - box.y0) and abs(box.slant) <= _STEEPEST
        ]
    return _weighted_median(angles)


def _weighted_median(angles: list[tuple[float, float]]) -> float:
    half = sum(weight for _, weight in angles) / 2
    passed = 0.0
    for angle, weight in sorted(angles):
        passed += weight
        if passed >= half:
            return angle
    return 0.0


def _rotated(light: Gray, slant: float) -> Gray:
    import cv2

    height, width = light.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sine + width * cosine) + 1, int(height * cosine + width * sine) + 1
    matrix[0, 2] += wide / 2 - width / 2
    matrix[1, 2] += high / 2 - height / 2
    turned = cv2.warpAffine(
        light, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255.0
    )
    return cast("Gray", turned)
