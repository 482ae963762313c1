"""Seed files are read strictly: whole rows as they are, broken ones refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.registry import RegistryError, seed_files
from goicrawl.registry.seed_files import host_of, plain_host
from tests.registry.seeds import PORTALS, REGIONS, REPORT_COLUMNS, write_seeds


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    row = {
        **PORTALS[0], "url": "http://www.suqian-replica.localhost:8123/", "source_hint": "jpaas-col-art",
        "family": "hanweb", "encoding": "gbk", "tls_profile": "legacy",
        "allowed_hosts": "a.example.org;WWW.B.cn",
        "allow_loopback": "true", "valid_from": "2019", "valid_until": "2024", "notes": "a, b",
    }  # fmt: skip
    portal = registry.load(write_seeds(tmp_path, portals=[row])).portals[0]
    assert portal.hosts == ("suqian-replica.localhost", "a.example.org", "b.cn")
    assert portal.allowed_hosts == ("a.example.org", "b.cn")
    assert (portal.family, portal.encoding, portal.tls_profile) == ("hanweb", "gbk", "legacy")
    assert portal.allow_loopback is True
    assert [portal.valid_in(year) for year in (2018, 2019, 2023, 2024)] == [False, True, True, False]
    assert (portal.notes, portal.line, portal.family_hint) == ("a, b", 2, None)


def test_what_is_empty_is_none(tmp_path: Path) -> None:
    portal = registry.load(
        write_seeds(tmp_path, portals=[{**PORTALS[0], "url": "", "region_code": ""}])
    ).portals[0]
    assert (portal.url, portal.region_code, portal.hosts, portal.notes, portal.valid_from) == (
        None,
        None,
        (),
        None,
        None,
    )
    assert portal.allow_loopback is False
    assert portal.valid_in(1999)


def test_successors_and_transfers(tmp_path: Path) -> None:
    row = {**REGIONS[2], "successors": "659006[2020];659006[2024]"}
    regions = registry.load(write_seeds(tmp_path, regions=[row, REGIONS[3]])).regions
    assert (regions[0].successors, regions[0].transfers) == ((), (("659006", 2020), ("659006", 2024)))
    assert (regions[1].successors, regions[1].transfers) == (("321311",), (("321302", 2001),))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "32130"), ("code", "３２１３００"), ("name", " "), ("level", "city"),
        ("since", ""), ("since", "96"), ("until", "1990"), ("until", "never"), ("successors", "32130"),
        ("successors", "321300[20]"),
    ],
)  # fmt: skip
def test_a_broken_region_is_refused_with_file_and_line(tmp_path: Path, column: str, value: str) -> None:
    folder = write_seeds(tmp_path, regions=[REGIONS[0], {**REGIONS[1], column: value}])
    with pytest.raises(RegistryError, match=re.escape(f"{folder / 'regions.csv'}:3: ")):
        registry.load(folder)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("region_code", "x"), ("region_name", ""), ("level", ""), ("url", "ftp://www.suqian.gov.cn/"),
        ("url", "https:///"), ("url", "www.suqian.gov.cn"), ("url", "http://a b.gov.cn/"),
        ("allow_loopback", "yes"), ("allowed_hosts", "a.cn;;b.cn"), ("valid_from", "19"),
        ("encoding", "utf-9"),
    ],
)  # fmt: skip
def test_a_broken_portal_is_refused_with_file_and_line(tmp_path: Path, column: str, value: str) -> None:
    folder = write_seeds(tmp_path, portals=[PORTALS[1], {**PORTALS[0], column: value}])
    with pytest.raises(RegistryError, match=re.escape(f"{folder / 'portals.csv'}:3: ")):
        registry.load(folder)


@pytest.mark.parametrize(("column", "value"), [("url", "javascript:void(0)"), ("scope", ""), ("url", "")])
def test_a_broken_report_column_is_refused(tmp_path: Path, column: str, value: str) -> None:
    folder = write_seeds(tmp_path, report_columns=[{**REPORT_COLUMNS[0], column: value}])
    with pytest.raises(RegistryError, match=re.escape(f"{folder / 'report_columns.csv'}:2: ")):
        registry.load(folder)


def test_the_line_is_the_row_s_first_even_after_a_field_with_line_breaks(tmp_path: Path) -> None:
    rows = [{**PORTALS[0], "notes": "one\ntwo\nthree"}, {**PORTALS[1], "level": "?"}]
    with pytest.raises(RegistryError, match=r"portals\.csv:5: level"):
        registry.load(write_seeds(tmp_path, portals=rows))


@pytest.mark.parametrize("content", [b"", b"code,name\n", b"\xff\xfe", b'region_code,"'])
def test_a_file_that_is_no_seed_file_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = write_seeds(tmp_path)
    (folder / "portals.csv").write_bytes(content)
    with pytest.raises(RegistryError, match=r"portals\.csv"):
        registry.load(folder)


def test_a_row_with_a_missing_value_is_refused(tmp_path: Path) -> None:
    folder = write_seeds(tmp_path)
    with (folder / "regions.csv").open("a", encoding="utf-8") as file:
        file.write("321399,某区,county\n")
    with pytest.raises(RegistryError, match=r"regions\.csv:7: 3 values for 9 columns"):
        registry.load(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write_seeds(tmp_path) / "report_columns.csv").unlink()
    with pytest.raises(RegistryError, match=r"report_columns\.csv"):
        registry.load(tmp_path)


def test_an_installed_package_finds_its_bundled_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "goicrawl"
    (package / "registry").mkdir(parents=True)
    monkeypatch.setattr(seed_files, "__file__", str(package / "registry" / "seed_files.py"))
    with pytest.raises(RegistryError, match="no seeds"):
        seed_files.seeds_folder()
    (package / "_bundled" / "seeds").mkdir(parents=True)
    write_seeds(package / "_bundled" / "seeds")
    assert seed_files.seeds_folder() == package / "_bundled" / "seeds"


label = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True).filter(lambda text: text != "www")


@given(
    labels=st.lists(label, min_size=1, max_size=4),
    www=st.booleans(),
    port=st.integers(1, 65535),
    upper=st.booleans(),
)
def test_a_host_is_the_same_with_and_without_www_port_and_case(
    labels: list[str], www: bool, port: int, upper: bool
) -> None:
    host = ".".join([*labels, "gov", "cn"])
    printed = ("www." if www else "") + host
    url = f"https://{printed.upper() if upper else printed}:{port}/a?b=c#d"
    assert host_of(url) == plain_host(host)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    for url in (text, "http://" + text):
        try:
            host = host_of(url)
        except ValueError:
            continue
        assert host
        assert host.isascii()
