"""Portals that only tests need: each goes wrong in its own way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from goicrawl.demo.site import Request, Response, redirect

HOME = '<html><head><meta charset="utf-8"></head><body><a href="/nb/">政府信息<br>公开年报</a></body></html>'


def html(body: str, status: int = 200) -> Response:
    page = f'<html><head><meta charset="utf-8"><title>某县</title></head><body>{body}</body></html>'
    return Response(page.encode(), status=status)


@dataclass
class AwkwardPortal:
    """A front page that links a column, and whatever `column` answers for every other path."""

    host: str
    column: Callable[[Request], Response]
    robots: bytes = b"User-agent: *\nAllow: /\n"
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def respond(self, request: Request) -> Response:
        self.asked.append(request.path)
        if request.path == "/robots.txt":
            return Response(self.robots, content_type="text/plain")
        return Response(HOME.encode()) if request.path == "/" else self.column(request)


def empty_list(request: Request) -> Response:
    """A column without a row."""
    del request
    return html('<h2>政府信息公开年报</h2><ul class="list"></ul><div>暂无数据</div>')


def scripted_list(request: Request) -> Response:
    """A column whose rows only a script could fetch."""
    del request
    return html(
        '<h2>政府信息公开年报</h2><div id="app"></div><script src="/js/app.1.js"></script>'
        "<script>$.ajax({url:'/api/list?channelId=7&page=1',success:render});</script>"
    )


def endless_list(request: Request) -> Response:
    """A next link on every page, and the same rows behind each."""
    page = int(request.query.get("page", "1"))
    rows = "".join(
        f'<li><a href="/nb/{year}/t_{year}.html">某县{year}年法治政府建设年度报告</a>'
        f"<span>{year}-02-01</span></li>"
        for year in range(2015, 2025)
    )
    return html(f'<h2>政府信息公开年报</h2><ul>{rows}</ul><a href="/nb/?page={page + 1}">下一页</a>')


def to_another_site(request: Request) -> Response:
    """The column has gone to a host that no seed row knows."""
    del request
    return redirect("http://www.elsewhere.example/nb/", status=302)


def in_a_circle(request: Request) -> Response:
    """Two addresses that redirect to each other."""
    return redirect("/nb/b" if request.path == "/nb/a" else "/nb/a", status=302)


@dataclass
class Hanging:
    """Takes the request and does not answer until it is let go."""

    released: threading.Event = field(default_factory=threading.Event)

    def __call__(self, request: Request) -> Response:
        del request
        self.released.wait(30)
        return html("late")
