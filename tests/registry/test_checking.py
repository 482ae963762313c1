"""The check of the seeds: every wrong row is named with file and line; the shipped ones have no error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from goicrawl.registry import RegistryError
from goicrawl.registry.checking import Problem, check
from tests.registry.seeds import PORTALS, REGIONS, REPORT_COLUMNS, write_seeds

FAMILIES = ("generic", "hanweb", "trs", "ucap")


def problems(folder: Path) -> list[tuple[str, str, str]]:
    """(file:line, severity, message) of every problem."""
    return [
        (problem.place.removeprefix(f"{folder}/"), problem.severity, problem.message)
        for problem in check(folder, FAMILIES)[1]
    ]


def test_the_project_s_seeds_have_no_error_and_only_the_known_oddities() -> None:
    registry, found = check(families=FAMILIES)
    assert [problem for problem in found if problem.severity == "error"] == []
    assert len(registry.portals) == 3211
    by_file = [Path(problem.place).name.partition(":")[0] for problem in found]
    assert (
        by_file.count("regions.csv"),
        by_file.count("portals.csv"),
        by_file.count("report_columns.csv"),
    ) == (0, 16, 5)


def test_every_oddity_is_explained_in_the_seeds_readme() -> None:
    registry, found = check(families=FAMILIES)
    assert registry.folder is not None
    readme = (registry.folder / "README.md").read_text(encoding="utf-8")
    for problem in found:
        code, name = problem.message.split(":")[0].rsplit(" ", 1)
        assert name.split("/")[-1] in readme, problem
        assert code == "no code" or code in readme, problem


def test_good_rows_have_no_problems(tmp_path: Path) -> None:
    assert problems(write_seeds(tmp_path)) == []


def test_broken_rows_are_all_named_and_the_others_still_checked(tmp_path: Path) -> None:
    rows = [
        {**PORTALS[0], "level": "city"},
        {**PORTALS[1], "url": "nowhere"},
        {**PORTALS[1], "region_code": "999999"},
    ]
    found = problems(write_seeds(tmp_path, portals=rows))
    assert [(place, severity) for place, severity, _ in found[:3]] == [
        ("portals.csv:2", "error"), ("portals.csv:3", "error"), ("portals.csv:4", "error"),
    ]  # fmt: skip
    assert "no region's code" in found[2][2]


@pytest.mark.parametrize(
    ("change", "severity", "words"),
    [
        ({"region_code": ""}, "warning", "no region code"),
        ({"region_code": "321311"}, "error", "321311 is 宿豫区"),
        ({"region_name": "宿城县"}, "error", "321302 is 宿城区"),
        ({"level": "prefecture"}, "error", "is a county of 江苏省"),
        ({"province": "浙江省"}, "error", "is a county of 江苏省"),
        ({"url": ""}, "warning", "no address"),
        ({"url": "http://www.sqsc.com/"}, "error", "neither under gov.cn nor in allowed_hosts"),
        ({"url": "http://gov.cn.example.org/"}, "error", "neither under gov.cn"),
        ({"url": "https://www.suqian.gov.cn/sc/"}, "warning", "宿迁市 (line 2) has the host"),
        ({"reach": ""}, "warning", "nobody has tried"),
        ({"reach": "fine"}, "error", "reach 'fine'"),
        ({"reach_seen": "2026-13"}, "error", "reach_seen"),
        ({"family": "wordpress"}, "error", "family 'wordpress'"),
        ({"family_hint": "hanweb-jcms"}, "error", "family_hint 'hanweb-jcms'"),
        ({"allow_loopback": "true"}, "warning", "no host is under .localhost"),
        ({"url": "http://www.sc-replica.localhost:8000/"}, "error", "neither under gov.cn"),
    ],
)
def test_an_odd_portal_is_named(tmp_path: Path, change: Mapping[str, str], severity: str, words: str) -> None:
    found = problems(write_seeds(tmp_path, portals=[PORTALS[0], {**PORTALS[1], **change}]))
    assert [(place, how) for place, how, message in found if words in message] == [
        ("portals.csv:3", severity)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://www.sqsc.com/", "allowed_hosts": "sqsc.com"},
        {"url": "http://www.sc-replica.localhost:8000/", "allow_loopback": "true"},
    ],
)
def test_a_listed_host_is_allowed(tmp_path: Path, change: Mapping[str, str]) -> None:
    assert problems(write_seeds(tmp_path, portals=[PORTALS[0], {**PORTALS[1], **change}])) == []


def test_duplicates_are_named(tmp_path: Path) -> None:
    found = problems(write_seeds(tmp_path, portals=[*PORTALS, PORTALS[0]]))
    assert ("portals.csv:4", "error", "321300 宿迁市: the same row as line 2") in found
    again = write_seeds(tmp_path, report_columns=[*REPORT_COLUMNS, *REPORT_COLUMNS])
    assert problems(again)[0][:2] == ("report_columns.csv:3", "error")


def test_a_former_name_and_an_ended_region_are_warnings(tmp_path: Path) -> None:
    ended = {**PORTALS[1], "region_code": "321321", "region_name": "宿豫县"}
    found = problems(write_seeds(tmp_path, portals=[PORTALS[0], ended]))
    assert [(severity, message) for _, severity, message in found] == [
        ("warning", "321321 宿豫县: the region ended in 2004 (now 321311 宿豫区)")
    ]
    former = {**REGIONS[2], "name": "城区", "until": "2000"}
    renamed = {**REGIONS[2], "since": "2000"}
    named = {**PORTALS[1], "region_name": "城区"}
    found = problems(
        write_seeds(tmp_path, regions=[*REGIONS[:2], former, renamed, *REGIONS[3:]], portals=[named])
    )
    assert ("portals.csv:2", "warning", "321302 城区: 城区 is a former name, 宿城区 the last") in found


@pytest.mark.parametrize(
    ("change", "severity", "words"),
    [
        ({"successors": "321399"}, "error", "321399 is no region's code"),
        ({"successors": "320000"}, "error", "has successors but no end"),
        ({"until": "2010", "successors": "321321"}, "warning", "321321 did not exist in 2010"),
        ({"prefecture": "淮安市"}, "error", "no 淮安市 in this file"),
        ({"code": "331302"}, "warning", "does not begin like 321300"),
        ({"code": "321300"}, "error", "line 3 has the code"),
    ],
)
def test_an_odd_region_is_named(tmp_path: Path, change: Mapping[str, str], severity: str, words: str) -> None:
    rows = [*REGIONS[:2], {**REGIONS[2], **change}, *REGIONS[3:]]
    found = problems(write_seeds(tmp_path, regions=rows, portals=[]))
    assert [(place, how) for place, how, message in found if words in message] == [
        ("regions.csv:4", severity)
    ]


@pytest.mark.parametrize(
    ("change", "severity", "words"),
    [
        ({"region_code": "329999"}, "error", "329999 is no region's code"),
        ({"region_path": "江苏省/淮安市"}, "error", "321300 is the prefecture 宿迁市"),
        ({"scope": "mine"}, "error", "scope 'mine'"),
        ({"evidence": "rumour"}, "error", "evidence 'rumour'"),
        ({"evidence": "unclear"}, "warning", "evidence is unclear"),
        ({"url": "https://www.nanjing.gov.cn/nb/"}, "warning", "nanjing.gov.cn is not the region's portal"),
        ({"url": "https://www.example.com/nb/"}, "error", "example.com is not the region's portal"),
        ({"sample_report_url": "http://1.2.3.4/x"}, "warning", "sample_report_url: host 1.2.3.4"),
        (
            {"region_code": "321302", "region_path": "江苏省/宿迁市/宿城区", "level": "county"},
            "warning", "a higher portal's, but scope is own",
        ),
        (
            {"region_code": "321311", "region_path": "江苏省/宿迁市/宿豫区", "level": "county"},
            "warning", "has no portal with an address",
        ),
    ],
)  # fmt: skip
def test_an_odd_report_column_is_named(
    tmp_path: Path, change: Mapping[str, str], severity: str, words: str
) -> None:
    found = problems(write_seeds(tmp_path, report_columns=[{**REPORT_COLUMNS[0], **change}]))
    assert ("report_columns.csv:2", severity) in [(place, how) for place, how, text in found if words in text]


def test_subdomains_and_higher_portals_are_known_hosts(tmp_path: Path) -> None:
    rows = [
        {**REPORT_COLUMNS[0], "url": "http://xxgk.suqian.gov.cn/nb/"},
        {
            "region_code": "321302", "region_path": "江苏省/宿迁市/宿城区", "level": "county",
            "scope": "on-parent", "url": "https://www.suqian.gov.cn/qx/", "evidence": "explicit",
        },
    ]  # fmt: skip
    assert problems(write_seeds(tmp_path, report_columns=rows)) == []


def test_other_columns_or_a_missing_file_end_the_check(tmp_path: Path) -> None:
    (write_seeds(tmp_path) / "regions.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"regions\.csv:1: the columns must be"):
        check(tmp_path)


def test_a_problem_prints_as_one_line() -> None:
    assert str(Problem("portals.csv:7", "error", "wrong")) == "portals.csv:7: error: wrong"
