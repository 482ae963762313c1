"""Recognised rows stay only where the form's sums bear them out; a changed digit never passes in silence."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.checks import check
from goicrawl.demo.figures import Figures, load
from goicrawl.demo.reports import report_body
from goicrawl.documents.document import Block, Document, Grid, Paragraph, RecognisedParagraph
from goicrawl.documents.html import read_html
from goicrawl.extraction.report import Report, Source
from goicrawl.extraction.tables import Tables, read_tables
from goicrawl.reading.picture_gate import bear_out, doubts_on
from goicrawl.registry import load as load_registry


@cache
def page(name: str) -> Document:
    """A demonstration report's blocks as if all of them had been recognised in a picture."""
    html = f"<h1>{load()[name].title}</h1>{report_body(load()[name], 'plain')}"
    return recognised(read_html(html.encode(), "text/html; charset=utf-8"))


def recognised(document: Document, only: set[int] | None = None) -> Document:
    """The document with its grids marked as recognised, or only those of these numbers."""
    blocks: list[Block] = []
    number = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            block = replace(block, recognised=only is None or number in only)
            number += 1
        else:
            block = RecognisedParagraph(*block) if only is None else Paragraph(*block)
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def misread(document: Document, changes: dict[tuple[int, int, int], str]) -> Document:
    """The document with other texts at these places (grid, row, column)."""
    blocks: list[Block] = []
    number = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            cells = tuple(
                cell._replace(text=changes.get((number, cell.row, cell.column), cell.text))
                for cell in block.cells
            )
            block = replace(block, cells=cells)
            number += 1
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def kept(document: Document) -> Tables:
    return bear_out(document, read_tables(document))


def codes(tables: Tables) -> list[str]:
    return [reason.partition(":")[0] for reason in tables.reasons]


def wrong(tables: Tables, figures: Figures) -> set[str]:
    return {address for address, answer in tables.cells.items() if answer.value != figures.cells.get(address)}


def sums_of_table(figures: Figures) -> set[str]:
    return {address for address in figures.cells if not address.startswith("disclosure.")}


@pytest.mark.parametrize(
    "name", ["suqian_2024", "huaian_2024", "hongze_2024", "pingtan_2019", "pingtan_2021"]
)
def test_all_that_sums_bear_out_is_kept_and_nothing_else(name: str) -> None:
    tables, figures = kept(page(name)), load()[name]
    assert tables.cells.keys() == sums_of_table(figures)
    assert wrong(tables, figures) == set()
    assert codes(tables) == ["row_without_sum"]


def test_the_reason_says_where_and_what_was_read() -> None:
    (reason,) = kept(page("suqian_2024")).reasons
    assert "disclosure.normative_documents at [0, 3], read 50, 227, 420" in reason
    assert "disclosure.administrative_fees at [0, 13], read 72701.2578" in reason
    assert reason.count("read ") == 6


def test_what_no_picture_holds_is_not_touched() -> None:
    document = recognised(page("suqian_2024"), only=set())
    assert kept(document) == read_tables(document)
    mixed = recognised(page("suqian_2024"), only={1})
    tables = kept(mixed)
    assert len(tables.cells) == 200
    assert tables.reasons == ()


def test_an_organs_own_wrong_sum_is_kept_and_told() -> None:
    tables, figures = kept(page("kuancheng_office_2021")), load()["kuancheng_office_2021"]
    assert tables.cells.keys() == sums_of_table(figures)
    assert wrong(tables, figures) == set()
    (told,) = [reason for reason in tables.reasons if reason.startswith("recognised_sum_fails: ")]
    assert (
        "R2 at requests.total_handled.natural_person: the outcomes add up to 5, the total handled says 4"
        in told
    )


def test_a_row_whose_sum_fails_is_left_out_with_what_was_read() -> None:
    document = page("suqian_2024")
    at = place_of(document, "requests.granted.natural_person")
    tables = kept(misread(document, {at: "1468"}))
    assert not any(address.startswith("requests.granted.") for address in tables.cells)
    assert len(tables.cells) == 183
    (told,) = [reason for reason in tables.reasons if reason.startswith("row_not_borne_out: ")]
    assert f"requests.granted at {list(at[:2])}, read 1468, 21, 0, 0, 2, 0, 1431 (R3: " in told
    # The others of the column stay by their own rows, and the column's sum is said to fail.
    assert "recognised_sum_fails" in codes(tables)


def test_a_wrong_row_total_is_kept_where_every_column_adds_up() -> None:
    document = page("suqian_2024")
    changes = {
        place_of(document, "requests.granted.total"): "1432",
        place_of(document, "requests.denied_state_secret.total"): "1",
    }
    tables = kept(misread(document, changes))
    assert tables.cells["requests.granted.total"].value == 1432


