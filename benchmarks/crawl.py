"""How fast the whole road is, beside a spider that drops every response: `python -m benchmarks.crawl`.

The same pages are served on loopback by one process (prepared bytes, as cheap as can be) to three crawls,
each in a process of its own, with the same download handler, one request at a time per host, and no
delays:

- full: `goicrawl.spiders.crawl.crawl` as users run it: list pages read by their family, every page written
  to WARC, reports read, checked and stored in Postgres.
- bare: a spider that asks for the same addresses and drops every response, under the same settings and
  downloader middlewares, without pipelines.
- stock: the same bare spider with Scrapy's own middlewares instead of this project's.

Pages a second count list pages as well. Memory is the resident size of the crawl's process; its readers and
Postgres are other processes.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HOSTS = 32
REPORTS = 40
PER_LIST_PAGE = 20
NAMES = ("full", "bare", "stock")
NO_DELAYS: Mapping[str, object] = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING",
    "MEMUSAGE_ENABLED": False,
}


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description="Pages a second of the whole road, beside a bare spider.")
    parser.add_argument("--hosts", type=int, default=HOSTS)
    parser.add_argument("--reports", type=int, default=REPORTS, help="report pages a host")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is run; the best counts")
    parser.add_argument("--child", choices=(*NAMES, "server"), help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child == "server":
        asyncio.run(_serve(chosen.hosts, chosen.reports))
    elif chosen.child is not None:
        print(json.dumps(_child(chosen)))
    else:
        _compare(chosen)


def _compare(chosen: argparse.Namespace) -> None:
    from goicrawl import config as configuration
    from goicrawl.database import server

    best: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="goicrawl-bench-") as name:
        folder = Path(name)
        config = configuration.load({"GOICRAWL_DATA_DIR": str(folder / "full-0")})
        with _Server(chosen) as (port, page_size):
            size = f"{page_size / 1000:.1f} kB"
            print(f"{chosen.hosts} hosts x {chosen.reports} reports of {size}, and their lists", flush=True)
            for round_number in range(chosen.rounds):
                for child in NAMES:
                    data = folder / f"{child}-{round_number}"
                    result = _run_child(chosen, child, port, data)
                    if child == "full":
                        config = dataclasses.replace(config, data_dir=data)
                        server.stop(config)
                    if child not in best or result["rate"] > best[child]["rate"]:
                        best[child] = result
    for child in NAMES:
        result = best[child]
        print(
            f"{child:6}{result['rate']:8.1f} pages/s, {result['pages']} pages in {result['seconds']:.2f} s, "
            f"memory {result['memory'][0]:.0f} MB a quarter through, {result['memory'][1]:.0f} MB at the end"
        )
    print(
        f"the whole road runs at {100 * best['full']['rate'] / best['bare']['rate']:.0f} % of the bare spider"
    )


class _Server:
    """The server in a process of its own; gives its port and the size of a report page."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self._command = _command(chosen, "server")

    def __enter__(self) -> tuple[int, int]:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        port, size = self._process.stdout.readline().split()
        return int(port), int(size)

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait()


def _command(chosen: argparse.Namespace, child: str) -> list[str]:
    sizes = ["--hosts", str(chosen.hosts), "--reports", str(chosen.reports)]
    return [sys.executable, "-m", "benchmarks.crawl", "--child", child, *sizes]


