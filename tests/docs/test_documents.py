"""How the tests read documents: a reader that finds nothing would let everything pass."""

from __future__ import annotations

from tests.docs.documents import codes, documents, fences, headings, rows, section

TEXT = """\
# One

Some `code` and `more`.

```sh
# no heading
goicrawl status
```

## Two

| a | b |
|---|---|
| `x` | one \\| two |
| `y` | |

## Three
"""


def test_the_parts_of_a_document_are_found() -> None:
    assert headings(TEXT) == ["One", "Two", "Three"]
    assert codes(TEXT) == ["code", "more", "x", "y"]
    assert [fence.body for fence in fences(TEXT, "sh")] == ["# no heading\ngoicrawl status\n"]
    assert list(rows(section(TEXT, "Two"))) == [["`x`", "one | two"], ["`y`", ""]]
    assert "goicrawl status" in section(TEXT, "One")
    assert "`x`" not in section(TEXT, "Three")


def test_every_document_is_there_and_says_something() -> None:
    names = {path.name for path in documents()}
    assert {
        "README.md",
        "CHANGELOG.md",
        "configuration.md",
        "commands.md",
        "database.md",
        "exports.md",
    } <= names
    assert {"reading-reports.md", "crawling.md", "adding-a-portal-family.md", "architecture.md"} <= names
    assert {"performance.md", "data-dictionary.md", "adding-a-form.md"} <= names
    for path in documents():
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path.name
        assert len(text) > 1000, path.name
