"""Small portals for one test each, and crawls of them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from goicrawl.config import Config
from goicrawl.demo.replicas import ReplicaServer
from goicrawl.demo.site import Request, Response
from goicrawl.registry import Portal, Registry, ReportColumn
from goicrawl.spiders.crawl import crawl
from goicrawl.spiders.summary import CrawlSummary, VisitSummary

FAST: Mapping[str, object] = {"AUTOTHROTTLE_ENABLED": False, "BACK_OFF_DELAY": 0, "STORE_SECONDS": 0.05}

Answer = Response | Callable[[Request], Response]

COLUMN = "/zfxxgk/nb/"
TITLE = "示例县{year}年政府信息公开工作年度报告"


UNSET = (
    "reach", "reach_seen", "family_hint", "source_hint", "family", "encoding", "tls_profile", "valid_from",
    "valid_until", "notes",
)  # fmt: skip
"""What a seed row need not say."""


@dataclass
class Site:
    """A host that answers what it was given by path; 404 for the rest."""

    host: str
    answers: dict[str, Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def respond(self, request: Request) -> Response:
        query = "&".join(f"{key}={value}" for key, value in request.query.items())
        target = f"{request.path}?{query}" if query else request.path
        self.asked.append(target)
        answer = self.answers.get(target, self.answers.get("*"))
        if answer is None:
            return Response("<p>页面不存在</p>".encode(), status=404)
        return answer(request) if callable(answer) else answer


def html(body: str, status: int = 200, *headers: tuple[str, str], encoding: str = "utf-8") -> Response:
    return Response(
        f"<html><body>{body}</body></html>".encode(encoding),
        status=status,
        content_type=f"text/html; charset={encoding}",
        headers=headers,
    )


def home(column: str = COLUMN) -> Response:
    return html(f'<a href="/about.html">概况</a><a href="{column}">政府信息<br>公开年报</a>')


def listing(*rows: tuple[str, str], more: str = "") -> Response:
    """A list page: (address, title) rows, and further markup such as a pager."""
    items = "".join(f'<li><a href="{url}">{title}</a><span>2024-01-{20 - at:02}</span></li>'
                    for at, (url, title) in enumerate(rows))  # fmt: skip
    return html(f"<h2>政府信息公开年报</h2><ul class='list'>{items}</ul>{more}")


def report(year: int, words: str = "") -> Response:
    """A short report in the six chapters of the form, without tables."""
    chapters = (
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项",
    )  # fmt: skip
    parts = "".join(
        f"<p>{number}、{chapter}</p><p>示例县人民政府{year}年的情况。{words}</p>"
        for number, chapter in zip("一二三四五六", chapters, strict=True)
    )
    return html(f"<h1>{TITLE.format(year=year)}</h1><div id='zoom'>{parts}</div>")


def portal(
    server: ReplicaServer, host: str, *, port: int | None = None, scheme: str = "http", **more: object
) -> Portal:
    """A seed row of a host of this machine, on the server's port unless another is given."""
    return local_portal(host, server.port if port is None else port, scheme=scheme, **more)


def local_portal(host: str, port: int, *, scheme: str = "http", **more: object) -> Portal:
    """A seed row of a host of this machine."""
    values: dict[str, object] = {
        **dict.fromkeys(UNSET),
        "region_code": None,
        "region_name": host,
        "level": "county",
        "province": "演示省",
        "url": f"{scheme}://{host}:{port}/",
        "hosts": (host.removeprefix("www."),),
        "allow_loopback": True,
        "allowed_hosts": (),
        "line": zlib.crc32(host.encode()) % 10**8,
        **more,
    }
    return Portal(**values)  # type: ignore[arg-type]


def column(
    server: ReplicaServer, host: str, region_code: str, path: str = COLUMN, **more: object
) -> ReportColumn:
    """A seed row of a report column."""
    values: dict[str, object] = {
        "region_code": region_code,
        "region_path": "演示省",
        "level": "county",
        "url": server.url(host, path),
        "scope": "own",
        "evidence": "explicit",
        "sample_report_url": None,
        "note": None,
        "line": 1,
        **more,
    }
    return ReportColumn(**values)  # type: ignore[arg-type]


def run(
    config: Config,
    portals: list[Portal],
    columns: list[ReportColumn] | None = None,
    crawl_id: str | None = None,
    **settings: object,
) -> CrawlSummary:
    """Crawl these portals under a registry that holds them alone."""
    registry = Registry((), portals, columns or ())
    return crawl(config, registry, portals, crawl_id=crawl_id, settings={**FAST, **settings})


def visit(
    config: Config, one: Portal, columns: list[ReportColumn] | None = None, **settings: object
) -> VisitSummary:
    """Crawl one portal; its visit."""
    (only,) = run(config, [one], columns, **settings).visits
    return only
