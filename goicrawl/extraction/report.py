"""What a report says, cell by cell, as printed.

The JSON of `Report.to_dict` is the contract of `goicrawl parse`; docs/reading-reports.md explains it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from goicrawl.registry.body_candidates import Candidate

Kind = Literal["number", "blank", "slash", "text"]
Severity = Literal["error", "warning", "info"]
Scope = Literal["organ", "level", "jurisdiction"]
Period = Literal["year", "previous_year", "cumulative", "part_of_year", "other_year"]
PERIODS: tuple[Period, ...] = ("year", "previous_year", "cumulative", "part_of_year", "other_year")
ReportOutcome = Literal["complete", "partial", "attachment_only", "image_only", "free_text", "not_a_report"]

REPORT_OUTCOMES: tuple[ReportOutcome, ...] = (
    "complete", "partial", "attachment_only", "image_only", "free_text", "not_a_report",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One printed cell: the text as printed, and its number where it surely has one.

    `value` is None unless `kind` is number. `unit` is the unit printed inside the cell, if any.
    `at` is (grid, row, column) in the document, counted from 0.
    """

    raw: str
    kind: Kind
    value: int | Decimal | None = None
    unit: str | None = None
    at: tuple[int, int, int] = (0, 0, 0)

    def to_dict(self) -> dict[str, Any]:
        value = self.value
        if isinstance(value, Decimal):
            value = _plain(value)  # type: ignore[assignment]
        out: dict[str, Any] = {"raw": self.raw, "value": value, "kind": self.kind, "at": list(self.at)}
        if self.unit is not None:
            out["unit"] = self.unit
        return out


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a report says that does not hold together.

    `at` is a cell's address (`table.row.column`) or the name of a field; `left` and `right` are the two
    sides of the identity that was checked, None where it has none.
    """

    rule: str
    severity: Severity
    at: str
    message: str
    left: int | Decimal | None = None
    right: int | Decimal | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "at": self.at,
            "left": _plain(self.left),
            "right": _plain(self.right),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Section:
    """One of the report's chapters: its number, its heading and its prose, tables left out."""

    number: int
    heading: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"number": self.number, "heading": self.heading, "text": self.text}


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A number that the report's prose states; it is never a cell.

    `raw` is the number as printed, or the words that say zero; `value` is that number, not converted: 1.2
    in `unit` 万条. `qualifier` has the words that make it approximate (约, 余), one before and one behind
    joined by …. `period` is None where the words do not say surely of which time it is; `period_raw` are
    these words. `whose` names the organs or the area that the sentence speaks of, `part_of` the quantity of
    which it is a part. `at` is (chapter counted from 0, offset of `raw` in its text); in a report without
    chapters it is (block of the document, offset in its text), and `section` is None.
    """

    quantity: str
    value: int | Decimal
    raw: str
    sentence: str
    unit: str | None = None
    qualifier: str | None = None
    period: Period | None = "year"
    period_raw: str | None = None
    whose: str | None = None
    part_of: str | None = None
    section: int | None = None
    at: tuple[int, int] = (0, 0)

    def to_dict(self) -> dict[str, Any]:
        return {
            "quantity": self.quantity,
            "value": _plain(self.value),
            "raw": self.raw,
            "unit": self.unit,
            "qualifier": self.qualifier,
            "period": self.period,
            "period_raw": self.period_raw,
            "whose": self.whose,
            "part_of": self.part_of,
            "sentence": self.sentence,
            "section": self.section,
            "at": list(self.at),
        }


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of the page as printed; None where a field is not printed or printed empty."""

    index_number: str | None = None
    subject_category: str | None = None
    issuing_body: str | None = None
    document_number: str | None = None
    validity: str | None = None
    written_on: date | None = None
    published_on: date | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "index_number": self.index_number,
            "subject_category": self.subject_category,
            "issuing_body": self.issuing_body,
            "document_number": self.document_number,
            "validity": self.validity,
            "written_on": None if self.written_on is None else self.written_on.isoformat(),
            "published_on": None if self.published_on is None else self.published_on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page links or embeds.

    `kind` is how: a, iframe, embed, object, data, script or img. `belongs` says whether it surely is the
    article's own, and not one that the site has on its pages anyway. Neither is part of the JSON.
    """

    url: str
    title: str
    media_type: str | None
    kind: str = "a"
    belongs: bool = True

    def to_dict(self) -> dict[str, Any]:
        return {"url": self.url, "title": self.title, "media_type": self.media_type}


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that were read. `sha256` is of the bytes as given, in hex."""

    sha256: str
    media_type: str | None = None
    encoding: str | None = None
    path: str | None = None
    url: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "url": self.url,
            "media_type": self.media_type,
            "sha256": self.sha256,
            "encoding": self.encoding,
        }


@dataclass(frozen=True)
class Report:
    """One document, read and checked. `cells` maps an address `table.row.column` to its `Answer`."""

    source: Source
    outcome: ReportOutcome
    reasons: tuple[str, ...] = ()
    form: str | None = None
    report_year: int | None = None
    period: tuple[date, date] | None = None
    scope: Scope | None = None
    title: str | None = None
    issuing_body: str | None = None
    region_code: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    sections: tuple[Section, ...] = ()
    cells: dict[str, Answer] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    stated: tuple[StatedFact, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """Bodies that are perhaps meant, where it is in doubt whose report it is; `reasons` says so in words."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "source": self.source.to_dict(),
            "outcome": self.outcome,
            "reasons": list(self.reasons),
            "form": self.form,
            "report_year": self.report_year,
            "period": None if self.period is None else [day.isoformat() for day in self.period],
            "scope": self.scope,
            "title": self.title,
            "issuing_body": self.issuing_body,
            "region_code": self.region_code,
            "metadata": self.metadata.to_dict(),
            "sections": [section.to_dict() for section in self.sections],
            "cells": {address: answer.to_dict() for address, answer in self.cells.items()},
            "stated": [fact.to_dict() for fact in self.stated],
            "findings": [finding.to_dict() for finding in self.findings],
            "attachments": [attachment.to_dict() for attachment in self.attachments],
        }


def _plain(value: int | Decimal | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
