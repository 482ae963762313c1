"""`goicrawl crawl`: what it takes, what it prints, how it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from goicrawl.cli import main
from goicrawl.config import Config
from goicrawl.demo.cast import Role
from goicrawl.demo.replicas import serve
from goicrawl.demo.seeds import write_seeds
from goicrawl.spiders.command import print_summary
from goicrawl.spiders.progress import LiveProgress, PlainProgress, progress_for, visit_line
from goicrawl.spiders.summary import CrawlSummary, VisitSummary
from tests.spiders.test_crawl import paged
from tests.spiders.world import Site

GOOD = VisitSummary(
    "http://a.gov.cn/", "130827", "宽城满族自治县", "ok", pages=9, found=5, inserted=3, noops=2, findings=2
)
BAD = VisitSummary("http://b.gov.cn/", None, "某县", "blocked", "HTTP 403: http://b.gov.cn/", pages=1)


@pytest.fixture
def seeds(database: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Site]]:
    """A folder of seeds with one portal that answers, and the environment of the command."""
    monkeypatch.setenv("GOICRAWL_DATA_DIR", str(database.data_dir))
    monkeypatch.setenv("GOICRAWL_ARCHIVE_DIR", str(tmp_path / "archive"))
    monkeypatch.setenv("GOICRAWL_DELAY", "0.01")
    monkeypatch.setenv("GOICRAWL_CONTACT", "tests@example.org")
    site = Site("www.command-replica.localhost", paged(range(2020, 2023)))
    with serve([site]) as server:
        role = Role((site,), "990777", "命令县（虚构）", "county", "演示省（虚构）", site.host, "", "ok", "")
        write_seeds(tmp_path / "seeds", [role], server)
        yield tmp_path / "seeds", site


def crawl(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["crawl", *arguments])


def test_a_crawl_its_summary_and_its_resumption(seeds: tuple[Path, Site]) -> None:
    folder, site = seeds
    first = crawl("990777", "--seeds", str(folder), "--crawl-id", "of-the-command")
    assert first.exit_code == 0, first.output
    assert "990777 命令县（虚构） ok - 5 pages, 3 reports (3 new, 0 changed)" in first.output
    assert "crawl of-the-command: 1 portals (1 ok), 5 pages" in first.output
    asked = len(site.asked)
    again = crawl("--all", "--seeds", str(folder), "--resume")
    assert again.exit_code == 0, again.output
    assert "1 portals had been finished before" in again.output
    assert len(site.asked) == asked


def test_what_is_unknown_is_named(seeds: tuple[Path, Site]) -> None:
    folder, _ = seeds
    unknown = crawl("999999", "--seeds", str(folder))
    assert (unknown.exit_code, "999999" in unknown.output) == (2, True)
    nothing = crawl("--seeds", str(folder))
    assert (nothing.exit_code, "nothing selected" in nothing.output) == (2, True)
    assert "Traceback" not in unknown.output + nothing.output


def test_a_log_can_be_written(seeds: tuple[Path, Site], tmp_path: Path) -> None:
    folder, _ = seeds
    done = crawl("990777", "--seeds", str(folder), "--log", str(tmp_path / "crawl.log"))
    assert done.exit_code == 0, done.output


def shown(summary: CrawlSummary) -> str:
    console = Console(width=160, record=True, file=None, quiet=False)
    with console.capture() as captured:
        print_summary(console, summary)
    return captured.get()


def test_the_summary_names_every_portal_and_what_is_left() -> None:
    text = shown(CrawlSummary("c1", [GOOD, BAD], skipped=2, unfinished=7, seconds=61))
    assert "130827 宽城满族自治县" in text
    assert "blocked" in text
    assert "2 portals (1 ok, 1 blocked), 10 pages in 61 s; 5 reports read, 3 new, 0 changed" in text
    assert "2 portals had been finished before" in text
    assert "7 portals are not finished" in text
    assert "--resume" in text


def test_a_long_summary_shows_what_did_not_end_well() -> None:
    text = shown(CrawlSummary("c1", [GOOD] * 80 + [BAD], seconds=1))
    assert "宽城" not in text
    assert "HTTP 403" in text
    assert "81 portals (80 ok, 1 blocked)" in text


def test_an_empty_crawl_says_so() -> None:
    assert "0 portals (none)" in shown(CrawlSummary("c1", skipped=3))


def test_progress_is_live_on_a_terminal_and_plain_elsewhere() -> None:
    assert isinstance(progress_for(Console(force_terminal=True)), LiveProgress)
    assert isinstance(progress_for(Console(force_terminal=False)), PlainProgress)
    assert visit_line(BAD) == "------ 某县 blocked - 1 pages, 0 reports: HTTP 403: http://b.gov.cn/"


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_counts(terminal: bool) -> None:
    console = Console(force_terminal=terminal, width=120)
    with console.capture() as captured:
        progress = progress_for(console)
        progress.begin(2)
        for _ in range(4):
            progress.page_fetched()
        progress.visit_ended(GOOD)
        progress.visit_ended(BAD)
        progress.end()
    text = captured.get()
    assert "宽城满族自治县 ok - 9 pages, 5 reports (3 new, 0 changed)" in text
    assert "某县 blocked" in text


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=60)


def test_scrapy_crawls_as_well(seeds: tuple[Path, Site]) -> None:
    folder, site = seeds
    done = scrapy("crawl", "annual_reports", "-a", "region=990777", "-a", f"seeds={folder}")
    assert done.returncode == 0, done.stderr
    assert "'finish_reason': 'finished'" in done.stderr
    assert set(site.asked) == {"/robots.txt", *site.answers}


def test_scrapy_lists_the_spider_and_names_an_unknown_region() -> None:
    assert scrapy("list").stdout.split() == ["annual_reports"]
    wrong = scrapy("crawl", "annual_reports", "-a", "region=000000")
    assert wrong.returncode != 0
    assert "no region has the code '000000'" in wrong.stderr
