"""Numbers in prose: exact facts of many sentences, and what never happens whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl import forms, parse_report
from goicrawl.documents.text import read_text
from goicrawl.extraction.report import Section, StatedFact
from goicrawl.extraction.stated_facts import MAX_FACTS, read_stated, read_stated_in
from goicrawl.extraction.stated_lexicon import lexicon
from goicrawl.extraction.stated_wordings import wordings

SENTENCES = Path(__file__).parent / "stated_sentences.txt"


def cases() -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
    """(report year, heading, sentence, facts) of the file of sentences."""
    year, heading, sentence = 0, "", ""
    facts: list[str] = []
    for line in [*SENTENCES.read_text(encoding="utf-8").split("\n"), "## 0 end"]:
        if line.startswith(("## ", "> ")) and sentence != "":
            yield year, heading, sentence, tuple(facts)
            sentence, facts = "", []
        if line.startswith("## "):
            number, _, heading = line[3:].partition(" ")
            year = int(number)
        elif line.startswith("> "):
            sentence = line[2:]
        elif " | " in line and not line.startswith("#"):
            facts.append(line)


CASES = list(cases())


def facts_of(text: str, year: int | None = 2012, heading: str = "一、总体情况") -> tuple[StatedFact, ...]:
    return read_stated((Section(1, heading, text),), year)


def shown(fact: StatedFact) -> str:
    parts = (
        fact.quantity, fact.value, fact.raw, fact.unit, fact.qualifier, fact.period, fact.period_raw,
        fact.whose, fact.part_of,
    )  # fmt: skip
    return " | ".join("-" if part is None else str(part) for part in parts)


def assert_printed(facts: tuple[StatedFact, ...], texts: list[str]) -> None:
    """Every fact's number stands at its place, inside its sentence."""
    for fact in facts:
        index, start = fact.at
        assert texts[index][start:].startswith(fact.raw)
        assert fact.raw in fact.sentence
        assert fact.sentence in texts[index]
        if fact.value != 0:
            assert re.search(r"[\d一二三四五六七八九十两]", fact.raw) is not None


def test_there_are_many_sentences_and_many_state_nothing() -> None:
    assert len(CASES) >= 120
    assert sum(1 for _, _, _, facts in CASES if not facts) >= 30
    assert {fact.partition(" | ")[0] for _, _, _, facts in CASES for fact in facts} >= {
        "disclosed", "requests_received", "replies_granted", "replies_refused", "reconsideration_total",
        "litigation_upheld", "request_fees", "staff_full_time", "meetings", "website_visits",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "heading", "sentence", "facts"), CASES, ids=[f"{n:03}" for n in range(len(CASES))]
)
def test_a_sentence_states_exactly(year: int, heading: str, sentence: str, facts: tuple[str, ...]) -> None:
    found = facts_of(sentence, year, heading)
    assert tuple(shown(fact) for fact in found) == facts
    assert_printed(found, [sentence])
    assert all(fact.section == 1 for fact in found)


def test_a_number_is_as_printed_and_not_converted() -> None:
    (one,) = facts_of("主动公开政府信息1.20万条。")
    assert (one.value, one.raw, one.unit) == (Decimal("1.20"), "1.20", "万条")
    (wide,) = facts_of("共收到政府信息公开申请１，２３４件。") or (None,)
    assert wide is None, "a full-width comma may part two numbers"
    (spaced,) = facts_of("共收到 政府信息 公开申请 1,234 件。")
    assert (spaced.value, spaced.raw, spaced.at) == (1234, "1,234", (0, 14))


def test_nothing_is_read_in_chapters_without_numbers_and_words_of_zero() -> None:
    assert facts_of("坚持以公开为常态、不公开为例外。") == ()
    assert facts_of("") == ()


def test_the_time_of_a_sentence_without_time_is_that_of_the_one_before() -> None:
    text = "2008年至2012年，我县公开工作稳步推进。共主动公开政府信息12345条。\n全年收到政府信息公开申请3件。"
    disclosed, received = facts_of(text)
    assert (disclosed.period, disclosed.period_raw) == (None, None)
    assert (received.period, received.period_raw) == ("year", "全年")


def test_a_numbered_line_above_gives_the_topic() -> None:
    text = "（二）依申请公开情况\n共收到申请8件，其中当面申请8件。\n（三）其他\n共收到申请9件。"
    assert [fact.value for fact in facts_of(text)] == [8, 8]


