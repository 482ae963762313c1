"""Who may make rules."""

from __future__ import annotations

import pytest

from goicrawl import registry
from goicrawl.checks import check
from goicrawl.extraction.report import Finding
from tests.checks.reports import Figure, report

REGISTRY = registry.load()
IN_FORCE = "disclosure.rules.in_force"


def rules(body: str | None, cells: dict[str, Figure] | None = None, **fields: object) -> list[Finding]:
    figures = {IN_FORCE: 6} if cells is None else cells
    found = check(report(figures, issuing_body=body, **fields), REGISTRY)
    return [one for one in found if one.rule == "D2"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("会昌县中村乡人民政府", "a township"),
        ("中村乡人民政府", "a township"),
        ("宿迁市宿城区古城街道办事处", "a subdistrict"),
        ("宽城满族自治县人民政府", "the government of a county"),
        ("宽城满族自治县人民政府办公室", "the office of a county's"),
        ("淮安市洪泽区财政局", "a department of a county"),
        ("济源市人民政府", "the government of a county"),
    ],
)
def test_those_who_surely_make_none(body: str, what: str) -> None:
    (one,) = rules(body)
    assert (one.severity, one.at, one.left, one.right) == ("warning", IN_FORCE, 6, 0)
    assert one.message.startswith(what) and "currently in force 6" in one.message


@pytest.mark.parametrize(
    "body",
    [
        "淮安市人民政府", "淮安市人民政府办公室", "淮安市财政局", "东莞市人民政府", "上海市人民政府办公厅",
        "广东省财政厅",
        "延边朝鲜族自治州人民政府", "国家发展和改革委员会", "财政部",
        "平潭综合实验区管理委员会", "鼓楼区人民政府", "县政府办",
        "教育局", "淮安市洪泽区政务服务中心", None,
    ],
)  # fmt: skip
def test_those_who_do_and_those_of_whom_it_is_not_sure(body: str | None) -> None:
    assert rules(body) == []


def test_the_site_tells_which_of_two_districts() -> None:
    assert rules("鼓楼区人民政府", region_code="320106") != []
    assert rules("市人民政府办公室", region_code="320800") == []


@pytest.mark.parametrize("figure", [0, None, "/", "无"])
def test_nothing_printed_is_no_rule(figure: Figure) -> None:
    assert rules("会昌县中村乡人民政府", {IN_FORCE: figure}) == []


def test_one_finding_at_the_first_number_with_all_of_them() -> None:
    cells: dict[str, Figure] = {IN_FORCE: 6, "disclosure.rules.issued": 0, "disclosure.rules.repealed": 2}
    (one,) = rules("会昌县中村乡人民政府", cells)
    assert (one.at, one.left) == ("disclosure.rules.repealed", 2)
    assert "repealed this year 2" in one.message and "currently in force 6" in one.message
    (old,) = rules("会昌县中村乡人民政府", {"disclosure.rules.newly_made": 1}, form="f2019", report_year=2020)
    assert old.at == "disclosure.rules.newly_made"


def test_rules_of_another_form_are_not_this_ones() -> None:
    assert rules("会昌县中村乡人民政府", {IN_FORCE: 6}, form=None) == []


def test_the_level_is_that_of_the_reports_year() -> None:
    # 洪泽 was a county then and is a district today; the name is that of the report's year.
    (one,) = rules("淮安市洪泽县人民政府", report_year=2015, form="f2021")
    assert one.message.startswith("the government of a county")
