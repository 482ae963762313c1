"""From a report's cells to findings, by the identities in forms/.

A new identity is a few lines in forms/identities.toml; only a new kind of identity needs a module here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from goicrawl import forms
from goicrawl.checks import deadline, domain, narrative, rules_row, sums
from goicrawl.extraction.report import Finding, Report
from goicrawl.forms import Form, Identity
from goicrawl.registry import Registry

__all__ = ["check"]

Check = Callable[[Report, Registry], list[Finding]]

_KINDS: dict[str, Callable[[Identity, Form | None], Check | None]] = {
    "sum": sums.prepare,
    "domain": domain.prepare,
    "rules_row": rules_row.prepare,
    "narrative_count": narrative.prepare,
    "deadline": deadline.prepare,
}


def check(report: Report, registry: Registry) -> tuple[Finding, ...]:
    """What the report says that does not hold together: nothing where that cannot be told.

    Findings come in the order of the identities and within one in the printed order of the cells. The
    report's own `findings` are not looked at. A report without a form is held to the identities of all
    forms only.
    """
    found: list[Finding] = []
    for one in _checks(report.form):
        found += one(report, registry)
    return tuple(found)


@cache
def _checks(form_id: str | None) -> tuple[Check, ...]:
    """The checks of one form, with every name in them resolved to cells once."""
    form = None if form_id is None else forms.load().get(form_id)
    prepared = (
        _KINDS[identity.check](identity, form)
        for identity in forms.identities()
        if identity.forms == ("all",) or identity.holds_for(form_id)
    )
    return tuple(one for one in prepared if one is not None)
