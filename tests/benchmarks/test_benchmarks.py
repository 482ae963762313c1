"""Each benchmark runs in a small configuration and prints its table. Nothing is said about times here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import benchmarks, machine

ROOT = Path(__file__).resolve().parents[2]
SMALL = {
    "check": ["--reports", "12"],
    "crawl": ["--hosts", "2", "--reports", "3", "--rounds", "1"],
    "parse": ["--rounds", "1", "--picture-rounds", "0"],
    "reparse": ["--pages", "6", "--rounds", "1"],
}
EXPECTED = {
    "check": [r"^12 reports of 200 cells$", r"^check, first +\d+ reports/s", r"^a check takes [\d.]+ times"],
    "crawl": [r"^2 hosts x 3 reports of \d", r"^full +\d+\.\d pages/s", r"^the whole road runs at \d+ %"],
    "parse": [
        r"^attributes on every cell: [\d.]+ kB, 200 cells$",
        r"^  goicrawl +\d+\.\d\d +\d+$",
        r"^  selectolax +\d+\.\d\d +\d+   [\d.]+ times as long$",
        r"^  pandas +\d+\.\d\d +\d+   [\d.]+ times as long$",
    ],
    "reparse": [
        r"^6 reports of [\d.]+ kB$",
        r"^changed +1 processes +\d+\.\d reports/s",
        r"^unchanged +2 processes +\d+\.\d reports/s",
        r"^ +ms of processor time a report: [\d.]+ \(readers [\d.]+, driver [\d.]+",
    ],
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=200
    )


def test_every_benchmark_has_a_small_configuration() -> None:
    assert benchmarks() == sorted(SMALL) == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_benchmark_prints_its_table(name: str) -> None:
    done = run(f"benchmarks.{name}", *SMALL[name])
    assert done.returncode == 0, done.stderr
    for pattern in EXPECTED[name]:
        assert re.search(pattern, done.stdout, re.MULTILINE), f"{pattern}\n{done.stdout}"


def test_the_machine_is_named() -> None:
    text = "\n".join(machine())
    assert re.search(r"^processor +\S.*, \d+ cores, \d+ GiB of memory$", text, re.MULTILINE)
    assert f"Python     {sys.version.split()[0]} " in text


def test_an_unknown_benchmark_is_named() -> None:
    done = run("benchmarks", "nonsense")
    assert done.returncode == 2
    assert "no benchmark nonsense; there are: check, crawl, parse, reparse" in done.stderr
