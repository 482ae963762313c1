"""A report that was prepared in another process is stored as it would have been without that."""

from __future__ import annotations

import pytest

from goicrawl.database.digests import content_digest, reading_digest
from goicrawl.database.errors import StoreError
from goicrawl.database.packing import pack
from goicrawl.database.prepared import digests_of, prepare, tables_of
from goicrawl.extraction.report import Answer, Report, Section, Source
from goicrawl.forms import load

REPORT = Report(
    Source("00" * 32),
    "complete",
    form="f2021",
    report_year=2021,
    sections=(Section(1, "总体情况", "文字"),),
    cells={
        cell.address: Answer(str(place), "number", place, at=(0, place, 1))
        for place, cell in enumerate(load()["f2021"].cells)
    },
)


def test_a_prepared_report_says_what_the_report_says() -> None:
    prepared = prepare(REPORT)
    assert digests_of(prepared) == digests_of(REPORT) == (content_digest(REPORT), reading_digest(REPORT))
    assert tables_of(prepared) == tables_of(REPORT) == pack(REPORT)
    assert prepared.cells == {}
    assert (prepared.form, prepared.report_year, prepared.sections) == ("f2021", 2021, REPORT.sections)


def test_a_report_that_breaks_the_contract_is_refused_with_the_cell() -> None:
    broken = Report(Source("00" * 32), "complete", cells={"requests.granted.total": Answer("5", "number")})
    with pytest.raises(StoreError, match=r"requests\.granted\.total"):
        prepare(broken)
