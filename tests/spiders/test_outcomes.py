"""Whatever a portal does, its visit ends in the outcome that says so."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from goicrawl.config import Config
from goicrawl.demo.replicas import serve
from goicrawl.demo.site import Request, Response, redirect
from goicrawl.spiders.summary import VisitSummary
from tests.spiders.world import COLUMN, TITLE, Answer, Site, home, html, listing, portal, report, run, visit

ROWS = tuple((f"{COLUMN}{year}.html", TITLE.format(year=year)) for year in (2023, 2022))
REPORTS: dict[str, Answer] = {f"{COLUMN}{year}.html": report(year) for year in (2023, 2022)}
GOOD: dict[str, Answer] = {"/": home(), COLUMN: listing(*ROWS), **REPORTS}

# What a portal answers, the outcome of its visit, words of the detail.
CASES: list[tuple[dict[str, Answer], str, str]] = [
    (GOOD, "ok", ""),
    ({}, "gone", "HTTP 404"),
    ({"*": html("", 410)}, "gone", "HTTP 410"),
    ({"/": html("<a href='/a.html'>概况</a>")}, "no_report_column", ""),
    ({"/": home(), COLUMN: html("<p>暂无内容</p>")}, "empty_list", ""),
    ({"/": home(), COLUMN: listing(("/a.html", "政府网站工作年度报表"))}, "empty_list", "1 rows are"),
    ({"/": home(), COLUMN: html("<div id='app'></div>")}, "needs_browser", "scripts"),
    ({"/": home(), COLUMN: listing(*ROWS)}, "gone", "2023.html: HTTP 404 (and 1 more)"),
    ({**GOOD, ROWS[1][0]: html("", 404)}, "ok", "1 report pages are gone"),
    ({**GOOD, ROWS[1][0]: html("", 500)}, "timeout", "HTTP 500"),
    ({**GOOD, COLUMN: html("", 503)}, "timeout", "HTTP 503"),
    ({**GOOD, ROWS[0][0]: html("", 403)}, "blocked", "HTTP 403"),
    ({"*": html("<script>cookie='__jsl_clearance=1'</script>", 521)}, "blocked", "jiasule, HTTP 521"),
    ({**GOOD, "/": html("<p>请拖动下方滑块完成验证</p>")}, "blocked", "captcha, HTTP 200"),
    ({**GOOD, "/": html("<script>$_ts=window['$_ts']</script>", 412)}, "blocked", "riversecurity"),
    ({**GOOD, "/": html("<script>eval(x)</script>", 202)}, "blocked", "script_challenge, HTTP 202"),
    ({**GOOD, COLUMN: html("", 429)}, "blocked", "HTTP 429"),
    ({**GOOD, "/": redirect("/")}, "blocked", "the redirects never end"),
    ({**GOOD, "/": redirect("http://www.elsewhere.example/")}, "off_site", "redirect to http://www.else"),
    ({**GOOD, "/": redirect("http://www.other-organ.localhost/")}, "off_site", "the redirect to"),
    ({**GOOD, "/robots.txt": Response(b"User-agent: *\nDisallow: /\n")}, "blocked", "robots.txt forbids"),
    ({**GOOD, "/robots.txt": Response(b"User-agent: goicrawl\nDisallow: /zf\n")}, "blocked", "forbids"),
    ({**GOOD, "/robots.txt": html("", 503)}, "blocked", "robots.txt: HTTP 503"),
    ({**GOOD, "/robots.txt": html("", 403)}, "blocked", "HTTP 403"),
    ({**GOOD, "/robots.txt": Response(b"User-agent: *\nCrawl-delay: 3600\n")}, "blocked", "3600 seconds"),
    ({**GOOD, ROWS[0][0]: html("x" * 1_000_001)}, "parse_error", "too large"),
    ({**GOOD, "/robots.txt": html("", 404)}, "ok", ""),
    ({**GOOD, "/robots.txt": redirect("http://www.elsewhere.example/robots.txt")}, "ok", ""),
    ({**GOOD, "/robots.txt": Response(b"User-agent: otherbot\nDisallow: /\n")}, "ok", ""),
]  # fmt: skip


@dataclass(frozen=True)
class Seen:
    visit: VisitSummary
    asked: list[str]


@pytest.fixture(scope="module")
def seen(database: Config, tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """What one crawl made of all cases side by side."""
    config = dataclasses.replace(database, archive_dir=tmp_path_factory.mktemp("archive"))
    sites = [Site(f"www.case-{number}.localhost", answers) for number, (answers, _, _) in enumerate(CASES)]
    with serve(sites) as server:
        summary = run(config, [portal(server, site.host) for site in sites])
    assert summary.unfinished == 0
    by_host = {urlsplit(visit.portal_url).hostname: visit for visit in summary.visits}
    return [Seen(by_host[site.host], site.asked) for site in sites]


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{number}-{CASES[number][1]}")
def test_outcome(seen: list[Seen], number: int) -> None:
    _, outcome, words = CASES[number]
    visit = seen[number].visit
    assert (visit.outcome, words in visit.detail) == (outcome, True), visit


def test_good(seen: list[Seen]) -> None:
    visit = seen[0].visit
    assert (visit.pages, visit.found, visit.inserted) == (4, 2, 2)
    assert sorted(seen[0].asked) == sorted(["/robots.txt", *GOOD])


def test_a_refused_host_is_left_alone(seen: list[Seen]) -> None:
    (refused,) = [
        one
        for one in seen
        if one.visit.detail.startswith(f"{one.visit.portal_url[:-1]}{ROWS[0][0]}: HTTP 403")
    ]
    assert refused.asked == ["/robots.txt", "/", COLUMN, ROWS[0][0]]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://10.0.0.1/",
        "http://[::1]:{port}/",
        "http://169.254.169.254/latest/",
        "http://2130706433:{port}/",
    ],
)
def test_no_redirect_leads_into_the_network(settings_of_test: Config, target: str) -> None:
    site = Site("www.inward.localhost", {})
    with serve([site]) as server:
        site.answers["/"] = redirect(target.format(port=server.port))
        seen = visit(settings_of_test, portal(server, site.host))
        assert seen.outcome == "off_site"
        assert set(server.requests) == {site.host}


def test_a_listed_address_of_this_machine_needs_its_own_permission(settings_of_test: Config) -> None:
    site = Site("127.0.0.1", GOOD)
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, "127.0.0.1", allow_loopback=False))
        assert (seen.outcome, server.requests.total()) == ("off_site", 0)
        seen = visit(settings_of_test, portal(server, "127.0.0.1"))
        assert seen.outcome == "ok"


def test_a_refused_connection_and_an_unknown_name(settings_of_test: Config) -> None:
    with serve([]) as server:
        refused = portal(server, "www.refused.localhost", port=server.refusing_port)
        seen = visit(settings_of_test, refused)
        assert (seen.outcome, "refused" in seen.detail) == ("timeout", True)
        unknown = portal(server, "www.no-such-name.invalid", allow_loopback=False)
        assert visit(settings_of_test, unknown).outcome == "dns_failure"


def test_a_host_that_never_answers_stops_after_a_few_attempts(settings_of_test: Config) -> None:
    def sleep(request: Request) -> Response:
        time.sleep(1.5)
        return html("")

    site = Site("www.silent.localhost", {"*": sleep})
    with serve([site]) as server:
        seen = visit(
            settings_of_test, portal(server, site.host), DOWNLOAD_TIMEOUT=0.3, CIRCUIT_BREAKER_FAILURES=2
        )
        assert seen.outcome == "timeout"
        assert set(site.asked) == {"/robots.txt"}
        assert len(site.asked) == 2


def test_a_flapping_host_is_asked_again(settings_of_test: Config) -> None:
    times: list[str] = []

    def flap(request: Request) -> Response:
        times.append(request.path)
        return html("", 502) if len(times) % 2 == 1 else GOOD[request.path]  # type: ignore[return-value]

    site = Site("www.flapping.localhost", {**dict.fromkeys(GOOD, flap), "/robots.txt": html("", 404)})
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
    assert (seen.outcome, seen.inserted) == ("ok", 2)
    assert len(times) == 8


def test_the_crawl_delay_of_a_robots_txt_is_kept(settings_of_test: Config) -> None:
    asked: list[float] = []

    def note(answer: Response) -> Callable[[Request], Response]:
        def noting(request: Request) -> Response:
            asked.append(time.monotonic())
            return answer

        return noting

    answers: dict[str, Answer] = {
        path: note(answer) for path, answer in GOOD.items() if isinstance(answer, Response)
    }
    answers["/robots.txt"] = Response(b"User-agent: *\nCrawl-delay: 0.3\n")
    site = Site("www.slow.localhost", answers)
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host), AUTOTHROTTLE_ENABLED=True)
    assert seen.outcome == "ok"
    assert len(asked) == 4
    assert min(later - earlier for earlier, later in itertools.pairwise(asked)) > 0.25
