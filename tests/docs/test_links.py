"""Links between documents lead somewhere, and none names a machine's paths or a package registry."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, documents, headings, prose

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
MACHINE = re.compile(r"(?<![\w.~])/(?:work|root|home|Users|tmp|mnt)/\w|[A-Z]:\\\\")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|crates\.io", re.IGNORECASE
)

DOCUMENTS = [pytest.param(path, id=path.name) for path in documents()]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_relative_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(prose(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path if name == "" else path.parent / name
        assert file.resolve().is_relative_to(ROOT), target
        assert file.exists(), target
        if anchor:
            text = file.read_text(encoding="utf-8")
            assert anchor in {anchor_of(heading) for heading in headings(text)}, target


def anchor_of(heading: str) -> str:
    """The anchor that code hosts give a heading."""
    kept = "".join(c for c in heading.lower() if c in " -_" or unicodedata.category(c)[0] in "LN")
    return kept.replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_machine_and_no_registry_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert MACHINE.search(text) is None
    assert REGISTRY.search(text) is None


@pytest.mark.parametrize("path", DOCUMENTS)
def test_lines_are_not_broken_by_accident(path: Path) -> None:
    """A table's rows have as many cells as its head."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for at, line in enumerate(lines):
        if re.fullmatch(r"\|[-|: ]+\|", line):
            width = cells(line)
            assert cells(lines[at - 1]) == width, lines[at - 1]
            for row in lines[at + 1 :]:
                if not row.startswith("|"):
                    break
                assert cells(row) == width, row


def cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line)) - 1


def test_the_patterns_see_what_they_are_for() -> None:
    assert MACHINE.search("see /home/ann/x")
    assert not MACHINE.search("goicrawl export --to ~/demo-csv")
    assert not MACHINE.search("/var/log/goicrawl.log and https://example.org/work/x")
    assert LINK.findall("[a](b.md#c) and ![picture](d.png)") == ["b.md#c"]
    assert anchor_of("14. From a number back to the page") == "14-from-a-number-back-to-the-page"
