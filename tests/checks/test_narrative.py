"""The number of requests in the prose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.checks import check
from goicrawl.checks.narrative import stated_count
from goicrawl.extraction.report import Finding, Report, Scope, Section
from goicrawl.extraction.stated_facts import read_stated
from tests.checks.reports import Figure, report

REGISTRY = registry.load()
NEW, CARRIED = "requests.newly_received.total", "requests.carried_over_in.total"


def telling(
    text: str, cells: dict[str, Figure] | None = None, scope: Scope | None = "organ", number: int = 1
) -> Report:
    sections = (Section(number, "一、总体情况", text),)
    return report(cells, scope=scope, sections=sections, stated=read_stated(sections, 2021))


def stated(text: str, scope: Scope | None = "organ") -> int | None:
    found = stated_count(telling(text, scope=scope))
    return None if found is None else found.number


def findings(text: str, new: Figure, carried: Figure = 0, number: int = 1) -> list[Finding]:
    found = check(telling(text, {NEW: new, CARRIED: carried}, number=number), REGISTRY)
    return [one for one in found if one.rule == "N1"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("全年共收到依申请公开12件。", 12),
        ("受理政府信息公开申请 1,234 件，均按期答复。", 1234),
        ("全年共受理依申请公开4件,均为自然人申请件,全部予以答复。", 4),
        ("２０２１年，我局共收到政府信息公开申请１２件。", 12),
        ("2021年度收到12件政府信息公开申请，均已办结。", 12),
        ("本年新收政府信息公开申请数量58件，上年结转6件。", 58),
        ("2021年，本机关共收到政府信息公开申请12件，其中网络申请10件，信函申请2件。", 12),
        ("全年共收到公民、法人和其他组织提出的政府信息公开申请30件，已全部办结。", 30),
        ("依申请公开政府信息申请共收到5件，办结5件。", 5),
        ("收到政府信息公开申请共计8件，同比下降20%。", 8),
        ("截至2021年12月31日，共收到依申请公开件6件。", 6),
        ("2021年，我局未收到政府信息公开申请。", 0),
        ("没有收到依申请公开政府信息的申请。", 0),
        ("2021年共收到依申请公开申请0件。", 0),
        ("我镇未收到公民、法人或其他组织要求公开政府信息的申请。", 0),
        ("2020年收到政府信息公开申请10件，2021年收到政府信息公开申请12件。", 12),
        ("同比增长20%，共收到依申请公开12件。", 12),
        ("共收到政府信息公开申请十二件。", 12),
        ("全年收到政府信息公开申请7件。第三季度举办培训2次。收到的7件政府信息公开申请均已答复。", 7),
    ],
)
def test_clear_statements(text: str, number: int) -> None:
    assert stated(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "坚持以公开为常态，规范办理依申请公开。",
        "2018年未收到政府信息公开申请。",
        "收到网上申请12件。",
        "通过信函收到政府信息公开申请3件。",
        "其中收到政府信息公开申请3件。",
        "累计收到政府信息公开申请100件。",
        "自2008年以来收到政府信息公开申请100件。",
        "上半年收到政府信息公开申请3件。",
        "截至11月底，收到政府信息公开申请3件。",
        "1月1日至10月31日收到政府信息公开申请3件。",
        "自5月15日起收到政府信息公开申请3件。",
        "人均收到政府信息公开申请3件。",
        "未收到因政府信息公开引起的行政复议申请。",
        "没有收到行政复议、行政诉讼申请。",
        "未收到不予公开的申请。",
        "未收到网上申请。",
        "收到政府信息公开行政复议申请2件。",
        "全年收到政府信息公开重复申请2件。",
        "不予受理政府信息公开申请3件。",
        "各乡镇共收到政府信息公开申请12件。",
        "所属部门收到政府信息公开申请12件。",
        "全县各级行政机关共收到政府信息公开申请749件。",
        "全年共收到信息公开申请12件次。",
        "收到12345热线转办政府信息公开申请3件。",
        "全年共收到政府信息公开申请3件，办结3件；受理政府信息公开申请2件。",
        "收到政府信息公开申请约20件。",
        "收到政府信息公开申请3至5件。",
        "办结政府信息公开申请3件。",
    ],
)
def test_what_is_no_clear_statement_of_this_organs_year(text: str) -> None:
    assert stated(text) is None


def test_whose_requests_depends_on_whom_the_report_counts() -> None:
    whole = "全县全年共受理政府信息公开申请 749 件，其中自然人申请 741 件。"
    assert stated(whole, "jurisdiction") == 749
    assert stated(whole, "organ") is None and stated(whole, None) is None
    own = "县政府办公室共收到政府信息公开申请12件。"
    assert stated(own, "jurisdiction") is None and stated(own, "level") is None
    assert stated("本机关收到政府信息公开申请12件。", "jurisdiction") is None
    assert stated("各乡镇共收到政府信息公开申请12件。", "jurisdiction") is None
    assert stated("全市各部门、各乡镇共收到政府信息公开申请12件。", "jurisdiction") == 12


def test_an_organ_by_its_name_must_be_the_one_that_reports() -> None:
    sections = (Section(1, "一、总体情况", "县民政局共收到政府信息公开申请12件。"),)
    stated = read_stated(sections, 2021)
    one = report(sections=sections, stated=stated, scope="organ", issuing_body="宽城满族自治县民政局")
    other = report(
        sections=sections, stated=stated, scope="jurisdiction", issuing_body="宽城满族自治县人民政府"
    )
    assert stated_count(one) is not None
    assert stated_count(other) is None


@pytest.mark.parametrize(
    "text", ["收到政府信息公开申请约20件。", "收到政府信息公开申请20余件。", "收到政府信息公开申请2万件。"]
)
def test_what_is_no_exact_count_is_not_compared(text: str) -> None:
    sections = (Section(1, "一、总体情况", text),)
    stated = read_stated(sections, 2021)
    assert [fact.quantity for fact in stated] == ["requests_received"]
    assert stated_count(report(sections=sections, stated=stated)) is None


def test_no_year_is_no_other_year() -> None:
    sections = (Section(1, "", "2021年收到政府信息公开申请12件。"),)
    one = report(report_year=None, sections=sections, stated=read_stated(sections, None))
    assert [fact.value for fact in one.stated] == [12]
    assert stated_count(one) is None


def test_a_number_that_differs_from_both_counts_is_found() -> None:
    (one,) = findings("全年共收到政府信息公开申请12件。", 10, 1)
    assert (one.severity, one.at, one.left, one.right) == ("info", NEW, 12, 10)
    assert "states 12 requests (全年共收到政府信息公开申请12件)" in one.message
    assert "says 10" in one.message and "11 with requests carried over" in one.message


@pytest.mark.parametrize(("new", "carried"), [(12, 0), (10, 2), (12, 2)])
def test_either_count_may_be_the_one_that_is_told(new: int, carried: int) -> None:
    assert findings("全年共收到政府信息公开申请12件。", new, carried) == []


@pytest.mark.parametrize(("new", "carried"), [(None, 0), (10, None), ("/", 0), (10, "/")])
def test_blanks_are_not_assessable(new: Figure, carried: Figure) -> None:
    assert findings("全年共收到政府信息公开申请12件。", new, carried) == []


def test_none_received_though_the_table_has_some() -> None:
    (one,) = findings("我局未收到政府信息公开申请。", 3)
    assert (one.left, one.right) == (0, 3)


def test_only_the_overview_and_the_chapter_on_requests_are_read() -> None:
    text = "全年共收到政府信息公开申请12件。"
    assert findings(text, 10, number=3) != []
    assert [findings(text, 10, number=number) for number in (2, 4, 5, 6)] == [[], [], [], []]


def test_two_chapters_that_say_different_numbers_say_nothing() -> None:
    texts = ["全年共收到政府信息公开申请12件。", "共收到政府信息公开申请13件。"]
    sections = tuple(Section(number, "", text) for number, text in zip((1, 3), texts, strict=True))
    assert stated_count(report(sections=sections, stated=read_stated(sections, 2021))) is None
    assert stated_count(report(sections=sections, stated=read_stated(sections[:1], 2021))) is not None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["收到", "受理", "未", "不予", "政府信息公开申请", "依申请公开", "12", "3", ",", "件", "其中",
             "2020年", "2021年", "。", "全县", "各", "共", "为", "的", "%", "（", "）", " ", "\n", "①",
             "１", "复议"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_prose_can_be_read_and_a_stated_number_is_printed_in_it(words: list[str]) -> None:
    text = "".join(words)
    found = stated_count(telling(text))
    if found is not None and found.number > 0:
        digits = "".join(sign for sign in text.replace("１", "1").replace("①", "1") if sign.isdigit())
        assert str(found.number) in digits
