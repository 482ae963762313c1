"""How fast a page is read, from its bytes to a checked report: `python -m benchmarks.parse`.

Beside `parse_report` stand, in the same run and on the same bytes:

- selectolax: `LexborHTMLParser` builds the tree and nothing else. This project reads pages with it.
- lxml: `lxml.html.document_fromstring` builds the tree and nothing else.
- pandas: `pandas.read_html` gives the page's tables as data frames: no labels matched, no text, no checks.

All take their turn in every round, so that what slows the machine down for a moment slows all of them; the
median over the rounds counts. It is processor time, of which other programs take none. Every report is
compared with the numbers that its page was made from before anything is measured: a reader that reads less
would be fast. Files (PDF, DOCX, DOC, XLSX) come behind the pages, see `benchmarks._parse_files`.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from lxml import html as lxml_html
from selectolax.lexbor import LexborHTMLParser

from benchmarks._parse_files import CELLS, files, readers_of
from benchmarks._pictures import print_picture
from goicrawl.demo.figures import Figures, load
from goicrawl.demo.markup import escape
from goicrawl.demo.reports import report_body
from goicrawl.reading import parse_report

ROUNDS = 60
SIZE = 30_000
MENU_LINK = (
    '<li class="nav-item"><a href="/zwgk/{0}/index.html" target="_blank" title="栏目{0}">栏目{0}</a></li>\n'
)


@dataclass(frozen=True)
class Page:
    """A page to read: what is special about it, its bytes, and the numbers printed on it."""

    name: str
    data: bytes
    figures: Figures


def main() -> None:
    """Measure, and print a table for each page."""
    parser = argparse.ArgumentParser(description="Reading a page, beside parsing it alone.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--picture-rounds", type=int, default=3, help="0: no picture is measured")
    chosen = parser.parse_args()
    if chosen.rounds < 1:
        parser.error("--rounds: at least 1")
    readers = readers_here()
    for page in pages():
        check(page)
        print_table(page.name, page.data, len(page.figures.cells), measure(page.data, readers, chosen.rounds))
    for name, data in files():
        print_table(name, data, CELLS, measure(data, readers_of(name), max(chosen.rounds // 6, 1)))
    if chosen.picture_rounds > 0:
        print_picture(chosen.picture_rounds)


def pages() -> list[Page]:
    """Three pages with the same real figures, as different portals would print them."""
    figures = load()["suqian_2024"]
    return [
        Page("attributes on every cell", _page(figures, "upper"), figures),
        Page("bare tables in a large frame", _page(figures, "plain"), figures),
        Page("Word's markup", _page(figures, "word"), figures),
    ]


def readers_here() -> dict[str, Callable[[bytes], object]]:
    """What is compared, by name; pandas only where it is installed."""
    readers: dict[str, Callable[[bytes], object]] = {
        "goicrawl": parse_report,
        "selectolax": LexborHTMLParser,
        "lxml": lxml_html.document_fromstring,
    }
    try:
        import pandas
    except ImportError:
        print("pandas: skipped, it is not installed")
    else:
        readers["pandas"] = lambda data: pandas.read_html(io.BytesIO(data), flavor="lxml", encoding="utf-8")
    return readers


def check(page: Page) -> None:
    """End the benchmark if the report is not what the page says."""
    report = parse_report(page.data)
    printed = {address: answer.value for address, answer in report.cells.items()}
    wrong = [address for address, value in page.figures.cells.items() if printed.get(address) != value]
    if wrong or report.outcome != "complete":
        raise SystemExit(f"{page.name}: {report.outcome}, {len(wrong)} cells not read, {report.reasons}")


def measure(data: bytes, readers: dict[str, Callable[[bytes], object]], rounds: int) -> dict[str, float]:
    """Median seconds of processor time by reader. One round before the first is not counted."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    gc.collect()
    for number in range(rounds + 1):
        for name, read in readers.items():
            began = time.process_time()
            read(data)
            seconds = time.process_time() - began
            if number > 0:
                times[name].append(seconds)
    return {name: statistics.median(values) for name, values in times.items()}


def print_table(title: str, data: bytes, cells: int, medians: dict[str, float]) -> None:
    """A line for each reader: milliseconds, pages a second, and how its time compares with goicrawl's."""
    own = medians["goicrawl"]
    print(f"{title}: {len(data) / 1000:.1f} kB, {cells} cells")
    print(f"  {'':11}{'ms':>9}{'pages/s':>10}   goicrawl takes")
    for name, seconds in medians.items():
        compared = "" if name == "goicrawl" else f"   {own / seconds:.2f} times as long"
        print(f"  {name:11}{1000 * seconds:9.2f}{1 / seconds:10.0f}{compared}")


def _page(figures: Figures, style: str) -> bytes:
    """A whole page; a frame of menus brings it to `SIZE` bytes if it is smaller."""
    title = escape(figures.title)
    article = (
        f'<div class="article"><h1>{title}</h1>\n<div id="zoom">{report_body(figures, style)}</div></div>'
    )
    head = (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="ArticleTitle" content="{title}">\n'
        f'<meta name="PubDate" content="{figures.published_on}">\n'
        f"<title>{title}</title>\n</head>\n<body>\n"
    )
    room = SIZE - len((head + article).encode())
    links = max(0, room // len(MENU_LINK.format(100).encode()))
    menu = "".join(MENU_LINK.format(number) for number in range(100, 100 + links))
    return f'{head}<ul class="nav">\n{menu}</ul>\n{article}\n</body>\n</html>\n'.encode()


if __name__ == "__main__":
    main()
