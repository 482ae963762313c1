"""RTF files."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.documents.document import IMAGE
from goicrawl.documents.formats import sniff
from goicrawl.documents.rtf import read_rtf
from goicrawl.reading import parse_report
from tests.documents.office import EVERY, draft, problems_of, texts
from tests.renderings.grid import anchors, places
from tests.renderings.model import Draft, Table

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134 SimSun;}}"


def printed(text: str, hand: str) -> str:
    """A text as RTF writes it: in bytes of the code page, or by Unicode with a stand-in."""
    out = []
    for one in text:
        if one == "\n":
            out.append(r"\line ")
        elif one.isascii():
            out.append("\\" + one if one in "\\{}" else one)
        elif hand == "bytes":
            out.append("".join(f"\\'{byte:02x}" for byte in one.encode("gb18030")))
        else:
            units = one.encode("utf-16-le")
            numbers = [
                int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2)
            ]
            out.append("".join(f"\\u{number}?" for number in numbers))
    return "".join(out)


def rtf(of: Draft, hand: str, *, shapes: bool = True) -> bytes:
    out = [HEAD, r"\f1 " if hand == "bytes" else ""]
    for block in [*of.head, *of.blocks]:
        if not isinstance(block, Table):
            out.append(rf"\pard {printed(getattr(block, 'text', ''), hand)}\par" + "\n")
            continue
        grid, first = places(block.rows), anchors(block.rows)
        height, width = 1 + max(r for r, _ in grid), 1 + max(c for _, c in grid)
        for r in range(height):
            row, cells, column = r"\trowd\trleft-108", "", 0
            while column < width:
                cell = grid[r, column]
                begins = first[id(cell)][0] == r
                column += cell.colspan
                if cell.rowspan > 1:
                    row += r"\clvmgf" if begins else r"\clvmrg"
                row += rf"\cellx{700 * column}"
                cells += rf"\pard\intbl {printed(cell.text, hand) if begins else ''}\cell" + "\n"
            out.append((row if shapes else r"\trowd") + cells + r"\row" + "\n")
    return ("".join(out) + "}").encode("ascii")


@pytest.mark.parametrize("hand", ["bytes", "unicode"])
@pytest.mark.parametrize(("name", "form"), EVERY)
def test_every_figure_of_a_report_is_read(name: str, form: str, hand: str) -> None:
    data = rtf(draft(name, form), hand, shapes=hand == "bytes")
    problems, report = problems_of(data, draft(name, form))
    assert problems == []
    assert (report.outcome, report.reasons) == ("complete", ())


def read(body: str) -> list[object]:
    document = read_rtf((HEAD + body + "}").encode("latin-1"))
    assert document.problems == ()
    return texts(document)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"a\super 2\nosupersub b", "a²b"),
        (r"a{\sub 2}b", "a₂b"),
        (r"a{\v 9}b{\deleted 9}{\strike 9}", "ab"),
        (r"a\v 9\v0 b", "ab"),
        (r"a{\*\unknown 9}{\info 9}{\header 9}b", "ab"),
        (r"{\field{\*\fldinst PAGE 9}{\fldrslt 5}}", "5"),
        (r"\uc2\u30002\'bc\'d75", "甲5"),
        (r"\u30002?5", "甲5"),
        (r"\u-10176?\u-9216?", "\U00020000"),
        (r"\f1\'bc\'d7\f0 5", "甲5"),
        ("\xbc\xd75", "甲5"),
        (r"5{\pict 0102}", "5"),
        (r"a\{b\}\\", "a{b}\\"),
        (r"5\~6\_7", "5\xa06-7"),
        ("5\\bin4 }}}}6", "56"),
        ("{\\shp{\\*\\shpinst{\\sp{\\sn 9}}{\\shptxt 框}}{\\shprslt 9}}".replace("框", r"\u26694?"), "框"),
    ],
)
def test_what_a_line_shows(body: str, shown: str) -> None:
    assert read(body + r"\par") == [shown]


def test_a_picture_in_a_cell() -> None:
    assert read(r"\trowd\intbl a\cell {\pict 01}\cell\row") == [[["a", IMAGE]]]


def test_merged_cells_and_empty_ones() -> None:
    body = r"\trowd\clvmgf\cellx100\clmgf\cellx200\clmrg\cellx300\intbl a\cell b\cell\cell\row"
    body += r"\trowd\clvmrg\cellx100\cellx200\cellx300\intbl\cell 1\cell\cell\row\pard c\par"
    document = read_rtf((HEAD + body + "}").encode())
    (grid,) = document.grids
    found = [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]
    assert found == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("", 1, 2, 1, 1)]
    assert texts(document)[-1] == "c"


def test_headings_and_notes() -> None:
    body = r"\pard\outlinelevel1 a\par\pard b{\super\chftn{\footnote\chftn c}}\par"
    document = read_rtf((HEAD + body + "}").encode())
    assert [(block.text, block.level) for block in document.paragraphs] == [
        ("a", 2),
        ("b¹", None),
        ("¹c", None),
    ]


def test_a_file_that_breaks_off_says_so() -> None:
    assert sniff(HEAD.encode()) == "rtf"
    report = parse_report((HEAD + r"a\par").encode())
    assert report.reasons[0] == "damaged_file: the file breaks off inside a group"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_after_the_signature_never_raise(data: bytes) -> None:
    read_rtf(b"{\\rtf1" + data)
    assert parse_report(b"{\\rtf1" + data).reasons != ()


WORDS = [
    *(r"\cell", r"\row", r"\nestcell", r"\nestrow", r"\itap9", r"\intbl", r"\trowd", r"\cellx5", r"\cellx-9"),
    *(r"\clvmrg", r"\clmrg", r"\u-1", r"\u55357", r"\uc9", r"\'ff", "{", "}", r"\*", r"\footnote", r"\bin99"),
    *("5", r"\par", r"\pict", r"\f1", r"\fonttbl", r"\v", "\\"),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
def test_any_heap_of_words_is_a_document(body: str) -> None:
    read_rtf((HEAD + body).encode())
