"""How long a picture of a report takes, beside the same engine on the whole page.

The picture holds a report's 200 cells, drawn from the figures. Beside `parse_report` stands rapidocr as it
comes, which finds and reads the page's lines of text: no cells, no figures read twice, no labels matched.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from goicrawl.demo.figures import Figures, load
from goicrawl.documents.ocr_engine import THREADS, missing
from goicrawl.reading import parse_report
from tests.documents.pictures import FONTS, blocks_of, draw, encoded


def print_picture(rounds: int) -> None:
    """Measure and print a table; a line says so where it cannot be measured."""
    why = missing()
    if why is None and not any(path.is_file() for path in FONTS):
        why = "there is no font with Chinese characters to draw it with"
    if why is not None:
        print(f"a picture: skipped, {why}")
        return
    figures = load()["suqian_2024"]
    picture = draw(blocks_of(figures))
    data = encoded(picture)
    kept = _check(data, figures)
    readers: dict[str, Callable[[], object]] = {
        "goicrawl": lambda: parse_report(data),
        "rapidocr": _whole_page(data),
    }
    size = f"{picture.width} x {picture.height} pixels"
    print(f"a picture of {size}: {len(data) / 1000:.1f} kB, {kept} cells kept")
    print(f"  {'':11}{'s':>9}{'s CPU':>10}   goicrawl takes")
    seconds = {name: _measure(read, rounds) for name, read in readers.items()}
    for name, (wall, cpu) in seconds.items():
        compared = "" if name == "goicrawl" else f"   {seconds['goicrawl'][0] / wall:.2f} times as long"
        print(f"  {name:11}{wall:9.2f}{cpu:10.2f}{compared}")


def _check(data: bytes, figures: Figures) -> int:
    """How many cells are kept; ends the benchmark where one is wrong or one that has a sum is not there."""
    cells = parse_report(data).cells
    wrong = [address for address, answer in cells.items() if figures.cells.get(address) != answer.value]
    lost = [
        address for address in figures.cells if not address.startswith("disclosure.") and address not in cells
    ]
    if wrong or lost:
        raise SystemExit(f"a picture: {len(wrong)} cells are wrong, {len(lost)} were not read")
    return len(cells)


def _whole_page(data: bytes) -> Callable[[], object]:
    import numpy
    from PIL import Image
    from rapidocr import RapidOCR

    params: dict[str, Any] = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
    }
    engine = RapidOCR(params=params)
    return lambda: engine(numpy.asarray(Image.open(io.BytesIO(data)).convert("RGB")))


def _measure(read: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds, by the clock and of the processor. One round before the first is not counted."""
    walls, cpus = [], []
    for number in range(rounds + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        read()
        if number > 0:
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)
