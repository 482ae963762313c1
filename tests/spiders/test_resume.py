"""A crawl that is killed goes on where it was, and fetches nothing into the archive a second time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from goicrawl.archive.reader import iterate
from goicrawl.config import Config
from goicrawl.demo.replicas import ReplicaServer, serve
from goicrawl.demo.site import Request, Response
from goicrawl.spiders.crawl import latest_crawl
from tests.spiders.test_crawl import paged
from tests.spiders.world import Answer, Site, portal, run

ROOT = Path(__file__).resolve().parents[2]


def slowly(answer: Answer) -> Callable[[Request], Response]:
    def answering(request: Request) -> Response:
        time.sleep(0.02)
        return answer(request) if callable(answer) else answer

    return answering


def killed_crawl(server: ReplicaServer, config: Config, crawl_id: str, hosts: list[str], after: int) -> None:
    """Crawl in another process, and kill it after so many requests."""
    command = [sys.executable, "-m", "tests.spiders.crawl_to_be_killed", str(config.data_dir)]
    arguments = [str(config.archive_dir), crawl_id, str(server.port), *hosts]
    with subprocess.Popen([*command, *arguments], cwd=ROOT) as process:
        while server.requests.total() < after:
            assert process.poll() is None, "the crawl ended before it was killed"
            time.sleep(0.002)
        process.kill()


def test_kill_9_and_resume(settings_of_test: Config, connection: sa.Connection) -> None:
    years = range(2008, 2024)
    answers = {path: slowly(answer) for path, answer in paged(years).items()}
    sites = [Site(f"www.killed-{number}.localhost", dict(answers)) for number in range(6)]
    hosts = [site.host for site in sites]
    with serve(sites) as server:
        killed_crawl(server, settings_of_test, "killed", hosts, after=70)
        finished = set(
            connection.scalars(
                sa.text("SELECT portal_url FROM visits WHERE crawl_id = 'killed' AND outcome IS NOT NULL")
            )
        )
        connection.rollback()
        assert 1 <= len(finished) < len(sites)
        left_behind = list(settings_of_test.archive_dir.glob("*.open"))
        assert len(left_behind) == 1
        assert latest_crawl(settings_of_test) == "killed"

        before = Counter(server.requests)
        portals = [portal(server, host) for host in hosts]
        summary = run(settings_of_test, portals, crawl_id="killed")
        asked = server.requests - before

    assert summary.skipped == len(finished)
    assert len(summary.visits) == len(sites) - len(finished)
    assert {visit.outcome for visit in summary.visits} == {"ok"}
    # Visits that had ended are not made again.
    assert {host for host in hosts if asked[host] == 0} == {
        url.split("/")[2].split(":")[0] for url in finished
    }
    # Nothing is in the archive or in its index twice, nothing is missing, and no file is left open.
    pages_of_a_site = len(paged(years))
    archived = Counter(kept.capture.url for kept in iterate(settings_of_test.archive_dir))
    assert set(archived.values()) == {1}
    assert len(archived) == pages_of_a_site * len(sites)
    assert list(settings_of_test.archive_dir.glob("*.open")) == []
    indexed = connection.scalars(sa.text("SELECT url FROM captures WHERE url LIKE 'http://www.killed-%'"))
    assert Counter(indexed) == archived
    ended = sa.text("SELECT count(*) FROM visits WHERE crawl_id = 'killed' AND outcome = 'ok'")
    assert connection.scalar(ended) == len(sites)
