"""The worked example of docs/adding-a-portal-family.md is found by itself and passes its own test."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from goicrawl import portals
from goicrawl.archive.capture import Capture
from goicrawl.portals import Family, Page, PageRequest
from goicrawl.portals.family import Protocol
from goicrawl.spiders.lists import Opened, walk_list
from tests.docs.documents import fences, first_code, read, rows, section

DOCUMENT = "adding-a-portal-family.md"
FAMILY, TEST = (fence.body for fence in fences(read(DOCUMENT), "python"))
LAST_ANSWER = b'{"total": 3, "rows": [{"title": "2021 report", "url": "/nb/2021.html"}]}'


@pytest.fixture
def shanhe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Family]:
    """The example in a folder of its own, and the families as they are with it."""
    (tmp_path / "shanhe.py").write_text(FAMILY, encoding="utf-8")
    monkeypatch.setattr(portals, "__path__", [*portals.__path__, str(tmp_path)])
    monkeypatch.setattr(portals, "FAMILIES", portals._discovered())
    yield next(family for family in portals.FAMILIES if family.name == "shanhe")
    del sys.modules["goicrawl.portals.shanhe"]
    delattr(portals, "shanhe")


def example_test() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(TEST, DOCUMENT, "exec"), names)
    return names


@pytest.mark.parametrize("name", [name for name in example_test() if name.startswith("test_")])
def test_the_example_passes_its_own_test(name: str, shanhe: Family) -> None:
    example_test()[name]()


def test_the_example_fails_its_own_test_where_the_family_is_not_there() -> None:
    with pytest.raises(AssertionError):
        example_test()["test_the_column_leads_to_the_first_answer"]()


def test_the_spider_follows_the_example_to_the_end_of_its_list(shanhe: Family) -> None:
    names = example_test()
    served = {
        names["COLUMN"]: names["PAGE"],
        f"{names['LIST']}?column=12&size=2&page=1": names["ANSWER"],
        f"{names['LIST']}?column=12&size=2&page=2": LAST_ANSWER,
    }

    async def ask(request: PageRequest, referer: str | None) -> Opened:
        capture = Capture(request.url, request.url, datetime.now(UTC), 200, (), served[request.url])
        return Opened(capture, Page.from_bytes(request.url, capture.body))

    start = PageRequest(names["COLUMN"])
    walked = asyncio.run(walk_list(ask, start, hint=None, max_pages=10, seen=set()))
    assert [entry.url.rpartition("/")[2] for entry, _ in walked.entries] == [
        "2023.html",
        "2022.html",
        "2021.html",
    ]
    assert (walked.pages, walked.scripted, walked.failures) == (3, False, [])


def test_every_member_of_a_family_is_documented() -> None:
    documented = {
        first_code(row[0]).partition("(")[0] for row in rows(section(read(DOCUMENT), "What a family says"))
    }
    members = set(Family.__annotations__) | {
        name for name in vars(Family) if not name.startswith("_") and name not in vars(Protocol)
    }
    assert documented == members
