"""README.md is true: its console examples run after the demonstration and print what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from goicrawl.database import binaries
from tests.docs.documents import Fence, fences, read

README = read("README.md")
BLOCKS = fences(README, "console")
DATA = ".local/share/goicrawl"


class Shell:
    """A home folder of its own, in which the README's commands run one after the other."""

    def __init__(self, home: Path) -> None:
        self.home = home
        path = [str(Path(sys.executable).parent), str(binaries.find().folder), os.environ["PATH"]]
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("GOICRAWL_", "XDG_"))
        }
        self.environment = {**kept, "HOME": str(home), "PATH": ":".join(path), "COLUMNS": "200", "PAGER": ""}

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.home, env=self.environment,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """After `goicrawl demo`, with the README's two lines said."""
    shell = Shell(tmp_path_factory.mktemp("home"))
    demonstration = shell.run("goicrawl demo")
    (shell.home / "demo.txt").write_text(demonstration, encoding="utf-8")
    (variable,) = re.findall(r"^export GOICRAWL_DATA_DIR=~/(.*)$", README, re.MULTILINE)
    shell.environment["GOICRAWL_DATA_DIR"] = str(shell.home / variable)
    yield shell
    shell.run("goicrawl db stop")


def examples(block: Fence) -> list[tuple[str, list[str]]]:
    """(command, lines that it is said to print) of a console block."""
    found: list[tuple[str, list[str]]] = []
    for line in block.body.removesuffix("\n").split("\n"):
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def differences(expected: list[str], printed: str) -> str | None:
    """The first line that is not there as said: `...` stands for any lines, `…` for any text in a line."""
    lines = [line.rstrip() for line in printed.rstrip("\n").split("\n")]
    at, free = 0, False
    for line in expected:
        if line == "...":
            free = True
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))
        found = next((n for n in range(at, len(lines)) if pattern.fullmatch(lines[n])), None)
        if found is None or (found > at and not free):
            return line
        at, free = found + 1, False
    return None if free or at == len(lines) else f"further: {lines[at]}"


def test_the_data_folder_is_where_it_is_said_to_be(shell: Shell) -> None:
    assert (shell.home / DATA / "demo" / "demo.json").is_file()


@pytest.mark.parametrize(
    ("command", "expected"),
    [pytest.param(*example, id=example[0][:40]) for b in BLOCKS for example in examples(b)],
)
def test_a_command_prints_what_is_said(command: str, expected: list[str], shell: Shell) -> None:
    demonstration = command == "goicrawl demo"
    printed = (shell.home / "demo.txt").read_text(encoding="utf-8") if demonstration else shell.run(command)
    if "\nblocked " in printed:
        # Visits run side by side, and end in any order.
        expected = sorted_visits(expected)
        printed = "\n".join(sorted_visits(printed.split("\n")))
    assert differences(expected, printed) is None, printed


def sorted_visits(lines: list[str]) -> list[str]:
    """The lines with that of the blocked portal right after the heading of the visits."""
    blocked = next(line for line in lines if line.startswith("blocked "))
    rest = [line for line in lines if line != blocked]
    heading = next(n for n, line in enumerate(rest) if line.startswith("Visiting "))
    return [*rest[: heading + 1], blocked, *rest[heading + 1 :]]


def test_the_query_brings_the_table_that_is_shown(shell: Shell) -> None:
    (query,) = fences(README, "sql")
    (table,) = fences(README, "text")
    (shell.home / "query.sql").write_text(query.body, encoding="utf-8")
    shell.run("goicrawl db start")
    printed = shell.run("psql \"$(goicrawl db status | grep '^url' | cut -f2)\" -f query.sql")
    assert differences(table.body.rstrip("\n").split("\n"), printed) is None, printed


def test_a_difference_is_seen() -> None:
    assert differences(["a", "...", "c …"], "a\nb\nc 1\n") is None
    assert differences(["a", "c"], "a\nb\nc\n") == "c"
    assert differences(["a"], "a\nb\n") == "further: b"
    assert differences(["a", "...", "d"], "a\nb\nc\n") == "d"
