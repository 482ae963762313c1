"""A crawl that is killed goes on where it was, and fetches nothing into the archive a second time."""

from __future__ import annotations

import signal
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


def begin_crawl(
    server: ReplicaServer, config: Config, crawl_id: str, hosts: list[str]
) -> subprocess.Popen[bytes]:
    """A crawl in another process."""
    command = [sys.executable, "-m", "tests.spiders.crawl_to_be_killed", str(config.data_dir)]
    arguments = [str(config.archive_dir), crawl_id, str(server.port), *hosts]
    return subprocess.Popen([*command, *arguments], cwd=ROOT)


def wait_for(process: subprocess.Popen[bytes], server: ReplicaServer, requests: int) -> None:
    """Wait until the crawl has made so many requests."""
    while server.requests.total() < requests:
        assert process.poll() is None, "the crawl ended too early"
        time.sleep(0.002)


def test_kill_9_and_resume(settings_of_test: Config, connection: sa.Connection) -> None:
    years = range(2008, 2024)
    answers = {path: slowly(answer) for path, answer in paged(years).items()}
    sites = [Site(f"www.killed-{number}.localhost", dict(answers)) for number in range(6)]
    hosts = [site.host for site in sites]
    with serve(sites) as server:
        process = begin_crawl(server, settings_of_test, "killed", hosts)
        wait_for(process, server, 70)
        process.kill()
        process.wait()
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


def test_ctrl_c_ends_in_good_order(settings_of_test: Config, connection: sa.Connection) -> None:
    answers = {path: slowly(answer) for path, answer in paged(range(2008, 2024)).items()}
    sites = [Site(f"www.stopped-{number}.localhost", dict(answers)) for number in range(4)]
    hosts = [site.host for site in sites]
    with serve(sites) as server:
        process = begin_crawl(server, settings_of_test, "stopped", hosts)
        wait_for(process, server, 30)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        # Not every portal was visited, and what was begun is not taken for done.
        outcomes = sa.text("SELECT outcome FROM visits WHERE crawl_id = 'stopped'")
        begun = connection.scalars(outcomes).all()
        assert None in begun
        assert list(settings_of_test.archive_dir.glob("*.open")) == []
        connection.rollback()
        summary = run(settings_of_test, [portal(server, host) for host in hosts], crawl_id="stopped")
    assert summary.skipped == sum(outcome is not None for outcome in begun)
    assert {visit.outcome for visit in summary.visits} == {"ok"}
    archived = Counter(kept.capture.url for kept in iterate(settings_of_test.archive_dir))
    assert set(archived.values()) == {1}
    assert len(archived) == len(answers) * len(sites)
