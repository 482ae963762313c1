"""Sums, against tables whose sums are right and what is then changed in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl import forms, registry
from goicrawl.checks import check, sums
from goicrawl.extraction.report import Finding, Report
from goicrawl.forms.identity_loader import load_identities
from tests.checks.reports import Figure, answer, report
from tests.checks.tables import BALANCE, COLUMNS, OTHER, OUTCOMES, REMEDIES, Cells, consistent

REGISTRY = registry.load()
quick = settings(max_examples=40, deadline=None)


def found(one: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.at) for finding in check(one, REGISTRY)]


def expected(address: str, form: str) -> list[tuple[str, str]]:
    """The rules that one wrong cell breaks, and where."""
    table, row, column = address.split(".")
    if table == "remedies":
        return [("M1", f"remedies.{row}.total")]
    rules = []
    if row in BALANCE:
        rules.append(("R1", f"requests.total_handled.{column}"))
    if row in (*OUTCOMES, *OTHER[form], "total_handled"):
        rules.append(("R2", f"requests.total_handled.{column}"))
    return [*rules, ("R3", f"requests.{row}.total")]


@pytest.mark.parametrize("form", ["f2021", "f2019"])
@quick
@given(data=st.data())
def test_right_sums_give_no_finding(form: str, data: st.DataObject) -> None:
    assert found(report(data.draw(consistent(form)), form=form)) == []


@pytest.mark.parametrize("form", ["f2021", "f2019"])
@quick
@given(data=st.data())
def test_one_changed_cell_gives_exactly_the_rules_it_breaks(form: str, data: st.DataObject) -> None:
    cells = data.draw(consistent(form))
    address = data.draw(st.sampled_from(sorted(cells)))
    more = data.draw(st.integers(1, 10**6))
    one = report(cells | {address: cells[address] + more}, form=form)
    findings = check(one, REGISTRY)
    assert [(finding.rule, finding.at) for finding in findings] == expected(address, form)
    for finding in findings:
        assert finding.severity == "error"
        assert finding.left is not None and finding.right is not None
        assert abs(finding.left - finding.right) == more
        assert f" {finding.left}, " in finding.message and finding.message.endswith(f" {finding.right}")


@quick
@given(cells=consistent(), data=st.data())
def test_blanks_strokes_and_words_are_not_zero(cells: Cells, data: st.DataObject) -> None:
    gone = data.draw(st.dictionaries(st.sampled_from(sorted(cells)), st.sampled_from([None, "/", "约3"])))
    assert found(report({**cells, **gone})) == []
    absent = {address: figure for address, figure in cells.items() if address not in gone}
    assert found(report(absent)) == []


@quick
@given(data=st.data())
def test_taking_numbers_away_never_adds_a_finding(data: st.DataObject) -> None:
    numbers = {
        f"requests.{row}.{column}": data.draw(st.integers(0, 3))
        for row in (*OUTCOMES, *OTHER["f2021"], *BALANCE)
        for column in COLUMNS
    }
    all_of_them = set(found(report(numbers)))
    gone = data.draw(st.sets(st.sampled_from(sorted(numbers)), max_size=30))
    less: dict[str, Figure] = {address: None if address in gone else n for address, n in numbers.items()}
    assert set(found(report(less))) <= all_of_them


def one_row(cells: Cells) -> tuple[Cells, Cells]:
    """The rows of other handling, and the one row that says the same."""
    rows = {address: n for address, n in cells.items() if address.split(".")[1] in OTHER["f2021"]}
    single = {
        f"requests.other_handling.{column}": sum(n for a, n in rows.items() if a.endswith(f".{column}"))
        for column in COLUMNS
    }
    return rows, single


@quick
@given(cells=consistent())
def test_a_group_printed_as_one_row_stands_for_its_rows(cells: Cells) -> None:
    rows, single = one_row(cells)
    without = {address: n for address, n in cells.items() if address not in rows}
    assert found(report(without | single)) == []
    wrong = single | {
        "requests.other_handling.natural_person": single["requests.other_handling.natural_person"] + 1
    }
    assert found(report(without | wrong)) == [
        ("R2", "requests.total_handled.natural_person"),
        ("R3", "requests.other_handling.total"),
    ]


@quick
@given(cells=consistent())
def test_a_group_and_its_rows_count_only_where_they_say_the_same(cells: Cells) -> None:
    _, single = one_row(cells)
    handled = "requests.total_handled.research_institution"
    wrong = cells | {handled: cells[handled] + 1}
    of_column = [rule for rule, at in found(report(wrong | single)) if at == handled]
    assert of_column == ["R1", "R2"]
    group = "requests.other_handling.research_institution"
    contradicted = wrong | single | {group: single[group] + 1}
    assert [rule for rule, at in found(report(contradicted)) if at == handled] == ["R1"]


def test_blank_rows_beside_the_groups_own_number_are_not_assessable() -> None:
    zeros: dict[str, Figure] = {f"requests.{row}.total": 0 for row in (*OUTCOMES, "total_handled")}
    blank: dict[str, Figure] = {f"requests.{row}.total": None for row in OTHER["f2021"]}
    assert found(report(zeros | {"requests.other_handling.total": 2})) == [
        ("R2", "requests.total_handled.total")
    ]
    assert found(report(zeros | blank | {"requests.other_handling.total": 2})) == []


def test_findings_come_by_identity_and_then_in_printed_order() -> None:
    numbers: dict[str, Figure] = {
        cell.address: place
        for place, cell in enumerate(reversed(forms.load()["f2021"].cells), 1)
        if cell.table in ("requests", "remedies")
    }
    findings = check(report(numbers), REGISTRY)
    order = [identity.id for identity in forms.identities()]
    printed = [cell.address for cell in forms.load()["f2021"].printed_cells]
    keys = [(order.index(one.rule), printed.index(one.at)) for one in findings]
    assert keys == sorted(keys)
    assert [one.rule for one in findings] == ["R1"] * 7 + ["R2"] * 7 + ["R3"] * 25 + ["M1"] * 3


def test_decimals_are_added_exactly() -> None:
    tenth = Decimal("0.1")
    parts = {f"remedies.reconsideration.{name}": tenth for name in ("upheld", "corrected", "other")}
    cells: dict[str, Figure] = {**parts, "remedies.reconsideration.pending": 0}
    exact = report(cells | {"remedies.reconsideration.total": Decimal("0.3")})
    assert "M1" not in [rule for rule, _ in found(exact)]
    # More digits than a decimal's usual 28.
    cells["remedies.reconsideration.pending"] = 10**14
    cells["remedies.reconsideration.upheld"] = Decimal("0.123456789012345")
    right = Decimal("100000000000000.323456789012345")
    assert "M1" not in [rule for rule, _ in found(report(cells | {"remedies.reconsideration.total": right}))]
    off = Decimal("100000000000000.323456789012346")
    finding = next(
        one
        for one in check(report(cells | {"remedies.reconsideration.total": off}), REGISTRY)
        if one.rule == "M1"
    )
    assert finding.left == right and finding.right == off
    assert finding.message.endswith(
        "100000000000000.323456789012345, the total says 100000000000000.323456789012346"
    )


def test_statistics_of_2014() -> None:
    cells: dict[str, Figure] = {
        "statistics.requests_received.value": 12,
        "statistics.requests_in_person.value": 3,
        "statistics.requests_fax.value": 0,
        "statistics.requests_online.value": 8,
        "statistics.requests_letter.value": 0,
        "statistics.litigation_total.value": 1,
        "statistics.litigation_upheld.value": 0,
        "statistics.litigation_corrected.value": 0,
        "statistics.litigation_other.value": 0,
        "statistics.reconsideration_total.value": 1,
        "statistics.reconsideration_upheld.value": 1,
        "statistics.reconsideration_corrected.value": 0,
        "statistics.reconsideration_other.value": 0,
    }
    findings = check(report(cells, form="f2014", report_year=2014), REGISTRY)
    assert [(one.rule, one.severity, one.at, one.left, one.right) for one in findings] == [
        ("S1", "warning", "statistics.requests_received.value", 11, 12),
        ("S5", "warning", "statistics.litigation_total.value", 0, 1),
    ]
    assert findings[0].message == "in person, fax, online and letter add up to 11, requests received says 12"


@pytest.mark.parametrize(
    ("rule", "total", "begins", "kinds"),
    [("S3", "replies", "replies_", 8), ("S4", "replies_refused", "refused_", 6)],
)
def test_kinds_of_reply_and_grounds_of_refusal(rule: str, total: str, begins: str, kinds: int) -> None:
    rows = [row.id for row in forms.load()["f2014"].tables[0].rows if row.id.startswith(begins)]
    assert len(rows) == kinds
    cells: dict[str, Figure] = {f"statistics.{row}.value": 2 for row in rows}
    cells[f"statistics.{total}.value"] = 2 * kinds if rule == "S4" else 2 * kinds - 1
    got = check(report(cells, form="f2014", report_year=2014), REGISTRY)
    assert [(one.rule, one.left, one.right) for one in got] == ([("S3", 16, 15)] if rule == "S3" else [])
    # S4's total is one of S3's kinds: alone it is assessed all the same.
    less = {address: n for address, n in cells.items() if address != f"statistics.{rows[0]}.value"}
    assert check(report(less, form="f2014", report_year=2014), REGISTRY) == ()


def test_the_grounds_of_refusal_are_added_up() -> None:
    rows = [row.id for row in forms.load()["f2014"].tables[0].rows if row.id.startswith("refused_")]
    cells: dict[str, Figure] = {f"statistics.{row}.value": 1 for row in rows}
    one = report(cells | {"statistics.replies_refused.value": 7}, form="f2014", report_year=2014)
    assert [(f.rule, f.left, f.right) for f in check(one, REGISTRY)] == [("S4", 6, 7)]


def test_a_form_without_sums_and_no_form_at_all() -> None:
    every = [cell.address for cell in forms.load()["fujian2008"].cells]
    numbers: dict[str, Figure] = {address: 7 for address in every if ".requests_letter." not in address}
    assert found(report(numbers, form="fujian2008", report_year=2012)) == []
    broken: dict[str, Figure] = {f"requests.{row}.total": 1 for row in (*OUTCOMES, "total_handled")}
    assert found(report(broken, form=None)) == []
    assert found(report(broken, form="a_form_of_later")) == []


FORM = """
id = "local"
name = "a local form"
report_years = [2015, 2016]
[[tables]]
id = "visits"
english = "visits"
[[tables.blocks]]
id = "main"
columns = [
  { id = "men", label = "男", english = "men" },
  { id = "women", label = "女", english = "women" },
  { id = "all", label = "合计", english = "everybody" },
]
rows = [
  { id = "seen", label = "接待人次", english = "people received", kind = "total" },
  { id = "seen_in_person", label = "其中：当面", english = "in person (at a desk)" },
  { id = "seen_by_telephone", label = "电话", english = "by telephone" },
]
"""
IDENTITIES = """
[[identities]]
id = "L1"
severity = "info"
forms = ["local"]
check = "sum"
table = "visits"
per = "column"
statement = "kinds of visit add up"
equations = [ { left = ["seen_*"], right = ["seen"], at = "seen" } ]

