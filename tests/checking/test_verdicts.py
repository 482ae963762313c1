"""A person's verdict on a finding: what it survives, and what it does not hold for."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from goicrawl.checks.in_report import digests
from goicrawl.cli import main
from goicrawl.database import finding_digests, server, verdicts
from goicrawl.database.store import Store
from goicrawl.database.verdicts import NoSuchFinding, Wanted
from goicrawl.extraction.report import Finding
from tests.checking.material import IN, OUT, number, put, report, run

PAGE = "http://www.example.gov.cn/judged.html"
TOTAL = "requests.total_handled.total"
R2 = Finding("R2", "error", TOTAL, "total: the outcomes add up to 5, the total handled says 4", 5, 4)
WRONG = {"requests.granted.total": 5, TOTAL: 4}


def findings(engine: Engine, **wanted: Any) -> list[dict[str, Any]]:
    return list(verdicts.find(engine, Wanted(**wanted)))


def broken(store: Store) -> str:
    """Store two years that do not fit together, check them, and give the finding's key."""
    put(store, report(2023, {OUT: 5}))
    put(store, report(2024, {IN: 3}), page=PAGE)
    run(store.engine)
    (found,) = findings(store.engine, rules=("C1",))
    assert found["verdict"] is None
    return str(found["key"])


def verdict(engine: Engine) -> list[str | None]:
    return [one["verdict"] for one in findings(engine, rules=("C1",))]


def test_a_verdict_survives_every_run(store: Store) -> None:
    key = broken(store)
    verdicts.give(store.engine, key, "dismissed", "cases of the merged bureau", "li")
    for _ in range(2):
        run(store.engine)
        (found,) = findings(store.engine, rules=("C1",))
        assert (found["key"], found["verdict"], found["note"], found["person"]) == (
            key, "dismissed", "cases of the merged bureau", "li",
        )  # fmt: skip


def test_a_verdict_does_not_hold_for_other_numbers_and_holds_again_for_the_old_ones(store: Store) -> None:
    key = broken(store)
    verdicts.give(store.engine, key, "accepted", "", "li")
    put(store, report(2024, {IN: 4}), page=PAGE, days=1)
    run(store.engine)
    (changed,) = findings(store.engine, rules=("C1",))
    assert (changed["verdict"], changed["key"] == key) == (None, False)
    assert [(one["verdict"], one["holds"]) for one in verdicts.history(store.engine, changed)] == [
        ("accepted", False)
    ]
    put(store, report(2024, {IN: 3}), page=PAGE, days=2)
    run(store.engine)
    assert verdict(store.engine) == ["accepted"]


def test_the_other_years_number_counts_as_well(store: Store) -> None:
    page = "http://www.example.gov.cn/before.html"
    put(store, report(2023, {OUT: 5}), page=page)
    put(store, report(2024, {IN: 3}))
    run(store.engine)
    verdicts.give(store.engine, findings(store.engine, rules=("C1",))[0]["key"], "accepted", "", "li")
    put(store, report(2023, {OUT: 6}), page=page, days=1)
    run(store.engine)
    assert verdict(store.engine) == [None]


def test_a_new_version_with_the_same_numbers_keeps_it(store: Store) -> None:
    key = broken(store)
    verdicts.give(store.engine, key, "accepted", "", "li")
    # Another cell, and the very cell printed in another manner.
    put(store, report(2024, {IN: number(3, "件"), "requests.granted.total": 9}), page=PAGE, days=1)
    run(store.engine)
    (found,) = findings(store.engine, rules=("C1",))
    assert found["verdict"] is None  # the unit is part of what is printed
    put(store, report(2024, {IN: 3, "requests.granted.total": 9}), page=PAGE, days=2)
    run(store.engine)
    assert verdict(store.engine) == ["accepted"]


def test_the_last_verdict_counts_and_one_taken_back_is_none(store: Store) -> None:
    key = broken(store)
    for given in ("accepted", "dismissed"):
        verdicts.give(store.engine, key, given, "", "li")
        assert verdict(store.engine) == [given]
    verdicts.give(store.engine, key, "reopened", "", "li")
    assert verdict(store.engine) == [None]
    history = verdicts.history(store.engine, verdicts.get(store.engine, key))
    assert [one["verdict"] for one in history] == ["accepted", "dismissed", "reopened"]


def test_a_finding_of_a_single_report_keeps_its_verdict_through_a_reparse(store: Store) -> None:
    (key_of_report,) = put(store, report(2021, WRONG, findings=(R2,)), page=PAGE)
    (found,) = findings(store.engine)
    assert (found["report_id"], found["status"], found["operands"]) == (key_of_report, "fail", None)
    verdicts.give(store.engine, found["key"], "accepted", "", "li")
    # The same bytes read by a later parser: other words, other cells beside it.
    reworded = Finding("R2", "error", TOTAL, "the parts are 5, the total is 4", 5, 4)
    capture_id = store.known_capture(PAGE, _sha256(store.engine))
    assert capture_id is not None
    store.store_report(report(2021, {**WRONG, OUT: 1}, findings=(reworded,)), capture_id)
    (again,) = findings(store.engine)
    assert (again["message"], again["verdict"]) == ("the parts are 5, the total is 4", "accepted")
    # The sides are the same, but a number on the left is not.
    moved = {"requests.granted.total": 4, "requests.partially_granted.total": 1, TOTAL: 4}
    store.store_report(report(2021, moved, findings=(reworded,)), capture_id)
    assert [one["verdict"] for one in findings(store.engine)] == [None]


