"""The documents of the project, and how the tests read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(
    r"^(?P<ticks>```+)(?P<language>\w*)\n(?P<body>.*?)^(?P=ticks)\s*$", re.DOTALL | re.MULTILINE
)
_HEADING = re.compile(r"^(#+) +(.+?)[ \t]*$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def documents() -> list[Path]:
    """Every Markdown document that a reader of the project opens."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]


def read(name: str) -> str:
    """A document of docs/, or one of the root's by its name."""
    path = DOCS / name
    return (path if path.exists() else ROOT / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Fence:
    """A block of code: its language ("" for none) and its text."""

    language: str
    body: str


def fences(text: str, *languages: str) -> list[Fence]:
    """The blocks of code of a document, all or those in some languages."""
    found = [Fence(match["language"], match["body"]) for match in _FENCE.finditer(text)]
    return [fence for fence in found if not languages or fence.language in languages]


def prose(text: str) -> str:
    """A document without its blocks of code."""
    return _FENCE.sub("", text)


def headings(text: str) -> list[str]:
    """The text of every heading."""
    return [match[2] for match in _HEADING.finditer(prose(text))]


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one that is not below it; its blocks of code included."""
    body = _masked(text)
    for match in _HEADING.finditer(body):
        if match[2] == heading:
            level = len(match[1])
            ends = (m.start() for m in _HEADING.finditer(body, match.end()) if len(m[1]) <= level)
            return text[match.end() : next(ends, len(text))]
    raise LookupError(f"no heading {heading!r}")


def _masked(text: str) -> str:
    """The text with the lines of its blocks of code blanked, so that no comment in them is a heading."""
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def rows(text: str) -> Iterator[list[str]]:
    """The rows of a text's tables, cell by cell; head rows and rules are left out."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not line.startswith("|") or re.fullmatch(r"\|[-|: ]+\|", line):
            continue
        if at + 1 < len(lines) and re.fullmatch(r"\|[-|: ]+\|", lines[at + 1]):
            continue
        yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def codes(text: str) -> list[str]:
    """What stands between backticks, outside blocks of code."""
    return [match[1] for match in _CODE.finditer(prose(text))]


def first_code(cell: str) -> str:
    """The first code of a table's cell."""
    found = _CODE.search(cell)
    assert found is not None, f"no code in {cell!r}"
    return found[1]
