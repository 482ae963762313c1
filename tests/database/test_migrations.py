"""The migrations: the same schema as the models, up and down, with data in it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from goicrawl.database import migrating, reference_data
from goicrawl.database.models import VISIT_OUTCOMES, Base
from goicrawl.database.models import reports as report_models
from goicrawl.database.store import Store
from goicrawl.extraction.report import REPORT_OUTCOMES
from tests.database.material import capture, report

CATALOGUE = """
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
    AND conrelid::regclass::text <> 'alembic_version'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'comment', objoid::regclass::text, objsubid::text, description FROM pg_description
WHERE objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')
UNION ALL SELECT 'column', table_name, column_name,
    concat_ws(' ', udt_name, is_nullable, column_default, is_identity, identity_generation)
FROM information_schema.columns WHERE table_schema = 'public'
    AND table_name NOT IN (SELECT table_name FROM information_schema.views WHERE table_schema = 'public')
    AND table_name <> 'alembic_version'
"""


SECOND_CURRENT = """
INSERT INTO report_versions (report_id, number, is_current, cause, capture_id, content_digest, reading_digest,
    outcome, reasons)
SELECT report_id, 2, true, cause, capture_id, content_digest, reading_digest, outcome, reasons
FROM report_versions
"""


BROKEN = (
    "UPDATE report_versions SET outcome = 'fine'",
    "UPDATE report_versions SET cause = 'whim'",
    "UPDATE report_versions SET content_digest = 'x'",
    "UPDATE reports SET scope = 'all'",
    "UPDATE reports SET url = 'http://x/'",
    "UPDATE reports SET report_year = NULL",
    "UPDATE findings SET severity = 'bad'",
    "UPDATE stated_facts SET period = 'some time'",
    "UPDATE table_cells SET kinds = repeat('n', cardinality(numbers))",
    "UPDATE table_cells SET kinds = 'b'",
    "UPDATE table_cells SET numbers = '{}', kinds = NULL",
    "UPDATE captures SET sha256 = 'x'",
    "UPDATE captures SET status = 20",
    "UPDATE visits SET outcome = 'ok'",
    "UPDATE visits SET outcome = 'fine', finished_at = now()",
    SECOND_CURRENT,
    "INSERT INTO reports (body_id, report_year, scope) SELECT body_id, report_year, scope FROM reports",
)


def catalogue(engine: Engine) -> set[tuple[Any, ...]]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(sa.text(CATALOGUE))}


def test_alembic_finds_no_difference_between_models_and_migrations(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_models_and_migrations_make_the_same_constraints_indexes_and_comments(
    engine: Engine, empty_engine: Engine
) -> None:
    Base.metadata.create_all(empty_engine)
    made, migrated = catalogue(empty_engine), catalogue(engine)
    assert made - migrated == set()
    assert migrated - made == set()
    assert len(made) > 200


def test_every_table_view_and_column_has_a_comment(engine: Engine) -> None:
    bare = """
    SELECT c.relname, a.attname
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
    AND c.relname <> 'alembic_version'
    AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)
    """
    with engine.connect() as connection:
        assert connection.execute(sa.text(bare)).all() == []


def test_down_and_up_again_with_data(engine: Engine) -> None:
    store = Store(engine)
    store.store_report(report(), capture(store))
    visit = store.begin_visit("http://portal/", None, "c1")
    store.finish_visit(visit, "ok")
    migrating.downgrade(engine, "base")
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
        assert sa.inspect(connection).get_view_names() == []
        assert migrating.revision_of(connection) is None
    assert migrating.upgrade(engine)
    assert not migrating.upgrade(engine)
    store = Store(engine)
    assert store.store_report(report(), capture(store)).outcome == "insert"


def test_the_parser_version_comes_and_goes_and_the_reports_stay(engine: Engine) -> None:
    store = Store(engine)
    store.store_report(report(), capture(store))
    first = "SELECT id, content_digest FROM report_versions"
    with engine.connect() as connection:
        before = connection.execute(sa.text(first)).all()
    migrating.downgrade(engine, "0001")
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        columns = {column["name"] for column in inspector.get_columns("report_versions")}
        assert not columns & {"parser_version", "listed_on"}
        assert "rereadings" not in inspector.get_table_names()
        assert connection.execute(sa.text(first)).all() == before
    assert migrating.upgrade(engine)
    with engine.connect() as connection:
        query = "SELECT id, content_digest, parser_version, listed_on FROM report_versions"
        assert connection.execute(sa.text(query)).all() == [(*before[0], None, None)]
    assert Store(engine).store_report(report(), capture(store)).outcome == "noop"


def test_stated_facts_come_and_go_and_the_reports_stay(engine: Engine) -> None:
    store = Store(engine)
    store.store_report(report(), capture(store))
    migrating.downgrade(engine, "0003")
    with engine.connect() as connection:
        assert "stated_facts" not in sa.inspect(connection).get_table_names()
        assert connection.execute(sa.text("SELECT count(*) FROM report_versions")).scalar_one() == 1
    assert migrating.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM stated_facts")).scalar_one() == 0


def test_checks_and_verdicts_come_and_go_and_findings_stay(engine: Engine) -> None:
    store = Store(engine)
    store.store_report(report(), capture(store))
    findings = "SELECT version_id, position, rule, at, message FROM findings ORDER BY 1, 2"
    with engine.begin() as connection:
        before = connection.execute(sa.text(findings)).all()
        connection.exec_driver_sql(
            "INSERT INTO verdicts (report_id, rule, at, digest, verdict, note, person, message) "
            "SELECT report_id, rule, at, digest, 'accepted', '', 'li', message FROM all_findings"
        )
        verdicts = connection.scalars(sa.text("SELECT verdict FROM all_findings")).all()
    assert verdicts == ["accepted"] * len(before) != []
    migrating.downgrade(engine, "0006")
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        assert not {"verdicts", "corpus_checks", "corpus_findings"} & set(inspector.get_table_names())
        assert "all_findings" not in inspector.get_view_names()
        assert connection.execute(sa.text(findings)).all() == before
    assert migrating.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalars(sa.text("SELECT DISTINCT digest FROM findings")).all() == [None]


def test_a_failed_migration_leaves_nothing(empty_engine: Engine) -> None:
    with empty_engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE findings (mine int)"))
    with pytest.raises(sa.exc.ProgrammingError):
        migrating.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["findings"]


def test_the_rules_are_constraints(store: Store) -> None:
    store.store_report(report(), capture(store))
    store.begin_visit("http://portal/", None, "c1")
    for statement in BROKEN:
        with pytest.raises(IntegrityError), store.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_unidentified_reports_of_one_page_are_one_for_each_year() -> None:
    index = next(i for i in Base.metadata.tables["reports"].indexes if i.name == "uq_reports_page")
    assert [column.name for column in index.columns] == ["url", "body_id", "report_year", "scope"]


def test_words_of_the_constraints_are_those_of_the_code() -> None:
    checks = {
        str(check.name): str(check.sqltext)
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }
    for name, words in {
        "ck_report_versions_outcome": REPORT_OUTCOMES,
        "ck_visits_outcome": VISIT_OUTCOMES,
        "ck_reports_scope": report_models.SCOPES,
    }.items():
        assert all(f"'{word}'" in checks[name] for word in words)


def test_forms_are_filled_once(engine: Engine) -> None:
    def written() -> list[Any]:
        with engine.connect() as connection:
            query = sa.text(
                "SELECT xmin::text FROM form_cells UNION ALL SELECT xmin::text FROM cell_addresses"
            )
            return list(connection.scalars(query))

    before = written()
    reference_data.sync_forms(engine)
    assert before
    assert written() == before
