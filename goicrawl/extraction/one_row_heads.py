"""What the heads of a one-row table name: its groups (行政复议, 复议后起诉) and the columns under each."""

from __future__ import annotations

from goicrawl.documents.document import Grid
from goicrawl.extraction.label_index import TableIndex, indexes
from goicrawl.forms.labels import bare, read_label


def group_named(text: str, index: TableIndex) -> str | None:
    """The row that a text names as the head of figures: 行政复议, 行政诉讼（未经复议直接起诉）."""
    if len(text) > 40:
        return None
    key = read_label(text).key
    return None if key == "" else _group_keys(index).get(key)


def _group_keys(index: TableIndex) -> dict[str, str]:
    keys = index.memory.get("group keys")
    if keys is None:
        found: dict[str, str] = {}
        for row in sorted(index.table.rows, key=lambda one: -len(one.label)):
            for label in (row.label, *row.aliases):
                own = bare(label)
                parent = "" if row.parent is None else bare(row.parent)
                wordings = (own, parent + own, own + parent, f"{own}情况", f"{own}数量", f"{parent}{own}情况")
                for wording in wordings:
                    found.setdefault(wording, row.id)
        keys = index.memory["group keys"] = found
    assert isinstance(keys, dict)
    return keys


def leaf_of(text: str, index: TableIndex) -> tuple[str | None, str] | None:
    """The (row or None, column) that a head names: 结果维持, 行政复议-结果维持."""
    if text == "" or len(text) > 60:
        return None
    known = index.leaves
    if text in known:
        return known[text]
    if len(known) > 4096:
        known.clear()
    found = known[text] = _leaf_of(text, index)
    return found


def _leaf_of(text: str, index: TableIndex) -> tuple[str | None, str] | None:
    column = index.column_of(text)
    if column is not None:
        return None, column
    key = read_label(text).key
    for ending in index.endings:
        if key.endswith(ending) and len(key) > len(ending):
            row = group_named(key[: -len(ending)], index)
            if row is not None:
                return row, index.column_keys[ending]
    return None


def headed_by(grid: Grid) -> list[TableIndex]:
    """One-row tables whose heads a grid prints together with their groups: 行政复议-结果维持."""
    out: list[TableIndex] = []
    for index in indexes():
        if index.table.layout != "one_row" or any(one.table.id == index.table.id for one in out):
            continue
        endings = tuple(key for key in index.endings if len(key) >= 4)
        joined = sum(
            1 for cell in grid.cells if cell.text.endswith(endings) and leaf_of(cell.text, index) is not None
        )
        if joined >= 4:
            out.append(index)
    return out


def is_parent(text: str, index: TableIndex) -> bool:
    key = bare(text)
    return key != "" and any(row.parent is not None and bare(row.parent) == key for row in index.table.rows)
