"""The body of a replica report: its form's chapters, the tables with the figures, short replica prose."""

from __future__ import annotations

from goicrawl import forms
from goicrawl.demo.figures import Figures
from goicrawl.demo.markup import escape
from goicrawl.demo.tables import render

MARK = "（演示文本：本段文字为演示而写，表中数字才取自原报告。）"
_NUMERALS = "〇一二三四五六七八九"


def report_body(figures: Figures, style: str) -> str:
    """The report as HTML, without the page around it. `style` is a key of `tables.STYLES`."""
    form = forms.load()[figures.form]
    blocks = [_paragraph(text) for text in opening(figures)]
    blocks += _chapters(figures, form, style) if form.sections else _annex_chapters(figures, form, style)
    if figures.written_on is not None:
        day = figures.written_on
        blocks.append(f'<p class="sign">{escape(figures.body)}</p>')
        spelt = figures.report_year < 2014
        blocks.append(f'<p class="sign">{_chinese_date(day.year, day.month, day.day, spelt=spelt)}</p>')
    return "\n".join(blocks)


def opening(figures: Figures) -> tuple[str, str]:
    """The two sentences with which a replica report begins."""
    year = figures.report_year
    return (
        f"{figures.body}现公布{year}年政府信息公开工作年度报告。{MARK}",
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    )


def _chapters(figures: Figures, form: forms.Form, style: str) -> list[str]:
    tables = {table.section: table for table in form.tables}
    blocks = []
    for section in form.sections:
        blocks.append(f"<p><strong>{escape(section.label)}</strong></p>")
        table = tables.get(section.number)
        if table is not None:
            blocks.append(render(figures, table, style))
        elif section.number == 1:
            received = figures.cells["requests.newly_received.total"]
            blocks.append(_paragraph(f"本年新收政府信息公开申请{received}件。{MARK}"))
        else:
            blocks.append(_paragraph(MARK))
    return blocks


def _annex_chapters(figures: Figures, form: forms.Form, style: str) -> list[str]:
    blocks = ["<p><strong>一、概述</strong></p>", _paragraph(MARK)]
    blocks.append("<p><strong>二、政府信息公开情况统计表</strong></p>")
    blocks += [render(figures, table, style) for table in form.tables]
    return blocks


def _paragraph(text: str) -> str:
    return f'<p style="text-indent:2em">{escape(text)}</p>'


def _chinese_date(year: int, month: int, day: int, *, spelt: bool) -> str:
    """2012年2月20日, or spelt in characters as older reports do: 二〇一二年二月二十日."""
    if not spelt:
        return f"{year}年{month}月{day}日"
    spelt_year = "".join(_NUMERALS[int(digit)] for digit in str(year))
    return f"{spelt_year}年{_spell(month)}月{_spell(day)}日"


def _spell(number: int) -> str:
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[units] if units else "")
