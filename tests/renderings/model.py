"""What a rendering is made of, before it becomes bytes, and what is known to be true about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from tests.renderings.figures import Figures
from tests.renderings.official import FormData

NUMBER = frozenset({"number"})
BLANK = frozenset({"blank"})
SLASH = frozenset({"slash"})
DASH = frozenset({"slash", "text"})
WORD = frozenset({"text", "slash", "blank"})


@dataclass
class Cell:
    """One printed cell. `text` is what a reader sees; a line feed in it is a line break in the cell.

    `role` is caption, corner, header, group, label, unit, value, filler, note or other. `html` is the inner
    markup where it is more than the escaped text.
    """

    text: str
    role: str
    rowspan: int = 1
    colspan: int = 1
    address: str | None = None
    html: str | None = None
    key: str | None = None
    """For labels and headers: which row or column of the form this names."""

    def copy(self, **changes: Any) -> Cell:
        return Cell(**{**self.__dict__, **changes})


Row = list[Cell]


@dataclass
class Table:
    """`id` is the form's table or `unrelated`; the first `header` rows are the head of it."""

    id: str
    rows: list[Row]
    header: int = 0
    caption: str | None = None
    sections: str = ""
    """"" for bare rows, "tbody", "thead" (thead + tbody) or "tfoot" (last row in a tfoot put first)."""
    th: bool = False
    attributes: str = ""


@dataclass
class Para:
    """A paragraph; `level` is a heading's rank, `html` its markup where that is not the escaped text."""

    text: str
    level: int | None = None
    html: str | None = None


@dataclass
class Raw:
    """Markup that no reader sees the inside of (scripts, comments, hidden parts); `text` is what is seen."""

    html: str
    text: str = ""


Block = Para | Table | Raw


@dataclass(frozen=True)
class Expected:
    """A printed cell's true reading: its number or None, and the kinds of answer that may be said of it."""

    value: Decimal | None
    kinds: frozenset[str] = NUMBER


@dataclass
class Draft:
    """A report on its way to bytes. Styles change it; `printing` and `flattening` print it."""

    figures: Figures
    form: FormData
    rng: Random
    styles: tuple[str, ...]
    plan: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    expected: dict[str, Expected] = field(default_factory=dict)
    may_refuse: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)
    """Addresses for which any number is wrong: the page does not print one of their own."""
    must_report: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    head: list[Block] = field(default_factory=list)
    meta_tags: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    printed_year: int | None = None
    check_body: bool = True
    options: dict[str, Any] = field(default_factory=dict)
    output: str = "html"

    def tables(self, *ids: str) -> Iterator[Table]:
        """The form's own tables in the body, all of them or those with these ids."""
        for block in self.blocks:
            if isinstance(block, Table) and block.id != "unrelated" and (not ids or block.id in ids):
                yield block

    def cells(self, *roles: str) -> Iterator[Cell]:
        for table in self.tables():
            for row in table.rows:
                for cell in row:
                    if cell.role in roles:
                        yield cell

    def values(self) -> Iterator[tuple[Cell, Expected]]:
        """Every value cell that holds an address's answer."""
        for cell in self.cells("value"):
            if cell.address is not None and cell.address in self.expected:
                yield cell, self.expected[cell.address]

    def numbers(self) -> Iterator[tuple[Cell, Decimal]]:
        """Every value cell that still prints a number."""
        for cell, expected in self.values():
            if expected.value is not None:
                yield cell, expected.value

    def refuse(self, addresses: Iterator[str] | set[str] | list[str], why: str | None = None) -> None:
        """These may be left out; with `why` the page must not pass as complete without a word."""
        self.may_refuse.update(addresses)
        if why is not None and why not in self.must_report:
            self.must_report.append(why)


@dataclass(frozen=True)
class Rendering:
    """Bytes, and what a careful reader says of them.

    `truth` holds every address the page prints (None where it prints no number) and `kinds` what may be said
    of it. An address is in `must_read` (any careful reader would read it) or in `may_refuse` (leaving it out
    is as good as reading it right). `forbidden` addresses have no number of their own. With `must_report` the
    page has something that must be mentioned: the outcome may not be complete without a reason.
    """

    data: bytes
    media_type: str | None
    truth: dict[str, Decimal | None]
    kinds: dict[str, frozenset[str]]
    must_read: frozenset[str]
    may_refuse: frozenset[str]
    forbidden: frozenset[str]
    must_report: tuple[str, ...]
    metadata: dict[str, Any]
    title: str
    form: str | None
    """None where the page does not tell the form."""
    report_year: int | None
    issuing_body: str | None
    region_code: str | None
    figures: str
    styles: tuple[str, ...]
    seed: int

    @property
    def name(self) -> str:
        return "+".join(self.styles) or "official"
