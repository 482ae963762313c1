"""Lays a report's figures out as the official tables, or as the plan of a style wants them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from goicrawl.forms import Block
from goicrawl.forms import Row as FormRow
from tests.renderings.model import Cell, Draft, Expected, Para, Row, Table

ORGANIZATIONS = (
    "commercial_enterprise",
    "research_institution",
    "public_interest_organization",
    "legal_service_institution",
    "other_organization",
)


def plain(value: Decimal | None) -> str:
    """A number as a form prints it, without an exponent."""
    return "" if value is None else format(value, "f")


def label_of(draft: Draft, key: str, label: str) -> str:
    return draft.labels.get(key, label)


NUMBERED = ("dingxi2008", "shanghai2008")
"""Forms whose lines are numbered between the unit and the figures."""


def value_cell(draft: Draft, address: str, colspan: int = 1) -> Cell:
    """The cell of one address; from here on the page prints that address."""
    value = draft.figures.cells[address]
    draft.expected.setdefault(address, Expected(value, frozenset({"blank" if value is None else "number"})))
    return Cell(plain(value), "value", colspan=colspan, address=address)


def printed_rows(draft: Draft, table_id: str, block: Block) -> list[FormRow]:
    """The rows that these figures print: a group printed as one row is a row, one without figures is none."""
    rows: list[FormRow] = []
    single = ""
    prefix = f"{table_id}."
    known = {address.split(".")[1] for address in draft.figures.cells if address.startswith(prefix)}
    for row in block.rows:
        if row.level == 1:
            single = ""
        if row.kind == "group" and row.single_row_id in known:
            single = row.id
            rows.append(FormRow(row.single_row_id or "", row.label, row.english, level=row.level))
        elif (row.kind == "group" or row.id in known) and not single:
            rows.append(row)
    gone = draft.plan.get("without_rows", ())
    return [row for row in rows if row.id not in gone]


def disclosure(draft: Draft) -> list[Table | Para]:
    """第二十条 blocks; in the 2019 form every line spans five grid columns, in the 2021 form four."""
    table = draft.form.table("disclosure")
    width = 5 if draft.form.id == "f2019" else 4
    rows: list[Row] = []
    for block in table.blocks:
        spans = spread(len(block.columns), width - 1)
        rows.append([Cell(block.caption or "", "caption", colspan=width)])
        header = [Cell("信息内容", "corner")]
        for column, span in zip(block.columns, spans, strict=True):
            text = label_of(draft, f"disclosure.column.{column.id}", column.label)
            header.append(Cell(text, "header", colspan=span, key=column.id))
        rows.append(header)
        for row in printed_rows(draft, "disclosure", block):
            cells = [Cell(label_of(draft, f"disclosure.{row.id}", row.label), "label", key=row.id)]
            for column, span in zip(block.columns, spans, strict=True):
                cells.append(value_cell(draft, f"disclosure.{row.id}.{column.id}", span))
            rows.append(cells)
    return [Table("disclosure", rows)]


def spread(count: int, width: int) -> list[int]:
    """How `count` cells share `width` grid columns: the middle ones are wide, as in the real form."""
    spans = [width // count] * count
    for extra in range(width - sum(spans)):
        spans[(count // 2 + extra) % count] += 1
    return spans


def request_columns(draft: Draft) -> list[str]:
    columns = [column.id for column in draft.form.table("requests").blocks[0].columns]
    return list(draft.plan.get("request_columns", columns))


def requests(draft: Draft) -> list[Table | Para]:
    """本年新收 to 结转下年度, three label columns and seven of figures; `plan` may order it otherwise."""
    table = draft.form.table("requests")
    block = table.blocks[0]
    columns = request_columns(draft)
    mode = draft.plan.get("label_mode", "official")
    depth = {"official": 3, "flat": 2, "joined": 1, "group_row": 1}[mode]
    names = {column.id: column.label for column in block.columns}
    rows = request_header(draft, table.corner_note or "", columns, names, depth)
    header = len(rows)
    rows.extend(request_body(draft, printed_rows(draft, "requests", block), columns, mode))
    if draft.plan.get("table_per_group"):
        return per_group(rows, header)
    return [Table("requests", rows, header=header)]


def per_group(rows: list[Row], header: int) -> list[Table | Para]:
    """A table for each run of rows between group labels, the label as a line of text before it."""
    out: list[Table | Para] = []
    table: Table | None = None
    for row in rows[header:]:
        if row[0].role == "group":
            out.append(Para(row[0].text))
            table = None
            continue
        if table is None:
            head = [[cell.copy() for cell in line] for line in rows[:header]]
            table = Table("requests", head, header=header)
            out.append(table)
        table.rows.append(row)
    return out


def request_header(
    draft: Draft, corner: str, columns: list[str], names: dict[str, str], depth: int
) -> list[Row]:
    mode = draft.plan.get("header_mode", "official")

    def head(column: str, **spans: Any) -> Cell:
        text = label_of(draft, f"requests.column.{column}", names.get(column, column))
        return Cell(text, "header", key=column, **spans)

    if mode == "one_row":
        return [[Cell(corner, "corner", colspan=depth), *(head(column) for column in columns)]]
    above: Row = []
    below: Row = []
    for column in columns:
        if column in ORGANIZATIONS:
            if not below or column == next(c for c in columns if c in ORGANIZATIONS):
                span = sum(c in ORGANIZATIONS for c in columns)
                above.append(Cell("法人或其他组织", "header", colspan=span, key="organizations"))
            below.append(head(column))
        else:
            above.append(head(column, rowspan=2))
    if mode == "two_rows":
        return [[Cell(corner, "corner", colspan=depth, rowspan=2), *above], below]
    first = [
        Cell(corner, "corner", rowspan=3, colspan=depth),
        Cell("申请人情况", "header", colspan=len(columns), key="applicants"),
    ]
    return [first, above, below]


def request_body(draft: Draft, plan: list[FormRow], columns: list[str], mode: str) -> list[Row]:
    rows: list[Row] = []

    def label(row: FormRow, **spans: Any) -> Cell:
        role = "group" if row.kind == "group" else "label"
        return Cell(label_of(draft, f"requests.{row.id}", row.label), role, key=row.id, **spans)

    def values(row: FormRow) -> Row:
        return [value_cell(draft, f"requests.{row.id}.{column}") for column in columns]

    def inside(at: int) -> int:
        """How many data rows the group at this place holds."""
        count = 0
        for later in plan[at + 1 :]:
            if later.level <= plan[at].level:
                break
            count += later.kind != "group"
        return count

    waiting: Row = []
    group: FormRow | None = None
    for at, row in enumerate(plan):
        if row.level < 2:
            group = None
        if row.kind == "group":
            size = inside(at)
            if row.level == 1:
                group = row
            if mode == "group_row":
                rows.append([label(row, colspan=1 + len(columns))])
            elif (mode == "official" and size) or (mode == "flat" and size and row.level == 1):
                waiting.append(label(row, rowspan=size))
            elif mode == "flat" and row.level == 0:
                rows.append([label(row, colspan=2), *(Cell("", "filler") for _ in columns)])
            continue
        if mode == "official":
            own = label(row, colspan=3 - row.level)
        elif mode == "flat":
            own = label(row, colspan=1 if row.level == 2 else 2)
        else:
            own = label(row)
            if mode == "joined" and group is not None and row.level == 2:
                own.text = f"{label(group).text}{draft.plan.get('joint', '')}{own.text}"
        rows.append([*waiting, own, *values(row)])
        waiting = []
    return rows


def remedies(draft: Draft) -> list[Table | Para]:
    """行政复议 and 行政诉讼: one line of fifteen figures, or as the plan says three tables or three lines."""
    block = draft.form.table("remedies").blocks[0]
    mode = draft.plan.get("remedies_mode", "official")

    def heads(row: FormRow, **spans: Any) -> Row:
        return [Cell(c.label, "header", key=f"{row.id}.{c.id}", **spans) for c in block.columns]

    def values(row: FormRow) -> Row:
        return [value_cell(draft, f"remedies.{row.id}.{c.id}") for c in block.columns]

    if mode == "three_tables":
        out: list[Table | Para] = []
        for row in block.rows:
            name = f"{row.parent}（{row.label}）" if row.parent else row.label
            out += [Para(name), Table("remedies", [heads(row), values(row)], header=1)]
        return out
    if mode == "three_lines":
        lines: list[Row] = [[Cell("类别", "corner"), *heads(block.rows[0])]]
        for row in block.rows:
            name = f"{row.parent}（{row.label}）" if row.parent else row.label
            lines.append([Cell(name, "label", key=row.id), *values(row)])
        return [Table("remedies", lines, header=1)]
    if mode == "upright":
        lines = [[Cell("类型", "corner", colspan=2), Cell("件数", "header", key="value")]]
        for row in block.rows:
            name = f"{row.parent}（{row.label}）" if row.parent else row.label
            for at, column in enumerate(block.columns):
                line = [Cell(name, "group", rowspan=len(block.columns), key=row.id)] if at == 0 else []
                label = Cell(column.label, "label", key=f"{row.id}.{column.id}")
                lines.append([*line, label, value_cell(draft, f"remedies.{row.id}.{column.id}")])
        return [Table("remedies", lines, header=1)]
    if mode == "one_head":
        names = [f"{row.parent or row.label}{f'（{row.label}）' if row.parent else ''}" for row in block.rows]
        top = [
            Cell(f"{name}-{c.label}", "header", key=f"{row.id}.{c.id}")
            for name, row in zip(names, block.rows, strict=True)
            for c in block.columns
        ]
        return [Table("remedies", [top, [c for row in block.rows for c in values(row)]], header=1)]
    direct, after = block.rows[1:]
    first = [
        Cell(block.rows[0].label, "header", colspan=5, key=block.rows[0].id),
        Cell(direct.parent or "", "header", colspan=10, key="litigation"),
    ]
    second = [
        *heads(block.rows[0], rowspan=2),
        Cell(direct.label, "header", colspan=5, key=direct.id),
        Cell(after.label, "header", colspan=5, key=after.id),
    ]
    third = [*heads(direct), *heads(after)]
    data = [cell for row in block.rows for cell in values(row)]
    return [Table("remedies", [first, second, third, data], header=3)]


def statistics(draft: Draft) -> list[Table | Para]:
    """The statistical annex: 指标, 单位 and one or two columns of figures."""
    block = draft.form.table("statistics").blocks[0]
    local = draft.form.id.endswith("2008")
    numbered = draft.form.id in NUMBERED
    printed = {address.split(".")[2] for address in draft.figures.cells}
    columns = [column for column in block.columns if column.id in printed]
    rows: list[Row] = [
        [
            Cell("指标名称" if local else "统计指标", "corner"),
            Cell("计量单位" if local else "单位", "header", key="unit"),
            *(
                Cell(c.label.replace("YYYY", str(draft.figures.report_year)), "header", key=c.id)
                for c in columns
            ),
        ]
    ]
    if numbered:
        rows[0].insert(2, Cell("代码", "header", key="number"))
    for n, row in enumerate(printed_rows(draft, "statistics", block), 1):
        text = label_of(draft, f"statistics.{row.id}", row.label)
        if row.kind == "group":
            fill = "——" if draft.plan.get("group_marks", True) else ""
            cells = [Cell(text, "group", key=row.id), Cell(fill, "unit")]
            cells += [Cell(fill, "filler") for _ in columns]
        else:
            cells = [Cell(text, "label", key=row.id), Cell(row.unit or "件", "unit")]
            cells += [Cell(f"{n:02d}", "unit")] if numbered else []
            cells += [value_cell(draft, f"statistics.{row.id}.{c.id}") for c in columns]
        rows.append(cells)
    return [Table("statistics", rows, header=1)]
