"""Labels in text that has lost its tables: what is one, and what only echoes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import forms
from goicrawl.documents.document import Paragraph
from goicrawl.extraction.flat_text import Mark, Stream


def marks(*lines: str) -> list[Mark]:
    return Stream([Paragraph(line) for line in lines]).marks()


def labels(*lines: str) -> list[tuple[str, list[str]]]:
    return [(mark.key, [token.text for token in mark.tokens]) for mark in marks(*lines)]


def test_one_cell_a_line() -> None:
    assert labels("自然人", "商业企业", "（一）予以公开", "3", "0") == [
        ("自然人", []),
        ("商业企业", []),
        ("予以公开", ["3", "0"]),
    ]


def test_cells_run_together() -> None:
    assert labels("自然人 商业企业 （一）予以公开3 0 2.重复申请1 2") == [
        ("自然人", []),
        ("商业企业", []),
        ("予以公开", ["3", "0"]),
        ("重复申请", ["1", "2"]),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("商业", "企业", "5"),
        ("商 业", "企 业", "5"),
        ("商业企", "", "业", "5"),
        ("商业企业", "\u3000", "5"),
        ("商业企业5",),
    ],
)
def test_a_label_wrapped_over_lines(lines: tuple[str, ...]) -> None:
    assert labels(*lines) == [("商业企业", ["5"])]


@pytest.mark.parametrize(
    "numbering",
    ["1.", "1、", "1．", "（1）", "1)", "①", "1 .", "一、", "（一）", "(一)", "其中：1.", "（一）、"],
)
def test_numbering_belongs_to_its_label_and_is_no_figure(numbering: str) -> None:
    first, second = marks("重复申请 3 0", f"{numbering}属于国家秘密 5 6")
    assert [token.text for token in first.tokens] == ["3", "0"]
    assert second.key == "属于国家秘密"
    assert [token.text for token in second.tokens] == ["5", "6"]


@pytest.mark.parametrize(
    "prose",
    [
        "我局对符合规定的申请予以公开的有3件。",
        "全年本年新收政府信息公开申请数量为12件，比上年多2件。",
        "不存在无正当理由大量反复申请的情况",
        "要求各单位对重复申请依法处理",
    ],
)
def test_words_inside_a_sentence_are_no_labels(prose: str) -> None:
    assert [mark.key for mark in marks(prose) if len(mark.key) > 2] == []


def test_a_page_number_between_strokes_is_skipped() -> None:
    assert labels("重复申请", "3", "— 12 —", "- 13 -", "第 14 页 共 20 页", "0") == [("重复申请", ["3", "0"])]


def test_every_official_row_is_found_in_its_own_print() -> None:
    for form in forms.load().values():
        for table in form.tables:
            for row in table.rows:
                found = marks(row.label, "7", "8")
                assert [token.text for token in found[-1].tokens] == ["7", "8"], row.label


@given(st.lists(st.text(alphabet="自然人商业企总计1 0.、（）一\n其他予以公开", max_size=20), max_size=8))
def test_tokens_are_pieces_of_the_text_in_order(lines: list[str]) -> None:
    blocks = [Paragraph(line) for line in lines]
    last = (-1, -1)
    for mark in Stream(blocks).marks():
        for token in mark.tokens:
            assert blocks[token.block].text[token.place : token.place + len(token.text)] == token.text
            assert (token.block, token.place) > last
            last = (token.block, token.place)
