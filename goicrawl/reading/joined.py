"""A page and the files that belong to it: one report.

The page goes first: its title, its head and its date are the report's, and a file fills in what the page does
not say. Cells come from the file whose tables were read most fully, chapters from it too where it has as many
as the page. Nothing is glued together that does not say it belongs together: a file on another year, by
another body or on another form is named in the reasons and left out, and two files that differ in a cell are
a finding with both values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from goicrawl import forms, registry
from goicrawl.checks import check
from goicrawl.extraction.issuing_body import in_full
from goicrawl.extraction.notes import notes_on
from goicrawl.extraction.report import Answer, Finding, Metadata, Report, ReportOutcome
from goicrawl.extraction.titles import read_title
from goicrawl.forms.labels import squeeze
from goicrawl.reading.following import NOT_STATED, alike, stated_year, wanted_files
from goicrawl.registry.body_candidates import Candidate

DOUBTS: Final = frozenset({
    NOT_STATED, "report_year_from_sentence", "report_year_disagrees", "issuing_body_from_sentence",
    "issuing_body_disagrees", "issuing_body_ambiguous", "scope_contradicts", "region_disagrees",
    "other_reports", "recognised_text",
})  # fmt: skip
"""Reasons about the head and about other reports, which leave the outcome as it is."""
_SETTLED: Final = ("no_table:", "no_answer:", "image_not_read:")
"""What a page lacks, and has as soon as a file of its was read."""
_RANK: Final[dict[ReportOutcome, int]] = {"complete": 0, "partial": 1, "free_text": 2}
_MOST_DIFFERENCES: Final = 20
"""Two copies of one report differ in a few cells; beyond that they are two reports."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of a page: what was read from it; else why it was not fetched (`missed`), or not read."""

    url: str
    report: Report | None = None
    missed: str | None = None
    unread: str | None = None


@dataclass(frozen=True)
class JoinedReport(Report):
    """The report of a page and its files. `table_files`: (table, address of the file it was read from)."""

    table_files: tuple[tuple[str, str], ...] = ()
    file_url: str | None = None
    """The file that most of it was read from; None where nothing was."""
    unfinished: bool = False
    """Whether a file went beyond a limit or broke its reader: another reading may bring more."""


def join(page: Report, files: Sequence[PageFile]) -> JoinedReport:
    """Make one report of a page and its files. Pure; what could not be used is named in the reasons.

    Args:
        page: the report that was read from the page alone.
        files: in the order of the page.
    """
    said: list[str] = []
    usable: list[PageFile] = []
    for file in files:
        problem = _problem(page, file)
        if problem is None:
            usable.append(file)
        else:
            said.append(problem)
    left_out = wanted_files(page).left_out
    if left_out:
        said.append(f"attachments_left_out: {left_out} more files of the page were not fetched")
    usable.sort(key=_emptiness)
    unfinished = any(file.unread is not None for file in files)
    if not usable or not _says_more(_report(usable[0]), page):
        said += [_no_more(file) for file in usable]
        return _made(page, reasons=(*page.reasons, *said), unfinished=unfinished)
    return replace(_join(page, usable, said), unfinished=unfinished)


def _join(page: Report, usable: Sequence[PageFile], said: list[str]) -> JoinedReport:
    first = usable[0]
    base = _report(first)
    cells = dict(base.cells)
    tables = dict.fromkeys(map(_table, cells), first.url)
    used = [first]
    differences: list[Finding] = []
    for file in usable[1:]:
        report = _report(file)
        if not _has_figures(report):
            said.append(_no_more(file))
            continue
        if report.form != base.form:
            said.append(
                f"attachments_of_different_forms: {file.url}: form {report.form}, {first.url}: {base.form}"
            )
            continue
        here = _differences(cells, tables, file)
        if len(here) > _MOST_DIFFERENCES:
            said.append(
                f"attachments_differ: {file.url}: {len(here)} cells differ from those of {first.url}; "
                "it was not used"
            )
            continue
        differences += here
        more = {at: answer for at, answer in report.cells.items() if _table(at) not in tables}
        if more:
            cells |= more
            tables |= dict.fromkeys(map(_table, more), file.url)
            used.append(file)
        said += _only_there(cells, file)
    reasons = _reasons(page, [_report(file) for file in used], tables.keys())
    return _described(page, base, first.url, cells, tables, differences, reasons, said, len(used))


