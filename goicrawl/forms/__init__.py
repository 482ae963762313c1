"""The official forms as data, and the identities between their cells.

Everything that names a cell - the parser, the checks, the database, the exports, the documentation -
takes the name from here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from goicrawl.forms.corpus_identities import CorpusIdentity, Term, load_corpus_identities
from goicrawl.forms.identities import Equation, Identity
from goicrawl.forms.identity_loader import load_identities
from goicrawl.forms.loader import load_form
from goicrawl.forms.model import Block, CellSpec, Column, ColumnGroup, Form, Row, SectionSpec, Table
from goicrawl.forms.toml_file import FormError
from goicrawl.forms.words import Words, load_words

__all__ = [
    "Block", "CellSpec", "Column", "ColumnGroup", "CorpusIdentity", "Equation", "Form", "FormError",
    "Identity", "Row", "SectionSpec", "Table", "Term", "Words", "cell_index", "corpus_identities",
    "identities", "load", "load_folder", "words",
]  # fmt: skip

FOLDER = Path(__file__).parent
NATIONAL_FIRST = ("f2021", "f2019", "f2014")
NO_FORMS = ("identities", "corpus_identities", "words")


def load_folder(folder: Path) -> dict[str, Form]:
    """Read every form of a folder, the national ones first, newest first, then the rest by name.

    Raises:
        FormError: a file is broken.
    """
    paths = sorted(path for path in folder.glob("*.toml") if path.stem not in NO_FORMS)
    paths.sort(
        key=lambda p: NATIONAL_FIRST.index(p.stem) if p.stem in NATIONAL_FIRST else len(NATIONAL_FIRST)
    )
    return {form.id: form for form in map(load_form, paths)}


@cache
def load() -> dict[str, Form]:
    """The project's forms by id."""
    return load_folder(FOLDER)


@cache
def identities() -> tuple[Identity, ...]:
    """The identities between cells of one report."""
    return load_identities(FOLDER / "identities.toml", load())


@cache
def corpus_identities() -> tuple[CorpusIdentity, ...]:
    """The identities between reports: of one body over the years, of a region with the bodies in it."""
    return load_corpus_identities(FOLDER / "corpus_identities.toml", load())


@cache
def words() -> Words:
    """The words that organs print around the tables."""
    return load_words(FOLDER / "words.toml")


@cache
def cell_index() -> dict[str, CellSpec]:
    """Every address that any form has, with the first form's words for it, in a stable order."""
    index: dict[str, CellSpec] = {}
    for form in load().values():
        for cell in (*form.cells, *form.alternates):
            index.setdefault(cell.address, cell)
    return index
