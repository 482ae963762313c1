"""The commands of `goicrawl portals`, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from goicrawl.cli import main
from goicrawl.registry import listing, load
from goicrawl.registry.seed_files import PORTAL_FIELDS
from tests.registry.seeds import PORTALS, write_seeds


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["portals", *arguments])


def test_list_as_plain_lines_aligned_by_display_width() -> None:
    result = run("list", "--province", "河北省", "--level", "prefecture")
    assert result.exit_code == 0
    *lines, count = result.stdout.splitlines()
    assert count == "11 portals"
    assert len(lines) == 12
    starts = {cell_len(line[: line.index("http")]) for line in lines[1:]}
    assert starts == {cell_len(lines[0][: lines[0].index("address")])}
    assert "\x1b" not in result.stdout


def test_list_as_csv_is_the_seed_file_again() -> None:
    result = run("list", "--format", "csv")
    folder = load().folder
    assert folder is not None
    assert result.stdout == (folder / "portals.csv").read_text(encoding="utf-8")


def test_list_as_json_has_nothing_missing() -> None:
    rows = json.loads(run("list", "--format", "json", "--province", "黑龙江省").stdout)
    assert len(rows) == 139
    assert set(rows[0]) == set(PORTAL_FIELDS)
    assert [row["region_name"] for row in rows if row["region_code"] is None] == [
        "加格达奇区", "呼中区", "新林区", "松岭区",
    ]  # fmt: skip


def test_overrides_survive_the_csv(tmp_path: Path) -> None:
    row = {
        **PORTALS[1],
        "allowed_hosts": "a.cn;b.cn",
        "allow_loopback": "true",
        "valid_from": "2019",
        "notes": "a,b",
    }
    folder = write_seeds(tmp_path, portals=[row])
    result = run("list", "--seeds", str(folder), "--format", "csv")
    assert result.stdout == (folder / "portals.csv").read_text(encoding="utf-8")


def test_list_by_family_knows_hints_in_both_words() -> None:
    def codes(family: str) -> list[str]:
        return [
            row["region_code"]
            for row in csv.DictReader(io.StringIO(run("list", "--family", family, "--format", "csv").stdout))
        ]

    assert len(codes("hanweb")) == 243
    assert len(codes("hanweb-jcms")) == 255
    assert len(codes("gkmlpt")) == 48


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--province", "火星"), "河北省"),
        (("list", "--family", "wordpress"), "hanweb"),
        (("show", "鼓楼区"), "350102"),
        (("show", "999999"), "999999"),
    ],
)
def test_what_is_unknown_is_named_in_one_line_with_what_is_known(
    arguments: tuple[str, ...], words: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_show_a_county() -> None:
    text = run("show", "130827").stdout
    assert "130827 宽城满族自治县, county in 河北省/承德市" in text
    assert "宽城满族自治县: 1993 to today; before: 132622 宽城满族自治县" in text
    assert "url: https://www.hbkc.gov.cn/" in text
    assert "http://www.hbkc.gov.cn/col/col5985/index.html (own, prefix)" in text
    assert run("show", "宽城满族自治县").stdout == text


def test_show_tells_the_end_of_a_region_and_what_came_after() -> None:
    assert "洪泽县: 2000 to 2015; before: " in run("show", "320829").stdout
    assert "then: 320813 洪泽区" in run("show", "320829").stdout
    assert "Portal: none in the registry" in run("show", "320829").stdout
    assert "territory to 659006 铁门关市 in 2024" in run("show", "652823").stdout


def test_show_names_the_children_with_and_without_a_portal() -> None:
    text = run("show", "653200").stdout
    assert "Regions below with a portal: 8" in text
    assert text.split("Regions below without a portal: 2")[1].split() == [
        "653228",
        "和康县",
        "653229",
        "和安县",
    ]


def test_show_names_higher_columns_that_list_lower_levels() -> None:
    assert "Columns of 南京市 that list lower levels: 1" in run("show", "320118").stdout


def test_show_a_portal_without_a_code() -> None:
    assert "url: http://www.jgdq.gov.cn/" in run("show", "加格达奇区").stdout


def test_check_of_the_project_s_seeds_ends_with_0() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "6826 regions, 3211 portals, 141 report columns: 0 errors, 21 warnings"
    )


def test_check_of_a_broken_folder_ends_with_1_and_names_the_row(tmp_path: Path) -> None:
    folder = write_seeds(tmp_path, portals=[{**PORTALS[0], "region_code": "1"}])
    result = run("check", "--seeds", str(folder))
    assert result.exit_code == 1
    assert f"{folder / 'portals.csv'}:2: error: '1' is not a six-digit region code" in result.stdout
    assert "Traceback" not in result.output


def test_on_a_terminal_the_list_is_a_table() -> None:
    out = Console(file=io.StringIO(), force_terminal=True, width=100)
    listing.print_portals(None, "西藏自治区", None, "prefecture", "table", out)
    text = out.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[1m" in text
    assert "拉萨市" in text
