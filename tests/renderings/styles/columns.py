"""Columns and rows that a form does not have, has elsewhere, or has and the page has not."""

from __future__ import annotations

from tests.renderings import layout
from tests.renderings.model import BLANK, Cell, Draft, Expected, Row, Table
from tests.renderings.styles.registry import ANNEX, MODERN, Phase, style

SPANS = "wrong-colspan wrong-rowspan disagree"


FILLED_TOTALS = ("newly_received", "carried_over_in", "total_handled", "carried_over_out")


def data_rows(table: Table) -> list[Row]:
    """The rows that hold figures."""
    return [row for row in table.rows if any(cell.role == "value" for cell in row)]


def addresses(row: Row) -> list[str]:
    return [cell.address for cell in row if cell.address is not None]


@style(Phase.PLAN, groups="columns", forms=MODERN)
def total_first(draft: Draft) -> None:
    """总计 is the first column of the requests table, or the last two columns change places."""
    columns = layout.request_columns(draft)
    draft.plan["request_columns"] = draft.rng.choice(
        ([columns[-1], *columns[:-1]], [columns[0], columns[-1], *columns[1:-1]])
    )
    if draft.output == "text":
        draft.refuse([a for a in draft.figures.cells if a.startswith("requests.")])


@style(Phase.PLAN, groups="columns", forms=MODERN, mutates=True)
def column_missing(draft: Draft) -> None:
    """The page leaves a column of the requests table out, head and figures."""
    columns = layout.request_columns(draft)
    gone = draft.rng.choice(columns)
    draft.plan["request_columns"] = [column for column in columns if column != gone]
    draft.forbidden |= {
        a for a in draft.figures.cells if a.startswith("requests.") and a.endswith(f".{gone}")
    }
    draft.must_report.append(f"the page has no column {gone}")
    if draft.output == "text":
        draft.refuse([a for a in draft.figures.cells if a.startswith("requests.")])


@style(Phase.TABLE, rank=0, groups=f"columns {SPANS}", forms=MODERN, output="html")
def extra_column(draft: Draft) -> None:
    """The requests table has a column that the form has not: 备注, 境外组织, 占比."""
    name = draft.rng.choice(("备注", "境外组织", "占比", "上年同期"))
    for table in draft.tables("requests"):
        at = draft.rng.choice((len(table.rows[-1]), len(table.rows[-1]) - 1))
        behind = at == len(table.rows[-1])
        for row in table.rows:
            values = [i for i, cell in enumerate(row) if cell.role == "value"]
            if values:
                mark = {"备注": "", "境外组织": "7", "占比": "12.5%", "上年同期": "31"}[name]
                cell = Cell(mark, "other")
                row.insert(values[-1] + 1 if behind else values[-1], cell)
        top = table.rows[1] if len(table.rows[0]) == 2 and len(table.rows) > 3 else table.rows[0]
        head = Cell(name, "header", rowspan=top[-1].rowspan, key="extra")
        top.insert(len(top) if behind else len(top) - 1, head)
        if top is not table.rows[0]:
            table.rows[0][-1].colspan += 1
    draft.must_report.append(f"a column that no form knows: {name}")


@style(Phase.TABLE, rank=4, groups=f"columns {SPANS}", output="html")
def serial_column(draft: Draft) -> None:
    """A first column numbers the rows: 序号, 行次."""
    for table in draft.tables("requests", "statistics"):
        name = draft.rng.choice(("序号", "行次", "编号"))
        form = draft.rng.choice(("{}", "{}", "{:02d}"))
        count = 0
        for at, row in enumerate(table.rows):
            if at < table.header:
                if at == 0:
                    row.insert(0, Cell(name, "other", rowspan=table.header))
                continue
            count += 1
            row.insert(0, Cell(form.format(count), "other"))


@style(Phase.TABLE, rank=4, groups="ordinals", output="html")
def ordinal_row(draft: Draft) -> None:
    """Below the head a line numbers the columns: 甲, 1, 2, 3."""
    for table in draft.tables("requests", "statistics", "remedies"):
        if not table.header:
            continue
        data = data_rows(table)[0]
        line: Row = []
        form = draft.rng.choice(("{}", "{}", "（{}）"))
        count = 0
        for cell in data:
            if cell.role == "value":
                count += 1
                line.append(Cell(form.format(count), "other"))
        if table.id == "statistics":
            line = [Cell("甲", "other"), Cell("乙", "other"), *line]
        elif table.id == "requests":
            depth = sum(cell.colspan for cell in table.rows[0] if cell.role == "corner")
            line.insert(0, Cell(draft.rng.choice(("栏次", "甲")), "other", colspan=depth))
        table.rows.insert(table.header, line)
        table.header += 1


@style(Phase.TABLE, rank=4, groups=f"trailing {SPANS}", output="html")
def trailing_cells(draft: Draft) -> None:
    """Every row ends with an empty cell or two that no head stands over."""
    count = draft.rng.choice((1, 2))
    for table in draft.tables():
        for row in table.rows:
            row.extend(Cell("", "filler") for _ in range(count))


