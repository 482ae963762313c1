"""A small corpus for the queries of docs/database.md: one county over the years, and what went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from goicrawl import registry
from goicrawl.database.followings import FollowedFile
from goicrawl.database.store import Store, StoreItem
from goicrawl.extraction.report import Answer, Finding, Metadata, Report, Section
from goicrawl.reading.joined import PageFile, join
from goicrawl.registry.body_candidates import Candidate
from tests.database import material

GOVERNMENT = "宽城满族自治县人民政府"
PORTAL = "https://www.hbkc.gov.cn/"
BLOCKED = "http://www.cdx.gov.cn/"
CARRIED_OUT = "requests.carried_over_out.total"
FEES = "disclosure.administrative_fees.amount_wan_yuan"
CARRIED_IN = "requests.carried_over_in.total"


def number(value: int) -> Answer:
    return Answer(str(value), "number", value)


def government(year: int, **changes: object) -> Report:
    """The county government's report on a year, published a little late."""
    numbers = {
        "requests.newly_received.total": number(40 + year % 100),
        "requests.granted.total": number(20),
        "requests.denied_state_secret.total": number(1),
        "requests.denied_third_party_rights.total": number(3),
        "requests.total_handled.total": number(40),
        CARRIED_OUT: number(2),
        CARRIED_IN: number(5),
        FEES: Answer("251000元", "number", 251000, "元")
        if year == 2023
        else Answer("3.5", "number", Decimal("3.5")),
    }
    made = material.report(
        report_year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        scope="jurisdiction",
        title=f"{GOVERNMENT}{year}年政府信息公开工作年度报告",
        issuing_body=GOVERNMENT,
        metadata=Metadata(issuing_body=GOVERNMENT, published_on=date(year + 1, 4, 9)),
        cells=material.answers(**numbers),
        sections=(Section(5, "五、存在的主要问题及改进情况", "主动公开的及时性不够。"),),
        findings=(),
        attachments=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def annex(year: int) -> Report:
    """The same government's report on a year of the statistical annex."""
    cells = {"statistics.requests_received.value": number(12), "statistics.staff.value": number(3)}
    return government(year, form="f2014", cells=cells)


def fill(store: Store) -> None:
    """Store visits and reports: one that was changed, one partial, two that contradict themselves."""
    store.sync_registry(registry.load())
    visit = store.begin_visit(PORTAL, "130827", "spring")
    store.finish_visit(visit, "ok", "", pages=12, reports=6)
    store.finish_visit(store.begin_visit(BLOCKED, "130821", "spring"), "blocked", "HTTP 403", pages=1)
    partial = material.report(
        outcome="partial",
        report_year=2020,
        reasons=("an_example_reason: for the query that counts reasons",),
        findings=(),
    )
    reports = [annex(2016), government(2021), government(2022), government(2023), material.report(), partial]
    for at, report in enumerate(reports):
        page = f"http://www.hbkc.gov.cn/art/{at}.html"
        store.store_report(report, material.capture(store, page, body=bytes([at])), portal_url=PORTAL)
        if report.report_year == 2022 and report.issuing_body == GOVERNMENT:
            changed = material.with_cell(
                report, "requests.granted.total", Answer("21", "number", Decimal(21))
            )
            later = material.capture(store, page, body=b"later", days=40)
            result = store.store_report(changed, later, portal_url=PORTAL)
            assert result.outcome == "new_version"
    wrong = Finding("R2", "error", material.TOTAL, "24 is not 40", 24, 40)
    page = "http://www.hbkc.gov.cn/art/2024.html"
    store.store_report(government(2024, findings=(wrong,)), material.capture(store, page), portal_url=PORTAL)
    doubtful = material.report(
        report_year=2019, issuing_body="市政府办", region_code=None, findings=(),
        candidates=(Candidate("130800", "承德市人民政府办公室", "level_above"),),
    )  # fmt: skip
    page = "http://www.hbkc.gov.cn/art/office.html"
    store.store_report(doubtful, material.capture(store, page, body=b"office"), portal_url=PORTAL)
    for year, name in ((2018, "卫生和计划生育局"), (2019, "卫生健康局")):
        renamed = material.report(
            report_year=year, issuing_body=f"宽城满族自治县{name}", outcome="free_text", cells={}, findings=()
        )  # fmt: skip
        page = f"http://www.hbkc.gov.cn/art/health/{year}.html"
        store.store_report(renamed, material.capture(store, page), portal_url=PORTAL)
    page, scan = "http://www.hbkc.gov.cn/art/scan.html", "http://www.hbkc.gov.cn/files/scan.docx"
    in_file = join(
        government(2017, outcome="attachment_only", form=None, cells={}, sections=()),
        [PageFile(scan, annex(2017)), PageFile(f"{scan}.pdf", missed="gone: HTTP 404")],
    )
    files = (
        FollowedFile(scan, material.capture(store, scan)),
        FollowedFile(f"{scan}.pdf", None, "gone: HTTP 404"),
    )
    store.store_reports([StoreItem(in_file, material.capture(store, page), PORTAL, files=files)])
