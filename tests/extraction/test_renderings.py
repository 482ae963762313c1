"""Several hundred renderings of real figures, in every style and in mixtures, against their truth."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goicrawl.reading import parse_report
from tests.renderings import STYLES, Rendering, compare, sample
from tests.renderings.styles import combine

SEEDS = range(4)


def problems_of(rendering: Rendering) -> list[str]:
    report = parse_report(rendering.data, media_type=rendering.media_type)
    return [
        f"{problem} [python -m tests.renderings.show {rendering.name} {rendering.seed}, {rendering.figures}]"
        for problem in compare(report, rendering)
    ]


@pytest.mark.parametrize("style", ["official", *STYLES])
def test_a_style_is_read_as_printed(style: str) -> None:
    problems = [line for seed in SEEDS for line in problems_of(sample(style, seed))[:10]]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("batch", range(8))
def test_mixed_styles_are_read_as_printed(batch: int) -> None:
    problems = []
    for seed in range(batch * 20, batch * 20 + 20):
        problems += problems_of(sample(combine(random.Random(seed)), seed))[:10]
    assert not problems, "\n".join(problems)


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(mixture=st.integers(0, 2**32), seed=st.integers(0, 2**32))
def test_no_mixture_is_silently_wrong(mixture: int, seed: int) -> None:
    rendering = sample(combine(random.Random(mixture), most=7), seed)
    report = parse_report(rendering.data, media_type=rendering.media_type)
    wrong = [str(problem) for problem in compare(report, rendering) if problem.kind == "silently_wrong"]
    assert not wrong, rendering.name + "\n" + "\n".join(wrong)