[[identities]]
id = "L2"
severity = "info"
forms = ["local"]
check = "sum"
table = "visits"
per = "row"
statement = "men and women are everybody"
equations = [ { left = ["men", "women"], right = ["all"], at = "all" } ]

[[identities]]
id = "L3"
severity = "info"
forms = ["local"]
check = "sum"
table = "visits"
per = "report"
statement = "men in person and women by telephone are as many as all men"
equations = [
  { left = ["seen_in_person.men", "seen_by_telephone.women"], right = ["seen.men"], at = "seen.men" },
]
"""


def local_findings(folder: Path, cells: dict[str, Figure]) -> list[Finding]:
    (folder / "local.toml").write_text(FORM, encoding="utf-8")
    (folder / "identities.toml").write_text(IDENTITIES, encoding="utf-8")
    known = forms.load_folder(folder)
    out: list[Finding] = []
    for identity in load_identities(folder / "identities.toml", known):
        prepared = sums.prepare(identity, known["local"])
        assert prepared is not None
        out += prepared(report(cells, form="local"), REGISTRY)
    return out


def test_a_new_sum_is_data_alone(tmp_path: Path) -> None:
    figures = {"seen": (3, 4, 7), "seen_in_person": (2, 3, 6), "seen_by_telephone": (1, 2, 3)}
    cells: dict[str, Figure] = {
        f"visits.{row}.{column}": n
        for row, numbers in figures.items()
        for column, n in zip(("men", "women", "all"), numbers, strict=True)
    }
    findings = local_findings(tmp_path, cells)
    parts = "the parts of people received add up to"
    assert [(one.rule, one.at, one.left, one.right, one.message) for one in findings] == [
        ("L1", "visits.seen.women", 5, 4, f"women: {parts} 5, people received says 4"),
        ("L1", "visits.seen.all", 9, 7, f"everybody: {parts} 9, people received says 7"),
        ("L2", "visits.seen_in_person.all", 5, 6, "in person: men + women add up to 5, everybody says 6"),
        ("L3", "visits.seen.men", 4, 3,
         "in person: men + by telephone: women add up to 4, people received: men says 3"),
    ]  # fmt: skip


def test_the_report_is_left_as_it_is() -> None:
    one = report({"remedies.reconsideration.total": 3})
    before = replace(one, cells=dict(one.cells))
    check(one, REGISTRY)
    assert one == before and one.cells["remedies.reconsideration.total"] == answer(3)


def test_every_remedy_is_checked() -> None:
    for row in REMEDIES:
        cells: dict[str, Figure] = {
            f"remedies.{row}.{name}": 1 for name in ("upheld", "corrected", "other", "pending")
        }
        assert found(report(cells | {f"remedies.{row}.total": 3})) == [("M1", f"remedies.{row}.total")]