def _described(
    page: Report,
    base: Report,
    file_url: str,
    cells: dict[str, Answer],
    tables: dict[str, str],
    differences: list[Finding],
    reasons: list[str],
    said: list[str],
    used: int,
) -> JoinedReport:
    year = next((y for y in (stated_year(page), stated_year(base)) if y is not None), None)
    if year is not None:
        reasons = [reason for reason in reasons if not reason.startswith(NOT_STATED)]
    else:
        year = page.report_year if page.report_year is not None else base.report_year
    body, region, doubts = _body(page, base)
    # What one of them leaves in doubt the other may say; else the candidates are those of the name chosen.
    unsure = () if region is not None else (page if body == page.issuing_body else base).candidates
    if not _placeless(unsure):
        reasons = [reason for reason in reasons if not reason.startswith("issuing_body_ambiguous:")]
    contradicts = any(reason.startswith("scope_contradicts:") for reason in reasons)
    only_doubts = all(reason.partition(":")[0] in DOUBTS for reason in reasons)
    outcome: ReportOutcome = base.outcome
    if used > 1 and only_doubts:
        outcome = "complete"
    elif outcome == "complete" and not only_doubts:
        outcome = "partial"
    by_page = len(page.sections) > len(base.sections)
    joined = _made(
        page,
        outcome=outcome,
        reasons=tuple(dict.fromkeys((*reasons, *doubts, *said))),
        form=base.form,
        report_year=year,
        period=base.period if page.period is None else page.period,
        scope=None
        if contradicts
        else base.scope
        if base.scope is not None and body == base.issuing_body
        else page.scope or base.scope,
        title=base.title if page.title is None else page.title,
        issuing_body=body,
        region_code=region,
        candidates=unsure,
        metadata=_filled(page.metadata, base.metadata),
        sections=page.sections if by_page else base.sections,
        stated=page.stated if by_page or base.stated == () else base.stated,
        cells=cells,
        table_files=tuple(sorted(tables.items())),
        file_url=file_url,
    )
    identities = {identity.id for identity in forms.identities()}
    notes = notes_on(cells, forms.cell_index())
    known = identities | {note.rule for note in notes}
    kept = [finding for finding in base.findings if finding.rule not in known]
    return replace(joined, findings=(*check(joined, registry.load()), *differences, *kept, *notes))


def _problem(page: Report, file: PageFile) -> str | None:
    """Why a file cannot be used; None where it can."""
    if file.missed is not None:
        return f"attachment_not_fetched: {file.url}: {file.missed}"
    if file.unread is not None:
        return f"attachment_unread: {file.url}: {file.unread}"
    report = _report(file)
    if report.outcome not in _RANK or "no_answer" in _codes(report):
        without = "no_table" in _codes(report) or "no_answer" in _codes(report)
        code = "attachment_without_report" if without else "attachment_unread"
        return f"{code}: {file.url}: {'; '.join(report.reasons) or report.outcome}"
    ours, theirs = stated_year(page), stated_year(report)
    if ours is not None and theirs is not None and ours != theirs:
        return f"attachment_of_another_year: {file.url}: it reports on {theirs}, the page on {ours}"
    if _titled(page) and _titled(report) and not _one_body(page, report):
        who = f"it is of {report.issuing_body}, the page of {page.issuing_body}"
        return f"attachment_of_another_body: {file.url}: {who}"
    return None


def _one_body(page: Report, report: Report) -> bool:
    """Whether the bodies in two titles are the same. A government and its office report each on their own."""
    regions = registry.load()
    region = None if page.region_code is None else regions.region(page.region_code, page.report_year)
    named = read_title(report.title or "").body or ""
    ours = squeeze(page.issuing_body or "")
    theirs = [report.issuing_body or "", in_full(named, region, regions, page.report_year).name]
    return any(ours.endswith(one) or one.endswith(ours) for one in map(squeeze, theirs))


def _no_more(file: PageFile) -> str:
    return f"attachment_without_report: {file.url}: it holds no table that the report lacks"


