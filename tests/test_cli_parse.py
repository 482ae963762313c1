"""`goicrawl parse`: one JSON object a line, one clear line for what cannot be opened."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goicrawl.cli import main
from tests.extraction.pages import official, page
from tests.renderings import printing


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The page of a county's office, which does not print its county's name."""
    path = tmp_path / "报告.html"
    text = printing.page(official("kuancheng_office_2021")).replace("宽城满族自治县", "")
    path.write_bytes(text.encode())
    return path


def parse(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["parse", *map(str, arguments)])


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def complaints(result: Result) -> list[str]:
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()


def test_one_json_object_a_line_and_nothing_else(report: Path, tmp_path: Path) -> None:
    text = tmp_path / "b.txt"
    text.write_text("没有表格\n", encoding="utf-8")
    result = parse(report, text, report, "--format", "json")
    assert result.exit_code == 0
    assert [one["outcome"] for one in objects(result)] == ["complete", "not_a_report", "complete"]
    assert [one["source"]["path"] for one in objects(result)] == [str(report), str(text), str(report)]
    assert result.stderr == ""


def test_the_address_tells_the_region(report: Path) -> None:
    assert objects(parse(report))[0]["region_code"] is None
    told = objects(parse(report, "--url", "http://www.hbkc.gov.cn/art/1.html"))[0]
    assert (told["region_code"], told["source"]["url"]) == ("130827", "http://www.hbkc.gov.cn/art/1.html")


def test_the_date_tells_the_year(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        page([["信息内容", "本年制发件数"], ["规章", 1]], title="虚构县政府信息公开工作年度报告")
    )
    assert objects(parse(path))[0]["report_year"] is None
    assert objects(parse(path, "--published", "2022-03-04"))[0]["report_year"] == 2021


def test_a_file_that_is_not_there_does_not_stop_the_others(report: Path, tmp_path: Path) -> None:
    result = parse(tmp_path / "none.html", report)
    assert result.exit_code == 1
    assert len(objects(result)) == 1
    assert len(complaints(result)) == 1
    assert "none.html" in complaints(result)[0]


def test_a_folder(tmp_path: Path) -> None:
    result = parse(tmp_path)
    assert (result.exit_code, objects(result)) == (1, [])
    assert len(complaints(result)) == 1
    assert str(tmp_path) in complaints(result)[0]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no such file on this system")
def test_a_file_that_fails_while_it_is_read() -> None:
    result = parse("/proc/self/mem")
    assert (result.exit_code, objects(result)) == (1, [])
    assert len(complaints(result)) == 1
    assert "/proc/self/mem" in complaints(result)[0]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(report: Path) -> None:
    report.chmod(stat.S_IWUSR)
    result = parse(report)
    assert (result.exit_code, objects(result)) == (1, [])
    assert len(complaints(result)) == 1
    assert report.name in complaints(result)[0]


@pytest.mark.parametrize(
    ("name", "data", "outcome"),
    [
        ("a.html", b"", "not_a_report"),
        ("a.bin", b"\0" * 1000, "not_a_report"),
        ("a.html", bytes(range(256)) * 9, "not_a_report"),
        ("a.txt", b" \r\n\t", "not_a_report"),
    ],
)
def test_bad_bytes_get_one_line_and_an_outcome(name: str, data: bytes, outcome: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = parse(path)
    assert result.exit_code == 0
    assert [one["outcome"] for one in objects(result)] == [outcome]
    assert len(complaints(result)) == 1
    assert path.name in complaints(result)[0]


@pytest.mark.parametrize(
    "arguments",
    [[], ["--published", "20220101", "a"], ["--format", "xml", "a"], ["--nonsense", "a"]],
)
def test_bad_usage(arguments: list[str]) -> None:
    result = parse(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage" in result.stderr


def test_the_command_itself(report: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from goicrawl.cli import main; main()", "parse"]
    done = subprocess.run(
        [*command, str(report), str(tmp_path / "none.html")],
        capture_output=True,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.returncode == 1
    assert [json.loads(line)["outcome"] for line in lines] == ["complete"]
    assert len(done.stderr.decode("utf-8").splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [report.name]
