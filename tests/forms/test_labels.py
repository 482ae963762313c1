"""One label, however it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl import forms
from goicrawl.forms.labels import Label, bare, read_label, squeeze

LABELS = sorted(
    {row.label for form in forms.load().values() for table in form.tables for row in table.rows}
    | {column.label for form in forms.load().values() for table in form.tables for column in table.columns}
    | {section.label for form in forms.load().values() for section in form.sections}
)
WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
NARROW = {ord(chr(code + 0xFEE0)): chr(code) for code in WIDE}
SPACES = st.sampled_from([" ", "\u3000", "\xa0", "\u200b", "\n", "\t", "\ufeff", "\u2003", "  "])
labels = st.sampled_from(LABELS)


@given(label=labels, data=st.data())
@settings(max_examples=300, deadline=None)
def test_spaces_inside_change_nothing(label: str, data: st.DataObject) -> None:
    printed = label
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(printed)))
        printed = printed[:at] + data.draw(SPACES) + printed[at:]
    assert read_label(printed) == read_label(label)


@pytest.mark.parametrize("label", LABELS)
def test_full_and_half_width_are_the_same(label: str) -> None:
    official = read_label(label)
    assert official.key != ""
    assert read_label(label.translate(WIDE)) == official
    assert read_label(label.translate(NARROW)) == official
    assert read_label(squeeze(label)) == official
    assert squeeze(squeeze(label)) == squeeze(label)
    assert bare(squeeze(label)) == bare(label)


@pytest.mark.parametrize("form", ["f2021", "f2019"])
def test_the_level_of_a_row_is_that_of_its_number(form: str) -> None:
    table = forms.load()[form].table("requests")
    assert table is not None
    last: dict[int, int] = {}
    for row in table.rows:
        label = read_label(row.label)
        assert label.level == row.level, row.label
        assert label.number is not None
        expected = last.get(row.level, 0) + 1
        assert label.number == expected, row.label
        last = {level: number for level, number in last.items() if level < row.level} | {row.level: expected}


@given(label=labels.filter(lambda text: read_label(text).level is not None))
@settings(max_examples=200, deadline=None)
def test_without_its_number_a_label_has_the_same_key(label: str) -> None:
    whole = read_label(label)
    plain = squeeze(label)
    words = next(
        plain[cut:]
        for cut in range(1, len(plain))
        if bare(plain[cut:]) == whole.key and plain[cut - 1] in ".、)"
    )
    assert read_label(words) == Label(None, None, whole.key)


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("1.属于国家秘密", Label(2, 1, "属于国家秘密")),
        ("1、属于国家秘密", Label(2, 1, "属于国家秘密")),
        ("1．属于国家秘密", Label(2, 1, "属于国家秘密")),
        ("⒈属于国家秘密", Label(2, 1, "属于国家秘密")),
        ("①属于国家秘密", Label(2, 1, "属于国家秘密")),
        ("（1）属于国家秘密", Label(2, 1, "属于国家秘密")),
        ("12.属于国家秘密", Label(2, 12, "属于国家秘密")),
        ("(一)予以公开", Label(1, 1, "予以公开")),
        ("㈠予以公开", Label(1, 1, "予以公开")),
        ("（十一）予以公开", Label(1, 11, "予以公开")),
        ("（十九）予以公开", Label(1, 19, "予以公开")),
        ("一.新收", Label(0, 1, "新收")),
        ("十二、新收", Label(0, 12, "新收")),
        ("其中：1.网站公开", Label(2, 1, "网站公开")),
        ("其中:网站公开", Label(None, None, "网站公开")),
        ("3.危及“三安全一稳定”", Label(2, 3, "危及三安全一稳定")),
        ("3.危及\"三安全一稳定\"", Label(2, 3, "危及三安全一稳定")),
        ("三安全一稳定", Label(None, None, "三安全一稳定")),
        ("一一、新收", Label(None, None, "一一新收")),
        ("2.5万元", Label(None, None, "25万元")),
        ("2021年度", Label(None, None, "2021年度")),
        ("", Label(None, None, "")),
        ("商业\n企业", Label(None, None, "商业企业")),
    ],
)  # fmt: skip
def test_number_and_words(printed: str, label: Label) -> None:
    assert read_label(printed) == label


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    label = read_label(text)
    assert not any(sign.isspace() for sign in label.key)
    assert (label.level is None) == (label.number is None)
