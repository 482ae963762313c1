"""docs/database.md against a real PostgreSQL: the same tables and columns, and queries that bring rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl.database.store import Store
from tests.database.fixtures import EmbeddedServer, database_from
from tests.docs.documents import DOCS, fences, first_code, headings, read, rows, section
from tests.docs.material import GOVERNMENT, fill

COOKBOOK = [heading for heading in headings(read("database.md")) if heading[:1].isdigit()]
QUERIES = [
    pytest.param(fence.body, id=f"{heading.partition('.')[0]}-{at}")
    for heading in COOKBOOK
    for at, fence in enumerate(fences(section(read("database.md"), heading), "sql"))
]


@pytest.fixture(scope="module")
def filled(postgres: EmbeddedServer, migrated_template: str) -> Iterator[Engine]:
    """A database with a small corpus, shared by the queries: they only read."""
    for engine in database_from(postgres, migrated_template):
        fill(Store(engine))
        yield engine


@pytest.fixture
def connection(filled: Engine) -> Iterator[Connection]:
    with filled.connect() as connection:
        connection.execute(sa.text("SET TRANSACTION READ ONLY"))
        yield connection


def test_every_table_and_view_has_its_columns_documented(connection: Connection) -> None:
    query = sa.text(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
    )
    there: dict[str, set[str]] = {}
    for table, column in connection.execute(query):
        there.setdefault(table, set()).add(column)
    text = read("database.md")
    kinds = {
        name.removeprefix("View ").strip("`"): name
        for name in headings(section(text, "Tables"))
        if "`" in name
    }
    assert set(kinds) == set(there)
    for table, heading in kinds.items():
        documented = list(rows(section(text, heading)))
        assert {first_code(row[0]) for row in documented} == there[table], table
        assert all(row[-1] for row in documented), table


def test_there_are_enough_queries_and_each_has_a_number() -> None:
    assert [int(heading.partition(".")[0]) for heading in COOKBOOK] == list(range(1, len(COOKBOOK) + 1))
    assert len(QUERIES) > len(COOKBOOK) > 10
    everywhere = sum(len(fences(path.read_text(encoding="utf-8"), "sql")) for path in DOCS.glob("*.md"))
    assert len(QUERIES) == everywhere, "a query outside the cookbook is not tested"


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_cookbook_brings_rows(query: str, connection: Connection) -> None:
    found = run(connection, query)
    assert found
    assert any(value is not None for row in found for value in row.values())


def run(connection: Connection, query: str) -> list[dict[str, Any]]:
    """Run a query just as it stands there, past everything that would take a % or a : for its own."""
    cursor = connection.connection.cursor()
    cursor.execute(query)
    assert cursor.description is not None
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def answer(connection: Connection, number: int, at: int = 0) -> list[dict[str, Any]]:
    return run(connection, fences(section(read("database.md"), COOKBOOK[number - 1]), "sql")[at].body)


def test_the_queries_say_what_their_headings_say(connection: Connection) -> None:
    requests = {row["report_year"]: row["requests"] for row in answer(connection, 1)}
    assert requests == {2021: 61, 2022: 62, 2023: 63, 2024: 64}
    shares = [row for row in answer(connection, 2) if row["report_year"] == 2021]
    assert [(row["reason"], float(row["percent"])) for row in shares[:2]] == [
        ("denied_third_party_rights", 7.5),
        ("denied_state_secret", 2.5),
    ]
    assert {row["errors"] for row in answer(connection, 3) if row["report_year"] == 2024} == {1}
    assert {row["address"] for row in answer(connection, 4)} == {
        "requests.newly_received.total",
        "statistics.requests_received.value",
    }
    wrong = {(row["report_year"], row["rule"], row["reports_with_it"]) for row in answer(connection, 5)}
    assert wrong == {(2021, "R2", 1), (2024, "R2", 1)}
    assert [(row["year"], row["next_year"]) for row in answer(connection, 6)] == [
        (2021, 2022),
        (2022, 2023),
        (2023, 2024),
    ]
    silent = {(row["code"], row["year"], row["last_visit"]) for row in answer(connection, 7)}
    assert ("130821", 2023, "blocked") in silent
    assert ("130827", 2023, "ok") not in silent
    assert [(row["address"], row["was"], row["became"]) for row in answer(connection, 8)] == [
        ("requests.granted.total", "20", "21")
    ]
    assert {row["days_late"] for row in answer(connection, 10)} == {9}
    reasons = sorted(row["reason"] for row in answer(connection, 12))
    assert reasons == ["an_example_reason", "attachment_not_fetched"]
    (place,) = answer(connection, 14)
    assert (place["raw"], place["at"], place["warc_file"]) == ("4", [1, 28, 9], "crawl.warc.gz")
    assert [(row["read_from"], row["failure"]) for row in answer(connection, 14, at=1)] == [
        (True, None),
        (None, "gone: HTTP 404"),
    ]
    amounts = {(row["report_year"], row["name"]): row["wan_yuan"] for row in answer(connection, 16)}
    assert amounts[2023, GOVERNMENT] == Decimal("25.1")
    assert amounts[2022, GOVERNMENT] == Decimal("3.5")
    stated = {(row["report_year"], row["stated"], row["printed"]) for row in answer(connection, 18)}
    assert (2022, Decimal(4), Decimal(62)) in stated
