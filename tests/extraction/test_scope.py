"""Whom a report speaks for: what it says of its figures, else its body's name; contradictions stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.extraction.report import Section
from goicrawl.extraction.scope import scope_of
from goicrawl.registry.bodies import Body, normalise_body

SEEDS = registry.load()
GOVERNMENT, OFFICE, BUREAU, TOWN = (
    normalise_body(name, region=SEEDS.region("130827"), registry=SEEDS)
    for name in ("宽城县人民政府", "县政府办", "县教育局", "龙须门镇")
)


def told(body: Body | None, *sentences: str, title: str | None = None) -> tuple[str | None, str | None]:
    """The scope, and the code of a doubt."""
    scope, doubt = scope_of(body, title, sentences, ())
    return scope, None if doubt is None else doubt.partition(":")[0]


@pytest.mark.parametrize(
    ("body", "scope"),
    [(GOVERNMENT, "jurisdiction"), (OFFICE, "organ"), (BUREAU, "organ"), (TOWN, "organ"), (None, None)],
)
def test_without_a_statement_the_name_says_it(body: Body | None, scope: str | None) -> None:
    assert told(body) == (scope, None)
    assert told(body, "本年度政府信息公开工作取得了新的进展，各部门都很重视。") == (scope, None)
    assert told(body, "全县各乡镇、各部门积极推进政务公开，群众满意度不断提高。") == (scope, None)
    assert told(body, "现公布2021年度政府信息公开工作年度报告，电子版可以从网站下载。") == (scope, None)


WHOLE = [
    "本报告由县政府办公室汇总全县各部门、各乡镇的年度报告编制。",
    "本报告数据包括全市各县区和市直各部门。",
    "本报告综合了县政府各部门及各乡镇人民政府的政府信息公开年度报告。",
    "本报告中的数据涵盖县政府各部门、各街道办事处、各镇人民政府。",
    "本年报根据各乡镇（街道）、县直各单位报送的数据汇总，包括各乡镇和县直部门。",
    "报告所列数据为全县各级行政机关、乡镇的数据。",
    "本报告汇总了全区各部门、镇街的有关数据。",
    "本报告综合全州各县市、州直各部门政府信息公开年度报告编制而成。",
    "本报告所列数据包含自治区本级和所辖各市的数据。",
    "本报告数据覆盖全旗各苏木乡镇和旗直各部门。",
    "本报告包含市政府及所属部门、各县（市、区）的数据。",
]
LEVEL = [
    "本报告的数据为县政府本级，由政府办公室整理以后向社会公布于门户网站。",
    "本报告数据涵盖县政府及所属各部门，由政府办公室整理以后向社会公布。",
    "本报告汇总了县政府各部门政府信息公开工作年度报告的数据。",
    "本报告所列数据包括市政府本级及市政府各单位。",
]
OWN = [
    "2021年，我局共收到政府信息公开申请3件，均按时答复。",
    "本年度，本办收到依申请公开申请12件，全部办结。",
    "我委全年受理政府信息公开申请五件，无行政复议。",
    "本报告数据仅统计本机关，不含其他单位的数据。",
    "我镇2021年收到政府信息公开申请０件。",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_statements_of_the_whole(sentence: str) -> None:
    assert told(GOVERNMENT, sentence) == ("jurisdiction", None)
    assert told(OFFICE, sentence) == ("jurisdiction", None)
    assert told(None, sentence) == ("jurisdiction", None)
    assert told(BUREAU, sentence) == (None, "scope_contradicts")
    assert told(TOWN, sentence) == (None, "scope_contradicts")


@pytest.mark.parametrize("sentence", LEVEL)
def test_statements_of_a_government_and_its_departments(sentence: str) -> None:
    assert told(GOVERNMENT, sentence) == ("level", None)
    assert told(OFFICE, sentence) == ("level", None)
    assert told(None, sentence) == ("level", None)


@pytest.mark.parametrize("sentence", OWN)
def test_statements_of_the_organ_itself(sentence: str) -> None:
    for body in (OFFICE, BUREAU, TOWN, None):
        assert told(body, sentence) == ("organ", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告数据包括局机关及所属各事业单位。",
        "本报告汇总了局机关各科室、各直属单位的数据。",
        "本报告数据包含局机关及各乡镇司法所。",
        "本报告涵盖局机关、下属二级单位和各街道中心校的数据。",
    ],
)
def test_an_organ_and_its_own_parts_are_the_organ(sentence: str) -> None:
    assert told(BUREAU, sentence) == ("organ", None)


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (GOVERNMENT, ["2021年，我局共收到政府信息公开申请3件。"]),
        (OFFICE, [WHOLE[0], "我办全年收到政府信息公开申请3件。"]),
        (OFFICE, [LEVEL[1], "本办收到政府信息公开申请3件。"]),
        (GOVERNMENT, [WHOLE[1], LEVEL[0]]),
        (None, [WHOLE[0], "我局共收到政府信息公开申请3件。"]),
        (BUREAU, [WHOLE[0], "我局共收到政府信息公开申请3件。"]),
    ],
)
def test_signs_that_contradict_each_other_choose_nothing(body: Body | None, sentences: list[str]) -> None:
    assert told(body, *sentences) == (None, "scope_contradicts")
    assert told(body, *reversed(sentences)) == (None, "scope_contradicts")


def test_a_government_s_office_may_speak_of_itself_in_the_government_s_report() -> None:
    assert told(GOVERNMENT, "我办收到政府信息公开申请3件。") == ("jurisdiction", None)
    assert told(GOVERNMENT, WHOLE[0], "我办收到政府信息公开申请3件。") == ("jurisdiction", None)


def test_the_title_may_tell_it() -> None:
    assert told(OFFICE, title="全县2021年政府信息公开工作年度报告") == ("jurisdiction", None)
    assert told(None, title="2021年全市政府信息公开年报汇总") == ("jurisdiction", None)
    assert told(BUREAU, title="宽城县教育局2021年政府信息公开年报") == ("organ", None)
    assert told(BUREAU, title="全县2021年政府信息公开工作年度报告") == (None, "scope_contradicts")


def test_the_first_chapter_counts_and_long_sentences_do_not() -> None:
    chapter = Section(1, "一、总体情况", WHOLE[0])
    assert scope_of(OFFICE, None, (), (chapter,)) == ("jurisdiction", None)
    late = Section(2, "二、主动公开", WHOLE[0])
    assert scope_of(OFFICE, None, (), (Section(1, "一、总体情况", "好。"), late)) == ("organ", None)
    assert told(OFFICE, WHOLE[0].removesuffix("。") + "，好" * 120) == ("organ", None)


def test_a_doubt_says_both_signs() -> None:
    _, doubt = scope_of(BUREAU, None, (WHOLE[0],), ())
    assert doubt == (
        f"scope_contradicts: 宽城满族自治县教育局 speaks for itself, but: {WHOLE[0].removesuffix('。')}"
    )
    _, doubt = scope_of(None, None, (WHOLE[0], OWN[0]), ())
    assert doubt is not None
    assert " / " in doubt


@given(
    st.sampled_from([GOVERNMENT, OFFICE, BUREAU, TOWN, None]),
    st.lists(st.sampled_from([*WHOLE, *LEVEL, *OWN, "好。", "本报告", ""]), max_size=4),
    st.randoms(use_true_random=False),
)
def test_the_order_of_sentences_does_not_matter(
    body: Body | None, sentences: list[str], random: object
) -> None:
    shuffled = list(sentences)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(body, *sentences) == told(body, *shuffled)
    scope, doubt = told(body, *sentences)
    assert doubt is None or scope is None


@given(st.text(alphabet="本报告汇总全县各乡镇部门我局收到申请3件，。仅", max_size=80))
def test_no_text_raises(text: str) -> None:
    told(OFFICE, text, title=text)
