"""The parser's version: another whenever a file or a library that decides on the reading is another."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import goicrawl
from goicrawl.reading.version import LIBRARIES, ROOMS, digest_of, parser_version


def test_it_is_the_projects_version_and_a_digest() -> None:
    assert re.fullmatch(re.escape(goicrawl.__version__) + r"\+[0-9a-f]{12}", parser_version())
    assert parser_version() == parser_version()


def test_the_digest_follows_names_contents_and_libraries(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    form = tmp_path / "deep" / "form.toml"
    form.write_text("a = 1")
    found = {digest_of([tmp_path], ["lxml 5"])}
    form.write_text("a = 2")
    found.add(digest_of([tmp_path], ["lxml 5"]))
    found.add(digest_of([tmp_path], ["lxml 6"]))
    form.rename(tmp_path / "deep" / "other.toml")
    found.add(digest_of([tmp_path], ["lxml 6"]))
    assert len(found) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert digest_of([tmp_path], ["lxml 6"]) in found


def test_rooms_and_libraries_are_there() -> None:
    folder = Path(goicrawl.__file__).parent
    assert all((folder / room / "__init__.py").is_file() for room in ROOMS)
    assert all(version(name) for name in LIBRARIES)
