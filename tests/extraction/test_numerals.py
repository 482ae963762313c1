"""Printed cells: what is a number, and what is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goicrawl.extraction.numerals import MAX_DIGITS, is_blank, read_answer
from goicrawl.extraction.report import Answer

INTEGERS = st.integers(0, 10**MAX_DIGITS - 1)
DECIMALS = st.decimals(0, 10**9, places=4, allow_nan=False).map(lambda value: value.copy_abs())
PADS = st.sampled_from(["", " ", "\xa0", "\u3000", "\t", "\n", " \xa0 ", "\u200b", "\ufeff", "\r\n"])
UNITS = st.sampled_from(["", "件", "条", "笔", "人次", "万元", "元", "亿元", "次", "个"])
NOTES = st.sampled_from(
    ["", "（其中修订16件）", "(含2件)", "【】", "（注）", "[1]", "（含（3））", "*", "①", "²"]
)
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@st.composite
def printings(draw: st.DrawFn) -> tuple[str, int | Decimal]:
    """A number, and one of the ways in which cells print it."""
    value = draw(st.one_of(INTEGERS, DECIMALS))
    text = format(value, draw(st.sampled_from([",", ""])) + ("f" if isinstance(value, Decimal) else "d"))
    if draw(st.booleans()):
        text = text.replace(",", "，")
    if draw(st.booleans()):
        text = text.translate(WIDE)
    sign = draw(st.sampled_from(["", "", "", "-", "－", "−", "减", "减少", "+", "增", "增加"]))
    if sign in ("-", "－", "−", "减", "减少"):
        value = -value
    note = draw(NOTES.filter(lambda note: note != "【】"))
    unit = draw(UNITS)
    joint = draw(st.sampled_from(["", " ", "\xa0"])) if unit else ""
    return f"{draw(PADS)}{sign}{text}{joint}{unit}{note}{draw(PADS)}", value


@given(printings())
@example(("1,646.5万元", Decimal("1646.5")))
@example(("22（其中修订16件）", 22))
@example(("减4", -4))
def test_a_number_reads_back_however_it_is_printed(one: tuple[str, int | Decimal]) -> None:
    text, value = one
    reading = read_answer(text)
    assert (reading.kind, reading.value) == ("number", value)


@given(
    INTEGERS,
    INTEGERS,
    st.sampled_from(
        [
            " ",
            "\xa0",
            "\u3000",
            "\n",
            "\r\n",
            "\t",
            "、",
            "/",
            "~",
            "-",
            "—",
            "：",
            ";",
            "和",
            "件",
            "件\n",
            " （",
            "*",
            "％",
            "'",
            "\u2028",
            "\x0b",
        ]
    ),
)
def test_two_numbers_are_never_read_as_one(one: int, other: int, between: str) -> None:
    reading = read_answer(f"{one}{between}{other}")
    assert reading.value is None
    assert reading.kind == "text"


@given(INTEGERS, INTEGERS)
def test_a_comma_joins_only_groups_of_three(one: int, other: int) -> None:
    reading = read_answer(f"{one},{other}")
    joined = f"{one}{other}" if len(str(one)) <= 3 and len(str(other)) == 3 else None
    if joined is None or (one == 0) or len(joined) > MAX_DIGITS:
        assert reading.value is None
    else:
        assert reading.value == int(joined)


@given(DECIMALS)
def test_no_digit_is_rounded_off(value: Decimal) -> None:
    reading = read_answer(format(value, "f"))
    assert isinstance(reading.value, Decimal)
    assert str(reading.value) == format(value, "f")


@given(st.text(max_size=30))
def test_any_text_has_one_reading(text: str) -> None:
    reading = read_answer(text)
    assert (reading.kind == "number") == (reading.value is not None)
    assert is_blank(text) == (reading.kind == "blank")
    if reading.value is not None:
        digits = [sign for sign in text if sign.isdigit()]
        assert digits


@pytest.mark.parametrize("text", ["", " ", "\xa0", "\u3000\u3000", "\n\t", "\u200b", "\ufeff"])
def test_nothing_is_blank(text: str) -> None:
    assert read_answer(text).kind == "blank"


@pytest.mark.parametrize("text", ["/", "／", "//", "-", "－", "—", "——", "–", "--", " / ", "\\"])
def test_a_stroke_is_no_number_and_no_blank(text: str) -> None:
    assert read_answer(text) == ("slash", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "没有",
        "零",
        "〇",
        "一",
        "十二",
        "O",
        "o",
        "l2",
        "约100",
        "100余",
        "5左右",
        "近5",
        ">5",
        "5+",
        "12%",
        "1.2.3",
        "1,23",
        "1,2345",
        "12,34",
        "1.234,5",
        ".5",
        "5.",
        "1e5",
        "3-5",
        "3~5",
        "3/5",
        "2021年",
        "½",
        "5½",
        "5（3",
        "5）",
        "（5）",
        "(5)",
        "1①2",
        "3件5条",
        "+-2",
        "5万",
        "[image]",
        "件",
        "1 2",
        "—5",
        "5, 000",
    ],
)
def test_what_is_no_sure_number_is_text(text: str) -> None:
    assert read_answer(text) == ("text", None, None)


@given(st.integers(1, 6), INTEGERS)
def test_leading_zeros_are_no_number(zeros: int, value: int) -> None:
    assert read_answer("0" * zeros + str(value)) == ("text", None, None)


@given(st.integers(10**MAX_DIGITS, 10**40))
def test_longer_than_any_count_is_no_number(value: int) -> None:
    assert read_answer(str(value)).kind == "text"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5\n件", 5, "件"),
        ("5\n（其中3件）", 5, None),
        ("1,646.5万元", Decimal("1646.5"), "万元"),
        ("2笔", 2, "笔"),
        ("12*", 12, None),
        ("12①", 12, None),
        ("12²", 12, None),
        ("5。", 5, None),
        ("-0", 0, None),
    ],
)
def test_what_stands_behind_a_number_does_not_change_it(text: str, value: int, unit: str | None) -> None:
    assert read_answer(text) == ("number", value, unit)


def test_ten_thousands_are_not_converted() -> None:
    assert read_answer("2万件") == ("number", 2, "万件")
    assert read_answer("3.98万件") == ("number", Decimal("3.98"), "万件")


@given(st.decimals(0, 10**9, places=4, allow_nan=False))
def test_the_json_of_an_amount_gives_the_amount(value: Decimal) -> None:
    answer = Answer(str(value), "number", value)
    assert Decimal(str(answer.to_dict()["value"])) == value


@pytest.mark.parametrize("text", ["50000（元）", "50000(元)", "50000（单位：元）"])
def test_a_unit_in_brackets_is_a_unit(text: str) -> None:
    reading = read_answer(text)
    assert reading.kind == "text" or reading.unit == "元"


def test_a_stroke_above_a_figure_is_no_sign() -> None:
    assert read_answer("-\n5").value is None


def test_a_figure_beside_a_picture_is_no_sure_number() -> None:
    assert read_answer("5[image]").kind == "text"


def test_the_json_keeps_all_digits() -> None:
    value = read_answer("123456789.123456").value
    assert value is not None
    out = Answer("", "number", value).to_dict()["value"]
    assert Decimal(str(out)) == value


def test_more_digits_than_json_keeps_are_no_sure_number() -> None:
    assert read_answer("123456789012345.123456").kind == "text"
    assert read_answer("1234567890123456").kind == "text"
