"""CSV files: what Excel makes of them, what a spreadsheet must not run, and that they appear whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.exports.csv_files import DANGEROUS, Value, field, harmless, safe_name, write_csv
from goicrawl.exports.errors import ExportError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (Decimal("1646.50"), "1646.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.000001"), "-0.000001"),
        (date(2022, 1, 31), "2022-01-31"),
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "2026-03-01 08:00:00"),
        ("本年", "本年"),
        ("", ""),
    ],
)
def test_fields(value: Value, text: str) -> None:
    assert field(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=",
        "-",
        " =1",
        "\u3000=1",
        "＝1",
        "－1+2",
    ],
)
def test_formulas_are_neutralised(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-3", "+3", "-1,234.5", "-3%", "3-4", "—", "/", "a=b", "1.属于国家秘密"])
def test_numbers_and_words_stay(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    made = harmless(text)
    assert made in (text, "'" + text)
    if made.startswith(DANGEROUS):
        assert made.lstrip("+-").replace(",", "").replace(".", "").rstrip("%").isdigit()


def test_a_file_opens_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.csv"
    rows: list[list[Value]] = [["规章", 0, None], ['a,"b"', Decimal("0.10"), "two\nlines"]]
    assert write_csv(path, ["行", "值", "注"], [[field(value) for value in row] for row in rows]) == 2
    data = path.read_bytes()
    assert data.startswith("\ufeff行,值,注\r\n规章,0,\r\n".encode())
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["行", "值", "注"], ["规章", "0", ""], ['a,"b"', "0.10", "two\nlines"],
        ]  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, ["old"], [])

    def rows() -> Iterator[list[str]]:
        yield ["one"]
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError):
        write_csv(path, ["new"], rows())
    assert path.read_text(encoding="utf-8-sig") == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot write") as caught:
        write_csv(tmp_path / "file" / "a.csv", ["x"], [])
    assert "\n" not in str(caught.value)
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(ExportError, match="cannot write"):
        write_csv(tmp_path / "b.csv", ["x"], [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.csv", "file"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("130827_宽城满族自治县", "130827_宽城满族自治县"),
        ("../../etc/passwd", "etc_passwd"),
        ("a:b*c?d|e", "a_b_c_d_e"),
        ("...", "_"),
        ("", "_"),
    ],
)
def test_file_names_are_safe(text: str, name: str) -> None:
    assert safe_name(text) == name
    assert len(safe_name("长" * 500)) <= 80
