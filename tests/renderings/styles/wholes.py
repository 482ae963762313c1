"""Reports laid out as a whole in another way: everything in one table, heads repeated, remedies otherwise."""

from __future__ import annotations

from tests.renderings.model import Block, Cell, Draft, Para, Row, Table
from tests.renderings.styles.registry import MODERN, Phase, style
from tests.renderings.styles.texts import as_text

ONE = (
    "whole cut disclosure-split heading-place remedies-mode requests-split "
    "table-missing trailing damage copies"
)


@style(Phase.TABLE, rank=8, groups=ONE, forms=MODERN)
def all_in_one(draft: Draft) -> None:
    """One table holds the three tables, the headings of their sections as rows between."""
    tables = list(draft.tables())
    width = max(sum(cell.colspan for cell in row) for table in tables for row in table.rows)
    rows: list[Row] = []
    blocks: list[Block] = []
    place = 0
    for at, block in enumerate(draft.blocks):
        if not isinstance(block, Table):
            blocks.append(block)
            continue
        if not rows:
            place = len(blocks)
        before = draft.blocks[at - 1]
        if isinstance(before, Para) and before in blocks:
            blocks.remove(before)
            place = min(place, len(blocks))
            rows.append([Cell(before.text, "other", colspan=width)])
        rows += block.rows
    blocks.insert(place, Table("requests", rows, header=0))
    draft.blocks = blocks


@style(Phase.TABLE, rank=4, groups="cut whole", forms=MODERN)
def head_again_inside(draft: Draft) -> None:
    """The head of the requests table stands again in the middle of the table, before a group."""
    for table in draft.tables("requests"):
        open_rows = [
            at
            for at in range(table.header + 1, len(table.rows))
            if not any(
                top + cell.rowspan > at
                for top, row in enumerate(table.rows[:at])
                for cell in row
                if top >= table.header
            )
        ]
        if open_rows and table.header:
            at = draft.rng.choice(open_rows)
            head = [[cell.copy() for cell in row] for row in table.rows[: table.header]]
            table.rows[at:at] = head


@style(Phase.PLAN, groups="remedies-mode header-spans", forms=MODERN)
def remedies_one_head(draft: Draft) -> None:
    """The remedies table has one line of fifteen heads: 行政复议-结果维持."""
    draft.plan["remedies_mode"] = "one_head"


@style(Phase.PLAN, groups="remedies-mode header-spans", forms=MODERN)
def remedies_upright(draft: Draft) -> None:
    """The remedies table stands upright: fifteen lines of a label and a figure."""
    draft.plan["remedies_mode"] = "upright"


@style(Phase.PLAN, groups="head-words", forms=MODERN)
def head_words(draft: Draft) -> None:
    """Column heads in other words: 社会公益, 商业企业（件）, 本年收费金额（万元）."""
    other = {
        "requests.column.public_interest_organization": ("社会公益", "社会公益性组织", "社会公益机构"),
        "requests.column.commercial_enterprise": ("商业企业（件）", "商业 企业", "企业"),
        "requests.column.legal_service_institution": ("法律服务", "法律服务组织"),
        "requests.column.total": ("合计", "总 计", "小计"),
        "disclosure.column.amount_wan_yuan": (
            "本年收费金额（万元）",
            "本年收费金额",
            "收费金额（单位:万元）",
        ),
        "disclosure.column.issued": ("本年制发数", "本年制发件数（件）", "本年制定件数"),
        "disclosure.column.decisions": ("本年处理决定数", "处理决定数量", "本年处理决定数量（件）"),
    }
    for key in draft.rng.sample(sorted(other), 3):
        draft.labels[key] = draft.rng.choice(other[key])


@style(Phase.PAGE, rank=9, groups="text page-marks", output="text")
def page_marks(draft: Draft) -> None:
    """One cell a line, with page numbers between the lines; a bare one makes its row doubtful."""
    as_text(draft, "lines")
    for table in draft.tables():
        rows: list[Row] = []
        for row in table.rows:
            rows.append(row)
            if draft.rng.random() < 0.08:
                mine = [cell.address for cell in row if cell.address]
                marks = ("— 4 —", "- 5 -", "第6页", "第 7 页 共 12 页")
                mark = draft.rng.choice((*marks, "8") if mine else marks)
                rows.append([Cell(mark, "other")])
                if mark == "8":
                    draft.refuse(mine)
        table.rows = rows


@style(Phase.CELL, rank=0, groups="label-inside", forms=MODERN, output="html")
def upright_groups(draft: Draft) -> None:
    """Group labels are written upright, one character a line."""
    joint = draft.rng.choice(("<br>", "</p><p>", "<br/>\n"))
    for cell in draft.cells("group"):
        if joint == "</p><p>":
            cell.html = f"<p>{joint.join(cell.text)}</p>"
        else:
            cell.html = joint.join(cell.text)


def retitle(draft: Draft, old: str, new: str) -> None:
    title = next(b for b in draft.blocks if isinstance(b, Para) and b.level == 1)
    title.text = draft.title = draft.title.replace(old, new)


@style(Phase.PAGE, rank=1, groups="who")
def yearless_title(draft: Draft) -> None:
    """The title names no year; the sentence on the period does."""
    year = draft.figures.report_year
    retitle(draft, f"{year}年度", "")
    retitle(draft, f"{year}年", "")


@style(Phase.PAGE, rank=1, groups="who")
def year_in_characters(draft: Draft) -> None:
    """The title's year is in Chinese characters: 二〇二一年, 二○二一年, 二O二一年."""
    zero = draft.rng.choice("〇○O零0")
    year = "".join(
        zero if digit == "0" else "零一二三四五六七八九"[int(digit)]
        for digit in str(draft.figures.report_year)
    )
    retitle(draft, f"{draft.figures.report_year}年", f"{year}年")
