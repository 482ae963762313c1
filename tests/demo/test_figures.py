"""The demonstration's figures are those of the real reports, and say what is not real."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from goicrawl import forms
from goicrawl.demo.figures import Figures, load

TRUTH = {
    "kuancheng_office_2021": "kuancheng_office_2021",
    "pingtan_2011": "figures/pingtan_2011_statform",
    "pingtan_2014": "figures/pingtan_2014_statform",
    "pingtan_2018": "pingtan_2018_statform",
    "pingtan_2019": "figures/pingtan_2019",
    "pingtan_2021": "figures/pingtan_2021",
    "pingtan_2022": "figures/pingtan_2022",
    "pingtan_2023": "figures/pingtan_2023",
    "pingtan_2024": "figures/pingtan_2024",
    "suqian_2023": "figures/suqian_2023",
    "suqian_2024": "figures/suqian_2024",
    "hongze_2024": "hongze_2024",
    "huaian_2024": "huaian_2024",
    "hangzhou_style_2025": "hangzhou_2025_simplified",
}
SUMS = ("natural_person", "commercial_enterprise", "research_institution", "public_interest_organization",
        "legal_service_institution", "other_organization")  # fmt: skip


@pytest.fixture(params=sorted(TRUTH))
def figures(request: pytest.FixtureRequest) -> Figures:
    return load()[request.param]


def test_the_files_are_those_named_here() -> None:
    assert set(load()) == set(TRUTH)


def test_every_number_is_the_report_s(figures: Figures, corpus: Path) -> None:
    truth = json.loads(
        (corpus / f"{TRUTH[figures.id]}.truth.json").read_text(encoding="utf-8"), parse_float=Decimal
    )
    assert truth["cells"].items() <= figures.cells.items()
    added = {address: figures.cells[address] for address in figures.cells.keys() - truth["cells"].keys()}
    if added:
        assert set(added.values()) == {0}
        assert any(note.startswith("all other rows") for note in truth["notes"])
        assert any(text.startswith("cells:") for text in figures.invented)
    assert (figures.form, figures.report_year) == (truth["form"], truth["report_year"])
    assert truth["issuing_body"].startswith(figures.body.removesuffix("人民政府"))


def test_every_address_belongs_to_the_form(figures: Figures) -> None:
    form = forms.load()[figures.form]
    allowed = form.addresses | {cell.address for cell in form.alternates}
    assert set(figures.cells) <= allowed


def test_rows_add_up_except_where_the_report_does_not(figures: Figures) -> None:
    cells = figures.cells
    rows = {address.split(".")[1] for address in cells if address.startswith("requests.")}
    for row in rows:
        assert sum(cells[f"requests.{row}.{column}"] for column in SUMS) == cells[f"requests.{row}.total"]
    if figures.id == "kuancheng_office_2021":
        outcomes = rows - {"newly_received", "carried_over_in", "total_handled", "carried_over_out"}
        assert sum(cells[f"requests.{row}.total"] for row in outcomes) == 5
        assert cells["requests.total_handled.total"] == 4


def test_provenance_is_said(figures: Figures) -> None:
    assert len(figures.source) > 40
    if figures.provenance == "unproved":
        assert "not confirmed" in figures.source
        assert any("placeholder" in text for text in figures.invented)
    else:
        assert figures.source.startswith("Real figures")
        assert figures.region_code is not None