def test_a_sentence_goes_on_in_the_next_line_of_a_wrapped_text() -> None:
    text = "2012年，我县进一步规范依申请公开工作，全年共收到政府信息\n公开申请12件，全部办结。"
    (one,) = facts_of(text)
    assert (one.quantity, one.value) == ("requests_received", 12)
    assert facts_of("2012年，我县进一步规范依申请公开工作，共收到政府信息公开申请1\n2件。") == ()


def test_the_heading_of_a_chapter_gives_the_topic() -> None:
    assert facts_of("收到行政复议申请3件。") == ()
    (one,) = facts_of("收到行政复议申请3件。", heading="四、因政府信息公开申请行政复议、提起行政诉讼的情况")
    assert (one.quantity, one.value) == ("reconsideration_total", 3)


def test_both_facts_of_one_quantity_are_kept() -> None:
    text = "全年收到政府信息公开申请12件。\n2012年，共收到政府信息公开申请13件。"
    assert [fact.value for fact in facts_of(text)] == [12, 13]


def test_facts_are_bounded() -> None:
    line = "主动公开政府信息5条，收到政府信息公开申请3件。"
    found = facts_of(line * 3000)
    assert len(found) == MAX_FACTS
    many = tuple(Section(n, "", line * 400) for n in range(1, 5))
    assert len(read_stated(many, 2012)) == MAX_FACTS


def test_a_report_without_chapters_gives_its_facts_and_no_counters_of_the_page() -> None:
    page = (
        "某县2011年政府信息公开工作年度报告\n浏览次数：123次\n2011年，我县公开政府信息560条。\n当面申请3件\n"
    )
    document = read_text(page.encode(), "text/plain")
    (one,) = read_stated_in(document, 2011)
    assert (one.quantity, one.value, one.section) == ("disclosed", 560, None)
    texts = [block.text for block in document.paragraphs]
    assert texts[one.at[0]][one.at[1] :].startswith("560")


def test_every_quantity_has_words_and_its_cells_are_cells_of_forms() -> None:
    cells = forms.cell_index()
    assert [
        (one.id, cell) for one in wordings().quantities.values() for cell in one.cells if cell not in cells
    ] == []
    assert all(one.label and one.english and one.units for one in wordings().quantities.values())
    quantities = set(wordings().quantities)
    for one in wordings().quantities.values():
        assert {*one.within, *one.part_of, *one.against} <= quantities, one.id
    used = {wording.quantity.id for listed in wordings().by_sign.values() for _, wording in listed}
    assert used == quantities


TIMES = {
    "compare": ["比上年", "与2011年相比", "较去年同期", "上年同期", "同去年相比"],
    "range": [
        "2008年5月1日至2012年12月31日", "1月1日至12月31日", "自2012年1月1日起至2012年12月31日止",
        "2008年至2012年",
    ],
    "to_date": ["截至2012年12月31日", "截止11月底", "至2012年底", "年底"],
    "cumulative": [
        "自2008年以来", "条例实施以来", "2008年以来", "累计", "历年", "迄今为止", "至今", "施行以来",
        "开通以来",
    ],
    "since": ["自5月15日起", "从2012年6月开始"],
    "part_of_year": ["上半年", "第三季度", "一季度", "前三季度", "1-6月", "7月", "下半年"],
    "date": ["2012年3月", "2012年3月5日", "2012-03-05"],
    "year": ["2012年", "2012年度", "二〇一二年", "二O一二年度"],
    "this_year": ["全年", "本年度", "今年", "一年来", "年内", "报告期内"],
    "previous_year": ["去年", "上年", "上一年度", "前一年"],
    "other_year": ["前年", "往年", "以往", "近三年来", "明年", "来年", "下一年度", "次年"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), [(kind, word) for kind, words in TIMES.items() for word in words])
def test_words_of_time(kind: str, words: str) -> None:
    read = lexicon().read(words)
    if kind == "compare":
        assert read.signs == lexicon().sign_of["compare"]
    else:
        assert [(time.kind, words[time.start : time.end]) for time in read.times] == [(kind, words)]


