"""How tables are divided and ordered: cut by a page, one per block, other ways to show the groups."""

from __future__ import annotations

from dataclasses import replace

from tests.renderings import grid
from tests.renderings.model import Block, Cell, Draft, Para, Row, Table
from tests.renderings.styles.registry import MODERN, Phase, style
from tests.renderings.styles.texts import as_text


def replace_table(draft: Draft, table: Table, parts: list[Block]) -> None:
    at = next(i for i, block in enumerate(draft.blocks) if block is table)
    draft.blocks[at : at + 1] = parts


def cut_at(draft: Draft, table: Table, *, between: tuple[str, ...]) -> None:
    """Cut a table once at any row behind its head, as a page break does."""
    if len(table.rows) < table.header + 2:
        return
    at = draft.rng.randint(table.header + 1, len(table.rows) - 1)
    first, second = grid.cut(
        table,
        at,
        repeat_header=draft.rng.random() < 0.4,
        repeat_group=draft.rng.choice(("label", "label", "empty", "continued")),
    )
    words = draft.rng.choice(between)
    parts: list[Block] = [first, second]
    if words:
        parts.insert(1, Para(words))
    replace_table(draft, table, parts)


@style(Phase.TABLE, rank=3, groups="cut")
def cut_in_two(draft: Draft) -> None:
    """The long table is cut in two by a page break, the group label repeated or left empty."""
    for table in list(draft.tables("requests", "statistics")):
        cut_at(draft, table, between=("", "", "续表", "（续表）", "— 4 —", "- 5 -"))


@style(Phase.TABLE, rank=3, groups="cut")
def cut_in_three(draft: Draft) -> None:
    """The long table is cut twice, and the disclosure table once."""
    for _ in range(2):
        tables = [t for t in draft.tables("requests", "statistics") if len(t.rows) > t.header + 6]
        cut_at(draft, draft.rng.choice(tables), between=("", "续表：", "第3页 共6页"))
    for table in list(draft.tables("disclosure")):
        cut_at(draft, table, between=("",))


@style(Phase.PLAN, groups="labels-mode body-spans wrong-rowspan", forms=MODERN)
def group_rows(draft: Draft) -> None:
    """Each group label has a row of its own across the table."""
    draft.plan["label_mode"] = "group_row"


@style(Phase.PLAN, groups="labels-mode body-spans wrong-rowspan", forms=MODERN)
def joined_labels(draft: Draft) -> None:
    """Group and label stand in one cell: （三）不予公开1.属于国家秘密."""
    draft.plan["label_mode"] = "joined"
    draft.plan["joint"] = draft.rng.choice(("", " ", "\n", "-", "：", "——"))


@style(Phase.PLAN, groups="labels-mode", forms=MODERN)
def flat_labels(draft: Draft) -> None:
    """Two label columns; 三、本年度办理结果 has a row of its own with empty figures."""
    draft.plan["label_mode"] = "flat"


@style(Phase.PLAN, groups="header-spans", forms=MODERN)
def short_header(draft: Draft) -> None:
    """The head of the requests table has two rows, or one."""
    draft.plan["header_mode"] = draft.rng.choice(("two_rows", "one_row"))


@style(Phase.TABLE, rank=2, groups="disclosure-split", forms=MODERN)
def table_per_block(draft: Draft) -> None:
    """Each 第二十条 block is a table of its own, its caption in the table or before it."""
    outside = draft.rng.random() < 0.5
    for table in list(draft.tables("disclosure")):
        parts: list[Block] = []
        for row in table.rows:
            if row[0].role == "caption":
                if outside:
                    parts.append(Para(row[0].text))
                parts.append(Table("disclosure", [] if outside else [row]))
            else:
                last = parts[-1]
                assert isinstance(last, Table)
                last.rows.append(row)
        replace_table(draft, table, parts)


@style(Phase.PLAN, groups="remedies-mode", forms=MODERN)
def remedies_three_tables(draft: Draft) -> None:
    """行政复议 and the two kinds of 行政诉讼 have a table each under a line of text."""
    draft.plan["remedies_mode"] = "three_tables"


@style(Phase.PLAN, groups="remedies-mode", forms=MODERN)
def remedies_three_lines(draft: Draft) -> None:
    """行政复议 and the two kinds of 行政诉讼 are three lines of one table."""
    draft.plan["remedies_mode"] = "three_lines"


@style(Phase.TABLE, rank=2, groups="disclosure-split disagree", forms=MODERN)
def captions_left(draft: Draft) -> None:
    """The caption of a block stands to the left of its lines, over all of them."""
    for table in draft.tables("disclosure"):
        rows: list[Row] = []
        caption: Cell | None = None
        for row in table.rows:
            if row[0].role == "caption":
                caption = row[0].copy(colspan=1, rowspan=0)
                continue
            if caption is not None and caption.rowspan == 0:
                row.insert(0, caption)
            if caption is not None:
                caption.rowspan += 1
            rows.append(row)
        table.rows = rows


@style(Phase.TABLE, rank=7, groups="unit-row", forms=MODERN)
def unit_row(draft: Draft) -> None:
    """A first row inside the table gives the unit or a name: 单位：件."""
    for table in draft.tables("requests", "remedies"):
        width = max(sum(cell.colspan for cell in row) for row in table.rows)
        words = draft.rng.choice(("单位：件", "表2", "（单位：件）", "2.申请办理情况统计表"))
        table.rows.insert(0, [Cell(words, "other", colspan=width)])
        table.header += 1 if table.header else 0


@style(Phase.TABLE, rank=7, groups="body-spans cut rows damage wrong-rowspan labels-mode columns trailing",
       forms=MODERN, output="html")  # fmt: skip
def nested_groups(draft: Draft) -> None:
    """The rows of a group stand in a table inside one cell beside the group's label."""
    draft.options["nested_groups"] = True


@style(Phase.PLAN, groups="requests-split labels-mode cut body-spans wrong-rowspan", forms=MODERN)
def table_per_group(draft: Draft) -> None:
    """Each group of the requests table is a table of its own, head again, a line of text before it."""
    draft.plan["label_mode"] = "group_row"
    draft.plan["table_per_group"] = True
    draft.plan["header_mode"] = draft.rng.choice(("one_row", "two_rows"))


@style(Phase.TABLE, rank=2, groups="text group-place wrong-rowspan cut", forms=MODERN, output="text")
def groups_in_the_middle(draft: Draft) -> None:
    """Group labels stand in the middle line of their group, as a PDF's text has them."""
    as_text(draft, "spaces")
    for table in draft.tables("requests"):
        for at, row in enumerate(list(table.rows)):
            for cell in [c for c in row if c.role == "group" and c.rowspan > 2]:
                row.remove(cell)
                table.rows[at + cell.rowspan // 2].insert(0, cell.copy(rowspan=1))


@style(Phase.PLAN, groups="late", forms=frozenset({"f2019"}))
def late_form(draft: Draft) -> None:
    """The tables of the 2019 form in the report of a later year."""
    year = draft.rng.choice((2021, 2022, 2023))
    draft.figures = replace(draft.figures, report_year=year)
