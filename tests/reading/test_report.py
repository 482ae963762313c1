"""What `parse_report` hands back: the keys of its JSON, the same every time, and nothing touched."""

from __future__ import annotations

import builtins
import hashlib
import io
import json
import os
import socket
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import goicrawl
from goicrawl import forms
from goicrawl.reading import parse_report
from tests.extraction.pages import codes, official, page
from tests.renderings import STYLES, printing, sample

STATED = [
    "quantity", "value", "raw", "unit", "qualifier", "period", "period_raw", "whose", "part_of", "sentence",
    "section", "at",
]  # fmt: skip
KEYS = [
    "source",
    "outcome",
    "reasons",
    "form",
    "report_year",
    "period",
    "scope",
    "title",
    "issuing_body",
    "region_code",
    "metadata",
    "sections",
    "cells",
    "stated",
    "findings",
    "attachments",
]
SOURCE = ["path", "url", "media_type", "sha256", "encoding"]
METADATA = [
    "index_number",
    "subject_category",
    "issuing_body",
    "document_number",
    "validity",
    "written_on",
    "published_on",
]


def official_page() -> bytes:
    return printing.page(official()).encode()


def test_the_keys_of_the_json() -> None:
    out = parse_report(official_page(), url="http://www.hbkc.gov.cn/a.html").to_dict()
    assert list(out) == KEYS
    assert list(out["source"]) == SOURCE
    assert list(out["metadata"]) == METADATA
    assert all(list(section) == ["number", "heading", "text"] for section in out["sections"])
    assert all(
        list(cell) in (["raw", "value", "kind", "at"], ["raw", "value", "kind", "at", "unit"])
        for cell in out["cells"].values()
    )
    assert all(list(fact) == STATED for fact in out["stated"])
    assert out["sections"]
    assert out["cells"]


def test_the_keys_of_a_finding_and_of_an_attachment() -> None:
    draft = official("kuancheng_office_2021")
    data = printing.page(draft).replace("</body>", '<a href="a.pdf">附件</a></body>').encode()
    out = parse_report(data).to_dict()
    assert out["findings"]
    assert all(list(f) == ["rule", "severity", "at", "left", "right", "message"] for f in out["findings"])
    assert out["attachments"] == [{"url": "a.pdf", "title": "附件", "media_type": "application/pdf"}]


@pytest.mark.parametrize("data", [b"", b"\0" * 9, b"<p>a</p>", "没有表格".encode()])
def test_every_key_is_there_even_of_nothing(data: bytes) -> None:
    out = parse_report(data).to_dict()
    assert list(out) == KEYS
    assert list(out["metadata"]) == METADATA


def test_the_json_is_json() -> None:
    report = parse_report(official_page(), published_on=date(2023, 1, 20))
    again: dict[str, Any] = json.loads(
        json.dumps(report.to_dict(), ensure_ascii=False, allow_nan=False), parse_float=Decimal
    )
    for address, answer in report.cells.items():
        assert again["cells"][address]["value"] == answer.value
        assert again["cells"][address]["at"] == list(answer.at)
        assert again["cells"][address]["raw"] == answer.raw
    assert again["source"]["sha256"] == hashlib.sha256(official_page()).hexdigest()


def test_cells_stand_in_the_forms_order() -> None:
    report = parse_report(official_page())
    assert list(report.cells) == [cell.address for cell in forms.load()["f2021"].cells]


@pytest.mark.parametrize("style", sorted(STYLES)[::9])
def test_the_same_bytes_give_the_same_report(style: str) -> None:
    one = sample(style, 1)
    first, second = (parse_report(one.data, media_type=one.media_type).to_dict() for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_what_was_read_before_does_not_matter() -> None:
    data = official_page()
    first = parse_report(data).to_dict()
    parse_report(printing.page(official("pingtan_2018")).encode())
    parse_report(page([["a", "b"], ["c", "d"]]))
    assert parse_report(data).to_dict() == first


def test_reading_touches_no_file_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    parse_report(official_page())  # the forms and the registry are loaded once
    touched: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        touched.append(args)
        raise AssertionError(args)

    for owner, name in (
        (builtins, "open"),
        (io, "open"),
        (os, "open"),
        (Path, "open"),
        (Path, "write_bytes"),
        (Path, "write_text"),
        (os, "mkdir"),
        (os, "listdir"),
        (os, "scandir"),
        (socket, "socket"),
        (socket, "getaddrinfo"),
    ):
        monkeypatch.setattr(owner, name, refuse)
    report = parse_report(
        official_page(), url="http://www.hbkc.gov.cn/a.html", published_on=date(2023, 1, 20)
    )
    monkeypatch.undo()
    assert report.outcome == "complete"
    assert touched == []


YEARLESS = "虚构县人民政府办公室政府信息公开工作年度报告"


def test_the_date_of_a_list_gives_the_year_where_none_is_printed() -> None:
    data = page([["信息内容", "本年制发件数"], ["规章", 1]], title=YEARLESS)
    assert parse_report(data).report_year is None
    told = parse_report(data, published_on=date(2023, 1, 20))
    assert told.report_year == 2022
    assert "report_year_not_printed" in codes(told)


def test_the_date_of_a_list_does_not_change_a_printed_year() -> None:
    data = page([["信息内容", "本年制发件数"], ["规章", 1]])
    assert parse_report(data, published_on=date(2025, 1, 20)).report_year == 2022


def test_the_address_tells_the_region() -> None:
    draft = official("kuancheng_office_2021")
    data = printing.page(draft).replace("宽城满族自治县", "").encode()
    assert parse_report(data).region_code is None
    assert parse_report(data, url="http://www.hbkc.gov.cn/art/1.html").region_code == "130827"


def test_the_package_offers_the_reader() -> None:
    assert goicrawl.parse_report is parse_report
