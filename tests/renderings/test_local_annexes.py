"""The local annexes printed in every manner that the pages of the other forms are printed in."""

from __future__ import annotations

import pytest

from goicrawl.reading import parse_report
from tests.renderings.figures import load
from tests.renderings.judge import compare
from tests.renderings.renderer import render
from tests.renderings.styles import STYLES, forms_of

FORMS = ("anhui2014", "dingxi2008", "shanghai2008")
REFUSED = {
    "colspan_too_large": "spans that contradict the heads",
    "label_slips": "a slip in a label too short to be sure",
    "text_glued": "units, line numbers and figures in one word",
    "text_run_together": "units, line numbers and figures in one word",
}
"""Styles whose rows are left out, and why."""


@pytest.mark.parametrize("style", ["official", *(name for name in STYLES if {*FORMS} & {*forms_of((name,))})])
@pytest.mark.parametrize("form", FORMS)
def test_no_manner_of_printing_makes_a_wrong_number(form: str, style: str) -> None:
    if style != "official" and form not in forms_of((style,)):
        pytest.skip(f"{style} is not for this form")
    rendering = render(load(f"invented_distinct_{form}"), form, style, 0)
    report = parse_report(rendering.data, media_type=rendering.media_type)
    assert report.outcome in ("complete", "partial")
    allowed = {"missed", "wrong_form"} if style in REFUSED else set()
    assert [one for one in compare(report, rendering) if one.kind not in allowed] == []
