"""Ambiguity in the database: candidates come, go and are found again; `goicrawl bodies` shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from goicrawl import registry
from goicrawl.cli import main
from goicrawl.database.body_listing import years_in_words
from goicrawl.database.digests import reading_digest
from goicrawl.database.prepared import prepare
from goicrawl.database.store import Store
from goicrawl.registry.body_candidates import Candidate, candidates_of
from tests.database.material import capture, report
from tests.database.test_body_lines import EDUCATION, A, Told, fill

PREFECTURE = Candidate("130800", "承德市人民政府办公室", "level_above")
TOWN = Candidate(None, "龙归镇人民政府", "region_not_said")
PORTAL = "https://www.hbkc.gov.cn/"


def rows(engine: Engine, query: str, **values: Any) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query), values)]


def doubtful(name: str, *candidates: Candidate, year: int = 2021) -> Any:
    return report(
        issuing_body=name, region_code=None, report_year=year, candidates=candidates, findings=()
    )  # fmt: skip


STORED = "SELECT position, region_code, name, organ, why FROM report_candidates ORDER BY version_id, position"


def test_candidates_are_stored_with_their_version(store: Store) -> None:
    made = doubtful("市政府办", PREFECTURE, TOWN)
    result = store.store_report(made, capture(store))
    assert rows(store.engine, STORED) == [
        (1, "130800", "承德市人民政府办公室", "人民政府办公室", "level_above"),
        (2, None, "龙归镇人民政府", "龙归镇人民政府", "region_not_said"),
    ]
    assert rows(store.engine, "SELECT body_id, url IS NOT NULL FROM reports") == [(None, True)]
    again = store.store_report(made, capture(store))
    assert (again.outcome, again.refreshed, again.version) == ("noop", False, result.version)


def test_other_candidates_of_the_same_bytes_take_their_place(store: Store) -> None:
    store.store_report(doubtful("市政府办", PREFECTURE, TOWN), capture(store))
    again = store.store_report(prepare(doubtful("市政府办", PREFECTURE)), capture(store))
    assert (again.outcome, again.refreshed) == ("noop", True)
    assert [row[2] for row in rows(store.engine, STORED)] == ["承德市人民政府办公室"]
    sure = report(report_year=2021)
    assert store.store_report(sure, capture(store)).outcome == "noop"
    assert rows(store.engine, STORED) == []
    assert rows(store.engine, "SELECT body_id IS NULL, url FROM reports") == [(False, None)]


def test_a_report_without_candidates_has_the_digest_of_before_they_were_kept() -> None:
    plain = report()
    assert reading_digest(plain) == reading_digest(replace(plain, candidates=()))
    assert reading_digest(plain) != reading_digest(replace(plain, candidates=(TOWN,)))
    assert reading_digest(replace(plain, candidates=(PREFECTURE,))) != reading_digest(
        replace(plain, candidates=(TOWN,))
    )


def test_known_bodies_are_put_beside_their_candidates(store: Store) -> None:
    store.sync_registry(registry.load())
    fill(
        store,
        [
            Told("130827", "宽城满族自治县龙归镇人民政府", 2019),
            Told("130821", "承德县龙归镇人民政府", 2019),
            Told("440111", "广州市白云区龙归镇人民政府", 2019),
            Told("130800", "承德市人民政府办公室", 2020),
        ],
    )
    made = doubtful("龙归镇", TOWN)
    store.store_report(made, capture(store, "http://a/"), portal_url=None)
    store.store_report(doubtful("市政府办", PREFECTURE), capture(store, "http://b/", b"2"), portal_url=PORTAL)
    query = (
        "SELECT c.name, c.why, b.name FROM possible_bodies c LEFT JOIN bodies b ON b.id = c.body_id "
        "ORDER BY c.why, b.name COLLATE \"C\""
    )  # fmt: skip
    assert rows(store.engine, query) == [
        ("承德市人民政府办公室", "level_above", "承德市人民政府办公室"),
        ("龙归镇人民政府", "region_not_said", "宽城满族自治县龙归镇人民政府"),
        ("龙归镇人民政府", "region_not_said", "广州市白云区龙归镇人民政府"),
        ("龙归镇人民政府", "region_not_said", "承德县龙归镇人民政府"),
    ]


def test_the_portal_narrows_what_a_name_without_region_may_be(store: Store) -> None:
    store.sync_registry(registry.load())
    fill(
        store,
        [Told("130827", "宽城满族自治县龙归镇人民政府", 2019), Told("440111", "白云区龙归镇人民政府", 2019)],
    )
    store.store_report(doubtful("龙归镇", TOWN), capture(store, "http://a/"), portal_url=PORTAL)
    found = rows(store.engine, "SELECT b.name FROM possible_bodies c LEFT JOIN bodies b ON b.id = c.body_id")
    assert found == [("宽城满族自治县龙归镇人民政府",)]


def test_short_forms_and_shared_codes_are_candidates_both_ways(store: Store) -> None:
    told = [("发改局", None), ("发展和改革局", None), ("教育局", A), ("财政局", A)]
    fill(store, [Told("130827", f"宽城满族自治县{name}", 2021, code) for name, code in told])
    found = rows(
        store.engine,
        "SELECT b.organ, c.organ, f.name, c.why FROM body_candidates c JOIN bodies b ON b.id = c.body_id "
        "LEFT JOIN bodies f ON f.id = c.candidate_id",
    )
    assert ("教育局", "财政局", "宽城满族自治县财政局", "unrelated_names") in found
    assert ("财政局", "教育局", "宽城满族自治县教育局", "unrelated_names") in found
    short = {(organ, name) for body, organ, name, why in found if body == "发改局" and why == "short_form"}
    assert ("发展改革局", "宽城满族自治县发展和改革局") in short
    assert ("发展改革科技局", None) in short
    assert len(rows(store.engine, "SELECT DISTINCT line_id FROM body_line")) == 4


@pytest.fixture
def command(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("GOICRAWL_DATABASE_URL", url)
    return CliRunner()


@pytest.mark.parametrize("asked", ["350405", "350427", "沙县", "沙县区"])
def test_the_command_shows_one_organ_under_all_its_names(
    store: Store, command: CliRunner, asked: str
) -> None:
    fill(store, EDUCATION)
    fill(store, [Told("350405", "沙县区水利局", 2016), Told("350405", "沙县区水务局", 2020)])
    fill(store, [Told("350405", "沙县区发改局", 2020)])
    result = command.invoke(main, ["bodies", asked])
    assert result.exit_code == 0, result.output
    lines = [line.split("\t") for line in result.output.splitlines()]
    education = next(line for line in lines if line[1] == "三明市沙县区教体局")
    assert education == [
        "organs", "三明市沙县区教体局", "department", "2014, 2019, 2021, 2023-2024", "code",
        "三明市沙县区教育和体育局、三明市沙县区教育局、沙县教育局", "5",
    ]  # fmt: skip
    assert ["followed by", "沙县区水利局", "沙县区水务局", "renamed", "usual", ""] in lines
    assert not [line for line in lines if "梅列" in line[1]]
    short = {tuple(line[2:4]) for line in lines if line[:2] == ["may be one organ", "沙县区发改局"]}
    assert ("发展改革委员会", "") in short


def test_the_command_shows_reports_in_doubt(store: Store, command: CliRunner) -> None:
    found = candidates_of(
        "承德财政局", region=registry.load().region("130800"), registry=registry.load(), year=2021
    )
    store.store_report(doubtful("承德财政局", *found), capture(store, "http://page/"))
    for code in ("130800", "130821"):
        lines = command.invoke(main, ["bodies", code]).output.splitlines()
        name = {"130800": "承德市财政局", "130821": "承德县财政局"}[code]
        assert lines == [f"reports in doubt\t2021\t承德财政局\t{name}\tseveral_regions\thttp://page/"]


@pytest.mark.parametrize("asked", ["鼓楼区", "没有县", "999999"])
def test_the_command_knows_no_such_region(command: CliRunner, asked: str) -> None:
    result = command.invoke(main, ["bodies", asked])
    assert result.exit_code == 2
    assert asked in result.output


@pytest.mark.parametrize(
    ("years", "words"),
    [([], ""), ([2019], "2019"), ([2021, 2019, 2020], "2019-2021"), ([2014, 2016, 2017], "2014, 2016-2017")],
)
def test_years_in_words(years: list[int], words: str) -> None:
    assert years_in_words(years) == words
