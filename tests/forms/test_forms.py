"""The forms and the identities that come with the project."""

from __future__ import annotations

import pytest

from goicrawl import forms
from goicrawl.forms.labels import read_label

CELLS = {
    "f2021": 200, "f2019": 198, "f2014": 58,
    "anhui2014": 63 * 4, "dingxi2008": 56 * 3, "fujian2008": 20 * 2, "shanghai2008": 54 * 3,
}  # fmt: skip


def test_the_forms_and_how_many_cells_they_have() -> None:
    assert {form.id: len(form.cells) for form in forms.load().values()} == CELLS
    assert {form.id: len(form.addresses) for form in forms.load().values()} == CELLS
    cells = [cell.table for cell in forms.load()["f2021"].cells]
    assert [cells.count(table) for table in ("disclosure", "requests", "remedies")] == [10, 175, 15]


def test_forms_are_read_once_and_the_national_ones_come_first() -> None:
    assert list(forms.load()) == list(CELLS)
    assert forms.load() is forms.load()
    assert forms.load_folder(forms.FOLDER) == forms.load()


def test_the_index_has_every_address_once_in_a_stable_order() -> None:
    index = forms.cell_index()
    order = [cell.address for form in forms.load().values() for cell in (*form.cells, *form.alternates)]
    assert list(index) == list(dict.fromkeys(order))
    assert list(index)[:200] == [cell.address for cell in forms.load()["f2021"].cells]
    for address, cell in index.items():
        assert cell.address == address == f"{cell.table}.{cell.row}.{cell.column}"


@pytest.mark.parametrize("form_id", CELLS)
def test_cells_and_alternates_in_printed_order(form_id: str) -> None:
    form = forms.load()[form_id]
    printed = [cell.address for cell in form.printed_cells]
    assert len(set(printed)) == len(printed)
    assert set(printed) == form.addresses | {cell.address for cell in form.alternates}
    assert [address for address in printed if address in form.addresses] == [
        cell.address for cell in form.cells
    ]


def test_other_handling_as_one_row() -> None:
    form = forms.load()["f2021"]
    assert {cell.row for cell in form.alternates} == {"other_handling"} and len(form.alternates) == 7
    table = form.table("requests")
    assert table is not None
    (group,) = table.one_row_groups
    members = [row.id for row in table.rows_of_group(group)]
    assert members == ["other_not_supplemented", "other_fee_unpaid", "other_remaining"]
    printed = [cell.row for cell in form.printed_cells if cell.column == "total" and cell.table == "requests"]
    assert printed[printed.index("other_handling") + 1 :][:3] == members
    # The form of 2019 has the row itself; both give the same addresses.
    assert {cell.address for cell in form.alternates} <= forms.load()["f2019"].addresses
    outcomes = next(row for row in table.rows if row.id == "outcomes")
    assert len(table.rows_of_group(outcomes)) == 2 + 8 + 3 + 5 + 3 + 1


@pytest.mark.parametrize("form_id", CELLS)
def test_units_english_and_labels_are_there(form_id: str) -> None:
    for cell in forms.load()[form_id].printed_cells:
        assert cell.english.isascii() and cell.english.strip() == cell.english, cell
        assert cell.label == f"{cell.row_label} / {cell.column_label}"
        unprinted = cell.address == "disclosure.central_procurement.amount"
        assert (cell.unit is None) == unprinted, cell.address


@pytest.mark.parametrize(
    ("section", "printed"),
    [
        (1, "一、总体公开情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (5, "五、存在问题及改进情况"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
    ],
)
@pytest.mark.parametrize("form_id", ["f2021", "f2019"])
def test_headings_in_other_words(form_id: str, section: int, printed: str) -> None:
    key = read_label(printed).key
    named = [
        one.number for one in forms.load()[form_id].sections
        if key in {read_label(text).key for text in (one.label, *one.aliases)}
    ]  # fmt: skip
    assert named == [section]


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ("other_not_supplemented", "1.逾期不补正"),
        ("other_fee_unpaid", "2．逾期不缴费"),
        ("partially_granted", "(二)部分公开"),
    ],
)
def test_rows_in_short(row: str, printed: str) -> None:
    table = forms.load()["f2021"].table("requests")
    assert table is not None
    found = [
        one.id for one in table.rows if read_label(printed) in map(read_label, (one.label, *one.aliases))
    ]
    assert found == [row]


@pytest.mark.parametrize(
    ("column", "printed"),
    [
        ("commercial_enterprise", "商业"), ("research_institution", "科研"),
        ("public_interest_organization", "社会公益"), ("legal_service_institution", "法律服务"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form_id", ["f2021", "f2019"])
def test_columns_in_short(form_id: str, column: str, printed: str) -> None:
    table = forms.load()[form_id].table("requests")
    assert table is not None
    assert [one.id for one in table.columns if printed in (one.label, *one.aliases)] == [column]


def test_a_local_row_is_unknown() -> None:
    keys = {
        read_label(text).key
        for form in forms.load().values() for table in form.tables for row in table.rows
        for text in (row.label, *row.aliases)
    }  # fmt: skip
    assert "其他主动公开文件" not in keys


def test_what_is_held_against_what() -> None:
    kinds = {one.id: (one.check, one.severity, one.forms) for one in forms.identities()}
    both = ("f2019", "f2021")
    annexes = ("f2014", "anhui2014")
    every_annex = (*annexes, "dingxi2008", "shanghai2008")
    assert kinds == {
        "R1": ("sum", "error", both), "R2": ("sum", "error", both), "R3": ("sum", "error", both),
        "M1": ("sum", "error", both), "D1": ("domain", "error", ("all",)),
        "D2": ("rules_row", "warning", both),
        "N1": ("narrative_count", "info", both), "T1": ("deadline", "warning", ("all",)),
        **{f"S{n}": ("sum", "warning", annexes) for n in (1, 2, 5)},
        **{f"S{n}": ("sum", "warning", every_annex) for n in (3, 4, 8)},
        "S6": ("sum", "warning", ("dingxi2008", "fujian2008", "shanghai2008")),
        "S7": ("sum", "warning", ("dingxi2008", "shanghai2008")),
    }  # fmt: skip


def test_wildcards_stand_for_the_rows_that_the_form_prints() -> None:
    rule = next(one for one in forms.identities() if one.id == "R2")
    left = rule.equations[0].left
    for form_id, outcomes in (("f2021", 21), ("f2019", 19)):
        table = forms.load()[form_id].table("requests")
        assert table is not None
        rows = [row.id for row in table.rows if row.kind == "data"]
        named = {
            row
            for name in left
            for row in rows
            if row == name or (name[-1] == "*" and row.startswith(name[:-1]))
        }
        handled = rows.index("granted"), rows.index("carried_over_out")
        assert named == set(rows[slice(*handled)]) and len(named) == outcomes
