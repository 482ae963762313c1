"""docs/reading-reports.md has every key, outcome, kind, rule and reason; docs/crawling.md every outcome."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from goicrawl import forms, parse_report
from goicrawl.database.models import VISIT_OUTCOMES
from goicrawl.downloading.challenges import rules as challenge_rules
from goicrawl.extraction.numerals import read_answer
from goicrawl.extraction.report import REPORT_OUTCOMES, Kind, Report, Section
from goicrawl.extraction.stated_facts import read_stated
from tests.database import material
from tests.docs import reason_codes
from tests.docs.documents import codes, fences, first_code, read, rows, section
from tests.renderings import STYLES, sample

DOCUMENT = "reading-reports.md"


def documented(heading: str, *, of: str = DOCUMENT, part: int = 0) -> list[str]:
    """The codes in the first column of a chapter's table; `part` counts its tables."""
    tables = re.split(r"\n\n(?=\| )", section(read(of), heading))[1:]
    found = list(rows(tables[part]))
    assert all(row[-1] for row in found), heading
    return [first_code(row[0]) for row in found]


def keys(value: Any, path: str = "") -> set[str]:
    """The keys of a report's JSON, as the document writes them."""
    if path == "cells":
        return {"cells"}
    if isinstance(value, dict):
        return {key for name, one in value.items() for key in keys(one, f"{path}.{name}" if path else name)}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {key for one in value for key in keys(one, f"{path}[]")}
    return {path}


@pytest.fixture(scope="module")
def whole() -> Report:
    """A report in which nothing is empty."""
    return material.report()


def test_every_key_of_the_json_is_documented(whole: Report) -> None:
    assert set(documented("The JSON")) == keys(whole.to_dict())


def test_every_key_of_a_cell_is_documented(whole: Report) -> None:
    shown = {key for cell in whole.to_dict()["cells"].values() for key in cell}
    assert set(documented("Cells")) == shown
    assert set(documented("Cells", part=1)) == set(get_args(Kind))


def test_every_outcome_of_a_report_is_documented() -> None:
    assert documented("Outcomes") == list(REPORT_OUTCOMES)


def test_every_outcome_of_a_visit_is_documented() -> None:
    assert documented("Outcomes of a visit", of="crawling.md") == list(VISIT_OUTCOMES)


def test_kinds_of_challenges_are_those_there_are() -> None:
    known = {rule.kind for rule in challenge_rules()}
    (sentence,) = re.findall(r"Challenge pages are told apart .*?;", read("crawling.md"), re.DOTALL)
    assert set(codes(sentence)) <= known


def test_every_rule_of_a_finding_is_documented() -> None:
    identities = {identity.id: identity.severity for identity in forms.identities()}
    assert dict(zip(documented("Findings"), severities(0), strict=True)) == identities
    assert set(documented("Findings", part=1)) == reason_codes.rules() - set(identities)
    assert set(severities(1)) == {"error", "info"}


def severities(part: int) -> list[str]:
    tables = re.split(r"\n\n(?=\| )", section(read(DOCUMENT), "Findings"))[1:]
    return [row[1] for row in rows(tables[part])]


REASONS = {first_code(row[0]) for row in rows(section(read(DOCUMENT), "Reasons"))}


def test_every_reason_in_the_code_is_documented_and_no_other() -> None:
    assert reason_codes.codes() == REASONS


@pytest.mark.parametrize("style", ["official", *STYLES])
def test_what_pages_are_refused_for_is_documented(style: str) -> None:
    rendering = sample(style, 0)
    report = parse_report(rendering.data, media_type=rendering.media_type)
    assert {reason.partition(":")[0] for reason in report.reasons} <= REASONS
    assert {finding.rule for finding in report.findings} <= reason_codes.rules()
    assert set(report.to_dict()["cells"].keys()) <= set(forms.cell_index())


def test_doubts_about_the_head_leave_the_outcome_as_it_is() -> None:
    doubts = {first_code(row[0]) for row in rows(section(read(DOCUMENT), "What kind of report it is"))}
    yearless = re.sub(rb"20\d\d", b"", sample("official", 0).data)
    report = parse_report(yearless, published_on=date(2022, 1, 31))
    assert [reason.partition(":")[0] for reason in report.reasons] == ["report_year_not_printed"]
    assert report.outcome == "complete"
    for style in STYLES:
        rendering = sample(style, 1)
        report = parse_report(rendering.data, media_type=rendering.media_type)
        found = {reason.partition(":")[0] for reason in report.reasons}
        if report.cells:
            assert (report.outcome == "partial") == bool(found - doubts), (style, report.reasons)


def test_the_python_example_runs(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.html").write_bytes(sample("official", 0).data)
    (example,) = fences(read(DOCUMENT), "python")
    exec(compile(example.body, DOCUMENT, "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) >= 2


def test_the_json_of_a_report_is_json(whole: Report) -> None:
    assert json.loads(json.dumps(whole.to_dict(), ensure_ascii=False)) == whole.to_dict()


def test_examples_of_kinds_are_of_their_kind() -> None:
    tables = re.split(r"\n\n(?=\| )", section(read(DOCUMENT), "Cells"))[1:]
    examples = {first_code(row[0]): codes(row[1]) for row in rows(tables[1])}
    assert all(examples[kind] for kind in ("number", "slash", "text"))
    for kind, printed in examples.items():
        assert {read_answer(text).kind for text in printed} <= {kind}, printed
    amount = read_answer("1,646.5万元")
    assert (amount.value, amount.unit) == (Decimal("1646.5"), "万元")


def test_the_example_of_stated_facts_is_what_is_read() -> None:
    text = section(read(DOCUMENT), "Stated facts")
    (example,) = fences(text, "text")
    facts = read_stated((Section(1, "", example.body.strip()),), 2012)
    printed = [[cell.strip("`") for cell in row] for row in rows(text)]
    assert printed == [
        [
            "" if value is None else str(value)
            for value in (
                fact.quantity, fact.value, fact.raw, fact.unit, fact.qualifier, fact.period, fact.period_raw,
                fact.whose, fact.part_of,
            )
        ]
        for fact in facts
    ]  # fmt: skip
    assert len(facts) > 5