def _says_more(report: Report, page: Report) -> bool:
    """Whether a file has figures, or more chapters than the page."""
    return _has_figures(report) or report.form is not None or len(report.sections) > len(page.sections)


def _emptiness(file: PageFile) -> tuple[bool, int, int, int]:
    """Sorts the fullest file first; of equals the one that stands first on the page."""
    report = _report(file)
    figures = sum(answer.kind != "blank" for answer in report.cells.values())
    return (figures == 0, _RANK[report.outcome], -figures, -len(report.sections))


def _differences(cells: dict[str, Answer], tables: dict[str, str], file: PageFile) -> list[Finding]:
    found = []
    for address, theirs in _report(file).cells.items():
        ours = cells.get(address)
        if ours is None or _same(ours, theirs):
            continue
        where = f"{tables[_table(address)]} prints {ours.raw[:60]!r}, {file.url} {theirs.raw[:60]!r}"
        found.append(Finding("J1", "error", address, where, ours.value, theirs.value))
    return found


def _only_there(cells: dict[str, Answer], file: PageFile) -> list[str]:
    """Cells of a table that another file has, which was read less fully there: a table over two files."""
    more = [address for address in _report(file).cells if address not in cells]
    if not more:
        return []
    return [f"table_over_files: {file.url}: {len(more)} cells, the first {more[0]}, are read in it alone"]


def _same(one: Answer, other: Answer) -> bool:
    if one.kind == other.kind == "number":
        return one.value == other.value
    return one.kind == other.kind and squeeze(one.raw) == squeeze(other.raw)


def _reasons(page: Report, used: Sequence[Report], tables: Iterable[str]) -> list[str]:
    """What stays unread: of the page what no file settles, of the files what no other file has."""
    have = {f"table_missing: {table}" for table in tables}
    reasons = [reason for reason in page.reasons if not reason.startswith(_SETTLED)]
    for report in used:
        reasons += [reason for reason in report.reasons if reason not in have]
    return list(dict.fromkeys(reasons))


def _body(page: Report, base: Report) -> tuple[str | None, str | None, list[str]]:
    """The issuing body, its region, and a doubt where page and file name different ones."""
    ours, theirs = page.issuing_body, base.issuing_body
    region = page.region_code if page.region_code is not None else base.region_code
    if ours is None or theirs is None:
        return (theirs if ours is None else ours), region, []
    if alike(ours, theirs):
        in_full = theirs if squeeze(theirs).endswith(squeeze(ours)) else ours
        return in_full, region, []
    if _titled(base) and not _titled(page):
        doubt = f"issuing_body_disagrees: the file is of {theirs}, the page says {ours}"
        known = base.region_code is not None or _placeless(base.candidates)
        return theirs, base.region_code if known else region, [doubt]
    return ours, region, [f"issuing_body_disagrees: the page is of {ours}, the file says {theirs}"]


def _placeless(candidates: Sequence[Candidate]) -> bool:
    """Whether a name is known to be of one of these, and not known of which."""
    return any(candidate.why != "region_not_said" for candidate in candidates)


def _titled(report: Report) -> bool:
    """Whether a document's title itself names the body."""
    return report.title is not None and read_title(report.title).body is not None


def _filled(ours: Metadata, theirs: Metadata) -> Metadata:
    """The page's head, with what the file prints where the page prints nothing."""
    names = [field.name for field in fields(Metadata)]
    return Metadata(**{
        name: getattr(theirs if getattr(ours, name) is None else ours, name) for name in names
    })  # fmt: skip


def _made(page: Report, **changes: Any) -> JoinedReport:
    values = {field.name: getattr(page, field.name) for field in fields(Report)}
    return JoinedReport(**{**values, **changes})


def _has_figures(report: Report) -> bool:
    return any(answer.kind != "blank" for answer in report.cells.values())


def _codes(report: Report) -> set[str]:
    return {reason.partition(":")[0] for reason in report.reasons}


def _table(address: str) -> str:
    return address.partition(".")[0]


def _report(file: PageFile) -> Report:
    if file.report is None:
        raise LookupError(f"{file.url} was not read")
    return file.report
