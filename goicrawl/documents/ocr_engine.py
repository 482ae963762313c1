"""Recognises text in pictures: the models of rapidocr on onnxruntime, both of the extra `goicrawl[ocr]`.

The models lie in rapidocr's wheel. They are run directly, so that nothing is ever downloaded, threads and
memory are bounded, and every character's probability is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Gray = NDArray[numpy.uint8]
    """A picture: rows of pixels from 0, black, to 255, white."""

INSTALL: Final = "install goicrawl[ocr] to read pictures"
THREADS: Final = 2
"""Threads of the engine; more bring little on crops so small."""
_NEEDED: Final = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr")
_HEIGHT: Final = 48
"""The recogniser's own height of a line."""
_STEP: Final = 8
"""Pixels of a line's width to each of the recogniser's steps."""
_WIDTHS: Final = 32
"""Lines are padded to multiples of this, so that many share a batch."""
_MOST_STEPS: Final = 320
"""Steps in one batch: each holds a probability for each of 18,710 characters."""
_LONGEST: Final = 2560
_ROUND: Final = frozenset("Oo〇○")
"""Read as 0: no report prints them in a table but for a zero."""
_INK: Final = 0.3
_TEXT: Final = 0.5
_GROWN: Final = 1.6
"""The finder marks the core of a line; the line is larger by this, its area over its outline."""


class Reading(NamedTuple):
    """What a line says, and the probability of its least sure character."""

    text: str
    score: float


class TextBox(NamedTuple):
    """A line of text found on a page: left, top, right, bottom in pixels, and its slant in degrees."""

    x0: int
    y0: int
    x1: int
    y1: int
    slant: float


@cache
def missing() -> str | None:
    """Why pictures cannot be read here, None where they can."""
    absent = [name for name in _NEEDED if find_spec(name) is None]
    if absent:
        return INSTALL
    lacking = [kind for kind in ("rec", "det", "cls") if _model(kind) is None]
    return f"the installed rapidocr carries no model for {', '.join(lacking)}" if lacking else None


@cache
def engine() -> Engine:
    """The engine of this process; loading it takes a quarter of a second.

    Raises:
        RuntimeError: the extra is not installed; ask `missing` first.
    """
    why = missing()
    if why is not None:
        raise RuntimeError(why)
    return Engine()


def _model(kind: str) -> Path | None:
    spec = find_spec("rapidocr")
    if spec is None or spec.submodule_search_locations is None:
        return None
    for place in spec.submodule_search_locations:
        found = sorted(Path(place, "models").glob(f"*_{kind}_*.onnx"))
        if found:
            return found[-1]
    return None


