"""The last part of the demonstration's reading: its reports beside those of other years and organs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from goicrawl.checking import assessing
from goicrawl.checking.run import Checked, CheckSummary, check
from goicrawl.checking.selection import Selection
from goicrawl.checks.results import Result
from goicrawl.config import Config
from goicrawl.database import server as database
from goicrawl.demo.telling import heading, line
from goicrawl.registry import Registry

_SAID = {"pass": "hold", "fail": "fail", "uncertain": "uncertain"}


def compare(console: Console, config: Config, registry: Registry) -> CheckSummary:
    """Check what the demonstration stored across years and organs, and tell what does not agree."""
    found: list[tuple[Checked, Result]] = []
    engine = database.connect(config)
    try:
        summary = check(
            engine,
            registry,
            Selection(),
            tell=lambda one: found.extend((one, result) for result in one.results if result.noted),
        )
    finally:
        engine.dispose()
    heading(console, "Compared, year with year and organ with organ")
    for one, result in found:
        report = one.report
        words = f"{result.status} {result.rule}  {report.body} {report.report_year}  {result.message}"
        console.print(Text(words, style="red" if result.status == "fail" else ""), soft_wrap=True)
    line(console, "; ".join(_counts(summary, assessing.rules())))
    return summary


def _counts(summary: CheckSummary, rules: Sequence[str]) -> list[str]:
    """How the identities of each rule turned out; those that cannot be assessed are left out."""
    told = []
    for rule in rules:
        parts = [
            f"{number} {word}" for status, word in _SAID.items() if (number := summary.counts[rule, status])
        ]
        if parts:
            told.append(f"{rule} {', '.join(parts)}")
    return told