@style(Phase.TABLE, rank=4, groups=f"trailing {SPANS}", output="html")
def spacer_rows(draft: Draft) -> None:
    """Empty rows stand between the rows."""
    for table in draft.tables("disclosure", "remedies", "statistics"):
        rows: list[Row] = []
        for at, row in enumerate(table.rows):
            rows.append(row)
            if at >= table.header and draft.rng.random() < 0.4:
                rows.append([Cell("", "filler", colspan=sum(cell.colspan for cell in row))])
        table.rows = rows


@style(Phase.PLAN, groups="rows", mutates=True)
def rows_missing(draft: Draft) -> None:
    """The page leaves rows of the form out."""
    ids = sorted(
        {address.split(".")[1] for address in draft.figures.cells if not address.startswith("remedies")}
    )
    ids = [name for name in ids if name not in ("other_handling", "disclosed")]
    gone = draft.rng.sample(ids, draft.rng.choice((1, 1, 3)))
    draft.plan["without_rows"] = gone
    draft.forbidden |= {a for a in draft.figures.cells if a.split(".")[1] in gone}
    if not draft.form.table("disclosure" if draft.form.has("disclosure") else "statistics").optional_rows:
        draft.must_report.append(f"the page has no rows {', '.join(gone)}")


@style(Phase.TABLE, rank=0, groups="rows", forms=frozenset({"f2019"}))
def local_disclosure_row(draft: Draft) -> None:
    """A local row stands in the disclosure table: 其他主动公开文件."""
    for table in draft.tables("disclosure"):
        at = next(i for i, row in enumerate(table.rows) if row[0].key == "normative_documents")
        like = table.rows[at]
        row = [Cell("其他主动公开文件", "other", colspan=like[0].colspan)]
        row += [Cell(str(draft.rng.randint(30, 999)), "other", colspan=cell.colspan) for cell in like[1:]]
        table.rows.insert(at + 1, row)
    draft.must_report.append("a row that no form knows: 其他主动公开文件")


@style(Phase.TABLE, rank=0, groups="rows", forms=MODERN)
def unknown_request_row(draft: Draft) -> None:
    """A row that no form knows stands in the requests table, with figures."""
    name = draft.rng.choice(("五、其中：涉外申请数量", "其中：网络渠道收到申请数量", "五、咨询电话接听数"))
    for table in draft.tables("requests"):
        at = draft.rng.choice((table.header + 2, len(table.rows)))
        like = table.rows[table.header]
        row = [Cell(name, "other", colspan=sum(c.colspan for c in like if c.role != "value"))]
        row += [Cell(str(draft.rng.randint(3, 60)), "other") for c in like if c.role == "value"]
        table.rows.insert(at, row)
    draft.must_report.append(f"a row that no form knows: {name}")


@style(Phase.TABLE, rank=0, groups="rows", forms=ANNEX)
def local_statistics_row(draft: Draft) -> None:
    """A local row stands in the statistical annex."""
    name = draft.rng.choice(("公开栏目改版次数", "窗口登记簿册数", "县政务服务中心查询窗口接待人次"))
    for table in draft.tables("statistics"):
        at = draft.rng.randint(3, len(table.rows))
        like = data_rows(table)[0]
        row = [Cell(name, "other"), Cell("人次", "unit")]
        row += [Cell(str(draft.rng.randint(100, 9999)), "other") for c in like if c.role == "value"]
        table.rows.insert(at, row)
    draft.must_report.append(f"a row that no form knows: {name}")


@style(Phase.TABLE, rank=0, groups="rows")
def row_twice(draft: Draft) -> None:
    """A row is printed twice in succession with the same figures."""
    for table in draft.tables("requests", "statistics"):
        rows = [row for row in data_rows(table) if not any(cell.rowspan > 1 for cell in row)]
        row = draft.rng.choice(rows)
        at = next(i for i, one in enumerate(table.rows) if one is row)
        table.rows.insert(at + 1, [cell.copy() for cell in row])
        draft.refuse(addresses(row))
        for group in _over(table, at):
            group.rowspan += 1


def _over(table: Table, at: int) -> list[Cell]:
    """The group cells whose span runs through this row."""
    return [
        cell
        for top, row in enumerate(table.rows[: at + 1])
        for cell in row
        if cell.role == "group" and cell.rowspan > 1 and top + cell.rowspan > at
    ]


@style(Phase.CELL, rank=-1, groups="zero", forms=MODERN)
def totals_blank(draft: Draft) -> None:
    """The column 总计 is blank but for a few rows."""
    for cell, _ in list(draft.numbers()):
        address = cell.address or ""
        if address.startswith("requests.") and address.endswith(".total"):
            if address.split(".")[1] in FILLED_TOTALS:
                continue
            cell.text = ""
            draft.expected[address] = Expected(None, BLANK)


@style(Phase.TABLE, rank=0, groups="rows", forms=MODERN)
def percentages(draft: Draft) -> None:
    """Below the requests table a line gives shares: 占比 41.2%."""
    for table in draft.tables("requests"):
        like = table.rows[table.header]
        row = [Cell("占比", "other", colspan=sum(c.colspan for c in like if c.role != "value"))]
        row += [Cell(f"{draft.rng.randint(0, 999) / 10}%", "other") for c in like if c.role == "value"]
        table.rows.append(row)
    draft.must_report.append("a row that no form knows: 占比")
