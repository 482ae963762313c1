"""The floors in docs/architecture.md are those that the import linter enforces."""

from __future__ import annotations

import re
import tomllib

from tests.docs.documents import ROOT, codes, first_code, read, rows, section


def floors() -> dict[str, int]:
    """Room -> floor, counted from 1 at the bottom."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    layers = [re.split(r"\s*[:|]\s*", layer) for layer in contract["layers"]]
    return {room: len(layers) - at for at, layer in enumerate(layers) for room in layer}


def test_every_room_stands_on_its_floor() -> None:
    documented = list(rows(section(read("architecture.md"), "Floors")))
    assert {first_code(row[1]): int(row[0]) for row in documented} == floors()
    assert all(row[2] for row in documented)
    numbers = [int(row[0]) for row in documented]
    assert numbers == sorted(numbers, reverse=True)


def test_every_room_is_there() -> None:
    rooms = {path.stem for path in (ROOT / "goicrawl").iterdir() if not path.name.startswith("_")}
    assert rooms == set(floors())


def test_files_that_it_names_are_there() -> None:
    paths = [code for code in codes(read("architecture.md")) if re.fullmatch(r"[\w/*]+/[\w*]*(\.\w+)?", code)]
    assert len(paths) > 8
    for path in paths:
        found = [*ROOT.glob(path.rstrip("/")), *(ROOT / "goicrawl").glob(path.rstrip("/"))]
        assert found, path
