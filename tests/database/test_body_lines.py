"""Which stored bodies are one organ: by name, by organisation code; in any order; ambiguity kept as such."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl import registry
from goicrawl.database import issuing_bodies, migrating, reference_data
from goicrawl.database.store import Store
from goicrawl.extraction.report import Metadata
from goicrawl.registry.organisation_codes import check_character
from tests.database.material import capture, report


class Told(NamedTuple):
    """A report: who, of what region, on what year, and the beginning of its index number."""

    region: str
    name: str
    year: int
    code: str | None = None


def valid(body: str) -> str:
    """Eight characters with the check character that belongs to them."""
    return f"{body}{check_character(body)}"


A, B = valid("01441633"), valid("00835003")
EDUCATION = [
    Told("350427", "沙县教育局", 2014),
    Told("350427", "沙县教育局", 2019, A),
    Told("350405", "三明市沙县区教育局", 2021),
    Told("350405", "三明市沙县区教育和体育局", 2023, A),
    Told("350405", "三明市沙县区教体局", 2024, A),
    Told("350405", "三明市沙县区财政局", 2023, B),
    Told("350402", "三明市梅列区教育局", 2019),
    Told("350404", "三明市三元区教育局", 2021),
]


def fill(store: Store, told: Iterable[Told]) -> None:
    for one in told:
        index = None if one.code is None else f"{one.code}/{one.year + 1}-00001"
        made = report(
            issuing_body=one.name, region_code=one.region, report_year=one.year,
            metadata=Metadata(index_number=index),
        )  # fmt: skip
        page = f"http://x/{one.region}/{one.name}/{one.year}"
        store.store_report(made, capture(store, page, body=page.encode()))


def rows(engine: Engine, query: str, **values: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text(query), values).all())


def lines(engine: Engine) -> set[frozenset[str]]:
    """The bodies' names by line."""
    found = rows(
        engine,
        "SELECT array_agg(b.region_code || b.name) AS names "
        "FROM body_line l JOIN bodies b ON b.id = l.body_id GROUP BY l.line_id",
    )
    assert sum(len(row.names) for row in found) == rows(engine, "SELECT count(*) FROM bodies")[0][0]
    return {frozenset(row.names) for row in found}


def against(engine: Engine) -> set[tuple[frozenset[str], bool, str | None]]:
    found = rows(
        engine,
        "SELECT a.name AS one, b.name AS other, s.joins, s.against FROM shared_codes s "
        "JOIN bodies a ON a.id = s.body_id JOIN bodies b ON b.id = s.other_body_id",
    )
    return {(frozenset((row.one, row.other)), row.joins, row.against) for row in found}


def test_names_and_codes_join_one_organ_over_the_years(store: Store) -> None:
    fill(store, EDUCATION)
    assert lines(store.engine) == {
        frozenset(
            (
                "350427沙县教育局",
                "350405三明市沙县区教育局",
                "350405三明市沙县区教育和体育局",
                "350405三明市沙县区教体局",
            )
        ),
        frozenset(("350405三明市沙县区财政局",)),
        frozenset(("350402三明市梅列区教育局",)),
        frozenset(("350404三明市三元区教育局",)),
    }
    how = {
        row.name: row.joined_by
        for row in rows(
            store.engine, "SELECT b.name, l.joined_by FROM body_line l JOIN bodies b ON b.id = l.body_id"
        )
    }
    assert how["沙县教育局"] == how["三明市沙县区教体局"] == "code"
    assert how["三明市沙县区财政局"] == how["三明市梅列区教育局"] == "name"


def test_any_order_gives_the_same_lines(store: Store) -> None:
    glued = [Told("130827", f"宽城满族自治县{name}", 2021, B) for name in ("财政局", "教育局", "人民政府")]
    told = [*EDUCATION, *glued]
    seen = []
    for seed in range(8):
        order = list(told)
        random.Random(seed).shuffle(order)
        with store.engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE bodies, reports, report_versions, captures CASCADE"))
        fill(store, order)
        seen.append((lines(store.engine), against(store.engine)))
    assert all(one == seen[0] for one in seen)
    assert len(seen[0][0]) == 4 + len(glued)


def test_a_code_that_everybody_prints_joins_nobody(store: Store) -> None:
    told = [
        Told("130827", "宽城满族自治县人民政府", 2021, A),
        Told("130827", "宽城满族自治县人民政府办公室", 2021, A),
        Told("130827", "宽城满族自治县教育局", 2019, A),
        Told("130827", "宽城满族自治县教育和体育局", 2021, A),
        Told("130827", "宽城满族自治县宽城镇人民政府", 2021, A),
    ]
    fill(store, told)
    assert lines(store.engine) == {frozenset((f"{one.region}{one.name}",)) for one in told}
    found = against(store.engine)
    assert len(found) == 10
    assert not any(joins for _, joins, _ in found)
    assert (
        frozenset(("宽城满族自治县教育局", "宽城满族自治县教育和体育局")), False, None,
    ) in found  # fmt: skip
    assert {why for _, _, why in found} == {"different_kinds", None}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("财政局", 2019), ("教育局", 2021), "unrelated_names"),
        (("工商行政管理局", 2016), ("市场监督管理局", 2020), "merger"),
        (("卫生局", 2012), ("卫生和计划生育局", 2016), "merger"),
        (("文化广播局", 2019), ("文化旅游局", 2019), "same_years"),
        (("宽城镇人民政府", 2019), ("宽城街道办事处", 2021), "different_kinds"),
        (("宽城镇人民政府", 2019), ("龙须门镇人民政府", 2021), "unrelated_names"),
        (("教育局", 2019), ("教育和体育局", 2021), None),
        (("水利局", 2016), ("水务局", 2020), None),
        (("政务服务中心", 2016), ("政务服务管理局", 2020), "different_kinds"),
        (("行政审批局", 2020), ("政务服务管理局", 2016), None),
        (("发改局", 2019), ("发展和改革局", 2019), None),
    ],
)
def test_what_speaks_against_one_organ(
    store: Store, one: tuple[str, int], other: tuple[str, int], why: str | None
) -> None:
    fill(store, [Told("130827", f"宽城满族自治县{name}", year, A) for name, year in (one, other)])
    ((_, joins, found),) = against(store.engine)
    assert (joins, found) == (why is None, why)
    assert len(lines(store.engine)) == (1 if why is None else 2)