def _run_child(chosen: argparse.Namespace, child: str, port: int, folder: Path) -> dict[str, Any]:
    command = [*_command(chosen, child), "--port", str(port), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"{child} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


# ---- The crawls -------------------------------------------------------------------------------------


def _child(chosen: argparse.Namespace) -> dict[str, Any]:
    memory = _Memory(chosen.hosts * (chosen.reports + _list_pages(chosen.reports)))
    seconds = _full(chosen, memory) if chosen.child == "full" else _bare(chosen, memory)
    return {
        "rate": memory.pages / seconds,
        "pages": memory.pages,
        "seconds": seconds,
        "memory": [memory.at_quarter, memory.now()],
    }


class _Memory:
    """Counts pages, and notes the resident size when a quarter of them has come."""

    def __init__(self, expected: int) -> None:
        self.pages = 0
        self.expected = expected
        self.at_quarter = 0.0

    def count(self) -> None:
        self.pages += 1
        if self.pages == self.expected // 4:
            self.at_quarter = self.now()

    def now(self) -> float:
        """Megabytes."""
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _full(chosen: argparse.Namespace, memory: _Memory) -> float:
    from goicrawl import config as configuration
    from goicrawl.database import server
    from goicrawl.registry import Registry
    from goicrawl.spiders.crawl import crawl
    from goicrawl.spiders.progress import Silent

    class Counting(Silent):
        began = 0.0

        def begin(self, portals: int) -> None:
            self.began = time.perf_counter()

        def page_fetched(self) -> None:
            memory.count()

    config = configuration.load({"GOICRAWL_DATA_DIR": str(chosen.folder), "GOICRAWL_DELAY": "0"})
    server.connect(config).dispose()
    portals, columns = _seeds(chosen)
    progress = Counting()
    settings = {**NO_DELAYS, "VISITS_AT_ONCE": chosen.hosts}
    summary = crawl(config, Registry((), portals, columns), portals, settings=settings, progress=progress)
    seconds = time.perf_counter() - progress.began
    expected = chosen.hosts * chosen.reports
    if summary.inserted != expected or summary.outcomes["ok"] != chosen.hosts:
        raise SystemExit(f"{summary.inserted} of {expected} reports stored; {summary.visits[0]}")
    return seconds


def _bare(chosen: argparse.Namespace, memory: _Memory) -> float:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    from goicrawl import config as configuration
    from goicrawl.downloading.hosts import HostPolicy
    from goicrawl.registry import Registry
    from goicrawl.spiders.crawl import scrapy_settings

    portals, columns = _seeds(chosen)
    config = configuration.load({"GOICRAWL_DATA_DIR": str(chosen.folder), "GOICRAWL_DELAY": "0"})
    paths = [path for path in _pages(0, chosen.reports) if path != "/robots.txt"]
    began: list[float] = []

    class Bare(scrapy.Spider):
        name = "bare"
        host_policy = HostPolicy.of_registry(Registry((), portals, columns))

        async def start(self) -> Any:
            began.append(time.perf_counter())
            for path in paths:
                for number in range(chosen.hosts):
                    yield scrapy.Request(f"http://{_host(number)}:{chosen.port}{path}", dont_filter=True)

        def parse(self, response: Any) -> None:
            memory.count()

    settings = scrapy_settings(
        config, {**NO_DELAYS, "ITEM_PIPELINES": {}, "CONCURRENT_REQUESTS": chosen.hosts}
    )
    if chosen.child == "stock":
        own = [name for name in settings["DOWNLOADER_MIDDLEWARES"] if name.startswith("goicrawl.")]
        stock = dict.fromkeys(own) | {"goicrawl.downloading.private_addresses.PrivateAddressesMiddleware": 55}
        settings.set("DOWNLOADER_MIDDLEWARES", stock, priority="cmdline")
        settings.set("ROBOTSTXT_OBEY", False, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    seconds = time.perf_counter() - began[0]
    if memory.pages != memory.expected:
        raise SystemExit(f"{memory.pages} of {memory.expected} pages came")
    return seconds


def _seeds(chosen: argparse.Namespace) -> tuple[list[Any], list[Any]]:
    from goicrawl.registry import Portal, ReportColumn

    unset = dict.fromkeys(
        ("reach", "reach_seen", "family_hint", "source_hint", "family", "encoding", "tls_profile")
    )
    portals = [
        Portal(
            region_code=f"{990000 + number}",
            region_name=f"示例{number}县",
            level="county",
            province="演示省",
            url=f"http://{_host(number)}:{chosen.port}/",
            hosts=(_host(number),),
            allowed_hosts=(),
            allow_loopback=True,
            line=number + 1,
            valid_from=None,
            valid_until=None,
            notes=None,
            **unset,  # type: ignore[arg-type]
        )
        for number in range(chosen.hosts)
    ]
    columns = [
        ReportColumn(
            region_code=portal.region_code or "",
            region_path=portal.region_name,
            level="county",
            url=f"{portal.url}nb/",
            scope="own",
            evidence="explicit",
            sample_report_url=None,
            note=None,
            line=portal.line,
        )
        for portal in portals
    ]
    return portals, columns


# ---- The pages, and the server ----------------------------------------------------------------------


def _host(number: int) -> str:
    return f"portal-{number:03}.localhost"


def _list_pages(reports: int) -> int:
    return -(-reports // PER_LIST_PAGE)


def _pages(host: int, reports: int) -> dict[str, bytes]:
    """The pages of a host by path: robots.txt, lists with next links, reports with a real form's tables."""
    from goicrawl.demo.figures import load
    from goicrawl.demo.reports import report_body

    figures = load()["suqian_2024"]
    body = report_body(figures, "plain")
    filler = '<div class="nav"><a href="/x/{0}.html">栏目{0}</a></div>'
    frame = "".join(filler.format(number) for number in range(max(0, (26_000 - len(body.encode())) // 55)))
    pages = {"/robots.txt": b"User-agent: *\nAllow: /\n"}
    rows = []
    for number in range(reports):
        path = f"/nb/2025/t20250131_{1000 + number}.html"
        title = f"示例{host}县第{number}局2024年政府信息公开工作年度报告"
        text = body.replace("宿迁市", f"示例{host}县第{number}局")
        pages[path] = (
            f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">'
            f"<title>{title}</title></head><body>{frame}<h1>{title}</h1>"
            f'<div id="zoom">{text}</div></body></html>'
        ).encode()
        rows.append(f'<li><a href="{path}">{title}</a><span>2025-01-31</span></li>')
    for at in range(_list_pages(reports)):
        further = f'<a href="/nb/?page={at + 2}">下一页</a>' if at + 1 < _list_pages(reports) else ""
        some = "".join(rows[at * PER_LIST_PAGE : (at + 1) * PER_LIST_PAGE])
        html = (
            f"<html><head><title>政府信息公开年报</title></head><body><ul>{some}</ul>{further}</body></html>"
        )
        pages["/nb/" if at == 0 else f"/nb/?page={at + 1}"] = html.encode()
    return pages


async def _serve(hosts: int, reports: int) -> None:
    answers: dict[bytes, bytes] = {}
    size = 0
    for number in range(hosts):
        for path, body in _pages(number, reports).items():
            size = max(size, len(body))
            head = f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            answers[f"{_host(number)}{path}".encode()] = b"HTTP/1.1 200 OK\r\n" + head.encode() + body

    class Answering(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = transport
            self.waiting = b""

        def data_received(self, data: bytes) -> None:
            self.waiting += data
            while b"\r\n\r\n" in self.waiting:
                head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
                path = head.split(b" ", 2)[1]
                host = next(_hosts_in(head))
                missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                self.transport.write(answers.get(host + path, missing))  # type: ignore[attr-defined]

    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], size, flush=True)
    await server.serve_forever()


def _hosts_in(head: bytes) -> Iterator[bytes]:
    for line in head.split(b"\r\n")[1:]:
        if line[:5].lower() == b"host:":
            yield line[5:].strip().partition(b":")[0]


if __name__ == "__main__":
    main()
