"""A report that crosses processes is the same report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from goicrawl.database.prepared import prepare
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
from goicrawl.reading.transfer import dumps, loads


def test_every_part_of_a_report_arrives() -> None:
    report = Report(
        Source("ab" * 32, "text/html", "gb18030", None, "http://a.gov.cn/"),
        "partial",
        ("one row unknown",),
        "f2021",
        2021,
        (date(2021, 1, 1), date(2021, 12, 31)),
        "organ",
        "标题",
        "宽城满族自治县人民政府办公室",
        "130827",
        Metadata(index_number="13566001/2022-00330", written_on=date(2022, 1, 31)),
        (Section(1, "总体情况", "文字"),),
        {
            "requests.granted.total": Answer("1646.5万元", "number", Decimal("1646.5"), "万元", (2, 5, 3)),
            "requests.granted.other": Answer("/", "slash"),
        },
        (Finding("R2", "error", "requests.total_handled.total", "不相等", 5, 4),),
        (Attachment("http://a.gov.cn/a.pdf", "附件", "application/pdf"),),
        (StatedFact("disclosed", Decimal("1.2"), "1.2", "公开1.2万条。", "万条", section=1, at=(0, 2)),),
    )
    arrived = loads(dumps((True, report)))
    assert arrived == (True, report)
    assert arrived[1].to_dict() == report.to_dict()
    prepared = prepare(report)
    assert loads(dumps(prepared)) == prepared
    assert hash(arrived[1].cells["requests.granted.other"]) == hash(Answer("/", "slash"))
