"""Checking what is stored: region by region, a batch of bodies at a time, each batch in one transaction.

Whatever was stored of these rules for these reports is replaced where it differs, so a run may be killed
and begun again, or run twice, and the result is the same. Only current versions are checked.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl import forms
from goicrawl.checking import assessing, containing, lines, loading, storing
from goicrawl.checking.loading import Loaded, Loader
from goicrawl.checking.selection import Selection
from goicrawl.checks import aggregation
from goicrawl.checks.results import Result, StoredReport
from goicrawl.database import finding_digests
from goicrawl.reading.version import parser_version
from goicrawl.registry import Registry


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with its results, and the page it was read from."""

    report: StoredReport
    results: tuple[Result, ...]
    url: str


@dataclass(slots=True)
class CheckSummary:
    """What came of a run: results by (rule, status); `changed` reports have other results than before."""

    reports: int = 0
    changed: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0


Tell = Callable[[Checked], None]


def check(
    engine: Engine,
    registry: Registry,
    selection: Selection,
    rules: Sequence[str] | None = None,
    *,
    tell: Tell = lambda _: None,
    advance: Callable[[int], None] = lambda _: None,
) -> CheckSummary:
    """Check the reports of a selection and store the results.

    Args:
        rules: those of `assessing.rules()` to check; all without it.
        tell: is given each report's results, those of A1 apart from the others.
        advance: is given the number of reports that are done with the rules other than A1.
    """
    wanted = tuple(assessing.rules() if rules is None else [one for one in assessing.rules() if one in rules])
    began = time.monotonic()
    finding_digests.fill(engine)
    run = _Run(engine, registry, selection, wanted, tell, advance)
    run.all()
    run.summary.seconds = time.monotonic() - began
    return run.summary


class _Run:
    def __init__(
        self,
        engine: Engine,
        registry: Registry,
        selection: Selection,
        wanted: tuple[str, ...],
        tell: Tell,
        advance: Callable[[int], None],
    ) -> None:
        self._engine = engine
        self._registry = registry
        self._selection = selection
        corpus = {one.id: one for one in forms.corpus_identities()}
        self._containing = [
            corpus[one] for one in wanted if one in corpus and corpus[one].check == "aggregation"
        ]
        aside = {one.id for one in self._containing}
        self._wanted = tuple(one for one in wanted if one not in aside)
        self._all_wanted = wanted
        self._tell = tell
        self._advance = advance
        self._seen: set[int] = set()
        self.summary = CheckSummary()

    def all(self) -> None:
        with self._engine.begin() as connection:
            self._lines = lines.load(connection)
            self._loader = Loader(self._lines)
            run_id = connection.scalar(
                sa.text(
                    "INSERT INTO check_runs (regions, rules, checks_version) "
                    "VALUES (:regions, :rules, :version) RETURNING id"
                ),
                {
                    "regions": list(self._selection.names), "rules": list(self._all_wanted),
                    "version": parser_version(),
                },
            )  # fmt: skip
        self._run_id = int(run_id or 0)
        if self._wanted:
            self._single_bodies()
        if self._containing:
            self._jurisdictions()
        with self._engine.begin() as connection:
            connection.execute(
                sa.text("UPDATE check_runs SET finished_at = now(), reports = :reports WHERE id = :id"),
                {"reports": self.summary.reports, "id": self._run_id},
            )

    def _single_bodies(self) -> None:
        with self._engine.connect() as connection:
            batches = loading.batches(connection, self._selection, self._lines)
        for batch in batches:
            with self._engine.begin() as connection:
                loaded = self._loader.of_bodies(connection, self._lines.bodies_of(batch))
                before = {line for one in batch for line in self._lines.before.get(one, ())} - set(batch)
                others = self._loader.of_bodies(connection, self._lines.bodies_of(before))
                self._batch(connection, loaded, others)
        for report_ids in self._without_body():
            with self._engine.begin() as connection:
                self._batch(connection, self._loader.of_reports(connection, report_ids), [])

    def _without_body(self) -> Iterator[list[int]]:
        with self._engine.connect() as connection:
            yield from loading.without_body(connection, self._selection)

    def _batch(self, connection: Connection, loaded: Sequence[Loaded], others: Sequence[Loaded]) -> None:
        neighbours = assessing.Neighbours([*loaded, *others], self._lines)
        found = {one.stored.report_id: assessing.assess(one, neighbours, self._wanted) for one in loaded}
        self._with_earlier(connection, loaded, found)
        prose = loading.prose_of(connection, [one.stored.version_id for one in loaded])
        for one in loaded:
            own = one.stored
            found[own.report_id] += assessing.assess_single(
                own, prose.get(own.version_id, loading.NO_PROSE), self._registry, self._wanted
            )
        self._store(connection, self._wanted, [(one, found[one.stored.report_id]) for one in loaded])
        self.summary.reports += len(loaded)
        self._advance(len(loaded))

    def _with_earlier(
        self, connection: Connection, loaded: Sequence[Loaded], found: dict[int, list[Result]]
    ) -> None:
        """Look at what changed reports said before, where something fails."""
        failed = [
            one.stored for one in loaded if any(r.status == "fail" for r in found[one.stored.report_id])
        ]
        concerned = {own.report_id for own in failed}
        concerned |= {
            result.other.report_id
            for own in failed
            for result in found[own.report_id]
            if result.status == "fail" and result.other is not None
        }
        earlier = self._loader.earlier_versions(connection, sorted(concerned))
        if earlier:
            for own in failed:
                found[own.report_id] = assessing.reassess(found[own.report_id], own, earlier)

    def _jurisdictions(self) -> None:
        rules = [one.id for one in self._containing]
        with self._engine.connect() as reading:
            for whole_id, part_ids in containing.wholes(
                reading, self._selection, self._lines, self._registry
            ):
                with self._engine.begin() as connection:
                    loaded = {
                        one.stored.report_id: one
                        for one in self._loader.of_reports(connection, [whole_id, *part_ids])
                    }
                    whole = loaded.get(whole_id)
                    if whole is None:
                        continue
                    parts = [loaded[key].stored for key in part_ids if key in loaded]
                    found = [
                        result
                        for identity in self._containing
                        for result in aggregation.assess(identity, whole.stored, parts)
                    ]
                    self._store(connection, rules, [(whole, found)])
                    if not self._wanted:
                        self.summary.reports += 1

    def _store(
        self,
        connection: Connection,
        rules: Sequence[str],
        found: Sequence[tuple[Loaded, Sequence[Result]]],
    ) -> None:
        rows = {one.stored.report_id: (one.stored, results) for one, results in found}
        self.summary.changed += storing.write(connection, self._run_id, rules, rows)
        for one, results in found:
            self.summary.counts.update((result.rule, result.status) for result in results)
            self._tell(Checked(one.stored, tuple(results), one.url))
