"""A careless reader is caught: the rehearsal has teeth."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import lxml.html
import pytest

from goicrawl import forms
from goicrawl.extraction.report import Answer, Report, Source
from tests.renderings import Rendering, compare, render
from tests.renderings.figures import load


def careless(rendering: Rendering) -> Report:
    """Reads the requests table as many a script does: the label, then whatever numbers follow, in order."""
    table = forms.load()["f2021"].table("requests")
    assert table is not None
    rows = {row.label: row.id for row in table.rows}
    columns = [column.id for column in table.columns]
    cells: dict[str, Answer] = {}
    for line in lxml.html.fromstring(rendering.data.decode("utf-8", "replace")).iter("tr"):
        texts = ["".join(cell.itertext()) for cell in line.xpath("./td|./th")]
        label = next((text for text in reversed(texts) if text in rows), None)
        if label is None:
            continue
        digits = [
            re.sub(r"\D", "", unicodedata.normalize("NFKC", t)) for t in texts[texts.index(label) + 1 :]
        ]
        values = [Decimal(number or 0) for number in digits]
        for column, value in zip(columns, values, strict=False):
            cells[f"requests.{rows[label]}.{column}"] = Answer(str(value), "number", value)
    return Report(source=Source(sha256=""), outcome="partial", reasons=("requests only",), cells=cells)


def caught(style: str) -> int:
    """In how many of ten renderings the careless reader is silently wrong."""
    figures = load("invented_distinct_f2021")
    count = 0
    for seed in range(10):
        rendering = render(figures, "f2021", style, seed)
        problems = compare(careless(rendering), rendering)
        count += any(problem.kind == "silently_wrong" for problem in problems)
    return count


def test_the_careless_reader_reads_the_official_page() -> None:
    assert caught("official") == 0


@pytest.mark.parametrize(
    ("style", "least"),
    [
        ("cell_lost", 3),
        ("cell_doubled", 3),
        ("cell_added", 3),
        ("some_merged", 3),
        ("total_first", 10),
        ("column_missing", 5),
        ("extra_column", 3),
        ("two_numbers", 8),
        ("footnote_text", 8),
        ("hidden_numbers", 10),
        ("struck_out", 8),
        ("images", 8),
        ("printed_twice_differing", 3),
        ("truncated", 1),
    ],
)
def test_the_careless_reader_is_caught(style: str, least: int) -> None:
    assert caught(style) >= least
