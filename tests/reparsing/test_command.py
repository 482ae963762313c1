"""`goicrawl reparse`: what it takes, what it prints, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from sqlalchemy.engine import Engine

from goicrawl.cli import main
from goicrawl.database.store import Store
from goicrawl.reading.version import parser_version
from goicrawl.reparsing.command import print_summary
from goicrawl.reparsing.progress import ReparseProgress
from goicrawl.reparsing.reparse import ReparseSummary
from tests.reparsing import readers
from tests.reparsing.material import LIST, crawled, served


@pytest.fixture
def archive(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the archive; the environment names it and the test's database."""
    monkeypatch.setenv("GOICRAWL_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("GOICRAWL_DATA_DIR", str(tmp_path))
    return tmp_path / "archive"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["reparse", *arguments])


def lines(result: Result) -> list[str]:
    return [" ".join(line.split()) for line in result.output.splitlines()]


def test_the_counts_and_the_pages_that_are_not_there(store: Store, archive: Path) -> None:
    crawled(store, archive, served([3]), readers.older)
    next(archive.glob("*.warc.gz")).unlink()
    crawled(store, archive, served([4, 5]), readers.older)
    first = run("--processes", "2")
    assert first.exit_code == 0, first.output
    assert lines(first)[0] == f"reparse: parser {parser_version()}, {archive}"
    assert lines(first)[1].startswith(f"missing {LIST}3.html (capture 1): ")
    counts = ["insert 0", "update 2", "noop 0", "superseded 2", "unread 0", "missing 1", "skipped 0"]
    assert lines(first)[2:9] == counts
    second = run()
    assert lines(second)[2:9] == [
        "insert 0", "update 0", "noop 0", "superseded 0", "unread 0", "missing 1", "skipped 2",
    ]  # fmt: skip
    assert "noop 2" in lines(run("--again", "--since", "2026-03-05", "--form", "f2019"))


@pytest.mark.parametrize("wrong", [("--form", "f1999"), ("--since", "today"), ("--processes", "0")])
def test_wrong_usage_is_named(wrong: tuple[str, str], archive: Path) -> None:
    result = run(*wrong)
    assert result.exit_code == 2
    assert wrong[1] in result.output
    assert "Traceback" not in result.output


def test_what_is_left_is_said() -> None:
    console = Console(width=80)
    with console.capture() as captured:
        print_summary(console, ReparseSummary(noop=5, refreshed=2, left=3, seconds=1.0))
    assert "noop        5 (2 with findings or places brought up to date)" in captured.get()
    assert "3 pages are left: the same command goes on" in captured.get()


def test_a_terminal_has_a_bar_and_a_pipe_has_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goicrawl.reparsing.progress.SECONDS", 0.0)
    said = []
    for terminal in (True, False):
        console = Console(force_terminal=terminal, width=80)
        with console.capture() as captured:
            progress = ReparseProgress(console)
            progress.begin(3)
            progress.advance(2)
            progress.say("missing  [x]")
            progress.end()
        said.append(captured.get())
    assert "━" in said[0]
    assert "2/3" in said[0]
    assert "missing  [x]" in said[0]
    assert said[1] == "reparse: 2 of 3 pages\nmissing  [x]\n"