def test_a_code_joins_in_one_place_only(store: Store) -> None:
    fill(store, [Told("130827", "宽城满族自治县教育局", 2019, A), Told("130821", "承德县教体局", 2021, A)])
    assert len(lines(store.engine)) == 2
    assert against(store.engine) == set()
    assert len(rows(store.engine, "SELECT FROM body_codes WHERE code = :code", code=A)) == 2


@pytest.mark.parametrize("index", ["13566001", "013566001", "bgs01", "130827001", "035210000"])
def test_a_number_without_a_check_that_holds_joins_nothing(store: Store, index: str) -> None:
    told = [("教育局", 2019), ("教育和体育局", 2021)]
    fill(store, [Told("130827", f"宽城满族自治县{name}", year, index) for name, year in told])
    assert len(lines(store.engine)) == 2
    assert rows(store.engine, "SELECT FROM body_codes") == []


def test_a_code_of_an_earlier_version_is_no_evidence(store: Store) -> None:
    fill(store, [Told("130827", "宽城满族自治县教育局", 2019, A)])
    page = "http://x/130827/宽城满族自治县教育局/2019"
    changed = report(
        issuing_body="宽城满族自治县教育局", report_year=2019, metadata=Metadata(index_number=f"{B}/2020-1")
    )
    assert store.store_report(changed, capture(store, page, b"new", days=3)).version == 2
    assert [row.code for row in rows(store.engine, "SELECT code FROM body_codes")] == [B]


def test_successions_are_edges_and_no_identity(store: Store) -> None:
    store.sync_registry(registry.load())
    names = [
        "工商行政管理局", "质量技术监督局", "市场监督管理局", "环境保护局", "生态环境局", "卫生和计划生育局",
        "卫生健康局", "水利局", "水务局",
    ]  # fmt: skip
    fill(store, [Told("130827", f"宽城满族自治县{name}", 2010 + n) for n, name in enumerate(names)])
    fill(store, [Told("350402", "三明市梅列区教育局", 2019), Told("350404", "三明市三元区教育局", 2021)])
    found = rows(
        store.engine,
        "SELECT p.name AS before, s.name AS after, y.kind, y.certainty, y.since, "
        "lp.line_id = ls.line_id AS one_line FROM body_successions y "
        "JOIN bodies p ON p.id = y.predecessor_id JOIN bodies s ON s.id = y.successor_id "
        "JOIN body_line lp ON lp.body_id = p.id JOIN body_line ls ON ls.body_id = s.id",
    )
    edges = {
        (row.before.removeprefix("宽城满族自治县"), row.after.removeprefix("宽城满族自治县")): tuple(row[2:])
        for row in found
    }
    assert edges == {
        ("工商行政管理局", "市场监督管理局"): ("merged", "sure", 2013, False),
        ("质量技术监督局", "市场监督管理局"): ("merged", "sure", 2013, False),
        ("卫生和计划生育局", "卫生健康局"): ("renamed", "sure", 2018, True),
        ("水利局", "水务局"): ("renamed", "usual", None, False),
        ("水务局", "水利局"): ("renamed", "usual", None, False),
        ("三明市梅列区教育局", "三明市三元区教育局"): ("region_merged", "sure", 2021, False),
    }


def test_bodies_and_codes_stored_before_are_filled_in(engine: Engine) -> None:
    store = Store(engine)
    fill(store, EDUCATION)
    before = lines(engine)
    migrating.downgrade(engine, "0002")
    migrating.upgrade(engine)
    assert len(lines(engine)) == len(rows(engine, "SELECT FROM bodies")) == 7
    issuing_bodies.sync(engine)
    assert lines(engine) == before
    assert rows(engine, "SELECT FROM report_versions WHERE organisation_code IS NOT NULL") != []


def test_filling_in_again_writes_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(Store(engine), EDUCATION)
    state = "SELECT ctid::text, xmin::text FROM"
    query = f"{state} bodies UNION ALL {state} report_versions"
    before = rows(engine, query)
    issuing_bodies.sync(engine)
    assert rows(engine, query) == before
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE reference_data SET fingerprint = '' WHERE name = 'bodies'"))
    issuing_bodies.sync(engine)
    assert rows(engine, query) == before
    monkeypatch.setattr(reference_data, "replace", None)
    issuing_bodies.sync(engine)


def test_other_rules_than_before_are_applied_to_what_is_stored(engine: Engine) -> None:
    fill(Store(engine), EDUCATION)
    before = lines(engine)
    with engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE bodies SET line_organ = name, place = 'x', organ = '', subject = ''")
        )
        connection.execute(sa.text("UPDATE report_versions SET organisation_code = NULL"))
        connection.execute(sa.text("UPDATE reference_data SET fingerprint = 'old' WHERE name = 'bodies'"))
    assert lines(engine) != before
    issuing_bodies.sync(engine)
    assert lines(engine) == before
