"""docs/exports.md has every column of every file, by its Chinese and English name, in the files' order."""

from __future__ import annotations

import re

import pytest

from goicrawl.exports import names
from goicrawl.exports.region_files import FILES
from tests.docs.documents import codes, first_code, headings, read, rows, section

DOCUMENT = "exports.md"


@pytest.mark.parametrize("file", FILES)
def test_the_columns_are_documented_in_order(file: str) -> None:
    documented = list(rows(section(read(DOCUMENT), file)))
    assert [first_code(row[0]) for row in documented] == names.headers(file, "zh")
    assert [first_code(row[1]) for row in documented] == names.headers(file, "en")
    assert all(row[2] for row in documented)


def test_there_is_no_other_file() -> None:
    assert headings(read(DOCUMENT))[-len(FILES) :] == list(FILES)
    stems = [re.fullmatch(r"130827_宽城满族自治县_(\w+)\.csv", code) for code in codes(read(DOCUMENT))]
    assert [match[1] for match in stems if match is not None] == list(FILES)


@pytest.mark.parametrize(
    ("file", "column", "vocabulary"),
    [
        ("reports", "body_kind", "body_kind"),
        ("reports", "scope", "scope"),
        ("cells", "kind", "kind"),
        ("findings", "severity", "severity"),
    ],
)
def test_words_are_documented_in_both_languages(file: str, column: str, vocabulary: str) -> None:
    (row,) = [row for row in rows(section(read(DOCUMENT), file)) if first_code(row[1]) == column]
    pairs = re.findall(r"`(\w+)` ([一-鿿]+)", row[2])
    assert pairs
    assert {(word, names.word(vocabulary, word, "zh")) for word, _ in pairs} == set(pairs)
    assert len(pairs) == len(names._words()["words"][vocabulary])
