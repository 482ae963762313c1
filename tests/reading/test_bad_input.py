"""Bytes that are no report, or only a part of one: an outcome, never an exception, never a wrong figure."""

from __future__ import annotations

import json
import random
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goicrawl.extraction.report import REPORT_OUTCOMES, Report
from goicrawl.reading import parse_report
from goicrawl.reading.report import MAX_BYTES
from tests.extraction.pages import APPLICANTS, FIGURES, NEW, codes, page
from tests.renderings import Rendering, render
from tests.renderings.figures import load

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TYPES = st.sampled_from(
    [None, "text/html", "text/plain", "text/html; charset=gbk", "application/pdf", "nonsense", ""]
)


def is_sound(report: Report) -> None:
    assert report.outcome in REPORT_OUTCOMES
    assert report.outcome == "complete" or report.reasons
    json.dumps(report.to_dict(), allow_nan=False)


@QUICK
@given(st.binary(max_size=2000), TYPES)
def test_any_bytes_have_an_outcome(data: bytes, media_type: str | None) -> None:
    is_sound(parse_report(data, media_type=media_type))


PIECES = [
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=0 colspan=9999>",
    "<td rowspan='-3'>",
    "</td>",
    "<p>",
    "|",
    "\t",
    "自然人",
    "总计",
    NEW,
    "规章",
    "信息内容",
    "本年制发件数",
    "5",
    "３",
    "其他",
    "\n",
    " ",
    "行政复议",
    "结果维持",
    "<!--",
    "<script>",
    "<th>",
    "&#0;",
    "&nbsp",
    "1.",
    "（一）",
    "2022年",
    "政府信息公开工作年度报告",
    "\ufeff",
    "统计数",
]


@QUICK
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), TYPES)
def test_any_heap_of_a_reports_pieces_has_an_outcome(text: str, media_type: str | None) -> None:
    is_sound(parse_report(text.encode(), media_type=media_type))


@cache
def whole(style: str, form: str) -> tuple[Rendering, Report]:
    name = {"f2021": "invented_distinct_f2021", "f2019": "invented_distinct_f2019"}.get(
        form, "invented_distinct_fujian2008"
    )
    one = render(load(name), form, style, 0)
    return one, parse_report(one.data, media_type=one.media_type)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_bytes_changed_here_and_there_raise_nothing(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(whole("official", "f2021")[0].data)
    for _ in range(rng.randint(1, 40)):
        at = rng.randrange(len(data))
        if rng.random() < 0.5:
            data[at] = rng.randrange(256)
        else:
            del data[at : at + rng.randint(1, 50)]
    is_sound(parse_report(bytes(data), media_type="text/html"))


EMPTY = ("blank", "slash")


def wrong_when_cut(style: str, form: str, step: int, start: int) -> list[str]:
    """Cells that a page cut short says otherwise than the whole page."""
    one, full = whole(style, form)
    out = []
    for cut in range(start, len(one.data), step):
        report = parse_report(one.data[:cut], media_type=one.media_type)
        is_sound(report)
        for address, answer in report.cells.items():
            true = full.cells.get(address)
            if true is None or (answer.value is not None and answer.value != true.value):
                out.append(f"cut at {cut}: {address} {answer.raw!r} for {true and true.raw!r}")
            elif (answer.kind in EMPTY) != (true.kind in EMPTY):
                out.append(f"cut at {cut}: {address} {answer.kind} for {true.raw!r}")
    return out


@pytest.mark.parametrize("form", ["f2021", "f2019", "fujian2008"])
def test_a_page_cut_short_says_nothing_else(form: str) -> None:
    assert wrong_when_cut("official", form, 97, 0) == []


@pytest.mark.parametrize(
    "style", ["unclosed", "layout_tables", "gbk_called_gb2312", "paragraph_cells", "nested_groups"]
)
def test_a_page_in_another_hand_cut_short_says_nothing_else(style: str) -> None:
    assert wrong_when_cut(style, "f2021", 397, 41) == []


@pytest.mark.parametrize("style", ["text_lines", "text_tabs", "cells_as_paragraphs"])
def test_a_text_cut_short_says_nothing_else(style: str) -> None:
    assert wrong_when_cut(style, "f2021", 61, 45) == []


def test_a_page_in_utf16_cut_short_says_nothing_else() -> None:
    assert wrong_when_cut("utf16", "f2021", 42, 4) == []


def test_a_page_that_breaks_off_in_its_last_table_says_so() -> None:
    one, _ = whole("official", "f2021")
    report = parse_report(one.data[: one.data.rindex("结果维持".encode())], media_type="text/html")
    assert "page_truncated" in codes(report)
    assert report.outcome == "partial"


@pytest.mark.parametrize("tag", ["div", "span", "b", "table", "table><tr><td", "font", "ul><li"])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting(tag: str, closed: bool) -> None:
    depth = 4000
    end = "".join(f"</{one}>" for one in reversed(tag.split("><"))) * depth if closed else ""
    is_sound(parse_report(f"<html><body>{f'<{tag}>' * depth}5{end}".encode(), media_type="text/html"))


def test_a_page_nested_in_earnest_is_read() -> None:
    table = page([["项目", *APPLICANTS], [NEW, *FIGURES]]).decode()
    deep = table.replace("<table>", "<div>" * 300 + "<table>").replace(
        "</table>", "</table>" + "</div>" * 300
    )
    assert parse_report(deep.encode()).cells["requests.newly_received.total"].value == 21


def test_a_huge_table_is_cut_and_says_so() -> None:
    head = "<tr>" + "".join(f"<td>{name}</td>" for name in ["项目", *APPLICANTS]) + "</tr>"
    row = "<tr>" + "<td>1</td>" * 1000 + "</tr>"
    report = parse_report(f"<html><body><table>{head}{row * 210}</table></body></html>".encode())
    assert "table_too_large" in codes(report)
    assert report.cells == {}


def test_spans_as_large_as_they_can_be_written() -> None:
    rows = [[("项目", 65534, 1000), *APPLICANTS], [(NEW, 1, 99999), *FIGURES]]
    is_sound(parse_report(page(rows), media_type="text/html"))


def test_more_bytes_than_any_page_has() -> None:
    report = parse_report(b"<p>" + b"a" * MAX_BYTES)
    assert codes(report) == {"too_large"}
    assert report.outcome == "not_a_report"


def test_a_long_line_of_text() -> None:
    is_sound(parse_report(("予以公开 1 " * 20_000).encode(), media_type="text/plain"))
