"""Reports and captures to store: the figures of one real report, varied."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from goicrawl import forms
from goicrawl.archive.capture import ArchivedCapture, Capture
from goicrawl.database.store import Store
from goicrawl.extraction.report import (
    Answer,
    Attachment,
    Finding,
    Metadata,
    Report,
    Section,
    Source,
    StatedFact,
)

BODY = "宽城满族自治县人民政府办公室"
REGION = "130827"
PAGE = "http://www.example.gov.cn/art/2022/1/31/art_5985_838111.html"
FIRST_SEEN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
TOTAL = "requests.total_handled.total"


def answers(**changes: Answer) -> dict[str, Answer]:
    """All cells of the 2021 form: zeros but for a few, in every kind and manner of printing."""
    cells = {
        cell.address: Answer("0", "number", 0, None, (index // 100, index // 10, index % 10))
        for index, cell in enumerate(forms.load()["f2021"].cells)
    }
    cells["disclosure.normative_documents.in_force"] = Answer("21", "number", 21, None, (0, 3, 3))
    cells["disclosure.administrative_fees.amount_wan_yuan"] = Answer(
        "1,646.50万元", "number", Decimal("1646.50"), "万元", (0, 12, 3)
    )
    cells["requests.granted.natural_person"] = Answer("3", "number", 3, None, (1, 5, 3))
    cells["requests.granted.commercial_enterprise"] = Answer("/", "slash", None, None, (1, 5, 4))
    cells["requests.granted.research_institution"] = Answer("", "blank", None, None, (1, 5, 5))
    cells["requests.granted.legal_service_institution"] = Answer("—", "text", None, None, (1, 5, 7))
    cells["requests.partially_granted.total"] = Answer("１", "number", 1, None, (1, 6, 9))
    cells[TOTAL] = Answer("4", "number", 4, None, (1, 28, 9))
    return {**cells, **changes}


def report(**changes: Any) -> Report:
    """A report that contradicts itself, like the real one of 宽城 of 2021."""
    made = Report(
        source=Source("00" * 32, "text/html", "utf-8", None, PAGE),
        outcome="complete",
        form="f2021",
        report_year=2021,
        period=(date(2021, 1, 1), date(2021, 12, 31)),
        scope="organ",
        title="宽城县政府办2021年政府信息公开工作年度报告",
        issuing_body=BODY,
        region_code=REGION,
        metadata=Metadata(
            index_number="13566001/2022-00330",
            subject_category="综合政务",
            issuing_body="宽城县政府办",
            validity="有效",
            written_on=date(2022, 1, 31),
            published_on=date(2022, 1, 31),
        ),
        sections=(Section(1, "一、总体情况", "本年度收到申请4件。"), Section(6, "六、其他", "无。")),
        cells=answers(),
        stated=(
            StatedFact(
                "requests_received",
                4,
                "4",
                "本年度收到申请4件。",
                "件",
                None,
                "year",
                "本年度",
                section=1,
                at=(0, 7),
            ),
            StatedFact(
                "disclosed",
                Decimal("1.2"),
                "1.2",
                "截至年底，全县累计公开约1.2万条。",
                "万条",
                "约",
                None,
                "累计",
                "全县",
                "replies",
                None,
                (7, 12),
            ),
        ),
        findings=(
            Finding("R2", "error", "requests.total_handled.natural_person", "5 is not 4", 5, 4),
            Finding("R2", "error", TOTAL, "5 is not 4", 5, 4),
        ),
        attachments=(Attachment("http://www.example.gov.cn/a.pdf", "附件", "application/pdf"),),
    )
    return replace(made, **changes)


def with_cell(base: Report, address: str, answer: Answer) -> Report:
    """The same report with one cell changed."""
    return replace(base, cells={**base.cells, address: answer})


def capture(
    store: Store, url: str = PAGE, body: bytes = b"<html>", days: int = 0, requested_url: str | None = None
) -> int:
    """Enter a capture of these bytes, so many days after the first; returns its key."""
    made = Capture(
        url=url,
        requested_url=requested_url or url,
        fetched_at=FIRST_SEEN + timedelta(days=days),
        status=200,
        headers=(("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("ETag", '"x"')),
        body=body,
    )
    offset = int.from_bytes(hashlib.sha256(repr((url, body, days)).encode()).digest()[:4])
    return store.add_capture(None, ArchivedCapture(made, "crawl.warc.gz", offset, 100 + len(body)))
