"""The forms beside the verified list of labels that they were made from, where that is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goicrawl import forms

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "forms.json"


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    if not REFERENCE.is_file():
        pytest.skip("the verified list of labels is not beside the project")
    data: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return data


def blocks_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    return table.get("blocks", [table])  # type: ignore[no-any-return]


def test_the_same_forms_and_tables(reference: dict[str, Any]) -> None:
    listed = {form["id"]: form for form in reference["forms"]}
    assert set(listed) <= set(forms.load())
    for name, theirs in listed.items():
        form = forms.load()[name]
        assert form.name == theirs["name"]
        assert list(form.report_years) == theirs["report_years"]
        assert form.note == theirs.get("note")
        sections = [{"number": s.number, "label": s.label, "english": s.english} for s in form.sections]
        assert sections == (theirs.get("sections") or [])
        assert [table.id for table in form.tables] == [table["id"] for table in theirs["tables"]]
        for table, other in zip(form.tables, theirs["tables"], strict=True):
            for key in ("english", "section", "section_label", "unit", "corner_note"):
                assert getattr(table, key) == other.get(key), (form.id, table.id, key)


def test_every_row_label_alias_unit_english_and_identifier(reference: dict[str, Any]) -> None:
    seen = 0
    for theirs in reference["forms"]:
        form = forms.load()[theirs["id"]]
        for table, other in zip(form.tables, theirs["tables"], strict=True):
            assert [block.caption for block in table.blocks] == [b.get("caption") for b in blocks_of(other)]
            for block, listed in zip(table.blocks, blocks_of(other), strict=True):
                for row, line in zip(block.rows, listed["rows"], strict=True):
                    assert (row.id, row.label) == (line["id"], line["label"])
                    assert set(line.get("aliases", [])) <= set(row.aliases)
                    assert "english" not in line or row.english == line["english"]
                    assert row.kind == (line.get("kind") or "data") and row.level == line.get("level", 0)
                    assert row.single_row_id == line.get("single_row_id") and row.parent == line.get("parent")
                    unit = line.get("unit")
                    assert unit in ("——", None) or row.unit == unit
                    assert line.get("evidence") in (None, row.evidence)
                    seen += 1
    assert seen > 150


def test_every_column_label_unit_type_and_identifier(reference: dict[str, Any]) -> None:
    for theirs in reference["forms"]:
        form = forms.load()[theirs["id"]]
        for table, other in zip(form.tables, theirs["tables"], strict=True):
            for block, listed in zip(table.blocks, blocks_of(other), strict=True):
                for column, head in zip(block.columns, listed["columns"], strict=True):
                    assert (column.id, column.label) == (head["id"], head["label"])
                    assert head.get("english") in (None, column.english)
                    assert head.get("type", "int") == column.type
                    unit = head.get("unit")
                    if unit is not None and unit.startswith("unit not printed"):
                        assert column.unit is None and column.note == unit
                    else:
                        assert unit == column.unit


def test_column_groups(reference: dict[str, Any]) -> None:
    for theirs in reference["forms"]:
        for table, other in zip(forms.load()[theirs["id"]].tables, theirs["tables"], strict=True):
            groups = {group.label: list(group.columns) for group in table.column_groups}
            every = [column.id for column in table.columns]
            listed = other.get("column_group") or {}
            assert groups == {label: every if names == "all" else names for label, names in listed.items()}


def test_every_identity_of_one_report_is_here(reference: dict[str, Any]) -> None:
    ours = {one.id: one for one in forms.identities()}
    # The rest compare several reports, years or bodies.
    of_one_report = {
        one["id"]: one for one in reference["identities"] if one["id"] not in ("C1", "C2", "C3", "C4", "A1")
    }
    listed = {form["id"] for form in reference["forms"]} | {"all"}
    assert set(of_one_report) <= set(ours)
    for name, other in of_one_report.items():
        assert ours[name].severity == other["severity"]
        # Forms that are not on the list may have the same rows.
        assert [form for form in ours[name].forms if form in listed] == other["forms"]
