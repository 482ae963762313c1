"""Which parser read a report: the same text for the same reading, another whenever it could differ.

The version is the project's own number and a digest of everything that decides what is read: the sources
and data of forms, documents, extraction, checks, registry and reading, the seeds (a region or a portal's
host may name the issuing body), and the versions of the libraries that take documents apart.

A digest, not a number kept by hand. A number that somebody forgot to raise would make `goicrawl reparse`
pass over pages that are now read otherwise, and nothing would say so. A digest errs on the other side: after
a change of a comment the archive is read once more for nothing, and every report is found unchanged.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import goicrawl
from goicrawl.registry.seed_files import seeds_folder

ROOMS = ("checks", "documents", "extraction", "forms", "reading", "registry")
"""Packages whose files decide what is read from a page."""

LIBRARIES = (
    "lxml",
    "olefile",
    "onnxruntime",
    "opencv-python-headless",
    "pillow",
    "pypdfium2",
    "python-calamine",
    "rapidocr",
    "selectolax",
)
"""Libraries that take documents apart; absent ones count as absent."""


@cache
def parser_version() -> str:
    """The version of the parser that this process runs: `0.1.0+` and twelve hexadecimal digits."""
    package = Path(goicrawl.__file__).resolve().parent
    folders = [*(package / room for room in ROOMS), seeds_folder()]
    return f"{goicrawl.__version__}+{digest_of(folders, [_library(name) for name in LIBRARIES])}"


def digest_of(folders: list[Path], words: list[str]) -> str:
    """Twelve hexadecimal digits of the files of these folders, by name and content, and of some words."""
    found = blake2b(digest_size=6)
    for word in words:
        found.update(f"{word}\0".encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                data = path.read_bytes()
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                found.update(f"{name}\0{len(data)}\0".encode())
                found.update(data)
    return found.hexdigest()


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} absent"
