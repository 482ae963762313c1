"""What decides whether a report has changed.

Two digests are kept with every version. The content digest covers what the publisher printed: cells
(raw, kind, value), sections, metadata, form and outcome; if it differs, this is another version. White
space is no content outside cells. The reading digest covers all else that was read from the bytes:
findings, stated facts, reasons, units, places, title, year; if only it differs, the reader or the checks
have changed and the version is brought up to date in place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring
from typing import Any

from goicrawl.extraction.report import Report

SIZE = 16
"""Bytes of a digest: 2**64 reports before two are likely to meet."""


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def digest(value: Any) -> bytes:
    """A digest of plain lists, strings, numbers and None; dates and decimals count by their text."""
    return _digest_of(_json(value))


def _digest_of(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def content_digest(report: Report) -> bytes:
    """Of what is printed: the same for a re-generated page, another for any changed cell or sentence."""
    head = report.metadata
    without_cells = _json([
        report.form,
        report.outcome,
        [
            _squeezed(head.index_number), _squeezed(head.subject_category), _squeezed(head.issuing_body),
            _squeezed(head.document_number), _squeezed(head.validity), head.written_on, head.published_on,
        ],
        [[part.number, _squeezed(part.heading), _squeezed(part.text)] for part in report.sections],
    ])  # fmt: skip
    cells = []
    for address, opening in _openings(tuple(report.cells)):
        answer = report.cells[address]
        number = plain_number(answer.value)
        value = "null" if number is None else f'"{number}"'
        cells.append(f'{opening}{encode_basestring(answer.raw)},"{answer.kind}",{value}]')
    return _digest_of(f"{without_cells[:-1]},[{','.join(cells)}]]")


def reading_digest(report: Report, files: Sequence[Any] = ()) -> bytes:
    """Of everything read from the bytes, as it was read; `files` says from which file of a page what came."""
    before = _json([
        [
            [finding.rule, finding.severity, finding.at, finding.message,
             plain_number(finding.left), plain_number(finding.right)]
            for finding in report.findings
        ],
        [
            [fact.quantity, plain_number(fact.value), fact.raw, fact.unit, fact.qualifier, fact.period,
             fact.period_raw, fact.whose, fact.part_of, fact.section, fact.at,
             fact.sentence if fact.section is None else None]
            for fact in report.stated
        ],
        report.reasons,
        [[link.url, link.title, link.media_type] for link in report.attachments],
    ])  # fmt: skip
    behind = _json([
        [[section.heading, section.text] for section in report.sections],
        list(report.metadata.to_dict().values()),
        [report.title, report.issuing_body, report.region_code],
        [report.report_year, report.scope, report.period],
        [report.source.media_type, report.source.encoding],
        *files,
        # Only where there are any: a report without stays the same as before they were kept.
        *([[c.region_code, c.name, c.why] for c in report.candidates],)[: len(report.candidates)],
    ])  # fmt: skip
    cells = []
    for address, opening in _openings(tuple(report.cells)):
        answer = report.cells[address]
        unit = "null" if answer.unit is None else encode_basestring(answer.unit)
        grid, row, column = answer.at
        cells.append(f"{opening}{unit},[{grid},{row},{column}]]")
    return _digest_of(f"{before[:-1]},[{','.join(cells)}],{behind[1:]}")


@lru_cache(maxsize=256)
def _openings(addresses: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Addresses in order, each with what its cell's JSON begins with: most reports have the same cells."""
    return tuple((address, f"[{encode_basestring(address)},") for address in sorted(addresses))


def plain_number(value: int | Decimal | None) -> str | None:
    """A number's one text: 1646.5 for 1646.50, 1000 for 1E+3; None stays None."""
    if type(value) is int:
        return str(value)
    if value is None:
        return None
    if isinstance(value, Decimal):
        text = format(value, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return str(int(value))


def _squeezed(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())
