"""From a portal to rows: what is asked, what is archived, what is stored, and what a second crawl does."""

from __future__ import annotations

import dataclasses
import socketserver
import ssl
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from goicrawl.archive.reader import iterate, read_capture
from goicrawl.config import Config
from goicrawl.demo.replicas import serve
from goicrawl.demo.site import Request, Response, redirect
from goicrawl.spiders.crawl import CrawlError
from tests.spiders.world import (
    COLUMN,
    TITLE,
    Answer,
    Site,
    column,
    home,
    html,
    listing,
    portal,
    report,
    run,
    visit,
)  # fmt: skip

YEARS = range(2014, 2024)


def address(year: int) -> str:
    return f"{COLUMN}{year}/t{year}0131_{year}1.html"


def row(year: int) -> tuple[str, str]:
    return address(year), TITLE.format(year=year)


def paged(years: range = YEARS, size: int = 4, announced: int = 0) -> dict[str, Answer]:
    """A column of reports over several pages with next links, and its home page."""
    answers: dict[str, Answer] = {"/": home()}
    pages = [list(years)[at : at + size] for at in range(0, len(years), size)]
    last = max(len(pages), announced)
    for number, some in enumerate(pages, start=1):
        more = f'<a href="{COLUMN}?page={number + 1}">下一页</a>' if number < last else ""
        answers[COLUMN if number == 1 else f"{COLUMN}?page={number}"] = listing(*map(row, some), more=more)
    answers.update({address(year): report(year) for year in years})
    return answers


def captures_of(connection: sa.Connection, host: str) -> list[str]:
    query = sa.text("SELECT url FROM captures WHERE url LIKE :host ORDER BY id")
    return [urlsplit(url).path for url in connection.scalars(query, {"host": f"http://{host}:%"})]


def test_every_report_of_every_page_and_nothing_twice(settings_of_test: Config) -> None:
    site = Site("www.paged.localhost", paged())
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
        assert (seen.outcome, seen.found, seen.inserted) == ("ok", 10, 10)
        assert sorted(site.asked) == sorted(["/robots.txt", *site.answers])


def test_the_missing_end_of_a_list_is_its_end(settings_of_test: Config) -> None:
    site = Site("www.tail.localhost", paged(announced=9))
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
        assert (seen.outcome, seen.inserted) == ("ok", 10)
        assert f"{COLUMN}?page=4" in site.asked
        assert f"{COLUMN}?page=5" not in site.asked


def test_a_list_is_cut_at_the_limit_and_says_so(settings_of_test: Config) -> None:
    site = Site("www.cut.localhost", paged())
    with serve([site]) as server:
        seen = visit(dataclasses.replace(settings_of_test, max_list_pages=2), portal(server, site.host))
    assert (seen.outcome, seen.inserted) == ("parse_error", 8)
    assert "GOICRAWL_MAX_LIST_PAGES" in seen.detail


def test_false_friends_and_other_organs_columns_are_not_asked(settings_of_test: Config) -> None:
    answers = paged(range(2020, 2022))
    answers["/"] = html(
        f"<a href='{COLUMN}'>政府信息公开年报</a><a href='/wz/'>政府网站年度报表</a>"
        "<a href='http://www.other.localhost:1/zfxxgk/nb/'>某局政府信息公开年报</a>"
    )
    answers[COLUMN] = listing(
        row(2021),
        ("/a/t20220101_1.html", "2021年政府网站工作年度报表"),
        ("/a/t20220101_2.html", "图解：示例县2021年政府信息公开工作年度报告"),
        ("/a/t20220101_3.html", "关于编制2021年政府信息公开工作年度报告的通知"),
        ("/a/t20220101_4.html", "示例县2021年法治政府建设年度报告"),
        row(2020),
    )
    site = Site("www.friends.localhost", answers)
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
    assert (seen.outcome, seen.inserted) == ("ok", 2)
    assert "4 rows are no reports by their titles" in seen.detail
    assert sorted(site.asked) == sorted(["/robots.txt", "/", COLUMN, address(2021), address(2020)])


def test_the_column_is_found_over_a_stepping_stone(settings_of_test: Config) -> None:
    answers = paged(range(2020, 2023))
    answers["/"] = html("<a href='/zfxxgk/'>政府<br>信息公开</a><a href='/news/'>新闻</a>")
    answers["/zfxxgk/"] = html(f"<a href='{COLUMN}'>政府信息<br/>公开&nbsp;年报</a>")
    site = Site("www.stones.localhost", answers)
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
    assert (seen.outcome, seen.inserted) == ("ok", 3)
    assert "/news/" not in site.asked