def _sha256(engine: Engine) -> str:
    with engine.connect() as connection:
        query = sa.text("SELECT encode(sha256, 'hex') FROM captures WHERE url = :url")
        return str(connection.scalar(query, {"url": PAGE}))


def test_a_verdict_goes_with_a_report_that_turns_out_to_be_another(store: Store) -> None:
    """A page of unknown body is judged; read anew it is a report that is known from another page."""
    put(store, report(2021, WRONG, issuing_body=None, findings=(R2,)), page=PAGE)
    verdicts.give(store.engine, findings(store.engine)[0]["key"], "accepted", "", "li")
    put(store, report(2021, {}), days=-9)
    put(store, report(2021, WRONG, findings=(R2,)), page=PAGE, days=1)
    with store.engine.connect() as connection:
        reports = connection.execute(sa.text("SELECT id FROM reports")).scalars().all()
        judged = connection.execute(sa.text("SELECT report_id FROM verdicts")).scalars().all()
    assert len(reports) == 1
    assert judged == reports


def test_findings_from_before_there_were_digests_get_the_same(store: Store) -> None:
    made = report(2021, WRONG, findings=(R2, Finding("L2", "info", "requests", "rows of another kind")))
    put(store, made)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE findings SET digest = NULL"))
    assert finding_digests.fill(store.engine) == 2
    assert finding_digests.fill(store.engine) == 0
    with store.engine.connect() as connection:
        stored = connection.scalars(sa.text("SELECT digest FROM findings ORDER BY position")).all()
    assert [bytes(one) for one in stored] == digests(made)


def test_a_note_is_no_failed_identity(store: Store) -> None:
    put(store, report(2021, findings=(Finding("L2", "info", "requests", "rows of another kind"),)))
    (note,) = findings(store.engine)
    assert note["status"] is None


def test_lateness_is_listed_once_and_as_the_corpus_has_it(store: Store) -> None:
    late = Finding("T1", "warning", "metadata.published_on", "late")
    put(store, report(2023, findings=(late,)))
    assert [one["rule"] for one in findings(store.engine)] == ["T1"]
    run(store.engine)
    assert findings(store.engine) == []  # published on 20 January: in time


@pytest.mark.parametrize("key", ["", "nonsense", "1-C1-abcdef", "999-C1-abcdef"])
def test_what_is_no_finding_cannot_be_judged(store: Store, key: str) -> None:
    broken(store)
    with pytest.raises(NoSuchFinding, match="goicrawl findings list has the keys"):
        verdicts.give(store.engine, key, "accepted", "", "li")


@pytest.fixture
def command(store: Store, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on the test's database."""
    monkeypatch.setenv("GOICRAWL_DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    assert server

    def call(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, list(arguments))
        assert result.exit_code == status, result.output
        return result.output

    return call


def test_the_commands_from_check_to_verdict(store: Store, command: Any) -> None:
    put(store, report(2023, {OUT: 5}), report(2024, {IN: 3}))
    shown = command("check", "130827")
    assert "fail" in shown
    assert "二、上年结转政府信息公开申请数量 / 总计" in shown
    (line,) = [
        one for one in command("check", "--rule", "C1", "--status", "fail", "--format", "json").split("\n")
        if one.startswith("{")
    ]  # fmt: skip
    result = json.loads(line)
    assert (result["left"], result["right"], len(result["operands"])) == (3, 5, 2)
    key = result["key"]
    assert key in command("findings", "list", "--verdict", "none")
    assert "no verdict" in command("findings", "show", key)
    command("findings", "dismiss", key, "--note", "两局合并", "--person", "李")
    one = command("findings", "show", key)
    assert "dismissed by 李" in one
    assert "两局合并" in one
    assert one.count("http://www.example.gov.cn/") == 3
    assert "0 findings" in command("findings", "list", "--verdict", "none", "--rule", "C1")
    assert "李" in command("findings", "list", "13", "--verdict", "dismissed", "--format", "csv")
    command("findings", "reopen", key)
    assert "1 finding" in command("findings", "list", "--verdict", "none", "--rule", "C1")


def test_wrong_usage_is_named_in_one_line(command: Any) -> None:
    assert "no rule X9" in command("check", "--rule", "X9", status=2)
    assert "999999" in command("check", "999999", status=2)
    assert "is no finding's key" in command("findings", "accept", "nonsense", status=2)


def test_pass_is_printed_when_asked_for(store: Store, command: Any) -> None:
    put(store, report(2023, {OUT: 121}), report(2024, {IN: 121}))
    assert "121, carried over to next year (2023) 121" in command("check", "--status", "pass")
    assert command("check", "--status", "pass", "--rule", "C1", "--format", "csv").count("\npass") == 0
    assert "no result is fail" in command("check", "--status", "fail")
