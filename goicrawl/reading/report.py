"""Bytes to a checked report. Pure: no network, no database, no files but the project's own data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from goicrawl import forms, registry
from goicrawl.checks import check
from goicrawl.documents.archives import describe
from goicrawl.documents.breaking_off import breaks_off, ends_inside_table
from goicrawl.documents.document import Document, Grid, iter_text
from goicrawl.documents.formats import MEDIA_TYPES, Format, sniff
from goicrawl.documents.html import read_html
from goicrawl.documents.image import read_image
from goicrawl.documents.pdf import read_pdf
from goicrawl.documents.rtf import read_rtf
from goicrawl.documents.spreadsheet import read_xls, read_xlsx
from goicrawl.documents.text import read_text
from goicrawl.documents.web_archive import page_in
from goicrawl.documents.word_binary import read_doc, read_wps
from goicrawl.documents.word_pictures import read_docx_with_pictures
from goicrawl.extraction.attachments import attachments_of
from goicrawl.extraction.identity import identify
from goicrawl.extraction.metadata import read_head
from goicrawl.extraction.notes import notes_on
from goicrawl.extraction.recognised_labels import with_known_heads
from goicrawl.extraction.report import Report, ReportOutcome, Section, Source
from goicrawl.extraction.sections import read_sections
from goicrawl.extraction.stated_facts import read_stated, read_stated_in
from goicrawl.extraction.tables import Tables, read_tables
from goicrawl.extraction.titles import read_title
from goicrawl.forms.labels import squeeze
from goicrawl.reading.announced import announced, page_instead
from goicrawl.reading.following import wanted_files
from goicrawl.reading.limits import MAX_BYTES
from goicrawl.reading.picture_gate import bear_out, doubts_on

_FILE_READERS: Final[dict[Format, Callable[[bytes], Document]]] = {
    "docx": read_docx_with_pictures,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "et": read_xls,
    "doc": read_doc,
    "wps": read_wps,
    "rtf": read_rtf,
    "pdf": read_pdf,
    "image": read_image,
}
"""Readers of files that are no page: their documents are whole, and `problems` says what was not read."""
_HIDES: Final = re.compile(rb"hidden|display|collapse", re.IGNORECASE)
"""What a page that hides anything has somewhere; most pages without a report need no second reading."""
_PROSE: Final = 300
"""Signs of prose from which a report without tables counts as free text."""
_NO_ANSWER: Final = "no_answer: every cell is blank"
_OF_PICTURES: Final = ("invisible_text:", "image_", "unread_lines:", "scanned_page:")
"""Problems of a file that may hold a report all the same: as pictures."""
_CHAPTERS: Final = 3
"""Chapters from which it does, however short they are."""


def parse_report(
    data: bytes, *, media_type: str | None = None, url: str | None = None, published_on: date | None = None
) -> Report:
    """Read one document and check it.

    Args:
        data: the bytes as served.
        media_type: what the server or the file's name says they are; the bytes themselves count for more.
        url: where they come from; it helps to find the region.
        published_on: the date a list page gives; the report year follows from it where the document says
            nothing else. It is not taken for what the document prints.

    Returns:
        The report. Whatever the bytes are, there is an outcome; nothing is raised for bad input. It is read
        in this process, without limits of time or memory: `goicrawl.reading.pool` sets those.
    """
    source = Source(hashlib.sha256(data).hexdigest(), media_type, None, None, url)
    if len(data) > MAX_BYTES:
        return Report(source, "not_a_report", (f"too_large: more than {MAX_BYTES} bytes",))
    inner = page_in(data)
    if inner is not None:
        data, media_type = inner
    kind = sniff(data, media_type)
    source = replace(source, media_type=MEDIA_TYPES.get(kind, media_type))
    if kind == "empty":
        return Report(source, "not_a_report", ("empty: there is nothing in it",))
    if kind in _FILE_READERS:
        document = _FILE_READERS[kind](data)
        if not document.blocks:
            return _without_blocks(source, document)
        document, slips = with_known_heads(document)
        tables, problems = bear_out(document, read_tables(document)), list(document.problems)
        tables = replace(tables, findings=(*tables.findings, *slips))
        source = replace(source, media_type=document.media_type)
    elif kind in ("html", "text"):
        document, tables, problems = _read(data, kind, media_type)
    else:
        return _unread(source, kind, data)
    source = replace(source, encoding=document.encoding)
    report = _report(document, tables, problems, source, url, published_on)
    file = announced(media_type, url)
    if report.outcome == "not_a_report" and kind in ("html", "text") and file is not None:
        return replace(report, reasons=(*report.reasons[:-1], page_instead(document, file)))
    return report


def _unread(source: Source, kind: Format, data: bytes) -> Report:
    if kind == "archive":
        media_type, why = describe(data)
        return Report(replace(source, media_type=media_type), "attachment_only", (why,))
    return Report(source, "not_a_report", (f"not_text: the bytes are no document ({kind})",))


def _without_blocks(source: Source, document: Document) -> Report:
    """A file without any text: its pictures may be the report, or it could not be read."""
    if document.images and all(problem.startswith(_OF_PICTURES) for problem in document.problems):
        reasons = document.problems
        if not any(problem.startswith("image_") for problem in reasons):
            reasons = (*reasons, "image_not_read: there is nothing but pictures in it, and no text in those")
        return Report(source, "image_only", reasons)
    if document.problems:
        return Report(source, "attachment_only", document.problems)
    return Report(source, "not_a_report", ("empty: there is nothing in it",))


def _read(data: bytes, kind: Format, media_type: str | None) -> tuple[Document, Tables, list[str]]:
    if kind == "text":
        return _read_text(read_text(data, media_type), data)
    document = read_html(data, media_type)
    problems = list(document.problems)
    whole = not breaks_off(data)
    cut = len(document.grids) - 1 if document.grids and not whole and ends_inside_table(data) else None
    if cut is not None:
        problems.append(f"page_truncated: the page ends inside grid {cut}; its last row was not read")
    tables = read_tables(document, cut_grid=cut, cut_text=not whole)
    if not tables.cells and _HIDES.search(data.replace(b"\0", b"")) is not None:
        # Some pages hide the report until a script shows it.
        shown = read_html(data, media_type, hidden=True)
        again = read_tables(shown, cut_grid=cut, cut_text=not whole)
        if again.cells:
            problems.append(
                "hidden_table: the page does not show its tables; a script may, or nobody should read them"
            )
            return shown, again, problems
    return document, tables, problems


def _read_text(document: Document, data: bytes) -> tuple[Document, Tables, list[str]]:
    """A text that does not end with a line may break off in its last one."""
    problems = list(document.problems)
    cut = data.rstrip(b" \0")[-1:] not in (b"\n", b"\r", b"|", b"")
    last = document.blocks[-1] if document.blocks else None
    cut_grid = len(document.grids) - 1 if cut and isinstance(last, Grid) else None
    if cut_grid is not None:
        problems.append(f"page_truncated: the text ends inside grid {cut_grid}; its last row was not read")
    return document, read_tables(document, cut_grid=cut_grid, cut_text=cut), problems


def _report(
    document: Document,
    tables: Tables,
    problems: list[str],
    source: Source,
    url: str | None,
    published_on: date | None,
) -> Report:
    regions = registry.load()
    head = read_head(document)
    sections = read_sections(document, tables.consumed)
    identity = identify(document, head, sections, url=url, published_on=published_on, registry=regions)
    attachments = attachments_of(document, url)
    reasons = [*problems, *tables.reasons, *identity.doubts, *doubts_on(document)]
    outcome: ReportOutcome
    if tables.cells or tables.form is not None or (tables.reasons and _is_report(identity.title, sections)):
        if tables.cells and all(answer.kind == "blank" for answer in tables.cells.values()):
            problems = [*problems, _NO_ANSWER]
            reasons.append(_NO_ANSWER)
        outcome = "complete" if tables.cells and not problems and not tables.reasons else "partial"
    else:
        files = sum(one.belongs and one.kind != "img" for one in attachments)
        outcome, why = _without_cells(document, identity.title, len(sections), files)
        reasons.append(why)
    stated = read_stated(sections, identity.report_year)
    if not sections and outcome == "free_text":
        stated = read_stated_in(document, identity.report_year)
    report = Report(
        source=source,
        outcome=outcome,
        reasons=tuple(reasons),
        form=tables.form,
        report_year=identity.report_year,
        period=identity.period,
        scope=identity.scope,
        title=identity.title,
        issuing_body=identity.issuing_body,
        region_code=identity.region_code,
        metadata=head.metadata,
        sections=sections,
        cells=tables.cells,
        stated=stated,
        attachments=attachments,
        candidates=identity.candidates,
    )
    others = wanted_files(report).others
    if others:
        why = f"other_reports: {len(others)} of the page's files are reports of their own: {others[0].url} …"
        report = replace(report, reasons=(*report.reasons, why))
    found = (*check(report, regions), *tables.findings, *notes_on(tables.cells, forms.cell_index()))
    return replace(report, findings=found)


def _without_cells(
    document: Document, title: str | None, chapters: int, attachments: int
) -> tuple[ReportOutcome, str]:
    """The outcome of a document without a single cell, and why it has none."""
    named = title is not None and _names_report(title)
    prose = sum(len(squeeze(text)) for text in iter_text(document) if len(text) > 30)
    if not named:
        return "not_a_report", "no_table: no table of any form, and the title names no annual report"
    if chapters >= _CHAPTERS:
        return "free_text", "no_table: the report's chapters without any form's table"
    if attachments and prose < _PROSE * 3:
        return "attachment_only", "no_table: the report is in an attachment"
    if document.images and prose < _PROSE:
        return "image_only", "no_table: the report is a picture"
    if prose >= _PROSE:
        return "free_text", "no_table: the report is prose without any form's table"
    return "not_a_report", "no_table: a report's title, but neither text nor table"


def _is_report(title: str | None, sections: tuple[Section, ...]) -> bool:
    return len(sections) >= _CHAPTERS or (title is not None and _names_report(title))


def _names_report(title: str) -> bool:
    plain = squeeze(title)
    parts = read_title(title)
    known = parts.body is not None or parts.report_year is not None
    return known and "公开" in plain and ("报告" in plain or "年报" in plain)