def test_a_search_is_bounded(settings_of_test: Config) -> None:
    def deeper(request: Request) -> Response:
        links = "".join(f"<a href='{request.path}{n}/'>政府信息公开</a>" for n in range(5))
        return html(links)

    site = Site("www.maze.localhost", {"*": deeper, "/robots.txt": html("", 404)})
    with serve([site]) as server:
        config = dataclasses.replace(settings_of_test, max_discovery_pages=7)
        seen = visit(config, portal(server, site.host))
    assert seen.outcome == "no_report_column"
    assert len(site.asked) == 1 + 1 + 7


def test_sub_columns_by_year_and_unit(settings_of_test: Config) -> None:
    answers: dict[str, Answer] = {
        "/": home(),
        COLUMN: html(
            "<title>政府信息公开年报</title><h2>政府信息公开年报</h2>"
            f"<div><a href='{COLUMN}2022n/'>2022年</a>"
            f"<a href='{COLUMN}2023n/'>2023年</a></div>"
        ),
        f"{COLUMN}2022n/": listing(row(2022)),
        f"{COLUMN}2023n/": listing(row(2023), row(2022)),
        address(2022): report(2022),
        address(2023): report(2023),
    }
    site = Site("www.years.localhost", answers)
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
    assert (seen.outcome, seen.inserted) == ("ok", 2)
    assert sorted(site.asked) == sorted(["/robots.txt", *answers])


def test_the_seeds_column_goes_before_the_home_page(settings_of_test: Config) -> None:
    site = Site("www.seeded.localhost", paged())
    with serve([site]) as server:
        seen = visit(
            settings_of_test,
            portal(server, site.host, region_code="990001"),
            [column(server, site.host, "990001")],
        )
    assert (seen.outcome, seen.inserted) == ("ok", 10)
    assert "/" not in site.asked


def test_a_stale_column_of_the_seeds_is_searched_anew(settings_of_test: Config) -> None:
    site = Site("www.moved.localhost", paged())
    with serve([site]) as server:
        seen = visit(
            settings_of_test,
            portal(server, site.host, region_code="990002"),
            [column(server, site.host, "990002", "/old/nb/")],
        )
    assert (seen.outcome, seen.inserted) == ("ok", 10)
    assert "1 columns are gone" in seen.detail


def test_a_known_report_leads_to_its_column(settings_of_test: Config) -> None:
    answers = paged(range(2020, 2023))
    answers[address(2021)] = html(f"<a href='{COLUMN}'>政府信息公开年报</a> &gt; 正文<p>2021年的报告</p>")
    answers["/"] = html("<p>维护中</p>")
    site = Site("www.article.localhost", answers)
    with serve([site]) as server:
        known = server.url(site.host, address(2021))
        seen = visit(
            settings_of_test,
            portal(server, site.host, region_code="990003"),
            [column(server, site.host, "990003", url=None, evidence="article", sample_report_url=known)],
        )
    assert seen.found == 3
    assert site.asked.count(address(2021)) == 1


def test_a_report_that_two_portals_list_is_fetched_once(settings_of_test: Config) -> None:
    parent = Site("www.parent.localhost", paged(range(2020, 2023)))
    with serve([parent]) as server:
        child = Site("www.child.localhost", {"/": home(), COLUMN: html("")})
        rows = [
            (server.url(parent.host, address(year)), TITLE.format(year=year)) for year in range(2020, 2023)
        ]
        child.answers[COLUMN] = listing(*rows)
        child.port = server.port
        server.sites[child.host] = child
        summary = run(settings_of_test, [portal(server, parent.host), portal(server, child.host)])
    assert [visit.outcome for visit in summary.visits] == ["ok", "ok"]
    assert summary.inserted == 3
    for year in range(2020, 2023):
        assert parent.asked.count(address(year)) == 1


def test_two_rows_that_lead_to_one_page(settings_of_test: Config) -> None:
    answers: dict[str, Answer] = {
        "/": home(),
        COLUMN: listing(row(2022), ("/old/2022.html", TITLE.format(year=2022))),
        "/old/2022.html": redirect(address(2022)),
        address(2022): report(2022),
    }
    site = Site("www.alias.localhost", answers)
    with serve([site]) as server:
        seen = visit(settings_of_test, portal(server, site.host))
    assert (seen.outcome, seen.found, seen.inserted) == ("ok", 1, 1)


