"""`goicrawl parse`: one JSON object a line, one clear line for what cannot be opened."""

from __future__ import annotations

import json
import os
import signal
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


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A page that takes many seconds: it is as large as a page may be."""
    path = tmp_path / "endless.html"
    path.write_bytes(b"<html><body><table>" + b"<tr><td>1</td><td>2</td></tr>" * 1_000_000)
    return path


def test_a_page_that_takes_too_long_is_named_and_the_next_one_is_read(
    endless: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOICRAWL_READ_PAGE_SECONDS", "2")
    result = parse(endless, report)
    assert result.exit_code == 0
    late, read = objects(result)
    assert (late["outcome"], late["reasons"]) == (
        "attachment_only",
        ["time_limit: reading it took longer than 2 seconds"],
    )
    assert late["source"]["path"] == str(endless)
    assert len(late["source"]["sha256"]) == 64
    assert (read["outcome"], len(complaints(result))) == ("complete", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process's data")
def test_a_page_that_fills_the_memory_is_named_and_the_next_one_is_read(
    endless: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOICRAWL_READ_MEMORY", str(256 * 2**20))
    result = parse(report, endless, report)
    assert [one["outcome"] for one in objects(result)] == ["complete", "attachment_only", "complete"]
    reason = "memory_limit: reading it took more than 256 MiB of memory"
    assert objects(result)[1]["reasons"] == [reason]
    assert complaints(result) == [f"goicrawl parse: {endless}: {reason}"]


def test_a_reader_that_does_not_start_is_one_line(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOICRAWL_READ_MEMORY", "1")
    result = parse(report)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the reader process does not start" in result.stderr


def test_a_limit_that_is_no_number_is_one_line(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOICRAWL_READ_MEMORY", "much")
    result = parse(report)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "GOICRAWL_READ_MEMORY" in result.stderr


def test_ctrl_c_ends_the_command_and_its_reader(endless: Path, report: Path) -> None:
    command = [sys.executable, "-c", "from goicrawl.cli import main; main()", "parse"]
    process = subprocess.Popen(
        [*command, str(report), str(endless), str(report)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["outcome"] == "complete"
    readers = children_of(process.pid)
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert printed == b""
    assert b"Traceback" not in said
    assert not any(Path(f"/proc/{reader}").exists() for reader in readers)


def children_of(process: int) -> list[str]:
    """The processes that a process has started; none where the system does not say."""
    path = Path(f"/proc/{process}/task/{process}/children")
    return path.read_text().split() if path.exists() else []
