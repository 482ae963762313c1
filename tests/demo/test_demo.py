"""The demonstration end to end, as its user runs it: a command, twice, in a data folder of its own."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from goicrawl.demo.cast import OTHER_ORGAN, demo_roles
from goicrawl.demo.figures import Figures, load

R2 = ("requests.total_handled.natural_person", "requests.total_handled.total")


class Runs:
    """Both runs' output, and where their files are."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GOICRAWL_")
        } | {"GOICRAWL_DATA_DIR": str(self.data), "COLUMNS": "80"}
        # A server that must not be touched: the demonstration never uses the one configured.
        self.environment["GOICRAWL_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
        self.cwd = folder
        self.exported = folder / "csv"
        self.first = self.goicrawl("demo", "--to", str(self.exported))
        self.first_files = {path.name: path.read_bytes() for path in self.exported.iterdir()}
        self.second = self.goicrawl("demo", "--to", str(self.exported))

    def goicrawl(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "goicrawl.cli", *arguments],
            cwd=self.cwd, env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(tmp_path_factory.mktemp("demo"))


@pytest.mark.parametrize("which", ["first", "second"])
def test_every_visit_ends_as_named(runs: Runs, which: str) -> None:
    printed = getattr(runs, which)
    for role in demo_roles():
        pattern = rf"^{role.expected} .*  {re.escape(role.region_name)}  {re.escape(role.host)}$"
        assert re.search(pattern, printed, re.MULTILINE), role.host
    assert re.search(rf"\b0 of them on {re.escape(OTHER_ORGAN)}", printed)


def test_the_first_run_stores_every_report(runs: Runs) -> None:
    assert f"{len(load())} new reports, 0 new versions of known reports, 0 unchanged." in runs.first


def test_the_second_run_stores_nothing_new_and_says_so(runs: Runs) -> None:
    assert f"0 new reports, 0 new versions of known reports, {len(load())} unchanged." in runs.second
    assert "Nothing new was stored" in runs.second
    in_all = re.search(r"In all: .*", runs.first)
    assert in_all is not None
    assert in_all[0] in runs.second


@pytest.mark.parametrize("which", ["first", "second"])
def test_both_slips_of_the_county_office_are_shown(runs: Runs, which: str) -> None:
    lines = getattr(runs, which).splitlines()
    errors = [line for line in lines if line.startswith("error ")]
    assert len(errors) == len(R2)
    for line, address in zip(errors, R2, strict=True):
        assert line.startswith("error R2  宽城满族自治县人民政府办公室 2021  ")
        assert f"({address})" in line
        assert re.search(r"\b5\b.*\b4\b", line.partition("):")[2])


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_stock_that_does_not_carry_over_is_shown(runs: Runs, which: str) -> None:
    printed = getattr(runs, which)
    assert re.search(r"^fail C2  平潭综合实验区管委会办公室 2023  .* 470, .* = 643$", printed, re.MULTILINE)
    assert re.search(r"^C1 28 hold; C2 6 hold, 1 fail, 1 uncertain;", printed, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(load()))
def test_exported_numbers_are_the_figures(runs: Runs, name: str) -> None:
    figures = load()[name]
    rows = [row for row in _rows(runs, figures, "cells") if row["报告年度"] == str(figures.report_year)]
    assert {row["发布机构"] for row in rows} == {_body(figures)}
    assert len({row["报告ID"] for row in rows}) == 1
    assert {row["报表格式"] for row in rows} == {figures.form}
    printed = {row["单元格"]: Decimal(row["数值"]) for row in rows}
    assert len(printed) == len(rows)
    assert printed == figures.cells


@pytest.mark.parametrize("name", sorted(load()))
def test_reports_are_complete_and_carry_their_heads(runs: Runs, name: str) -> None:
    figures = load()[name]
    (row,) = [row for row in _rows(runs, figures, "reports") if row["报告年度"] == str(figures.report_year)]
    assert row["读取结果"] == "完整", row
    assert row["标题"] == figures.title
    assert row["发布日期"] == figures.published_on.isoformat()
    assert row["索引号"] == figures.head.get("索引号", "")
    assert row["版本数"] == "1"
    assert "-replica.localhost" in row["网址"]


def test_a_second_export_differs_in_capture_times_alone(runs: Runs) -> None:
    for name, content in runs.first_files.items():
        if not name.endswith("_reports.csv"):
            assert (runs.exported / name).read_bytes() == content
    assert any(name.endswith("_findings.csv") for name in runs.first_files)


def test_the_commands_it_names_see_its_data(runs: Runs) -> None:
    commands = [line.strip() for line in runs.first.splitlines() if line.startswith("  goicrawl ")]
    assert any("goicrawl status" in command for command in commands)
    (export,) = re.findall(r"^  export GOICRAWL_DATA_DIR=(.+)$", runs.first, re.MULTILINE)
    assert Path(export) == runs.data / "demo"
    environment = {**runs.environment, "GOICRAWL_DATA_DIR": export}
    del environment["GOICRAWL_DATABASE_URL"]
    try:
        status = _run(["status"], environment)
        assert re.search(rf"^reports\t{len(load())}$", status, re.MULTILINE)
        (page,) = re.findall(r"^  goicrawl parse (\S+) ", runs.first, re.MULTILINE)
        report = json.loads(_run(["parse", page, "--format", "json"], environment))
        assert report["issuing_body"] == "宽城满族自治县人民政府办公室"
        assert [finding["at"] for finding in report["findings"] if finding["severity"] == "error"] == list(R2)
        (seeds,) = re.findall(r"^  goicrawl portals list --seeds (\S+)$", runs.first, re.MULTILINE)
        assert "kuancheng-replica.localhost" in _run(["portals", "list", "--seeds", seeds], environment)
    finally:
        _run(["db", "stop"], environment)


def test_the_database_is_stopped_and_lies_in_the_demo_folder_alone(runs: Runs) -> None:
    assert {path.name for path in runs.data.iterdir()} == {"demo"}
    environment = {**runs.environment, "GOICRAWL_DATA_DIR": str(runs.data / "demo")}
    del environment["GOICRAWL_DATABASE_URL"]
    assert "running\tno" in _run(["db", "status"], environment)


def test_keep_leaves_the_replicas_up_until_interrupted(runs: Runs) -> None:
    command = [sys.executable, "-u", "-m", "goicrawl.cli", "demo", "--keep", "--to", str(runs.exported)]
    with subprocess.Popen(command, env=runs.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                found = re.search(r"open (http://\S+:(\d+)/) in a browser", line)
                if found is not None:
                    break
            assert found is not None
            with socket.create_connection(("127.0.0.1", int(found[2])), timeout=5):
                pass
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(found[2])), timeout=5).close()


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "goicrawl.cli", *arguments],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _body(figures: Figures) -> str:
    return figures.body


def _rows(runs: Runs, figures: Figures, file: str) -> list[dict[str, str]]:
    role = next(role for role in demo_roles() if _shows(role, figures))
    (path,) = runs.exported.glob(f"{role.region_code}_*_{file}.csv")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _shows(role: object, figures: Figures) -> bool:
    return any(
        item.figures is not None and item.figures.id == figures.id
        for site in getattr(role, "sites")  # noqa: B009
        for item in getattr(site, "items", ())
    )