def test_a_second_crawl_stores_nothing_and_captures_only_what_changed(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    site = Site("www.again.localhost", paged(range(2020, 2024)))
    with serve([site]) as server:
        one = portal(server, site.host)
        first = visit(settings_of_test, one)
        site.answers[address(2022)] = report(2022, "浏览次数：17")
        second = visit(settings_of_test, one)
    assert (first.inserted, first.noops, first.unchanged) == (4, 0, 0)
    assert (second.inserted, second.unchanged) == (0, second.pages - 1)
    assert second.noops + second.new_versions == 4
    captured = captures_of(connection, site.host)
    assert captured.count(address(2022)) == 2
    assert all(captured.count(path) == 1 for path in captured if path != address(2022))
    in_archive = [urlsplit(kept.capture.url).path for kept in iterate(settings_of_test.archive_dir)]
    assert sorted(in_archive) == sorted(captured)


def test_gbk_pages_are_archived_as_served(settings_of_test: Config, connection: sa.Connection) -> None:
    body = "<meta charset=gb2312><h1>示例县2022年政府信息公开工作年度报告</h1><p>㐂镕</p>".encode("gb18030")
    answers: dict[str, Answer] = {
        "/": home(),
        COLUMN: listing(row(2022)),
        address(2022): Response(
            body, content_type="text/html; charset=gb2312", headers=(("X-Served", "yes"),)
        ),
    }
    site = Site("www.gbk.localhost", answers)
    with serve([site]) as server:
        visit(settings_of_test, portal(server, site.host))
        url = server.url(site.host, address(2022))
    found = connection.execute(
        sa.text("SELECT warc_file, warc_offset, sha256 FROM captures WHERE url = :url"), {"url": url}
    ).one()
    capture = read_capture(settings_of_test.archive_dir, found.warc_file, found.warc_offset)
    assert capture.body == body
    assert bytes.fromhex(capture.sha256) == found.sha256
    assert ("X-Served", "yes") in capture.headers
    sent = dict(capture.request_headers)
    assert sent["User-Agent"].startswith("goicrawl/")
    assert "tests@example.org" in sent["User-Agent"]
    assert capture.ip_address == "127.0.0.1"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate with its key, as many portals have one."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "replica")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "replica.pem"
    pem = serialization.Encoding.PEM
    unencrypted = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unencrypted) + made.public_bytes(pem)
    )
    return path


def test_the_other_scheme_is_tried_once_and_kept(settings_of_test: Config, certificate: Path) -> None:
    site = Site("www.tls.localhost", paged(range(2020, 2023)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serve([site]) as server:
        server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
        seen = visit(settings_of_test, portal(server, site.host, scheme="http"))
    assert (seen.outcome, seen.inserted) == ("ok", 3)
    with serve([Site("www.plain.localhost", paged(range(2020, 2023)))]) as server:
        seen = visit(settings_of_test, portal(server, "www.plain.localhost", scheme="https"))
    assert (seen.outcome, seen.inserted) == ("ok", 3)


class _NoCommonCipher(socketserver.BaseRequestHandler):
    """Ends every TLS handshake with an alert, and every other connection without a word."""

    def handle(self) -> None:
        if self.request.recv(1)[:1] == b"\x16":
            self.request.sendall(b"\x15\x03\x03\x00\x02\x02\x28")


def test_tls_that_fails_is_named(settings_of_test: Config) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _NoCommonCipher) as broken, serve([]) as server:
        threading.Thread(target=broken.serve_forever, daemon=True).start()
        one = portal(server, "www.no-tls.localhost", scheme="https", port=broken.server_address[1])
        seen = visit(settings_of_test, one)
        broken.shutdown()
    assert seen.outcome == "tls_failure"
    assert "by http:" in seen.detail


def test_a_crawl_that_can_store_nothing_stops_and_says_why(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    site = Site("www.full.localhost", paged(range(2020, 2023)))
    settings_of_test.archive_dir.write_text("a file where the archive's folder should be")
    with serve([site]) as server:
        one = portal(server, site.host)
        with pytest.raises(CrawlError, match="archive"):
            run(settings_of_test, [one], crawl_id="full")
        settings_of_test.archive_dir.unlink()
        # The visit was not finished, so the crawl goes on with it.
        again = run(settings_of_test, [one], crawl_id="full")
    assert [visit.outcome for visit in again.visits] == ["ok"]
    outcomes = connection.scalars(sa.text("SELECT outcome FROM visits WHERE crawl_id = 'full' ORDER BY id"))
    assert list(outcomes) == [None, "ok"]
