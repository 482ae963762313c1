"""Real reports, by the truth that was read from them by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from goicrawl import registry
from goicrawl.checks import check
from tests.checks.reports import from_truth

# What each real report gives; one that is not named here gives nothing.
FINDINGS = {
    "kuancheng_office_2021": [
        ("R2", "error", "requests.total_handled.natural_person", 5, 4),
        ("R2", "error", "requests.total_handled.total", 5, 4),
    ],
}


def test_every_real_report_gives_what_is_wrong_in_it(corpus: Path) -> None:
    paths = sorted(corpus.rglob("*.truth.json"))
    assert len(paths) >= 15
    for path in paths:
        name = path.name.removesuffix(".truth.json")
        found = check(from_truth(path), registry.load())
        got = [(one.rule, one.severity, one.at, one.left, one.right) for one in found]
        assert got == FINDINGS.get(name, []), name


def test_kuancheng_in_words(corpus: Path) -> None:
    found = check(from_truth(corpus / "kuancheng_office_2021.truth.json"), registry.load())
    assert [one.message for one in found] == [
        "natural persons: the outcomes add up to 5, the total handled says 4",
        "total: the outcomes add up to 5, the total handled says 4",
    ]


@pytest.mark.parametrize(
    "name",
    ["suqian_2024", "huaian_2024", "hongze_2024", "pingtan_caijinju_2020", "hangzhou_2025_simplified"],
)
def test_any_changed_number_of_a_real_table_is_seen(corpus: Path, name: str) -> None:
    (path,) = corpus.rglob(f"{name}.truth.json")
    one = from_truth(path)
    assert check(one, registry.load()) == ()
    for address, answer in one.cells.items():
        if answer.value is None or not address.startswith(("requests.", "remedies.")):
            continue
        wrong = from_truth(path)
        wrong.cells[address] = type(answer)(str(answer.value + 1), "number", answer.value + 1)
        rules = {finding.rule for finding in check(wrong, registry.load())}
        assert rules & {"R1", "R2", "R3", "M1"}, address