@pytest.mark.parametrize("text", ["", "[image]", "[image] 8 or 3", "/", "l2"])
def test_a_row_with_a_cell_that_is_no_number_is_left_out(text: str) -> None:
    document = page("suqian_2024")
    at = place_of(document, "requests.granted.research_institution")
    tables = kept(misread(document, {at: text}))
    assert not any(address.startswith("requests.granted.") for address in tables.cells)
    assert wrong(tables, load()["suqian_2024"]) == set()
    assert "row_not_borne_out" in codes(tables)


def test_an_empty_form_is_no_answer_to_anything() -> None:
    document = page("suqian_2024")
    blank = {
        (n, cell.row, cell.column): ""
        for n, grid in enumerate(document.grids)
        for cell in grid.cells
        if cell.text.replace(".", "").isdigit()
    }
    tables = kept(misread(document, blank))
    assert tables.cells == {}
    assert tables.form == "f2021"
    assert codes(tables) == ["row_not_borne_out", "row_without_sum"]


def test_flattened_text_from_a_picture_is_held_to_the_sums_too() -> None:
    lines: list[Block] = [RecognisedParagraph("2022年政府信息公开工作年度报告")]
    for grid in page("suqian_2024").grids:
        for row in grid.rows:
            lines += [RecognisedParagraph(cell.text) for cell in row if cell.text != ""]
    document = Document("image/png", tuple(lines), images=1)
    assert len(read_tables(document).cells) == 200
    tables = kept(document)
    assert tables.cells.keys() == sums_of_table(load()["suqian_2024"])


def test_recognised_prose_is_a_doubt() -> None:
    (doubt,) = doubts_on(page("suqian_2024"))
    assert doubt.startswith("recognised_text: ")
    assert doubts_on(recognised(page("suqian_2024"), only={0, 1, 2})) == ()


def place_of(document: Document, address: str) -> tuple[int, int, int]:
    return read_tables(document).cells[address].at


@cache
def numbers(name: str) -> tuple[tuple[tuple[int, int, int], str, str], ...]:
    """(place, address, text) of every figure that a sum covers."""
    tables = read_tables(page(name))
    return tuple(
        (answer.at, address, answer.raw)
        for address, answer in tables.cells.items()
        if not address.startswith("disclosure.")
    )


NAMES = ["suqian_2024", "pingtan_2019", "pingtan_2021", "huaian_2024"]


@given(st.data())
def test_one_misread_digit_is_left_out(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    at, address, text = data.draw(st.sampled_from(numbers(name)))
    place = data.draw(st.integers(0, len(text) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    changed = text[:place] + digit + text[place + 1 :]
    tables = kept(misread(page(name), {at: changed}))
    assert address not in tables.cells, (name, changed)
    assert wrong(tables, load()[name]) == set()


@given(st.sampled_from(NAMES), st.integers(0, 10_000), st.integers(2, 6))
def test_whatever_is_misread_a_wrong_number_is_told(name: str, seed: int, count: int) -> None:
    """Several misread cells, also one digit in a row's figure and its total, as a worn glyph would be."""
    chance = random.Random(seed)
    changes = {}
    for at, address, text in chance.sample(numbers(name), count):
        other = str((int(text) + chance.randint(1, 9)) if chance.random() < 0.5 else chance.randint(0, 9))
        changes[at] = other
        row = address.rsplit(".", 1)[0]
        for place, near, own in numbers(name):
            if near == f"{row}.total" and own == text:
                changes[place] = other
    document = misread(page(name), changes)
    tables = kept(document)
    bad = wrong(tables, load()[name])
    if not bad:
        return
    report = Report(Source("0" * 64), "partial", form=tables.form, cells=tables.cells)
    findings = {finding.at for finding in check(report, load_registry())}
    told = "\n".join(reason for reason in tables.reasons if reason.startswith("recognised_sum_fails: "))
    for address in bad:
        table, _, column = address.split(".")
        # A misread row that adds up by chance shows in its column, which then does not.
        shown = f"{table}.total_handled.{column}" in told
        assert shown or table == "remedies" or _even(changes, name, column), (address, changes)
    assert findings or told or all(address.startswith("remedies.") for address in bad)


def _even(changes: dict[tuple[int, int, int], str], name: str, column: str) -> bool:
    """Whether the misread cells of a column even each other out, or its total is misread as well."""
    off = Decimal(0)
    for at, address, text in numbers(name):
        if at in changes and address.endswith(f".{column}"):
            off += Decimal(changes[at]) - Decimal(text)
    return (
        off == 0
        or any(
            at in changes and address == f"requests.total_handled.{column}"
            for at, address, _ in numbers(name)
        )
        or any(
            at in changes
            and address.split(".")[1] in ("newly_received", "carried_over_in", "carried_over_out")
            for at, address, _ in numbers(name)
        )
    )
