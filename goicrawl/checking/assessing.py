"""All results of a batch of reports: each is held to the year before and to its own words and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from goicrawl import forms
from goicrawl.checking.lines import Lines
from goicrawl.checking.loading import NO_PROSE, Loaded, Prose
from goicrawl.checks import across_years, deadline, in_report, narrative, repeated_table
from goicrawl.checks.across_years import Predecessor
from goicrawl.checks.results import WHOLE_REPORT, Result, StoredReport
from goicrawl.extraction.report import Metadata, Report, Source
from goicrawl.forms import Identity
from goicrawl.registry import Registry

OF_SINGLE_REPORTS = ("narrative_count", "deadline")
"""Kinds of identities of single reports that are assessed over the corpus as well."""


def rules() -> tuple[str, ...]:
    """Every rule that is checked over the corpus."""
    single = [one.id for one in forms.identities() if one.check in OF_SINGLE_REPORTS]
    return (*(one.id for one in forms.corpus_identities()), *single)


class Neighbours:
    """The reports among which a report's predecessor is looked for."""

    def __init__(self, loaded: Sequence[Loaded], lines: Lines) -> None:
        self._lines = lines
        self._of_year: dict[tuple[int, int], list[StoredReport]] = defaultdict(list)
        for one in loaded:
            if one.line is not None and one.stored.report_year is not None:
                self._of_year[one.line, one.stored.report_year].append(one.stored)

    def before(self, own: Loaded) -> tuple[list[Predecessor], str]:
        """The reports that may be the one of the year before, and why there is none where there is none.

        A report of the same body and scope it is without doubt. Where the scope of one of the two is not
        known, or the body took over or came from another, it may be.
        """
        if own.line is None:
            return [], "body_unknown"
        if own.stored.report_year is None:
            return [], "year_unknown"
        year, scope = own.stored.report_year - 1, own.stored.scope
        here = self._of_year.get((own.line, year), [])
        same = [one for one in here if scope is not None and one.scope == scope]
        if same:
            reformed = own.stored.report_year in self._lines.changed.get(own.line, ())
            return _with_tables(same, None, "body_merged" if reformed else None), ""
        unsure = [one for one in here if scope is None or one.scope is None]
        if unsure:
            return _with_tables(unsure, "scope_unknown"), ""
        merged = [
            one
            for line in sorted(self._lines.before.get(own.line, ()))
            for one in self._of_year.get((line, year), [])
            if one.scope == scope
        ]
        return _with_tables(merged, "body_merged"), "no_predecessor"


def _with_tables(
    reports: Sequence[StoredReport], doubt: str | None, excuse: str | None = None
) -> list[Predecessor]:
    """Reports without tables do not compete with those that have them."""
    full = [one for one in reports if one.form is not None]
    return [Predecessor(one, doubt, excuse) for one in (full or reports)]


def assess(own: Loaded, neighbours: Neighbours, wanted: Sequence[str]) -> list[Result]:
    """The results of the rules between years, of those that are wanted."""
    identities = [one for one in forms.corpus_identities() if one.id in wanted]
    previous, missing = neighbours.before(own)
    found: list[Result] = []
    for identity in identities:
        if identity.check == "across_years":
            found += across_years.assess(identity, own.stored, previous, missing)
        elif identity.check == "repeated_table":
            found += repeated_table.assess(identity, own.stored, previous, missing)
    return found


def reassess(
    results: Sequence[Result], own: StoredReport, earlier: Mapping[int, Sequence[StoredReport]]
) -> list[Result]:
    """The results, those uncertain that failed and hold with what one of the two reports said earlier."""
    identities = {one.id: one for one in forms.corpus_identities()}
    found = []
    for result in results:
        other, identity = result.other, identities.get(result.rule)
        years = identity is not None and identity.check == "across_years"
        if result.status == "fail" and other is not None and identity is not None and years:
            pairs = [(state, other) for state in earlier.get(own.report_id, ())]
            pairs += [(own, state) for state in earlier.get(other.report_id, ())]
            again = (across_years.reassess(identity, result, *pair) for pair in pairs)
            result = next((one for one in again if one is not None), result)
        found.append(result)
    return found


def assess_single(own: StoredReport, prose: Prose, registry: Registry, wanted: Sequence[str]) -> list[Result]:
    """The results of the rules of single reports that the corpus is held to, of those that are wanted."""
    found = []
    for identity in forms.identities():
        if identity.id in wanted and identity.check == "deadline":
            found.append(_timeliness(identity, own, registry))
        elif identity.id in wanted and identity.check == "narrative_count":
            found.append(_narrative(identity, own, prose))
    return found


def _timeliness(identity: Identity, own: StoredReport, registry: Registry) -> Result:
    report = _as_report(own)
    told = deadline.assess(identity, report, registry)
    message = deadline.in_words(report, told)
    if told.reason is not None and told.status == "uncertain":
        message = f"{message}; {deadline.WORDS[told.reason]}"
    return Result(
        identity.id, identity.severity, told.status, deadline.PLACE, message, told.reason,
        operands=(in_report.published(own),), noted=told.late is not None and told.late > 0,
    )  # fmt: skip


def _narrative(identity: Identity, own: StoredReport, prose: Prose) -> Result:
    form = forms.load().get(own.form or "")
    sums = narrative.addresses_of(identity, form)
    addresses = tuple(dict.fromkeys(address for addresses in sums for address in addresses))
    cells = {address: answer for address in addresses if (answer := own.cells.get(address)) is not None}
    report = _as_report(own, prose)
    report.cells.update(cells)
    told = narrative.assess(identity, form, report)
    at = addresses[0] if addresses else identity.table or WHOLE_REPORT
    return Result(
        identity.id, identity.severity, told.status, at, told.message, told.reason, told.stated, told.table,
        in_report.stated(own, addresses, told.stated),
        noted=told.status != "pass" and told.stated is not None and told.table is not None,
    )  # fmt: skip


def _as_report(own: StoredReport, prose: Prose = NO_PROSE) -> Report:
    """What the checks of a single report need of it; no cells."""
    return Report(
        source=Source(""),
        outcome=own.outcome,  # type: ignore[arg-type]
        form=own.form,
        report_year=own.report_year,
        scope=own.scope,  # type: ignore[arg-type]
        issuing_body=own.body,
        region_code=own.region_code,
        metadata=Metadata(published_on=own.published_on),
        sections=prose.sections,
        stated=prose.stated,
    )
