"""`goicrawl export`: a county's three files, in Chinese and English, from a real database."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import Engine

from goicrawl import forms
from goicrawl.cli import main
from goicrawl.database.store import Store
from goicrawl.exports import names
from goicrawl.exports.region_files import write_region
from goicrawl.extraction.report import Answer
from tests.database.material import BODY, PAGE, REGION, TOTAL, capture, report, with_cell

CHANGE = "disclosure.licensing.items_change"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def filled(store: Store) -> Engine:
    """A county's two reports, the first with a past; another county's report."""
    old = with_cell(report(), TOTAL, Answer("44", "number", 44))
    store.store_report(old, capture(store))
    store.store_report(report(), capture(store, body=b"2", days=1))
    earlier = report(
        report_year=2020, form="f2019", findings=(), title='=HYPERLINK("http://evil/")',
        cells={CHANGE: Answer("-3", "number", -3), TOTAL: Answer("=1+1", "text")},
    )  # fmt: skip
    store.store_report(earlier, capture(store, url=PAGE + "2020"))
    store.store_report(
        report(region_code="350128", issuing_body="平潭县人民政府"), capture(store, url=PAGE + "x")
    )
    return store.engine


def test_the_files_of_a_county_in_chinese(filled: Engine, tmp_path: Path) -> None:
    done = write_region(filled, REGION, "宽城满族自治县", tmp_path, "zh")
    reports, cells, stated, findings = (read(path) for path, _ in done.files)
    assert [path.name for path, _ in done.files] == [
        f"{REGION}_宽城满族自治县_{file}.csv" for file in ("reports", "cells", "stated", "findings")
    ]
    counts = [len(reports), len(cells), len(stated), len(findings)]
    assert [count for _, count in done.files] == counts == [2, 202, 4, 2]
    assert [row["报告年度"] for row in reports] == ["2020", "2021"]
    latest = reports[1]
    assert (latest["发布机构"], latest["机构类别"], latest["统计范围"]) == (BODY, "办公室", "本机关")
    assert (latest["版本"], latest["版本数"], latest["单元格数"], latest["错误数"]) == ("2", "2", "200", "2")
    assert (latest["索引号"], latest["文号"], latest["成文日期"]) == ("13566001/2022-00330", "", "2022-01-31")
    assert (latest["网址"], latest["采集时间（UTC）"]) == (PAGE, "2026-03-02 08:00:00")
    assert reports[0]["标题"].startswith("'=HYPERLINK")

    by_address = {row["单元格"]: row for row in cells if row["报告年度"] == "2021"}
    assert [row["单元格"] for row in cells if row["报告年度"] == "2021"] == [
        cell.address for cell in forms.load()["f2021"].cells
    ]
    total = by_address[TOTAL]
    assert (total["表"], total["行"], total["列"]) == (
        "三、收到和处理政府信息公开申请情况",
        "（七）总计",
        "总计",
    )
    assert (total["数值"], total["单位"], total["核查问题"]) == ("4", "件", "R2")
    fee = by_address["disclosure.administrative_fees.amount_wan_yuan"]
    assert (fee["数值"], fee["原文"], fee["单位"]) == ("1646.50", "1,646.50万元", "万元")
    blank = by_address["requests.granted.research_institution"]
    assert (blank["数值"], blank["原文"], blank["填写情况"], blank["核查问题"]) == ("", "", "空白", "")
    slash = by_address["requests.granted.commercial_enterprise"]
    assert (slash["数值"], slash["原文"], slash["填写情况"]) == ("", "/", "斜线")
    earlier = {row["单元格"]: row for row in cells if row["报告年度"] == "2020"}
    assert (earlier[CHANGE]["数值"], earlier[CHANGE]["原文"]) == ("-3", "-3")
    assert earlier[CHANGE]["列"] == "本年增/减"
    assert (earlier[TOTAL]["数值"], earlier[TOTAL]["原文"]) == ("", "'=1+1")

    assert [(row["规则"], row["严重程度"], row["左边"], row["右边"]) for row in findings] == [
        ("R2", "错误", "5", "4"),
        ("R2", "错误", "5", "4"),
    ]
    assert findings[0]["位置名称"] == "（七）总计 / 自然人"


def test_the_files_of_a_county_in_english(filled: Engine, tmp_path: Path) -> None:
    done = write_region(filled, REGION, "宽城满族自治县", tmp_path, "en")
    reports, cells, stated, findings = (read(path) for path, _ in done.files)
    assert (stated[0]["label"], stated[0]["period"]) == ("requests received", "year")
    assert (reports[1]["body_kind"], reports[1]["scope"], reports[1]["outcome"]) == (
        "office",
        "organ",
        "complete",
    )
    total = next(row for row in cells if row["address"] == TOTAL and row["report_year"] == "2021")
    assert (total["table"], total["column"], total["value"]) == (
        "requests received and handled",
        "total",
        "4",
    )
    english = next(cell.english for cell in forms.load()["f2021"].cells if cell.address == TOTAL)
    assert f"{total['row']}: {total['column']}" == english
    assert (total["kind"], total["flagged"], findings[0]["severity"]) == ("number", "R2", "error")


def test_the_sum_of_a_column_is_that_of_the_database(filled: Engine, tmp_path: Path) -> None:
    done = write_region(filled, REGION, "x", tmp_path, "en")
    cells = read(done.files[1][0])
    expected = sum(
        Decimal(answer.value) for answer in report().cells.values() if answer.value is not None
    ) + Decimal(-3)
    assert sum(Decimal(row["value"]) for row in cells if row["value"] != "") == expected


def test_every_column_has_a_name_in_both_languages() -> None:
    for file in ("reports", "cells", "stated", "findings"):
        for language in names.LANGUAGES:
            headers = names.headers(file, language)
            assert len(set(headers)) == len(headers) == len(names.columns(file))
            assert not headers[0].startswith("ID")


def test_every_cell_of_every_form_has_names_in_both_languages() -> None:
    for form in forms.load().values():
        for cell in form.cells:
            for language in names.LANGUAGES:
                name = names.cell_name(form.id, cell.address, language)
                assert name.table
                assert name.row
                assert name.column
    unknown = names.cell_name("f2021", "local.new_row.value", "zh")
    assert (unknown.table, unknown.row, unknown.column, unknown.unit) == ("local", "new_row", "value", None)


def run(engine: Engine, folder: Path, *words: str) -> Result:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    environment = {"GOICRAWL_DATABASE_URL": url, "GOICRAWL_DATA_DIR": str(folder / "data")}
    return CliRunner().invoke(main, ["export", "--to", str(folder), *words], env=environment)


def files(folder: Path) -> list[str]:
    return sorted(path.name.split("_")[0] for path in folder.glob("*_cells.csv"))


def test_the_command(filled: Engine, tmp_path: Path) -> None:
    result = run(filled, tmp_path / "one", "--county", REGION)
    assert result.exit_code == 0, result.output
    assert "_reports.csv: 2 rows" in result.output
    assert files(tmp_path / "one") == [REGION]
    assert run(filled, tmp_path / "named", "--county", "宽城满族自治县").exit_code == 0
    assert files(tmp_path / "named") == [REGION]
    assert run(filled, tmp_path / "province", "--province", "福建省").exit_code == 0
    assert files(tmp_path / "province") == ["350128"]
    assert run(filled, tmp_path / "all", "--all", "--lang", "en").exit_code == 0
    assert files(tmp_path / "all") == [REGION, "350128"]
    first = (tmp_path / "one" / f"{REGION}_宽城满族自治县_cells.csv").read_bytes()
    assert run(filled, tmp_path / "one", "--county", REGION).exit_code == 0
    assert (tmp_path / "one" / f"{REGION}_宽城满族自治县_cells.csv").read_bytes() == first


def test_a_county_without_reports_says_so(filled: Engine, tmp_path: Path) -> None:
    result = run(filled, tmp_path, "--county", "130828")
    assert result.exit_code == 0
    assert "130828 围场满族蒙古族自治县: no reports stored" in result.output
    (path,) = tmp_path.glob("130828*_cells.csv")
    assert path.read_text(encoding="utf-8-sig").strip() == ",".join(names.headers("cells", "zh"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--county", "999999"], "no region '999999'"),
        (["--county", "鼓楼区"], "give a code"),
        (["--province", "燕赵"], "no province '燕赵'"),
        ([], "say what to export"),
    ],
)
def test_what_is_unknown_is_one_line_and_status_2(
    engine: Engine, tmp_path: Path, words: list[str], told: str
) -> None:
    result = run(engine, tmp_path, *words)
    assert result.exit_code == 2
    assert told in result.output
    assert result.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