class Engine:
    """Finds lines of text and reads them."""

    def __init__(self) -> None:
        import cv2

        cv2.setNumThreads(THREADS)
        self._recogniser = _session("rec")
        self._finder = _session("det")
        self._direction = _session("cls")
        listed = self._recogniser.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *listed, " "]
        self._zero = self._characters.index("0")
        self._zeros = [n for n, sign in enumerate(self._characters) if sign in _ROUND]

    def read(self, lines: Sequence[Gray]) -> list[Reading]:
        """Read pictures of single lines, dark on light, in their order."""
        out = [Reading("", 0.0)] * len(lines)
        by_width: dict[int, list[tuple[int, Any]]] = {}
        # Zeros that a program drew are the same to the pixel, and there are a hundred on a page.
        first: dict[tuple[int, bytes], int] = {}
        same: list[tuple[int, int]] = []
        for n, line in enumerate(lines):
            scaled = _to_height(line)
            known = first.setdefault((scaled.shape[1], scaled.tobytes()), n)
            if known != n:
                same.append((n, known))
                continue
            padded = -(-scaled.shape[1] // _WIDTHS) * _WIDTHS
            by_width.setdefault(padded, []).append((n, scaled))
        for padded, members in sorted(by_width.items()):
            most = max(_MOST_STEPS * _STEP // padded, 1)
            for start in range(0, len(members), most):
                batch = members[start : start + most]
                for (n, _), reading in zip(batch, self._read_batch(batch, padded), strict=True):
                    out[n] = reading
        for n, known in same:
            out[n] = out[known]
        return out

    def _read_batch(self, batch: list[tuple[int, Any]], width: int) -> list[Reading]:
        import numpy

        pixels = numpy.ones((len(batch), 3, _HEIGHT, width), dtype=numpy.float32)
        for place, (_, line) in enumerate(batch):
            pixels[place, :, :, : line.shape[1]] = line.astype(numpy.float32) / 127.5 - 1.0
        (steps,) = self._recogniser.run(None, {self._recogniser.get_inputs()[0].name: pixels})
        # A lone 0 looks like these letters, and its probability is shared out among them.
        steps[:, :, self._zero] += steps[:, :, self._zeros].sum(axis=2)
        steps[:, :, self._zeros] = 0.0
        best, sure = steps.argmax(axis=2), steps.max(axis=2)
        return [self._text(best[n], sure[n]) for n in range(len(batch))]

    def _text(self, best: Any, sure: Any) -> Reading:
        """A character stands where the steps name it anew; several steps may name the same one."""
        signs: list[str] = []
        scores: list[float] = []
        former = 0
        for sign, score in zip(best.tolist(), sure.tolist(), strict=True):
            if sign != 0 and sign == former:
                scores[-1] = max(scores[-1], score)
            elif sign != 0:
                signs.append(self._characters[sign])
                scores.append(score)
            former = sign
        return Reading("".join(signs), min(scores, default=0.0))

    def find(self, page: Gray) -> list[TextBox]:
        """Find the lines of text in a piece of a page. Memory grows with its area."""
        import cv2
        import numpy

        height, width = page.shape
        rows, columns = -(-height // 32) * 32, -(-width // 32) * 32
        pixels = numpy.full((rows, columns), 255, dtype=numpy.uint8)
        pixels[:height, :width] = page
        given = numpy.repeat((pixels.astype(numpy.float32) / 127.5 - 1.0)[None, None], 3, axis=1)
        (text,) = self._finder.run(None, {self._finder.get_inputs()[0].name: given})
        sure = text[0, 0, :height, :width]
        core = (sure > _INK).astype(numpy.uint8)
        core = cv2.dilate(core, numpy.ones((2, 2), numpy.uint8))
        outlines, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        out = []
        for outline in outlines:
            box = self._box(outline, sure)
            if box is not None:
                out.append(box)
        return sorted(out, key=lambda box: (box.y0, box.x0))

    @staticmethod
    def _box(outline: Any, sure: NDArray[numpy.float32]) -> TextBox | None:
        import cv2
        import numpy

        (_, _), (wide, high), _ = rectangle = cv2.minAreaRect(outline)
        if min(wide, high) < 3:
            return None
        corners = cv2.boxPoints(rectangle)
        x, y, w, h = cv2.boundingRect(outline)
        inside = numpy.zeros((h, w), dtype=numpy.uint8)
        cv2.fillPoly(inside, [(corners - [x, y]).astype(numpy.int32)], 1)
        if cv2.mean(sure[y : y + h, x : x + w], inside)[0] < _TEXT:
            return None
        grown = wide * high * _GROWN / (2 * (wide + high))
        xs, ys = corners[:, 0], corners[:, 1]
        # The slant of the longer side, between -90 and 90 degrees, falling to the right being positive.
        sides = [(corners[n] - corners[n - 1]) for n in (1, 2)]
        longer = max(sides, key=lambda side: float(numpy.hypot(*side)))
        slant = float(numpy.degrees(numpy.arctan2(longer[1], longer[0])))
        slant = slant - 180 if slant > 90 else slant + 180 if slant <= -90 else slant
        high, wide = sure.shape
        left, top = max(int(xs.min() - grown), 0), max(int(ys.min() - grown), 0)
        right, bottom = min(int(xs.max() + grown) + 1, wide), min(int(ys.max() + grown) + 1, high)
        return TextBox(left, top, right, bottom, slant)

    def upside_down(self, lines: Sequence[Gray]) -> float:
        """How much of these lines stands on its head, from 0 to 1."""
        import numpy

        votes = []
        for line in lines:
            scaled = _to_height(line)[:, :192]
            pixels = numpy.ones((1, 3, _HEIGHT, 192), dtype=numpy.float32)
            pixels[0, :, :, : scaled.shape[1]] = scaled.astype(numpy.float32) / 127.5 - 1.0
            (answer,) = self._direction.run(None, {self._direction.get_inputs()[0].name: pixels})
            votes.append(float(answer[0, 1]))
        return sum(votes) / len(votes) if votes else 0.0


def _to_height(line: Gray) -> Any:
    import cv2

    height, width = line.shape
    wanted = min(max(round(width * _HEIGHT / height), 1), _LONGEST)
    kind = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return cv2.resize(line, (wanted, _HEIGHT), interpolation=kind)


def _session(kind: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(_model(kind)), options, providers=["CPUExecutionProvider"])