@pytest.mark.parametrize(
    ("words", "year", "period"),
    [
        ("2008年5月1日至2008年12月31日，", 2008, "year"),
        ("2012年1月1日至12月31日，", 2012, "year"),
        ("2012年1月1日至6月30日，", 2012, "part_of_year"),
        ("2008年5月1日至2012年12月31日，", 2012, "cumulative"),
        ("2011年，", 2012, "previous_year"),
        ("2009年，", 2012, "other_year"),
        ("二〇一二年，", 2012, "year"),
        ("2012年，", None, None),
        ("截至2012年底，", 2012, None),
        ("截至2012年底，累计", 2012, "cumulative"),
        ("截至11月底，", 2012, "part_of_year"),
        ("截至2011年底，", 2012, "other_year"),
        ("2012年累计", 2012, None),
        ("累计", 2012, None),
        ("自2012年5月1日起，", 2012, "part_of_year"),
    ],
)
def test_periods(words: str, year: int | None, period: str | None) -> None:
    (one,) = facts_of(f"{words}主动公开政府信息5条。", year)
    assert one.period == period


WORDS = [
    *"，。；：、（）,%\n ①\u3000\xa0零无的万余约和次第至-元条件共为未",
    "收到", "受理", "没有", "不予", "政府信息公开申请", "依申请公开", "主动公开政府信息", "政府网站", "公开",
    "12", "3", "1,2", "３", "二十三",
    "其中", "均为", "2012年", "累计", "全县", "我局", "行政复议", "行政诉讼", "维持", "同比增长", "当面申请",
    "收取", "费用",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from([2012, 2011, None]))
def test_whatever_the_words_a_stated_number_is_printed_at_its_place(
    words: list[str], year: int | None
) -> None:
    text = "".join(words)
    assert_printed(facts_of(text, year), [text])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_cut_and_shuffled_sentences_state_no_number_that_they_do_not_hold(data: st.DataObject) -> None:
    sentences = [sentence for _, _, sentence, _ in CASES]
    parts = data.draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=4))
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    mutated = data.draw(st.sampled_from(["", "\n", "，"])).join(data.draw(st.permutations(pieces)))
    found = facts_of(mutated)
    assert_printed(found, [mutated])
    wide = str.maketrans("０１２３４５６７８９", "0123456789")
    for fact in found:
        if re.fullmatch(r"[\d,.０-９]+", fact.raw) is not None:
            assert Decimal(fact.raw.translate(wide).replace(",", "")) == fact.value


@pytest.mark.parametrize(
    "word",
    ["行政复议、", "提出", "行政诉讼，没有", "收到的", "公民、", "12件", "其中", "未收到", "网站、", "（"],
)
def test_words_said_a_thousand_times_are_read_in_time(word: str) -> None:
    text = word * 1000 + "收到政府信息公开申请12件，没有行政复议。"
    assert_printed(facts_of(text), [text])


def test_reports_of_the_corpus(corpus: Path) -> None:
    found = {}
    for name in (
        "huaian_2024.pdf",
        "hongze_2024.pdf",
        "kuancheng_office_2021.txt",
        "pingtan_2018_statform.html",
    ):
        report = parse_report((corpus / name).read_bytes())
        assert_printed(report.stated, [section.text for section in report.sections])
        found[name] = {fact.quantity: fact.value for fact in report.stated}
    assert found["huaian_2024.pdf"] == {
        "disclosed_website": 5500, "responses_policy_articles": 21, "gazette_issues": 6,
        "requests_received": 3119, "replies": 3050, "carried_over_in": 34,
        "reconsideration_total": 351, "reconsideration_upheld": 72, "reconsideration_corrected": 64,
        "reconsideration_other": 178, "reconsideration_pending": 37,
        "litigation_total": 46, "litigation_upheld": 25, "litigation_corrected": 5, "litigation_other": 9,
        "litigation_pending": 7, "information_processing_fees": 3940,
    }  # fmt: skip
    assert found["hongze_2024.pdf"] == {
        "disclosed_website": 2428, "responses_policy_articles": 7, "requests_received": 17,
        "information_processing_fees": 0,
    }  # fmt: skip
    assert found["kuancheng_office_2021.txt"] == {"requests_received": 4}
    assert found["pingtan_2018_statform.html"] == {
        "requests_received": 0, "reconsideration_total": 0, "litigation_total": 0,
    }  # fmt: skip
