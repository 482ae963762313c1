"""Puts a whole report together: title, prose of this project's own, tables, and the foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.renderings import layout
from tests.renderings.model import Block, Draft, Para

OLD_SECTIONS = (
    "一、概述",
    "二、主动公开政府信息的情况",
    "三、依申请公开政府信息的情况",
    "四、政府信息公开的收费及减免情况",
    "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
    "六、存在的主要问题及改进情况",
)
TITLES = (
    "{body}{year}年度政府信息公开工作年度报告",
    "{body}{year}年政府信息公开工作年度报告",
    "{year}年{body}政府信息公开工作年度报告",
    "{body}{year}年度政府信息公开年度报告",
    "{year}年度{body}政府信息公开工作报告",
)
OVERVIEW = (
    "{year}年，我们把公开当作日常工作来做，能公开的尽量早公开，让办事的人少跑路、少打听。",
    "这一年网站改版3次，热线接听12345电话1024通，栏目由18个减为15个，留言平均2.5天办结。",
    "全年召开推进会4次，培训工作人员3期、217人次，月度抽查发现问题36处，已改正35处。",
)
PROBLEMS = (
    "一年下来，不足也看得见：有的栏目更新慢，有的解读写得像文件本身，基层人手仍然紧。",
    "{next}年打算做三件事：一是把目录理清；二是解读配图配表；三是每季度自查1次，问题10日内改完。",
)
OTHER = ("无其他需要报告的事项。",)


def dates(draft: Draft) -> tuple[date, date]:
    """When the report was written and published: the year after, in its first quarter."""
    rng = draft.rng
    written = date(draft.figures.report_year + 1, rng.randint(1, 3), rng.randint(5, 25))
    published = written.replace(day=min(28, written.day + rng.choice((0, 0, 1, 3))))
    return written, published


def compose(draft: Draft) -> None:
    """Fill `draft.blocks` with the report: what every style starts from."""
    year = draft.figures.report_year
    draft.printed_year = year
    words = {"body": draft.figures.body, "year": year, "next": year + 1}
    draft.title = draft.rng.choice(TITLES).format(**words)
    draft.plan.setdefault("dates", dates(draft))
    written = draft.plan["dates"][0]
    period = draft.plan.get(
        "period", "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    ).format(**words)
    intro = "按照政府信息公开条例的规定，编写本年度报告，向社会公布。" + period
    draft.blocks = [Para(draft.title, level=1), Para(intro)]
    if draft.form.sections:
        _modern(draft, words)
    else:
        _old(draft, words)
    draft.blocks += [Para(draft.figures.body), Para(f"{written.year}年{written.month}月{written.day}日")]


def _prose(lines: Sequence[str], words: dict[str, object]) -> list[Block]:
    return [Para(line.format(**words)) for line in lines]


def _modern(draft: Draft, words: dict[str, object]) -> None:
    headings = list(draft.plan.get("headings", draft.form.sections))
    tables = {
        "disclosure": layout.disclosure,
        "requests": layout.requests,
        "remedies": layout.remedies,
    }
    prose = {0: OVERVIEW, 4: PROBLEMS, 5: OTHER}
    by_section = {1: "disclosure", 2: "requests", 3: "remedies"}
    for at, heading in enumerate(headings):
        draft.blocks.append(Para(heading, level=2))
        if at in prose:
            draft.blocks += _prose(prose[at], words)
        else:
            draft.blocks += tables[by_section[at]](draft)


def _old(draft: Draft, words: dict[str, object]) -> None:
    for heading in OLD_SECTIONS:
        draft.blocks.append(Para(heading, level=2))
        draft.blocks += _prose(OVERVIEW if heading.startswith("一") else PROBLEMS[:1], words)
    name = "政府信息公开情况统计表" if draft.form.id.endswith("2014") else "说明和指标统计表"
    draft.blocks.append(Para(f"附件：{name}", level=2))
    draft.blocks += layout.statistics(draft)
