"""What the documentation takes from the code is as docs/generate.py would write it now."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from goicrawl import forms
from tests.docs.documents import DOCS, codes, read


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_data_dictionary_is_up_to_date(generate: ModuleType) -> None:
    assert read("data-dictionary.md") == generate.dictionary(), "run: python docs/generate.py"


def test_the_tables_of_the_database_are_up_to_date(generate: ModuleType) -> None:
    document = read("database.md")
    assert document == generate.with_tables(document), "run: python docs/generate.py"
    assert generate.database_tables() in document


def test_the_data_dictionary_names_every_cell_and_every_rule() -> None:
    named = set(codes(read("data-dictionary.md")))
    assert set(forms.cell_index()) <= named
    assert {identity.id for identity in forms.identities()} <= named
    assert set(forms.load()) <= named
